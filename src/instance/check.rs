//! What pool, quotas and panel size must be to each other.
//!
//! Works on drafts, so that everything wrong with both files is found in one run. A row that could not be read makes
//! no further problem: it is counted in the organiser's favour wherever numbers of people are compared.

mod pairs;

use std::collections::{BTreeMap, BTreeSet};

use super::canonical::Canonical;
use super::joint::{self, Reading, Sources};
use crate::error::Problem;
use crate::group::Profile;
use crate::pool::{Person, Pool, PoolDraft, columns, key};
use crate::quota::{Quota, Quotas, QuotasDraft};

/// What checking found out.
#[derive(Default)]
pub(super) struct Checked {
    pub(super) canonical: Canonical,
    /// In source order of people; complete only when there is no problem.
    pub(super) profiles: Vec<Profile>,
    pub(super) quota_problems: Vec<Problem>,
    pub(super) pool_problems: Vec<Problem>,
    pub(super) size_problems: Vec<Problem>,
}

/// People per quota, and per feature those whose value is not known.
struct Count {
    having: Vec<usize>,
    unknown: Vec<usize>,
}

pub(super) fn check(pool: &PoolDraft, quotas: &QuotasDraft, size: u32) -> Checked {
    let mut checked = Checked::default();
    let people = joint::readable(pool);
    let sources = quotas
        .quotas
        .as_ref()
        .zip(people)
        .map(|(given, people)| Sources {
            given,
            draft: quotas,
            pool: people,
            doubtful: pool.doubtful,
            size,
        });
    let mut joints = Vec::new();
    if let Some(given) = &quotas.quotas {
        let reading = sources.map_or_else(|| Reading::without_pool(given), Reading::new);
        checked.quota_problems = reading.quota_problems;
        checked.pool_problems = reading.pool_problems;
        checked.canonical = Canonical::new(reading.quotas);
        joints = reading.joints;
        checked.name(&joints);
        if given.is_empty() && quotas.problems.is_empty() {
            let none = Problem::new("E-QUOTA-NONE", "no quotas", "at least one");
            checked
                .quota_problems
                .push(none.at(given.file.as_deref(), None, None));
        }
        checked.sums((given, quotas), &reading.open, size);
    }
    if let Some(people) = people {
        let mut count = checked.people(people, quotas);
        checked.pairs(&joints, &mut count);
        if let Some(given) = &quotas.quotas {
            checked.minimums(given, &count, pool.doubtful);
        }
    }
    if let Some(sources) = sources {
        for joint in &joints {
            joint.sums(sources, &checked.canonical, &mut checked.quota_problems);
        }
    }
    checked.size(pool, size);
    checked
}

impl Checked {
    /// Minimums and maximums of every feature against the panel size; maximums neither of pairs, which count people
    /// outside their cells too, nor of what may be one.
    fn sums(
        &mut self,
        (given, draft): (&Quotas, &QuotasDraft),
        open: &BTreeSet<String>,
        size: u32,
    ) {
        if size == 0 {
            return;
        }
        for feature in 0..self.canonical.features.len() {
            let quotas = &self.canonical.quotas[self.canonical.of_feature(feature)];
            let name = &self.canonical.features[feature];
            let row = quotas.iter().filter_map(|q| q.row).min();
            let mut wrong = |code: &str, header: &str, found: String, expected: String| {
                self.quota_problems
                    .push(Problem::new(code, found, expected).at(
                        given.file.as_deref(),
                        row,
                        Some(header),
                    ));
            };
            let sum =
                |seats: fn(&Quota) -> u32| quotas.iter().map(|q| u64::from(seats(q))).sum::<u64>();
            let (least, most) = (sum(|q| q.min), sum(|q| q.max));
            if least > u64::from(size) {
                let found = format!("minimums of {name:?} that add up to {least}");
                wrong(
                    "E-QUOTA-SUM-MIN",
                    &given.headers.min,
                    found,
                    format!("at most the panel size of {size}"),
                );
            }
            let folded = &self.canonical.folded_features[feature];
            if most < u64::from(size)
                && self.canonical.parts[feature].is_none()
                && !open.contains(folded)
                && !draft.gaps
                && !draft.doubtful.contains(folded)
            {
                let found = format!("maximums of {name:?} that add up to {most}");
                wrong(
                    "E-QUOTA-SUM-MAX",
                    &given.headers.max,
                    found,
                    format!("at least the panel size of {size}"),
                );
            }
        }
    }

    /// Every person's profile; unknown and missing values on the way.
    fn people(&mut self, pool: &Pool, draft: &QuotasDraft) -> Count {
        let features = self.canonical.features.len();
        let mut count = Count {
            having: vec![0; self.canonical.quotas.len()],
            unknown: vec![pool.len(); features],
        };
        self.profiles = vec![vec![0; features].into_boxed_slice(); pool.len()];
        let mut columns: Vec<(usize, usize)> = (0..features)
            .filter_map(|f| match self.canonical.parts[f] {
                Some(_) => None,
                None => Some((self.column(pool, f)?, f)),
            })
            .collect();
        // From left to right, as somebody reads a row.
        columns.sort_unstable();
        for (column, feature) in columns {
            count.unknown[feature] = 0;
            let sure = !draft.gaps
                && !draft
                    .doubtful
                    .contains(&self.canonical.folded_features[feature]);
            let values = Values::new(&self.canonical, feature);
            let header = key::clean(&pool.columns[column]);
            let mut spellings: BTreeMap<&str, Option<u32>> = BTreeMap::new();
            for (person, profile) in pool.people.iter().zip(&mut self.profiles) {
                let cell = person.cells[column].as_str();
                let found = *spellings.entry(cell).or_insert_with(|| values.quota(cell));
                if let Some(quota) = found {
                    count.having[quota as usize] += 1;
                    profile[feature] = quota;
                    continue;
                }
                count.unknown[feature] += 1;
                if sure || key::is_blank(cell) {
                    let problem = values.problem(cell, person);
                    self.pool_problems.push(problem.at(
                        pool.file.as_deref(),
                        person.row,
                        Some(&header),
                    ));
                }
            }
        }
        self.pool_problems.sort_by_key(|p| p.row);
        count
    }

    /// The pool's column of a feature.
    fn column(&mut self, pool: &Pool, feature: usize) -> Option<usize> {
        let name = &self.canonical.features[feature];
        let found = columns::find(
            &pool.columns,
            name,
            "a column for this feature of the quotas",
        );
        let located =
            |problem: Problem| problem.at(pool.file.as_deref(), pool.header_row, Some(name));
        found
            .map_err(|problem| self.pool_problems.push(located(*problem)))
            .ok()
    }

    /// Every quota against the people who have its value.
    fn minimums(&mut self, given: &Quotas, count: &Count, doubtful: usize) {
        for feature in 0..self.canonical.features.len() {
            let unknown = count.unknown[feature].saturating_add(doubtful);
            for index in self.canonical.of_feature(feature) {
                let (quota, having) = (&self.canonical.quotas[index], count.having[index]);
                let most = having.saturating_add(unknown);
                let problem = if (quota.min as usize) > most {
                    let expected = match (most, unknown) {
                        (1, 0) => {
                            "at most 1, the only person of the pool with this value".to_owned()
                        }
                        (_, 0) => format!("at most {most}, the people of the pool with this value"),
                        _ => format!(
                            "at most {most}, the people of the pool with this value and all who may have it"
                        ),
                    };
                    Problem::new(
                        "E-QUOTA-PEOPLE",
                        format!("{} for {:?} = {:?}", quota.min, quota.feature, quota.value),
                        expected,
                    )
                } else if most == 0 {
                    let found = format!(
                        "nobody in the pool for {:?} = {:?}",
                        quota.feature, quota.value
                    );
                    Problem::new(
                        "W-QUOTA-NOBODY",
                        found,
                        "somebody, unless the value is meant to stay empty",
                    )
                } else {
                    continue;
                };
                let header = if problem.is_warning() {
                    &given.headers.value
                } else {
                    &given.headers.min
                };
                self.quota_problems.push(problem.at(
                    given.file.as_deref(),
                    quota.row,
                    Some(header),
                ));
            }
        }
    }

    /// The panel size against the pool and its households.
    fn size(&mut self, draft: &PoolDraft, size: u32) {
        if size == 0 {
            self.size_problems.push(Problem::new(
                "E-SIZE-ZERO",
                "a panel size of 0",
                "at least 1",
            ));
        }
        let Some(pool) = &draft.pool else { return };
        if pool.len().saturating_add(draft.doubtful) == 0 {
            let none = Problem::new("E-POOL-NONE", "nobody in the pool", "at least one person");
            self.pool_problems
                .push(none.at(pool.file.as_deref(), None, None));
            return;
        }
        let found = format!("a panel size of {size}");
        let people = pool.len().saturating_add(draft.doubtful);
        if size as usize > people {
            let expected = format!("at most {people}, the people of the pool");
            self.size_problems
                .push(Problem::new("E-SIZE-POOL", found, expected));
            return;
        }
        let mut homes: BTreeMap<&str, usize> = BTreeMap::new();
        for key in pool.people.iter().filter_map(|p| p.household.as_deref()) {
            *homes.entry(key).or_default() += 1;
        }
        let alone = pool.people.iter().filter(|p| p.household.is_none()).count();
        let may = |(key, &people): (&&str, &usize)| people.min(pool.household_room(key) as usize);
        let seats = homes.iter().map(may).sum::<usize>();
        let seats = seats.saturating_add(alone).saturating_add(draft.doubtful);
        if size as usize > seats {
            let expected = match pool.household_most {
                1 => format!(
                    "at most {seats}, the households of the pool, of which each has one seat at most"
                ),
                most => format!(
                    "at most {seats}: of no household of the pool may more than {most} people sit"
                ),
            };
            self.size_problems
                .push(Problem::new("E-SIZE-HOUSEHOLDS", found, expected));
        }
    }
}

/// The values of one feature.
struct Values<'a> {
    folded: BTreeMap<&'a str, u32>,
    expected: String,
}

impl<'a> Values<'a> {
    fn new(canonical: &'a Canonical, feature: usize) -> Self {
        let quotas = canonical.of_feature(feature);
        let values: Vec<String> = canonical.quotas[quotas.clone()]
            .iter()
            .map(|q| q.value.clone())
            .collect();
        let one_of = if values.len() == 1 { "" } else { "one of " };
        let expected = format!("{one_of}{}", columns::quoted(&values));
        let indices = (0u32..)
            .zip(&canonical.folded_values)
            .skip(quotas.start)
            .take(quotas.len());
        Self {
            folded: indices.map(|(i, value)| (value.as_str(), i)).collect(),
            expected,
        }
    }

    fn quota(&self, cell: &str) -> Option<u32> {
        self.folded.get(key::fold(cell).as_str()).copied()
    }

    fn problem(&self, cell: &str, person: &Person) -> Problem {
        let named = format!(" for the person {:?}", person.id);
        let whose = if person.row.is_none() {
            named.as_str()
        } else {
            ""
        };
        if key::is_blank(cell) {
            let found = if whose.is_empty() {
                "an empty cell"
            } else {
                "no value"
            };
            Problem::new("E-POOL-EMPTY", format!("{found}{whose}"), &self.expected)
        } else {
            Problem::new(
                "E-POOL-VALUE",
                format!("{:?}{whose}", key::clean(cell)),
                &self.expected,
            )
        }
    }
}
