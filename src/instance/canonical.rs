//! The order that depends on no order of rows.

use std::collections::BTreeMap;

use crate::pool::{Pool, key};
use crate::quota::{Quota, Quotas};

/// Quotas and features in canonical order, with their folded texts.
#[derive(Default)]
pub(super) struct Canonical {
    /// By folded feature, then folded value; every feature in the spelling that sorts first.
    pub(super) quotas: Vec<Quota>,
    pub(super) features: Vec<String>,
    pub(super) folded_features: Vec<String>,
    /// One per quota.
    pub(super) folded_values: Vec<String>,
    /// First quota of every feature, then the number of quotas.
    pub(super) starts: Vec<usize>,
}

impl Canonical {
    pub(super) fn new(given: &Quotas) -> Self {
        let spelled = given.features();
        let features: BTreeMap<String, &str> =
            spelled.into_iter().map(|f| (key::fold(f), f)).collect();
        let mut named: Vec<(String, String, Quota)> = given
            .iter()
            .map(|q| {
                let folded = key::fold(&q.feature);
                let feature = features
                    .get(&folded)
                    .map_or_else(|| q.feature.clone(), |&f| f.to_owned());
                (
                    folded,
                    key::fold(&q.value),
                    Quota {
                        feature,
                        ..q.clone()
                    },
                )
            })
            .collect();
        named.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        let mut starts: Vec<usize> = (0..named.len())
            .filter(|&i| i == 0 || named[i].0 != named[i - 1].0)
            .collect();
        starts.push(named.len());
        let (folded_features, features) = features
            .into_iter()
            .map(|(folded, f)| (folded, f.to_owned()))
            .unzip();
        let (folded_values, quotas) = named
            .into_iter()
            .map(|(_, value, quota)| (value, quota))
            .unzip();
        Self {
            quotas,
            features,
            folded_features,
            folded_values,
            starts,
        }
    }

    /// The indices of a feature's quotas.
    pub(super) fn of_feature(&self, feature: usize) -> std::ops::Range<usize> {
        self.starts[feature]..self.starts[feature + 1]
    }
}

/// Source positions in ascending order of id bytes.
pub(super) fn order(pool: &Pool) -> Vec<u32> {
    let mut order: Vec<u32> = (0..u32::try_from(pool.len()).unwrap_or(u32::MAX)).collect();
    order.sort_unstable_by(|&a, &b| pool.people[a as usize].id.cmp(&pool.people[b as usize].id));
    order
}

/// For people who share a household, the lowest canonical index in it.
pub(super) fn households(pool: &Pool, order: &[u32]) -> Vec<Option<u32>> {
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
