//! Writing quotas in code.

use std::ops::RangeInclusive;

use super::{Quota, Quotas, QuotasDraft, joint};
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

    /// The pair of features that the following cells belong to: from here on, [`cell`](Self::cell) limits the people who
    /// have both values. The order of the two never matters. Both must be columns of the pool; they may have quotas of
    /// their own or none. A column of the pool that is itself named `gender × age` is read instead of the pair.
    ///
    /// ```
    /// use kleroterion::{Instance, Pool, Quotas};
    ///
    /// let quotas = Quotas::builder()
    ///     .feature("gender").value("woman", 1..=2).value("man", 1..=2)
    ///     .joint("gender", "age").cell("woman", "16-29", 1..=1)
    ///     .build()?;
    /// let pool = [("p1", "woman", "16-29"), ("p2", "woman", "30+"), ("p3", "man", "16-29")];
    /// let pool = pool.into_iter().fold(Pool::builder(), |pool, (id, gender, age)| {
    ///     pool.person(id, [("gender", gender), ("age", age)])
    /// });
    /// let instance = Instance::new(pool.build()?, quotas, 2)?;
    /// assert_eq!(instance.features(), ["age × gender", "gender"]);
    /// assert_eq!(instance.folded_value(0, 0), "16-29 × woman");
    /// assert_eq!(instance.folded_value(1, 0), "other"); // in no cell that is listed: no limit
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    #[must_use]
    pub fn joint(mut self, first: &str, second: &str) -> Self {
        self.feature = joint::join(first, second);
        self
    }

    /// A quota for the people who have both values: `first` of the first feature of [`joint`](Self::joint), `second`
    /// of the second. Cells that are not listed have no limit.
    #[must_use]
    pub fn cell(self, first: &str, second: &str, seats: RangeInclusive<u32>) -> Self {
        let value = joint::join(first, second);
        self.value(&value, seats)
    }

    /// The quotas.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with all of: `E-QUOTA-EMPTY` (`.value("16-29", 8..=9)` before any
    /// feature, or a blank text for either half of a pair), `E-QUOTA-ORDER` (`9..=8`) and `E-QUOTA-DUPLICATE` (a value given twice). Sums and people are checked
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
