//! Quotas from population figures:
//! `quotas [--shares CSV --size N] [--method hamilton|sainte-lague|adams|range|tolerance:T] [--minimum FEATURE=VALUE:N …] [--out FILE]`.
//!
//! Without `--shares` it works on the bundled figures. `--out quotas.csv` is written for `draw` and for the standard tool; the arithmetic stands beside it
//! in `quotas-arithmetic.csv`. Exit codes: 0 done, 2 unreadable or unfit input, 1 anything else.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use kleroterion::quota::{Apportionment, FeatureSeats, Method, Minimum, Shares, TIE_RULE};
use kleroterion::{Error, ErrorKind, io};

const BUNDLED: &str = include_str!("data/shares.csv");
/// Seats on the panel that the bundled pool is for.
const BUNDLED_SIZE: u32 = 36;

/// Turns population figures into quotas and shows the arithmetic.
#[derive(Parser)]
#[command(name = "quotas", version)]
struct Arguments {
    /// Population figures as CSV: feature,value,share (or percentage, or count) [default: the bundled ones]
    #[arg(long, value_name = "FILE", requires = "size")]
    shares: Option<PathBuf>,
    /// Seats on the panel [default: 36, with the bundled figures]
    #[arg(long, value_name = "N")]
    size: Option<u32>,
    /// hamilton, sainte-lague, adams, range (rounded down to rounded up), tolerance:T (± T seats such as 1, or percentage points such as 5%)
    #[arg(long, value_name = "METHOD", default_value = "range")]
    method: Method,
    /// Fewest seats for a value, whatever its share: "age=under 20:2"; may be repeated
    #[arg(long, value_name = "FEATURE=VALUE:N")]
    minimum: Vec<Minimum>,
    /// The quotas, for `draw --quotas`; the arithmetic goes into a second file of this name with -arithmetic
    #[arg(long, value_name = "FILE", default_value = "quotas-out.csv")]
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
    let shares = match &arguments.shares {
        Some(path) => io::read_shares(path)?,
        None => {
            println!("Demonstration with the bundled figures; nobody in them exists.\n");
            io::shares("shares.csv (bundled)", BUNDLED)?
        }
    };
    if !shares.warnings().is_empty() {
        eprintln!("{}", ErrorKind::Input(shares.warnings().to_vec()));
    }
    let size = arguments.size.unwrap_or(BUNDLED_SIZE);
    let found = shares.apportion(size, arguments.method, &arguments.minimum)?;
    print(&shares, &found);
    let arithmetic = beside(&arguments.out);
    write(arguments, &arithmetic, &found)?;
    println!("Quotas     {}", arguments.out.display());
    println!("Arithmetic {}", arithmetic.display());
    Ok(())
}

/// `quotas.csv` becomes `quotas-arithmetic.csv`.
fn beside(out: &Path) -> PathBuf {
    let stem = out.file_stem().unwrap_or_default().to_string_lossy();
    out.with_file_name(format!("{stem}-arithmetic.csv"))
}

/// Both files or neither.
fn write(arguments: &Arguments, arithmetic: &Path, found: &Apportionment) -> Result<(), Error> {
    let out = &arguments.out;
    io::Batch::beside(out)
        .keeping(&arguments.shares)
        .named(out, io::quotas_csv(found.quotas())?)
        .named(arithmetic, io::arithmetic_csv(found)?)
        .write()
}

fn print(shares: &Shares, found: &Apportionment) {
    println!("{} seats by the method {}", found.size, found.method);
    for (feature, given) in found.features.iter().zip(shares.features()) {
        println!("\n{} ({})", feature.feature, given.kind);
        let width = feature
            .lines
            .iter()
            .map(|l| l.value.chars().count())
            .max()
            .unwrap_or(0)
            .max(5);
        println!(
            "  {:<width$}  {:>12}  {:>12}  {:>9}",
            "value", "figure", "exact seats", "seats"
        );
        for line in &feature.lines {
            let seats = if line.min == line.max {
                line.min.to_string()
            } else {
                format!("{} to {}", line.min, line.max)
            };
            let exact = line.share.to_string();
            let minimum = if line.protected > 0 {
                format!("  at least {}", line.protected)
            } else {
                String::new()
            };
            println!(
                "  {:<width$}  {:>12}  {exact:>12}  {seats:>9}{minimum}",
                line.value, line.figure
            );
        }
        print_ties(feature);
    }
    println!();
}

fn print_ties(feature: &FeatureSeats) {
    let named = |lines: &[usize]| {
        let names: Vec<&str> = lines
            .iter()
            .map(|&l| feature.lines[l].value.as_str())
            .collect();
        names.join(", ")
    };
    for tie in &feature.ties {
        println!(
            "  Tie: {} got the last seat, {} did not, with equal claims.",
            named(&tie.given),
            named(&tie.refused)
        );
        println!("  Rule: {TIE_RULE}.");
    }
}
