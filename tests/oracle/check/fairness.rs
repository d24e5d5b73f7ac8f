//! Who gets which chance.

use std::collections::BTreeSet;

use num_rational::BigRational;
use num_traits::Zero;

use super::{Verdict, ensure, near, show};
use crate::case::Case;
use crate::leximin::{Answer, interchangeable};
use crate::outcome::Lottery;
use crate::reference::places;

/// Every chance is the oracle's within 1e-9.
pub(crate) fn check_oracle(answer: &Answer, lottery: &Lottery) -> Verdict {
    check_vector(&answer.chances, &lottery.chances)
}

/// Every chance is the known one within 1e-9.
pub(crate) fn check_vector(expected: &[BigRational], given: &[BigRational]) -> Verdict {
    ensure(expected.len() == given.len(), || {
        "not one chance per person".into()
    })?;
    for (person, (expected, given)) in expected.iter().zip(given).enumerate() {
        ensure(near(expected, given), || {
            format!(
                "person {person}: {}, leximin is {}",
                show(given),
                show(expected)
            )
        })?;
    }
    Ok(())
}

/// Nobody but those in no panel has chance 0, exactly, and they are the ones the certificate lists.
pub(crate) fn check_excluded(excluded: &BTreeSet<usize>, lottery: &Lottery) -> Verdict {
    let places = places(&lottery.groups, lottery.chances.len());
    let listed: Vec<(u32, u32)> = lottery
        .certificate
        .excluded
        .iter()
        .map(|e| (e.group, e.role))
        .collect();
    for (person, chance) in lottery.chances.iter().enumerate() {
        let out = excluded.contains(&person);
        ensure(chance.is_zero() == out, || {
            format!(
                "person {person} in some panel: {}, chance {}",
                !out,
                show(chance)
            )
        })?;
        ensure(listed.contains(&places[person]) == out, || {
            format!(
                "person {person} in some panel: {}, listed as in none: {}",
                !out,
                out ^ true
            )
        })?;
    }
    Ok(())
}

/// Interchangeable people have exactly equal chances.
pub(crate) fn check_equal_types(case: &Case, chances: &[BigRational]) -> Verdict {
    for class in interchangeable(case) {
        for pair in class.windows(2) {
            let [a, b] = [pair[0], pair[1]];
            ensure(chances[a] == chances[b], || {
                format!(
                    "{a} and {b} are alike: {} and {}",
                    show(&chances[a]),
                    show(&chances[b])
                )
            })?;
        }
    }
    Ok(())
}

/// Lowest chance of those who are in some panel.
fn lowest(lottery: &Lottery) -> BigRational {
    let chances = lottery.chances.iter().filter(|chance| !chance.is_zero());
    chances.min().cloned().unwrap_or_else(BigRational::zero)
}

/// Two rules agree on the lowest chance within 1e-9.
pub(crate) fn check_same_lowest(leximin: &Lottery, maximin: &Lottery) -> Verdict {
    let (a, b) = (lowest(leximin), lowest(maximin));
    ensure(near(&a, &b), || {
        format!(
            "leximin's lowest chance {}, maximin's {}",
            show(&a),
            show(&b)
        )
    })
}

/// The same chances within 1e-9 whatever the spread.
pub(crate) fn check_same_chances(lottery: &Lottery, other: &Lottery) -> Verdict {
    ensure(lottery.chances.len() == other.chances.len(), || {
        "not one chance per person".into()
    })?;
    let mut pairs = lottery.chances.iter().zip(&other.chances).enumerate();
    let differing = pairs.find(|(_, (a, b))| !near(a, b));
    ensure(differing.is_none(), || {
        let (person, (a, b)) = differing.expect("just found");
        format!(
            "person {person}: {} or {}, depending on the spread",
            show(a),
            show(b)
        )
    })
}

/// A wider quota never lowers the lowest chance: that of the whole pool (0 where somebody is in no panel), and, when
/// the same people are in some panel before and after, that of those people.
///
/// The second half needs its condition: a wider quota can let somebody in who then has the lowest chance of all.
pub(crate) fn check_relaxed(tight: &Lottery, relaxed: &Lottery) -> Verdict {
    let out = |lottery: &Lottery| {
        lottery
            .chances
            .iter()
            .map(Zero::is_zero)
            .collect::<Vec<bool>>()
    };
    let (before, after) = (out(tight), out(relaxed));
    let dropped = before
        .iter()
        .zip(&after)
        .position(|(before, after)| !before && *after);
    ensure(dropped.is_none(), || {
        format!("person {dropped:?} had a chance before a quota was widened")
    })?;
    if before == after {
        let (a, b) = (lowest(tight), lowest(relaxed));
        ensure(b >= a || near(&a, &b), || {
            format!(
                "lowest chance {} fell to {} when a quota was widened",
                show(&a),
                show(&b)
            )
        })?;
    }
    Ok(())
}
