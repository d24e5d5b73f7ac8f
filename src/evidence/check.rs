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

/// A problem for every number that is infinite or none at all; `what` names the list in the message.
pub(super) fn finite(code: &str, what: &str, numbers: &[f64], problems: &mut Vec<Problem>) {
    for (at, number) in numbers.iter().enumerate() {
        if !number.is_finite() {
            let found = format!("{number} at position {at} of {what}");
            problems.push(Problem::new(code, found, "a finite number"));
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

/// The sum of squared deviations from the mean.
pub(super) fn squares(numbers: &[f64]) -> f64 {
    let mean = mean(numbers);
    numbers.iter().map(|x| (x - mean) * (x - mean)).sum()
}

/// The standard deviation of a sample (divided by n − 1); `None` below two numbers.
pub(super) fn deviation(numbers: &[f64]) -> Option<f64> {
    (numbers.len() > 1).then(|| (squares(numbers) / (numbers.len() - 1) as f64).sqrt())
}
