//! The command line.

use std::path::PathBuf;

use clap::Parser;
use kleroterion::feasibility::{Case, Options};
use kleroterion::{Error, io};

/// Seats of the bundled quotas.
const BUNDLED_SIZE: u32 = 36;
const BUNDLED_QUOTAS: &str = include_str!("../data/infeasible-quotas.csv");
const BUNDLED_POOL: &str = include_str!("../data/pool.csv");

/// Says why no panel can meet the quotas, and what the smallest changes are that make one possible. Without
/// arguments it runs on bundled synthetic data.
#[derive(Parser)]
#[command(name = "infeasible", version)]
pub(crate) struct Arguments {
    /// Quotas as CSV: feature,value,min,max and, if you like, min_flex,max_flex: how far you would go
    #[arg(long, value_name = "FILE", requires = "pool", requires = "size")]
    pub(crate) quotas: Option<PathBuf>,
    /// Volunteers as CSV, one row per person, one column per feature
    #[arg(long, value_name = "FILE", requires = "quotas")]
    pub(crate) pool: Option<PathBuf>,
    /// Seats on the panel
    #[arg(long, value_name = "N", requires = "quotas")]
    pub(crate) size: Option<u32>,
    /// Column with the ids [default: the first]
    #[arg(long, value_name = "COLUMN", requires = "quotas")]
    pub(crate) id: Option<String>,
    /// Columns that together name a household; at most one person of each may sit
    #[arg(
        long,
        value_name = "COLUMN",
        value_delimiter = ',',
        requires = "quotas"
    )]
    pub(crate) household: Vec<String>,
    /// Most people of one household on the panel [default: 1]
    #[arg(long, value_name = "N", requires = "household", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) household_most: Option<u32>,
    /// People who sit already: CSV with the id column; --size counts their seats
    #[arg(long, value_name = "FILE", requires = "quotas")]
    pub(crate) seated: Option<PathBuf>,
    /// People who cannot be drawn: CSV with the id column
    #[arg(long, value_name = "FILE", requires = "quotas")]
    pub(crate) excluded: Option<PathBuf>,
    /// Most suggestions that are equally good by the same measure
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..))]
    alternatives: u16,
    /// Most work units (simplex pivots and search nodes) for each kind of suggestion
    #[arg(long, value_name = "UNITS", default_value_t = 20_000)]
    work_limit: u64,
    /// Folder for the suggested quotas
    #[arg(long, value_name = "DIR", default_value = "infeasible-out")]
    pub(crate) out: PathBuf,
}

impl Arguments {
    /// Seats asked for.
    pub(crate) fn size(&self) -> u32 {
        self.size.unwrap_or(BUNDLED_SIZE)
    }

    pub(crate) fn is_bundled(&self) -> bool {
        self.quotas.is_none()
    }

    /// The files, read.
    pub(crate) fn case(&self) -> Result<Case, Error> {
        let files = match (&self.quotas, &self.pool) {
            (Some(quotas), Some(pool)) => io::Files::new(quotas, pool),
            _ => io::Files::bundled(
                ("infeasible-quotas.csv", BUNDLED_QUOTAS),
                ("pool.csv", BUNDLED_POOL),
            ),
        };
        let files = files
            .household_columns(&self.household)
            .household_most(self.household_most.unwrap_or(1));
        let files = match &self.id {
            Some(id) => files.id_column(id),
            None => files,
        };
        let files = match &self.seated {
            Some(path) => files.seated(path),
            None => files,
        };
        let files = match &self.excluded {
            Some(path) => files.excluded(path),
            None => files,
        };
        files.read_case(self.size())
    }

    /// The files that are read.
    pub(crate) fn inputs(&self) -> Vec<&PathBuf> {
        let files = [&self.quotas, &self.pool, &self.seated, &self.excluded];
        files.into_iter().flatten().collect()
    }

    /// How long to look, and for how many.
    pub(crate) fn options(&self) -> Options {
        Options::default()
            .most_per_goal(self.alternatives.into())
            .work_limit(self.work_limit)
    }
}
