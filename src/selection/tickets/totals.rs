//! What no list of tickets whatever can do better: the seats of every role over all tickets together.
//!
//! Any list gives every role a whole number of seats, and every quota `tickets` times what one panel may have. A limit on
//! the deviation is a window for each role's seats; where no whole numbers fit all windows and quotas, no list exists.

use super::super::model::Model;
use super::shares::Shares;
use crate::kernel::branch::{Effort, Found, price};
use crate::kernel::simplex::Simplex;

/// Pivots and nodes for one limit.
const ONE: u64 = 20_000;

/// The integer program over the seats of roles.
pub(super) struct Totals<'a> {
    shares: &'a Shares,
    lp: Simplex,
    most: Vec<i64>,
    /// Nodes spent so far.
    pub(super) nodes: u64,
}

impl<'a> Totals<'a> {
    /// For the roles of a model; those without units get no seat.
    pub(super) fn new(model: &Model, shares: &'a Shares) -> Self {
        let tickets = shares.tickets() as f64;
        let rows: Vec<(f64, f64)> = model
            .rows
            .iter()
            .map(|(low, high)| (low * tickets, high * tickets))
            .collect();
        let upper: Vec<f64> = model.units.iter().map(|units| units * tickets).collect();
        let most = upper.iter().map(|&most| most as i64).collect();
        let lower = vec![0.0; model.len()];
        let mut lp = Simplex::new(model.columns.clone(), lower, upper, &rows);
        lp.tolerance = 1e-7;
        Self {
            shares,
            lp,
            most,
            nodes: 0,
        }
    }

    /// The smallest of these deviations that is not ruled out; `steps` ascend.
    pub(super) fn bound(&mut self, steps: &[u64]) -> Option<u64> {
        let (mut low, mut high) = (0, steps.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.ruled_out(steps[middle]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        steps.get(low).copied()
    }

    fn ruled_out(&mut self, limit: u64) -> bool {
        let Some(windows) = self.shares.windows(limit) else {
            return true;
        };
        for (j, (low, high)) in windows.into_iter().enumerate() {
            let high = high.min(self.most[j]);
            if low > high {
                return true;
            }
            self.lp.set_bounds_later(j, low as f64, high as f64);
        }
        self.lp.refresh();
        let mut effort = Effort::new(ONE);
        let found = price(&mut self.lp, f64::INFINITY, &mut effort);
        self.nodes += effort.nodes.max(1);
        found == Found::Nothing
    }
}
