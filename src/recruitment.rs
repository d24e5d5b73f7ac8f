//! Before the draw: who is invited, how many letters it takes, and what chance everybody has in the end.
//!
//! | question | answered by |
//! |---|---|
//! | how many letters? | [`Planner`]: the cell that fills slowest decides; [`Simulation`]: would the pool have a panel at all? |
//! | which municipalities send them? | [`Areas`]: few of them, and the same chance for everybody |
//! | who gets one? | [`Design`] and [`Sampler`] (`io::FrameFile` for a register in a file): an [`Invitation`] with everybody's exact chance |
//! | what if everybody is asked? | [`Frame::OpenToAll`]: there is no lottery at this stage, and it says so |
//! | who says yes? | [`SelfSelection`]: estimated from the pool and a survey; [`neutral_chances`] undo it |
//! | what chance has a resident in the end? | [`Stages`]: letter, answer and seat together |
//!
//! # The lottery of letters
//! Everybody has a priority, a SHA-256 digest of the public sources and the id ([`Priorities`]); in every stratum the lowest are
//! invited. Nothing else decides, so a second program needs three lines, and the register can be read once, in any order, with
//! memory for the letters and eight bytes per person. Sources are those of this stage alone: the panel is drawn later from others,
//! and the register must be fixed before the sources are known.
//!
//! # What is exact and what is estimated
//! Chances of letters are exact ratios. Response rates and participation are estimates from data, in floating-point numbers with `libm`'s
//! logarithms and exponentials, which give the same bits everywhere.

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
