//! Checks a published draw without trusting the program that made it: `verify TRANSCRIPT --pool FILE --quotas FILE`.
//!
//! Prints every check with its verdict, then the checks that could not be made, with the reason. Exit codes: 0 nothing
//! rejected, 1 rejected, 2 unreadable input.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use kleroterion::audit::{self, Report, Transcript, Verdict};
use kleroterion::{Error, ErrorKind, Instance, io};

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

enum Stop {
    Unreadable(String),
    Rejected(String),
}

fn main() -> ExitCode {
    let outcome = examine(&Arguments::parse());
    match outcome {
        Ok(report) => print(&report),
        Err(Stop::Unreadable(message)) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
        Err(Stop::Rejected(message)) => {
            println!("REJECTED     {message}");
            ExitCode::from(1)
        }
    }
}
