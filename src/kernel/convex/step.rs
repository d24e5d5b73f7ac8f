//! One Newton step of the interior-point method.

use super::super::cholesky::Cholesky;
use super::super::columns::Columns;
use super::{Optimum, Program};

/// A direction in all unknowns.
#[derive(Debug, Clone)]
pub(super) struct Direction {
    pub(super) point: Vec<f64>,
    pub(super) rows: Vec<f64>,
    pub(super) below: Vec<f64>,
    pub(super) above: Vec<f64>,
}

impl Direction {
    /// Stays.
    pub(super) fn none(n: usize) -> Self {
        Self {
            point: vec![0.0; n],
            rows: vec![],
            below: vec![0.0; n],
            above: vec![0.0; n],
        }
    }
}

/// The Newton equations at one point, factored.
pub(super) struct Newton<'a> {
    program: &'a Program,
    now: &'a Optimum,
    /// Inverse of the Hessian with the bounds' terms.
    give: Vec<f64>,
    normal: Normal<'a>,
    shortfall: Vec<f64>,
}

impl<'a> Newton<'a> {
    pub(super) fn new(program: &'a Program, now: &'a Optimum) -> Self {
        let give: Vec<f64> = (0..program.len())
            .map(|j| {
                let cap = if program.upper[j].is_finite() {
                    now.above[j] / now.room[j]
                } else {
                    0.0
                };
                1.0 / (program.quadratic[j] + now.below[j] / now.point[j] + cap)
            })
            .collect();
        let normal = Normal::new(&program.columns, &give, program.right.len());
        Self {
            program,
            now,
            give,
            normal,
            shortfall: program.shortfall(&now.point),
        }
    }

    /// Towards complementarity products of `target` (plus the weight of a logarithm), corrected by the curvature
    /// that a first guess met.
    pub(super) fn direction(&self, target: f64, guess: Option<&Direction>) -> Direction {
        let (program, now) = (self.program, self.now);
        let n = program.len();
        let mut goal = vec![(0.0, 0.0); n];
        let mut push = vec![0.0; n];
        for j in 0..n {
            let (bend, lift) = guess.map_or((0.0, 0.0), |g| {
                (g.point[j] * g.below[j], g.point[j] * g.above[j])
            });
            let low = (program.log[j] + target - bend) / now.point[j];
            let high = if program.upper[j].is_finite() {
                (target + lift) / now.room[j]
            } else {
                0.0
            };
            goal[j] = (low, high);
            push[j] = low
                - high
                - program.quadratic[j] * now.point[j]
                - program.columns.dot(j, &now.rows);
        }
        let mut right: Vec<f64> = self.shortfall.iter().map(|r| -r).collect();
        for (j, (give, push)) in self.give.iter().zip(&push).enumerate() {
            program.columns.add_to(j, give * push, &mut right);
        }
        let rows = self.normal.solve(&right);
        let mut out = Direction {
            rows,
            ..Direction::none(n)
        };
        for (j, push) in push.iter().enumerate() {
            let step = self.give[j] * (push - program.columns.dot(j, &out.rows));
            out.point[j] = step;
            out.below[j] = goal[j].0 - now.below[j] - now.below[j] * step / now.point[j];
            if program.upper[j].is_finite() {
                out.above[j] = goal[j].1 - now.above[j] + now.above[j] * step / now.room[j];
            }
        }
        out
    }
}

/// `A D Aᵀ`, factored.
pub(super) struct Normal<'a> {
    columns: &'a Columns,
    give: Vec<f64>,
    factor: Cholesky,
}

impl<'a> Normal<'a> {
    /// Columns with `give` zero take no part.
    pub(super) fn new(columns: &'a Columns, give: &[f64], rows: usize) -> Self {
        let mut lower: Vec<Vec<f64>> = (0..rows).map(|i| vec![0.0; i + 1]).collect();
        for (j, &d) in give.iter().enumerate().filter(|(_, d)| **d > 0.0) {
            for (i, a) in columns.column(j) {
                for (k, b) in columns.column(j).take_while(|(k, _)| *k <= i) {
                    lower[i][k] += d * a * b;
                }
            }
        }
        Self {
            columns,
            give: give.to_vec(),
            factor: Cholesky::new(lower),
        }
    }

    /// Solves with one round of refinement.
    pub(super) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut x = self.factor.solve(right);
        let mut rest = right.to_vec();
        for (j, &d) in self.give.iter().enumerate().filter(|(_, d)| **d > 0.0) {
            self.columns
                .add_to(j, -d * self.columns.dot(j, &x), &mut rest);
        }
        for (x, more) in x.iter_mut().zip(self.factor.solve(&rest)) {
            *x += more;
        }
        x
    }
}
