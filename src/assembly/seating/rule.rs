//! What a seating is asked for: rounds, their tables, and rules.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// A round: its tables, and who is not there.
///
/// Tables are counted from 1, as on the signs that stand on them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    pub(super) tables: Tables,
    pub(super) tags: BTreeMap<u32, BTreeSet<String>>,
    pub(super) absent: BTreeSet<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Tables {
    /// So many tables whose sizes differ by one at most.
    Even(u32),
    /// Fewest and most members at each table.
    Sized(Vec<(u32, u32)>),
}

impl Round {
    /// So many tables whose sizes differ by one at most, for everybody.
    #[must_use]
    pub fn even(tables: u32) -> Self {
        Self::of(Tables::Even(tables))
    }

    /// Tables for `5..=6` members, `4..=4` members …; facilitators are not counted.
    #[must_use]
    pub fn sized(sizes: impl IntoIterator<Item = RangeInclusive<u32>>) -> Self {
        let sizes = sizes.into_iter().map(RangeInclusive::into_inner);
        Self::of(Tables::Sized(sizes.collect()))
    }

    fn of(tables: Tables) -> Self {
        Self {
            tables,
            tags: BTreeMap::new(),
            absent: BTreeSet::new(),
        }
    }

    /// Says what a table has: `step-free`, `interpreter: Arabic`. See [`SeatRule::Needs`].
    #[must_use]
    pub fn tag(mut self, table: u32, tag: impl Into<String>) -> Self {
        self.tags.entry(table).or_default().insert(tag.into());
        self
    }

    /// Members or facilitators who are not there.
    #[must_use]
    pub fn without<T: Into<String>>(mut self, ids: impl IntoIterator<Item = T>) -> Self {
        self.absent.extend(ids.into_iter().map(Into::into));
        self
    }

    pub(super) fn count(&self) -> u32 {
        match &self.tables {
            Tables::Even(tables) => *tables,
            Tables::Sized(sizes) => sizes.len() as u32,
        }
    }

    /// Fewest and most members per table, when so many are there.
    pub(super) fn sizes(&self, present: u32) -> Vec<(u32, u32)> {
        match &self.tables {
            Tables::Even(0) => Vec::new(),
            Tables::Even(tables) => {
                let even = (present / tables, present.div_ceil(*tables));
                vec![even; *tables as usize]
            }
            Tables::Sized(sizes) => sizes.clone(),
        }
    }
}

/// What a plan must keep, or in the case of [`Diversify`](Self::Diversify) should come close to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum SeatRule {
    /// Every value of the feature at every table in its share of those present, rounded down or up. Each person too few or too many costs
    /// the weight (1 to 1000); the rule is a goal and may be missed, which the report counts.
    Diversify {
        /// The feature.
        feature: String,
        /// How much it counts beside the other features.
        weight: u32,
    },
    /// People with this value share interpreters: at most `capacity` of them at a table, and no more tables than that needs.
    Cluster {
        /// The feature, as `language`.
        feature: String,
        /// The value, as `Arabic`.
        value: String,
        /// Most of them at one table.
        capacity: u32,
    },
    /// Two people who never share a table: relatives, colleagues, a conflict.
    Apart(String, String),
    /// Two people who always share a table, when both are there: somebody and their carer.
    Together(String, String),
    /// Somebody sits at this table in this round, if they are there.
    Pin {
        /// Member or facilitator.
        id: String,
        /// The round, counted from 1.
        round: u32,
        /// The table, counted from 1.
        table: u32,
    },
    /// Somebody sits only at these tables, in every round. With one table, a facilitator stays there.
    Tables {
        /// Member or facilitator.
        id: String,
        /// Tables, counted from 1.
        tables: BTreeSet<u32>,
    },
    /// Somebody sits only at tables that have this [tag](Round::tag), in every round: step-free, with an interpreter.
    Needs {
        /// Member or facilitator.
        id: String,
        /// The tag.
        tag: String,
    },
}

impl SeatRule {
    /// [`Diversify`](Self::Diversify) with the weight 1.
    #[must_use]
    pub fn diversify(feature: impl Into<String>) -> Self {
        let feature = feature.into();
        Self::Diversify { feature, weight: 1 }
    }

    /// [`Apart`](Self::Apart).
    #[must_use]
    pub fn apart(a: impl Into<String>, b: impl Into<String>) -> Self {
        Self::Apart(a.into(), b.into())
    }

    /// [`Together`](Self::Together).
    #[must_use]
    pub fn together(a: impl Into<String>, b: impl Into<String>) -> Self {
        Self::Together(a.into(), b.into())
    }

    /// [`Pin`](Self::Pin).
    #[must_use]
    pub fn pin(id: impl Into<String>, round: u32, table: u32) -> Self {
        let id = id.into();
        Self::Pin { id, round, table }
    }

    /// [`Tables`](Self::Tables).
    #[must_use]
    pub fn tables(id: impl Into<String>, tables: impl IntoIterator<Item = u32>) -> Self {
        Self::Tables {
            id: id.into(),
            tables: tables.into_iter().collect(),
        }
    }

    /// [`Needs`](Self::Needs).
    #[must_use]
    pub fn needs(id: impl Into<String>, tag: impl Into<String>) -> Self {
        Self::Needs {
            id: id.into(),
            tag: tag.into(),
        }
    }

    /// [`Cluster`](Self::Cluster).
    #[must_use]
    pub fn cluster(feature: impl Into<String>, value: impl Into<String>, capacity: u32) -> Self {
        Self::Cluster {
            feature: feature.into(),
            value: value.into(),
            capacity,
        }
    }
}
