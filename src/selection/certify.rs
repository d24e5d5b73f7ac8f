//! Turning the multipliers of a level into integers that anyone can check.

use super::DENOMINATOR;
use super::levels::{RawLevel, Reason};
use super::model::Model;
use crate::audit::{Ledger, Standing};
use crate::certificate::{Bound, Level, Proof};
use crate::instance::Instance;

/// Largest denominator tried when the multipliers look like fractions.
const LARGEST_DENOMINATOR: f64 = 1e7;

/// Integer multipliers: the fractions themselves where they have a small common denominator, else scaled to 12 digits.
pub(crate) fn candidates(multipliers: &[f64]) -> Vec<Vec<i64>> {
    let scaled = |s: f64| {
        multipliers
            .iter()
            .map(|p| (p * s).round() as i64)
            .collect::<Vec<i64>>()
    };
    common_denominator(multipliers)
        .map(scaled)
        .into_iter()
        .chain([scaled(1e12), scaled(1e10)])
        .collect()
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

/// The multipliers of the model's rows as a bound: quotas and size, and the households where they are used.
pub(crate) fn to_bound(
    model: &Model,
    p: &[i64],
    scale: i64,
    weights: Option<Vec<(u32, u32, i64)>>,
) -> Bound {
    let quotas = model.quotas;
    let households = model
        .homes
        .iter()
        .copied()
        .zip(p[quotas + 1..].iter().copied());
    let derived = weights.is_none();
    Bound {
        size: p[quotas],
        quotas: (0u32..)
            .zip(p[..quotas].iter().copied())
            .filter(|(_, p)| *p != 0)
            .collect(),
        households: households
            .filter(|(_, sigma)| derived && *sigma > 0)
            .collect(),
        scale,
        weights,
    }
}

/// Writes the levels of a certificate, each with the tightest integer proof at hand.
pub(crate) struct Notary<'a> {
    model: &'a Model,
    ledger: Ledger<'a>,
}

impl<'a> Notary<'a> {
    /// Starts with the exact expected seats of the lottery, in 10^-12; columns without units are excluded.
    pub(crate) fn new(instance: &'a Instance, model: &'a Model, seats: &[u64]) -> Self {
        let mut per_group: Vec<Vec<u64>> = instance
            .groups()
            .iter()
            .map(|g| vec![0; g.profiles().len()])
            .collect();
        for (&(group, role), &expected) in model.roles.iter().zip(seats) {
            per_group[group as usize][role as usize] = expected;
        }
        let mut ledger = Ledger::new(instance, per_group);
        for (&role, _) in model
            .roles
            .iter()
            .zip(&model.units)
            .filter(|(_, units)| **units == 0.0)
        {
            ledger.set(role, Standing::Excluded);
        }
        Self { model, ledger }
    }

    /// From now on levels speak of lotteries that give nobody at this one's highest chance more.
    pub(crate) fn keep_below_highest(&mut self) {
        self.ledger.cap_at_highest();
    }

    /// Chances and standing of every role by now.
    pub(crate) fn ledger(&self) -> &Ledger<'a> {
        &self.ledger
    }

    /// One level; its roles are fixed from then on.
    pub(crate) fn level(&mut self, raw: &RawLevel) -> Level {
        let value = self
            .ledger
            .lowest()
            .map_or(0, |(seats, people)| seats / people);
        let fixed: Vec<(u32, u32)> = raw.fixed.iter().map(|&j| self.model.roles[j]).collect();
        let proven = match &raw.reason {
            Reason::Full
                if raw
                    .fixed
                    .iter()
                    .all(|&j| self.model.units[j] == self.model.people[j]) =>
            {
                Some((Proof::Certain, DENOMINATOR))
            }
            Reason::Full => self
                .best(vec![self.full(&fixed)], &fixed)
                .map(|(proof, bound, _)| (proof, bound)),
            Reason::Ceiling => self.ledger.cap().map(|cap| (Proof::Ceiling, cap)),
            Reason::Multipliers(p) => {
                let bounds = candidates(p)
                    .iter()
                    .map(|p| to_bound(self.model, p, 1, None))
                    .collect();
                self.best(bounds, &fixed)
                    .map(|(proof, bound, _)| (proof, bound))
            }
            Reason::Search { bounds, .. } => self
                .best(bounds.clone(), &fixed)
                .filter(|(.., tight)| *tight)
                .map(|(proof, bound, _)| (proof, bound)),
        };
        let (proof, bound) = match (proven, &raw.reason) {
            (Some(proven), _) => proven,
            (None, Reason::Search { nodes, .. }) => {
                let nodes = (*nodes).max(1);
                (Proof::Search { nodes }, value)
            }
            // no integers prove it: the gap tells the caller
            (None, _) => (Proof::Search { nodes: 0 }, u64::MAX),
        };
        for &role in &fixed {
            self.ledger.set(role, Standing::Fixed);
        }
        Level {
            value,
            bound,
            fixed,
            proof,
        }
    }

    /// Everybody fixed sits as often as their household allows.
    fn full(&self, fixed: &[(u32, u32)]) -> Bound {
        let weights = fixed
            .iter()
            .map(|&(group, role)| (group, role, 1))
            .collect();
        Bound {
            size: 0,
            quotas: vec![],
            households: vec![],
            scale: 1,
            weights: Some(weights),
        }
    }

    /// The bound that proves most, and whether it is tight.
    fn best(&self, bounds: Vec<Bound>, fixed: &[(u32, u32)]) -> Option<(Proof, u64, bool)> {
        let judged = bounds.into_iter().filter_map(|bound| {
            let weights = self.ledger.weights(&bound).ok()?;
            let level = self.ledger.level(&bound, &weights).ok()?;
            let held = |&(g, r): &(u32, u32)| level.holds_down(weights[g as usize][r as usize]);
            if !fixed.iter().all(held) {
                return None;
            }
            Some((Proof::Bound(bound), level.bound, level.tight))
        });
        judged.min_by_key(|(_, bound, _)| *bound)
    }
}

/// A proof that the role is in no panel, if the multipliers give one; columns without units are excluded already.
pub(crate) fn exclusion(
    instance: &Instance,
    model: &Model,
    (j, multipliers): (usize, &[f64]),
) -> Option<Bound> {
    let notary = Notary::new(instance, model, &vec![0; model.len()]);
    let role = model.roles[j];
    candidates(multipliers).iter().find_map(|p| {
        let own: i64 = model.columns.column(j).map(|(row, _)| p[row]).sum();
        let bound = to_bound(model, p, own.max(1), Some(vec![(role.0, role.1, 1)]));
        notary
            .ledger
            .exclusion(&bound, role)
            .is_ok()
            .then_some(bound)
    })
}
