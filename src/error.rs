//! One error type for the whole crate, and the located problems that bad input consists of.

mod listing;
mod problem;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::certificate::Infeasibility;
use crate::quota::Quota;

pub use problem::Problem;

/// Result with this crate's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong; ask [`Error::kind`] for the structured form.
///
/// ```
/// use kleroterion::{ErrorKind, Quotas};
///
/// let error = Quotas::builder().feature("age").value("16-29", 9..=8).build().unwrap_err();
/// assert!(matches!(error.kind(), ErrorKind::Input(problems) if problems.len() == 1));
/// assert_eq!(error.problems()[0].code, "E-QUOTA-ORDER");
/// ```
#[derive(Debug, Clone)]
pub struct Error(Box<ErrorKind>);

/// One variant per stage at which work can stop.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: Arc<std::io::Error>,
    },
    /// The input has problems: all of them, the quotas' first, then the pool's, then those of the panel size, each in
    /// row order. The text has one line per problem; from the eleventh row with the very same problem on, one line
    /// lists the further rows.
    #[error("{}", Problem::list(.0))]
    Input(Vec<Problem>),
    /// No panel can meet the quotas.
    #[error("{0}")]
    Infeasible(Infeasibility),
    /// The work limit was reached before the answer was found.
    #[error(
        "work limit reached after {work} units while {doing}; no answer is given in place of the one asked for"
    )]
    LimitReached {
        /// What was being computed.
        doing: String,
        /// Work units spent (pivots, nodes).
        work: u64,
    },
    /// No attempt of LEGACY gave a panel. On pools with tight quotas almost none does: that is what the rule is like.
    #[error("{}", attempts_text(*.attempts, (*.most_chosen, *.size), .quota.as_ref(), *.failures))]
    AttemptsExhausted {
        /// Attempts made.
        attempts: u32,
        /// Most seats that an attempt filled before it failed.
        most_chosen: u32,
        /// Seats on the panel.
        size: u32,
        /// The quota that failed most often; `None` when mostly nobody was left to choose.
        quota: Option<Quota>,
        /// Attempts that it failed in.
        failures: u32,
    },
    /// A rule over all panels has too many compositions to list them.
    #[error(
        "{rule} has too many compositions to list ({compositions}; a lottery lists at most 100000): sample panels instead, with a number of tickets and a public source of stage one"
    )]
    TooManyCompositions {
        /// The rule.
        rule: String,
        /// How many there are, in digits, or what is known about it.
        compositions: String,
    },
    /// The numbers came out further from their proofs than 10^-9, so no lottery is given.
    #[error(
        "the lottery found is {gap} x 10^-12 away from the proven optimum, more than 10^-9; no answer is given in place of the one asked for"
    )]
    Inexact {
        /// Largest gap between a level and its bound, in 10^-12.
        gap: u64,
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

fn attempts_text(
    attempts: u32,
    (most, size): (u32, u32),
    quota: Option<&Quota>,
    failures: u32,
) -> String {
    let why = match quota {
        None => "because nobody was left to choose".to_owned(),
        Some(q) => format!("at {} = {}, asked {}..{}", q.feature, q.value, q.min, q.max),
    };
    format!(
        "no panel after {attempts} attempts of the rule legacy: the best filled {most} of {size} seats, and {failures} attempts \
         failed {why}; no answer is given in place of the one asked for"
    )
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

    #[cfg_attr(
        not(any(feature = "csv", feature = "json", feature = "report")),
        allow(dead_code)
    )]
    pub(crate) fn io(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        ErrorKind::Io {
            path: path.into(),
            source: Arc::new(source),
        }
        .into()
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
            ErrorKind::Io { source, .. } => Some(source.as_ref()),
            _ => None,
        }
    }
}
