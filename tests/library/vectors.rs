//! The published test vectors, byte for byte. `vectors/README.md` says how each is made.

use std::fs;
use std::path::{Path, PathBuf};

use crate::small;
use kleroterion::audit::{self, canonical};
use kleroterion::lottery::{Commit, Digest, Draw, Lottery, Record, Seed, Stream};
use kleroterion::{Instance, io};
use serde_json::Value;

mod agreement;

const STREAMS: &str = include_str!("../../vectors/draw-stream.json");
const COMMIT: &str = include_str!("../../vectors/commit.json");
const LOTTERY: &str = include_str!("../../vectors/lottery.json");
const PIPELINE: &str = include_str!("../../vectors/pipeline.out");
const DICE: &[u8] = b"63454660390103169462";
const BEACON: &str = "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

fn streams() -> Vec<Value> {
    serde_json::from_str(STREAMS).unwrap()
}

fn key(vector: &Value) -> [u8; 32] {
    Digest::plain(vector["seed"].as_str().unwrap().as_bytes()).0
}

fn numbers(value: &Value) -> Vec<u64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|n| n.as_u64().unwrap())
        .collect()
}

/// The value that `pipeline.out` gives for a name.
fn expected(name: &str) -> &'static str {
    PIPELINE
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "))
        .unwrap()
}

fn commit() -> Commit {
    serde_json::from_str(COMMIT).unwrap()
}

fn seed() -> Seed {
    Seed::derive(&commit(), &[DICE, &unhex(BEACON)]).unwrap()
}

#[test]
fn keys_and_words() {
    let vectors = streams();
    assert_eq!(vectors.len(), 3);
    for vector in vectors {
        assert_eq!(
            hex(vector["seed"].as_str().unwrap().as_bytes()),
            vector["seed_utf8_hex"]
        );
        assert_eq!(hex(&key(&vector)), vector["key"]);
        let mut stream = Stream::from_key(key(&vector));
        let words: Vec<u64> = (0..8).map(|_| stream.word()).collect();
        let bytes: Vec<u8> = words.iter().flat_map(|w| w.to_le_bytes()).collect();
        assert_eq!(hex(&bytes), vector["keystream64"]);
        let texts: Vec<String> = words.iter().map(u64::to_string).collect();
        assert_eq!(serde_json::to_value(texts).unwrap(), vector["u64x8"]);
        assert_eq!(stream.taken(), 8);
    }
}

#[test]
fn numbers_below_a_limit() {
    for vector in streams() {
        for n in [1000, 513] {
            let mut stream = Stream::from_key(key(&vector));
            let drawn: Vec<u64> = (0..10).map(|_| stream.below(n)).collect();
            assert_eq!(drawn, numbers(&vector[format!("below{n}x10")]));
            assert_eq!(
                stream.taken(),
                vector[format!("below{n}x10_words")].as_u64().unwrap()
            );
        }
        let panel = Stream::from_key(key(&vector)).below(1000);
        assert_eq!(format!("{panel:03}"), vector["panel_000_999"]);
    }
}

#[test]
fn shuffles() {
    for vector in streams() {
        let mut stream = Stream::from_key(key(&vector));
        let mut items: Vec<u64> = (0..10).collect();
        stream.shuffle(&mut items);
        assert_eq!(items, numbers(&vector["shuffle0_9"]));
        assert_eq!(stream.taken(), vector["shuffle_words"].as_u64().unwrap());
    }
}

#[test]
fn the_commit_is_its_own_canonical_form() {
    assert_eq!(COMMIT.len().to_string(), expected("commit_len"));
    assert_eq!(commit().to_json().unwrap(), COMMIT.as_bytes());
    let untyped: Value = serde_json::from_str(COMMIT).unwrap();
    assert_eq!(canonical::to_bytes(&untyped).unwrap(), COMMIT.as_bytes());
    assert_eq!(
        commit().commitment().unwrap().to_string(),
        expected("commit_sha256")
    );
    assert_eq!(
        commit().digest().unwrap().to_string(),
        expected("commit_digest")
    );
}

#[test]
fn the_lottery_digest() {
    let mut lottery: Value = serde_json::from_str(LOTTERY).unwrap();
    lottery["form"] = "panels".into();
    lottery["denominator"] = 1000.into();
    let record: Record = serde_json::from_value(lottery).unwrap();
    assert_eq!(
        record.digest().unwrap().to_string(),
        expected("lottery_digest")
    );
    assert_eq!(
        record.digest().unwrap().to_string(),
        commit().lottery.digest
    );
}

#[test]
fn the_whole_draw() {
    let lottery: Value = serde_json::from_str(LOTTERY).unwrap();
    assert_eq!(seed().to_string(), expected("seed"));
    assert_eq!(hex(&seed().key("panel")), expected("key_panel"));
    let mut stream = Stream::new(&seed(), "panel");
    let words: Vec<u8> = (0..8).flat_map(|_| stream.word().to_le_bytes()).collect();
    assert_eq!(hex(&words), expected("ks"));

    let ticket = Stream::new(&seed(), "panel").below(commit().lottery.denominator);
    assert_eq!(ticket.to_string(), expected("t"));
    let ends = numbers(&lottery["weights"])
        .into_iter()
        .scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
    let index = ends.into_iter().position(|end| ticket < end).unwrap();
    assert_eq!(index.to_string(), expected("panel_index"));
    let panel = &lottery["panels"][index];
    assert_eq!(*panel, serde_json::json!(["0002", "0003"]));

    assert_eq!(hex(&seed().key("alternates")), expected("key_alt"));
    let everybody = (1..=6).map(|n| format!("{n:04}"));
    let mut alternates: Vec<String> = everybody
        .filter(|id| !panel.as_array().unwrap().iter().any(|p| p == id))
        .collect();
    Stream::new(&seed(), "alternates").shuffle(&mut alternates);
    assert_eq!(alternates, ["0006", "0004", "0005", "0001"]);
}

/// The four whole transcripts with their pools and quotas.
fn golden() -> Vec<(PathBuf, Instance, Draw)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let read = |(name, lottery): (&str, Lottery)| {
        let pool = name.split('-').next().unwrap();
        let file = |what: &str| folder.join(format!("{pool}-{what}.csv"));
        let mut files = io::Files::new(file("quotas"), file("pool"));
        if pool == "couples" {
            files = files.household_columns(["household"]);
        }
        let instance = files.read(2).unwrap();
        (
            folder.join(format!("transcript-{name}.json")),
            instance,
            small::draw(lottery),
        )
    };
    small::all().into_iter().map(read).collect()
}

#[test]
fn whole_transcripts_are_made_byte_for_byte() {
    for (path, _, draw) in golden() {
        let expected = fs::read(&path).unwrap();
        assert_eq!(
            String::from_utf8(draw.transcript().to_json().unwrap()).unwrap(),
            String::from_utf8(expected).unwrap(),
            "{}: a change of value; see CONTRIBUTING.md before running `rewrite_the_transcripts`",
            path.display()
        );
    }
}

#[test]
fn whole_transcripts_hold_against_their_files() {
    for (path, instance, draw) in golden() {
        let transcript = io::json::read_transcript(&path).unwrap();
        assert_eq!(transcript, draw.transcript());
        let report = audit::verify(&transcript, &instance).unwrap();
        assert!(report.holds(), "{report}");
    }
}

/// Only when values are meant to change: `cargo test --test library vectors -- --ignored`.
#[test]
#[ignore = "overwrites the published transcripts"]
fn rewrite_the_transcripts() {
    for (path, _, draw) in golden() {
        fs::write(path, draw.transcript().to_json().unwrap()).unwrap();
    }
}
