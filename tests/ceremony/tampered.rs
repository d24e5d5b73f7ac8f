//! Every new field of a record, changed: sealed anew as far as a forger can, and still rejected.

use kleroterion::Instance;
use kleroterion::assembly::{Policy, Reserves};
use kleroterion::audit::{self, Claim, canonical};
use kleroterion::lottery::{
    Commit, Declaration, Digest, NistPulse, Predecessor, Seed, Software, Sources, StageOne, Stream,
    Terms,
};
use serde_json::{Value, json};

use super::{DEADLINE, PUBLISHED, SIGNATURE_1000, dice, round, small, terms, values};

/// A draw that uses every new field of the commitment.
fn full() -> Value {
    let stage_one = StageOne::new(Sources::new(["dice 1-2-3"]).unwrap());
    let before = small::couples_panels().commitment();
    let terms = terms()
        .assembly("Test assembly")
        .labels(&stage_one)
        .replaces(Predecessor::new(before, "the pool changed"))
        .registration(before)
        .software(Software::this().with_digest(Digest::plain(b"x"), "the released archive"))
        .replacement(&Policy::new(Reserves::Ranked));
    let lottery = small::couples_panels().on_terms(terms).unwrap();
    let draw = lottery.draw(&Sources::new(values()).unwrap()).unwrap();
    serde_json::from_slice(&draw.transcript().to_json().unwrap()).unwrap()
}

fn rejected(transcript: &Value) -> Vec<Claim> {
    let bytes = canonical::to_bytes(transcript).unwrap();
    let Ok(transcript) = kleroterion::io::json::transcript(&bytes, "transcript.json") else {
        return vec![Claim::Version];
    };
    let instance: Instance = small::couples();
    audit::examine(&transcript, &instance)
        .rejected()
        .map(|f| f.claim)
        .collect()
}

fn outermost(transcript: &mut Value) {
    let mut rest = transcript.clone();
    rest.as_object_mut().unwrap().remove("digest");
    let digest = Digest::of(
        "sortition-draw/1/transcript",
        &[&canonical::to_bytes(&rest).unwrap()],
    );
    transcript["digest"] = digest.to_string().into();
}

/// Commitment, seed and digest made anew, and the ticket as the labels have it.
fn seal(transcript: &mut Value) {
    let commit: Commit = serde_json::from_value(transcript["commit"].clone()).unwrap();
    transcript["commitment"] = commit.commitment().unwrap().to_string().into();
    let texts = transcript["sources"].as_array().unwrap();
    let texts: Vec<&[u8]> = texts
        .iter()
        .map(|t| t.as_str().unwrap().as_bytes())
        .collect();
    let seed = Seed::derive(&commit, &texts).unwrap();
    let lottery = small::couples_panels();
    let (record, certificate) = (lottery.record().clone(), lottery.certificate().clone());
    let labels = audit::reopen(commit, record, certificate, lottery.instance())
        .ok()
        .and_then(|l| l.labels());
    let label = Stream::new(&seed, "panel").below(12);
    transcript["draw"]["ticket"] = labels.map_or(label, |labels| labels[label as usize]).into();
    transcript["draw"]["seed"] = seed.to_string().into();
    outermost(transcript);
}

#[test]
fn the_honest_record_holds() {
    let mut transcript = full();
    assert_eq!(rejected(&transcript), []);
    let honest = transcript.clone();
    seal(&mut transcript);
    assert_eq!(transcript, honest, "sealing changes nothing");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of changes, one line each")]
fn each_new_field_changed() {
    use Claim::{Announcements, Predecessor, Registration, Signatures, Software, SourceTerms};
    let other = "ab".repeat(32);
    let later = round(1001).text(SIGNATURE_1000).unwrap();
    let rows: Vec<(&str, Value, Claim)> = vec![
        ("/commit/published", json!(round(123).time()), SourceTerms),
        ("/commit/labels", json!([]), SourceTerms),
        ("/commit/labels/0", json!(" "), SourceTerms),
        ("/commit/predecessor/commitment", json!("x"), Predecessor),
        (
            "/commit/predecessor/commitment",
            json!("AB".repeat(32)),
            Predecessor,
        ),
        ("/commit/predecessor/reason", json!(" "), Predecessor),
        ("/commit/registration", json!("x"), Registration),
        ("/commit/registration", json!("AB".repeat(32)), Registration),
        ("/commit/software/name", json!(""), Software),
        ("/commit/software/version", json!(" "), Software),
        ("/commit/software/digest", json!("12"), Software),
        ("/commit/fallback/0/for", json!(2), SourceTerms),
        (
            "/commit/fallback/0/deadline",
            json!(round(123).time()),
            SourceTerms,
        ),
        (
            "/commit/fallback/0/deadline",
            json!(round(1000).time()),
            SourceTerms,
        ),
        ("/commit/fallback/0/round", json!(1001), SourceTerms),
        ("/commit/fallback/0/chain", json!(other), SourceTerms),
        (
            "/commit/fallback/0",
            json!({"deadline": DEADLINE, "for": 1, "count": 4, "sides": 6, "type": "dice"}),
            SourceTerms,
        ),
        (
            "/commit/fallback/0",
            json!({"deadline": DEADLINE, "for": 1, "text": "ask the mayor", "type": "text"}),
            SourceTerms,
        ),
        (
            "/commit/sources/0/time",
            json!(round(123).time()),
            SourceTerms,
        ),
        ("/commit/sources/0/time", json!(PUBLISHED), SourceTerms),
        ("/commit/sources/0/count", json!(5), Announcements),
        ("/commit/sources/0/sides", json!(4), Announcements),
        ("/commit/sources/1/round", json!(122), SourceTerms),
        (
            "/commit/sources/1/round_time",
            json!(round(122).time()),
            SourceTerms,
        ),
        ("/commit/sources/1/genesis", json!(1), SourceTerms),
        ("/commit/sources/1/period", json!(30), SourceTerms),
        ("/commit/sources/1/group", json!(other), SourceTerms),
        ("/commit/sources/1/beacon", json!("fastnet"), SourceTerms),
        (
            "/commit/sources/1/public_key",
            json!("ab".repeat(96)),
            Signatures,
        ),
        (
            "/commit/sources/1",
            json!({"text": "whatever comes", "type": "text"}),
            SourceTerms,
        ),
        (
            "/commit/sources",
            json!([round_entry(), dice_entry()]),
            SourceTerms,
        ),
        ("/commit/sources", json!([round_entry()]), Announcements),
        ("/sources/0", json!("dice 3-5-4-7"), Announcements),
        ("/sources/0", json!("3-5-4-6"), Announcements),
        ("/sources/1", json!(later), Announcements),
        (
            "/sources/1",
            json!(round(123).text(SIGNATURE_1000).unwrap()),
            Signatures,
        ),
        ("/sources", json!([values()[1], values()[0]]), Announcements),
        ("/sources", json!([values()[0]]), Announcements),
        (
            "/sources",
            json!([values()[0], values()[1], values()[1]]),
            Announcements,
        ),
    ];
    for (pointer, value, claim) in rows {
        let mut changed = full();
        assert_ne!(changed.pointer(pointer), Some(&value), "{pointer}");
        *changed.pointer_mut(pointer).unwrap() = value.clone();
        assert!(!rejected(&changed).is_empty(), "{pointer} {value} unsealed");
        seal(&mut changed);
        let found = rejected(&changed);
        assert!(
            found.contains(&claim),
            "{pointer} {value}: {claim} holds, rejected {found:?}"
        );
    }
}

/// Texts of the record cannot add lines to the report, nor wipe any.
#[test]
fn a_report_has_one_line_per_claim() {
    let mut changed = full();
    changed["commit"]["predecessor"]["reason"] =
        json!("x\nREJECTED     panel\u{1b}[2J\u{202e}\u{85}");
    seal(&mut changed);
    let bytes = canonical::to_bytes(&changed).unwrap();
    let transcript = kleroterion::io::json::transcript(&bytes, "transcript.json").unwrap();
    let report = audit::examine(&transcript, &small::couples());
    let text = report.to_string();
    assert_eq!(text.lines().count(), report.findings().len() + 1, "{text}");
    assert!(
        text.contains(r"because: x\nREJECTED     panel\u{1b}[2J\u{202e}\u{85};"),
        "{text}"
    );
}

fn dice_entry() -> Value {
    serde_json::to_value(Declaration::from(dice()).entry()).unwrap()
}

fn round_entry() -> Value {
    serde_json::to_value(Declaration::from(round(123)).entry()).unwrap()
}

/// Fields that nobody else can check still enter commitment and seed: changed alone, they are found out.
#[test]
fn every_value_of_the_commitment_is_bound() {
    let honest = full();
    let mut pointers = Vec::new();
    leaves(&honest["commit"], "/commit".into(), &mut pointers);
    assert!(pointers.len() > 50, "{pointers:?}");
    for pointer in pointers {
        let mut changed = honest.clone();
        let place = changed.pointer_mut(&pointer).unwrap();
        *place = match &*place {
            Value::String(text) => format!("{text}0").into(),
            Value::Number(number) => (number.as_u64().unwrap() + 1).into(),
            other => panic!("{other}"),
        };
        outermost(&mut changed);
        assert!(!rejected(&changed).is_empty(), "{pointer}");
    }
}

fn leaves(value: &Value, at: String, into: &mut Vec<String>) {
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(k, v)| leaves(v, format!("{at}/{k}"), into)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(i, v)| leaves(v, format!("{at}/{i}"), into)),
        _ => into.push(at),
    }
}

#[test]
fn a_field_left_out_or_added() {
    for name in [
        "fallback",
        "labels",
        "predecessor",
        "published",
        "registration",
        "replacement",
        "software",
        "sources",
    ] {
        let mut changed = full();
        changed["commit"]
            .as_object_mut()
            .unwrap()
            .remove(name)
            .unwrap();
        outermost(&mut changed);
        assert!(
            rejected(&changed).contains(&Claim::Commitment),
            "without {name}"
        );
    }
    for place in ["predecessor", "software", "replacement"] {
        let mut changed = full();
        changed["commit"][place]["note"] = json!("x");
        assert_eq!(
            rejected(&changed),
            [Claim::Version],
            "{place}: not read at all"
        );
    }
}

/// Two beacons in the wrong order, or at the end nobody's beacon.
#[test]
fn order_of_events() {
    let pulse = NistPulse::at(1_692_804_000).unwrap();
    let sound = Terms::new([Declaration::from(round(123)), pulse.into()]);
    let lottery = small::couples_panels().on_terms(sound).unwrap();
    let texts = [values().remove(1), pulse.text(&"0a".repeat(64)).unwrap()];
    let draw = lottery.draw(&Sources::new(texts).unwrap()).unwrap();
    let mut changed: Value = serde_json::from_slice(&draw.transcript().to_json().unwrap()).unwrap();
    assert_eq!(rejected(&changed), []);
    for list in ["/commit/sources", "/sources"] {
        changed
            .pointer_mut(list)
            .unwrap()
            .as_array_mut()
            .unwrap()
            .reverse();
    }
    seal(&mut changed);
    assert!(rejected(&changed).contains(&Claim::SourceTerms));
}
