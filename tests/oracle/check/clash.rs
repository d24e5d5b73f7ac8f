//! The finding that no panel exists.

use std::collections::BTreeSet;

use kleroterion::certificate::Proof;
use num_traits::{Signed, Zero};

use super::bound::Ground;
use super::{Verdict, ensure};
use crate::case::Case;
use crate::outcome::{Clash, groups_of};

/// No panel meets the quotas that are named, with the household rule only if it is named; the rule is named only when
/// it is needed; the proof holds.
pub(crate) fn check_clash(case: &Case, clash: &Clash) -> Verdict {
    let quotas = case.flat_quotas();
    ensure(clash.size == case.size, || {
        format!("speaks of a panel of {}", clash.size)
    })?;
    for &(at, named) in &clash.quotas {
        ensure(quotas[at] == named, || {
            format!("quota {at} is {:?}, named as {named:?}", quotas[at])
        })?;
    }
    let named: BTreeSet<usize> = clash.quotas.iter().map(|q| q.0).collect();
    ensure(named.len() == clash.quotas.len(), || {
        "a quota named twice".into()
    })?;
    ensure(!clash.household_rule || case.has_household_rule(), || {
        "names a household rule that does not apply".into()
    })?;
    let panels = case.panels_under(|q| named.contains(&q), clash.household_rule);
    ensure(panels.is_empty(), || {
        format!(
            "the panel {:b} meets all that is named: {:?}, household rule {}",
            panels[0], clash.quotas, clash.household_rule
        )
    })?;
    let alone = clash.household_rule && case.panels_under(|q| named.contains(&q), false).is_empty();
    ensure(!alone, || {
        "names the household rule, but the quotas clash without it".into()
    })?;
    match &clash.proof {
        Proof::Bound(bound) => {
            ensure(
                bound.quotas.iter().all(|q| named.contains(&(q.0 as usize))),
                || "the proof uses a quota that is not named".into(),
            )?;
            let groups = groups_of(case);
            let ground = Ground::new(case, &groups, &[]);
            let worked = ground.work(bound, clash.household_rule)?;
            ensure(worked.weights.iter().all(Zero::is_zero), || {
                "Y is not 0".into()
            })?;
            ensure(worked.cap.is_negative(), || {
                format!("U = {} is not negative", worked.cap)
            })
        }
        Proof::Search { .. } => Ok(()),
        other => Err(format!("{other:?} shows nothing here")),
    }
}

/// Whether a quota could be left out of the finding; not promised, but good to know.
pub(crate) fn is_minimal(case: &Case, clash: &Clash) -> bool {
    clash.quotas.iter().all(|&(out, _)| {
        let keep = |q: usize| q != out && clash.quotas.iter().any(|k| k.0 == q);
        !case.panels_under(keep, clash.household_rule).is_empty()
    })
}
