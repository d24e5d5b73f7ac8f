//! Reads the input, computes or reopens the lottery, and draws.

use std::path::Path;

use kleroterion::lottery::{Commit, Draw, Lottery, Sources};
use kleroterion::{Instance, Selector, io};

use crate::arguments::{Files, Origin, Plan, Task};
use crate::bar::Bar;
use crate::stop::Stop;

const BUNDLED_QUOTAS: &str = include_str!("../data/quotas.csv");
const BUNDLED_POOL: &str = include_str!("../data/pool.csv");

/// The lottery and, with sources, the draw.
pub(crate) struct Made {
    pub(crate) lottery: Lottery,
    pub(crate) draw: Option<Draw>,
}

impl Made {
    pub(crate) fn new(task: &Task) -> Result<Self, Stop> {
        let sources = task.sources.as_ref().map(Sources::new).transpose()?;
        let lottery = match &task.origin {
            Origin::Computed(plan) => compute(task, plan)?,
            Origin::Committed(path) => reopen(task, path)?,
        };
        let draw = sources.map(|sources| lottery.draw(&sources)).transpose()?;
        Ok(Self { lottery, draw })
    }

    pub(crate) fn instance(&self) -> &Instance {
        self.lottery.instance()
    }
}

fn files(task: &Task) -> io::Files {
    match &task.files {
        Files::Bundled => io::Files::bundled(("bundled quotas.csv", BUNDLED_QUOTAS), ("bundled pool.csv", BUNDLED_POOL)),
        Files::Own { quotas, pool } => io::Files::new(quotas, pool),
    }
}

fn compute(task: &Task, plan: &Plan) -> Result<Lottery, Stop> {
    let files = files(task).household_columns(&task.household);
    let files = match &task.id {
        Some(id) => files.id_column(id),
        None => files,
    };
    let instance = files.read(plan.size)?;
    let mut bar = Bar::new(task.lang);
    let selector = Selector::new(plan.rule).spread(plan.spread).progress(&mut bar);
    let distribution = selector.distribution(&instance)?;
    let lottery = match plan.tickets {
        Some(tickets) => distribution.panel_list(tickets)?,
        None => distribution.into_lottery(),
    };
    Ok(if plan.announce.is_empty() { lottery } else { lottery.announce(&plan.announce)? })
}

/// The lottery of an earlier run, whose commitment says how the pool is to be read.
fn reopen(task: &Task, path: &Path) -> Result<Lottery, Stop> {
    let beside = |name: &str| path.with_file_name(name);
    let commit = Commit::read(beside("commit.json"))?;
    let columns = commit.columns.as_ref();
    let household = columns.and_then(|c| c.household.clone()).unwrap_or_default();
    differences(task, &commit)?;
    let files = files(task).household_columns(household);
    let files = match columns {
        Some(columns) => files.id_column(&columns.id),
        None => files,
    };
    let instance = files.read(commit.panel_size)?;
    Ok(Lottery::reopen(path, commit, beside("certificate.json"), instance)?)
}
