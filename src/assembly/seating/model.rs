//! A seating problem as numbers: what the search works on.

/// Nobody's table: the person is absent in the round.
pub(super) const AWAY: u16 = u16::MAX;
/// What a rule says about two people.
pub(super) const FREE: u8 = 0;
pub(super) const APART: u8 = 1;
pub(super) const TOGETHER: u8 = 2;

/// People are members first, then facilitators, by index.
#[derive(Debug, Clone, Default)]
pub(super) struct Model {
    pub(super) people: usize,
    pub(super) members: usize,
    pub(super) rounds: Vec<RoundModel>,
    pub(super) features: Vec<FeatureModel>,
    pub(super) clusters: Vec<ClusterModel>,
    /// [`FREE`], [`APART`] or [`TOGETHER`] for every two people, row by row.
    pub(super) kinds: Vec<u8>,
    /// How often two people met before, row by row.
    pub(super) history: Vec<u16>,
    /// Those who sit together: lists of two people and more.
    pub(super) units: Vec<Vec<usize>>,
}

/// One round.
#[derive(Debug, Clone, Default)]
pub(super) struct RoundModel {
    /// Fewest and most members per table.
    pub(super) sizes: Vec<(u16, u16)>,
    pub(super) present: Vec<bool>,
    /// Whether a person may sit at a table, person by person; empty when everybody may sit everywhere.
    pub(super) allowed: Vec<bool>,
}

/// A feature to spread: every member's value.
#[derive(Debug, Clone)]
pub(super) struct FeatureModel {
    pub(super) weight: i64,
    pub(super) values: usize,
    pub(super) of: Vec<u16>,
}

/// People who share an interpreter: at most so many at a table, and at as few tables as that allows.
#[derive(Debug, Clone)]
pub(super) struct ClusterModel {
    pub(super) is_in: Vec<bool>,
    pub(super) capacity: u16,
}

impl RoundModel {
    pub(super) fn tables(&self) -> usize {
        self.sizes.len()
    }

    pub(super) fn may_sit(&self, person: usize, table: usize) -> bool {
        let tables = self.tables();
        // Beyond the tables is the bench of the facilitators who pause.
        table == tables || self.allowed.is_empty() || self.allowed[person * tables + table]
    }

    /// Present people of a range of indices.
    pub(super) fn present_in(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = usize> {
        range.filter(|&p| self.present[p])
    }
}

impl Model {
    /// Whether every table of a round has a facilitator: when there are any.
    pub(super) fn has_facilitators(&self) -> bool {
        self.people > self.members
    }

    /// Present people of the round with each value, feature after feature.
    pub(super) fn present_values(&self, round: usize) -> Vec<Vec<u32>> {
        let here = &self.rounds[round];
        let count = |feature: &FeatureModel| {
            let mut people = vec![0; feature.values];
            for member in here.present_in(0..self.members) {
                people[usize::from(feature.of[member])] += 1;
            }
            people
        };
        self.features.iter().map(count).collect()
    }

    /// Fewest and most of a value at a table of `size`, when `people` of `all` have it: the exact part rounded down and up.
    pub(super) fn fair_part(people: u32, size: u32, all: u32) -> (u32, u32) {
        let product = u64::from(people) * u64::from(size);
        let all = u64::from(all.max(1));
        ((product / all) as u32, product.div_ceil(all) as u32)
    }
}
