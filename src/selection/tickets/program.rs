//! The integer program: how many tickets each given composition gets, so that nobody's chance moves far.
//!
//! A limit on the deviation is a window for the seats of every role, so that the smallest limit with a solution is
//! sought among the finitely many deviations that anybody can have. From below, the linear relaxation rules limits out;
//! its multipliers, rounded to integers, are checked exactly. From above, trades of tickets find solutions, and on small
//! programs a search over all that is left.

use super::shares::Shares;
use super::trades::Trades;
use crate::kernel::branch::{Effort, Found, price};
use crate::kernel::columns::Columns;
use crate::kernel::simplex::{Outcome, Simplex};

/// Entries of columns that the trades may read in all.
const TRADING: u64 = 1_500_000_000;
/// Multiplications that the relaxations may take in all.
const RELAXING: u64 = 3_000_000_000;
/// Pivots and nodes of the last search.
const SEARCHING: u64 = 20_000;
/// More roles than this get no relaxation: its inverse is dense.
const MOST_ROLES: usize = 1500;

/// Compositions with the shares they have to meet.
pub(super) struct Program<'a> {
    shares: &'a Shares,
    columns: Vec<Vec<(u32, i64)>>,
    entries: u64,
}

/// Tickets per composition, the largest deviation with them, and the one that no other choice stays below.
pub(super) struct Solution {
    pub(super) count: Vec<u64>,
    pub(super) largest: u64,
    pub(super) bound: u64,
    /// Nodes of the search behind the bound; 0 when integers prove it.
    pub(super) nodes: u64,
}

impl<'a> Program<'a> {
    /// Compositions as `(role, seats)`.
    pub(super) fn new(shares: &'a Shares, columns: Vec<Vec<(u32, i64)>>) -> Self {
        let entries = columns.iter().map(|c| c.len() as u64).sum::<u64>().max(1);
        Self {
            shares,
            columns,
            entries,
        }
    }

    pub(super) fn column(&self, at: usize) -> &[(u32, i64)] {
        &self.columns[at]
    }

    /// Entries of all columns.
    pub(super) fn entries(&self) -> u64 {
        self.entries
    }

    pub(super) fn tickets(&self) -> u64 {
        self.shares.tickets()
    }

    /// Seats of every role.
    pub(super) fn totals(&self, count: &[u64]) -> Vec<i64> {
        let mut totals = vec![0; self.shares.len()];
        for (column, &count) in self.columns.iter().zip(count) {
            for &(j, seats) in column {
                totals[j as usize] += seats * count as i64;
            }
        }
        totals
    }

    fn largest(&self, count: &[u64]) -> u64 {
        self.shares.largest(&self.totals(count))
    }

    fn windows(&self, limit: u64) -> Option<Vec<(i64, i64)>> {
        (0..self.shares.len())
            .map(|j| self.shares.window(j, limit))
            .collect()
    }

    /// The best tickets that are found, starting from these, within a fixed amount of work.
    pub(super) fn solve(&self, start: Vec<u64>) -> Solution {
        let mut best = Solution {
            largest: self.largest(&start),
            count: start,
            bound: self.shares.least(),
            nodes: 0,
        };
        let mut relaxed = (self.shares.len() <= MOST_ROLES).then(|| Relaxed::new(self));
        if let Some(relaxed) = &mut relaxed {
            self.raise_bound(&mut best, relaxed);
        }
        self.lower_deviation(&mut best, relaxed.as_mut());
        if let Some(relaxed) = &mut relaxed {
            self.finish(&mut best, relaxed);
        }
        best
    }

    /// The smallest limit that the relaxation does not rule out.
    fn raise_bound(&self, best: &mut Solution, relaxed: &mut Relaxed) {
        let steps = self.shares.steps(best.bound, best.largest);
        let (mut low, mut high) = (0, steps.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.windows(steps[middle]) {
                Some(windows) if !relaxed.rules_out(self, &windows) => high = middle,
                _ => low = middle + 1,
            }
        }
        best.bound = steps.get(low).copied().unwrap_or(best.largest);
    }

    /// Halves the way to the bound as long as trades find a solution there.
    fn lower_deviation(&self, best: &mut Solution, mut relaxed: Option<&mut Relaxed>) {
        let steps = self.shares.steps(best.bound, best.largest);
        let (mut low, mut high, mut work) = (0, steps.len(), TRADING);
        while low < high {
            let middle = low + (high - low) / 2;
            let Some(windows) = self.windows(steps[middle]) else {
                low = middle + 1;
                continue;
            };
            let mut share = work / 4;
            work -= share;
            let near = Trades::new(self, &windows, best.count.clone()).search(&mut share);
            let found = near.or_else(|| {
                let whole = relaxed.as_deref_mut()?.whole(&windows)?;
                Trades::new(self, &windows, whole).search(&mut share)
            });
            work += share;
            match found {
                Some(count) => {
                    best.largest = self.largest(&count);
                    best.count = count;
                    high = steps.partition_point(|&step| step < best.largest);
                }
                None => low = middle + 1,
            }
        }
    }

    /// Searches below the best deviation until there is nothing left, or the work is done.
    fn finish(&self, best: &mut Solution, relaxed: &mut Relaxed) {
        let mut effort = Effort::new(SEARCHING);
        while let Some(&limit) = self.shares.steps(best.bound, best.largest).last() {
            let found = match self.windows(limit) {
                Some(windows) => relaxed.search(&windows, &mut effort),
                None => Found::Nothing,
            };
            match found {
                Found::Point(point) => {
                    let count: Vec<u64> = point.iter().map(|&x| x as u64).collect();
                    let largest = self.largest(&count);
                    if largest >= best.largest || count.iter().sum::<u64>() != self.tickets() {
                        return; // the numbers deceived: keep what is certain
                    }
                    (best.count, best.largest) = (count, largest);
                }
                Found::Nothing => {
                    (best.bound, best.nodes) = (best.largest, effort.nodes.max(1));
                }
                Found::Limit => return,
            }
        }
    }
}

/// The linear relaxation: one row per role, and one for the number of tickets.
struct Relaxed {
    lp: Simplex,
    tickets: f64,
    pivots_left: u64,
}

impl Relaxed {
    fn new(program: &Program<'_>) -> Self {
        let (roles, tickets) = (program.shares.len(), program.tickets() as f64);
        let mut columns = Columns::new();
        for column in &program.columns {
            let seats = column.iter().map(|&(j, seats)| (j, seats as f64));
            columns.push(seats.chain([(roles as u32, 1.0)]));
        }
        let (n, most) = (program.columns.len(), 1e9);
        let mut rows = vec![(0.0, most); roles];
        rows.push((tickets, tickets));
        let mut lp = Simplex::new(columns, vec![0.0; n], vec![tickets; n], &rows);
        lp.tolerance = 1e-7;
        let pivot = (roles * roles) as u64 + program.entries();
        Self {
            lp,
            tickets,
            pivots_left: RELAXING / pivot,
        }
    }

    fn set(&mut self, windows: &[(i64, i64)]) {
        let n = self.lp.len();
        for (row, &(low, high)) in windows.iter().enumerate() {
            self.lp.set_bounds_later(n + row, low as f64, high as f64);
        }
        self.lp.refresh();
    }

    fn solve(&mut self, windows: &[(i64, i64)]) -> Outcome {
        self.set(windows);
        let before = self.lp.pivots;
        let outcome = self.lp.solve(f64::INFINITY, self.pivots_left);
        self.pivots_left = self.pivots_left.saturating_sub(self.lp.pivots - before);
        outcome
    }

    /// True when integers prove that no tickets, whole or not, meet the windows: with weights p on the roles, no list
    /// exceeds `tickets · max p(composition)`, yet the windows ask for more (both turned round here).
    fn rules_out(&mut self, program: &Program<'_>, windows: &[(i64, i64)]) -> bool {
        if self.solve(windows) != Outcome::Infeasible {
            return false;
        }
        let proof = self.lp.farkas();
        let largest = proof.iter().fold(1e-12_f64, |a, x| a.max(x.abs()));
        let scaled = |x: &f64| (x / largest * 1e12).round() as i128;
        let p: Vec<i128> = proof.iter().map(scaled).collect();
        let value = |column: &Vec<(u32, i64)>| -> i128 {
            let terms = column
                .iter()
                .map(|&(j, seats)| p[j as usize] * i128::from(seats));
            terms.sum()
        };
        let least = program.columns.iter().map(value).min().unwrap_or(0);
        let most: i128 = windows
            .iter()
            .zip(&p)
            .map(|(&(low, high), p)| (p * i128::from(low)).max(p * i128::from(high)))
            .sum();
        i128::from(program.tickets()) * least > most
    }

    /// Whole tickets of a solution of the relaxation.
    fn whole(&mut self, windows: &[(i64, i64)]) -> Option<Vec<u64>> {
        if self.solve(windows) != Outcome::Optimal {
            return None;
        }
        let whole = |x: &f64| (x + 1e-6).floor().clamp(0.0, self.tickets) as u64;
        let count: Vec<u64> = self.lp.values().iter().map(whole).collect();
        (count.iter().sum::<u64>() <= self.tickets as u64).then_some(count)
    }

    fn search(&mut self, windows: &[(i64, i64)], effort: &mut Effort) -> Found {
        self.set(windows);
        price(&mut self.lp, f64::INFINITY, effort)
    }
}
