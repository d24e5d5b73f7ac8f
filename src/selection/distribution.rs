//! The lottery as a mixture of compositions, before anybody is drawn.

use serde::{Deserialize, Serialize};

use super::Rule;
use crate::certificate::Certificate;
use crate::instance::Instance;
use crate::ratio::Ratio;

/// Weights are integers over this denominator.
pub const DENOMINATOR: u64 = 1_000_000_000_000;

/// Seats per role: entries `[group, role, seats]`, ascending by group and role, seats > 0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Composition(pub Vec<(u32, u32, u32)>);

/// Deterministic counts of the work done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Work {
    /// Simplex pivots.
    pub pivots: u64,
    /// Search nodes.
    pub nodes: u64,
    /// Integer programs priced.
    pub pricings: u64,
    /// Pricings that needed the exact search.
    pub exact: u64,
}

/// A lottery over compositions with exact chances and the proof of what its rule claims.
#[derive(Debug, Clone)]
pub struct Distribution {
    pub(crate) instance: Instance,
    pub(crate) rule: Rule,
    /// Lexicographic order, none twice.
    pub(crate) compositions: Vec<Composition>,
    /// Positive, summing to [`DENOMINATOR`].
    pub(crate) weights: Vec<u64>,
    pub(crate) certificate: Certificate,
    pub(crate) work: Work,
    /// The fewest compositions with the same chances, by column of the model: what a panel list is rounded from.
    pub(crate) base: Vec<(Vec<u32>, u64)>,
}

impl Distribution {
    /// The instance it was made for.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.instance
    }

    /// The rule that made it.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// The compositions, in lexicographic order.
    #[must_use]
    pub fn compositions(&self) -> &[Composition] {
        &self.compositions
    }

    /// One weight per composition, summing to [`DENOMINATOR`].
    #[must_use]
    pub fn weights(&self) -> &[u64] {
        &self.weights
    }

    /// The proof.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// What it cost.
    #[must_use]
    pub fn work(&self) -> Work {
        self.work
    }

    /// Exact chance of every person, in canonical order (ascending id). O(compositions · seats + people).
    #[must_use]
    pub fn probabilities(&self) -> Vec<Ratio> {
        let groups = self.instance.groups();
        let mut seats: Vec<Vec<u64>> = groups.iter().map(|g| vec![0; g.profiles().len()]).collect();
        for (Composition(entries), weight) in self.compositions.iter().zip(&self.weights) {
            for &(group, role, count) in entries {
                seats[group as usize][role as usize] += weight * u64::from(count);
            }
        }
        let mut chances = vec![Ratio::new(0, 1); self.instance.len()];
        for (group, seats) in groups.iter().zip(&seats) {
            for (role, &expected) in seats.iter().enumerate() {
                let chance = Ratio::new(expected, DENOMINATOR * group.people_in(role) as u64);
                for &person in group.units().iter().flat_map(|unit| &unit[role]) {
                    chances[person as usize] = chance;
                }
            }
        }
        chances
    }
}
