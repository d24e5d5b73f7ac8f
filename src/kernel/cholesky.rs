//! Dense Cholesky factorisation that leaves out dependent rows.

use super::simplex::dot;

/// A pivot this small against its own diagonal entry is rounding: the row depends on those before it.
const DEPENDENT: f64 = 1e-13;

/// `L Lᵀ` of a symmetric positive semidefinite matrix; rows that depend on earlier ones are empty.
#[derive(Debug, Clone)]
pub(crate) struct Cholesky {
    /// Row `i` has `i + 1` entries; a zero diagonal marks a dependent row.
    factor: Vec<Vec<f64>>,
}

impl Cholesky {
    /// Factors the matrix whose lower triangle is given by rows.
    pub(crate) fn new(mut lower: Vec<Vec<f64>>) -> Self {
        for i in 0..lower.len() {
            let (above, rest) = lower.split_at_mut(i);
            let row = &mut rest[0];
            for (j, other) in above.iter().enumerate() {
                let value = row[j] - dot(&row[..j], &other[..j]);
                row[j] = if other[j] > 0.0 {
                    value / other[j]
                } else {
                    0.0
                };
            }
            let own = row[i];
            let square = own - dot(&row[..i], &row[..i]);
            row[i] = if square > DEPENDENT * own {
                square.sqrt()
            } else {
                0.0
            };
        }
        Self { factor: lower }
    }

    /// A solution of `L Lᵀ x = right`, zero at dependent rows.
    pub(crate) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut x = Vec::with_capacity(right.len());
        for (row, b) in self.factor.iter().zip(right) {
            let i = x.len();
            let value = if row[i] > 0.0 {
                (b - dot(&row[..i], &x)) / row[i]
            } else {
                0.0
            };
            x.push(value);
        }
        for (i, row) in self.factor.iter().enumerate().rev() {
            if row[i] > 0.0 {
                x[i] /= row[i];
                let value = x[i];
                for (target, l) in x[..i].iter_mut().zip(row) {
                    *target -= value * l;
                }
            }
        }
        x
    }
}
