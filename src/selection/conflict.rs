//! Which quotas clash when no panel exists.

use super::certify::{candidates, to_bound};
use super::model::Model;
use crate::audit::{Households, feasibility_limit};
use crate::certificate::{Bound, Infeasibility, Proof};
use crate::error::{Error, ErrorKind};
use crate::instance::Instance;
use crate::kernel::branch::{Effort, Found, price};
use crate::kernel::simplex::{Outcome, Simplex};

/// Work units one question of the search may take before a quota is kept unasked.
const QUESTION: u64 = 200_000;

/// Bounds of a row that is left out.
const ANY: (f64, f64) = (-1e6, 1e6);

/// Names a set of quotas none of which can be left out, where the work limit allows to find out.
pub(crate) fn explain(instance: &Instance, effort: &mut Effort) -> Error {
    let model = Model::new(instance);
    let mut trial = model.clone();
    let linear = !relaxation_feasible(&model, effort);
    let household_rule = keep_household_rule(&mut trial, linear, effort);
    let size = f64::from(instance.size());
    let mut kept = Vec::new();
    for q in 0..model.quotas {
        let bounds = trial.rows[q];
        trial.rows[q] = ANY;
        if bounds.0 <= 0.0 && bounds.1 >= size {
            continue;
        }
        if !still_infeasible(&trial, linear, effort) {
            trial.rows[q] = bounds;
            kept.push(q);
        }
    }
    let nodes = effort.nodes.max(1);
    let proof = if linear {
        integer_proof(instance, &trial, household_rule, effort)
    } else {
        None
    };
    let quotas = kept.iter().map(|&q| instance.quotas()[q].clone()).collect();
    let proof = proof.map_or(Proof::Search { nodes }, Proof::Bound);
    ErrorKind::Infeasible(Infeasibility {
        quotas,
        size: instance.size(),
        household_rule,
        proof,
    })
    .into()
}

fn lp(model: &Model) -> Simplex {
    let mut lp = Simplex::new(
        model.columns.clone(),
        vec![0.0; model.len()],
        model.units.clone(),
        &model.rows,
    );
    lp.exacting = true;
    lp
}

fn relaxation_feasible(model: &Model, effort: &mut Effort) -> bool {
    let mut lp = lp(model);
    let outcome = lp.solve(f64::INFINITY, u64::MAX);
    effort.pivots += lp.pivots;
    outcome != Outcome::Infeasible
}

/// False also when the question takes too long: the quota is then kept.
fn still_infeasible(model: &Model, linear: bool, effort: &mut Effort) -> bool {
    if linear {
        return !relaxation_feasible(model, effort);
    }
    let mut question = Effort::new(QUESTION);
    let answer = price(&mut lp(model), f64::INFINITY, &mut question);
    effort.pivots += question.pivots;
    effort.nodes += question.nodes;
    answer == Found::Nothing
}

/// Lets everybody sit with their housemates; true when that makes a panel possible, and then undoes it.
fn keep_household_rule(model: &mut Model, linear: bool, effort: &mut Effort) -> bool {
    let shares = |j: usize| model.people[j] > model.units[j] && model.units[j] > 0.0;
    if model.homes.is_empty() && !(0..model.len()).any(shares) {
        return false;
    }
    let mut free = model.clone();
    for j in 0..free.len() {
        free.units[j] = free.people[j];
    }
    for row in &mut free.rows[model.quotas + 1..] {
        row.1 = model.rows[model.quotas].1;
    }
    let needed = !still_infeasible(&free, linear, effort);
    if !needed {
        *model = free;
    }
    needed
}

/// Multipliers with `U < 0`, in integers.
fn integer_proof(
    instance: &Instance,
    model: &Model,
    household_rule: bool,
    effort: &mut Effort,
) -> Option<Bound> {
    let mut lp = lp(model);
    let outcome = lp.solve(f64::INFINITY, u64::MAX);
    effort.pivots += lp.pivots;
    if outcome != Outcome::Infeasible {
        return None;
    }
    let raw = lp.farkas();
    let largest = raw.iter().fold(0.0_f64, |a, p| a.max(p.abs()));
    let scaled: Vec<f64> = raw.iter().map(|p| p / largest).collect();
    let households = if household_rule {
        Households::One
    } else {
        Households::Any
    };
    let proves =
        |bound: &Bound| feasibility_limit(bound, instance, households).is_ok_and(|upper| upper < 0);
    candidates(&scaled)
        .iter()
        .map(|p| to_bound(model, p, 1, Some(vec![])))
        .find(proves)
}
