//! Dual steps: which row leaves, which column enters, which only flip.

use super::{Outcome, Simplex, State};

/// Candidates for the pivot below this are noise: true tableau entries of 0/1 matrices are not tiny.
const PIVOT_NOISE: f64 = 1e-7;
/// A chosen pivot below this goes back to an earlier breakpoint with at least [`PIVOT_SAFE`].
const PIVOT_WEAK: f64 = 1e-4;
const PIVOT_SAFE: f64 = 1e-3;
/// Pivots between two factorisations.
const REFACTOR: u32 = 64;
/// Pivots after a factorisation within which "infeasible" is believed without looking again.
const TRUSTED: u32 = 16;

impl Simplex {
    /// Solves from the current basis, giving up beyond `cutoff` (objective) or `limit` pivots.
    pub(crate) fn solve(&mut self, cutoff: f64, limit: u64) -> Outcome {
        let stop = self.pivots.saturating_add(limit);
        let mut fresh = false;
        loop {
            if self.pivots >= stop {
                return Outcome::Limit;
            }
            let Some((r, gap)) = self.leaving_row() else {
                if !fresh && self.exacting && self.since_refactor > 0 {
                    self.factor();
                    fresh = true;
                    continue;
                }
                return Outcome::Optimal;
            };
            if cutoff < f64::INFINITY && self.pivots % 8 == 7 && self.objective() > cutoff {
                return Outcome::Cutoff;
            }
            if self.entering(r, gap) {
                fresh = false;
                continue;
            }
            if !fresh && self.since_refactor > if self.exacting { 0 } else { TRUSTED } {
                self.factor();
                fresh = true;
                continue;
            }
            let m = self.rows;
            let sign = if gap > 0.0 { 1.0 } else { -1.0 };
            self.proof = self.inverse[r * m..(r + 1) * m]
                .iter()
                .map(|x| sign * x)
                .collect();
            return Outcome::Infeasible;
        }
    }

    /// The row with the largest violation per norm, and how far it must rise (> 0) or fall (< 0).
    fn leaving_row(&self) -> Option<(usize, f64)> {
        let mut best: Option<(usize, f64)> = None;
        let mut best_score = 0.0;
        for (r, &var) in self.head.iter().enumerate() {
            let x = self.basic[r];
            let (low, high) = (self.lower[var as usize], self.upper[var as usize]);
            let gap = if x < low - self.tolerance {
                low - x
            } else if x > high + self.tolerance {
                high - x
            } else {
                continue;
            };
            let score = gap * gap / self.norm[r];
            if score > best_score {
                best_score = score;
                best = Some((r, gap));
            }
        }
        best
    }

    /// One dual step with bound flips. False when no variable can repair the row.
    fn entering(&mut self, r: usize, gap: f64) -> bool {
        let m = self.rows;
        let rho: Vec<f64> = self.inverse[r * m..(r + 1) * m].to_vec();
        self.price_row(&rho, gap);
        let Some((chosen, flips)) = self.ratio_test(gap) else {
            return false;
        };
        let mut flow = if flips > 0 { vec![0.0; m] } else { vec![] };
        for k in 0..flips {
            let j = self.candidates[k].1 as usize;
            if j == chosen {
                continue;
            }
            let before = self.nonbasic_value(j);
            self.state[j] = if self.state[j] == State::Lower {
                State::Upper
            } else {
                State::Lower
            };
            let step = self.nonbasic_value(j) - before;
            self.add_column(j, step, &mut flow);
        }
        if flips > 0 {
            self.shift_basic(&flow);
        }
        self.pivot(r, chosen, gap > 0.0);
        true
    }

    /// Row of the tableau, and the candidates that can repair it, as (ratio, variable).
    fn price_row(&mut self, rho: &[f64], gap: f64) {
        let n = self.len();
        self.columns.products(rho, &mut self.alpha[..n]);
        for (a, r) in self.alpha[n..].iter_mut().zip(rho) {
            *a = -r;
        }
        for &var in &self.head {
            self.alpha[var as usize] = 0.0;
        }
        self.candidates.clear();
        let direction = if gap > 0.0 { -1.0 } else { 1.0 };
        for (j, ((&a, &state), &d)) in self
            .alpha
            .iter()
            .zip(&self.state)
            .zip(&self.reduced)
            .enumerate()
        {
            // the basic variable moves by −a per unit of x_j
            let helps = if state == State::Lower {
                direction * a
            } else {
                -direction * a
            };
            if helps > PIVOT_NOISE && self.upper[j] > self.lower[j] {
                self.candidates.push((d.abs() / helps, j as u32));
            }
        }
    }

    /// The long-step ratio test: passes breakpoints while the slope stays positive. Returns the entering variable and
    /// how many leading candidates flip.
    fn ratio_test(&mut self, gap: f64) -> Option<(usize, usize)> {
        let order = |a: &(f64, u32), b: &(f64, u32)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
        let mut slope = gap.abs();
        let mut end = None;
        let mut sorted = 0;
        for k in 0..self.candidates.len() {
            if k == sorted {
                // few breakpoints are passed as a rule: sort them by portions
                let (from, portion) = (sorted, 8 + 2 * sorted);
                if self.candidates.len() - from > portion {
                    self.candidates[from..].select_nth_unstable_by(portion - 1, order);
                    sorted = from + portion;
                } else {
                    sorted = self.candidates.len();
                }
                self.candidates[from..sorted].sort_unstable_by(order);
            }
            let j = self.candidates[k].1 as usize;
            slope -= self.alpha[j].abs() * (self.upper[j] - self.lower[j]);
            if slope <= 1e-9 {
                end = Some(k);
                break;
            }
        }
        let end = end?;
        let strong = |k: usize| self.alpha[self.candidates[k].1 as usize].abs();
        // among breakpoints of (nearly) the same ratio take the strongest pivot
        let ratio = self.candidates[end].0;
        let mut best = end;
        let mut k = end;
        while k > 0 && ratio - self.candidates[k - 1].0 <= 1e-12 {
            k -= 1;
            if strong(k) > strong(best) {
                best = k;
            }
        }
        if strong(best) < PIVOT_WEAK
            && let Some(k) = (0..best).rev().find(|&k| strong(k) > PIVOT_SAFE)
        {
            best = k;
        }
        Some((self.candidates[best].1 as usize, best))
    }

    fn pivot(&mut self, r: usize, q: usize, to_lower: bool) {
        let direction = self.direction(q);
        let pivot = direction[r];
        let doubtful = (pivot - self.alpha[q]).abs() > 1e-8 * (1.0 + pivot.abs());
        let leaving = self.head[r] as usize;
        let bound = if to_lower {
            self.lower[leaving]
        } else {
            self.upper[leaving]
        };
        let step = (self.basic[r] - bound) / pivot;
        let theta = self.reduced[q] / self.alpha[q];
        for (d, a) in self.reduced.iter_mut().zip(&self.alpha) {
            *d -= theta * a;
        }
        self.reduced[leaving] = -theta;
        self.reduced[q] = 0.0;
        let entered = self.nonbasic_value(q) + step;
        for (x, d) in self.basic.iter_mut().zip(&direction) {
            *x -= step * d;
        }
        self.basic[r] = entered;
        self.state[leaving] = if to_lower { State::Lower } else { State::Upper };
        self.state[q] = State::Basic;
        self.head[r] = q as u32;
        self.update_inverse(r, &direction);
        self.pivots += 1;
        self.since_refactor += 1;
        if doubtful || self.since_refactor >= REFACTOR {
            self.factor();
        }
    }

    /// `inverse · column q`.
    fn direction(&self, q: usize) -> Vec<f64> {
        let m = self.rows;
        match q.checked_sub(self.len()) {
            Some(row) => (0..m).map(|i| -self.inverse[i * m + row]).collect(),
            None => (0..m)
                .map(|i| self.columns.dot(q, &self.inverse[i * m..(i + 1) * m]))
                .collect(),
        }
    }
}
