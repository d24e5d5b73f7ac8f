//! Filling a pool from code.

use std::collections::BTreeMap;
use std::fmt;

use super::{Assembly, Pool, key};
use crate::error::{Problem, Result};

/// Collects people; [`build`](PoolBuilder::build) reports every problem at once.
#[derive(Clone, Default)]
pub struct PoolBuilder {
    features: Vec<String>,
    /// Column of every spelling of a feature met so far, counted without the id.
    spellings: BTreeMap<String, usize>,
    people: Vec<Entry>,
    households: bool,
    household_most: Option<u32>,
    problems: Vec<Problem>,
}

#[derive(Clone)]
struct Entry {
    id: String,
    household: String,
    /// One cell per feature known when the person was added.
    cells: Vec<String>,
}

/// Prints the number of people, never their values.
impl fmt::Debug for PoolBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PoolBuilder")
            .field("people", &self.people.len())
            .finish_non_exhaustive()
    }
}

impl PoolBuilder {
    /// Adds a person who lives alone: an id and one `(feature, value)` pair per feature.
    #[must_use]
    pub fn person<'a>(
        self,
        id: impl Into<String>,
        values: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        self.add(id.into(), String::new(), values)
    }

    /// Adds a person of the household with this key (a blank key lives alone).
    ///
    /// From the first call on, the pool has the household rule: at most one person per household sits on a panel, or as
    /// many as [`household_most`](Self::household_most) says.
    #[must_use]
    pub fn housemate<'a>(
        mut self,
        id: impl Into<String>,
        household: &str,
        values: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        self.households = true;
        self.add(id.into(), household.to_owned(), values)
    }

    /// Most people of one household on a panel, where households are given; 1 without this call.
    #[must_use]
    pub fn household_most(mut self, most: u32) -> Self {
        self.household_most = Some(most);
        self
    }

    fn add<'a>(
        mut self,
        id: String,
        household: String,
        values: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let mut cells = vec![String::new(); self.features.len()];
        let mut filled = vec![false; self.features.len()];
        for (feature, value) in values {
            let column = self.column(feature);
            cells.resize(self.features.len(), String::new());
            filled.resize(self.features.len(), false);
            if filled[column] && key::fold(&cells[column]) != key::fold(value) {
                let found = format!("two values for the person {:?}", id.trim());
                let problem = Problem::new("E-POOL-TWICE", found, "one value per feature");
                self.problems
                    .push(problem.at(None, None, Some(&self.features[column])));
                continue;
            }
            filled[column] = true;
            cells[column] = value.to_owned();
        }
        self.people.push(Entry {
            id,
            household,
            cells,
        });
        self
    }

    fn column(&mut self, feature: &str) -> usize {
        if let Some(&column) = self.spellings.get(feature) {
            return column;
        }
        let folded = key::fold(feature);
        let known = self.features.iter().position(|f| key::fold(f) == folded);
        let column = known.unwrap_or_else(|| {
            self.features.push(feature.to_owned());
            self.features.len() - 1
        });
        self.spellings.insert(feature.to_owned(), column);
        column
    }

    /// The pool; its columns are `id`, the features in order of appearance and, where used, `household`.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with all of: `E-POOL-ID` (an empty id), `E-POOL-DUPLICATE` (an id
    /// given twice with different data), `E-HOUSEHOLD-MOST` (0 people per household) and `E-POOL-TWICE` (`[("age", "16-29"), ("Age", "65+")]`). Values are checked
    /// together with the quotas by [`Instance::new`](crate::Instance::new).
    pub fn build(self) -> Result<Pool> {
        let mut columns = vec!["id".to_owned()];
        columns.extend(self.features);
        let features = columns.len();
        let household_columns = if self.households {
            vec![features]
        } else {
            vec![]
        };
        columns.extend(self.households.then(|| "household".to_owned()));
        let width = columns.len();
        let mut assembly = Assembly::new(columns, 0, household_columns, None);
        assembly.household_most(self.household_most.unwrap_or(1));
        self.problems.into_iter().for_each(|p| assembly.note(p));
        for entry in self.people {
            let mut cells = Vec::with_capacity(width);
            cells.push(entry.id);
            cells.extend(entry.cells);
            cells.resize(features, String::new());
            cells.extend(self.households.then_some(entry.household));
            assembly.row(None, cells);
        }
        assembly.finish().sound()
    }
}
