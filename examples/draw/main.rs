//! From two CSV files to a fair lottery, its public commitment and, with public sources, a panel.
//!
//! `cargo run --release --example draw` runs on a bundled synthetic pool; `--help` lists everything else.
//! Exit codes: 0 done, 2 bad input (every problem on stderr), 3 no panel can exist, 1 anything else.
//! Nothing is written unless the code is 0.

mod arguments;
mod bar;
mod making;
mod record;
mod stop;
mod summary;
mod texts;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Task};
use making::{Input, Made};
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
    let input = Input::read(task)?;
    let made = Made::new(task, &input)?;
    let record = Record::of(&made, task.lang)?;
    record.write(&task.out)?;
    for warning in made.instance.warnings().iter().chain(record.warnings()) {
        eprintln!("{warning}");
    }
    print!("{}", summary::of(task, &made));
    Ok(())
}
