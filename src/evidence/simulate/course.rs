//! What a run gave.

use serde::Serialize;

use super::super::check::{deviation, mean};

/// Opinions before the first round and after every round.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Course {
    /// The first is the beginning; then one per round.
    pub snapshots: Vec<Snapshot>,
}

/// Opinions at one time.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Snapshot {
    /// Everybody's opinion; the last one of those who have left.
    pub opinions: Vec<f64>,
    /// Who has not left, whether or not they sat at a table in this round.
    pub members: Vec<bool>,
}

impl Snapshot {
    fn of_members(&self) -> Vec<f64> {
        let both = self.opinions.iter().zip(&self.members);
        both.filter(|(_, stays)| **stays).map(|(x, _)| *x).collect()
    }

    /// How many have not left.
    #[must_use]
    pub fn people(&self) -> usize {
        self.members.iter().filter(|stays| **stays).count()
    }

    /// The mean opinion of those who have not left; `None` when nobody is left.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let opinions = self.of_members();
        (!opinions.is_empty()).then(|| mean(&opinions))
    }

    /// The standard deviation (divided by n − 1) among those who have not left; `None` below two people.
    #[must_use]
    pub fn deviation(&self) -> Option<f64> {
        deviation(&self.of_members())
    }

    /// The distance between the two most different opinions of those who have not left; `None` when nobody is left.
    #[must_use]
    pub fn range(&self) -> Option<f64> {
        let opinions = self.of_members();
        let low = opinions.iter().copied().reduce(f64::min)?;
        Some(opinions.iter().copied().reduce(f64::max)? - low)
    }
}

impl Course {
    /// The end.
    ///
    /// # Panics
    /// Never: a course holds at least its beginning.
    #[must_use]
    pub fn last(&self) -> &Snapshot {
        self.snapshots.last().expect("the beginning")
    }
}
