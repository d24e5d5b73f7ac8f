//! The two smooth rules: the chances of highest product and those of least squares. The optimum over the quota
//! polytope, written as a mixture of panels; where no mixture reaches it, the optimum over panels.

mod hull;

use super::objective::RawObjective;
use super::solve::Solve;
use super::{Progress, Stage};
use crate::certificate::Measure;
use crate::error::{ErrorKind, Result};
use crate::kernel::convex::{Relaxed, Terms, over_polytope};
use crate::kernel::face::face;
use crate::kernel::mixture::Mixture;

/// Largest relative gap between the optimum and its proof.
const TOLERANCE: f64 = 1e-9;

impl Solve<'_> {
    /// The lottery whose chances have the highest product, or the least sum of squares, and why.
    pub(super) fn smooth(&mut self, measure: Measure) -> Result<(Mixture, RawObjective)> {
        let mut known = Vec::new();
        loop {
            let relaxed = self.relaxed(measure)?;
            if let Some(mixture) = self.mixture(&relaxed.point, &mut known)? {
                self.exclude_unseen(&mixture)?;
                let objective = RawObjective {
                    measure,
                    weights: self.per_person(relaxed.pull),
                    multipliers: relaxed.multipliers,
                    searched: None,
                };
                return self.proven((mixture, objective));
            }
            if !self.exclude_uncovered(&mut known)? {
                let found = hull::optimum(self, measure, &known)?;
                return self.proven(found);
            }
            self.keep_possible(&mut known);
        }
    }

    /// The optimum over the quota polytope; whom it shows to be on no panel is excluded on the way.
    fn relaxed(&mut self, measure: Measure) -> Result<Relaxed> {
        let (seen, _) = self.levels()?;
        let polytope = self.model.polytope();
        let left = self.effort.limit.saturating_sub(self.effort.spent());
        let face =
            face(&polytope, &seen, left).ok_or_else(|| self.limit("looking for an interior"))?;
        let relaxed = over_polytope(&polytope, &face, &self.terms(measure));
        self.effort.pivots += face.pivots + relaxed.steps;
        Ok(relaxed)
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

    /// The derivative by a role's seats is the one by each of its people's chances.
    fn per_person(&self, pull: Vec<f64>) -> Vec<f64> {
        let live = |(y, &units): (f64, &f64)| if units > 0.0 { y } else { 0.0 };
        pull.into_iter().zip(&self.model.units).map(live).collect()
    }

    /// Least squares may leave a role out that could sit: finds out which could not.
    fn exclude_unseen(&mut self, mixture: &Mixture) -> Result<()> {
        let mut known: Vec<Vec<u32>> = mixture.parts.iter().map(|p| p.0.clone()).collect();
        self.exclude_uncovered(&mut known).map(|_| ())
    }

    /// The pair, if the gap is as small as it should be.
    fn proven(
        &self,
        (mixture, objective): (Mixture, RawObjective),
    ) -> Result<(Mixture, RawObjective)> {
        let gap = objective.gap(&self.model);
        if objective.searched.is_none() && !(gap <= TOLERANCE) {
            let gap = (gap * 1e12).min(1e18) as u64;
            return Err(ErrorKind::Inexact { gap }.into());
        }
        Ok((mixture, objective))
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
