//! The order that depends on no order of rows.

use std::collections::BTreeMap;

use crate::pool::{Pool, key};
use crate::quota::Quota;

/// Quotas and features in canonical order, with their folded texts.
#[derive(Default)]
pub(super) struct Canonical {
    /// By folded feature, then folded value; every feature in the spelling that sorts first.
    pub(super) quotas: Vec<Quota>,
    pub(super) features: Vec<String>,
    pub(super) folded_features: Vec<String>,
    /// One per quota.
    pub(super) folded_values: Vec<String>,
    /// One per quota: its position among those given; `None` for people in no listed cell of a pair of features.
    pub(super) origins: Vec<Option<usize>>,
    /// One per feature: the folded names of the two features that a joint one is made of.
    pub(super) parts: Vec<Option<[String; 2]>>,
    /// First quota of every feature, then the number of quotas.
    pub(super) starts: Vec<usize>,
}

impl Canonical {
    /// Puts quotas in order; each comes with its position among those given.
    pub(super) fn new(quotas: Vec<(Quota, Option<usize>)>) -> Self {
        let mut features: BTreeMap<String, String> = BTreeMap::new();
        for (quota, _) in &quotas {
            let spelling = features
                .entry(key::fold(&quota.feature))
                .or_insert_with(|| quota.feature.clone());
            if quota.feature < *spelling {
                spelling.clone_from(&quota.feature);
            }
        }
        let mut named: Vec<(String, String, Quota, Option<usize>)> = quotas
            .into_iter()
            .map(|(quota, origin)| {
                let folded = key::fold(&quota.feature);
                let feature = features[&folded].clone();
                let value = key::fold(&quota.value);
                (folded, value, Quota { feature, ..quota }, origin)
            })
            .collect();
        named.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        let mut starts: Vec<usize> = (0..named.len())
            .filter(|&i| i == 0 || named[i].0 != named[i - 1].0)
            .collect();
        starts.push(named.len());
        let mut canonical = Self {
            starts,
            parts: vec![None; features.len()],
            ..Self::default()
        };
        (canonical.folded_features, canonical.features) = features.into_iter().unzip();
        for (_, value, quota, origin) in named {
            canonical.folded_values.push(value);
            canonical.quotas.push(quota);
            canonical.origins.push(origin);
        }
        canonical
    }

    /// The index of the feature with this folded name.
    pub(super) fn feature(&self, folded: &str) -> Option<usize> {
        let found = self
            .folded_features
            .binary_search_by(|f| f.as_str().cmp(folded));
        found.ok()
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

/// For people of a household not all of whom may sit, the lowest canonical index in it, and how many of them may.
pub(super) fn households(pool: &Pool, order: &[u32]) -> Vec<Option<(u32, u32)>> {
    let mut members: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (index, &position) in (0u32..).zip(order) {
        if let Some(home) = &pool.people[position as usize].household {
            members.entry(home).or_default().push(index);
        }
    }
    let mut household = vec![None; order.len()];
    for (key, people) in members {
        let room = pool.household_room(key);
        if people.len() > room as usize {
            for &person in &people {
                household[person as usize] = Some((people[0], room));
            }
        }
    }
    household
}
