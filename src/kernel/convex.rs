//! Separable convex programs with few rows and many columns: a primal-dual interior-point method with Mehrotra's
//! predictor and corrector (SIAM J. Optim. 2, 1992), then an active-set polish.
//!
//! A logarithm needs no evaluation: with multiplier `z_j` of `x_j ≥ 0`, `−t ln x` only asks for `x_j z_j = t` at the
//! end where a plain lower bound asks for `x_j z_j = 0`. So both are one program.

mod polish;
mod relaxed;
mod step;

use super::columns::Columns;
pub(crate) use relaxed::{Terms, over_polytope};
use step::{Direction, Newton};

/// Most steps of the interior-point method.
const STEPS: u64 = 120;
/// Mean complementarity product, against the first one, at which the method ends.
const CENTRED: f64 = 1e-16;
/// A step of this length or less asks for another direction.
const SHORT: f64 = 0.3;
/// Share of the way to the boundary that a step may go.
const DAMPED: f64 = 0.995;

/// Minimise `Σ quadratic_j x_j²/2 − log_j ln x_j` over `A x = right`, `0 ≤ x ≤ upper`. Columns without a term are
/// linear of cost zero. An upper bound may be infinite. Some point must lie strictly between all bounds.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    pub(crate) columns: Columns,
    pub(crate) upper: Vec<f64>,
    pub(crate) right: Vec<f64>,
    pub(crate) quadratic: Vec<f64>,
    pub(crate) log: Vec<f64>,
}

/// The minimum with its multipliers: `gradient + Aᵀ rows − below + above = 0`.
#[derive(Debug, Clone)]
pub(crate) struct Optimum {
    pub(crate) point: Vec<f64>,
    /// Distance to the upper bounds.
    pub(crate) room: Vec<f64>,
    /// Multipliers of the rows.
    pub(crate) rows: Vec<f64>,
    /// Multipliers of the lower bounds; with a logarithm, what it adds to the gradient.
    pub(crate) below: Vec<f64>,
    /// Multipliers of the upper bounds.
    pub(crate) above: Vec<f64>,
    /// Steps taken.
    pub(crate) steps: u64,
}

impl Program {
    pub(crate) fn len(&self) -> usize {
        self.upper.len()
    }

    /// `right − A x`.
    fn shortfall(&self, x: &[f64]) -> Vec<f64> {
        let mut rest = self.right.clone();
        for (j, x) in x.iter().enumerate() {
            self.columns.add_to(j, -x, &mut rest);
        }
        rest
    }

    /// The size of the objective's natural complementarity products.
    fn scale(&self, x: &[f64]) -> f64 {
        let total: f64 = x
            .iter()
            .zip(&self.quadratic)
            .zip(&self.log)
            .map(|((x, q), t)| q * x * x + t)
            .sum();
        total / x.len().max(1) as f64
    }
}

/// Solves the program from a point strictly between the bounds, which need not meet the rows.
pub(crate) fn minimise(program: &Program, inside: &[f64]) -> Optimum {
    let mut path = Path::new(program, inside);
    let mut steps = 0;
    while steps < STEPS && path.advance() {
        steps += 1;
    }
    path.now.steps = steps;
    polish::polish(program, &path.now).unwrap_or(path.now)
}

/// The way to the optimum along the central path.
struct Path<'a> {
    program: &'a Program,
    now: Optimum,
    scale: f64,
    bounds: f64,
    /// Some column has a quadratic term.
    curved: bool,
}

/// Lengths of a step: in the point, and in the multipliers.
type Lengths = (f64, f64);

impl<'a> Path<'a> {
    fn new(program: &'a Program, inside: &[f64]) -> Self {
        let scale = program.scale(inside);
        let room: Vec<f64> = inside
            .iter()
            .zip(&program.upper)
            .map(|(x, u)| u - x)
            .collect();
        let below = inside
            .iter()
            .zip(&program.log)
            .map(|(x, t)| if *t > 0.0 { t / x } else { scale / x })
            .collect();
        let above: Vec<f64> = room.iter().map(|v| scale / v).collect();
        let plain = program.log.iter().filter(|t| **t == 0.0).count();
        let capped = program.upper.iter().filter(|u| u.is_finite()).count();
        let now = Optimum {
            point: inside.to_vec(),
            room,
            rows: vec![0.0; program.right.len()],
            below,
            above,
            steps: 0,
        };
        Self {
            program,
            now,
            scale,
            bounds: (plain + capped) as f64,
            curved: program.quadratic.iter().any(|q| *q > 0.0),
        }
    }

    /// Mean complementarity product, with a step's share of a direction taken.
    fn centre(&self, ((primal, dual), direction): (Lengths, &Direction)) -> f64 {
        let now = &self.now;
        let mut total = 0.0;
        for j in 0..self.program.len() {
            let (dx, dz, dw) = (direction.point[j], direction.below[j], direction.above[j]);
            if self.program.log[j] == 0.0 {
                total += (now.point[j] + primal * dx) * (now.below[j] + dual * dz);
            }
            if self.program.upper[j].is_finite() {
                total += (now.room[j] - primal * dx) * (now.above[j] + dual * dw);
            }
        }
        total / self.bounds.max(1.0)
    }

    /// One step; false at the end.
    fn advance(&mut self) -> bool {
        let mean = self.centre(((0.0, 0.0), &Direction::none(self.program.len())));
        if mean <= CENTRED * self.scale && self.is_stationary() {
            return false;
        }
        let newton = Newton::new(self.program, &self.now);
        let guess = newton.direction(0.0, None);
        let reach = self.longest(&guess);
        let ratio = (self.centre((reach, &guess)) / mean.max(1e-300)).clamp(0.0, 1.0);
        let least = 0.1 * CENTRED * self.scale;
        let target = (ratio * ratio * ratio * mean).max(least);
        let mut direction = newton.direction(target, Some(&guess));
        let mut length = self.longest(&direction);
        if length.0.min(length.1) < SHORT {
            // too far from the path for the correction: back towards it
            let other = newton.direction((0.5 * mean).max(least), None);
            let reach = self.longest(&other);
            if reach.0.min(reach.1) > length.0.min(length.1) {
                (direction, length) = (other, reach);
            }
        }
        self.go(length, &direction);
        length.0.max(length.1) > 1e-9
    }

    /// Rows, gradient and logarithms fit to rounding.
    fn is_stationary(&self) -> bool {
        let (program, now) = (self.program, &self.now);
        let rows = program.shortfall(&now.point);
        let most = program.right.iter().fold(1.0_f64, |a, b| a.max(b.abs()));
        let met = rows.iter().all(|r| r.abs() <= 1e-13 * most);
        met && (0..program.len()).all(|j| {
            let pull = now.above[j] - now.below[j] + program.quadratic[j] * now.point[j];
            let push = program.columns.dot(j, &now.rows);
            let size = now.above[j] + now.below[j] + program.quadratic[j] * now.point[j];
            let t = program.log[j];
            (pull + push).abs() <= 1e-12 * size.max(push.abs())
                && (t == 0.0 || (now.point[j] * now.below[j] - t).abs() <= 1e-13 * t)
        })
    }

    /// Longest steps that keep everything positive, no longer than the whole: in the point, and in the multipliers.
    /// With a quadratic term the gradient depends on both, so they are one.
    fn longest(&self, direction: &Direction) -> Lengths {
        let now = &self.now;
        let (mut primal, mut dual) = (DAMPED, DAMPED);
        for j in 0..self.program.len() {
            primal = primal.max(-direction.point[j] / now.point[j]);
            dual = dual.max(-direction.below[j] / now.below[j]);
            if self.program.upper[j].is_finite() {
                primal = primal.max(direction.point[j] / now.room[j]);
                dual = dual.max(-direction.above[j] / now.above[j]);
            }
        }
        if self.curved {
            primal = primal.max(dual);
            dual = primal;
        }
        (DAMPED / primal, DAMPED / dual)
    }

    fn go(&mut self, (primal, dual): Lengths, direction: &Direction) {
        let now = &mut self.now;
        let add = |values: &mut [f64], steps: &[f64], length: f64| {
            for (value, step) in values.iter_mut().zip(steps) {
                *value += length * step;
            }
        };
        add(&mut now.point, &direction.point, primal);
        add(&mut now.room, &direction.point, -primal);
        add(&mut now.rows, &direction.rows, dual);
        add(&mut now.below, &direction.below, dual);
        add(&mut now.above, &direction.above, dual);
    }
}

#[cfg(test)]
mod tests;
