//! From an instance to its lottery: levels, people in no panel, mixture, spread, certificate.

use super::certify::{self, Notary};
use super::conflict;
use super::distribution::{Composition, DENOMINATOR, Distribution, Work};
use super::hull::Hull;
use super::levels::{Levels, RawLevel, raise};
use super::model::Model;
use super::objective::{self, RawObjective};
use super::spread::{Part, spread};
use super::{Progress, Rule, Selector, Stage};
use crate::certificate::{Certificate, Exclusion, Level, Measure, Objective, Proof};
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
        let optimum = solve.optimum(self.rule)?;
        solve.publish(self.rule, self.spread, optimum)
    }
}

/// Largest gap between a level and its bound, in 10^-12.
const TOLERANCE: u64 = 1000;
/// Largest relative gap between a rule's number and its bound, in 10^-12.
const WIDEST: u64 = 1_000_000;

/// What a rule asks for, found.
pub(super) struct Optimum {
    pub(super) mixture: Mixture,
    /// None for rules that are one number alone.
    pub(super) levels: Vec<RawLevel>,
    /// None for leximin.
    pub(super) objective: Option<RawObjective>,
}

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

    /// What the rule asks for: on the quota polytope where that is enough, on the hull of panels where it is not.
    pub(super) fn optimum(&mut self, rule: Rule) -> Result<Optimum> {
        let measure = self.measure(rule)?;
        let mut known = Vec::new();
        loop {
            let (target, levels, objective) = self.target(measure)?;
            if let Some(mixture) = self.decompose(&target, &mut known)? {
                if self.leaves_out(&target) {
                    known.extend(mixture.parts.iter().map(|part| part.0.clone()));
                    if self.exclude_uncovered(&mut known)? {
                        self.forget_excluded(&mut known);
                        continue;
                    }
                }
                return Ok(Optimum {
                    mixture,
                    levels,
                    objective,
                });
            }
            if !self.exclude_uncovered(&mut known)? {
                return self.on_hull(measure, &known);
            }
            self.forget_excluded(&mut known);
        }
    }

    /// The number that a rule optimises; `None` for leximin, which has one per level.
    fn measure(&mut self, rule: Rule) -> Result<Option<Measure>> {
        Ok(match rule {
            Rule::Leximin | Rule::Maximin => None,
            Rule::Minimax => Some(Measure::Highest),
            Rule::Goldilocks(gamma) => {
                let gamma = self.gamma(gamma)?;
                Some(Measure::Goldilocks { gamma })
            }
            Rule::Nash => Some(Measure::Product),
            Rule::LeastSquares => Some(Measure::Squares),
            Rule::Uniform | Rule::MaxEntropy => None,
        })
    }

    /// The chances to aim at, over the quota polytope.
    fn target(
        &mut self,
        measure: Option<Measure>,
    ) -> Result<(Vec<f64>, Vec<RawLevel>, Option<RawObjective>)> {
        let Some(measure) = measure else {
            return self.levels().map(|(target, levels)| (target, levels, None));
        };
        let (target, levels, objective) = match measure {
            Measure::Product | Measure::Squares => {
                let (target, objective) = self.smooth(measure)?;
                (target, vec![], objective)
            }
            _ => self.framed(measure)?,
        };
        Ok((target, levels, Some(objective)))
    }

    /// The same over the panels themselves, with the lottery.
    fn on_hull(&mut self, measure: Option<Measure>, known: &[Vec<u32>]) -> Result<Optimum> {
        match measure {
            None => {
                let hull = Hull::new(&self.model, known);
                let end = hull.leximin(f64::INFINITY, &mut self.effort);
                let end = end.ok_or_else(|| self.limit("raising the levels over panels"))?;
                Ok(Optimum {
                    mixture: end.mixture,
                    levels: end.levels,
                    objective: None,
                })
            }
            Some(measure @ (Measure::Product | Measure::Squares)) => {
                self.smooth_on_hull(measure, known)
            }
            Some(measure) => self.framed_on_hull(measure, known),
        }
    }

    /// The target as a mixture of panels; `None` when it lies outside their hull.
    fn decompose(&mut self, target: &[f64], known: &mut Vec<Vec<u32>>) -> Result<Option<Mixture>> {
        let progress = &mut *self.progress;
        let mut beat = |done| {
            progress
                .update(Stage::Decomposition, done, Some(1000))
                .is_continue()
        };
        let polytope = self.model.polytope();
        match decompose(&polytope, target, known, (&mut self.effort, &mut beat)) {
            Ok(mixture) => Ok(Some(mixture)),
            Err(Unmixed::Outside) => Ok(None),
            Err(Unmixed::Limit) => Err(self.limit("writing the chances as a mixture of panels")),
            Err(Unmixed::Stopped) => Err(ErrorKind::Cancelled.into()),
        }
    }

    /// True when the target gives somebody no chance who is not known to be in no panel.
    fn leaves_out(&self, target: &[f64]) -> bool {
        let mut pairs = target.iter().zip(&self.model.units);
        pairs.any(|(y, u)| *u > 0.0 && *y <= 1e-9)
    }

    /// Keeps the panels without excluded people.
    fn forget_excluded(&self, known: &mut Vec<Vec<u32>>) {
        let fits = |panel: &Vec<u32>| {
            let mut pairs = panel.iter().zip(&self.model.units);
            pairs.all(|(&x, &u)| f64::from(x) <= u)
        };
        known.retain(fits);
    }

    /// Levels over the quota polytope; columns that it shows to be empty are excluded on the way.
    pub(super) fn levels(&mut self) -> Result<(Vec<f64>, Vec<RawLevel>)> {
        loop {
            match self.raise(f64::INFINITY)? {
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

    /// One run over the levels.
    pub(super) fn raise(&mut self, ceiling: f64) -> Result<Levels> {
        let progress = &mut *self.progress;
        let mut cancelled = false;
        let tick = |done: usize, total: usize| {
            cancelled = progress
                .update(Stage::Levels, done as u64, Some(total as u64))
                .is_break();
            !cancelled
        };
        let end = raise((&self.model, ceiling), &mut self.effort, tick);
        if cancelled {
            return Err(ErrorKind::Cancelled.into());
        }
        Ok(end)
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
    fn publish(&mut self, rule: Rule, slots: u32, optimum: Optimum) -> Result<Distribution> {
        let mut parts = integer_weights(optimum.mixture);
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
        let raw = (&optimum.levels[..], optimum.objective.as_ref());
        let certificate = self.certificate(rule, raw, &seats)?;
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
        (levels, objective): (&[RawLevel], Option<&RawObjective>),
        seats: &[u64],
    ) -> Result<Certificate> {
        let ceiling = objective.is_some();
        let mut notary = Notary::new(self.instance, &self.model, seats);
        if ceiling {
            notary.keep_below_highest();
        }
        let wanted = if rule == Rule::Maximin {
            1
        } else {
            levels.len()
        };
        let levels: Vec<Level> = levels
            .iter()
            .take(wanted)
            .map(|raw| notary.level(raw))
            .collect();
        let gaps = levels
            .iter()
            .map(|level| level.bound.saturating_sub(level.value));
        if let Some(gap) = gaps.max().filter(|gap| *gap > TOLERANCE) {
            return Err(ErrorKind::Inexact { gap }.into());
        }
        let exclusion = |(j, proof): &(usize, Proof)| {
            let (group, role) = self.model.roles[*j];
            Exclusion {
                group,
                role,
                proof: proof.clone(),
            }
        };
        let mut certificate = Certificate {
            rule: rule.to_string(),
            excluded: self.excluded.iter().map(exclusion).collect(),
            levels,
            ..Certificate::default()
        };
        if let Some(raw) = objective {
            let proven = objective::prove(&self.model, raw, notary.ledger());
            let tight = |o: &Objective| o.search.is_some() || o.gap <= WIDEST;
            let gap = proven.as_ref().map_or(u64::MAX, |o| o.gap);
            let proven = proven.filter(tight);
            certificate.objective = Some(proven.ok_or(ErrorKind::Inexact { gap })?);
        }
        Ok(certificate)
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
