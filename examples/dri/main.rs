//! The Deliberative Reason Index of forums before and after: `dri [--data CSV] [--exchange labels|within-person] [--permutations N]`.
//!
//! The file has one row per person and time with the columns `case,stage_id,pnum,C1…,P1…`; `stage_id` is 1 before and 2 after. The table
//! `case,n,dri_pre,dri_post,adjusted_pre,adjusted_post,p` goes to standard output as CSV, everything else to standard error. `p` is that of a
//! permutation test for a rise of the adjusted index; its stream is keyed by the name of the case, so that it is the same on every machine and does
//! not depend on the file's other cases. Without `--data` it works on made-up forums. Exit codes: 0 done, 2 unreadable or unfit input, 1 anything else.

mod made;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use kleroterion::evidence::reasoning::{Exchange, Formula, Forum};
use kleroterion::evidence::{Alternative, Permutations};
use kleroterion::{Error, ErrorKind, io};

const HEADER: &str = "case,n,dri_pre,dri_post,adjusted_pre,adjusted_post,p";

/// Do people who agree on reasons agree on what should be done, and more so after deliberation?
#[derive(Parser)]
#[command(name = "dri", version)]
struct Arguments {
    /// Answers as CSV: case,stage_id (1 before, 2 after),pnum,C1,C2,…,P1,P2,… [default: made-up forums]
    #[arg(long, value_name = "CSV")]
    data: Option<PathBuf>,
    /// What the test exchanges: the labels before and after among all answers, as in the published analyses, or each person's two sets of answers
    #[arg(long, value_enum, default_value = "labels")]
    exchange: Exchanged,
    /// Permutations; the smallest possible p is 1/(N + 1)
    #[arg(long, value_name = "N", default_value_t = 9_999)]
    permutations: u32,
}

#[derive(Clone, Copy, ValueEnum)]
enum Exchanged {
    Labels,
    WithinPerson,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(table) => {
            print!("{table}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            let unfit = matches!(error.kind(), ErrorKind::Input(_) | ErrorKind::Io { .. });
            ExitCode::from(if unfit { 2 } else { 1 })
        }
    }
}

fn run(arguments: &Arguments) -> Result<String, Error> {
    let forums = match &arguments.data {
        Some(path) => io::read_forums(path)?,
        None => {
            eprintln!("Demonstration with made-up forums; nobody in them exists.");
            io::forums("made-up answers", made::answers_csv())?
        }
    };
    let mut table = format!("{HEADER}\n");
    for forum in &forums {
        table += &row(forum, arguments)?;
    }
    Ok(table)
}

fn row(forum: &Forum, arguments: &Arguments) -> Result<String, Error> {
    let compared = forum.compare()?;
    let exchange = match arguments.exchange {
        Exchanged::Labels => Exchange::Labels,
        Exchanged::WithinPerson => Exchange::WithinPerson,
    };
    let permutations = Permutations::new(arguments.permutations, &forum.case);
    let terms = (exchange, Alternative::Greater);
    let test = compared.change_test(Formula::ADJUSTED, terms, &permutations);
    let (before, after) = (compared.before(), compared.after());
    let figures = [
        before.index(Formula::Original),
        after.index(Formula::Original),
        before.index(Formula::ADJUSTED),
        after.index(Formula::ADJUSTED),
        test.p,
    ];
    let figures = figures.map(|figure| format!("{figure:.10}"));
    let (case, people) = (quoted(&forum.case), before.people().len());
    Ok(format!("{case},{people},{}\n", figures.join(",")))
}

/// A cell of CSV.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
