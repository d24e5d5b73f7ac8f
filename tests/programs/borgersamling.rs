//! The whole process from population figures to the follow-up.

use std::fs;

use kleroterion::io;

use crate::desk::{Desk, bundled};

const FILES: [&str; 40] = [
    "00-log.txt",
    "02-quotas-arithmetic.csv",
    "02-quotas.csv",
    "03-invitation-record.json",
    "03-invited.csv",
    "04-alternates.csv",
    "04-commit.json",
    "04-commitment.txt",
    "04-lottery.json",
    "04-members.csv",
    "04-transcript.json",
    "04-verified.txt",
    "05-bordkort.html",
    "05-bordplan.html",
    "05-seating.csv",
    "06-attendance-by-group.csv",
    "06-attendance.csv",
    "06-bordplan-1.html",
    "06-bordplan-2.html",
    "06-bordplan-3.html",
    "06-bordplan-4.html",
    "06-members-at-the-end.csv",
    "06-quota-drift.csv",
    "06-replacements.csv",
    "06-replacements.json",
    "06-seating-held.csv",
    "07-ranking.csv",
    "07-saerudtalelser.md",
    "07-votes-by-group.csv",
    "07-votes.csv",
    "09-case-sheet.md",
    "09-case.json",
    "09-case.toml",
    "09-findings.txt",
    "09-meetings.ics",
    "09-participedia.json",
    "09-roster-keys.csv",
    "09-roster-tips.csv",
    "09-roster.json",
    "09-sagsark.md",
];

#[test]
fn a_whole_process_leaves_a_numbered_folder() {
    let desk = Desk::empty();
    let text = desk.run("borgersamling", &["--out", "out"]).exits(0).out();
    let mut found: Vec<String> = fs::read_dir(desk.path("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    assert_eq!(found, FILES);
    for part in [
        "Nobody in it exists",
        "669 people volunteered for 36 seats",
        "steps in",
        "the seat stays empty",
        "The council answers all of them (due by 2026-09-09)",
        "falls short: what was accepted is followed up: a milestone is late, or was, of 2",
    ] {
        assert!(text.contains(part), "no {part:?} in:\n{text}");
    }
    assert!(text.starts_with(&desk.text("out/00-log.txt")));
    assert_eq!(
        desk.text("out/02-quotas.csv"),
        fs::read_to_string(bundled("quotas.csv")).unwrap()
    );
    let calendar = desk.text("out/09-meetings.ics");
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 4);
    let verified = desk.text("out/04-verified.txt");
    assert!(!verified.contains("REJECTED"), "{verified}");
}

#[test]
fn its_transcript_verifies_and_its_files_come_again() {
    let desk = Desk::empty();
    desk.run("borgersamling", &["--out", "one"]).exits(0);
    desk.run("borgersamling", &["--out", "two"]).exits(0);
    for name in &FILES[1..] {
        let read = |folder: &str| io::read_bytes(desk.path(&format!("{folder}/{name}"))).unwrap();
        assert_eq!(read("one"), read("two"), "{name}");
    }
    let pool = bundled("pool.csv").display().to_string();
    let verify = [
        "one/04-transcript.json",
        "--pool",
        &pool,
        "--quotas",
        "one/02-quotas.csv",
    ];
    desk.run("verify", &verify).exits(0);
}

#[test]
fn a_case_file_is_printed_with_its_findings() {
    let desk = Desk::empty();
    let case = bundled("../cases/borgertinget-2.toml")
        .display()
        .to_string();
    let text = desk
        .run("borgersamling", &["--case", &case, "--lang", "da"])
        .exits(0)
        .out();
    assert!(
        text.contains("48 + 8 + 18 = 74, og der er 73 anbefalinger"),
        "{text}"
    );
    desk.put("bad.toml", "titel = \"x\"\n");
    desk.run("borgersamling", &["--case", "bad.toml"]).exits(2);
    desk.run("borgersamling", &["--case", "missing.toml"])
        .exits(2);
}
