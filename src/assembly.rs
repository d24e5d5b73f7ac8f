//! After the draw: what is needed so that a panel is still a panel at its last meeting.

mod retention;

pub use retention::{CellNeed, OverRecruitment, RetentionPlan};
