//! The whole process from population figures to the follow-up.

use std::fs;

use kleroterion::io;

use crate::desk::{Desk, bundled};

const FILES: [&str; 41] = [
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
    "07-agreement.csv",
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
        "says no; ",
        "Tables are planned anew for those who are there",
        "a seat went to an alternate: 2 before the first meeting, 2 after 1 meeting",
        "6a not voted on, because 6 was not adopted",
        "the chain holds, and every tip published before stands in it",
        "the seat stays empty",
        "The council answers all of them (due by 2026-09-09)",
        "falls short: what was accepted is followed up: a milestone is late, or was: recommendation 2",
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
    let sheet = desk.text("out/09-sagsark.md");
    assert!(
        sheet.contains("- **Svar:** 3 imødekommet") && !sheet.contains(" the "),
        "{sheet}"
    );
    let seats = desk.text("out/06-seating-held.csv");
    assert_eq!(seats.lines().count(), 1 + 2 * (34 + 35 + 34 + 33) + 8 * 7);
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
    its_ledger_holds_and_a_changed_one_does_not(&desk);
}

/// The ledger read by itself: nobody stands in it, and a changed entry is found.
fn its_ledger_holds_and_a_changed_one_does_not(desk: &Desk) {
    let text = desk.text("one/09-roster.json");
    let id = desk.text("one/04-members.csv");
    let id = id.lines().nth(1).unwrap().split(',').next().unwrap();
    assert!(!text.contains(id), "the ledger holds the id {id}");
    let tips = desk.text("one/09-roster-tips.csv");
    let tip = tips.lines().nth(1).unwrap().split(',').nth(1).unwrap();
    let keys = desk.path("one/09-roster-keys.csv").display().to_string();
    let (pool, quotas) = (bundled("pool.csv"), bundled("quotas.csv"));
    let (pool, quotas) = (pool.display().to_string(), quotas.display().to_string());
    let known = ["--keys", &keys, "--pool", &pool, "--quotas", &quotas];
    let whole = [&["one/09-roster.json", "--tip", tip][..], &known].concat();
    let run = desk.run("roster", &whole).exits(0);
    for part in [
        "The chain holds",
        "4 replacements",
        "2026-05-30",
        "off the quotas",
    ] {
        assert!(run.out().contains(part), "no {part:?} in:\n{}", run.out());
    }
    desk.put(
        "changed.json",
        &text.replacen("\"withdrawn\"", "\"excluded\"", 1),
    );
    desk.run("roster", &["changed.json"])
        .exits(1)
        .complains(&["E-ROSTER-DIGEST"]);
    let other = "00".repeat(32);
    desk.run("roster", &["one/09-roster.json", "--tip", &other])
        .exits(1);
    desk.run("roster", &["missing.json"]).exits(2);
}

/// Ireland 2016-18 and both phases in Denmark, as published.
#[test]
fn published_ledgers_are_played_without_arguments() {
    let text = Desk::empty().run("roster", &[]).exits(0).out();
    for part in [
        "53 replacements",
        "20 of those replaced had never come",
        "after 10 meetings   13",
        "99 ever selected, 83 ever seated, 59 completed",
        "99 ever selected, 83 ever seated, 68 completed",
    ] {
        assert!(text.contains(part), "no {part:?} in:\n{text}");
    }
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
