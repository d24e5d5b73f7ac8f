//! Rows become a pool here, whether they come from a file, from code or from serialised data.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Person, Pool, key};
use crate::error::{Error, ErrorKind, Problem, Result};

/// A pool under construction: takes rows, looks for missing and repeated ids.
pub(crate) struct Assembly {
    pool: Pool,
    problems: Vec<Problem>,
    doubtful: usize,
}

/// What could be made of the rows, and everything that is wrong with them.
pub(crate) struct PoolDraft {
    /// `None` when the columns could not be told.
    pub(crate) pool: Option<Pool>,
    pub(crate) problems: Vec<Problem>,
    /// Rows that may stand for further people: they had a problem and are not in `pool`.
    pub(crate) doubtful: usize,
}

impl Assembly {
    /// A pool without people: columns, places of the id and household columns, file.
    pub(crate) fn new(
        columns: Vec<String>,
        id_column: usize,
        household_columns: Vec<usize>,
        file: Option<String>,
    ) -> Self {
        let pool = Pool {
            columns,
            id_column,
            household_columns,
            household_most: 1,
            household_taken: BTreeMap::new(),
            people: vec![],
            file,
            header_row: None,
            separator: b',',
            warnings: vec![],
        };
        Self {
            pool,
            problems: vec![],
            doubtful: 0,
        }
    }

    /// What is kept of the form of a file.
    #[cfg_attr(not(feature = "csv"), allow(dead_code))]
    pub(crate) fn form(&mut self, header_row: u64, separator: u8) {
        self.pool.header_row = Some(header_row);
        self.pool.separator = separator;
    }

    /// Most people of one household on a panel.
    pub(crate) fn household_most(&mut self, most: u32) {
        self.pool.household_most = most;
        if most == 0 {
            let expected = "at least 1 person per household";
            self.problems
                .push(Problem::new("E-HOUSEHOLD-MOST", "0", expected));
        }
    }

    /// Notes a problem (or warning) of the source.
    pub(crate) fn note(&mut self, problem: Problem) {
        if problem.is_warning() {
            self.pool.warnings.push(problem)
        } else {
            self.problems.push(problem)
        }
    }

    /// Counts rows that cannot be read but may stand for people.
    pub(crate) fn doubt(&mut self, rows: usize) {
        self.doubtful = self.doubtful.saturating_add(rows);
    }

    /// Adds a row that has exactly one cell per column.
    pub(crate) fn row(&mut self, row: Option<u64>, cells: Vec<String>) {
        let id = cells[self.pool.id_column].trim().to_owned();
        if id.is_empty() {
            let found = if row.is_some() {
                "an empty cell"
            } else {
                "a person with an empty id"
            };
            let header = &self.pool.columns[self.pool.id_column];
            let problem = Problem::new("E-POOL-ID", found, "an id in every row that holds data");
            self.problems
                .push(problem.at(self.pool.file.as_deref(), row, Some(header)));
            self.doubt(1);
            return;
        }
        let household = key::household(
            self.pool
                .household_columns
                .iter()
                .map(|&c| cells[c].as_str()),
        );
        self.pool.people.push(Person {
            id,
            row,
            cells,
            household,
        });
    }

    /// The pool, without repeated rows.
    pub(crate) fn finish(mut self) -> PoolDraft {
        self.drop_duplicates();
        self.blank_in_households();
        self.problems.sort_by_key(|p| p.row);
        self.pool.warnings.sort_by_key(|p| p.row);
        PoolDraft {
            pool: Some(self.pool),
            problems: self.problems,
            doubtful: self.doubtful,
        }
    }

    fn drop_duplicates(&mut self) {
        let people = &self.pool.people;
        let mut order: Vec<usize> = (0..people.len()).collect();
        order.sort_by(|&a, &b| (people[a].id.as_str(), a).cmp(&(people[b].id.as_str(), b)));
        let mut dropped = vec![false; people.len()];
        let mut notes = Vec::new();
        for same in order.chunk_by(|&a, &b| people[a].id == people[b].id) {
            for &copy in &same[1..] {
                dropped[copy] = true;
                notes.push(self.duplicate(&people[same[0]], &people[copy]));
            }
        }
        if notes.is_empty() {
            return;
        }
        self.doubt(notes.iter().filter(|p| !p.is_warning()).count());
        notes.into_iter().for_each(|p| self.note(p));
        let mut position = 0;
        self.pool.people.retain(|_| {
            position += 1;
            !dropped[position - 1]
        });
    }

    /// Warns where people share a household though part of its address is blank: they may be strangers.
    fn blank_in_households(&mut self) {
        let mut homes: BTreeMap<&str, Vec<&Person>> = BTreeMap::new();
        for person in &self.pool.people {
            if let Some(home) = &person.household {
                homes.entry(home).or_default().push(person);
            }
        }
        homes.retain(|_, people| people.len() > 1);
        let mut notes = Vec::new();
        for &column in &self.pool.household_columns {
            let blank = |people: &&Vec<&Person>| key::is_blank(&people[0].cells[column]);
            let shared: Vec<&Vec<&Person>> = homes.values().filter(blank).collect();
            let people = shared.iter().map(|people| people.len()).sum::<usize>();
            let Some(row) = shared
                .iter()
                .flat_map(|people| people.iter())
                .map(|p| p.row)
                .min()
            else {
                continue;
            };
            let found = format!("a blank cell, with which {people} people count as housemates");
            let expected = "an address of their own, or no entry in any household column, for people who live apart";
            let header = &self.pool.columns[column];
            let note = Problem::new("W-POOL-HOUSEHOLD", found, expected);
            notes.push(note.at(self.pool.file.as_deref(), row, Some(header)));
        }
        notes.into_iter().for_each(|note| self.note(note));
    }

    fn duplicate(&self, first: &Person, copy: &Person) -> Problem {
        let whose = first
            .row
            .map_or("an earlier person".to_owned(), |row| format!("row {row}"));
        let equal = first
            .cells
            .iter()
            .zip(&copy.cells)
            .all(|(a, b)| a.trim() == b.trim());
        let (code, found, expected) = if equal {
            let found = format!("{:?} again, in everything the same as {whose}", copy.id);
            (
                "W-POOL-DUPLICATE",
                found,
                "every id once; the copy was dropped",
            )
        } else {
            let found = format!("{:?}, which {whose} has with different data", copy.id);
            ("E-POOL-DUPLICATE", found, "every id once")
        };
        let header = &self.pool.columns[self.pool.id_column];
        Problem::new(code, found, expected).at(self.pool.file.as_deref(), copy.row, Some(header))
    }
}

impl PoolDraft {
    /// The pool, or all its problems.
    pub(crate) fn sound(self) -> Result<Pool> {
        match self.pool {
            Some(pool) if self.problems.is_empty() => Ok(pool),
            _ => Err(ErrorKind::Input(self.problems).into()),
        }
    }
}

impl From<Pool> for PoolDraft {
    fn from(pool: Pool) -> Self {
        Self {
            pool: Some(pool),
            problems: vec![],
            doubtful: 0,
        }
    }
}

/// A pool as serialised, not yet checked.
#[derive(Deserialize)]
pub(super) struct PoolData {
    columns: Vec<String>,
    id_column: usize,
    household_columns: Vec<usize>,
    #[serde(default = "one")]
    household_most: u32,
    #[serde(default)]
    household_taken: BTreeMap<String, u32>,
    people: Vec<Person>,
    file: Option<String>,
    header_row: Option<u64>,
    separator: u8,
    warnings: Vec<Problem>,
}

fn one() -> u32 {
    1
}

impl PoolData {
    /// Makes the pool again from its columns and cells.
    pub(super) fn check(self) -> Result<Pool> {
        let width = self.columns.len();
        let fits = |&column: &usize| column < width;
        let even = self.people.iter().all(|p| {
            p.cells.len() == width && p.id == p.cells.get(self.id_column).map_or("", |c| c.trim())
        });
        let known = b",;\t".contains(&self.separator);
        if !(fits(&self.id_column) && self.household_columns.iter().all(fits) && even && known) {
            let message = "columns, cells and ids do not fit together".to_owned();
            return Err(Error::from(ErrorKind::Format {
                file: "serialised pool".to_owned(),
                message,
            }));
        }
        let mut assembly = Assembly::new(
            self.columns,
            self.id_column,
            self.household_columns,
            self.file,
        );
        assembly.household_most(self.household_most);
        assembly.pool.household_taken = self.household_taken;
        assembly.pool.separator = self.separator;
        assembly.pool.header_row = self.header_row;
        self.warnings
            .into_iter()
            .filter(Problem::is_warning)
            .for_each(|w| assembly.note(w));
        for person in self.people {
            assembly.row(person.row, person.cells);
        }
        assembly.finish().sound()
    }
}
