//! From two CSV files to a fair lottery, its public commitment and, with public sources, a panel.
//!
//! `cargo run --release --example draw` runs on a bundled synthetic pool; `--help` lists everything else.
//! Exit codes: 0 done, 2 bad input (every problem on stderr), 3 no panel can exist, 1 anything else.
//! Nothing is written unless the code is 0.

mod arguments;
mod bar;
mod commands;
mod direct;
mod making;
mod page;
mod promised;
mod record;
mod rounding;
mod stop;
mod summary;
mod texts;

use std::process::ExitCode;

use clap::Parser;
use kleroterion::{ErrorKind, Instance};

use arguments::{Arguments, Origin, Task};
use making::Made;
use record::Record;
use stop::Stop;

fn main() -> ExitCode {
    match Arguments::parse().into_task().and_then(|task| run(&task)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            eprintln!("{stop}");
            ExitCode::from(stop.exit_code())
        }
    }
}

fn run(task: &Task) -> Result<(), Stop> {
    if matches!(task.origin, Origin::Direct(_) | Origin::CommittedDirect(_)) {
        return direct::run(task);
    }
    let made = Made::new(task)?;
    let record = Record::of(&made, task.lang)?.screened(&task.screen)?;
    finish(task, record, made.instance())?;
    print!("{}", summary::of(task, &made));
    Ok(())
}

/// Writes the files, then lists what was odd.
fn finish(task: &Task, record: Record, instance: &Instance) -> Result<(), Stop> {
    let warnings = [instance.warnings(), record.warnings()].concat();
    record.write(task)?;
    if !warnings.is_empty() {
        // Lists them as it lists problems: many of one kind become one line.
        eprintln!("{}", ErrorKind::Input(warnings));
    }
    Ok(())
}
