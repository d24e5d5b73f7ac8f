//! Whether the levels of a certificate hold: what no lottery exceeds, level by level.

use super::bound::{Ledger, LevelBound, PerRole, Standing, TOLERANCE};
use super::report::Held;
use super::rounding::fraction;
use crate::certificate::{Certificate, Level, Proof};
use crate::lottery::{Check, DENOMINATOR};

/// The first level.
pub(super) fn lowest(
    certificate: &Certificate,
    ledger: &mut Ledger<'_>,
    given: &str,
) -> Check<Held> {
    let levels = &certificate.levels;
    if certificate.rule == "maximin" && levels.len() != 1 {
        return Err(format!("maximin has one level, not {}", levels.len()));
    }
    let first = levels.first().ok_or("no level is stated")?;
    let before = match certificate.target {
        None => "",
        Some(_) => " before rounding",
    };
    match level(first, ledger)? {
        Some(nodes) => Held::open(format!(
            "{} is the lowest chance{before}; that none is higher rests on a finished search of {nodes} nodes",
            fraction(first.value)
        )),
        None => Held::yes(format!(
            "{}{before}; no lottery exceeds {}, the gap is at most 10^-9{given}",
            fraction(first.value),
            fraction(first.bound)
        )),
    }
}

/// The levels after the first, which must cover everybody.
pub(super) fn later(
    certificate: &Certificate,
    ledger: &mut Ledger<'_>,
    given: &str,
) -> Check<Held> {
    let mut searched = Vec::new();
    for (number, stated) in (1..).zip(&certificate.levels).skip(1) {
        if level(stated, ledger)
            .map_err(|why| format!("level {number}: {why}"))?
            .is_some()
        {
            searched.push(number.to_string());
        }
    }
    if let Some(((group, role), ..)) = ledger
        .roles()
        .find(|(_, standing, _)| *standing == Standing::Free)
    {
        return Err(format!("group {group} role {role} is at no level"));
    }
    let last = certificate.levels.len();
    if searched.is_empty() {
        return Held::yes(match last {
            1 => format!("none: everybody is at the first level{given}"),
            2 => format!("level 2 is within 10^-9 of what no lottery exceeds{given}"),
            _ => format!("levels 2 to {last} are within 10^-9 of what no lottery exceeds{given}"),
        });
    }
    let (all, which) = (
        searched.join(", "),
        if searched.len() == 1 {
            "level"
        } else {
            "levels"
        },
    );
    Held::open(format!(
        "{which} {all} of {last} rest on a finished search, which the certificate cannot repeat; the others hold{given}"
    ))
}

/// Checks that a role may be fixed at a level of this lowest chance, by the weights of the bound if there is one.
fn fixed_role(
    (group, role): (u32, u32),
    ledger: &Ledger<'_>,
    (lowest, weights): ((u64, u64), Option<&(PerRole, LevelBound)>),
) -> Check {
    if ledger.standing(group, role) != Some(Standing::Free) {
        return Err(format!("group {group} role {role} cannot be fixed here"));
    }
    if !ledger.at_most((group, role), lowest) {
        return Err(format!(
            "group {group} role {role} has a higher chance than the level"
        ));
    }
    let weight = |w: &PerRole| w[group as usize][role as usize];
    match weights {
        Some((w, _)) if weight(w) <= 0 => {
            return Err(format!(
                "group {group} role {role} has no weight in the bound"
            ));
        }
        Some((w, proved)) if !proved.holds_down(weight(w)) => {
            return Err(format!(
                "group {group} role {role} has too little weight in the bound: it could have a higher chance"
            ));
        }
        _ => {}
    }
    Ok(())
}

/// Checks one level and fixes its roles; gives the nodes when it rests on a search.
fn level(level: &Level, ledger: &mut Ledger<'_>) -> Check<Option<u64>> {
    let lowest = ledger.lowest().ok_or("no role is left for it")?;
    let value = lowest.0 / lowest.1;
    if level.value != value {
        return Err(format!("the value is {value}, not {}", level.value));
    }
    if level.fixed.is_empty() || !level.fixed.windows(2).all(|w| w[0] < w[1]) {
        return Err("the roles are not in ascending order".into());
    }
    let weights = match &level.proof {
        Proof::Bound(bound) => {
            let weights = ledger.weights(bound)?;
            let proved = ledger.level(bound, &weights)?;
            if proved.bound != level.bound {
                return Err(format!(
                    "the bound is {}, not {}",
                    proved.bound, level.bound
                ));
            }
            if !proved.tight {
                return Err("the value is more than 10^-9 below the bound".into());
            }
            Some((weights, proved))
        }
        Proof::Search { .. } | Proof::Certain | Proof::Ceiling => {
            let most = match level.proof {
                Proof::Certain => Some(DENOMINATOR),
                Proof::Ceiling => Some(ledger.cap().ok_or("the rule has no ceiling")?),
                _ => None,
            };
            if let Some(most) = most.filter(|most| *most != level.bound) {
                return Err(format!("the bound is {most}, not {}", level.bound));
            }
            if i128::from(level.bound).abs_diff(value.into()) > TOLERANCE.unsigned_abs() {
                return Err("the value is more than 10^-9 away from the bound".into());
            }
            None
        }
    };
    for &role in &level.fixed {
        fixed_role(role, ledger, (lowest, weights.as_ref()))?;
    }
    level
        .fixed
        .iter()
        .for_each(|&role| ledger.set(role, Standing::Fixed));
    Ok(match level.proof {
        Proof::Search { nodes } => Some(nodes),
        _ => None,
    })
}
