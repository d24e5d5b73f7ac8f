//! Leximin over the quota polytope: raise a common floor until a row of the tableau proves that it cannot rise.

use super::model::Model;
use crate::certificate::Bound;
use crate::kernel::branch::Effort;
use crate::kernel::mixture::tie_break;
use crate::kernel::simplex::{Outcome, Simplex};

/// Why a level cannot be higher.
#[derive(Debug, Clone)]
pub(crate) enum Reason {
    /// Multipliers of the rows.
    Multipliers(Vec<f64>),
    /// No panel is worth more under these weights of the columns than the best one known: a finished search.
    Search {
        /// Bounds that may prove the same in integers.
        bounds: Vec<Bound>,
        /// Nodes of the search.
        nodes: u64,
    },
    /// The roles can have no more seats than they have units.
    Full,
    /// The rule lets no chance be higher.
    Ceiling,
}

/// One level: the floor reached and the columns that stay on it.
#[derive(Debug, Clone)]
pub(crate) struct RawLevel {
    pub(crate) value: f64,
    pub(crate) fixed: Vec<usize>,
    pub(crate) reason: Reason,
}

/// How raising the levels ended.
#[derive(Debug)]
pub(crate) enum Levels {
    /// Expected seats per column and the levels in ascending order.
    Done(Vec<f64>, Vec<RawLevel>),
    /// Columns that can have no seat at all, with the multipliers that prove it.
    Excluded(Vec<usize>, Vec<f64>),
    /// The rows contradict each other.
    Infeasible,
    /// Work limit.
    Limit,
}

struct Raise<'a> {
    model: &'a Model,
    lp: Simplex,
    /// Most expected seats of every column: its units, or what the ceiling leaves.
    upper: Vec<f64>,
    has_ceiling: bool,
    /// Level of fixed columns.
    fixed: Vec<Option<f64>>,
    levels: Vec<RawLevel>,
}

/// Leximin over the relaxation, among the points that give nobody more than `ceiling`. A column with no units left is
/// not part of it.
pub(crate) fn raise(
    (model, ceiling): (&Model, f64),
    effort: &mut Effort,
    mut tick: impl FnMut(usize, usize) -> bool,
) -> Levels {
    let n = model.len();
    let upper = model.capped(ceiling);
    let mut lp = Simplex::new(
        model.columns.clone(),
        vec![0.0; n],
        upper.clone(),
        &model.rows,
    );
    lp.exacting = true;
    let cost: Vec<f64> = (0..n).map(tie_break).collect();
    lp.set_costs(&cost);
    let fixed = model
        .units
        .iter()
        .map(|&u| (u == 0.0).then_some(0.0))
        .collect();
    let mut state = Raise {
        model,
        lp,
        upper,
        has_ceiling: ceiling < f64::INFINITY,
        fixed,
        levels: vec![],
    };
    loop {
        let left = state.fixed.iter().filter(|f| f.is_none()).count();
        if left == 0 || !tick(n - left, n) {
            break;
        }
        if let Some(end) = state.next_level(effort) {
            return end;
        }
    }
    let mut seats = state.lp.values();
    for (y, most) in seats.iter_mut().zip(&state.upper) {
        *y = y.clamp(0.0, *most);
    }
    Levels::Done(seats, state.levels)
}

impl Raise<'_> {
    /// Finds and fixes one level; `Some` when there is nothing more to raise.
    fn next_level(&mut self, effort: &mut Effort) -> Option<Levels> {
        let cap = self.cap();
        let mut floor = cap;
        let mut proof: Option<Vec<f64>> = None;
        let mut slack = 0.0;
        loop {
            if effort.exhausted() {
                return Some(Levels::Limit);
            }
            self.set_floor(floor, slack);
            let before = self.lp.pivots;
            let outcome = self
                .lp
                .solve(f64::INFINITY, effort.limit.saturating_sub(effort.spent()));
            effort.pivots += self.lp.pivots - before;
            match outcome {
                Outcome::Optimal => break,
                Outcome::Infeasible => {}
                _ => return Some(Levels::Limit),
            }
            let multipliers = clean_proof(&self.lp);
            let (numerator, denominator) = self.fraction(&multipliers);
            if denominator <= 1e-12 || numerator / denominator < self.lowest() - 1e-7 {
                if self.levels.is_empty() {
                    return Some(Levels::Infeasible);
                }
                slack = if slack == 0.0 { 1e-12 } else { slack * 2.0 };
                floor = cap;
                continue;
            }
            let next = numerator / denominator;
            if next >= floor {
                slack = if slack == 0.0 { 1e-13 } else { slack * 2.0 };
            }
            floor = next.min(floor);
            proof = Some(multipliers);
        }
        self.close_level(floor, proof)
    }

    /// Highest chance that the emptiest free column could have.
    fn cap(&self) -> f64 {
        let ratio = |j: usize| self.upper[j] / self.model.people[j];
        (0..self.model.len())
            .filter(|&j| self.fixed[j].is_none())
            .map(ratio)
            .fold(1.0, f64::min)
    }

    fn lowest(&self) -> f64 {
        self.levels.last().map_or(0.0, |l| l.value)
    }

    fn set_floor(&mut self, floor: f64, slack: f64) {
        for j in 0..self.model.len() {
            let chance = self.fixed[j].unwrap_or(floor);
            let low = (self.model.people[j] * chance - slack).clamp(0.0, self.upper[j]);
            self.lp.set_bounds_later(j, low, self.upper[j]);
        }
        self.lp.refresh();
    }

    /// Numerator and denominator of the highest floor the multipliers allow.
    fn fraction(&self, multipliers: &[f64]) -> (f64, f64) {
        let weights = self.model.weights(multipliers);
        let mut numerator = self.model.bound((multipliers, &weights), &self.upper);
        let mut denominator = 0.0;
        for (j, w) in weights.iter().enumerate() {
            let y = w.max(0.0) * self.model.people[j];
            match self.fixed[j] {
                Some(chance) => numerator -= chance * y,
                None => denominator += y,
            }
        }
        (numerator, denominator)
    }

    fn close_level(&mut self, floor: f64, proof: Option<Vec<f64>>) -> Option<Levels> {
        let free = (0..self.model.len()).filter(|&j| self.fixed[j].is_none());
        let (fixed, reason): (Vec<usize>, Reason) = match proof {
            Some(multipliers) => {
                let weights = self.model.weights(&multipliers);
                let largest = weights.iter().fold(0.0_f64, |a, w| a.max(*w));
                (
                    free.filter(|&j| weights[j] > 1e-7 * largest).collect(),
                    Reason::Multipliers(multipliers),
                )
            }
            None => {
                let full = |j: &usize| self.upper[*j] <= floor * self.model.people[*j];
                let fixed: Vec<usize> = free.filter(full).collect();
                let capped = |&j: &usize| self.upper[j] < self.model.units[j];
                let reason = if fixed.iter().any(capped) {
                    Reason::Ceiling
                } else {
                    Reason::Full
                };
                (fixed, reason)
            }
        };
        let nobody = floor <= 1e-9 && self.levels.is_empty() && !self.has_ceiling;
        if let (Reason::Multipliers(p), true) = (&reason, nobody) {
            return Some(Levels::Excluded(fixed, p.clone()));
        }
        for &j in &fixed {
            self.fixed[j] = Some(floor);
        }
        self.levels.push(RawLevel {
            value: floor,
            fixed,
            reason,
        });
        None
    }
}

/// The proof of an infeasible program scaled to a largest multiplier of one, noise removed.
pub(super) fn clean_proof(lp: &Simplex) -> Vec<f64> {
    let raw = lp.farkas();
    let largest = raw.iter().fold(0.0_f64, |a, p| a.max(p.abs()));
    raw.iter()
        .map(|p| p / largest)
        .map(|p| if p.abs() < 1e-11 { 0.0 } else { p })
        .collect()
}
