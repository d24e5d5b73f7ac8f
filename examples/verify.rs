//! Checks a published draw without trusting the program that made it:
//! `verify TRANSCRIPT --pool FILE --quotas FILE`, and whatever else was published beside it (`--help`).
//!
//! Prints every check with its verdict, and the counts last. Exit codes: 0 nothing rejected, 1 rejected, 2 unreadable input.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use kleroterion::audit::{self, DirectTranscript, DrawnBy, Published, Report, Transcript};
use kleroterion::lottery::{Columns, Commit, CommittedPool, DirectCommit};
use kleroterion::{Error, Instance, io};
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
    /// The list of people who sat already, if the draw was made with one
    #[arg(long, value_name = "FILE")]
    seated: Option<PathBuf>,
    /// The list of people who could not be drawn, if the draw was made with one
    #[arg(long, value_name = "FILE")]
    excluded: Option<PathBuf>,
    /// registration.json that the commitment belongs to
    #[arg(long, value_name = "FILE")]
    registration: Option<PathBuf>,
    /// An earlier commit.json of the same ceremony; once per file, the oldest first
    #[arg(long, value_name = "FILE")]
    earlier: Vec<PathBuf>,
    /// The auditor's openings.json, to check the root of the pool
    #[arg(long, value_name = "FILE")]
    openings: Option<PathBuf>,
    /// A member's receipt.json, to check that it leads to the root
    #[arg(long, value_name = "FILE")]
    receipt: Option<PathBuf>,
    /// The published replacements.json of this draw
    #[arg(long, value_name = "FILE")]
    replacements: Option<PathBuf>,
    /// The published panel-openings.json: what the drawn panel is like
    #[arg(long, value_name = "FILE")]
    panel_openings: Option<PathBuf>,
    /// The published spot-check.json: whom an auditor is to meet
    #[arg(long, value_name = "FILE")]
    spot_check: Option<PathBuf>,
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
        Ok(reports) => {
            for report in &reports {
                println!("{report}");
            }
            ExitCode::from(u8::from(!reports.iter().all(Report::holds)))
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

/// The report on the transcript, then those on the files before it and after it.
fn examine(arguments: &Arguments) -> Result<Vec<Report>, Stop> {
    let record = read(&arguments.transcript)?;
    let (columns, seats, pool) = match &record {
        Record::Lottery(t) => (
            t.commit.columns.as_ref(),
            t.commit.panel_size,
            &t.commit.pool,
        ),
        Record::Direct(t) => (Some(&t.commit.columns), t.commit.panel_size, &t.commit.pool),
    };
    let read = files(arguments, columns).read_left(seats);
    let instance = instance(read, record.is_committed()?).map_err(|stop| hint(arguments, stop))?;
    let report = match &record {
        Record::Lottery(transcript) => audit::examine(transcript, &instance),
        Record::Direct(transcript) => audit::examine_direct(transcript, &instance),
    };
    let report = opened(arguments, report, (pool, &instance))?;
    let earlier = before(arguments, &record)?;
    let mut reports = vec![earlier.into_iter().fold(report, Report::and)];
    reports.extend(beside(arguments, &record, &instance)?);
    Ok(reports)
}

/// What the registration and earlier commitments say, where they are given.
fn before(arguments: &Arguments, record: &Record) -> Result<Vec<Report>, Error> {
    let mut reports = Vec::new();
    if let Some(path) = &arguments.registration {
        let registration = io::json::read_registration(path)?;
        let report = audit::examine_registration(&registration, record.published());
        reports.push(report);
    }
    if !arguments.earlier.is_empty() {
        let earlier = arguments.earlier.iter().map(|path| read_commit(path));
        let earlier = earlier.collect::<Result<Vec<Earlier>, Error>>()?;
        let chain = earlier.iter().map(Earlier::published);
        let chain = chain.chain([record.published()]);
        reports.push(audit::examine_chain(chain));
    }
    Ok(reports)
}

/// What goes with the draw: receipt, openings, people to be met, replacements.
fn beside(
    arguments: &Arguments,
    record: &Record,
    instance: &Instance,
) -> Result<Vec<Report>, Error> {
    let mut reports = Vec::new();
    if let Some(path) = &arguments.receipt {
        let receipt = io::json::read_receipt(path)?;
        reports.push(audit::examine_receipt(&receipt, record.published()));
    }
    if let Some(path) = &arguments.panel_openings {
        let openings = io::json::read_panel_openings(path)?;
        reports.push(audit::examine_panel_openings(&openings, record.drawn_by()));
    }
    if let Some(path) = &arguments.spot_check {
        let check = io::json::read_spot_check(path)?;
        reports.push(audit::examine_spot_check(&check, record.published()));
    }
    if let Some(path) = &arguments.replacements {
        let replaced = io::json::read_replacements(path)?;
        let report = audit::examine_replacements(&replaced, record.drawn_by(), instance);
        reports.push(report);
    }
    Ok(reports)
}

/// An earlier commitment, of either kind of draw.
enum Earlier {
    Lottery(Box<Commit>),
    Direct(Box<DirectCommit>),
}

impl Earlier {
    fn published(&self) -> Published<'_> {
        match self {
            Self::Lottery(commit) => commit.as_ref().into(),
            Self::Direct(commit) => commit.as_ref().into(),
        }
    }
}

/// The error is that of the kind with a lottery, which is the usual one.
fn read_commit(path: &Path) -> Result<Earlier, Error> {
    match io::json::read_direct_commit(path) {
        Ok(commit) => Ok(Earlier::Direct(commit.into())),
        Err(_) => Ok(Earlier::Lottery(io::json::read_commit(path)?.into())),
    }
}

/// The report, with what the auditor's file shows.
fn opened(
    arguments: &Arguments,
    report: Report,
    (committed, instance): (&CommittedPool, &Instance),
) -> Result<Report, Stop> {
    let Some(path) = &arguments.openings else {
        return Ok(report);
    };
    let openings = io::json::read_openings(path)?;
    Ok(report.and(audit::examine_openings(&openings, committed, instance)))
}

/// The input, read as the commitment says.
fn files(arguments: &Arguments, columns: Option<&Columns>) -> io::Files {
    let mut files = io::Files::new(&arguments.quotas, &arguments.pool);
    if let Some(seated) = &arguments.seated {
        files = files.seated(seated);
    }
    if let Some(excluded) = &arguments.excluded {
        files = files.excluded(excluded);
    }
    match columns {
        None => files,
        Some(columns) => files.committed_columns(columns),
    }
}

/// A changed column name or panel size must not pass for a fault of the files.
fn instance(read: Result<Instance, Error>, is_committed: bool) -> Result<Instance, Stop> {
    read.map_err(|error| match is_committed {
        true => error.into(),
        false => Stop::Rejected("commitment: it is not the digest of what was committed".into()),
    })
}

/// Quotas above the seats: perhaps only the seats of people who left were drawn.
fn hint(arguments: &Arguments, stop: Stop) -> Stop {
    let above = |error: &Error| error.problems().iter().any(|p| p.code == "E-QUOTA-SUM-MIN");
    if arguments.seated.is_none() && matches!(&stop, Stop::Unreadable(error) if above(error)) {
        eprintln!(
            "If people sat already when these seats were drawn, give their list with --seated, as at the draw."
        );
    }
    stop
}

/// The two kinds of transcripts.
enum Record {
    Lottery(Box<Transcript>),
    Direct(Box<DirectTranscript>),
}

impl Record {
    fn published(&self) -> Published<'_> {
        match self {
            Self::Lottery(transcript) => transcript.as_ref().into(),
            Self::Direct(transcript) => transcript.as_ref().into(),
        }
    }

    fn drawn_by(&self) -> DrawnBy<'_> {
        match self {
            Self::Lottery(transcript) => transcript.as_ref().into(),
            Self::Direct(transcript) => transcript.as_ref().into(),
        }
    }

    /// Whether the commitment is that of what was committed.
    fn is_committed(&self) -> Result<bool, Error> {
        Ok(match self {
            Self::Lottery(t) => t.commit.commitment()?.to_string() == t.commitment,
            Self::Direct(t) => t.commit.commitment()?.to_string() == t.commitment,
        })
    }
}

/// What has the parts of a transcript but not its form was changed after it was made; anything else is another file.
fn read(path: &Path) -> Result<Record, Stop> {
    let bytes = io::read_bytes(path)?;
    let name = path.display().to_string();
    let parts: BTreeMap<String, IgnoredAny> = serde_json::from_slice(&bytes).unwrap_or_default();
    let has = |names: &[&str]| names.iter().all(|part| parts.contains_key(*part));
    // Only a lottery's transcript holds one.
    let record = if has(&["commit", "draw"]) && !has(&["lottery"]) {
        io::json::direct_transcript(&bytes, &name).map(|found| Record::Direct(found.into()))
    } else {
        io::json::transcript(&bytes, &name).map(|found| Record::Lottery(found.into()))
    };
    record.map_err(|error| match has(&["commit", "draw"]) {
        true => Stop::Rejected(error.to_string()),
        false => Stop::Unreadable(error),
    })
}
