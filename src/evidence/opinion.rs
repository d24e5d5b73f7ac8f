//! How opinions moved: a question asked twice, tables that converge or polarise, rankings, and many tests at once.
//!
//! - [`Paired`]: the same people's answers before and after; net change (the shift of the mean) and gross change (how much people moved, whichever way),
//!   effect sizes and tests. Net change can be 0 when everybody moved.
//! - [`TableChanges`]: within tables, did answers come closer together, did the mean move away from the middle of the scale?
//! - [`Rankings`]: how near to a common axis (single-peakedness), how much agreement (Kendall's W).
//! - [`holm`], [`benjamini_hochberg`]: p-values of many questions, corrected.
//!
//! None of it says that deliberation is the cause: people asked twice also change by being asked, and by time passing. That takes a control group.

mod agreement;
mod multiple;
mod paired;
mod parametric;
mod rankings;
mod signed_rank;
mod single_peaked;
mod tables;

pub use agreement::Agreement;
pub use multiple::{benjamini_hochberg, holm};
pub use paired::{Paired, dispersion};
pub use rankings::{MOST_OPTIONS, Rankings};
pub use signed_rank::SignedRank;
pub use single_peaked::SinglePeaked;
pub use tables::{Direction, TableChange, TableChanges};
