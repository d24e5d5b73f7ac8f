//! Reads the input, computes or reopens the lottery, and draws.

use std::fs::File;
use std::path::{Path, PathBuf};

use kleroterion::lottery::{Columns, Commitment, Draw, Lottery, Sources, Terms};
use kleroterion::pool_commitment::{Openings, Salts};
use kleroterion::privacy::SecretKey;
use kleroterion::{Error, ErrorKind, Instance, Selector, audit, io};

use crate::arguments::{Files, Origin, Plan, Promise, Task};
use crate::bar::Bar;
use crate::stop::Stop;

const BUNDLED_QUOTAS: &str = include_str!("../data/quotas.csv");
const BUNDLED_POOL: &str = include_str!("../data/pool.csv");

/// The lottery and, with sources, the draw.
pub(crate) struct Made {
    pub(crate) lottery: Lottery,
    pub(crate) draw: Option<Draw>,
    /// Behind the root of the pool, when there is one.
    pub(crate) openings: Option<Openings>,
}

impl Made {
    pub(crate) fn new(task: &Task) -> Result<Self, Stop> {
        let unreadable = unreadable(task);
        if !unreadable.is_empty() {
            return Err(Stop::Input(unreadable));
        }
        let sources = task.sources.as_ref().map(Sources::new).transpose()?;
        let (lottery, openings) = match &task.origin {
            Origin::Computed(plan) => compute(task, plan)?,
            Origin::Committed(path) => (reopen(task, path)?, None),
            Origin::Direct(_) | Origin::CommittedDirect(_) => {
                unreachable!("drawn without a lottery")
            }
        };
        let draw = sources.map(|sources| lottery.draw(&sources)).transpose()?;
        Ok(Self {
            lottery,
            draw,
            openings,
        })
    }

    pub(crate) fn instance(&self) -> &Instance {
        self.lottery.instance()
    }
}

/// A message for every file of the input that cannot be opened.
pub(crate) fn unreadable(task: &Task) -> Vec<String> {
    let mut paths = Vec::new();
    if let Files::Own { quotas, pool } = &task.files {
        paths.extend([(quotas.clone(), ""), (pool.clone(), "")]);
    }
    let lists = [&task.settled.seated, &task.settled.excluded];
    paths.extend(lists.into_iter().flatten().map(|list| (list.clone(), "")));
    paths.extend(task.salt_key.iter().map(|key| (key.clone(), "")));
    paths.extend(task.terms().map(|terms| (terms.clone(), "")));
    if let Origin::CommittedDirect(path) = &task.origin {
        paths.push((path.clone(), ""));
    }
    if let Origin::Committed(path) = &task.origin {
        paths.push((path.clone(), ""));
        let beside = |name| {
            (
                path.with_file_name(name),
                "; it must lie beside lottery.json",
            )
        };
        paths.extend(["commit.json", "certificate.json"].map(beside));
    }
    let message = |(path, hint): (PathBuf, &str)| {
        File::open(&path)
            .err()
            .map(|error| format!("{}: {error}{hint}", path.display()))
    };
    paths.into_iter().filter_map(message).collect()
}

fn files(task: &Task) -> io::Files {
    let mut files = match &task.files {
        Files::Bundled => io::Files::bundled(
            ("bundled quotas.csv", BUNDLED_QUOTAS),
            ("bundled pool.csv", BUNDLED_POOL),
        ),
        Files::Own { quotas, pool } => io::Files::new(quotas, pool),
    };
    if let Some(seated) = &task.settled.seated {
        files = files.seated(seated);
    }
    if let Some(excluded) = &task.settled.excluded {
        files = files.excluded(excluded);
    }
    files
}

/// The input, read as the command line says.
pub(crate) fn instance(task: &Task, size: u32) -> Result<Instance, Stop> {
    let files = files(task)
        .household_columns(&task.household)
        .household_most(task.household_most.unwrap_or(1));
    let files = match &task.id {
        Some(id) => files.id_column(id),
        None => files,
    };
    screened(task, files.read(size)?)
}

/// Nothing is worked out for a pool whose ids must not be published.
fn screened(task: &Task, instance: Instance) -> Result<Instance, Stop> {
    task.screen.ids(&instance)?;
    Ok(instance)
}

/// The salted commitments to everybody, when a key is given.
pub(crate) fn openings(task: &Task, instance: &Instance) -> Result<Option<Openings>, Stop> {
    let Some(path) = &task.salt_key else {
        return Ok(None);
    };
    let key = SecretKey::new(io::read_bytes(path)?)?;
    Ok(Some(Openings::seal(instance, &[], Salts::from_key(&key))?))
}

/// The input, read as a commitment says.
pub(crate) fn committed_instance(
    task: &Task,
    columns: Option<&Columns>,
    seats: u32,
) -> Result<Instance, Stop> {
    let mut files = files(task);
    if let Some(columns) = columns {
        files = files.committed_columns(columns);
    }
    screened(task, files.read_left(seats)?)
}

/// What the draw is committed on, when a file says it.
pub(crate) fn terms(promise: &Promise) -> Result<Option<Terms>, Error> {
    match promise {
        Promise::Terms(path) => io::read_terms(path).map(Some),
        Promise::Announced(_) => Ok(None),
    }
}

/// Both, or the problems of both.
pub(crate) fn both<A, B>(one: Result<A, Stop>, other: Result<B, Error>) -> Result<(A, B), Stop> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (Err(Stop::Library(one)), Err(other)) if !one.problems().is_empty() => {
            let problems = [one.problems(), other.problems()].concat();
            Err(Error::from(ErrorKind::Input(problems)).into())
        }
        (Err(stop), _) => Err(stop),
        (_, Err(error)) => Err(error.into()),
    }
}

/// The same problems, with the file they are in.
pub(crate) fn of_file(path: &Path, error: &Error) -> Error {
    let mut problems = error.problems().to_vec();
    for problem in &mut problems {
        problem.file = Some(path.display().to_string());
    }
    ErrorKind::Input(problems).into()
}

fn compute(task: &Task, plan: &Plan) -> Result<(Lottery, Option<Openings>), Stop> {
    let (instance, terms) = both(instance(task, plan.size), terms(&plan.promise))?;
    let openings = openings(task, &instance)?;
    let mut bar = Bar::new(task.lang);
    let selector = Selector::new(plan.rule)
        .spread(plan.spread)
        .progress(&mut bar);
    let lottery = match plan.tickets {
        Some(tickets) if plan.rounding.samples(plan.rule) => {
            selector.sampled(&instance, tickets, &plan.rounding.stage_one()?)?
        }
        Some(tickets) => {
            let distribution = selector.distribution(&instance)?;
            plan.rounding.list(distribution, tickets)?
        }
        None => selector.distribution(&instance)?.into_lottery(),
    };
    let lottery = match (&plan.promise, terms) {
        (Promise::Terms(path), Some(terms)) => {
            lottery.on_terms(terms).map_err(|e| of_file(path, &e))?
        }
        (Promise::Announced(texts), _) if !texts.is_empty() => lottery.announce(texts)?,
        _ => lottery,
    };
    let lottery = match &openings {
        Some(openings) => lottery.commit_pool(&openings.root())?,
        None => lottery,
    };
    Ok((lottery, openings))
}

/// The lottery of an earlier run, whose commitment says how the pool is to be read.
fn reopen(task: &Task, path: &Path) -> Result<Lottery, Stop> {
    let record = io::json::read_lottery(path)?;
    let commit = io::json::read_commit(path.with_file_name("commit.json"))?;
    let certificate = io::json::read_certificate(path.with_file_name("certificate.json"))?;
    let other = [
        published_digest(path, commit.commitment()?)?,
        other_columns(task, commit.columns.as_ref(), "--lottery"),
    ]
    .concat();
    if !other.is_empty() {
        return Err(Stop::Input(other));
    }
    let instance = committed_instance(task, commit.columns.as_ref(), commit.panel_size)?;
    let refused = |error| {
        Stop::Input(vec![format!(
            "{} cannot be drawn from:\n{error}",
            path.display()
        )])
    };
    audit::reopen(commit, record, certificate, &instance).map_err(refused)
}

/// The `commitment.txt` beside a file of the record, when it belongs to another commit.json.
pub(crate) fn published_digest(beside: &Path, found: Commitment) -> Result<Vec<String>, Stop> {
    let path = beside.with_file_name("commitment.txt");
    if !path.exists() {
        return Ok(Vec::new());
    }
    let published = String::from_utf8_lossy(&io::read_bytes(&path)?).into_owned();
    let same = published.trim() == found.to_string();
    let differs = || {
        format!(
            "{} says {:?}, but the commit.json beside it has the digest {found}: it was changed after it was published",
            path.display(),
            published.trim()
        )
    };
    Ok((!same).then(differs).into_iter().collect())
}

/// Columns on the command line that are not the committed ones.
pub(crate) fn other_columns(task: &Task, columns: Option<&Columns>, given: &str) -> Vec<String> {
    let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
    let id = columns.map_or("", |columns| columns.id.as_str());
    let household: &[String] = columns
        .and_then(|columns| columns.household.as_deref())
        .unwrap_or_default();
    let mut other = Vec::new();
    if task.id.as_ref().is_some_and(|name| !same(name, id)) {
        other.push(format!(
            "--id is not the committed column {id:?}: leave it out together with {given}"
        ));
    }
    let equal = task.household.len() == household.len()
        && task
            .household
            .iter()
            .zip(household)
            .all(|(a, b)| same(a, b));
    if !task.household.is_empty() && !equal {
        other.push(format!(
            "--household is not the committed {household:?}: leave it out together with {given}"
        ));
    }
    let most = columns.and_then(|columns| columns.most).unwrap_or(1);
    if task.household_most.is_some_and(|stated| stated != most) {
        other.push(format!(
            "--household-most is not the committed {most}: leave it out together with {given}"
        ));
    }
    other
}
