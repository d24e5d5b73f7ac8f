//! Whether the draw follows from commitment and sources.

use super::belonging;
use super::commitment::same;
use super::report::{Claim, Finding, Held};
use super::sources;
use crate::instance::Instance;
use crate::lottery::{Check, Given, Order, Outcome, Transcript, outcome};

/// All claims about the draw, of a lottery that has (or has not) been found sound.
pub(super) fn examine(transcript: &Transcript, instance: &Instance, sound: bool) -> Vec<Finding> {
    let commit = &transcript.commit;
    let mut findings = sources::examine(
        &commit.promises(),
        commit.sources.as_deref(),
        &transcript.sources,
    );
    let texts: Vec<&str> = transcript.sources.iter().map(String::as_str).collect();
    let given = Given::of(commit, &texts);
    findings.push(Finding::of(
        Claim::Seed,
        match &given {
            Ok(given) => same(&transcript.draw.seed, Ok(&given.seed)),
            Err(error) => Err(error.to_string()),
        },
    ));
    let replayed = match (given, sound) {
        (Ok(given), true) => outcome(&transcript.lottery, instance, &given),
        _ => Err(String::new()),
    };
    findings.extend(drawn(transcript, instance, replayed));
    findings.push(Finding::of(
        Claim::Order,
        order(transcript.order, &transcript.commitment),
    ));
    findings.extend(belonging::examine(
        commit.registration.as_deref(),
        commit.predecessor.as_ref(),
        commit.software.as_ref(),
    ));
    findings
}

/// Ticket, panel and alternates.
fn drawn(transcript: &Transcript, instance: &Instance, replayed: Check<Outcome>) -> Vec<Finding> {
    let claims = [Claim::Ticket, Claim::Panel, Claim::Alternates];
    let Ok(outcome) = replayed else {
        let why = || Held::open("the lottery itself was rejected");
        return claims.map(|claim| Finding::of(claim, why())).into();
    };
    let draw = &transcript.draw;
    let ticket = if draw.ticket == outcome.ticket {
        Held::yes(format!(
            "{} of {}",
            draw.ticket,
            transcript.lottery.denominator()
        ))
    } else {
        Err(format!("stated {}, drawn {}", draw.ticket, outcome.ticket))
    };
    vec![
        Finding::of(Claim::Ticket, ticket),
        Finding::of(Claim::Panel, ids(&draw.panel, &outcome.panel, instance)),
        Finding::of(
            Claim::Alternates,
            ids(&draw.alternates, &outcome.alternates, instance),
        ),
    ]
}

pub(super) fn ids(stated: &[String], drawn: &[u32], instance: &Instance) -> Check<Held> {
    if stated.len() != drawn.len() {
        return Err(format!(
            "{} people are stated, {} were drawn",
            stated.len(),
            drawn.len()
        ));
    }
    let expected = drawn.iter().map(|&person| instance.person(person).id());
    match (1..)
        .zip(stated.iter().zip(expected))
        .find(|(_, (stated, expected))| stated != expected)
    {
        None => Held::yes(format!("{} people", drawn.len())),
        Some((at, (stated, expected))) => {
            Err(format!("number {at} is {stated:?}, drawn {expected:?}"))
        }
    }
}

pub(super) fn order(order: Order, commitment: &str) -> Check<Held> {
    Held::open(match order {
        Order::Unproven => {
            "lottery and draw were made in one run: nothing shows that the lottery was fixed before the sources were known"
                .to_owned()
        }
        Order::CommittedFirst => format!(
            "said to be committed first; see where and when {commitment:?} was published before the sources were known"
        ),
    })
}
