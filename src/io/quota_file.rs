//! Quotas from a CSV file.

use crate::error::Problem;
use crate::pool::{columns, key};
use crate::quota::{Headers, Quota, Quotas, QuotasDraft};

use super::sheet::Sheet;

/// What the file must have, as a message says it.
const EXPECTED: &str =
    "feature,value,min,max (or category,name,min,max or category,feature,min,max)";

/// The columns of a quota file.
struct Places {
    feature: usize,
    value: usize,
    min: usize,
    max: usize,
    min_flex: Option<usize>,
    max_flex: Option<usize>,
}

/// Reads quotas; everything wrong with them stands in the draft.
pub(super) fn read(label: &str, bytes: &[u8]) -> QuotasDraft {
    let failed = |problems| QuotasDraft {
        quotas: None,
        problems,
        doubtful: vec![],
        gaps: true,
    };
    let sheet = match Sheet::read(label, bytes, &|header| {
        4 - places(header).map_or_else(|p| p.len(), |_| 0)
    }) {
        Ok(sheet) => sheet,
        Err(problem) => return failed(vec![*problem]),
    };
    let places = match places(&sheet.header) {
        Ok(places) => places,
        Err(problems) => {
            let located = |p: Problem| {
                let column = p.column.clone();
                p.at(Some(label), Some(sheet.header_row), column.as_deref())
            };
            return failed(problems.into_iter().map(located).collect());
        }
    };
    rows(sheet, &places)
}

fn rows(sheet: Sheet, places: &Places) -> QuotasDraft {
    let headers = places.headers(&sheet.header);
    let mut quotas = Quotas {
        file: Some(sheet.label.clone()),
        headers,
        warnings: sheet.warnings.clone(),
        ..Quotas::default()
    };
    let mut problems: Vec<Problem> = sheet
        .no_rows()
        .into_iter()
        .chain(sheet.torn.iter().cloned())
        .collect();
    let (mut doubtful, mut gaps) = (Vec::new(), !problems.is_empty());
    let needed = [places.feature, places.value, places.min, places.max];
    for (row, cells) in &sheet.rows {
        if let Some(ragged) = sheet.ragged(*row, cells, &needed) {
            if ragged.readable {
                quotas.warnings.push(ragged.problem);
            } else {
                problems.push(ragged.problem);
                match cells.get(places.feature).filter(|f| !key::is_blank(f)) {
                    Some(feature) => doubtful.push(key::fold(feature)),
                    None => gaps = true,
                }
                continue;
            }
        }
        quotas
            .quotas
            .push(places.quota(*row, cells, &mut |column, found| {
                let problem = Problem::new("E-QUOTA-NUMBER", found, "a whole number of 0 or more");
                problems.push(problem.at(
                    Some(&sheet.label),
                    Some(*row),
                    Some(&key::clean(&sheet.header[column])),
                ));
            }));
    }
    quotas.warnings.sort_by_key(|w| w.row);
    let mut draft = QuotasDraft::new(quotas, problems);
    draft.doubtful.append(&mut doubtful);
    draft.gaps |= gaps;
    draft
}

impl Places {
    fn headers(&self, header: &[String]) -> Headers {
        let spelled = |column: usize| key::clean(&header[column]);
        let default = Headers::default();
        Headers {
            feature: spelled(self.feature),
            value: spelled(self.value),
            min: spelled(self.min),
            max: spelled(self.max),
            min_flex: self.min_flex.map_or(default.min_flex, spelled),
            max_flex: self.max_flex.map_or(default.max_flex, spelled),
        }
    }

    /// The quota of a row. A number that is wrong is told and left open, so that it contradicts nothing else.
    fn quota(&self, row: u64, cells: &[String], wrong: &mut dyn FnMut(usize, String)) -> Quota {
        let mut number = |column: usize| match seats(&cells[column]) {
            Some(number) => Some(number),
            None => {
                let cell = key::clean(&cells[column]);
                wrong(
                    column,
                    if cell.is_empty() {
                        "an empty cell".to_owned()
                    } else {
                        format!("{cell:?}")
                    },
                );
                None
            }
        };
        let min = number(self.min);
        let max = number(self.max);
        let filled = |column: &usize| cells.get(*column).is_some_and(|c| !key::is_blank(c));
        let min_flex = self.min_flex.filter(filled).and_then(&mut number);
        let max_flex = self.max_flex.filter(filled).and_then(&mut number);
        Quota {
            feature: key::clean(&cells[self.feature]),
            value: key::clean(&cells[self.value]),
            min: min.unwrap_or(0),
            max: max.unwrap_or(u32::MAX),
            min_flex: min_flex.filter(|_| min.is_some()),
            max_flex: max_flex.filter(|_| max.is_some()),
            row: Some(row),
        }
    }
}

/// A whole number; `4.0` and, where the comma is the decimal mark, `4,0` are 4. With three zeros it could be four
/// thousand, so that is refused.
fn seats(cell: &str) -> Option<u32> {
    let cell = cell.trim();
    let digits = [".0", ",0", ".00", ",00"]
        .iter()
        .find_map(|zeros| cell.strip_suffix(zeros))
        .unwrap_or(cell);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

/// Finds the columns; one problem for each of the four that cannot be told.
fn places(header: &[String]) -> Result<Places, Vec<Problem>> {
    let folded: Vec<String> = header
        .iter()
        .map(|h| key::fold(h).replace(['_', '-'], " "))
        .collect();
    let all = |names: &[&str]| -> Vec<usize> {
        (0..folded.len())
            .filter(|&c| names.contains(&folded[c].as_str()))
            .collect()
    };
    let (feature, value): (&[&str], &[&str]) = if folded.iter().any(|f| f == "category") {
        (&["category"], &["name", "feature", "value"])
    } else {
        (&["feature"], &["value", "name"])
    };
    let mut problems = Vec::new();
    let mut one = |names: &[&str], optional: bool| match all(names)[..] {
        [column] => Some(column),
        [] if optional => None,
        [] => {
            let found = format!("only the columns {}", columns::quoted(header));
            problems.push(Problem::new("E-COLUMN-MISSING", found, EXPECTED).at(
                None,
                None,
                Some(names[0]),
            ));
            None
        }
        ref several => {
            problems.push(columns::twice(several).at(None, None, Some(names[0])));
            None
        }
    };
    let needed = (
        one(feature, false),
        one(value, false),
        one(&["min"], false),
        one(&["max"], false),
    );
    let (min_flex, max_flex) = (one(&["min flex"], true), one(&["max flex"], true));
    match needed {
        (Some(feature), Some(value), Some(min), Some(max)) if problems.is_empty() => Ok(Places {
            feature,
            value,
            min,
            max,
            min_flex,
            max_flex,
        }),
        _ => Err(problems),
    }
}

#[cfg(test)]
mod tests {
    use super::seats;

    #[test]
    fn only_whole_numbers_are_seats() {
        for (cell, number) in [
            ("4", 4),
            (" 4 ", 4),
            ("4.0", 4),
            ("4,0", 4),
            ("4.00", 4),
            ("007", 7),
            ("0", 0),
        ] {
            assert_eq!(seats(cell), Some(number), "{cell}");
        }
        for cell in [
            "",
            " ",
            "-1",
            "-0",
            "4.5",
            "4.000",
            "1,000",
            "4.",
            ".0",
            "4e0",
            "+4",
            "four",
            "٤",
            "4 0",
            "99999999999",
        ] {
            assert_eq!(seats(cell), None, "{cell}");
        }
    }
}
