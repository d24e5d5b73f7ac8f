//! Every rule, kept and broken; attendance, history and replanning; contradictions.

use kleroterion::ErrorKind;
use kleroterion::assembly::{
    Attendance, Round, SeatRule, Seating, SeatingBuilder, SeatingOptions, SeatingPlan, Violation,
};

use crate::panels::panel;

fn quick(seating: &Seating) -> SeatingPlan {
    let plan = seating
        .plan_with(&SeatingOptions::new("seed").moves(60_000))
        .unwrap();
    assert_eq!(plan.verify(seating), Ok(()));
    plan
}

fn codes(builder: SeatingBuilder) -> Vec<String> {
    match builder.build() {
        Ok(_) => Vec::new(),
        Err(error) => error.problems().iter().map(|p| p.code.clone()).collect(),
    }
}

/// A seating with every kind of rule.
fn everything() -> Seating {
    let round = || {
        Round::sized([4..=6, 4..=6, 4..=6, 4..=6])
            .tag(2, "Step-free")
            .tag(3, "step-free")
    };
    let mut builder = panel(20, 3, "rules");
    for f in ["fa", "fb", "fc", "fd", "fe"] {
        builder = builder.facilitator(f);
    }
    builder
        .round(round())
        .round(round().without(["m004", "m019", "fe"]))
        .round(Round::even(3).tag(1, "step-free").without(["m007"]))
        .rule(SeatRule::diversify("f0"))
        .rule(SeatRule::Diversify {
            feature: "F1".to_owned(),
            weight: 2,
        })
        .rule(SeatRule::cluster("f2", "v2", 2))
        .rule(SeatRule::apart("m000", "m001"))
        .rule(SeatRule::apart("m002", "fa"))
        .rule(SeatRule::together("m002", "m003"))
        .rule(SeatRule::together("m003", "m004"))
        .rule(SeatRule::pin("m005", 2, 4))
        .rule(SeatRule::tables("m006", [1, 2]))
        .rule(SeatRule::tables("fb", [1]))
        .rule(SeatRule::needs("m008", "step-free"))
        .met("m000", "m009", 3)
        .build()
        .unwrap()
}

#[test]
fn all_rules_at_once_are_kept() {
    let seating = everything();
    let plan = quick(&seating);
    for round in 1..=3 {
        let table = |id: &str| plan.table_of(round, id);
        assert_ne!(table("m000"), table("m001"));
        assert_ne!(table("m002"), table("fa"));
        assert_eq!(table("m002"), table("m003"));
        assert!(
            matches!(table("fb"), None | Some(1)),
            "facilitators may pause"
        );
        assert!(matches!(table("m006"), Some(1 | 2)));
        assert!(matches!(
            (round, table("m008")),
            (1 | 2, Some(2 | 3)) | (3, Some(1))
        ));
    }
    assert_eq!(
        (
            plan.table_of(2, "m005"),
            plan.table_of(2, "m019"),
            plan.table_of(3, "m007")
        ),
        (Some(4), None, None)
    );
    assert_eq!(plan.table_of(1, "m002"), plan.table_of(1, "m004"));
    assert_eq!(plan, quick(&seating), "the same seed, the same plan");
    let text = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<SeatingPlan>(&text).unwrap(), plan);
}

/// Two people change seats in a round.
fn swapped(plan: &SeatingPlan, round: usize, a: &str, b: &str) -> SeatingPlan {
    let mut plan = plan.clone();
    for table in &mut plan.rounds[round - 1].tables {
        for id in table.members.iter_mut().chain(&mut table.facilitators) {
            if id == a {
                *id = b.to_owned();
            } else if id == b {
                *id = a.to_owned();
            }
        }
    }
    plan
}

/// The plan is rejected, among others for this.
fn rejected(seating: &Seating, plan: &SeatingPlan, test: &dyn Fn(&Violation) -> bool) {
    let found = plan.verify(seating).unwrap_err();
    assert!(found.iter().any(test), "{found:?}");
    let error = plan.report(seating).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Rejected(_)));
}

#[test]
fn every_planted_violation_of_seats_is_found() {
    let seating = everything();
    let plan = quick(&seating);
    let has =
        |plan: &SeatingPlan, test: &dyn Fn(&Violation) -> bool| rejected(&seating, plan, test);
    let mut fewer = plan.clone();
    fewer.rounds.pop();
    has(&fewer, &|v| *v == Violation::Rounds(vec![1, 2]));
    let mut narrow = plan.clone();
    narrow.rounds[0].tables.pop();
    has(&narrow, &|v| *v == Violation::Tables(1, 3));
    has(&plan.clone().without(1, "m010"), &|v| {
        *v == Violation::Missing(1, "m010".to_owned())
    });
    let mut twice = plan.clone();
    twice.rounds[0].tables[plan.table_of(1, "m010").unwrap() as usize % 4]
        .members
        .push("m010".to_owned());
    has(&twice, &|v| *v == Violation::Twice(1, "m010".to_owned()));
    let mut stranger = plan.clone();
    stranger.rounds[1].tables[0].members.push("m019".to_owned());
    stranger.rounds[1].tables[0]
        .members
        .push("nobody".to_owned());
    has(&stranger, &|v| {
        *v == Violation::Stranger(2, "m019".to_owned())
    });
    has(&stranger, &|v| {
        *v == Violation::Stranger(2, "nobody".to_owned())
    });
    let chair = plan.rounds[0].tables[0].facilitators[0].clone();
    has(&swapped(&plan, 1, &chair, "m010"), &|v| {
        *v == Violation::WrongSeat(1, "m010".to_owned())
    });
    let mut crowded = plan.clone();
    let moved: Vec<String> = crowded.rounds[0].tables[1].members.drain(..).collect();
    crowded.rounds[0].tables[0].members.extend(moved);
    has(&crowded, &|v| *v == Violation::Size(1, 2, 0));
    let mut alone = plan.clone();
    alone.rounds[0].tables[2].facilitators.clear();
    has(&alone, &|v| *v == Violation::Facilitators(1, 3, 0));
}

#[test]
fn every_planted_violation_of_rules_is_found() {
    let seating = everything();
    let plan = quick(&seating);
    let has =
        |plan: &SeatingPlan, test: &dyn Fn(&Violation) -> bool| rejected(&seating, plan, test);
    let at = |round, id: &str| plan.table_of(round, id).unwrap() as usize - 1;
    let mate = |round: u32, table: usize, not: &[&str]| {
        let members = &plan.rounds[round as usize - 1].tables[table].members;
        let mut others = members.iter().filter(|m| !not.contains(&m.as_str()));
        others.next().unwrap().clone()
    };
    let beside = mate(1, at(1, "m000"), &["m000"]);
    has(
        &swapped(&plan, 1, "m001", &beside),
        &|v| matches!(v, Violation::NotApart(1, a, b) if a == "m000" && b == "m001"),
    );
    let elsewhere = mate(1, (at(1, "m003") + 1) % 4, &[]);
    has(
        &swapped(&plan, 1, "m003", &elsewhere),
        &|v| matches!(v, Violation::NotTogether(1, a, b) if a == "m002" && b == "m003"),
    );
    for (round, id) in [(2, "m005"), (1, "m006"), (1, "m008")] {
        let wrong = if id == "m008" || id == "m005" { 0 } else { 3 };
        let other = mate(round, wrong, &[]);
        let expected = Violation::NotAllowed(round, wrong as u32 + 1, id.to_owned());
        has(&swapped(&plan, round as usize, id, &other), &|v| {
            *v == expected
        });
    }
    let first = plan.rounds[0].tables[0].facilitators[0].clone();
    let second = plan.rounds[0].tables[1].facilitators[0].clone();
    has(&swapped(&plan, 1, &first, &second), &|v| {
        *v == Violation::NotAllowed(1, 2, "fb".to_owned())
    });
}

/// In the test below every fourth member speaks Arabic.
fn speaks_arabic(id: &str) -> bool {
    id[1..].parse::<u32>().unwrap().is_multiple_of(4)
}

#[test]
fn interpreters_are_shared() {
    let mut builder = Seating::builder();
    for i in 0..24 {
        let id = format!("m{i:02}");
        let language = if speaks_arabic(&id) {
            "Arabic"
        } else {
            "Danish"
        };
        builder = builder.member(id, [("language", language)]);
    }
    let rule = SeatRule::cluster("language", "arabic", 3);
    let seating = builder
        .rounds(3, &Round::even(4))
        .rule(rule)
        .build()
        .unwrap();
    let plan = quick(&seating);
    let groups = |round: usize| -> Vec<usize> {
        let tables = plan.rounds[round].tables.iter();
        tables
            .map(|t| t.members.iter().filter(|m| speaks_arabic(m)).count())
            .collect()
    };
    for round in 0..3 {
        let mut groups = groups(round);
        groups.sort_unstable();
        assert_eq!(groups, [0, 0, 3, 3], "six people, three to an interpreter");
    }
    let name = "language = arabic".to_owned();
    let groups = groups(0);
    let table = |people: usize| groups.iter().position(|g| *g == people).unwrap();
    let at = |table: usize| &plan.rounds[0].tables[table].members;
    // One of them moves to a table without interpreter.
    let speaker = at(table(3)).iter().find(|m| speaks_arabic(m)).unwrap();
    let moved = swapped(&plan, 1, speaker, &at(table(0))[0]);
    let found = moved.verify(&seating).unwrap_err();
    assert_eq!(found, [Violation::Scattered(1, 3, name.clone())]);
    // Or to the other interpreter, who has four then.
    let full = groups.iter().rposition(|g| *g == 3).unwrap();
    let partner = at(full).iter().find(|m| !speaks_arabic(m)).unwrap();
    let moved = swapped(&plan, 1, speaker, partner);
    let found = moved.verify(&seating).unwrap_err();
    assert_eq!(found, [Violation::Crowded(1, full as u32 + 1, name)]);
}

#[test]
fn history_counts() {
    // Four people, two tables: two of the three ways to pair them are used up.
    let members = || {
        ["a", "b", "c", "d"]
            .iter()
            .fold(Seating::builder(), |s, id| s.member(*id, []))
    };
    let seating = members()
        .round(Round::even(2))
        .met("a", "b", 1)
        .met("d", "b", 2)
        .build()
        .unwrap();
    let plan = quick(&seating);
    assert_eq!(plan.table_of(1, "b"), plan.table_of(1, "c"));
    let report = plan.report(&seating).unwrap();
    assert_eq!(
        (report.distinct_pairs, report.bound.pairs, report.never_met),
        (2, 2, 2)
    );
    let later = members()
        .after(&plan)
        .first_round(2)
        .rounds(2, &Round::even(2))
        .build()
        .unwrap();
    let next = quick(&later);
    assert_eq!(
        (
            next.rounds[0].round,
            next.report(&later).unwrap().distinct_pairs
        ),
        (2, 4)
    );
}

#[test]
fn the_rounds_to_come_are_planned_anew() {
    let seating = panel(20, 0, "replan")
        .rounds(4, &Round::even(4))
        .rule(SeatRule::pin("m001", 1, 2))
        .rule(SeatRule::pin("m001", 3, 2))
        .build()
        .unwrap();
    let plan = quick(&seating).without(1, "m000");
    let attendance = Attendance::as_planned().absent(3, ["m002", "m003"]);
    let (rest, new) = plan.replan(&seating, 3, &attendance, "later").unwrap();
    assert_eq!(
        (rest.first_round(), new.rounds.len(), new.rounds[0].round),
        (3, 2, 3)
    );
    assert_eq!(
        (new.table_of(3, "m002"), new.table_of(3, "m001")),
        (None, Some(2))
    );
    assert_eq!(new.verify(&rest), Ok(()));
    let options = SeatingOptions::new("later");
    let again = plan.replan_with(&seating, (3, &attendance), &options);
    assert_eq!(again.unwrap().1, new);
    let shorter = plan.replan_with(&seating, (3, &attendance), &options.moves(60_000));
    let (_, shorter) = shorter.unwrap();
    assert_eq!(shorter.verify(&rest), Ok(()));
    // Pairs who met in rounds 1 and 2 are no longer new; m000 met nobody in round 1.
    let old: std::collections::BTreeSet<_> = plan.rounds[..2]
        .iter()
        .flat_map(|r| {
            SeatingPlan {
                rounds: vec![r.clone()],
            }
            .meetings()
            .into_keys()
        })
        .collect();
    let new_pairs = new
        .meetings()
        .into_keys()
        .filter(|pair| !old.contains(pair))
        .count() as u64;
    assert_eq!(new.report(&rest).unwrap().distinct_pairs, new_pairs);
    for (from, attendance) in [
        (0, Attendance::as_planned()),
        (5, Attendance::as_planned()),
        (3, Attendance::as_planned().absent(2, ["m001"])),
    ] {
        let error = plan.replan(&seating, from, &attendance, "x").unwrap_err();
        assert_eq!(error.problems()[0].code, "E-SEAT-PLACE");
    }
}

#[test]
fn every_problem_has_its_code() {
    let base = || panel(6, 2, "codes").rounds(2, &Round::even(2));
    assert!(codes(base()).is_empty());
    assert_eq!(codes(Seating::builder()), ["E-SEAT-NONE", "E-SEAT-NONE"]);
    assert_eq!(
        codes(panel(6, 0, "codes").round(Round::even(0))),
        ["E-SEAT-NONE"]
    );
    assert_eq!(
        codes(panel(2001, 0, "codes").rounds(1, &Round::even(2))),
        ["E-SEAT-MANY"]
    );
    assert_eq!(
        codes(panel(6, 0, "codes").rounds(201, &Round::even(2))),
        ["E-SEAT-MANY"]
    );
    assert_eq!(
        codes(base().member(" ", []).member("m001", [])),
        ["E-SEAT-ID", "E-SEAT-DUPLICATE"]
    );
    assert_eq!(
        codes(
            base()
                .round(Round::even(2).without(["x"]))
                .rule(SeatRule::apart("m001", "y"))
        ),
        ["E-SEAT-WHO", "E-SEAT-WHO"]
    );
    assert_eq!(codes(base().met("m001", "m001", 1)), ["E-SEAT-SELF"]);
}

#[test]
fn every_problem_of_rules_has_its_code() {
    let base = || panel(6, 2, "codes").rounds(2, &Round::even(2));
    assert_eq!(
        codes(base().rule(SeatRule::diversify("f9"))),
        ["E-SEAT-FEATURE"]
    );
    assert_eq!(
        codes(base().rule(SeatRule::cluster("f1", "v9", 2))),
        ["E-SEAT-VALUE"]
    );
    assert_eq!(
        codes(base().member("n", []).rule(SeatRule::diversify("f1"))),
        ["E-SEAT-VALUE"]
    );
    assert_eq!(
        codes(
            base()
                .rule(SeatRule::cluster("f0", "v0", 0))
                .rule(SeatRule::Diversify {
                    feature: "f1".into(),
                    weight: 0
                })
        ),
        ["E-SEAT-WEIGHT", "E-SEAT-WEIGHT"]
    );
    assert_eq!(
        codes(
            base()
                .rule(SeatRule::pin("m001", 3, 1))
                .rule(SeatRule::tables("m002", [3]))
        ),
        ["E-SEAT-PLACE", "E-SEAT-PLACE", "E-SEAT-PLACE"]
    );
    assert_eq!(
        codes(base().round(Round::even(2).tag(3, "x"))),
        ["E-SEAT-PLACE"]
    );
    assert_eq!(
        codes(
            panel(6, 0, "codes")
                .round(Round::even(2).tag(1, "x"))
                .round(Round::even(2))
                .rule(SeatRule::needs("m001", "X"))
        ),
        ["E-SEAT-TAG"]
    );
    assert_eq!(
        codes(
            panel(6, 0, "codes")
                .round(Round::even(7))
                .round(Round::sized([1..=2, 1..=3]))
        ),
        ["E-SEAT-SIZE", "E-SEAT-SIZE"]
    );
    assert_eq!(
        codes(base().facilitator("f")),
        ["E-SEAT-FACILITATORS", "E-SEAT-FACILITATORS"]
    );
}

#[test]
fn contradictions_are_seen_before_any_search() {
    let base = || panel(6, 0, "clash").round(Round::even(2));
    let clash = |builder: SeatingBuilder| assert_eq!(codes(builder), ["E-SEAT-CLASH"]);
    clash(
        base()
            .rule(SeatRule::apart("m001", "m002"))
            .rule(SeatRule::together("m002", "m001")),
    );
    clash(
        base()
            .rule(SeatRule::together("m001", "m002"))
            .rule(SeatRule::together("m002", "m003"))
            .rule(SeatRule::apart("m003", "m001")),
    );
    clash(
        base()
            .rule(SeatRule::pin("m001", 1, 1))
            .rule(SeatRule::tables("m001", [2])),
    );
    let four = ["m001", "m002", "m003", "m004"];
    clash(
        four.iter()
            .fold(base(), |b, id| b.rule(SeatRule::tables(*id, [1]))),
    );
    clash(
        four[1..]
            .iter()
            .fold(base(), |b, id| b.rule(SeatRule::together("m001", *id))),
    );
    let three = ["m001", "m003", "m005", "m001"];
    clash(
        three
            .windows(2)
            .fold(base(), |b, two| b.rule(SeatRule::apart(two[0], two[1]))),
    );
    let one_table = panel(6, 0, "clash").round(Round::even(1));
    clash(one_table.rule(SeatRule::apart("m001", "m002")));
    let two = base()
        .facilitator("a")
        .facilitator("b")
        .rule(SeatRule::together("a", "m001"))
        .rule(SeatRule::together("b", "m001"));
    clash(two);
}

#[test]
fn what_is_not_found_is_said() {
    // A ring of five, neighbours apart, at two tables: no three of them are apart from each other.
    let ring = ["m000", "m001", "m002", "m003", "m004", "m000"];
    let builder = panel(6, 0, "none").round(Round::even(2));
    let seating = ring
        .windows(2)
        .fold(builder, |b, two| b.rule(SeatRule::apart(two[0], two[1])))
        .build()
        .unwrap();
    let error = seating
        .plan_with(&SeatingOptions::new("seed").moves(5_000))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "work limit reached after 5000 units while looking for a seating that keeps every rule (the best one breaks a rule 1 times); \
         no answer is given in place of the one asked for"
    );
}

#[test]
fn one_table_needs_no_search() {
    let seating = crate::panels::seating(5, 1, 3, 2, "one table");
    let report = seating.plan("seed").unwrap().report(&seating).unwrap();
    assert_eq!((report.distinct_pairs, report.imbalance), (10, 0));
}
