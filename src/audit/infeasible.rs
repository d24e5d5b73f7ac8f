//! Whether a finding of infeasibility is proved.

use super::prices::{Households, Most, feasibility_limit};
use super::reason::reason;
use super::report::{Claim, Finding, Held};
use crate::certificate::{Bound, Infeasibility, Need, Proof};
use crate::instance::Instance;
use crate::lottery::Check;

/// Whether the proof shows that no panel of the instance can meet the named quotas. Needs no solver. O(people).
#[must_use]
pub fn examine_infeasibility(finding: &Infeasibility, instance: &Instance) -> Finding {
    Finding::of(Claim::Infeasible, infeasible(finding, instance))
}

fn infeasible(finding: &Infeasibility, instance: &Instance) -> Check<Held> {
    if finding.size != instance.size() {
        return Err(format!(
            "it speaks of {} seats, not {}",
            finding.size,
            instance.size()
        ));
    }
    let bound = match &finding.proof {
        Proof::Bound(bound) => bound,
        Proof::Search { nodes } => {
            return Held::open(format!("it rests on a finished search of {nodes} nodes"));
        }
        Proof::Certain | Proof::Ceiling => return Err("no proof is given".into()),
    };
    if bound.weights.as_ref().is_some_and(|w| !w.is_empty()) {
        return Err("a proof that no panel exists has no weights".into());
    }
    named(finding, bound, instance)?;
    let households = if finding.household_rule {
        Households::Limited
    } else {
        Households::Any
    };
    let most = if finding.seats.maximum() {
        Most::Seats
    } else {
        Most::Itself
    };
    let stated = finding.household_most.unwrap_or(1);
    if finding.household_rule && stated != instance.pool().household_most() {
        return Err(format!(
            "the finding is for at most {stated} people per household, not {}",
            instance.pool().household_most()
        ));
    }
    let terms = (households, most);
    let limit = feasibility_limit(bound, instance, terms)?;
    if limit >= 0 {
        return Err(format!("the bound is {limit}, not below 0"));
    }
    if finding.reason.is_some() && finding.reason != reason(bound, instance, terms) {
        return Err("the reason in words does not follow from the proof".into());
    }
    Held::yes("an integer proof that needs no solver")
}

/// The proof uses nothing that the finding does not name.
fn named(finding: &Infeasibility, bound: &Bound, instance: &Instance) -> Check {
    if !finding.needs.is_empty() && finding.needs.len() != finding.quotas.len() {
        return Err("it names sides for another number of quotas".into());
    }
    for &(quota, multiplier) in &bound.quotas {
        let quota = instance
            .quotas()
            .get(quota as usize)
            .ok_or_else(|| format!("there is no quota {quota}"))?;
        let (feature, value) = (&quota.feature, &quota.value);
        let Some(at) = finding.quotas.iter().position(|q| q == quota) else {
            return Err(format!(
                "the proof uses {feature} = {value}, which is not named"
            ));
        };
        let need = finding.needs.get(at).copied().unwrap_or_default();
        if !covers(need, multiplier) {
            return Err(format!(
                "the proof uses a side of {feature} = {value} that is not named"
            ));
        }
    }
    if covers(finding.seats, bound.size) {
        Ok(())
    } else {
        Err("the proof uses the panel size, which is not named".into())
    }
}

/// A multiplier above 0 rests on the maximum, one below 0 on the minimum.
fn covers(need: Need, multiplier: i64) -> bool {
    match multiplier {
        0 => true,
        1.. => need.maximum(),
        _ => need.minimum(),
    }
}
