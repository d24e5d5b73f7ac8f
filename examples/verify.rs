//! Checks a published draw without trusting the program that made it: `verify TRANSCRIPT --pool FILE --quotas FILE`.
//!
//! Prints every check with its verdict, and the counts last. Exit codes: 0 nothing rejected, 1 rejected, 2 unreadable input.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use kleroterion::audit::{self, Report, Transcript};
use kleroterion::{Error, io};
use serde::de::IgnoredAny;

/// Checks the transcript of a draw against the pool and the quotas it was made from.
#[derive(Parser)]
#[command(name = "verify", version)]
struct Arguments {
    /// transcript.json of the draw
    transcript: PathBuf,
    /// The volunteers as CSV, as they were at the draw
    #[arg(long, value_name = "FILE")]
    pool: PathBuf,
    /// The quotas as CSV
    #[arg(long, value_name = "FILE")]
    quotas: PathBuf,
}

/// Why there is no report.
enum Stop {
    /// A file is missing, or is not what it should be.
    Unreadable(Error),
    /// The transcript contradicts itself before the other files are looked at.
    Rejected(String),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Unreadable(error)
    }
}

fn main() -> ExitCode {
    match examine(&Arguments::parse()) {
        Ok(report) => {
            println!("{report}");
            ExitCode::from(u8::from(!report.holds()))
        }
        Err(Stop::Rejected(step)) => {
            println!("REJECTED     {step}");
            ExitCode::from(1)
        }
        Err(Stop::Unreadable(error)) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn examine(arguments: &Arguments) -> Result<Report, Stop> {
    let transcript = read(&arguments.transcript)?;
    let commit = &transcript.commit;
    let mut files = io::Files::new(&arguments.quotas, &arguments.pool);
    if let Some(columns) = &commit.columns {
        files = files
            .id_column(&columns.id)
            .household_columns(columns.household.clone().unwrap_or_default());
    }
    match files.read(commit.panel_size) {
        Ok(instance) => Ok(audit::examine(&transcript, &instance)),
        // A changed column name or panel size must not pass for a fault of the files.
        Err(_) if commit.commitment()?.to_string() != transcript.commitment => Err(Stop::Rejected(
            "commitment: it is not the digest of what was committed".into(),
        )),
        Err(error) => Err(error.into()),
    }
}

/// What has the parts of a transcript but not its form was changed after it was made; anything else is another file.
fn read(path: &Path) -> Result<Transcript, Stop> {
    let bytes = io::read_bytes(path)?;
    let name = path.display().to_string();
    io::json::transcript(&bytes, &name).map_err(|error| {
        let parts: BTreeMap<String, IgnoredAny> =
            serde_json::from_slice(&bytes).unwrap_or_default();
        if ["commit", "draw", "lottery"]
            .iter()
            .all(|part| parts.contains_key(*part))
        {
            Stop::Rejected(error.to_string())
        } else {
            Stop::Unreadable(error)
        }
    })
}
