//! Each method minimises something that is easy to state; here it is minimised by looking at everything.
//!
//! Largest remainder: the sum of squared distances to the exact shares. Sainte-Laguë: the same, each divided by the people
//! (that is how A. Sainte-Laguë derived it in 1910). Adams: the most people per seat (Balinski and Young, *Fair Representation*).

use kleroterion::quota::Method;

use super::{apportioned, protected, seats};

/// All ways to give `size` seats to as many values as there are minimums, each at least its own.
fn ways(size: u32, least: &[u32]) -> Vec<Vec<u32>> {
    let Some((&first, rest)) = least.split_first() else {
        return if size == 0 { vec![vec![]] } else { vec![] };
    };
    let with = |s: u32| {
        ways(size - s, rest).into_iter().map(move |mut w| {
            w.insert(0, s);
            w
        })
    };
    (first..=size).flat_map(with).collect()
}

/// The ways of least cost.
fn best<C: Ord>(size: u32, least: &[u32], cost: impl Fn(&[u32]) -> C) -> Vec<Vec<u32>> {
    let all = ways(size, least);
    let lowest = all.iter().map(|w| cost(w)).min().unwrap();
    all.into_iter().filter(|w| cost(w) == lowest).collect()
}

/// Σ (seats · total − size · weight)² · `unit(i)`.
fn squares(weights: &[u64], size: u32, found: &[u32], unit: impl Fn(usize) -> i128) -> i128 {
    let total: i128 = weights.iter().map(|&w| i128::from(w)).sum();
    let distance = |(i, (&w, &s)): (usize, (&u64, &u32))| {
        let d = i128::from(s) * total - i128::from(size) * i128::from(w);
        d * d * unit(i)
    };
    weights.iter().zip(found).enumerate().map(distance).sum()
}

/// Weights of 1 to 9 with few and many equal ones.
fn cases() -> Vec<Vec<u64>> {
    let mut cases = Vec::new();
    for n in 0..9_u64.pow(3) {
        let three = vec![n % 9 + 1, n / 9 % 9 + 1, n / 81 + 1];
        if n % 13 == 0 {
            cases.push([three.clone(), vec![n % 5 + 1]].concat());
        }
        cases.push(three);
    }
    cases
}

#[test]
fn hamilton_is_nearest_to_the_exact_shares() {
    for weights in cases() {
        for size in 1..=7 {
            let optimal = best(size, &vec![0; weights.len()], |w| {
                squares(&weights, size, w, |_| 1)
            });
            let found = apportioned(&weights, size, Method::Hamilton, &[]);
            assert!(
                optimal.contains(&seats(&weights, size, Method::Hamilton)),
                "{weights:?} {size}"
            );
            assert_eq!(
                optimal.len() > 1,
                !found.features[0].ties.is_empty(),
                "{weights:?} {size}"
            );
        }
    }
}

#[test]
fn sainte_lague_is_nearest_relative_to_the_people() {
    for weights in cases() {
        let product: i128 = weights.iter().map(|&w| i128::from(w)).product();
        for size in 3..=6 {
            for least in [[0, 0, 0, 0], [0, 2, 0, 0], [1, 0, 1, 1]] {
                let least = &least[..weights.len()];
                let unit = |i: usize| product / i128::from(weights[i]);
                let optimal = best(size, least, |w| squares(&weights, size, w, unit));
                let found = apportioned(&weights, size, Method::SainteLague, least);
                assert!(
                    optimal.contains(&protected(&weights, size, Method::SainteLague, least)),
                    "{weights:?} {size} {least:?}"
                );
                let left = size > least.iter().sum();
                assert_eq!(
                    left && optimal.len() > 1,
                    !found.features[0].ties.is_empty(),
                    "{weights:?} {size} {least:?}"
                );
            }
        }
    }
}

#[test]
fn adams_has_the_fewest_people_per_seat() {
    for weights in cases() {
        let product: u64 = (1..=9).product();
        for size in 4..=7_u32 {
            for least in [[0, 0, 0, 0], [0, 2, 0, 0], [1, 0, 1, 1]] {
                let least = &least[..weights.len()];
                let most = |w: &[u32]| {
                    let per_seat = |(&w, &s): (&u64, &u32)| {
                        if s == 0 {
                            u64::MAX
                        } else {
                            w * product / u64::from(s)
                        }
                    };
                    weights.iter().zip(w).map(per_seat).max()
                };
                let optimal = best(size, least, most);
                assert!(
                    optimal.contains(&protected(&weights, size, Method::Adams, least)),
                    "{weights:?} {size} {least:?}"
                );
            }
        }
    }
}
