//! A list of ids from a CSV file: people who sit already, or are left out.

use crate::error::Problem;
use crate::pool::{columns, key};

use super::places::Places;
use super::sheet::Sheet;

/// Ids with their rows, and what is wrong with the file.
#[derive(Default)]
pub(super) struct Ids {
    pub(super) rows: Vec<(u64, String)>,
    pub(super) problems: Vec<Problem>,
}

/// Reads the column that is headed like the pool's id column. A list without a header would lose its first id, so the
/// header must be there; a list of nobody may be empty below it.
pub(super) fn read(label: &str, bytes: &[u8], id: &str) -> Ids {
    let wanted = |header: &[String]| usize::from(columns::find(header, id, "").is_ok());
    let mut ids = Ids::default();
    let sheet = match Sheet::read(label, bytes, &wanted) {
        Ok(sheet) => sheet,
        Err(problem) => {
            ids.problems.push(*problem);
            return ids;
        }
    };
    ids.problems.extend(sheet.torn.iter().cloned());
    let mut places = Places::new(label, sheet.header_row, &sheet.header);
    let column = places.one(id, "the pool's id column");
    ids.problems.extend(places.problems);
    let Some(column) = column else {
        return ids;
    };
    for (row, cells) in &sheet.rows {
        match cells.get(column).filter(|cell| !key::is_blank(cell)) {
            Some(cell) => ids.rows.push((*row, cell.clone())),
            None => {
                let problem =
                    Problem::new("E-POOL-ID", "no id", "an id in every row that holds data");
                ids.problems
                    .push(problem.at(Some(label), Some(*row), Some(id)));
            }
        }
    }
    ids
}
