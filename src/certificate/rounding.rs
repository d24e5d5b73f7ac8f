//! What is stated of a panel list that was rounded from a lottery.

use serde::{Deserialize, Serialize};

/// How a panel list came from the lottery whose chances the certificate states as its target, and how near it came.
/// All deviations are of chances, in 10^-12, rounded up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rounding {
    /// [`SMALLEST_DEVIATION`](Self::SMALLEST_DEVIATION) or [`PIPAGE`](Self::PIPAGE).
    pub method: String,
    /// The public values of stage one, in order; only for a list that was rounded by chance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// Largest deviation of anybody's chance from the target.
    pub largest: u64,
    /// What no list stays below; only for the smallest deviation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<Least>,
    /// What theory promises.
    pub theory: Theory,
}

impl Rounding {
    /// Method: the largest deviation is as small as a bounded search could make it.
    pub const SMALLEST_DEVIATION: &str = "smallest-deviation";
    /// Method: dependent rounding by chance, which keeps every expected chance exactly.
    pub const PIPAGE: &str = "pipage";
}

/// No list of as many tickets, whatever its panels, has a largest deviation below this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Least {
    /// The deviation.
    pub bound: u64,
    /// Nodes of the finished searches that show it, beyond what follows from tickets being whole.
    pub nodes: u64,
}

/// Deviations that some list of m tickets never exceeds (Flanigan, Kehne and Procaccia, "Fair sortition made
/// transparent", NeurIPS 2021), k being the seats and C the number of different profiles in the pool.
///
/// ```
/// use kleroterion::certificate::Theory;
/// let theory = Theory::of(30, 200, 1000); // 30 seats, 200 profiles, 1000 tickets
/// assert_eq!(theory.beck_fiala, 30_000_000_000); // 3 percentage points
/// assert_eq!(theory.panel_lp / 1_000_000_000, 25); // 2.5 percentage points
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theory {
    /// k/m.
    pub beck_fiala: u64,
    /// √((1 + ln 2/ln C)/2)·√(C ln C)/m + 1/m, which is (√(C·ln(2C)/2) + 1)/m, also for C = 1.
    pub panel_lp: u64,
}

impl Theory {
    /// Both bounds for a panel of this `size`, a pool with so many `profiles`, and at least one ticket. The logarithm is
    /// `libm`'s, the same on every platform.
    #[must_use]
    pub fn of(size: u32, profiles: u64, tickets: u64) -> Self {
        let unit = 1_000_000_000_000_u64;
        let seats = u128::from(size) * u128::from(unit);
        let c = profiles as f64;
        let spread = (c * libm::log(2.0 * c) / 2.0).sqrt();
        let panel_lp = (spread + 1.0) / tickets as f64 * unit as f64;
        Self {
            beck_fiala: u64::try_from(seats.div_ceil(tickets.max(1).into())).unwrap_or(u64::MAX),
            panel_lp: panel_lp.ceil() as u64,
        }
    }
}
