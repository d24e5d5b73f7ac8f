//! Votes on recommendations, with the denominators said aloud.
//!
//! One and the same vote is 54.95 % of those who voted and 56.18 % of those who expressed a preference. So every share names its [`Denominator`],
//! every [`Threshold`] is an exact fraction that must be passed or reached, and every result keeps its whole [`Turnout`].
//!
//! Counts only: who voted how is not kept by any type here.

mod approval;
mod decimal;
mod kemeny;
mod plan;
mod ranked;
mod rule;
#[cfg(feature = "runoff")]
mod runoff;
mod scale;
mod strata;
mod turnout;
mod yes_no;

pub use approval::Approval;
pub use decimal::percent;
pub use kemeny::{Kemeny, MOST_OPTIONS};
pub use plan::{BallotPlan, Held, Question};
pub use ranked::{Ranking, Rankings};
pub use rule::{BallotRule, Bound, Counted, Decision, Minority, Quorum, Threshold, TieRule};
#[cfg(feature = "runoff")]
pub use runoff::{Elimination, Runoff, RunoffRound};
pub use scale::{Mean, Median, Scale, Scores};
pub use strata::{PublishedStratum, Strata};
pub use turnout::{Denominator, Turnout};
pub use yes_no::{Vote, YesNo, tally};

#[cfg(test)]
mod tests;
