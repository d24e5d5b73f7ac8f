//! Who can be drawn: people with an opaque id, one value per feature and, where known, a household.

mod builder;
pub(crate) mod key;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::Problem;

pub use builder::PoolBuilder;

/// One member of the pool.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub(crate) id: String,
    /// Row of the source as a spreadsheet shows it, when there is one.
    pub(crate) row: Option<u64>,
    /// One cell per column of the pool, as read.
    pub(crate) cells: Vec<String>,
    /// Folded household key; `None` lives alone.
    pub(crate) household: Option<String>,
}

impl Person {
    /// The opaque id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The row in the source file, header = 1.
    #[must_use]
    pub fn row(&self) -> Option<u64> {
        self.row
    }

    /// All cells, one per [`Pool::columns`] entry, as they were read.
    #[must_use]
    pub fn cells(&self) -> &[String] {
        &self.cells
    }
}

/// Prints the id only: a person's values never reach a log.
impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Person({:?})", self.id)
    }
}

/// The people who volunteered, in the order of their source.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    pub(crate) columns: Vec<String>,
    pub(crate) id_column: usize,
    pub(crate) household_columns: Vec<usize>,
    pub(crate) people: Vec<Person>,
    pub(crate) file: Option<String>,
    /// Field separator of the source, kept for the outputs.
    pub(crate) separator: u8,
    pub(crate) warnings: Vec<Problem>,
}

impl Pool {
    /// Starts an empty pool to be filled from code.
    #[must_use]
    pub fn builder() -> PoolBuilder {
        PoolBuilder::default()
    }

    /// Headers of all columns, in source order.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Header of the id column.
    #[must_use]
    pub fn id_column(&self) -> &str {
        &self.columns[self.id_column]
    }

    /// Headers of the columns that together form the household key; empty without the household rule.
    pub fn household_columns(&self) -> impl Iterator<Item = &str> {
        self.household_columns.iter().map(|&c| self.columns[c].as_str())
    }

    /// The people, in source order.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Number of people.
    #[must_use]
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// True without people.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// The separator of the source file: `,` `;` or tab.
    #[must_use]
    pub fn separator(&self) -> u8 {
        self.separator
    }

    /// What was found odd but harmless while reading.
    #[must_use]
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }
}

/// Prints counts and column names, never a person's values.
impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("people", &self.people.len()).field("columns", &self.columns).finish_non_exhaustive()
    }
}
