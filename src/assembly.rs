//! After the draw: what is needed so that a panel is still a panel at its last meeting.
//!
//! [`Alternates`] says who steps in when somebody drops out, and [`ReplacementRecord`] is that story as a file that anyone can replay.
//! [`DropoutSamples`] finds the few alternates to keep ready, by a [`DropoutModel`].
//! [`roster`] is the ledger of everybody's steps, [`attendance`] what follows from it; [`ballot`] counts votes on recommendations.
//! [`OverRecruitment`] and [`RetentionPlan`] say how many to seat at first.

mod alternates;
pub mod attendance;
pub mod ballot;
mod dropout;
mod reserve;
mod retention;
pub mod roster;

use crate::error::{ErrorKind, Problem};

pub use alternates::{
    Alternates, Dropout, Missed, Outcome, Policy, REPLACEMENTS_VERSION, ReplacementRecord,
    Replacements, Reserves, Step, Vacancy,
};
pub use dropout::{DropoutModel, PastMember};
pub use reserve::{BestAlternates, DropoutSamples, Loss};
pub use retention::{CellNeed, OverRecruitment, RetentionPlan};

/// The error of one problem.
fn input(code: &str, found: String, expected: &str) -> crate::Error {
    ErrorKind::Input(vec![Problem::new(code, found, expected)]).into()
}
