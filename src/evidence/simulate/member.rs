//! A member of a simulated assembly.

use serde::Serialize;

use super::super::check::is_usable;
use crate::error::Problem;

/// How somebody weighs their own opinion against those at the table.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub enum Attention {
    /// Everybody present at the table, oneself included, in proportion to how much they talk.
    Even,
    /// So much, from 0 to 1, goes to the others at the table in proportion to how much they talk, the rest to oneself. Alone at a table, all of it stays.
    Others(f64),
}

/// A member: a first opinion, and how they deal with those of others.
///
/// ```
/// use kleroterion::evidence::simulate::{Attention, Member};
/// let member = Member::new(7.0).attention(Attention::Others(0.4)).susceptibility(0.9).talk(2.0).leaves(0.05);
/// assert_eq!((member.opinion, member.leaves), (7.0, 0.05));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Member {
    /// The opinion that they come with.
    pub opinion: f64,
    /// λ: from 0 (stays with it) to 1 (holds on to nothing).
    pub susceptibility: f64,
    /// How they weigh their own opinion.
    pub attention: Attention,
    /// How much they talk, as a multiple of what others do.
    pub talk: f64,
    /// The chance that they leave for good at the beginning of a round.
    pub leaves: f64,
}

impl Member {
    /// Somebody who averages evenly over the table, holds on to nothing, talks like everybody and never leaves.
    #[must_use]
    pub fn new(opinion: f64) -> Self {
        Self {
            opinion,
            susceptibility: 1.0,
            attention: Attention::Even,
            talk: 1.0,
            leaves: 0.0,
        }
    }

    /// With another susceptibility.
    #[must_use]
    pub fn susceptibility(self, susceptibility: f64) -> Self {
        Self {
            susceptibility,
            ..self
        }
    }

    /// With another attention.
    #[must_use]
    pub fn attention(self, attention: Attention) -> Self {
        Self { attention, ..self }
    }

    /// Talking more or less.
    #[must_use]
    pub fn talk(self, talk: f64) -> Self {
        Self { talk, ..self }
    }

    /// With a chance of leaving at the beginning of every round.
    #[must_use]
    pub fn leaves(self, leaves: f64) -> Self {
        Self { leaves, ..self }
    }

    /// Everything out of range.
    pub(super) fn problems(&self, at: usize) -> Vec<Problem> {
        let share = |x: f64| (0.0..=1.0).contains(&x);
        let others = match self.attention {
            Attention::Even => 0.0,
            Attention::Others(share) => share,
        };
        let checks = [
            (
                "E-SIM-OPINION",
                "opinion",
                self.opinion,
                is_usable(self.opinion),
                "a finite number within ±10^100",
            ),
            (
                "E-SIM-SUSCEPTIBILITY",
                "susceptibility",
                self.susceptibility,
                share(self.susceptibility),
                "a number from 0 to 1",
            ),
            (
                "E-SIM-WEIGHT",
                "attention to others",
                others,
                share(others),
                "a number from 0 to 1",
            ),
            (
                "E-SIM-WEIGHT",
                "talk",
                self.talk,
                is_usable(self.talk) && self.talk >= 0.0,
                "a finite number from 0 up to 10^100",
            ),
            (
                "E-SIM-LEAVES",
                "chance of leaving",
                self.leaves,
                share(self.leaves),
                "a number from 0 to 1",
            ),
        ];
        let unfit = checks.into_iter().filter(|check| !check.3);
        let problem = |(code, what, value, _, expected): (&str, &str, f64, bool, &str)| {
            Problem::new(code, format!("the {what} {value} of member {at}"), expected)
        };
        unfit.map(problem).collect()
    }
}
