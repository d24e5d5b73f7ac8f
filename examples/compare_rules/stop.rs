//! Why the program ends without having written anything.

use std::fmt;

use kleroterion::{Error, ErrorKind};

/// The reason, which decides the exit code.
pub(crate) enum Stop {
    /// The command line cannot be used; each entry is one complete message.
    Arguments(Vec<String>),
    /// The library stopped.
    Library(Error),
}

impl Stop {
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Stop::Arguments(_) => 2,
            Stop::Library(error) => match error.kind() {
                ErrorKind::Input(_) | ErrorKind::Io { .. } | ErrorKind::Format { .. } => 2,
                ErrorKind::Infeasible(_) => 3,
                _ => 1,
            },
        }
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Library(error)
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stop::Arguments(messages) => f.write_str(&messages.join("\n")),
            Stop::Library(error) => error.fmt(f),
        }
    }
}
