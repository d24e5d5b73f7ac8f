//! The vectors of `vectors/receipts.json`, which a second implementation made from SPEC.md.

use kleroterion::audit::{Published, Verdict, examine_receipt, examine_spot_check};
use kleroterion::io::json;
use kleroterion::lottery::{Commit, Digest, Sources};
use kleroterion::pool_commitment::{Detection, Field, Salt, Salts, SpotCheck};
use kleroterion::privacy::{CheckDigit, CprLike, Pseudonyms, SecretKey};
use num_bigint::BigUint;
use serde_json::Value;

const VECTORS: &str = include_str!("../../vectors/receipts.json");

/// The cases of one kind; asserts that there are some.
fn cases(kind: &str, least: usize) -> Vec<Value> {
    let all: Vec<Value> = serde_json::from_str(VECTORS).unwrap();
    let cases: Vec<Value> = all.into_iter().filter(|c| c["kind"] == kind).collect();
    assert!(cases.len() >= least, "{kind}: {}", cases.len());
    cases
}

fn text<'a>(case: &'a Value, name: &str) -> &'a str {
    case[name].as_str().unwrap()
}

fn number(case: &Value, name: &str) -> u64 {
    case[name].as_u64().unwrap()
}

fn unhex(text: &str) -> Vec<u8> {
    let pair = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(pair).collect()
}

fn salt(text: &str) -> Salt {
    Salt::from_bytes(unhex(text).try_into().unwrap())
}

fn texts(case: &Value, name: &str) -> Vec<String> {
    let list = case[name].as_array().unwrap().iter();
    list.map(|t| t.as_str().unwrap().to_owned()).collect()
}

#[test]
fn commitments_of_fields() {
    for case in cases("field", 10) {
        let (id, expected) = (text(&case, "id"), text(&case, "commitment"));
        let field = Field::open(
            text(&case, "field"),
            salt(text(&case, "salt")),
            text(&case, "value"),
        );
        assert_eq!(field.commitment(id).to_string(), expected, "{case}");
        assert_eq!(field.closed(id).commitment("whoever").to_string(), expected);
    }
}

#[test]
fn salts_of_a_key() {
    for case in cases("salt", 10) {
        let key = SecretKey::new(unhex(text(&case, "key"))).unwrap();
        let found = Salts::from_key(&key).of(text(&case, "id"), text(&case, "field"));
        assert_eq!(found.to_string(), text(&case, "salt"), "{case}");
    }
}

#[test]
fn trees_and_paths() {
    use kleroterion::pool_commitment::tree::{follow, paths, root};
    let digest = |text: &str| Digest(unhex(text).try_into().unwrap());
    for case in cases("tree", 10) {
        let entries: Vec<Digest> = texts(&case, "entries").iter().map(|t| digest(t)).collect();
        assert_eq!(root(&entries).to_string(), text(&case, "root"));
        let found = serde_json::to_value(paths(&entries)).unwrap();
        assert_eq!(found, case["paths"]);
        let size = entries.len() as u64;
        for (index, path) in (0..).zip(paths(&entries)) {
            let end = follow(&entries[index as usize], (index, size), &path);
            assert_eq!(end, Some(root(&entries)));
        }
    }
}

#[test]
fn receipts() {
    for case in cases("receipt", 60) {
        let (about, verdict) = (text(&case, "about"), text(&case, "verdict"));
        let read = json::receipt(text(&case, "receipt").as_bytes(), "receipt.json");
        let Ok(receipt) = read else {
            assert!(
                verdict == "unreadable" || text(&case, "claim") == "format",
                "{about}: {read:?}"
            );
            continue;
        };
        assert_ne!(verdict, "unreadable", "{about}");
        let commit = case.get("commit").map(|commit| {
            let bytes = commit.as_str().unwrap().as_bytes();
            json::parse::<Commit>(bytes, "commit.json").unwrap()
        });
        let published = commit.as_ref().map_or(Published::Nothing, Published::from);
        let report = examine_receipt(&receipt, published);
        assert_eq!(report.holds(), verdict == "holds", "{about}: {report}");
        if let Some(claim) = case.get("claim") {
            let rejected: Vec<String> = report.rejected().map(|f| f.claim.to_string()).collect();
            assert!(
                rejected.iter().any(|name| *claim == name.as_str()),
                "{about}: {report}"
            );
        }
        let closed = report.findings().iter().any(|f| {
            f.claim.to_string() == "fields" && matches!(f.verdict, Verdict::NotChecked(_))
        });
        assert_eq!(closed, about.contains("closed"), "{about}: {report}");
    }
}

#[test]
fn spot_checks() {
    for case in cases("spot_check", 6) {
        let pool = serde_json::json!({
            "hash": "sortition-fields/1", "merkle_root": case["merkle_root"], "size": case["size"],
        });
        let pool = serde_json::from_value(pool).unwrap();
        let sources = Sources::new(texts(&case, "sources")).unwrap();
        let check = SpotCheck::choose(&pool, number(&case, "count"), &sources).unwrap();
        assert_eq!(
            serde_json::to_value(&check.indices).unwrap(),
            case["indices"]
        );
        assert!(examine_spot_check(&check, Published::Nothing).holds());
    }
}

#[test]
fn chances_to_meet_a_ghost() {
    let big = |digits: &str| digits.parse::<BigUint>().unwrap();
    for case in cases("detection", 12) {
        let [size, ghosts, looked_at] = ["size", "ghosts", "looked_at"].map(|n| number(&case, n));
        let found = Detection::new(size, ghosts, looked_at).unwrap();
        assert_eq!(found.decimal(4), text(&case, "decimal"), "{case}");
        let fraction = found.to_string();
        let (above, below) = fraction.split_once('/').unwrap();
        assert_eq!(
            big(above) * big(text(&case, "denominator")),
            big(below) * big(text(&case, "numerator")),
            "{case}"
        );
    }
}

#[test]
fn pseudonyms() {
    for case in cases("pseudonym", 6) {
        let key = SecretKey::new(unhex(text(&case, "key"))).unwrap();
        let found = Pseudonyms::new(key, text(&case, "purpose")).of(text(&case, "text"));
        assert_eq!(found, text(&case, "pseudonym"), "{case}");
    }
}

#[test]
fn what_looks_like_a_cpr_number() {
    for case in cases("cpr", 30) {
        let found = CprLike::in_text(text(&case, "text"));
        let year = found.map(|number| u64::from(number.year()));
        assert_eq!(year, case.get("year").and_then(Value::as_u64), "{case}");
        if let Some(number) = found {
            let fits = text(&case, "check_digit") == "fits";
            assert_eq!(number.check_digit() == CheckDigit::Fits, fits, "{case}");
        }
    }
}
