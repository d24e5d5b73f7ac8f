//! How widely a lottery's weight is spread.

use crate::ratio::Ratio;

/// The largest share of the tickets that one entry holds; `None` when there are none.
///
/// ```
/// use kleroterion::{Ratio, metrics};
/// assert_eq!(metrics::largest_weight(&[1, 3]), Some(Ratio::new(3, 4)));
/// ```
#[must_use]
pub fn largest_weight(weights: &[u64]) -> Option<Ratio> {
    let total = weights.iter().sum();
    weights
        .iter()
        .max()
        .filter(|_| total > 0)
        .map(|&most| Ratio::new(most, total))
}

/// The effective number of entries, `(Σ w)² / Σ w²`: as many equal weights would be spread equally widely. Zero when
/// there are none. O(n).
///
/// ```
/// use kleroterion::metrics;
/// assert_eq!(metrics::effective_number(&[5, 5, 5, 5]), 4.0);
/// assert_eq!(metrics::effective_number(&[2, 1, 1]), 16.0 / 6.0);
/// ```
#[must_use]
pub fn effective_number(weights: &[u64]) -> f64 {
    let (mut sum, mut squares) = (0.0, 0.0);
    for weight in weights.iter().map(|&w| w as f64) {
        sum += weight;
        squares += weight * weight;
    }
    if squares > 0.0 {
        sum * sum / squares
    } else {
        0.0
    }
}

/// The entropy of the weights in nats, `−Σ (w/W)·ln(w/W)` with `W = Σ w`: the logarithm of as many equal weights as are
/// equally hard to guess. Zero when there are none. O(n).
///
/// Of compositions it is the entropy of *which composition* is drawn, not of which people.
///
/// ```
/// use kleroterion::metrics;
/// assert!((metrics::entropy(&[3, 3, 3, 3]) - 4_f64.ln()).abs() < 1e-15);
/// assert_eq!(metrics::entropy(&[7, 0]), 0.0);
/// ```
#[must_use]
pub fn entropy(weights: &[u64]) -> f64 {
    let total: f64 = weights.iter().map(|&w| w as f64).sum();
    let part = |w: u64| {
        let share = w as f64 / total;
        share * libm::log(share)
    };
    let sum: f64 = weights.iter().filter(|w| **w > 0).map(|&w| part(w)).sum();
    // Not −0 for a single weight.
    0.0 - sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_weight_has_no_figures() {
        assert_eq!((largest_weight(&[]), largest_weight(&[0, 0])), (None, None));
        assert_eq!(
            (effective_number(&[]), entropy(&[]), entropy(&[0])),
            (0.0, 0.0, 0.0)
        );
    }

    #[test]
    fn unequal_weights_count_less() {
        assert!((effective_number(&[9, 1]) - 100.0 / 82.0).abs() < 1e-13);
        assert_eq!(largest_weight(&[9, 1]), Some(Ratio::new(9, 10)));
        // −0.9·ln 0.9 − 0.1·ln 0.1
        assert!((entropy(&[9, 1]) - 0.325_082_973_391_448).abs() < 1e-14);
    }
}
