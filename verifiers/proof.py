"""What a certificate claims of the chances of a lottery, and whether it is so (SPEC.md, section 7).

A role is a pair (group, role). Chances are fractions in units of 10^-12."""
import math, re
from fractions import Fraction
from itertools import groupby

from record import Open, ascends, need, same

D = 10**12
RULES = {  # the measure of a rule and its levels: all, the first one, or all of those below the ceiling
    "leximin": (None, "all"), "maximin": (None, "first"), "minimax": ("highest", "below"),
    "goldilocks": ("goldilocks", "below"),
    "nash": ("product", ""), "least-squares": ("squares", ""), "uniform": (None, ""), "max-entropy": (None, "all"),
    "imported": (None, "")}


class Proof:
    def __init__(self, cert, pool, k, seats):
        """`seats` is S of every role, or None where the chances before sampling are not known."""
        self.cert, self.pool, self.k, self.seats, self.excluded = cert, pool, k, seats, set()
        self.measure, self.levels = RULES.get(cert["rule"].partition(":")[0], (None, ""))
        self.chance = {role: Fraction(s, pool.count[role]) for role, s in (seats or {}).items()}
        self.highest = max(self.chance.values(), default=0)
        self.ceiling = {role for role, p in self.chance.items() if self.levels == "below" and self.highest - p <= 1000}

    def rule(self, listed, committed):
        """The certificate has the parts of its rule and no others; `listed` for a list of panels."""
        same(self.cert["rule"], committed)
        cert, (name, _, gamma) = self.cert, self.cert["rule"].partition(":")
        need(name in RULES and (gamma or cert["rule"] == name), "no such rule")
        measure, counted = cert.get("objective", {}).get("measure"), "counted" in cert
        need(measure == self.measure or self.measure == "goldilocks" and self.measure in (measure or ""), "objective")
        need(len(cert["levels"]) == 1 if self.levels == "first" else bool(cert["levels"]) == bool(self.levels),
             "levels")
        need(counted == (name in ("uniform", "max-entropy")), "counted")
        known = name not in ("uniform", "imported") or cert.get("counted", {}).get("method") in ("listed", "sampled")
        need(("target" in cert) == (listed and known), "target")
        need("rounding" not in cert or listed and not counted and name != "imported", "rounding")
        need(cert.get("counted", {}).get("multipliers") != [] != cert.get("rounding", {}).get("sources"), "an empty list")
        need(name != "imported" or cert["excluded"] == [], "an imported lottery claims nothing")
        need(bool(gamma) == (name == "goldilocks"), "γ")
        if name == "goldilocks":
            stated = measure["goldilocks"]["gamma"]
            if gamma == "gamma2":
                raise Open(f"γ = {stated / 10**6}; whether it is the γ2 of this pool takes two other optima to see")
            decimal = re.fullmatch(r"(0|[1-9][0-9]*)(\.[0-9]{0,5}[1-9])?", gamma)
            need(gamma == "gamma3" or decimal, "γ is written in another way")
            same(self.gamma3() if gamma == "gamma3" else Fraction(gamma) * 10**6, stated)
        return cert["rule"]

    def gamma3(self):
        held = [sum(q in profile for profile in self.pool.profile.values()) for q in range(len(self.pool.quotas))]
        ratios = [Fraction(low + min(high, self.k), 2 * self.k) * Fraction(len(self.pool.profile), people)
                  for (_, _, low, high), people in zip(self.pool.quotas, held) if people]
        return max(1, math.floor(10**6 * min(ratios) * max(ratios) + Fraction(1, 2)))

    def limit(self, proof, objective=False):
        """The weight Y of every role, and the limit L that no panel's sum of weights exceeds."""
        pi, sigma, mu, scale = dict(proof["quotas"]), dict(proof["households"]), proof["size"], proof["scale"]
        stated, roles = {(g, r): y for g, r, y in proof.get("weights", [])}, self.pool.roles
        for part in ("quotas", "households", "weights"):
            need(ascends([entry[:-1] for entry in proof.get(part, [])]), f"{part} do not ascend")
        need(all(pi.values()) and all(stated.values()) and all(s > 0 for s in sigma.values()), "a number is 0")
        need(scale == 1 or scale > 1 and "weights" in proof, "scale")
        need(stated.keys() <= roles.keys(), "a weight for nobody")
        need(all(0 <= g < len(self.pool.groups) for g in sigma) and all(0 <= q < len(self.pool.quotas) for q in pi),
             "index")
        weights, gains = dict.fromkeys(roles, 0), [[] for _ in self.pool.groups]
        for (g, r), profile in roles.items():
            if (g, r) in self.excluded:
                continue
            price = mu + sum(pi.get(q, 0) for q in profile)
            derived = price + sigma.get(g, 0)
            derived = derived if (g, r) in self.ceiling else max(0, derived)
            weights[g, r] = stated.get((g, r), 0) if "weights" in proof else derived
            gains[g] += [max(0, scale * weights[g, r] - price)] * len(self.pool.groups[g][0][r])
        need(objective or all(y >= 0 or role in self.ceiling for role, y in weights.items()), "a weight is below 0")
        ranges = ((p, *self.pool.quotas[q][2:]) for q, p in pi.items())
        total = mu * self.k + sum(max(p * low, p * min(high, self.k)) for p, low, high in ranges)
        for gain, room, units in zip(gains, self.pool.rooms, self.pool.groups):
            total += sum(sorted(gain)[-room:]) * len(units)
        return weights, total // scale

    def exclusions(self, sitting):
        """`sitting` are the roles of the people on any listed panel."""
        if self.cert["rule"] == "imported":
            raise Open("nothing is claimed of an imported lottery")
        for exclusion in self.cert["excluded"]:
            role, proof = (exclusion["group"], exclusion["role"]), exclusion["proof"]
            need(role in self.pool.roles and role not in self.excluded and proof not in ("certain", "ceiling"),
                 f"role {role}")
            if "bound" in proof:
                weights, limit = self.limit(proof["bound"])
                need(limit < weights[role], f"role {role} is not shown to fit no panel")
            self.excluded.add(role)
        need(not self.excluded & sitting, "somebody excluded sits on a panel")
        if self.seats:
            none = {role for role, s in self.seats.items() if s == 0}
            need(self.excluded <= none, "somebody excluded has a chance")
            need(none <= self.excluded or self.measure in ("highest", "squares"),
                 "somebody without a chance is not excluded")
        elif self.pool.roles.keys() - self.excluded - sitting:
            raise Open("the chances before sampling are not known, and some sit on no panel")
        if any("search" in exclusion["proof"] for exclusion in self.cert["excluded"]):
            raise Open("rests on a search")
        return f"{len(self.excluded)} types of people can be in no panel" if self.excluded else "everybody has a chance"

    def optimum(self):
        o, S, n, k = self.cert["objective"], self.seats, self.pool.count, self.k
        Y, L = self.limit(o["proof"], objective=True)
        counted = [role for role in Y if role not in self.excluded]
        N, p, common = sum(n[r] for r in counted), [self.chance[r] for r in counted], o.get("common", 0)
        above, below = (sum(n[r] * (max(0, sign * Y[r]) + common) for r in counted) for sign in (1, -1))
        if self.measure == "highest":
            reached, best = max(p) / D, Fraction(-L, below)
        elif self.measure == "product":
            need(all(S[r] > 0 and Y[r] > 0 for r in counted), "a weight or chance is not above 0")
            reached, best = L, N * min(self.chance[r] * Y[r] for r in counted) / D
        elif self.measure == "squares":
            need(L < 0, "the limit is not below 0")
            reached = Fraction(sum(-(-S[r]**2 // n[r]) for r in counted), D * D)
            best = Fraction(L * L, sum(n[r] * Y[r]**2 for r in counted))
        else:
            gamma = o["measure"]["goldilocks"]["gamma"]
            need(gamma > 0 and o.get("common", 1) >= 1 and above > 0 and below > 0 and min(p) > 0,
                 "γ, weights or chances")
            reached = Fraction(math.ceil(D * N * max(p) / k + Fraction(gamma * k * D**3, 10**6 * N) / min(p)))
            root = math.isqrt(above * gamma * 10**48 // (10**6 * below))
            best = Fraction(math.floor(2 * root - Fraction(N * L * D * D, k * below)))
        need("weights" in o["proof"] and best > 0 and ("common" not in o or self.measure == "goldilocks"), "proof")
        gap = same(math.ceil(D * (reached / best - 1)), o["gap"])
        need(0 <= gap and o.get("search", o)["gap"] <= min(gap, 10**6), "the gap is too large")
        if "search" in o:
            raise Open(f"rests on a search; by the proof no lottery is better by more than the part {gap} * 10^-12")
        return f"no lottery is better by more than the part {gap} * 10^-12"

    def level(self, number):
        """Checks a level and says whether it rests on a search."""
        level = self.cert["levels"][number]
        bound, fixed, proof = level["bound"], [tuple(role) for role in level["fixed"]], level["proof"]
        before = {tuple(role) for earlier in self.cert["levels"][:number] for role in earlier["fixed"]}
        open_roles = self.pool.roles.keys() - self.excluded - before
        lowest = min(self.chance[role] for role in open_roles)
        same(math.floor(lowest), level["value"])
        if "bound" in proof:
            weights, limit = self.limit(proof["bound"])
            spent = {role: self.seats[role] * y for role, y in weights.items()}
            A = D * limit - sum(s for role, s in spent.items() if role in before or weights[role] < 0)
            C = sum(self.pool.count[role] * weights[role] for role in open_roles if weights[role] > 0)
            same(-(-A // C), bound)
            need(C > 0 and 0 <= Fraction(A, C) - lowest <= 1000, f"level {number + 1}: the gap is too large")
            unused = D * limit - sum(spent.values())
            need(all(weights[role] > 0 and unused // weights[role] <= 10**7 for role in fixed),
                 f"level {number + 1}: fixed too early")
        else:
            need(abs(bound - level["value"]) <= 1000, f"level {number + 1}: the gap is too large")
            need(proof != "certain" or bound == D, f"level {number + 1}: certain is 1")
            need(proof != "ceiling" or self.levels == "below" and bound == math.ceil(self.highest),
                 "the ceiling is another")
        need(fixed and ascends(fixed) and open_roles.issuperset(fixed), f"level {number + 1}: fixed")
        need(all(self.chance[role] <= lowest + 1000 for role in fixed),
             f"level {number + 1}: somebody fixed has a higher chance")
        return "search" in proof

    def first_level(self):
        if self.level(0):
            raise Open("rests on a search")
        before = "before rounding, " if "target" in self.cert else ""
        first = self.cert["levels"][0]
        return f"{before}{first['value'] / D:.12f}; no lottery exceeds {first['bound'] / D:.12f}"

    def later_levels(self):
        searches = [self.level(number) for number in range(len(self.cert["levels"]))]
        fixed = {tuple(role) for level in self.cert["levels"] for role in level["fixed"]}
        need(fixed | self.excluded == self.pool.roles.keys(), "the levels do not cover everybody")
        if any(searches):
            raise Open("a level rests on a search")
        return f"{len(searches)} levels are within 10^-9 of what no lottery exceeds"
