//! Small seatings, all of which can be listed.

use kleroterion::assembly::{Round, SeatRule, SeatingOptions, SeatingPlan};

use crate::panels::panel;

/// All ways to seat members at tables of these sizes: the table of everybody.
fn seatings(sizes: &[usize], members: usize) -> Vec<Vec<usize>> {
    if members == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for table in (0..sizes.len()).filter(|&t| sizes[t] > 0) {
        let mut less = sizes.to_vec();
        less[table] -= 1;
        for mut rest in seatings(&less, members - 1) {
            rest.push(table);
            all.push(rest);
        }
    }
    all
}

fn pairs(seats: &[usize]) -> Vec<(usize, usize)> {
    let pairs = (0..seats.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
    pairs.filter(|&(a, b)| seats[a] == seats[b]).collect()
}

/// Most different pairs over all plans of two rounds; the first may be any fixed one of its sizes.
fn best_of_two(
    sizes: &[usize],
    members: usize,
    allowed: impl Fn(&[usize]) -> bool,
) -> Option<usize> {
    let rounds: Vec<Vec<usize>> = seatings(sizes, members)
        .into_iter()
        .filter(|s| allowed(s))
        .collect();
    let mut best = None;
    for one in &rounds {
        for other in &rounds {
            let mut met = pairs(one);
            met.extend(pairs(other));
            met.sort_unstable();
            met.dedup();
            best = best.max(Some(met.len()));
        }
    }
    best
}

#[test]
fn two_rounds_are_as_good_as_the_best_of_all() {
    for (members, tables, sizes) in [
        (4, 2, vec![2, 2]),
        (6, 2, vec![3, 3]),
        (6, 3, vec![2, 2, 2]),
        (7, 2, vec![4, 3]),
    ] {
        let seating = panel(members, 0, "small")
            .rounds(2, &Round::even(tables))
            .build()
            .unwrap();
        let options = SeatingOptions::new("seed").moves(20_000);
        let report = seating
            .plan_with(&options)
            .unwrap()
            .report(&seating)
            .unwrap();
        // With tables of 4 and 3 the larger may be either; by symmetry it is the first in both rounds, or not.
        let best = best_of_two(&sizes, members, |_| true).unwrap() as u64;
        assert!(
            report.distinct_pairs >= best,
            "{members} at {tables}: {report}\nbest {best}"
        );
        assert!(report.distinct_pairs <= report.bound.pairs);
        if members % tables as usize == 0 {
            assert_eq!(report.distinct_pairs, best);
        }
    }
}

#[test]
fn rules_are_kept_as_well_as_the_best_of_all_keeps_them() {
    let seating = panel(6, 0, "small")
        .rounds(2, &Round::even(2))
        .rule(SeatRule::apart("m000", "m001"))
        .rule(SeatRule::together("m002", "m003"))
        .build()
        .unwrap();
    let options = SeatingOptions::new("seed").moves(20_000);
    let plan: SeatingPlan = seating.plan_with(&options).unwrap();
    let report = plan.report(&seating).unwrap();
    let best = best_of_two(&[3, 3], 6, |s| s[0] != s[1] && s[2] == s[3]).unwrap();
    assert_eq!(report.distinct_pairs, best as u64);
}
