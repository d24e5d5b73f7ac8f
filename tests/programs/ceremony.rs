//! The program that plays a ceremony.

use kleroterion::audit::{self, Claim};
use kleroterion::io;

use crate::desk::{Desk, bundled};

#[test]
fn a_whole_ceremony_with_its_fallback() {
    let desk = Desk::empty();
    let arguments = ["--tickets", "200", "--balls", "7", "--missing-beacon"];
    let text = desk.run("ceremony", &arguments).exits(0).out();
    for part in [
        "Disputes are closed.",
        "The balls are drawn: balls 007",
        "the committed fallback counts, and nothing else",
        "NOT CHECKED  fallback: fallback 0 stands in for source 1",
        "leaves; ",
    ] {
        assert!(text.contains(part), "no {part:?} in:\n{text}");
    }
    let path = |name: &str| desk.path(&format!("ceremony-out/{name}"));
    let commit = io::json::read_commit(path("2-lottery/commit.json")).unwrap();
    let bytes = io::read_bytes(path("1-pool/registration.json")).unwrap();
    let registration = io::json::parse(&bytes, "registration.json").unwrap();
    assert!(audit::examine_registration(&registration, &commit).holds());
    let labels = desk.text("ceremony-out/2-lottery/labels.csv");
    assert_eq!(labels.lines().count(), 201);
    let (quotas, pool) = (bundled("quotas.csv"), bundled("pool.csv"));
    let instance = io::Files::new(quotas, pool).read(36).unwrap();
    let transcript = io::json::read_transcript(path("4-draw/transcript.json")).unwrap();
    assert_eq!(transcript.commit, commit);
    let report = audit::verify(&transcript, &instance).unwrap();
    assert!(report.finding(Claim::Signatures).is_some());
    let record = io::json::read_replacements(path("5-replacements/replacements.json")).unwrap();
    audit::verify_replacements(&record, &transcript, &instance).unwrap();
    let progress = io::json::read_progress(path("3-sources/progress.json")).unwrap();
    assert_eq!(progress.sources, transcript.sources);
    assert_eq!(progress.dropouts, record.dropouts[..1]);
    printed_commands(&desk);
}

/// Every command that the program prints finds the files and holds.
fn printed_commands(desk: &Desk) {
    let at = |name: &str| format!("ceremony-out/{name}");
    let files = [
        "4-draw/transcript.json",
        "1-pool/registration.json",
        "1-spot-check/spot-check.json",
    ];
    let [drawn, registration, spot] = files.map(at);
    let files = [
        "4-draw/panel-openings.json",
        "5-replacements/replacements.json",
        "1-private/receipt.json",
    ];
    let [opened, replaced, receipt] = files.map(at);
    let [quotas, pool] = ["quotas.csv", "pool.csv"].map(|name| bundled(name).display().to_string());
    let files = [drawn.as_str(), "--pool", &pool, "--quotas", &quotas];
    let more = [
        "--registration",
        registration.as_str(),
        "--spot-check",
        &spot,
    ];
    let after = [
        "--panel-openings",
        opened.as_str(),
        "--replacements",
        &replaced,
        "--receipt",
        &receipt,
    ];
    let text = desk.run("verify", &[&files[..], &more, &after].concat());
    let text = text.exits(0).out();
    for part in [
        "checked      registration: pool",
        "checked      quotas: all 22 met by the opened values",
        "29 of 669 people follow from the root",
    ] {
        assert!(text.contains(part), "no {part:?} in:\n{text}");
    }
    let unnamed = desk.run("verify", &files).exits(0).out();
    assert!(unnamed.contains("NOT CHECKED  registration: belongs to the registration"));
}

#[test]
fn a_number_that_is_on_no_ball() {
    let desk = Desk::empty();
    let text = desk
        .run("ceremony", &["--tickets", "10", "--balls", "10"])
        .exits(2)
        .err();
    assert!(text.contains("E-TERMS-FORM"), "{text}");
    assert!(!desk.path("ceremony-out").exists(), "nothing is written");
}
