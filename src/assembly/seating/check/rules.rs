//! Rules, each from names to numbers.

use super::super::model::{APART, ClusterModel, FREE, FeatureModel, TOGETHER};
use super::super::rule::SeatRule;
use super::{Draft, clash};
use crate::pool::key;

impl Draft<'_> {
    /// Only whom rules name.
    pub(super) fn names(&mut self) {
        for rule in &self.parts.rules {
            match rule {
                SeatRule::Apart(a, b) | SeatRule::Together(a, b) => {
                    self.both(a, b);
                }
                SeatRule::Pin { id, .. }
                | SeatRule::Tables { id, .. }
                | SeatRule::Needs { id, .. } => {
                    self.who(id);
                }
                SeatRule::Diversify { .. } | SeatRule::Cluster { .. } => {}
            }
        }
    }

    pub(super) fn rule(&mut self, rule: &SeatRule) {
        match rule {
            SeatRule::Diversify { feature, weight } => self.diversify(feature, *weight),
            SeatRule::Cluster {
                feature,
                value,
                capacity,
            } => self.cluster(feature, value, *capacity),
            SeatRule::Apart(a, b) => self.pair(a, b, APART),
            SeatRule::Together(a, b) => self.pair(a, b, TOGETHER),
            SeatRule::Pin { id, round, table } => self.pin(id, *round, *table),
            SeatRule::Tables { id, tables } => {
                let tables: Vec<u32> = tables.iter().copied().collect();
                self.only(id, &|_, table| tables.contains(&table), &|| {
                    ("E-SEAT-PLACE", format!("only tables {tables:?} for {id}"))
                });
            }
            SeatRule::Needs { id, tag } => {
                let rounds = &self.parts.rounds;
                let has = |round: usize, table: u32| {
                    let tags = rounds[round].tags.get(&table);
                    tags.is_some_and(|t| t.iter().any(|t| key::fold(t) == key::fold(tag)))
                };
                self.only(id, &has, &|| ("E-SEAT-TAG", format!("{tag:?} for {id}")));
            }
        }
    }

    fn pair(&mut self, a: &str, b: &str, kind: u8) {
        let Some((one, other)) = self.both(a, b) else {
            return;
        };
        let width = self.model.people;
        let before = self.model.kinds[one * width + other];
        if before != FREE && before != kind {
            let found = format!("{a} and {b} apart and together");
            self.problem("E-SEAT-CLASH", found, "one of the two");
        }
        self.model.kinds[one * width + other] = kind;
        self.model.kinds[other * width + one] = kind;
    }

    fn pin(&mut self, id: &str, round: u32, table: u32) {
        let Some(person) = self.who(id) else {
            return;
        };
        let at = round.checked_sub(self.parts.first).map(|r| r as usize);
        let tables = at
            .and_then(|at| self.parts.rounds.get(at))
            .map(|r| r.count());
        match (at, tables) {
            (Some(at), Some(tables)) if (1..=tables).contains(&table) => {
                self.restrict(at, person, &|t| t == table);
            }
            _ => {
                let found = format!("{id} at table {table} of round {round}");
                self.problem("E-SEAT-PLACE", found, "a round and a table that exist");
            }
        }
    }

    /// Somebody sits only at some tables of every round.
    fn only(
        &mut self,
        id: &str,
        fits: &dyn Fn(usize, u32) -> bool,
        problem: &dyn Fn() -> (&'static str, String),
    ) {
        let Some(person) = self.who(id) else {
            return;
        };
        for round in 0..self.model.rounds.len() {
            let tables = self.model.rounds[round].tables() as u32;
            if (1..=tables).any(|table| fits(round, table)) {
                self.restrict(round, person, &|table| fits(round, table));
            } else {
                let (code, found) = problem();
                let number = self.parts.first + round as u32;
                let found = format!("{found} in round {number}");
                self.problem(code, found, "a table of the round that fits");
            }
        }
    }

    fn restrict(&mut self, round: usize, person: usize, fits: &dyn Fn(u32) -> bool) {
        let people = self.model.people;
        let round = &mut self.model.rounds[round];
        let tables = round.tables();
        if round.allowed.is_empty() {
            round.allowed = vec![true; people * tables];
        }
        for table in (0..tables).filter(|&t| !fits(t as u32 + 1)) {
            round.allowed[person * tables + table] = false;
        }
    }

    /// Everybody's value of a feature by its number, and the values' keys.
    fn values(&mut self, feature: &str) -> Option<(Vec<String>, Vec<u16>)> {
        let folded = key::fold(feature);
        let value = |m: &super::super::problem::Member| {
            let mut found = m.values.iter().filter(|(f, _)| key::fold(f) == folded);
            found.next().map(|(_, value)| key::fold(value))
        };
        let values: Vec<Option<String>> = self.parts.members.iter().map(value).collect();
        if values.iter().all(Option::is_none) {
            self.problem(
                "E-SEAT-FEATURE",
                format!("{feature:?}"),
                "a feature of the members",
            );
            return None;
        }
        let missing = |v: &Option<String>| v.as_deref().is_none_or(key::is_blank);
        let mut is_whole = true;
        for (member, _) in self
            .parts
            .members
            .iter()
            .zip(&values)
            .filter(|(_, v)| missing(v))
        {
            let found = format!("no value of {feature:?} for {}", member.id);
            self.problem("E-SEAT-VALUE", found, "a value for everybody");
            is_whole = false;
        }
        let mut keys: Vec<String> = values.iter().flatten().cloned().collect();
        keys.sort_unstable();
        keys.dedup();
        let at = |v: &Option<String>| {
            keys.iter().position(|k| Some(k) == v.as_ref()).unwrap_or(0) as u16
        };
        let of = values.iter().map(at).collect();
        is_whole.then_some((keys, of))
    }

    fn diversify(&mut self, feature: &str, weight: u32) {
        if !(1..=1000).contains(&weight) {
            self.problem(
                "E-SEAT-WEIGHT",
                format!("a weight of {weight}"),
                "1 to 1000",
            );
        }
        if let Some((keys, of)) = self.values(feature) {
            self.model.features.push(FeatureModel {
                weight: i64::from(weight),
                values: keys.len(),
                of,
            });
        }
    }

    fn cluster(&mut self, feature: &str, value: &str, capacity: u32) {
        if !(1..=1000).contains(&capacity) {
            self.problem(
                "E-SEAT-WEIGHT",
                format!("a capacity of {capacity}"),
                "1 to 1000",
            );
        }
        let Some((keys, of)) = self.values(feature) else {
            return;
        };
        let wanted = key::fold(value);
        let Some(at) = keys.iter().position(|k| *k == wanted) else {
            let found = format!("{value:?} of {feature:?}");
            self.problem("E-SEAT-VALUE", found, "a value that a member has");
            return;
        };
        let mut is_in: Vec<bool> = of.iter().map(|&v| usize::from(v) == at).collect();
        is_in.resize(self.model.people, false);
        self.model.clusters.push(ClusterModel {
            is_in,
            capacity: capacity.min(1000) as u16,
        });
    }

    /// Those who sit together, also through others, may sit where all of them may.
    pub(super) fn join_units(&mut self) {
        self.model.units = clash::units(&self.model);
        for unit in self.model.units.clone() {
            for round in self
                .model
                .rounds
                .iter_mut()
                .filter(|r| !r.allowed.is_empty())
            {
                let tables = round.tables();
                let here: Vec<usize> = unit.iter().copied().filter(|&p| round.present[p]).collect();
                for table in 0..tables {
                    if here.iter().any(|&p| !round.allowed[p * tables + table]) {
                        here.iter()
                            .for_each(|&p| round.allowed[p * tables + table] = false);
                    }
                }
            }
            for (&a, &b) in unit.iter().flat_map(|a| unit.iter().map(move |b| (a, b))) {
                let at = a * self.model.people + b;
                if a != b && self.model.kinds[at] == FREE {
                    self.model.kinds[at] = TOGETHER;
                }
            }
        }
    }
}
