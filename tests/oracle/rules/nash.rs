//! The largest product of chances: an interior-point method over the weights of all panels, in double floats.
//!
//! maximise Σ n_r·log y_r − n·Σ x over x ≥ 0 with y = A·x: at the optimum the weights sum to 1 by themselves, and every
//! panel has Σ 1/p ≤ n (Flanigan et al., Nature 2021, supplement). `active` finds the last digits.

mod active;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use super::double::Double;
use super::hull::Hull;

/// Chances per class, and how far the proof leaves the product open.
#[derive(Debug)]
pub(crate) struct Product {
    pub(crate) chances: Vec<BigRational>,
    /// The largest Σ 1/p over a panel, minus the number of people: every chance is within √(2·open) of the optimum,
    /// relatively. (With u = optimum/chance: Σ u ≤ n + open and Σ log u ≥ 0, so Σ (u − 1 − log u) ≤ open.)
    pub(crate) open: f64,
}

struct State<'a> {
    hull: &'a Hull,
    people: Double,
    x: Vec<Double>,
    s: Vec<Double>,
}

/// The largest product: open by less than 1e-15, so every chance is proven within 5e-8 of the optimum, relatively.
pub(crate) fn product(hull: &Hull) -> Product {
    let share = Double::ONE / Double::of(hull.columns.len() as i64);
    let mut state = State {
        hull,
        people: Double::of(hull.people()),
        x: vec![share; hull.columns.len()],
        s: vec![Double::of(hull.people()); hull.columns.len()],
    };
    let mut best = (f64::INFINITY, state.x.clone());
    for _ in 0..80 {
        let open = state.open();
        if open < best.0 {
            best = (open, state.x.clone());
        }
        if best.0 < 1e-12 || !state.step() {
            break;
        }
    }
    state.x = best.1;
    state.polish();
    let product = state.proven();
    assert!(
        product.open < 1e-15,
        "the product is not proven: {:e}",
        product.open
    );
    product
}

impl State<'_> {
    fn seats(&self) -> Vec<Double> {
        self.seats_of(&self.x)
    }

    /// n − Σ 1/p over each panel.
    fn gradient(&self, seats: &[Double]) -> Vec<Double> {
        let rates: Vec<Double> = self
            .hull
            .counts
            .iter()
            .zip(seats)
            .map(|(&n, &y)| Double::of(n) / y)
            .collect();
        self.hull
            .columns
            .iter()
            .map(|c| self.people - weigh(c, &rates))
            .collect()
    }

    /// What the largest Σ 1/p of a panel leaves open, not yet exactly.
    fn open(&self) -> f64 {
        let total: Double = self.x.iter().copied().sum();
        let gradient = self.gradient(&self.seats());
        let spare = |g: Double| (self.people - (self.people - g) * total).to_f64();
        -gradient
            .into_iter()
            .map(spare)
            .fold(f64::INFINITY, f64::min)
    }

    /// The chances of these weights as a lottery, rounded down; Σ 1/p of every panel in integers, rounded up.
    fn proven(&self) -> Product {
        let negative = self.x.iter().any(|x| x.to_f64() < 0.0);
        assert!(!negative, "a weight is negative");
        let total: Double = self.x.iter().copied().sum();
        let seats = self.seats().into_iter().zip(&self.hull.counts);
        let chances: Vec<BigRational> = seats
            .map(|(y, &n)| (y / total / Double::of(n)).rounded())
            .collect();
        let unit = BigInt::from(10).pow(40);
        let rate = |p: &BigRational| (p.recip() * &unit).ceil().to_integer();
        let rates: Vec<BigInt> = chances.iter().map(rate).collect();
        let weights = self.hull.columns.iter().map(|column| {
            let each = column.iter().zip(&rates);
            each.map(|(&a, rate)| rate * a).sum::<BigInt>()
        });
        let most = weights.max().expect("a panel") - &unit * self.hull.people();
        let open = BigRational::new(most, unit).to_f64().expect("a number");
        Product { chances, open }
    }

    /// One step of Newton's method towards a tenth (or less) of the present complementarity; false when stuck.
    fn step(&mut self) -> bool {
        let (seats, m) = (self.seats(), self.x.len());
        let gradient = self.gradient(&seats);
        let mu = self
            .x
            .iter()
            .zip(&self.s)
            .map(|(&x, &s)| x * s)
            .sum::<Double>()
            / Double::of(m as i64);
        let off = gradient
            .iter()
            .zip(&self.s)
            .map(|(&g, &s)| (g - s).to_f64().abs())
            .fold(0.0, f64::max);
        // Follow the path more slowly while the gradient does not fit.
        let target = mu * Double::float(if off > mu.to_f64() * 10.0 { 0.5 } else { 0.1 });
        let right: Vec<Double> = (0..m).map(|c| target / self.x[c] - gradient[c]).collect();
        let dx = self.newton(&seats, &right);
        let moved = self.seats_of(&dx);
        let curve: Vec<Double> = (0..seats.len())
            .map(|r| Double::of(self.hull.counts[r]) / (seats[r] * seats[r]) * moved[r])
            .collect();
        let ds: Vec<Double> = (0..m)
            .map(|c| weigh(&self.hull.columns[c], &curve) + gradient[c] - self.s[c])
            .collect();
        let limit = |values: &[Double], change: &[Double]| {
            let ratio = |(&v, &d): (&Double, &Double)| {
                if d.is_positive() {
                    1e9
                } else {
                    v.to_f64() / -d.to_f64().min(-1e-300)
                }
            };
            values
                .iter()
                .zip(change)
                .map(ratio)
                .fold(f64::INFINITY, f64::min)
        };
        // No seat may change by more than half of itself, or the curvature is another.
        let seats_limit = seats
            .iter()
            .zip(&moved)
            .map(|(y, d)| 0.7 * y.to_f64() / d.to_f64().abs().max(1e-300))
            .fold(f64::INFINITY, f64::min);
        let length = (0.9 * limit(&self.x, &dx))
            .min(0.9 * limit(&self.s, &ds))
            .min(seats_limit)
            .min(1.0);
        let length = Double::float(length);
        for c in 0..m {
            self.x[c] = self.x[c] + length * dx[c];
            self.s[c] = self.s[c] + length * ds[c];
        }
        length.to_f64() > 1e-12 && self.x.iter().chain(&self.s).all(|v| v.is_positive())
    }

    fn seats_of(&self, x: &[Double]) -> Vec<Double> {
        let of = |r: usize| {
            let used = self.hull.columns.iter().zip(x).filter(|(c, _)| c[r] != 0);
            used.map(|(c, &x)| x * Double::of(c[r])).sum()
        };
        (0..self.hull.counts.len()).map(of).collect()
    }

    /// Solves (Aᵀ·diag(n/y²)·A + diag(s/x))·dx = right by a system with one row per class (Woodbury).
    fn newton(&self, seats: &[Double], right: &[Double]) -> Vec<Double> {
        let (rows, m) = (seats.len(), self.x.len());
        let inverse: Vec<Double> = (0..m).map(|c| self.x[c] / self.s[c]).collect();
        let scaled: Vec<Double> = (0..m).map(|c| inverse[c] * right[c]).collect();
        let mut system = vec![vec![Double::ZERO; rows + 1]; rows];
        for (column, &d) in self.hull.columns.iter().zip(&inverse) {
            for a in (0..rows).filter(|&a| column[a] != 0) {
                let left = d * Double::of(column[a]);
                for b in (a..rows).filter(|&b| column[b] != 0) {
                    system[a][b] = system[a][b] + left * Double::of(column[b]);
                }
            }
        }
        for a in 0..rows {
            let mirrored: Vec<Double> = (0..a).map(|b| system[b][a]).collect();
            system[a][..a].copy_from_slice(&mirrored);
            system[a][a] = system[a][a] + seats[a] * seats[a] / Double::of(self.hull.counts[a]);
        }
        for (row, value) in system.iter_mut().zip(self.seats_of(&scaled)) {
            row[rows] = value;
        }
        let answer = solve(system);
        (0..m)
            .map(|c| scaled[c] - inverse[c] * weigh(&self.hull.columns[c], &answer))
            .collect()
    }
}

fn weigh(column: &[i64], weights: &[Double]) -> Double {
    let used = column.iter().zip(weights).filter(|(a, _)| **a != 0);
    used.map(|(&a, &w)| w * Double::of(a)).sum()
}

/// Gauss and Jordan with the largest pivot of each column.
fn solve(mut system: Vec<Vec<Double>>) -> Vec<Double> {
    let rows = system.len();
    for at in 0..rows {
        let size = |r: &usize| system[*r][at].to_f64().abs();
        let pivot = (at..rows)
            .max_by(|a, b| size(a).total_cmp(&size(b)))
            .expect("a row");
        system.swap(at, pivot);
        let pivot: Vec<Double> = system[at].iter().map(|&v| v / system[at][at]).collect();
        for (r, row) in system.iter_mut().enumerate() {
            let factor = row[at];
            if r != at {
                row.iter_mut()
                    .zip(&pivot)
                    .for_each(|(v, &p)| *v = *v - factor * p);
            }
        }
        system[at] = pivot;
    }
    system.into_iter().map(|row| row[rows]).collect()
}
