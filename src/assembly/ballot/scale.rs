//! Likert items and scores: everybody gives one number of a scale.

use serde::Serialize;

use super::decimal::decimal;
use super::rule::{BallotRule, Counted};
use super::turnout::{Denominator, Turnout};
use crate::error::{ErrorKind, Problem, Result};
use crate::ratio::Ratio;

/// Longest scale, in steps.
const LONGEST: i64 = 100_000;

/// The numbers that may be given: from the lowest to the highest in steps of one, or of a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Scale {
    highest: i64,
    lowest: i64,
    per_unit: u32,
}

impl Scale {
    /// Whole numbers 1 to `levels`, such as 1 (strongly disagree) to 5 (strongly agree).
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-BALLOT-SCALE` for fewer than 2 levels, or more than 10^5.
    pub fn likert(levels: u32) -> Result<Self> {
        Self::score(1, i64::from(levels), 1)
    }

    /// From `lowest` to `highest`, both in steps, `per_unit` of which make one: `(0, 100, 10)` is 0 to 10 with one decimal.
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-BALLOT-SCALE` for a highest step that is not above the lowest, more than 10^5 steps, steps beyond ±10^9, and 0 steps to the unit.
    pub fn score(lowest: i64, highest: i64, per_unit: u32) -> Result<Self> {
        const FAR: i64 = 1_000_000_000;
        let near = lowest >= -FAR && highest <= FAR;
        if near && lowest < highest && highest - lowest <= LONGEST && per_unit > 0 {
            return Ok(Self {
                highest,
                lowest,
                per_unit,
            });
        }
        let found = format!("a scale from {lowest} to {highest}, {per_unit} steps to the unit");
        let expected = "2 to 10^5 ascending steps within 10^9, at least 1 to the unit";
        Err(ErrorKind::Input(vec![Problem::new("E-BALLOT-SCALE", found, expected)]).into())
    }
}

/// An exact mean of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Mean {
    /// Above the line.
    pub numerator: i64,
    /// Below the line, at least 1.
    pub denominator: u64,
}

impl Mean {
    /// With so many decimals, at most 9, rounded half away from 0.
    #[must_use]
    pub fn decimal(&self, decimals: u32) -> String {
        let (above, below) = (i128::from(self.numerator), u128::from(self.denominator));
        decimal((above, below), decimals)
    }
}

/// The two middle values, in steps: the same one twice for an odd number of votes.
pub type Median = (i64, i64);

/// Votes on a scale, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scores {
    /// Votes per step, from the lowest.
    counts: Vec<u64>,
    scale: Scale,
    turnout: Turnout,
}

impl Scores {
    /// From those eligible and those present, and the votes in steps of the scale; `None` is an abstention. O(votes + steps).
    ///
    /// ```
    /// use kleroterion::assembly::ballot::{Scale, Scores};
    ///
    /// // From 0 to 10 in tenths: 3.4, 3.7, 3.7, 3.7, 4.0 and 4.1.
    /// let votes = [34, 37, 37, 37, 40, 41].map(Some);
    /// let scores = Scores::new((6, 6), Scale::score(0, 100, 10)?, &votes)?;
    /// assert_eq!(scores.mean().unwrap().decimal(2), "3.77");
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-BALLOT-SCORE` for every vote off the scale, and `E-BALLOT-TURNOUT` for more votes than people present.
    pub fn new(
        (eligible, present): (u64, u64),
        scale: Scale,
        votes: &[Option<i64>],
    ) -> Result<Self> {
        let mut problems = Vec::new();
        let mut counts = vec![0; (scale.highest - scale.lowest) as usize + 1];
        for (number, vote) in (1_u64..).zip(votes) {
            match *vote {
                None => {}
                Some(step) if (scale.lowest..=scale.highest).contains(&step) => {
                    counts[(step - scale.lowest) as usize] += 1;
                }
                Some(step) => problems.push(Problem::new(
                    "E-BALLOT-SCORE",
                    format!("ballot {number}: {step}"),
                    format!("a step from {} to {}", scale.lowest, scale.highest),
                )),
            }
        }
        let expressed = votes.iter().flatten().count() as u64;
        let turnout = Turnout::new([eligible, present, votes.len() as u64, expressed]);
        match turnout {
            Ok(turnout) if problems.is_empty() => Ok(Self {
                counts,
                scale,
                turnout,
            }),
            Ok(_) => Err(ErrorKind::Input(problems).into()),
            Err(error) => {
                problems.extend_from_slice(error.problems());
                Err(ErrorKind::Input(problems).into())
            }
        }
    }

    /// Votes per step, from the lowest.
    #[must_use]
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// Who could vote, took part, voted and said something.
    #[must_use]
    pub fn turnout(&self) -> &Turnout {
        &self.turnout
    }

    fn expressed(&self) -> u64 {
        self.turnout.of(Denominator::Expressed)
    }

    /// The exact mean in units of the scale; `None` when nobody said anything. Of a Likert item it treats the steps as equally far apart.
    #[must_use]
    pub fn mean(&self) -> Option<Mean> {
        let steps = (self.scale.lowest..).zip(&self.counts);
        let sum: i64 = steps.map(|(step, &count)| step * count as i64).sum();
        (self.expressed() > 0).then(|| Mean {
            numerator: sum,
            denominator: self.expressed() * u64::from(self.scale.per_unit),
        })
    }

    /// The vote at this rank, counted from 1.
    fn ranked(&self, rank: u64) -> i64 {
        let mut below = 0;
        let steps = (self.scale.lowest..).zip(&self.counts);
        let mut reached = steps.skip_while(|&(_, &count)| {
            below += count;
            below < rank
        });
        reached.next().map_or(self.scale.highest, |(step, _)| step)
    }

    /// The votes in the middle; `None` when nobody said anything.
    #[must_use]
    pub fn median(&self) -> Option<Median> {
        let n = self.expressed();
        (n > 0).then(|| (self.ranked(n.div_ceil(2)), self.ranked(n / 2 + 1)))
    }

    /// First and third quartile, in steps: the smallest vote that at least a quarter, three quarters, of the votes do not exceed.
    /// `None` when nobody said anything.
    #[must_use]
    pub fn quartiles(&self) -> Option<(i64, i64)> {
        let n = self.expressed();
        (n > 0).then(|| (self.ranked(n.div_ceil(4)), self.ranked((3 * n).div_ceil(4))))
    }

    /// Votes above and below the middle of the scale. Of an odd number of steps, those in the middle are on neither side.
    #[must_use]
    pub fn sides(&self) -> (u64, u64) {
        let steps = self.counts.len();
        let above = self.counts[steps.div_ceil(2)..].iter().sum();
        let below = self.counts[..steps / 2].iter().sum();
        (above, below)
    }

    /// Votes above the middle less those below it: net support, over [`Expressed`](Denominator::Expressed) as any share.
    #[must_use]
    pub fn net_support(&self) -> i64 {
        let (above, below) = self.sides();
        above as i64 - below as i64
    }

    /// Applies a rule: votes above the middle are for, those below it against, those in the middle neither, though they were expressed.
    #[must_use]
    pub fn decide(&self, rule: &BallotRule) -> Counted {
        rule.counted(&self.turnout, self.sides())
    }

    /// True when at most this share of the votes expressed is the lowest step: nobody, or few, are strongly against. True when nobody said anything.
    #[must_use]
    pub fn no_strong_opposition(&self, most: Ratio) -> bool {
        u128::from(self.counts[0]) * u128::from(most.denominator)
            <= u128::from(most.numerator) * u128::from(self.expressed())
    }
}
