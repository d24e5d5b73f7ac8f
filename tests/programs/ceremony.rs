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
}

#[test]
fn a_number_that_is_on_no_ball() {
    let desk = Desk::empty();
    let text = desk
        .run("ceremony", &["--tickets", "10", "--balls", "10"])
        .exits(2)
        .err();
    assert!(text.contains("E-TERMS-FORM"), "{text}");
}
