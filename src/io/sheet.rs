//! From text to rows, numbered as a spreadsheet numbers them.

mod rows;

use crate::error::Problem;
use crate::pool::key;

use super::decode::decode;
use rows::Rows;

/// Separators tried, in this order when nothing else decides.
pub(super) const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
/// Rows looked at to tell the separator.
const LOOKED_AT: usize = 30;

/// A file as a spreadsheet shows it.
pub(super) struct Sheet {
    pub(super) label: String,
    pub(super) separator: u8,
    pub(super) header_row: u64,
    pub(super) header: Vec<String>,
    /// Row number and cells of every row that is not blank; as many cells as the row has.
    pub(super) rows: Vec<(u64, Vec<String>)>,
    pub(super) warnings: Vec<Problem>,
    /// Rows with a quoted cell that may have swallowed further rows; they are not among `rows`.
    pub(super) torn: Vec<Problem>,
}

/// A problem of one row's length.
pub(super) struct Ragged {
    pub(super) problem: Problem,
    pub(super) readable: bool,
}

impl Sheet {
    /// Reads a sheet. `wanted` counts how many of the columns it needs a reader would find in a header; it decides
    /// the separator.
    pub(super) fn read(
        label: &str,
        bytes: &[u8],
        wanted: &dyn Fn(&[String]) -> usize,
    ) -> Result<Self, Box<Problem>> {
        let located = |problem: Problem| problem.at(Some(label), None, None);
        let (text, warning) = decode(bytes).map_err(|p| Box::new(located(*p)))?;
        let (text, announced) = announced_separator(&text);
        let separator = announced.unwrap_or_else(|| detect(text, wanted));
        let mut rows = Rows::new(text, separator);
        let (mut all, mut torn) = (Vec::new(), Vec::new());
        let (mut blanks, mut first_blank) = (0, None);
        while let Some(row) = rows.next_row().map_err(|p| Box::new(located(*p)))? {
            if let Some(problem) = row.torn() {
                torn.push(problem.at(Some(label), Some(row.number), None));
            } else if row.is_blank() {
                blanks += 1;
                first_blank.get_or_insert(row.number);
            } else if torn.is_empty() || !all.is_empty() {
                all.push((row.number, row.cells));
            }
        }
        blanks += rows.skipped;
        let first_blank = [first_blank, rows.first_skipped]
            .into_iter()
            .flatten()
            .min();
        let mut warnings: Vec<Problem> = warning.into_iter().map(located).collect();
        if blanks > 0 {
            warnings.push(blank_rows(blanks).at(Some(label), first_blank, None));
        }
        if all.is_empty() {
            let torn = torn.into_iter().next();
            return Err(Box::new(torn.unwrap_or_else(|| located(empty_file()))));
        }
        let (header_row, header) = all.remove(0);
        Ok(Self {
            label: label.to_owned(),
            separator,
            header_row,
            header,
            rows: all,
            warnings,
            torn,
        })
    }

    /// The problem of a sheet that has headers only.
    pub(super) fn no_rows(&self) -> Option<Problem> {
        (self.rows.is_empty() && self.torn.is_empty())
            .then(|| no_rows().at(Some(&self.label), None, None))
    }

    /// Whether a row has the header's length; shorter ones are readable when they reach all `needed` columns.
    pub(super) fn ragged(&self, row: u64, cells: &[String], needed: &[usize]) -> Option<Ragged> {
        let width = self.header.len();
        let code = if cells.len() < width {
            let reached = needed.iter().all(|&column| column < cells.len());
            if reached {
                "W-ROW-SHORT"
            } else {
                "E-ROW-SHORT"
            }
        } else if cells[width..].iter().any(|c| !key::is_blank(c)) {
            "E-ROW-LONG"
        } else {
            return None;
        };
        let problem = row_length(code, cells.len(), width).at(Some(&self.label), Some(row), None);
        Some(Ragged {
            readable: problem.is_warning(),
            problem,
        })
    }
}

pub(super) fn empty_file() -> Problem {
    let expected = "a row of headers and rows below it";
    Problem::new("E-FILE-EMPTY", "an empty file", expected)
}

pub(super) fn no_rows() -> Problem {
    Problem::new("E-FILE-ROWS", "no rows below the headers", "at least one")
}

/// To be located at the first of them.
pub(super) fn blank_rows(blanks: u64) -> Problem {
    let found = match blanks {
        1 => "a blank row".to_owned(),
        blanks => format!("{blanks} blank rows, the first here"),
    };
    Problem::new("W-FILE-BLANK", found, "no blank rows; they were skipped")
}

/// A row of another length than the header.
pub(super) fn row_length(code: &str, cells: usize, width: usize) -> Problem {
    let plural = if cells == 1 { "" } else { "s" };
    let found = format!("{cells} cell{plural}");
    Problem::new(code, found, format!("{width}, as in the header"))
}

/// A first line `sep=;`, as some spreadsheets write it and none shows.
fn announced_separator(text: &str) -> (&str, Option<u8>) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    match line
        .trim_end_matches('\r')
        .strip_prefix("sep=")
        .map(str::as_bytes)
    {
        Some(&[separator]) if SEPARATORS.contains(&separator) => (rest, Some(separator)),
        _ => (text, None),
    }
}

/// The separator under which most needed columns appear, then most rows are as long as the header, then it is longest.
fn detect(text: &str, wanted: &dyn Fn(&[String]) -> usize) -> u8 {
    let score = |separator: u8| {
        let mut rows = Rows::new(text, separator);
        let next = || rows.next_row().ok().flatten().map(|row| row.cells);
        let sample: Vec<Vec<String>> = std::iter::from_fn(next)
            .filter(|cells| !cells.iter().all(|c| key::is_blank(c)))
            .take(LOOKED_AT)
            .collect();
        let header = sample.first().map_or(&[][..], Vec::as_slice);
        let even = sample
            .iter()
            .filter(|cells| header.len() > 1 && cells.len() == header.len())
            .count();
        (wanted(header), even, header.len())
    };
    // The last of equals wins `max_by_key`, so that the order of preference is turned round.
    SEPARATORS
        .into_iter()
        .rev()
        .max_by_key(|&separator| score(separator))
        .unwrap_or(b',')
}
