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

const SAMPLE: &str = "\
What to do: add --tickets N (such as 1000) and --stage-one \"a public value that is known now\", such as a lottery result of
yesterday that you announced before it was known. Then N panels are sampled, each as likely as the rule says.";

const ATTEMPTS: &str = "\
What to do: allow more with --attempts N, or take a rule that always finds a panel when there is one, such as leximin.
Drawing again with another source until a panel comes is no public draw.";

const INFEASIBLE: &str = "\
What to do: run the program `infeasible` with the same --quotas, --pool, --size, --household, --household-most,
--seated and --excluded. It names quotas that clash and
lists the smallest changes that make a panel possible.";

/// True when quotas, pool and size are sound in themselves and no panel meets them.
fn is_infeasible(error: &Error) -> bool {
    let problems = error.problems();
    let misfit = || problems.iter().all(|p| p.is_misfit() || p.is_warning());
    matches!(error.kind(), ErrorKind::Infeasible(_)) || (!problems.is_empty() && misfit())
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
            Stop::Library(error) => {
                error.fmt(f)?;
                match error.kind() {
                    ErrorKind::TooManyCompositions { .. } => write!(f, "\n{SAMPLE}"),
                    ErrorKind::AttemptsExhausted { .. } => write!(f, "\n{ATTEMPTS}"),
                    _ if is_infeasible(error) => write!(f, "\n{INFEASIBLE}"),
                    _ => Ok(()),
                }
            }
            Stop::Output(message) => f.write_str(message),
        }
    }
}
