//! A seating while it is being searched: every number that a change of seats needs, and what the change would cost.

use super::measure::outside;
use super::model::{APART, AWAY, Model, TOGETHER};

/// What the parts of a seating cost, in integers.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    /// A person or two people against a rule.
    pub(super) rule: i64,
    /// One person of a value too few or too many at a table.
    pub(super) imbalance: i64,
    /// Two people who have met so often: the cost grows by [`pair`](Self::pair) from one meeting to the next.
    pub(super) first_repeat: i64,
    pub(super) further: i64,
}

impl Weights {
    /// What it adds that two people meet once more, when they have met `times` before.
    fn pair(&self, times: i64) -> i64 {
        if times == 0 {
            0
        } else {
            self.first_repeat + (times - 1) * self.further
        }
    }
}

/// The two costs of a pair: of one meeting more, and of the last one.
const MORE: usize = 0;
const LAST: usize = 1;
/// More earlier meetings than this cost no more than this many.
const MOST_EARLIER: u16 = 8;

/// A seating with its meetings and its counts.
#[derive(Debug, Clone)]
pub(super) struct State<'m> {
    pub(super) model: &'m Model,
    weights: Weights,
    /// Where the tables of a round begin among all tables; the last of a round is the facilitators' bench.
    base: Vec<usize>,
    /// Table of every person in every round, and the place in its list.
    table: Vec<u16>,
    place: Vec<u16>,
    seats: Vec<Vec<u16>>,
    members_at: Vec<u16>,
    /// Meetings of two people so far, after what the rules say about them.
    codes: Vec<u16>,
    /// Cost of one meeting more, and of the last one, by code, and the same for every two people.
    steps: Vec<[i32; 2]>,
    pairs: Vec<[i32; 2]>,
    spread: Spread,
    clusters: Vec<u16>,
}

/// Counts of values at tables and what they should be.
#[derive(Debug, Clone, Default)]
struct Spread {
    values: usize,
    offsets: Vec<usize>,
    /// Index of every member's value among all values, feature by feature.
    of: Vec<u16>,
    counts: Vec<u16>,
    /// Fewest and most by round, table size and value.
    limits: Vec<Vec<(u16, u16)>>,
}

impl<'m> State<'m> {
    /// The seating in which everybody sits where `tables` says: a table per person, round by round.
    pub(super) fn new(model: &'m Model, weights: Weights, tables: &[u16]) -> Self {
        let mut base = Vec::with_capacity(model.rounds.len());
        let mut all = 0;
        for round in &model.rounds {
            base.push(all);
            all += round.tables() + 1;
        }
        let stride = model.rounds.len() + usize::from(MOST_EARLIER) + 2;
        let mut state = Self {
            model,
            base,
            table: vec![AWAY; tables.len()],
            place: vec![0; tables.len()],
            seats: vec![Vec::new(); all],
            members_at: vec![0; all],
            codes: codes(model, stride),
            steps: steps(&weights, stride),
            pairs: vec![[0; 2]; model.people * model.people],
            spread: Spread::new(model, all),
            clusters: vec![0; all * model.clusters.len()],
            weights,
        };
        for (pair, &code) in state.pairs.iter_mut().zip(&state.codes) {
            *pair = state.steps[usize::from(code)];
        }
        for (at, &table) in tables.iter().enumerate().filter(|(_, t)| **t != AWAY) {
            let (round, person) = (at / model.people, at % model.people);
            state.sit(round, person, usize::from(table));
        }
        state
    }

    pub(super) fn weights(&self) -> &Weights {
        &self.weights
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

    fn is_bench(&self, round: usize, table: usize) -> bool {
        table == self.model.rounds[round].tables()
    }

    /// What it would cost that `a` and `b`, at different tables, change seats. Both are members, or both facilitators.
    /// O(people at the two tables + features).
    pub(super) fn swap_cost(&self, round: usize, a: usize, b: usize) -> i64 {
        let (at, bt) = (self.table_of(round, a), self.table_of(round, b));
        let width = self.model.people;
        let row_a = &self.pairs[a * width..][..width];
        let row_b = &self.pairs[b * width..][..width];
        let mut pairs = 0;
        if !self.is_bench(round, at) {
            for &x in self.seated(round, at) {
                pairs += row_b[usize::from(x)][MORE] - row_a[usize::from(x)][LAST];
            }
            pairs -= row_b[a][MORE];
        }
        if !self.is_bench(round, bt) {
            for &x in self.seated(round, bt) {
                pairs += row_a[usize::from(x)][MORE] - row_b[usize::from(x)][LAST];
            }
            pairs -= row_a[b][MORE];
        }
        let mut cost = i64::from(pairs);
        if a < self.model.members {
            let (at, bt) = (self.base[round] + at, self.base[round] + bt);
            cost += self.spread.swap_cost(self, round, (a, at), (b, bt)) * self.weights.imbalance;
        }
        cost + self.cluster_cost(round, [(a, at, bt), (b, bt, at)])
    }

    /// What it would cost that member `a` moves to another table.
    pub(super) fn move_cost(&self, round: usize, a: usize, to: usize) -> i64 {
        let from = self.table_of(round, a);
        let row = &self.pairs[a * self.model.people..][..self.model.people];
        let met = self.seated(round, to).iter();
        let left = self.seated(round, from).iter();
        let pairs = met.map(|&x| row[usize::from(x)][MORE]).sum::<i32>()
            - left.map(|&x| row[usize::from(x)][LAST]).sum::<i32>();
        let mut cost = i64::from(pairs);
        let (ft, tt) = (self.base[round] + from, self.base[round] + to);
        cost += self.spread.move_cost(self, round, a, (ft, tt)) * self.weights.imbalance;
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
        let is_bench = self.is_bench(round, table);
        if !is_bench {
            for seat in 0..self.seats[at].len() {
                let other = usize::from(self.seats[at][seat]);
                self.meet(person, other, 1);
            }
        }
        self.table[round * width + person] = table as u16;
        self.place[round * width + person] = self.seats[at].len() as u16;
        self.seats[at].push(person as u16);
        if person < self.model.members {
            self.members_at[at] += 1;
            self.spread.count(person, at, 1);
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
        if !self.is_bench(round, table) {
            for seat in 0..self.seats[at].len() {
                let other = usize::from(self.seats[at][seat]);
                self.meet(person, other, u16::MAX);
            }
        }
        if person < self.model.members {
            self.members_at[at] -= 1;
            self.spread.count(person, at, u16::MAX);
        }
        self.count_clusters(person, at, u16::MAX);
    }

    /// One meeting more, or with [`u16::MAX`] one less.
    fn meet(&mut self, a: usize, b: usize, by: u16) {
        let width = self.model.people;
        let code = self.codes[a * width + b].wrapping_add(by);
        let pair = self.steps[usize::from(code)];
        for at in [a * width + b, b * width + a] {
            self.codes[at] = code;
            self.pairs[at] = pair;
        }
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
    fn cluster_cost(&self, round: usize, moves: [(usize, usize, usize); 2]) -> i64 {
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
            cost += outside(&mut counts, cluster.capacity) - before;
        }
        cost * self.weights.rule
    }
}

/// For every two people: meetings before the first round, after what a rule says about them. Nobody meets themselves.
fn codes(model: &Model, stride: usize) -> Vec<u16> {
    let (width, stride) = (model.people, stride as u16);
    let mut codes = vec![0; width * width];
    for (at, code) in codes.iter_mut().enumerate() {
        let kind = if at / width == at % width {
            3
        } else {
            u16::from(model.kinds[at])
        };
        *code = kind * stride + model.history[at].min(MOST_EARLIER);
    }
    codes
}

fn steps(weights: &Weights, stride: usize) -> Vec<[i32; 2]> {
    let mut all = vec![[0; 2]; 4 * stride];
    for times in 0..stride {
        let pair = [times as i64, (times as i64 - 1).max(0)].map(|t| weights.pair(t) as i32);
        let rule = weights.rule as i32;
        all[times] = pair;
        all[usize::from(APART) * stride + times] = pair.map(|cost| cost + rule);
        // Those who sit together meet in every round: nothing is gained by counting that.
        all[usize::from(TOGETHER) * stride + times] = [-rule; 2];
    }
    all
}

impl Spread {
    fn new(model: &Model, tables: usize) -> Self {
        let mut offsets = Vec::new();
        let mut values = 0;
        for feature in &model.features {
            offsets.push(values);
            values += feature.values;
        }
        let mut of = Vec::new();
        for member in 0..model.members {
            for (feature, offset) in model.features.iter().zip(&offsets) {
                of.push(*offset as u16 + feature.of[member]);
            }
        }
        let limits = (0..model.rounds.len()).map(|r| limits(model, r));
        Self {
            values,
            offsets,
            of,
            counts: vec![0; tables * values],
            limits: limits.collect(),
        }
    }

    fn values_of(&self, person: usize) -> &[u16] {
        let features = self.offsets.len();
        &self.of[person * features..][..features]
    }

    fn count(&mut self, person: usize, at: usize, by: u16) {
        let features = self.offsets.len();
        for value in &self.of[person * features..][..features] {
            let count = &mut self.counts[at * self.values + usize::from(*value)];
            *count = count.wrapping_add(by);
        }
    }

    /// Counts and limits of a table, or of one that had another size.
    fn table(&self, round: usize, at: usize, size: u16) -> (&[u16], &[(u16, u16)]) {
        let counts = &self.counts[at * self.values..][..self.values];
        let limits = &self.limits[round][usize::from(size) * self.values..][..self.values];
        (counts, limits)
    }

    fn swap_cost(
        &self,
        state: &State<'_>,
        round: usize,
        (a, at): (usize, usize),
        (b, bt): (usize, usize),
    ) -> i64 {
        let (counts_a, limits_a) = self.table(round, at, state.members_at[at]);
        let (counts_b, limits_b) = self.table(round, bt, state.members_at[bt]);
        let mut cost = 0;
        let pairs = self.values_of(a).iter().zip(self.values_of(b));
        for ((&va, &vb), feature) in pairs.zip(&state.model.features) {
            if va != vb {
                let (va, vb) = (usize::from(va), usize::from(vb));
                let change = one_less(counts_a[va], limits_a[va])
                    + one_more(counts_a[vb], limits_a[vb])
                    + one_less(counts_b[vb], limits_b[vb])
                    + one_more(counts_b[va], limits_b[va]);
                cost += change * feature.weight;
            }
        }
        cost
    }

    fn move_cost(
        &self,
        state: &State<'_>,
        round: usize,
        a: usize,
        (from, to): (usize, usize),
    ) -> i64 {
        let mut cost = 0;
        for (at, grows) in [(from, false), (to, true)] {
            let size = state.members_at[at];
            let (counts, old) = self.table(round, at, size);
            let new_size = if grows { size + 1 } else { size - 1 };
            let (_, new) = self.table(round, at, new_size);
            for (f, feature) in state.model.features.iter().enumerate() {
                let own = usize::from(self.values_of(a)[f]);
                for v in self.offsets[f]..self.offsets[f] + feature.values {
                    let count = match (v == own, grows) {
                        (false, _) => counts[v],
                        (true, true) => counts[v] + 1,
                        (true, false) => counts[v] - 1,
                    };
                    let change = off(count, new[v]) - off(counts[v], old[v]);
                    cost += change * feature.weight;
                }
            }
        }
        cost
    }
}

/// Fewest and most of every value by table size.
fn limits(model: &Model, round: usize) -> Vec<(u16, u16)> {
    let here = &model.rounds[round];
    let all = here.present_in(0..model.members).count() as u32;
    let largest = here.sizes.iter().map(|s| s.1).max().unwrap_or(0);
    let people = model.present_values(round);
    let mut limits = Vec::new();
    for size in 0..=u32::from(largest) {
        for &count in people.iter().flatten() {
            let (low, high) = Model::fair_part(count, size, all);
            limits.push((low as u16, high as u16));
        }
    }
    limits
}

fn off(count: u16, (low, high): (u16, u16)) -> i64 {
    i64::from(low.saturating_sub(count) + count.saturating_sub(high))
}

fn one_less(count: u16, (low, high): (u16, u16)) -> i64 {
    i64::from(count <= low) - i64::from(count > high)
}

fn one_more(count: u16, (low, high): (u16, u16)) -> i64 {
    i64::from(count >= high) - i64::from(count < low)
}
