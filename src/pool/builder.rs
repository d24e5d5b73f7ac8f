//! Filling a pool from code.

use super::{Person, Pool, key};
use crate::error::Result;

/// Collects people; [`build`](PoolBuilder::build) reports every problem at once.
#[derive(Clone, Default)]
pub struct PoolBuilder {
    features: Vec<String>,
    people: Vec<(String, Vec<(String, String)>, Option<String>)>,
    households: bool,
}

impl std::fmt::Debug for PoolBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PoolBuilder").field("people", &self.people.len()).finish_non_exhaustive()
    }
}

impl PoolBuilder {
    /// Adds a person who lives alone: an id and one `(feature, value)` pair per feature.
    #[must_use]
    pub fn person<'a>(self, id: impl Into<String>, values: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        self.add(id.into(), None, values)
    }

    /// Adds a person of the household with this key (an empty key lives alone).
    #[must_use]
    pub fn housemate<'a>(mut self, id: impl Into<String>, household: &str, values: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        self.households = true;
        self.add(id.into(), Some(household.to_owned()), values)
    }

    fn add<'a>(mut self, id: String, household: Option<String>, values: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let values: Vec<_> = values.into_iter().map(|(f, v)| (f.to_owned(), v.to_owned())).collect();
        for (feature, _) in &values {
            if !self.features.iter().any(|f| key::fold(f) == key::fold(feature)) {
                self.features.push(feature.clone());
            }
        }
        self.people.push((id, values, household));
        self
    }

    /// The pool; its columns are `id`, the features in order of appearance and, where used, `household`.
    ///
    /// # Errors
    /// Currently none: ids and values are checked together with the quotas by [`Instance::new`](crate::Instance::new).
    pub fn build(self) -> Result<Pool> {
        let mut columns = vec!["id".to_owned()];
        columns.extend(self.features.iter().cloned());
        let household_columns = if self.households { vec![columns.len()] } else { vec![] };
        columns.extend(self.households.then(|| "household".to_owned()));
        let people = self.people.into_iter().map(|(id, values, household)| {
            let mut cells = vec![String::new(); columns.len()];
            cells[0].clone_from(&id);
            for (feature, value) in values {
                let at = self.features.iter().position(|f| key::fold(f) == key::fold(&feature)).unwrap_or(0);
                cells[at + 1] = value;
            }
            let household = household.map(|h| {
                let last = cells.len() - 1;
                cells[last].clone_from(&h);
                key::fold(&h)
            });
            Person { id: key::clean(&id), row: None, cells, household: household.filter(|h| !h.is_empty()) }
        });
        Ok(Pool {
            people: people.collect(),
            id_column: 0,
            household_columns,
            file: None,
            separator: b',',
            warnings: vec![],
            columns: columns.clone(),
        })
    }
}
