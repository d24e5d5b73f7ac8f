"""How a list of panels keeps the chances before rounding, and lotteries over all panels (SPEC.md, end of section 7)."""
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
    same(k * D, sum(seats.values()))
    for group, roles in groupby(pool.roles, lambda role: role[0]):
        roles, units = list(roles), len(pool.groups[group])
        need(sum(seats[role] for role in roles) <= D * pool.rooms[group] * units, f"too many seats for group {group}")
        held = {role: min(pool.rooms[group], len(pool.groups[group][0][role[1]])) * units for role in roles}
        need(all(seats[role] <= D * held[role] for role in roles), f"a chance above 1 in group {group}")
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


def sittings(units, k):
    """Every way to seat people of a group: seats per role, and how many choices of people that is."""
    options = [((), 0, 1)]
    for people in units[0]:
        options = [((*seats, n), used + n, ways * math.comb(len(units) - used, n) * len(people)**n)
                   for seats, used, ways in options for n in range(min(len(units), k) - used + 1)]
    return options


def count(pool, k):
    """How many compositions and how many panels there are: group by group, by people per quota."""
    states, steps = {(0,) * (1 + len(pool.quotas)): (1, 1)}, 0
    most = (k, *(quota[3] for quota in pool.quotas))
    for group, units in enumerate(pool.groups):
        following, options = {}, []
        for seats, used, ways in sittings(units, k):
            people = [used] + [0] * len(pool.quotas)
            for role, n in enumerate(seats):
                for quota in pool.roles[group, role]:
                    people[1 + quota] += n
            options.append((people, ways))
        steps += len(states) * len(options)
        if steps > 10**6:
            raise Open("there are too many panels to count here")
        for state, (compositions, panels) in states.items():
            for people, ways in options:
                after = tuple(map(sum, zip(state, people)))
                if all(n <= high for n, high in zip(after, most)):
                    before = following.get(after, (0, 0))
                    following[after] = (before[0] + compositions, before[1] + panels * ways)
        states = following
    full = [found for state, found in states.items() if state[0] == k
            and all(n >= q[2] for n, q in zip(state[1:], pool.quotas))]
    return [str(sum(found[i] for found in full)) for i in (0, 1)]


def ways(entry, pool):
    """How many panels a composition stands for."""
    product = 1
    for group, part in groupby(entry, lambda e: e[0]):
        used, units = 0, pool.groups[group]
        for _, role, seats in part:
            product *= math.comb(len(units) - used, seats) * len(units[0][role])**seats
            used += seats
    return product


def shares(panels):
    """Weights of compositions that stand for these numbers of panels, when every panel is equally likely."""
    total = sum(panels)
    weights = [max(1, D * n // total) for n in panels]
    for i in sorted(range(len(panels)), key=lambda i: -(D * panels[i] % total))[:max(0, D - sum(weights))]:
        weights[i] += 1
    while sum(weights) > D:
        weights[weights.index(max(weights))] -= 1
    return weights


def all_panels(cert, pool, k, lottery):
    counted, compositions = cert["counted"], lottery.get("compositions")
    said, found = [counted.get("compositions"), counted.get("panels")], [None, None]
    need(("walk" in counted.get("sample", {})) == (counted["method"] == "approximate"),
         "a walk belongs to an approximate sample")
    shared = max(pool.rooms) > 1
    if counted["method"] != "approximate" and any(said) and not shared:
        found = count(pool, k)
    right = shared or all(number in (None, right) for number, right in zip(said, found))
    need(right, f"{found} are all compositions and panels")
    if counted["method"] != "listed":
        need(compositions is None and counted["sample"]["tickets"] == lottery["denominator"], "sample")
        need(counted["sample"]["stage_one"], "no stage one")
        raise Open(f"{counted['method']}; that the panels follow from stage one shows only when they are sampled again")
    if compositions is None:
        raise Open("rounded from compositions that it does not show")
    need("sample" not in counted and None not in said, "listed, or sampled?")
    if shared:
        raise Open("panels are not counted here where several people of a household may sit")
    panels = [ways(entry, pool) for entry in compositions]
    total = sum(panels)
    same([str(len(panels)), str(total)], said)
    text = f"{total} panels in {len(panels)} compositions"
    if cert["rule"] == "max-entropy":
        raise Open(f"{text}; whether another lottery has a higher entropy takes logarithms")
    same(shares(panels), lottery["weights"])
    return f"{text}, each as likely as the others"
