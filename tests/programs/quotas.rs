//! The program that turns population figures into quotas.

use std::fs;

use kleroterion::io;

use crate::desk::{Desk, bundled};

#[test]
fn without_arguments_the_bundled_figures_give_the_bundled_quotas() {
    let desk = Desk::empty();
    let run = desk.run("quotas", &[]).exits(0);
    let text = run.out();
    for part in [
        "Demonstration",
        "36 seats by the method range",
        "18.396",
        "18 to 19",
        "quotas-out-arithmetic.csv",
    ] {
        assert!(text.contains(part), "no {part:?} in:\n{text}");
    }
    assert_eq!(
        desk.text("quotas-out.csv"),
        fs::read_to_string(bundled("quotas.csv")).unwrap()
    );
    let arithmetic = desk.text("quotas-out-arithmetic.csv");
    assert!(arithmetic.contains(
        "sex,Woman,51.1 %,1000,18.396,18 + 396/1000,,18,19,18.396 rounded down and up\n"
    ));
    assert_eq!(arithmetic.lines().count(), 23);
}

#[test]
fn own_figures_minimums_and_ties() {
    let desk = Desk::empty();
    desk.put("figures.csv", "Category;Name;Population\nage;under 20;500\nage;20-64;7000\nage;65+;2500\nsex;a;50\nsex;b;50\n");
    let options = [
        "--shares",
        "figures.csv",
        "--size",
        "21",
        "--method",
        "hamilton",
        "--minimum",
        "Age=Under 20:2",
        "--out",
        "made/q.csv",
    ];
    let run = desk.run("quotas", &options).exits(0);
    let text = run.out();
    assert!(text.contains("at least 2"), "{text}");
    assert!(
        text.contains("Tie: a got the last seat, b did not, with equal claims."),
        "{text}"
    );
    assert_eq!(
        desk.text("made/q.csv"),
        "feature,value,min,max\nage,under 20,2,2\nage,20-64,14,14\nage,65+,5,5\nsex,a,11,11\nsex,b,10,10\n"
    );
    let quotas = io::read_quotas(desk.path("made/q.csv")).unwrap();
    assert_eq!(quotas.iter().map(|q| q.min).sum::<u32>(), 42);
}

#[test]
fn bad_input_is_told_and_nothing_is_written() {
    let desk = Desk::empty();
    desk.put(
        "figures.csv",
        "feature,value,share\nage,young,0.5\nage,old,x\n",
    );
    let run = desk
        .run("quotas", &["--shares", "figures.csv", "--size", "9"])
        .exits(2);
    assert_eq!(
        run.err(),
        "E-SHARE-NUMBER figures.csv row 3, column \"share\": found \"x\", expected a number of 0 or more, with or without %, nothing between thousands, at most 15 digits\n"
    );
    let run = desk.run("quotas", &["--minimum", "age=75+:37"]).exits(2);
    assert!(run.err().starts_with("E-MINIMUM-SUM shares.csv (bundled): found minimums of \"age\" that add up to 37, expected at most the panel size (36)"));
    let run = desk.run("quotas", &["--method", "jefferson"]).exits(2);
    assert!(run.err().contains("no method \"jefferson\"; the methods are hamilton, sainte-lague, adams, range, tolerance:T"), "{}", run.err());
    desk.run("quotas", &["--shares", "nowhere.csv", "--size", "9"])
        .exits(2);
    assert_eq!(desk.names("."), ["figures.csv"]);
}
