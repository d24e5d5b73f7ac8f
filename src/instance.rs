//! The validated problem: pool, quotas and panel size that fit together.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::error::{ErrorKind, Problem, Result};
use crate::group::{self, Group, Profile};
use crate::pool::{Person, Pool, key};
use crate::quota::{Quota, Quotas};

/// A problem that has been checked: whoever holds one needs to check nothing again. Cheap to clone.
#[derive(Clone)]
pub struct Instance(Arc<Inner>);

struct Inner {
    pool: Pool,
    given: Quotas,
    size: u32,
    /// Canonical order: by folded feature, then folded value.
    quotas: Vec<Quota>,
    features: Vec<String>,
    /// Canonical order of people: ascending id bytes; entries are source positions.
    order: Vec<u32>,
    /// Profiles in canonical order of people.
    profiles: Vec<Profile>,
    /// Lowest canonical index of the household, for people who share one with somebody in the pool.
    household: Vec<Option<u32>>,
    groups: Vec<Group>,
    warnings: Vec<Problem>,
}

impl Instance {
    /// Checks everything and reports every problem at once.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with all problems.
    pub fn new(pool: Pool, quotas: Quotas, size: u32) -> Result<Self> {
        let mut problems = Vec::new();
        let (canonical, features) = canonical_quotas(&quotas);
        let columns: Vec<Option<usize>> =
            features.iter().map(|f| pool.columns.iter().position(|c| key::fold(c) == key::fold(f))).collect();
        let index: BTreeMap<(String, String), u32> =
            (0u32..).zip(&canonical).map(|(i, q)| ((key::fold(&q.feature), key::fold(&q.value)), i)).collect();
        let mut order: Vec<u32> = (0..u32::try_from(pool.len()).unwrap_or(u32::MAX)).collect();
        order.sort_by(|&a, &b| pool.people[a as usize].id.cmp(&pool.people[b as usize].id));
        let mut profiles = Vec::with_capacity(pool.len());
        for &position in &order {
            let person = &pool.people[position as usize];
            let mut profile = Vec::with_capacity(features.len());
            for (feature, column) in features.iter().zip(&columns) {
                let value = column.map_or("", |c| person.cells[c].as_str());
                match index.get(&(key::fold(feature), key::fold(value))) {
                    Some(&i) => profile.push(i),
                    None => problems.push(
                        Problem::new("E-POOL-VALUE", format!("{value:?}"), "a value that has a quota")
                            .at(pool.file.as_deref(), person.row, Some(feature)),
                    ),
                }
            }
            profiles.push(profile.into());
        }
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        let household = household_partition(&pool, &order);
        let groups = group::group(&profiles, &household);
        Ok(Self(Arc::new(Inner { pool, given: quotas, size, quotas: canonical, features, order, profiles, household, groups, warnings: vec![] })))
    }

    /// The pool as given.
    #[must_use]
    pub fn pool(&self) -> &Pool {
        &self.0.pool
    }

    /// The quotas as given, in source order.
    #[must_use]
    pub fn given_quotas(&self) -> &Quotas {
        &self.0.given
    }

    /// Seats on a panel.
    #[must_use]
    pub fn size(&self) -> u32 {
        self.0.size
    }

    /// The quotas in canonical order: by folded feature, then folded value. Profiles index into this.
    #[must_use]
    pub fn quotas(&self) -> &[Quota] {
        &self.0.quotas
    }

    /// The features in canonical order. Every profile has one entry per feature, in this order.
    #[must_use]
    pub fn features(&self) -> &[String] {
        &self.0.features
    }

    /// Number of people.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.order.len()
    }

    /// True without people (never for a checked instance).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.order.is_empty()
    }

    /// The person with this canonical index (people in ascending order of id bytes).
    #[must_use]
    pub fn person(&self, index: u32) -> &Person {
        &self.0.pool.people[self.0.order[index as usize] as usize]
    }

    /// Position in the source of the person with this canonical index.
    #[must_use]
    pub fn position(&self, index: u32) -> usize {
        self.0.order[index as usize] as usize
    }

    /// The profile of the person with this canonical index.
    #[must_use]
    pub fn profile(&self, index: u32) -> &Profile {
        &self.0.profiles[index as usize]
    }

    /// The lowest canonical index among the person's housemates, the person included; `None` lives alone.
    #[must_use]
    pub fn household(&self, index: u32) -> Option<u32> {
        self.0.household[index as usize]
    }

    /// True when a household column was named, whether or not anybody shares a household.
    #[must_use]
    pub fn has_household_rule(&self) -> bool {
        !self.0.pool.household_columns.is_empty()
    }

    /// The groups of interchangeable people, in canonical order.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.0.groups
    }

    /// What was found odd but harmless, files and all.
    #[must_use]
    pub fn warnings(&self) -> &[Problem] {
        &self.0.warnings
    }
}

/// Prints counts, never a person's values.
impl fmt::Debug for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Instance")
            .field("people", &self.len())
            .field("size", &self.size())
            .field("quotas", &self.quotas().len())
            .field("groups", &self.groups().len())
            .finish_non_exhaustive()
    }
}

/// Sorted quotas and features; every feature is spelled in the spelling that sorts first.
fn canonical_quotas(quotas: &Quotas) -> (Vec<Quota>, Vec<String>) {
    let mut features: Vec<(String, String)> = quotas.features().into_iter().map(|f| (key::fold(f), f.to_owned())).collect();
    features.sort();
    let mut sorted: Vec<Quota> = quotas.iter().cloned().collect();
    for quota in &mut sorted {
        let folded = key::fold(&quota.feature);
        if let Some((_, spelling)) = features.iter().find(|(f, _)| *f == folded) {
            quota.feature.clone_from(spelling);
        }
    }
    sorted.sort_by_cached_key(|q| (key::fold(&q.feature), key::fold(&q.value)));
    (sorted, features.into_iter().map(|(_, spelling)| spelling).collect())
}

fn household_partition(pool: &Pool, order: &[u32]) -> Vec<Option<u32>> {
    let mut members: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (index, &position) in (0u32..).zip(order) {
        if let Some(home) = &pool.people[position as usize].household {
            members.entry(home).or_default().push(index);
        }
    }
    let mut household = vec![None; order.len()];
    for people in members.into_values().filter(|people| people.len() > 1) {
        for &person in &people {
            household[person as usize] = Some(people[0]);
        }
    }
    household
}
