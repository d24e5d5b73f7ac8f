//! What happens when somebody drops out of a drawn panel:
//! `replacements [--transcript FILE --pool FILE --quotas FILE --dropouts CSV] [--policy ranked|matched|shadows|none] [--cut-off DATE] [--out DIR]`.
//!
//! Without arguments it draws the bundled panel and plays a few made-up dropouts. It writes `replacements.json`, which may be published and which
//! `--check` verifies, and `panel.csv`, which may not. Exit codes: 0 done, 1 a record that does not hold, 2 unreadable or unfit input.

mod input;
mod ready;
mod story;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use kleroterion::assembly::{DropoutModel, ReplacementRecord, Reserves};
use kleroterion::privacy::Screen;
use kleroterion::{Error, ErrorKind, audit, io};

use input::Input;

/// Says who steps in for whom, by a policy that was fixed beforehand.
#[derive(Parser)]
#[command(name = "replacements", version)]
struct Arguments {
    /// transcript.json of the draw [default: the bundled pool is drawn]
    #[arg(long, value_name = "FILE", requires_all = ["pool", "quotas"])]
    transcript: Option<PathBuf>,
    /// The volunteers as CSV, as they were at the draw
    #[arg(long, value_name = "FILE", requires = "transcript")]
    pool: Option<PathBuf>,
    /// The quotas as CSV
    #[arg(long, value_name = "FILE", requires = "transcript")]
    quotas: Option<PathBuf>,
    /// Columns that together name a household [default: those of the transcript]
    #[arg(
        long,
        value_name = "COLUMN",
        value_delimiter = ',',
        requires = "transcript"
    )]
    household: Vec<String>,
    /// The list of people who sat already, if the draw was made with one
    #[arg(long, value_name = "FILE", requires = "transcript")]
    seated: Option<PathBuf>,
    /// The list of people who could not be drawn, if the draw was made with one
    #[arg(long, value_name = "FILE", requires = "transcript")]
    excluded: Option<PathBuf>,
    /// Who left, in order of days, as CSV: id,date (YYYY-MM-DD)
    #[arg(long, value_name = "CSV", requires = "transcript")]
    dropouts: Option<PathBuf>,
    /// ranked (the first who keeps the quotas), matched (the first of equal values), shadows (one per member), none
    #[arg(long, default_value = "ranked")]
    policy: Reserves,
    /// The last day on which a seat is filled again, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    cut_off: Option<String>,
    /// Chance that a member drops out, for the list of alternates to keep ready
    #[arg(long, value_name = "CHANCE", default_value_t = 0.15)]
    chance: f64,
    /// Check this replacements.json against the transcript in place of writing one
    #[arg(long, value_name = "FILE", requires = "transcript", conflicts_with_all = ["dropouts", "cut_off"])]
    check: Option<PathBuf>,
    /// The ids have ten digits for another reason than being CPR numbers
    #[arg(long)]
    ids_are_other_numbers: bool,
    /// Folder for the results
    #[arg(long, value_name = "DIR", default_value = "replacements-out")]
    out: PathBuf,
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
    let input = Input::read(arguments)?;
    if let Some(path) = &arguments.check {
        let record = io::json::read_replacements(path)?;
        let report = audit::examine_replacements(&record, input.drawn_by(), &input.instance);
        println!("{report}");
        return Ok(ExitCode::from(u8::from(!report.holds())));
    }
    // refused before anything is written
    DropoutModel::constant(arguments.chance)?;
    let dropouts = input.dropouts(arguments)?;
    let alternates = input.drawn_by().alternates_of(&input.instance)?;
    let policy = arguments.policy();
    let story = alternates.replay(&policy, &dropouts)?;
    let transcript = input.digest()?;
    let record = ReplacementRecord::new(&alternates, transcript, policy, dropouts)?;
    audit::verify_replacements(&record, input.drawn_by(), &input.instance)?;
    let json = record.to_json()?;
    let screen = match arguments.ids_are_other_numbers {
        true => Screen::ids_are_other_numbers(),
        false => Screen::strict(),
    };
    screen.json("replacements.json", &json)?;
    let table = io::selected_csv(&input.instance, &story.panel)?;
    io::Batch::new(&arguments.out)
        .keeping(
            [&arguments.pool, &arguments.quotas, &arguments.dropouts]
                .into_iter()
                .flatten(),
        )
        .file("replacements.json", json)
        .file("panel.csv", table.bytes)
        .write()?;
    if !table.warnings.is_empty() {
        eprintln!("{}", ErrorKind::Input(table.warnings));
    }
    story::print(&input, &record, &story);
    ready::print(&input, arguments.chance)?;
    let out = arguments.out.display();
    println!("\nWritten to {out}: replacements.json (may be published), panel.csv (never publish)");
    Ok(ExitCode::SUCCESS)
}
