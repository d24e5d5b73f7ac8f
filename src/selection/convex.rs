//! The two smooth rules: the chances of highest product and those of least squares. The optimum over the quota
//! polytope, written as a mixture of panels; where no mixture reaches it, the optimum over panels.

mod hull;

use super::objective::RawObjective;
use super::solve::{Optimum, Solve};
use super::{Progress, Stage};
use crate::certificate::Measure;
use crate::error::{ErrorKind, Result};
use crate::kernel::convex::{Terms, over_polytope};
use crate::kernel::face::face;

impl Solve<'_> {
    /// Expected seats of the optimum over the quota polytope, and why; whom the polytope shows to be on no panel is excluded on the way.
    pub(super) fn smooth(&mut self, measure: Measure) -> Result<(Vec<f64>, RawObjective)> {
        let (seen, _) = self.levels()?;
        let polytope = self.model.polytope();
        let left = self.effort.limit.saturating_sub(self.effort.spent());
        let face =
            face(&polytope, &seen, left).ok_or_else(|| self.limit("looking for an interior"))?;
        let relaxed = over_polytope(&polytope, &face, &self.terms(measure));
        self.effort.pivots += face.pivots + relaxed.steps;
        let objective = RawObjective {
            measure,
            weights: relaxed.pull,
            common: 0.0,
            multipliers: relaxed.multipliers,
            searched: None,
        };
        Ok((relaxed.point, objective))
    }

    /// The objective in expected seats per role.
    fn terms(&self, measure: Measure) -> Terms {
        let people = &self.model.people;
        let none = vec![0.0; people.len()];
        match measure {
            Measure::Squares => Terms {
                quadratic: people.iter().map(|n| 1.0 / n).collect(),
                log: none,
            },
            _ => Terms {
                quadratic: none,
                log: people.clone(),
            },
        }
    }

    /// The optimum over panels.
    pub(super) fn smooth_on_hull(
        &mut self,
        measure: Measure,
        known: &[Vec<u32>],
    ) -> Result<Optimum> {
        let (mixture, objective) = hull::optimum(self, measure, known)?;
        Ok(Optimum {
            mixture,
            levels: vec![],
            objective: Some(objective),
        })
    }

    fn watch(&mut self, panels: usize) -> Result<()> {
        let progress: &mut dyn Progress = self.progress;
        let goes_on = progress.update(Stage::Decomposition, panels as u64, None);
        if goes_on.is_break() {
            return Err(ErrorKind::Cancelled.into());
        }
        Ok(())
    }
}
