//! Finding the columns that a reader needs.

use crate::error::Problem;
use crate::pool::{columns, key};

/// Looks for columns in a header and keeps every problem, located.
pub(super) struct Places<'a> {
    label: &'a str,
    row: u64,
    header: &'a [String],
    pub(super) problems: Vec<Problem>,
}

impl<'a> Places<'a> {
    pub(super) fn new(label: &'a str, row: u64, header: &'a [String]) -> Self {
        Self {
            label,
            row,
            header,
            problems: vec![],
        }
    }

    /// The one column with this header.
    pub(super) fn one(&mut self, name: &str, expected: &str) -> Option<usize> {
        let found = columns::find(self.header, name, expected);
        let located =
            |p: Box<Problem>| p.at(Some(self.label), Some(self.row), Some(&key::clean(name)));
        found.map_err(|p| self.problems.push(located(p))).ok()
    }

    /// The id column: the named one, or else the first.
    pub(super) fn id(&mut self, name: Option<&str>) -> Option<usize> {
        let header = self.header;
        let first = header.first().map_or("", String::as_str);
        match name {
            Some(name) if !key::is_blank(name) => self.one(name, "the id column"),
            // A file written later names this column by its header, so that the header must be unique.
            _ if !key::is_blank(first) => self.one(first, "the id column"),
            _ => Some(0),
        }
    }

    /// The columns with these headers, each once, in order.
    pub(super) fn several(&mut self, names: &[String], expected: &str) -> Vec<usize> {
        let mut places = Vec::new();
        for place in names.iter().filter_map(|name| self.one(name, expected)) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }
}
