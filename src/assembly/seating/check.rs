//! From what was given to numbers, with every problem on the way.

use std::collections::BTreeMap;

use super::model::{FREE, Model, RoundModel};
use super::problem::Parts;
use crate::error::Problem;
use crate::pool::key;

mod clash;
mod rules;

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
        let crowds = clash::crowds(parts, &draft.model);
        draft.problems.extend(crowds);
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
}
