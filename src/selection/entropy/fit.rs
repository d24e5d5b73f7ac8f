//! Weights of roles such that the panels' chances, each proportional to the product of its members' weights, give
//! everybody the chance they should have: of all such lotteries that is the one of highest entropy.
//!
//! The weights minimise ln Z(λ) − ⟨λ, π⟩, whose gradient is the difference between the chances there are and those there
//! should be. Where the chances lie on the boundary of what lotteries reach, some weights run to 0: every step of
//! Newton's method makes them smaller by a factor, until they round to 0.

use super::count::Weighted;
use super::graph::Graph;
use super::list::Listed;
use crate::kernel::branch::Effort;
use crate::kernel::dual::{descend, solve};

/// Steps of Newton's method; a boundary takes about 30 more than an inner point.
const STEPS: usize = 120;
/// Largest change of a weight's logarithm in one step: where nothing but rounding is left, steps have no bound.
const REACH: f64 = 5.0;
/// Evaluations of the sum over all panels.
const EVALUATIONS: usize = 600;

/// A lottery that fits.
#[derive(Debug)]
pub(crate) struct Fit {
    /// Logarithms of the roles' weights, by column.
    pub(crate) lambda: Vec<f64>,
    /// Largest difference between a person's chance and the one they should have.
    pub(crate) deviation: f64,
    /// ln Z − ⟨λ, chances⟩.
    pub(crate) entropy: f64,
}

/// Newton's method on a list of all compositions. Gives their weights too; `None` at the work limit.
pub(crate) fn listed(
    list: &[Listed],
    target: &[f64],
    people: &[f64],
    effort: &mut Effort,
) -> Option<(Fit, Vec<f64>)> {
    let ways: Vec<f64> = list.iter().map(|c| c.panels.ln()).collect();
    let mut lambda = vec![0.0; target.len()];
    let mut now = mixture(list, &ways, &lambda);
    let mut best = (f64::INFINITY, lambda.clone());
    for _ in 0..STEPS {
        effort.nodes += list.len() as u64;
        if effort.exhausted() {
            return None;
        }
        let seats = seats(list, &now.1, target.len());
        let gradient: Vec<f64> = target.iter().zip(&seats).map(|(t, s)| t - s).collect();
        let apart = deviation(&gradient, people);
        if apart < best.0 {
            best = (apart, lambda.clone());
        }
        if apart < 1e-14 {
            break;
        }
        let mut step = solve(&covariance(list, &now.1, &seats), &gradient);
        let longest = step.iter().fold(0.0_f64, |a, d| a.max(d.abs()));
        step.iter_mut()
            .for_each(|d| *d *= (REACH / longest).min(1.0));
        let gain: f64 = step.iter().zip(&gradient).map(|(d, g)| d * g).sum();
        let mut length = 1.0;
        let found = loop {
            let next: Vec<f64> = lambda
                .iter()
                .zip(&step)
                .map(|(l, d)| l + length * d)
                .collect();
            let there = mixture(list, &ways, &next);
            let moved: f64 = step.iter().zip(target).map(|(d, t)| d * t * length).sum();
            if there.0 - now.0 - moved <= -1e-4 * length * gain + 1e-13 * now.0.abs().max(1.0) {
                break Some((next, there));
            }
            length *= 0.5;
            if length < 1e-9 {
                break None;
            }
        };
        let Some((next, there)) = found else { break };
        (lambda, now) = (next, there);
    }
    lambda = best.1;
    now = mixture(list, &ways, &lambda);
    let seats = seats(list, &now.1, target.len());
    let gradient: Vec<f64> = target.iter().zip(&seats).map(|(t, s)| t - s).collect();
    let fit = Fit {
        deviation: deviation(&gradient, people),
        entropy: now.0 - dot(&lambda, &seats),
        lambda,
    };
    Some((fit, now.1))
}

/// ln Z and the weight of every composition.
fn mixture(list: &[Listed], ways: &[f64], lambda: &[f64]) -> (f64, Vec<f64>) {
    let log = |(c, w): (&Listed, &f64)| {
        let own = c.seats.iter();
        w + own
            .map(|&(j, x)| lambda[j as usize] * f64::from(x))
            .sum::<f64>()
    };
    let logs: Vec<f64> = list.iter().zip(ways).map(log).collect();
    let largest = logs.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
    let mut weights: Vec<f64> = logs.iter().map(|l| libm::exp(l - largest)).collect();
    let total: f64 = weights.iter().sum();
    weights.iter_mut().for_each(|w| *w /= total);
    (largest + libm::log(total), weights)
}

fn seats(list: &[Listed], weights: &[f64], columns: usize) -> Vec<f64> {
    let mut seats = vec![0.0; columns];
    for (c, w) in list.iter().zip(weights) {
        for &(j, x) in &c.seats {
            seats[j as usize] += w * f64::from(x);
        }
    }
    seats
}

fn covariance(list: &[Listed], weights: &[f64], seats: &[f64]) -> Vec<f64> {
    let n = seats.len();
    let mut matrix = vec![0.0; n * n];
    for (c, &w) in list.iter().zip(weights).filter(|(_, w)| **w > 1e-18) {
        for (at, &(i, x)) in c.seats.iter().enumerate() {
            for &(j, y) in &c.seats[..=at] {
                matrix[i as usize * n + j as usize] += w * f64::from(x) * f64::from(y);
            }
        }
    }
    for i in 0..n {
        for j in 0..=i {
            matrix[i * n + j] -= seats[i] * seats[j];
            matrix[j * n + i] = matrix[i * n + j];
        }
    }
    matrix
}

fn deviation(gradient: &[f64], people: &[f64]) -> f64 {
    let each = gradient.iter().zip(people).map(|(g, p)| (g / p).abs());
    each.fold(0.0, f64::max)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The same where there are too many compositions to list, by sums over all panels. Leaves `weighted` at the fit.
pub(crate) fn summed(
    graph: &Graph,
    weighted: &mut Weighted,
    (target, people): (&[f64], &[f64]),
    effort: &mut Effort,
) -> Option<Fit> {
    let columns = target.len();
    let units = people;
    let mut lambda = vec![0.0; columns];
    weighted.weigh(graph, &lambda);
    let first = weighted.seats(graph, columns);
    for j in 0..columns {
        if first[j] > 0.0 && target[j] > 0.0 {
            lambda[j] = libm::log(target[j]) - libm::log(first[j]);
        }
    }
    let scale: Vec<f64> = target
        .iter()
        .zip(units)
        .map(|(t, n)| 1.0 / (t * (1.0 - t / n)).max(1e-4))
        .collect();
    let smallest = 1e-11;
    let lambda = descend(lambda, &scale, (smallest, EVALUATIONS), |lambda| {
        effort.nodes += graph.len() as u64;
        weighted.weigh(graph, lambda);
        let seats = weighted.seats(graph, columns);
        let gradient = seats.iter().zip(target).map(|(s, t)| s - t).collect();
        (!effort.exhausted()).then(|| (weighted.ln_total - dot(lambda, target), gradient))
    })?;
    weighted.weigh(graph, &lambda);
    let seats = weighted.seats(graph, columns);
    let gradient: Vec<f64> = target.iter().zip(&seats).map(|(t, s)| t - s).collect();
    Some(Fit {
        deviation: deviation(&gradient, people),
        entropy: weighted.ln_total - dot(&lambda, &seats),
        lambda,
    })
}
