//! Ballots that depend on each other, and support by stratum.

use std::collections::BTreeMap;

use super::super::*;

fn votes(list: &[(&str, [u64; 3])]) -> BTreeMap<String, YesNo> {
    let ballot = |votes| YesNo::new((99, 91), votes).unwrap();
    list.iter()
        .map(|&(name, votes)| (name.to_owned(), ballot(votes)))
        .collect()
}

/// The first two Irish ballots, and two that depend on both ways the second could go.
fn plan() -> BallotPlan {
    let rule = BallotRule::new(Threshold::majority(Denominator::Cast));
    BallotPlan::new(vec![
        Question::new("change", rule),
        Question::new("replace", rule).only_if("change", Decision::Adopted),
        Question::new("with what", rule)
            .only_if("change", Decision::Adopted)
            .only_if("replace", Decision::Adopted),
        Question::new("delete", rule).only_if("replace", Decision::Rejected),
    ])
    .unwrap()
}

#[test]
fn later_ballots_wait_for_earlier_ones() {
    let plan = plan();
    let irish = votes(&[
        ("change", [79, 12, 0]),
        ("replace", [50, 39, 2]),
        ("with what", [51, 38, 2]),
    ]);
    let results = plan.count(&irish).unwrap();
    let names: Vec<&str> = results.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["change", "replace", "with what", "delete"]);
    for (at, decided) in [
        (0, Decision::Adopted),
        (1, Decision::Adopted),
        (2, Decision::Adopted),
    ] {
        assert!(matches!(&results[at].1, Held::Counted(c) if c.decision == decided));
    }
    assert_eq!(results[3].1, Held::NotHeld("replace".into()));

    let stopped = plan.count(&votes(&[("change", [12, 79, 0])])).unwrap();
    assert_eq!(stopped[1].1, Held::NotHeld("change".into()));
    assert_eq!(stopped[2].1, Held::NotHeld("change".into()));
    assert_eq!(
        stopped[3].1,
        Held::NotHeld("replace".into()),
        "not held is not rejected"
    );
    let other = plan.count(&votes(&[
        ("change", [79, 12, 0]),
        ("replace", [39, 50, 2]),
        ("delete", [1, 0, 0]),
    ]));
    assert!(matches!(other.unwrap()[3].1, Held::Counted(_)));
}

#[test]
fn votes_that_do_not_fit_the_plan_are_all_named() {
    let wrong = votes(&[
        ("change", [12, 79, 0]),
        ("replace", [50, 39, 2]),
        ("lunch", [1, 0, 0]),
    ]);
    assert_eq!(
        plan().count(&wrong).unwrap_err().to_string(),
        "E-BALLOT-NOT-HELD: found votes on \"replace\", expected none, as \"change\" was not decided as needed\n\
         E-BALLOT-QUESTION: found votes on \"lunch\", expected a question of the plan"
    );
    assert_eq!(
        plan()
            .count(&votes(&[("lunch", [1, 0, 0])]))
            .unwrap_err()
            .to_string(),
        "E-BALLOT-MISSING: found no votes on \"change\", expected the votes\n\
         E-BALLOT-QUESTION: found votes on \"lunch\", expected a question of the plan"
    );
    let rule = BallotRule::new(Threshold::majority(Denominator::Cast));
    let error = BallotPlan::new(vec![
        Question::new("a", rule).only_if("a", Decision::Adopted),
        Question::new("b", rule).only_if("c", Decision::Adopted),
        Question::new("a", rule),
    ]);
    assert_eq!(
        error.unwrap_err().to_string(),
        "E-BALLOT-AFTER: found \"a\" depends on \"a\", expected a question that comes before it\n\
         E-BALLOT-AFTER: found \"b\" depends on \"c\", expected a question that comes before it\n\
         E-BALLOT-QUESTION-TWICE: found the question \"a\" again, expected every question once"
    );
}

#[test]
fn consensus_is_the_product_over_strata() {
    let strata = Strata::new([("east", [8, 2, 0]), ("west", [3, 1, 1])]).unwrap();
    assert_eq!(
        format!("{:.6}", strata.group_informed_consensus()),
        "0.428571"
    );
    assert_eq!(
        Strata::new::<&str>([]).unwrap().group_informed_consensus(),
        1.0
    );
    // More agreement in any stratum raises it; an abstention lowers it as a no does.
    let at = |votes| {
        Strata::new([("east", [8, 2, 0]), ("west", votes)])
            .unwrap()
            .group_informed_consensus()
    };
    assert!(at([4, 1, 0]) > at([3, 1, 1]));
    assert_eq!(at([3, 1, 1]), at([3, 2, 0]));
    let divided = Strata::new([("a", [9, 3, 0]), ("b", [2, 2, 0]), ("c", [1, 3, 0])]).unwrap();
    assert_eq!(divided.in_favour().collect::<Vec<_>>(), ["a"]);
    let error = Strata::new([("a", [1, 0, 0]), ("a", [1, 0, 0]), (" ", [0, 0, 0])]).unwrap_err();
    assert_eq!(error.problems().len(), 2);
}

#[test]
fn small_groups_are_held_back() {
    let strata = Strata::new([
        ("18-29", [20, 9, 6]),
        ("30-59", [25, 8, 7]),
        ("60+", [22, 3, 8]),
        ("other", [2, 1, 0]),
    ]);
    let table = strata.unwrap().published();
    let totals: Vec<_> = table.iter().map(|row| row.total).collect();
    assert_eq!(
        totals,
        [Some(35), Some(40), None, None],
        "3 people, and the smallest other stratum"
    );
    assert_eq!(table[3].votes, [None; 3]);
    assert_eq!(table[2].votes, [None; 3]);
    for row in &table {
        assert!(row.votes.iter().flatten().all(|&shown| shown >= 5));
    }
    let unanimous = Strata::new([("a", [20, 0, 6]), ("b", [25, 18, 7]), ("c", [22, 13, 8])]);
    let table = unanimous.unwrap().published();
    assert_eq!(
        table[0].votes[1], None,
        "that nobody in a stratum said no is not told"
    );
    // Two cells of its column are held back, or it would follow from the result of the ballot.
    assert!(table.iter().filter(|row| row.votes[1].is_none()).count() >= 2);
    let large = Strata::new([("a", [20, 9, 6]), ("b", [25, 18, 7])])
        .unwrap()
        .published();
    assert!(
        large
            .iter()
            .all(|row| row.votes.iter().all(Option::is_some))
    );
}
