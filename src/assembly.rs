//! After the draw: what is needed so that a panel is still a panel at its last meeting.
//!
//! [`Alternates`] says who steps in when somebody drops out, and [`ReplacementRecord`] is that story as a file that anyone can replay.
//! [`DropoutSamples`] finds the few alternates to keep ready, by a [`DropoutModel`].
//! [`roster`] is the ledger of everybody's steps, [`attendance`] what follows from it; [`ballot`] counts votes on recommendations.
//! [`OverRecruitment`] and [`RetentionPlan`] say how many to seat at first.
//! [`process`] is the whole road from the commission to the follow-up as data, with what each step rests on.
//! A [`Seating`] is who sits at which table in which round: [`Seating::plan`] lets as many as possible meet.

mod alternates;
pub mod attendance;
pub mod ballot;
mod day;
mod dropout;
pub mod process;
mod reserve;
mod retention;
pub mod roster;
mod seating;

use crate::error::{ErrorKind, Problem};

pub use alternates::{
    Alternates, Dropout, Missed, Outcome, Policy, REPLACEMENTS_VERSION, ReplacementRecord,
    Replacements, Reserves, Step, Vacancy,
};
pub(crate) use day::is_day;
pub use day::{Clock, Day};
pub use dropout::{DropoutModel, PastMember};
pub use reserve::{BestAlternates, DropoutSamples, Loss};
pub use retention::{CellNeed, OverRecruitment, RetentionPlan};
pub use seating::{
    Attendance, BoundKind, PairBound, PlannedRound, PlannedTable, Round, RoundsBound, SeatRule,
    Seating, SeatingBuilder, SeatingOptions, SeatingPlan, SeatingReport, Violation,
    max_zero_repeat_rounds, zero_repeat_rounds,
};

/// The error of one problem.
fn input(code: &str, found: String, expected: &str) -> crate::Error {
    ErrorKind::Input(vec![Problem::new(code, found, expected)]).into()
}
