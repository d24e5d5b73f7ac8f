//! The maximum of the likelihood: Newton steps that stay where every factor is at most 1.

use std::collections::BTreeMap;

use crate::error::{ErrorKind, Result};
use crate::kernel::cholesky::Cholesky;

/// Most steps.
const STEPS: u64 = 1000;
/// Most times that a step is halved.
const HALVINGS: u32 = 60;

/// People with the same values.
struct Profile {
    /// Position 0 and one per feature.
    places: Vec<usize>,
    volunteers: f64,
    /// Volunteers and weights of the survey.
    all: f64,
}

/// The log-likelihood of the logarithms of β₀ and all factors, none above 0. It is concave: −ln(eˣ + c) is.
pub(super) struct Model {
    profiles: Vec<Profile>,
    size: usize,
    c: f64,
    volunteers: f64,
}

impl Model {
    /// From volunteers and survey weights per profile.
    pub(super) fn new(counts: BTreeMap<Vec<usize>, (f64, f64)>, size: usize, c: f64) -> Self {
        let profile = |(mut places, (volunteers, weight)): (Vec<usize>, (f64, f64))| {
            places.insert(0, 0);
            let all = volunteers + weight;
            Profile {
                places,
                volunteers,
                all,
            }
        };
        let profiles: Vec<Profile> = counts.into_iter().map(profile).collect();
        let volunteers = profiles.iter().map(|p| p.volunteers).sum();
        Self {
            profiles,
            size,
            c,
            volunteers,
        }
    }

    fn value(&self, logs: &[f64]) -> f64 {
        let term = |p: &Profile| {
            let log: f64 = p.places.iter().map(|&at| logs[at]).sum();
            p.volunteers * log - p.all * libm::log(libm::exp(log) + self.c)
        };
        self.profiles.iter().map(term).sum()
    }

    /// Gradient, and the lower triangle of minus the Hessian.
    fn slopes(&self, logs: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
        let mut gradient = vec![0.0; self.size];
        let mut bend: Vec<Vec<f64>> = (0..self.size).map(|i| vec![0.0; i + 1]).collect();
        for p in &self.profiles {
            let log: f64 = p.places.iter().map(|&at| logs[at]).sum();
            let chance = libm::exp(log);
            let part = chance / (chance + self.c);
            for &i in &p.places {
                gradient[i] += p.volunteers - p.all * part;
                for &j in p.places.iter().filter(|&&j| j <= i) {
                    bend[i][j] += p.all * part * (1.0 - part);
                }
            }
        }
        (gradient, bend)
    }

    /// The logarithms at the maximum.
    ///
    /// Where a logarithm is 0 and would grow, it is held; the others take a Newton step, shortened until the
    /// likelihood grows enough. Adding to one factor what is taken from another of every profile changes nothing, so the
    /// matrix is singular: a millionth of its largest entry on the diagonal picks the short step.
    pub(super) fn maximum(&self) -> Result<Vec<f64>> {
        let start = libm::log(0.5 * (self.volunteers / (self.volunteers + 1.0)).min(0.5));
        let mut logs = vec![0.0; self.size];
        logs[0] = start;
        for step in 0..STEPS {
            let (gradient, bend) = self.slopes(&logs);
            let free: Vec<usize> = (0..self.size)
                .filter(|&i| logs[i] < 0.0 || gradient[i] < 0.0)
                .collect();
            let slope = free.iter().map(|&i| gradient[i].abs()).fold(0.0, f64::max);
            if slope <= 1e-9 * self.volunteers {
                return Ok(logs);
            }
            let newton = direction(&free, &gradient, &bend);
            let plain: Vec<f64> = free
                .iter()
                .map(|&i| gradient[i] / self.volunteers)
                .collect();
            let moved = [newton, plain]
                .iter()
                .find_map(|way| self.step(&logs, (&free, way), &gradient));
            match moved {
                Some(next) => logs = next,
                // No float is better; the slope is what rounding leaves.
                None if slope <= 1e-6 * self.volunteers => return Ok(logs),
                None => return Err(limit(step)),
            }
        }
        Err(limit(STEPS))
    }

    /// The first of ever shorter steps that climbs a ten-thousandth of what the gradient promises.
    fn step(
        &self,
        logs: &[f64],
        (free, way): (&[usize], &[f64]),
        gradient: &[f64],
    ) -> Option<Vec<f64>> {
        let value = self.value(logs);
        let mut length = 1.0;
        for _ in 0..HALVINGS {
            let mut next = logs.to_vec();
            let mut promised = 0.0;
            for (&i, d) in free.iter().zip(way) {
                next[i] = (logs[i] + length * d).min(0.0);
                promised += gradient[i] * (next[i] - logs[i]);
            }
            if promised > 0.0 && self.value(&next) > value + 1e-4 * promised {
                return Some(next);
            }
            length *= 0.5;
        }
        None
    }
}

fn direction(free: &[usize], gradient: &[f64], bend: &[Vec<f64>]) -> Vec<f64> {
    let largest = free.iter().map(|&i| bend[i][i]).fold(0.0, f64::max);
    let row = |(at, &i): (usize, &usize)| -> Vec<f64> {
        let mut row: Vec<f64> = free[..=at].iter().map(|&j| bend[i][j]).collect();
        row[at] += 1e-6 * largest;
        row
    };
    let lower = free.iter().enumerate().map(row).collect();
    let right: Vec<f64> = free.iter().map(|&i| gradient[i]).collect();
    Cholesky::new(lower).solve(&right)
}

fn limit(work: u64) -> crate::error::Error {
    let doing = "estimating who participates".to_owned();
    ErrorKind::LimitReached { doing, work }.into()
}
