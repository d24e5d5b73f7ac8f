//! A pool from a CSV file.

use crate::error::Problem;
use crate::pool::{Assembly, PoolDraft, columns};
use crate::quota::joint;

use super::places::Places;
use super::sheet::Sheet;

/// Which columns of a pool file mean what.
#[derive(Debug, Clone, Default)]
pub(super) struct Roles {
    /// `None` or blank: the first column.
    pub(super) id: Option<String>,
    pub(super) household: Vec<String>,
    /// Most people of one household; `None`: 1.
    pub(super) household_most: Option<u32>,
}

/// Reads a pool; everything wrong with it stands in the draft. The `features` only help to tell the separator.
pub(super) fn read(label: &str, bytes: &[u8], roles: &Roles, features: &[&str]) -> PoolDraft {
    let failed = |problems| PoolDraft {
        pool: None,
        problems,
        doubtful: 0,
    };
    let named: Vec<&str> = roles
        .id
        .as_deref()
        .into_iter()
        .chain(roles.household.iter().map(String::as_str))
        .collect();
    let wanted = |header: &[String]| {
        let found = named
            .iter()
            .filter(|name| columns::find(header, name, "").is_ok())
            .count();
        let columns = |feature: &&str| joint::columns_of(header, feature).len();
        found + features.iter().map(columns).sum::<usize>()
    };
    let sheet = match Sheet::read(label, bytes, &wanted) {
        Ok(sheet) => sheet,
        Err(problem) => return failed(vec![*problem]),
    };
    match places(&sheet, roles) {
        Ok((id, household)) => match sheet.no_rows() {
            Some(problem) => failed(vec![problem]),
            None => {
                let most = roles.household_most.unwrap_or(1);
                rows(sheet, (id, household, most), features)
            }
        },
        Err(mut problems) => {
            problems.extend(sheet.no_rows());
            failed(problems)
        }
    }
}

/// The id column and the household columns.
fn places(sheet: &Sheet, roles: &Roles) -> Result<(usize, Vec<usize>), Vec<Problem>> {
    let mut places = Places::new(&sheet.label, sheet.header_row, &sheet.header);
    let id = places.id(roles.id.as_deref());
    let household = places.several(&roles.household, "a household column");
    match id {
        Some(id) if places.problems.is_empty() => Ok((id, household)),
        _ => Err(places.problems),
    }
}

fn rows(
    sheet: Sheet,
    (id, household, most): (usize, Vec<usize>, u32),
    features: &[&str],
) -> PoolDraft {
    let mut needed: Vec<usize> = features
        .iter()
        .flat_map(|f| joint::columns_of(&sheet.header, f))
        .collect();
    needed.push(id);
    needed.extend(&household);
    let width = sheet.header.len();
    let mut assembly = Assembly::new(
        sheet.header.clone(),
        id,
        household,
        Some(sheet.label.clone()),
    );
    assembly.household_most(most);
    assembly.form(sheet.header_row, sheet.separator);
    sheet
        .warnings
        .iter()
        .cloned()
        .for_each(|w| assembly.note(w));
    for torn in &sheet.torn {
        assembly.note(torn.clone());
        assembly.doubt(usize::MAX);
    }
    let ragged: Vec<_> = sheet
        .rows
        .iter()
        .map(|(row, cells)| sheet.ragged(*row, cells, &needed))
        .collect();
    for ((row, mut cells), ragged) in sheet.rows.into_iter().zip(ragged) {
        if let Some(ragged) = ragged {
            assembly.note(ragged.problem);
            if !ragged.readable {
                assembly.doubt(1);
                continue;
            }
        }
        cells.resize(width, String::new());
        assembly.row(Some(row), cells);
    }
    assembly.finish()
}
