//! Counts of values at tables, and what it costs that they are off.

use super::model::Model;

/// Counts of values at tables and what they should be.
#[derive(Debug, Clone, Default)]
pub(super) struct Spread {
    /// All values of all features.
    values: usize,
    /// What one person of the value costs, value by value.
    weights: Vec<i32>,
    features: usize,
    /// Index of every member's value among all values, feature by feature.
    of: Vec<u16>,
    counts: Vec<u16>,
    /// What one person less and one more of a value would cost at a table of this size.
    steps: Vec<[i16; 2]>,
    /// What all values of a table cost.
    off: Vec<i32>,
    all_off: i64,
    /// Fewest and most by round, table size and value.
    limits: Vec<Vec<(u16, u16)>>,
}

const LESS: usize = 0;
const MORE: usize = 1;

impl Spread {
    pub(super) fn new(model: &Model, weight: i32, tables: usize) -> Self {
        let mut offsets = Vec::new();
        let mut weights = Vec::new();
        for feature in &model.features {
            offsets.push(weights.len());
            weights.extend(vec![feature.weight as i32 * weight; feature.values]);
        }
        let mut of = Vec::new();
        for member in 0..model.members {
            for (feature, offset) in model.features.iter().zip(&offsets) {
                of.push(*offset as u16 + feature.of[member]);
            }
        }
        let limits = (0..model.rounds.len()).map(|r| limits(model, r));
        let values = weights.len();
        // Tables are empty, and so is what they should have.
        let steps = weights.iter().map(|&w| [0, w as i16]);
        let steps: Vec<[i16; 2]> = steps.collect();
        Self {
            values,
            weights,
            features: offsets.len(),
            of,
            counts: vec![0; tables * values],
            steps: steps.repeat(tables),
            off: vec![0; tables],
            all_off: 0,
            limits: limits.collect(),
        }
    }

    fn values_of(&self, person: usize) -> &[u16] {
        &self.of[person * self.features..][..self.features]
    }

    /// What all tables cost.
    pub(super) fn all_off(&self) -> i64 {
        self.all_off
    }

    /// The most that a change at two tables can gain.
    pub(super) fn gain(&self, at: usize, bt: usize) -> i32 {
        self.off[at] + self.off[bt]
    }

    /// A member more, or with [`u16::MAX`] one less, at a table that has so many then.
    pub(super) fn count(&mut self, round: usize, person: usize, at: usize, (size, by): (u16, u16)) {
        for value in &self.of[person * self.features..][..self.features] {
            let count = &mut self.counts[at * self.values + usize::from(*value)];
            *count = count.wrapping_add(by);
        }
        let limits = &self.limits[round][usize::from(size) * self.values..][..self.values];
        let counts = &self.counts[at * self.values..][..self.values];
        let steps = &mut self.steps[at * self.values..][..self.values];
        let mut sum = 0;
        for ((step, (&count, &limit)), weight) in steps
            .iter_mut()
            .zip(counts.iter().zip(limits))
            .zip(&self.weights)
        {
            sum += off(count, limit) * weight;
            let weight = *weight as i16;
            *step = [
                one_less(count, limit) * weight,
                one_more(count, limit) * weight,
            ];
        }
        self.all_off += i64::from(sum - self.off[at]);
        self.off[at] = sum;
    }

    pub(super) fn swap_cost(&self, (a, at): (usize, usize), (b, bt): (usize, usize)) -> i32 {
        let here = &self.steps[at * self.values..][..self.values];
        let there = &self.steps[bt * self.values..][..self.values];
        let mut cost = 0;
        for (&va, &vb) in self.values_of(a).iter().zip(self.values_of(b)) {
            if va != vb {
                let (va, vb) = (usize::from(va), usize::from(vb));
                cost += i32::from(here[va][LESS])
                    + i32::from(here[vb][MORE])
                    + i32::from(there[vb][LESS])
                    + i32::from(there[va][MORE]);
            }
        }
        cost
    }

    /// What it costs that a member moves between tables of such sizes.
    pub(super) fn move_cost(
        &self,
        round: usize,
        a: usize,
        (from, to): (usize, usize),
        sizes: (u16, u16),
    ) -> i32 {
        let own = self.values_of(a);
        let mut cost = -self.off[from] - self.off[to];
        for (at, size, is_new) in [(from, sizes.0 - 1, false), (to, sizes.1 + 1, true)] {
            let counts = &self.counts[at * self.values..][..self.values];
            let limits = &self.limits[round][usize::from(size) * self.values..][..self.values];
            let mut mine = own.iter().peekable();
            for (v, (&count, &limit)) in counts.iter().zip(limits).enumerate() {
                let is_own = mine.next_if(|o| usize::from(**o) == v).is_some();
                let count = match (is_own, is_new) {
                    (false, _) => count,
                    (true, true) => count + 1,
                    (true, false) => count - 1,
                };
                cost += off(count, limit) * self.weights[v];
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

fn off(count: u16, (low, high): (u16, u16)) -> i32 {
    i32::from(low.saturating_sub(count) + count.saturating_sub(high))
}

fn one_less(count: u16, (low, high): (u16, u16)) -> i16 {
    i16::from(count <= low) - i16::from(count > high)
}

fn one_more(count: u16, (low, high): (u16, u16)) -> i16 {
    i16::from(count >= high) - i16::from(count < low)
}
