//! Wolfe's algorithm for the point of least norm in a convex hull (Math. Programming 11, 1976), with the Cholesky
//! factor of the Gram matrix updated by Givens rotations.

use super::simplex::dot;

/// A point that lowers the norm by less than this, against the longest point, is left out.
const CLOSE: f64 = 1e-15;

/// Affinely independent points `v_i` with convex weights; keeps `L Lᵀ = (1 + v_i·v_j)` and `z = L⁻¹·1`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Corral {
    points: Vec<Vec<f64>>,
    label: Vec<usize>,
    weight: Vec<f64>,
    /// Row `i` has `i + 1` entries.
    factor: Vec<Vec<f64>>,
    z: Vec<f64>,
}

impl Corral {
    /// Labels and weights of the points in use.
    pub(crate) fn members(&self) -> impl Iterator<Item = (usize, f64)> {
        self.label.iter().copied().zip(self.weight.iter().copied())
    }

    /// The convex combination itself.
    pub(crate) fn point(&self) -> Vec<f64> {
        let mut x = vec![0.0; self.points.first().map_or(0, Vec::len)];
        for (v, w) in self.points.iter().zip(&self.weight) {
            for (a, b) in x.iter_mut().zip(v) {
                *a += w * b;
            }
        }
        x
    }

    /// Moves to the least norm over the hull of the points in use and of all these; labels are their positions.
    pub(crate) fn descend(&mut self, points: &[Vec<f64>]) {
        let largest = points.iter().map(|v| dot(v, v)).fold(0.0, f64::max);
        let mut last = f64::INFINITY;
        loop {
            let products: Vec<f64> = if self.points.is_empty() {
                points.iter().map(|v| dot(v, v)).collect()
            } else {
                let x = self.point();
                let own = dot(&x, &x);
                // every step shortens the point, but for rounding, which may go round in a circle
                if own >= last {
                    return;
                }
                last = own;
                points.iter().map(|v| dot(v, &x) - own).collect()
            };
            let best = (0..products.len()).min_by(|&a, &b| products[a].total_cmp(&products[b]));
            let Some(best) = best else { return };
            let ends = products[best] >= -CLOSE * largest || self.label.contains(&best);
            if !self.points.is_empty() && ends {
                return;
            }
            if !self.add(best, points[best].clone()) {
                return;
            }
        }
    }

    /// Adds a point and moves to the least norm over the hull of all points in use. False when the point lies in the
    /// affine hull of the others already.
    pub(crate) fn add(&mut self, label: usize, point: Vec<f64>) -> bool {
        let gram: Vec<f64> = self.points.iter().map(|v| 1.0 + dot(v, &point)).collect();
        let own = 1.0 + dot(&point, &point);
        let mut row: Vec<f64> = Vec::with_capacity(gram.len() + 1);
        for (i, g) in gram.iter().enumerate() {
            let known = &self.factor[i];
            row.push((g - dot(&known[..i], &row)) / known[i]);
        }
        let square = own - dot(&row, &row);
        if square <= 1e-12 * own {
            return false;
        }
        let diagonal = square.sqrt();
        self.z.push((1.0 - dot(&row, &self.z)) / diagonal);
        row.push(diagonal);
        self.factor.push(row);
        self.points.push(point);
        self.label.push(label);
        self.weight
            .push(if self.weight.is_empty() { 1.0 } else { 0.0 });
        self.settle();
        true
    }

    /// Minor cycles: towards the affine minimiser, dropping points whose weight reaches zero.
    fn settle(&mut self) {
        loop {
            let goal = self.affine_weights();
            if goal.iter().all(|&w| w > 1e-12) {
                self.weight = goal;
                return;
            }
            let mut theta = 1.0_f64;
            for (w, g) in self.weight.iter().zip(&goal) {
                if *g <= 1e-12 && w > g {
                    theta = theta.min(w / (w - g));
                }
            }
            for (w, g) in self.weight.iter_mut().zip(&goal) {
                *w += theta * (g - *w);
            }
            let lowest = (0..self.weight.len())
                .filter(|&i| goal[i] <= 1e-12)
                .min_by(|&a, &b| self.weight[a].total_cmp(&self.weight[b]));
            let Some(lowest) = lowest else { return };
            self.weight[lowest] = 0.0;
            for i in (0..self.weight.len()).rev() {
                if self.weight[i] <= 1e-12 && (goal[i] <= 1e-12 || i == lowest) {
                    self.remove(i);
                }
            }
        }
    }

    /// Weights (summing to one, any sign) of the affine hull's point of least norm.
    fn affine_weights(&self) -> Vec<f64> {
        let s = self.z.len();
        let mut solution = self.z.clone();
        for i in (0..s).rev() {
            let x = solution[i] / self.factor[i][i];
            solution[i] = x;
            for (target, l) in solution[..i].iter_mut().zip(&self.factor[i]) {
                *target -= x * l;
            }
        }
        let total: f64 = solution.iter().sum();
        solution.iter_mut().for_each(|x| *x /= total);
        solution
    }

    fn remove(&mut self, at: usize) {
        self.points.remove(at);
        self.label.remove(at);
        self.weight.remove(at);
        self.factor.remove(at);
        for k in at..self.factor.len() {
            // rotate columns k and k+1 so that row k ends on its diagonal
            let (a, b) = (self.factor[k][k], self.factor[k][k + 1]);
            let length = (a * a + b * b).sqrt();
            let (c, s) = (a / length, b / length);
            for row in &mut self.factor[k..] {
                let (x, y) = (row[k], row[k + 1]);
                row[k] = c * x + s * y;
                row[k + 1] = c * y - s * x;
            }
            let (x, y) = (self.z[k], self.z[k + 1]);
            self.z[k] = c * x + s * y;
            self.z[k + 1] = c * y - s * x;
            self.factor[k].truncate(k + 1);
        }
        self.z.pop();
    }
}
