//! Bounded dual simplex for few rows and many columns, with an explicit inverse of the basis.
//!
//! Minimises `cost·x` over `row_lower ≤ A x ≤ row_upper`, `lower ≤ x ≤ upper`, every bound finite. Row `i` owns a
//! logical variable `n + i` equal to the row's activity. With finite bounds every basis is dual feasible once the
//! nonbasic variables stand at the bound their reduced cost asks for, so costs and bounds may change at will between
//! calls and the last basis is always a start. Only + − × ÷ and comparisons, in a fixed order: the same bits everywhere.

use super::columns::Columns;

/// Candidates for the pivot below this are noise: true tableau entries of 0/1 matrices are not tiny.
const PIVOT_NOISE: f64 = 1e-7;
/// A chosen pivot below this goes back to an earlier breakpoint with at least [`PIVOT_SAFE`].
const PIVOT_WEAK: f64 = 1e-4;
const PIVOT_SAFE: f64 = 1e-3;
/// Pivots between two factorisations.
const REFACTOR: u32 = 64;
/// Pivots after a factorisation within which "infeasible" is believed without looking again.
const TRUSTED: u32 = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Lower,
    Upper,
    Basic,
}

/// How a solve ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Primal and dual feasible.
    Optimal,
    /// No point within the bounds; [`Simplex::farkas`] is the proof.
    Infeasible,
    /// The objective passed the given cutoff.
    Cutoff,
    /// Too many pivots.
    Limit,
}

/// The solver with its basis.
#[derive(Debug, Clone)]
pub(crate) struct Simplex {
    columns: Columns,
    rows: usize,
    cost: Vec<f64>,
    lower: Vec<f64>,
    upper: Vec<f64>,
    state: Vec<State>,
    head: Vec<u32>,
    inverse: Vec<f64>,
    norm: Vec<f64>,
    basic: Vec<f64>,
    reduced: Vec<f64>,
    proof: Vec<f64>,
    since_refactor: u32,
    /// Cost of the columns left out by [`restrict`](Self::restrict).
    offset: f64,
    /// Largest bound violation that counts as none.
    pub(crate) tolerance: f64,
    /// Look again with a fresh factorisation before any answer.
    pub(crate) exacting: bool,
    /// Pivots so far.
    pub(crate) pivots: u64,
    alpha: Vec<f64>,
    candidates: Vec<(f64, u32)>,
}

impl Simplex {
    /// A problem without costs, all variables at their lower bounds, all logicals basic.
    pub(crate) fn new(
        columns: Columns,
        lower: Vec<f64>,
        upper: Vec<f64>,
        row_bounds: &[(f64, f64)],
    ) -> Self {
        let (n, m) = (columns.len(), row_bounds.len());
        let mut lp = Self {
            columns,
            rows: m,
            cost: vec![0.0; n + m],
            lower,
            upper,
            state: vec![State::Lower; n],
            head: (n as u32..(n + m) as u32).collect(),
            inverse: vec![0.0; m * m],
            norm: vec![1.0; m],
            basic: vec![0.0; m],
            reduced: vec![0.0; n + m],
            proof: vec![],
            since_refactor: 0,
            offset: 0.0,
            tolerance: 1e-9,
            exacting: false,
            pivots: 0,
            alpha: vec![0.0; n + m],
            candidates: vec![],
        };
        lp.lower.extend(row_bounds.iter().map(|b| b.0));
        lp.upper.extend(row_bounds.iter().map(|b| b.1));
        lp.state.extend(std::iter::repeat_n(State::Basic, m));
        lp.slack_basis();
        lp.refresh();
        lp
    }

    /// Number of structural variables.
    pub(crate) fn len(&self) -> usize {
        self.columns.len()
    }

    /// The columns.
    pub(crate) fn columns(&self) -> &Columns {
        &self.columns
    }

    fn slack_basis(&mut self) {
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

    /// Bounds of variable `j` (`n + i` is row `i`).
    pub(crate) fn bounds(&self, j: usize) -> (f64, f64) {
        (self.lower[j], self.upper[j])
    }

    /// Sets bounds without touching the basic values: call [`refresh`](Self::refresh) before solving.
    pub(crate) fn set_bounds_later(&mut self, j: usize, lower: f64, upper: f64) {
        self.lower[j] = lower;
        self.upper[j] = upper;
    }

    /// Sets one variable's bounds and keeps the basic values true.
    pub(crate) fn set_bounds(&mut self, j: usize, lower: f64, upper: f64) {
        if self.state[j] == State::Basic {
            self.lower[j] = lower;
            self.upper[j] = upper;
            return;
        }
        let before = self.nonbasic_value(j);
        self.lower[j] = lower;
        self.upper[j] = upper;
        self.choose_side(j);
        let step = self.nonbasic_value(j) - before;
        if step != 0.0 {
            let mut flow = vec![0.0; self.rows];
            self.add_column(j, step, &mut flow);
            self.shift_basic(&flow);
        }
    }

    /// Sets the structural costs (minimised) and recomputes everything.
    pub(crate) fn set_costs(&mut self, cost: &[f64]) {
        self.cost[..cost.len()].copy_from_slice(cost);
        self.refresh();
    }

    /// Recomputes reduced costs, sides and basic values from the basis.
    pub(crate) fn refresh(&mut self) {
        let (n, m) = (self.len(), self.rows);
        let mut dual = vec![0.0; m];
        for (r, &var) in self.head.iter().enumerate() {
            let c = self.cost[var as usize];
            if c != 0.0 {
                for (y, b) in dual.iter_mut().zip(&self.inverse[r * m..(r + 1) * m]) {
                    *y += c * b;
                }
            }
        }
        self.columns.products(&dual, &mut self.reduced[..n]);
        for (d, c) in self.reduced[..n].iter_mut().zip(&self.cost) {
            *d = c - *d;
        }
        for i in 0..m {
            self.reduced[n + i] = self.cost[n + i] + dual[i];
        }
        for &var in &self.head {
            self.reduced[var as usize] = 0.0;
        }
        for j in 0..n + m {
            if self.state[j] != State::Basic {
                self.choose_side(j);
            }
        }
        self.recompute_basic();
    }

    fn choose_side(&mut self, j: usize) {
        let d = self.reduced[j];
        if d > 1e-11 {
            self.state[j] = State::Lower;
        } else if d < -1e-11 {
            self.state[j] = State::Upper;
        }
    }

    fn nonbasic_value(&self, j: usize) -> f64 {
        if self.state[j] == State::Upper {
            self.upper[j]
        } else {
            self.lower[j]
        }
    }

    fn add_column(&self, j: usize, factor: f64, dense: &mut [f64]) {
        if j < self.len() {
            self.columns.add_to(j, factor, dense);
        } else {
            dense[j - self.len()] -= factor;
        }
    }

    fn recompute_basic(&mut self) {
        let mut flow = vec![0.0; self.rows];
        for j in 0..self.state.len() {
            if self.state[j] != State::Basic {
                let x = self.nonbasic_value(j);
                if x != 0.0 {
                    self.add_column(j, x, &mut flow);
                }
            }
        }
        self.basic.iter_mut().for_each(|x| *x = 0.0);
        self.shift_basic(&flow);
    }

    /// `basic −= inverse · flow`.
    fn shift_basic(&mut self, flow: &[f64]) {
        let m = self.rows;
        for (r, x) in self.basic.iter_mut().enumerate() {
            *x -= dot(&self.inverse[r * m..(r + 1) * m], flow);
        }
    }

    /// Value of every structural variable.
    pub(crate) fn values(&self) -> Vec<f64> {
        let mut x: Vec<f64> = (0..self.len()).map(|j| self.nonbasic_value(j)).collect();
        for (r, &var) in self.head.iter().enumerate() {
            if let Some(slot) = x.get_mut(var as usize) {
                *slot = self.basic[r];
            }
        }
        x
    }

    /// Cost of a structural variable.
    pub(crate) fn cost(&self, j: usize) -> f64 {
        self.cost[j]
    }

    /// Basic structural variables further than `tolerance` from an integer, in order of rows.
    pub(crate) fn fractional(&self, tolerance: f64) -> impl Iterator<Item = (usize, f64)> {
        let n = self.len();
        let pairs = self
            .head
            .iter()
            .zip(&self.basic)
            .filter(move |&(&var, &x)| (var as usize) < n && (x - x.round()).abs() > tolerance);
        pairs.map(|(&var, &x)| (var as usize, x))
    }

    /// Objective at the current point.
    pub(crate) fn objective(&self) -> f64 {
        let mut sum = self.offset;
        for j in 0..self.len() {
            if self.state[j] != State::Basic && self.cost[j] != 0.0 {
                sum += self.cost[j] * self.nonbasic_value(j);
            }
        }
        for (r, &var) in self.head.iter().enumerate() {
            sum += self.cost[var as usize] * self.basic[r];
        }
        sum
    }

    /// Reduced cost of a variable; zero when basic.
    pub(crate) fn reduced_cost(&self, j: usize) -> f64 {
        self.reduced[j]
    }

    /// True when the variable is basic.
    pub(crate) fn is_basic(&self, j: usize) -> bool {
        self.state[j] == State::Basic
    }

    /// Dual values of the rows.
    pub(crate) fn duals(&self) -> Vec<f64> {
        let n = self.len();
        (0..self.rows)
            .map(|i| self.reduced[n + i] - self.cost[n + i])
            .collect()
    }

    /// Multipliers `p` over the rows such that no point within the bounds has `Σ p_i·(A x)_i = p·(row activities)`:
    /// `Σ_j min over x_j of (p·a_j) x_j > Σ_i max over the row's bounds of p_i s_i`. Set by an infeasible solve.
    pub(crate) fn farkas(&self) -> &[f64] {
        &self.proof
    }

    /// Appends columns at their lower bound, cost zero.
    pub(crate) fn push_column(
        &mut self,
        entries: impl IntoIterator<Item = (u32, f64)>,
        lower: f64,
        upper: f64,
    ) {
        let n = self.len();
        self.columns.push(entries);
        self.cost.insert(n, 0.0);
        self.lower.insert(n, lower);
        self.upper.insert(n, upper);
        self.state.insert(n, State::Lower);
        self.reduced.insert(n, 0.0);
        self.alpha.push(0.0);
        for var in &mut self.head {
            if *var as usize >= n {
                *var += 1;
            }
        }
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
        if strong(best) < PIVOT_WEAK {
            if let Some(k) = (0..best).rev().find(|&k| strong(k) > PIVOT_SAFE) {
                best = k;
            }
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

    fn update_inverse(&mut self, r: usize, direction: &[f64]) {
        let m = self.rows;
        let scale = 1.0 / direction[r];
        let mut pivot_row: Vec<f64> = self.inverse[r * m..(r + 1) * m].to_vec();
        pivot_row.iter_mut().for_each(|x| *x *= scale);
        for i in 0..m {
            let row = &mut self.inverse[i * m..(i + 1) * m];
            if i == r {
                row.copy_from_slice(&pivot_row);
            } else {
                let d = direction[i];
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
    fn factor(&mut self) {
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

/// Inner product in four interleaved sums: a fixed order that still lets the processor work in parallel.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0_f64; 4];
    let (head_a, tail_a) = a.as_chunks::<4>();
    let (head_b, tail_b) = b.as_chunks::<4>();
    for (x, y) in head_a.iter().zip(head_b) {
        for (sum, (x, y)) in sums.iter_mut().zip(x.iter().zip(y)) {
            *sum += x * y;
        }
    }
    let mut rest = 0.0;
    for (x, y) in tail_a.iter().zip(tail_b) {
        rest += x * y;
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}
