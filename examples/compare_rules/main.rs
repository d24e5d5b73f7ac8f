//! Every rule on one pool: who gains and who loses by each, in one table and one page.
//!
//! `cargo run --release --example compare_rules` runs on a bundled synthetic pool; `--help` lists everything else.
//! Exit codes: 0 done, 2 bad input (every problem on stderr), 3 no panel can exist, 1 anything else. A single rule that
//! cannot be computed is no failure: its row says why. Nothing is written unless the code is 0.

mod arguments;
mod clock;
mod comparison;
mod contender;
mod figures;
mod page;
mod plots;
mod stop;
mod table;
mod texts;

use std::process::ExitCode;

use clap::Parser;
use kleroterion::{ErrorKind, Instance, io};

use arguments::{Arguments, Task};
use comparison::Comparison;
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
    let instance: Instance = task.instance()?;
    let population = match &task.population {
        Some(path) => Some(io::read_pair_shares(path, &instance)?),
        None => None,
    };
    let comparison = Comparison::new(task, &instance, population.as_ref())?;
    let reports: Vec<_> = comparison
        .rows
        .iter()
        .filter_map(|row| Some((row.name.as_str(), &row.figures()?.intersections)))
        .collect();
    io::Batch::new(&task.out)
        .file("comparison.csv", table::csv(&comparison)?)
        .file(
            "intersections.csv",
            io::intersections_csv(&instance, &reports)?,
        )
        .file("comparison.html", page::html(&comparison, task.lang))
        .write()?;
    if !instance.warnings().is_empty() {
        eprintln!("{}", ErrorKind::Input(instance.warnings().to_vec()));
    }
    print!("{}", table::console(&comparison, task));
    Ok(())
}
