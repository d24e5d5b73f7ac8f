//! Dropouts from a CSV file.

use std::path::Path;

use crate::assembly::Dropout;
use crate::error::{ErrorKind, Result};
use crate::pool::{columns, key};

use super::places::Places;
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
    let has = |header: &[String], name: &str| columns::find(header, name, "").is_ok();
    let wanted = |header: &[String]| NAMES.iter().filter(|n| has(header, n.0)).count();
    let sheet =
        Sheet::read(label, bytes.as_ref(), &wanted).map_err(|p| ErrorKind::Input(vec![*p]))?;
    let mut places = Places::new(label, sheet.header_row, &sheet.header);
    let [Some(id), Some(date)] = NAMES.map(|(name, what)| places.one(name, what)) else {
        return Err(ErrorKind::Input(places.problems).into());
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
