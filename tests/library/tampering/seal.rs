//! Transcripts to tamper with, and what a forger does afterwards: make every digest anew.

use kleroterion::audit::{self, Claim, Verdict, canonical};
use kleroterion::io::json;
use kleroterion::lottery::{Commit, Digest, Record, Seed, Stream};
use kleroterion::{Instance, Result};
use serde_json::Value;

use crate::small;

pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) instance: Instance,
    pub(crate) transcript: Value,
}

pub(crate) fn cases() -> Vec<Case> {
    let case = |(name, lottery): (&'static str, kleroterion::lottery::Lottery)| {
        let instance = lottery.instance().clone();
        let bytes = small::draw(lottery).transcript().to_json().unwrap();
        let transcript = serde_json::from_slice(&bytes).unwrap();
        Case {
            name,
            instance,
            transcript,
        }
    };
    small::all().into_iter().map(case).collect()
}

pub(crate) fn case(name: &str) -> Case {
    cases().into_iter().find(|c| c.name == name).unwrap()
}

/// Reads and verifies as a stranger would.
pub(crate) fn verify(transcript: &Value, instance: &Instance) -> Result<audit::Report> {
    let bytes = canonical::to_bytes(transcript)?;
    audit::verify(&json::transcript(&bytes, "transcript.json")?, instance)
}

pub(crate) fn rejected(transcript: &Value, instance: &Instance) -> Vec<(Claim, String)> {
    let bytes = canonical::to_bytes(transcript).unwrap();
    let transcript = json::transcript(&bytes, "transcript.json").unwrap();
    let step = |f: &audit::Finding| match &f.verdict {
        Verdict::Rejected(step) => step.clone(),
        _ => unreachable!(),
    };
    let report = audit::examine(&transcript, instance);
    report.rejected().map(|f| (f.claim, step(f))).collect()
}

/// All digests, the seed and the ticket made anew.
pub(crate) fn everything(transcript: &mut Value) {
    let certificate = canonical::to_bytes(&transcript["certificate"]).unwrap();
    let certificate = Digest::of("sortition-draw/1/certificate", &[&certificate]).to_string();
    transcript["commit"]["certificate"] = certificate.into();
    if let Ok(record) = serde_json::from_value::<Record>(transcript["lottery"].clone()) {
        transcript["commit"]["lottery"]["digest"] = record.digest().unwrap().to_string().into();
    }
    from_commit(transcript);
}

/// Commitment, seed and ticket made anew.
pub(crate) fn from_commit(transcript: &mut Value) {
    if let Ok(commit) = serde_json::from_value::<Commit>(transcript["commit"].clone()) {
        transcript["commitment"] = commit.commitment().unwrap().to_string().into();
        let sources = transcript["sources"].as_array().unwrap();
        let sources: Vec<&[u8]> = sources
            .iter()
            .map(|s| s.as_str().unwrap().as_bytes())
            .collect();
        let seed = Seed::derive(&commit, &sources).unwrap();
        let denominator = transcript["lottery"]["denominator"].as_u64().unwrap_or(1);
        transcript["draw"]["ticket"] = Stream::new(&seed, "panel").below(denominator).into();
        transcript["draw"]["seed"] = seed.to_string().into();
    }
    outermost(transcript);
}

/// The transcript's own digest made anew.
pub(crate) fn outermost(transcript: &mut Value) {
    let mut rest = transcript.clone();
    rest.as_object_mut().unwrap().remove("digest");
    let bytes = canonical::to_bytes(&rest).unwrap();
    transcript["digest"] = Digest::of("sortition-draw/1/transcript", &[&bytes])
        .to_string()
        .into();
}

/// Nothing made anew.
pub(crate) fn nothing(_: &mut Value) {}

/// Sets what stands at the pointers (null deletes), seals, and expects exactly this claim to be rejected, with a text
/// that contains the step.
pub(crate) fn expect(
    seal: fn(&mut Value),
    name: &str,
    (claim, step): (Claim, &str),
    edits: &[(&str, Value)],
) {
    let case = case(name);
    let mut changed = case.transcript.clone();
    for (pointer, value) in edits {
        set(&mut changed, pointer, value);
    }
    seal(&mut changed);
    let found = rejected(&changed, &case.instance);
    let text = found.iter().find(|(c, _)| *c == claim);
    let (_, text) = text.unwrap_or_else(|| panic!("{claim} holds after all, rejected: {found:?}"));
    assert!(
        text.contains(step),
        "{claim}: {text:?} does not contain {step:?}"
    );
    // A seal does not draw anew: panel and alternates may be rejected as well.
    let drawn = [claim, Claim::Panel, Claim::Alternates];
    assert!(
        found.iter().all(|(c, _)| drawn.contains(c)),
        "{claim}: also rejected {found:?}"
    );
    let error = verify(&changed, &case.instance).unwrap_err().to_string();
    assert!(error.starts_with("rejected: "), "{error}");
}

fn set(transcript: &mut Value, pointer: &str, value: &Value) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match transcript.pointer_mut(parent).unwrap() {
        Value::Object(members) if value.is_null() => drop(members.remove(key).unwrap()),
        Value::Object(members) => drop(members.insert(key.to_owned(), value.clone())),
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value.clone(),
        other => panic!("{pointer} is inside {other}"),
    }
}
