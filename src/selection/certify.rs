//! Turning the multipliers of a level into integers that anyone can check.

use super::distribution::DENOMINATOR;
use super::levels::{RawLevel, Reason};
use super::model::Model;
use crate::certificate::{Bound, Level, Proof};

/// Largest denominator tried when the multipliers look like fractions.
const LARGEST_DENOMINATOR: f64 = 1e7;

/// Integer multipliers: the fractions themselves where they have a small common denominator, else scaled to 12 digits.
pub(crate) fn candidates(multipliers: &[f64]) -> Vec<Vec<i64>> {
    let scaled = |s: f64| multipliers.iter().map(|p| (p * s).round() as i64).collect::<Vec<i64>>();
    common_denominator(multipliers).map(scaled).into_iter().chain([scaled(1e12), scaled(1e10)]).collect()
}

/// Smallest common denominator of numbers that are fractions within 1e-8, by continued fractions.
fn common_denominator(numbers: &[f64]) -> Option<f64> {
    let mut common = 1.0_f64;
    for number in numbers {
        let x = number * common;
        if (x - x.round()).abs() <= 1e-8 * common.max(1.0) {
            continue;
        }
        common *= denominator(x)?;
        if common > LARGEST_DENOMINATOR {
            return None;
        }
    }
    Some(common)
}

fn denominator(x: f64) -> Option<f64> {
    let (mut before, mut now) = (0.0_f64, 1.0_f64);
    let mut rest = x - x.floor();
    for _ in 0..20 {
        if (x * now - (x * now).round()).abs() <= 1e-8 * now {
            return Some(now);
        }
        if rest <= 1e-12 {
            return None;
        }
        let inverse = 1.0 / rest;
        let next = inverse.floor() * now + before;
        rest = inverse - inverse.floor();
        before = now;
        now = next;
        if now > LARGEST_DENOMINATOR {
            return None;
        }
    }
    None
}

/// Exact expected seats per role, in 10^-12, with the roles fixed so far.
pub(crate) struct Ledger<'a> {
    pub(crate) model: &'a Model,
    pub(crate) seats: &'a [u64],
    pub(crate) fixed: Vec<bool>,
}

impl Ledger<'_> {
    /// The level with the tightest integer proof; marks its roles as fixed.
    pub(crate) fn level(&mut self, raw: &RawLevel) -> Level {
        let chance = |j: usize| self.seats[j] / self.model.people[j] as u64;
        let value = (0..self.model.len()).filter(|&j| !self.fixed[j]).map(chance).min().unwrap_or(0);
        let (proof, bound) = match &raw.reason {
            Reason::Full => self.full(raw),
            Reason::Search { weights, nodes } => self.searched(weights, *nodes, value),
            Reason::Multipliers(multipliers) => {
                let best = candidates(multipliers).into_iter().map(|p| (self.bound_of(&p), p)).min_by_key(|(b, _)| *b);
                best.map_or((Proof::Search { nodes: 0 }, value), |(b, p)| (Proof::Bound(self.to_bound(&p)), b))
            }
        };
        for &j in &raw.fixed {
            self.fixed[j] = true;
        }
        Level { value, bound, fixed: raw.fixed.iter().map(|&j| self.model.roles[j]).collect(), proof }
    }

    /// Everybody at the level sits as often as their household allows.
    fn full(&self, raw: &RawLevel) -> (Proof, u64) {
        if raw.fixed.iter().all(|&j| self.model.units[j] == self.model.people[j]) {
            return (Proof::Certain, DENOMINATOR);
        }
        let weights: Vec<(u32, u32, i64)> = raw.fixed.iter().map(|&j| (self.model.roles[j].0, self.model.roles[j].1, 1)).collect();
        let mut groups: Vec<u32> = weights.iter().map(|w| w.0).collect();
        groups.dedup();
        let units: f64 = raw.fixed.iter().map(|&j| self.model.units[j]).sum();
        let people: f64 = raw.fixed.iter().map(|&j| self.model.people[j]).sum();
        let bound = (units as u64 * DENOMINATOR).div_ceil(people as u64);
        (Proof::Bound(Bound { size: 0, quotas: vec![], households: vec![], scale: 1, weights: Some(weights) }), bound)
    }

    fn searched(&self, _weights: &[f64], nodes: u64, value: u64) -> (Proof, u64) {
        (Proof::Search { nodes }, value)
    }

    fn to_bound(&self, p: &[i64]) -> Bound {
        let quotas = self.model.quotas;
        let sparse = |items: &mut dyn Iterator<Item = (u32, i64)>| items.filter(|(_, p)| *p != 0).collect::<Vec<_>>();
        Bound {
            size: p[quotas],
            quotas: sparse(&mut (0u32..).zip(p[..quotas].iter().copied())),
            households: sparse(&mut self.model.homes.iter().copied().zip(p[quotas + 1..].iter().map(|&s| s.max(0)))),
            scale: 1,
            weights: None,
        }
    }

    /// What no lottery exceeds under these multipliers, in 10^-12, rounded up.
    fn bound_of(&self, p: &[i64]) -> u64 {
        let model = self.model;
        let mut upper: i128 = 0;
        for (p, (low, high)) in p[..=model.quotas].iter().zip(&model.rows) {
            upper += (i128::from(*p) * *low as i128).max(i128::from(*p) * *high as i128);
        }
        let mut fixed: i128 = 0;
        let mut free: i128 = 0;
        let mut home = 0;
        let mut j = 0;
        while j < model.len() {
            let group = model.roles[j].0;
            let sigma = if model.homes.get(home) == Some(&group) { p[model.quotas + 1 + home].max(0) } else { 0 };
            home += usize::from(model.homes.get(home) == Some(&group));
            let mut excess: i128 = 0;
            let mut units = 0;
            while j < model.len() && model.roles[j].0 == group {
                if model.units[j] > 0.0 {
                    let own: i128 = model.columns.column(j).filter(|(row, _)| *row <= model.quotas).map(|(row, _)| i128::from(p[row])).sum();
                    let y = (own + i128::from(sigma)).max(0);
                    excess = excess.max(y - own);
                    units = model.units[j] as i128;
                    if self.fixed[j] {
                        fixed += y * i128::from(self.seats[j]);
                    } else {
                        free += y * model.people[j] as i128;
                    }
                }
                j += 1;
            }
            upper += units * excess;
        }
        let numerator = upper * i128::from(DENOMINATOR) - fixed;
        if free <= 0 {
            return u64::MAX;
        }
        let ceiling = numerator.div_euclid(free) + i128::from(numerator.rem_euclid(free) > 0);
        u64::try_from(ceiling.max(0)).unwrap_or(u64::MAX)
    }
}
