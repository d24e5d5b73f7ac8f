//! Exact numbers as decimals, for reading.

use crate::ratio::Ratio;

/// A share in per cent with so many decimals, at most 9, rounded half up from the exact value: `54.95` for 50 of 91 and two decimals.
///
/// ```
/// use kleroterion::{Ratio, assembly::ballot::percent};
/// assert_eq!(percent(Ratio::new(50, 91), 2), "54.95");
/// assert_eq!(percent(Ratio::new(1, 8), 0), "13"); // 12.5
/// ```
///
/// # Panics
/// For a ratio over 0.
#[must_use]
pub fn percent(share: Ratio, decimals: u32) -> String {
    decimal(
        (
            i128::from(share.numerator) * 100,
            u128::from(share.denominator),
        ),
        decimals,
    )
}

/// An exact fraction as decimal, rounded half away from 0. At most 9 decimals are written.
pub(super) fn decimal((above, below): (i128, u128), decimals: u32) -> String {
    let decimals = decimals.min(9);
    let unit = 10_u128.pow(decimals);
    let (whole, rest) = (above.unsigned_abs() / below, above.unsigned_abs() % below);
    // Long division: the scaled rest stays below `below` times 10^9.
    let scaled = (rest * unit * 2 + below) / (below * 2);
    let (whole, scaled) = (whole + scaled / unit, scaled % unit);
    let sign = if above < 0 && (whole > 0 || scaled > 0) {
        "-"
    } else {
        ""
    };
    if decimals == 0 {
        format!("{sign}{whole}")
    } else {
        let width = decimals as usize;
        format!("{sign}{whole}.{scaled:0width$}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_rounded_away_from_zero() {
        assert_eq!(decimal((1, 8), 2), "0.13");
        assert_eq!(decimal((-1, 8), 2), "-0.13");
        assert_eq!(decimal((-1, 1000), 2), "0.00");
        assert_eq!(decimal((1999, 1000), 2), "2.00");
        assert_eq!(decimal((5, 2), 0), "3");
        assert_eq!(percent(Ratio::new(u64::MAX, u64::MAX), 9), "100.000000000");
        assert_eq!(percent(Ratio::new(1, 3), 4), "33.3333");
    }
}
