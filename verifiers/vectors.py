#!/usr/bin/env python3
"""Writes vectors/agreement.json: inputs, and what this verifier makes of them; `vectors.py --check` compares instead.

An object from kind of vector to array of vectors. Bytes are in hexadecimal, texts and numbers plain, every vector is an object:
  hash       {"domain", "parts": [hex], "value": hex}                          H of section 1
  canonical  {"json", "bytes": hex}                                            canonical JSON of a value
  texts      {"text", "clean", "fold"}                                         section 2
  order      {"texts", "sorted"}                                               by bytes
  below      {"key": hex, "n": [n, ...], "values"}                             below(n) for each n in turn, from the start of the stream
  shuffle    {"key": hex, "length", "values"}                                  the shuffle of 0 .. length - 1
  seed       {"commit": text, "sources", "commitment", "seed", "keys": {purpose: hex}}   sections 4 and 5; commit is the file's text
  panel      {"seed": hex, "groups", "composition", "panel"}                   section 6, step 2
  alternates {"seed": hex, "people", "alternates"}                             section 6, step 4; people in any order
  label      {"seed": hex, "denominator", "balls", "label"}                    (balls + shift) mod denominator
  pool       {"pool": CSV, "quotas": CSV, "columns", "size", "digest", "groups", "quotas_in_order": [[feature, value, min, max]]}
  shares     {"panels": [n, ...], "weights"}                                   weights of a listed uniform lottery
  tree       {"people": [{"id", "fields": [{"field", "salt": hex, "value"}]}], "entries": [hex], "root": hex, "paths": [[hex]]}
  source     {"declaration", "text", "form"}                                   form: "fits", "other" or "unknown declaration" (section 13)
  list       {"rule", "people", "texts", "order"}                              section 15, sources that are plain texts"""
import hashlib, json, sys
from pathlib import Path

sys.dont_write_bytecode = True
import tempfile

import direct, lottery, receipts, tickets
from ceremony import Sources, has_form, known
from record import Pool, Stream, canonical, clean, fold, hashed, sha256, stream
from tamper import ordered

FILE = Path(__file__).resolve().parents[1] / "vectors/agreement.json"
TEXTS = ["", "0", "00", " ", "a", "A", "é", "É", "ß", "ẞ", "İ", "ı", "ΑΣ", "ς", "ﬁ", "ǅ", "𝔘", "𐐀", "😀 x", "日本", "a\u0301", "\u00e1", "\u001f", "\u001c", "\u0085b\u0085",
         "\u00a0a\u00a0\u2003b", "a\t\n b", "\u200ba", "\u200b", "\ufeffa", "\u180ea", "x\u3000y", "\\\"/", "\u007f", "\u2028z", "Ŋ", "Ꮖ", "ꭰ", "ŉ", "ΐ", "Å", "K", "\u0345", "Woman  ", "16-29"]
KEYS = [hashlib.sha256(text.encode()).digest() for text in ("", "0", "𝔘", "3546311556112163624615351222")] + [bytes(32), b"\xff" * 32]
SALTS = lambda *words: hashlib.sha256("/".join(map(str, words)).encode()).hexdigest()


def several(folder):
    """Pools of which several people of a household may sit."""
    house = lambda most, *columns: {"household": list(columns) or ["home"], "id": "id", "most": most}
    rows = lambda *homes: "id,sex,home\n" + "".join(f"{p[:-1]},{p[-1]},{home}\n" for home, people in homes for p in people)
    sexes = "feature,value,min,max\nsex,f,1,3\nsex,m,1,3\n"
    threes = rows(("h1", ["af", "bm", "cm"]), ("h2", ["fm", "ef", "dm"]), ("h3", ["gf", "hf", "im"]), ("", ["jf"]), ("h4", ["km", "lf"]))
    fours = rows(("H 1", ["4f", "3f"]), ("h  1 ", ["2m", "1m"]), ("h2", ["8f", "6m", "7f", "5m"]), ("h3", ["9f", "0m", "xm"]), (" ", ["zf"]))
    others = rows(("h1", ["𝔘f", "ﬁm", "zf"]), ("h2", ["éf", "Ém", "Zm"]), ("h3", ["😀f", "\ue000m", "\ud7fff"]), ("", ["0m"]))
    joint = sexes + "sex × Age,m × Old,0,1\nage * sex,young * f,0,1\n"
    ages = "id,sex,age,home\na,f,old,h1\nb,m,old,H1\nc,m,young,h1\nd,m,old,h2\ne,f,young,h2\nf,m,old,h2\ng,f,old,\nh,m,young,h3\ni,f,old,h3\n"
    streets = "id,sex,street,no\n1,f,Åvej,1\n2,m,åvej , 1\n3,f,ÅVEJ,1\n4,m,,\n5,m,b,1\n6,m,b,1\n7,f,åvej,11\n8,m,,1\n9,f,,1\n10,m,, 1\n"
    couples = (folder / "couples-pool.csv").read_text(), (folder / "couples-quotas.csv").read_text()
    return [(*couples, house(2, "household"), 2), (threes, sexes, house(2), 4), (threes, sexes, house(3), 4), (fours, sexes, house(2), 4),
            (fours, sexes, house(3), 4), (others, sexes, house(2), 3), (others, sexes, house(3), 3), (ages, joint, house(2), 3),
            (streets, sexes, house(2, "Street", "NO"), 4), (streets, sexes, house(3, "street", "no"), 4)]


def made():
    v = {kind: [] for kind in ("hash", "canonical", "texts", "order", "below", "shuffle", "seed", "panel", "alternates", "label", "pool",
                               "shares", "tree", "source", "list")}
    for parts in ([], [""], ["", ""], ["0"], ["a", "b"], ["ab"], ["ab", ""], ["𝔘"], ["\0"], ["x" * 55], ["x" * 56], ["x" * 64], ["x" * 119], ["x" * 1000]):
        for domain in ("sortition-draw/1/seed", ""):
            v["hash"].append({"domain": domain, "parts": [p.encode().hex() for p in parts], "value": hashed(domain, *parts).hex()})
    for value in ({}, [], "", "0", {"": ""}, {"\ufb01": 1, "\U0001f600": 2, "é": 3}, {"b": 1, "a": 2, "B": 3, "10": 4, "9": 5}, [0, -1, 2**53 - 1, 1 - 2**53],
                  "\u0000\u0007\b\t\n\u000b\f\r\u001f\"\\/\u007f\u0080\u2028\U0001d518", {"a": {"c": [{}], "b": []}}, ["\ud7ff\ue000"]):
        v["canonical"].append({"json": value, "bytes": canonical(ordered(value)).hex()})
    v["texts"] = [{"text": t, "clean": clean(t), "fold": fold(t)} for t in TEXTS]
    for texts in (["b", "a", "B", ""], ["\ufb01", "\U0001f600", "\ue000", "z", "é"], ["a10", "a9", "a1", "a"], ["\ud7ff", "\uffff", "\U00010000"], ["0"], []):
        v["order"].append({"texts": texts, "sorted": sorted(texts)})
    for key in KEYS:
        for n in ([1] * 4, [2] * 12, [3] * 8, [1000] * 8, [513] * 12, [1024] * 6, [1025] * 8, [10**12] * 6, [2**53 - 1] * 4, [2**32] * 3, [2**32 + 1] * 5, [1, 2, 1, 7, 1, 10**6, 3]):
            chance = Stream(key)
            v["below"].append({"key": key.hex(), "n": n, "values": [chance.below(m) for m in n]})
        for length in (0, 1, 2, 10, 52):
            v["shuffle"].append({"key": key.hex(), "length": length, "values": Stream(key).shuffle(list(range(length)))})
    bundled = json.loads((FILE.parent / "commit.json").read_bytes())
    for commit in (canonical(ordered(bundled)).decode(), "{}", '{"assembly":"𝔘"}'):
        for sources in (["0"], ["1", "2"], ["12"], ["12", ""], ["1", "2", ""], ["𝔘 ☃", "é"], ["e\u0301"], [" 3 5 4 "]):
            seed = hashed("sortition-draw/1/seed", hashed("sortition-draw/1/commit", commit), *sources)
            v["seed"].append({"commit": commit, "sources": sources, "commitment": sha256(commit.encode()).hex(), "seed": seed.hex(),
                              "keys": {p: hashed("sortition-draw/1/rng", seed, p).hex() for p in ("panel", "groups", "alternates", "")}})
    groups = [[[["a1"]]], [[["b1"], ["b2", "b3"]], [["b4"], ["b5", "b6"]], [["b7"], ["b8", "b9"]]], [[["𝔘"]], [["\ufb01"]]]]
    for key in KEYS:
        for composition in ([[0, 0, 1]], [[1, 0, 1], [1, 1, 2]], [[0, 0, 1], [1, 1, 1], [2, 0, 2]], [[1, 0, 3]],
                            [[1, 0, 1], [1, 1, 4], [2, 0, 2]], [[1, 0, 3], [1, 1, 3]], [[1, 1, 6]], [[0, 0, 1], [1, 0, 2], [1, 1, 5]]):  # two or three of a unit
            v["panel"].append({"seed": key.hex(), "groups": groups, "composition": composition, "panel": lottery.seat(composition, groups, key)})
        for people in (["0"], ["b", "a"], ["\ufb01", "𝔘", "é", "z", "0", "00"], [f"p{i}" for i in range(12)]):
            v["alternates"].append({"seed": key.hex(), "people": people, "alternates": stream(key, "alternates").shuffle(sorted(people))})
        for n in (1, 2, 1000, 1024):
            shift = stream(key, "panel").below(n)
            for balls in {0, (n - shift) % n, n - 1}:  # the second gives label 0
                v["label"].append({"seed": key.hex(), "denominator": n, "balls": balls, "label": (balls + shift) % n})
    v["label"] = sorted(v["label"], key=lambda x: (x["seed"], x["denominator"], x["balls"]))
    vectors = FILE.parent
    csvs = [((vectors / f"{name}-pool.csv").read_text(), (vectors / f"{name}-quotas.csv").read_text(), columns, 2)
            for name, columns in (("alone", {"id": "id"}), ("couples", {"household": ["household"], "id": "id"}))]
    quotas = "feature,value,min,max\nSex,F,0,1\nsex,M,0,2\nsex × Age,m × Old,0,1\nage * sex,young * f,0,1\n"
    csvs += [("id,sex\n0,F\n", "feature,value,min,max\nsex,f,1,1\n", {"id": "id"}, 1),
             ("ID,Sex,AGE\n𝔘, f ,old\n\ufb01,M,Young\n\"a,1\",m,OLD\nb,F,young\n", quotas, {"id": "Id"}, 2),
             ("id,sex,street,no\n1,f,Åvej,1\n2,m,åvej , 1\n3,f,,\n4,m,,\n5,m,b,1\n", "feature,value,min,max\nsex,f,0,2\nsex,m,0,2\n",
              {"household": ["Street", "NO"], "id": "id"}, 2)]
    csvs += several(vectors)
    with tempfile.TemporaryDirectory() as folder:
        for pool_text, quota_text, columns, k in csvs:
            files = Path(folder) / "pool.csv", Path(folder) / "quotas.csv"
            for file, text in zip(files, (pool_text, quota_text)):
                file.write_text(text, encoding="utf-8")
            pool = Pool(*files, columns, k)
            v["pool"].append({"pool": pool_text, "quotas": quota_text, "columns": columns, "size": k, "digest": pool.digest, "groups": pool.groups,
                              "quotas_in_order": [list(q) for q in pool.quotas]})
    for panels in ([1], [1, 1], [1, 1, 1], [5, 5, 10], [3, 7, 11, 2], [1, 10**13], [10**13, 1, 1], [2**70, 2**69, 3], [7] * 7):
        v["shares"].append({"panels": [str(n) for n in panels], "weights": tickets.shares(panels)})
    for n in (1, 2, 3, 4, 5, 7, 8, 9):
        people = [{"id": f"p{i}" if i else "𝔘"[:1], "fields": [{"field": f, "salt": SALTS(n, i, f), "value": value} for f, value in (("", ""), ("age", "0"), ("kön", "ﬁ 𝔘"))]}
                  for i in sorted(range(n), key=lambda i: f"p{i}" if i else "𝔘")]
        entries = [receipts.entry(p["id"], p["fields"]) for p in people]
        v["tree"].append({"people": people, "entries": [e.hex() for e in entries], "root": receipts.root(entries).hex(),
                          "paths": [[step.hex() for step in receipts.path(i, entries)] for i in range(n)]})
    sig = "ab" * 48
    good = {"dice": {"count": 3, "sides": 6, "type": "dice"}, "d10": {"count": 2, "sides": 10, "type": "dice"}, "balls": {"tickets": 1000, "type": "balls"},
            "lottery": {"count": 2, "drawing": "Lotto, 1 May", "highest": 36, "time": 0, "type": "lottery"}, "nist": {"time": 60, "type": "nist"},
            "text": {"text": "a stone", "type": "text"},
            "drand": {"beacon": "quicknet", "chain": "0" * 64, "genesis": 0, "group": "0" * 64, "period": 3, "public_key": "0" * 192, "round": 7,
                      "round_time": 18, "scheme": "bls-unchained-g1-rfc9380", "type": "drand"}}
    odd = [{"type": "smoke"}, {"count": 0, "sides": 6, "type": "dice"}, {"count": 1, "sides": 6, "type": "dice", "x": 1}, {"time": 61, "type": "nist"}, {"text": " ", "type": "text"},
           {"tickets": 0, "type": "balls"}, {**good["drand"], "chain": "0" * 63 + "A"}, {**good["lottery"], "highest": 1}]
    tries = {"dice": ["dice 1-2-6", "dice 1-2", "dice 0-2-6", "dice 1-2-7", "dice 01-2-6", "dice 1-2-6 ", "1-2-6", "Dice 1-2-6", "dice  1-2-6", "dice 1-2--6", "dice ١-2-6"],
             "d10": ["dice 0-9", "dice 10-1"], "balls": ["balls 000", "balls 999", "balls 1000", "balls 7", "balls 07", "balls -01"],
             "lottery": ["lottery 1-36 Lotto, 1 May", "lottery 36-1 Lotto, 1 May", "lottery 1-1 Lotto, 1 May", "lottery 1-37 Lotto, 1 May", "lottery 1-36 Lotto", "lottery 1-36"],
             "nist": ["nist 60 " + "0" * 128, "nist 60 " + "A" * 128, "nist 120 " + "0" * 128, "nist 60 " + "0" * 127], "text": ["0", "", " \u3000", "𝔘"],
             "drand": [f"drand 7 {sha256(bytes.fromhex(sig)).hex()} {sig}", f"drand 8 {sha256(bytes.fromhex(sig)).hex()} {sig}", f"drand 7 {'0' * 64} {sig}"]}
    for declaration, text in [(good[kind], text) for kind in good for text in tries[kind]] + [(d, "0") for d in odd]:
        form = ("fits" if has_form(declaration, text) else "other") if known(declaration) else "unknown declaration"
        v["source"].append({"declaration": declaration, "text": text, "form": form})
    for rule in ("rfc3797", "rivest", "consistent"):
        for people in (["0"], ["a", "b", "c", "d"], [f"{i:02}" for i in range(25)]):
            for texts in (["9319", "2-5-12-8-10", "9-18-26-34-41-45"], ["0"], ["00", "1"], *([] if rule == "rfc3797" else [["𝔘"]])):
                pool = type("List", (), {"values": dict.fromkeys(people)})
                v["list"].append({"rule": rule, "people": people, "texts": texts, "order": direct.listed(rule, pool, Sources({}, texts))})
    return v


def main():
    found = made()
    text = "{\n" + ",\n".join(f' "{kind}": [\n' + ",\n".join("  " + json.dumps(x, ensure_ascii=True) for x in vectors) + "\n ]" for kind, vectors in found.items()) + "\n}\n"
    if "--check" in sys.argv:
        return int(FILE.read_text(encoding="utf-8") != text)
    FILE.write_text(text, encoding="utf-8")
    print(sum(map(len, found.values())), "vectors")
    return 0


if __name__ == "__main__":
    sys.exit(main())
