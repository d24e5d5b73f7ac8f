//! From population figures to seats, every step of the arithmetic kept.
//!
//! All numbers are integers: a share is `weight / total`, the exact seats of a value are `size × weight / total`.

mod check;
mod divisor;
mod method;
mod range;
mod remainder;
mod trace;

use serde::Serialize;

use super::{FeatureShares, Quotas, Shares};
use crate::error::Result;
use crate::pool::key;

pub use method::{Method, Minimum, Tolerance};
pub use trace::{Award, Exact, FeatureSeats, Line, Tie};

/// How ties are broken, in words.
pub const TIE_RULE: &str = "more people first, then the name that sorts first";

/// Quotas from population figures, with the arithmetic that led to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Apportionment {
    /// Seats on the panel.
    pub size: u32,
    /// The method used.
    pub method: Method,
    /// The features in source order.
    pub features: Vec<FeatureSeats>,
    #[serde(skip)]
    quotas: Quotas,
}

impl Apportionment {
    /// The quotas.
    #[must_use]
    pub fn quotas(&self) -> &Quotas {
        &self.quotas
    }

    /// The quotas, without the arithmetic.
    #[must_use]
    pub fn into_quotas(self) -> Quotas {
        self.quotas
    }
}

impl Shares {
    /// Seats for a panel of `size` by a named method. For every feature the minimums add up to at most `size`, the maximums to at least `size`;
    /// [Hamilton](Method::Hamilton), [Sainte-Laguë](Method::SainteLague) and [Adams](Method::Adams) give exact numbers, minimum = maximum.
    ///
    /// Every value named in `minimums` gets at least its seats, and its feature's other values fewer. How, by method:
    /// - *Hamilton*: values that the method gives less than their minimum get the minimum; the seats left are apportioned among the others, until nobody falls short.
    /// - *Sainte-Laguë, Adams*: every value starts with its minimum, and the seats left go one by one to the highest quotient (Balinski and Young, *Fair Representation*, on minimum requirements).
    /// - *Ranges, tolerance*: a value whose exact share is below its minimum takes the minimum as its share; the others divide what is left in proportion, until nobody falls short.
    ///
    /// A minimum that the method would keep anyway changes nothing.
    ///
    /// ```
    /// use kleroterion::quota::{Method, Minimum, Shares};
    ///
    /// let shares = Shares::builder().feature("age").count("under 20", 5).count("20-64", 70).count("65+", 25).build()?;
    /// let seats = |minimums: &[Minimum]| {
    ///     let found = shares.apportion(20, Method::Hamilton, minimums)?;
    ///     Ok::<Vec<u32>, kleroterion::Error>(found.quotas().iter().map(|q| q.min).collect())
    /// };
    /// assert_eq!(seats(&[])?, [1, 14, 5]);
    /// assert_eq!(seats(&[Minimum::new("age", "under 20", 2)])?, [2, 13, 5]); // 18 × 70/95 = 13.26, 18 × 25/95 = 4.74
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// Determinism: the result depends on names and figures, not on their order; ties are broken by [`TIE_RULE`] and returned.
    /// Cost: O(v² log v) for v values of a feature, for Sainte-Laguë and Adams O(size · v).
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with all of: `E-SIZE-ZERO` (0 seats), `E-SIZE-SEATS` (more than a million),
    /// `E-MINIMUM-VALUE` (a minimum for a value without figure), `E-MINIMUM-TWICE` (two for one value), `E-MINIMUM-SUM` (minimums of 2 and 3 for
    /// 4 seats), `E-TOLERANCE` (a tolerance of 1/0).
    pub fn apportion(
        &self,
        size: u32,
        method: Method,
        minimums: &[Minimum],
    ) -> Result<Apportionment> {
        let protected = check::checked(self, size, method, minimums)?;
        let features: Vec<FeatureSeats> = self
            .features
            .iter()
            .zip(&protected)
            .map(|(shares, protected)| seats(shares, protected, size, method))
            .collect();
        let mut quotas = Quotas::builder();
        for feature in &features {
            quotas = quotas.feature(&feature.feature);
            for line in &feature.lines {
                quotas = quotas.value(&line.value, line.min..=line.max);
            }
        }
        Ok(Apportionment {
            size,
            method,
            features,
            quotas: quotas.build()?,
        })
    }
}

/// What the methods work on: one feature.
struct Values<'a> {
    weights: Vec<u64>,
    protected: &'a [u32],
    /// Values from the one that ties favour most to the one they favour least.
    favour: Vec<usize>,
    seats: u32,
}

impl Values<'_> {
    /// The exact share of every value that is not `held` of the seats that those who are leave; held ones have their minimum.
    fn exact(&self, held: &[bool]) -> Vec<Exact> {
        let of = |at: &usize| !held[*at];
        let all = 0..self.weights.len();
        let taken: u32 = all
            .clone()
            .filter(|at| held[*at])
            .map(|at| self.protected[at])
            .sum();
        let total: u64 = all.clone().filter(of).map(|at| self.weights[at]).sum();
        let exact = |at: usize| match held[at] {
            true => Exact::new(u128::from(self.protected[at]), 1),
            false => Exact::new(
                u128::from(self.seats - taken) * u128::from(self.weights[at]),
                total,
            ),
        };
        all.map(exact).collect()
    }
}

fn seats(shares: &FeatureShares, protected: &[u32], size: u32, method: Method) -> FeatureSeats {
    let weights: Vec<u64> = shares.values.iter().map(|v| v.weight).collect();
    let mut favour: Vec<usize> = (0..weights.len()).collect();
    favour.sort_by_key(|&at| {
        (
            std::cmp::Reverse(weights[at]),
            key::fold(&shares.values[at].value),
        )
    });
    let values = Values {
        weights,
        protected,
        favour,
        seats: size,
    };
    let done = match method {
        Method::Hamilton => remainder::hamilton(&values),
        Method::SainteLague => divisor::by_quotient(&values, |seats| 2 * u64::from(seats) + 1),
        Method::Adams => divisor::by_quotient(&values, u64::from),
        Method::Range => range::around(&values, Tolerance::NONE),
        Method::Tolerance(tolerance) => range::around(&values, tolerance),
    };
    trace::collected(shares, &values, done)
}

/// What a method found, value by value.
struct Done {
    ranges: Vec<(u32, u32)>,
    /// Values that have their minimum and take no part in the division of the rest.
    held: Vec<bool>,
    awards: Vec<Award>,
    ties: Vec<Tie>,
}
