//! Runs the example programs as a user would: as processes, with files.
#![cfg(all(feature = "csv", feature = "json", feature = "report"))]

#[path = "programs/assess.rs"]
mod assess;
#[path = "programs/ballot.rs"]
mod ballot;
#[path = "programs/borgersamling.rs"]
mod borgersamling;
#[path = "programs/ceremony.rs"]
mod ceremony;
#[path = "programs/compare.rs"]
mod compare;
#[path = "programs/desk.rs"]
mod desk;
#[path = "programs/direct.rs"]
mod direct;
#[path = "programs/infeasible.rs"]
mod infeasible;
#[path = "programs/invitations.rs"]
mod invitations;
#[path = "programs/quotas.rs"]
mod quotas;
#[path = "programs/receipt.rs"]
mod receipt;
#[path = "programs/replacements.rs"]
mod replacements;
#[path = "programs/seating.rs"]
mod seating;
#[path = "programs/terms.rs"]
mod terms;

use std::fs;
use std::path::Path;

use desk::{Desk, bundled};

const ALL_FILES: [&str; 10] = [
    "alternates.csv",
    "certificate.json",
    "commit.json",
    "commitment.txt",
    "lottery.json",
    "probabilities.csv",
    "remaining.csv",
    "report.html",
    "selected.csv",
    "transcript.json",
];
const LOTTERY_FILES: [&str; 6] = [
    "certificate.json",
    "commit.json",
    "commitment.txt",
    "lottery.json",
    "probabilities.csv",
    "report.html",
];

#[test]
fn the_bundled_pool_is_what_its_generator_makes() {
    let desk = Desk::empty();
    desk.run("generate_pool", &["."]).exits(0);
    for name in [
        "pool.csv",
        "quotas.csv",
        "shares.csv",
        "infeasible-quotas.csv",
        "register.csv",
        "votes.csv",
    ] {
        assert_eq!(
            desk.text(name),
            fs::read_to_string(bundled(name)).unwrap(),
            "{name}"
        );
    }
}

#[test]
fn without_arguments_the_bundled_pool_is_drawn_and_verifies() {
    let desk = Desk::empty();
    let run = desk.draw(&[]).exits(0);
    let summary = run.out();
    for part in [
        "Demonstration",
        "669",
        "36",
        "Gini",
        "Geometric mean",
        "Compositions",
        "Ticket",
        "Lowest probability",
    ] {
        assert!(summary.contains(part), "no {part:?} in:\n{summary}");
    }
    assert_eq!(desk.names("draw-out"), ALL_FILES);
    assert_eq!(desk.text("draw-out/selected.csv").lines().count(), 37);
    assert_eq!(desk.text("draw-out/alternates.csv").lines().count(), 634);
    assert_eq!(desk.text("draw-out/remaining.csv").lines().count(), 634);
    assert_eq!(desk.text("draw-out/probabilities.csv").lines().count(), 670);
    fs::copy(bundled("pool.csv"), desk.path("pool.csv")).unwrap();
    fs::copy(bundled("quotas.csv"), desk.path("quotas.csv")).unwrap();
    desk.verify("draw-out/transcript.json").exits(0);
}

#[test]
fn the_summary_follows_the_language() {
    let desk = Desk::small();
    let danish = desk
        .draw_own(&["--size", "6", "--source", "dice 3", "--lang", "da"])
        .exits(0)
        .out();
    assert!(danish.contains("Laveste sandsynlighed"), "{danish}");
    assert!(desk.text("draw-out/report.html").contains("lang=\"da\""));
}

#[test]
fn own_files_need_a_source_or_commit_only() {
    let desk = Desk::small();
    desk.draw_own(&["--size", "6"]).exits(2).complains(&[
        "--source",
        "--commit-only",
        "dice",
        "drand",
    ]);
    assert!(desk.names("draw-out").is_empty());
}

#[test]
fn every_gap_in_the_command_line_is_named_at_once() {
    let desk = Desk::empty();
    desk.draw(&["--size", "6", "--commit-only", "--source", "dice 3"])
        .exits(2)
        .complains(&[
            "--quotas FILE is missing",
            "--pool FILE is missing",
            "leave --source out",
        ]);
    desk.draw(&[
        "--lottery",
        "lottery.json",
        "--size",
        "6",
        "--rule",
        "maximin",
    ])
    .exits(2)
    .complains(&[
        "--quotas FILE is missing",
        "--pool FILE is missing",
        "--size cannot change a committed lottery",
        "--rule cannot change a committed lottery",
        "--source TEXT is missing",
    ]);
    desk.draw(&["--no-such-flag"]).exits(2);
    desk.draw(&["--rule", "nashh"])
        .exits(2)
        .complains(&["known rules: maximin, leximin"]);
    assert!(desk.names(".").is_empty());
}

#[test]
fn every_problem_of_both_files_is_on_stderr_and_nothing_is_written() {
    let desk = Desk::empty();
    desk.put(
        "quotas.csv",
        "feature,value,min,max\nsex,Woman,3,2\nsex,Man,x,3\n",
    );
    desk.put("pool.csv", "code,sex\na,Woman\nb,Many\n,Man\n");
    desk.draw_own(&["--size", "3", "--source", "dice 3"])
        .exits(2)
        .complains(&[
            "quotas.csv row 2",
            "quotas.csv row 3",
            "pool.csv row 3",
            "pool.csv row 4",
        ]);
    desk.draw(&[
        "--quotas", "no.csv", "--pool", "none.csv", "--size", "3", "--source", "x",
    ])
    .exits(2)
    .complains(&["no.csv: ", "none.csv: "]);
    assert_eq!(desk.names("."), ["pool.csv", "quotas.csv"]);
}

#[test]
fn clashing_quotas_are_named_with_exit_code_3() {
    let desk = Desk::empty();
    let mut pool = String::from("id,sex,age\n");
    for i in 0..12 {
        pool += &format!(
            "p{i},{}\n",
            if i % 2 == 0 { "Woman,young" } else { "Man,old" }
        );
    }
    desk.put("pool.csv", &pool);
    desk.put(
        "quotas.csv",
        "feature,value,min,max\nsex,Woman,3,4\nsex,Man,2,3\nage,young,1,2\nage,old,4,5\n",
    );
    let run = desk
        .draw_own(&["--size", "6", "--source", "dice 3"])
        .exits(3);
    run.complains(&[
        "age = old: at least 4",
        "sex = Man: at most 3",
        "so it needs 1 person with age old and sex Woman; the pool has 0",
    ]);
    assert_eq!(desk.names("."), ["pool.csv", "quotas.csv"]);
}

#[test]
fn the_household_rule_is_named_when_it_takes_part_in_the_clash() {
    let desk = Desk::empty();
    let mut pool = String::from("id,sex,street,town\n");
    for i in 0..12 {
        let home = if i % 2 == 0 {
            "1 Oak Street,Town".into()
        } else {
            format!("{i} Mill Lane,Town")
        };
        pool += &format!("p{i},{},{home}\n", if i % 2 == 0 { "Woman" } else { "Man" });
    }
    desk.put("pool.csv", &pool);
    desk.put(
        "quotas.csv",
        "feature,value,min,max\nsex,Woman,2,2\nsex,Man,2,2\n",
    );
    let flags = ["--size", "4", "--source", "dice 3"];
    desk.draw_own(&[&flags[..], &["--household", "street,town"]].concat())
        .exits(3)
        .complains(&[
            "sex = Woman: at least 2",
            "at most one person per household",
            "the pool has them in 1 household",
        ]);
    desk.draw_own(&flags).exits(0);
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let desk = Desk::small();
    desk.draw_own(&["--size", "6", "--source", "dice 3", "--out", "one"])
        .exits(0);
    desk.shuffle_rows("pool.csv");
    desk.shuffle_rows("quotas.csv");
    desk.draw_own(&["--size", "6", "--source", "dice 3", "--out", "two"])
        .exits(0);
    for name in [
        "lottery.json",
        "commitment.txt",
        "commit.json",
        "certificate.json",
        "probabilities.csv",
        "transcript.json",
    ] {
        assert_eq!(
            desk.text(&format!("one/{name}")),
            desk.text(&format!("two/{name}")),
            "{name}"
        );
    }
}

#[test]
fn committing_first_and_drawing_later_gives_the_same_panel() {
    let desk = Desk::small();
    let announce = [
        "--size",
        "6",
        "--announce",
        "dice on Friday",
        "--announce",
        "beacon round 7",
    ];
    desk.draw_own(&[&announce[..], &["--commit-only", "--out", "public"]].concat())
        .exits(0);
    assert_eq!(desk.names("public"), LOTTERY_FILES);
    let sources = ["--source", "dice 3-5", "--source", "beacon 9f2c"];
    desk.draw_own(
        &[
            &["--lottery", "public/lottery.json", "--out", "public"],
            &sources[..],
        ]
        .concat(),
    )
    .exits(0);
    assert_eq!(desk.names("public"), ALL_FILES);
    desk.draw_own(&[&announce[..], &sources[..], &["--out", "once"]].concat())
        .exits(0);
    for name in ALL_FILES {
        let same = desk.text(&format!("public/{name}")) == desk.text(&format!("once/{name}"));
        assert_eq!(
            same,
            !["transcript.json", "report.html"].contains(&name),
            "{name}"
        );
    }
    assert!(
        desk.text("public/transcript.json")
            .contains("\"order\":\"committed first\"")
    );
    assert!(
        desk.text("once/transcript.json")
            .contains("\"order\":\"unproven\"")
    );
    desk.verify("public/transcript.json").exits(0);
    desk.verify("once/transcript.json").exits(0);
}

#[test]
fn a_committed_lottery_takes_the_announced_number_of_sources() {
    let desk = Desk::small();
    desk.draw_own(&[
        "--size",
        "6",
        "--announce",
        "dice",
        "--commit-only",
        "--out",
        "public",
    ])
    .exits(0);
    let before = desk.contents("public");
    let two = [
        "--lottery",
        "public/lottery.json",
        "--source",
        "3",
        "--source",
        "4",
        "--out",
        "public",
    ];
    desk.draw_own(&two).exits(2).complains(&["1", "2"]);
    assert_eq!(desk.contents("public"), before);
}

#[test]
fn a_committed_lottery_is_not_drawn_with_another_pool() {
    let desk = Desk::small();
    desk.draw_own(&["--size", "6", "--commit-only", "--out", "public"])
        .exits(0);
    let pool = desk.text("pool.csv");
    desk.put("pool.csv", &pool.replacen("Woman", "Man", 1));
    let run = desk.draw_own(&[
        "--lottery",
        "public/lottery.json",
        "--source",
        "3",
        "--out",
        "drawn",
    ]);
    assert_ne!(run.code(), 0);
    assert!(run.err().contains("pool"), "{}", run.err());
    assert!(desk.names("drawn").is_empty());
}

#[test]
fn a_commitment_changed_after_publication_is_not_drawn_from() {
    let desk = Desk::small();
    let announced = ["--size", "6", "--announce", "dice", "--commit-only"];
    desk.draw_own(&[&announced[..], &["--out", "public"]].concat())
        .exits(0);
    let commit = desk.text("public/commit.json");
    desk.put("public/commit.json", &commit.replace("dice", "mice"));
    let lottery = ["--lottery", "public/lottery.json", "--source", "3"];
    desk.draw_own(&[&lottery[..], &["--out", "drawn"]].concat())
        .exits(2)
        .complains(&["commitment.txt", "changed after it was published"]);
    assert!(desk.names("drawn").is_empty());
}

#[test]
fn another_committed_lottery_is_never_overwritten() {
    let desk = Desk::small();
    desk.draw_own(&["--size", "6", "--commit-only"]).exits(0);
    let before = desk.contents("draw-out");
    desk.draw_own(&["--size", "6", "--commit-only"]).exits(0);
    assert_eq!(desk.contents("draw-out"), before);
    desk.draw_own(&["--size", "6", "--tickets", "10", "--commit-only"])
        .exits(1)
        .complains(&["draw-out", "--out"]);
    desk.draw_own(&["--size", "6", "--announce", "dice", "--source", "3"])
        .exits(1);
    assert_eq!(desk.contents("draw-out"), before);
}

#[test]
fn a_panel_list_for_balls() {
    let desk = Desk::small();
    let run = desk
        .draw_own(&["--size", "6", "--tickets", "50", "--source", "ball 23"])
        .exits(0);
    assert!(run.out().contains("Largest deviation"), "{}", run.out());
    assert!(
        desk.text("draw-out/lottery.json")
            .starts_with("{\"denominator\":50,\"form\":\"panels\"")
    );
    assert!(!desk.text("draw-out/commit.json").contains("\"form\""));
    desk.verify("draw-out/transcript.json").exits(0);
}

#[test]
fn maximin_and_a_lottery_without_spread() {
    let desk = Desk::small();
    desk.draw_own(&[
        "--size", "6", "--rule", "maximin", "--spread", "0", "--source", "3",
    ])
    .exits(0);
    assert!(
        desk.text("draw-out/commit.json")
            .contains("\"rule\":\"maximin\"")
    );
    desk.verify("draw-out/transcript.json").exits(0);
}

#[test]
fn ids_and_households_by_column_name() {
    let desk = Desk::small();
    let pool = desk
        .text("pool.csv")
        .replace("code,sex,age,note", "note of row,sex,age,code");
    desk.put("pool.csv", &pool);
    desk.draw_own(&[
        "--size",
        "6",
        "--id",
        "CODE",
        "--household",
        "note of row",
        "--source",
        "3",
    ])
    .exits(0);
    assert!(
        desk.text("draw-out/probabilities.csv")
            .lines()
            .nth(1)
            .unwrap()
            .starts_with("note 0,")
    );
    desk.verify("draw-out/transcript.json").exits(0);
}

#[test]
fn several_people_of_a_household() {
    let desk = Desk::empty();
    let mut pool = String::from("id,sex,street\n");
    for i in 0..12 {
        let (sex, street) = (["Woman", "Man"][i % 2], i / 4);
        pool += &format!("p{i:02},{sex},{street} Oak Street\n");
    }
    desk.put("pool.csv", &pool);
    let quotas = "feature,value,min,max\nsex,Woman,2,3\nsex,Man,2,3\n";
    desk.put("quotas.csv", quotas);
    let flags = ["--size", "5", "--source", "dice 3", "--household", "street"];
    desk.draw_own(&flags)
        .exits(2)
        .complains(&["E-SIZE-HOUSEHOLDS", "at most 3, the households of the pool"]);
    desk.draw_own(&[&flags[..], &["--household-most", "2"]].concat())
        .exits(0);
    let commit = desk.text("draw-out/commit.json");
    assert!(commit.contains(r#""columns":{"household":["street"],"id":"id","most":2}"#));
    assert!(
        desk.text("draw-out/report.html")
            .contains("At most 2 people from each household")
    );
    let verified = desk.verify("draw-out/transcript.json").exits(0);
    assert!(verified.out().contains("at most 2 people per household"));
    let again = [
        "--lottery",
        "draw-out/lottery.json",
        "--source",
        "dice 3",
        "--household",
        "street",
        "--household-most",
        "3",
    ];
    desk.draw_own(&again)
        .exits(2)
        .complains(&["--household-most is not the committed 2"]);
}

#[test]
fn outputs_keep_columns_separator_and_harmless_cells() {
    let desk = Desk::small();
    let pool = desk
        .text("pool.csv")
        .replace(',', ";")
        .replacen("note 0", "=1+1", 1);
    desk.put("pool.csv", &pool);
    desk.draw_own(&["--size", "6", "--source", "3"])
        .exits(0)
        .complains(&["W-"]);
    let (selected, alternates) = (
        desk.text("draw-out/selected.csv"),
        desk.text("draw-out/alternates.csv"),
    );
    assert!(selected.starts_with("code;sex;age;note"), "{selected}");
    assert!(
        alternates.lines().next().unwrap().contains("rank"),
        "{alternates}"
    );
    assert!(!selected.contains(";=1+1") && !alternates.contains(";=1+1"));
}

#[test]
fn probabilities_have_one_row_per_person_and_add_up_to_the_seats() {
    let desk = Desk::small();
    desk.draw_own(&["--size", "6", "--commit-only"]).exits(0);
    let text = desk.text("draw-out/probabilities.csv");
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("id,numerator,denominator,probability"));
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 24);
    assert!(rows.is_sorted_by_key(|row| row[0]));
    let sum: f64 = rows
        .iter()
        .map(|row| row[1].parse::<f64>().unwrap() / row[2].parse::<f64>().unwrap())
        .sum();
    assert!((sum - 6.0).abs() < 1e-9, "{sum}");
}

#[test]
fn a_tampered_transcript_is_rejected_and_a_broken_one_unreadable() {
    let desk = Desk::small();
    desk.draw_own(&["--size", "6", "--source", "dice 3"])
        .exits(0);
    let good = desk.text("draw-out/transcript.json");
    for (old, new) in [
        ("\"dice 3\"", "\"dice 4\""),
        ("\"unproven\"", "\"committed first\""),
        ("\"panel_size\":6", "\"panel_size\":5"),
        ("\"id\":\"code\"", "\"id\":\"age\""),
        ("kleroterion-transcript/1", "kleroterion-transcript/2"),
        ("sortition-draw/1", "sortition-draw/2"),
        ("\"leximin\"", "\"maximin\""),
        ("\"ticket\":", "\"ticket\":1"),
    ] {
        assert!(good.contains(old), "{old} not in the transcript");
        desk.put("bad.json", &good.replacen(old, new, 1));
        let run = desk.verify("bad.json").exits(1);
        assert!(
            (run.out() + &run.err()).to_lowercase().contains("rejected"),
            "{}",
            run.out()
        );
    }
    desk.put("bad.json", &good[..good.len() / 2]);
    desk.verify("bad.json").exits(2);
    desk.verify("missing.json").exits(2);
    desk.put("pool.csv", "nothing,here\n");
    desk.verify("draw-out/transcript.json").exits(2);
}

/// Paste the new output into README.md when this fails for a good reason.
#[test]
fn the_readme_shows_the_real_output() {
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let desk = Desk::empty();
    let summary = desk.draw(&[]).exits(0).out();
    // The last line holds the path of the program.
    let (summary, _) = summary.trim_end().rsplit_once('\n').unwrap();
    assert!(readme.contains(summary), "README.md lacks\n{summary}");
    fs::copy(bundled("pool.csv"), desk.path("pool.csv")).unwrap();
    fs::copy(bundled("quotas.csv"), desk.path("quotas.csv")).unwrap();
    let verdicts = desk.verify("draw-out/transcript.json").exits(0).out();
    assert!(readme.contains(&verdicts), "README.md lacks\n{verdicts}");
}
