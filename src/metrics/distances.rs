//! How far two rules' chances are apart.

use crate::ratio::Ratio;

/// Distances between two lists of chances of the same people.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Distances {
    /// `½·Σ |pᵢ − qᵢ|`: expected seats that change hands (the total variation, which is for chances that sum to k at most k).
    pub seats: f64,
    /// `√Σ (pᵢ − qᵢ)²`.
    pub euclidean: f64,
    /// `max |pᵢ − qᵢ|`: what matters to the one person it matters most to.
    pub largest: f64,
    /// `Σ (pᵢ − qᵢ)² / n`.
    pub mean_squared: f64,
}

/// All distances between two lists of chances; `None` when their lengths differ. Zero without people. O(n).
///
/// ```
/// use kleroterion::{Ratio, metrics};
/// let (p, q) = ([Ratio::new(1, 2), Ratio::new(1, 2)], [Ratio::new(1, 4), Ratio::new(3, 4)]);
/// let distances = metrics::distances(&p, &q).unwrap();
/// assert_eq!((distances.seats, distances.largest, distances.mean_squared), (0.25, 0.25, 0.0625));
/// assert_eq!(distances.euclidean, 0.125_f64.sqrt());
/// assert_eq!(metrics::distances(&p, &q[..1]), None);
/// ```
#[must_use]
pub fn distances(one: &[Ratio], other: &[Ratio]) -> Option<Distances> {
    if one.len() != other.len() {
        return None;
    }
    let (mut sum, mut squares, mut largest) = (0.0, 0.0, 0.0_f64);
    for (p, q) in one.iter().zip(other) {
        let difference = (p.to_f64() - q.to_f64()).abs();
        sum += difference;
        squares += difference * difference;
        largest = largest.max(difference);
    }
    Some(Distances {
        seats: sum / 2.0,
        euclidean: squares.sqrt(),
        largest,
        mean_squared: squares / (one.len() as f64).max(1.0),
    })
}
