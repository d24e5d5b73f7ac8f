//! What must hold before seats are apportioned.

use super::{Method, Minimum};
use crate::error::{ErrorKind, Problem, Result};
use crate::pool::key;
use crate::quota::Shares;

/// Most seats; nobody draws a panel of more, and the arithmetic of the methods fits 128 bits.
const MOST_SEATS: u32 = 1_000_000;
/// Largest denominator of a tolerance, for the same reason.
const FINEST: u64 = 100_000_000_000_000;

/// The minimum of every value of every feature, 0 where there is none.
pub(super) fn checked(
    shares: &Shares,
    size: u32,
    method: Method,
    minimums: &[Minimum],
) -> Result<Vec<Vec<u32>>> {
    let mut problems = size_and_method(size, method);
    let mut wrong = |code: &str, found: String, expected: String| {
        problems.push(Problem::new(code, found, expected).at(shares.file(), None, None));
    };
    let mut found: Vec<Vec<Option<u32>>> = shares
        .features()
        .iter()
        .map(|f| vec![None; f.values.len()])
        .collect();
    for minimum in minimums {
        let name = format!("{:?} = {:?}", minimum.feature, minimum.value);
        let Some((feature, value)) = place(shares, minimum) else {
            let expected = "a feature and a value that have a figure".to_owned();
            wrong("E-MINIMUM-VALUE", format!("a minimum for {name}"), expected);
            continue;
        };
        let cell = &mut found[feature][value];
        if cell.is_some() {
            let found = format!("a second minimum for {name}");
            wrong("E-MINIMUM-TWICE", found, "one minimum per value".to_owned());
        } else {
            *cell = Some(minimum.seats);
        }
    }
    let found: Vec<Vec<u32>> = found
        .into_iter()
        .map(|feature| feature.into_iter().map(Option::unwrap_or_default).collect())
        .collect();
    for (feature, minimums) in shares.features().iter().zip(&found) {
        let sum: u64 = minimums.iter().copied().map(u64::from).sum();
        if sum > u64::from(size) {
            let found = format!("minimums of {:?} that add up to {sum}", feature.feature);
            wrong(
                "E-MINIMUM-SUM",
                found,
                format!("at most the panel size ({size})"),
            );
        }
    }
    if problems.is_empty() {
        Ok(found)
    } else {
        Err(ErrorKind::Input(problems).into())
    }
}

fn size_and_method(size: u32, method: Method) -> Vec<Problem> {
    let mut problems = Vec::new();
    if size == 0 {
        problems.push(Problem::new(
            "E-SIZE-ZERO",
            "a panel size of 0",
            "at least 1",
        ));
    }
    if size > MOST_SEATS {
        let found = format!("a panel size of {size}");
        problems.push(Problem::new(
            "E-SIZE-SEATS",
            found,
            format!("at most {MOST_SEATS}"),
        ));
    }
    if let Method::Tolerance(tolerance) = method
        && !(1..=FINEST).contains(&tolerance.amount().denominator)
    {
        let found = format!("a tolerance of {tolerance}");
        let expected = format!("a denominator from 1 to {FINEST}");
        problems.push(Problem::new("E-TOLERANCE", found, expected));
    }
    problems
}

fn place(shares: &Shares, minimum: &Minimum) -> Option<(usize, usize)> {
    let same = |one: &str, other: &str| key::fold(one) == key::fold(other);
    let feature = shares
        .features()
        .iter()
        .position(|f| same(&f.feature, &minimum.feature))?;
    let values = &shares.features()[feature].values;
    Some((
        feature,
        values.iter().position(|v| same(&v.value, &minimum.value))?,
    ))
}
