//! Who sits at which table in which round, so that as many as possible meet and every table looks like the assembly.
//!
//! A [`Seating`] says who sits, in which [`Round`]s and under which [`SeatRule`]s. [`Seating::plan`] makes a [`SeatingPlan`], whose
//! [report](SeatingPlan::report) says what it reaches and what no plan can exceed, and which anyone can [verify](SeatingPlan::verify). When
//! somebody stays away, [`SeatingPlan::replan`] plans the rounds to come.

mod anneal;
mod bound;
mod check;
mod design;
mod field;
mod measure;
mod meetings;
mod model;
mod place;
mod plan;
mod problem;
mod report;
mod rule;
mod solve;
mod spread;
mod state;
mod verify;

pub use bound::{BoundKind, PairBound, RoundsBound, max_zero_repeat_rounds, zero_repeat_rounds};
pub use plan::{Attendance, PlannedRound, PlannedTable, SeatingPlan};
pub use problem::{Seating, SeatingBuilder};
pub use report::SeatingReport;
pub use rule::{Round, SeatRule};
pub use solve::SeatingOptions;
pub use verify::Violation;
