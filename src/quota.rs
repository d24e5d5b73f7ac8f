//! What a panel must meet: `min..=max` seats for each value of each feature, and for pairs of values where wanted.
//!
//! A *joint* quota counts the people who have two values at once: feature `gender × age`, value `woman × 16-29`. A
//! feature is joint when the pool has no column of its name and has one for each of the two names around the `×` (`*`,
//! or ` x ` with spaces). Only the cells that matter are listed: there is no limit on the others.
//!
//! Quotas come from a file, from code, or from population figures: [`Shares`] become quotas by a named [`Method`],
//! and the [`Apportionment`] keeps every step of the arithmetic.

mod apportion;
mod builder;
mod check;
pub(crate) mod joint;
pub(crate) mod shares;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Problem};
use crate::pool::key;

pub use apportion::{
    Apportionment, Award, Exact, FeatureSeats, Line, Method, Minimum, TIE_RULE, Tie, Tolerance,
};
pub use builder::QuotasBuilder;
#[cfg_attr(not(feature = "csv"), allow(unused_imports))]
pub(crate) use check::{Headers, QuotasDraft, duplicate};
pub use shares::{FeatureShares, Kind, Share, Shares, SharesBuilder};

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
    /// Row in the source file as a spreadsheet shows it.
    pub row: Option<u64>,
}

/// All quotas, in source order. The order is kept for display and never matters to a lottery.
///
/// Quotas that exist are sound in themselves: named, none twice, minimums not above maximums. Whether they fit a pool
/// and a panel size is checked by [`Instance::new`](crate::Instance::new), which is also where joint quotas are told from
/// others: here they are features and values like any.
///
/// ```
/// let quotas = kleroterion::Quotas::builder()
///     .feature("age").value("16-29", 8..=9).value("30+", 27..=28)
///     .feature("sex").value("woman", 18..=18).value("man", 18..=18)
///     .build()?;
/// assert_eq!(quotas.features(), ["age", "sex"]);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(try_from = "check::QuotasData")]
pub struct Quotas {
    pub(crate) quotas: Vec<Quota>,
    pub(crate) file: Option<String>,
    /// The headers of the source, for messages.
    pub(crate) headers: Headers,
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

    /// Number of quotas.
    #[must_use]
    pub fn len(&self) -> usize {
        self.quotas.len()
    }

    /// True without quotas.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.quotas.is_empty()
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

    /// The file the quotas were read from, as named by the caller.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
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

impl TryFrom<check::QuotasData> for Quotas {
    type Error = Error;
    fn try_from(data: check::QuotasData) -> Result<Self, Error> {
        data.check()
    }
}
