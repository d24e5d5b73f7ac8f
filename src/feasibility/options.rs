//! What to look for, and how long.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a suggestion is the least of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Goal {
    /// The objective of the standard tool: each seat by which a minimum is lowered costs 1 + 2/minimum, each seat by which a
    /// maximum is raised costs 1, and the sum is as small as possible.
    Weighted,
    /// The fewest quotas are touched; among these ways, the fewest seats are moved.
    FewestQuotas,
    /// The largest change of any minimum or maximum is as small as possible; among these ways, the fewest seats are moved.
    SmallestLargest,
    /// The quotas stay; the nearest larger and the nearest smaller panel size for which a panel exists.
    PanelSize,
    /// Quotas and size stay; several people of a household may sit.
    HouseholdRule,
}

impl Goal {
    /// All goals, in the order in which suggestions are listed.
    pub const ALL: [Self; 5] = [
        Self::Weighted,
        Self::FewestQuotas,
        Self::SmallestLargest,
        Self::PanelSize,
        Self::HouseholdRule,
    ];
}

/// What the goal makes of a change, as a list of suggestions says it.
impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Weighted => "smallest weighted change",
            Self::FewestQuotas => "fewest quotas changed",
            Self::SmallestLargest => "smallest largest change",
            Self::PanelSize => "another panel size",
            Self::HouseholdRule => "more people of a household",
        })
    }
}

/// What to look for, and how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    pub(super) goals: Vec<Goal>,
    pub(super) most: usize,
    pub(super) work_limit: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            goals: Goal::ALL.to_vec(),
            most: 3,
            work_limit: 20_000,
        }
    }
}

impl Options {
    /// Only suggestions for these goals.
    #[must_use]
    pub fn goals(mut self, goals: impl IntoIterator<Item = Goal>) -> Self {
        self.goals = goals.into_iter().collect();
        self
    }

    /// Most suggestions that are equally good by the same goal; 3 without this call, at least 1.
    #[must_use]
    pub fn most_per_goal(mut self, most: usize) -> Self {
        self.most = most.max(1);
        self
    }

    /// Most work units (simplex pivots and search nodes) for one goal; 20 000 without this call. Whether there is a panel, why not and
    /// who can be on one may take ten times as many. Work is counted, never timed.
    #[must_use]
    pub fn work_limit(mut self, units: u64) -> Self {
        self.work_limit = units;
        self
    }

    /// Most work units for what is not a goal.
    pub(super) fn question(&self) -> u64 {
        self.work_limit.saturating_mul(10)
    }
}
