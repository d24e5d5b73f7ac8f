//! Everybody's ranking of the same options.

use std::fmt;

use super::super::check::{self, sound};
use super::super::ranks::Ranks;
use super::{Agreement, SinglePeaked, agreement, single_peaked};
use crate::error::{ErrorKind, Problem, Result};

/// So many options at most when all axes are tried: 8!/2 = 20 160 of them.
pub const MOST_OPTIONS: usize = 8;

/// Everybody's ranking: for each person a number per option, smaller for better. Only the order matters; equal numbers are ties.
#[derive(Clone, PartialEq)]
pub struct Rankings {
    options: usize,
    pub(super) ranks: Vec<Ranks>,
}

/// Prints numbers of people and options.
impl fmt::Debug for Rankings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (people, options) = (self.ranks.len(), self.options);
        write!(f, "Rankings({people} people, {options} options)")
    }
}

impl Rankings {
    /// From a list per person. O(n·m log m).
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with every problem: `E-RANK-PEOPLE` for nobody, `E-RANK-OPTIONS` for fewer than two options, `E-RANK-LENGTH` for
    /// somebody with more or fewer than the first person, `E-RANK-NUMBER` for an infinite number.
    pub fn new<R: AsRef<[f64]>>(rankings: &[R]) -> Result<Self> {
        let mut problems = Vec::new();
        let options = rankings.first().map_or(0, |first| first.as_ref().len());
        if rankings.is_empty() {
            problems.push(Problem::new("E-RANK-PEOPLE", "no ranking", "at least one"));
        } else if options < 2 {
            let found = format!("{options} options");
            problems.push(Problem::new("E-RANK-OPTIONS", found, "at least two"));
        }
        for (person, ranking) in rankings.iter().map(AsRef::as_ref).enumerate() {
            if ranking.len() != options {
                let found = format!("{} options of person {person}", ranking.len());
                let expected = format!("{options}, as of the first person");
                problems.push(Problem::new("E-RANK-LENGTH", found, expected));
            }
            let whose = format!("person {person}");
            check::finite("E-RANK-NUMBER", &whose, ranking, &mut problems);
        }
        sound(problems)?;
        let ranks = rankings.iter().map(|r| Ranks::of(r.as_ref())).collect();
        Ok(Self { options, ranks })
    }

    /// How many people.
    #[must_use]
    pub fn people(&self) -> usize {
        self.ranks.len()
    }

    /// How many options.
    #[must_use]
    pub fn options(&self) -> usize {
        self.options
    }

    /// The largest number of people whose rankings are single-peaked on one axis, by trying every axis. O(m!·m·k) for k different rankings.
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-RANK-OPTIONS` for more than [`MOST_OPTIONS`] options: there is no answer short of trying all axes.
    pub fn single_peaked(&self) -> Result<SinglePeaked> {
        if self.options > MOST_OPTIONS {
            let found = format!("{} options", self.options);
            let expected = format!("at most {MOST_OPTIONS}, so that every axis can be tried");
            let problem = Problem::new("E-RANK-OPTIONS", found, expected);
            return Err(ErrorKind::Input(vec![problem]).into());
        }
        Ok(single_peaked::best(self))
    }

    /// Kendall's coefficient of concordance. O(n·m).
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-RANK-TIED` when everybody is indifferent between all options: nothing is ranked; with `E-RANK-PEOPLE` for one
    /// person, for whom the formula would give 1.
    pub fn agreement(&self) -> Result<Agreement> {
        agreement::of(self)
    }
}
