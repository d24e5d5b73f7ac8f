//! Proofs for rules whose fairness is one number, and what else a certificate may state.

use serde::{Deserialize, Serialize};

use super::Bound;

/// How near the optimum of its rule a lottery is proven to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// What is optimised.
    pub measure: Measure,
    /// Largest distance from the optimum that the proof leaves open, relative to the optimum, in 10^-12, rounded up.
    pub gap: u64,
    /// The multipliers that prove it; the weights may have any sign.
    pub proof: Bound,
    /// Added to everybody's weight against the floor and against the ceiling alike, where lowest and highest chance are
    /// the same ([`Measure::Goldilocks`] only; else 0).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub common: u64,
    /// When a finished search shows more than the integers do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<Finished>,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// A finished search: not checkable from the certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finished {
    /// Nodes of the search.
    pub nodes: u64,
    /// The gap it leaves, as [`Objective::gap`].
    pub gap: u64,
}

/// The number that a rule optimises over all lotteries; p are the chances of the n people who can be on a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
#[non_exhaustive]
pub enum Measure {
    /// max p, as low as possible.
    Highest,
    /// The product of all p, as high as possible; the gap is that of the geometric mean.
    Product,
    /// Σ p², as low as possible.
    Squares,
    /// (n/k)·max p + γ·(k/n)/min p, as low as possible.
    Goldilocks {
        /// γ in 10^-6.
        gamma: u64,
    },
}

/// What counting all panels gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// Number of panels, in decimal digits.
    pub panels: String,
}

/// How a panel list came from a lottery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rounding {
    /// The method.
    pub method: String,
}

/// Millionths as the shortest decimal number: `1`, `0.5`.
pub(crate) fn decimal(millionths: u64) -> String {
    let (whole, part) = (millionths / 1_000_000, millionths % 1_000_000);
    if part == 0 {
        return whole.to_string();
    }
    format!("{whole}.{}", format!("{part:06}").trim_end_matches('0'))
}
