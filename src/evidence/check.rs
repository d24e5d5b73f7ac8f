//! Checks that several measures make of their input.

use crate::error::{ErrorKind, Problem, Result};

/// Nothing, or all problems as one error.
pub(super) fn sound(problems: Vec<Problem>) -> Result<()> {
    if problems.is_empty() {
        Ok(())
    } else {
        Err(ErrorKind::Input(problems).into())
    }
}

/// Largest number taken: its square, and sums of many squares, are finite.
pub(super) const LARGEST: f64 = 1e100;
/// Answers are mostly decimals, which floats hold only nearly: 4.3 − 4.0 and 3.7 − 3.4 differ in the last digit. What is no further apart than this share of the
/// largest number is taken as equal.
const ROUNDING: f64 = 1e-12;

/// True for a number that can be squared and added up.
pub(super) fn is_usable(number: f64) -> bool {
    number.abs() <= LARGEST
}

/// How far apart results of the same arithmetic with these numbers may be and still be equal.
pub(super) fn rounding(numbers: &[f64]) -> f64 {
    numbers.iter().fold(0.0, |most: f64, x| most.max(x.abs())) * ROUNDING
}

/// True when no two of the numbers are further apart than `rounding`.
pub(super) fn is_even(numbers: &[f64], rounding: f64) -> bool {
    let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let high = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    high - low <= rounding
}

/// A problem for every number that is none at all, or beyond 10^100; `what` names the list in the message.
pub(super) fn finite(code: &str, what: &str, numbers: &[f64], problems: &mut Vec<Problem>) {
    for (at, number) in numbers.iter().enumerate() {
        if !is_usable(*number) {
            let found = format!("{number:?} at position {at} of {what}");
            problems.push(Problem::new(code, found, "a finite number within ±10^100"));
        }
    }
}

/// Problems of tables given by members' positions: a position out of range, or in two places at once.
pub(super) fn tables(code: &str, people: usize, tables: &[Vec<usize>]) -> Vec<Problem> {
    let mut table_of: Vec<Option<usize>> = vec![None; people];
    let mut problems = Vec::new();
    for (table, members) in tables.iter().enumerate() {
        for &member in members {
            match table_of.get_mut(member) {
                None => {
                    let found = format!("member {member} at table {table}");
                    let expected = format!("members from 0 to {}", people.saturating_sub(1));
                    problems.push(Problem::new(code, found, expected));
                }
                Some(Some(earlier)) => {
                    let found = format!("member {member} at tables {earlier} and {table}");
                    problems.push(Problem::new(code, found, "one seat per member"));
                }
                Some(seat) => *seat = Some(table),
            }
        }
    }
    problems
}

/// The mean; 0 of nothing.
pub(super) fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / (numbers.len().max(1) as f64)
}

/// The sum of squared deviations from the mean; exactly 0 of equal numbers, whose mean may be rounded.
pub(super) fn squares(numbers: &[f64]) -> f64 {
    if is_even(numbers, rounding(numbers)) {
        return 0.0;
    }
    let mean = mean(numbers);
    numbers.iter().map(|x| (x - mean) * (x - mean)).sum()
}

/// The standard deviation of a sample (divided by n − 1); `None` below two numbers.
pub(super) fn deviation(numbers: &[f64]) -> Option<f64> {
    (numbers.len() > 1).then(|| (squares(numbers) / (numbers.len() - 1) as f64).sqrt())
}
