//! How many seats each role gets.

use serde::{Deserialize, Serialize};

/// Weights of compositions are integers over this denominator.
pub const DENOMINATOR: u64 = 1_000_000_000_000;

/// Seats per role: entries `[group, role, seats]`, ascending by group and role, seats > 0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Composition(pub Vec<(u32, u32, u32)>);
