//! Yes, no, or no preference.

use serde::Serialize;

use super::rule::{BallotRule, Counted};
use super::turnout::{Denominator, Turnout};
use crate::error::Result;
use crate::pool::key;

/// What one person said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Vote {
    /// For.
    Yes,
    /// Against.
    No,
    /// An abstention, no preference, a blank or a spoilt ballot.
    Neither,
}

impl Vote {
    /// What stands in a cell, in any case: `yes` or `for` (Danish `ja`), `no` or `against` (`nej`), `abstain`, `no preference`, `blank` or `spoilt`
    /// (`hverken`, `blank`). `None` for anything else, an empty cell too: who did not vote has no row.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match key::fold(text).as_str() {
            "yes" | "for" | "ja" => Some(Self::Yes),
            "no" | "against" | "nej" => Some(Self::No),
            "abstain" | "no preference" | "blank" | "spoilt" | "hverken" => Some(Self::Neither),
            _ => None,
        }
    }
}

/// A ballot for or against one proposal, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct YesNo {
    no: u64,
    turnout: Turnout,
    yes: u64,
}

impl YesNo {
    /// From those eligible and those present, and the votes: yes, no, and neither (abstentions, no preference, blank, spoilt).
    ///
    /// ```
    /// use kleroterion::assembly::ballot::{BallotRule, Decision, Denominator, Threshold, YesNo, percent};
    ///
    /// let ballot = YesNo::new((99, 91), [50, 39, 2])?;
    /// let counted = ballot.decide(&BallotRule::new(Threshold::majority(Denominator::Expressed)));
    /// assert_eq!(counted.decision, Decision::Adopted);
    /// let shares = [Denominator::Cast, Denominator::Expressed].map(|of| percent(counted.share(of).unwrap(), 2));
    /// assert_eq!(shares, ["54.95", "56.18"]); // one vote, two percentages
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Input`](crate::ErrorKind::Input) with `E-BALLOT-TURNOUT`: 92 votes of 91 people present.
    pub fn new((eligible, present): (u64, u64), [yes, no, neither]: [u64; 3]) -> Result<Self> {
        let expressed = yes.saturating_add(no);
        let cast = expressed.saturating_add(neither);
        let turnout = Turnout::new([eligible, present, cast, expressed])?;
        Ok(Self { no, turnout, yes })
    }

    /// Counts votes one by one: those eligible, those present, and what each said. O(votes).
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn count(people: (u64, u64), votes: impl IntoIterator<Item = Vote>) -> Result<Self> {
        Self::new(people, tally(votes))
    }

    /// Applies a rule.
    #[must_use]
    pub fn decide(&self, rule: &BallotRule) -> Counted {
        rule.counted(&self.turnout, (self.yes, self.no))
    }

    /// Votes: yes, no, neither.
    #[must_use]
    pub fn votes(&self) -> [u64; 3] {
        let neither = self.turnout.of(Denominator::Cast) - self.yes - self.no;
        [self.yes, self.no, neither]
    }

    /// Who could vote, took part, voted and said something.
    #[must_use]
    pub fn turnout(&self) -> &Turnout {
        &self.turnout
    }
}

/// How many said yes, no and neither. O(votes).
///
/// ```
/// use kleroterion::assembly::ballot::{Vote, tally};
/// assert_eq!(tally([Vote::Yes, Vote::Neither, Vote::Yes]), [2, 0, 1]);
/// ```
#[must_use]
pub fn tally(votes: impl IntoIterator<Item = Vote>) -> [u64; 3] {
    let mut counts = [0; 3];
    for vote in votes {
        counts[vote as usize] += 1;
    }
    counts
}
