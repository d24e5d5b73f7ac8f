//! The command line, and what it asks for.

use std::path::PathBuf;

use clap::Parser;
use kleroterion::{Instance, io};

use crate::contender::{self, Contender};
use crate::stop::Stop;
use crate::texts::Lang;

const BUNDLED_QUOTAS: &str = include_str!("../data/quotas.csv");
const BUNDLED_POOL: &str = include_str!("../data/pool.csv");
/// Seats of the bundled pool.
const BUNDLED_SIZE: u32 = 36;

/// Compares fairness rules on one pool of volunteers. Without arguments it runs on a bundled synthetic pool.
#[derive(Parser)]
#[command(name = "compare_rules", version)]
pub(crate) struct Arguments {
    /// Quotas as CSV: feature,value,min,max
    #[arg(long, value_name = "FILE")]
    quotas: Option<PathBuf>,
    /// Volunteers as CSV, one row per person, one column per feature
    #[arg(long, value_name = "FILE")]
    pool: Option<PathBuf>,
    /// Seats on the panel
    #[arg(long, value_name = "N")]
    size: Option<u32>,
    /// Column with the ids [default: the first]
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,
    /// Columns that together name a household; at most one person of each is drawn
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    household: Vec<String>,
    /// Most people of one household on the panel [default: 1]
    #[arg(long, value_name = "N", requires = "household", value_parser = clap::value_parser!(u32).range(1..))]
    household_most: Option<u32>,
    /// Rules to compare, in this order [default: all]
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    rules: Vec<Contender>,
    /// Population shares of pairs of values as CSV: feature,value,feature,value,share
    #[arg(long, value_name = "FILE")]
    population: Option<PathBuf>,
    /// For so many kinds of people, ask what they could gain by misreporting; each costs a run of every rule
    #[arg(long, value_name = "N", default_value_t = 10)]
    misreports: usize,
    /// Draws from which the chances of rules without a lottery are estimated
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..))]
    draws: u32,
    /// Where uniform or max-entropy have too many compositions to list: estimate their chances from so many sampled
    /// panels [default: leave their row empty]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    tickets: Option<u32>,
    /// Most work (pivots and nodes) for one run of a rule [default: no limit]
    #[arg(long, value_name = "N")]
    work_limit: Option<u64>,
    /// Language of the table and of comparison.html
    #[arg(long, value_enum, default_value_t = Lang::En)]
    lang: Lang,
    /// Folder for the results
    #[arg(long, value_name = "DIR", default_value = "compare-out")]
    out: PathBuf,
}

/// What a valid command line asks for.
pub(crate) struct Task {
    files: io::Files,
    size: u32,
    pub(crate) is_bundled: bool,
    pub(crate) contenders: Vec<Contender>,
    pub(crate) population: Option<PathBuf>,
    pub(crate) misreports: usize,
    pub(crate) effort: Effort,
    pub(crate) lang: Lang,
    pub(crate) out: PathBuf,
}

/// What one run of a rule may cost.
#[derive(Clone, Copy)]
pub(crate) struct Effort {
    pub(crate) draws: u32,
    pub(crate) tickets: Option<u32>,
    pub(crate) work_limit: u64,
}

impl Arguments {
    /// The task, or every gap at once.
    pub(crate) fn into_task(self) -> Result<Task, Stop> {
        let problems = self.problems();
        if !problems.is_empty() {
            return Err(Stop::Arguments(problems));
        }
        let is_bundled = self.pool.is_none();
        let files = match (&self.quotas, &self.pool) {
            (Some(quotas), Some(pool)) => io::Files::new(quotas, pool),
            _ => io::Files::bundled(
                ("bundled quotas.csv", BUNDLED_QUOTAS),
                ("bundled pool.csv", BUNDLED_POOL),
            ),
        };
        let files = files
            .household_columns(&self.household)
            .household_most(self.household_most.unwrap_or(1));
        let mut contenders = if self.rules.is_empty() {
            contender::all()
        } else {
            self.rules
        };
        let mut seen = Vec::new();
        contenders.retain(|contender| {
            let is_new = !seen.contains(contender);
            seen.push(contender.clone());
            is_new
        });
        Ok(Task {
            files: match self.id {
                Some(id) => files.id_column(id),
                None => files,
            },
            size: self.size.unwrap_or(BUNDLED_SIZE),
            is_bundled,
            contenders,
            population: self.population,
            misreports: self.misreports,
            effort: Effort {
                draws: self.draws,
                tickets: self.tickets,
                work_limit: self.work_limit.unwrap_or(u64::MAX),
            },
            lang: self.lang,
            out: self.out,
        })
    }

    fn problems(&self) -> Vec<String> {
        let own = self.quotas.is_some()
            || self.pool.is_some()
            || self.size.is_some()
            || self.id.is_some()
            || !self.household.is_empty();
        let needed = [
            (
                self.quotas.is_some(),
                "--quotas FILE is missing: a CSV file with the columns feature,value,min,max",
            ),
            (
                self.pool.is_some(),
                "--pool FILE is missing: a CSV file with one row per volunteer",
            ),
            (
                self.size.is_some(),
                "--size N is missing: the number of seats",
            ),
        ];
        let missing = needed.iter().filter(|(given, _)| own && !given);
        missing.map(|(_, text)| (*text).to_owned()).collect()
    }
}

impl Task {
    /// Reads and checks the input.
    pub(crate) fn instance(&self) -> Result<Instance, Stop> {
        Ok(self.files.read(self.size)?)
    }
}
