//! Whether a plan keeps every rule, worked out from the plan alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::model::{APART, TOGETHER};
use super::plan::{PlannedRound, SeatingPlan};
use super::problem::Seating;
use crate::pool::key;

/// What a plan does that it must not; rounds and tables counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Violation {
    /// The plan's rounds are not those of the seating, by their numbers.
    Rounds(Vec<u32>),
    /// A round has another number of tables.
    Tables(u32, usize),
    /// Somebody is there and has no seat in the round.
    Missing(u32, String),
    /// Somebody has several seats in the round.
    Twice(u32, String),
    /// Somebody sits who is absent in the round or not known at all.
    Stranger(u32, String),
    /// A facilitator on a member's seat, or the reverse.
    WrongSeat(u32, String),
    /// A table (second number) has so many members (third).
    Size(u32, u32, usize),
    /// A table (second number) has so many facilitators (third).
    Facilitators(u32, u32, usize),
    /// Two people share a table who must not.
    NotApart(u32, String, String),
    /// Two people do not share a table who must.
    NotTogether(u32, String, String),
    /// Somebody sits at a table (second number) where a rule does not let them.
    NotAllowed(u32, u32, String),
    /// A value has more people at a table (second number) than its capacity.
    Crowded(u32, u32, String),
    /// People of a value sit at more tables (second number) than needed.
    Scattered(u32, u32, String),
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rounds(found) => write!(f, "the plan has the rounds {found:?}"),
            Self::Tables(r, n) => write!(f, "round {r} has {n} tables"),
            Self::Missing(r, id) => write!(f, "round {r}: {id} has no seat"),
            Self::Twice(r, id) => write!(f, "round {r}: {id} has several seats"),
            Self::Stranger(r, id) => write!(f, "round {r}: {id} sits, but is not there"),
            Self::WrongSeat(r, id) => write!(f, "round {r}: {id} has a seat of the other kind"),
            Self::Size(r, t, n) => write!(f, "round {r}, table {t}: {n} members"),
            Self::Facilitators(r, t, n) => write!(f, "round {r}, table {t}: {n} facilitators"),
            Self::NotApart(r, a, b) => write!(f, "round {r}: {a} and {b} share a table"),
            Self::NotTogether(r, a, b) => write!(f, "round {r}: {a} and {b} share no table"),
            Self::NotAllowed(r, t, id) => write!(f, "round {r}: {id} may not sit at table {t}"),
            Self::Crowded(r, t, value) => write!(f, "round {r}, table {t}: too many of {value}"),
            Self::Scattered(r, n, value) => write!(f, "round {r}: {value} at {n} tables"),
        }
    }
}

/// Every violation, in order of rounds.
pub(super) fn violations(plan: &SeatingPlan, seating: &Seating) -> Vec<Violation> {
    let first = seating.first_round();
    let numbers: Vec<u32> = plan.rounds.iter().map(|r| r.round).collect();
    let expected = first..first + seating.rounds().len() as u32;
    if !numbers.iter().copied().eq(expected) {
        return vec![Violation::Rounds(numbers)];
    }
    let mut found = Vec::new();
    for (at, round) in plan.rounds.iter().enumerate() {
        Checked { seating, at, round }.check(&mut found);
    }
    found
}

/// One round under the rules.
struct Checked<'a> {
    seating: &'a Seating,
    at: usize,
    round: &'a PlannedRound,
}

impl Checked<'_> {
    fn check(&self, found: &mut Vec<Violation>) {
        let (r, tables) = (self.round.round, self.round.tables.len());
        if tables != self.seating.model.rounds[self.at].tables() {
            found.push(Violation::Tables(r, tables));
            return;
        }
        let seats = self.seats(found);
        self.sizes(found);
        self.pairs(&seats, found);
        self.places(&seats, found);
        self.clusters(&seats, found);
    }

    /// Table of everybody who sits, counted from 0.
    fn seats(&self, found: &mut Vec<Violation>) -> BTreeMap<usize, usize> {
        let (r, model) = (self.round.round, &self.seating.model);
        let here = &model.rounds[self.at];
        let mut seats = BTreeMap::new();
        let mut twice = BTreeSet::new();
        for (table, people) in self.round.tables.iter().enumerate() {
            let members = people.members.iter().map(|id| (id, true));
            let facilitators = people.facilitators.iter().map(|id| (id, false));
            for (id, is_member) in members.chain(facilitators) {
                let known = self.seating.index.get(id).copied();
                match known.filter(|&p| here.present[p]) {
                    None => found.push(Violation::Stranger(r, id.clone())),
                    Some(p) => {
                        if (p < model.members) != is_member {
                            found.push(Violation::WrongSeat(r, id.clone()));
                        }
                        if seats.insert(p, table).is_some() {
                            twice.insert(id.clone());
                        }
                    }
                }
            }
        }
        found.extend(twice.into_iter().map(|id| Violation::Twice(r, id)));
        for person in here.present_in(0..model.members) {
            if !seats.contains_key(&person) {
                let id = self.seating.id(person).to_owned();
                found.push(Violation::Missing(r, id));
            }
        }
        seats
    }

    fn sizes(&self, found: &mut Vec<Violation>) {
        let (r, model) = (self.round.round, &self.seating.model);
        let sizes = &model.rounds[self.at].sizes;
        let each = usize::from(model.has_facilitators());
        for ((table, people), size) in (1..).zip(&self.round.tables).zip(sizes) {
            let members = people.members.len();
            if members < usize::from(size.0) || members > usize::from(size.1) {
                found.push(Violation::Size(r, table, members));
            }
            if people.facilitators.len() != each {
                found.push(Violation::Facilitators(r, table, people.facilitators.len()));
            }
        }
    }

    fn pairs(&self, seats: &BTreeMap<usize, usize>, found: &mut Vec<Violation>) {
        let (r, model) = (self.round.round, &self.seating.model);
        for (&a, table) in seats {
            for (&b, other) in seats.range(a + 1..) {
                let ids = || (self.seating.id(a).to_owned(), self.seating.id(b).to_owned());
                match model.kinds[a * model.people + b] {
                    APART if table == other => {
                        let (a, b) = ids();
                        found.push(Violation::NotApart(r, a, b));
                    }
                    TOGETHER if table != other => {
                        let (a, b) = ids();
                        found.push(Violation::NotTogether(r, a, b));
                    }
                    _ => {}
                }
            }
        }
    }

    fn places(&self, seats: &BTreeMap<usize, usize>, found: &mut Vec<Violation>) {
        let here = &self.seating.model.rounds[self.at];
        for (&person, &table) in seats {
            if !here.may_sit(person, table) {
                let (r, id) = (self.round.round, self.seating.id(person).to_owned());
                found.push(Violation::NotAllowed(r, table as u32 + 1, id));
            }
        }
    }

    fn clusters(&self, seats: &BTreeMap<usize, usize>, found: &mut Vec<Violation>) {
        let r = self.round.round;
        for (cluster, name) in self.seating.model.clusters.iter().zip(self.cluster_names()) {
            let mut at: BTreeMap<usize, u16> = BTreeMap::new();
            for (_, &table) in seats.iter().filter(|(p, _)| cluster.is_in[**p]) {
                *at.entry(table).or_insert(0) += 1;
            }
            for (&table, _) in at.iter().filter(|(_, n)| **n > cluster.capacity) {
                found.push(Violation::Crowded(r, table as u32 + 1, name.clone()));
            }
            let needed = at.values().sum::<u16>().div_ceil(cluster.capacity);
            if at.len() > usize::from(needed) {
                found.push(Violation::Scattered(r, at.len() as u32, name));
            }
        }
    }

    fn cluster_names(&self) -> impl Iterator<Item = String> {
        self.seating
            .parts
            .rules
            .iter()
            .filter_map(|rule| match rule {
                super::rule::SeatRule::Cluster { feature, value, .. } => {
                    Some(format!("{} = {}", key::clean(feature), key::clean(value)))
                }
                _ => None,
            })
    }
}
