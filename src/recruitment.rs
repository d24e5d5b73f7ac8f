//! Before the draw: who is invited, how many letters it takes, and what chance everybody has in the end.
//!
//! [`Design`] says how many letters and to whom, [`Sampler`] draws them from a register in one pass, [`Invitation`] holds the
//! result with the exact chance of everybody.

mod areas;
mod design;
mod invitation;
mod kept;
mod noted;
mod priority;
mod register;
mod response;
mod sampler;
mod self_selection;
mod simulate;
mod strata;

pub use areas::{Area, Areas};
pub use design::{Design, Unit};
pub use invitation::{
    Frame, INVITATION_VERSION, Invitation, InvitationRecord, Invited, Keys, Outcome, RegisterFile,
};
pub use priority::Priorities;
pub use response::{Cell, CellPlan, Plan, Planner, Response};
pub use sampler::Sampler;
pub use self_selection::{Factor, Participation, SelfSelection, Stages, neutral_chances};
pub use simulate::{Admission, Segment, Simulation};

#[cfg_attr(not(feature = "csv"), allow(unused_imports))]
pub(crate) use noted::Noted;
#[cfg_attr(not(feature = "csv"), allow(unused_imports))]
pub(crate) use sampler::{Candidate, too_many_strata};
