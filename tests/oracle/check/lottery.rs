//! The lottery itself: groups, compositions, weights and the chances they give.

use num_bigint::BigInt;
use num_rational::BigRational;

use super::{DENOMINATOR, Verdict, ensure, show};
use crate::case::Case;
use crate::outcome::{Lottery, groups_of};
use crate::reference;

/// Groups are a partition into interchangeable units, in canonical order.
pub(crate) fn check_groups(case: &Case, lottery: &Lottery) -> Verdict {
    let expected = groups_of(case);
    ensure(lottery.groups == expected, || {
        format!("groups {:?}, expected {expected:?}", lottery.groups)
    })
}

/// Weights are positive and sum to 10^12; compositions are in lexicographic order, none twice.
pub(crate) fn check_weights(lottery: &Lottery) -> Verdict {
    ensure(lottery.compositions.len() == lottery.weights.len(), || {
        "not one weight per composition".into()
    })?;
    ensure(lottery.weights.iter().all(|&w| w > 0), || {
        "a weight of 0".into()
    })?;
    let sum: u128 = lottery.weights.iter().map(|&w| u128::from(w)).sum();
    ensure(sum == u128::from(DENOMINATOR), || {
        format!("weights sum to {sum}")
    })?;
    let unordered = lottery
        .compositions
        .windows(2)
        .position(|pair| pair[0] >= pair[1]);
    ensure(unordered.is_none(), || {
        format!("compositions {unordered:?} and next: not ascending or twice")
    })
}

/// Every composition can be seated and whoever is seated meets quotas and household rule.
pub(crate) fn check_feasible(case: &Case, lottery: &Lottery) -> Verdict {
    for (at, composition) in lottery.compositions.iter().enumerate() {
        let wrong = |message: String| format!("composition {at} {composition:?}: {message}");
        ensure(
            composition
                .windows(2)
                .all(|pair| pair[0][..2] < pair[1][..2]),
            || wrong("entries not ascending".into()),
        )?;
        // Seat the first units, and the last: quotas must hold whichever units are taken.
        for backwards in [false, true] {
            let panel = seat(lottery, composition, backwards).map_err(wrong)?;
            case.admits(&panel).map_err(wrong)?;
        }
    }
    Ok(())
}

/// Gives the seats to one unit after another, again and again, first units first or last units first.
fn seat(
    lottery: &Lottery,
    composition: &[[u32; 3]],
    backwards: bool,
) -> Result<Vec<usize>, String> {
    let mut panel = Vec::new();
    let mut taken = vec![0; lottery.groups.len()];
    for &[group, role, seats] in composition {
        ensure(seats > 0, || "an entry with no seats".into())?;
        let units = lottery.groups.get(group as usize).ok_or("no such group")?;
        for _ in 0..seats {
            let next = taken[group as usize] % units.len();
            let unit = if backwards {
                &units[units.len() - 1 - next]
            } else {
                &units[next]
            };
            let people = unit.get(role as usize).ok_or("no such role")?;
            let mut left = people.iter().filter(|person| !panel.contains(*person));
            let one = if backwards {
                left.next_back()
            } else {
                left.next()
            };
            panel.push(*one.ok_or("a role without people left")?);
            taken[group as usize] += 1;
        }
    }
    panel.sort_unstable();
    Ok(panel)
}

/// The chances given are exactly those of compositions and weights, and sum to the seats.
pub(crate) fn check_chances(case: &Case, lottery: &Lottery) -> Verdict {
    let expected = reference::chances(
        &lottery.groups,
        &lottery.compositions,
        &lottery.weights,
        case.people.len(),
    );
    ensure(lottery.chances.len() == expected.len(), || {
        "not one chance per person".into()
    })?;
    for (person, (given, expected)) in lottery.chances.iter().zip(&expected).enumerate() {
        ensure(given == expected, || {
            format!(
                "person {person}: {} given, {} by weights",
                show(given),
                show(expected)
            )
        })?;
    }
    let sum: BigRational = lottery.chances.iter().sum();
    ensure(
        sum == BigRational::from_integer(BigInt::from(case.size)),
        || format!("chances sum to {}", show(&sum)),
    )
}

/// The other lottery, from the same people in another order of rows, is the same to the last digit.
pub(crate) fn check_same(lottery: &Lottery, other: &Lottery) -> Verdict {
    ensure(lottery.groups == other.groups, || {
        "another order of rows gives other groups".into()
    })?;
    ensure(lottery.compositions == other.compositions, || {
        "another order of rows gives other compositions".into()
    })?;
    ensure(lottery.weights == other.weights, || {
        "another order of rows gives other weights".into()
    })?;
    ensure(lottery.certificate == other.certificate, || {
        "another order of rows gives another certificate".into()
    })
}
