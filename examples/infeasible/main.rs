//! Why no panel exists, and the smallest changes that make one possible: each is written as a quotas file that works with `draw`.
//!
//! `cargo run --release --example infeasible` runs on bundled synthetic data; `--help` lists everything else.
//! Exit codes: 0 a panel exists (says who can be on one), 3 none exists, 2 bad input, 1 anything else.

mod arguments;
mod pages;

use std::process::ExitCode;

use clap::Parser;
use kleroterion::feasibility::{Case, Relaxation};
use kleroterion::{Error, ErrorKind, io};

use arguments::Arguments;

/// What the program found.
enum Answer {
    Exists,
    None,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(Answer::Exists) => ExitCode::SUCCESS,
        Ok(Answer::None) => ExitCode::from(3),
        Err(error) => {
            eprintln!("{error}");
            let unfit = matches!(error.kind(), ErrorKind::Input(_) | ErrorKind::Io { .. });
            ExitCode::from(if unfit { 2 } else { 1 })
        }
    }
}

fn run(arguments: &Arguments) -> Result<Answer, Error> {
    let case = arguments.case()?;
    let options = arguments.options();
    if arguments.is_bundled() {
        println!("{}\n", pages::BUNDLED);
    }
    let Some(finding) = case.explain(&options)? else {
        let inclusion = case.inclusion(&options)?;
        print!("{}", pages::exists(case.instance(), &inclusion));
        if !inclusion.excluded.is_empty() {
            include(arguments, &case)?;
        }
        return Ok(Answer::Exists);
    };
    println!("{}", pages::clash(&case, &finding));
    let suggestions = case.suggest(&options)?;
    write(arguments, &case, &suggestions.relaxations)?;
    print!("{}", pages::suggestions(arguments, &suggestions));
    Ok(Answer::None)
}

/// Room for everybody, if the quotas may change.
fn include(arguments: &Arguments, case: &Case) -> Result<(), Error> {
    let found = case.include_everyone(&arguments.options())?;
    if let Some(relaxation) = &found {
        let file = io::quotas_csv(&relaxation.quotas(case)?)?;
        let batch = io::Batch::new(&arguments.out).keeping(arguments.inputs());
        batch.file(pages::EVERYBODY, file).write()?;
    }
    print!("{}", pages::everybody(arguments, found.as_ref()));
    Ok(())
}

/// One quotas file per suggestion.
fn write(arguments: &Arguments, case: &Case, found: &[Relaxation]) -> Result<(), Error> {
    if found.is_empty() {
        return Ok(());
    }
    let mut batch = io::Batch::new(&arguments.out).keeping(arguments.inputs());
    for (number, relaxation) in (1..).zip(found) {
        let file = io::quotas_csv(&relaxation.quotas(case)?)?;
        batch = batch.file(pages::name(number), file);
    }
    batch.write()?;
    // Those of an earlier run would pass for more of this one.
    let further = (found.len() + 1..).map(|number| arguments.out.join(pages::name(number)));
    further.take_while(|path| path.is_file()).for_each(|path| {
        let _ = std::fs::remove_file(path);
    });
    Ok(())
}
