//! Whether the sources are what was declared, and whether the declarations left anybody a choice.

use super::report::{Claim, Finding, Held};
use crate::error::Problem;
use crate::lottery::{
    Check, Declaration, Entry, Promises, Scalar, Taken, Value, broken_rules, loose_ends,
    signature_holds, taken,
};

/// All claims about the sources; `announced` is absent when nothing was.
pub(super) fn examine(
    promises: &Promises<'_>,
    announced: Option<&[Entry]>,
    texts: &[String],
) -> Vec<Finding> {
    let taken = taken(
        announced,
        Some(promises.fallback),
        texts.iter().map(String::as_str),
    );
    let mut findings = vec![Finding::of(
        Claim::Announcements,
        announcements(announced, texts, &taken),
    )];
    findings.extend(rules(promises));
    findings.extend(signatures(&taken).map(|outcome| Finding::of(Claim::Signatures, outcome)));
    findings.extend(stood_in(&taken).map(|outcome| Finding::of(Claim::Fallback, outcome)));
    findings
}

/// The claim about the terms, where there are any beyond words.
pub(super) fn rules(promises: &Promises<'_>) -> Option<Finding> {
    let has_rules = promises.has_rules();
    has_rules.then(|| Finding::of(Claim::SourceTerms, terms(promises)))
}

fn announcements(announced: Option<&[Entry]>, sources: &[String], taken: &[Taken]) -> Check<Held> {
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
    let (mut unknown, mut pairs) = (None, Vec::new());
    for (number, ((entry, text), taken)) in announced.iter().zip(sources).zip(taken).enumerate() {
        match taken {
            Taken::Misfit(expected) => {
                return Err(format!(
                    "source {number} is {text:?}, declared was {expected}"
                ));
            }
            Taken::Unknown => unknown = unknown.or(Some(number)),
            Taken::As { .. } | Taken::Undeclared => {}
        }
        pairs.push(format!("{} -> {text:?}", described(entry)));
    }
    if let Some(number) = unknown {
        return Held::open(format!(
            "source {number} was declared in a form that is not known here; judge for yourself: {}",
            pairs.join("; ")
        ));
    }
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
    if let Some(Declaration::Drand(round)) = Declaration::read(entry) {
        return format!("drand round {} at {}", round.number(), round.time());
    }
    let parts: Vec<String> = entry
        .iter()
        .map(|(key, value)| format!("{key} {value}"))
        .collect();
    parts.join(", ")
}

fn terms(promises: &Promises<'_>) -> Check<Held> {
    let broken = broken_rules(promises);
    if !broken.is_empty() {
        let step = |problem: &Problem| format!("{}, not {}", problem.found, problem.expected);
        let steps: Vec<String> = broken.iter().map(step).collect();
        return Err(steps.join("; "));
    }
    let open = loose_ends(promises);
    if !open.is_empty() {
        return Held::open(open.join("; "));
    }
    let fallbacks = match promises.fallback.len() {
        0 => "none has a fallback".to_owned(),
        1 => "one fallback".to_owned(),
        number => format!("{number} fallbacks"),
    };
    let when = match promises.published {
        None => "when the commitment was published is not stated",
        Some(_) => "every stated time is after the stated publication",
    };
    let labels = match promises.labels {
        None => String::new(),
        Some(texts) => format!(
            "; labels shuffled by {texts:?}: see that these were public before the lottery was"
        ),
    };
    Held::yes(format!(
        "the last source is out of everybody's hands; {when}; {fallbacks}{labels}"
    ))
}

/// The signatures of beacons whose key is in the commitment.
fn signatures(taken: &[Taken]) -> Option<Check<Held>> {
    let rounds: Vec<_> = taken
        .iter()
        .filter_map(|taken| match taken {
            Taken::As {
                declaration: Declaration::Drand(round),
                value: Value::Drand { signature, .. },
                ..
            } => Some((round, signature_holds(round, signature))),
            _ => None,
        })
        .collect();
    if rounds.is_empty() {
        return None;
    }
    if let Some((round, _)) = rounds.iter().find(|(_, holds)| *holds == Some(false)) {
        let number = round.number();
        return Some(Err(format!(
            "the network did not sign round {number} like this"
        )));
    }
    let numbers: Vec<String> = rounds.iter().map(|(r, _)| r.number().to_string()).collect();
    let numbers = numbers.join(", ");
    Some(
        if let Some((round, _)) = rounds.iter().find(|(r, _)| !r.is_of_known_network()) {
            Held::open(format!(
                "round {} is of the drand chain {}, which is not known here: find out who signs for it",
                round.number(),
                round.chain_hash()
            ))
        } else if rounds.iter().any(|(_, holds)| holds.is_none()) {
            Held::open(format!(
                "this program was built without the feature \"drand\"; compare round {numbers} with what the network publishes"
            ))
        } else {
            Held::yes(format!("signed by the network: round {numbers}"))
        },
    )
}

/// Which sources were missing.
fn stood_in(taken: &[Taken]) -> Option<Check<Held>> {
    let used: Vec<String> = taken
        .iter()
        .enumerate()
        .filter_map(|(number, taken)| match taken {
            Taken::As {
                fallback: Some(at), ..
            } => Some(format!("fallback {at} stands in for source {number}")),
            _ => None,
        })
        .collect();
    if used.is_empty() {
        return None;
    }
    Some(Held::open(format!(
        "{}: see whether what was announced was really missing at the deadline",
        used.join("; ")
    )))
}
