//! How many could vote, took part, voted and said something: the four numbers that a percentage can be of.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{ErrorKind, Problem, Result};
use crate::ratio::Ratio;

/// What a share is a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Denominator {
    /// Everybody who may vote.
    Eligible,
    /// Everybody who takes part in the meeting, in the room or from afar. A vote by post counts as taking part.
    Present,
    /// Everybody who voted: abstentions, blank and spoilt ballots too.
    Cast,
    /// Everybody whose vote says something: neither an abstention nor blank nor spoilt.
    Expressed,
}

impl Denominator {
    /// All four, from the widest to the narrowest.
    pub const ALL: [Self; 4] = [Self::Eligible, Self::Present, Self::Cast, Self::Expressed];
}

impl fmt::Display for Denominator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Eligible => "eligible",
            Self::Present => "present",
            Self::Cast => "cast",
            Self::Expressed => "expressed",
        })
    }
}

/// The opposite of `Display`. The error lists the known names.
impl std::str::FromStr for Denominator {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let known = Self::ALL.into_iter().find(|of| of.to_string() == text);
        known.ok_or_else(|| {
            format!(
                "{text:?} is no denominator; known denominators: eligible, present, cast, expressed"
            )
        })
    }
}

/// The four numbers of one ballot, none larger than the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Turnout {
    eligible: u64,
    present: u64,
    cast: u64,
    expressed: u64,
}

impl Turnout {
    /// From the four numbers, each at most the one before.
    ///
    /// ```
    /// use kleroterion::{Ratio, assembly::ballot::{Denominator, Turnout}};
    ///
    /// let turnout = Turnout::new([99, 91, 91, 89])?;
    /// assert_eq!(turnout.share(50, Denominator::Expressed), Some(Ratio::new(50, 89)));
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-BALLOT-TURNOUT` for every number above the one before: 90 present of 80 eligible.
    pub fn new([eligible, present, cast, expressed]: [u64; 4]) -> Result<Self> {
        let numbers = [eligible, present, cast, expressed];
        let mut problems = Vec::new();
        for at in 1..numbers.len() {
            let (wide, narrow) = (Denominator::ALL[at - 1], Denominator::ALL[at]);
            if numbers[at] > numbers[at - 1] {
                problems.push(Problem::new(
                    "E-BALLOT-TURNOUT",
                    format!("{} {narrow} and {} {wide}", numbers[at], numbers[at - 1]),
                    format!("not more {narrow} than {wide}"),
                ));
            }
        }
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        Ok(Self {
            eligible,
            present,
            cast,
            expressed,
        })
    }

    /// The number of this name.
    #[must_use]
    pub fn of(&self, denominator: Denominator) -> u64 {
        match denominator {
            Denominator::Eligible => self.eligible,
            Denominator::Present => self.present,
            Denominator::Cast => self.cast,
            Denominator::Expressed => self.expressed,
        }
    }

    /// True when somebody voted, and fewer than five: even the counts of a secret ballot may then tell who voted how. Agree beforehand whether they are published.
    #[must_use]
    pub fn is_small(&self) -> bool {
        (1..5).contains(&self.cast)
    }

    /// So many votes as a share; `None` when nobody is in the denominator.
    #[must_use]
    pub fn share(&self, votes: u64, of: Denominator) -> Option<Ratio> {
        let base = self.of(of);
        (base > 0).then(|| Ratio::new(votes, base))
    }
}
