//! Dropouts from a CSV file.

use std::path::Path;

use crate::assembly::Dropout;
use crate::error::{ErrorKind, Problem, Result};
use crate::pool::{columns, key};

use super::sheet::Sheet;
use super::write::read_bytes;

/// Reads who dropped out, and when: the columns `id` and `date`, in any case and order; other columns are passed over. The rows keep their order.
///
/// # Errors
/// [`Io`](ErrorKind::Io) when the file cannot be read; [`Input`](ErrorKind::Input) with every problem of the file in itself: a missing column, a row
/// that is too short. Days and ids are checked by [`Alternates::replay`](crate::assembly::Alternates::replay).
pub fn read_dropouts(path: impl AsRef<Path>) -> Result<Vec<Dropout>> {
    let path = path.as_ref();
    dropouts(&path.display().to_string(), read_bytes(path)?)
}

/// As [`read_dropouts`], for contents that are at hand already: a name for messages and the bytes.
///
/// ```
/// let left = kleroterion::io::dropouts("dropouts.csv", "date;id\n2026-03-01;p1\n")?;
/// assert_eq!((left[0].id.as_str(), left[0].date.as_str()), ("p1", "2026-03-01"));
/// # Ok::<(), kleroterion::Error>(())
/// ```
///
/// # Errors
/// As [`read_dropouts`], without [`Io`](ErrorKind::Io).
pub fn dropouts(label: &str, bytes: impl AsRef<[u8]>) -> Result<Vec<Dropout>> {
    const NAMES: [(&str, &str); 2] = [("id", "who dropped out"), ("date", "the day, YYYY-MM-DD")];
    let place = |header: &[String], (name, what): (&str, &str)| columns::find(header, name, what);
    let wanted = |header: &[String]| NAMES.iter().filter(|n| place(header, **n).is_ok()).count();
    let sheet =
        Sheet::read(label, bytes.as_ref(), &wanted).map_err(|p| ErrorKind::Input(vec![*p]))?;
    let located = |problem: Box<Problem>, column| {
        Box::new(problem.at(Some(label), Some(sheet.header_row), Some(column)))
    };
    let places = NAMES.map(|name| place(&sheet.header, name).map_err(|p| located(p, name.0)));
    let (id, date) = match places {
        [Ok(id), Ok(date)] => (id, date),
        places => {
            let problems = places.into_iter().filter_map(std::result::Result::err);
            let problems = problems.map(|problem| *problem);
            return Err(ErrorKind::Input(problems.collect()).into());
        }
    };
    let mut problems = sheet.torn.clone();
    let mut found = Vec::new();
    for (row, cells) in &sheet.rows {
        match sheet.ragged(*row, cells, &[id, date]) {
            Some(ragged) if !ragged.readable => problems.push(ragged.problem),
            _ => found.push(Dropout {
                date: key::clean(&cells[date]),
                id: cells[id].trim().to_owned(),
            }),
        }
    }
    if problems.is_empty() {
        Ok(found)
    } else {
        Err(ErrorKind::Input(problems).into())
    }
}
