//! Ranks and Spearman's correlation.

/// Mid-ranks of n values, doubled and centred: `2·rank − (n + 1)`, so that all are integers and sum to 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ranks(pub(super) Vec<i64>);

impl Ranks {
    /// Ranks finite values; equal values share the mean of their ranks. O(n log n).
    pub(super) fn of(values: &[f64]) -> Self {
        let mut order: Vec<usize> = (0..values.len()).collect();
        // −0 and 0 are equal: both become 0 before they are ordered.
        order.sort_by(|&a, &b| (values[a] + 0.0).total_cmp(&(values[b] + 0.0)));
        let n = values.len() as i64;
        let mut ranks = vec![0; values.len()];
        let mut start = 0;
        while start < order.len() {
            let value = values[order[start]];
            let run = order[start..].iter().take_while(|&&at| values[at] == value);
            let end = start + run.count().max(1);
            // Places start+1..=end have the mean (start + 1 + end)/2.
            let doubled = (start + 1 + end) as i64;
            for &at in &order[start..end] {
                ranks[at] = doubled - (n + 1);
            }
            start = end;
        }
        Self(ranks)
    }

    /// Whether all values are equal (or there is none), so that no correlation is defined.
    pub(super) fn is_constant(&self) -> bool {
        self.0.iter().all(|&rank| rank == 0)
    }

    pub(super) fn squares(&self) -> i64 {
        self.0.iter().map(|rank| rank * rank).sum()
    }

    /// Pearson's correlation of the mid-ranks. Neither side may be constant; both have the same length.
    ///
    /// The sums are exact; what is rounded is one product, one square root and one quotient.
    pub(super) fn spearman(&self, other: &Self) -> f64 {
        let product: i64 = self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum();
        let scale = (self.squares() as f64 * other.squares() as f64).sqrt();
        product as f64 / scale
    }
}

#[cfg(test)]
mod tests {
    use super::Ranks;

    #[test]
    fn equal_values_share_their_ranks() {
        // ranks 1.5, 3, 1.5, 4, doubled and minus 5
        assert_eq!(Ranks::of(&[2.0, 3.0, 2.0, 9.0]).0, [-2, 1, -2, 3]);
        assert_eq!(Ranks::of(&[0.0, -0.0, 1.0]).0, [-1, -1, 2]);
        assert_eq!(Ranks::of(&[-0.0, 0.0, -1.0, 0.0]).0, [1, 1, -3, 1]);
        assert!(Ranks::of(&[4.0; 3]).is_constant());
        assert!(Ranks::of(&[]).is_constant());
    }

    #[test]
    fn spearman_by_hand() {
        // Ranks 1 2 3 4 5 and 2 1 4 3 5: 1 − 6·4/(5·24)
        let one = Ranks::of(&[1.0, 2.0, 3.0, 4.0, 5.0]);
        let other = Ranks::of(&[20.0, 10.0, 40.0, 30.0, 50.0]);
        assert!((one.spearman(&other) - 0.8).abs() < 1e-15);
        assert_eq!(one.spearman(&one), 1.0);
        let turned = Ranks::of(&[5.0, 4.0, 3.0, 2.0, 1.0]);
        assert_eq!(one.spearman(&turned), -1.0);
        // Mid-ranks 1.5 1.5 3 and 1 2 3: 1.5/√(1.5·2)
        let tied = Ranks::of(&[1.0, 1.0, 2.0]).spearman(&Ranks::of(&[1.0, 2.0, 3.0]));
        assert!((tied - 1.5 / 3.0_f64.sqrt()).abs() < 1e-15);
    }
}
