//! One error type for the whole crate, and the located problems that bad input consists of.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::certificate::Infeasibility;

/// Result with this crate's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong; ask [`Error::kind`] for the structured form.
#[derive(Debug)]
pub struct Error(Box<ErrorKind>);

/// One variant per stage at which work can stop.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The input has problems: all of them, in file and row order.
    #[error("{}", list(.0))]
    Input(Vec<Problem>),
    /// No panel can meet the quotas.
    #[error("{0}")]
    Infeasible(Infeasibility),
    /// The work limit was reached before the answer was found.
    #[error("work limit reached after {work} units while {doing}; no answer is given in place of the one asked for")]
    LimitReached {
        /// What was being computed.
        doing: String,
        /// Work units spent (pivots, nodes).
        work: u64,
    },
    /// The caller's progress callback asked to stop.
    #[error("cancelled")]
    Cancelled,
    /// A file of the published record cannot be understood.
    #[error("{file}: {message}")]
    Format {
        /// The file or part of it.
        file: String,
        /// What is wrong.
        message: String,
    },
    /// The record was checked and does not hold.
    #[error("rejected: {0}")]
    Rejected(String),
}

impl Error {
    /// The structured form.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// Takes the structured form out.
    #[must_use]
    pub fn into_kind(self) -> ErrorKind {
        *self.0
    }

    /// Every problem of bad input, or an empty slice when the error is of another kind.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        match self.kind() {
            ErrorKind::Input(problems) => problems,
            _ => &[],
        }
    }

    pub(crate) fn io(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        ErrorKind::Io { path: path.into(), source }.into()
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.kind() {
            ErrorKind::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

fn list(problems: &[Problem]) -> String {
    problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n")
}

/// One located problem of the input.
///
/// Its text reads `E-CODE file row R, column "C": found X, expected Y`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Problem {
    /// Stable code: `E-…` stops the work, `W-…` is a warning.
    pub code: String,
    /// The file, when the input came from one.
    pub file: Option<String>,
    /// The row as a spreadsheet shows it: the header is row 1.
    pub row: Option<u64>,
    /// The column's header.
    pub column: Option<String>,
    /// What stands there.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

impl Problem {
    /// A problem with no location yet.
    pub(crate) fn new(code: &str, found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { code: code.into(), file: None, row: None, column: None, found: found.into(), expected: expected.into() }
    }

    /// The same problem, located.
    pub(crate) fn at(mut self, file: Option<&str>, row: Option<u64>, column: Option<&str>) -> Self {
        self.file = file.map(Into::into);
        self.row = row;
        self.column = column.map(Into::into);
        self
    }

    /// True when the work can go on.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        self.code.starts_with("W-")
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        if let Some(file) = &self.file {
            write!(f, " {file}")?;
        }
        if let Some(row) = self.row {
            write!(f, " row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, "{} column \"{column}\"", if self.row.is_some() { "," } else { "" })?;
        }
        write!(f, ": found {}, expected {}", self.found, self.expected)
    }
}
