//! Who can be on a panel at all: asked only where the chances alone do not show it.

use super::conflict;
use super::model::Model;
use super::solve::Solve;
use super::{Progress, Stage};
use crate::error::{ErrorKind, Result};
use crate::instance::Instance;
use crate::kernel::branch::{Effort, Found, price};
use crate::kernel::simplex::Simplex;

impl Solve<'_> {
    /// Asks for every role in no known panel whether it can sit; true when somebody cannot.
    pub(super) fn exclude_uncovered(&mut self, known: &mut Vec<Vec<u32>>) -> Result<bool> {
        let n = self.model.len();
        let lower = vec![0.0; n];
        let (columns, upper) = (self.model.columns.clone(), self.model.units.clone());
        let mut lp = Simplex::new(columns, lower, upper, &self.model.rows);
        if known.is_empty() {
            known.push(self.any_panel(&mut lp)?);
        }
        let mut covered: Vec<bool> = self.model.units.iter().map(|&u| u == 0.0).collect();
        known.iter().for_each(|panel| mark(panel, &mut covered));
        let mut found = false;
        for j in 0..n {
            if covered[j] {
                continue;
            }
            let progress: &mut dyn Progress = self.progress;
            if progress
                .update(Stage::Inclusion, j as u64, Some(n as u64))
                .is_break()
            {
                return Err(ErrorKind::Cancelled.into());
            }
            match self.panel_with(j, &covered, &mut lp)? {
                Some(panel) => {
                    mark(&panel, &mut covered);
                    known.push(panel);
                }
                None => {
                    covered[j] = true;
                    lp.set_bounds(j, 0.0, 0.0);
                    found = true;
                }
            }
        }
        Ok(found)
    }

    fn any_panel(&mut self, lp: &mut Simplex) -> Result<Vec<u32>> {
        match price(lp, f64::INFINITY, &mut self.effort) {
            Found::Point(point) => Ok(panel(&point)),
            Found::Nothing => Err(conflict::explain(self.instance, &mut self.effort)),
            Found::Limit => Err(self.limit("asking whether there is a panel at all")),
        }
    }

    /// A panel with somebody of the role, and with others not seen yet where that costs nothing. Excludes the role
    /// when there is none.
    fn panel_with(
        &mut self,
        j: usize,
        covered: &[bool],
        lp: &mut Simplex,
    ) -> Result<Option<Vec<u32>>> {
        let bonus = -1e-4 / covered.len() as f64;
        let mut cost: Vec<f64> = covered
            .iter()
            .map(|&c| if c { 0.0 } else { bonus })
            .collect();
        cost[j] = -1.0;
        lp.set_costs(&cost);
        let before = self.effort.nodes;
        match price(lp, -0.5, &mut self.effort) {
            Found::Point(point) => Ok(Some(panel(&point))),
            Found::Nothing => {
                let multipliers: Vec<f64> = lp.duals().iter().map(|y| -y).collect();
                let nodes = self.effort.nodes - before + 1;
                let proof = self.exclusion_proof(j, &multipliers, nodes);
                self.exclude(j, proof);
                Ok(None)
            }
            Found::Limit => Err(self.limit("asking who can be on a panel")),
        }
    }
}

fn panel(point: &[f64]) -> Vec<u32> {
    point.iter().map(|&x| x as u32).collect()
}

fn mark(panel: &[u32], covered: &mut [bool]) {
    for (seen, &seats) in covered.iter_mut().zip(panel) {
        *seen |= seats > 0;
    }
}

/// Whether an instance has any panel at all: the answer is exact, by the search that the rules use.
///
/// # Errors
/// [`ErrorKind::LimitReached`] when the search takes more work.
pub(crate) fn admits_panel(instance: &Instance, work: u64) -> Result<bool> {
    let model = Model::new(instance);
    let lower = vec![0.0; model.len()];
    let mut lp = Simplex::new(model.columns, lower, model.units, &model.rows);
    let mut effort = Effort::new(work);
    match price(&mut lp, f64::INFINITY, &mut effort) {
        Found::Point(_) => Ok(true),
        Found::Nothing => Ok(false),
        Found::Limit => {
            let doing = "asking whether there is a panel at all".to_owned();
            let work = effort.spent();
            Err(ErrorKind::LimitReached { doing, work }.into())
        }
    }
}
