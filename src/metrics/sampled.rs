//! What can be said about a chance that is only known from draws.

/// An upper bound for a chance of which only draws are known: the `level` quantile of the Beta distribution with
/// parameters `hits + ½` and `draws − hits + ½`, Jeffreys' interval (Brown, Cai and DasGupta, Statistical Science 2001).
/// Flanigan et al. (Nature 2021) state the lowest chance of LEGACY so, with level 0.99 and 10 000 draws.
///
/// `None` when there are more hits than draws, or when the level is not between 0 and 1.
///
/// Somebody who was never drawn in 10 000 draws has, with 99 % credibility, a chance of at most 0.0332 %:
///
/// ```
/// use kleroterion::metrics;
/// let bound = metrics::jeffreys_upper(0, 10_000, 0.99).unwrap();
/// assert!((bound - 0.000_331_681_517_824).abs() < 1e-14);
/// assert!((metrics::jeffreys_upper(7, 14, 0.5).unwrap() - 0.5).abs() < 1e-12); // as many hits as misses
/// assert_eq!(metrics::jeffreys_upper(3, 2, 0.99), None);
/// ```
///
/// The regularised incomplete beta function is computed by its continued fraction (DLMF 8.17.22), the quantile by halving
/// an interval until no number lies between its ends; relative error below 10^-9 up to a million draws. Deterministic;
/// O(√draws) for each of some sixty halvings (more for very small bounds).
#[must_use]
pub fn jeffreys_upper(hits: u64, draws: u64, level: f64) -> Option<f64> {
    let misses = draws.checked_sub(hits)?;
    if !(level > 0.0 && level < 1.0) {
        return None;
    }
    let (a, b) = (hits as f64 + 0.5, misses as f64 + 0.5);
    let (mut low, mut high) = (0.0, 1.0);
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return Some(high);
        }
        if incomplete_beta(a, b, middle) < level {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// The regularised incomplete beta function `I_x(a, b)` for a, b > 0 and 0 < x < 1.
fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    // The fraction converges fast below the mean; above it I_x(a, b) = 1 − I_{1−x}(b, a).
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - below_mean(b, a, 1.0 - x);
    }
    below_mean(a, b, x)
}

fn below_mean(a: f64, b: f64, x: f64) -> f64 {
    let constant = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b);
    let front = libm::exp(constant + a * libm::log(x) + b * libm::log1p(-x));
    front / (a * fraction(a, b, x))
}

/// The continued fraction `1 + d₁/(1 + d₂/(1 + …))` by Lentz's method: numerators and denominators of successive
/// approximations enter as ratios, which neither overflow nor vanish.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let guard = |value: f64| if value.abs() < TINY { TINY } else { value };
    let (mut value, mut upper, mut lower) = (1.0, 1.0, 0.0);
    let mut m = 0.0;
    loop {
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        // The even coefficient of m = 0 does not exist: the fraction begins with the odd one.
        for d in [even, odd].into_iter().skip(usize::from(m == 0.0)) {
            lower = 1.0 / guard(1.0 + d * lower);
            upper = guard(1.0 + d / upper);
            value *= upper * lower;
            change *= upper * lower;
        }
        if (change - 1.0).abs() < 1e-15 || m > 1e9 {
            return value;
        }
        m += 1.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn incomplete_beta_of_whole_parameters_is_a_polynomial() {
        for x in [0.001, 0.2, 0.5, 0.77, 0.999] {
            // I_x(1, 1) = x, I_x(2, 1) = x², I_x(1, 3) = 1 − (1 − x)³, I_x(2, 2) = 3x² − 2x³
            for (a, b, value) in [
                (1.0, 1.0, x),
                (2.0, 1.0, x * x),
                (1.0, 3.0, 1.0 - (1.0 - x) * (1.0 - x) * (1.0 - x)),
                (2.0, 2.0, 3.0 * x * x - 2.0 * x * x * x),
            ] {
                let found = incomplete_beta(a, b, x);
                assert!(
                    (found - value).abs() < 1e-13,
                    "I_{x}({a}, {b}) = {found}, not {value}"
                );
            }
        }
    }

    #[test]
    fn senseless_questions_have_no_answer() {
        for level in [0.0, 1.0, -1.0, f64::NAN] {
            assert_eq!(jeffreys_upper(1, 2, level), None);
        }
        assert_eq!(jeffreys_upper(3, 2, 0.5), None);
    }
}
