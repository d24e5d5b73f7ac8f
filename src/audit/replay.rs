//! Whether the draw follows from commitment and sources.

use super::commitment::same;
use super::report::{Claim, Finding, Held};
use crate::instance::Instance;
use crate::lottery::{Check, Entry, Order, Scalar, Seed, Transcript, outcome};

/// All claims about the draw, of a lottery that has (or has not) been found sound.
pub(super) fn examine(transcript: &Transcript, instance: &Instance, sound: bool) -> Vec<Finding> {
    let sources: Vec<&[u8]> = transcript.sources.iter().map(String::as_bytes).collect();
    let seed = Seed::derive(&transcript.commit, &sources);
    let mut findings = vec![
        Finding::of(
            Claim::Announcements,
            announcements(transcript.commit.sources.as_deref(), &transcript.sources),
        ),
        Finding::of(
            Claim::Seed,
            match &seed {
                Ok(seed) => same(&transcript.draw.seed, Ok(seed)),
                Err(error) => Err(error.to_string()),
            },
        ),
    ];
    let replayed = match (seed, sound) {
        (Ok(seed), true) => outcome(&transcript.lottery, instance, &seed),
        _ => Err(String::new()),
    };
    let claims = [Claim::Ticket, Claim::Panel, Claim::Alternates];
    let Ok(outcome) = replayed else {
        let why = || Held::open("the lottery itself was rejected");
        findings.extend(claims.map(|claim| Finding::of(claim, why())));
        findings.push(Finding::of(
            Claim::Order,
            order(transcript.order, &transcript.commitment),
        ));
        return findings;
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
    findings.push(Finding::of(Claim::Ticket, ticket));
    findings.push(Finding::of(
        Claim::Panel,
        ids(&draw.panel, &outcome.panel, instance),
    ));
    findings.push(Finding::of(
        Claim::Alternates,
        ids(&draw.alternates, &outcome.alternates, instance),
    ));
    findings.push(Finding::of(
        Claim::Order,
        order(transcript.order, &transcript.commitment),
    ));
    findings
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

pub(super) fn announcements(announced: Option<&[Entry]>, sources: &[String]) -> Check<Held> {
    let used = sources.len();
    if used == 0 || sources.iter().any(|text| text.trim().is_empty()) {
        return Err("a source is missing".into());
    }
    let Some(announced) = announced else {
        return Held::open(
            "nothing was announced: the commitment does not say what the sources would be",
        );
    };
    if announced.len() != used {
        return Err(format!(
            "{} sources were announced, {used} were used",
            announced.len()
        ));
    }
    let pairs = announced.iter().zip(sources);
    let pairs: Vec<String> = pairs
        .map(|(entry, source)| format!("{} -> {source:?}", described(entry)))
        .collect();
    Held::yes(format!(
        "as many as announced, judge for yourself: {}",
        pairs.join("; ")
    ))
}

/// An announcement in words.
fn described(entry: &Entry) -> String {
    if let (Some(Scalar::Text(text)), 2) = (entry.get("text"), entry.len()) {
        return format!("{text:?}");
    }
    let parts: Vec<String> = entry
        .iter()
        .map(|(key, value)| format!("{key} {value}"))
        .collect();
    parts.join(", ")
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
