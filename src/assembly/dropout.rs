//! How likely it is that somebody drops out.

use std::collections::BTreeMap;

use super::input;
use crate::error::{ErrorKind, Result};
use crate::instance::Instance;
use crate::pool::key;

/// Factors lie between these two: nobody is certain to stay, nobody to leave.
const RANGE: (f64, f64) = (1e-4, 0.9999);
/// Most passes over all factors when fitting.
const PASSES: u32 = 2000;

/// A member of an earlier panel: feature and value pairs, and whether they dropped out.
#[derive(Clone, PartialEq, Eq)]
pub struct PastMember {
    /// `(feature, value)`, any number of them.
    pub values: Vec<(String, String)>,
    /// Whether they dropped out.
    pub dropped: bool,
}

/// Prints no values.
impl std::fmt::Debug for PastMember {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PastMember({} values)", self.values.len())
    }
}

/// The product model: somebody stays with the chance b · Π over features of the factor of their value; people independent of each other.
///
/// Source: Assos, Baharav, Flanigan, Procaccia, "Alternates, Assemble!" (EC 2025). A value without a factor has the factor 1.
///
/// ```
/// use kleroterion::assembly::DropoutModel;
/// let model = DropoutModel::constant(0.2)?.with_factor("age", "18-29", 0.5)?;
/// assert!((model.chance([("age", "18-29"), ("sex", "Woman")]) - 0.6).abs() < 1e-12); // stays with 0.8 * 0.5
/// assert!((model.chance([("age", "30+")]) - 0.2).abs() < 1e-12);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct DropoutModel {
    base: f64,
    factors: BTreeMap<(String, String), f64>,
}

impl DropoutModel {
    /// Everybody drops out with the same chance.
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-DROPOUT-RATE` for a chance that is not from 0 to 1.
    pub fn constant(chance: f64) -> Result<Self> {
        fraction(chance)?;
        Ok(Self {
            base: 1.0 - chance,
            factors: BTreeMap::new(),
        })
    }

    /// Multiplies the chance to stay of everybody with this value.
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-DROPOUT-RATE` for a factor that is not from 0 to 1.
    pub fn with_factor(mut self, feature: &str, value: &str, factor: f64) -> Result<Self> {
        fraction(factor)?;
        self.factors
            .insert((key::fold(feature), key::fold(value)), factor);
        Ok(self)
    }

    /// The base factor.
    #[must_use]
    pub fn base(&self) -> f64 {
        self.base
    }

    /// The factor of a value; 1 when it has none.
    #[must_use]
    pub fn factor(&self, feature: &str, value: &str) -> f64 {
        let name = (key::fold(feature), key::fold(value));
        self.factors.get(&name).copied().unwrap_or(1.0)
    }

    /// The chance that somebody with these values drops out.
    #[must_use]
    pub fn chance<'a>(&self, values: impl IntoIterator<Item = (&'a str, &'a str)>) -> f64 {
        let factors = values.into_iter().map(|(f, v)| self.factor(f, v));
        1.0 - factors.fold(self.base, |stays, factor| stays * factor)
    }

    /// The chance that the person with this canonical index drops out.
    pub(super) fn of(&self, instance: &Instance, person: u32) -> f64 {
        let features = instance.folded_features().iter().enumerate();
        self.chance(features.map(|(at, name)| (name.as_str(), instance.folded_value(person, at))))
    }

    /// The factors between 0.0001 and 0.9999 that make the past most likely, less `ridge`/2 · Σ (ln factor)² over all factors but the base: the penalty
    /// keeps a value that few people had near the factor 1.
    ///
    /// The penalised log-likelihood Σ_stayed s + Σ_left ln(1 − e^s) − penalty, with s the sum of the logarithms, is concave, and is raised factor by factor until no
    /// logarithm moves by 10^-8. O(passes · people · features · 60). The same input gives the same bits everywhere.
    ///
    /// DIFFERENCE: the paper's code has no penalty and starts at a random point.
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-DROPOUT-PAST` without anybody, and for a ridge that is not above 0; [`LimitReached`](ErrorKind::LimitReached)
    /// after 2000 passes.
    pub fn fit(past: &[PastMember], ridge: f64) -> Result<Self> {
        if past.is_empty() || !(ridge > 0.0 && ridge.is_finite()) {
            let found = format!("{} past members and a ridge of {ridge}", past.len());
            let expected = "at least one member and a ridge above 0";
            return Err(input("E-DROPOUT-PAST", found, expected));
        }
        let mut names: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
        for (at, member) in past.iter().enumerate() {
            for (feature, value) in &member.values {
                let people = names
                    .entry((key::fold(feature), key::fold(value)))
                    .or_default();
                if people.last() != Some(&at) {
                    people.push(at);
                }
            }
        }
        let mut blocks: Vec<(Vec<usize>, f64)> = vec![((0..past.len()).collect(), 0.0)];
        blocks.extend(names.values().map(|people| (people.clone(), ridge)));
        let features: Vec<&str> = names.keys().map(|(feature, _)| feature.as_str()).collect();
        let whole = whole_features(&features, &blocks, past.len());
        let logs = ascend(past, &blocks, &whole)?;
        let factors = names
            .into_keys()
            .zip(logs[1..].iter().map(|&t| libm::exp(t)));
        Ok(Self {
            base: libm::exp(logs[0]),
            factors: factors.collect(),
        })
    }
}

/// Ranges of blocks, from 1, that are one feature's values when everybody has exactly one of them.
fn whole_features(
    features: &[&str],
    blocks: &[(Vec<usize>, f64)],
    people: usize,
) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut from = 1;
    for values in features.chunk_by(|a, b| a == b) {
        let range = from..from + values.len();
        from = range.end;
        let mut seen = vec![0_u32; people];
        for (block, _) in &blocks[range.clone()] {
            block.iter().for_each(|&at| seen[at] += 1);
        }
        if seen.iter().all(|&times| times == 1) {
            ranges.push(range);
        }
    }
    ranges
}

/// The best logarithms, one per block of people. What all values of a whole feature have in common moves to the base at once: that changes
/// no chance and lowers the penalty, and factor by factor it would take very many passes.
fn ascend(
    past: &[PastMember],
    blocks: &[(Vec<usize>, f64)],
    whole: &[std::ops::Range<usize>],
) -> Result<Vec<f64>> {
    let range = (libm::log(RANGE.0), libm::log(RANGE.1));
    let mut logs = vec![range.1; blocks.len()];
    let mut sums = vec![0.0; past.len()];
    for (people, _) in blocks {
        people.iter().for_each(|&at| sums[at] += range.1);
    }
    for _ in 0..PASSES {
        let mut largest = 0.0_f64;
        for (log, (people, ridge)) in logs.iter_mut().zip(blocks) {
            let stayed = people.iter().filter(|&&at| !past[at].dropped).count() as f64;
            let rest: Vec<f64> = people
                .iter()
                .filter(|&&at| past[at].dropped)
                .map(|&at| sums[at] - *log)
                .collect();
            let slope = |t: f64| {
                let odds = |s: f64| libm::exp(s) / (1.0 - libm::exp(s));
                stayed - rest.iter().map(|r| odds(r + t)).sum::<f64>() - ridge * t
            };
            let best = root(slope, range);
            let step = best - *log;
            people.iter().for_each(|&at| sums[at] += step);
            *log = best;
            largest = largest.max(step.abs());
        }
        for feature in whole {
            let highest = logs[feature.clone()]
                .iter()
                .copied()
                .fold(range.0, f64::max);
            let common = (range.1 - highest).min(logs[0] - range.0);
            logs[0] -= common;
            logs[feature.clone()]
                .iter_mut()
                .for_each(|log| *log += common);
        }
        if largest < 1e-8 {
            return Ok(logs);
        }
    }
    let doing = "fitting how likely people are to drop out".to_owned();
    let work = u64::from(PASSES);
    Err(ErrorKind::LimitReached { doing, work }.into())
}

/// Where a falling function is 0, or the end of the range that is nearest to it.
fn root(slope: impl Fn(f64) -> f64, (mut low, mut high): (f64, f64)) -> f64 {
    if slope(high) >= 0.0 {
        return high;
    }
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if slope(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

fn fraction(chance: f64) -> Result<()> {
    if (0.0..=1.0).contains(&chance) {
        return Ok(());
    }
    Err(input(
        "E-DROPOUT-RATE",
        chance.to_string(),
        "a number from 0 to 1",
    ))
}
