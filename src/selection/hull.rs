//! Leximin over the hull of panels itself, by column generation: for targets that the quota polytope allows and no
//! mixture of panels reaches. Method of Flanigan et al. (Nature 2021, SI), with exact pricing.

use super::certify::{candidates, to_bound};
use super::frame::{Cut, Frame, Multipliers};
use super::levels::{RawLevel, Reason};
use super::model::Model;
use crate::certificate::Bound;
use crate::kernel::branch::{Effort, Found, price};
use crate::kernel::columns::Columns;
use crate::kernel::mixture::{Mixture, tie_break};
use crate::kernel::simplex::{Outcome, Simplex};

/// Integers of a certificate stay below this, so that any JSON reader keeps them whole.
const LARGEST: i64 = 1 << 53;

/// What is known about a frame.
pub(crate) enum Answer {
    /// Some mixture keeps to it.
    Possible,
    /// None does.
    Impossible(Cut),
}

/// The levels with their lottery.
pub(crate) struct HullLeximin {
    pub(crate) mixture: Mixture,
    pub(crate) levels: Vec<RawLevel>,
}

/// All mixtures of panels, as far as panels are known; more are found where they matter.
pub(crate) struct Hull<'a> {
    model: &'a Model,
    /// Rows are roles and the total; columns are panels.
    master: Simplex,
    pricing: Simplex,
    panels: Vec<Vec<u32>>,
    fixed: Vec<Option<f64>>,
    /// Nobody's chance may be higher.
    ceiling: f64,
}

impl<'a> Hull<'a> {
    /// Starts from known panels that cover every role with units.
    pub(crate) fn new(model: &'a Model, known: &[Vec<u32>]) -> Self {
        let n = model.len();
        let mut rows: Vec<(f64, f64)> = model.units.iter().map(|&u| (0.0, loose(u))).collect();
        rows.push((1.0, 1.0));
        let mut master = Simplex::new(Columns::new(), vec![], vec![], &rows);
        master.exacting = true;
        master.tolerance = 1e-11;
        let pricing = Simplex::new(
            model.columns.clone(),
            vec![0.0; n],
            model.units.clone(),
            &model.rows,
        );
        let fixed = model
            .units
            .iter()
            .map(|&u| (u == 0.0).then_some(0.0))
            .collect();
        let mut hull = Self {
            model,
            master,
            pricing,
            panels: vec![],
            fixed,
            ceiling: f64::INFINITY,
        };
        let mut sorted = known.to_vec();
        sorted.sort();
        sorted.dedup();
        for panel in sorted {
            hull.add(panel);
        }
        hull
    }

    /// Leximin over all mixtures that give nobody more than `ceiling`. `None`: work limit, or no such mixture.
    pub(crate) fn leximin(mut self, ceiling: f64, effort: &mut Effort) -> Option<HullLeximin> {
        self.ceiling = ceiling;
        let mut levels = Vec::new();
        while self.fixed.iter().any(Option::is_none) {
            levels.push(self.level(effort)?);
        }
        let weights = self.master.values();
        let total: f64 = weights.iter().map(|w| w.max(0.0)).sum();
        let parts = self
            .panels
            .into_iter()
            .zip(weights)
            .filter(|(_, w)| *w > 1e-13)
            .map(|(panel, w)| (panel, w / total))
            .collect();
        Some(HullLeximin {
            mixture: Mixture { parts },
            levels,
        })
    }

    /// Is there a mixture with all chances in the frame? A cut when there is none.
    pub(crate) fn ask(&mut self, frame: Frame, effort: &mut Effort) -> Option<Answer> {
        loop {
            self.bound_chances(|_| frame.floor, frame.ceiling, 0.0);
            match self.solve_master(effort)? {
                Outcome::Optimal => return Some(Answer::Possible),
                Outcome::Infeasible => {}
                _ => return None,
            }
            let weights = self.signed();
            let best = self.best(&weights);
            match self.price(&weights, best, effort) {
                Found::Point(point) => self.add(point.iter().map(|&x| x as u32).collect()),
                Found::Nothing => {
                    let rows = self.pricing.duals().iter().map(|y| -y).collect();
                    let proof = Multipliers {
                        weights,
                        rows,
                        common: 0.0,
                    };
                    return Some(Answer::Impossible(Cut::new(self.model, proof, best)));
                }
                Found::Limit => return None,
            }
        }
    }

    /// The panels known by now.
    pub(crate) fn into_panels(self) -> Vec<Vec<u32>> {
        self.panels
    }

    fn add(&mut self, panel: Vec<u32>) {
        let total = self.model.len() as u32;
        let seats = panel
            .iter()
            .enumerate()
            .filter(|(_, x)| **x > 0)
            .map(|(j, x)| (j as u32, f64::from(*x)));
        self.master
            .push_column(seats.chain([(total, 1.0)]), 0.0, 1.0);
        self.panels.push(panel);
    }

    /// A panel worth more than `best`.
    fn price(&mut self, weights: &[f64], best: f64, effort: &mut Effort) -> Found {
        let cost: Vec<f64> = weights.iter().map(|y| -y).collect();
        self.pricing.set_costs(&cost);
        price(&mut self.pricing, -best - 1e-9, effort)
    }

    /// The most that a known panel is worth.
    fn best(&self, weights: &[f64]) -> f64 {
        self.panels
            .iter()
            .map(|p| worth(p, weights))
            .fold(f64::NEG_INFINITY, f64::max)
    }

    /// One level: optimum over known panels, then a panel that beats its dual, until there is none.
    fn level(&mut self, effort: &mut Effort) -> Option<RawLevel> {
        let start = effort.nodes;
        loop {
            let (value, dual) = self.restricted(effort)?;
            let Some(dual) = dual else {
                return Some(self.close(value, None, 0));
            };
            let best = self.best(&dual);
            match self.price(&dual, best, effort) {
                Found::Point(point) => self.add(point.iter().map(|&x| x as u32).collect()),
                Found::Nothing => {
                    let bounds = self.bounds(&dual);
                    return Some(self.close(value, Some((dual, bounds)), effort.nodes - start));
                }
                Found::Limit => return None,
            }
        }
    }

    /// Most seats of a role for its people's chances to stay at or below the ceiling.
    fn most(&self, j: usize, ceiling: f64) -> f64 {
        (self.model.people[j] * ceiling).min(loose(self.model.units[j]))
    }

    /// Everybody's chance between a floor and the ceiling.
    fn bound_chances(&mut self, floor: impl Fn(usize) -> f64, ceiling: f64, slack: f64) {
        for j in 0..self.model.len() {
            let high = self.most(j, ceiling);
            let low = (self.model.people[j] * floor(j) - slack).max(0.0).min(high);
            let low = if self.model.units[j] > 0.0 { low } else { 0.0 };
            self.master
                .set_bounds_later(self.panels.len() + j, low, high);
        }
        let cost: Vec<f64> = (0..self.panels.len()).map(|j| 0.5 + tie_break(j)).collect();
        self.master.set_costs(&cost);
    }

    fn solve_master(&mut self, effort: &mut Effort) -> Option<Outcome> {
        if effort.exhausted() {
            return None;
        }
        let before = self.master.pivots;
        let left = effort.limit.saturating_sub(effort.spent());
        let outcome = self.master.solve(f64::INFINITY, left);
        effort.pivots += self.master.pivots - before;
        Some(outcome)
    }

    /// Highest common floor over known panels and the weights that prove it (none when everybody free is full).
    fn restricted(&mut self, effort: &mut Effort) -> Option<(f64, Option<Vec<f64>>)> {
        let ratio = |j: usize| (self.model.units[j] / self.model.people[j]).min(self.ceiling);
        let mut floor = (0..self.model.len())
            .filter(|&j| self.fixed[j].is_none())
            .map(ratio)
            .fold(1.0, f64::min);
        let mut proof = None;
        let mut slack = 0.0;
        loop {
            let fixed = std::mem::take(&mut self.fixed);
            self.bound_chances(|j| fixed[j].unwrap_or(floor), self.ceiling, slack);
            self.fixed = fixed;
            match self.solve_master(effort)? {
                Outcome::Optimal => return Some((floor, proof)),
                Outcome::Infeasible => {}
                _ => return None,
            }
            let dual = self.dual();
            let (numerator, denominator) = self.fraction(&dual);
            if denominator <= 1e-12 || numerator < 0.0 {
                slack = if slack == 0.0 { 1e-12 } else { slack * 2.0 };
                if slack > 1e-3 {
                    return None;
                }
                continue;
            }
            if numerator / denominator >= floor {
                slack = if slack == 0.0 { 1e-13 } else { slack * 2.0 };
            }
            floor = floor.min(numerator / denominator);
            proof = Some(dual);
        }
    }

    /// Numerator and denominator of the highest floor that the weights allow over known panels.
    fn fraction(&self, dual: &[f64]) -> (f64, f64) {
        let (mut numerator, mut denominator) = (self.best(dual), 0.0);
        for (j, y) in dual.iter().enumerate() {
            let weight = y * self.model.people[j];
            if *y < 0.0 {
                numerator -= weight * self.ceiling;
                continue;
            }
            match self.fixed[j] {
                Some(chance) => numerator -= chance * weight,
                None => denominator += weight,
            }
        }
        (numerator, denominator)
    }

    /// Weights of the roles from the last infeasible row, the largest one: positive against the floor.
    fn signed(&self) -> Vec<f64> {
        let raw = &self.master.farkas()[..self.model.len()];
        let largest = raw.iter().fold(0.0_f64, |a, p| a.max(p.abs()));
        raw.iter()
            .map(|p| -p / largest)
            .map(|y| if y.abs() < 1e-11 { 0.0 } else { y })
            .collect()
    }

    /// The same, none below zero unless there is a ceiling.
    fn dual(&self) -> Vec<f64> {
        if self.ceiling < f64::INFINITY {
            return self.signed();
        }
        let raw = &self.master.farkas()[..self.model.len()];
        let largest = raw.iter().fold(0.0_f64, |a, p| a.max(-p));
        raw.iter()
            .map(|p| (-p / largest).max(0.0))
            .map(|y| if y < 1e-11 { 0.0 } else { y })
            .collect()
    }

    /// Candidates for an integer proof: the weights as integers, the duals of the relaxation over a common scale. The
    /// weight of a panel is an integer, so the bound rounds down, which often closes the gap of the relaxation.
    fn bounds(&self, dual: &[f64]) -> Vec<Bound> {
        let prices: Vec<f64> = self.pricing.duals().iter().map(|y| -y).collect();
        let n = dual.len();
        let mut bounds = Vec::new();
        for weights in candidates(dual).iter().take(1) {
            let (at, &largest) = weights
                .iter()
                .enumerate()
                .max_by_key(|(_, w)| w.abs())
                .unwrap_or((0, &1));
            let unit = largest as f64 / dual[at];
            let stated: Vec<(u32, u32, i64)> = (0..n)
                .filter(|&j| weights[j] != 0)
                .map(|j| (self.model.roles[j].0, self.model.roles[j].1, weights[j]))
                .collect();
            for scale in [1_i64, 2, 3, 4, 6, 12, 60, 2520, 1_000_000] {
                let p: Vec<i64> = prices
                    .iter()
                    .map(|p| (p * unit * scale as f64).round() as i64)
                    .collect();
                if p.iter().all(|x| x.abs() < LARGEST) {
                    bounds.push(to_bound(self.model, &p, scale, Some(stated.clone())));
                }
            }
        }
        bounds
    }

    fn close(&mut self, value: f64, dual: Option<(Vec<f64>, Vec<Bound>)>, nodes: u64) -> RawLevel {
        let free = (0..self.model.len()).filter(|&j| self.fixed[j].is_none());
        let fixed: Vec<usize> = match &dual {
            Some((y, _)) => free.filter(|&j| y[j] > 1e-7).collect(),
            None => free
                .filter(|&j| {
                    self.model.units[j].min(self.model.people[j] * self.ceiling)
                        <= value * self.model.people[j]
                })
                .collect(),
        };
        for &j in &fixed {
            self.fixed[j] = Some(value);
        }
        let reason = match dual {
            Some((_, bounds)) => Reason::Search { bounds, nodes },
            None if value >= self.ceiling => Reason::Ceiling,
            None => Reason::Full,
        };
        RawLevel {
            value,
            fixed,
            reason,
        }
    }
}

/// A bound on a role's expected seats that never binds.
fn loose(units: f64) -> f64 {
    10.0 * units + 1.0
}

fn worth(panel: &[u32], weights: &[f64]) -> f64 {
    panel
        .iter()
        .zip(weights)
        .map(|(&x, y)| f64::from(x) * y)
        .sum()
}
