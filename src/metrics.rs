//! Figures that sum a lottery up for readers: how unequal the chances are and how widely the weight is spread.
//!
//! For display only: nothing is decided by them. Inputs are exact; sums are made in a fixed order with the four
//! basic operations, which round the same way on every platform, so equal inputs print equal figures everywhere.

use crate::ratio::Ratio;

/// The lowest chance; `None` without people. O(n).
///
/// ```
/// use kleroterion::{Ratio, metrics};
/// assert_eq!(metrics::lowest(&[Ratio::new(1, 2), Ratio::new(1, 3)]), Some(Ratio::new(1, 3)));
/// ```
#[must_use]
pub fn lowest(chances: &[Ratio]) -> Option<Ratio> {
    chances.iter().min().copied()
}

/// The highest chance; `None` without people. O(n).
///
/// ```
/// use kleroterion::{Ratio, metrics};
/// assert_eq!(metrics::highest(&[Ratio::new(1, 2), Ratio::new(1, 3)]), Some(Ratio::new(1, 2)));
/// ```
#[must_use]
pub fn highest(chances: &[Ratio]) -> Option<Ratio> {
    chances.iter().max().copied()
}

/// The Gini coefficient of the chances: 0 when all are equal, near 1 when one person has them all.
///
/// With the chances in ascending order, `G = Σᵢ (2i − n − 1)·pᵢ / (n · Σᵢ pᵢ)`, i = 1..n. Zero without people and when
/// every chance is 0. O(n log n); the order is exact, the sums are floating-point numbers.
///
/// ```
/// use kleroterion::{Ratio, metrics};
/// let chances = [Ratio::new(0, 1), Ratio::new(0, 1), Ratio::new(0, 1), Ratio::new(1, 1)];
/// assert_eq!(metrics::gini(&chances), 0.75);
/// ```
#[must_use]
pub fn gini(chances: &[Ratio]) -> f64 {
    let mut sorted = chances.to_vec();
    sorted.sort_unstable();
    let n = sorted.len() as f64;
    let (mut above, mut sum, mut factor) = (0.0, 0.0, 1.0 - n);
    for chance in sorted.iter().map(|p| p.to_f64()) {
        above += factor * chance;
        sum += chance;
        factor += 2.0;
    }
    if sum > 0.0 { above / (n * sum) } else { 0.0 }
}

/// The geometric mean of the chances, `(Π pᵢ)^(1/n)`: falls when anybody's chance is low. Zero as soon as one chance
/// is 0, and without people.
///
/// The product is kept as a fraction in [1, 2) and a power of two, so that it cannot vanish; the root is found by
/// halving an interval, with no `ln`, `exp` or `powf`, whose last digits differ between platforms. O(n).
///
/// ```
/// use kleroterion::{Ratio, metrics};
/// assert_eq!(metrics::geometric_mean(&[Ratio::new(1, 2), Ratio::new(1, 8)]), 0.25);
/// ```
#[must_use]
pub fn geometric_mean(chances: &[Ratio]) -> f64 {
    if chances.is_empty() || chances.iter().any(|p| p.numerator == 0) {
        return 0.0;
    }
    let product = chances.iter().fold(Scaled::ONE, |product, p| {
        product.times(Scaled::new(p.to_f64()))
    });
    product.root(chances.len() as u64)
}

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

/// `fraction · 2^exponent` with the fraction in [1, 2).
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
struct Scaled {
    // First, so that the derived order is that of the values.
    exponent: i64,
    fraction: f64,
}

impl Scaled {
    const ONE: Self = Self {
        exponent: 0,
        fraction: 1.0,
    };

    /// `value` must be positive and finite.
    fn new(value: f64) -> Self {
        let mut scaled = Self {
            exponent: 0,
            fraction: value,
        };
        while scaled.fraction >= 2.0 {
            scaled.fraction /= 2.0;
            scaled.exponent += 1;
        }
        while scaled.fraction < 1.0 {
            scaled.fraction *= 2.0;
            scaled.exponent -= 1;
        }
        scaled
    }

    fn times(self, other: Self) -> Self {
        let product = Self::new(self.fraction * other.fraction);
        Self {
            exponent: product.exponent + self.exponent + other.exponent,
            ..product
        }
    }

    /// By repeated squaring.
    fn power(self, mut n: u64) -> Self {
        let (mut square, mut power) = (self, Self::ONE);
        while n > 0 {
            if n % 2 == 1 {
                power = power.times(square);
            }
            square = square.times(square);
            n /= 2;
        }
        power
    }

    /// The `n`-th root, n ≥ 1: with the exponent e = q·n + r, 2^q times the root of `fraction · 2^r`, which lies in [1, 2).
    fn root(self, n: u64) -> f64 {
        let count = i64::try_from(n).unwrap_or(i64::MAX);
        let rest = Self {
            exponent: self.exponent.rem_euclid(count),
            ..self
        };
        let (mut low, mut high) = (1.0, 2.0);
        loop {
            let middle = low + (high - low) / 2.0;
            if middle <= low || middle >= high {
                break;
            }
            if Self::new(middle).power(n) <= rest {
                low = middle
            } else {
                high = middle
            }
        }
        let doublings = self.exponent.div_euclid(count);
        (0..doublings.unsigned_abs()).fold(low, |root, _| {
            if doublings < 0 {
                root / 2.0
            } else {
                root * 2.0
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-13 * b.abs().max(1e-9), "{a} is not {b}");
    }

    #[test]
    fn nobody_has_no_figures() {
        assert_eq!(
            (lowest(&[]), highest(&[]), largest_weight(&[])),
            (None, None, None)
        );
        assert_eq!(
            (gini(&[]), geometric_mean(&[]), effective_number(&[])),
            (0.0, 0.0, 0.0)
        );
        assert_eq!(gini(&[Ratio::new(0, 1); 3]), 0.0);
        assert_eq!(largest_weight(&[0, 0]), None);
    }

    #[test]
    fn equal_chances_are_equal() {
        let chances = vec![Ratio::new(36, 669); 669];
        near(gini(&chances) + 1.0, 1.0);
        near(geometric_mean(&chances), 36.0 / 669.0);
    }

    #[test]
    fn gini_by_hand() {
        // sorted 1/10, 2/10, 3/10: (-2·1 + 0·2 + 2·3) / (3·6) = 4/18
        let chances = [Ratio::new(3, 10), Ratio::new(1, 10), Ratio::new(2, 10)];
        near(gini(&chances), 4.0 / 18.0);
    }

    #[test]
    fn geometric_mean_by_hand() {
        near(
            geometric_mean(&[Ratio::new(1, 4), Ratio::new(1, 9)]),
            1.0 / 6.0,
        );
        near(geometric_mean(&[Ratio::new(1, 1)]), 1.0);
        assert_eq!(geometric_mean(&[Ratio::new(1, 2), Ratio::new(0, 7)]), 0.0);
    }

    #[test]
    fn geometric_mean_of_a_hundred_thousand_does_not_vanish() {
        let mut chances = vec![Ratio::new(1, 1000); 50_000];
        chances.extend(vec![Ratio::new(1, 10); 50_000]);
        assert!((geometric_mean(&chances) - 0.01).abs() < 1e-13);
    }

    #[test]
    fn unequal_weights_count_less() {
        near(effective_number(&[9, 1]), 100.0 / 82.0);
        assert_eq!(largest_weight(&[9, 1]), Some(Ratio::new(9, 10)));
    }
}
