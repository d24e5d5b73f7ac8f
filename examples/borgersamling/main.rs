//! A municipality's whole process, from population figures to the follow-up, on bundled data: `borgersamling [--out DIR]`.
//!
//! Every step is a module of its own, in the order of the road: it takes the process at one stage and gives it back at the next, adds its files to a
//! numbered folder, and says in plain words what it did. Nobody in the bundled data exists; what members say and vote is made up.
//! Exit codes: 0 done, 2 unreadable or unfit input, 1 anything else. Nothing is written unless the code is 0.

mod answers;
mod commission;
mod drawing;
mod invitations;
mod meetings;
mod quotas;
mod record;
mod story;
mod votes;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use kleroterion::{Error, ErrorKind};

use story::Story;

/// Plays a whole borgersamling on bundled data and writes a numbered folder of its files.
#[derive(Parser)]
#[command(name = "borgersamling", version)]
struct Arguments {
    /// Folder for the results
    #[arg(long, value_name = "DIR", default_value = "borgersamling-out")]
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
    let mut story = Story::new();
    let process = commission::run(&mut story)?;
    let (process, quotas) = quotas::run(&mut story, process)?;
    invitations::run(&mut story)?;
    let (process, drawn) = drawing::run(&mut story, process, &quotas)?;
    let process = meetings::run(&mut story, process, &drawn)?;
    let process = votes::run(&mut story, process)?;
    let process = answers::run(&mut story, process)?;
    record::run(&mut story, process, &drawn)?;
    print!("{}", story.finish(&arguments.out)?);
    Ok(())
}
