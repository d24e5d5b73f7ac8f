//! Shares of a population by pairs of values, to hold a lottery against.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::{ErrorKind, Problem, Result};
use crate::instance::Instance;
use crate::pool::key;
use crate::ratio::Ratio;

use super::features::{feature_of_quotas, plain_features};

/// How far the shares of a pair of features may add up from 1: printed figures are rounded.
const SLACK: f64 = 0.01;

/// Population shares for pairs of values, such as 13 % for `sex` = woman and `age` = 16-29.
///
/// For every pair of features that is given at all, the cells add up to 1 within 0.01; cells left out are 0.
///
/// ```
/// use kleroterion::metrics::PairShares;
/// use kleroterion::{Instance, Pool, Quotas, Ratio};
/// # let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1)
/// #     .feature("age").value("young", 0..=2).value("old", 0..=2).build()?;
/// # let people = [("p1", "woman", "old"), ("p2", "man", "young")];
/// # let person = |pool: kleroterion::pool::PoolBuilder, (id, sex, age): &(&str, &str, &str)| {
/// #     pool.person(*id, [("sex", *sex), ("age", *age)])
/// # };
/// # let instance = Instance::new(people.iter().fold(Pool::builder(), person).build()?, quotas, 2)?;
/// let shares = PairShares::new(&instance, [
///     (["sex", "woman", "age", "young"], Ratio::new(1, 4)),
///     (["sex", "woman", "age", "old"], Ratio::new(1, 4)),
///     (["sex", "man", "age", "old"], Ratio::new(1, 2)),
/// ])?;
/// assert_eq!(shares.len(), 3);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PairShares {
    /// By canonical quotas, the lower first.
    cells: BTreeMap<(u32, u32), Ratio>,
    /// Pairs of features that have cells, the lower first.
    pairs: BTreeSet<(usize, usize)>,
}

/// One cell as it was given.
pub(crate) struct ShareRow {
    pub(crate) row: Option<u64>,
    /// Feature, value, feature, value.
    pub(crate) names: [String; 4],
    pub(crate) share: Ratio,
}

impl PairShares {
    /// Takes cells of `[feature, value, feature, value]` in any order.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with every problem: `E-SHARE-VALUE` (a feature or value without a quota), `E-SHARE-SAME`
    /// (`sex` with `sex`), `E-SHARE-TWICE` (a pair of values given again, in either order), `E-SHARE-SUM` (the shares of
    /// two features add up to 0.9).
    pub fn new<'a>(
        instance: &Instance,
        cells: impl IntoIterator<Item = ([&'a str; 4], Ratio)>,
    ) -> Result<Self> {
        let row = |(names, share): ([&str; 4], Ratio)| ShareRow {
            row: None,
            names: names.map(str::to_owned),
            share,
        };
        Self::from_rows(instance, None, cells.into_iter().map(row).collect())
    }

    /// As [`new`](Self::new), with the places of the problems.
    pub(crate) fn from_rows(
        instance: &Instance,
        file: Option<&str>,
        rows: Vec<ShareRow>,
    ) -> Result<Self> {
        let places = places(instance);
        let (mut shares, mut problems) = (Self::default(), Vec::new());
        for row in rows {
            let mut wrong = |code: &str, found: String, expected: &str| {
                problems.push(Problem::new(code, found, expected).at(file, row.row, None));
            };
            let mut known = Vec::new();
            for names in row.names.chunks_exact(2) {
                match places.get(&(key::fold(&names[0]), key::fold(&names[1]))) {
                    Some(place) => known.push(*place),
                    None => {
                        let found =
                            format!("{:?} = {:?}", key::clean(&names[0]), key::clean(&names[1]));
                        wrong(
                            "E-SHARE-VALUE",
                            found,
                            "a feature and a value that have a quota",
                        );
                    }
                }
            }
            let [one, other] = known[..] else { continue };
            if one.0 == other.0 {
                let found = format!("{:?} twice", key::clean(&row.names[0]));
                wrong("E-SHARE-SAME", found, "two different features");
                continue;
            }
            let (low, high) = (one.min(other), one.max(other));
            shares.pairs.insert((low.0, high.0));
            if shares.cells.insert((low.1, high.1), row.share).is_some() {
                let found = "a share for a pair of values that has one already".to_owned();
                wrong("E-SHARE-TWICE", found, "every pair of values once");
            }
        }
        // Sums of what could not all be read would say nothing.
        if problems.is_empty() {
            problems = shares.wrong_sums(instance, file);
        }
        if problems.is_empty() {
            Ok(shares)
        } else {
            Err(ErrorKind::Input(problems).into())
        }
    }

    fn wrong_sums(&self, instance: &Instance, file: Option<&str>) -> Vec<Problem> {
        let features = feature_of_quotas(instance);
        let mut problems = Vec::new();
        for &(one, other) in &self.pairs {
            let of_pair = |cell: &(&(u32, u32), &Ratio)| {
                (features[cell.0.0 as usize], features[cell.0.1 as usize]) == (one, other)
            };
            let sum: f64 = self
                .cells
                .iter()
                .filter(of_pair)
                .map(|(_, share)| share.to_f64())
                .sum();
            if (sum - 1.0).abs() > SLACK {
                let names = instance.features();
                let found = format!(
                    "shares of {:?} and {:?} that add up to {sum:.4}",
                    names[one], names[other]
                );
                problems
                    .push(Problem::new("E-SHARE-SUM", found, "a sum of 1").at(file, None, None));
            }
        }
        problems
    }

    /// Number of cells given.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// True without cells.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The share of two canonical quotas of different features; `None` when the pair of features was not given.
    #[must_use]
    pub(super) fn share(&self, features: (usize, usize), quotas: (u32, u32)) -> Option<Ratio> {
        let given = self.pairs.contains(&features);
        given.then(|| self.cells.get(&quotas).copied().unwrap_or(Ratio::new(0, 1)))
    }
}

/// Canonical feature and quota of every folded feature and value.
fn places(instance: &Instance) -> BTreeMap<(String, String), (usize, u32)> {
    let features = feature_of_quotas(instance);
    let plain = plain_features(instance);
    let quotas = (0u32..).zip(instance.quotas()).zip(features);
    quotas
        .filter(|(_, feature)| plain.contains(feature))
        .map(|((index, quota), feature)| {
            (
                (key::fold(&quota.feature), key::fold(&quota.value)),
                (feature, index),
            )
        })
        .collect()
}
