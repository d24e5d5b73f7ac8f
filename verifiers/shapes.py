"""The fields of every file of the record, in the notation of `fits` in record.py."""
NAT, PAIRS, TRIPLES = "natural", [["natural", "natural"]], [["natural", "natural", "natural"]]
BOUND = {"households": PAIRS, "quotas": [["natural", int]], "scale": NAT, "size": int,
         "weights?": [["natural", "natural", int]]}
PROOF = ({"bound": BOUND}, {"search": {"nodes": NAT}}, "certain", "ceiling")
CERTIFICATE = {  # section 7
    "counted?": {"compositions?": str, "deviation?": NAT, "entropy?": NAT,
                 "multipliers?": [["natural", "natural", int]], "panels?": str,
                 "method": ("listed", "sampled", "approximate"),
                 "sample?": {"stage_one": [str], "tickets": NAT, "walk?": {"*": NAT}}},
    "excluded": [{"group": NAT, "proof": PROOF, "role": NAT}], "rule": str, "target?": TRIPLES,
    "levels": [{"bound": NAT, "fixed": PAIRS, "proof": PROOF, "value": NAT}],
    "objective?": {"common?": NAT, "gap": NAT, "proof": BOUND, "search?": {"gap": NAT, "nodes": NAT},
                   "measure": ("highest", "product", "squares", {"goldilocks": {"gamma": NAT}})},
    "rounding?": {"largest": NAT, "least?": {"bound": NAT, "nodes": NAT}, "method": ("smallest-deviation", "pipage"),
                  "sources?": [str], "theory": {"beck_fiala": NAT, "panel_lp": NAT}}}
FREE = [{"*": (str, int)}]
POLICY = {"cut_off?": str, "reserves": ("none", "ranked", "matched", "shadows")}
POOL = {"digest?": str, "hash?": str, "merkle_root?": str, "size": NAT}
QUOTAS = [{"feature": str, "max": NAT, "min": NAT, "value": str}]
COLUMNS = {"household?": [str], "id": str, "most?": NAT}
COMMIT = {  # section 4; what a direct draw has of it, section 10
    "assembly?": str, "columns?": COLUMNS, "fallback?": FREE, "panel_size": NAT, "pool": POOL,
    "predecessor?": {"commitment": str, "reason": str}, "published?": NAT, "quotas": QUOTAS, "registration?": str,
    "replacement?": POLICY, "rule?": str, "sources?": FREE, "spec": str,
    "software?": {"digest?": str, "name": str, "of?": str, "version": str}}
LOTTERY = ({"compositions": [TRIPLES], "denominator": NAT, "form": "compositions", "groups": [[[[str]]]],
            "weights": [NAT]},
           {"denominator": NAT, "form": "panels", "panels": [[str]], "weights": [NAT]})  # section 3
RECORD = {"commitment": str, "digest": str, "order": ("unproven", "committed first"), "sources": [str], "version": str}
TRANSCRIPT = {  # section 8
    **RECORD, "certificate": CERTIFICATE, "lottery": LOTTERY,
    "commit": {**COMMIT, "certificate?": str, "labels?": [str],
               "lottery": {"denominator": NAT, "digest": str, "form?": "compositions", "panel_count": NAT}},
    "draw": {"alternates": [str], "panel": [str], "seed": str, "ticket": NAT}, "version": "kleroterion-transcript/1"}
DIRECT_COMMIT = {**{field: shape for field, shape in COMMIT.items() if field not in ("columns?", "rule?")},
                 "attempts?": NAT, "columns": COLUMNS, "rule": str}
DIRECT = {  # section 10
    **RECORD, "certificate": "no certificate", "commit": DIRECT_COMMIT, "version": "kleroterion-direct/1",
    "draw": {"alternates": [str], "attempts?": NAT, "panel": [str], "seed": str,
             "evenness?": {"bound": NAT, "distance": NAT, "intersections": NAT}}}
REGISTRATION = {  # section 14
    "assembly?": str, "columns": COLUMNS, "disputes_until": NAT, "panel_size": NAT, "pool": POOL,
    "predecessor?": {"commitment": str, "reason": str}, "quotas": QUOTAS, "rule": str, "spec": "sortition-pool/1"}
REPLACEMENTS = {  # section 11
    "digest": str, "dropouts": [{"date": str, "id": str}], "panel": [str], "policy": POLICY, "transcript": str,
    "version": str,
    "outcomes": [({"replaced_by": str}, {"vacant": str}, "off_the_list")]}
FIELDS = [({"field": str, "salt": str, "value": str}, {"commitment": str, "field": str})]  # section 16, from here on
ROOT = {"hash": str, "merkle_root": str, "size": NAT}
PLACED = {"fields": FIELDS, "id": str, "index": NAT, "path": [str]}
RECEIPT = {**PLACED, "commitment?": str, "pool": ROOT, "version": "kleroterion-receipt/1"}
PANEL_OPENINGS = {"people": [PLACED], "pool": ROOT, "version": "kleroterion-panel-openings/1"}
OPENINGS = {"people": [{"fields": FIELDS, "id": str}], "version": "kleroterion-openings/1"}
SPOT_CHECK = {"count": NAT, "indices": [NAT], "pool": ROOT, "sources": [str], "version": "kleroterion-spot-check/1"}
