//! The published vectors of sources, lists and whole ceremonies, byte for byte. `vectors/README.md` says how each is made.

use std::fs;
use std::path::PathBuf;

use kleroterion::assembly::{Dropout, Policy, Reserves};
use kleroterion::audit;
use kleroterion::ceremony::Registered;
use kleroterion::lottery::{
    Balls, Commitment, Declaration, Digest, DirectRule, Drawing, Entry, Predecessor, Software,
    Sources, StageOne, Terms,
};
use kleroterion::{Instance, Pool, Quotas, io};
use serde::Deserialize;

use super::{DEADLINE, PUBLISHED, SIGNATURE_1000, THROWN, dice, round, small, terms, values};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

#[derive(Deserialize)]
struct Source {
    declaration: Entry,
    taken: String,
    text: String,
}

#[test]
fn sources() {
    let cases: Vec<Source> =
        serde_json::from_slice(&fs::read(folder().join("sources.json")).unwrap()).unwrap();
    assert_eq!(cases.len(), 84);
    for case in cases {
        let found = match Declaration::read(&case.declaration) {
            None => "unknown",
            Some(declaration) if declaration.takes(&case.text) => "yes",
            Some(_) => "no",
        };
        assert_eq!(
            found, case.taken,
            "{:?} for {:?}",
            case.text, case.declaration
        );
    }
}

#[derive(Deserialize)]
struct List {
    ids: Vec<String>,
    order: Vec<usize>,
    rule: String,
    sources: Vec<String>,
}

fn people(ids: &[String], size: u32) -> Instance {
    let pool = ids
        .iter()
        .fold(Pool::builder(), |pool, id| pool.person(id, [("x", "y")]));
    let quotas = Quotas::builder()
        .feature("x")
        .value("y", 0..=size)
        .build()
        .unwrap();
    Instance::new(pool.build().unwrap(), quotas, size).unwrap()
}

#[test]
fn lists() {
    let cases: Vec<List> =
        serde_json::from_slice(&fs::read(folder().join("lists.json")).unwrap()).unwrap();
    assert_eq!(cases.len(), 21);
    for case in cases {
        let rule: DirectRule = case.rule.parse().unwrap();
        let lottery = rule.commit(&people(&case.ids, 1)).unwrap();
        let draw = lottery
            .draw(&Sources::new(case.sources.clone()).unwrap())
            .unwrap();
        let order = draw.panel().iter().chain(draw.alternates());
        let expected: Vec<&String> = case.order.iter().map(|n| &case.ids[n - 1]).collect();
        assert_eq!(
            order.collect::<Vec<_>>(),
            expected,
            "{} of {:?}",
            case.rule,
            case.sources
        );
    }
}

/// Every whole record by its file's name.
fn records() -> Vec<(&'static str, Vec<u8>)> {
    let mut records = ceremony();
    let lottery = small::couples_compositions().on_terms(terms()).unwrap();
    let texts = [
        values().remove(0),
        round(1000).text(SIGNATURE_1000).unwrap(),
    ];
    let draw = lottery.draw(&Sources::new(texts).unwrap()).unwrap();
    records.push((
        "transcript-couples-fallback.json",
        draw.transcript().to_json().unwrap(),
    ));
    records.extend(list_draws());
    records
}

/// Terms that use every field.
fn full_terms(before: Commitment) -> Terms {
    let balls = Balls::new(12).unwrap().at(THROWN);
    let stage_one = StageOne::new(Sources::new(["dice 2-6-1-4", "0"]).unwrap());
    Terms::new([balls.into(), Declaration::from(round(123))])
        .published(PUBLISHED)
        .fallback(1, DEADLINE, round(1000))
        .labels(&stage_one)
        .replaces(Predecessor::new(before, "the bowl was not announced"))
        .replacement(&Policy::new(Reserves::Ranked).until("2023-12-31"))
        .software(
            Software::new("town hall", "1.0").with_digest(Digest::plain(b""), "an empty file"),
        )
}

/// A ceremony that uses every field, with balls and labels; it replaces another.
fn ceremony() -> Vec<(&'static str, Vec<u8>)> {
    let before = small::couples_panels().on_terms(terms()).unwrap();
    let promised = full_terms(before.commitment());
    let pool = Registered::new(small::couples(), "leximin")
        .assembly("Prøve 𝔸")
        .commit_pool(PUBLISHED)
        .unwrap();
    let registration = pool.registration().to_json().unwrap();
    let closed = pool.close_disputes(PUBLISHED).unwrap();
    let mut committed = closed
        .commit_lottery(small::couples_panels(), promised)
        .unwrap();
    let dropout = |date: &str, id: &str| Dropout {
        date: date.into(),
        id: id.into(),
    };
    committed.withdraw(dropout("2023-08-23", "p1")).unwrap();
    committed.source("balls 07").unwrap();
    committed.source(values().remove(1)).unwrap();
    let mut published = committed
        .sources_in()
        .unwrap()
        .draw()
        .unwrap()
        .publish()
        .unwrap();
    let transcript = published.transcript().to_json().unwrap();
    let leaving = published
        .draw()
        .panel()
        .iter()
        .find(|id| *id != "p1")
        .unwrap()
        .clone();
    let replacements = published
        .replace([dropout("2023-09-01", &leaving)])
        .unwrap();
    vec![
        ("registration-couples.json", registration),
        (
            "commit-couples-before.json",
            before.commit().to_json().unwrap(),
        ),
        ("transcript-couples-ceremony.json", transcript),
        (
            "replacements-couples-ceremony.json",
            replacements.to_json().unwrap(),
        ),
    ]
}

fn list_instance() -> Instance {
    let file = |what: &str| folder().join(format!("list-{what}.csv"));
    io::Files::new(file("quotas"), file("pool"))
        .read(3)
        .unwrap()
}

fn list_draws() -> Vec<(&'static str, Vec<u8>)> {
    let instance = list_instance();
    let lotto = Drawing::new("Lotto, 23 August 2023", (5, 49), 1_692_820_800).unwrap();
    let drawn = |rule: &str, terms: Terms, texts: Vec<String>| {
        let rule: DirectRule = rule.parse().unwrap();
        let lottery = rule.commit(&instance).unwrap().on_terms(terms).unwrap();
        let draw = lottery.draw(&Sources::new(texts).unwrap()).unwrap();
        draw.transcript().to_json().unwrap()
    };
    let numbers =
        Terms::new([dice().into(), Declaration::from(lotto.clone())]).published(PUBLISHED);
    let texts = vec![values().remove(0), lotto.text(&[12, 2, 5, 10, 8]).unwrap()];
    vec![
        ("direct-list-rfc3797.json", drawn("rfc3797", numbers, texts)),
        (
            "direct-list-rivest.json",
            drawn("rivest", terms(), values()),
        ),
        (
            "direct-list-consistent.json",
            drawn("consistent", terms(), values()),
        ),
        (
            "direct-list-random.json",
            drawn("random", terms(), values()),
        ),
    ]
}

#[test]
fn whole_records_are_made_byte_for_byte() {
    for (name, bytes) in records() {
        let expected = fs::read(folder().join(name)).unwrap();
        let (found, expected) = (
            String::from_utf8(bytes).unwrap(),
            String::from_utf8(expected).unwrap(),
        );
        assert_eq!(
            found, expected,
            "{name}: a change of value; see CONTRIBUTING.md before running `rewrite_the_records`"
        );
    }
}

#[test]
fn whole_records_hold_against_their_files() {
    let file = |name: &str| folder().join(name);
    let files = io::Files::new(file("couples-quotas.csv"), file("couples-pool.csv"))
        .household_columns(["household"]);
    let couples = files.read(2).unwrap();
    let transcripts = [
        "transcript-couples-ceremony.json",
        "transcript-couples-fallback.json",
    ]
    .map(|name| {
        let transcript = io::json::read_transcript(file(name)).unwrap();
        audit::verify(&transcript, &couples).unwrap();
        transcript
    });
    let replacements =
        io::json::read_replacements(file("replacements-couples-ceremony.json")).unwrap();
    audit::verify_replacements(&replacements, &transcripts[0], &couples).unwrap();
    let before = io::json::read_commit(file("commit-couples-before.json")).unwrap();
    let chain = [before, transcripts[0].commit.clone()];
    assert!(audit::examine_chain(&chain).holds());
    let bytes = fs::read(file("registration-couples.json")).unwrap();
    let registration = io::json::parse(&bytes, "registration-couples.json").unwrap();
    assert!(audit::examine_registration(&registration, &chain[1]).holds());
    for name in ["rfc3797", "rivest", "consistent", "random"] {
        let transcript =
            io::json::read_direct_transcript(file(&format!("direct-list-{name}.json")));
        audit::verify_direct(&transcript.unwrap(), &list_instance()).unwrap();
    }
}

/// Only when values are meant to change: `cargo test --test ceremony -- --ignored`.
#[test]
#[ignore = "overwrites the published records"]
fn rewrite_the_records() {
    for (name, bytes) in records() {
        fs::write(folder().join(name), bytes).unwrap();
    }
}
