//! The Deliberative Reason Index (DRI): do people who agree on considerations agree on what should be done?
//!
//! Everybody rates considerations and ranks preferences. For every pair of people, r is Spearman's correlation (with mid-ranks)
//! of their considerations and p that of their preferences. A pair with r = p is consistent: as much as the two agree on reasons,
//! they agree on conclusions.
//!
//! - [`Formula::Original`]: `DRI = 1 − 2·mean |r − p|` over all pairs. Its range is [−3, 1], not [−1, 1].
//! - [`Formula::adjusted`]: with `d = |r − p|/√2` and `w = min(1, max(|r|, |p|)/τ)`, τ = 0.2, `DRI′ = 1 − 2√2·(1 − mean (1 − d)·w)`: pairs without
//!   any agreement or disagreement, which count as perfectly consistent in the original, count against it.
//!
//! Sources: Niemeyer and Veri, in *Research Methods in Deliberative Democracy* (2022); Niemeyer, Veri, Dryzek and Bächtiger,
//! *American Political Science Review* 118(1), 2024; adjusted: Veri, arXiv 2604.16963 (2026).
//!
//! DIFFERENCE: the R package `deliberr` gives NaN when somebody gave equal answers throughout; here that is an error that names
//! everybody concerned ([`undefined`] lists them). It divides b by m; here `p = (b + 1)/(m + 1)`.
//!
//! A high index says that conclusions go with reasons within this group. It does not say that the reasons are good, that
//! deliberation caused a change, or how much people talked.

mod answers;
mod comparison;
mod correlations;
mod forum;
mod index;

pub use answers::{Answers, MOST_PEOPLE, Part, Undefined, undefined};
pub use comparison::{Comparison, Exchange, PAIRWISE_WARNING, Pairwise};
pub use forum::Forum;
pub use index::{Formula, GroupIndex, Reasoning};
