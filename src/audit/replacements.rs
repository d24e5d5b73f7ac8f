//! Whether what happened after a draw follows from it.

use super::accept;
use super::commitment::same;
use super::replay::ids;
use super::report::{Claim, Finding, Held, Report, Verdict};
use crate::assembly::{Alternates, REPLACEMENTS_VERSION, ReplacementRecord, Replacements};
use crate::error::Result;
use crate::instance::Instance;
use crate::lottery::{Check, CommittedPolicy, Digest, DirectTranscript, Transcript};

/// The transcript of the draw that a record of replacements continues.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum DrawnBy<'a> {
    /// A draw from a lottery.
    Lottery(&'a Transcript),
    /// A direct draw.
    Direct(&'a DirectTranscript),
}

impl<'a> From<&'a Transcript> for DrawnBy<'a> {
    fn from(transcript: &'a Transcript) -> Self {
        Self::Lottery(transcript)
    }
}

impl<'a> From<&'a DirectTranscript> for DrawnBy<'a> {
    fn from(transcript: &'a DirectTranscript) -> Self {
        Self::Direct(transcript)
    }
}

impl<'a> DrawnBy<'a> {
    fn digest(self) -> Result<Digest> {
        match self {
            Self::Lottery(transcript) => transcript.own_digest(),
            Self::Direct(transcript) => transcript.own_digest(),
        }
    }

    fn policy(self) -> Option<&'a CommittedPolicy> {
        match self {
            Self::Lottery(transcript) => transcript.commit.replacement.as_ref(),
            Self::Direct(transcript) => transcript.commit.replacement.as_ref(),
        }
    }

    fn panel(self) -> &'a [String] {
        match self {
            Self::Lottery(transcript) => &transcript.draw.panel,
            Self::Direct(transcript) => &transcript.draw.panel,
        }
    }

    fn alternates(self) -> &'a [String] {
        match self {
            Self::Lottery(transcript) => &transcript.draw.alternates,
            Self::Direct(transcript) => &transcript.draw.alternates,
        }
    }

    /// Panel and alternates of the draw, which the record replaces from.
    ///
    /// # Errors
    /// As [`Alternates::new`]: the transcript belongs to another pool.
    pub fn alternates_of<'b>(self, instance: &'b Instance) -> Result<Alternates<'b>> {
        Alternates::new(instance, self.panel(), self.alternates())
    }

    fn examine(self, instance: &Instance) -> Report {
        match self {
            Self::Lottery(transcript) => super::examine(transcript, instance),
            Self::Direct(transcript) => super::examine_direct(transcript, instance),
        }
    }
}

/// Checks every claim of a record of replacements, after the transcript that it names. As [`examine`](super::examine) and one replay.
#[must_use]
pub fn examine_replacements<'a>(
    record: &ReplacementRecord,
    transcript: impl Into<DrawnBy<'a>>,
    instance: &Instance,
) -> Report {
    let transcript = transcript.into();
    let version = if record.version == REPLACEMENTS_VERSION {
        Held::yes(REPLACEMENTS_VERSION)
    } else {
        let found = &record.version;
        Err(format!(
            "the record has the format {found:?}, known is {REPLACEMENTS_VERSION}"
        ))
    };
    let drawn = sound(transcript, instance);
    let replayed = match &drawn {
        Ok(_) => transcript
            .alternates_of(instance)
            .and_then(|alternates| alternates.replay(&record.policy, &record.dropouts))
            .map(Some)
            .map_err(|error| error.to_string()),
        Err(_) => Ok(None),
    };
    let steps = following(record, &replayed);
    let panel = match &replayed {
        Ok(Some(story)) => panel(record, story, instance),
        _ => Held::open("the replacements were not replayed"),
    };
    let committed = transcript.policy();
    let mut findings = vec![
        Finding::of(Claim::Version, version),
        Finding::of(Claim::Digest, same(&record.digest, record.own_digest())),
        Finding::of(
            Claim::Transcript,
            drawn.and_then(|detail| {
                same(&record.transcript, transcript.digest())?;
                Held::yes(detail)
            }),
        ),
        Finding::of(Claim::Replacements, steps),
        Finding::of(Claim::Panel, panel),
        Finding::of(
            Claim::Order,
            Held::open(
                "see whether the policy was published before the first dropout, and whether the list of dropouts only ever grew at its end",
            ),
        ),
    ];
    let policy = committed.map(|committed| policy(record, committed));
    findings.extend(policy.map(|outcome| Finding::of(Claim::Policy, outcome)));
    Report::new(findings)
}

/// The policy is the one committed before the draw.
fn policy(record: &ReplacementRecord, committed: &CommittedPolicy) -> Check<Held> {
    let stated = CommittedPolicy::from(&record.policy);
    if stated != *committed {
        return Err(format!("stated {stated:?}, committed {committed:?}"));
    }
    Held::yes("the one committed before the draw")
}

/// [`examine_replacements`], with an error when anything was rejected. What could not be checked is in the report.
///
/// # Errors
/// [`ErrorKind::Rejected`](crate::ErrorKind::Rejected) naming every claim that does not hold: one changed id is enough.
pub fn verify_replacements<'a>(
    record: &ReplacementRecord,
    transcript: impl Into<DrawnBy<'a>>,
    instance: &Instance,
) -> Result<Report> {
    accept(examine_replacements(record, transcript, instance))
}

/// The verdict on the transcript itself.
fn sound(transcript: DrawnBy<'_>, instance: &Instance) -> Check<String> {
    let report = transcript.examine(instance);
    let first = report.rejected().next().map(|finding| {
        let step = match &finding.verdict {
            Verdict::Rejected(step) => step.as_str(),
            _ => "",
        };
        format!(
            "the transcript itself does not hold: {}: {step}",
            finding.claim
        )
    });
    match first {
        Some(step) => Err(step),
        None => Ok(format!(
            "the one given; it holds, {} of its claims not checked",
            report.not_checked().count()
        )),
    }
}

/// What followed from each dropout.
fn following(record: &ReplacementRecord, replayed: &Check<Option<Replacements>>) -> Check<Held> {
    let story = match replayed {
        Err(problems) => return Err(problems.clone()),
        Ok(None) => return Held::open("the transcript was rejected"),
        Ok(Some(story)) => story,
    };
    if record.outcomes.len() != story.steps.len() {
        let (stated, dropouts) = (record.outcomes.len(), story.steps.len());
        return Err(format!("{stated} outcomes for {dropouts} dropouts"));
    }
    for (number, (stated, step)) in (1..).zip(record.outcomes.iter().zip(&story.steps)) {
        if *stated != step.outcome {
            return Err(format!(
                "dropout {number} ({:?}): stated {stated:?}, replayed {:?}",
                step.dropout.id, step.outcome
            ));
        }
    }
    Held::yes(format!(
        "{} dropouts, replayed by the policy {}",
        story.steps.len(),
        record.policy.reserves
    ))
}

/// The panel at the end, and what it misses.
fn panel(record: &ReplacementRecord, story: &Replacements, instance: &Instance) -> Check<Held> {
    let last: Vec<u32> = story
        .panel
        .iter()
        .filter_map(|id| instance.find(id))
        .collect();
    ids(&record.panel, &last, instance)?;
    let missed = story
        .steps
        .last()
        .map_or(&story.missed_before, |step| &step.missed);
    let people = story.panel.len();
    if missed.is_empty() {
        return Held::yes(format!("{people} people, who meet every quota"));
    }
    let missed: Vec<String> = missed.iter().map(ToString::to_string).collect();
    Held::yes(format!("{people} people, who miss {}", missed.join("; ")))
}
