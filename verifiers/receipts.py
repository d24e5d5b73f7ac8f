"""What is said of the root of the pool: receipts, openings and spot checks (SPEC.md, section 16)."""
from ceremony import hexadecimal, not_checked
from record import Open, Stream, ascends, canonical, claim, clean, fold, hashed, need, same, sha256

KIND, PARTS = "sortition-fields/1", ("hash", "merkle_root", "size")


def entry(person, fields):
    parts = []
    for f in fields:
        need(hexadecimal(f.get("salt", f.get("commitment")), 64), "not 64 hexadecimal digits")
        opened = "salt" in f and hashed("sortition-fields/1/field", bytes.fromhex(f["salt"]), person, f["field"],
                                        f["value"])
        parts += [f["field"], opened or bytes.fromhex(f["commitment"])]
    return hashed("sortition-fields/1/person", person, *parts)


def split(entries):
    return 1 << (len(entries) - 1).bit_length() - 1


def root(entries):
    """The root over entries (RFC 9162, section 2.1.1)."""
    if len(entries) == 1:
        return sha256(b"\0" + entries[0])
    k = split(entries)
    return sha256(b"\1" + root(entries[:k]) + root(entries[k:]))


def path(index, entries):
    if len(entries) == 1:
        return []
    k = split(entries)
    return path(index, entries[:k]) + [root(entries[k:])] if index < k else path(index - k,
                                                                                 entries[k:]) + [root(entries[:k])]


def follow(index, size, leaf, path):
    """The root to which a path leads (RFC 9162, section 2.1.3.2)."""
    need(0 <= index < size, "the index is not below the size")
    f, s, r = index, size - 1, sha256(b"\0" + leaf)
    for step in path:
        need(s > 0 and hexadecimal(step, 64), "the path leads nowhere")
        p = bytes.fromhex(step)
        if f % 2 or f == s:
            r = sha256(b"\1" + p + r)
            while f % 2 == 0 and f:
                f, s = f // 2, s // 2
        else:
            r = sha256(b"\1" + r + p)
        f, s = f // 2, s // 2
    need(s == 0, "the path ends too early")
    return r.hex()


def named(fields):
    """The names of somebody's fields, when they are in order."""
    names = [f["field"] for f in fields]
    need(ascends(names) and names[:1] == [""], "names do not ascend, or no household field")
    return names


def committed(file, commit):
    """The root that a file states, when it is the committed one."""
    if not commit:
        raise Open("needs the transcript or --commit")
    return same([commit["pool"].get(part) for part in PARTS], [file["pool"][part] for part in PARTS])[1]


def leads(person, pool):
    same(follow(person["index"], pool["size"], entry(person["id"], person["fields"]), person["path"]),
         pool["merkle_root"])


def place(person, size, everybody):
    """Whether somebody has their place among all ids of a draw."""
    need(ascends(everybody), "somebody stands twice")
    same(len(everybody), size)
    return f"number {person['index']} is {same(everybody[person['index']], person['id'])}"


def receipt_claims(receipt, commit, draw):
    """A member's receipt (section 16.2)."""
    claim("receipt: format", lambda: same(KIND, receipt["pool"]["hash"]))

    def fields():
        named(receipt["fields"])
        if any("salt" not in f for f in receipt["fields"]):
            raise Open("a field is closed: its value stays unknown")
        return ", ".join(f"{f['field'] or 'household'} = {f['value']!r}" for f in receipt["fields"])
    claim("receipt: fields", fields)
    claim("receipt: pool root", lambda: committed(receipt, commit))
    claim("receipt: path", lambda: leads(receipt, receipt["pool"]))

    def commitment():
        if "commitment" not in receipt:
            raise Open("the receipt was issued before there was one")
        if not commit:
            raise Open("needs the transcript or --commit")
        return same(sha256(canonical(commit)).hex(), receipt["commitment"])
    claim("receipt: commitment", commitment)
    if draw:
        everybody = sorted(draw["panel"] + draw["alternates"])
        claim("receipt: place", lambda: place(receipt, receipt["pool"]["size"], everybody))


def panel_claims(opened, t):
    """The opened features of the panel (section 16.3)."""
    commit, draw, people = t["commit"], t["draw"], opened["people"]
    asked = commit["quotas"] if "lottery" in t or commit["rule"] in ("legacy", "diversimax") else []
    claim("panel openings: format", lambda: same(KIND, opened["pool"]["hash"]))
    claim("panel openings: pool root", lambda: committed(opened, commit))

    def paths():
        need(people and all(named(p["fields"]) == named(people[0]["fields"]) for p in people),
             "other fields than the first has")
        for person in people:
            leads(person, opened["pool"])
        return f"{len(people)} people"
    claim("panel openings: path", paths)
    everybody = sorted(draw["panel"] + draw["alternates"])
    claim("panel openings: place", lambda: str(len([place(person, opened["pool"]["size"], everybody)
                                                    for person in people])))
    claim("panel openings: panel", lambda: f"{len(same(draw['panel'], [person['id'] for person in people]))} people")

    def met():
        seats = {(fold(q["feature"]), fold(q["value"])): 0 for q in asked}
        for person in people:
            values = {f["field"]: f["value"] for f in person["fields"] if "salt" in f}
            for feature in {feature for feature, _ in seats}:
                seats[feature, values[feature]] += 1
        for q in asked:
            need(q["min"] <= seats[fold(q["feature"]), fold(q["value"])] <= q["max"], f"{q['feature']} = {q['value']}")
        return f"{len(asked)} quotas are met by the opened values"
    claim("panel openings: quotas", met)


def root_of(opened, said, pool):
    """The root from the openings of everybody (section 16.3)."""
    people, closed = opened["people"], 0
    same(list(pool.values), [person["id"] for person in people])
    names = named(people[0]["fields"])
    need({"", *pool.features} <= set(names), "a feature has no field")
    for person in people:
        same(names, named(person["fields"]))
        row, values = pool.rows[person["id"]], dict(zip(pool.features, pool.values[person["id"]]))
        values[""] = pool.home[person["id"]]
        for f in person["fields"]:
            right = values[f["field"]] if f["field"] in values else clean(row[f["field"]])
            closed += "salt" not in f
            need(f.get("value", right) == right, f"{person['id']}: {f['field']!r} is not as in the pool")
    found = root([entry(person["id"], person["fields"]) for person in people]).hex()
    same([len(people), found], [said["size"], said["merkle_root"]])
    if closed:
        raise Open(f"{closed} fields are closed: their values stay unknown")
    return f"{len(names)} fields of {len(people)} people"


def spot_claims(spot, commit):
    """Who was chosen to be met in person (section 16.3)."""
    claim("spot check: format", lambda: same(KIND, spot["pool"]["hash"]))
    claim("spot check: pool root", lambda: committed(spot, commit))

    def chosen():
        size, count, sources = spot["pool"]["size"], spot["count"], spot["sources"]
        need(sources and all(map(clean, sources)) and 1 <= count <= size, "sources or count")
        if size > 10**7:
            raise Open("too many people to shuffle here")
        chance = Stream(hashed("sortition-fields/1/spot-check", bytes.fromhex(spot["pool"]["merkle_root"]), *sources))
        same(sorted(chance.shuffle(list(range(size)))[:count]), spot["indices"])
        return f"{count} of {size} people"
    claim("spot check", chosen, "spot check: pool root")
    asked = f"{spot['sources']}: were they announced before the root was published?"
    claim("spot check: announced sources", not_checked(asked))
