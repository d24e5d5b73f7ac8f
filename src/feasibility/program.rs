//! The program behind every suggestion: a panel, or several, under quotas that may give way.
//!
//! Columns are the seats per role, once for every panel asked for, then one *lever* per side of a quota that may give way: the seats by
//! which a minimum is lowered (a lever adds them to the count) or a maximum is raised (it takes them off). All
//! panels meet the same quotas.

use crate::instance::Instance;
use crate::kernel::branch::{Effort, Found, price};
use crate::kernel::columns::Columns;
use crate::kernel::simplex::Simplex;
use crate::selection::conflict::{Pin, uneven};
use crate::selection::model::Model;

/// Costs closer than this count as equal.
const EQUAL: f64 = 1e-6;

/// The side of a quota that gives way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Minimum,
    Maximum,
}

/// One side of one quota, and the seats by which it may give way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lever {
    pub(super) quota: usize,
    pub(super) side: Side,
    pub(super) most: u32,
}

/// Every lever that `min_flex` and `max_flex` leave. Without them a minimum may go down to 0 and a maximum up to the size.
pub(super) fn levers(instance: &Instance) -> Vec<Lever> {
    let mut levers = Vec::new();
    for (at, quota) in instance.quotas().iter().enumerate() {
        if instance.given_position(at).is_none() {
            continue;
        }
        let highest = quota
            .max_flex
            .unwrap_or(instance.size())
            .min(instance.size());
        let down = quota.min - quota.min_flex.unwrap_or(0).min(quota.min);
        let up = highest.saturating_sub(quota.max);
        for (side, most) in [(Side::Minimum, down), (Side::Maximum, up)] {
            if most > 0 {
                let quota = at;
                levers.push(Lever { quota, side, most });
            }
        }
    }
    levers
}

/// A program with costs on its columns.
#[derive(Debug, Clone)]
pub(super) struct Program {
    columns: Columns,
    pub(super) lower: Vec<f64>,
    pub(super) upper: Vec<f64>,
    pub(super) rows: Vec<(f64, f64)>,
    pub(super) cost: Vec<f64>,
    /// Columns of one panel.
    roles: usize,
    /// Column of the first lever.
    first: usize,
    levers: Vec<Lever>,
    /// Seats of all panels together, at most.
    seats: f64,
}

/// How a minimisation ended.
pub(super) enum Optimum {
    At(f64, Vec<f64>),
    Nothing,
    Limit,
}

impl Program {
    /// One panel per pin, with these levers; no costs yet.
    pub(super) fn new(model: &Model, levers: &[Lever], pins: &[Pin]) -> Self {
        let mut program = Self {
            columns: Columns::new(),
            lower: vec![],
            upper: vec![],
            rows: vec![],
            cost: vec![],
            roles: model.len(),
            first: model.len() * pins.len(),
            levers: levers.to_vec(),
            seats: model.people.iter().sum::<f64>() * pins.len() as f64,
        };
        let split = pins.len() > 1;
        let quotas = model.quotas;
        let height = (model.rows.len() + if split { quotas } else { 0 }) as u32;
        for (copy, pin) in (0u32..).zip(pins) {
            program.limits(model, split);
            for j in 0..model.len() {
                let own = model.columns.column(j).map(|(row, x)| (row as u32, x));
                let own: Vec<(u32, f64)> = own.collect();
                let again = own
                    .iter()
                    .filter(|(row, _)| split && (*row as usize) < quotas);
                let again = again.map(|(row, x)| (row + model.rows.len() as u32, *x));
                let entries = own.iter().copied().chain(again);
                let entries = entries.map(|(row, x)| (row + copy * height, x));
                let least = f64::from(u8::from(*pin == Pin::Sits(j)));
                program.push(entries, (least, model.units[j]));
            }
        }
        for lever in levers {
            let (sign, first) = match lever.side {
                Side::Minimum if split => (1.0, model.rows.len()),
                Side::Minimum => (1.0, 0),
                Side::Maximum => (-1.0, 0),
            };
            let row = |copy: u32| ((first + lever.quota) as u32 + copy * height, sign);
            let bounds = (0.0, f64::from(lever.most));
            program.push((0..pins.len() as u32).map(row), bounds);
        }
        program
    }

    /// The rows of one panel. A quota is one row, because one panel needs one lever of it at most; several panels may need both,
    /// so there its maximum has a row, and its minimum another one at the end.
    fn limits(&mut self, model: &Model, split: bool) {
        let people: f64 = model.people.iter().sum();
        // A minimum above all people is met with a lever only.
        let clip = |&(low, high): &(f64, f64)| (low, high.min(people.max(low)));
        let (quotas, others) = model.rows.split_at(model.quotas);
        if !split {
            self.rows.extend(model.rows.iter().map(clip));
            return;
        }
        let most = |row: &(f64, f64)| (-people, clip(row).1);
        let least = |row: &(f64, f64)| (row.0, 2.0 * people + row.0);
        self.rows.extend(quotas.iter().map(most));
        self.rows.extend(others.iter().map(clip));
        self.rows.extend(quotas.iter().map(least));
    }

    fn push(&mut self, entries: impl IntoIterator<Item = (u32, f64)>, bounds: (f64, f64)) {
        self.columns.push(entries);
        self.lower.push(bounds.0);
        self.upper.push(bounds.1);
        self.cost.push(0.0);
    }

    /// Gives every lever a cost per seat.
    pub(super) fn with_costs(mut self, cost: impl Fn(&Lever) -> f64) -> Self {
        for (at, lever) in self.levers.iter().enumerate() {
            self.cost[self.first + at] = cost(lever);
        }
        self
    }

    /// Gives every seat a cost.
    pub(super) fn with_seat_costs(mut self, cost: f64) -> Self {
        self.cost[..self.first].fill(cost);
        self
    }

    /// No lever moves more than so many seats.
    pub(super) fn capped(mut self, most: u32) -> Self {
        for (at, lever) in self.levers.iter().enumerate() {
            self.upper[self.first + at] = f64::from(lever.most.min(most));
        }
        self
    }

    /// One switch per quota, which is 1 when a lever of it moves, and a last row that counts them.
    pub(super) fn with_switches(mut self) -> Self {
        let mut quotas: Vec<usize> = self.levers.iter().map(|l| l.quota).collect();
        quotas.dedup();
        let of_switch = self.rows.len() as u32;
        let mut columns = Columns::new();
        for j in 0..self.columns.len() {
            let own = self.columns.column(j).map(|(row, x)| (row as u32, x));
            let own: Vec<(u32, f64)> = own.collect();
            let switch = j.checked_sub(self.first).map(|at| self.levers[at].quota);
            let switch = switch.and_then(|quota| quotas.iter().position(|&q| q == quota));
            columns.push(
                own.into_iter()
                    .chain(switch.map(|s| (of_switch + s as u32, 1.0))),
            );
        }
        self.columns = columns;
        let counted = of_switch + quotas.len() as u32;
        for (switch, &quota) in (of_switch..).zip(&quotas) {
            let both = self.levers.iter().filter(|l| l.quota == quota);
            let most = f64::from(both.map(|l| l.most).sum::<u32>());
            self.rows.push((-most, 0.0));
            self.push([(switch, -most), (counted, 1.0)], (0.0, 1.0));
        }
        self.rows.push((0.0, quotas.len() as f64));
        self
    }

    /// Cost 1 for every switch.
    pub(super) fn count_switches(mut self) -> Self {
        let switches = self.first + self.levers.len();
        self.cost[switches..].fill(1.0);
        self
    }

    /// A point of cost below `cutoff`.
    fn below(&self, cutoff: f64, effort: &mut Effort) -> Found {
        let (lower, upper) = (self.lower.clone(), self.upper.clone());
        let mut lp = Simplex::new(self.columns.clone(), lower, upper, &self.rows);
        lp.exacting = true;
        // Far less than costs that differ.
        let tie = 1e-2 * EQUAL / self.seats.max(1.0);
        let cost = self.cost.iter().enumerate();
        let cost: Vec<f64> = cost.map(|(j, c)| c + tie * uneven(j)).collect();
        lp.set_costs(&cost);
        price(&mut lp, cutoff, effort)
    }

    /// Whether there is a point at all, whatever it costs.
    pub(super) fn any(&self, effort: &mut Effort) -> Found {
        self.below(f64::INFINITY, effort)
    }

    /// The least cost.
    pub(super) fn optimum(&self, effort: &mut Effort) -> Optimum {
        let mut best: Option<(f64, Vec<f64>)> = None;
        loop {
            let cutoff = best
                .as_ref()
                .map_or(f64::INFINITY, |(cost, _)| cost - EQUAL);
            match self.below(cutoff, effort) {
                Found::Point(point) => best = Some((self.cost_of(&point), point)),
                Found::Nothing => {
                    return match best {
                        Some((cost, point)) => Optimum::At(cost, point),
                        None => Optimum::Nothing,
                    };
                }
                Found::Limit => return Optimum::Limit,
            }
        }
    }

    fn cost_of(&self, point: &[f64]) -> f64 {
        self.cost.iter().zip(point).map(|(c, x)| c * x).sum()
    }

    /// Points of least cost that differ in their levers, the first one given: where every lever has a cost, another one moves
    /// some lever less, so the rest splits into parts by the first lever that does (Murty, Operations Research 16, 1968).
    pub(super) fn others(
        &self,
        (cost, first): (f64, Vec<f64>),
        most: usize,
        effort: &mut Effort,
    ) -> Vec<Vec<f64>> {
        let mut found = vec![first.clone()];
        let mut open = std::collections::VecDeque::from([(self.clone(), first)]);
        while let Some((program, point)) = open.pop_front() {
            let mut rest = program;
            let levers = point.iter().enumerate().skip(self.first);
            let levers = levers.take(self.levers.len());
            for (column, &moved) in levers.filter(|(_, moved)| **moved > 0.5) {
                if found.len() >= most {
                    return found;
                }
                let mut part = rest.clone();
                part.upper[column] = moved - 1.0;
                rest.lower[column] = moved;
                if part.lower[column] > part.upper[column] {
                    continue;
                }
                match part.below(cost + EQUAL, effort) {
                    Found::Point(other) => {
                        found.push(other.clone());
                        open.push_back((part, other));
                    }
                    Found::Nothing => {}
                    Found::Limit => return found,
                }
            }
        }
        found
    }

    /// The levers that a point moves, and by how many seats.
    pub(super) fn moves(&self, point: &[f64]) -> Vec<(Lever, u32)> {
        let moved = |(at, &lever): (usize, &Lever)| {
            let seats = point[self.first + at].round() as u32;
            (seats > 0).then_some((lever, seats))
        };
        self.levers.iter().enumerate().filter_map(moved).collect()
    }

    /// The panels of a point.
    pub(super) fn panels(&self, point: &[f64]) -> Vec<Vec<u32>> {
        point[..self.first]
            .chunks(self.roles)
            .map(super::panel::seats)
            .collect()
    }
}
