//! Single-peakedness and concordance.

use kleroterion::evidence::Permutations;
use kleroterion::evidence::opinion::{MOST_OPTIONS, Rankings};
use proptest::prelude::*;

use crate::{codes, near};

/// Everybody on one axis, by the definition with three options: the middle one is never worse than both others.
fn fits(ranking: &[f64], axis: &[usize]) -> bool {
    let m = axis.len();
    (0..m).all(|a| {
        (a + 1..m).all(|b| {
            (b + 1..m).all(|c| {
                let [x, y, z] = [a, b, c].map(|place| ranking[axis[place]]);
                y <= x.max(z)
            })
        })
    })
}

/// All orders of 0..m, by insertion.
fn orders(m: usize) -> Vec<Vec<usize>> {
    if m == 0 {
        return vec![vec![]];
    }
    let mut all = Vec::new();
    for order in orders(m - 1) {
        for place in 0..m {
            let mut longer = order.clone();
            longer.insert(place, m - 1);
            all.push(longer);
        }
    }
    all
}

#[test]
fn eight_options_on_a_line_and_nine_refused() {
    // Distances from eight places: all single-peaked on the line, in whichever order the options are given.
    let place = [3, 0, 6, 1, 7, 4, 2, 5];
    let ranking = |stand: i32| -> Vec<f64> {
        place
            .iter()
            .map(|p| f64::from((10 * p - stand).abs()))
            .collect()
    };
    let rankings: Vec<Vec<f64>> = (0..40).map(|i| ranking(2 * i - 3)).collect();
    let found = Rankings::new(&rankings).unwrap().single_peaked().unwrap();
    assert_eq!((found.people, found.share, found.axes), (40, 1.0, 1));
    let along: Vec<i32> = found.axis.iter().map(|&option| place[option]).collect();
    assert!(
        along.is_sorted() || along.iter().rev().is_sorted(),
        "{along:?}"
    );
    let nine = vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
    assert_eq!(MOST_OPTIONS, 8);
    assert_eq!(
        codes(Rankings::new(&[nine]).unwrap().single_peaked()),
        ["E-RANK-OPTIONS"]
    );
}

#[test]
fn a_circle_fits_two_of_three() {
    let circle = [[1.0, 2.0, 3.0], [3.0, 1.0, 2.0], [2.0, 3.0, 1.0]];
    let rankings = Rankings::new(&circle).unwrap();
    let found = rankings.single_peaked().unwrap();
    assert_eq!((found.people, found.axes), (2, 3));
    assert_eq!(rankings.agreement().unwrap().w, 0.0);
}

#[test]
fn unfit_rankings_are_all_named() {
    let none: [Vec<f64>; 0] = [];
    assert_eq!(codes(Rankings::new(&none)), ["E-RANK-PEOPLE"]);
    assert_eq!(codes(Rankings::new(&[[1.0]])), ["E-RANK-OPTIONS"]);
    let unfit = [vec![1.0, 2.0], vec![1.0], vec![f64::NAN, 1.0]];
    assert_eq!(
        codes(Rankings::new(&unfit)),
        ["E-RANK-LENGTH", "E-RANK-NUMBER"]
    );
    let tied = Rankings::new(&[[1.0, 1.0], [2.0, 2.0]]).unwrap();
    assert_eq!(codes(tied.agreement()), ["E-RANK-TIED"]);
    assert_eq!(
        codes(tied.agreement_test(&Permutations::new(9, "x"))),
        ["E-RANK-TIED"]
    );
}

#[test]
fn agreement_against_other_software() {
    // With ties n(m − 1)W is Friedman's statistic.
    let rankings = [
        [1.0, 2.5, 2.5, 4.0, 5.0],
        [2.0, 1.0, 3.0, 5.0, 4.0],
        [1.0, 2.0, 4.0, 4.0, 4.0],
        [3.0, 1.0, 2.0, 5.0, 4.0],
    ];
    let rankings = Rankings::new(&rankings).unwrap();
    let agreement = rankings.agreement().unwrap();
    near(agreement.chi_square, 12.426_666_666_666_67);
    near(agreement.w, 12.426_666_666_666_67 / 16.0);
    #[cfg(feature = "statistics")]
    near(agreement.chi_square_p().unwrap(), 0.014_445_069_004_52);
    let test = rankings
        .agreement_test(&Permutations::new(999, "four"))
        .unwrap();
    assert!(test.p < 0.02, "{}", test.p);
}

fn rankings() -> impl Strategy<Value = Vec<Vec<f64>>> {
    (2..6_usize).prop_flat_map(|m| {
        let ranking = prop::collection::vec((1..=m as i32).prop_map(f64::from), m);
        prop::collection::vec(ranking, 1..9)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_best_axis_by_brute_force(rankings in rankings()) {
        let found = Rankings::new(&rankings).unwrap().single_peaked().unwrap();
        let count = |axis: &Vec<usize>| rankings.iter().filter(|r| fits(r, axis)).count();
        let all = orders(rankings[0].len());
        let most = all.iter().map(count).max().unwrap();
        prop_assert_eq!(found.people, most);
        prop_assert_eq!(count(&found.axis), most);
        prop_assert_eq!(2 * found.axes, all.iter().filter(|axis| count(axis) == most).count());
    }

    /// Without ties the mean of Spearman's correlations over pairs of people is (nW − 1)/(n − 1).
    #[test]
    fn agreement_is_a_mean_correlation(seeds in prop::collection::vec(0..120_usize, 2..7)) {
        let all = orders(5);
        let rankings: Vec<Vec<f64>> = seeds.iter().map(|s| all[*s].iter().map(|r| *r as f64).collect()).collect();
        let spearman = |a: &[f64], b: &[f64]| {
            let squares: f64 = a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum();
            1.0 - 6.0 * squares / (5.0 * 24.0)
        };
        let n = rankings.len();
        let mut sum = 0.0;
        for i in 0..n {
            for j in 0..i {
                sum += spearman(&rankings[i], &rankings[j]);
            }
        }
        let w = Rankings::new(&rankings).unwrap().agreement().unwrap().w;
        prop_assert!((-1e-12..=1.0 + 1e-12).contains(&w));
        near((n as f64 * w - 1.0) / (n as f64 - 1.0), sum / (n * (n - 1) / 2) as f64);
    }
}

#[test]
fn one_person_agrees_with_nobody() {
    let one = Rankings::new(&[[1.0, 2.0, 3.0]]).unwrap();
    assert_eq!(codes(one.agreement()), ["E-RANK-PEOPLE"]);
    let test = one.agreement_test(&Permutations::new(9, "one"));
    assert_eq!(codes(test), ["E-RANK-PEOPLE"]);
    assert_eq!(one.single_peaked().unwrap().people, 1);
}
