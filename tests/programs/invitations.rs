//! The program that draws letters.

use std::fs;

use crate::desk::{Desk, bundled};

fn ids(table: &str) -> Vec<String> {
    let mut ids: Vec<String> = table
        .lines()
        .skip(1)
        .map(|line| line.split(',').next().unwrap_or_default().to_owned())
        .collect();
    ids.sort();
    ids
}

#[test]
fn without_arguments_the_bundled_register_is_used() {
    let desk = Desk::empty();
    let out = desk.run("invitations", &[]).exits(0).out();
    for part in [
        "Demonstration",
        "1500 people at 636 addresses",
        "Letters    200",
        "Nørrebro",
    ] {
        assert!(out.contains(part), "no {part:?} in:\n{out}");
    }
    assert_eq!(desk.names("."), ["invited.csv", "invited.record.json"]);
    assert_eq!(ids(&desk.text("invited.csv")).len(), 200);
    let record = desk.text("invited.record.json");
    assert!(
        record.contains("\"version\":\"sortition-invitation/1\""),
        "{record}"
    );
    assert!(!record.contains("r0001") && !record.contains("Rønnevej"));
    // The same again is no other invitation.
    let before = desk.contents(".");
    desk.run("invitations", &[]).exits(0);
    assert_eq!(desk.contents("."), before);
}

#[test]
fn the_order_of_rows_changes_nobody() {
    let desk = Desk::empty();
    fs::copy(bundled("register.csv"), desk.path("register.csv")).unwrap();
    let run = |out: &str| {
        let flags = [
            "--frame",
            "register.csv",
            "--letters",
            "150",
            "--source",
            "dice 3",
        ];
        let more = [
            "--strata",
            "residence,sex",
            "--oversample",
            "Nørrebro=3",
            "--out",
            out,
        ];
        desk.run("invitations", &[&flags[..], &more].concat())
            .exits(0);
        ids(&desk.text(out))
    };
    let one = run("one.csv");
    desk.shuffle_rows("register.csv");
    assert_eq!(run("two.csv"), one);
    assert_eq!(one.len(), 150);
}

#[test]
fn everything_wrong_with_the_command_line_is_named() {
    let desk = Desk::empty();
    desk.run("invitations", &["--letters", "5", "--oversample", "x=2"])
        .exits(2)
        .complains(&["--frame FILE is missing", "--oversample needs --strata"]);
    desk.run("invitations", &["--frame", "no.csv"])
        .exits(2)
        .complains(&["--letters N is missing", "--source TEXT is missing"]);
    desk.run(
        "invitations",
        &["--frame", "no.csv", "--letters", "5", "--source", "x"],
    )
    .exits(2)
    .complains(&["no.csv: "]);
    desk.run("invitations", &["--frame", "no.csv", "--oversample", "x=y"])
        .exits(2)
        .complains(&["VALUE=FACTOR"]);
    assert!(desk.names(".").is_empty());
}

#[test]
fn a_bad_register_leaves_nothing_behind() {
    let desk = Desk::empty();
    desk.put("r.csv", "id,area\na,North\na,South\n,South\nb,\n");
    let flags = [
        "--frame",
        "r.csv",
        "--letters",
        "1",
        "--strata",
        "area",
        "--source",
        "x",
    ];
    desk.run("invitations", &flags).exits(2).complains(&[
        "E-FRAME-DUPLICATE r.csv row 3",
        "E-FRAME-ID r.csv row 4",
        "E-FRAME-VALUE r.csv row 5",
    ]);
    assert_eq!(desk.names("."), ["r.csv"]);
}

#[test]
fn another_invitation_is_not_overwritten() {
    let desk = Desk::empty();
    desk.run("invitations", &[]).exits(0);
    let before = desk.contents(".");
    let register = bundled("register.csv");
    let register = register.to_str().unwrap();
    desk.run(
        "invitations",
        &["--frame", register, "--letters", "9", "--source", "x"],
    )
    .exits(1)
    .complains(&["another invitation"]);
    assert_eq!(desk.contents("."), before);
}

#[test]
fn open_to_all_draws_nothing() {
    let desk = Desk::empty();
    let out = desk.run("invitations", &["--open-to-all"]).exits(0).out();
    assert!(
        out.contains("All 1500 residents were invited. There was no lottery"),
        "{out}"
    );
    assert!(desk.names(".").is_empty());
    desk.run("invitations", &["--open-to-all", "--letters", "5"])
        .exits(2);
}
