//! Who is in no panel, who is in every one, and the least that would let everybody be in some.

use serde::{Deserialize, Serialize};

use crate::certificate::Infeasibility;
use crate::error::{ErrorKind, Result};
use crate::instance::Instance;
use crate::kernel::branch::{Effort, Found, price};
use crate::kernel::simplex::Simplex;
use crate::selection::conflict::{Pin, finding, uneven};
use crate::selection::model::Model;

use super::case::limit;
use super::panel::seats;
use super::program::{Optimum, Program, levers};
use super::{Case, Options, Relaxation};

/// People of one role whom the quotas leave no chance, or no choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Outlier {
    /// Group and role.
    pub role: (u32, u32),
    /// Their ids, ascending.
    pub ids: Vec<String>,
    /// Rules none of which can be left out: no panel meets these with one of them, or without one of them. Its proof is a
    /// search; its reason is not given in words, for it would tell their values.
    pub cause: Infeasibility,
}

/// Who is in no panel and who is in every panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Inclusion {
    /// People of the pool.
    pub people: usize,
    /// Those in no panel: their chance is 0 under every rule.
    pub excluded: Vec<Outlier>,
    /// Those in every panel: their chance is 1 under every rule.
    pub certain: Vec<Outlier>,
}

/// Most panels that are looked for together.
const PANELS: usize = 24;

impl Case {
    /// Who is in no panel, who is in every one, and which rules see to it.
    ///
    /// Deterministic. One short search per role that no panel found so far has, or misses.
    ///
    /// ```
    /// use kleroterion::{feasibility::{Case, Options}, Pool, Quotas};
    /// let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=2).feature("age").value("old", 1..=2).value("young", 0..=1);
    /// let people = [("p1", "woman", "young"), ("p2", "man", "old"), ("p3", "man", "young"), ("p4", "man", "old")];
    /// let pool = people.into_iter().fold(Pool::builder(), |pool, (id, sex, age)| pool.person(id, [("sex", sex), ("age", age)]));
    /// let inclusion = Case::new(pool.build()?, quotas.build()?, 2)?.inclusion(&Options::default())?;
    /// assert_eq!(inclusion.certain[0].ids, ["p1"]); // the only woman
    /// assert_eq!(inclusion.excluded[0].ids, ["p3"]); // beside her there is no seat for somebody young
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Infeasible`] when there is no panel at all; [`ErrorKind::LimitReached`] when the work limit comes first:
    /// `work_limit(0)`.
    pub fn inclusion(&self, options: &Options) -> Result<Inclusion> {
        let mut effort = Effort::new(options.question());
        let instance = self.instance();
        let model = Model::new(instance);
        let mut known = Known::new(self, &model, &mut effort)?;
        let mut inclusion = Inclusion {
            people: instance.len(),
            excluded: vec![],
            certain: vec![],
        };
        for j in 0..model.len() {
            if !known.sits(j, &mut effort)? {
                let cause = finding((instance, &model), Pin::Sits(j), &mut effort);
                inclusion
                    .excluded
                    .push(outlier(instance, model.roles[j], cause));
            }
        }
        for j in 0..model.len() {
            if !known.misses(j, &mut effort)? {
                let cause = finding((instance, &model), Pin::Misses(j), &mut effort);
                inclusion
                    .certain
                    .push(outlier(instance, model.roles[j], cause));
            }
        }
        Ok(inclusion)
    }

    /// The change of quotas of least [weighted cost](super::Goal::Weighted) after which everybody is in some panel, within `min_flex` and
    /// `max_flex`; `None` when there is none. It changes nothing when everybody is in some panel already.
    ///
    /// One program with a panel for each of a few people whom the quotas leave out, with the same changed quotas for all;
    /// whoever still is in no panel is added to these people (a *cutting* of the standard tool's program, which has a copy of all
    /// panel variables per person). Checked like every [suggestion](Self::suggest), for everybody.
    ///
    /// # Errors
    /// [`ErrorKind::LimitReached`] when the work limit comes first, or when more than 24 people would be needed.
    pub fn include_everyone(&self, options: &Options) -> Result<Option<Relaxation>> {
        let mut effort = Effort::new(options.question());
        let model = Model::new(self.instance());
        let levers = levers(self.instance());
        let mut pins = vec![Pin::Nobody];
        loop {
            let program = Program::new(&model, &levers, &pins);
            let program = program.with_costs(|lever| self.weight_of(lever));
            let (relaxation, panels) = match program.optimum(&mut effort) {
                Optimum::Nothing => return Ok(None),
                Optimum::Limit => return Err(limit("looking for room for everybody", &effort)),
                Optimum::At(_, point) => (
                    Relaxation::of_quotas(self, vec![], &program.moves(&point)),
                    program.panels(&point),
                ),
            };
            self.check(&relaxation, &panels)?;
            match first_left_out(&relaxation.apply(self)?.into(), &mut effort)? {
                None => return Ok(Some(relaxation)),
                Some(_) if pins.len() >= PANELS => {
                    return Err(limit("looking for room for everybody", &effort));
                }
                Some(j) => {
                    pins.retain(|pin| *pin != Pin::Nobody);
                    pins.push(Pin::Sits(j));
                }
            }
        }
    }
}

/// The first role that no panel has.
fn first_left_out(case: &Case, effort: &mut Effort) -> Result<Option<usize>> {
    let model = Model::new(case.instance());
    let mut known = Known::new(case, &model, effort)?;
    for j in 0..model.len() {
        if !known.sits(j, effort)? {
            return Ok(Some(j));
        }
    }
    Ok(None)
}

fn outlier(instance: &Instance, (group, role): (u32, u32), cause: Infeasibility) -> Outlier {
    let units = instance.groups()[group as usize].units();
    let mut people: Vec<u32> = units
        .iter()
        .flat_map(|u| u[role as usize].clone())
        .collect();
    people.sort_unstable();
    let id = |p: &u32| instance.person(*p).id().to_owned();
    Outlier {
        role: (group, role),
        ids: people.iter().map(id).collect(),
        cause,
    }
}

/// Panels found so far, in what they show.
struct Known<'a> {
    model: &'a Model,
    lp: Simplex,
    /// Roles that sit in some panel.
    seen: Vec<bool>,
    /// Roles of which somebody is missing in some panel.
    missed: Vec<bool>,
}

impl<'a> Known<'a> {
    /// Starts with any panel.
    fn new(case: &Case, model: &'a Model, effort: &mut Effort) -> Result<Self> {
        let Some(panel) = case.panel(model, effort)? else {
            let finding = finding((case.instance(), model), Pin::Nobody, effort);
            return Err(ErrorKind::Infeasible(finding).into());
        };
        let (lower, upper) = (vec![0.0; model.len()], model.units.clone());
        let mut lp = Simplex::new(model.columns.clone(), lower, upper, &model.rows);
        lp.exacting = true;
        let mut known = Self {
            model,
            lp,
            seen: vec![false; model.len()],
            missed: vec![false; model.len()],
        };
        known.learn(&panel);
        Ok(known)
    }

    fn learn(&mut self, panel: &[u32]) {
        for (j, &taken) in panel.iter().enumerate() {
            self.seen[j] |= taken > 0;
            self.missed[j] |= f64::from(taken) < self.model.people[j];
        }
    }

    /// Whether somebody of the role is in some panel.
    fn sits(&mut self, j: usize, effort: &mut Effort) -> Result<bool> {
        if !self.seen[j] {
            let bonus = -0.2 / self.model.rows[self.model.quotas].0;
            let mut cost: Vec<f64> = self
                .seen
                .iter()
                .map(|&s| if s { 0.0 } else { bonus })
                .collect();
            cost[j] = -1.0;
            self.ask(&cost, -0.5, effort)?;
        }
        Ok(self.seen[j])
    }

    /// Whether somebody of the role is missing in some panel.
    fn misses(&mut self, j: usize, effort: &mut Effort) -> Result<bool> {
        if !self.missed[j] {
            let mut cost = vec![0.0; self.seen.len()];
            cost[j] = 1.0;
            self.ask(&cost, self.model.people[j] - 0.5, effort)?;
        }
        Ok(self.missed[j])
    }

    fn ask(&mut self, cost: &[f64], cutoff: f64, effort: &mut Effort) -> Result<()> {
        let size = self.model.rows[self.model.quotas].0;
        let tie = |(j, c): (usize, &f64)| c + 0.1 * uneven(j) / size;
        let cost: Vec<f64> = cost.iter().enumerate().map(tie).collect();
        self.lp.set_costs(&cost);
        match price(&mut self.lp, cutoff, effort) {
            Found::Point(point) => self.learn(&seats(&point)),
            Found::Nothing => {}
            Found::Limit => return Err(limit("asking who can be on a panel", effort)),
        }
        Ok(())
    }
}
