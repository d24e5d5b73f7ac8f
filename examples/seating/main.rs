//! Who sits at which table in which round:
//! `seating [--members CSV --tables N --rounds N] [--diversify COLUMN,...] [--apart CSV] [--seed TEXT] [--out DIR]`.
//!
//! Without arguments it draws the bundled panel and seats it. It writes `seating.csv` (round,table,id), `cards.csv` (everybody's own tables), and two pages to print:
//! `seating.html` for the door and `cards.html` for the tables. Exit codes: 0 done, 1 no plan found, 2 unreadable or unfit input.

mod bundled;
mod cards;
mod page;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use kleroterion::assembly::{Round, Seating, SeatingReport, zero_repeat_rounds};
use kleroterion::{Error, ErrorKind, io};

/// Seats members at tables so that as many as possible meet and every table looks like the assembly.
#[derive(Parser)]
#[command(name = "seating", version)]
struct Arguments {
    /// The members as CSV, ids in the first column [default: the bundled panel is drawn]
    #[arg(long, value_name = "CSV", requires_all = ["tables", "rounds"])]
    members: Option<PathBuf>,
    /// Tables in every round; their sizes differ by one at most [bundled: 6]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=2000))]
    tables: Option<u32>,
    /// Rounds [bundled: 3]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=200))]
    rounds: Option<u32>,
    /// Columns whose values every table should have in their share
    #[arg(
        long,
        value_name = "COLUMN",
        value_delimiter = ',',
        requires = "members"
    )]
    diversify: Vec<String>,
    /// Pairs who never share a table, as CSV: two ids in every row
    #[arg(long, value_name = "CSV", requires = "members")]
    apart: Option<PathBuf>,
    /// Any text; the same text and files give the same plan
    #[arg(long, value_name = "TEXT", default_value = "1")]
    seed: String,
    /// Folder for the results
    #[arg(long, value_name = "DIR", default_value = "seating-out")]
    out: PathBuf,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            let unfit = matches!(error.kind(), ErrorKind::Input(_) | ErrorKind::Io { .. });
            ExitCode::from(if unfit { 2 } else { 1 })
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Error> {
    let files = match &arguments.members {
        None => bundled::files()?,
        Some(members) => {
            let files = io::SeatingFiles::new(members).diversify(&arguments.diversify);
            match &arguments.apart {
                Some(apart) => files.apart(apart),
                None => files,
            }
        }
    };
    let tables = arguments.tables.unwrap_or(bundled::TABLES);
    let rounds = arguments.rounds.unwrap_or(bundled::ROUNDS);
    let seating = files.read()?.rounds(rounds, &Round::even(tables)).build()?;
    let plan = seating.plan(&arguments.seed)?;
    let report = plan.report(&seating)?;
    let list = io::seating_csv(&plan)?;
    io::Batch::new(&arguments.out)
        .file("seating.csv", list.bytes)
        .file("cards.csv", io::table_cards_csv(&plan)?.bytes)
        .file("seating.html", page::html(&plan, &report))
        .file("cards.html", cards::html(&plan))
        .write()?;
    if !list.warnings.is_empty() {
        eprintln!("{}", ErrorKind::Input(list.warnings));
    }
    println!("{}", summary(&seating, &report, (tables, rounds)));
    println!(
        "\nWritten to {}: seating.html (print for the door), cards.html (print for the tables), seating.csv and cards.csv (for a spreadsheet)",
        arguments.out.display()
    );
    Ok(())
}

fn summary(seating: &Seating, report: &SeatingReport, (tables, rounds): (u32, u32)) -> String {
    let members = seating.members().count() as u32;
    let mut text = format!("{members} members, {tables} tables, {rounds} rounds\n\n{report}");
    let here = zero_repeat_rounds(members, tables);
    if report.largest_repeat > 1 {
        let better = [tables + 1, tables + 2]
            .into_iter()
            .filter(|t| 2 * t <= members)
            .map(|t| (t, zero_repeat_rounds(members, t)));
        if let Some((more, without)) = better.max_by_key(|b| b.1).filter(|b| b.1 > here) {
            text += &format!(
                "\n\nHint: with {more} tables there are {without} rounds in which nobody meets anybody twice; with {tables} tables {here} are known."
            );
        }
    }
    text
}
