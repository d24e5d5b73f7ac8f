//! The integer program on given panels: how many tickets each composition gets, so that nobody's chance moves far.

use super::shares::Shares;
use super::trades::Trades;
use crate::kernel::branch::{Effort, Found, price};
use crate::kernel::columns::Columns;
use crate::kernel::simplex::Simplex;

/// Entries of columns that the trades may read in all.
const TRADING: u64 = 100_000_000;
/// Pivots and nodes of the search, and multiplications that one pivot may take.
const SEARCHING: u64 = 20_000;
const PIVOT: u64 = 50_000;

/// Compositions with the shares they have to meet.
pub(super) struct Program<'a> {
    shares: &'a Shares,
    columns: Vec<Vec<(u32, i64)>>,
    entries: u64,
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

    /// The best tickets found within a fixed amount of work, starting from these; none is below `bound`.
    pub(super) fn improve(&self, mut best: Vec<u64>, bound: u64) -> Vec<u64> {
        let mut work = TRADING;
        let pivot = (self.shares.len() * self.shares.len()) as u64 + self.entries;
        let mut effort = Effort::new(if pivot > PIVOT { 0 } else { SEARCHING });
        loop {
            let steps = self.shares.steps(bound, self.largest(&best));
            let Some(windows) = steps.last().and_then(|&step| self.shares.windows(step)) else {
                return best;
            };
            let traded = Trades::new(self, &windows, best.clone()).search(&mut work);
            match traded.or_else(|| self.search(&windows, &mut effort)) {
                Some(better) => best = better,
                None => return best,
            }
        }
    }

    /// Depth-first search for whole tickets in these windows.
    fn search(&self, windows: &[(i64, i64)], effort: &mut Effort) -> Option<Vec<u64>> {
        if effort.exhausted() {
            return None;
        }
        let (roles, tickets) = (self.shares.len(), self.tickets() as f64);
        let mut columns = Columns::new();
        for column in &self.columns {
            let seats = column.iter().map(|&(j, seats)| (j, seats as f64));
            columns.push(seats.chain([(roles as u32, 1.0)]));
        }
        let n = self.columns.len();
        let windows_of_rows = windows.iter().map(|&(low, high)| (low as f64, high as f64));
        let rows: Vec<(f64, f64)> = windows_of_rows.chain([(tickets, tickets)]).collect();
        let mut lp = Simplex::new(columns, vec![0.0; n], vec![tickets; n], &rows);
        lp.tolerance = 1e-7;
        let Found::Point(point) = price(&mut lp, f64::INFINITY, effort) else {
            return None;
        };
        let count: Vec<u64> = point.iter().map(|&x| x as u64).collect();
        let totals = self.totals(&count);
        let inside =
            |(total, window): (&i64, &(i64, i64))| window.0 <= *total && *total <= window.1;
        // floating-point numbers found it, whole numbers decide
        let holds =
            count.iter().sum::<u64>() == self.tickets() && totals.iter().zip(windows).all(inside);
        holds.then_some(count)
    }
}
