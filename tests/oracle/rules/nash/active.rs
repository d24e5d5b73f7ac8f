//! The last digits of the largest product: Newton's method on the panels in use, one leaving or entering at a time.
//!
//! Near the optimum the interior-point system is as ill-conditioned as the weights are unlike. This one is not: its
//! entries are whole seats and the curvature of chances that are far from 0. Only linearly independent panels move;
//! where those fit, all others in their span do (every panel has the same number of seats).

use super::State;
use super::{Double, solve, weigh};

/// A panel whose weight is less is out of use.
const UNUSED: f64 = 1e-10;
/// What may be left of a gradient that is 0.
const FITS: f64 = 1e-24;
/// Panels that may leave or enter.
const CHANGES: usize = 200;

impl State<'_> {
    /// Moves the weights to where no panel has more than Σ 1/p = n, or as near as it comes.
    pub(super) fn polish(&mut self) {
        for x in &mut self.x {
            if x.to_f64() < UNUSED {
                *x = Double::ZERO;
            }
        }
        let mut entering = None;
        for _ in 0..CHANGES {
            let moving = self.independent(entering.take());
            if self.settle(&moving) {
                let worst = self.worst();
                if worst.1 > -FITS {
                    return;
                }
                entering = Some(worst.0);
            }
        }
    }

    /// The panel with the largest Σ 1/p, and n minus that.
    fn worst(&self) -> (usize, f64) {
        let gradient = self.gradient(&self.seats());
        let each = gradient.into_iter().map(Double::to_f64).enumerate();
        each.min_by(|a, b| a.1.total_cmp(&b.1)).expect("a panel")
    }

    /// Linearly independent panels: the entering one, then those in use by falling weight.
    fn independent(&self, entering: Option<usize>) -> Vec<usize> {
        let mut used: Vec<usize> = (0..self.x.len())
            .filter(|&c| self.x[c].is_positive() && Some(c) != entering)
            .collect();
        used.sort_by(|&a, &b| self.x[b].to_f64().total_cmp(&self.x[a].to_f64()));
        let mut moving = Vec::new();
        let mut echelon: Vec<(usize, Vec<Double>)> = Vec::new();
        for c in entering.into_iter().chain(used) {
            let mut rest: Vec<Double> = self.hull.columns[c]
                .iter()
                .map(|&a| Double::of(a))
                .collect();
            for (at, row) in &echelon {
                let factor = rest[*at] / row[*at];
                rest.iter_mut()
                    .zip(row)
                    .for_each(|(v, &r)| *v = *v - factor * r);
            }
            let size = |r: &usize| rest[*r].to_f64().abs();
            let pivot = (0..rest.len()).max_by(|a, b| size(a).total_cmp(&size(b)));
            let pivot = pivot.expect("a class");
            if size(&pivot) > 1e-15 {
                echelon.push((pivot, rest));
                moving.push(c);
            }
        }
        moving
    }

    /// Newton's method on these panels; false as soon as one of them has lost its weight.
    fn settle(&mut self, moving: &[usize]) -> bool {
        for _ in 0..100 {
            let seats = self.seats();
            let gradient = self.gradient(&seats);
            let off = moving.iter().map(|&c| gradient[c].to_f64().abs());
            if off.fold(0.0, f64::max) < FITS {
                return true;
            }
            let change = self.towards(moving, &seats, &gradient);
            let mut all = vec![Double::ZERO; self.x.len()];
            moving.iter().zip(&change).for_each(|(&c, &d)| all[c] = d);
            let moved = self.seats_of(&all);
            // No seat may change by more than half of itself, or the curvature is another.
            let seats = seats.iter().zip(&moved);
            let shares = seats.map(|(y, d)| 0.5 * y.to_f64() / d.to_f64().abs().max(1e-300));
            let safe = shares.fold(1.0, f64::min);
            let end = |&c: &usize| self.x[c].to_f64() / -all[c].to_f64();
            let falling = moving
                .iter()
                .filter(|&&c| !all[c].is_positive() && all[c] != Double::ZERO);
            let first = falling.copied().min_by(|a, b| end(a).total_cmp(&end(b)));
            let leaving = first.filter(|c| end(c) <= safe);
            let length = Double::float(leaving.map_or(safe, |c| end(&c)));
            for &c in moving {
                let next = self.x[c] + length * all[c];
                // Others may end with the leaving one, but for the rounding.
                let ends = Some(c) == leaving || !next.is_positive();
                self.x[c] = if ends { Double::ZERO } else { next };
            }
            if leaving.is_some() {
                return false;
            }
        }
        true
    }

    /// Solves (Bᵀ·diag(n/y²)·B)·d = −gradient over the moving panels B.
    fn towards(&self, moving: &[usize], seats: &[Double], gradient: &[Double]) -> Vec<Double> {
        let counts = self.hull.counts.iter().zip(seats);
        let curve: Vec<Double> = counts.map(|(&n, &y)| Double::of(n) / (y * y)).collect();
        let row = |&a: &usize| {
            let column = self.hull.columns[a].iter().zip(&curve);
            let scaled: Vec<Double> = column.map(|(&s, &w)| w * Double::of(s)).collect();
            let products = moving
                .iter()
                .map(|&b| weigh(&self.hull.columns[b], &scaled));
            products.chain([-gradient[a]]).collect::<Vec<_>>()
        };
        solve(moving.iter().map(row).collect())
    }
}
