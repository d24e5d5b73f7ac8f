//! One member of the pool.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One member of the pool.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Trimmed, otherwise as read; compared exactly.
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

    /// The row in the source file as a spreadsheet shows it.
    #[must_use]
    pub fn row(&self) -> Option<u64> {
        self.row
    }

    /// All cells, one per [`Pool::columns`](super::Pool::columns) entry, as they were read.
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
