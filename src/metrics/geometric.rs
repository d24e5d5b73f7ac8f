//! Geometric means, which fall when anybody's chance is low.

use crate::ratio::Ratio;

/// The geometric mean of the chances, `(Π pᵢ)^(1/n)`: falls when anybody's chance is low.
///
/// **Zero as soon as one chance is 0**, and without people: count those apart with
/// [`zero_chances`](super::zero_chances) and give this the chances above 0, or take [`geometric_mean_floored`].
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

/// The floor of [`geometric_mean_floored`]: 10^-4.
pub const FLOOR: Ratio = Ratio {
    numerator: 1,
    denominator: 10_000,
};

/// The geometric mean with every chance below 10^-4 counted as 10^-4 ([`FLOOR`]); zero without people.
///
/// Flanigan et al. (Nature 2021) do so for the chances of LEGACY, which are estimated from 10 000 draws: without the
/// floor one person who was never drawn would make the mean 0. Compare it only with means that have the same floor, and
/// say next to it how many chances are 0. O(n).
///
/// ```
/// use kleroterion::{Ratio, metrics};
/// let chances = [Ratio::new(0, 1), Ratio::new(1, 1)]; // √(10⁻⁴ · 1)
/// assert!((metrics::geometric_mean_floored(&chances) - 0.01).abs() < 1e-15);
/// assert_eq!(metrics::geometric_mean(&chances), 0.0);
/// ```
#[must_use]
pub fn geometric_mean_floored(chances: &[Ratio]) -> f64 {
    let floored: Vec<Ratio> = chances.iter().map(|p| *p.max(&FLOOR)).collect();
    geometric_mean(&floored)
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
    fn nobody_has_no_mean() {
        assert_eq!(
            (geometric_mean(&[]), geometric_mean_floored(&[])),
            (0.0, 0.0)
        );
    }

    #[test]
    fn by_hand() {
        near(
            geometric_mean(&[Ratio::new(1, 4), Ratio::new(1, 9)]),
            1.0 / 6.0,
        );
        near(geometric_mean(&[Ratio::new(1, 1)]), 1.0);
        near(
            geometric_mean(&vec![Ratio::new(36, 669); 669]),
            36.0 / 669.0,
        );
        assert_eq!(geometric_mean(&[Ratio::new(1, 2), Ratio::new(0, 7)]), 0.0);
    }

    #[test]
    fn the_floor_touches_what_is_below_it_only() {
        let above = [Ratio::new(1, 4), Ratio::new(1, 10_000)];
        assert_eq!(geometric_mean_floored(&above), geometric_mean(&above));
        let below = [Ratio::new(1, 4), Ratio::new(1, 10_001)];
        assert_eq!(geometric_mean_floored(&below), geometric_mean(&above));
    }

    #[test]
    fn a_hundred_thousand_do_not_vanish() {
        let mut chances = vec![Ratio::new(1, 1000); 50_000];
        chances.extend(vec![Ratio::new(1, 10); 50_000]);
        assert!((geometric_mean(&chances) - 0.01).abs() < 1e-13);
    }
}
