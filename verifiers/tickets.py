"""How a list of panels keeps the chances before rounding, and lotteries over all panels (SPEC.md, section 7, the last parts)."""
import math
from fractions import Fraction
from itertools import groupby

from record import Open, ascends, need, same

D = 10**12


def target(cert, pool, k):
    """S of every role as `target` states it, when it can be the chances of a lottery at all."""
    stated = {(g, r): s for g, r, s in cert["target"]}
    need(ascends([entry[:2] for entry in cert["target"]]) and all(s > 0 for s in stated.values()), "target")
    need(stated.keys() <= pool.roles.keys(), "target names nobody")
    seats = {role: stated.get(role, 0) for role in pool.roles}
    need(abs(sum(seats.values()) - k * D) <= len(seats), f"the target is not {k} seats")
    for group, roles in groupby(pool.roles, lambda role: role[0]):
        part = [seats[role] for role in roles]
        need(sum(part) <= D * len(pool.groups[group]) + len(part), f"too many seats for group {group}")
    for number, (feature, value, low, high) in enumerate(pool.quotas):
        part = [s for role, s in seats.items() if number in pool.roles[role]]
        need(D * low - len(part) <= sum(part) <= D * high + len(part), f"the target misses {feature} = {value}")
    return seats


def rounding(cert, pool, k, lottery, seats):
    """Compares everybody's tickets with the chances before rounding."""
    N, tickets = lottery["denominator"], dict.fromkeys(pool.values, 0)
    for panel, weight in zip(lottery["panels"], lottery["weights"]):
        for person in panel:
            tickets[person] += weight
    chance = {p: Fraction(seats[g, r], pool.count[g, r]) for g, units in enumerate(pool.groups)
              for unit in units for r, people in enumerate(unit) for p in people}
    largest = math.ceil(max(abs(Fraction(D * tickets[p], N) - chance[p]) for p in tickets))
    away = sum(abs(tickets[p] - chance[p] * N / D) >= 1 for p in tickets)
    text, said = f"no chance is further than {largest / D:.12f} from the one before rounding", cert.get("rounding")
    doubts = [f"{away} people have neither the floor nor the ceiling of their tickets"] if away else []
    if said:
        same(largest, said["largest"])
        same(-(-D * k // N), said["theory"]["beck_fiala"])
        profiles = len(set(pool.profile.values()))
        theory = D * (math.sqrt(profiles * math.log(2 * profiles) / 2) + 1) / N
        need(abs(theory - said["theory"]["panel_lp"]) <= 1000, "the bound of the panel LP is another")
        need(("sources" in said) == (said["method"] == "pipage"), "sources belong to pipage")
        if said["method"] == "pipage":
            need("least" not in said, "a bound belongs to smallest-deviation")
            doubts.append("that stage one decided shows only when the list is made again")
        elif "least" in said:
            need(said["least"]["bound"] <= largest, "the list itself refutes the bound")
            whole = max(min(p * N / D % 1, -p * N / D % 1) for p in chance.values()) * D / N
            if said["least"]["bound"] > whole:
                doubts.append("that no list has less rests on a search")
    if doubts:
        raise Open("; ".join([text, *doubts]))
    return text


def ways(entry, pool):
    """How many panels a composition stands for."""
    product = 1
    for group, part in groupby(entry, lambda e: e[0]):
        free = len(pool.groups[group])
        for _, role, seats in part:
            product *= math.comb(free, seats) * len(pool.groups[group][0][role])**seats
            free -= seats
    return product


def all_panels(cert, pool, lottery):
    counted, compositions = cert["counted"], lottery.get("compositions")
    if counted["method"] != "listed":
        need(compositions is None and counted["sample"]["tickets"] == lottery["denominator"], "sample")
        need(counted["sample"]["stage_one"], "no stage one")
        raise Open(f"{counted['method']}; that the panels follow from stage one shows only when they are sampled again")
    need(compositions is not None and "sample" not in counted, "listed or sampled")
    panels = [ways(entry, pool) for entry in compositions]
    total = sum(panels)
    same([str(len(panels)), str(total)], [counted["compositions"], counted["panels"]])
    text = f"{total} panels in {len(panels)} compositions"
    if cert["rule"] == "max-entropy":
        raise Open(f"{text}; whether another lottery has a higher entropy takes logarithms")
    shares = [max(1, D * n // total) for n in panels]
    for i in sorted(range(len(panels)), key=lambda i: -(D * panels[i] % total))[:max(0, D - sum(shares))]:
        shares[i] += 1
    while sum(shares) > D:
        shares[shares.index(max(shares))] -= 1
    same(shares, lottery["weights"])
    return f"{text}, each as likely as the others"
