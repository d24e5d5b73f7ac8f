//! Leximin over the hull of panels itself, by column generation: for targets that the quota polytope allows and no
//! mixture of panels reaches. Method of Flanigan et al. (Nature 2021, SI), with exact pricing.

use super::certify::{candidates, to_bound};
use super::levels::{RawLevel, Reason};
use super::model::Model;
use crate::certificate::Bound;
use crate::kernel::branch::{Effort, Found, price};
use crate::kernel::columns::Columns;
use crate::kernel::mixture::{Mixture, tie_break};
use crate::kernel::simplex::{Outcome, Simplex};

/// Integers of a certificate stay below this, so that any JSON reader keeps them whole.
const LARGEST: i64 = 1 << 53;

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
pub(crate) fn leximin(
    model: &Model,
    known: &[Vec<u32>],
    effort: &mut Effort,
) -> Option<HullLeximin> {
    let n = model.len();
    let mut rows: Vec<(f64, f64)> = model.units.iter().map(|&u| (0.0, 10.0 * u + 1.0)).collect();
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
    let mut hull = Hull {
        model,
        master,
        pricing,
        panels: vec![],
        fixed,
    };
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
    let parts = hull
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

impl Hull<'_> {
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

    /// One level: optimum over known panels, then a panel that beats its dual, until there is none.
    fn level(&mut self, effort: &mut Effort) -> Option<RawLevel> {
        let start = effort.nodes;
        loop {
            let (value, dual) = self.restricted(effort)?;
            let Some(dual) = dual else {
                return Some(self.close(value, None, 0));
            };
            let best = self
                .panels
                .iter()
                .map(|p| worth(p, &dual))
                .fold(0.0, f64::max);
            let cost: Vec<f64> = dual.iter().map(|y| -y).collect();
            self.pricing.set_costs(&cost);
            match price(&mut self.pricing, -best - 1e-9, effort) {
                Found::Point(point) => self.add(point.iter().map(|&x| x as u32).collect()),
                Found::Nothing => {
                    let bounds = self.bounds(&dual);
                    return Some(self.close(value, Some((dual, bounds)), effort.nodes - start));
                }
                Found::Limit => return None,
            }
        }
    }

    /// Highest common floor over known panels and the weights that prove it (none when everybody free is full).
    fn restricted(&mut self, effort: &mut Effort) -> Option<(f64, Option<Vec<f64>>)> {
        let ratio = |j: usize| self.model.units[j] / self.model.people[j];
        let mut floor = (0..self.model.len())
            .filter(|&j| self.fixed[j].is_none())
            .map(ratio)
            .fold(1.0, f64::min);
        let mut proof = None;
        let mut slack = 0.0;
        let cost: Vec<f64> = (0..self.panels.len()).map(|j| 0.5 + tie_break(j)).collect();
        loop {
            if effort.exhausted() {
                return None;
            }
            for j in 0..self.model.len() {
                let low = self.model.people[j] * self.fixed[j].unwrap_or(floor) - slack;
                self.master.set_bounds_later(
                    self.panels.len() + j,
                    low.max(0.0),
                    10.0 * self.model.units[j] + 1.0,
                );
            }
            self.master.set_costs(&cost);
            let before = self.master.pivots;
            let outcome = self
                .master
                .solve(f64::INFINITY, effort.limit.saturating_sub(effort.spent()));
            effort.pivots += self.master.pivots - before;
            match outcome {
                Outcome::Optimal => return Some((floor, proof)),
                Outcome::Infeasible => {}
                _ => return None,
            }
            let dual = self.dual();
            let best = self
                .panels
                .iter()
                .map(|p| worth(p, &dual))
                .fold(0.0, f64::max);
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
                .max_by_key(|(_, w)| **w)
                .unwrap_or((0, &1));
            let unit = largest as f64 / dual[at].max(1e-9);
            let stated: Vec<(u32, u32, i64)> = (0..n)
                .filter(|&j| weights[j] > 0)
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
                .filter(|&j| self.model.units[j] <= value * self.model.people[j])
                .collect(),
        };
        for &j in &fixed {
            self.fixed[j] = Some(value);
        }
        let reason = dual.map_or(Reason::Full, |(_, bounds)| Reason::Search { bounds, nodes });
        RawLevel {
            value,
            fixed,
            reason,
        }
    }
}

fn worth(panel: &[u32], weights: &[f64]) -> f64 {
    panel
        .iter()
        .zip(weights)
        .map(|(&x, y)| f64::from(x) * y)
        .sum()
}
