//! A lottery made elsewhere, from a CSV file.

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::{Problem, Result};
use crate::lottery::Import;
use crate::pool::{columns, key};

use super::sheet::Sheet;
use super::write::read_bytes;

/// Headers of the weight, the person and the panel, folded.
const WEIGHT: [&str; 4] = ["weight", "probability", "tickets", "chance"];
const PERSON: [&str; 3] = ["id", "person", "person_id"];
const PANEL: [&str; 3] = ["panel", "panel_id", "committee"];

/// Reads panels and weights, to be checked against an instance with [`Import::check`].
///
/// Two forms: one row per panel, `weight,id,id,…`, where every column but `weight` holds an id and a row may be longer than
/// the header; or one row per seat, `panel,weight,id`, where the weight stands in the panel's first row and is repeated or
/// left blank in the others. `weight` may also be called `probability`, `chance` or `tickets`; `id` also `person` or
/// `person_id`; `panel` also `panel_id` or `committee`.
///
/// # Errors
/// [`Io`](crate::ErrorKind::Io) when the file cannot be read. Everything else, such as a missing column, is reported by
/// [`Import::check`] together with what the panels say.
pub fn read_import(path: impl AsRef<Path>) -> Result<Import> {
    let path = path.as_ref();
    Ok(import(&path.display().to_string(), &read_bytes(path)?))
}

/// [`read_import`] of contents that are at hand; the label names them in messages.
///
/// ```
/// use kleroterion::{Instance, Pool, Quotas, io};
/// # let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
/// # let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
/// # let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
/// # let instance = Instance::new(pool, quotas, 2)?; // p1 and p3 are women, p2 is a man
/// let wide = io::import("wide.csv", b"weight,first,second\n0.5,p1,p2\n0.5,p2,p3\n").check(&instance)?;
/// let long = io::import("long.csv", b"panel,weight,id\n1,0.5,p1\n1,,p2\n2,0.5,p2\n2,,p3\n").check(&instance)?;
/// assert_eq!(wide.lottery().record(), long.lottery().record());
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[must_use]
pub fn import(label: &str, bytes: &[u8]) -> Import {
    let mut import = Import::from_file(label);
    let wanted = |header: &[String]| {
        let names = [&WEIGHT[..], &PERSON, &PANEL];
        names
            .iter()
            .filter(|names| place(header, names).is_ok())
            .count()
    };
    let sheet = match Sheet::read(label, bytes, &wanted) {
        Ok(sheet) => sheet,
        Err(problem) => {
            import.note(*problem);
            return import;
        }
    };
    let noted = sheet.warnings.iter().chain(&sheet.torn).cloned();
    noted
        .chain(sheet.no_rows())
        .for_each(|problem| import.note(problem));
    let located = |problem: Box<Problem>, column: &str| {
        problem.at(Some(label), Some(sheet.header_row), Some(column))
    };
    match place(&sheet.header, &WEIGHT) {
        Err(problem) => import.note(located(problem, "weight")),
        Ok(weight) => match place(&sheet.header, &PANEL) {
            Err(_) => wide(&mut import, &sheet, weight),
            Ok(panel) => match place(&sheet.header, &PERSON) {
                Err(problem) => import.note(located(problem, "id")),
                Ok(id) => long(&mut import, &sheet, (panel, weight, id)),
            },
        },
    }
    import
}

/// The one column under any of the names; the problem is that of the first name.
fn place(header: &[String], names: &[&str]) -> std::result::Result<usize, Box<Problem>> {
    let named = |c: &usize| names.contains(&key::fold(&header[*c]).as_str());
    let found: Vec<usize> = (0..header.len()).filter(named).collect();
    match found[..] {
        [column] => Ok(column),
        [] => columns::find(header, names[0], "the column for it"),
        _ => Err(Box::new(columns::twice(&found))),
    }
}

/// One row per panel.
fn wide(import: &mut Import, sheet: &Sheet, weight: usize) {
    for (row, cells) in &sheet.rows {
        let ids = cells
            .iter()
            .enumerate()
            .filter(|(column, _)| *column != weight);
        let ids = ids
            .map(|(_, id)| id.trim())
            .filter(|id| !id.is_empty())
            .map(|id| (id.to_owned(), Some(*row)));
        let own = cells.get(weight).map_or("", |cell| cell.trim());
        import.push(Some(*row), own.to_owned(), ids.collect());
    }
}

/// A panel's first row, its weight and its ids with their rows.
type Gathered = (u64, String, Vec<(String, Option<u64>)>);

/// One row per seat.
fn long(import: &mut Import, sheet: &Sheet, (panel, weight, id): (usize, usize, usize)) {
    let mut number: BTreeMap<String, usize> = BTreeMap::new();
    let mut panels: Vec<Gathered> = Vec::new();
    for (row, cells) in &sheet.rows {
        if let Some(ragged) = sheet.ragged(*row, cells, &[panel, weight, id]) {
            let readable = ragged.readable;
            import.note(ragged.problem);
            if !readable {
                continue;
            }
        }
        let name = cells[panel].trim().to_owned();
        let at = *number.entry(name.clone()).or_insert(panels.len());
        if at == panels.len() {
            panels.push((*row, cells[weight].trim().to_owned(), vec![]));
        }
        let (_, own, ids) = &mut panels[at];
        let again = cells[weight].trim();
        if !again.is_empty() && again != own {
            let found = format!("{again:?} as another weight of panel {name:?}");
            let expected = format!("{own:?} as in its first row, or nothing");
            let problem = Problem::new("E-IMPORT-PANEL", found, expected);
            import.note(problem.at(Some(&sheet.label), Some(*row), Some(&sheet.header[weight])));
        }
        ids.push((cells[id].trim().to_owned(), Some(*row)));
    }
    for (row, weight, ids) in panels {
        import.push(Some(row), weight, ids);
    }
}
