//! The certificate, recomputed in big integers from its description alone.

use std::collections::BTreeMap;

use kleroterion::certificate::{Level, Proof};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

use super::bound::{Ground, Place, Worked};
use super::{DENOMINATOR, TOLERANCE, Verdict, ensure, rational, show};
use crate::case::{Case, Panel};
use crate::outcome::Lottery;

/// What was fixed before, and the chance its people have.
type Before = BTreeMap<Place, BigRational>;

/// Recomputes everything the certificate claims about the lottery; bounds are tried on every panel given.
pub(crate) fn check_certificate(
    case: &Case,
    lottery: &Lottery,
    rule: &str,
    panels: &[Panel],
) -> Verdict {
    let certificate = &lottery.certificate;
    ensure(certificate.rule == rule, || {
        format!("certificate of {}, asked for {rule}", certificate.rule)
    })?;
    ensure(certificate.target.is_none(), || {
        "a target without a panel list".into()
    })?;
    let mut ground = Ground::new(case, &lottery.groups, panels);
    exclusions(&mut ground, lottery)?;
    let mut before: Before = BTreeMap::new();
    for (at, level) in certificate.levels.iter().enumerate() {
        self::level(&ground, lottery, level, &before)
            .map_err(|message| format!("level {at}: {message}"))?;
        for &place in &level.fixed {
            before.insert(place, lottery.chances[ground.person(place)?].clone());
        }
    }
    // Levels of one exact value may differ by the rounding of weights.
    ensure(
        certificate
            .levels
            .is_sorted_by(|a, b| a.value <= b.value + TOLERANCE),
        || "levels not ascending".into(),
    )?;
    if rule == "maximin" {
        return ensure(certificate.levels.len() == 1, || {
            "maximin is certified for one level".into()
        });
    }
    let open = ground
        .places
        .iter()
        .find(|place| !ground.excluded.contains(place) && !before.contains_key(place));
    ensure(open.is_none(), || {
        format!("nobody says anything about {open:?}")
    })
}

/// Every exclusion in turn; those before it are left out of all sums.
fn exclusions(ground: &mut Ground<'_>, lottery: &Lottery) -> Verdict {
    for exclusion in &lottery.certificate.excluded {
        let place = (exclusion.group, exclusion.role);
        excluded(ground, place, &exclusion.proof)?;
        ensure(ground.excluded.insert(place), || {
            format!("{place:?} is excluded twice")
        })?;
    }
    Ok(())
}

fn excluded(ground: &Ground<'_>, place: Place, proof: &Proof) -> Verdict {
    let person = ground.person(place)?;
    match proof {
        Proof::Bound(bound) => {
            let worked = ground.work(bound, true)?;
            ensure(worked.most() < worked.weights[person], || {
                format!(
                    "role {place:?}: U = {} is not below Y = {}",
                    worked.most(),
                    worked.weights[person]
                )
            })
        }
        Proof::Search { .. } => Ok(()),
        other => Err(format!("role {place:?}: {other:?} excludes nobody")),
    }
}

fn level(ground: &Ground<'_>, lottery: &Lottery, level: &Level, before: &Before) -> Verdict {
    ensure(
        !level.fixed.is_empty() && level.fixed.is_sorted_by(|a, b| a < b),
        || "fixed roles none or not ascending".into(),
    )?;
    let known = |place: &Place| {
        ground.places.contains(place)
            && !ground.excluded.contains(place)
            && !before.contains_key(place)
    };
    ensure(level.fixed.iter().all(known), || {
        "fixes a role that is unknown, in no panel, or fixed before".into()
    })?;
    let open = ground
        .places
        .iter()
        .zip(&lottery.chances)
        .filter(|(place, _)| known(place));
    let lowest = open
        .map(|(_, chance)| chance)
        .min()
        .expect("somebody is fixed");
    let value = (lowest * BigInt::from(DENOMINATOR)).floor().to_integer();
    ensure(value == level.value.into(), || {
        format!(
            "value {}, the lowest chance is {}",
            level.value,
            show(lowest)
        )
    })?;
    let fixed: Vec<usize> = level
        .fixed
        .iter()
        .map(|&place| ground.person(place))
        .collect::<Result<_, _>>()?;
    let high = rational(level.value + TOLERANCE);
    let higher = fixed.iter().find(|&&person| lottery.chances[person] > high);
    ensure(higher.is_none(), || {
        format!("fixes person {higher:?}, who has more than {}", level.value)
    })?;
    ensure(level.bound >= level.value, || {
        format!("bound {} below value {}", level.bound, level.value)
    })?;
    let gap = level.bound - level.value;
    ensure(gap <= TOLERANCE, || {
        format!(
            "bound {} is not within 1e-9 of value {}",
            level.bound, level.value
        )
    })?;
    level_proof(ground, level, before, &fixed)
}

fn level_proof(ground: &Ground<'_>, level: &Level, before: &Before, fixed: &[usize]) -> Verdict {
    match &level.proof {
        Proof::Bound(bound) => {
            let worked = ground.work(bound, true)?;
            let weighty = fixed
                .iter()
                .all(|&person| worked.weights[person].is_positive());
            ensure(weighty, || "fixes somebody without weight".into())?;
            let highest = highest(ground, &worked, before)?;
            ensure(highest == level.bound.into(), || {
                format!("bound {}, recomputed {highest}", level.bound)
            })
        }
        Proof::Certain => ensure(level.bound == DENOMINATOR, || {
            format!("certain, but bound {}", level.bound)
        }),
        Proof::Search { .. } => Ok(()),
        other => Err(format!("unknown proof {other:?}")),
    }
}

/// What no lottery exceeds that gives those fixed before what this one gives them, over 10^12, rounded up.
fn highest(ground: &Ground<'_>, worked: &Worked, before: &Before) -> Result<BigInt, String> {
    let mut kept = BigRational::zero();
    let mut others = BigInt::zero();
    for (place, weight) in ground.places.iter().zip(&worked.weights) {
        match before.get(place) {
            Some(chance) => kept += chance * weight,
            None => others += weight,
        }
    }
    ensure(others.is_positive(), || {
        "no weight on anybody who is not fixed".into()
    })?;
    let most = BigRational::from_integer(worked.most()) - kept;
    Ok((most * BigInt::from(DENOMINATOR) / others)
        .ceil()
        .to_integer())
}
