//! What a panel must meet: `min..=max` seats for each value of each feature.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::error::{Problem, Result};
use crate::pool::key;

/// Minimum and maximum seats for one value of one feature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quota {
    /// The feature, as spelled in the source (cleaned of extra white space).
    pub feature: String,
    /// The value, likewise.
    pub value: String,
    /// Fewest seats.
    pub min: u32,
    /// Most seats.
    pub max: u32,
    /// Lowest minimum the organiser would accept; read and kept for suggestions.
    pub min_flex: Option<u32>,
    /// Highest maximum the organiser would accept; read and kept for suggestions.
    pub max_flex: Option<u32>,
    /// Row in the source file, header = 1.
    pub row: Option<u64>,
}

/// All quotas, in source order. The order is kept for display and never matters to a lottery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Quotas {
    pub(crate) quotas: Vec<Quota>,
    pub(crate) file: Option<String>,
    pub(crate) warnings: Vec<Problem>,
}

impl Quotas {
    /// Starts empty quotas to be filled from code.
    #[must_use]
    pub fn builder() -> QuotasBuilder {
        QuotasBuilder::default()
    }

    /// The quotas in source order.
    pub fn iter(&self) -> std::slice::Iter<'_, Quota> {
        self.quotas.iter()
    }

    /// Features in source order, each once, in the spelling that sorts first.
    #[must_use]
    pub fn features(&self) -> Vec<&str> {
        let mut seen: Vec<(String, &str)> = Vec::new();
        for quota in &self.quotas {
            let folded = key::fold(&quota.feature);
            match seen.iter_mut().find(|(f, _)| *f == folded) {
                Some((_, spelling)) => *spelling = (*spelling).min(&quota.feature),
                None => seen.push((folded, &quota.feature)),
            }
        }
        seen.into_iter().map(|(_, spelling)| spelling).collect()
    }

    /// What was found odd but harmless while reading.
    #[must_use]
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }
}

impl<'a> IntoIterator for &'a Quotas {
    type Item = &'a Quota;
    type IntoIter = std::slice::Iter<'a, Quota>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Builds [`Quotas`] from code: `.feature("age").value("16-29", 8..=9)`.
#[derive(Debug, Clone, Default)]
pub struct QuotasBuilder {
    feature: String,
    quotas: Vec<Quota>,
}

impl QuotasBuilder {
    /// The feature that the following values belong to.
    #[must_use]
    pub fn feature(mut self, name: &str) -> Self {
        self.feature = key::clean(name);
        self
    }

    /// A quota for one value of the current feature.
    #[must_use]
    pub fn value(mut self, value: &str, seats: RangeInclusive<u32>) -> Self {
        self.quotas.push(Quota {
            feature: self.feature.clone(),
            value: key::clean(value),
            min: *seats.start(),
            max: *seats.end(),
            min_flex: None,
            max_flex: None,
            row: None,
        });
        self
    }

    /// The quotas.
    ///
    /// # Errors
    /// Currently none: everything is checked together with the pool by [`Instance::new`](crate::Instance::new).
    pub fn build(self) -> Result<Quotas> {
        Ok(Quotas { quotas: self.quotas, file: None, warnings: vec![] })
    }
}
