//! What the population looks like: how many people, or which share of them, have each value of each feature.

mod draft;
pub(crate) mod figure;

use std::fmt;

use serde::Serialize;

use crate::error::{Problem, Result};
use crate::pool::key;

#[cfg_attr(not(feature = "csv"), allow(unused_imports))]
pub(crate) use draft::{Heading, ShareRow, SharesDraft};
use figure::Figure;

/// How the figures of a feature are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum Kind {
    /// Fractions that add up to 1.
    Fraction,
    /// Percentages that add up to 100.
    Percentage,
    /// People.
    Count,
}

/// `fractions`, `percentages` or `counts`.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fraction => "fractions",
            Self::Percentage => "percentages",
            Self::Count => "counts",
        })
    }
}

/// The figure of one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Share {
    /// The value, cleaned of extra white space.
    pub value: String,
    /// The figure as it stands in the source: `12,5 %`.
    pub figure: String,
    /// The figure as a whole number in the unit of its feature; the share is `weight / total`.
    pub weight: u64,
    /// Row in the source file as a spreadsheet shows it.
    pub row: Option<u64>,
}

/// The figures of one feature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FeatureShares {
    /// The feature, as spelled where it comes first.
    pub feature: String,
    /// How the figures are meant.
    pub kind: Kind,
    /// The sum of the weights, from 1 to 10^15.
    pub total: u64,
    /// The values in source order.
    pub values: Vec<Share>,
}

/// Population figures, feature by feature, in source order.
///
/// Figures that exist add up: fractions to 1, percentages to 100, each within what rounding explains, which is half a unit of the last
/// printed digit of every figure and 0.01 (one percentage point) at most. What is left is divided by the sum that the
/// figures really have, so that the exact shares always add up to 1.
///
/// ```
/// use kleroterion::quota::{Method, Shares};
///
/// let shares = Shares::builder().feature("sex").count("woman", 5_200).count("man", 4_800).build()?;
/// let quotas = shares.apportion(9, Method::Hamilton, &[])?.into_quotas(); // 4.68 and 4.32 seats
/// assert_eq!(quotas.iter().map(|q| (q.min, q.max)).collect::<Vec<_>>(), [(5, 5), (4, 4)]);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shares {
    pub(super) features: Vec<FeatureShares>,
    pub(super) file: Option<String>,
    pub(super) warnings: Vec<Problem>,
}

impl Shares {
    /// Starts empty figures to be filled from code.
    #[must_use]
    pub fn builder() -> SharesBuilder {
        SharesBuilder::default()
    }

    /// The features in source order.
    #[must_use]
    pub fn features(&self) -> &[FeatureShares] {
        &self.features
    }

    /// The file the figures were read from, as named by the caller.
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

/// Builds [`Shares`] from code: `.feature("sex").count("woman", 5_200)`.
#[derive(Debug, Clone, Default)]
pub struct SharesBuilder {
    feature: String,
    rows: Vec<ShareRow>,
}

impl SharesBuilder {
    /// The feature that the following values belong to.
    #[must_use]
    pub fn feature(mut self, name: &str) -> Self {
        self.feature = key::clean(name);
        self
    }

    /// People who have a value of the current feature. A fraction such as 0.511 is 511 where the others count thousandths too.
    #[must_use]
    pub fn count(mut self, value: &str, people: u64) -> Self {
        self.rows.push(ShareRow {
            row: None,
            feature: self.feature.clone(),
            value: key::clean(value),
            cell: people.to_string(),
            figure: Some(Figure {
                digits: people,
                decimals: 0,
                percent: false,
            }),
        });
        self
    }

    /// The figures.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with all of: `E-SHARE-NONE` (no call of `count`), `E-SHARE-EMPTY` (a count before any feature), `E-SHARE-TWICE` (a value given twice),
    /// `E-SHARE-SUM` (a feature with 0 people, or more than 10^15).
    pub fn build(self) -> Result<Shares> {
        SharesDraft::new(None, Heading::Count, self.rows).sound(vec![])
    }
}
