//! Why the program ends without having written anything.

use std::fmt;

use kleroterion::{Error, ErrorKind};

/// The reason, which decides the exit code.
pub(crate) enum Stop {
    /// The command line or a file cannot be used; each entry is one complete message.
    Input(Vec<String>),
    /// The library stopped.
    Library(Error),
    /// Another lottery is already committed in the output folder, or a file cannot be written.
    Output(String),
}

impl Stop {
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Stop::Input(_) => 2,
            Stop::Output(_) => 1,
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
            Stop::Input(messages) => f.write_str(&messages.join("\n")),
            Stop::Library(error) => error.fmt(f),
            Stop::Output(message) => f.write_str(message),
        }
    }
}
