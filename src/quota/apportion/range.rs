//! Ranges around the exact share.

use super::{Done, Exact, Tolerance, Values};

/// From the share less the tolerance, rounded down, to the share and the tolerance, rounded up. Exact shares below a minimum are raised to it first, and the
/// others divide what is left; all of them then still add up to the panel size, which no minimum exceeds in sum.
pub(super) fn around(values: &Values<'_>, tolerance: Tolerance) -> Done {
    let mut held = vec![false; values.weights.len()];
    let exact = loop {
        let exact = values.exact(&held);
        let short: Vec<usize> = (0..exact.len())
            .filter(|&at| exact[at].whole < values.protected[at])
            .collect();
        if short.is_empty() {
            break exact;
        }
        for at in short {
            held[at] = true;
        }
    };
    let range = |(at, exact): (usize, &Exact)| {
        let (low, high) = reach(exact, tolerance, values.seats);
        (low.max(values.protected[at]), high)
    };
    Done {
        ranges: exact.iter().enumerate().map(range).collect(),
        held,
        awards: vec![],
        ties: vec![],
    }
}

/// Floor and ceiling of the share less and plus the tolerance, within 0 and the panel size.
fn reach(exact: &Exact, tolerance: Tolerance, size: u32) -> (u32, u32) {
    let amount = tolerance.amount();
    let (above, below) = (u128::from(amount.numerator), u128::from(amount.denominator));
    let above = match tolerance {
        Tolerance::Seats(_) => above,
        Tolerance::Points(_) => above * u128::from(size),
    };
    // More than the panel is no more than the panel.
    let above = above.min(u128::from(size) * below);
    let total = u128::from(exact.total);
    let share = (u128::from(exact.whole) * total + u128::from(exact.remainder)) * below;
    let (low, high) = (share.saturating_sub(above * total), share + above * total);
    let unit = below * total;
    let seats = |number: u128| number.min(u128::from(size)) as u32;
    (seats(low / unit), seats(high.div_ceil(unit)))
}
