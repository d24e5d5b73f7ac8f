//! Largest remainder (Hamilton 1792).

use super::{Done, Exact, Tie, Values};

/// Whole parts, then one seat more for the largest remainders. Values that come out below their minimum get it, and the rest starts
/// anew without them. Somebody held stays below in every later round: taking more than one's share leaves the others less.
pub(super) fn hamilton(values: &Values<'_>) -> Done {
    let mut held = vec![false; values.weights.len()];
    loop {
        let exact = values.exact(&held);
        let (seats, ties) = round(values, &exact);
        let short: Vec<usize> = (0..seats.len())
            .filter(|&at| seats[at] < values.protected[at])
            .collect();
        if short.is_empty() {
            return Done {
                ranges: seats.into_iter().map(|s| (s, s)).collect(),
                held,
                awards: vec![],
                ties,
            };
        }
        for at in short {
            held[at] = true;
        }
    }
}

fn round(values: &Values<'_>, exact: &[Exact]) -> (Vec<u32>, Vec<Tie>) {
    let mut seats: Vec<u32> = exact.iter().map(|e| e.whole).collect();
    let left = (values.seats - seats.iter().sum::<u32>()) as usize;
    // Held values have no remainder; all others share one denominator. The sort is stable, so ties keep the order of favour.
    let mut ranked = values.favour.clone();
    ranked.sort_by_key(|&at| std::cmp::Reverse(exact[at].remainder));
    for &at in &ranked[..left] {
        seats[at] += 1;
    }
    let mut ties = Vec::new();
    if left > 0 {
        let last = exact[ranked[left - 1]].remainder;
        let equal = |list: &[usize]| -> Vec<usize> {
            list.iter()
                .copied()
                .filter(|&at| exact[at].remainder == last)
                .collect()
        };
        let (given, refused) = (equal(&ranked[..left]), equal(&ranked[left..]));
        if !refused.is_empty() {
            ties.push(Tie { given, refused });
        }
    }
    (seats, ties)
}
