//! Checks that anyone can repeat: no solver, no randomness, integers only.
//!
//! [`verify`] takes a published [`Transcript`] and the [`Instance`] that its reader built from the pool and the quotas,
//! recomputes everything and says for each [`Claim`] whether it holds, does not hold, or could not be checked and why.
//! Nothing that made the lottery takes part. No transcript, however hostile, makes it panic.

mod belonging;
mod bound;
pub mod canonical;
mod certificate;
mod commitment;
mod counting;
mod direct;
mod infeasible;
mod kind;
mod levels;
mod objective;
mod openings;
mod prices;
mod reason;
mod receipt;
mod replacements;
mod replay;
mod report;
mod rounding;
mod sources;

pub use crate::lottery::{DirectTranscript, Transcript};
pub use belonging::{examine_chain, examine_registration};
pub use direct::{examine_direct, reopen_direct, verify_direct};
pub use infeasible::examine_infeasibility;
pub use openings::{examine_openings, examine_panel_openings, examine_spot_check};
pub use receipt::{Published, examine_receipt, examine_receipts, verify_receipt};
pub use replacements::{DrawnBy, examine_replacements, verify_replacements};
pub use report::{Claim, Finding, Report, Verdict};

pub(crate) use bound::{Ledger, Standing};
pub(crate) use kind::representation;
pub(crate) use objective::gap;
pub(crate) use prices::{Households, Most, feasibility_limit};
pub(crate) use reason::reason;

use crate::certificate::Certificate;
use crate::error::{ErrorKind, Result};
use crate::instance::Instance;
use crate::lottery::{
    Check, Commit, Form, Lottery, Order, Record, VERSION, check, expected_seats, probabilities,
};
use commitment::same;
use report::Held;

/// Checks every claim of a transcript. O(size of the transcript + people · log people + levels · groups).
#[must_use]
pub fn examine(transcript: &Transcript, instance: &Instance) -> Report {
    let (commit, record) = (&transcript.commit, &transcript.lottery);
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
    let (published, sound) = published((commit, record, &transcript.certificate), instance);
    findings.extend(published);
    findings.extend(replay::examine(transcript, instance, sound));
    Report::new(findings)
}

/// [`examine`], with an error when anything was rejected. What could not be checked is in the report.
///
/// # Errors
/// [`ErrorKind::Rejected`] naming every claim that does not hold: one changed weight is enough.
pub fn verify(transcript: &Transcript, instance: &Instance) -> Result<Report> {
    accept(examine(transcript, instance))
}

/// Takes up a lottery that was committed in an earlier run, after checking it as [`verify`] does.
///
/// # Errors
/// [`ErrorKind::Rejected`] naming every claim that does not hold: the files do not belong together, or not to this pool
/// and these quotas; or the commitment promises sources that leave somebody a choice.
pub fn reopen(
    commit: Commit,
    record: Record,
    certificate: Certificate,
    instance: &Instance,
) -> Result<Lottery> {
    let version = commitment::spec(&commit).and_then(|()| Held::yes(String::new()));
    let mut findings = vec![Finding::of(Claim::Version, version)];
    findings.extend(published((&commit, &record, &certificate), instance).0);
    findings.extend(sources::rules(&commit.promises()));
    accept(Report::new(findings))?;
    Lottery::rebuild(
        instance.clone(),
        record,
        certificate,
        (commit, Order::CommittedFirst),
    )
}

fn accept(report: Report) -> Result<Report> {
    if report.holds() {
        return Ok(report);
    }
    let step = |f: &Finding| match &f.verdict {
        Verdict::Rejected(step) => format!("{}: {step}", f.claim),
        _ => f.claim.to_string(),
    };
    let steps: Vec<String> = report.rejected().map(step).collect();
    Err(ErrorKind::Rejected(steps.join("\n")).into())
}

/// The claims about what is published before the draw; true when the lottery itself is sound.
fn published(
    (commit, record, certificate): (&Commit, &Record, &Certificate),
    instance: &Instance,
) -> (Vec<Finding>, bool) {
    let mut findings = commitment::terms(commit, instance);
    findings.extend(commitment::digests(commit, record, certificate));
    let parts = [
        (Claim::Groups, check::groups(record, instance)),
        (Claim::Panels, check::feasible(record, instance)),
        (Claim::Arrangement, check::order(record)),
        (Claim::Weights, check::weights(record)),
    ];
    let sound = parts.iter().all(|(_, outcome)| outcome.is_ok());
    for (claim, outcome) in parts {
        findings.push(Finding::of(
            claim,
            outcome.and_then(|()| Held::yes(described(claim, record, instance))),
        ));
    }
    let chances = if sound {
        chances(record, instance)
    } else {
        Held::open("the lottery itself was rejected")
    };
    findings.push(Finding::of(Claim::Chances, chances));
    let rule = commitment::rule(commit, certificate, instance);
    let ground = match (sound, rule.is_ok()) {
        (false, _) => Err("the lottery itself was rejected"),
        (true, false) => Err("the rule was rejected"),
        (true, true) => Ok(()),
    };
    findings.push(Finding::of(Claim::Rule, rule));
    findings.extend(certificate::examine(certificate, record, instance, ground));
    (findings, sound)
}

fn version(transcript: &Transcript) -> Check<Held> {
    if transcript.version != VERSION {
        return Err(format!(
            "the transcript has the format {:?}, known is {VERSION}",
            transcript.version
        ));
    }
    commitment::spec(&transcript.commit)?;
    Held::yes(VERSION)
}

/// What was found to hold, in a few words.
fn described(claim: Claim, record: &Record, instance: &Instance) -> String {
    let (what, groups) = match record.form() {
        Form::Compositions { groups, .. } => (
            "compositions",
            format!("{} groups of interchangeable people", groups.len()),
        ),
        Form::Panels { .. } => ("panels", "none: the lottery is a list of panels".to_owned()),
    };
    match claim {
        Claim::Groups => groups,
        Claim::Panels if instance.has_household_rule() => {
            format!("met by all {} {what}", record.len())
        }
        Claim::Panels => format!("met by all {} {what}; no household rule", record.len()),
        Claim::Weights => format!("sum to {}", record.denominator()),
        _ => String::new(),
    }
}

/// Everybody's chance; together they are the seats.
fn chances(record: &Record, instance: &Instance) -> Check<Held> {
    let chances = probabilities(record, instance)?;
    let (Some(lowest), Some(highest)) = (chances.iter().min(), chances.iter().max()) else {
        return Err("there is nobody".into());
    };
    let unit = u128::from(record.denominator());
    let seats: u128 = expected_seats(record, instance)?
        .iter()
        .flatten()
        .copied()
        .map(u128::from)
        .sum();
    if seats != unit * u128::from(instance.size()) {
        return Err(format!(
            "they sum to {seats}/{unit}, not to {} seats",
            instance.size()
        ));
    }
    let size = instance.size();
    Held::yes(format!(
        "recomputed, they sum to {size} seats; the lowest is {lowest}, the highest {highest}"
    ))
}
