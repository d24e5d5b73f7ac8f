#!/usr/bin/env python3
"""Checks the transcript of a draw, from SPEC.md alone and with nothing but Python 3.9 or later.

  verify.py TRANSCRIPT [--pool FILE --quotas FILE] [--size K] [--receipt FILE] [--replacements FILE]
            [--earlier FILE ...] [--registration FILE]
  verify.py --receipt FILE [--commit FILE]

Prints one line per claim: checked, NOT CHECKED (and why) or REJECTED (and what). README.md beside this file says what the
other files hold, and which CSV files are read.
Exit code 0: nothing is rejected. 1: something is. 2: a file cannot be read."""
import argparse, sys

sys.dont_write_bytecode = True
import direct, lottery, receipts, shapes
from ceremony import Sources, chain_claims, hexadecimal, not_checked
from record import Open, Pool, Unreadable, canonical, claim, fold, hashed, load, need, same, sha256, stream, verdicts


def pool_claim(said, pool):
    need("digest" in said or "merkle_root" in said, "the commitment does not bind the pool")
    if not pool:
        raise Open("needs --pool and --quotas")
    same(len(pool.values), said["size"])
    if "digest" not in said:
        raise Open(f"only the number of people, {said['size']}, can be compared")
    same(pool.digest, said["digest"])
    return f"{said['size']} people"


def root_claim(said):
    need("hash" in said and hexadecimal(said.get("merkle_root", ""), 64), "root or hash is missing")
    raise Open("takes the salts of everybody; a receipt shows one person's entry")


def common_claims(t, pool, size, domain):
    """What is claimed of every draw, with a lottery or without; `domain` begins its digests. Returns seed and sources."""
    commit = t["commit"]
    claim("format", lambda: same(f"{domain}/1", commit["spec"]))
    bare = {field: value for field, value in t.items() if field != "digest"}
    claim("transcript digest", lambda: same(hashed(f"{domain}/1/transcript", canonical(bare)).hex(), t["digest"]))
    claim("commitment", lambda: same(sha256(canonical(commit)).hex(), t["commitment"]))
    stated = [(fold(q["feature"]), fold(q["value"]), q["min"], q["max"]) for q in commit["quotas"]]

    def given(check):
        def checked():
            if not pool:
                raise Open("needs --pool and --quotas")
            return check()
        return checked
    claim("pool", lambda: pool_claim(commit["pool"], pool))
    if "merkle_root" in commit["pool"] or "hash" in commit["pool"]:
        claim("pool root", lambda: root_claim(commit["pool"]))
    claim("panel size", lambda: same(size or commit["panel_size"], commit["panel_size"]))
    claim("quotas", given(lambda: f"{len(same(pool.listed if commit.get('rule') == 'legacy' else pool.quotas, stated))} quotas"))

    def columns():
        said = commit["columns"]
        need("most" not in said or "household" in said and said["most"] > 1, "most is for a household rule, and above 1")
        return given(lambda: need(said.get("household") != [], "an empty household rule"))()
    claim("columns", columns)

    sources = Sources(commit, t["sources"])
    sources.claims()
    seed = hashed(f"{domain}/1/seed", hashed(f"{domain}/1/commit", canonical(commit)), *sources.stirred)
    claim("seed", lambda: same(seed.hex(), t["draw"]["seed"]))
    return seed, sources


def last_claims(t, seed, everybody, order):
    """Alternates, in the `order` of a list draw if there is one."""
    def alternates():
        if not everybody:
            raise Open("needs --pool and --quotas")
        rest = order or stream(seed, "alternates").shuffle(sorted(set(everybody) - set(t["draw"]["panel"])))
        return f"{len(same(rest, t['draw']['alternates']))} people"
    claim("alternates", alternates)
    word = "said to be committed first" if t["order"] == "committed first" else "made in one run"
    claim("order of events", not_checked(f"{word}; compare when and where the commitment was published with the sources"))


def verify(t, pool, size):
    """Every claim of a transcript."""
    commit = t["commit"]
    if t["version"] == "kleroterion-direct/1":
        seed, sources = common_claims(t, pool, size, "sortition-direct")
        order = direct.direct_claims(t, pool, seed, sources, lottery.seat)
        return last_claims(t, seed, pool and pool.values, order)
    lots, cert, said = t["lottery"], t["certificate"], commit["lottery"]
    seed, sources = common_claims(t, pool, size, "sortition-draw")
    form = lots["form"]
    parts = {field: lots[field] for field in sorted((form, "groups", "weights")) if field in lots}
    right = (lots["denominator"], len(lots[form]), form, hashed("sortition-draw/1/lottery", canonical(parts)).hex())
    stated = (said["denominator"], said["panel_count"], said.get("form", "panels"), said["digest"])
    claim("lottery digest", lambda: same(right, stated)[3])
    proof = hashed("sortition-draw/1/certificate", canonical(cert)).hex()
    claim("certificate digest", lambda: same(proof, commit.get("certificate")))
    lottery.entry_claims(t, pool)
    lottery.chance_claims(t, pool)
    lottery.draw_claims(t, seed, sources)
    everybody = pool.values if pool else [p for group in lots.get("groups", []) for unit in group for role in unit for p in role]
    last_claims(t, seed, everybody, [])


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("transcript", nargs="?")
    for option in ("commit", "pool", "quotas", "receipt", "replacements", "registration"):
        parser.add_argument(f"--{option}", metavar="FILE")
    parser.add_argument("--earlier", metavar="FILE", nargs="+", default=[])
    parser.add_argument("--size", type=int)
    args = parser.parse_args(argv)
    verdicts.clear()
    try:
        commits = shapes.TRANSCRIPT["commit"], shapes.DIRECT["commit"]
        t = load(args.transcript, shapes.TRANSCRIPT, shapes.DIRECT) if args.transcript else None
        commit = t["commit"] if t else load(args.commit, *commits) if args.commit else None
        pool = Pool(args.pool, args.quotas, commit["columns"], commit["panel_size"]) if t and args.pool else None
        receipt = load(args.receipt, shapes.RECEIPT) if args.receipt else None
        record = load(args.replacements, shapes.REPLACEMENTS) if args.replacements else None
        registration = load(args.registration, shapes.REGISTRATION) if args.registration else None
        earlier = [load(file, *commits) for file in args.earlier]
    except (Unreadable, OSError, LookupError, TypeError, ValueError, RecursionError) as problem:
        print(f"cannot be read: {problem!r}", file=sys.stderr)
        return 2
    if not t and not receipt:
        parser.error("a transcript, or a receipt, is needed")
    if t:
        verify(t, pool, args.size)
        chain_claims(commit, earlier, registration)
    if receipt:
        receipts.claims(receipt, commit, t and t["draw"])
    if t and record:
        direct.replacement_claims(record, t, pool, "REJECTED" not in verdicts.values())
    counts = [list(verdicts.values()).count(verdict) for verdict in ("checked", "REJECTED", "NOT CHECKED")]
    print("{} checked, {} rejected, {} not checked".format(*counts))
    return min(1, counts[1])


if __name__ == "__main__":
    sys.exit(main())
