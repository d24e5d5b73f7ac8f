//! What a mailing is to look like.

use crate::error::Problem;
use crate::pool::key;

/// Who can get a letter of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Unit {
    /// Every person.
    #[default]
    Person,
    /// Every address, and there one person by lot; people without an address count as one address each.
    Address,
}

/// How many letters, one per person or one per address, and who gets more than others.
///
/// ```
/// use kleroterion::recruitment::{Design, Unit};
/// let design = Design::new(20_000).unit(Unit::Address).oversample("most deprived fifth", 2);
/// assert_eq!(design.letters(), 20_000);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Design {
    letters: u64,
    unit: Unit,
    /// Cleaned values and their factors, in the order given.
    factors: Vec<(String, u32)>,
}

impl Design {
    /// Most letters of one mailing, 10^9.
    pub const MOST: u64 = 1_000_000_000;
    /// Largest factor of one value, 1000.
    pub const LARGEST_FACTOR: u32 = 1000;

    /// So many letters, one per person at most, in proportion to the strata.
    #[must_use]
    pub fn new(letters: u64) -> Self {
        Self {
            letters,
            unit: Unit::Person,
            factors: vec![],
        }
    }

    /// One letter per person, or one per address.
    #[must_use]
    pub fn unit(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self
    }

    /// Strata with this value (compared as folded text) get `factor` times the letters per head. Factors of several values multiply. The value must
    /// stand in one of the stratum's columns only.
    #[must_use]
    pub fn oversample(mut self, value: &str, factor: u32) -> Self {
        self.factors.push((key::clean(value), factor));
        self
    }

    /// Letters.
    #[must_use]
    pub fn letters(&self) -> u64 {
        self.letters
    }

    /// Who can get a letter of their own.
    #[must_use]
    pub fn unit_of_lot(&self) -> Unit {
        self.unit
    }

    /// Values that get more letters per head, with their factors.
    pub fn factors(&self) -> impl Iterator<Item = (&str, u32)> {
        self.factors.iter().map(|(value, f)| (value.as_str(), *f))
    }

    /// Letters per head of a stratum with these folded values, compared with a stratum without any of [`factors`](Self::factors).
    pub(super) fn weight(&self, folded: &[String]) -> u64 {
        let matching = |value: &str| folded.iter().any(|own| *own == key::fold(value));
        let factors = self.factors.iter().filter(|(value, _)| matching(value));
        factors.fold(1, |product, (_, factor)| {
            (product * u64::from(*factor)).min(1_000_000)
        })
    }

    /// What is wrong before anybody is looked at.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.letters == 0 || self.letters > Self::MOST {
            let expected = "1 to 1000000000 letters";
            problems.push(Problem::new(
                "E-INVITE-LETTERS",
                self.letters.to_string(),
                expected,
            ));
        }
        for (at, (value, factor)) in self.factors.iter().enumerate() {
            if *factor == 0 || *factor > Self::LARGEST_FACTOR {
                let found = format!("the factor {factor} for {value:?}");
                problems.push(Problem::new(
                    "E-INVITE-FACTOR",
                    found,
                    "a whole number from 1 to 1000",
                ));
            }
            let same = |(other, _): &(String, u32)| key::fold(other) == key::fold(value);
            if self.factors[..at].iter().any(same) {
                let found = format!("a second factor for {value:?}");
                problems.push(Problem::new("E-INVITE-FACTOR", found, "one per value"));
            }
        }
        problems
    }
}
