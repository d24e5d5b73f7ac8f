//! Whether a finding of infeasibility is proved.

use super::bound::{Households, feasibility_limit};
use super::report::{Claim, Finding, Held};
use crate::certificate::{Infeasibility, Proof};
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
    for &(quota, _) in &bound.quotas {
        let quota = instance
            .quotas()
            .get(quota as usize)
            .ok_or_else(|| format!("there is no quota {quota}"))?;
        if !finding.quotas.contains(quota) {
            return Err(format!(
                "the proof uses {} = {}, which is not named",
                quota.feature, quota.value
            ));
        }
    }
    let households = if finding.household_rule {
        Households::One
    } else {
        Households::Any
    };
    match feasibility_limit(bound, instance, households)? {
        ..0 => Held::yes("an integer proof that needs no solver"),
        limit => Err(format!("the bound is {limit}, not below 0")),
    }
}
