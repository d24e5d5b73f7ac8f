//! Numbers that a plan must reach.

use kleroterion::assembly::{
    BoundKind, Round, RoundsBound, SeatRule, Seating, SeatingBuilder, SeatingOptions,
    SeatingReport, max_zero_repeat_rounds, zero_repeat_rounds,
};
use kleroterion::lottery::{Digest, Stream};

use crate::panels::{MIXED, seating};

fn report(members: usize, tables: u32, rounds: u32, moves: u64) -> SeatingReport {
    let seating = seating(members, tables, rounds, 0, "plain");
    let plan = seating
        .plan_with(&SeatingOptions::new("seed").moves(moves))
        .unwrap();
    plan.report(&seating).unwrap()
}

#[test]
fn constructions_reach_their_bound_without_a_search() {
    let shapes = [
        (36, 6, 3, 270),
        (36, 7, 7, 525),
        (99, 11, 11, 4356),
        (150, 19, 7, 3626),
        (9, 3, 4, 36),
        (16, 4, 5, 120),
        (25, 5, 6, 300),
        (49, 7, 8, 1176),
        (64, 8, 9, 2016),
        (81, 9, 10, 3240),
        (15, 5, 7, 105),
    ];
    for (members, tables, rounds, pairs) in shapes {
        let report = report(members, tables, rounds, 1);
        let found = (
            report.distinct_pairs,
            report.bound.pairs,
            report.largest_repeat,
        );
        assert_eq!(
            found,
            (pairs, pairs, 1),
            "{members} at {tables} tables in {rounds} rounds"
        );
        assert!(report.is_optimal());
    }
}

/// Five tables of six, at each of which every feature has all of its six values: an even seating is known to be there, and is rare.
fn planted(seed: &str) -> Seating {
    let mut stream = Stream::from_key(Digest::of("planted", &[seed.as_bytes()]).0);
    let mut seating = Seating::builder().rounds(2, &Round::even(5));
    for table in 0..5 {
        let mut columns: Vec<Vec<u64>> = vec![(0..6).collect(); 5];
        columns.iter_mut().for_each(|column| stream.shuffle(column));
        for seat in 0..6 {
            let values = columns.iter().map(|column| format!("v{}", column[seat]));
            let row: Vec<(String, String)> = (0..).map(|f| format!("f{f}")).zip(values).collect();
            let row = row.iter().map(|(f, v)| (f.as_str(), v.as_str()));
            seating = seating.member(format!("m{table}{seat}"), row);
        }
    }
    let spread = |seating: SeatingBuilder, f| seating.rule(SeatRule::diversify(format!("f{f}")));
    (0..5).fold(seating, spread).build().unwrap()
}

/// The third and the last of them only when rounds are made even one by one.
#[test]
fn even_seatings_that_are_rare_are_found() {
    for seed in ["1", "5", "3", "7", "8"] {
        let seating = planted(seed);
        let options = SeatingOptions::new("seed").moves(300_000);
        let plan = seating.plan_with(&options).unwrap();
        assert_eq!(plan.report(&seating).unwrap().imbalance, 0, "{seed}");
    }
}

#[test]
fn ten_rounds_of_eight_tables_of_four() {
    let report = report(32, 8, 10, 400_000);
    assert_eq!((report.seat_pairs, report.bound.pairs), (480, 480));
    assert!(report.distinct_pairs >= 456, "{report}");
}

#[test]
fn euler_and_his_relatives() {
    use RoundsBound::{Between, Exact, Unbounded};
    let known = [
        ((6, 6), Exact(3)),
        ((2, 2), Exact(3)),
        ((3, 3), Exact(4)),
        ((4, 4), Exact(5)),
        ((5, 5), Exact(6)),
        ((7, 7), Exact(8)),
        ((8, 8), Exact(9)),
        ((9, 9), Exact(10)),
        ((10, 10), Between(3, 8)),
        ((14, 14), Between(3, 12)),
        ((5, 3), Exact(7)),
        ((7, 3), Exact(10)),
        ((8, 4), Exact(10)),
        ((6, 4), Exact(7)),
        ((7, 4), Exact(9)),
        ((16, 4), Exact(21)),
        ((10, 2), Exact(19)),
        ((5, 6), Exact(1)),
        ((1, 9), Exact(1)),
        ((9, 1), Unbounded),
        ((0, 4), Unbounded),
    ];
    for ((tables, size), bound) in known {
        assert_eq!(
            max_zero_repeat_rounds(tables, size),
            bound,
            "{tables} tables of {size}"
        );
    }
    assert_eq!(
        [(36, 6), (36, 7), (150, 19), (4, 9)].map(|(n, g)| zero_repeat_rounds(n, g)),
        [3, 7, 19, 200]
    );
}

#[test]
fn every_bound_is_named() {
    let cases = [
        ((36, 6, 3), (270, BoundKind::Counting)),
        ((36, 6, 4), (359, BoundKind::Euler)),
        ((36, 5, 5), (516, BoundKind::Pigeonhole)),
        ((24, 4, 4), (216, BoundKind::Pigeonhole)),
        ((30, 5, 5), (355, BoundKind::Pigeonhole)),
        ((9, 3, 4), (36, BoundKind::Affine)),
        ((9, 3, 6), (36, BoundKind::Affine)),
        ((100, 10, 9), (4049, BoundKind::Affine)),
    ];
    for ((members, tables, rounds), (pairs, kind)) in cases {
        let bound = seating(members, tables, rounds, 0, "plain").upper_bound();
        assert_eq!(
            (bound.pairs, bound.kind),
            (pairs, kind),
            "{members} at {tables} in {rounds}"
        );
    }
}

#[test]
fn features_are_spread_at_once_where_a_construction_helps() {
    let (members, tables, rounds, features, pairs) = MIXED[3];
    let seating = seating(members, tables, rounds, features, "shape");
    let plan = seating
        .plan_with(&SeatingOptions::new("seed").moves(3_000_000))
        .unwrap();
    let report = plan.report(&seating).unwrap();
    assert!(
        report.distinct_pairs >= pairs && report.imbalance == 0,
        "{report}"
    );
}

/// Thirty million moves each: `cargo test --release --test seating -- --ignored`.
#[test]
#[ignore = "a minute without optimisation; the benchmark checks the same before it times"]
fn features_are_spread_and_members_meet() {
    for (members, tables, rounds, features, pairs) in MIXED {
        let seating = seating(members, tables, rounds, features, "shape");
        let report = seating.plan("seed").unwrap().report(&seating).unwrap();
        println!(
            "{members} at {tables} tables in {rounds} rounds, {features} features\n{report}\n"
        );
        assert!(
            report.distinct_pairs >= pairs && report.imbalance == 0,
            "{report}"
        );
    }
}
