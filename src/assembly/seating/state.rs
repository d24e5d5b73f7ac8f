//! A seating while it is being searched: every number that a change of seats needs, and what the change would cost.

use super::measure::outside;
use super::meetings::Meetings;
use super::model::{AWAY, Model};
use super::spread::Spread;

/// What the parts of a seating cost, in integers.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    /// A person or two people against a rule.
    pub(super) rule: i32,
    /// One person of a value too few or too many at a table.
    pub(super) imbalance: i32,
    /// Two people who have met once, and what each further time adds to that.
    pub(super) first_repeat: i32,
    pub(super) further: i32,
}

/// A seating with its meetings and its counts.
#[derive(Debug, Clone)]
pub(super) struct State<'m> {
    pub(super) model: &'m Model,
    /// What a person against a rule costs.
    rule: i32,
    /// Where the tables of a round begin among all tables; the last of a round is the facilitators' bench.
    base: Vec<usize>,
    /// Table of every person in every round, and the place in its list.
    table: Vec<u16>,
    place: Vec<u16>,
    seats: Vec<Vec<u16>>,
    members_at: Vec<u16>,
    meetings: Meetings,
    spread: Spread,
    clusters: Vec<u16>,
}

impl<'m> State<'m> {
    /// The seating in which everybody sits where `tables` says: a table per person, round by round.
    pub(super) fn new(model: &'m Model, weights: &Weights, tables: &[u16]) -> Self {
        let mut base = Vec::with_capacity(model.rounds.len());
        let mut all = 0;
        for round in &model.rounds {
            base.push(all);
            all += round.tables() + 1;
        }
        let mut state = Self {
            model,
            table: vec![AWAY; tables.len()],
            place: vec![0; tables.len()],
            seats: vec![Vec::new(); all],
            members_at: vec![0; all],
            meetings: Meetings::new(model, weights, &base),
            spread: Spread::new(model, weights.imbalance, all),
            clusters: vec![0; all * model.clusters.len()],
            base,
            rule: weights.rule,
        };
        for (at, &table) in tables.iter().enumerate().filter(|(_, t)| **t != AWAY) {
            let (round, person) = (at / model.people, at % model.people);
            state.sit(round, person, usize::from(table));
        }
        state
    }

    /// What all that is off balance costs.
    pub(super) fn imbalance(&self) -> i64 {
        self.spread.all_off()
    }

    /// Table of every person, round by round.
    pub(super) fn tables(&self) -> &[u16] {
        &self.table
    }

    pub(super) fn table_of(&self, round: usize, person: usize) -> usize {
        usize::from(self.table[round * self.model.people + person])
    }

    /// People at a table.
    pub(super) fn seated(&self, round: usize, table: usize) -> &[u16] {
        &self.seats[self.base[round] + table]
    }

    pub(super) fn members_at(&self, round: usize, table: usize) -> u16 {
        self.members_at[self.base[round] + table]
    }

    /// What it would cost that `a` and `b`, at different tables, change seats, when that is at most `most`; else some number above `most`.
    /// Both are members, or both facilitators. O(features); with clusters O(tables) for each.
    pub(super) fn swap_cost(&self, round: usize, a: usize, b: usize, most: i32) -> i32 {
        let (at, bt) = (self.table_of(round, a), self.table_of(round, b));
        let (ta, tb) = (self.base[round] + at, self.base[round] + bt);
        let mut cost = self
            .meetings
            .swap_cost(&self.seats, round, (a, ta), (b, tb));
        if a < self.model.members {
            // No change at two tables can gain more than all that is off there.
            if self.model.clusters.is_empty() && cost - self.spread.gain(ta, tb) > most {
                return i32::MAX;
            }
            cost += self.spread.swap_cost((a, ta), (b, tb));
        }
        cost + self.cluster_cost(round, [(a, at, bt), (b, bt, at)])
    }

    /// The part of [`swap_cost`](Self::swap_cost) of two members that comes from the balance of features.
    pub(super) fn balance_cost(&self, round: usize, a: usize, b: usize) -> i32 {
        let table = |person: usize| self.base[round] + self.table_of(round, person);
        self.spread.swap_cost((a, table(a)), (b, table(b)))
    }

    /// What it would cost that member `a` moves to another table.
    pub(super) fn move_cost(&self, round: usize, a: usize, to: usize) -> i32 {
        let from = self.table_of(round, a);
        let (ft, tt) = (self.base[round] + from, self.base[round] + to);
        let mut cost = self.meetings.move_cost(&self.seats, round, a, (ft, tt));
        let sizes = (self.members_at[ft], self.members_at[tt]);
        cost += self.spread.move_cost(round, a, (ft, tt), sizes);
        cost + self.cluster_cost(round, [(a, from, to), (a, from, from)])
    }

    /// `a` and `b` change seats.
    pub(super) fn swap(&mut self, round: usize, a: usize, b: usize) {
        let (at, bt) = (self.table_of(round, a), self.table_of(round, b));
        self.rise(round, a);
        self.rise(round, b);
        self.sit(round, a, bt);
        self.sit(round, b, at);
    }

    /// `a` moves to another table.
    pub(super) fn shift(&mut self, round: usize, a: usize, to: usize) {
        self.rise(round, a);
        self.sit(round, a, to);
    }

    fn sit(&mut self, round: usize, person: usize, table: usize) {
        let (width, at) = (self.model.people, self.base[round] + table);
        self.meetings.sit(&self.seats[at], round, person, at);
        self.table[round * width + person] = table as u16;
        self.place[round * width + person] = self.seats[at].len() as u16;
        self.seats[at].push(person as u16);
        if person < self.model.members {
            self.members_at[at] += 1;
            self.spread
                .count(round, person, at, (self.members_at[at], 1));
        }
        self.count_clusters(person, at, 1);
    }

    fn rise(&mut self, round: usize, person: usize) {
        let width = self.model.people;
        let table = self.table_of(round, person);
        let at = self.base[round] + table;
        let place = usize::from(self.place[round * width + person]);
        self.seats[at].swap_remove(place);
        if let Some(&moved) = self.seats[at].get(place) {
            self.place[round * width + usize::from(moved)] = place as u16;
        }
        self.meetings.rise(&self.seats[at], round, person, at);
        if person < self.model.members {
            self.members_at[at] -= 1;
            self.spread
                .count(round, person, at, (self.members_at[at], u16::MAX));
        }
        self.count_clusters(person, at, u16::MAX);
    }

    fn count_clusters(&mut self, person: usize, at: usize, by: u16) {
        let clusters = self.model.clusters.len();
        for (c, cluster) in self.model.clusters.iter().enumerate() {
            if cluster.is_in[person] {
                let count = &mut self.clusters[at * clusters + c];
                *count = count.wrapping_add(by);
            }
        }
    }

    /// What moves of people from a table to a table cost by clusters.
    fn cluster_cost(&self, round: usize, moves: [(usize, usize, usize); 2]) -> i32 {
        let clusters = &self.model.clusters;
        let tables = self.model.rounds[round].tables();
        let mut cost = 0;
        for (c, cluster) in clusters.iter().enumerate() {
            let mut change = moves.iter().filter(|m| cluster.is_in[m.0] && m.1 != m.2);
            let (first, second) = (change.next(), change.next());
            if first.is_none() || second.is_some() {
                continue;
            }
            let count = |t: usize| self.clusters[(self.base[round] + t) * clusters.len() + c];
            let mut counts: Vec<u16> = (0..tables).map(count).collect();
            let before = outside(&mut counts.clone(), cluster.capacity);
            if let Some(&(_, from, to)) = first {
                counts[from] -= 1;
                counts[to] += 1;
            }
            cost += (outside(&mut counts, cluster.capacity) - before) as i32;
        }
        cost * self.rule
    }
}

#[cfg(test)]
mod tests {
    use super::super::problem::Seating;
    use super::super::rule::{Round, SeatRule};
    use super::{State, Weights};
    use crate::lottery::Stream;

    /// Every swap that is possible costs the same in both.
    fn assert_same(one: &State<'_>, other: &State<'_>) {
        for round in 0..one.model.rounds.len() {
            for (a, b) in (0..14).flat_map(|b| (0..b).map(move |a| (a, b))) {
                if one.table_of(round, a) != one.table_of(round, b) {
                    let costs = [one, other].map(|s| s.swap_cost(round, a, b, i32::MAX));
                    assert_eq!(costs[0], costs[1], "{a} and {b} in round {round}");
                }
            }
        }
    }

    #[test]
    fn sums_that_are_kept_are_sums_that_are_added_up() {
        let member = |i: usize| (format!("m{i}"), format!("v{}", i % 3));
        let builder = (0..14).map(member).fold(Seating::builder(), |s, (id, v)| {
            s.member(id, [("f", v.as_str())])
        });
        let seating = builder
            .rounds(3, &Round::even(4))
            .rule(SeatRule::diversify("f"))
            .rule(SeatRule::apart("m0", "m5"))
            .met("m1", "m2", 2)
            .build()
            .unwrap();
        let weights = Weights {
            rule: 60,
            imbalance: 8,
            first_repeat: 2,
            further: 1,
        };
        let seats = (0..3 * 14).map(|at| ((at % 14 + at / 14) % 4) as u16);
        let tables: Vec<u16> = seats.collect();
        let mut state = State::new(&seating.model, &weights, &tables);
        let mut stream = Stream::from_key([3; 32]);
        for _ in 0..200 {
            let [round, a, b] = [3, 14, 14].map(|n| stream.below(n) as usize);
            if state.table_of(round, a) != state.table_of(round, b) {
                state.swap(round, a, b);
            }
        }
        let fresh = State::new(&seating.model, &weights, state.tables());
        assert_same(&state, &fresh);
        assert_eq!(state.imbalance(), fresh.imbalance());
        let mut without = fresh.clone();
        without.meetings.forget_sums();
        assert_same(&fresh, &without);
    }
}
