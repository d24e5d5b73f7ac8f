//! How unequal chances are.

use crate::certificate::Certificate;
use crate::instance::Instance;
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

/// How many chances are exactly 0. O(n).
///
/// ```
/// use kleroterion::{Ratio, metrics};
/// assert_eq!(metrics::zero_chances(&[Ratio::new(0, 7), Ratio::new(1, 2)]), 1);
/// ```
#[must_use]
pub fn zero_chances(chances: &[Ratio]) -> usize {
    chances.iter().filter(|p| p.numerator == 0).count()
}

/// The share of the people whose chance is below the threshold, compared exactly; 0 of 1 without people. O(n).
///
/// With the minimum of a leximin lottery as threshold this is the "% below" of Flanigan et al. (Nature 2021): people
/// whom a rule leaves below what it could have given everybody. Chances of two lotteries that agree in theory can
/// differ in their last digit of 10^-12, so lower the threshold by the precision that matters, such as 10^-9.
///
/// ```
/// use kleroterion::{Ratio, metrics};
/// let chances = [Ratio::new(1, 3), Ratio::new(1, 2), Ratio::new(2, 4)];
/// assert_eq!(metrics::share_below(&chances, Ratio::new(1, 2)), Ratio::new(1, 3));
/// ```
#[must_use]
pub fn share_below(chances: &[Ratio], threshold: Ratio) -> Ratio {
    let below = chances.iter().filter(|p| **p < threshold).count() as u64;
    Ratio::new(below, (chances.len() as u64).max(1))
}

/// The chances of those who can be on a panel: all but the people whom the certificate excludes.
///
/// `chances` has one entry per person in canonical order, as of
/// [`Distribution::probabilities`](crate::Distribution::probabilities); the order is kept. O(n).
///
/// Two women and one man want two seats for women: no panel has the man.
///
/// ```
/// use kleroterion::{Instance, Pool, Quotas, Ratio, Rule, metrics};
/// let quotas = Quotas::builder().feature("sex").value("woman", 2..=2).value("man", 0..=0).build()?;
/// let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
/// let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
/// let instance = Instance::new(pool, quotas, 2)?;
/// let distribution = Rule::Leximin.distribution(&instance)?;
/// let chances = metrics::of_selectable(&distribution.probabilities(), &instance, distribution.certificate());
/// assert_eq!(chances, [Ratio::new(1, 1), Ratio::new(1, 1)]);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[must_use]
pub fn of_selectable(
    chances: &[Ratio],
    instance: &Instance,
    certificate: &Certificate,
) -> Vec<Ratio> {
    let mut selectable = vec![true; chances.len()];
    for exclusion in &certificate.excluded {
        let Some(group) = instance.groups().get(exclusion.group as usize) else {
            continue;
        };
        let roles = group
            .units()
            .iter()
            .filter_map(|unit| unit.get(exclusion.role as usize));
        for &person in roles.flatten() {
            if let Some(person) = selectable.get_mut(person as usize) {
                *person = false;
            }
        }
    }
    let kept = chances.iter().zip(selectable).filter(|(_, kept)| *kept);
    kept.map(|(chance, _)| *chance).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-13 * b.abs().max(1e-9), "{a} is not {b}");
    }

    #[test]
    fn nobody_has_no_figures() {
        assert_eq!((lowest(&[]), highest(&[])), (None, None));
        assert_eq!(gini(&[]), 0.0);
        assert_eq!(gini(&[Ratio::new(0, 1); 3]), 0.0);
        assert_eq!(share_below(&[], Ratio::new(1, 1)), Ratio::new(0, 1));
    }

    #[test]
    fn equal_chances_are_equal() {
        near(gini(&vec![Ratio::new(36, 669); 669]) + 1.0, 1.0);
    }

    #[test]
    fn gini_by_hand() {
        // sorted 1/10, 2/10, 3/10: (-2·1 + 0·2 + 2·3) / (3·6) = 4/18
        let chances = [Ratio::new(3, 10), Ratio::new(1, 10), Ratio::new(2, 10)];
        near(gini(&chances), 4.0 / 18.0);
    }

    #[test]
    fn nobody_is_below_their_own_chance() {
        let chances = [Ratio::new(2, 6), Ratio::new(1, 3), Ratio::new(333, 1000)];
        assert_eq!(share_below(&chances, Ratio::new(1, 3)), Ratio::new(1, 3));
        assert_eq!(share_below(&chances, Ratio::new(0, 1)), Ratio::new(0, 3));
    }
}
