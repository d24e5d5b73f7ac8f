//! After the draw: what is needed so that a panel is still a panel at its last meeting.
//!
//! [`Alternates`] says who steps in when somebody drops out, and [`ReplacementRecord`] is that story as a file that anyone can replay.
//! [`OverRecruitment`] and [`RetentionPlan`] say how many to seat at first.

mod alternates;
mod retention;

pub use alternates::{
    Alternates, Dropout, Missed, Outcome, Policy, REPLACEMENTS_VERSION, ReplacementRecord,
    Replacements, Reserves, Step, Vacancy,
};
pub use retention::{CellNeed, OverRecruitment, RetentionPlan};
