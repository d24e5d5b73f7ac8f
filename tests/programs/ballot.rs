//! The program that counts votes.

use std::fs;

use crate::desk::Desk;

#[test]
fn without_arguments_the_bundled_votes_are_counted() {
    let out = Desk::empty().run("ballot", &[]).exits(0).out();
    for part in [
        "Demonstration",
        "Yes 54, no 31, neither 6",
        " 59.34 % of   91 cast\n",
        " 63.53 % of   85 expressed   <- decides",
        "Needed: more than 1/2 of expressed",
        "\nADOPTED\n",
    ] {
        assert!(out.contains(part), "no {part:?} in:\n{out}");
    }
}

#[test]
fn the_denominator_decides_and_small_groups_are_held_back() {
    let desk = Desk::empty();
    let at_least = |of: &str| {
        let out = desk.run("ballot", &["--at-least", "60%", "--of", of]);
        out.exits(0).out()
    };
    assert!(at_least("cast").contains("\nREJECTED\n"));
    assert!(at_least("expressed").contains("\nADOPTED\n"));
    let quorum = ["--quorum", "9/10", "--quorum-of"];
    let run = |of: &str| desk.run("ballot", &[&quorum[..], &[of]].concat());
    run("cast").exits(0);
    assert!(
        run("expressed")
            .exits(1)
            .out()
            .contains("too few took part")
    );
    let out = desk.run("ballot", &["--stratum", "age", "--minority", "1/3"]);
    let out = out.exits(0).out();
    assert!(
        out.contains("The 31 against may write a minority report."),
        "{out}"
    );
    let last = out.lines().last().unwrap_or_default();
    let cells: Vec<&str> = last.split_whitespace().collect();
    assert_eq!(cells, ["75+", "*", "*", "*", "6"]);
}

#[test]
fn unfit_votes_are_all_named() {
    let desk = Desk::empty();
    fs::write(desk.path("votes.csv"), "vote;sex\nja;a\nmaybe;\n;b\n").unwrap();
    let flags = [
        "--votes",
        "votes.csv",
        "--eligible",
        "9",
        "--present",
        "9",
        "--stratum",
        "sex",
    ];
    assert_eq!(
        desk.run("ballot", &flags).exits(2).err(),
        "E-BALLOT-VOTE votes.csv row 3, column \"vote\": found \"maybe\", expected yes, no or abstain\n\
         E-BALLOT-STRATUM votes.csv row 3, column \"sex\": found \"\", expected the voter's stratum\n\
         E-BALLOT-VOTE votes.csv row 4, column \"vote\": found \"\", expected yes, no or abstain\n"
    );
    fs::write(desk.path("votes.csv"), "vote\nja\nnej\n").unwrap();
    let flags = ["--votes", "votes.csv", "--eligible", "9", "--present", "1"];
    assert!(
        desk.run("ballot", &flags)
            .exits(2)
            .err()
            .starts_with("E-BALLOT-TURNOUT")
    );
}

#[test]
fn nobody_votes_twice_and_a_few_votes_come_with_a_word() {
    let desk = Desk::empty();
    let run = |text: &str| {
        fs::write(desk.path("votes.csv"), text).unwrap();
        desk.run(
            "ballot",
            &["--votes", "votes.csv", "--eligible", "9", "--present", "9"],
        )
    };
    assert_eq!(
        run("ID,vote\np1,yes\np2,no\n p1 ,yes\n,yes\n,yes\n")
            .exits(2)
            .err(),
        "E-BALLOT-TWICE votes.csv row 4, column \"ID\": found \" p1 \", expected one vote each; see row 2\n"
    );
    let note = "Fewer than five voted: these counts may tell who voted how.";
    assert!(
        run("vote\nyes\nyes\nno\nno\n")
            .exits(0)
            .out()
            .contains(note)
    );
    let five = "vote\nyes\nyes\nno\nno\nyes\n";
    assert!(!run(five).exits(0).out().contains(note));
}
