//! From an instance to its lottery: levels, people in no panel, mixture, spread, certificate.

use super::certify::{self, Notary};
use super::conflict;
use super::distribution::{Composition, DENOMINATOR, Distribution, Work};
use super::hull;
use super::levels::{Levels, RawLevel, raise};
use super::model::Model;
use super::spread::{Part, spread};
use super::{Progress, Rule, Selector, Stage};
use crate::certificate::{Certificate, Exclusion, Proof};
use crate::error::{ErrorKind, Result};
use crate::instance::Instance;
use crate::kernel::branch::Effort;
use crate::kernel::mixture::{Mixture, Unmixed, decompose};

impl Selector<'_> {
    /// The lottery the rule asks for. Deterministic: nothing but the instance, the rule and the options has a say.
    ///
    /// Most pools of a thousand people take well under a second; some with every quota exact need a long search, and
    /// finding out whether a panel exists has no bound better than exponential. [`work_limit`](Self::work_limit) caps it.
    ///
    /// # Errors
    /// - [`Infeasible`](ErrorKind::Infeasible) when no panel can exist: one seat each for two housemates whose values
    ///   nobody else has. Names the quotas that clash.
    /// - [`LimitReached`](ErrorKind::LimitReached) when the work limit comes first: `work_limit(0)`.
    /// - [`Inexact`](ErrorKind::Inexact) when a chance and its proof are further apart than 10^-9; no input is known.
    /// - [`Cancelled`](ErrorKind::Cancelled) when the progress callback says so.
    pub fn distribution(self, instance: &Instance) -> Result<Distribution> {
        let mut nobody = ();
        let progress: &mut dyn Progress = match self.progress {
            Some(progress) => progress,
            None => &mut nobody,
        };
        let model = Model::new(instance);
        let mut solve = Solve {
            instance,
            model,
            effort: Effort::new(self.work_limit),
            excluded: vec![],
            progress,
        };
        if matches!(self.rule, Rule::Uniform | Rule::MaxEntropy) {
            return solve.over_all_panels(self.rule);
        }
        if !matches!(self.rule, Rule::Leximin | Rule::Maximin) {
            todo!("{} is being written", self.rule);
        }
        let (mixture, levels) = solve.optimum()?;
        solve.publish(self.rule, self.spread, (mixture, levels))
    }
}

/// Largest gap between a level and its bound, in 10^-12.
pub(super) const TOLERANCE: u64 = 1000;

pub(super) struct Solve<'a> {
    pub(super) instance: &'a Instance,
    pub(super) model: Model,
    pub(super) effort: Effort,
    pub(super) excluded: Vec<(usize, Proof)>,
    pub(super) progress: &'a mut dyn Progress,
}

impl Solve<'_> {
    pub(super) fn limit(&self, doing: &str) -> crate::Error {
        ErrorKind::LimitReached {
            doing: doing.into(),
            work: self.effort.spent(),
        }
        .into()
    }

    /// Exact leximin: on the quota polytope where that is enough, on the hull of panels where it is not.
    pub(super) fn optimum(&mut self) -> Result<(Mixture, Vec<RawLevel>)> {
        let mut known = Vec::new();
        loop {
            let (target, levels) = self.levels()?;
            let progress = &mut *self.progress;
            let mut beat = |done| {
                progress
                    .update(Stage::Decomposition, done, Some(1000))
                    .is_continue()
            };
            let polytope = self.model.polytope();
            match decompose(
                &polytope,
                &target,
                &mut known,
                (&mut self.effort, &mut beat),
            ) {
                Ok(mixture) => return Ok((mixture, levels)),
                Err(Unmixed::Limit) => {
                    return Err(self.limit("writing the chances as a mixture of panels"));
                }
                Err(Unmixed::Stopped) => return Err(ErrorKind::Cancelled.into()),
                Err(Unmixed::Outside) => {}
            }
            if !self.exclude_uncovered(&mut known)? {
                let hull = hull::leximin(&self.model, &known, &mut self.effort);
                return hull
                    .map(|h| (h.mixture, h.levels))
                    .ok_or_else(|| self.limit("raising the levels over panels"));
            }
            known.retain(|panel| {
                panel
                    .iter()
                    .zip(&self.model.units)
                    .all(|(&x, &u)| f64::from(x) <= u)
            });
        }
    }

    /// Levels over the quota polytope; columns that it shows to be empty are excluded on the way.
    fn levels(&mut self) -> Result<(Vec<f64>, Vec<RawLevel>)> {
        loop {
            let progress = &mut *self.progress;
            let mut cancelled = false;
            let tick = |done: usize, total: usize| {
                cancelled = progress
                    .update(Stage::Levels, done as u64, Some(total as u64))
                    .is_break();
                !cancelled
            };
            let end = raise(&self.model, &mut self.effort, tick);
            if cancelled {
                return Err(ErrorKind::Cancelled.into());
            }
            match end {
                Levels::Done(target, levels) => return Ok((target, levels)),
                Levels::Limit => return Err(self.limit("raising the levels")),
                Levels::Infeasible => {
                    return Err(conflict::explain(self.instance, &mut self.effort));
                }
                Levels::Excluded(columns, multipliers) => {
                    for j in columns {
                        let proof = self.exclusion_proof(j, &multipliers, 1);
                        self.exclude(j, proof);
                    }
                }
            }
        }
    }

    pub(super) fn exclusion_proof(&self, j: usize, multipliers: &[f64], nodes: u64) -> Proof {
        certify::exclusion(self.instance, &self.model, (j, multipliers))
            .map_or(Proof::Search { nodes }, Proof::Bound)
    }

    pub(super) fn exclude(&mut self, j: usize, proof: Proof) {
        self.model.units[j] = 0.0;
        self.excluded.push((j, proof));
    }

    /// Integer weights, spread, canonical order, certificate.
    fn publish(
        &mut self,
        rule: Rule,
        slots: u32,
        (mixture, levels): (Mixture, Vec<RawLevel>),
    ) -> Result<Distribution> {
        let mut parts = integer_weights(mixture);
        let base = parts.clone();
        if slots > 0 {
            let progress = &mut *self.progress;
            let mut cancelled = false;
            parts = spread(
                &self.model,
                parts,
                slots,
                &mut self.effort,
                |done, total| {
                    cancelled = progress
                        .update(Stage::Spread, done as u64, Some(total as u64))
                        .is_break();
                    !cancelled
                },
            );
            if cancelled {
                return Err(ErrorKind::Cancelled.into());
            }
        }
        let mut seats = vec![0_u64; self.model.len()];
        for (panel, weight) in &parts {
            for (total, &x) in seats.iter_mut().zip(panel) {
                *total += weight * u64::from(x);
            }
        }
        let certificate = self.certificate(rule, &levels, &seats);
        let gap = certificate
            .levels
            .iter()
            .map(|level| level.bound.saturating_sub(level.value))
            .max()
            .unwrap_or(0);
        if gap > TOLERANCE {
            return Err(ErrorKind::Inexact { gap }.into());
        }
        let (compositions, weights) = self.canonical(parts);
        let work = Work {
            pivots: self.effort.pivots,
            nodes: self.effort.nodes,
            pricings: self.effort.pricings,
            exact: self.effort.exact,
        };
        Ok(Distribution {
            instance: self.instance.clone(),
            rule,
            compositions,
            weights,
            certificate,
            work,
            base,
        })
    }

    pub(super) fn certificate(
        &self,
        rule: Rule,
        levels: &[RawLevel],
        seats: &[u64],
    ) -> Certificate {
        let mut notary = Notary::new(self.instance, &self.model, seats);
        let wanted = if rule == Rule::Maximin {
            1
        } else {
            levels.len()
        };
        let levels = levels
            .iter()
            .take(wanted)
            .map(|raw| notary.level(raw))
            .collect();
        let exclusion = |(j, proof): &(usize, Proof)| {
            let (group, role) = self.model.roles[*j];
            Exclusion {
                group,
                role,
                proof: proof.clone(),
            }
        };
        Certificate {
            rule: rule.to_string(),
            excluded: self.excluded.iter().map(exclusion).collect(),
            levels,
            ..Certificate::default()
        }
    }

    fn canonical(&self, parts: Vec<Part>) -> (Vec<Composition>, Vec<u64>) {
        let entries = |panel: &[u32]| {
            let seated = panel.iter().zip(&self.model.roles).filter(|(x, _)| **x > 0);
            Composition(
                seated
                    .map(|(&x, &(group, role))| (group, role, x))
                    .collect(),
            )
        };
        let mut all: Vec<(Composition, u64)> = parts
            .iter()
            .map(|(panel, weight)| (entries(panel), *weight))
            .collect();
        all.sort();
        all.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0 };
            same
        });
        all.into_iter().unzip()
    }
}

/// Integers over [`DENOMINATOR`] nearest to the weights, the heaviest part absorbing the difference.
pub(super) fn integer_weights(mixture: Mixture) -> Vec<Part> {
    let total: f64 = mixture.parts.iter().map(|p| p.1).sum();
    let mut parts: Vec<Part> = mixture
        .parts
        .into_iter()
        .map(|(panel, w)| (panel, (w / total * DENOMINATOR as f64).round() as u64))
        .collect();
    let sum: u64 = parts.iter().map(|p| p.1).sum();
    if let Some(heaviest) = parts.iter_mut().max_by_key(|p| p.1) {
        heaviest.1 = heaviest.1 + DENOMINATOR - sum;
    }
    parts.retain(|p| p.1 > 0);
    parts
}
