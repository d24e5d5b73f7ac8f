//! Writing quotas in code.

use std::ops::RangeInclusive;

use super::{Quota, Quotas, QuotasDraft};
use crate::error::Result;
use crate::pool::key;

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
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with all of: `E-QUOTA-EMPTY` (`.value("16-29", 8..=9)` before any
    /// feature), `E-QUOTA-ORDER` (`9..=8`) and `E-QUOTA-DUPLICATE` (a value given twice). Sums and people are checked
    /// by [`Instance::new`](crate::Instance::new).
    pub fn build(self) -> Result<Quotas> {
        QuotasDraft::new(
            Quotas {
                quotas: self.quotas,
                ..Quotas::default()
            },
            vec![],
        )
        .sound()
    }
}
