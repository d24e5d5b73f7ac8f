//! Population figures from a CSV file.

use std::path::Path;

use crate::error::{ErrorKind, Problem, Result};
use crate::pool::{columns, key};
use crate::quota::Shares;
use crate::quota::shares::figure::Figure;
use crate::quota::shares::{Heading, ShareRow, SharesDraft};

use super::sheet::Sheet;
use super::write::read_bytes;

const EXPECTED: &str =
    "feature,value,share (or category,name,share; percentage or count in place of share)";
const PERCENTAGES: [&str; 5] = ["percentage", "percent", "pct", "per cent", "%"];
const COUNTS: [&str; 6] = [
    "count",
    "counts",
    "people",
    "persons",
    "population",
    "number",
];

/// Reads population figures, to make quotas of them.
///
/// The header must have `feature,value,share` or `category,name,share` or `category,feature,share`, in any case and order; other columns are passed
/// over. In place of `share` the last may be called `percentage` (`percent`, `pct`, `per cent`, `%`) or `count` (`counts`, `people`, `persons`,
/// `population`, `number`). Numbers have a point or a comma as decimal mark, nothing between thousands, and at most 15 digits.
///
/// Below `share`, figures with `%` are percentages (then all of a feature's must have it); without, they are fractions when none is above 1, people
/// when all are whole and add up to more than 200, percentages otherwise. People are whole numbers.
///
/// # Errors
/// [`Io`](ErrorKind::Io) when the file cannot be read; [`Input`](ErrorKind::Input) with every problem of the file: `E-SHARE-NUMBER` (`about 12`),
/// `E-SHARE-EMPTY` (a row without value), `E-SHARE-TWICE` (a value again), `E-SHARE-MIXED` (`12 %` and `13`), `E-SHARE-SUM` (a feature that adds up to 97 %).
pub fn read_shares(path: impl AsRef<Path>) -> Result<Shares> {
    let path = path.as_ref();
    shares(&path.display().to_string(), read_bytes(path)?)
}

/// As [`read_shares`], for contents that are at hand already: a name for messages and the bytes.
///
/// ```
/// use kleroterion::{io, quota::Method};
///
/// let shares = io::shares("shares.csv", "feature;value;share\nsex;woman;51,1 %\nsex;man;48,9 %\n")?;
/// let quotas = shares.apportion(36, Method::Range, &[])?.into_quotas(); // 18.396 and 17.604 seats
/// assert_eq!(io::quotas_csv(&quotas)?, b"feature,value,min,max\nsex,woman,18,19\nsex,man,17,18\n");
/// # Ok::<(), kleroterion::Error>(())
/// ```
///
/// # Errors
/// As [`read_shares`], without [`Io`](ErrorKind::Io).
pub fn shares(label: &str, bytes: impl AsRef<[u8]>) -> Result<Shares> {
    let found = |header: &[String]| 3 - places(header).map_or_else(|p| p.len(), |_| 0);
    let sheet =
        Sheet::read(label, bytes.as_ref(), &found).map_err(|p| ErrorKind::Input(vec![*p]))?;
    let places = places(&sheet.header).map_err(|problems| {
        let located = |p: Problem| {
            let column = p.column.clone();
            p.at(Some(label), Some(sheet.header_row), column.as_deref())
        };
        ErrorKind::Input(problems.into_iter().map(located).collect())
    })?;
    let mut warnings = sheet.warnings.clone();
    let mut problems: Vec<Problem> = sheet
        .no_rows()
        .into_iter()
        .chain(sheet.torn.iter().cloned())
        .collect();
    let needed = [places.feature, places.value, places.figure];
    let mut rows = Vec::new();
    for (row, cells) in &sheet.rows {
        if let Some(ragged) = sheet.ragged(*row, cells, &needed) {
            if !ragged.readable {
                problems.push(ragged.problem);
                continue;
            }
            warnings.push(ragged.problem);
        }
        let cell = key::clean(&cells[places.figure]);
        let figure = read(&cell, places.heading);
        if figure.is_none() {
            let column = key::clean(&sheet.header[places.figure]);
            problems.push(unread(&cell, places.heading).at(Some(label), Some(*row), Some(&column)));
        }
        rows.push(ShareRow {
            row: Some(*row),
            feature: key::clean(&cells[places.feature]),
            value: key::clean(&cells[places.value]),
            cell,
            figure,
        });
    }
    warnings.sort_by_key(|w| w.row);
    SharesDraft::new(Some(label), places.heading, rows)
        .warned(warnings)
        .sound(problems)
}

/// A figure that fits the heading. People are whole; `12.0` is 12, but `1.000` could be a thousand.
fn read(cell: &str, heading: Heading) -> Option<Figure> {
    let figure = Figure::parse(cell)?;
    if heading != Heading::Count {
        return Some(figure);
    }
    let power = 10_u64.pow(figure.decimals);
    let whole = !figure.percent && figure.decimals <= 2 && figure.digits % power == 0;
    whole.then_some(Figure {
        digits: figure.digits / power,
        decimals: 0,
        percent: false,
    })
}

fn unread(cell: &str, heading: Heading) -> Problem {
    let found = match cell {
        "" => "an empty cell".to_owned(),
        cell => format!("{cell:?}"),
    };
    let expected = match heading {
        Heading::Share => {
            "a number of 0 or more, with or without %, nothing between thousands, at most 15 digits"
        }
        Heading::Percentage => "a percentage, at most 15 digits",
        Heading::Count => {
            "a whole number of 0 or more, nothing between thousands, at most 15 digits"
        }
    };
    Problem::new("E-SHARE-NUMBER", found, expected)
}

struct Places {
    feature: usize,
    value: usize,
    figure: usize,
    heading: Heading,
}

/// Finds the columns; one problem for each of the three that cannot be told.
fn places(header: &[String]) -> std::result::Result<Places, Vec<Problem>> {
    let folded: Vec<String> = header
        .iter()
        .map(|h| key::fold(h).replace(['_', '-'], " "))
        .collect();
    let (feature, value): (&str, &[&str]) = if folded.iter().any(|f| f == "category") {
        ("category", &["name", "feature", "value"])
    } else {
        ("feature", &["value", "name"])
    };
    let mut problems = Vec::new();
    let mut one = |shown: &str, fits: &dyn Fn(&str) -> bool| {
        let all: Vec<usize> = (0..folded.len()).filter(|&c| fits(&folded[c])).collect();
        let problem = match all[..] {
            [column] => return Some(column),
            [] => Problem::new(
                "E-COLUMN-MISSING",
                format!("only the columns {}", columns::quoted(header)),
                EXPECTED,
            ),
            _ => columns::twice(&all),
        };
        problems.push(problem.at(None, None, Some(shown)));
        None
    };
    let heading = |name: &str| match name {
        "share" | "shares" => Some(Heading::Share),
        name if PERCENTAGES.contains(&name) => Some(Heading::Percentage),
        name if COUNTS.contains(&name) => Some(Heading::Count),
        _ => None,
    };
    let found = (
        one(feature, &|name| name == feature),
        one(value[0], &|name| value.contains(&name)),
        one("share", &|name| heading(name).is_some()),
    );
    match found {
        (Some(feature), Some(value), Some(figure)) => Ok(Places {
            feature,
            value,
            figure,
            heading: heading(&folded[figure]).unwrap_or(Heading::Share),
        }),
        _ => Err(problems),
    }
}
