//! Whether a certificate proves what it says: additions and comparisons of integers, no solver.

use super::bound::{Ledger, LevelBound, PerRole, Standing, TOLERANCE};
use super::counting;
use super::kind::Kind;
use super::objective;
use super::report::{Claim, Finding, Held};
use super::rounding::{fraction, rounding, target};
use crate::certificate::{Certificate, Level, Measure, Proof};
use crate::group::Group;
use crate::instance::Instance;
use crate::lottery::{Check, DENOMINATOR, Form, Record, expected_seats};

const AFTER_EXCLUSIONS: &str = "the exclusions were rejected";

/// All claims of a certificate about a lottery, on the ground that the lottery is sound and the rule is known.
pub(super) fn examine(
    certificate: &Certificate,
    record: &Record,
    instance: &Instance,
    ground: Result<(), &'static str>,
) -> Vec<Finding> {
    if certificate.rule == Certificate::IMPORTED {
        let held = match ground {
            Ok(()) => imported(certificate),
            Err(why) => Held::open(why),
        };
        return vec![Finding::of(Claim::LowestChance, held)];
    }
    let mut claims = Vec::new();
    claims.extend(is_list(record).then_some(Claim::Rounding));
    claims.push(Claim::Exclusions);
    if let Some(kind) = Kind::of(&certificate.rule) {
        claims.extend(kind.has_number().then_some(Claim::Objective));
        claims.extend(kind.has_levels().then_some(Claim::LowestChance));
        claims.extend(kind.has_all_levels().then_some(Claim::LaterLevels));
    }
    let mut findings = Vec::new();
    let stopped = ground
        .and_then(|()| steps(certificate, record, instance, &mut findings))
        .err();
    let left = claims.into_iter().skip(findings.len());
    findings.extend(left.map(|claim| Finding::of(claim, Held::open(stopped.unwrap_or_default()))));
    if Kind::of(&certificate.rule).is_some_and(Kind::is_over_all_panels) {
        let held = match ground {
            Ok(()) => counting::check(certificate, record, instance),
            Err(why) => Held::open(why),
        };
        findings.push(Finding::of(Claim::Counting, held));
    }
    findings
}

/// Checks claim after claim; an error says why the claims left cannot be checked.
fn steps(
    certificate: &Certificate,
    record: &Record,
    instance: &Instance,
    findings: &mut Vec<Finding>,
) -> Result<(), &'static str> {
    let seats = if let Some(seats) = unknown(certificate, record, instance) {
        let unknown = Held::open("the chances before sampling are not known");
        findings.push(Finding::of(Claim::Rounding, unknown));
        seats
    } else if is_list(record) {
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
    claimed(certificate, &mut ledger, (given?, findings))
}

/// What the rule claims, once it is known who is left out.
fn claimed(
    certificate: &Certificate,
    ledger: &mut Ledger<'_>,
    (given, findings): (&'static str, &mut Vec<Finding>),
) -> Result<(), &'static str> {
    let kind = Kind::of(&certificate.rule).ok_or("the rule is not known")?;
    let mut given = given.to_owned();
    if kind.has_number() {
        let number = objective::examine(certificate, ledger, &given);
        let rejected = number.is_err();
        findings.push(Finding::of(Claim::Objective, number));
        if rejected {
            return Err("the proof of the rule's number was rejected");
        }
        ledger.cap_at_highest();
        given.push_str(", among lotteries that give nobody at the highest chance more");
    }
    if kind.has_levels() {
        let first = lowest(certificate, ledger, &given);
        let rejected = first.is_err();
        findings.push(Finding::of(Claim::LowestChance, first));
        if rejected {
            return Err("the first level was rejected");
        }
    }
    if kind.has_all_levels() {
        let others = later(certificate, ledger, &given);
        findings.push(Finding::of(Claim::LaterLevels, others));
    }
    Ok(())
}

/// Panels sampled uniformly without a count: the chances are not known, only who has none.
fn unknown(
    certificate: &Certificate,
    record: &Record,
    instance: &Instance,
) -> Option<Vec<Vec<u64>>> {
    let uncounted = certificate
        .counted
        .as_ref()
        .is_some_and(|c| c.panels.is_none());
    if !is_list(record)
        || Kind::of(&certificate.rule) != Some(Kind::Uniform)
        || !uncounted
        || certificate.target.is_some()
    {
        return None;
    }
    let excluded = |group: u32, role: u32| {
        let mut listed = certificate.excluded.iter();
        listed.any(|e| (e.group, e.role) == (group, role))
    };
    let roles = |(group, found): (u32, &Group)| {
        let roles = 0..found.profiles().len() as u32;
        roles
            .map(|role| u64::from(!excluded(group, role)))
            .collect()
    };
    Some((0..).zip(instance.groups()).map(roles).collect())
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
            Proof::Certain | Proof::Ceiling => return Err(named("no proof is given".into())),
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
            (Standing::Free, 0) if !may_leave_out(certificate) => {
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

/// Some numbers are best when somebody who could sit on a panel has no chance.
fn may_leave_out(certificate: &Certificate) -> bool {
    let measure = certificate.objective.as_ref().map(|o| o.measure);
    matches!(measure, Some(Measure::Highest | Measure::Squares))
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
