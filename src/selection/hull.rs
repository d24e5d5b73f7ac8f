//! Leximin over the hull of panels itself, by column generation: for targets that the quota polytope allows and no
//! mixture of panels reaches. Method of Flanigan et al. (Nature 2021, SI), with exact pricing.

use super::levels::{RawLevel, Reason};
use super::model::Model;
use crate::kernel::branch::{Effort, Found, price};
use crate::kernel::columns::Columns;
use crate::kernel::mixture::{Mixture, tie_break};
use crate::kernel::simplex::{Outcome, Simplex};

/// The levels with their lottery.
pub(crate) struct HullLeximin {
    pub(crate) mixture: Mixture,
    pub(crate) levels: Vec<RawLevel>,
}

struct Hull<'a> {
    model: &'a Model,
    /// Rows are roles and the total; columns are panels.
    master: Simplex,
    pricing: Simplex,
    panels: Vec<Vec<u32>>,
    fixed: Vec<Option<f64>>,
}

/// Leximin over all mixtures of panels, starting from known ones that cover every role with units. `None`: work limit.
pub(crate) fn leximin(model: &Model, known: &[Vec<u32>], effort: &mut Effort) -> Option<HullLeximin> {
    let n = model.len();
    let mut rows: Vec<(f64, f64)> = model.units.iter().map(|&u| (0.0, 10.0 * u + 1.0)).collect();
    rows.push((1.0, 1.0));
    let mut master = Simplex::new(Columns::new(), vec![], vec![], &rows);
    master.exacting = true;
    master.tolerance = 1e-11;
    let pricing = Simplex::new(model.columns.clone(), vec![0.0; n], model.units.clone(), &model.rows);
    let fixed = model.units.iter().map(|&u| (u == 0.0).then_some(0.0)).collect();
    let mut hull = Hull { model, master, pricing, panels: vec![], fixed };
    let mut sorted = known.to_vec();
    sorted.sort();
    sorted.dedup();
    for panel in sorted {
        hull.add(panel);
    }
    let mut levels = Vec::new();
    while hull.fixed.iter().any(Option::is_none) {
        levels.push(hull.level(effort)?);
    }
    let weights = hull.master.values();
    let total: f64 = weights.iter().map(|w| w.max(0.0)).sum();
    let parts = hull.panels.into_iter().zip(weights).filter(|(_, w)| *w > 1e-13).map(|(panel, w)| (panel, w / total)).collect();
    Some(HullLeximin { mixture: Mixture { parts }, levels })
}

impl Hull<'_> {
    fn add(&mut self, panel: Vec<u32>) {
        let total = self.model.len() as u32;
        let seats = panel.iter().enumerate().filter(|(_, x)| **x > 0).map(|(j, x)| (j as u32, f64::from(*x)));
        self.master.push_column(seats.chain([(total, 1.0)]), 0.0, 1.0);
        self.panels.push(panel);
    }

    /// One level: optimum over known panels, then a panel that beats its dual, until there is none.
    fn level(&mut self, effort: &mut Effort) -> Option<RawLevel> {
        let start = effort.nodes;
        loop {
            let (value, dual) = self.restricted(effort)?;
            let Some(dual) = dual else { return Some(self.close(value, None, 0)) };
            let best = self.panels.iter().map(|p| worth(p, &dual)).fold(0.0, f64::max);
            let cost: Vec<f64> = dual.iter().map(|y| -y).collect();
            self.pricing.set_costs(&cost);
            match price(&mut self.pricing, -best - 1e-9, effort) {
                Found::Point(point) => self.add(point.iter().map(|&x| x as u32).collect()),
                Found::Nothing => return Some(self.close(value, Some(dual), effort.nodes - start)),
                Found::Limit => return None,
            }
        }
    }

    /// Highest common floor over known panels and the weights that prove it (none when everybody free is full).
    fn restricted(&mut self, effort: &mut Effort) -> Option<(f64, Option<Vec<f64>>)> {
        let ratio = |j: usize| self.model.units[j] / self.model.people[j];
        let mut floor = (0..self.model.len()).filter(|&j| self.fixed[j].is_none()).map(ratio).fold(1.0, f64::min);
        let mut proof = None;
        let mut slack = 0.0;
        let cost: Vec<f64> = (0..self.panels.len()).map(|j| 0.5 + tie_break(j)).collect();
        loop {
            if effort.exhausted() {
                return None;
            }
            for j in 0..self.model.len() {
                let low = self.model.people[j] * self.fixed[j].unwrap_or(floor) - slack;
                self.master.set_bounds_later(self.panels.len() + j, low.max(0.0), 10.0 * self.model.units[j] + 1.0);
            }
            self.master.set_costs(&cost);
            let before = self.master.pivots;
            let outcome = self.master.solve(f64::INFINITY, effort.limit.saturating_sub(effort.spent()));
            effort.pivots += self.master.pivots - before;
            match outcome {
                Outcome::Optimal => return Some((floor, proof)),
                Outcome::Infeasible => {}
                _ => return None,
            }
            let dual = self.dual();
            let best = self.panels.iter().map(|p| worth(p, &dual)).fold(0.0, f64::max);
            let (mut numerator, mut denominator) = (best, 0.0);
            for (j, y) in dual.iter().enumerate() {
                match self.fixed[j] {
                    Some(chance) => numerator -= chance * y * self.model.people[j],
                    None => denominator += y * self.model.people[j],
                }
            }
            if denominator <= 1e-12 || numerator < 0.0 {
                slack = if slack == 0.0 { 1e-12 } else { slack * 2.0 };
                continue;
            }
            if numerator / denominator >= floor {
                slack = if slack == 0.0 { 1e-13 } else { slack * 2.0 };
            }
            floor = floor.min(numerator / denominator);
            proof = Some(dual);
        }
    }

    /// Non-negative weights of the roles from the last infeasible row, largest one.
    fn dual(&self) -> Vec<f64> {
        let raw = &self.master.farkas()[..self.model.len()];
        let largest = raw.iter().fold(0.0_f64, |a, p| a.max(-p));
        raw.iter().map(|p| (-p / largest).max(0.0)).map(|y| if y < 1e-11 { 0.0 } else { y }).collect()
    }

    fn close(&mut self, value: f64, dual: Option<Vec<f64>>, nodes: u64) -> RawLevel {
        let free = (0..self.model.len()).filter(|&j| self.fixed[j].is_none());
        let fixed: Vec<usize> = match &dual {
            Some(y) => free.filter(|&j| y[j] > 1e-7).collect(),
            None => free.filter(|&j| self.model.units[j] <= value * self.model.people[j]).collect(),
        };
        for &j in &fixed {
            self.fixed[j] = Some(value);
        }
        let reason = dual.map_or(Reason::Full, |weights| Reason::Search { weights, nodes });
        RawLevel { value, fixed, reason }
    }
}

fn worth(panel: &[u32], weights: &[f64]) -> f64 {
    panel.iter().zip(weights).map(|(&x, y)| f64::from(x) * y).sum()
}
