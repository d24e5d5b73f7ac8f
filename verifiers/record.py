"""The bytes of a record: canonical JSON, digests, streams, pools (SPEC.md, sections 1, 2, 5); how claims are reported.

Pool and quotas are plain CSV files: UTF-8; commas, semicolons or tabs; the id column that the commitment names; for
quotas the columns feature,value,min,max or category,name,min,max. Other headings and encodings are not read here."""
import csv, hashlib, io, json, re, struct
from collections import Counter

SPACE = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
csv.field_size_limit(2**31 - 1)
verdicts = {}


class Wrong(Exception):
    """A claim does not hold."""


class Open(Exception):
    """A claim cannot be checked."""


class Unreadable(Exception):
    """An input is not what the text says it is."""


def need(holds, otherwise):
    if not holds:
        raise Wrong(otherwise)


def same(right, stated):
    need(right == stated, f"{str(stated)[:80]} is stated, {str(right)[:80]} is right")
    return right


def claim(name, check, *rests_on):
    """Runs a check and prints the verdict. What it rests on must not be rejected, and exclusions must be checked."""
    try:
        for other in rests_on:
            if verdicts.get(other) in ("REJECTED", other == "exclusions" and "NOT CHECKED"):
                raise Open(f"rests on: {other}")
        verdicts[name], text = "checked", check()
    except Open as reason:
        verdicts[name], text = "NOT CHECKED", reason
    except (Wrong, ArithmeticError, LookupError, ValueError, TypeError) as reason:
        verdicts[name], text = "REJECTED", str(reason) or type(reason).__name__
    text = f"{name}: {text}" if text else name
    print(f"{verdicts[name]:<12} " + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text))


def fits(x, shape):
    """Whether JSON has a shape: (a, b) is a or b, [T] any number of T, {"f?": T} may lack f, {"*": T} has any other
    field, "natural" is a whole number from 0."""
    if isinstance(shape, tuple):
        return any(fits(x, s) for s in shape)
    if isinstance(shape, list):
        shapes = shape * len(x) if len(shape) == 1 and type(x) is list else shape
        return type(x) is list and len(x) == len(shapes) and all(map(fits, x, shapes))
    if isinstance(shape, dict):
        known = {key.rstrip("?"): s for key, s in shape.items()}
        return (type(x) is dict and all(key in x for key in shape if key[-1] not in "?*")
                and all(fits(v, known.get(key, known.get("*", ()))) for key, v in x.items()))
    if shape in (int, "natural"):
        return type(x) is int and (-2**53 if shape is int else -1) < x < 2**53
    return type(x) is str and (shape is str or x == shape)


def canonical(x):
    """The bytes of JSON whose fields stand in order already, as those of `load` do."""
    return json.dumps(x, ensure_ascii=False, separators=(",", ":")).encode()


def load(path, *shapes):
    """Reads a file of the record: canonical JSON of one of the shapes."""
    with open(path, "rb") as file:
        data = file.read()
    x = json.loads(data, object_pairs_hook=lambda fields: dict(sorted(fields, key=lambda f: f[0].encode("utf-16-be"))))
    if canonical(x) != data:
        raise Unreadable(f"{path} is not canonical JSON")
    if not fits(x, shapes):
        raise Unreadable(f"{path} lacks a field of SPEC.md, or has one that it does not name")
    return x


def sha256(data):
    return hashlib.sha256(data).digest()


def hashed(domain, *parts):
    """H of section 1."""
    parts = [part.encode() if isinstance(part, str) else part for part in (domain, *parts)]
    return sha256(b"".join(struct.pack("<Q", len(part)) + part for part in parts))


def clean(text):
    return SPACE.sub(" ", text).strip(" ")


def fold(text):
    text = clean(text)
    for case in (str.lower, str.upper, str.lower):
        text = "".join(map(case, text))  # one character at a time: no context
    return text


def ascends(items):
    return all(a < b for a, b in zip(items, items[1:]))


class Stream:
    """ChaCha20 as whole numbers (section 5)."""

    def __init__(self, key):
        self.key, self.blocks, self.words = struct.unpack("<8I", key), 0, []

    def word(self):
        if not self.words:
            start = [*struct.unpack("<4I", b"expand 32-byte k"), *self.key, self.blocks % 2**32, self.blocks >> 32, 0,
                     0]
            s = start[:]
            for turn in range(80):  # columns, then diagonals, ten times
                a, b, c, d = (4 * row + (turn + row * (turn // 4 % 2)) % 4 for row in range(4))
                for x, y, z, bits in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                    s[x] = (s[x] + s[y]) % 2**32
                    s[z] = ((s[z] ^ s[x]) << bits | (s[z] ^ s[x]) >> 32 - bits) % 2**32
            block = struct.pack("<16I", *((x + y) % 2**32 for x, y in zip(s, start)))
            self.words, self.blocks = list(struct.unpack("<8Q", block))[::-1], self.blocks + 1
        return self.words.pop()

    def below(self, n):
        need(n >= 1, "nothing to draw from")
        value = 0 if n == 1 else n
        while value >= n:
            value = self.word() >> 64 - (n - 1).bit_length()
        return value

    def shuffle(self, items):
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]
        return items


def stream(seed, purpose):
    return Stream(hashed("sortition-draw/1/rng", seed, purpose))


def table(path):
    """The rows of a CSV file by folded column; a column that stands twice is left out."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        text = file.read()
    comma = max(",;\t", key=text.partition("\n")[0].count)
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=comma, strict=True) if any(row)]
    if not rows or any(len(row) != len(rows[0]) for row in rows):
        raise Unreadable(f"{path} is empty, or has rows of different lengths")
    head = Counter(map(fold, rows[0]))
    if {"category", "name", "min", "max"} <= head.keys():  # the other usual heading of quotas
        rows[0] = [{"category": "feature", "name": "value"}.get(fold(name), name) for name in rows[0]]
        head = Counter(map(fold, rows[0]))
    return [{name: cell for name, cell in zip(map(fold, rows[0]), row) if head[name] == 1} for row in rows[1:]]


def joint_quota(feature, value, people, values):
    """A quota for two features at once, in canonical form (section 2)."""
    def halves(name, fit):
        found = set()
        for cut in re.finditer("(?=( ?[×*] ?| x ))", name):
            pair = clean(name[:cut.start()]), clean(name[cut.end(1):])
            found |= {pair} if fit(*pair) else set()
        if len(found) != 1:
            raise Unreadable(f"the quotas name {name!r}, which the pool does not have or which has two readings")
        return found.pop()
    pair = halves(feature, lambda a, b: a != b and a in people[0] and b in people[0])
    allowed = [values.get(f) or {fold(person[f]) for person in people} for f in pair]
    both = halves(value, lambda a, b: a in allowed[0] and b in allowed[1])
    return tuple(map(" × ".join, zip(*sorted(zip(pair, both)))))


def quota_table(path, people):
    """Pairs (feature, value) in the order of the file, with their minimum and maximum."""
    rows, quotas, own = table(path), {}, {}
    for row in rows:
        own.setdefault(fold(row["feature"]), set()).add(fold(row["value"]))
    for row in rows:
        names = fold(row["feature"]), fold(row["value"])
        names = names if names[0] in people[0] else joint_quota(*names, people, own)
        numbers = [clean(row["min"]), clean(row["max"])]
        if names in quotas or not all(re.fullmatch("[0-9]{1,15}", number) for number in numbers):
            raise Unreadable(f"{path}: {' = '.join(names)} stands twice, or its numbers are none")
        quotas[names] = tuple(map(int, numbers))
    return quotas


class Pool:
    """People, quotas, units and groups (section 2); `seated` and `excluded` are files of people who are not drawn."""

    def __init__(self, pool_file, quota_file, columns, k, seated=None, excluded=None):
        people, id_column = table(pool_file), fold(columns["id"])
        quotas = quota_table(quota_file, people)
        self.spelled = {fold(row["feature"]): clean(row["feature"]) for row in reversed(table(quota_file))}
        stated, self.features = set(quotas), sorted({feature for feature, _ in quotas})
        self.rows = {clean(row[id_column]): row for row in people}
        if len(self.rows) != len(people) or "" in self.rows:
            raise Unreadable("an id is empty or stands twice in the pool")

        def key(person):
            cells = tuple(fold(self.rows[person][fold(column)]) for column in columns.get("household", []))
            return cells if any(cells) else person

        def values(person):
            row, cells = self.rows[person], []
            for feature in self.features:
                value = " × ".join(fold(row[part]) for part in ([feature] if feature in row else feature.split(" × ")))
                cells.append(value if feature in row or (feature, value) in stated else "other")
            return cells
        sit, out = ({clean(row[id_column]) for row in table(file)} if file else set() for file in (seated, excluded))
        if not sit | out <= self.rows.keys() or sit & out:
            raise Unreadable("somebody seated or excluded is not in the pool, or is both")
        for pair in [pair for person in sit for pair in zip(self.features, values(person)) if pair in quotas]:
            quotas[pair] = tuple(max(0, number - 1) for number in quotas[pair])
        taken, most = Counter(map(key, sit)), columns.get("most", 1)
        left = [p for p in sorted(self.rows.keys() - sit - out) if taken[key(p)] < most]
        self.values, alike = {p: values(p) for p in left}, {}
        for person, cells in self.values.items():
            alike.setdefault(key(person), []).append(person)
            for pair in zip(self.features, cells):
                if pair not in quotas and pair[1] == "other":
                    quotas[pair] = 0, k
        self.quotas = [(*names, *quotas[names]) for names in sorted(quotas)]
        order = {name: i for i, (name, _) in reversed(list(enumerate(quotas)))}
        listed = sorted(quotas, key=lambda names: (names not in stated, order[names[0]]))
        self.listed = [(*names, *quotas[names]) for names in listed]  # in the order of the file (section 10)
        number = {quota[:2]: i for i, quota in enumerate(self.quotas)}
        self.profile = {p: tuple(number[pair] for pair in zip(self.features, cells)) for p,
                        cells in self.values.items()}
        rooms = {name: most - taken[name] for name in alike}
        households = [unit for name, unit in alike.items() if len(unit) > rooms[name]]
        self.house = {unit[0]: rooms[name] for name, unit in alike.items() if len(unit) > rooms[name]}
        self.home = {**dict.fromkeys(self.values, ""), **{p: unit[0] for unit in households for p in unit}}
        self.units = households + [[p] for p, home in self.home.items() if not home]
        bound = {"features": self.features, "people": [[p, self.home[p], *cells] for p, cells in self.values.items()]}
        several = sorted([home, room] for home, room in self.house.items() if room > 1)
        self.digest = hashed("sortition-draw/1/pool", canonical({**bound, "rooms": several} if several
                                                                else bound)).hex()
        self.group()

    def sound(self, k):
        """Whether panels of k people are not out of the question by numbers alone."""
        held = Counter(quota for profile in self.profile.values() for quota in profile)
        need(0 < k <= sum(min(len(unit), self.room(unit[0])) for unit in self.units),
             "no panel, or more seats than people")
        for feature in self.features:
            own = [(low, high, held[i]) for i, (name, _, low, high) in enumerate(self.quotas) if name == feature]
            need(all(low <= min(high, people) for low, high, people in own), f"a minimum of {feature} is too high")
            joint = feature not in next(iter(self.rows.values()))
            need(sum(q[0] for q in own) <= k and (joint or k <= sum(q[1] for q in own)),
                 f"{feature} cannot fill {k} seats")

    def room(self, person):
        """How many people of somebody's unit may sit."""
        return self.house.get(self.home[person], 1)

    def crowded(self, panel):
        """Whether more people of a unit sit than may, or somebody sits twice."""
        homes = Counter(self.home[p] for p in panel if self.home[p])
        return len(set(panel)) < len(panel) or any(n > self.house[home] for home, n in homes.items())

    def group(self):
        alike = {}
        for unit in self.units:
            alike.setdefault((self.room(unit[0]), *sorted(self.profile[p] for p in unit)), []).append(unit)
        self.groups = []
        for units in alike.values():
            roles = dict.fromkeys(self.profile[p] for p in sorted(p for unit in units for p in unit))
            self.groups.append(sorted([[p for p in unit if self.profile[p] == role] for role in roles]
                                      for unit in units))
        self.groups.sort()
        self.rooms = [self.room(units[0][0][0]) for units in self.groups]
        self.roles = {(g, r): self.profile[ids[0]] for g, units in enumerate(self.groups) for r,
                      ids in enumerate(units[0])}
        self.count = {(g, r): len(self.groups[g]) * len(self.groups[g][0][r]) for g, r in self.roles}
