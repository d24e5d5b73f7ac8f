"""Direct draws, which have no explicit lottery (SPEC.md, sections 10 and 15), and replacements (section 11)."""
import hashlib, math, re
from collections import Counter
from fractions import Fraction
from itertools import combinations, product

from ceremony import not_checked, numbers
from record import Open, Wrong, ascends, canonical, claim, fold, hashed, need, same, sha256, stream

MILLION = 10**6


def random(pool, k, seed):
    chance = stream(seed, "panel")
    units = chance.shuffle([unit for people in map(list, sorted(pool.units))
                            for unit in [people] * pool.room(people[0])])
    return [unit.pop(chance.below(len(unit))) for unit in units[:k]]


def stratified(pool, k, seed, names):
    chance, features = stream(seed, "panel"), [pool.features.index(fold(name)) for name in names]
    strata = {}
    for person in pool.profile:
        strata.setdefault(tuple(pool.profile[person][f] for f in features), []).append(person)
    cells = chance.shuffle([strata[cell] for cell in sorted(strata)])
    n = len(pool.profile)
    offset, start, panel = chance.below(n), 0, []
    for people in cells:
        end = start + k * len(people)
        seats = (end - offset + n - 1) // n - (start - offset + n - 1) // n
        panel += chance.shuffle(people[:])[:seats]
        start = end
    return panel


def legacy(pool, k, seed, attempts):
    """The composition that the first attempt without failure gives, and the number of that attempt."""
    chance = stream(seed, "panel")
    number = {quota[:2]: i for i, quota in enumerate(pool.quotas)}
    values = [number[quota[:2]] for quota in pool.listed]
    low, high = [quota[2] for quota in pool.quotas], [quota[3] for quota in pool.quotas]
    slots = {}  # people by group, unit and role; where one person of a unit may sit, a group's units are taken as one
    for g, units in enumerate(pool.groups):
        together = len(units) if pool.rooms[g] == 1 else 1
        for u in range(len(units) // together):
            slots.update({(g, u, r): len(ids) * together for r, ids in enumerate(units[0])})
    profile = {slot: pool.roles[slot[0], slot[2]] for slot in slots}
    size = {slot: len(pool.groups[slot[0]][0][slot[2]]) for slot in slots}
    holders = {v: [slot for slot in slots if v in profile[slot]] for v in values}
    siblings = {}
    for slot in slots:
        siblings.setdefault(slot[:2], []).append(slot)

    def attempt():
        left, taken, seats = dict(slots), [0] * len(values), Counter()
        people = {v: sum(left[role] for role in holders[v]) for v in values}

        def leave(role, count):
            left[role] -= count
            for v in profile[role]:
                people[v] -= count

        for v in values:
            for role in holders[v] if high[v] == 0 else []:
                leave(role, left[role])
        for _ in range(k):
            if any(people[v] < low[v] - taken[v] for v in values if low[v] > taken[v]):
                return None
            open_values = [v for v in values if people[v] > 0 and high[v] > 0]
            if not open_values:
                return None
            value = max(open_values, key=lambda v: Fraction(low[v] - taken[v], people[v]))
            place = chance.below(people[value])
            for role in holders[value]:
                if place < left[role]:
                    break
                place -= left[role]
            seats[role] += 1
            room, unit = pool.rooms[role[0]], siblings[role[:2]]
            if room > 1:
                leave(role, 1)
            if room == 1 or sum(seats[sibling] for sibling in unit) == room:
                for sibling in unit:
                    leave(sibling, min(left[sibling], size[sibling]))
            for v in profile[role]:
                taken[v] += 1
            for v in profile[role]:
                if taken[v] == high[v]:
                    for other in holders[v]:
                        leave(other, left[other])
        return seats if all(taken[v] >= low[v] for v in values) else None
    for number in range(1, attempts + 1):
        seats = attempt()
        if seats:
            total = Counter()
            for (g, _, r), n in seats.items():
                total[g, r] += n
            return [[g, r, n] for (g, r), n in sorted(total.items())], number
    raise Wrong(f"{attempts} attempts give no panel")


def evenness(pool, k, panel):
    """How far the panel is from even over intersections of features, and what no panel can be below."""
    n, plain = len(pool.values), [f for f, name in enumerate(pool.features) if name in next(iter(pool.rows.values()))]
    held = {f: sorted({profile[f] for profile in pool.profile.values()}) for f in plain}
    sets = [s for length in range(1, len(plain) + 1) for s in combinations(plain, length)]
    sets = [s for s in sets if (m := math.prod(len(held[f]) for f in s)) <= k and n // m >= 2][:50]
    distance = bound = 0
    for s in sets:
        cells = list(product(*(held[f] for f in s)))
        m, place = len(cells), {cell: i for i, cell in enumerate(cells)}
        seats, homes = [0] * m, [Counter() for _ in cells]
        for person in panel:
            seats[place[tuple(pool.profile[person][f] for f in s)]] += 1
        for person in pool.profile:
            homes[place[tuple(pool.profile[person][f] for f in s)]][pool.home[person] or person] += 1
        distance += MILLION * sum(abs(m * x - k) for x in seats) // m
        best = [pool.quotas[cell[0]][2] if len(s) == 1 else 0 for cell in cells]
        may_sit = [sum(min(n, pool.house.get(home, 1)) for home, n in h.items()) for h in homes]
        most = [min(n, *(pool.quotas[v][3] for v in cell)) for n, cell in zip(may_sit, cells)]
        for _ in range(k - sum(best)):
            free = [i for i in range(m) if best[i] < most[i]]
            if not free:
                break
            best[min(free, key=lambda i: abs(m * (best[i] + 1) - k) - abs(m * best[i] - k))] += 1
        bound += MILLION * sum(abs(m * x - k) for x in best) // m
    return {"bound": bound, "distance": distance, "intersections": len(sets)}


def listed(rule, pool, sources):
    """The whole list in the order of a published method (section 15)."""
    people, plain = list(pool.values), []
    for declared, text in zip(sources.taken, sources.texts):
        kind, parts = declared["type"] if declared else "text", text.split(" ")
        plain.append({"dice": parts[-1].replace("-", ""), "lottery": parts[1:2] and parts[1].replace("-", ""),
                      "drand": parts[2:3] and parts[2], "nist": parts[-1]}.get(kind, text))
        if rule == "rfc3797":
            found = parts[1] if kind in ("dice", "lottery") else text
            need(kind in ("dice", "lottery", "text") and re.fullmatch("[0-9]{1,18}(-[0-9]{1,18})*", found),
                 "a source without numbers")
            plain[-1] = "".join(f"{n}." for n in sorted(map(int, found.split("-")))) + "/"
    text, n, order = "".join(plain).encode(), len(people), []
    if rule == "rfc3797":
        need(n <= 65535, "too many people")
        for i in range(n):
            digest = hashlib.md5(i.to_bytes(2, "big") + text + i.to_bytes(2, "big")).digest()
            order.append(people.pop(int.from_bytes(digest, "big") % len(people)))
    elif rule == "rivest":
        order, i = {}, 0
        while len(order) < n:
            i += 1
            order[people[int.from_bytes(sha256(text + f",{i}".encode()), "big") % n]] = True
    else:
        key = sha256(text).hex()
        order = sorted(people, key=lambda p: (str(int.from_bytes(sha256((key + p).encode()), "big")).zfill(64)[::-1],
                                              p))
    return list(order)


def direct_claims(t, pool, seed, sources, seat):
    commit, draw, k = t["commit"], t["draw"], t["commit"]["panel_size"]
    rule, _, features = commit["rule"].partition(":")
    methods = ("random", "stratified", "legacy", "diversimax", "rfc3797", "rivest", "consistent")
    need_pool = None if pool else "needs --pool and --quotas"

    def named():
        need(rule in methods and bool(features) == (rule == "stratified"), "no such rule")
        need(("attempts" in commit) == ("attempts" in draw) == (rule == "legacy"), "attempts")
        need(1 <= commit.get("attempts", 1) <= 10**7 and ("evenness" in draw) == (rule == "diversimax"),
             "attempts or evenness")
        need(not pool or rule in ("random", "legacy", "diversimax") or not pool.house,
             "this method knows no households")
        names = features.split("+") if features and pool else []
        need(ascends(list(map(fold, names))) and all(pool.spelled.get(fold(f), f) == f for f in names),
             "features of the strata")
        return commit["rule"]
    claim("rule", named)

    def met():
        if not pool:
            raise Open(need_pool)
        need(len(draw["panel"]) == k and not pool.crowded(draw["panel"]), "housemates, or another size")
        if rule in ("legacy", "diversimax"):
            for number, (feature, value, low, high) in enumerate(pool.quotas):
                need(low <= sum(number in pool.profile[p] for p in draw["panel"]) <= high, f"{feature} = {value}")
        return "met by the panel" if rule in ("legacy", "diversimax") else "no quotas are asked"
    claim("quotas and households", met)
    order = []

    def panel():
        if not pool:
            raise Open(need_pool)
        if rule == "diversimax":
            need(sorted(draw["panel"]) == draw["panel"], "another order")
            raise Open("found by a search that is not described")
        if rule == "legacy":
            composition, number = legacy(pool, k, seed, min(commit["attempts"], draw["attempts"]))
            same(number, draw["attempts"])
            right = seat(composition, pool.groups, seed)
        elif rule in ("random", "stratified"):
            right = random(pool, k, seed) if rule == "random" else stratified(pool, k, seed, features.split("+"))
        else:
            order.extend(listed(rule, pool, sources))
            right = order[:k]
        return f"{len(same(sorted(right), draw['panel']))} people"
    claim("panel", panel, "rule")
    if rule == "legacy":
        claim("attempts", lambda: f"the panel came at attempt {draw['attempts']}", "panel")
    if rule == "diversimax":
        def even():
            if not pool:
                raise Open(need_pool)
            same(evenness(pool, k, draw["panel"]), draw["evenness"])
        claim("evenness", even, "quotas and households")

    def fairness():
        raise Open("a direct draw has no certificate: nothing is claimed")
    claim("fairness", fairness)
    return order[k:]


def distance(pool, one, other):
    return sum(a != b for a, b in zip(pool.profile[one], pool.profile[other]))


def missed(pool, panel):
    seats = [0] * len(pool.quotas)
    for person in panel:
        for quota in pool.profile[person]:
            seats[quota] += 1
    return sum(max(0, low - n) + max(0, n - high) for (_, _, low, high), n in zip(pool.quotas, seats))


def may_join(pool, person, others):
    home = pool.home[person]
    return not home or sum(pool.home[other] == home for other in others) < pool.house[home]


def shadows(pool, panel, alternates):
    shadow = {}
    for near in (lambda a, m: pool.profile[a] == pool.profile[m], lambda a, m: True):
        for member in sorted(set(panel) - shadow.keys()):
            free = [a for a in alternates if a not in shadow.values() and near(a, member)
                    and may_join(pool, a, [m for m in panel if m != member])]
            if free:
                shadow[member] = min(free, key=lambda a: distance(pool, a, member))
    return shadow


def replay(record, pool, draw):
    """What became of every dropout, and who sits in the end."""
    panel, gone, outcomes = set(draw["panel"]), set(), []
    reserves, cut_off = record["policy"]["reserves"], record["policy"].get("cut_off")
    shadow = shadows(pool, draw["panel"], draw["alternates"]) if reserves == "shadows" else {}
    for dropout in record["dropouts"]:
        person = dropout["id"]
        need(person in pool.values and person not in gone, f"{person} is nobody, or left before")
        gone.add(person)
        if person not in panel:
            outcomes.append("off_the_list")
            continue
        panel.remove(person)
        free = [a for a in draw["alternates"] if a not in gone | panel and may_join(pool, a, panel)]
        same_profile = [a for a in free if pool.profile[a] == pool.profile[person]]
        if cut_off and dropout["date"] > cut_off:
            outcomes.append({"vacant": "after_cut_off"})
        elif reserves == "none":
            outcomes.append({"vacant": "no_reserves"})
        elif reserves == "shadows":
            outcomes.append({"replaced_by": shadow[person]} if shadow.get(person) in free else {"vacant": "no_shadow"})
        elif not free:
            outcomes.append({"vacant": "nobody_left"})
        elif reserves == "matched":
            near = same_profile[:1] or [min(free, key=lambda a: (missed(pool, panel | {a}), distance(pool, a, person)))]
            outcomes.append({"replaced_by": near[0]})
        else:
            outcomes.append({"replaced_by": min(free, key=lambda a: missed(pool, panel | {a}))})
        panel |= {outcomes[-1]["replaced_by"]} if "replaced_by" in outcomes[-1] else set()
    return outcomes, sorted(panel)


def replacement_claims(record, t, pool, holds):
    bare = {field: value for field, value in record.items() if field != "digest"}
    claim("replacements: format", lambda: same("kleroterion-replacements/1", record["version"]))
    claim("replacements: digest", lambda: same(hashed("sortition-draw/1/replacements", canonical(bare)).hex(),
                                               record["digest"]))
    claim("replacements: transcript", lambda: need(holds and same(t["digest"], record["transcript"]),
                                                   "the transcript does not hold"))

    def played():
        if not pool:
            raise Open("needs --pool and --quotas")
        dates = [d["date"] for d in record["dropouts"]] + [record["policy"].get("cut_off", "2000-01-01")]
        need(dates[:-1] == sorted(dates[:-1]), "dates fall")
        need(all(re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", date) for date in dates), "a date is not YYYY-MM-DD")
        result.append(replay(record, pool, t["draw"]))
        return f"{len(same(result[0][0], record['outcomes']))} dropouts"
    result = []
    claim("replacements", played, "panel", "alternates")
    claim("replacements: panel", lambda: f"{len(same(result[0][1], record['panel']))} people", "replacements")
    asked = "was the policy published before anybody left, and was nobody's leaving written down late?"
    claim("replacements: order of events", not_checked(asked))
    if "replacement" in t["commit"]:
        claim("policy", lambda: need(t["commit"]["replacement"] == record["policy"], "another policy was committed"))
