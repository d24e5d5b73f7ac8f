//! What deliberation changed: how reasons and preferences hang together, how opinions moved, who was heard, and what models
//! of influence imply for a seating plan.
//!
//! - [`reasoning`]: the Deliberative Reason Index before and after, of everybody, of groups and of each person.
//! - [`opinion`]: one question asked twice: net and gross change, effect sizes, tables that converge or polarise; rankings:
//!   proximity to single-peakedness and Kendall's W; corrections for many tests.
//! - [`voice`]: how evenly speaking time is spread.
//! - [`simulate`]: what a model of influence implies. It forecasts nothing.
//!
//! # How chance enters
//! The default inference is by permutation: everything that could as well have been the other way round is exchanged at
//! random, and `p` is the share of results at least as extreme, `(b + 1)/(m + 1)`, the real one counted among them. That is
//! never 0, and needs no distribution. The exchanges come from a stream keyed by a text ([`Permutations`]), so that equal
//! input gives an equal `p` on every machine.
//!
//! With the feature `statistics` there are p-values from Student's t, the normal and the chi-square distribution too; these
//! come from the crate `statrs` and may differ in their last digits between machines. Everything else is made of `+ - * /` and square root in a fixed
//! order, and of one portable logarithm.
//!
//! ```
//! use kleroterion::evidence::{Alternative, Permutations, opinion::Paired};
//! // Six people on a scale from 0 to 10, before and after.
//! let asked = Paired::new(&[3.0, 5.0, 4.0, 6.0, 2.0, 5.0], &[5.0, 6.0, 4.0, 8.0, 5.0, 6.0])?;
//! assert_eq!((asked.net_change(), asked.raised(), asked.lowered()), (1.5, 5, 0));
//! let test = asked.sign_flip_test(Alternative::TwoSided, &Permutations::new(9_999, "trust in the council"));
//! assert!((test.p - 2.0 / 32.0).abs() < 0.01); // five moved, all upwards: two of the 2^5 choices of signs are as extreme
//! # Ok::<(), kleroterion::Error>(())
//! ```

pub mod opinion;
pub mod reasoning;
pub mod simulate;
pub mod voice;

mod check;
mod permutations;
mod ranks;

pub use permutations::{Alternative, PermutationTest, Permutations};
