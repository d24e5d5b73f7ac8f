//! Who has met whom how often in a seating that is being searched, and what it would cost to meet once more.

use super::model::{APART, Model, TOGETHER};
use super::state::Weights;

/// More earlier meetings than this cost no more than this many.
const MOST_EARLIER: u16 = 8;
/// Sums are kept for every person and table of every round up to so many, up to so many rounds, and tables of up to so many people, so that a sum is small; beyond, they are added up when they are needed.
const MOST_SUMS: usize = 1 << 21;
const MOST_ROUNDS: usize = 16;
const MOST_SIZE: u16 = 200;

/// Meetings, and what they cost.
///
/// Two people who have met `m` times cost a step for meeting once more (`more`), and gain one when they do not meet the last time (`last`).
#[derive(Debug, Clone)]
pub(super) struct Meetings {
    people: usize,
    /// Table among all tables of every person in every round, [`NOWHERE`] on the bench.
    table: Vec<u32>,
    is_bench: Vec<bool>,
    /// Meetings of two people so far, after what the rules say about them.
    codes: Vec<u16>,
    /// Cost of one meeting more, and of the last one, by code.
    steps: Vec<[i16; 2]>,
    /// The same for every two people.
    more: Vec<i16>,
    last: Vec<i16>,
    /// What it would cost a person to sit with all at a table, table by table; empty when there are too many.
    joins: Vec<i16>,
    /// What a person would gain by rising, round by round.
    leaves: Vec<i16>,
}

const NOWHERE: u32 = u32::MAX;

impl Meetings {
    /// Nobody sits yet. `base` says where the tables of a round begin; the last of a round is the bench, where nobody meets anybody.
    pub(super) fn new(model: &Model, weights: &Weights, base: &[usize]) -> Self {
        let stride = model.rounds.len() + usize::from(MOST_EARLIER) + 2;
        let codes = codes(model, stride);
        let steps = steps(weights, stride);
        let all = base.last().map_or(0, |b| b + 1) + model.rounds.last().map_or(0, |r| r.tables());
        let mut is_bench = vec![false; all];
        for (round, first) in model.rounds.iter().zip(base) {
            is_bench[first + round.tables()] = true;
        }
        let sizes = model.rounds.iter().flat_map(|r| &r.sizes).map(|s| s.1);
        let is_small = sizes.max().unwrap_or(0) <= MOST_SIZE && base.len() <= MOST_ROUNDS;
        let is_kept = is_small && all * model.people <= MOST_SUMS;
        let step = |which: usize| {
            codes
                .iter()
                .map(|&c| steps[usize::from(c)][which])
                .collect()
        };
        Self {
            people: model.people,
            table: vec![NOWHERE; base.len() * model.people],
            is_bench,
            more: step(0),
            last: step(1),
            joins: vec![0; if is_kept { all * model.people } else { 0 }],
            leaves: vec![
                0;
                if is_kept {
                    base.len() * model.people
                } else {
                    0
                }
            ],
            codes,
            steps,
        }
    }

    /// From now on, sums are added up.
    #[cfg(test)]
    pub(super) fn forget_sums(&mut self) {
        self.joins.clear();
        self.leaves.clear();
    }

    /// What it costs that `a` and `b` change tables (numbers among all tables).
    pub(super) fn swap_cost(
        &self,
        seats: &[Vec<u16>],
        round: usize,
        (a, at): (usize, usize),
        (b, bt): (usize, usize),
    ) -> i32 {
        let again = i32::from(self.more[a * self.people + b]);
        let mut cost = 0;
        if !self.is_bench[at] {
            cost += self.join(seats, b, at) - again - self.leave(seats, round, a, at);
        }
        if !self.is_bench[bt] {
            cost += self.join(seats, a, bt) - again - self.leave(seats, round, b, bt);
        }
        cost
    }

    /// What it costs that `a` moves from a table to a table.
    pub(super) fn move_cost(
        &self,
        seats: &[Vec<u16>],
        round: usize,
        a: usize,
        (from, to): (usize, usize),
    ) -> i32 {
        self.join(seats, a, to) - self.leave(seats, round, a, from)
    }

    fn join(&self, seats: &[Vec<u16>], person: usize, at: usize) -> i32 {
        match self.joins.get(at * self.people + person) {
            Some(&sum) => i32::from(sum),
            None => self.sum(&self.more, person, &seats[at]),
        }
    }

    fn leave(&self, seats: &[Vec<u16>], round: usize, person: usize, at: usize) -> i32 {
        match self.leaves.get(round * self.people + person) {
            Some(&sum) => i32::from(sum),
            None => self.sum(&self.last, person, &seats[at]),
        }
    }

    fn sum(&self, steps: &[i16], person: usize, others: &[u16]) -> i32 {
        let row = &steps[person * self.people..][..self.people];
        others.iter().map(|&x| i32::from(row[usize::from(x)])).sum()
    }

    /// A person sits down with `others`.
    pub(super) fn sit(&mut self, others: &[u16], round: usize, person: usize, at: usize) {
        if self.is_bench[at] {
            return;
        }
        for &other in others {
            self.meet(person, usize::from(other), 1);
        }
        self.table[round * self.people + person] = at as u32;
        if self.joins.is_empty() {
            return;
        }
        let row = &self.more[person * self.people..][..self.people];
        let joins = &mut self.joins[at * self.people..][..self.people];
        joins
            .iter_mut()
            .zip(row)
            .for_each(|(sum, step)| *sum += step);
        for other in others.iter().map(|&o| usize::from(o)) {
            let step = self.last[person * self.people + other];
            self.leaves[round * self.people + other] += step;
            self.leaves[round * self.people + person] += step;
        }
    }

    /// A person rises from among `others`.
    pub(super) fn rise(&mut self, others: &[u16], round: usize, person: usize, at: usize) {
        if self.is_bench[at] {
            return;
        }
        self.table[round * self.people + person] = NOWHERE;
        if !self.joins.is_empty() {
            let row = &self.more[person * self.people..][..self.people];
            let joins = &mut self.joins[at * self.people..][..self.people];
            joins
                .iter_mut()
                .zip(row)
                .for_each(|(sum, step)| *sum -= step);
            for other in others.iter().map(|&o| usize::from(o)) {
                let step = self.last[person * self.people + other];
                self.leaves[round * self.people + other] -= step;
            }
            self.leaves[round * self.people + person] = 0;
        }
        for &other in others {
            self.meet(person, usize::from(other), u16::MAX);
        }
    }

    /// One meeting more, or with [`u16::MAX`] one less.
    fn meet(&mut self, a: usize, b: usize, by: u16) {
        let width = self.people;
        let (ab, ba) = (a * width + b, b * width + a);
        let code = self.codes[ab].wrapping_add(by);
        self.codes[ab] = code;
        self.codes[ba] = code;
        let [more, last] = self.steps[usize::from(code)];
        let (by_more, by_last) = (more - self.more[ab], last - self.last[ab]);
        if by_more == 0 && by_last == 0 {
            return;
        }
        (self.more[ab], self.more[ba]) = (more, more);
        (self.last[ab], self.last[ba]) = (last, last);
        if self.joins.is_empty() {
            return;
        }
        for round in (0..self.table.len()).step_by(width) {
            let (at, bt) = (self.table[round + a], self.table[round + b]);
            if bt != NOWHERE {
                self.joins[bt as usize * width + a] += by_more;
            }
            if at != NOWHERE {
                self.joins[at as usize * width + b] += by_more;
                if at == bt {
                    self.leaves[round + a] += by_last;
                    self.leaves[round + b] += by_last;
                }
            }
        }
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

fn steps(weights: &Weights, stride: usize) -> Vec<[i16; 2]> {
    let pair = |times: usize| match times {
        0 => 0,
        _ => (weights.first_repeat + (times as i32 - 1) * weights.further) as i16,
    };
    let mut all = vec![[0; 2]; 4 * stride];
    for times in 0..stride {
        let both = [pair(times), pair(times.saturating_sub(1))];
        let rule = weights.rule as i16;
        all[times] = both;
        all[usize::from(APART) * stride + times] = both.map(|cost| cost + rule);
        // Those who sit together meet in every round: nothing is gained by counting that.
        all[usize::from(TOGETHER) * stride + times] = [-rule; 2];
    }
    all
}
