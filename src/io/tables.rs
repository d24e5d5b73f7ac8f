//! Result tables: the pool's own columns for the people drawn and not drawn.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{ErrorKind, Problem, Result};
use crate::instance::Instance;
use crate::pool::{Pool, key};

use super::csv_writer::CsvWriter;

/// A table ready to be written to a file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Table {
    /// The file's contents: UTF-8 CSV with the separator of the pool's file.
    pub bytes: Vec<u8>,
    /// One `W-CELL-FORMULA` for every cell that a spreadsheet might have run: it begins with `=` `+` `-` `@`, a tab or
    /// a line break and got `'` in front. Row and column are those of the pool's file.
    pub warnings: Vec<Problem>,
}

/// Prints sizes, never the table.
impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table")
            .field("bytes", &self.bytes.len())
            .field("warnings", &self.warnings.len())
            .finish()
    }
}

/// The panel: all input columns under their own headers, people in the order of `ids`.
///
/// # Errors
/// [`ErrorKind::Format`] for an id that is not in the pool.
pub fn selected_csv<S: AsRef<str>>(
    instance: &Instance,
    ids: impl IntoIterator<Item = S>,
) -> Result<Table> {
    let positions = positions(instance, ids, "selected.csv")?;
    table(instance, &positions, Rank::None)
}

/// The alternates in drawn order: all input columns under their own headers, then `rank` from 1 on.
///
/// # Errors
/// [`ErrorKind::Format`] for an id that is not in the pool.
pub fn alternates_csv<S: AsRef<str>>(
    instance: &Instance,
    ids: impl IntoIterator<Item = S>,
) -> Result<Table> {
    let positions = positions(instance, ids, "alternates.csv")?;
    table(instance, &positions, Rank::Last)
}

/// Everyone who is not on the `panel`, in the order of the pool's file: all input columns under their own headers.
///
/// # Errors
/// [`ErrorKind::Format`] for an id that is not in the pool.
pub fn remaining_csv<S: AsRef<str>>(
    instance: &Instance,
    panel: impl IntoIterator<Item = S>,
) -> Result<Table> {
    let seated: BTreeSet<usize> = positions(instance, panel, "remaining.csv")?
        .into_iter()
        .collect();
    let positions: Vec<usize> = (0..instance.len())
        .filter(|at| !seated.contains(at))
        .collect();
    table(instance, &positions, Rank::None)
}

fn positions<S: AsRef<str>>(
    instance: &Instance,
    ids: impl IntoIterator<Item = S>,
    file: &str,
) -> Result<Vec<usize>> {
    let position = |id: S| match instance.find(id.as_ref()) {
        Some(index) => Ok(instance.position(index)),
        None => {
            let message = format!("nobody in the pool has the id {:?}", id.as_ref());
            Err(ErrorKind::Format {
                file: file.to_owned(),
                message,
            }
            .into())
        }
    };
    ids.into_iter().map(position).collect()
}

/// Whether a last column holds the place in the table.
#[derive(Clone, Copy, PartialEq)]
enum Rank {
    None,
    Last,
}

/// The table of the people at these positions of the pool.
fn table(instance: &Instance, positions: &[usize], rank: Rank) -> Result<Table> {
    let pool = instance.pool();
    let mut warnings = Vec::new();
    let mut writer = CsvWriter::new("table", pool.separator());
    let rank = |text: &str| (rank == Rank::Last).then(|| Cow::Owned(text.to_owned()));
    let header = neutral(pool, pool.header_row, pool.columns(), &mut warnings);
    writer.row(header.iter().chain(&rank("rank")).map(|c| c.as_bytes()))?;
    for (&at, place) in positions.iter().zip(1u64..) {
        let person = &pool.people()[at];
        let cells = neutral(pool, person.row(), person.cells(), &mut warnings);
        let last = rank(&place.to_string());
        writer.row(cells.iter().chain(&last).map(|c| c.as_bytes()))?;
    }
    let bytes = writer.bytes()?;
    Ok(Table { bytes, warnings })
}

/// The cells of a row, those that a spreadsheet might run with `'` in front.
fn neutral<'a>(
    pool: &Pool,
    row: Option<u64>,
    cells: &'a [String],
    warnings: &mut Vec<Problem>,
) -> Vec<Cow<'a, str>> {
    let mut written = Vec::with_capacity(cells.len() + 1);
    for (cell, header) in cells.iter().zip(pool.columns()) {
        let harmless = harmless(cell);
        if let Some(problem) = formula(cell) {
            warnings.push(problem.at(pool.file(), row, Some(&key::clean(header))));
        }
        written.push(harmless);
    }
    written
}

/// The cell, with `'` in front when a spreadsheet might run it.
pub(super) fn harmless(cell: &str) -> Cow<'_, str> {
    if runs(cell) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The warning about a cell that a spreadsheet might run, not located yet.
pub(super) fn formula(cell: &str) -> Option<Problem> {
    let first = cell.chars().next().filter(|_| runs(cell))?;
    let found = format!("a cell that begins with {first:?}");
    let expected = "text; it was written with ' in front";
    Some(Problem::new("W-CELL-FORMULA", found, expected))
}

fn runs(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}
