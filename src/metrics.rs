//! Figures that sum a lottery up for readers: how unequal the chances are, whom it favours, how widely its weight is spread,
//! and how panels mix features.
//!
//! For display only: nothing is decided by them. Inputs are exact; sums are made in a fixed order with the four
//! basic operations and square root, logarithms come from one portable implementation, so equal inputs print equal
//! figures everywhere.
//!
//! People who can be on no panel have the chance 0 under every rule. [`of_selectable`] leaves them out; what is left is
//! what the literature measures.

mod chances;
mod distances;
mod features;
mod geometric;
mod intersections;
mod objectives;
mod pair_shares;
mod representation;
mod sampled;
pub(crate) mod suppression;
mod weights;

pub use chances::{gini, highest, lowest, of_selectable, share_below, zero_chances};
pub use distances::{Distances, distances};
pub(crate) use features::plain_features;
pub use geometric::{FLOOR, geometric_mean, geometric_mean_floored};
pub use intersections::{Intersections, PairCell, intersections};
pub use objectives::{goldilocks, mean_log, sum_of_squares};
pub use pair_shares::PairShares;
#[cfg(feature = "csv")]
pub(crate) use pair_shares::ShareRow;
pub use representation::{ratio_products, representation};
pub use sampled::jeffreys_upper;
pub use weights::{effective_number, entropy, largest_weight};
