//! Population shares of pairs of values from a CSV file.

use std::path::Path;

use crate::error::{ErrorKind, Problem, Result};
use crate::instance::Instance;
use crate::metrics::{PairShares, ShareRow};
use crate::pool::{columns, key};
use crate::quota::shares::figure::Figure;
use crate::ratio::Ratio;

use super::sheet::Sheet;
use super::write::read_bytes;

const EXPECTED: &str = "feature,value,feature,value,share";

/// Reads population shares of pairs of values, to hold an [intersection report](crate::metrics::intersections) against.
///
/// The header must have `feature,value,feature,value,share`; the columns may be numbered (`feature 1`, `value_2`) and
/// stand in any order, the first feature belongs to the first value. A share is a number from 0 to 1, or a percentage
/// with `%`, with a point or a comma: `0.125`, `12,5 %`. Pairs of features that are left out have no share; of pairs that
/// are given, values left out have the share 0.
///
/// # Errors
/// [`Io`](ErrorKind::Io) when the file cannot be read; [`Input`](ErrorKind::Input) with every problem of the file:
/// `E-SHARE-NUMBER` for a share `x`, and those of [`PairShares::new`].
pub fn read_pair_shares(path: impl AsRef<Path>, instance: &Instance) -> Result<PairShares> {
    let path = path.as_ref();
    read(&path.display().to_string(), &read_bytes(path)?, instance)
}

fn read(label: &str, bytes: &[u8], instance: &Instance) -> Result<PairShares> {
    let found = |header: &[String]| 5 - places(header).map_or_else(|missing| missing.len(), |_| 0);
    let sheet =
        Sheet::read(label, bytes, &found).map_err(|problem| ErrorKind::Input(vec![*problem]))?;
    let places = places(&sheet.header).map_err(|missing| {
        let problem = |name: &str| {
            let found = format!("only the columns {}", columns::quoted(&sheet.header));
            Problem::new("E-COLUMN-MISSING", found, EXPECTED).at(
                Some(label),
                Some(sheet.header_row),
                Some(name),
            )
        };
        ErrorKind::Input(missing.iter().map(|name| problem(name)).collect())
    })?;
    let mut problems: Vec<Problem> = sheet
        .no_rows()
        .into_iter()
        .chain(sheet.torn.iter().cloned())
        .collect();
    let mut rows = Vec::new();
    for (row, cells) in &sheet.rows {
        if let Some(ragged) = sheet
            .ragged(*row, cells, &places)
            .filter(|ragged| !ragged.readable)
        {
            problems.push(ragged.problem);
            continue;
        }
        let [names @ .., share] = places.map(|column| cells[column].clone());
        match parse(&share) {
            Some(share) => rows.push(ShareRow {
                row: Some(*row),
                names,
                share,
            }),
            None => {
                let found = format!("{:?}", key::clean(&share));
                let expected = "a number from 0 to 1, or a percentage with %";
                let column = key::clean(&sheet.header[places[4]]);
                let problem = Problem::new("E-SHARE-NUMBER", found, expected);
                problems.push(problem.at(Some(label), Some(*row), Some(&column)));
            }
        }
    }
    let shares = PairShares::from_rows(instance, Some(label), rows);
    if problems.is_empty() {
        return shares;
    }
    // What is missing makes sums wrong: they are told once everything can be read.
    let more = shares.map_or_else(|error| error.problems().to_vec(), |_| vec![]);
    problems.extend(
        more.into_iter()
            .filter(|problem| problem.code != "E-SHARE-SUM"),
    );
    problems.sort_by_key(|problem| problem.row);
    Err(ErrorKind::Input(problems).into())
}

/// Columns of feature, value, feature, value and share, or the names of those that cannot be told.
fn places(header: &[String]) -> std::result::Result<[usize; 5], Vec<&'static str>> {
    let plain = |name: &String| {
        key::fold(name)
            .trim_end_matches(|c: char| "0123456789 ._-".contains(c))
            .to_owned()
    };
    let plain: Vec<String> = header.iter().map(plain).collect();
    let all =
        |name: &str| -> Vec<usize> { (0..plain.len()).filter(|&c| plain[c] == name).collect() };
    let (features, values, shares) = (all("feature"), all("value"), all("share"));
    let mut missing = vec!["feature"; 2_usize.abs_diff(features.len())];
    missing.extend(vec!["value"; 2_usize.abs_diff(values.len())]);
    missing.extend(vec!["share"; 1_usize.abs_diff(shares.len())]);
    match (&features[..], &values[..], &shares[..]) {
        (&[one, other], &[first, second], &[share]) => Ok([one, first, other, second, share]),
        _ => Err(missing),
    }
}

/// A share as an exact fraction, at most 1.
fn parse(cell: &str) -> Option<Ratio> {
    let share = Figure::parse(cell)?.ratio();
    (share <= Ratio::new(1, 1)).then_some(share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_fractions_or_percentages() {
        for (cell, numerator, denominator) in [
            ("0.125", 1, 8),
            ("0,125", 1, 8),
            (" 12.5 %", 1, 8),
            ("12,5%", 1, 8),
            (".5", 1, 2),
            ("1", 1, 1),
            ("0", 0, 1),
            ("100%", 1, 1),
        ] {
            assert_eq!(
                parse(cell),
                Some(Ratio::new(numerator, denominator)),
                "{cell}"
            );
        }
        for cell in [
            "", "%", ".", "-0.1", "1.01", "101 %", "0.1.2", "1e-1", "a", "1/2", "+0.5",
        ] {
            assert_eq!(parse(cell), None, "{cell}");
        }
    }

    #[test]
    fn columns_may_be_numbered_and_in_any_order() {
        let header = |names: [&str; 5]| names.map(str::to_owned);
        assert_eq!(
            places(&header(["feature", "value", "feature", "value", "share"])),
            Ok([0, 1, 2, 3, 4])
        );
        assert_eq!(
            places(&header([
                "Share",
                "Feature_1",
                "Feature_2",
                "Value 1",
                "Value 2"
            ])),
            Ok([1, 3, 2, 4, 0])
        );
        assert_eq!(
            places(&header(["feature", "value", "feature", "x", "y"])),
            Err(vec!["value", "share"])
        );
    }
}
