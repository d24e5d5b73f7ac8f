//! Every composition, and weights over them as integers.

use super::count::Exact;
use super::graph::Graph;
use crate::lottery::DENOMINATOR;
use crate::natural::Natural;

/// Seats as `(column, seats)`, ascending, seats > 0; and the panels they stand for.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub(crate) seats: Vec<(u32, u32)>,
    pub(crate) panels: Natural,
}

/// All compositions, in lexicographic order.
pub(crate) fn list(graph: &Graph, exact: &Exact) -> Vec<Listed> {
    let mut all = Vec::new();
    if graph.is_empty() {
        return all;
    }
    // paths still to follow: step, state, seats so far, panels so far
    let mut open = vec![(0, 0_usize, Vec::new(), Natural::from(1))];
    while let Some((s, state, seats, panels)) = open.pop() {
        if s == graph.plan.steps.len() {
            let mut seats: Vec<(u32, u32)> = seats;
            seats.sort_unstable();
            all.push(Listed { seats, panels });
            continue;
        }
        for edge in graph.out(state) {
            let mut next = seats.clone();
            let mut product = panels.clone();
            if edge.seats > 0 {
                product = Natural::default();
                product.add_product(&panels, exact.weight(s, edge.used, edge.seats));
                next.push((graph.plan.steps[s].column as u32, u32::from(edge.seats)));
            }
            open.push((s + 1, edge.to as usize, next, product));
        }
    }
    all.sort_unstable_by(|a: &Listed, b| a.seats.cmp(&b.seats));
    all
}

/// Weights over 10^12 in proportion to the panels: each is its share rounded down, at least 1; what is left over goes,
/// one each, to the largest remainders, the earlier composition first; what is missing is taken from the largest weight.
pub(crate) fn shares(panels: &[Natural]) -> Vec<u64> {
    let mut total = Natural::default();
    panels.iter().for_each(|p| total.add(p));
    let parts = panels
        .iter()
        .map(|p| p.times(DENOMINATOR).quotient(&total))
        .collect();
    apportion(parts, 1, DENOMINATOR)
}

/// The same for weights in floating point, over another sum; weights below 1 vanish.
pub(crate) fn rounded(weights: &[f64], sum: u64) -> Vec<u64> {
    let total: f64 = weights.iter().sum();
    let parts = weights
        .iter()
        .map(|w| {
            let share = w / total * sum as f64;
            (share as u64, share - (share as u64) as f64)
        })
        .collect();
    apportion(parts, 0, sum)
}

fn apportion<R: PartialOrd>(parts: Vec<(u64, R)>, least: u64, sum: u64) -> Vec<u64> {
    let mut weights: Vec<u64> = parts.iter().map(|p| p.0.max(least)).collect();
    let given: u64 = weights.iter().sum();
    if given > sum {
        let largest = (0..weights.len()).rev().max_by_key(|&i| weights[i]);
        if let Some(largest) = largest {
            weights[largest] -= given - sum;
        }
        return weights;
    }
    let mut order: Vec<usize> = (0..parts.len()).filter(|&i| parts[i].0 >= least).collect();
    let falling = |&a: &usize, &b: &usize| {
        let order = parts[b].1.partial_cmp(&parts[a].1);
        order.unwrap_or(std::cmp::Ordering::Equal).then(a.cmp(&b))
    };
    order.sort_by(falling);
    let left = (sum - given) as usize;
    order.into_iter().take(left).for_each(|i| weights[i] += 1);
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_sum_to_the_denominator() {
        let weights = |panels: &[u64]| {
            let panels: Vec<Natural> = panels.iter().map(|&p| p.into()).collect();
            shares(&panels)
        };
        assert_eq!(
            weights(&[1, 1, 1]),
            [333_333_333_334, 333_333_333_333, 333_333_333_333]
        );
        assert_eq!(weights(&[2, 1]), [666_666_666_667, 333_333_333_333]);
        // a share below 10^-12 is still a chance, taken from the largest
        assert_eq!(weights(&[1, u64::MAX]), [1, 999_999_999_999]);
        assert_eq!(
            rounded(&[0.25, 0.75, 1e-15], DENOMINATOR),
            [250_000_000_000, 750_000_000_000, 0]
        );
    }
}
