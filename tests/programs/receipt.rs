//! The program for members, and what the others say about CPR numbers.

use kleroterion::io;
use kleroterion::privacy::Screen;

use crate::desk::{Desk, OWN_FILES};

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// A desk with a draw whose commitment has a root.
fn drawn() -> Desk {
    let desk = Desk::small();
    desk.put("key", KEY);
    desk.draw_own(&["--size", "6", "--source", "dice 3", "--salt-key", "key"])
        .exits(0);
    desk
}

#[test]
fn without_arguments_all_parts_are_played() {
    let desk = Desk::empty();
    let text = desk.run("receipt", &[]).exits(0).out();
    for part in [
        "Demonstration",
        "This receipt holds",
        "REJECTED     path",
        "This receipt does NOT hold",
        "of the 669 people were made up",
        "openings.json (for the auditor alone)",
    ] {
        assert!(text.contains(part), "no {part:?} in:\n{text}");
    }
    let files = [
        "--receipt",
        "receipt-out/receipt.json",
        "--commit",
        "receipt-out/commit.json",
    ];
    let after = ["--transcript", "receipt-out/transcript.json"];
    let text = desk
        .run("receipt", &[&files[..], &after].concat())
        .exits(0)
        .out();
    assert!(
        text.contains("6 checked, 0 rejected, 0 not checked"),
        "{text}"
    );
    let one = desk
        .run("receipt", &["--id", "b1221", "--out", "one"])
        .exits(0);
    assert!(one.out().contains("Receipt of b1221, number "));
    desk.run("receipt", &["--id", "nobody"])
        .exits(2)
        .complains(&["E-RECEIPT-ID"]);
}

#[test]
fn from_the_key_to_a_receipt_in_the_members_hands() {
    let desk = drawn();
    let issue = [
        "--openings",
        "draw-out/openings.json",
        "--commit",
        "draw-out/commit.json",
    ];
    desk.run("receipt", &[&issue[..], &["--out", "all"]].concat())
        .exits(0);
    assert_eq!(desk.names("all").len(), 24);
    desk.run(
        "receipt",
        &[&issue[..], &["--id", "v07", "--out", "one"]].concat(),
    )
    .exits(0);
    let check = [
        "--receipt",
        "one/receipt.json",
        "--commit",
        "draw-out/commit.json",
    ];
    let text = desk.run("receipt", &check).exits(0).out();
    assert!(
        text.contains("Receipt of v07, number 8 of 24 people"),
        "{text}"
    );
    assert!(text.contains("This receipt holds"), "{text}");
    let receipt = desk.text("one/receipt.json");
    assert_eq!(receipt, desk.text("all/receipt-8.json"));
    desk.put(
        "one/receipt.json",
        &receipt.replace("\"id\":\"v07\"", "\"id\":\"v08\""),
    );
    let text = desk.run("receipt", &check).exits(1).out();
    assert!(text.contains("does NOT hold"), "{text}");
    desk.put("one/receipt.json", &receipt.replace(':', ": "));
    desk.run("receipt", &check)
        .exits(2)
        .complains(&["not in canonical form"]);
    desk.run("receipt", &["--commit", "draw-out/commit.json"])
        .exits(2);
}

#[test]
fn a_receipt_without_values_does_not_speak_of_values() {
    let desk = drawn();
    let mut openings = io::json::read_openings(desk.path("draw-out/openings.json")).unwrap();
    openings.erase("v07").unwrap();
    let receipt = openings.receipt("v07", &Screen::strict()).unwrap();
    desk.put(
        "receipt.json",
        &String::from_utf8(receipt.to_json().unwrap()).unwrap(),
    );
    let check = [
        "--receipt",
        "receipt.json",
        "--commit",
        "draw-out/commit.json",
    ];
    let text = desk.run("receipt", &check).exits(0).out();
    assert!(
        text.contains("of those not shown nothing can be said"),
        "{text}"
    );
    assert!(!text.contains("exactly these values"), "{text}");
}

#[test]
fn verify_takes_the_openings_and_a_receipt() {
    let desk = drawn();
    let transcript = "draw-out/transcript.json";
    let without = desk.verify(transcript).exits(0).out();
    assert!(without.contains("NOT CHECKED  pool root"), "{without}");
    let openings = ["--openings", "draw-out/openings.json"];
    let with = desk.verify_with(transcript, &openings).exits(0).out();
    assert!(with.contains("checked      pool root"), "{with}");
    let text = desk.text("draw-out/openings.json");
    let other = text.replacen("\"value\":\"woman\"", "\"value\":\"man\"", 1);
    desk.put("draw-out/openings.json", &other);
    let changed = desk.verify_with(transcript, &openings).exits(1).out();
    assert!(changed.contains("REJECTED     pool root"), "{changed}");
    desk.put("draw-out/openings.json", &text);
    let issue = [
        "--commit",
        "draw-out/commit.json",
        "--id",
        "v07",
        "--out",
        "one",
    ];
    desk.run("receipt", &[&openings[..], &issue].concat())
        .exits(0);
    let receipt = ["--receipt", "one/receipt.json"];
    let held = desk.verify_with(transcript, &receipt).exits(0).out();
    assert!(
        held.contains("checked      place: number 8 of 24"),
        "{held}"
    );
    let wrong = desk
        .text("one/receipt.json")
        .replace("\"index\":7", "\"index\":6");
    desk.put("one/receipt.json", &wrong);
    desk.verify_with(transcript, &receipt).exits(1);
}

#[test]
fn direct_draws_take_a_key_too_and_a_committed_draw_does_not() {
    let desk = Desk::small();
    desk.put("key", KEY);
    desk.put("short", "secret");
    let direct = ["--size", "6", "--rule", "random"];
    desk.draw_own(&[&direct[..], &["--commit-only", "--salt-key", "key"]].concat())
        .exits(0);
    assert!(
        desk.text("draw-out/commit.json")
            .contains("\"merkle_root\"")
    );
    assert!(desk.names("draw-out").contains(&"openings.json".to_owned()));
    let source = ["--commit", "draw-out/commit.json", "--source", "3"];
    desk.draw_own(&[&source[..], &["--salt-key", "key"]].concat())
        .exits(2)
        .complains(&["--salt-key cannot change"]);
    desk.draw_own(&source).exits(0);
    let openings = ["--openings", "draw-out/openings.json"];
    desk.verify_with("draw-out/transcript.json", &openings)
        .exits(0);
    let out = ["--out", "other", "--source", "3", "--salt-key"];
    desk.draw_own(&[&direct[..], &out, &["short"]].concat())
        .exits(2)
        .complains(&["E-KEY-SHORT"]);
    desk.draw_own(&[&direct[..], &out, &["none"]].concat())
        .exits(2)
        .complains(&["none: "]);
}

#[test]
fn cpr_numbers_are_drawn_from_by_nobody() {
    let desk = Desk::small();
    let pool = desk.text("pool.csv");
    // 24 ids DDMM701234: days, whatever is said about them.
    let days = |day: usize| format!("{:02}01701234,", day + 1);
    let numbers = |text: String, make: &dyn Fn(usize) -> String| {
        (0..24).fold(text, |text, i| text.replace(&format!("v{i:02},"), &make(i)))
    };
    desk.put("pool.csv", &numbers(pool.clone(), &days));
    let draw = ["--size", "6", "--source", "dice 3"];
    let run = desk
        .draw_own(&draw)
        .exits(2)
        .complains(&["E-CPR-LIKE pool.csv row 2, column \"code\""]);
    assert!(!run.err().contains("01701234"), "{}", run.err());
    let declared = [&draw[..], &["--ids-are-other-numbers"]].concat();
    desk.draw_own(&declared)
        .exits(2)
        .complains(&["E-CPR-LIKE", "so are 24 of 24 numbers"]);
    desk.draw_own(&[&draw[..], &["--rule", "random"]].concat())
        .exits(2)
        .complains(&["E-CPR-LIKE"]);
    assert!(desk.names("draw-out").is_empty());
    // One number of ten digits in 24 looks like a day by chance.
    desk.put(
        "pool.csv",
        &numbers(pool, &|i| {
            if i == 3 {
                days(3)
            } else {
                format!("40{i:02}701234,")
            }
        }),
    );
    desk.draw_own(&draw).exits(2).complains(&["pool.csv row"]);
    desk.draw_own(&declared).exits(0);
    desk.run(
        "verify",
        &[&["draw-out/transcript.json"], &OWN_FILES[..]].concat(),
    )
    .exits(0);
    let announced = [
        "--size",
        "6",
        "--announce",
        "ask 010170-1234",
        "--commit-only",
        "--out",
        "more",
    ];
    desk.draw_own(&[&announced[..], &["--ids-are-other-numbers"]].concat())
        .exits(2)
        .complains(&["E-CPR-LIKE commit.json column \"sources[0].text\""]);
}
