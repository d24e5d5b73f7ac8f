//! Bounded dual simplex for few rows and many columns, with an explicit inverse of the basis.
//!
//! Minimises `cost·x` over `row_lower ≤ A x ≤ row_upper`, `lower ≤ x ≤ upper`, every bound finite. Row `i` owns a
//! logical variable `n + i` equal to the row's activity. With finite bounds every basis is dual feasible once the
//! nonbasic variables stand at the bound their reduced cost asks for, so costs and bounds may change at will between
//! calls and the last basis is always a start. Only + − × ÷ and comparisons, in a fixed order: the same bits everywhere.

mod basis;
mod step;

use super::columns::Columns;

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
        for (i, y) in dual.iter().enumerate() {
            self.reduced[n + i] = self.cost[n + i] + y;
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
