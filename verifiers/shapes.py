"""The fields of every file of the record, in the notation of `fits` in record.py."""
INT, PAIRS, TRIPLES = int, [[int, int]], [[int, int, int]]
BOUND = {"households": PAIRS, "quotas": PAIRS, "scale": INT, "size": INT, "weights?": TRIPLES}
PROOF = ({"bound": BOUND}, {"search": {"nodes": INT}}, "certain", "ceiling")
CERTIFICATE = {  # section 7
    "counted?": {"compositions?": str, "deviation?": INT, "entropy?": INT, "multipliers?": TRIPLES, "panels?": str,
                 "method": ("listed", "sampled", "approximate"),
                 "sample?": {"stage_one": [str], "tickets": INT, "walk?": {"*": INT}}},
    "excluded": [{"group": INT, "proof": PROOF, "role": INT}], "rule": str, "target?": TRIPLES,
    "levels": [{"bound": INT, "fixed": PAIRS, "proof": PROOF, "value": INT}],
    "objective?": {"common?": INT, "gap": INT, "proof": BOUND, "search?": {"gap": INT, "nodes": INT},
                   "measure": ("highest", "product", "squares", {"goldilocks": {"gamma": INT}})},
    "rounding?": {"largest": INT, "least?": {"bound": INT, "nodes": INT}, "method": ("smallest-deviation", "pipage"),
                  "sources?": [str], "theory": {"beck_fiala": INT, "panel_lp": INT}}}
FREE = [{"*": (str, INT)}]
POLICY = {"cut_off?": str, "reserves": ("none", "ranked", "matched", "shadows")}
POOL = {"digest?": str, "hash?": str, "merkle_root?": str, "size": INT}
QUOTAS = [{"feature": str, "max": INT, "min": INT, "value": str}]
COMMIT = {  # section 4; what a direct draw has of it, section 10
    "assembly?": str, "columns?": {"household?": [str], "id": str}, "fallback?": FREE, "panel_size": INT, "pool": POOL,
    "predecessor?": {"commitment": str, "reason": str}, "published?": INT, "quotas": QUOTAS, "registration?": str,
    "replacement?": POLICY, "rule?": str, "sources?": FREE, "spec": str,
    "software?": {"digest?": str, "name": str, "of?": str, "version": str}}
LOTTERY = ({"compositions": [TRIPLES], "denominator": INT, "form": "compositions", "groups": [[[[str]]]], "weights": [INT]},
           {"denominator": INT, "form": "panels", "panels": [[str]], "weights": [INT]})  # section 3
RECORD = {"commitment": str, "digest": str, "order": ("unproven", "committed first"), "sources": [str], "version": str}
TRANSCRIPT = {  # section 8
    **RECORD, "certificate": CERTIFICATE, "lottery": LOTTERY,
    "commit": {**COMMIT, "certificate?": str, "labels?": [str],
               "lottery": {"denominator": INT, "digest": str, "form?": "compositions", "panel_count": INT}},
    "draw": {"alternates": [str], "panel": [str], "seed": str, "ticket": INT}, "version": "kleroterion-transcript/1"}
DIRECT = {  # section 10
    **RECORD, "certificate": "no certificate", "commit": {**COMMIT, "attempts?": INT}, "version": "kleroterion-direct/1",
    "draw": {"alternates": [str], "attempts?": INT, "panel": [str], "seed": str,
             "evenness?": {"bound": INT, "distance": INT, "intersections": INT}}}
REGISTRATION = {  # section 14
    "assembly?": str, "columns": {"household?": [str], "id": str}, "disputes_until": INT, "panel_size": INT, "pool": POOL,
    "predecessor?": {"commitment": str, "reason": str}, "quotas": QUOTAS, "rule": str, "spec": "sortition-pool/1"}
REPLACEMENTS = {  # section 11
    "digest": str, "dropouts": [{"date": str, "id": str}], "panel": [str], "transcript": str, "version": str,
                "outcomes": [({"replaced_by": str}, {"vacant": str}, "off_the_list")],
                "policy": POLICY}
FIELD = ({"field": str, "salt": str, "value": str}, {"commitment": str, "field": str})
RECEIPT = {"commitment?": str, "fields": [FIELD], "id": str, "index": int, "path": [str], "pool": {"hash": str, "merkle_root": str, "size": int}, "version": str}
