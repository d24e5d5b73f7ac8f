"""A member's receipt against a commitment (receipts in SPEC.md)."""
from record import Open, ascends, canonical, claim, hashed, need, same, sha256
from ceremony import hexadecimal



def entry(person, fields):
    parts = []
    for f in fields:
        need(hexadecimal(f.get("salt", f.get("commitment")), 64), "not 64 hexadecimal digits")
        opened = "salt" in f and hashed("sortition-fields/1/field", bytes.fromhex(f["salt"]), person, f["field"], f["value"])
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
    return path(index, entries[:k]) + [root(entries[k:])] if index < k else path(index - k, entries[k:]) + [root(entries[:k])]


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


def claims(receipt, commit, draw):
    """The claims of a receipt, under names of their own."""
    claim("receipt: format", lambda: same(["kleroterion-receipt/1", "sortition-fields/1"], [receipt["version"], receipt["pool"]["hash"]])[0])

    def fields():
        names = [f["field"] for f in receipt["fields"]]
        need(ascends(names) and names[:1] == [""], "names do not ascend, or no household field")
        if any("salt" not in f for f in receipt["fields"]):
            raise Open("a field is closed: its value stays unknown")
        return ", ".join(f"{f['field'] or 'household'} = {f['value']!r}" for f in receipt["fields"])
    claim("receipt: fields", fields)
    parts = ("hash", "merkle_root", "size")

    def root_committed():
        if not commit:
            raise Open("needs the transcript or --commit")
        return same([commit["pool"].get(part) for part in parts], [receipt["pool"][part] for part in parts])[1]
    claim("receipt: pool root", root_committed)
    claim("receipt: path", lambda: same(follow(receipt["index"], receipt["pool"]["size"], entry(receipt["id"], receipt["fields"]),
                                               receipt["path"]), receipt["pool"]["merkle_root"]))

    def commitment():
        if "commitment" not in receipt:
            raise Open("the receipt was issued before there was one")
        if not commit:
            raise Open("needs the transcript or --commit")
        return same(sha256(canonical(commit)).hex(), receipt["commitment"])
    claim("receipt: commitment", commitment)

    def place():
        everybody = sorted({*draw["panel"], *draw["alternates"]})
        same(len(draw["panel"]) + len(draw["alternates"]), len(everybody))
        same(len(everybody), receipt["pool"]["size"])
        return f"number {receipt['index']} is {same(everybody[receipt['index']], receipt['id'])}"
    if draw:
        claim("receipt: place", place)
