//! The inverse of the basis: factorised, updated, carried over to a smaller problem.

use super::{Simplex, State, dot};
use crate::kernel::columns::Columns;

impl Simplex {
    pub(super) fn slack_basis(&mut self) {
        let (n, m) = (self.len(), self.rows);
        for state in &mut self.state {
            if *state == State::Basic {
                *state = State::Lower;
            }
        }
        self.inverse.iter_mut().for_each(|x| *x = 0.0);
        for i in 0..m {
            self.head[i] = (n + i) as u32;
            self.state[n + i] = State::Basic;
            self.inverse[i * m + i] = -1.0;
            self.norm[i] = 1.0;
        }
        self.since_refactor = 0;
    }

    /// The same problem with every column outside `core` fixed where it stands. All basic columns must be in `core`
    /// (ascending); the basis carries over.
    pub(crate) fn restrict(&self, core: &[u32]) -> Self {
        let (n, m) = (self.len(), self.rows);
        let mut fixed = vec![0.0; m];
        let mut offset = self.offset;
        let mut next = core.iter().peekable();
        for j in 0..n {
            if next.next_if(|&&c| c as usize == j).is_none() {
                let x = self.nonbasic_value(j);
                if x != 0.0 {
                    self.columns.add_to(j, x, &mut fixed);
                    offset += self.cost[j] * x;
                }
            }
        }
        let variables = || core.iter().map(|&j| j as usize).chain(n..n + m);
        let pick = |from: &[f64]| variables().map(|j| from[j]).collect::<Vec<f64>>();
        let small = core.len();
        let mut lp = Self {
            columns: self.columns.select(core),
            cost: pick(&self.cost),
            lower: pick(&self.lower),
            upper: pick(&self.upper),
            state: variables().map(|j| self.state[j]).collect(),
            reduced: pick(&self.reduced),
            alpha: vec![0.0; small + m],
            candidates: vec![],
            proof: vec![],
            offset,
            ..self.clone_basis()
        };
        for (i, x) in fixed.iter().enumerate() {
            lp.lower[small + i] -= x;
            lp.upper[small + i] -= x;
        }
        for var in &mut lp.head {
            *var = match (*var as usize).checked_sub(n) {
                Some(row) => (small + row) as u32,
                None => core.binary_search(var).unwrap_or(0) as u32,
            };
        }
        lp.refresh();
        lp
    }

    fn clone_basis(&self) -> Self {
        Self {
            columns: Columns::new(),
            rows: self.rows,
            cost: vec![],
            lower: vec![],
            upper: vec![],
            state: vec![],
            head: self.head.clone(),
            inverse: self.inverse.clone(),
            norm: self.norm.clone(),
            basic: self.basic.clone(),
            reduced: vec![],
            proof: vec![],
            since_refactor: self.since_refactor,
            offset: self.offset,
            tolerance: self.tolerance,
            exacting: self.exacting,
            pivots: 0,
            alpha: vec![],
            candidates: vec![],
        }
    }

    pub(super) fn update_inverse(&mut self, r: usize, direction: &[f64]) {
        let m = self.rows;
        let scale = 1.0 / direction[r];
        let mut pivot_row: Vec<f64> = self.inverse[r * m..(r + 1) * m].to_vec();
        pivot_row.iter_mut().for_each(|x| *x *= scale);
        for (i, &d) in direction.iter().enumerate() {
            let row = &mut self.inverse[i * m..(i + 1) * m];
            if i == r {
                row.copy_from_slice(&pivot_row);
            } else {
                if d == 0.0 {
                    continue;
                }
                for (x, p) in row.iter_mut().zip(&pivot_row) {
                    *x -= d * p;
                }
            }
            self.norm[i] = dot(row, row).max(1e-6);
        }
    }

    /// Inverts the basis anew by Gauss–Jordan with partial pivoting; a singular basis is replaced by the logicals.
    pub(super) fn factor(&mut self) {
        let m = self.rows;
        let width = 2 * m;
        let mut work = vec![0.0; m * width];
        let mut column = vec![0.0; m];
        for r in 0..m {
            column.iter_mut().for_each(|x| *x = 0.0);
            self.add_column(self.head[r] as usize, 1.0, &mut column);
            for i in 0..m {
                work[i * width + r] = column[i];
            }
            work[r * width + m + r] = 1.0;
        }
        if gauss_jordan(&mut work, m) {
            for i in 0..m {
                self.inverse[i * m..(i + 1) * m]
                    .copy_from_slice(&work[i * width + m..(i + 1) * width]);
                let row = &self.inverse[i * m..(i + 1) * m];
                self.norm[i] = dot(row, row).max(1e-6);
            }
            self.since_refactor = 0;
        } else {
            self.slack_basis();
        }
        self.refresh();
    }
}

/// Reduces the left half of an `m × 2m` matrix to the identity. False when singular.
fn gauss_jordan(work: &mut [f64], m: usize) -> bool {
    let width = 2 * m;
    for c in 0..m {
        let Some(p) = (c..m).max_by(|&a, &b| {
            work[a * width + c]
                .abs()
                .total_cmp(&work[b * width + c].abs())
        }) else {
            return false;
        };
        if work[p * width + c].abs() < 1e-9 {
            return false;
        }
        if p != c {
            for k in 0..width {
                work.swap(c * width + k, p * width + k);
            }
        }
        let scale = 1.0 / work[c * width + c];
        let mut row: Vec<f64> = work[c * width..(c + 1) * width].to_vec();
        row.iter_mut().for_each(|x| *x *= scale);
        work[c * width..(c + 1) * width].copy_from_slice(&row);
        for i in (0..m).filter(|&i| i != c) {
            let factor = work[i * width + c];
            if factor != 0.0 {
                for (x, p) in work[i * width..(i + 1) * width].iter_mut().zip(&row) {
                    *x -= factor * p;
                }
            }
        }
    }
    true
}
