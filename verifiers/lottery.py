"""What is claimed of an explicit lottery and of the draw from it (SPEC.md, sections 3, 6, 7 and 9)."""
from itertools import accumulate, groupby

import tickets
from ceremony import not_checked
from proof import Proof
from record import Open, Stream, ascends, canonical, claim, hashed, need, same, stream, verdicts

D = 10**12


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
            need(not pool.crowded(entry), "housemates, or somebody twice")
            return [(pool.profile[p], 1) for p in entry]
        for group, part in groupby(entry, lambda e: e[0]):
            part, units, room = list(part), pool.groups[group], pool.rooms[group]
            need(sum(seats for _, _, seats in part) <= room * len(units), f"more seats than room in group {group}")
            held = [(seats, min(room, len(units[0][role])) * len(units)) for _, role, seats in part]
            need(all(seats <= most for seats, most in held), f"more seats than people for a role of group {group}")
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
            need(all(low <= n <= high for (_, _, low, high), n in zip(pool.quotas, people)),
                 f"number {number} misses a quota")
        return f"met by all {len(entries)} {form}"
    claim("quotas and households", met, "groups")
    parts = (entry if listed else [role for *role, _ in entry] for entry in entries)
    claim("canonical order", lambda: need(ascends(entries) and all(map(ascends, parts)),
                                          "another order, or something twice"))

    def sums():
        need(len(weights) == len(entries) and min(weights) > 0 and (listed or N == D), "one weight > 0 each")
        return f"sum to {same(sum(weights), N)}"
    claim("weights", sums)


def chance_claims(t, pool):
    """Chances and certificate (section 7)."""
    lottery, cert, k = t["lottery"], t["certificate"], t["commit"]["panel_size"]
    listed, sitting = lottery["form"] == "panels", set()
    base = ("groups", "quotas and households", "canonical order", "weights")
    if not pool or any(verdicts[name] == "REJECTED" for name in base):
        def nothing():
            raise Open("needs --pool and --quotas" if not pool else "rests on what is rejected")
        return claim("certificate", nothing)
    role_of = {p: (g, r) for g, units in enumerate(pool.groups)
               for unit in units for r, people in enumerate(unit) for p in people}
    seats = dict.fromkeys(pool.roles, 0)
    for entry, weight in zip(lottery[lottery["form"]], lottery["weights"]):
        for role, n in ((role_of[e], 1) if listed else ((e[0], e[1]), e[2]) for e in entry):
            seats[role] += weight * n
            sitting.add(role)

    def sums():
        same(k * lottery["denominator"], sum(seats.values()))
        return f"they sum to {k} seats"
    claim("chances", sums)
    known = not listed or "target" in cert
    proof = Proof(cert, pool, k, seats if not listed else None)
    claim("rule", lambda: proof.rule(listed, t["commit"].get("rule")))
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
        claim("all panels", lambda: tickets.all_panels(cert, pool, k, lottery), "rule")


def ticket(t, seed, sources):
    """The ticket drawn (section 6)."""
    commit, N = t["commit"], t["lottery"]["denominator"]
    label = (sources.balls + stream(seed, "panel").below(N)) % N
    if "labels" not in commit or N > 10**6:
        return label
    terms = [commit["panel_size"], [[q["feature"], q["value"], q["min"], q["max"]] for q in commit["quotas"]]]
    key = hashed("sortition-draw/1/stage-one", bytes.fromhex(commit["pool"].get("digest", "")), canonical(terms),
                 commit.get("rule", ""), "labels", *commit["labels"])
    return Stream(key).shuffle(list(range(N)))[label]


def draw_claims(t, seed, sources):
    """Ticket and panel (section 6)."""
    lottery, draw = t["lottery"], t["draw"]
    claim("ticket", lambda: same(ticket(t, seed, sources), draw["ticket"]), "weights")

    def panel():
        right = ticket(t, seed, sources)
        entry = next(e for e, end in zip(lottery[lottery["form"]], accumulate(lottery["weights"])) if right < end)
        if lottery["form"] == "panels":
            return f"{len(same(entry, draw['panel']))} people"
        return f"{len(same(seat(entry, lottery['groups'], seed), draw['panel']))} people"
    claim("panel", panel, "weights", "canonical order")


def seat(entry, groups, seed):
    """The people of a composition."""
    people, chance = [], stream(seed, "groups")
    for group, part in groupby(entry, lambda e: e[0]):
        units, turn = chance.shuffle([[list(ids) for ids in unit] for unit in groups[group]]), 0
        for _, role, seats in part:
            for _ in range(seats):
                left = units[turn % len(units)][role]
                people.append(left.pop(chance.below(len(left))))
                turn += 1
    return sorted(people)
