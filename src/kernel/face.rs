//! Which bounds of a polytope hold with equality everywhere: what an interior-point method must know first.

use super::columns::Columns;
use super::mixture::Polytope;
use super::simplex::{Outcome, Simplex};

/// Distance to a bound that counts as room.
const ROOM: f64 = 1e-7;

/// The bounds that hold with equality at every point, a point with room to all others, and the proof.
#[derive(Debug, Clone)]
pub(crate) struct Face {
    /// Columns that are at their upper bound everywhere.
    pub(crate) full: Vec<bool>,
    /// Rows, low or high, that are at a bound everywhere: the bound.
    pub(crate) held: Vec<Option<f64>>,
    pub(crate) inside: Vec<f64>,
    /// Multipliers that may be added as often as needed: on the side of its bound for every held row whose bounds
    /// differ, −1 or less in sum for every full column, zero in sum for all others.
    pub(crate) ray: Vec<f64>,
    /// Simplex pivots.
    pub(crate) pivots: u64,
}

/// Bounds that have not been seen with room.
struct Open {
    full: Vec<bool>,
    low: Vec<bool>,
    high: Vec<bool>,
}

/// Finds the face, given a point at which every column with an upper bound above zero is positive. `None` when more than
/// `limit` pivots are needed.
pub(crate) fn face(polytope: &Polytope, seen: &[f64], limit: u64) -> Option<Face> {
    let mut open = Open::all(polytope);
    let mut lp = Simplex::new(
        polytope.columns.clone(),
        vec![0.0; polytope.upper.len()],
        polytope.upper.clone(),
        &polytope.rows,
    );
    lp.exacting = true;
    let mut points = vec![seen.to_vec()];
    open.look(polytope, seen);
    loop {
        let (cost, least) = open.cost(polytope);
        let largest = cost.iter().fold(1.0_f64, |a, c| a.max(*c));
        lp.set_costs(&cost.iter().map(|c| c / largest).collect::<Vec<f64>>());
        if lp.solve(f64::INFINITY, limit.saturating_sub(lp.pivots)) != Outcome::Optimal {
            return None;
        }
        let point = lp.values();
        let total: f64 = cost.iter().zip(&point).map(|(c, x)| c * x).sum();
        let opened = least - total > ROOM && open.look(polytope, &point);
        if !opened {
            let duals: Vec<f64> = lp.duals().iter().map(|y| y * largest).collect();
            return Some(open.close(polytope, &points, (&duals, lp.pivots)));
        }
        points.push(point);
    }
}

fn activity(columns: &Columns, point: &[f64], rows: usize) -> Vec<f64> {
    let mut activity = vec![0.0; rows];
    for (j, &x) in point.iter().enumerate() {
        columns.add_to(j, x, &mut activity);
    }
    activity
}

impl Open {
    fn all(polytope: &Polytope) -> Self {
        let live = |j: &usize| polytope.upper[*j] > 0.0;
        let mut range = vec![false; polytope.rows.len()];
        for j in (0..polytope.upper.len()).filter(live) {
            for (i, _) in polytope.columns.column(j) {
                range[i] = polytope.rows[i].0 < polytope.rows[i].1;
            }
        }
        Self {
            full: polytope.upper.iter().map(|&u| u > 0.0).collect(),
            low: range.clone(),
            high: range,
        }
    }

    /// Strikes off the bounds to which the point has room; true when there were some.
    fn look(&mut self, polytope: &Polytope, point: &[f64]) -> bool {
        let mut opened = false;
        let mut strike = |open: &mut bool, room: f64| {
            let seen = *open && room > ROOM;
            *open &= !seen;
            opened |= seen;
        };
        let sums = activity(&polytope.columns, point, polytope.rows.len());
        for (i, (low, high)) in polytope.rows.iter().enumerate() {
            strike(&mut self.low[i], sums[i] - low);
            strike(&mut self.high[i], high - sums[i]);
        }
        for (j, u) in polytope.upper.iter().enumerate() {
            strike(&mut self.full[j], u - point[j]);
        }
        opened
    }

    /// Minus the room to all open bounds is `cost·x`, but for a constant: what `cost·x` is without any room.
    fn cost(&self, polytope: &Polytope) -> (Vec<f64>, f64) {
        let mut weight = vec![0.0; polytope.rows.len()];
        let mut constant = 0.0;
        for (i, (low, high)) in polytope.rows.iter().enumerate() {
            if self.high[i] {
                weight[i] += 1.0;
                constant += high;
            }
            if self.low[i] {
                weight[i] -= 1.0;
                constant -= low;
            }
        }
        let mut cost: Vec<f64> = (0..self.full.len())
            .map(|j| polytope.columns.dot(j, &weight))
            .collect();
        for (j, cost) in cost.iter_mut().enumerate().filter(|(j, _)| self.full[*j]) {
            *cost += 1.0;
            constant += polytope.upper[j];
        }
        (cost, constant)
    }

    fn close(
        self,
        polytope: &Polytope,
        points: &[Vec<f64>],
        (duals, pivots): (&[f64], u64),
    ) -> Face {
        let mut inside = vec![0.0; self.full.len()];
        for point in points {
            for (sum, x) in inside.iter_mut().zip(point) {
                *sum += x / points.len() as f64;
            }
        }
        let side = |open: bool| if open { 1.0 } else { 0.0 };
        let ray = (0..duals.len())
            .map(|i| side(self.high[i]) - side(self.low[i]) - duals[i])
            .collect();
        let held = polytope.rows.iter().enumerate().map(|(i, &(low, high))| {
            if self.high[i] || low == high {
                Some(high)
            } else {
                self.low[i].then_some(low)
            }
        });
        Face {
            held: held.collect(),
            full: self.full,
            inside,
            ray,
            pivots,
        }
    }
}
