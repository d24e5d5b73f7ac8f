//! Kemeny's rule by dynamic programming over sets of options.

use serde::Serialize;

/// Most options of which all orders are compared.
pub const MOST_OPTIONS: usize = 8;

/// The orders that contradict the fewest preferences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Kemeny {
    /// Preferences that each of these orders contradicts.
    pub contradicted: u64,
    /// All such orders, the best option first, in ascending order.
    pub rankings: Vec<Vec<usize>>,
}

/// The cost of an order is the sum, over its options, of the preferences for those below them; so the best order of a set of options below the rest
/// does not depend on how the rest is ordered (dynamic programming over sets).
pub(super) fn solve(pairwise: &[Vec<u64>]) -> Kemeny {
    let options = pairwise.len();
    let members = |set: usize| (0..options).filter(move |option| set >> option & 1 == 1);
    // Cost of putting an option above a set: those who prefer a member of the set to it.
    let above = |option: usize, set: usize| -> u64 {
        members(set).map(|other| pairwise[other][option]).sum()
    };
    let mut best = vec![0_u64; 1 << options];
    for set in 1..best.len() {
        let first = |option: usize| {
            let rest = set & !(1 << option);
            above(option, rest) + best[rest]
        };
        best[set] = members(set).map(first).min().unwrap_or(0);
    }
    let mut rankings = Vec::new();
    let mut open = vec![(Vec::new(), best.len() - 1)];
    while let Some((order, set)) = open.pop() {
        if set == 0 {
            rankings.push(order);
            continue;
        }
        for option in members(set) {
            let rest = set & !(1 << option);
            if above(option, rest) + best[rest] == best[set] {
                let mut order = order.clone();
                order.push(option);
                open.push((order, rest));
            }
        }
    }
    rankings.sort_unstable();
    Kemeny {
        contradicted: best[best.len() - 1],
        rankings,
    }
}
