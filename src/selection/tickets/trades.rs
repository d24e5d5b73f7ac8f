//! Local search: tickets change hands until every role's seats are inside their window.

use super::program::Program;

/// Candidates for leaving that are looked at in full, in every step.
const LEAVING: usize = 3;
/// Steps for which a composition that came may not go, and one that went may not come back.
const TENURE: u64 = 9;
/// Steps without a new best before a search gives up.
const PATIENCE: u64 = 120;

/// Tickets per composition on the way to windows for the seats of every role.
pub(super) struct Trades<'a> {
    program: &'a Program<'a>,
    windows: &'a [(i64, i64)],
    count: Vec<u64>,
    totals: Vec<i64>,
    /// Change of the violation when a role gets one seat more, and one less.
    marginal: Vec<(i64, i64)>,
    blocked_until: Vec<u64>,
}

impl<'a> Trades<'a> {
    /// Starts from these tickets.
    pub(super) fn new(
        program: &'a Program<'a>,
        windows: &'a [(i64, i64)],
        count: Vec<u64>,
    ) -> Self {
        let totals = program.totals(&count);
        let mut trades = Self {
            program,
            windows,
            blocked_until: vec![0; count.len()],
            count,
            marginal: vec![(0, 0); totals.len()],
            totals,
        };
        (0..trades.totals.len()).for_each(|j| trades.price(j));
        trades
    }

    /// Tickets that meet every window, if the search comes upon them before `work` entries of columns are read.
    pub(super) fn search(mut self, work: &mut u64) -> Option<Vec<u64>> {
        let mut violation = self.violation();
        let (mut best, mut best_at) = (violation, 0);
        for step in 1.. {
            if violation == 0 {
                return Some(self.count);
            }
            if *work == 0 || step > best_at + PATIENCE {
                return None;
            }
            violation += self.trade(step, work)?;
            if violation < best {
                (best, best_at) = (violation, step);
            }
        }
        None
    }

    fn beyond(&self, j: usize, total: i64) -> i64 {
        let (low, high) = self.windows[j];
        (low - total).max(total - high).max(0)
    }

    fn price(&mut self, j: usize) {
        let (now, total) = (self.beyond(j, self.totals[j]), self.totals[j]);
        let change = |total| self.beyond(j, total) - now;
        self.marginal[j] = (change(total + 1), change(total - 1));
    }

    fn violation(&self) -> i64 {
        (0..self.totals.len())
            .map(|j| self.beyond(j, self.totals[j]))
            .sum()
    }

    /// Change of the violation when a composition gets one ticket more.
    fn gain(&self, at: usize) -> i64 {
        let change = |&(j, seats): &(u32, i64)| {
            let j = j as usize;
            match seats {
                1 => self.marginal[j].0,
                _ => self.beyond(j, self.totals[j] + seats) - self.beyond(j, self.totals[j]),
            }
        };
        self.program.column(at).iter().map(change).sum()
    }

    /// Change of the violation when a composition gets one ticket less.
    fn loss(&self, at: usize) -> i64 {
        let change = |&(j, seats): &(u32, i64)| {
            let j = j as usize;
            match seats {
                1 => self.marginal[j].1,
                _ => self.beyond(j, self.totals[j] - seats) - self.beyond(j, self.totals[j]),
            }
        };
        self.program.column(at).iter().map(change).sum()
    }

    fn add(&mut self, at: usize) {
        self.count[at] += 1;
        self.shift(at, 1);
    }

    fn remove(&mut self, at: usize) {
        self.count[at] -= 1;
        self.shift(at, -1);
    }

    fn shift(&mut self, at: usize, sign: i64) {
        for &(j, seats) in self.program.column(at) {
            self.totals[j as usize] += sign * seats;
            self.price(j as usize);
        }
    }

    fn best_to_add(&self, step: u64, work: &mut u64) -> Option<(i64, usize)> {
        *work = work.saturating_sub(self.program.entries());
        (0..self.count.len())
            .filter(|&at| self.blocked_until[at] < step)
            .map(|at| (self.gain(at), at))
            .min()
    }

    /// The best trade of one ticket that is not blocked; gives the change of the violation.
    fn trade(&mut self, step: u64, work: &mut u64) -> Option<i64> {
        let mut leaving: Vec<(i64, usize)> = (0..self.count.len())
            .filter(|&at| self.count[at] > 0 && self.blocked_until[at] < step)
            .map(|at| (self.loss(at), at))
            .collect();
        *work = work.saturating_sub(self.program.entries());
        leaving.sort_unstable();
        leaving.truncate(LEAVING);
        let mut best: Option<(i64, usize, usize)> = None;
        for (loss, out) in leaving {
            self.remove(out);
            let before = self.blocked_until[out];
            self.blocked_until[out] = u64::MAX;
            if let Some((gain, into)) = self.best_to_add(step, work) {
                let trade = (loss + gain, out, into);
                best = Some(best.map_or(trade, |best| best.min(trade)));
            }
            self.blocked_until[out] = before;
            self.add(out);
        }
        let (change, out, into) = best?;
        self.remove(out);
        self.add(into);
        self.blocked_until[out] = step + TENURE;
        self.blocked_until[into] = step + TENURE;
        Some(change)
    }
}
