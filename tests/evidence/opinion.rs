//! One question asked twice.

use kleroterion::evidence::opinion::{
    Direction, Paired, SignedRank, TableChanges, benjamini_hochberg, dispersion, holm,
};
use kleroterion::evidence::{Alternative, Permutations};
use proptest::prelude::*;

use crate::{codes, near};

/// Hours of sleep gained with two drugs by ten people: Student's own example (Biometrika 6, 1908).
fn sleep() -> Paired {
    let first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    let second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    Paired::new(&first, &second).unwrap()
}

#[test]
fn students_example() {
    let asked = sleep();
    near(asked.net_change(), 1.58);
    near(asked.t().unwrap(), 4.062_127_683_382);
    near(asked.cohen_dz().unwrap(), 1.284_557_562_591);
    near(asked.cohen_d_av().unwrap(), 0.833_496_341_3);
    assert_eq!(
        (asked.raised(), asked.lowered(), asked.moved_share()),
        (9, 0, 0.9)
    );
    #[cfg(feature = "statistics")]
    near(asked.t_p().unwrap(), 0.002_832_890_197_384);
    // Nine moved, all upwards: 2 of 2^9 choices of signs.
    let test = asked.sign_flip_test(Alternative::TwoSided, &Permutations::new(9_999, "sleep"));
    assert!((test.p - 2.0 / 512.0).abs() < 0.0026, "{}", test.p);
    assert_eq!(asked.signed_rank().exact_p(), Some(2.0 / 512.0));
}

#[test]
fn without_spread_there_is_no_effect_size() {
    let even = Paired::new(&[0.1, 0.2, 0.3], &[0.4, 0.5, 0.6]).unwrap();
    let one = Paired::new(&[1.0], &[2.0]).unwrap();
    assert_eq!(
        (one.cohen_dz(), one.t(), one.cohen_d_av()),
        (None, None, None)
    );
    let same = Paired::new(&[1.0, 3.0], &[2.0, 4.0]).unwrap();
    assert_eq!((same.cohen_dz(), same.t()), (None, None));
    near(same.cohen_d_av().unwrap(), 1.0 / 2.0_f64.sqrt());
    assert_eq!((even.raised(), even.cohen_dz(), even.t()), (3, None, None));
}

#[test]
fn unfit_answers_are_all_named() {
    assert_eq!(codes(Paired::new(&[], &[])), ["E-OPINION-PEOPLE"]);
    let codes = codes(Paired::new(&[1.0, f64::NAN], &[f64::INFINITY]));
    assert_eq!(
        codes,
        ["E-OPINION-LENGTH", "E-OPINION-NUMBER", "E-OPINION-NUMBER"]
    );
}

#[test]
fn dispersion_between_its_ends() {
    near(dispersion(&[1.0, 7.0, 4.0], 1.0..=7.0).unwrap(), 2.0 / 3.0);
    let found = codes(dispersion(&[0.0, 8.0, 4.0], 1.0..=7.0));
    assert_eq!(found, ["E-OPINION-SCALE", "E-OPINION-SCALE"]);
    assert_eq!(
        codes(dispersion(&[], 2.0..=2.0)),
        ["E-OPINION-PEOPLE", "E-OPINION-SCALE"]
    );
}

#[test]
fn signed_ranks_against_other_software() {
    let twelve: [f64; 12] = [
        3.0, -1.0, 4.0, -2.0, 8.0, 7.0, -5.0, 6.0, 9.0, 10.0, -11.0, 12.0,
    ];
    let test = SignedRank::of(&twelve);
    assert_eq!((test.positive, test.negative), (59.0, 19.0));
    assert_eq!(test.exact_p(), Some(0.129_394_531_25));
    // 60 changes, two of them 0, with many ties.
    let sixty: Vec<f64> = (0..60).map(|i| f64::from(i * 37 % 23 - 8)).collect();
    let test = SignedRank::of(&sixty);
    assert_eq!(
        (test.changes, test.negative, test.exact_p()),
        (58, 474.5, None)
    );
    #[cfg(feature = "statistics")]
    near(test.normal_p().unwrap(), 0.003_193_147_509_504_8);
    let none = SignedRank::of(&[0.0, 0.0]);
    assert_eq!(
        (none.changes, none.rank_biserial, none.exact_p()),
        (0, None, None)
    );
}

#[test]
fn corrections_against_other_software() {
    let p = [0.01, 0.02, 0.03, 0.04, 0.05, 0.5, 0.8, 0.005];
    let expected = [0.07, 0.12, 0.15, 0.16, 0.16, 1.0, 1.0, 0.04];
    holm(&p)
        .unwrap()
        .iter()
        .zip(expected)
        .for_each(|(a, b)| near(*a, b));
    let expected = [
        0.04,
        0.16 / 3.0,
        0.06,
        0.064,
        0.2 / 3.0,
        4.0 / 7.0,
        0.8,
        0.04,
    ];
    let found = benjamini_hochberg(&p).unwrap();
    found.iter().zip(expected).for_each(|(a, b)| near(*a, b));
    assert_eq!(
        codes(holm(&[0.5, 1.5, f64::NAN])),
        ["E-OPINION-P", "E-OPINION-P"]
    );
    assert_eq!(codes(benjamini_hochberg(&[-0.1])), ["E-OPINION-P"]);
    assert_eq!(holm(&[]).unwrap(), Vec::<f64>::new());
}

#[test]
fn tables_move_on_their_own() {
    let asked = Paired::new(
        &[1.0, 3.0, 6.0, 8.0, 5.0, 5.0, 9.0],
        &[2.0, 2.0, 9.0, 9.0, 4.0, 8.0, 9.0],
    )
    .unwrap();
    let tables = vec![vec![0, 1], vec![2, 3], vec![4, 5], vec![6]];
    let found = TableChanges::new(asked.clone(), tables).unwrap();
    let found = found.by_table(5.0);
    let directions: Vec<Direction> = found.iter().map(|t| t.direction).collect();
    use Direction::{FromTheMiddle, Outwards, Still};
    assert_eq!(directions, [Still, Outwards, FromTheMiddle, Still]);
    let ratios: Vec<Option<f64>> = found.iter().map(|t| t.variance_ratio).collect();
    assert_eq!(ratios, [Some(0.0), Some(0.0), None, None]);
    assert_eq!((found[3].people, found[3].deviation_before), (1, None));
    near(found[0].deviation_before.unwrap(), 2.0_f64.sqrt());
    let unfit = TableChanges::new(asked.clone(), vec![vec![0, 7], vec![0], vec![]]);
    assert_eq!(codes(unfit), ["E-OPINION-TABLE"; 3]);
    assert_eq!(
        codes(TableChanges::new(asked.clone(), vec![])),
        ["E-OPINION-TABLE"]
    );
    let alone = TableChanges::new(asked, vec![vec![0], vec![1]]).unwrap();
    let permutations = Permutations::new(9, "alone");
    assert_eq!(
        alone.convergence_test(Alternative::Greater, &permutations),
        None
    );
}

#[test]
fn people_who_move_to_their_table_are_told_from_people_who_all_move_to_the_middle() {
    let before: Vec<f64> = (0..24).map(|i| f64::from(i * 7 % 24)).collect();
    let tables: Vec<Vec<usize>> = (0..6).map(|t| (4 * t..4 * t + 4).collect()).collect();
    let p = |after: Vec<f64>| {
        let asked = Paired::new(&before, &after).unwrap();
        let changes = TableChanges::new(asked, tables.clone()).unwrap();
        let permutations = Permutations::new(999, "tables");
        changes
            .convergence_test(Alternative::Greater, &permutations)
            .unwrap()
            .p
    };
    let mean = |table: usize| before[4 * table..4 * table + 4].iter().sum::<f64>() / 4.0;
    assert!(p((0..24).map(|i| mean(i / 4)).collect()) < 0.02);
    // Everybody halfway to the middle of all: nothing to do with tables.
    assert!(p(before.iter().map(|x| (x + 11.5) / 2.0).collect()) > 0.05);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn gross_change_is_at_least_net_change(pairs in prop::collection::vec((0..=10_i32, 0..=10_i32), 1..30)) {
        let (before, after): (Vec<f64>, Vec<f64>) = pairs.iter().map(|(b, a)| (f64::from(*b), f64::from(*a))).unzip();
        let asked = Paired::new(&before, &after).unwrap();
        prop_assert!(asked.gross_change() >= asked.net_change().abs() - 1e-12);
        prop_assert!(asked.crossed(5.0) <= asked.raised() + asked.lowered());
        let back = Paired::new(&after, &before).unwrap();
        near(back.net_change(), -asked.net_change());
        prop_assert_eq!(back.signed_rank().exact_p(), asked.signed_rank().exact_p());
    }

    /// The exact test counts every choice of signs, ties or not.
    #[test]
    fn exact_ranks_by_brute_force(changes in prop::collection::vec((-4..=4_i32).prop_filter("moved", |c| *c != 0), 1..9)) {
        let changes: Vec<f64> = changes.into_iter().map(f64::from).collect();
        let test = SignedRank::of(&changes);
        let n = changes.len();
        let rank = |i: usize| -> f64 {
            let below = changes.iter().filter(|c| c.abs() < changes[i].abs()).count();
            let equal = changes.iter().filter(|c| c.abs() == changes[i].abs()).count();
            below as f64 + (equal as f64 + 1.0) / 2.0
        };
        let far = |sum: f64| (sum - (n * (n + 1)) as f64 / 4.0).abs();
        let extreme = (0..1_u32 << n).filter(|signs| {
            let sum: f64 = (0..n).filter(|i| signs >> i & 1 == 1).map(rank).sum();
            far(sum) >= far(test.positive) - 1e-9
        });
        near(test.exact_p().unwrap(), extreme.count() as f64 / f64::from(1_u32 << n));
    }

    #[test]
    fn corrections_keep_the_order(p in prop::collection::vec(0.0..=1.0_f64, 1..20)) {
        let (holm, bh) = (holm(&p).unwrap(), benjamini_hochberg(&p).unwrap());
        for i in 0..p.len() {
            prop_assert!(p[i] <= bh[i] && bh[i] <= holm[i] && holm[i] <= 1.0);
            for j in 0..p.len() {
                prop_assert!(p[i] > p[j] || (bh[i] <= bh[j] && holm[i] <= holm[j]));
            }
        }
        // From the definition: the smallest level at which Benjamini and Hochberg's step-up procedure rejects.
        for i in 0..p.len() {
            let rejects = |level: f64| {
                let mut sorted = p.clone();
                sorted.sort_by(f64::total_cmp);
                let n = p.len() as f64;
                (1..=p.len()).rev().find(|k| sorted[k - 1] <= level * *k as f64 / n).is_some_and(|k| p[i] <= sorted[k - 1])
            };
            prop_assert!(rejects(bh[i] + 1e-12) && (bh[i] < 1e-9 || !rejects(bh[i] - 1e-9)));
        }
    }
}

/// 3.7 − 3.4, 4.3 − 4.0 and 2.4 − 2.1 are one change, though floats hold three.
#[test]
fn decimals_that_change_alike_have_no_effect_size() {
    let alike = Paired::new(&[3.4, 4.0, 2.1], &[3.7, 4.3, 2.4]).unwrap();
    assert_ne!(
        alike.changes()[0],
        alike.changes()[1],
        "the case is what it is to be"
    );
    assert_eq!((alike.cohen_dz(), alike.t()), (None, None));
    #[cfg(feature = "statistics")]
    assert_eq!(alike.t_p(), None);
    // The mean of three times 0.1 is not 0.1.
    let moved = Paired::new(&[0.1; 3], &[0.7; 3]).unwrap();
    assert_eq!(moved.cohen_d_av(), None);
    // 0.1 + 0.2 is no move from 0.3.
    let still = Paired::new(&[0.3, 1.0], &[0.1 + 0.2, 2.0]).unwrap();
    assert_eq!((still.raised(), still.moved_share()), (1, 0.5));
    // But a small change is one.
    let small = Paired::new(&[1e-9, 2e-9], &[2e-9, 4e-9]).unwrap();
    assert_eq!((small.raised(), small.cohen_dz().is_some()), (2, true));
}

#[test]
fn decimals_of_one_size_are_tied() {
    let changes = [3.7 - 3.4, -(4.3 - 4.0), 2.4 - 2.1, 0.1];
    let test = SignedRank::of(&changes);
    // ranks 3, −3, 3, 1
    assert_eq!((test.positive, test.negative), (7.0, 3.0));
    let asked = Paired::new(&[3.4, 4.3, 2.1, 0.0], &[3.7, 4.0, 2.4, 0.1]).unwrap();
    assert_eq!(asked.signed_rank().positive, 7.0);
    // With large answers the differences are rougher.
    let large = Paired::new(&[100_000.0, 0.3], &[100_000.3, 0.0]).unwrap();
    assert_eq!(large.signed_rank().rank_biserial, Some(0.0));
}

#[test]
fn a_table_whose_mean_only_rounds_is_still() {
    let asked = Paired::new(&[0.1, 0.2, 0.3, 0.1], &[0.3, 0.2, 0.1, 0.7]).unwrap();
    let tables = TableChanges::new(asked, vec![vec![0, 1, 2], vec![3]]).unwrap();
    assert_eq!(tables.by_table(0.2)[0].direction, Direction::Still);
    let asked = Paired::new(&[0.1, 0.2, 0.3], &[0.3, 0.2, 0.4]).unwrap();
    let tables = TableChanges::new(asked, vec![vec![0, 1, 2]]).unwrap();
    assert_eq!(tables.by_table(0.2)[0].direction, Direction::FromTheMiddle);
    let asked = Paired::new(&[0.1; 3], &[0.7, 0.1, 0.1]).unwrap();
    let tables = TableChanges::new(asked, vec![vec![0, 1, 2]]).unwrap();
    let found = &tables.by_table(0.0)[0];
    assert_eq!(
        (found.deviation_before, found.variance_ratio),
        (Some(0.0), None)
    );
}

/// Squares of larger numbers overflow; nothing here ever becomes NaN, and nothing panics.
#[test]
fn numbers_too_large_to_square_are_refused() {
    for large in [1e101, -1e308, f64::INFINITY, f64::NAN] {
        let found = codes(Paired::new(&[large, 0.0], &[0.0, 0.0]));
        assert_eq!(found, ["E-OPINION-NUMBER"]);
    }
    assert!(dispersion(&[0.0], -1e308..=1e308).is_err());
    let largest = Paired::new(&[1e100, 0.0, -1e100], &[-1e100, 1e100, 1.0]).unwrap();
    assert!(largest.cohen_dz().is_some_and(f64::is_finite));
    assert!(largest.cohen_d_av().is_some_and(f64::is_finite));
    #[cfg(feature = "statistics")]
    assert!(largest.t_p().is_some_and(f64::is_finite));
}
