//! What a member of the pool gets and checks: `receipt --receipt FILE --commit FILE [--transcript FILE]`.
//!
//! Without arguments it plays the whole thing on bundled data: the organiser commits to the pool, everybody gets a receipt, one member checks theirs, and
//! a receipt that somebody changed is found out. `--openings FILE` is for the organiser: it writes receipts for everybody, or with `--id` for one
//! person, from the openings.json of a draw. Exit codes: 0 the receipt holds, or all is written, 1 a receipt does not hold, 2 unreadable or unfit input.

mod demonstration;
mod published;
mod story;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use kleroterion::privacy::Screen;
use kleroterion::{Error, ErrorKind, audit, io};

use published::PublishedFile;

/// Checks that you are in the pool that a draw was committed to, with your own values.
#[derive(Parser)]
#[command(name = "receipt", version)]
struct Arguments {
    /// Your receipt.json [default: the bundled pool is committed to]
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "openings",
        requires = "commit"
    )]
    receipt: Option<PathBuf>,
    /// The published commit.json of the draw
    #[arg(long, value_name = "FILE")]
    commit: Option<PathBuf>,
    /// The published transcript.json, once the panel is drawn: shows your place among all ids as well
    #[arg(long, value_name = "FILE", requires = "receipt")]
    transcript: Option<PathBuf>,
    /// For the organiser: the openings.json of the draw, to make receipts from
    #[arg(long, value_name = "FILE", requires = "commit")]
    openings: Option<PathBuf>,
    /// Whose receipt to make [default: everybody's; in the demonstration the first member of the panel]
    #[arg(long, value_name = "ID", conflicts_with = "receipt")]
    id: Option<String>,
    /// The ids have ten digits for another reason than being CPR numbers
    #[arg(long)]
    ids_are_other_numbers: bool,
    /// Folder for what is written
    #[arg(long, value_name = "DIR", default_value = "receipt-out")]
    out: PathBuf,
}

impl Arguments {
    fn screen(&self) -> Screen {
        match self.ids_are_other_numbers {
            true => Screen::ids_are_other_numbers(),
            false => Screen::strict(),
        }
    }
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(code) => code,
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

fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    match (&arguments.commit, &arguments.receipt, &arguments.openings) {
        (Some(commit), Some(receipt), _) => check(arguments, commit, receipt),
        (Some(commit), None, Some(openings)) => issue(arguments, commit, openings),
        (Some(_), None, None) => {
            eprintln!(
                "--commit FILE needs --receipt FILE (to check one) or --openings FILE (to make them)"
            );
            Ok(ExitCode::from(2))
        }
        (None, ..) => demonstration::play(arguments).map(|()| ExitCode::SUCCESS),
    }
}

/// A member looks.
fn check(arguments: &Arguments, commit: &Path, receipt: &Path) -> Result<ExitCode, Error> {
    let commit = PublishedFile::commit(commit)?;
    let receipt = io::json::read_receipt(receipt)?;
    let mut report = audit::examine_receipt(&receipt, commit.published());
    if let Some(path) = &arguments.transcript {
        let transcript = PublishedFile::transcript(path)?;
        let after = audit::examine_receipt(&receipt, transcript.published());
        report = report.and(after);
    }
    story::print(&receipt, &report);
    Ok(ExitCode::from(u8::from(!report.holds())))
}

/// The organiser makes receipts for others.
fn issue(arguments: &Arguments, commit: &Path, openings: &Path) -> Result<ExitCode, Error> {
    let commit = PublishedFile::commit(commit)?;
    let openings = io::json::read_openings(openings)?;
    let receipts = match &arguments.id {
        Some(id) => vec![openings.receipt(id, &arguments.screen())?],
        None => openings.receipts(&arguments.screen())?,
    };
    let commitment = commit.commitment()?;
    let mut batch = io::Batch::new(&arguments.out);
    let count = receipts.len();
    for (number, receipt) in receipts.into_iter().enumerate() {
        let receipt = receipt.of_commitment(commitment);
        // One for all: they share the root.
        if number == 0 {
            audit::verify_receipt(&receipt, commit.published())?;
        }
        let name = match &arguments.id {
            Some(_) => "receipt.json".to_owned(),
            None => format!("receipt-{}.json", receipt.person.index + 1),
        };
        batch = batch.file(name, receipt.to_json()?);
    }
    batch.write()?;
    println!(
        "{count} receipts written to {}. Each belongs to one person and to nobody else: send it to them, and publish none.",
        arguments.out.display()
    );
    if count > 1 {
        println!(
            "The number in a file's name is the person's place among all ids in order of their bytes, from 1."
        );
    }
    Ok(ExitCode::SUCCESS)
}
