//! A deliberative forum whose members were asked before and after.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Answers, Comparison};
use crate::error::Result;

/// The answers of one forum, as a file of several forums has them.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Forum {
    /// Its name.
    pub case: String,
    /// Answers before deliberation.
    pub before: Vec<Answers>,
    /// Answers after.
    pub after: Vec<Answers>,
}

impl Forum {
    /// From the answers.
    #[must_use]
    pub fn new(case: impl Into<String>, before: Vec<Answers>, after: Vec<Answers>) -> Self {
        let case = case.into();
        Self {
            case,
            before,
            after,
        }
    }

    /// Correlates every pair. O(n²·k).
    ///
    /// # Errors
    /// As [`Comparison::new`].
    pub fn compare(&self) -> Result<Comparison> {
        Comparison::new(&self.before, &self.after)
    }
}

/// Prints the name and numbers of people.
impl fmt::Debug for Forum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after) = (self.before.len(), self.after.len());
        write!(f, "Forum({:?}, {before} before, {after} after)", self.case)
    }
}
