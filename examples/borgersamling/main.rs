//! A municipality's whole process, from population figures to the follow-up, on bundled data: `borgersamling [--out DIR]`.
//! `borgersamling --case FILE [--lang en|da]` prints the sheet of a case file instead, with what it does not show; `examples/cases` has real ones.
//!
//! Every step is a module of its own, in the order of the road: it takes the process at one stage and gives it back at the next, adds its files to a
//! numbered folder, and says in plain words what it did. Nobody in the bundled data exists; what members say and vote is made up.
//! Exit codes: 0 done, 2 unreadable or unfit input, 1 anything else. Nothing is written unless the code is 0.

mod answers;
mod attendance;
mod commission;
mod drawing;
mod invitations;
mod ledger;
mod meetings;
mod pages;
mod quotas;
mod ranking;
mod record;
mod seating;
mod story;
mod votes;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use kleroterion::assembly::process::{Case, Language};
use kleroterion::{Error, ErrorKind, io};

use story::Story;

/// Plays a whole borgersamling on bundled data and writes a numbered folder of its files.
#[derive(Parser)]
#[command(name = "borgersamling", version)]
struct Arguments {
    /// Folder for the results
    #[arg(long, value_name = "DIR", default_value = "borgersamling-out")]
    out: PathBuf,
    /// Print the sheet of this case file (TOML, or JSON if its name ends so), with its findings, and write nothing
    #[arg(long, value_name = "FILE", conflicts_with = "out")]
    case: Option<PathBuf>,
    /// Language of the printed sheet: en, da
    #[arg(long, value_name = "LANG", default_value = "en", requires = "case")]
    lang: Language,
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
    if let Some(path) = &arguments.case {
        print!("{}", read(path)?.sheet(arguments.lang));
        return Ok(());
    }
    let mut story = Story::new();
    let process = commission::run(&mut story)?;
    let (process, quotas) = quotas::run(&mut story, process)?;
    invitations::run(&mut story)?;
    let (process, drawn) = drawing::run(&mut story, process, &quotas)?;
    let tables = seating::run(&mut story, &drawn)?;
    let (process, mut ledger) = meetings::run(&mut story, process, &drawn, tables)?;
    let process = votes::run(&mut story, process, &ledger)?;
    let process = answers::run(&mut story, process, &mut ledger)?;
    record::run(&mut story, process, &ledger)?;
    print!("{}", story.finish(&arguments.out)?);
    Ok(())
}

fn read(path: &Path) -> Result<Case, Error> {
    let text = String::from_utf8_lossy(&io::read_bytes(path)?).into_owned();
    let name = path.display().to_string();
    let is_json = path
        .extension()
        .is_some_and(|extension| extension == "json");
    if is_json {
        Case::from_json(&text, &name)
    } else {
        Case::from_toml(&text, &name)
    }
}
