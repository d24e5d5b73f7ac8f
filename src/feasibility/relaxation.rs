//! A change that makes a panel possible.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{ErrorKind, Result};
use crate::instance::Instance;
use crate::quota::Quotas;

use super::program::{Lever, Side};
use super::{Case, Goal};

/// A change of the rules after which a panel exists; that it does was checked before it was suggested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Relaxation {
    /// What it is the least of, among all changes within `min_flex` and `max_flex`; empty for a change that
    /// [includes everybody](Case::include_everyone).
    pub goals: Vec<Goal>,
    /// The quotas that change, in canonical order.
    pub quotas: Vec<QuotaChange>,
    /// Seats before and after.
    pub size: (u32, u32),
    /// Whether people of one household may sit together now.
    pub households: Households,
}

/// What becomes of the household rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Households {
    /// It stays as it is.
    AsBefore,
    /// So many people of a household may sit.
    AtMost(u32),
    /// It is dropped.
    Dropped,
}

/// One quota before and after.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct QuotaChange {
    /// Position among the [given quotas](Instance::given_quotas).
    pub position: usize,
    /// The feature.
    pub feature: String,
    /// The value.
    pub value: String,
    /// Minimum and maximum before.
    pub from: (u32, u32),
    /// Minimum and maximum after.
    pub to: (u32, u32),
}

/// What [`Case::suggest`] found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Suggestions {
    /// The changes, all different, in the order of the goals; empty for a case that has a panel.
    pub relaxations: Vec<Relaxation>,
    /// Goals by which nothing helps: no change of quotas within `min_flex` and `max_flex`, no other size, not the household rule.
    pub without: Vec<Goal>,
    /// Goals for which the work limit came first.
    pub unsettled: Vec<Goal>,
}

impl Relaxation {
    /// Changes of quotas by these levers.
    pub(super) fn of_quotas(case: &Case, goals: Vec<Goal>, moves: &[(Lever, u32)]) -> Self {
        let instance = case.instance();
        let mut changes: Vec<QuotaChange> = Vec::new();
        for (lever, seats) in moves {
            let quota = &instance.quotas()[lever.quota];
            let Some(position) = instance.given_position(lever.quota) else {
                continue;
            };
            if changes.last().is_none_or(|last| last.position != position) {
                changes.push(QuotaChange {
                    position,
                    feature: quota.feature.clone(),
                    value: quota.value.clone(),
                    from: (quota.min, quota.max),
                    to: (quota.min, quota.max),
                });
            }
            if let Some(change) = changes.last_mut() {
                match lever.side {
                    Side::Minimum => change.to.0 -= seats,
                    Side::Maximum => change.to.1 += seats,
                }
            }
        }
        Self {
            quotas: changes,
            ..Self::nothing(case, goals)
        }
    }

    /// No change yet.
    pub(super) fn nothing(case: &Case, goals: Vec<Goal>) -> Self {
        let size = case.instance().size();
        Self {
            goals,
            quotas: vec![],
            size: (size, size),
            households: Households::AsBefore,
        }
    }

    /// True when both change the same in the same way.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.quotas == other.quotas
            && self.size == other.size
            && self.households == other.households
    }

    /// The problem with this change: checked like any other.
    ///
    /// # Errors
    /// [`ErrorKind::Rejected`] when the change was made for another case.
    pub fn apply(&self, case: &Case) -> Result<Instance> {
        let quotas = self.quotas(case)?;
        let mut pool = case.instance().pool().clone();
        match self.households {
            Households::AsBefore => {}
            Households::AtMost(most) => pool.household_most = most,
            Households::Dropped => {
                pool.household_columns.clear();
                for person in &mut pool.people {
                    person.household = None;
                }
            }
        }
        Instance::new(pool, quotas, self.size.1)
    }

    /// The given quotas with this change, in their order, with `min_flex` and `max_flex` as they were.
    ///
    /// # Errors
    /// [`ErrorKind::Rejected`] when the change was made for another case.
    pub fn quotas(&self, case: &Case) -> Result<Quotas> {
        let other = || ErrorKind::Rejected("the change was made for another case".into());
        if self.size.0 != case.instance().size() {
            return Err(other().into());
        }
        let mut quotas = case.instance().given_quotas().clone();
        for change in &self.quotas {
            let quota = quotas.quotas.get_mut(change.position);
            let quota = quota
                .filter(|q| (q.min, q.max) == change.from)
                .ok_or_else(other)?;
            (quota.min, quota.max) = change.to;
        }
        Ok(quotas)
    }

    /// The objective of the standard tool: Σ (1 + 2/minimum) per seat that a minimum is lowered by, 1 per seat that a maximum is
    /// raised by.
    #[must_use]
    pub fn weighted_cost(&self) -> f64 {
        let cost = |change: &QuotaChange| {
            let (down, up) = change.seats();
            weight(change.from.0) * f64::from(down) + f64::from(up)
        };
        self.quotas.iter().map(cost).sum()
    }

    /// The most seats by which any minimum or maximum changes.
    #[must_use]
    pub fn largest_change(&self) -> u32 {
        let seats = self.quotas.iter().map(QuotaChange::seats);
        seats.map(|(down, up)| down.max(up)).max().unwrap_or(0)
    }
}

/// What lowering a minimum by a seat costs; a minimum of 0 cannot be lowered.
pub(super) fn weight(minimum: u32) -> f64 {
    if minimum == 0 {
        0.0
    } else {
        1.0 + 2.0 / f64::from(minimum)
    }
}

impl QuotaChange {
    /// Seats by which the minimum is lowered and the maximum raised.
    #[must_use]
    pub fn seats(&self) -> (u32, u32) {
        (self.from.0 - self.to.0, self.to.1 - self.from.1)
    }
}

impl fmt::Display for QuotaChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (down, up) = self.seats();
        write!(f, "{} = {}:", self.feature, self.value)?;
        if down > 0 {
            write!(f, " minimum {} -> {}", self.from.0, self.to.0)?;
        }
        let comma = if down > 0 { "," } else { "" };
        if up > 0 {
            write!(f, "{comma} maximum {} -> {}", self.from.1, self.to.1)?;
        }
        Ok(())
    }
}

impl fmt::Display for Relaxation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = self.quotas.iter().map(ToString::to_string).collect();
        if self.size.0 != self.size.1 {
            parts.push(format!("panel size {} -> {}", self.size.0, self.size.1));
        }
        match self.households {
            Households::AsBefore => {}
            Households::AtMost(most) => {
                parts.push(format!("up to {most} people of a household may sit"));
            }
            Households::Dropped => parts.push("all people of a household may sit".to_owned()),
        }
        if parts.is_empty() {
            parts.push("nothing changes".to_owned());
        }
        f.write_str(&parts.join("; "))
    }
}
