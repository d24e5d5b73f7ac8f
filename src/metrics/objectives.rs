//! What the rules optimise, as figures of any chances.
//!
//! Give them the chances of those who can be on a panel ([`of_selectable`](super::of_selectable)): the rules'
//! objectives are defined on these people, and somebody who fits no panel would make two of them infinite. The
//! objective of maximin is [`lowest`](super::lowest), that of minimax [`highest`](super::highest).

use crate::ratio::Ratio;

/// Σ p², the objective of least squares: lowest when all chances are equal (ℓ2 of Flanigan et al., AAAI 2024). O(n).
///
/// ```
/// use kleroterion::{Ratio, metrics};
/// assert_eq!(metrics::sum_of_squares(&[Ratio::new(1, 2), Ratio::new(1, 1)]), 1.25);
/// ```
#[must_use]
pub fn sum_of_squares(chances: &[Ratio]) -> f64 {
    chances.iter().map(|p| p.to_f64()).map(|p| p * p).sum()
}

/// The mean of ln p, the objective of Nash: the logarithm of the [geometric mean](super::geometric_mean). `−∞` as soon
/// as one chance is 0; `None` without people. O(n).
///
/// ```
/// use kleroterion::{Ratio, metrics};
/// let mean = metrics::mean_log(&[Ratio::new(1, 2), Ratio::new(1, 8)]).unwrap();
/// assert!((mean - 0.25_f64.ln()).abs() < 1e-15);
/// ```
#[must_use]
pub fn mean_log(chances: &[Ratio]) -> Option<f64> {
    if chances.is_empty() {
        return None;
    }
    let logs = chances.iter().map(|p| libm::log(p.to_f64()));
    Some(logs.sum::<f64>() / chances.len() as f64)
}

/// `(n/k)·max p + γ·(k/n)/min p`, the objective of Goldilocks (Baharav and Flanigan, EC 2024), for n chances of people
/// who can be on a panel and k seats. `+∞` as soon as one chance is 0; `None` without people. O(n).
///
/// With γ = 1 it is at least 2, and 2 only when all chances are equal:
///
/// ```
/// use kleroterion::{Ratio, metrics};
/// assert_eq!(metrics::goldilocks(&[Ratio::new(1, 2); 4], 2, 1.0), Some(2.0));
/// let uneven = [Ratio::new(1, 4), Ratio::new(1, 4), Ratio::new(1, 2), Ratio::new(1, 1)];
/// assert_eq!(metrics::goldilocks(&uneven, 2, 1.0), Some(2.0 * 1.0 + 0.5 / 0.25));
/// ```
#[must_use]
pub fn goldilocks(chances: &[Ratio], seats: u32, gamma: f64) -> Option<f64> {
    let (lowest, highest) = (super::lowest(chances)?, super::highest(chances)?);
    let people_per_seat = chances.len() as f64 / f64::from(seats);
    let low = if lowest.numerator == 0 {
        f64::INFINITY
    } else {
        gamma / (people_per_seat * lowest.to_f64())
    };
    Some(people_per_seat * highest.to_f64() + low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chance_of_zero_is_infinitely_bad() {
        let chances = [Ratio::new(0, 1), Ratio::new(1, 1)];
        assert_eq!(mean_log(&chances), Some(f64::NEG_INFINITY));
        assert_eq!(goldilocks(&chances, 1, 1.0), Some(f64::INFINITY));
        assert_eq!(sum_of_squares(&chances), 1.0);
    }

    #[test]
    fn nobody_has_no_objective() {
        assert_eq!((mean_log(&[]), goldilocks(&[], 1, 1.0)), (None, None));
        assert_eq!(sum_of_squares(&[]), 0.0);
    }
}
