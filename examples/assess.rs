//! How far a lottery made elsewhere is from what each rule asks for:
//! `assess LOTTERY --quotas FILE --pool FILE --size N [--household COLUMN,…] [--rules a,b]`.
//!
//! The lottery is CSV (`weight,id,id,…` with one row per panel, or `panel,weight,id` with one row per seat) or a
//! `lottery.json` of this crate. Exit codes: 0 done, 2 unreadable or unfit input, 1 anything else.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use kleroterion::lottery::Lottery;
use kleroterion::selection::{Assessment, Basis, Measured};
use kleroterion::{Error, ErrorKind, Instance, Ratio, Rule, io, metrics};

/// Measures a lottery beside what no lottery can do better, rule by rule.
#[derive(Parser)]
#[command(name = "assess", version)]
struct Arguments {
    /// Panels and weights as CSV, or a lottery.json
    lottery: PathBuf,
    /// The quotas as CSV
    #[arg(long, value_name = "FILE")]
    quotas: PathBuf,
    /// The volunteers as CSV
    #[arg(long, value_name = "FILE")]
    pool: PathBuf,
    /// Seats on the panel
    #[arg(long, value_name = "N")]
    size: u32,
    /// Column with the ids [default: the first]
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,
    /// Columns that together name a household
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    household: Vec<String>,
    /// Most people of one household on the panel [default: 1]
    #[arg(long, value_name = "N", requires = "household", value_parser = clap::value_parser!(u32).range(1..))]
    household_most: Option<u32>,
    /// Rules to judge by
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "leximin,minimax,nash,goldilocks,least-squares"
    )]
    rules: Vec<Rule>,
}

fn main() -> ExitCode {
    match assess(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            let unfit = matches!(
                error.kind(),
                ErrorKind::Input(_)
                    | ErrorKind::Io { .. }
                    | ErrorKind::Format { .. }
                    | ErrorKind::Rejected(_)
            );
            ExitCode::from(if unfit { 2 } else { 1 })
        }
    }
}

fn assess(arguments: &Arguments) -> Result<(), Error> {
    let files = io::Files::new(&arguments.quotas, &arguments.pool);
    let files = files
        .household_columns(&arguments.household)
        .household_most(arguments.household_most.unwrap_or(1));
    let instance = match &arguments.id {
        Some(id) => files.id_column(id),
        None => files,
    }
    .read(arguments.size)?;
    let lottery = read(&arguments.lottery, instance)?;
    describe(&lottery);
    println!();
    let [rule, measure, value, bound, gap] = ["rule", "measure", "value", "no better than", "gap"];
    println!("{rule:<18} {measure:<44} {value:>14} {bound:>14} {gap:>10}");
    for &rule in &arguments.rules {
        print(&rule.assess(&lottery)?);
    }
    Ok(())
}

fn read(path: &Path, instance: Instance) -> Result<Lottery, Error> {
    if path
        .extension()
        .is_some_and(|extension| extension == "json")
    {
        return Lottery::imported(instance, io::json::read_lottery(path)?);
    }
    let imported = io::read_import(path)?.check(&instance)?;
    if !imported.warnings().is_empty() {
        eprintln!("{}", ErrorKind::Input(imported.warnings().to_vec()));
    }
    Ok(imported.into_lottery())
}

fn describe(lottery: &Lottery) {
    let chances: Vec<Ratio> = lottery.probabilities().into_iter().map(|p| p.1).collect();
    let never = chances.iter().filter(|p| p.numerator == 0).count();
    let weights = lottery.record().weights();
    println!("panels or compositions   {}", weights.len());
    println!(
        "effective number         {:.1}",
        metrics::effective_number(weights)
    );
    println!("people without a chance  {never} of {}", chances.len());
    match lottery.largest_inequality() {
        None => println!("equal people             have equal chances"),
        Some(found) => println!(
            "equal people             differ by {:.4} points: {} has {}, {} has {}",
            100.0 * (found.higher.1.to_f64() - found.lower.1.to_f64()),
            found.lower.0,
            found.lower.1,
            found.higher.0,
            found.higher.1
        ),
    }
}

fn print(assessment: &Assessment) {
    let measure = match assessment.measured {
        Measured::Level { number, below: 0 } => format!("lowest chance (level {number})"),
        Measured::Level { number, below } => {
            format!("chance at level {number}, above {below} people")
        }
        Measured::Highest => "highest chance".to_owned(),
        Measured::GeometricMean => "geometric mean of the chances".to_owned(),
        Measured::Squares => "sum of squared chances".to_owned(),
        Measured::Entropy => "entropy over panels, nats".to_owned(),
        Measured::Goldilocks => "(n/k) max p + gamma (k/n) / min p".to_owned(),
        _ => "another measure".to_owned(),
    };
    let searched = match assessment.basis {
        Basis::Integers => "",
        Basis::Fit => " (by a fit, to 10^-6)",
        _ => " (by search)",
    };
    println!(
        "{:<18} {measure:<44} {:>14.9} {:>14.9} {:>9.4}%{searched}",
        assessment.rule.to_string(),
        assessment.value,
        assessment.bound,
        100.0 * assessment.gap
    );
}
