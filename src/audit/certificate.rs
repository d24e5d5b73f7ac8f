//! Whether a certificate proves what it says: additions and comparisons of integers, no solver.

use super::bound::{Ledger, LevelBound, PerRole, Standing, TOLERANCE};
use super::report::{Claim, Finding, Held};
use super::rounding::{fraction, rounding, target};
use crate::certificate::{Certificate, Level, Proof};
use crate::instance::Instance;
use crate::lottery::{Check, DENOMINATOR, Form, Record, expected_seats};

const LEXIMIN: &str = "leximin";
const AFTER_EXCLUSIONS: &str = "the exclusions were rejected";

/// All claims of a certificate about a lottery that has (or has not) been found sound.
pub(super) fn examine(
    certificate: &Certificate,
    record: &Record,
    instance: &Instance,
    sound: bool,
) -> Vec<Finding> {
    if certificate.rule == Certificate::IMPORTED {
        return vec![Finding::of(Claim::LowestChance, imported(certificate))];
    }
    let mut claims = Vec::new();
    claims.extend(is_list(record).then_some(Claim::Rounding));
    claims.extend([Claim::Exclusions, Claim::LowestChance]);
    claims.extend((certificate.rule == LEXIMIN).then_some(Claim::LaterLevels));
    let mut findings = Vec::new();
    let stopped = match sound {
        true => steps(certificate, record, instance, &mut findings).err(),
        false => Some("the lottery itself was rejected"),
    };
    let left = claims.into_iter().skip(findings.len());
    findings.extend(left.map(|claim| Finding::of(claim, Held::open(stopped.unwrap_or_default()))));
    findings
}

/// Checks claim after claim; an error says why the claims left cannot be checked.
fn steps(
    certificate: &Certificate,
    record: &Record,
    instance: &Instance,
    findings: &mut Vec<Finding>,
) -> Result<(), &'static str> {
    let seats = if is_list(record) {
        let target = target(certificate, instance);
        let measured = target
            .clone()
            .and_then(|seats| rounding(record, instance, &seats, certificate));
        findings.push(Finding::of(Claim::Rounding, measured));
        target.map_err(|_| "the chances before rounding were rejected")?
    } else {
        own(certificate, record, instance).map_err(|step| {
            findings.push(Finding::of(Claim::Exclusions, Err(step)));
            AFTER_EXCLUSIONS
        })?
    };
    let mut ledger = Ledger::new(instance, seats);
    let excluded = exclusions(certificate, &mut ledger)
        .and_then(|held| unlisted(record, instance, &ledger).map(|()| held));
    let given = match &excluded {
        Err(_) => Err(AFTER_EXCLUSIONS),
        Ok(Held::Yes(_)) => Ok(""),
        Ok(Held::Open(_)) => Ok(", given the exclusions that are not checked"),
    };
    findings.push(Finding::of(Claim::Exclusions, excluded));
    let given = given?;
    let first = lowest(certificate, &mut ledger, given);
    let rejected = first.is_err();
    findings.push(Finding::of(Claim::LowestChance, first));
    if rejected {
        return Err("the first level was rejected");
    }
    if certificate.rule == LEXIMIN {
        let others = later(certificate, &mut ledger, given);
        findings.push(Finding::of(Claim::LaterLevels, others));
    }
    Ok(())
}

fn is_list(record: &Record) -> bool {
    matches!(record.form(), Form::Panels { .. })
}

/// Expected seats of a lottery over compositions.
fn own(certificate: &Certificate, record: &Record, instance: &Instance) -> Check<Vec<Vec<u64>>> {
    if certificate.target.is_some() {
        return Err("compositions are not rounded, yet chances before rounding are stated".into());
    }
    if certificate.rounding.is_some() {
        return Err("compositions are not rounded, yet a rounding is stated".into());
    }
    expected_seats(record, instance)
}

/// A lottery made elsewhere brings no proof.
fn imported(certificate: &Certificate) -> Check<Held> {
    if *certificate != Certificate::imported() {
        return Err("the lottery was made elsewhere, yet proofs are given".into());
    }
    Held::open("the lottery was made elsewhere: nothing is claimed about its fairness")
}

/// Each exclusion is proved; whoever has no chance is excluded and nobody else.
fn exclusions(certificate: &Certificate, ledger: &mut Ledger<'_>) -> Check<Held> {
    let listed = &certificate.excluded;
    let mut searched = 0;
    for exclusion in listed {
        let at = (exclusion.group, exclusion.role);
        let named = |why: String| format!("group {} role {}: {why}", at.0, at.1);
        match ledger.standing(at.0, at.1) {
            Some(Standing::Free) => {}
            Some(_) => return Err(named("it stands twice".into())),
            None => return Err(named("there is no such role".into())),
        }
        match &exclusion.proof {
            Proof::Bound(bound) => ledger.exclusion(bound, at).map_err(named)?,
            Proof::Search { .. } => searched += 1,
            Proof::Certain => return Err(named("no proof is given".into())),
        }
        ledger.set(at, Standing::Excluded);
    }
    for ((group, role), standing, (seats, _)) in ledger.roles() {
        match (standing, seats) {
            (Standing::Excluded, 1..) => {
                return Err(format!(
                    "group {group} role {role} is excluded and has a chance"
                ));
            }
            (Standing::Free, 0) => {
                return Err(format!(
                    "group {group} role {role} has no chance and is not excluded"
                ));
            }
            _ => {}
        }
    }
    let people: u64 = ledger
        .roles()
        .filter(|(_, standing, _)| *standing == Standing::Excluded)
        .map(|(.., c)| c.1)
        .sum();
    match (people, searched) {
        (0, _) => Held::yes("everybody has a chance"),
        (1, 0) => Held::yes("1 person can be in no panel"),
        (_, 0) => Held::yes(format!("{people} people can be in no panel")),
        _ => Held::open(format!(
            "{people} people are said to be in no panel; {searched} of {} proofs are finished searches, which the \
             certificate cannot repeat",
            listed.len()
        )),
    }
}

/// In a panel list nobody excluded sits anywhere.
fn unlisted(record: &Record, instance: &Instance, ledger: &Ledger<'_>) -> Check {
    if let Form::Panels { .. } = record.form() {
        let seats = expected_seats(record, instance)?;
        for ((group, role), standing, _) in ledger.roles() {
            if standing == Standing::Excluded && seats[group as usize][role as usize] > 0 {
                return Err(format!(
                    "group {group} role {role} is excluded and sits on a panel"
                ));
            }
        }
    }
    Ok(())
}

fn lowest(certificate: &Certificate, ledger: &mut Ledger<'_>, given: &str) -> Check<Held> {
    let levels = &certificate.levels;
    if certificate.rule == "maximin" && levels.len() != 1 {
        return Err(format!("maximin has one level, not {}", levels.len()));
    }
    let first = levels.first().ok_or("no level is stated")?;
    match level(first, ledger)? {
        Some(nodes) => Held::open(format!(
            "{} is the lowest chance; that none is higher rests on a finished search of {nodes} nodes",
            fraction(first.value)
        )),
        None => Held::yes(format!(
            "{}; no lottery exceeds {}, the gap is at most 10^-9{given}",
            fraction(first.value),
            fraction(first.bound)
        )),
    }
}

fn later(certificate: &Certificate, ledger: &mut Ledger<'_>, given: &str) -> Check<Held> {
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
        Some((w, _)) if weight(w) == 0 => {
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
        Proof::Search { .. } | Proof::Certain => {
            if matches!(level.proof, Proof::Certain) && level.bound != DENOMINATOR {
                return Err(format!("the bound is {DENOMINATOR}, not {}", level.bound));
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
