//! The process as data: from the commission to the follow-up.
//!
//! A [`Case`] is the sheet of one process: remit, promise, recruitment, meetings, evidence, recommendations and what became of them, each with the
//! sources that say so. It is read from TOML or JSON, and written as Markdown in English or Danish, as a record in the manner of Participedia, and
//! as a calendar of its meetings.
//!
//! [`Process`] is the regular road, one type per stage: what comes too early does not compile. Real processes go back, skip and repeat; their
//! [`Log`] takes whatever happened and says where that left the road.
//!
//! [`findings`] lists what a sheet does not say, what falls short of a [`Principle`], and what does not add up. It gives no score.
//!
//! ```
//! use kleroterion::assembly::process::{Case, Commitment, Rule, findings};
//! let case = Case { commitment: Some(Commitment { day: Some("2026-01-10".parse()?), ..Commitment::default() }), ..Case::default() };
//! let found = findings(&case);
//! assert!(found.iter().any(|one| one.rule == Rule::AnswerDeadline)); // a promise without a day
//! assert!(!found.iter().any(|one| one.rule == Rule::CommitmentFirst)); // recruitment has not begun
//! # Ok::<(), kleroterion::Error>(())
//! ```

#[cfg(feature = "calendar")]
mod calendar;
mod case;
mod check;
mod event;
mod file;
mod language;
#[cfg(feature = "toml")]
mod located;
mod meeting;
mod model;
#[cfg(feature = "json")]
mod participedia;
mod people;
mod principle;
mod recommendation;
mod road;
mod rule;
mod section;
mod sheet;
mod stages;

pub use case::{
    Body, Case, Commitment, Disputed, Evaluation, Evaluator, Governance, Level, Place, Privacy,
    Reading, Remit, Source, Wording,
};
pub use check::{Finding, Kind, findings};
pub use event::{Event, History, Log, Turn};
pub use language::Language;
pub use meeting::{Activity, ChosenBy, Evidence, Item, Meeting, Mode};
pub use model::{Model, Purpose};
pub use people::{
    Criterion, Frame, Membership, Recruitment, SeatQuota, Selection, Turnover, criteria_of,
};
pub use principle::{Knoca, Oecd, Principle};
pub use recommendation::{
    Answer, AnswerClass, AnswerKind, Decision, Life, Milestone, Outcome, Recommendation, Vote,
};
pub use road::{Process, stage};
pub use rule::Rule;
pub use stages::{Stage, What};
