//! Who can be an alternate.

use std::collections::BTreeMap;

use super::MOST;
use crate::assembly::Alternates;
use crate::group::Profile;

/// Interchangeable candidates.
#[derive(Debug, Clone)]
pub(super) struct Type {
    pub(super) profile: Profile,
    /// Their household, where more of it are members or candidates than may sit.
    pub(super) home: Option<u32>,
    /// In drawn order.
    pub(super) people: Vec<u32>,
}

/// Everybody in drawn order.
#[derive(Debug, Clone)]
pub(super) struct Candidates {
    /// By profile; of equal ones, those without a household that matters come first.
    pub(super) types: Vec<Type>,
    /// Candidates of each household that matters.
    pub(super) per_home: BTreeMap<u32, u32>,
    /// The types of the first candidates in drawn order, as many as a set may have.
    first: Vec<usize>,
}

impl Candidates {
    /// O((members + alternates) · features · log(members + alternates)).
    pub(super) fn new(drawn: &Alternates<'_>) -> Self {
        let instance = drawn.instance;
        let mut per_home: BTreeMap<u32, u32> = BTreeMap::new();
        let mut all: BTreeMap<u32, u32> = BTreeMap::new();
        for &person in &drawn.alternates {
            if let Some(home) = instance.household(person) {
                *per_home.entry(home).or_default() += 1;
                *all.entry(home).or_default() += 1;
            }
        }
        for home in drawn.panel.iter().filter_map(|&p| instance.household(p)) {
            all.entry(home).and_modify(|people| *people += 1);
        }
        per_home.retain(|home, _| all[home] > instance.household_room(*home));
        let key = |person: u32| {
            let home = instance.household(person);
            let home = home.filter(|home| per_home.contains_key(home));
            (&instance.profile(person)[..], home)
        };
        let mut people: BTreeMap<(&[u32], Option<u32>), Vec<u32>> = BTreeMap::new();
        for &person in &drawn.alternates {
            people.entry(key(person)).or_default().push(person);
        }
        let number = |&person: &u32| people.range(..key(person)).count();
        let first = drawn.alternates.iter().take(MOST).map(number).collect();
        let types = people
            .into_iter()
            .map(|((profile, home), people)| Type {
                profile: profile.into(),
                home,
                people,
            })
            .collect();
        Self {
            types,
            per_home,
            first,
        }
    }

    /// How many of each type are among the first `most` in drawn order.
    pub(super) fn first(&self, most: usize) -> Vec<u32> {
        let mut chosen = vec![0; self.types.len()];
        for &at in self.first.iter().take(most) {
            chosen[at] += 1;
        }
        chosen
    }
}
