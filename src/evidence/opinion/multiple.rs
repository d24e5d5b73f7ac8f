//! Many tests at once.

use super::super::check::sound;
use crate::error::{Problem, Result};

/// Holm's p-values: with each at most 0.05 called a finding, the chance of a single false one is at most 0.05. O(n log n).
///
/// In ascending order, `p₍ᵢ₎·(n − i + 1)`, at most 1 and never below the one before; in the order given. Source: Holm, *Scandinavian Journal of Statistics* 6, 1979.
///
/// ```
/// use kleroterion::evidence::opinion::holm;
/// assert_eq!(holm(&[0.5, 0.125, 0.25])?, [0.5, 0.375, 0.5]); // 3 × 0.125; 2 × 0.25; 1 × 0.5
/// # Ok::<(), kleroterion::Error>(())
/// ```
///
/// # Errors
/// [`Input`](crate::ErrorKind::Input) with `E-OPINION-P` for each number that is not from 0 to 1, such as 1.5.
pub fn holm(p_values: &[f64]) -> Result<Vec<f64>> {
    let order = ascending(p_values)?;
    let mut adjusted = vec![0.0; p_values.len()];
    let mut highest = 0.0_f64;
    for (place, &at) in order.iter().enumerate() {
        let left = (p_values.len() - place) as f64;
        highest = highest.max((p_values[at] * left).min(1.0));
        adjusted[at] = highest;
    }
    Ok(adjusted)
}

/// Benjamini and Hochberg's p-values: of those at most 0.05, at most one in twenty is false in the long run, if tests are independent or
/// positively dependent. O(n log n).
///
/// In ascending order, `p₍ᵢ₎·n/i`, at most 1 and never above the one after; in the order given. Source: *Journal of the Royal Statistical Society B* 57(1), 1995.
///
/// ```
/// use kleroterion::evidence::opinion::benjamini_hochberg;
/// assert_eq!(benjamini_hochberg(&[0.5, 0.125, 0.25])?, [0.5, 0.375, 0.375]); // 3/1 × 0.125; 3/2 × 0.25; 0.5
/// # Ok::<(), kleroterion::Error>(())
/// ```
///
/// # Errors
/// As [`holm`].
pub fn benjamini_hochberg(p_values: &[f64]) -> Result<Vec<f64>> {
    let order = ascending(p_values)?;
    let n = p_values.len() as f64;
    let mut adjusted = vec![0.0; p_values.len()];
    let mut lowest = 1.0_f64;
    for (place, &at) in order.iter().enumerate().rev() {
        // The factor is at least 1, and exactly 1 for the largest: no result falls below its p-value.
        lowest = lowest.min(p_values[at] * (n / (place + 1) as f64));
        adjusted[at] = lowest;
    }
    Ok(adjusted)
}

/// Positions by ascending p-value.
fn ascending(p_values: &[f64]) -> Result<Vec<usize>> {
    let unfit = p_values.iter().enumerate();
    let unfit = unfit.filter(|(_, p)| !(0.0..=1.0).contains(*p));
    let problem = |(at, p): (usize, &f64)| {
        let found = format!("{p} at position {at}");
        Problem::new("E-OPINION-P", found, "a p-value from 0 to 1")
    };
    sound(unfit.map(problem).collect())?;
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    Ok(order)
}
