//! What each method promises, on random figures. Every check is shown to fail on a method that breaks it.

use kleroterion::quota::{Method, Shares};
use proptest::prelude::*;

use super::{NAMES, apportioned, people, seats};

const EXACT: [Method; 3] = [Method::Hamilton, Method::SainteLague, Method::Adams];

/// Between floor and ceiling of the exact share.
fn keeps_quota(weights: &[u64], size: u32, found: &[u32]) -> bool {
    let total: u64 = weights.iter().sum();
    let exact = |w: &u64| u64::from(size) * w;
    weights
        .iter()
        .zip(found)
        .all(|(w, &s)| (exact(w) / total..=exact(w).div_ceil(total)).contains(&u64::from(s)))
}

/// Nobody loses a seat to a larger panel.
fn monotone(fewer: &[u32], more: &[u32]) -> bool {
    fewer.iter().zip(more).all(|(f, m)| f <= m)
}

/// More people never get fewer seats.
fn ordered(weights: &[u64], found: &[u32]) -> bool {
    let pairs = weights.iter().zip(found);
    pairs
        .clone()
        .all(|(w, s)| pairs.clone().all(|(v, t)| w <= v || s >= t))
}

#[test]
fn the_checks_catch_what_breaks_them() {
    // Adams gives the large one less than its floor: 93 of 100 people, 10 seats, 8 ones.
    let weights = [93, 1, 1, 1, 2, 2];
    assert!(!keeps_quota(
        &weights,
        10,
        &seats(&weights, 10, Method::Adams)
    ));
    let alabama = [567, 385, 42, 6];
    assert!(!monotone(
        &seats(&alabama, 323, Method::Hamilton),
        &seats(&alabama, 324, Method::Hamilton)
    ));
    assert!(!ordered(&[2, 1], &[0, 1]));
}

fn weights() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(prop_oneof![1..50_u64, 1..100_000_000_u64], 1..=6)
}

proptest! {
    #[test]
    fn every_method_fills_the_panel(weights in weights(), size in 1..300_u32, tolerance in 0..4000_u32) {
        let methods = ["range".to_owned(), format!("tolerance:{}.{:03}", tolerance / 1000, tolerance % 1000), format!("tolerance:{}%", tolerance / 100)];
        for method in EXACT.into_iter().chain(methods.iter().map(|m| m.parse().unwrap())) {
            let found = apportioned(&weights, size, method, &[]);
            let (least, most): (Vec<u32>, Vec<u32>) = found.quotas().iter().map(|q| (q.min, q.max)).unzip();
            prop_assert!(least.iter().sum::<u32>() <= size && most.iter().sum::<u32>() >= size, "{method}");
            if EXACT.contains(&method) {
                prop_assert_eq!(&least, &most);
                prop_assert!(ordered(&weights, &least), "{method}");
            } else {
                prop_assert!(keeps_quota(&weights, size, &least) || method != Method::Range);
                prop_assert!(keeps_quota(&weights, size, &most) || method != Method::Range);
            }
        }
    }

    #[test]
    fn hamilton_keeps_quota(weights in weights(), size in 1..300_u32) {
        prop_assert!(keeps_quota(&weights, size, &seats(&weights, size, Method::Hamilton)));
    }

    #[test]
    fn divisor_methods_are_house_monotone(weights in weights(), size in 1..300_u32) {
        for method in [Method::SainteLague, Method::Adams] {
            prop_assert!(monotone(&seats(&weights, size, method), &seats(&weights, size + 1, method)));
        }
    }

    /// Adams: at least 1 where there are seats enough, and never above the ceiling.
    #[test]
    fn adams_seats_everybody(weights in weights(), size in 1..300_u32) {
        let found = seats(&weights, size, Method::Adams);
        let total: u64 = weights.iter().sum();
        prop_assert!((size as usize) < weights.len() || found.iter().all(|&s| s >= 1));
        prop_assert!(weights.iter().zip(&found).all(|(w, &s)| u64::from(s) <= (w * u64::from(size)).div_ceil(total).max(1)));
    }

    /// Whole shares are given as they are, by every method.
    #[test]
    fn whole_shares_stay(shares in prop::collection::vec(1..40_u32, 1..=6), factor in 1..1000_u64) {
        let weights: Vec<u64> = shares.iter().map(|&s| u64::from(s) * factor).collect();
        for method in EXACT.into_iter().chain([Method::Range]) {
            prop_assert_eq!(&seats(&weights, shares.iter().sum(), method), &shares);
        }
    }

    /// Neither the order of rows nor the unit of the figures matters.
    #[test]
    fn order_and_scale_do_not_matter(weights in weights(), size in 1..100_u32, turn in 0..6_usize, factor in 1..50_u64) {
        for method in EXACT {
            let mut rows: Vec<(&str, u64)> = NAMES.iter().copied().zip(weights.iter().map(|w| w * factor)).collect();
            let turn = turn % rows.len();
            rows.rotate_left(turn);
            let shares = rows.iter().fold(Shares::builder().feature("f"), |b, (name, w)| b.count(name, *w)).build().unwrap();
            let mut found: Vec<(String, u32)> = shares.apportion(size, method, &[]).unwrap().quotas().iter().map(|q| (q.value.clone(), q.min)).collect();
            found.sort();
            prop_assert_eq!(found.into_iter().map(|f| f.1).collect::<Vec<_>>(), seats(&weights, size, method));
        }
    }

    /// The trace adds up: the exact shares are `size · weight / total`, and Σ awards and minimums are the seats.
    #[test]
    fn the_trace_adds_up(weights in weights(), size in 1..100_u32) {
        let total: u64 = weights.iter().sum();
        for method in EXACT {
            let found = apportioned(&weights, size, method, &[]);
            for (line, w) in found.features[0].lines.iter().zip(&weights) {
                prop_assert_eq!(line.share.total, total);
                prop_assert_eq!(u64::from(line.share.whole) * total + line.share.remainder, u64::from(size) * w);
            }
            if method != Method::Hamilton {
                for (at, line) in found.features[0].lines.iter().enumerate() {
                    let awarded = found.features[0].awards.iter().filter(|a| a.line == at).count();
                    prop_assert_eq!(awarded, line.min as usize);
                }
            }
        }
    }
}

/// A figure of 0 gets no seat, not even from Adams.
#[test]
fn nobody_gets_nothing() {
    for method in EXACT {
        assert_eq!(seats(&[0, 3, 1], 40, method), [0, 30, 10]);
    }
    let range = people(&[0, 3, 1])
        .apportion(39, Method::Range, &[])
        .unwrap();
    assert_eq!(
        range
            .quotas()
            .iter()
            .map(|q| (q.min, q.max))
            .collect::<Vec<_>>(),
        [(0, 0), (29, 30), (9, 10)]
    );
}
