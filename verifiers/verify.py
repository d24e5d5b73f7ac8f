#!/usr/bin/env python3
"""Checks the transcript of a draw, from SPEC.md alone and with nothing but Python 3.9 or later.

  verify.py TRANSCRIPT [--pool FILE --quotas FILE] [--size K]

Prints one line per claim: checked, NOT CHECKED (and why) or REJECTED (and what). The files beside this one hold the parts:
record.py bytes, pools and streams; proof.py and tickets.py certificates. Which CSV files are read: see record.py.
Exit code 0: nothing is rejected. 1: something is. 2: a file cannot be read."""
import argparse, sys
from itertools import accumulate, groupby

import tickets
from proof import Proof
from record import (Open, Pool, Unreadable, ascends, canonical, claim, clean, fold, hashed, load, need, same, sha256, stream, verdicts)

D, INT, PAIRS, TRIPLES = 10**12, int, [[int, int]], [[int, int, int]]
BOUND = {"households": PAIRS, "quotas": PAIRS, "scale": INT, "size": INT, "weights?": TRIPLES}
PROOF = ({"bound": BOUND}, {"search": {"nodes": INT}}, "certain", "ceiling")
CERTIFICATE = {  # section 7
    "counted?": {"compositions?": str, "deviation?": INT, "entropy?": INT, "multipliers?": TRIPLES, "panels?": str,
                 "method": ("listed", "sampled", "approximate"),
                 "sample?": {"stage_one": [str], "tickets": INT, "walk?": {"*": INT}}},
    "excluded": [{"group": INT, "proof": PROOF, "role": INT}], "rule": str, "target?": TRIPLES,
    "levels": [{"bound": INT, "fixed": PAIRS, "proof": PROOF, "value": INT}],
    "objective?": {"common?": INT, "gap": INT, "proof": BOUND, "search?": {"gap": INT, "nodes": INT},
                   "measure": ("highest", "product", "squares", {"goldilocks": {"gamma": INT}})},
    "rounding?": {"largest": INT, "least?": {"bound": INT, "nodes": INT}, "method": ("smallest-deviation", "pipage"),
                  "sources?": [str], "theory": {"beck_fiala": INT, "panel_lp": INT}}}
FREE = [{"*": (str, INT)}]
COMMIT = {  # section 4; what a direct draw has of it, section 10
    "assembly?": str, "columns?": {"household?": [str], "id": str}, "panel_size": INT, "rule?": str, "sources?": FREE, "spec": str,
    "pool": {"digest?": str, "hash?": str, "merkle_root?": str, "size": INT},
    "quotas": [{"feature": str, "max": INT, "min": INT, "value": str}]}
LOTTERY = ({"compositions": [TRIPLES], "denominator": INT, "form": "compositions", "groups": [[[[str]]]], "weights": [INT]},
           {"denominator": INT, "form": "panels", "panels": [[str]], "weights": [INT]})  # section 3
RECORD = {"commitment": str, "digest": str, "order": ("unproven", "committed first"), "sources": [str], "version": str}
TRANSCRIPT = {  # section 8
    **RECORD, "certificate": CERTIFICATE, "lottery": LOTTERY,
    "commit": {**COMMIT, "certificate?": str, "fallback?": FREE,
               "lottery": {"denominator": INT, "digest": str, "form?": "compositions", "panel_count": INT}},
    "draw": {"alternates": [str], "panel": [str], "seed": str, "ticket": INT}}




def common_claims(t, pool, size, domain):
    """What is claimed of every draw, with a lottery or without; `domain` begins its digests. Returns the seed."""
    commit, sources = t["commit"], t["sources"]
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
    claim("pool", given(lambda: same((len(pool.values), pool.digest), (commit["pool"]["size"], commit["pool"].get("digest")))))
    claim("panel size", lambda: same(size or commit["panel_size"], commit["panel_size"]))
    claim("quotas", given(lambda: f"{len(same(pool.listed if commit.get('rule') == 'legacy' else pool.quotas, stated))} quotas"))
    claim("columns", given(lambda: need(commit["columns"].get("household") != [], "an empty household rule")))

    def announced():
        need(sources and all(map(clean, sources)), "no source, or a blank one")
        if "sources" not in commit:
            raise Open("nothing was announced")
        need(len(sources) == len(commit["sources"]), "not as many as announced")
        return "; ".join(f"{what} -> {value!r}" for what, value in zip(commit["sources"], sources))
    claim("announced sources", announced)
    seed = hashed(f"{domain}/1/seed", hashed(f"{domain}/1/commit", canonical(commit)), *sources)
    claim("seed", lambda: same(seed.hex(), t["draw"]["seed"]))
    return seed


def last_claims(t, seed, everybody):
    def alternates():
        if not everybody:
            raise Open("needs --pool and --quotas")
        rest = sorted(set(everybody) - set(t["draw"]["panel"]))
        return f"{len(same(stream(seed, 'alternates').shuffle(rest), t['draw']['alternates']))} people"
    claim("alternates", alternates, "panel")
    when = "said to be committed first: compare when it was published" if t["order"] == "committed first" else "made in one run"

    def events():
        raise Open(f"{when}; no file shows what was known when")
    claim("order of events", events)


def entry_claims(t, pool):
    """Groups, quotas, order and weights of an explicit lottery (sections 2 and 3)."""
    lottery, k = t["lottery"], t["commit"]["panel_size"]
    form, weights, N = lottery["form"], lottery["weights"], lottery["denominator"]
    entries, listed = lottery[form], form == "panels"

    def groups():
        if listed:
            return "none: the lottery is a list of panels"
        if not pool:
            raise Open("needs --pool and --quotas")
        need(pool.groups == lottery["groups"], "they are others")
        return f"{len(pool.groups)} groups of interchangeable people"
    claim("groups", groups)

    def seated(entry):
        if listed:
            need(len({pool.home[p] or p for p in entry}) == len(entry), "housemates, or somebody twice")
            return [(pool.profile[p], 1) for p in entry]
        for group, part in groupby(entry, lambda e: e[0]):
            need(sum(seats for _, _, seats in part) <= len(pool.groups[group]), f"more seats than units in group {group}")
        need(all(seats > 0 for _, _, seats in entry), "a role without a seat")
        return [(pool.roles[g, r], seats) for g, r, seats in entry]

    def met():
        if not pool:
            raise Open("needs --pool and --quotas")
        for number, entry in enumerate(entries):
            people = [0] * len(pool.quotas)
            for profile, seats in seated(entry):
                for quota in profile:
                    people[quota] += seats
            need(sum(people) == k * len(pool.features), f"number {number} has not {k} seats")
            need(all(low <= n <= high for (_, _, low, high), n in zip(pool.quotas, people)), f"number {number} misses a quota")
        return f"met by all {len(entries)} {form}"
    claim("quotas and households", met, "groups")
    parts = (entry if listed else [role for *role, _ in entry] for entry in entries)
    claim("canonical order", lambda: need(ascends(entries) and all(map(ascends, parts)), "another order, or something twice"))

    def sums():
        need(len(weights) == len(entries) and min(weights) > 0 and (listed or N == D), "one weight > 0 each")
        return f"sum to {same(sum(weights), N)}"
    claim("weights", sums)


def chance_claims(t, pool):
    """Chances and certificate (section 7)."""
    lottery, cert, k = t["lottery"], t["certificate"], t["commit"]["panel_size"]
    listed, sitting, base = lottery["form"] == "panels", set(), ("groups", "quotas and households", "canonical order", "weights")
    if not pool or any(verdicts[name] == "REJECTED" for name in base):
        def nothing():
            raise Open("needs --pool and --quotas" if not pool else "rests on what is rejected")
        return claim("certificate", nothing)
    role_of = {p: (g, r) for g, units in enumerate(pool.groups) for unit in units for r, people in enumerate(unit) for p in people}
    seats = dict.fromkeys(pool.roles, 0)
    for entry, weight in zip(lottery[lottery["form"]], lottery["weights"]):
        for role, n in ((role_of[e], 1) if listed else ((e[0], e[1]), e[2]) for e in entry):
            seats[role] += weight * n
            sitting.add(role)
    claim("chances", lambda: f"they sum to {same(k * lottery['denominator'], sum(seats.values())) // lottery['denominator']} seats")
    known = not listed or "target" in cert
    proof = Proof(cert, pool, k, seats if not listed else None)
    claim("rule", lambda: same(proof.rule(listed), t["commit"].get("rule")))
    if listed:
        def rounding():
            if not known:
                raise Open("the chances before sampling are not known")
            proof.__init__(cert, pool, k, tickets.target(cert, pool, k))
            return tickets.rounding(cert, pool, k, lottery, proof.seats)
        claim("rounding", rounding, "rule")
    claim("exclusions", lambda: proof.exclusions(sitting), *("rule", "rounding")[:1 + listed])
    if proof.measure:
        claim("optimum of the rule", proof.optimum, "rule", "exclusions")
    if proof.levels:
        claim("lowest chance", proof.first_level, "rule", "exclusions")
    if proof.levels in ("all", "below"):
        claim("later levels", proof.later_levels, "rule", "exclusions", "lowest chance")
    if "counted" in cert:
        claim("all panels", lambda: tickets.all_panels(cert, pool, lottery), "rule")


def draw_claims(t, seed):
    """Ticket and panel (section 6)."""
    lottery, draw, N = t["lottery"], t["draw"], t["lottery"]["denominator"]
    ticket = stream(seed, "panel").below(N)
    claim("ticket", lambda: same(ticket, draw["ticket"]), "weights")

    def panel():
        entry = next(e for e, end in zip(lottery[lottery["form"]], accumulate(lottery["weights"])) if ticket < end)
        if lottery["form"] == "panels":
            return f"{len(same(entry, draw['panel']))} people"
        return f"{len(same(seat(entry, lottery['groups'], seed), draw['panel']))} people"
    claim("panel", panel, "weights", "canonical order")


def seat(entry, groups, seed):
    """The people of a composition."""
    people, chance = [], stream(seed, "groups")
    for group, part in groupby(entry, lambda e: e[0]):
        units = iter(chance.shuffle(list(groups[group])))
        for _, role, seats in part:
            for ids in (next(units)[role] for _ in range(seats)):
                people.append(ids[chance.below(len(ids))])
    return sorted(people)


def verify(t, pool, size):
    commit, lottery, cert = t["commit"], t["lottery"], t["certificate"]
    seed = common_claims(t, pool, size, "sortition-draw")
    form, said = lottery["form"], commit["lottery"]
    parts = {field: lottery[field] for field in sorted((form, "groups", "weights")) if field in lottery}
    right = (lottery["denominator"], len(lottery[form]), form, hashed("sortition-draw/1/lottery", canonical(parts)).hex())
    claim("lottery digest", lambda: same(right, (said["denominator"], said["panel_count"], said.get("form", "panels"), said["digest"]))[3])
    claim("certificate digest", lambda: same(hashed("sortition-draw/1/certificate", canonical(cert)).hex(), commit.get("certificate")))
    entry_claims(t, pool)
    chance_claims(t, pool)
    draw_claims(t, seed)
    last_claims(t, seed, pool.values if pool else [p for units in lottery.get("groups", []) for u in units for ids in u for p in ids])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("transcript")
    parser.add_argument("--pool")
    parser.add_argument("--quotas")
    parser.add_argument("--size", type=int)
    args = parser.parse_args()
    try:
        t = load(args.transcript, TRANSCRIPT)
        pool = Pool(args.pool, args.quotas, t["commit"]["columns"], t["commit"]["panel_size"]) if args.pool else None
    except (Unreadable, OSError, LookupError, ValueError, RecursionError) as problem:
        print(f"cannot be read: {problem!r}", file=sys.stderr)
        return 2
    verify(t, pool, args.size)
    counts = [list(verdicts.values()).count(verdict) for verdict in ("checked", "REJECTED", "NOT CHECKED")]
    print("{} checked, {} rejected, {} not checked".format(*counts))
    return min(1, counts[1])


if __name__ == "__main__":
    sys.exit(main())
