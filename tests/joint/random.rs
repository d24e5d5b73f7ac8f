//! Small random problems with a joint quota, and the same with a column that somebody filled by hand.

use std::collections::{BTreeMap, BTreeSet};

use kleroterion::{Instance, Pool, Quotas, Result};

const VALUES: [[&str; 3]; 3] = [
    ["16-29", "30-64", "65+"],
    ["man", "woman", "x"],
    ["n", "s", "w"],
];
pub(crate) const FEATURES: [&str; 3] = ["age", "gender", "zone"];

/// Knuth's 64-bit linear congruential generator, upper bits.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Self(seed);
        dice.below(2);
        dice
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

type Range = (u32, u32);
/// The text of an age and a gender.
type Text<'a> = &'a dyn Fn(usize, usize) -> String;

/// A problem as plain numbers.
pub(crate) struct Problem {
    /// One value per feature.
    pub(crate) people: Vec<[usize; 3]>,
    pub(crate) homes: Option<Vec<usize>>,
    pub(crate) size: usize,
    /// By feature and value; a feature without entries has no quotas.
    pub(crate) single: BTreeMap<(usize, usize), Range>,
    /// By age and gender.
    pub(crate) cells: BTreeMap<(usize, usize), Range>,
}

impl Problem {
    /// Quotas around a planted panel (the first people), sometimes spoiled.
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let size = 3 + dice.below(2) as usize;
        let count = size + 3 + dice.below(4) as usize;
        let kinds = [2 + dice.below(2), 2 + dice.below(2), 2];
        let people: Vec<[usize; 3]> = (0..count)
            .map(|_| kinds.map(|kinds| dice.below(kinds) as usize))
            .collect();
        let homes = (dice.below(3) == 0).then(|| {
            let home = |person| match person < size {
                true => person,
                false => dice.below(count as u64) as usize,
            };
            (0..count).map(home).collect()
        });
        let around = |dice: &mut Dice, planted: u32| {
            let low = planted.saturating_sub(dice.below(2) as u32);
            let spoiled = u32::from(dice.below(12) == 0);
            (low + spoiled, planted + spoiled + dice.below(2) as u32)
        };
        let mut single = BTreeMap::new();
        for (feature, kinds) in kinds.into_iter().enumerate() {
            if dice.below(4) == 0 {
                continue;
            }
            for value in 0..kinds as usize {
                let planted = people[..size].iter().filter(|p| p[feature] == value);
                let range = around(&mut dice, planted.count() as u32);
                single.insert((feature, value), range);
            }
        }
        let mut cells = BTreeMap::new();
        let every = dice.below(5) == 0;
        let found: BTreeSet<(usize, usize)> = people.iter().map(|p| (p[0], p[1])).collect();
        for (age, gender) in found {
            if every || dice.below(2) == 0 || cells.is_empty() {
                let planted = people[..size].iter().filter(|p| p[..2] == [age, gender]);
                let range = around(&mut dice, planted.count() as u32);
                cells.insert((age, gender), range);
            }
        }
        Self {
            people,
            homes,
            size,
            single,
            cells,
        }
    }

    fn quotas(&self) -> kleroterion::quota::QuotasBuilder {
        let add = |quotas: kleroterion::quota::QuotasBuilder,
                   (&(feature, value), &range): (&(usize, usize), &Range)| {
            let (low, high) = range;
            quotas
                .feature(FEATURES[feature])
                .value(VALUES[feature][value], low..=high)
        };
        self.single.iter().fold(Quotas::builder(), add)
    }

    /// The pool with one more column.
    fn pool(&self, extra: Option<(&str, Text<'_>)>) -> Pool {
        let mut pool = Pool::builder();
        for (at, values) in self.people.iter().enumerate() {
            let combined = extra.map(|(name, text)| (name, text(values[0], values[1])));
            let own = (0..3).map(|f| (FEATURES[f], VALUES[f][values[f]]));
            let more = combined.as_ref().map(|(name, text)| (*name, text.as_str()));
            let pairs: Vec<(&str, &str)> = own.chain(more).collect();
            let id = format!("p{at:02}");
            pool = match &self.homes {
                None => pool.person(id, pairs),
                Some(homes) => pool.housemate(id, &format!("h{}", homes[at]), pairs),
            };
        }
        pool.build().expect("a sound pool")
    }

    /// With a joint quota.
    pub(crate) fn joint(&self) -> Result<Instance> {
        let quotas = self.quotas().joint("gender", "age");
        let quotas = self
            .cells
            .iter()
            .fold(quotas, |quotas, (&(age, gender), &(low, high))| {
                quotas.cell(VALUES[1][gender], VALUES[0][age], low..=high)
            });
        Instance::new(self.pool(None), quotas.build()?, self.size as u32)
    }

    fn name(age: usize, gender: usize) -> String {
        format!("{} × {}", VALUES[0][age], VALUES[1][gender])
    }

    /// With a column `age × gender` that holds the cell, or `other`.
    pub(crate) fn by_hand(&self) -> Result<Instance> {
        let cell = |age, gender| match self.cells.contains_key(&(age, gender)) {
            true => Self::name(age, gender),
            false => "other".to_owned(),
        };
        let mut quotas = self.quotas().feature("age × gender");
        for (&(age, gender), &(low, high)) in &self.cells {
            quotas = quotas.value(&Self::name(age, gender), low..=high);
        }
        let outside = |p: &[usize; 3]| !self.cells.contains_key(&(p[0], p[1]));
        if self.people.iter().any(outside) {
            quotas = quotas.value("other", 0..=self.size as u32);
        }
        let pool = self.pool(Some(("age × gender", &cell)));
        Instance::new(pool, quotas.build()?, self.size as u32)
    }

    /// With a column `both` that holds every cell by its name.
    pub(crate) fn combined(&self) -> Result<Instance> {
        let mut quotas = self.quotas().feature("both");
        let found: BTreeSet<(usize, usize)> = self.people.iter().map(|p| (p[0], p[1])).collect();
        for (age, gender) in found {
            let free = (0, self.size as u32);
            let (low, high) = *self.cells.get(&(age, gender)).unwrap_or(&free);
            quotas = quotas.value(&Self::name(age, gender), low..=high);
        }
        let pool = self.pool(Some(("both", &Self::name)));
        Instance::new(pool, quotas.build()?, self.size as u32)
    }

    /// Every panel, found by trying all sets of people.
    pub(crate) fn panels(&self) -> Vec<Vec<usize>> {
        let all = 0u32..1 << self.people.len();
        let members = |set: u32| (0..self.people.len()).filter(move |p| set >> p & 1 == 1);
        all.filter(|set| set.count_ones() as usize == self.size)
            .map(|set| members(set).collect::<Vec<usize>>())
            .filter(|panel| self.is_panel(panel))
            .collect()
    }

    fn is_panel(&self, panel: &[usize]) -> bool {
        let people: Vec<&[usize; 3]> = panel.iter().map(|&p| &self.people[p]).collect();
        let within =
            |count: usize, &(low, high): &Range| (low as usize..=high as usize).contains(&count);
        let single = self.single.iter().all(|(&(feature, value), range)| {
            within(people.iter().filter(|p| p[feature] == value).count(), range)
        });
        let joint = self.cells.iter().all(|(&(age, gender), range)| {
            let inside = people.iter().filter(|p| p[0] == age && p[1] == gender);
            within(inside.count(), range)
        });
        let alone = self.homes.as_ref().is_none_or(|homes| {
            let different: BTreeSet<usize> = panel.iter().map(|&p| homes[p]).collect();
            different.len() == panel.len()
        });
        single && joint && alone
    }
}
