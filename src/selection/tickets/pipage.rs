//! Dependent rounding of weights to whole tickets (Gandhi, Khuller, Parthasarathy and Srinivasan, J. ACM 2006).

use super::super::DENOMINATOR;

/// Tickets of every entry: the floor or the ceiling of its share `tickets · weight / 10^12`, together exactly `tickets`,
/// each equal to its share in expectation when `happens(a, n)` is true with probability a/n. The weights sum to 10^12.
///
/// Two entries with rests a and b (of one ticket, in 10^-12) meet: α = min(1 − a, b), β = min(a, 1 − b). With probability
/// α/(α + β) a gives β to b, else b gives α to a: the expected change, (−βα + αβ)/(α + β), is 0, and one rest is whole.
pub(super) fn round(
    weights: &[u64],
    tickets: u32,
    happens: &mut dyn FnMut(u64, u64) -> bool,
) -> Vec<u64> {
    let unit = u128::from(DENOMINATOR);
    let share = |&weight: &u64| u128::from(weight) * u128::from(tickets);
    let mut whole: Vec<u64> = weights.iter().map(|w| (share(w) / unit) as u64).collect();
    let rests: Vec<u64> = weights.iter().map(|w| (share(w) % unit) as u64).collect();
    // the one entry so far whose rest is neither nothing nor a ticket
    let mut open: Option<(usize, u64)> = None;
    for (at, &b) in rests.iter().enumerate().filter(|(_, rest)| **rest > 0) {
        let Some((first, a)) = open else {
            open = Some((at, b));
            continue;
        };
        let (alpha, beta) = (b.min(DENOMINATOR - a), a.min(DENOMINATOR - b));
        let (a, b) = if happens(alpha, alpha + beta) {
            (a - beta, b + beta)
        } else {
            (a + alpha, b - alpha)
        };
        open = None;
        for (entry, rest) in [(first, a), (at, b)] {
            match rest {
                0 => {}
                DENOMINATOR => whole[entry] += 1,
                _ => open = Some((entry, rest)),
            }
        }
    }
    debug_assert!(open.is_none(), "the rests sum to whole tickets");
    whole
}

#[cfg(test)]
mod tests {
    use super::round;
    use crate::ratio::gcd;
    use crate::selection::DENOMINATOR;

    /// Tickets of every entry, and the probability of getting them, as factors.
    type Way = (Vec<u64>, Vec<(u64, u64)>);

    /// Every way the choices can fall, each with its exact probability.
    fn ways(weights: &[u64], tickets: u32) -> Vec<Way> {
        let (mut done, mut open) = (vec![], vec![vec![]]);
        while let Some(path) = open.pop() {
            let mut factors = vec![];
            let mut beyond = false;
            let result = round(weights, tickets, &mut |a, n| {
                let happens = path.get(factors.len()).copied();
                beyond |= happens.is_none();
                factors.push((if happens == Some(false) { n - a } else { a }, n));
                happens.unwrap_or(true)
            });
            if beyond {
                open.extend([true, false].map(|next| [&path[..], &[next]].concat()));
            } else {
                done.push((result, factors));
            }
        }
        done
    }

    #[test]
    fn expectations_are_exact_over_all_choices() {
        let d = DENOMINATOR;
        let cases: [(&[u64], u32); 5] = [
            (&[d / 2, d / 2], 1),
            (&[d / 4, d / 4, d / 2], 3),
            (&[d / 10, d / 5, d / 10 * 3, d / 10 * 4], 7),
            (&[d / 20, d / 20 * 3, d / 20 * 5, d / 20 * 5, d / 20 * 6], 3),
            (&[d / 8, d / 8, d / 8, d / 8, d / 2], 5),
        ];
        for (weights, tickets) in cases {
            let all = ways(weights, tickets);
            // Chances are multiples of 1/40 here, so products of a few stay in 128 bits once reduced.
            let probability = |chances: &[(u64, u64)]| {
                chances.iter().fold((1_u128, 1_u128), |(p, q), &(a, n)| {
                    let g = gcd(a.into(), n.into());
                    (p * u128::from(a) / g, q * u128::from(n) / g)
                })
            };
            let common = all.iter().fold(1_u128, |common, (_, chances)| {
                let q = probability(chances).1;
                common / gcd(common, q) * q
            });
            let mut expected = vec![0_u128; weights.len()];
            let mut total = 0;
            for (counts, chances) in &all {
                assert_eq!(counts.iter().sum::<u64>(), u64::from(tickets));
                let (p, q) = probability(chances);
                total += p * (common / q);
                for ((sum, &count), &weight) in expected.iter_mut().zip(counts).zip(weights) {
                    *sum += p * (common / q) * u128::from(count);
                    let share = u128::from(weight) * u128::from(tickets);
                    let floor = (share / u128::from(d)) as u64;
                    assert!(count == floor || count == share.div_ceil(d.into()) as u64);
                }
            }
            assert_eq!(total, common, "the probabilities sum to one");
            for (sum, &weight) in expected.iter().zip(weights) {
                let share = u128::from(weight) * u128::from(tickets);
                assert_eq!(sum * u128::from(d), share * common, "{weights:?}");
            }
        }
    }

    #[test]
    fn whole_shares_take_no_choice() {
        let weights = [DENOMINATOR / 4, DENOMINATOR / 4 * 3];
        let result = round(&weights, 8, &mut |_, _| panic!("nothing to choose"));
        assert_eq!(result, [2, 6]);
    }
}
