//! Pairs of features read as one: which quotas are joint, and in which cell of a pair everybody is.
//!
//! From here on a joint feature is a feature like any other. Its values are the cells that have a quota, and `other` for
//! everybody else, with as many seats as there are.

mod lines;
mod name;

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Problem;
use crate::pool::{Pool, PoolDraft, columns, key};
use crate::quota::{Quota, Quotas, QuotasDraft, duplicate, joint};

use name::Name;

/// One feature made of two.
pub(super) struct Joint {
    /// Folded, as in the canonical order.
    pub(super) name: String,
    /// In ascending order of their folded names.
    pub(super) parts: [Part; 2],
    /// Positions among the given quotas, by folded values.
    cells: BTreeMap<[String; 2], usize>,
    /// False when a row with a further cell may be missing.
    complete: bool,
    /// Everybody's place, in source order.
    pub(super) places: Vec<Place>,
    /// People in no listed cell, by the folded value of either part.
    others: [BTreeMap<String, usize>; 2],
}

/// One of the two features of a pair.
pub(super) struct Part {
    pub(super) folded: String,
    /// As the first row that names it spells it.
    spelled: String,
    column: usize,
    /// Folded: those that have quotas, else those of the pool.
    values: BTreeSet<String>,
    /// The feature has quotas of its own.
    has_quotas: bool,
    /// False when a further value may be missing.
    complete: bool,
}

/// Where somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the cell of the given quota at this position.
    Cell(usize),
    /// In no cell that has a quota.
    Other,
    /// A value is missing or unknown.
    Unknown,
}

/// What the quotas mean beside a pool.
#[derive(Default)]
pub(super) struct Reading {
    /// Every quota as the canonical order names it, with its position among those given.
    pub(super) quotas: Vec<(Quota, Option<usize>)>,
    pub(super) joints: Vec<Joint>,
    /// Folded features that may be joint, while there is no pool to tell.
    pub(super) open: BTreeSet<String>,
    pub(super) quota_problems: Vec<Problem>,
    pub(super) pool_problems: Vec<Problem>,
}

/// The quotas, the pool and the seats that are read together.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a> {
    pub(super) given: &'a Quotas,
    pub(super) draft: &'a QuotasDraft,
    pub(super) pool: &'a Pool,
    /// Rows of the pool that could not be read.
    pub(super) doubtful: usize,
    pub(super) size: u32,
}

impl Reading {
    /// The quotas by themselves: nothing tells which are joint.
    pub(super) fn without_pool(given: &Quotas) -> Self {
        let all = given.iter().cloned().enumerate();
        let names = given.iter().map(|q| q.feature.as_str());
        Self {
            quotas: all.map(|(at, quota)| (quota, Some(at))).collect(),
            open: names
                .filter(|name| !joint::splits(name).is_empty())
                .map(key::fold)
                .collect(),
            ..Self::default()
        }
    }

    /// The quotas beside a pool.
    pub(super) fn new(sources: Sources<'_>) -> Self {
        let mut reading = Self::default();
        let names = reading.names(sources);
        for (at, quota) in sources.given.iter().enumerate() {
            match &names[&key::fold(&quota.feature)] {
                Name::Ordinary => reading.quotas.push((quota.clone(), Some(at))),
                Name::Joint(index, turned) => reading.cell(sources, at, (*index, *turned)),
                Name::Wrong => {}
            }
        }
        for index in 0..reading.joints.len() {
            reading.seat(sources.pool, index);
            reading.other(sources.size, index);
        }
        reading.blanks(sources.pool);
        reading
    }

    /// A quota of a joint feature: its cell, named in canonical order.
    fn cell(&mut self, sources: Sources<'_>, at: usize, (index, turned): (usize, bool)) {
        let quota = &sources.given.quotas[at];
        let file = sources.given.file.as_deref();
        let headers = &sources.given.headers;
        let joint = &mut self.joints[index];
        let [first, second] = match name::cell(&quota.value, joint.written(turned)) {
            Ok(cell) if turned => [cell[1], cell[0]],
            Ok(cell) => cell,
            Err(problem) => {
                let located = |p: Problem| p.at(file, quota.row, Some(&headers.value));
                self.quota_problems.extend(problem.map(|p| located(*p)));
                return;
            }
        };
        let [left, right] = joint.parts.each_ref().map(|part| part.spelled.as_str());
        let named = Quota {
            feature: joint::join(left, right),
            value: joint::join(first, second),
            ..quota.clone()
        };
        let cell = [key::fold(first), key::fold(second)];
        if let Some(&earlier) = joint.cells.get(&cell) {
            let row = sources.given.quotas[earlier].row;
            self.quota_problems
                .push(duplicate(sources.given, &named, row));
            return;
        }
        joint.cells.insert(cell, at);
        self.quotas.push((named, Some(at)));
    }

    /// Everybody's place in a joint feature.
    fn seat(&mut self, pool: &Pool, index: usize) {
        let joint = &mut self.joints[index];
        let mut spellings: [BTreeMap<&str, Option<String>>; 2] = Default::default();
        for person in &pool.people {
            let mut values: [Option<String>; 2] = [None, None];
            for side in 0..2 {
                let part = &joint.parts[side];
                let cell = person.cells[part.column].as_str();
                let known = || Some(key::fold(cell)).filter(|value| part.values.contains(value));
                values[side].clone_from(spellings[side].entry(cell).or_insert_with(known));
            }
            let [Some(first), Some(second)] = values else {
                joint.places.push(Place::Unknown);
                continue;
            };
            let cell = [first, second];
            joint.places.push(match joint.cells.get(&cell) {
                Some(&at) => Place::Cell(at),
                None => {
                    for (count, value) in joint.others.iter_mut().zip(cell) {
                        *count.entry(value).or_default() += 1;
                    }
                    Place::Other
                }
            });
        }
    }

    /// The quota without a limit, when somebody is in no listed cell.
    fn other(&mut self, size: u32, index: usize) {
        let joint = &self.joints[index];
        if !joint.places.contains(&Place::Other) {
            return;
        }
        let [left, right] = joint.parts.each_ref().map(|part| part.spelled.as_str());
        let other = Quota {
            feature: joint::join(left, right),
            value: joint::OTHER.to_owned(),
            min: 0,
            max: size,
            min_flex: None,
            max_flex: None,
            row: None,
        };
        self.quotas.push((other, None));
    }

    /// Empty cells where only joint quotas need a value.
    fn blanks(&mut self, pool: &Pool) {
        let mut seen = BTreeSet::new();
        for joint in &self.joints {
            let name = joint.spelled();
            let free = |part: &&Part| !part.has_quotas;
            for part in joint.parts.iter().filter(free) {
                if !seen.insert(part.column) {
                    continue;
                }
                let header = key::clean(&pool.columns[part.column]);
                let blank = |p: &&crate::pool::Person| key::is_blank(&p.cells[part.column]);
                for person in pool.people.iter().filter(blank) {
                    let found = match person.row {
                        Some(_) => "an empty cell".to_owned(),
                        None => format!("no value for the person {:?}", person.id),
                    };
                    let expected = format!("a value, which the quotas of {name:?} need");
                    let problem = Problem::new("E-POOL-EMPTY", found, expected);
                    let file = pool.file.as_deref();
                    self.pool_problems
                        .push(problem.at(file, person.row, Some(&header)));
                }
            }
        }
    }
}

impl Joint {
    /// The name in canonical order, as the first row spells it.
    fn spelled(&self) -> String {
        joint::join(&self.parts[0].spelled, &self.parts[1].spelled)
    }

    /// The parts in the order in which a row names them.
    fn written(&self, turned: bool) -> [&Part; 2] {
        let [first, second] = &self.parts;
        if turned {
            [second, first]
        } else {
            [first, second]
        }
    }
}

impl Part {
    /// The feature in this column; its values are filled from the quotas, or from the pool.
    fn new(sources: Sources<'_>, spelled: &str, own: Option<&BTreeSet<String>>) -> Found {
        let expected = "a column for this feature of the quotas";
        let column = columns::find(&sources.pool.columns, spelled, expected)?;
        let folded = key::fold(spelled);
        let draft = sources.draft;
        let (values, complete) = match own {
            Some(values) => (
                values.clone(),
                !draft.gaps && !draft.doubtful.contains(&folded),
            ),
            None => {
                let cells = sources.pool.people.iter().map(|p| p.cells[column].as_str());
                let cells: BTreeSet<&str> = cells.filter(|cell| !key::is_blank(cell)).collect();
                (
                    cells.into_iter().map(key::fold).collect(),
                    sources.doubtful == 0 && !draft.gaps,
                )
            }
        };
        Ok(Self {
            folded,
            spelled: spelled.to_owned(),
            column,
            values,
            has_quotas: own.is_some(),
            complete,
        })
    }
}

type Found = Result<Part, Box<Problem>>;

/// Position of a joint feature among the joints, by folded name.
fn position(joints: &[Joint], name: &str) -> Option<usize> {
    joints.iter().position(|joint| joint.name == name)
}

/// A draft without a single row to read stands for no pool.
pub(super) fn readable(draft: &PoolDraft) -> Option<&Pool> {
    let some = |pool: &&Pool| pool.len().saturating_add(draft.doubtful) > 0;
    draft.pool.as_ref().filter(some)
}
