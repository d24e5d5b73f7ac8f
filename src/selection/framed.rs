//! Minimax and Goldilocks: first the best floor and ceiling together, then leximin below the ceiling.

use super::frame::{self, Cut, Frame, Goal, Multipliers};
use super::hull::{Answer, Hull};
use super::levels::{Levels, RawLevel, clean_proof};
use super::model::Model;
use super::objective::RawObjective;
use super::rule::{Gamma, Rule};
use super::solve::{Optimum, Solve};
use crate::certificate::Measure;
use crate::error::Result;
use crate::kernel::branch::Effort;
use crate::kernel::mixture::tie_break;
use crate::kernel::simplex::{Outcome, Simplex};

/// How far above the least ceiling the levels may go, at most, when rounding leaves no room below it.
const MOST_ROOM: f64 = 1e-9;

/// What a frame and its proof were found with.
struct Found {
    frame: Frame,
    proof: Multipliers,
    /// Nodes, when it rests on searches.
    searched: Option<u64>,
}

impl Solve<'_> {
    /// The best frame over the quota polytope and leximin below its ceiling.
    pub(super) fn framed(
        &mut self,
        measure: Measure,
    ) -> Result<(Vec<f64>, Vec<RawLevel>, RawObjective)> {
        // excludes people whom the polytope shows to be in no panel, and ends where no panel exists
        self.levels()?;
        let found = self.frame_on_polytope(goal(measure))?;
        let mut room = 1e-13;
        loop {
            let ceiling = found.frame.ceiling * (1.0 + room);
            match self.raise(ceiling)? {
                Levels::Done(target, levels) => {
                    return Ok((target, levels, found.objective(measure)));
                }
                Levels::Infeasible if room < MOST_ROOM => room *= 4.0,
                _ => return Err(self.limit("raising the levels below the ceiling")),
            }
        }
    }

    fn frame_on_polytope(&mut self, goal: Goal) -> Result<Found> {
        let mut cuts = frame::first_cuts(&self.model);
        let r = self.people_per_seat();
        let mut lp = polytope(&self.model);
        loop {
            let (frame, shares) = goal.best(&cuts, r);
            match ask(&self.model, &mut lp, frame, &mut self.effort) {
                Some(Answer::Impossible(cut)) if !cut.admits(frame) => cuts.push(cut),
                Some(_) => {
                    let proof = frame::combine(&cuts, &shares);
                    return Ok(Found {
                        frame,
                        proof,
                        searched: None,
                    });
                }
                None => return Err(self.limit("looking for the best floor and ceiling")),
            }
        }
    }

    /// The same over the panels themselves.
    pub(super) fn framed_on_hull(
        &mut self,
        measure: Measure,
        known: &[Vec<u32>],
    ) -> Result<Optimum> {
        const DOING: &str = "looking for the best floor and ceiling over panels";
        let goal = goal(measure);
        let r = self.people_per_seat();
        let mut cuts = frame::first_cuts(&self.model);
        let before = self.effort.nodes;
        let mut hull = Hull::new(&self.model, known);
        let found = loop {
            let (frame, shares) = goal.best(&cuts, r);
            match hull.ask(frame, &mut self.effort) {
                Some(Answer::Impossible(cut)) if !cut.admits(frame) => cuts.push(cut),
                Some(_) => {
                    let proof = frame::combine(&cuts, &shares);
                    let searched = Some((self.effort.nodes - before).max(1));
                    break Found {
                        frame,
                        proof,
                        searched,
                    };
                }
                None => return Err(self.limit(DOING)),
            }
        };
        let known = hull.into_panels();
        let mut room = 1e-13;
        while room < MOST_ROOM {
            let hull = Hull::new(&self.model, &known);
            if let Some(end) = hull.leximin(found.frame.ceiling * (1.0 + room), &mut self.effort) {
                return Ok(Optimum {
                    mixture: end.mixture,
                    levels: end.levels,
                    objective: Some(found.objective(measure)),
                });
            }
            if self.effort.exhausted() {
                break;
            }
            room *= 4.0;
        }
        Err(self.limit("raising the levels over panels below the ceiling"))
    }

    /// n/k: people who can be on a panel per seat.
    fn people_per_seat(&self) -> f64 {
        self.model.eligible() / f64::from(self.instance.size())
    }

    /// γ in 10^-6, at least 1.
    pub(super) fn gamma(&mut self, gamma: Gamma) -> Result<u64> {
        let value = match gamma {
            Gamma::Millionths(millionths) => return Ok(millionths.max(1)),
            Gamma::Balanced => {
                let maximin = self.optimum(Rule::Maximin)?;
                let lowest = maximin.levels.first().map_or(0.0, |level| level.value);
                let minimax = self.optimum(Rule::Minimax)?;
                let highest = minimax
                    .levels
                    .iter()
                    .map(|level| level.value)
                    .fold(0.0, f64::max);
                let r = self.people_per_seat();
                r * r * lowest * highest
            }
            Gamma::Representation => self.representation(),
        };
        Ok(((value * 1e6).round() as u64).max(1))
    }

    /// min ρ·max ρ over the quotas of values that somebody has.
    fn representation(&self) -> f64 {
        let mut having = vec![0.0; self.instance.quotas().len()];
        for person in 0..self.instance.len() as u32 {
            for &quota in self.instance.profile(person).iter() {
                having[quota as usize] += 1.0;
            }
        }
        let (n, k) = (self.instance.len() as f64, f64::from(self.instance.size()));
        let quotas = self.instance.quotas().iter().zip(having);
        let present = quotas.filter(|(_, people)| *people > 0.0);
        let (low, high) = present
            .map(|(q, people)| (f64::from(q.min) + f64::from(q.max)) / (2.0 * k) * n / people)
            .fold((f64::INFINITY, 0.0_f64), |(low, high), rho| {
                (low.min(rho), high.max(rho))
            });
        low * high
    }
}

impl Found {
    fn objective(self, measure: Measure) -> RawObjective {
        RawObjective {
            measure,
            weights: self.proof.weights,
            common: self.proof.common,
            multipliers: self.proof.rows,
            searched: self.searched,
        }
    }
}

fn goal(measure: Measure) -> Goal {
    match measure {
        Measure::Goldilocks { gamma } => Goal::Goldilocks(gamma as f64 / 1e6),
        _ => Goal::Highest,
    }
}

fn polytope(model: &Model) -> Simplex {
    let n = model.len();
    let mut lp = Simplex::new(
        model.columns.clone(),
        vec![0.0; n],
        model.units.clone(),
        &model.rows,
    );
    lp.exacting = true;
    lp.set_costs(&(0..n).map(tie_break).collect::<Vec<f64>>());
    lp
}

/// Is there a point of the polytope with all chances in the frame? `None`: work limit.
fn ask(model: &Model, lp: &mut Simplex, frame: Frame, effort: &mut Effort) -> Option<Answer> {
    if effort.exhausted() {
        return None;
    }
    let upper = model.capped(frame.ceiling);
    for (j, &high) in upper.iter().enumerate() {
        let low = (model.people[j] * frame.floor).min(high);
        lp.set_bounds_later(j, low, high);
    }
    lp.refresh();
    let before = lp.pivots;
    let outcome = lp.solve(f64::INFINITY, effort.limit.saturating_sub(effort.spent()));
    effort.pivots += lp.pivots - before;
    match outcome {
        Outcome::Optimal => Some(Answer::Possible),
        Outcome::Infeasible => Some(Answer::Impossible(cut(model, clean_proof(lp), &upper))),
        _ => None,
    }
}

/// The proof as a cut: a column that its units hold down counts with them, not against the ceiling.
fn cut(model: &Model, rows: Vec<f64>, upper: &[f64]) -> Cut {
    let mut weights = model.weights(&rows);
    let mut limit = model.row_bound(&rows);
    for (j, w) in weights.iter_mut().enumerate() {
        if *w < 0.0 && upper[j] >= model.units[j] {
            limit -= *w * model.units[j];
            *w = 0.0;
        }
    }
    Cut::new(
        model,
        Multipliers {
            weights,
            rows,
            common: 0.0,
        },
        limit,
    )
}
