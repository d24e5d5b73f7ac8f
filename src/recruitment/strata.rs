//! How many letters each stratum gets.

/// What a stratum has when letters are shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Share {
    /// People, or addresses when one letter goes to each.
    pub(super) units: u64,
    /// Letters per unit, compared with other strata.
    pub(super) weight: u64,
}

/// Letters per stratum in proportion to `weight · units`, by largest remainders; nobody gets two letters.
///
/// A stratum whose share reaches its units gets one for each, and the others share what is left. Of equal remainders the
/// earlier stratum's wins. `letters` must not exceed the units. Exact; O(n log n) for n strata.
pub(super) fn share_out(letters: u64, strata: &[Share]) -> Vec<u64> {
    let mut order: Vec<usize> = (0..strata.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(strata[at].weight));
    let mass = |s: &Share| u128::from(s.weight) * u128::from(s.units);
    let mut total: u128 = strata.iter().map(mass).sum();
    let mut left = letters;
    let mut shares = vec![0; strata.len()];
    let mut open = order.as_slice();
    while let [first, rest @ ..] = open {
        let stratum = &strata[*first];
        if u128::from(left) * u128::from(stratum.weight) < total {
            break;
        }
        shares[*first] = stratum.units.min(left);
        left -= shares[*first];
        total -= mass(stratum);
        open = rest;
    }
    if total == 0 {
        return shares;
    }
    let mut remainders = Vec::new();
    let mut given = 0;
    for &at in open {
        let part = u128::from(left) * mass(&strata[at]);
        shares[at] = (part / total) as u64;
        given += shares[at];
        remainders.push((part % total, at));
    }
    remainders.sort_by_key(|&(rest, at)| (std::cmp::Reverse(rest), at));
    for (_, at) in remainders.iter().take((left - given) as usize) {
        shares[*at] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::{Share, share_out};

    fn shares(letters: u64, strata: &[(u64, u64)]) -> Vec<u64> {
        let strata: Vec<Share> = strata
            .iter()
            .map(|&(units, weight)| Share { units, weight })
            .collect();
        share_out(letters, &strata)
    }

    #[test]
    fn letters_follow_the_units() {
        assert_eq!(shares(10, &[(50, 1), (30, 1), (20, 1)]), [5, 3, 2]);
        // 10/3 each: one letter over, to the first of equals.
        assert_eq!(shares(10, &[(7, 1), (7, 1), (7, 1)]), [4, 3, 3]);
        // Quotas 1.43, 2.86, 5.71: the largest remainders are the second's and the third's.
        assert_eq!(shares(10, &[(1_000, 1), (2_000, 1), (4_000, 1)]), [1, 3, 6]);
        assert_eq!(shares(0, &[(5, 1), (5, 1)]), [0, 0]);
        assert_eq!(shares(4, &[(0, 1), (9, 1)]), [0, 4]);
    }

    #[test]
    fn weights_are_letters_per_head() {
        // 100 people at weight 3 and 300 at weight 1: half the letters each.
        assert_eq!(shares(60, &[(100, 3), (300, 1)]), [30, 30]);
        // The first would get 90 letters for 10 people: 10, and the others share 90 as 1 to 2.
        assert_eq!(
            shares(100, &[(10, 1_000), (500, 1), (1_000, 1)]),
            [10, 30, 60]
        );
    }

    #[test]
    fn everybody_can_be_invited_and_sums_are_kept() {
        assert_eq!(shares(9, &[(4, 1), (5, 7)]), [4, 5]);
        let strata = [(17, 3), (1, 9), (400, 1), (33, 2), (0, 5), (2, 1)];
        for letters in 0..=453 {
            let got = shares(letters, &strata);
            assert_eq!(got.iter().sum::<u64>(), letters);
            assert!(got.iter().zip(strata).all(|(&n, (units, _))| n <= units));
        }
    }
}
