//! Which quotas clash when no panel exists: a set that is infeasible, and no longer when any part of it is left out.
//!
//! The parts are the quotas, the panel size and the household rule. First one part after another is tried without (a
//! *deletion filter*; Chinneck and Dravnieks, ORSA J. Computing 3, 1991), starting from those that carry weight in the proof of
//! the relaxation; then, in what is left, one side after another. Trying within the relaxation comes first, so that its
//! proof survives; then with whole seats, so that each part really is needed.

mod trial;

use super::certify::{candidates, to_bound};
use super::model::Model;
use crate::audit::{Households, Most, feasibility_limit, reason};
use crate::certificate::{Bound, Infeasibility, Need, Proof};
use crate::error::{Error, ErrorKind};
use crate::instance::Instance;
use crate::kernel::branch::Effort;

pub(crate) use trial::{Answer, Pin, Sides, Trial, uneven};

/// Work units one question of the filter may take before a part is kept unasked.
const QUESTION: u64 = 50_000;

/// Names a set of quotas none of which can be left out, where the work limit allows to find out.
pub(crate) fn explain(instance: &Instance, effort: &mut Effort) -> Error {
    let model = Model::new(instance);
    ErrorKind::Infeasible(finding((instance, &model), Pin::Nobody, effort)).into()
}

/// What clashes with the pin; there must be no panel.
pub(crate) fn finding(
    (instance, model): (&Instance, &Model),
    pin: Pin,
    effort: &mut Effort,
) -> Infeasibility {
    let trial = Trial::new(model, pin);
    Filter::new(instance, &trial).finding(effort)
}

/// Leaves out what is not needed for infeasibility.
struct Filter<'a> {
    instance: &'a Instance,
    trial: &'a Trial<'a>,
    /// What is still in.
    sides: Sides,
    /// False when a question was too long.
    settled: bool,
}

/// What can be left out.
#[derive(Debug, Clone, Copy)]
enum Part {
    Homes,
    Seats,
    Quota(usize),
}

/// How a question is asked.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Depth {
    Relaxation,
    Panels,
}

impl<'a> Filter<'a> {
    /// For a trial that is known to be infeasible.
    fn new(instance: &'a Instance, trial: &'a Trial<'a>) -> Self {
        Self {
            instance,
            trial,
            sides: Sides::all(instance),
            settled: true,
        }
    }

    /// The finding.
    fn finding(mut self, effort: &mut Effort) -> Infeasibility {
        if let Some(simple) = self.simple(effort) {
            self.sides = simple;
        }
        self.narrow(effort);
        let before = effort.nodes;
        let proof = self.integer_proof(effort);
        if proof.is_none() {
            let mut question = Effort::new(QUESTION);
            let _ = self.trial.panel(&self.sides, &mut question);
            effort.pivots += question.pivots;
            effort.nodes += question.nodes;
        }
        let nodes = (effort.nodes - before).max(1);
        self.report(proof, nodes)
    }

    /// Leaves out whatever can be: parts first, then sides.
    fn narrow(&mut self, effort: &mut Effort) {
        if let Answer::Infeasible(multipliers) = self.trial.relaxation(&self.sides, effort) {
            self.keep_support(&multipliers, effort);
            self.parts(Depth::Relaxation, effort);
        }
        self.parts(Depth::Panels, effort);
        if !self.trial.relaxation(&self.sides, effort).is_feasible() {
            self.one_sided(Depth::Relaxation, effort);
        }
        self.one_sided(Depth::Panels, effort);
    }

    /// A clash that is easy to understand, if there is one: a single quota or the size against the pool, or the sum of a
    /// feature's minimums or maximums against the size.
    fn simple(&self, effort: &mut Effort) -> Option<Sides> {
        if self.trial.is_pinned() {
            return None;
        }
        let instance = self.instance;
        let nothing = Sides::nothing(instance);
        let mut tries = Vec::new();
        for homes in [false, true] {
            let least = |q: usize| nothing.clone().with_minimum(q).with_homes(homes);
            tries.extend((0..instance.quotas().len()).map(least));
            tries.push(nothing.clone().with_seats((true, false)).with_homes(homes));
            if homes {
                break;
            }
            for feature in 0..instance.features().len() {
                let quotas = instance.quotas_of(feature);
                let least = nothing.clone().with_seats((false, true));
                tries.push(quotas.clone().fold(least, Sides::with_minimum));
                let most = nothing.clone().with_seats((true, false));
                tries.push(quotas.fold(most, Sides::with_maximum));
            }
        }
        let impossible = |sides: &Sides| !self.trial.relaxation(sides, effort).is_feasible();
        tries.into_iter().find(impossible)
    }

    /// Keeps the sides that carry weight in the proof, if they are infeasible by themselves.
    fn keep_support(&mut self, multipliers: &[f64], effort: &mut Effort) {
        let support = self.sides.supporting(multipliers);
        if !self.trial.relaxation(&support, effort).is_feasible() {
            // Whole quotas: that they are needed must hold with both their sides.
            let whole = support.whole(&Sides::all(self.instance));
            self.sides = whole;
        }
    }

    /// One part after another.
    fn parts(&mut self, depth: Depth, effort: &mut Effort) {
        let quotas = (0..self.instance.quotas().len()).map(Part::Quota);
        for part in [Part::Homes, Part::Seats].into_iter().chain(quotas) {
            let mut without = self.sides.clone();
            match part {
                Part::Homes => without.homes = false,
                Part::Seats => without.seats = (false, false),
                Part::Quota(q) => without.quotas[q] = (false, false),
            }
            self.try_without(without, depth, effort);
        }
    }

    /// One side of a part after another.
    fn one_sided(&mut self, depth: Depth, effort: &mut Effort) {
        for q in 0..self.instance.quotas().len() {
            for keep in [(true, false), (false, true)] {
                let mut without = self.sides.clone();
                let (min, max) = without.quotas[q];
                without.quotas[q] = (min && keep.0, max && keep.1);
                self.try_without(without, depth, effort);
            }
        }
        for keep in [(true, false), (false, true)] {
            let mut without = self.sides.clone();
            let (min, max) = without.seats;
            without.seats = (min && keep.0, max && keep.1);
            self.try_without(without, depth, effort);
        }
    }

    /// Leaves something out when no panel exists without it either.
    fn try_without(&mut self, without: Sides, depth: Depth, effort: &mut Effort) {
        if without == self.sides {
            return;
        }
        let mut question = Effort::new(QUESTION);
        let answer = match depth {
            Depth::Relaxation => self.trial.relaxation(&without, &mut question),
            Depth::Panels => self.trial.panel(&without, &mut question),
        };
        effort.pivots += question.pivots;
        effort.nodes += question.nodes;
        match answer {
            Answer::Infeasible(_) | Answer::Searched => self.sides = without,
            Answer::Feasible(_) => {}
            Answer::Limit => self.settled &= depth == Depth::Relaxation,
        }
    }

    /// Multipliers with `U < 0`, in integers.
    fn integer_proof(&self, effort: &mut Effort) -> Option<Bound> {
        if self.trial.is_pinned() {
            return None;
        }
        let Answer::Infeasible(raw) = self.trial.relaxation(&self.sides, effort) else {
            return None;
        };
        let largest = raw.iter().fold(0.0_f64, |a, p| a.max(p.abs()));
        let scaled: Vec<f64> = raw.iter().map(|p| p / largest).collect();
        let terms = self.terms();
        let proves =
            |bound: &Bound| feasibility_limit(bound, self.instance, terms).is_ok_and(|u| u < 0);
        candidates(&scaled)
            .iter()
            .map(|p| to_bound(self.trial.model(), &self.sides.only(p), 1, Some(vec![])))
            .find(proves)
    }

    /// What the rules that hold make a bound count for.
    fn terms(&self) -> (Households, Most) {
        let households = if self.sides.homes {
            Households::Limited
        } else {
            Households::Any
        };
        let most = if self.sides.seats.1 {
            Most::Seats
        } else {
            Most::Itself
        };
        (households, most)
    }

    fn report(self, proof: Option<Bound>, nodes: u64) -> Infeasibility {
        let instance = self.instance;
        let needed = |&q: &usize| self.sides.quotas[q] != (false, false);
        let kept: Vec<usize> = (0..instance.quotas().len()).filter(needed).collect();
        let reason = proof
            .as_ref()
            .and_then(|bound| reason(bound, instance, self.terms()));
        Infeasibility {
            quotas: kept.iter().map(|&q| instance.quotas()[q].clone()).collect(),
            needs: kept
                .iter()
                .map(|&q| Need::of(self.sides.quotas[q]))
                .collect(),
            size: instance.size(),
            seats: Need::of(self.sides.seats),
            household_rule: self.sides.homes,
            household_most: Some(instance.pool().household_most())
                .filter(|&most| self.sides.homes && most > 1),
            minimal: self.settled,
            reason,
            proof: proof.map_or(Proof::Search { nodes }, Proof::Bound),
        }
    }
}
