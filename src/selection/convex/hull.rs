//! The smooth optimum over mixtures of panels, by column generation with exact pricing: for targets that the quota
//! polytope allows and no mixture of panels reaches.
//!
//! Least squares is the point of least norm over the panels (Wolfe, Math. Programming 11, 1976). The product is
//! optimised over the known panels by the interior-point method; Newton's method, each step of which is a point of
//! least norm again, gives the last digits and few panels.

use super::super::model::Model;
use super::super::objective::RawObjective;
use super::super::solve::Solve;
use crate::certificate::Measure;
use crate::error::Result;
use crate::kernel::branch::{Found, price};
use crate::kernel::columns::Columns;
use crate::kernel::convex::{Program, minimise};
use crate::kernel::min_norm::Corral;
use crate::kernel::mixture::Mixture;
use crate::kernel::simplex::Simplex;

/// A panel counts as better when its weight, against the largest weight of a person, is better by this.
const BETTER: f64 = 1e-10;
/// Weights of panels below this are rounding.
const NOTHING: f64 = 1e-13;
/// Expected seats that move by less have settled.
const SETTLED: f64 = 1e-13;
/// Newton steps over the known panels.
const STEPS: usize = 6;

/// The optimum over known panels: expected seats per role and the panels' weights.
struct Restricted {
    seats: Vec<f64>,
    parts: Vec<(usize, f64)>,
}

/// The optimum over all panels, starting from known ones that cover every role with units.
pub(super) fn optimum(
    solve: &mut Solve<'_>,
    measure: Measure,
    known: &[Vec<u32>],
) -> Result<(Mixture, RawObjective)> {
    let n = solve.model.len();
    let (columns, upper) = (solve.model.columns.clone(), solve.model.units.clone());
    let mut pricing = Simplex::new(columns, vec![0.0; n], upper, &solve.model.rows);
    pricing.exacting = true;
    let mut panels = known.to_vec();
    panels.sort();
    panels.dedup();
    let mut over = Over {
        measure,
        pricing,
        panels,
        corral: Corral::default(),
    };
    let before = solve.effort.nodes;
    loop {
        solve.watch(over.panels.len())?;
        if solve.effort.exhausted() {
            return Err(solve.limit("optimising over panels"));
        }
        let rough = over.restricted(solve);
        if over.improve(solve, &rough)?.is_none() {
            continue;
        }
        let best = over.exact(solve, rough);
        if let Some((weights, multipliers)) = over.improve(solve, &best)? {
            let objective = RawObjective {
                measure,
                weights,
                common: 0.0,
                multipliers,
                searched: Some((solve.effort.nodes - before).max(1)),
            };
            return Ok((mixture(&over.panels, &best.parts), objective));
        }
    }
}

struct Over {
    measure: Measure,
    pricing: Simplex,
    panels: Vec<Vec<u32>>,
    /// For least squares.
    corral: Corral,
}

impl Over {
    /// The optimum over known panels, for the product but for the last digits.
    fn restricted(&mut self, solve: &mut Solve<'_>) -> Restricted {
        let (model, panels) = (&solve.model, &self.panels);
        if self.measure == Measure::Squares {
            let metric: Vec<f64> = model.people.iter().map(|n| 1.0 / n).collect();
            let origin = vec![0.0; model.len()];
            self.corral.descend(&around(panels, &origin, &metric));
            return restricted(panels, self.corral.members());
        }
        let (program, inside) = master(model, panels);
        let rough = minimise(&program, &inside);
        solve.effort.pivots += rough.steps;
        let shares = rough.point[..panels.len()].iter().copied();
        restricted(panels, shares.enumerate())
    }

    /// The last digits for the product.
    fn exact(&self, solve: &Solve<'_>, rough: Restricted) -> Restricted {
        match self.measure {
            Measure::Squares => rough,
            _ => newton(&solve.model, &self.panels, rough),
        }
    }

    /// Adds a better panel, or returns the weights and the multipliers by which there is none.
    fn improve(
        &mut self,
        solve: &mut Solve<'_>,
        best: &Restricted,
    ) -> Result<Option<(Vec<f64>, Vec<f64>)>> {
        let weights = weights(&solve.model, self.measure, &best.seats);
        let largest = weights.iter().fold(0.0_f64, |a, w| a.max(w.abs()));
        let cost: Vec<f64> = weights.iter().map(|w| -w / largest).collect();
        let reached = self
            .panels
            .iter()
            .map(|panel| value(panel, &cost))
            .fold(f64::INFINITY, f64::min);
        self.pricing.set_costs(&cost);
        let found = match price(&mut self.pricing, reached - BETTER, &mut solve.effort) {
            Found::Limit => return Err(solve.limit("optimising over panels")),
            Found::Point(point) => Some(point.iter().map(|&x| x as u32).collect()),
            Found::Nothing => None,
        };
        // a known panel is no better but for rounding
        match found.filter(|panel| !self.panels.contains(panel)) {
            Some(panel) => {
                self.panels.push(panel);
                Ok(None)
            }
            None => {
                let duals = self.pricing.duals();
                let multipliers = duals.iter().map(|y| -y * largest).collect();
                Ok(Some((weights, multipliers)))
            }
        }
    }
}

fn value(panel: &[u32], cost: &[f64]) -> f64 {
    let seats = panel.iter().zip(cost);
    seats.map(|(&x, c)| f64::from(x) * c).sum()
}

fn mixture(panels: &[Vec<u32>], parts: &[(usize, f64)]) -> Mixture {
    Mixture {
        parts: parts
            .iter()
            .map(|&(at, w)| (panels[at].clone(), w))
            .collect(),
    }
}

/// Y per role and person.
fn weights(model: &Model, measure: Measure, seats: &[f64]) -> Vec<f64> {
    (0..model.len())
        .map(|j| match measure {
            _ if model.units[j] == 0.0 => 0.0,
            Measure::Squares => -seats[j] / model.people[j],
            _ => model.people[j] / seats[j],
        })
        .collect()
}

/// `Σ w·panel` and the weights, scaled to one in sum.
fn restricted(panels: &[Vec<u32>], members: impl Iterator<Item = (usize, f64)>) -> Restricted {
    let mut parts: Vec<(usize, f64)> = members.filter(|(_, w)| *w > NOTHING).collect();
    let total: f64 = parts.iter().map(|p| p.1).sum();
    let mut seats = vec![0.0; panels[0].len()];
    for (at, w) in &mut parts {
        *w /= total;
        for (sum, &x) in seats.iter_mut().zip(&panels[*at]) {
            *sum += *w * f64::from(x);
        }
    }
    Restricted { seats, parts }
}

/// The panels around a target, in the metric `Σ metric_j (x_j − target_j)²`.
fn around(panels: &[Vec<u32>], target: &[f64], metric: &[f64]) -> Vec<Vec<f64>> {
    let root: Vec<f64> = metric.iter().map(|m| m.sqrt()).collect();
    let seen = |panel: &Vec<u32>| {
        let seats = panel.iter().zip(target).zip(&root);
        seats.map(|((&x, f), r)| (f64::from(x) - f) * r).collect()
    };
    panels.iter().map(seen).collect()
}

/// Newton's method from near the highest product over the panels.
fn newton(model: &Model, panels: &[Vec<u32>], mut best: Restricted) -> Restricted {
    // −n ln(x/y) is n(x − 2y)²/(2y²) near y, but for a constant
    for _ in 0..STEPS {
        let metric: Vec<f64> = (0..model.len())
            .map(|j| match best.seats[j] {
                y if y > 0.0 => model.people[j] / (y * y),
                _ => 0.0,
            })
            .collect();
        let twice: Vec<f64> = best.seats.iter().map(|y| 2.0 * y).collect();
        let mut corral = Corral::default();
        corral.descend(&around(panels, &twice, &metric));
        let next = restricted(panels, corral.members());
        let moved = next
            .seats
            .iter()
            .zip(&best.seats)
            .fold(0.0_f64, |a, (x, y)| a.max((x - y).abs()));
        best = next;
        if moved <= SETTLED {
            break;
        }
    }
    best
}

/// Shares of the panels, then expected seats of the roles; rows are roles and the total of shares.
fn master(model: &Model, panels: &[Vec<u32>]) -> (Program, Vec<f64>) {
    let live: Vec<usize> = (0..model.len()).filter(|&j| model.units[j] > 0.0).collect();
    let total = live.len();
    let mut columns = Columns::new();
    let share = 1.0 / panels.len() as f64;
    let mut seats = vec![0.0; total];
    for panel in panels {
        let seated = (0u32..).zip(&live).filter(|(_, j)| panel[**j] > 0);
        let entries: Vec<(u32, f64)> = seated.map(|(i, &j)| (i, f64::from(panel[j]))).collect();
        for &(i, x) in &entries {
            seats[i as usize] += share * x;
        }
        columns.push(entries.into_iter().chain([(total as u32, 1.0)]));
    }
    for i in 0..total as u32 {
        columns.push([(i, -1.0)]);
    }
    let mut right = vec![0.0; total];
    right.push(1.0);
    let people = live.iter().map(|&j| model.people[j]);
    let program = Program {
        upper: vec![f64::INFINITY; columns.len()],
        columns,
        right,
        quadratic: vec![0.0; panels.len() + total],
        log: std::iter::repeat_n(0.0, panels.len())
            .chain(people)
            .collect(),
    };
    let inside = std::iter::repeat_n(share, panels.len())
        .chain(seats)
        .collect();
    (program, inside)
}
