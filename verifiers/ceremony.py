"""Sources, fallbacks, terms, predecessors and registrations of a public draw (SPEC.md, sections 4, 9, 13 and 14)."""
import re

from record import Open, canonical, claim, clean, fits, need, same, sha256

INT, TIME = int, {"time?": int}
SHAPES = {
    "text": {"text": str, "type": str},
    "dice": {"count": INT, "sides": INT, "type": str, **TIME},
    "balls": {"tickets": INT, "type": str, **TIME},
    "lottery": {"count": INT, "drawing": str, "highest": INT, "time": INT, "type": str},
    "nist": {"time": INT, "type": str},
    "drand": {"beacon?": str, "chain": str, "genesis": INT, "group": str, "period": INT, "public_key": str,
              "round": INT,
              "round_time": INT, "scheme": "bls-unchained-g1-rfc9380", "type": str}}
FALLBACK = {"deadline": INT, "for": INT, "if?": str}
BEYOND_REACH = ("drand", "nist", "lottery")
QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"


def hexadecimal(text, digits):
    return re.fullmatch(f"[0-9a-f]{{{digits}}}", text) is not None


def numbers(text, low, high):
    """Numbers joined by `-`, or nothing when one has another form or size."""
    parts = text.split("-")
    if all(re.fullmatch("0|[1-9][0-9]{0,15}", part) and low <= int(part) <= high for part in parts):
        return [int(part) for part in parts]
    return []


def known(d, fallback=False):
    """Whether a declaration has a form that section 13 names."""
    shape = SHAPES.get(d.get("type"))
    if not shape or not fits(d, {**shape, **(FALLBACK if fallback else {})}):
        return False
    sizes = {"count": (1, 1000 if d["type"] == "dice" else 100), "sides": (2, 1000), "tickets": (1, 2**53 - 1),
             "time": (0, 2**53 - 1),
             "highest": (d.get("count", 0), 10**6), "genesis": (0, 2**53 - 1), "round": (1, 2**53 - 1),
             "round_time": (0, 2**53 - 1),
             "period": (1, 2**32 - 1), "deadline": (0, 2**53 - 1), "for": (0, 2**32 - 1)}
    return (all(low <= d[field] <= high for field, (low, high) in sizes.items() if field in d)
            and all(clean(d[field]) for field in ("text", "drawing", "beacon", "if") if field in d)
            and (d["type"] != "nist" or d["time"] % 60 == 0)
            and all(hexadecimal(d[field], n) for field, n in (("chain", 64), ("group", 64), ("public_key", 192))
                    if field in d))


def has_form(d, text):
    """Whether a text is a value of a declaration of known form."""
    kind, rest = d["type"], text[len(d["type"]) + 1:]
    if kind == "text":
        return clean(text) != ""
    if not text.startswith(kind + " "):
        return False
    if kind == "dice":
        return len(numbers(rest, *((0, 9) if d["sides"] == 10 else (1, d["sides"])))) == d["count"]
    if kind == "balls":
        digits = len(str(d["tickets"] - 1))
        return re.fullmatch(f"[0-9]{{{digits}}}", rest) is not None and int(rest) < d["tickets"]
    if kind == "lottery":
        drawn, space, drawing = rest.partition(" ")
        found = numbers(drawn, 1, d["highest"])
        return len(found) == d["count"] and found == sorted(set(found)) and space + drawing == " " + d["drawing"]
    if kind == "nist":
        return re.fullmatch(f"{d['time']} [0-9a-f]{{128}}", rest) is not None
    found = re.fullmatch(f"{d['round']} ([0-9a-f]{{64}}) ([0-9a-f]{{96}})", rest)
    return found is not None and sha256(bytes.fromhex(found[2])).hex() == found[1]


class Sources:
    """What every source is taken as: `taken` holds declarations, None for a plain text, False for no form at all."""

    def __init__(self, commit, texts):
        self.commit, self.texts = commit, texts
        self.declared, self.fallbacks, self.taken = commit.get("sources", []), commit.get("fallback", []), []
        for number, text in enumerate(texts):
            own = [(self.declared[number], False)] if number < len(self.declared) else []
            tried = own + [(f, True) for f in self.fallbacks if own and f.get("for") == number]
            first = next((d for d, fallback in tried if not known(d, fallback) or has_form(d, text)),
                         False if tried else None)
            self.taken.append(first if first is False or first is None or known(first, "for" in first) else None)
        balls = [(d, text) for d, text in zip(self.taken, texts) if d and d["type"] == "balls"]
        self.balls = int(balls[0][1].split(" ")[1]) if balls else 0
        self.stirred = [text for d, text in zip(self.taken, texts) if not (d and d["type"] == "balls")]

    def announced(self):
        need(self.texts and all(map(clean, self.texts)), "no source, or a blank one")
        if "sources" not in self.commit:
            raise Open("nothing was announced")
        need(len(self.texts) == len(self.declared), "not as many as announced")
        for text, taken in zip(self.texts, self.taken):
            need(taken is not False, f"{text!r} has not the announced form")
        said = "; ".join(f"{canonical(d).decode()} -> {text!r}" for d, text in zip(self.declared, self.texts))
        if None in self.taken:
            raise Open(f"a declaration is of no known form: {said}")
        return f"as announced, judge for yourself: {said}"

    def terms(self):
        commit, all_known = self.commit, [d for d in self.declared if known(d)]
        last, time = len(self.declared) - 1, lambda d: d.get("time", d.get("round_time"))
        known_fallbacks = [f for f in self.fallbacks if known(f, True)]
        final = [d for d in self.declared[-1:] if known(d)] + known_fallbacks
        need(all(d["type"] in BEYOND_REACH for d in final), "the last source, or a fallback, is in somebody's hands")
        times = [time(d) for d in all_known if time(d) is not None]
        need("published" not in commit or all(time(d) is None or time(d) > commit["published"]
                                              for d in all_known + known_fallbacks),
             "a source has a time before the commitment is public")
        need(times == sorted(times), "times fall")
        thrown = [time(d) for d in all_known if d["type"] in ("dice", "balls") and time(d) is not None]
        if self.declared and known(self.declared[-1]):
            need(not thrown or times[-1] - max(thrown) >= 600, "the last source follows the dice too soon")
        for d in all_known + known_fallbacks:
            if d["type"] == "drand":
                same(d["genesis"] + d["period"] * (d["round"] - 1), d["round_time"])
                parts = d["period"].to_bytes(4, "big") + d["genesis"].to_bytes(8, "big")
                parts += bytes.fromhex(d["public_key"] + d["group"])
                same(sha256(parts + d.get("beacon", "").encode()).hex(), d["chain"])
        need(all(f["for"] <= last for f in known_fallbacks), "a fallback for no source")
        for f in known_fallbacks:
            main = self.declared[f["for"]]
            start = time(main) if known(main) else None
            need(start is None or start < f["deadline"], "a deadline before its source")
            need(time(f) is None or f["deadline"] < time(f), "a fallback's value is known before its deadline")
        balls, lottery = [d for d in all_known if d["type"] == "balls"], commit.get("lottery", {})
        need(not balls or len(balls) == 1 and "form" not in lottery
             and lottery.get("denominator") == balls[0]["tickets"], "balls")
        if "labels" in commit:
            need("form" not in lottery and lottery["denominator"] <= 10**6 and "digest" in commit["pool"]
                 and "rule" in commit
                 and commit["labels"] and all(map(clean, commit["labels"])), "labels")
        if len(all_known) + len(known_fallbacks) < len(self.declared) + len(self.fallbacks):
            raise Open("a declaration is of no known form")
        self.loose_ends(all_known, known_fallbacks)
        return "the last source is out of everybody's hands"

    def loose_ends(self, declared, fallbacks):
        """What breaks no rule and yet leaves somebody a choice."""
        if any(d["type"] == "drand" and d["chain"] != QUICKNET for d in [*declared, *fallbacks]):
            raise Open("only quicknet is known here: whoever runs another drand network may know its rounds beforehand")
        if any(d["type"] in ("dice", "balls") and "time" not in d for d in declared):
            raise Open("nothing says that dice or balls came before the last source")
        end = declared[-1].get("time", declared[-1].get("round_time")) if declared else None
        if end is not None and any(f["for"] < len(self.declared) - 1 and f["deadline"] >= end for f in fallbacks):
            raise Open("an early source may be called missing when the last one is known")

    def claims(self):
        claim("announced sources", self.announced)
        if "labels" in self.commit or self.fallbacks or any(d.get("type") != "text" or not known(d)
                                                            for d in self.declared):
            claim("terms of the sources", self.terms)
        if any(d and d["type"] == "drand" for d in self.taken):
            claim("beacon signature", not_checked("this verifier does not know BLS12-381"))
        used = [number for number, d in enumerate(self.taken) if d and "for" in d]
        if used:
            claim("fallback", not_checked(f"for the sources {used}; whether announced values were missing is for you"))


def not_checked(reason):
    def check():
        raise Open(reason)
    return check


def chain_claims(commit, earlier, registration):
    """What is said of earlier commitments (the oldest first), the registration and the software."""
    if "predecessor" in commit or earlier:
        def predecessor():
            said = commit.get("predecessor", {"commitment": "", "reason": "none"})
            need(not earlier or "predecessor" in commit, "the commitment names no predecessor")
            need(hexadecimal(said["commitment"], 64) and clean(said["reason"]), "not a digest, or no reason")
            if not earlier:
                raise Open(f"{said['commitment']}, because {said['reason']!r}: needs --earlier")
            files = [canonical(c) for c in [*earlier, commit]]
            names = [sha256(file).hex() for file in files]
            same([None, *names[:-1]], [c.get("predecessor", {}).get("commitment") for c in [*earlier, commit]])
            reasons = [c["predecessor"]["reason"] for c in [*earlier, commit] if "predecessor" in c]
            need(all(map(clean, reasons)), "an earlier one gives no reason")
            return f"{len(earlier)} earlier commitments in a chain"
        claim("predecessor", predecessor)
    if "registration" in commit or registration:
        def registered():
            need(hexadecimal(commit["registration"], 64), "not a digest")
            if not registration:
                raise Open("needs --registration")
            same(sha256(canonical(registration)).hex(), commit["registration"])
            before = registration.get("predecessor")
            need(not before or hexadecimal(before["commitment"], 64) and clean(before["reason"]), "names no earlier one")
            for field in ("assembly", "columns", "panel_size", "pool", "quotas", "rule"):
                same(registration.get(field), commit.get(field))
            need(commit.get("published", registration["disputes_until"]) >= registration["disputes_until"],
                 "published before disputes ended")
        claim("registration", registered)
    if "software" in commit:
        def software():
            said = commit["software"]
            need(clean(said["name"]) and clean(said["version"]) and hexadecimal(said.get("digest", "0" * 64), 64),
                 "name, version or digest")
            raise Open(f"{said['name']} {said['version']}: a statement, no proof")
        claim("software", software)
