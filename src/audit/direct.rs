//! Whether a direct draw follows from what was committed and from its sources.

use super::commitment::{self, same};
use super::report::{Claim, Finding, Held, Report};
use super::{accept, belonging, replay, sources};
use crate::error::Result;
use crate::instance::Instance;
use crate::lottery::{
    Check, DIRECT_SPEC, DIRECT_VERSION, DirectCommit, DirectLottery, DirectRule, DirectTranscript,
    Evenness, Intersections, NO_CERTIFICATE, Order, Seed, alternates, check, found, quota_order,
};
use crate::quota::Quota;

/// Checks every claim of a direct draw's transcript. Random, stratified and LEGACY draws are repeated; of Diversimax
/// everything is checked but how the panel was found. O(people · log people), LEGACY O(attempts · seats · roles).
#[must_use]
pub fn examine_direct(transcript: &DirectTranscript, instance: &Instance) -> Report {
    let commit = &transcript.commit;
    let mut findings = vec![
        Finding::of(Claim::Version, version(transcript)),
        Finding::of(
            Claim::Digest,
            same(&transcript.digest, transcript.own_digest()),
        ),
        Finding::of(
            Claim::Commitment,
            same(&transcript.commitment, commit.commitment()),
        ),
    ];
    findings.extend(terms(commit, instance));
    findings.extend(sources::examine(
        &commit.promises(),
        commit.sources.as_deref(),
        &transcript.sources,
    ));
    findings.extend(drawn(transcript, instance));
    findings.push(Finding::of(Claim::Fairness, fairness(transcript)));
    findings.push(Finding::of(
        Claim::Order,
        replay::order(transcript.order, &transcript.commitment),
    ));
    findings.extend(belonging::examine(
        commit.registration.as_deref(),
        commit.predecessor.as_ref(),
        commit.software.as_ref(),
    ));
    Report::new(findings)
}

/// [`examine_direct`], with an error when anything was rejected. What could not be checked is in the report.
///
/// # Errors
/// [`ErrorKind::Rejected`](crate::ErrorKind::Rejected) naming every claim that does not hold: one changed id is enough.
pub fn verify_direct(transcript: &DirectTranscript, instance: &Instance) -> Result<Report> {
    accept(examine_direct(transcript, instance))
}

/// Takes up a direct draw that was committed in an earlier run.
///
/// # Errors
/// [`ErrorKind::Rejected`](crate::ErrorKind::Rejected) naming everything in which the commitment does not belong to this
/// pool and these quotas.
pub fn reopen_direct(commit: DirectCommit, instance: &Instance) -> Result<DirectLottery> {
    let format = spec(&commit).and_then(|()| Held::yes(String::new()));
    let mut findings = vec![Finding::of(Claim::Version, format)];
    findings.extend(terms(&commit, instance));
    findings.extend(sources::rules(&commit.promises()));
    accept(Report::new(findings))?;
    DirectLottery::rebuild(instance.clone(), commit, Order::CommittedFirst)
}

fn spec(commit: &DirectCommit) -> Check {
    if commit.spec == DIRECT_SPEC {
        Ok(())
    } else {
        Err(format!(
            "the commitment has the format {:?}, known is {DIRECT_SPEC}",
            commit.spec
        ))
    }
}

fn version(transcript: &DirectTranscript) -> Check<Held> {
    if transcript.version != DIRECT_VERSION {
        return Err(format!(
            "the transcript has the format {:?}, known is {DIRECT_VERSION}",
            transcript.version
        ));
    }
    spec(&transcript.commit)?;
    Held::yes(DIRECT_VERSION)
}

/// The committed terms against the instance.
fn terms(commit: &DirectCommit, instance: &Instance) -> Vec<Finding> {
    let order = quota_order(instance, &commit.rule);
    let expected: Vec<Quota> = order
        .iter()
        .map(|&quota| instance.quotas()[quota as usize].clone())
        .collect();
    let mut findings = commitment::pool_findings(&commit.pool, instance);
    findings.extend([
        Finding::of(Claim::Size, commitment::size(commit.panel_size, instance)),
        Finding::of(Claim::Quotas, quotas(commit, &expected)),
        Finding::of(
            Claim::Columns,
            commitment::columns(&commit.columns, instance),
        ),
        Finding::of(Claim::Rule, rule(commit, instance)),
    ]);
    findings
}

fn quotas(commit: &DirectCommit, expected: &[Quota]) -> Check<Held> {
    commitment::quotas(&commit.quotas, expected).map_err(|why| match commit.rule {
        DirectRule::Legacy => format!("{why} (the rule legacy depends on the order of the quotas)"),
        _ => why,
    })
}

fn rule(commit: &DirectCommit, instance: &Instance) -> Check<Held> {
    let expected = commit.rule.commit(instance).map_err(|e| e.to_string())?;
    if *expected.rule() != commit.rule {
        return Err(format!(
            "{:?} is not how the rule is written, {:?} is",
            commit.rule.to_string(),
            expected.rule().to_string()
        ));
    }
    match (&commit.rule, commit.attempts) {
        (DirectRule::Legacy, Some(limit)) if (1..=DirectRule::MOST_ATTEMPTS).contains(&limit) => {
            Held::yes(format!("legacy, at most {limit} attempts"))
        }
        (DirectRule::Legacy, _) => Err(format!(
            "the commitment does not limit the attempts to 1 to {}",
            DirectRule::MOST_ATTEMPTS
        )),
        (_, Some(_)) => Err("only the rule legacy makes attempts".into()),
        (rule, None) => Held::yes(rule.to_string()),
    }
}

fn fairness(transcript: &DirectTranscript) -> Check<Held> {
    if transcript.certificate != NO_CERTIFICATE {
        return Err(format!(
            "a direct draw has {NO_CERTIFICATE:?}, stated is {:?}",
            transcript.certificate
        ));
    }
    Held::open(match transcript.commit.rule {
        DirectRule::Random | DirectRule::Stratified(_) => {
            "a direct draw has no certificate; everybody's chance is exact by the rule's construction, quotas are not part of it"
        }
        DirectRule::List(_) => {
            "a direct draw has no certificate; the method gives everybody the same chance as far as its sources were random, quotas are not part of it"
        }
        _ => "a direct draw has no certificate: nobody's chance is known",
    })
}

/// Seed, panel, what the rule reports, alternates.
fn drawn(transcript: &DirectTranscript, instance: &Instance) -> Vec<Finding> {
    let sources: Vec<&[u8]> = transcript.sources.iter().map(String::as_bytes).collect();
    let draw = &transcript.draw;
    let seed = transcript.commit.seed(&sources).map_err(|e| e.to_string());
    let stated = check::panel(&draw.panel, instance).and_then(|panel| {
        let ascending = panel.windows(2).all(|pair| pair[0] < pair[1]);
        ascending
            .then_some(panel)
            .ok_or_else(|| "the ids do not ascend".to_owned())
    });
    let mut findings = vec![
        Finding::of(
            Claim::Seed,
            match &seed {
                Ok(seed) => same(&draw.seed, Ok(seed)),
                Err(why) => Err(why.clone()),
            },
        ),
        Finding::of(
            Claim::Panels,
            stated
                .clone()
                .and_then(|panel| fit(&panel, &transcript.commit.rule, instance)),
        ),
    ];
    let repeated = match &seed {
        Ok(seed) => repeated(transcript, instance, seed),
        Err(why) => Repeated {
            panel: Err(why.clone()),
            attempts: None,
            others: Others::ByStream,
        },
    };
    findings.push(Finding::of(Claim::Panel, repeated.panel));
    let attempts = repeated.attempts;
    findings.extend(attempts.map(|outcome| Finding::of(Claim::Attempts, outcome)));
    if draw.evenness.is_some() || transcript.commit.rule == DirectRule::Diversimax {
        let outcome = stated.clone().and_then(|panel| {
            let own = transcript.commit.rule == DirectRule::Diversimax;
            evenness(draw.evenness.filter(|_| own), &panel, instance)
        });
        findings.push(Finding::of(Claim::Evenness, outcome));
    }
    let others = match repeated.others {
        Others::Listed(others) => replay::ids(&draw.alternates, &others, instance),
        Others::ByStream => seed
            .and_then(|seed| Ok(alternates(&stated?, instance, &seed)))
            .and_then(|others| replay::ids(&draw.alternates, &others, instance)),
        Others::Unknown => Held::open(NO_METHOD),
    };
    findings.push(Finding::of(Claim::Alternates, others));
    findings
}

/// What came of drawing again.
struct Repeated {
    panel: Check<Held>,
    attempts: Option<Check<Held>>,
    others: Others,
}

/// Where the order of the alternates comes from.
enum Others {
    ByStream,
    Listed(Vec<u32>),
    Unknown,
}

const NO_METHOD: &str =
    "this program was built without the method: use one built with the feature \"rfc3797\"";

/// The panel, for LEGACY the number of attempts, and for a list method the alternates, as seed and sources give them.
fn repeated(transcript: &DirectTranscript, instance: &Instance, seed: &Seed) -> Repeated {
    let draw = &transcript.draw;
    let attempts = |expected: Option<u32>| match (draw.attempts, expected) {
        (None, None) => None,
        (stated, expected) if stated == expected => {
            let limit = transcript.commit.attempts.unwrap_or_default();
            Some(Held::yes(format!(
                "the panel came at attempt {} of at most {limit}",
                stated.unwrap_or_default()
            )))
        }
        (Some(stated), Some(expected)) => Some(Err(format!("stated {stated}, made {expected}"))),
        _ => Some(Err(
            "attempts belong to the rule legacy and to no other".into()
        )),
    };
    // A rule that does not fit the instance was rejected already, and cannot be repeated.
    let texts: Vec<&str> = transcript.sources.iter().map(String::as_str).collect();
    let is_list = matches!(transcript.commit.rule, DirectRule::List(_));
    let (panel, made, others) = match found(&transcript.commit, instance, seed, &texts) {
        Ok(Some(found)) => (
            replay::ids(&draw.panel, &found.panel, instance),
            found.attempts,
            found.others.map_or(Others::ByStream, Others::Listed),
        ),
        Ok(None) if is_list => (Held::open(NO_METHOD), None, Others::Unknown),
        Ok(None) => (
            Held::open(
                "found by a search that is not repeated here: draw again from the same commit.json and sources, with the same version of the program",
            ),
            None,
            Others::ByStream,
        ),
        Err(error) => (Err(error.to_string()), None, Others::ByStream),
    };
    Repeated {
        panel,
        attempts: attempts(made),
        others,
    }
}

/// Size, household rule, and the quotas where the rule asks for them.
fn fit(panel: &[u32], rule: &DirectRule, instance: &Instance) -> Check<Held> {
    if panel.len() != instance.size() as usize {
        return Err(format!(
            "{} people for {} seats",
            panel.len(),
            instance.size()
        ));
    }
    check::household_rule(instance, panel)?;
    let seats = instance.people_per_quota(panel.iter().copied());
    let seats: Vec<u64> = seats.into_iter().map(u64::from).collect();
    if matches!(rule, DirectRule::Legacy | DirectRule::Diversimax) {
        check::meets(instance, &seats, panel.len() as u64)?;
        return Held::yes("met by the panel");
    }
    let quotas = instance.quotas().iter().zip(&seats).enumerate();
    let wished: Vec<bool> = quotas
        .filter(|(quota, _)| instance.given_position(*quota).is_some())
        .map(|(_, (q, seats))| (u64::from(q.min)..=q.max.into()).contains(seats))
        .collect();
    Held::yes(format!(
        "the rule asks for no quotas; the panel happens to meet {} of {}",
        wished.iter().filter(|met| **met).count(),
        wished.len()
    ))
}

fn evenness(stated: Option<Evenness>, panel: &[u32], instance: &Instance) -> Check<Held> {
    let Some(stated) = stated else {
        return Err("evenness belongs to the rule diversimax and to no other".into());
    };
    let found = Intersections::of(instance).of_panel(instance, panel);
    if stated != found {
        return Err(format!("stated {stated:?}, recomputed {found:?}"));
    }
    Held::yes(format!(
        "distance {} millionths of a seat over {} intersections; no panel has less than {}",
        found.distance, found.intersections, found.bound
    ))
}
