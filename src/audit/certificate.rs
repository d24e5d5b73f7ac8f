//! Whether a certificate proves what it says: additions and comparisons of integers, no solver.

use super::bound::{Ledger, Standing};
use super::counting;
use super::kind::Kind;
use super::levels::{later, lowest};
use super::objective;
use super::report::{Claim, Finding, Held, Verdict};
use super::rounding::{rounding, target};
use crate::certificate::{Certificate, Measure, Proof};
use crate::group::Group;
use crate::instance::Instance;
use crate::lottery::{Check, Form, Record, expected_seats, tickets};

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
    let unknown = unknown(certificate, record, instance);
    let is_known = unknown.is_none();
    let seats = if let Some(seats) = unknown {
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
        .and_then(|held| on_the_list((held, is_known), record, (instance, &ledger)));
    let ground = excluded.as_ref().map(|held| matches!(held, Held::Yes(_)));
    let ground = ground.map_err(|_| AFTER_EXCLUSIONS);
    findings.push(Finding::of(Claim::Exclusions, excluded));
    let is_checked = ground?;
    let first = findings.len();
    let outcome = claimed(certificate, &mut ledger, findings);
    if !is_checked {
        findings
            .iter_mut()
            .skip(first)
            .for_each(rests_on_exclusions);
    }
    outcome
}

/// Without the people left out by a search that cannot be repeated, a better lottery might exist.
fn rests_on_exclusions(finding: &mut Finding) {
    if finding.verdict == Verdict::Checked {
        let detail = std::mem::take(&mut finding.detail);
        let reason = format!("{detail}, given the exclusions that are not checked");
        finding.verdict = Verdict::NotChecked(reason);
    }
}

/// What the rule claims, once it is known who is left out.
fn claimed(
    certificate: &Certificate,
    ledger: &mut Ledger<'_>,
    findings: &mut Vec<Finding>,
) -> Result<(), &'static str> {
    let kind = Kind::of(&certificate.rule).ok_or("the rule is not known")?;
    let mut given = "";
    if kind.has_number() {
        let number = objective::examine(certificate, ledger);
        let rejected = number.is_err();
        findings.push(Finding::of(Claim::Objective, number));
        if rejected {
            return Err("the proof of the rule's number was rejected");
        }
        ledger.cap_at_highest();
        given = ", among lotteries that give nobody within 10^-9 of the highest chance more than they have";
    }
    if kind.has_levels() {
        let first = lowest(certificate, ledger, given);
        let is_searched = matches!(first, Ok(Held::Open(_)));
        let rejected = first.is_err();
        findings.push(Finding::of(Claim::LowestChance, first));
        if rejected {
            return Err("the first level was rejected");
        }
        if kind.has_all_levels() {
            let others = match later(certificate, ledger, given) {
                Ok(Held::Yes(text)) if is_searched => Held::open(format!(
                    "{text}, given that those at the first level could have no more, which rests on its search"
                )),
                others => others,
            };
            findings.push(Finding::of(Claim::LaterLevels, others));
        }
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
    let count = |of: Standing, has: fn(u64) -> bool| -> u64 {
        let roles = ledger.roles();
        let roles = roles.filter(|(_, standing, (seats, _))| *standing == of && has(*seats));
        roles.map(|(.., (_, people))| people).sum()
    };
    let people = count(Standing::Excluded, |_| true);
    let without = count(Standing::Free, |seats| seats == 0);
    match (people, searched) {
        (0, _) if without == 1 => Held::yes(
            "nobody is excluded; 1 person could sit on a panel and has no chance, as the rule allows",
        ),
        (0, _) if without > 0 => Held::yes(format!(
            "nobody is excluded; {without} people could sit on a panel and have no chance, as the rule allows"
        )),
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

/// In a panel list nobody excluded sits anywhere, and somebody else may sit nowhere. When the chances are not known, a
/// role that sits on no panel may be one that fits none.
fn on_the_list(
    (held, is_known): (Held, bool),
    record: &Record,
    (instance, ledger): (&Instance, &Ledger<'_>),
) -> Check<Held> {
    if !is_list(record) {
        return Ok(held);
    }
    let seats = expected_seats(record, instance)?;
    let tickets = tickets(record, instance)?;
    let (mut without, mut never, mut excluded) = (0_usize, 0_usize, false);
    for ((group, role), standing, _) in ledger.roles() {
        let sits = seats[group as usize][role as usize] > 0;
        if standing == Standing::Excluded {
            if sits {
                return Err(format!(
                    "group {group} role {role} is excluded and sits on a panel"
                ));
            }
            excluded = true;
            continue;
        }
        let units = instance.groups()[group as usize].units();
        let people = units.iter().flat_map(|unit| &unit[role as usize]);
        let found = people.filter(|&&person| tickets[person as usize] == 0);
        let found = found.count();
        without += found;
        never += if sits { 0 } else { found };
    }
    if without == 0 {
        return Ok(held);
    }
    let with = |text: String| {
        let text = if excluded {
            &text
        } else {
            "nobody is excluded"
        };
        format!("{text}; {without} more on none of the listed panels")
    };
    match held {
        Held::Yes(text) | Held::Open(text) if never > 0 && !is_known => Held::open(format!(
            "{}, and whether all of them fit a panel is not known",
            with(text)
        )),
        Held::Yes(text) => Held::yes(with(text)),
        Held::Open(text) => Held::open(with(text)),
    }
}
