//! From what was given to numbers, with every problem on the way.

use std::collections::BTreeMap;

use super::model::{APART, ClusterModel, FREE, FeatureModel, Model, RoundModel, TOGETHER};
use super::problem::Parts;
use super::rule::SeatRule;
use crate::error::Problem;
use crate::pool::key;

mod clash;

/// More people or rounds than any assembly has.
const PEOPLE: usize = 2000;
const ROUNDS: usize = 200;

type Index = BTreeMap<String, usize>;

/// The numbers, or every problem.
pub(super) fn compile(parts: &Parts) -> Result<(Index, Model), Vec<Problem>> {
    let mut draft = Draft::new(parts);
    draft.people();
    draft.rounds();
    if !draft.problems.is_empty() {
        // What follows needs people and tables; names in rules can be checked all the same.
        draft.names();
        return Err(draft.problems);
    }
    draft.history();
    for rule in &parts.rules {
        draft.rule(rule);
    }
    if draft.problems.is_empty() {
        draft.join_units();
        let clashes = clash::problems(parts, &draft.model);
        draft.problems.extend(clashes);
    }
    if draft.problems.is_empty() {
        Ok((draft.index, draft.model))
    } else {
        Err(draft.problems)
    }
}

struct Draft<'a> {
    parts: &'a Parts,
    index: Index,
    model: Model,
    problems: Vec<Problem>,
}

impl<'a> Draft<'a> {
    fn new(parts: &'a Parts) -> Self {
        let members = parts.members.len();
        let people = members + parts.facilitators.len();
        Self {
            parts,
            index: Index::new(),
            model: Model {
                people,
                members,
                ..Model::default()
            },
            problems: Vec::new(),
        }
    }

    fn problem(&mut self, code: &str, found: impl Into<String>, expected: &str) {
        self.problems.push(Problem::new(code, found, expected));
    }

    fn people(&mut self) {
        if self.parts.members.is_empty() {
            self.problem("E-SEAT-NONE", "no member", "at least one");
        }
        if self.model.people > PEOPLE {
            let found = format!("{} people", self.model.people);
            self.problem("E-SEAT-MANY", found, "at most 2000");
            return;
        }
        for (at, id) in self.parts.ids().enumerate() {
            if key::is_blank(id) {
                self.problem("E-SEAT-ID", "a blank id", "an id for everybody");
            } else if self.index.insert(id.to_owned(), at).is_some() {
                self.problem("E-SEAT-DUPLICATE", format!("{id} twice"), "every id once");
            }
        }
        let pairs = self.model.people * self.model.people;
        self.model.kinds = vec![FREE; pairs];
        self.model.history = vec![0; pairs];
    }

    fn rounds(&mut self) {
        let count = self.parts.rounds.len();
        match count {
            0 => self.problem("E-SEAT-NONE", "no round", "at least one"),
            1..=ROUNDS => {}
            _ => self.problem("E-SEAT-MANY", format!("{count} rounds"), "at most 200"),
        }
        for at in 0..count.min(ROUNDS) {
            self.round(at);
        }
    }

    fn round(&mut self, at: usize) {
        let (round, number) = (&self.parts.rounds[at], self.parts.first + at as u32);
        let mut present = vec![true; self.model.people];
        for id in &round.absent {
            if let Some(person) = self.who(id) {
                present[person] = false;
            }
        }
        let here = |range: std::ops::Range<usize>| range.filter(|&p| present[p]).count();
        let members = here(0..self.model.members) as u32;
        let facilitators = here(self.model.members..self.model.people);
        let sizes = round.sizes(members);
        let tables = sizes.len();
        if tables == 0 {
            self.problem(
                "E-SEAT-NONE",
                format!("no table in round {number}"),
                "at least one",
            );
        }
        let (fewest, most) = sizes.iter().fold((0, 0), |(low, high): (u64, u64), s| {
            (low + u64::from(s.0), high + u64::from(s.1))
        });
        let all = u64::from(members);
        if tables > 0 && (all < fewest || all > most || members < tables as u32) {
            let found = format!(
                "{members} members in round {number}, whose {tables} tables take {fewest} to {most}"
            );
            self.problem(
                "E-SEAT-SIZE",
                found,
                "a seat for everybody and somebody at every table",
            );
        }
        if self.model.people > self.model.members && facilitators < tables {
            let found =
                format!("{facilitators} facilitators for {tables} tables in round {number}");
            self.problem("E-SEAT-FACILITATORS", found, "one for every table");
        }
        for table in round
            .tags
            .keys()
            .filter(|t| !(1..=tables as u32).contains(t))
        {
            let found = format!("a tag of table {table} in round {number}");
            self.problem("E-SEAT-PLACE", found, "a table that exists");
        }
        let small = |size: u32| size.min(u32::from(u16::MAX)) as u16;
        self.model.rounds.push(RoundModel {
            sizes: sizes.iter().map(|s| (small(s.0), small(s.1))).collect(),
            present,
            allowed: Vec::new(),
        });
    }

    /// The index of an id, or a problem.
    fn who(&mut self, id: &str) -> Option<usize> {
        let found = self.index.get(id).copied();
        if found.is_none() {
            self.problem(
                "E-SEAT-WHO",
                format!("{id:?}"),
                "the id of a member or facilitator",
            );
        }
        found
    }

    fn both(&mut self, a: &str, b: &str) -> Option<(usize, usize)> {
        let (first, second) = (self.who(a), self.who(b));
        let pair = first.zip(second)?;
        if pair.0 == pair.1 {
            self.problem("E-SEAT-SELF", format!("{a} and {b}"), "two people");
            return None;
        }
        Some(pair)
    }

    fn history(&mut self) {
        for (a, b, times) in &self.parts.history {
            if let Some((a, b)) = self.both(a, b) {
                for at in [a * self.model.people + b, b * self.model.people + a] {
                    let more = (*times).min(u32::from(u16::MAX)) as u16;
                    self.model.history[at] = self.model.history[at].saturating_add(more);
                }
            }
        }
    }

    /// Only whom rules name.
    fn names(&mut self) {
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

    fn rule(&mut self, rule: &SeatRule) {
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
        let value = |m: &super::problem::Member| {
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
    fn join_units(&mut self) {
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
