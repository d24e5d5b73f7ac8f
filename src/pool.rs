//! Who can be drawn: people with an opaque id, one value per feature and, where known, a household.
//!
//! Feature values, column names and household keys are the same when they agree after trimming, collapsing inner
//! white space and Unicode case folding. Ids are trimmed and then compared exactly.

mod assembly;
mod builder;
pub(crate) mod columns;
pub(crate) mod key;
mod person;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Problem};

pub(crate) use assembly::{Assembly, PoolDraft};
pub use builder::PoolBuilder;
pub use person::Person;

/// The people who volunteered, in the order of their source.
///
/// Every pool that exists is sound: ids are there and differ, and every person has one cell per column. Whether the
/// values fit the quotas is checked by [`Instance::new`](crate::Instance::new).
///
/// ```
/// let pool = kleroterion::Pool::builder()
///     .person("p1", [("age", "16-29")])
///     .housemate("p2", "1 Oak Street", [("age", "65+")])
///     .build()?;
/// assert_eq!(pool.columns(), ["id", "age", "household"]);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "assembly::PoolData")]
pub struct Pool {
    pub(crate) columns: Vec<String>,
    pub(crate) id_column: usize,
    pub(crate) household_columns: Vec<usize>,
    /// Most people of one household on a panel.
    pub(crate) household_most: u32,
    /// People who sit already, by the key of their household.
    pub(crate) household_taken: BTreeMap<String, u32>,
    pub(crate) people: Vec<Person>,
    pub(crate) file: Option<String>,
    /// Row of the headers, when there is a file.
    pub(crate) header_row: Option<u64>,
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

    /// Headers of all columns, in source order, as they were read.
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
        self.household_columns
            .iter()
            .map(|&c| self.columns[c].as_str())
    }

    /// Most people of one household on a panel: 1 unless the household rule says otherwise. Without household columns it
    /// says nothing.
    #[must_use]
    pub fn household_most(&self) -> u32 {
        self.household_most
    }

    /// How many more people of the household with this key may sit.
    pub(crate) fn household_room(&self, key: &str) -> u32 {
        let taken = self.household_taken.get(key).copied().unwrap_or(0);
        self.household_most.saturating_sub(taken)
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

    /// The file the pool was read from, as named by the caller.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
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

/// The household rule in words.
pub(crate) fn at_most_per_household(most: u32) -> String {
    match most {
        1 => "at most one person per household".to_owned(),
        _ => format!("at most {most} people per household"),
    }
}

/// Prints counts and column names, never a person's values.
impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool")
            .field("people", &self.people.len())
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}

impl TryFrom<assembly::PoolData> for Pool {
    type Error = Error;
    fn try_from(data: assembly::PoolData) -> Result<Self, Error> {
        data.check()
    }
}
