#!/usr/bin/env python3
"""Checks the transcript of a draw, from SPEC.md alone and with nothing but Python 3.9 or later.

  verify.py TRANSCRIPT [--pool FILE --quotas FILE [--seated FILE] [--excluded FILE] [--openings FILE]] [--size K]
            [--receipt FILE] [--panel-openings FILE] [--spot-check FILE] [--replacements FILE]
            [--registration FILE] [--earlier FILE ...]...
  verify.py --receipt FILE | --spot-check FILE [--commit FILE]

Prints one line per claim: checked, NOT CHECKED (and why) or REJECTED (and what). README.md beside this file says what
the other files hold, and which CSV files are read.
Exit code 0: nothing is rejected. 1: something is. 2: a file cannot be read."""
import argparse, csv, sys

sys.dont_write_bytecode = True
import direct, lottery, receipts, shapes
from ceremony import Sources, chain_claims, hexadecimal, not_checked
from record import (Open, Pool, Unreadable, ascends, canonical, claim, fold, hashed, load, need, same, sha256, stream,
                    verdicts)

BESIDE = ("receipt", "panel_openings", "openings", "spot_check", "replacements",
          "registration")  # files, each with a shape


def pool_claim(said, pool):
    need("digest" in said or "merkle_root" in said, "the commitment does not bind the pool")
    if not pool:
        raise Open("needs --pool and --quotas")
    same(len(pool.values), said["size"])
    if "digest" not in said:
        raise Open(f"only the number of people, {said['size']}, can be compared")
    same(pool.digest, said["digest"])
    return f"{said['size']} people"


def root_claim(said, openings, pool):
    need("hash" in said and hexadecimal(said.get("merkle_root", ""), 64), "root or hash is missing")
    if said["hash"] != receipts.KIND or not openings or not pool:
        raise Open("needs --pool, --quotas and the salts of everybody (--openings); a receipt shows one person's entry")
    return receipts.root_of(openings, said, pool)


def common_claims(t, pool, args, domain):
    """What is claimed of every draw; `domain` begins its digests. Returns seed and sources."""
    commit, size = t["commit"], args.size
    claim("format", lambda: same(f"{domain}/1", commit["spec"]))
    bare = {field: value for field, value in t.items() if field != "digest"}
    claim("transcript digest", lambda: same(hashed(f"{domain}/1/transcript", canonical(bare)).hex(), t["digest"]))
    claim("commitment", lambda: same(sha256(canonical(commit)).hex(), t["commitment"]))
    stated = [(fold(q["feature"]), fold(q["value"]), q["min"], q["max"]) for q in commit["quotas"]]
    claim("pool", lambda: pool_claim(commit["pool"], pool))
    if args.openings or "merkle_root" in commit["pool"] or "hash" in commit["pool"]:
        claim("pool root", lambda: root_claim(commit["pool"], args.openings, pool))
    claim("panel size", lambda: same(size or commit["panel_size"], commit["panel_size"]))

    def quotas():
        if not pool:
            raise Open("needs --pool and --quotas")
        same(pool.listed if commit.get("rule") == "legacy" else pool.quotas, stated)
        pool.sound(commit["panel_size"])
        return f"{len(stated)} quotas"
    claim("quotas", quotas)

    def columns():
        said = commit["columns"]
        homes = sorted(map(fold, said.get("household", ["-"])))
        need("most" not in said or "household" in said and 1 < said["most"] < 2**32,
             "most is for a household rule, and above 1")
        need(homes and ascends(homes), "the household rule names no column, or one twice")
        if not pool:
            raise Open("needs --pool and --quotas")
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
    claim("order of events", not_checked(f"{word}; look up when and where the commitment was published"))


def verify(t, pool, args):
    """Every claim of a transcript."""
    commit = t["commit"]
    if t["version"] == "kleroterion-direct/1":
        seed, sources = common_claims(t, pool, args, "sortition-direct")
        order = direct.direct_claims(t, pool, seed, sources, lottery.seat)
        return last_claims(t, seed, pool and pool.values, order)
    lots, cert, said = t["lottery"], t["certificate"], commit["lottery"]
    seed, sources = common_claims(t, pool, args, "sortition-draw")
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
    everybody = pool.values if pool else [p for group in lots.get("groups", []) for unit in group for role in unit
                                          for p in role]
    last_claims(t, seed, everybody, [])


def read(args):
    """Puts the files in the place of their names; returns transcript, commitment, pool and earlier commitments."""
    commits = shapes.TRANSCRIPT["commit"], shapes.DIRECT["commit"]
    t = load(args.transcript, shapes.TRANSCRIPT, shapes.DIRECT) if args.transcript else None
    commit = t["commit"] if t else load(args.commit, *commits) if args.commit else None
    files = args.quotas, commit and commit["columns"], commit and commit["panel_size"], args.seated, args.excluded
    pool = Pool(args.pool, *files) if t and args.pool else None
    for name in BESIDE:
        setattr(args, name, getattr(args, name) and load(getattr(args, name), getattr(shapes, name.upper())))
    return t, commit, pool, [load(file, *commits) for file in args.earlier]


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("transcript", nargs="?")
    for option in ("commit", "pool", "quotas", "seated", "excluded", *BESIDE):
        parser.add_argument(f"--{option.replace('_', '-')}", metavar="FILE")
    parser.add_argument("--earlier", metavar="FILE", nargs="+", action="extend", default=[])
    parser.add_argument("--size", type=int)
    args = parser.parse_args(argv)
    verdicts.clear()
    if not args.transcript and not args.receipt and not args.spot_check:
        parser.error("a transcript, a receipt or a spot check is needed")
    try:
        t, commit, pool, earlier = read(args)
    except (Unreadable, OSError, LookupError, TypeError, ValueError, RecursionError, csv.Error) as problem:
        print(f"cannot be read: {problem!r}", file=sys.stderr)
        return 2
    if t:
        verify(t, pool, args)
        chain_claims(commit, earlier, args.registration)
    holds = "REJECTED" not in verdicts.values()
    if t and args.panel_openings:
        receipts.panel_claims(args.panel_openings, t)
    if args.spot_check:
        receipts.spot_claims(args.spot_check, commit)
    if args.receipt:
        receipts.receipt_claims(args.receipt, commit, t and t["draw"])
    if t and args.replacements:
        direct.replacement_claims(args.replacements, t, pool, holds)
    counts = [list(verdicts.values()).count(verdict) for verdict in ("checked", "REJECTED", "NOT CHECKED")]
    print("{} checked, {} rejected, {} not checked".format(*counts))
    return min(1, counts[1])


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter
    sys.exit(main())
