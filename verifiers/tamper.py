"""Tampered transcripts for the three verifiers: named changes, and every single value changed once."""
import copy, sys

sys.dont_write_bytecode = True
import direct, lottery
from ceremony import Sources
from record import canonical, hashed, sha256, stream


def ordered(x):
    """JSON with its fields in order, as `canonical` takes it."""
    if isinstance(x, dict):
        return {key: ordered(x[key]) for key in sorted(x, key=lambda key: key.encode("utf-16-be"))}
    return [ordered(v) for v in x] if isinstance(x, list) else x


def digest(domain, x, without=None):
    return hashed(domain, canonical(ordered({k: v for k, v in x.items() if k != without} if without else x))).hex()


def sealed(t):
    """Repairs the digest of the transcript, as anybody can."""
    t["digest"] = digest(("sortition-direct" if "direct" in t["version"] else "sortition-draw") + "/1/transcript", t, "digest")
    return t


def forged(t, pool=None):
    """Commits and draws again after a change, as somebody who makes up a whole record would; a direct draw needs the pool."""
    commit, draw, kind = t["commit"], t["draw"], "sortition-draw" if "lottery" in t else "sortition-direct"
    if "lottery" in t:
        lots, entries = t["lottery"], t["lottery"][t["lottery"]["form"]]
        commit["certificate"] = digest("sortition-draw/1/certificate", t["certificate"])
        said = {"denominator": lots["denominator"], "panel_count": len(entries),
                "digest": digest("sortition-draw/1/lottery", {k: v for k, v in lots.items() if k not in ("denominator", "form")})}
        commit["lottery"] = said if lots["form"] == "panels" else {**said, "form": "compositions"}
    data, everybody = canonical(ordered(commit)), set(draw["panel"]) | set(draw["alternates"])
    t["commitment"] = sha256(data).hex()
    sources = Sources(ordered(commit), t["sources"])
    seed = hashed(f"{kind}/1/seed", hashed(f"{kind}/1/commit", data), *sources.stirred)
    draw["seed"], rule = seed.hex(), commit.get("rule", "")
    if "lottery" in t:
        draw["ticket"] = lottery.ticket(t, seed, sources)
        before = [sum(lots["weights"][:i + 1]) for i in range(len(entries))]
        entry = next(e for e, end in zip(entries, before) if draw["ticket"] < end)
        draw["panel"] = entry if lots["form"] == "panels" else lottery.seat(entry, lots["groups"], seed)
    elif rule == "random":
        draw["panel"] = sorted(direct.random(pool, commit["panel_size"], seed))
    elif rule.startswith("stratified:"):
        draw["panel"] = sorted(direct.stratified(pool, commit["panel_size"], seed, rule[11:].split("+")))
    order = direct.listed(rule, pool, sources) if rule in ("rfc3797", "rivest", "consistent") else []
    if order:
        draw["panel"] = sorted(order[:commit["panel_size"]])
    draw["alternates"] = order[commit["panel_size"]:] or stream(seed, "alternates").shuffle(sorted(everybody - set(draw["panel"])))
    return sealed(t)


def leaves(x, path=()):
    """The paths of all texts and numbers."""
    if isinstance(x, (dict, list)):
        for key, value in x.items() if isinstance(x, dict) else enumerate(x):
            yield from leaves(value, (*path, key))
    else:
        yield path


def changed(t, path):
    """A copy with one value changed: a number by one, a text in its last character, or the other word where only two are allowed."""
    t = copy.deepcopy(t)
    at = t
    for key in path[:-1]:
        at = at[key]
    old = at[path[-1]]
    other = {"unproven": "committed first", "committed first": "unproven"}
    if isinstance(old, int):
        at[path[-1]] = old + 1
    else:
        at[path[-1]] = other.get(old) or (old[:-1] + ("0" if old[-1:] != "0" else "1"))
    return t


def swap(items, i=0, j=1):
    items[i], items[j] = items[j], items[i]


def into(path, change):
    """A tampering that changes what stands at a path."""
    def tamper(t):
        at = t
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = change(at[path[-1]])
    return tamper


def on(path, change):
    """A tampering that changes a list or object in place."""
    def tamper(t):
        at = t
        for key in path:
            at = at[key]
        change(at)
    return tamper


def plus(n):
    return lambda x: x + n


LOTS = lambda t: t["lottery"][t["lottery"]["form"]]
NAMED = {
    "version": into(("version",), lambda v: v[:-1] + "2"),
    "spec": into(("commit", "spec"), lambda v: v[:-1] + "2"),
    "commitment": into(("commitment",), lambda v: v[::-1]),
    "digest": into(("digest",), lambda v: v[::-1]),
    "digest in capitals": into(("digest",), str.upper),
    "order of events": into(("order",), lambda v: "certain"),
    "seed": into(("draw", "seed"), lambda v: v[::-1]),
    "ticket + 1": into(("draw", "ticket"), plus(1)),
    "ticket - 1": into(("draw", "ticket"), plus(-1)),
    "ticket below 0": into(("draw", "ticket"), lambda v: -1),
    "panel: another member": lambda t: t["draw"]["panel"].__setitem__(0, t["draw"]["alternates"][0]),
    "panel and alternates: two people change places": lambda t: (
        p := t["draw"]["panel"][0], a := t["draw"]["alternates"][0], t["draw"]["panel"].__setitem__(0, a), t["draw"]["alternates"].__setitem__(0, p)),
    "panel: order": on(("draw", "panel"), swap),
    "panel: one less": on(("draw", "panel"), list.pop),
    "panel: somebody twice": on(("draw", "panel"), lambda p: p.append(p[-1])),
    "alternates: order": on(("draw", "alternates"), swap),
    "alternates: last two": on(("draw", "alternates"), lambda a: swap(a, -1, -2)),
    "alternates: one less": on(("draw", "alternates"), list.pop),
    "alternates: somebody twice": on(("draw", "alternates"), lambda a: a.append(a[0])),
    "alternates: a stranger": on(("draw", "alternates"), lambda a: a.append("zz")),
    "source: value": into(("sources", 0), lambda v: v + "1"),
    "source: blank": into(("sources", 0), lambda v: " "),
    "source: a space at its end": into(("sources", 0), lambda v: v + " "),
    "sources: order": on(("sources",), swap),
    "sources: one less": on(("sources",), list.pop),
    "sources: one more": on(("sources",), lambda s: s.append("1")),
    "sources: none": on(("sources",), list.clear),
    "announced: one less": on(("commit", "sources"), list.pop),
    "announced: order": on(("commit", "sources"), swap),
    "announced: another text": into(("commit", "sources", 0, "text"), plus("!")),
    "weights: one moved": on(("lottery", "weights"), lambda w: (w.__setitem__(0, w[0] - 1), w.__setitem__(1, w[1] + 1))),
    "weights: sum": into(("lottery", "weights", 0), plus(1)),
    "weights: 0": on(("lottery", "weights"), lambda w: (w.__setitem__(1, w[1] + w[0]), w.__setitem__(0, 0))),
    "weights: one less": on(("lottery", "weights"), list.pop),
    "entries: order": lambda t: (swap(LOTS(t)), swap(t["lottery"]["weights"])),
    "entries: one twice": lambda t: (LOTS(t).insert(0, LOTS(t)[0]), t["lottery"]["weights"].insert(0, 1), t["lottery"]["weights"].__setitem__(1, t["lottery"]["weights"][1] - 1)),
    "entries: one less": lambda t: (LOTS(t).pop(), t["lottery"]["weights"].__setitem__(-2, sum(t["lottery"]["weights"][-2:])), t["lottery"]["weights"].pop()),
    "entries: order inside one": lambda t: swap(LOTS(t)[0]),
    "denominator": into(("lottery", "denominator"), plus(1)),
    "denominator 0": into(("lottery", "denominator"), lambda v: 0),
    "committed denominator": into(("commit", "lottery", "denominator"), plus(1)),
    "committed lottery digest": into(("commit", "lottery", "digest"), lambda v: v[::-1]),
    "panel count": into(("commit", "lottery", "panel_count"), plus(1)),
    "panel size + 1": into(("commit", "panel_size"), plus(1)),
    "panel size - 1": into(("commit", "panel_size"), plus(-1)),
    "quota: minimum": into(("commit", "quotas", 0, "min"), plus(-1)),
    "quota: maximum": into(("commit", "quotas", 0, "max"), plus(1)),
    "quota: value": into(("commit", "quotas", 0, "value"), plus("s")),
    "quotas: order": on(("commit", "quotas"), swap),
    "quotas: one less": on(("commit", "quotas"), list.pop),
    "quotas: one twice": on(("commit", "quotas"), lambda q: q.append(q[-1])),
    "pool: size": into(("commit", "pool", "size"), plus(1)),
    "pool: digest": into(("commit", "pool", "digest"), lambda v: v[::-1]),
    "pool: no digest": on(("commit", "pool"), lambda p: p.pop("digest")),
    "certificate digest": into(("commit", "certificate"), lambda v: v[::-1]),
    "certificate digest left out": on(("commit",), lambda c: c.pop("certificate")),
    "committed rule": into(("commit", "rule"), lambda v: "maximin"),
    "committed rule left out": on(("commit",), lambda c: c.pop("rule")),
    "rule of the certificate": into(("certificate", "rule"), lambda v: "maximin"),
    "both rules": lambda t: (t["commit"].update(rule="maximin"), t["certificate"].update(rule="maximin")),
    "both rules imported": lambda t: (t["commit"].update(rule="imported"), t["certificate"].update(rule="imported")),
    "both rules unheard of": lambda t: (t["commit"].update(rule="fair"), t["certificate"].update(rule="fair")),
    "level: value": into(("certificate", "levels", 0, "value"), plus(1)),
    "level: value and bound": on(("certificate", "levels", 0), lambda v: v.update(value=v["value"] + 1, bound=v["bound"] + 1)),
    "level: bound": into(("certificate", "levels", 0, "bound"), plus(1)),
    "level: bound lower": into(("certificate", "levels", 0, "bound"), plus(-1)),
    "level: fixed, one less": on(("certificate", "levels", 0, "fixed"), list.pop),
    "level: fixed, order": on(("certificate", "levels", 0, "fixed"), swap),
    "level: fixed, one of the next": lambda t: t["certificate"]["levels"][0]["fixed"].append(t["certificate"]["levels"][1]["fixed"].pop(0)),
    "level: certain": into(("certificate", "levels", 0, "proof"), lambda v: "certain"),
    "level: ceiling": into(("certificate", "levels", 0, "proof"), lambda v: "ceiling"),
    "level: search": into(("certificate", "levels", 0, "proof"), lambda v: {"search": {"nodes": 1}}),
    "levels: order": on(("certificate", "levels"), swap),
    "levels: one less": on(("certificate", "levels"), list.pop),
    "levels: none": on(("certificate", "levels"), list.clear),
    "level: quota of the proof": into(("certificate", "levels", 0, "proof", "bound", "quotas", 0, 0), plus(1)),
    "level: number of the proof": into(("certificate", "levels", 0, "proof", "bound", "quotas", 0, 1), plus(1)),
    "level: size of the proof": into(("certificate", "levels", 0, "proof", "bound", "size"), plus(1)),
    "level: scale of the proof": into(("certificate", "levels", 0, "proof", "bound", "scale"), plus(1)),
    "level: households of the proof": on(("certificate", "levels", 0, "proof", "bound", "households"), lambda h: h.insert(0, [0, 1])),
    "exclusion: left out": on(("certificate", "excluded"), list.pop),
    "exclusion: another": lambda t: t["certificate"]["excluded"].append({"group": 0, "proof": {"search": {"nodes": 1}}, "role": 0}),
    "exclusion: twice": on(("certificate", "excluded"), lambda e: e.append(e[0])),
    "exclusion: by search": into(("certificate", "excluded", 0, "proof"), lambda v: {"search": {"nodes": 1}}),
    "exclusion: certain": into(("certificate", "excluded", 0, "proof"), lambda v: "certain"),
    "exclusion: number": into(("certificate", "excluded", 0, "proof", "bound", "quotas", 0, 1), lambda v: -v),
    "groups: order": on(("lottery", "groups"), swap),
    "groups: units": lambda t: next(g for g in t["lottery"]["groups"] if len(g) > 1).reverse(),
    "groups: an id": into(("lottery", "groups", 0, 0, 0, 0), plus("x")),
    "groups: one less": on(("lottery", "groups"), list.pop),
    "groups: two people change places": lambda t: (
        g := t["lottery"]["groups"], a := g[0][0][0][0], g[0][0][0].__setitem__(0, g[1][0][0][0]), g[1][0][0].__setitem__(0, a)),
    "seats + 1": lambda t: into(("lottery", "compositions", 0, 0, 2), plus(1))(t),
    "seats 0": lambda t: into(("lottery", "compositions", 0, 0, 2), lambda v: 0)(t),
    "role of a composition": lambda t: into(("lottery", "compositions", 0, 0, 1), plus(1))(t),
    "panel of the list: a member": lambda t: into(("lottery", "panels", 0, 0), plus("x"))(t),
    "target: one more": lambda t: into(("certificate", "target", 0, 2), plus(10))(t),
    "target: left out": on(("certificate",), lambda c: c.pop("target")),
    "target: where there is none": on(("certificate",), lambda c: c.update({"target": []} if "target" not in c else {"objective": 1})),
    "column of the ids": into(("commit", "columns", "id"), plus("s")),
    "most: one more": into(("commit", "columns", "most"), plus(1)),
    "most: left out": on(("commit", "columns"), lambda c: c.pop("most")),
    "most: 1": into(("commit", "columns", "most"), lambda v: 1),
    "most: 0": into(("commit", "columns", "most"), lambda v: 0),
    "most: a text": into(("commit", "columns", "most"), str),
    "most: where there was none": on(("commit", "columns"), lambda c: c["-"] if "most" in c else c.update(most=2)),
    "most: without households": on(("commit", "columns"), lambda c: c.pop("household") if "most" in c else c["most"]),
    "household rule": on(("commit", "columns"), lambda c: c.pop("household") if "household" in c else c.update(household=["sex"])),
    "unknown field": lambda t: t.update(note="x"),
    "unknown field of the commitment": lambda t: t["commit"].update(note="x"),
    "unknown field of the draw": lambda t: t["draw"].update(note="x"),
    "a field left out": lambda t: t.pop("order"),
    "a number as text": into(("draw", "ticket"), str),
    "a fraction": into(("draw", "ticket"), lambda v: v + 0.5),
    "true": into(("commit", "panel_size"), lambda v: True),
    "null": into(("order",), lambda v: None),
    "a number beyond 2^53": into(("commit", "pool", "size"), lambda v: 2**53),
}
FIRST = set(NAMED)  # those that are tried without repairing the digest, too
BOUND_OF = lambda t: t["certificate"]["levels"][0]["proof"]["bound"]
NAMED.update({
    "committed names in capitals": lambda t: [q.update(feature=q["feature"].upper(), value=q["value"].upper()) for q in t["commit"]["quotas"]],
    "committed names with spaces": lambda t: [q.update(feature=" " + q["feature"], value=q["value"] + "  ") for q in t["commit"]["quotas"]],
    "column of the ids in capitals": into(("commit", "columns", "id"), str.upper),
    "an empty household rule": on(("commit", "columns"), lambda c: c.update(household=[])),
    "no columns": on(("commit",), lambda c: c.pop("columns")),
    "a household column twice": on(("commit", "columns", "household"), lambda h: h.append(h[0].upper())),
    "most beyond 2^32": on(("commit", "columns"), lambda c: c.update(household=["sex"], most=2**32)),
    "a registration that is no digest": on(("commit",), lambda c: c.update(registration="x")),
    "a registration in capitals": on(("commit",), lambda c: c.update(registration="AB" * 32)),
    "nobody sits": into(("commit", "panel_size"), lambda k: 0),
    "more seats than the quotas have": into(("commit", "panel_size"), lambda k: 2 * k),
    "no rule": on(("commit",), lambda c: c.pop("rule")),
    "rule of a registered draw": into(("commit", "rule"), lambda v: v + " "),
    "imported, with rounding": lambda t: (t["commit"].update(rule="imported"), t["certificate"].pop("target", 0), t["certificate"].update(
        rule="imported", excluded=[], levels=[], rounding={"largest": 0, "method": "smallest-deviation", "theory": {"beck_fiala": 0, "panel_lp": 0}})),
    "target: a chance above 1": lambda t: t["certificate"]["target"][0].__setitem__(2, 10**13),
    "a terminal's escape in a source": into(("sources", 0), lambda v: "\x1b[2J" + v + "\nchecked      panel"),
    "a household column that is not there": on(("commit", "columns"), lambda c: c.update(household=["zz"])),
    "an assembly without a name": on(("commit",), lambda c: c.update(assembly="")),
    "a root without a hash": on(("commit", "pool"), lambda p: p.update(merkle_root="0" * 64)),
    "a hash without a root": on(("commit", "pool"), lambda p: p.update(hash="sha256")),
    "a root of unknown kind": on(("commit", "pool"), lambda p: p.update(hash="sha256", merkle_root="0" * 64)),
    "odd keys of a fallback": on(("commit",), lambda c: c.update(fallback=[{"10": 1, "9": 2, "\U0001d518": "", "\ufb01": "0", "__proto__": 3, "": 4}])),
    "a text as fallback": on(("commit",), lambda c: c.update(fallback=[{"deadline": 1, "for": 0, "text": "x", "type": "text"}])),
    "dice as fallback": on(("commit",), lambda c: c.update(fallback=[{"count": 1, "deadline": 1, "for": 0, "sides": 6, "type": "dice"}])),
    "balls as fallback, not all fields": on(("commit",), lambda c: c.update(fallback=[{"tickets": 10, "type": "balls"}])),
    "nothing announced": on(("commit",), lambda c: c.update(sources=[])),
    "no announcement": on(("commit",), lambda c: c.pop("sources")),
    "announced text blank": into(("commit", "sources", 0, "text"), lambda v: " "),
    "rule goldilocks without γ": lambda t: (t["commit"].update(rule="goldilocks"), t["certificate"].update(rule="goldilocks")),
    "rule with a colon": lambda t: (t["commit"].update(rule="leximin:"), t["certificate"].update(rule="leximin:")),
    "rule with γ": lambda t: (t["commit"].update(rule="leximin:1"), t["certificate"].update(rule="leximin:1")),
    "rule in capitals": lambda t: (t["commit"].update(rule="Leximin"), t["certificate"].update(rule="Leximin")),
    "weights of the proof: an excluded role": lambda t: t["certificate"]["levels"][0]["proof"]["bound"].update(
        weights=BOUND_OF(t).get("weights", []) + [[4, 0, 1]]),
    "weights of the proof: below 0": lambda t: BOUND_OF(t).update(weights=[[0, 0, -1]] + BOUND_OF(t).get("weights", [])),
    "weights of the proof: 0": lambda t: BOUND_OF(t).update(weights=[[0, 0, 0]] + BOUND_OF(t).get("weights", [])),
    "weights of the proof: nobody": lambda t: BOUND_OF(t).update(weights=BOUND_OF(t).get("weights", []) + [[9, 9, 1]]),
    "weights of the proof: none": lambda t: BOUND_OF(t).update(weights=[]),
    "households of the proof: group 99": lambda t: BOUND_OF(t)["households"].append([99, 1]),
    "households of the proof: below 0": lambda t: BOUND_OF(t)["households"].insert(0, [0, -1]),
    "quotas of the proof: number 99": lambda t: BOUND_OF(t)["quotas"].append([99, 1]),
    "quotas of the proof: 0": lambda t: BOUND_OF(t)["quotas"].append([5, 0]),
    "quotas of the proof: twice": lambda t: BOUND_OF(t)["quotas"].append(BOUND_OF(t)["quotas"][-1]),
    "scale 0": lambda t: BOUND_OF(t).update(scale=0),
    "scale below 0": lambda t: BOUND_OF(t).update(scale=-1),
    "proof doubled": lambda t: BOUND_OF(t).update(size=2 * BOUND_OF(t)["size"], quotas=[[q, 2 * p] for q, p in BOUND_OF(t)["quotas"]],
                                                  households=[[g, 2 * s] for g, s in BOUND_OF(t)["households"]],
                                                  **({"weights": [[g, r, 2 * y] for g, r, y in BOUND_OF(t)["weights"]]} if "weights" in BOUND_OF(t) else {})),
    "large numbers in a proof": lambda t: BOUND_OF(t).update(size=2**53 - 1),
    "common where there is none": on(("certificate",), lambda c: c.update(objective={"common": 1, "gap": 0, "measure": "product", "proof": BOUND_OF({"certificate": c})})),
    "counted where there is none": on(("certificate",), lambda c: c.update(counted={"method": "listed", "panels": "4", "compositions": "2"})),
    "rounding where there is none": on(("certificate",), lambda c: c.update(rounding={"largest": 0, "method": "smallest-deviation", "theory": {"beck_fiala": 0, "panel_lp": 0}})),
    "a search where there is none": on(("certificate", "levels", -1), lambda v: v.update(proof={"search": {"nodes": -1}})),
    "everybody excluded": on(("certificate",), lambda c: c.update(excluded=[{"group": g, "proof": {"search": {"nodes": 1}}, "role": 0} for g in range(5)])),
    "goldilocks: common below 0": on(("certificate", "objective"), lambda o: o.update(common=-1)),
    "goldilocks: common": on(("certificate", "objective"), lambda o: o.update(common=1)),
    "goldilocks: common 0": on(("certificate", "objective"), lambda o: o.update(common=0)),
    "objective: a search": on(("certificate", "objective"), lambda o: o.update(search={"gap": 0, "nodes": 1})),
    "objective: a search with a wider gap": on(("certificate", "objective"), lambda o: o.update(search={"gap": o["gap"] + 1, "nodes": 1})),
    "objective: a search with a gap below 0": on(("certificate", "objective"), lambda o: o.update(search={"gap": -1, "nodes": 1})),
    "objective: no weights": on(("certificate", "objective", "proof"), lambda p: p.pop("weights")),
    "γ written 1.0": lambda t: [x.update(rule={"goldilocks:1": "goldilocks:1.0"}[x["rule"]]) for x in (t["commit"], t["certificate"])],
    "γ written 01": lambda t: [x.update(rule={"goldilocks:1": "goldilocks:01"}[x["rule"]]) for x in (t["commit"], t["certificate"])],
    "γ written 1.": lambda t: [x.update(rule={"goldilocks:1": "goldilocks:1."}[x["rule"]]) for x in (t["commit"], t["certificate"])],
    "γ written 1e0": lambda t: [x.update(rule={"goldilocks:1": "goldilocks:1e0"}[x["rule"]]) for x in (t["commit"], t["certificate"])],
    "γ written 1.0000000": lambda t: [x.update(rule={"goldilocks:1": "goldilocks:1.0000000"}[x["rule"]]) for x in (t["commit"], t["certificate"])],
    "γ written 1.0000001": lambda t: [x.update(rule={"goldilocks:1": "goldilocks:1.0000001"}[x["rule"]]) for x in (t["commit"], t["certificate"])],
    "γ2 for γ": lambda t: [x.update(rule={"goldilocks:1": "goldilocks:gamma2"}[x["rule"]]) for x in (t["commit"], t["certificate"])],
    "γ3 for γ": lambda t: [x.update(rule={"goldilocks:1": "goldilocks:gamma3"}[x["rule"]]) for x in (t["commit"], t["certificate"])],
    "counted: another entropy": on(("certificate", "counted"), lambda c: c.update(entropy=0)),
    "counted: panels with a zero in front": on(("certificate", "counted"), lambda c: c.update(panels="0" + c["panels"])),
    "counted: no multipliers": on(("certificate", "counted"), lambda c: c.update(multipliers=[])),
    "rounding: sources, none": on(("certificate", "rounding"), lambda r: r.update(sources=[])),
    "counted: no panels": on(("certificate", "counted"), lambda c: c.pop("panels")),
    "counted: no compositions": on(("certificate", "counted"), lambda c: c.pop("compositions")),
    "counted: approximate": on(("certificate", "counted"), lambda c: c.update(method="approximate")),
    "counted: listed": on(("certificate", "counted"), lambda c: c.update(method="listed")),
    "counted: listed, no sample": on(("certificate", "counted"), lambda c: (c.update(method="listed"), c.pop("sample"))),
    "counted: no stage one": on(("certificate", "counted", "sample"), lambda s: s.update(stage_one=[])),
    "counted: a blank stage one": on(("certificate", "counted", "sample"), lambda s: s.update(stage_one=[""])),
})
OPENED = {  # changes of the files of section 16 beside a transcript
    "people: order": on(("people",), swap),
    "people: one less": on(("people",), list.pop),
    "people: one twice": on(("people",), lambda p: p.append(p[-1])),
    "people: none": on(("people",), list.clear),
    "fields: order": on(("people", 0, "fields"), swap),
    "fields: one less": on(("people", 0, "fields"), list.pop),
    "fields: one twice": on(("people", 0, "fields"), lambda f: f.append(f[-1])),
    "fields: another name for all": lambda o: [p["fields"][-1].update(field="zz") for p in o["people"]],
    "fields: closed with another commitment": lambda o: o["people"][0]["fields"].__setitem__(-1, {"commitment": "0" * 64, "field": o["people"][0]["fields"][-1]["field"]}),
    "values of two people change places": lambda o: (lambda a, b: (v := a["value"], a.update(value=b["value"]), b.update(value=v)))(
        *(p["fields"][-1] for p in o["people"][:2])),
    "salt in capitals": into(("people", 0, "fields", -1, "salt"), str.upper),
    "path: longer": on(("people", 0, "path"), lambda p: p.append(p[-1])),
    "path: shorter": on(("people", 0, "path"), list.pop),
    "path: order": on(("people", 0, "path"), swap),
    "another kind of root": into(("pool", "hash"), lambda v: "sha256"),
    "indices: order": on(("indices",), swap),
    "indices: one less": on(("indices",), list.pop),
    "indices and count: one less": lambda s: (s["indices"].pop(), s.update(count=s["count"] - 1)),
    "sources: none": on(("sources",), list.clear),
    "sources: blank": on(("sources",), lambda s: s.append("\u2003")),
    "count 0": lambda s: (s["indices"].clear(), s.update(count=0)),
    "size beyond reason": into(("pool", "size"), lambda v: 2**53 - 1),
}
BYTES = {
    "a line break at the end": lambda data: data + b"\n",
    "a space": lambda data: data.replace(b":", b": ", 1),
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "a field twice": lambda data: data.replace(b'"order":', b'"order":"unproven","order":', 1),
    "fields in another order": lambda data: data[:-1].replace(b'"order":"unproven",', b"") + b',"order":"unproven"}',
    "an escape that is not needed": lambda data: data.replace(b"unproven", b"\\u0075nproven"),
    "a number with a fraction": lambda data: data.replace(b'"ticket":', b'"ticket":1.0e0', 1),
    "a broken byte": lambda data: data.replace(b"unproven", b"unprov\xffn"),
    "half a file": lambda data: data[:len(data) // 2],
    "nothing": lambda data: b"",
}
