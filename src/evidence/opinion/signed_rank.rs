//! Wilcoxon's signed-rank test.

use serde::Serialize;

use super::super::check::rounding;
use super::super::ranks::Ranks;

/// Up to so many changes the p-value is exact.
const EXACT: usize = 49;

/// Wilcoxon's signed-rank test of changes around 0.
///
/// Changes of 0 are left out, sizes are ranked with mid-ranks, and the ranks of positive and of negative changes are added up. Source: Wilcoxon,
/// *Biometrics Bulletin* 1(6), 1945.
///
/// ```
/// use kleroterion::evidence::opinion::SignedRank;
/// let test = SignedRank::of(&[1.0, 2.0, -3.0, 4.0, 0.0]);
/// assert_eq!((test.changes, test.positive, test.negative), (4, 7.0, 3.0));
/// assert_eq!(test.rank_biserial, Some(0.4)); // (7 − 3)/10
/// assert_eq!(test.exact_p(), Some(10.0 / 16.0)); // 5 of the 16 choices of signs give 7 or more; as many give 3 or less
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SignedRank {
    /// Changes other than 0.
    pub changes: usize,
    /// Sum of the ranks of positive changes (V).
    pub positive: f64,
    /// Sum of the ranks of negative changes.
    pub negative: f64,
    /// The matched-pairs rank-biserial correlation `(positive − negative)/(positive + negative)`, from −1 to 1; `None` when nobody changed.
    pub rank_biserial: Option<f64>,
    /// Twice the ranks of the changes' sizes, in the order of the changes.
    #[serde(skip)]
    doubled: Vec<u64>,
}

impl SignedRank {
    /// Ranks the changes; those that are no finite numbers are left out like 0. Sizes no further apart than 10^-12 of the largest are tied: 0.3 and
    /// 0.1 + 0.2 are one size. O(n log n).
    ///
    /// DIFFERENCE: R's `wilcox.test` ranks 0.3 and 0.1 + 0.2 apart.
    #[must_use]
    pub fn of(changes: &[f64]) -> Self {
        let finite: Vec<f64> = changes.iter().copied().filter(|c| c.is_finite()).collect();
        Self::within(&finite, rounding(&finite))
    }

    /// The same for finite changes, with what is taken as rounding.
    pub(super) fn within(changes: &[f64], rounding: f64) -> Self {
        let moved = changes.iter().copied();
        let moved: Vec<f64> = moved.filter(|change| change.abs() > rounding).collect();
        let sizes = levelled(moved.iter().map(|change| change.abs()).collect(), rounding);
        let n = sizes.len() as i64;
        let centred = Ranks::of(&sizes).0.into_iter();
        let doubled: Vec<u64> = centred.map(|rank| (rank + n + 1).unsigned_abs()).collect();
        let signed = || moved.iter().zip(&doubled);
        let positive: u64 = signed().filter(|(c, _)| **c > 0.0).map(|(_, r)| r).sum();
        let negative: u64 = signed().filter(|(c, _)| **c < 0.0).map(|(_, r)| r).sum();
        let (positive, negative) = (positive as f64 / 2.0, negative as f64 / 2.0);
        let total = positive + negative;
        Self {
            changes: moved.len(),
            positive,
            negative,
            rank_biserial: (total > 0.0).then(|| (positive - negative) / total),
            doubled,
        }
    }

    /// The exact two-sided p-value for up to 49 changes other than 0: all choices of signs are counted. `None` for more, and without any.
    /// O(n³).
    ///
    /// DIFFERENCE: R's `wilcox.test` takes the normal distribution as soon as two sizes are equal; here ties are counted too.
    #[must_use]
    pub fn exact_p(&self) -> Option<f64> {
        if self.changes == 0 || self.changes > EXACT {
            return None;
        }
        let total: u64 = self.doubled.iter().sum();
        // Choices of signs by twice the positive sum: at most 2^49 of them, exact in 64 bits.
        let mut counts = vec![0_u64; total as usize + 1];
        counts[0] = 1;
        for &rank in &self.doubled {
            for sum in (rank as usize..counts.len()).rev() {
                counts[sum] += counts[sum - rank as usize];
            }
        }
        // The distribution is symmetric: the upper tail from the larger sum on, twice.
        let larger = (2.0 * self.positive.max(self.negative)) as usize;
        let above: u64 = counts[larger..].iter().sum();
        let all = (1_u64 << self.changes) as f64;
        Some((2.0 * above as f64 / all).min(1.0))
    }

    /// The two-sided p-value from the normal distribution, with the correction for ties and the continuity correction. `None` without changes.
    /// Meant for 50 changes or more.
    #[cfg(feature = "statistics")]
    #[must_use]
    pub fn normal_p(&self) -> Option<f64> {
        if self.changes == 0 {
            return None;
        }
        let mean = (self.positive + self.negative) / 2.0;
        // Var V = Σ rank²/4, which holds with ties.
        let squares: f64 = self.doubled.iter().map(|&r| r as f64 * r as f64).sum();
        let deviation = (squares / 16.0).sqrt();
        let distance = ((self.positive - mean).abs() - 0.5).max(0.0);
        super::parametric::normal_two_sided(distance / deviation)
    }
}

/// Sizes that are equal but for rounding made equal.
fn levelled(mut sizes: Vec<f64>, rounding: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by(|&a, &b| sizes[a].total_cmp(&sizes[b]));
    for pair in order.windows(2) {
        if sizes[pair[1]] - sizes[pair[0]] <= rounding {
            sizes[pair[1]] = sizes[pair[0]];
        }
    }
    sizes
}
