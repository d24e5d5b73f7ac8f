//! The finding that no panel exists.

use std::collections::BTreeSet;

use kleroterion::certificate::{Need, Proof};
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
    ensure(!can_be_met(case, clash, clash.household_rule), || {
        "the sides that are named can be met".into()
    })?;
    ensure(
        !clash.household_rule || can_be_met(case, clash, false),
        || "names the household rule, but the quotas clash without it".into(),
    )?;
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

/// Whether some panel meets the sides that are named, of quotas and of the size.
fn can_be_met(case: &Case, clash: &Clash, households: bool) -> bool {
    let people = case.people.len() as u32;
    let within = |need: Need, (min, max): (u32, u32)| {
        (
            if need.minimum() { min } else { 0 },
            if need.maximum() { max } else { people },
        )
    };
    let need = |at: usize| {
        let place = clash.quotas.iter().position(|&(q, _)| q == at);
        place.map_or(Need::Nothing, |i| {
            *clash.needs.get(i).unwrap_or(&Need::Both)
        })
    };
    let mut wide = case.clone();
    for (at, quota) in wide.quotas.iter_mut().flatten().enumerate() {
        *quota = within(need(at), *quota);
    }
    let (least, most) = within(clash.seats, (case.size, case.size));
    (least..=most).any(|size| {
        wide.size = size;
        !wide.panels_under(|_| true, households).is_empty()
    })
}

/// Whether a quota could be left out of the finding; not promised, but good to know.
pub(crate) fn is_minimal(case: &Case, clash: &Clash) -> bool {
    clash.quotas.iter().all(|&(out, _)| {
        let keep = |q: usize| q != out && clash.quotas.iter().any(|k| k.0 == q);
        !case.panels_under(keep, clash.household_rule).is_empty()
    })
}
