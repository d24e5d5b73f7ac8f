//! Plays a whole public ceremony on the bundled pool, in the order an official would: `ceremony [--tickets N] [--missing-beacon] [--out DIR]`.
//!
//! Every step writes the files that are published at that moment into a folder of its own, and says what happens in the room. The beacon is real (rounds of
//! drand's network quicknet of 23 August 2023), so the ceremony is set on that day; everything else is made up. Exit codes: 0 done, 1 something does
//! not hold, 2 unfit input or a folder that cannot be written.

mod script;
mod steps;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use kleroterion::{Error, ErrorKind};

/// Plays a whole public ceremony on the bundled pool, with the files of every step.
#[derive(Parser)]
#[command(name = "ceremony", version)]
pub(crate) struct Arguments {
    /// Equally likely panels, drawn with numbered balls
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    tickets: u32,
    /// The number on the balls [default: 417, or the highest if there are fewer]
    #[arg(long, value_name = "N")]
    balls: Option<u64>,
    /// Play that the beacon does not appear: the committed fallback takes its place
    #[arg(long)]
    missing_beacon: bool,
    /// Folder for the files
    #[arg(long, value_name = "DIR", default_value = "ceremony-out")]
    out: PathBuf,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            let unfit = matches!(
                error.kind(),
                ErrorKind::Input(_) | ErrorKind::Io { .. } | ErrorKind::Format { .. }
            );
            ExitCode::from(if unfit { 2 } else { 1 })
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Error> {
    println!(
        "Demonstration: a bundled pool is drawn from, and nobody in it exists. The beacon is real, of 23 August 2023.\n"
    );
    // A number that is on no ball is refused before anything is written.
    script::ball(arguments.tickets, arguments.balls)?;
    let openings = steps::openings()?;
    let closed = steps::pool(arguments, &openings)?;
    let committed = steps::lottery(arguments, closed)?;
    let sources = steps::sources(arguments, committed)?;
    let published = steps::draw(arguments, (sources, &openings))?;
    steps::replacements(arguments, published)
}
