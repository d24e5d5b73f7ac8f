//! Draws without an explicit lottery, and panels sampled where they are too many to list.

use std::fs;

use super::desk::Desk;

const DRAWN: [&str; 5] = [
    "alternates.csv",
    "remaining.csv",
    "report.html",
    "selected.csv",
    "transcript.json",
];

#[test]
fn every_direct_rule_draws_reports_and_verifies() {
    for rule in ["random", "stratified:sex+age", "legacy", "diversimax"] {
        let desk = Desk::small();
        let run = desk
            .draw_own(&["--size", "6", "--rule", rule, "--source", "dice 3"])
            .exits(0);
        assert!(run.out().contains("no certificate"), "{}", run.out());
        assert_eq!(desk.names("draw-out"), DRAWN, "{rule}");
        assert_eq!(desk.text("draw-out/selected.csv").lines().count(), 7);
        assert_eq!(desk.text("draw-out/alternates.csv").lines().count(), 19);
        assert!(
            desk.text("draw-out/transcript.json")
                .starts_with("{\"certificate\":\"no certificate\"")
        );
        let checked = desk.verify("draw-out/transcript.json").exits(0);
        assert!(checked.out().contains("not checked"), "{}", checked.out());
    }
}

#[test]
fn what_is_known_about_a_direct_draw_is_said() {
    let desk = Desk::small();
    let draw = |rule: &str, lang: &str| {
        let source = ["--source", "dice 3", "--lang", lang, "--out", "out"];
        let run = desk.draw_own(&[&["--size", "6", "--rule", rule], &source[..]].concat());
        (run.exits(0).out(), desk.text("out/report.html"))
    };
    let (summary, report) = draw("random", "en");
    assert!(summary.contains("25.0000 % (6/24)"), "{summary}");
    assert!(summary.contains("Quotas met"), "{summary}");
    assert!(report.contains("25.00\u{a0}%") && report.contains("No certificate"));
    let (summary, report) = draw("legacy", "en");
    assert!(summary.contains("of 10000"), "{summary}");
    assert!(summary.contains("Nobody knows"), "{summary}");
    assert!(report.contains("attempts until the first panel, of at most 10,000"));
    let (summary, report) = draw("diversimax", "da");
    assert!(summary.contains("intet panel har under"), "{summary}");
    assert!(report.contains("lang=\"da\"") && report.contains("Intet bevis"));
}

#[test]
fn a_direct_draw_is_committed_first_and_drawn_later() {
    let desk = Desk::small();
    let terms = ["--size", "6", "--rule", "legacy", "--attempts", "500"];
    let announce = ["--announce", "dice on Friday", "--commit-only"];
    desk.draw_own(&[&terms[..], &announce[..], &["--out", "public"]].concat())
        .exits(0);
    assert_eq!(desk.names("public"), ["commit.json", "commitment.txt"]);
    let later = ["--commit", "public/commit.json", "--source", "3-5"];
    desk.draw_own(&[&later[..], &["--out", "public"]].concat())
        .exits(0);
    desk.verify("public/transcript.json").exits(0);
    let transcript = desk.text("public/transcript.json");
    assert!(transcript.contains("\"order\":\"committed first\""));
    assert!(transcript.contains("\"attempts\":500"));
    // Neither other terms, nor another number of sources, nor another draw in the same folder.
    desk.draw_own(&[&later[..], &["--attempts", "7"]].concat())
        .exits(2)
        .complains(&["--attempts cannot change a committed draw"]);
    desk.draw_own(&[&later[..], &["--source", "4"]].concat())
        .exits(2);
    desk.draw_own(&["--size", "6", "--commit-only", "--out", "public"])
        .exits(1)
        .complains(&["never overwritten"]);
    let commit = desk.text("public/commit.json");
    desk.put("public/commit.json", &commit.replace("500", "501"));
    desk.draw_own(&later)
        .exits(2)
        .complains(&["changed after it was published"]);
}

#[test]
fn a_tampered_direct_transcript_is_rejected() {
    let desk = Desk::small();
    desk.draw_own(&["--size", "6", "--rule", "random", "--source", "dice 3"])
        .exits(0);
    let transcript = desk.text("draw-out/transcript.json");
    desk.put("other.json", &transcript.replace("dice 3", "dice 4"));
    assert!(
        desk.verify("other.json")
            .exits(1)
            .out()
            .contains("REJECTED")
    );
    desk.put("half.json", &transcript[..transcript.len() / 2]);
    desk.verify("half.json").exits(2);
    let pool = desk.text("pool.csv");
    desk.put("pool.csv", &pool.replacen("Woman", "Man", 1));
    desk.verify("draw-out/transcript.json").exits(1);
}

#[test]
fn legacy_that_finds_no_panel_says_how_far_it_got() {
    let desk = Desk::empty();
    // The only person with w has a value of which nobody is wanted.
    desk.put(
        "quotas.csv",
        "feature,value,min,max\nf,x,1,1\nf,z,1,1\nf,v,0,0\ng,y,1,1\ng,w,1,1\n",
    );
    desk.put("pool.csv", "id,f,g\na,x,y\nb,z,y\nc,v,w\n");
    let legacy = ["--size", "2", "--rule", "legacy", "--source", "3"];
    desk.draw_own(&[&legacy[..], &["--attempts", "25"]].concat())
        .exits(1)
        .complains(&["no panel after 25 attempts", "g = w", "--attempts N"]);
    assert!(desk.names("draw-out").is_empty());
}

#[test]
fn options_of_another_kind_of_draw_are_named() {
    let desk = Desk::small();
    let with = |more: &[&str]| desk.draw_own(&[&["--size", "6", "--source", "3"], more].concat());
    with(&["--rule", "random", "--tickets", "9", "--spread", "3"])
        .exits(2)
        .complains(&[
            "--tickets belongs to a lottery",
            "--spread belongs to a lottery",
        ]);
    with(&["--rule", "diversimax", "--stage-one", "3"])
        .exits(2)
        .complains(&["--rounding or --stage-one belongs to a lottery"]);
    with(&["--rule", "random", "--attempts", "9"])
        .exits(2)
        .complains(&["--attempts belongs to --rule legacy"]);
    with(&["--attempts", "9"]).exits(2);
    with(&["--rule", "stratified:hight"])
        .exits(2)
        .complains(&["E-STRATA-FEATURE", "age, sex"]);
    with(&["--rule", "stratified:"])
        .exits(2)
        .complains(&["names no feature"]);
    with(&["--rule", "leximin", "--stage-one", "3", "--tickets", "9"])
        .exits(2)
        .complains(&["--stage-one is for --rounding pipage, and for --rule uniform"]);
    with(&["--rule", "uniform", "--stage-one", "3"])
        .exits(2)
        .complains(&["--tickets N"]);
    with(&["--rule", "uniform", "--spread", "3"])
        .exits(2)
        .complains(&["--spread has no use"]);
    assert!(desk.names("draw-out").is_empty());
}

#[test]
fn panels_of_rules_over_all_panels_are_listed_or_sampled() {
    for rule in ["uniform", "max-entropy"] {
        let desk = Desk::small();
        let own = ["--size", "6", "--rule", rule, "--source", "dice 3"];
        desk.draw_own(&own).exits(0);
        desk.verify("draw-out/transcript.json").exits(0);
        let sampled = [
            "--tickets",
            "40",
            "--stage-one",
            "lotto 7",
            "--out",
            "drawn",
        ];
        desk.draw_own(&[&own[..], &sampled[..]].concat()).exits(0);
        desk.verify("drawn/transcript.json").exits(0);
        assert!(desk.text("drawn/certificate.json").contains("lotto 7"));
        assert!(
            desk.text("drawn/lottery.json")
                .starts_with("{\"denominator\":40,\"form\":\"panels\"")
        );
    }
}

#[test]
fn too_many_panels_lead_to_the_options_that_sample() {
    let desk = Desk::empty();
    desk.draw(&["--rule", "uniform"])
        .exits(1)
        .complains(&["--tickets N", "--stage-one"]);
    assert!(desk.names("draw-out").is_empty());
    desk.draw(&["--rule", "uniform", "--tickets", "20", "--stage-one", "3"])
        .exits(0);
    for name in ["pool.csv", "quotas.csv"] {
        fs::copy(super::desk::bundled(name), desk.path(name)).unwrap();
    }
    desk.verify("draw-out/transcript.json").exits(0);
}

#[test]
fn vacant_seats_are_drawn_again_and_verified() {
    let desk = Desk::small();
    desk.draw_own(&["--size", "6", "--source", "dice 3"])
        .exits(0);
    let selected = desk.text("draw-out/selected.csv");
    let lines: Vec<&str> = selected.lines().collect();
    let (header, members) = (lines[0], &lines[1..]);
    // two of six leave; they may not be drawn again
    desk.put("stay.csv", &[&[header], &members[..4]].concat().join("\n"));
    desk.put("left.csv", &[&[header], &members[4..]].concat().join("\n"));
    let lists = ["--seated", "stay.csv", "--excluded", "left.csv"];
    let terms = [
        "--size",
        "6",
        "--out",
        "again",
        "--commit-only",
        "--announce",
        "dice",
    ];
    desk.draw_own(&[&terms[..], &lists].concat()).exits(0);
    let second = [
        "--lottery",
        "again/lottery.json",
        "--source",
        "dice 4",
        "--out",
        "drawn",
    ];
    let run = desk.draw_own(&[&second[..], &lists].concat()).exits(0);
    assert!(run.out().contains("--seated stay.csv --excluded left.csv"));
    let drawn = desk.text("drawn/selected.csv");
    assert_eq!(drawn.lines().count(), 3);
    assert!(members.iter().all(|member| !drawn.contains(member)));
    let verify = |lists: &[&str]| desk.verify_with("drawn/transcript.json", lists);
    verify(&lists).exits(0);
    // without those who stay, the quotas ask for more than the seats that were drawn
    verify(&lists[2..])
        .exits(2)
        .complains(&["E-QUOTA-SUM-MIN", "give their list with --seated"]);
    let own = [
        "--pool",
        "pool.csv",
        "--quotas",
        "quotas.csv",
        "--transcript",
    ];
    let reserves = [&own[..], &["drawn/transcript.json"], &lists].concat();
    desk.run("replacements", &reserves).exits(0);
    let run = verify(&lists[..2]).exits(1);
    assert!(run.out().contains("REJECTED     pool"));
}
