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

/// What is known of a lottery over all panels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// How the lottery came about.
    pub method: Counting,
    /// Number of panels, exact, in decimal digits; absent when they could not be counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panels: Option<String>,
    /// Number of compositions, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compositions: Option<String>,
    /// Entropy over panels of the lottery before sampling, in 10^-6 nats, rounded down; absent when it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entropy: Option<u64>,
    /// Only for maximum entropy: largest difference between a person's chance before sampling and the chance that
    /// leximin gives them, in 10^-12, rounded up. [`Counting::Approximate`]: as measured, with the noise of measuring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deviation: Option<u64>,
    /// Only for maximum entropy: λ as `[group, role, 10^-9]`, ascending, zeros left out. A panel's chance is in
    /// proportion to e to the power of the sum of λ over its members; for any λ, no lottery with the same chances has
    /// a higher entropy than ln Z(λ) − ⟨λ, chances⟩.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub multipliers: Vec<(u32, u32, i64)>,
    /// Only for a lottery of sampled panels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<Sample>,
}

/// How a lottery over all panels came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Counting {
    /// All compositions are listed.
    Listed,
    /// Panels were sampled, each exactly as likely as the rule says, independently of each other.
    Sampled,
    /// Panels were sampled by a random walk, whose distance from the rule is not known; the diagnostics tell what is.
    Approximate,
}

/// How panels were sampled. Whoever has pool, quotas, size and these sources can repeat it bit by bit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// Panels sampled; one that came up twice has two tickets.
    pub tickets: u64,
    /// The public values of stage one.
    pub stage_one: Vec<String>,
    /// The random walk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walk: Option<Walk>,
}

/// What a random walk over panels showed of itself. None of it proves that the walk was long enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Walk {
    /// Exchanges of one person for another that were tried while sampling.
    pub steps: u64,
    /// Those that were made, in 10^-6 of the steps.
    pub moved: u64,
    /// Steps after which all quotas were met, in 10^-6 of the steps.
    pub met: u64,
    /// Steps between two sampled panels at least.
    pub apart: u64,
    /// Largest difference between a person's share of the panels sampled first and of those sampled last, in 10^-6.
    pub halves: u64,
    /// The same difference in standard errors of independent panels, in 10^-6.
    pub halves_in_errors: u64,
}

/// Millionths as the shortest decimal number: `1`, `0.5`.
pub(crate) fn decimal(millionths: u64) -> String {
    let (whole, part) = (millionths / 1_000_000, millionths % 1_000_000);
    if part == 0 {
        return whole.to_string();
    }
    format!("{whole}.{}", format!("{part:06}").trim_end_matches('0'))
}
