//! What a commitment belongs to: the registration before it, the commitment it replaces, the program that made it.

use super::commitment::same;
use super::receipt::{Committed, Published};
use super::report::{Claim, Finding, Held, Report};
use crate::assembly::Reserves;
use crate::lottery::{
    Check, CommittedPolicy, Digest, Predecessor, REGISTRATION_SPEC, Registration, Software,
};

/// The claims of a commitment that other files, or nobody, can answer.
pub(super) fn examine(commit: Committed<'_>) -> Vec<Finding> {
    let predecessor = commit.predecessor();
    let predecessor = predecessor.map(|named| Finding::of(Claim::Predecessor, replaced(named)));
    let registration = commit.registration();
    let registration =
        registration.map(|named| Finding::of(Claim::Registration, named_only(named)));
    let software = commit.software();
    let software = software.map(|stated| Finding::of(Claim::Software, made_by(stated)));
    [predecessor, registration, software]
        .into_iter()
        .flatten()
        .collect()
}

/// A committed policy of replacement is one of those there are.
pub(super) fn readable(policy: Option<&CommittedPolicy>) -> Check {
    match policy.map(|policy| policy.reserves.parse::<Reserves>()) {
        Some(Err(problem)) => Err(problem),
        _ => Ok(()),
    }
}

fn named_only(named: &str) -> Check<Held> {
    if Digest::read(named).is_none() {
        return Err("a registration is named by 64 digits 0-9a-f".into());
    }
    Held::open(format!(
        "belongs to the registration {named}: give that file"
    ))
}

fn replaced(named: &Predecessor) -> Check<Held> {
    well_named(named)?;
    Held::open(format!(
        "this replaces {}, because: {}; ask for that file, and whether it was drawn from",
        named.commitment, named.reason
    ))
}

fn well_named(named: &Predecessor) -> Check {
    if Digest::read(&named.commitment).is_none() || named.reason.trim().is_empty() {
        return Err("a predecessor is named by 64 digits 0-9a-f, with a reason".into());
    }
    Ok(())
}

fn made_by(stated: &Software) -> Check<Held> {
    let blank = [&stated.name, &stated.version].map(|text| text.trim().is_empty());
    let digest = stated.digest.as_deref();
    if blank.contains(&true) || digest.is_some_and(|digest| Digest::read(digest).is_none()) {
        return Err("software has a name, a version, and a digest of 64 digits 0-9a-f".into());
    }
    let (name, version) = (&stated.name, &stated.version);
    Held::open(format!(
        "said to be made with {name} {version}; everything else here holds or fails whatever made it"
    ))
}

/// Checks the chain of commitments of one ceremony, the oldest first: the first replaces nothing, every later one the one before, and none stands twice. A draw
/// that was repeated shows here. Lotteries and direct draws may stand in one chain. O(size of the commitments).
#[must_use]
pub fn examine_chain<'a, C: Into<Published<'a>>>(commits: impl IntoIterator<Item = C>) -> Report {
    let commits = commits.into_iter().map(Into::into);
    Report::new(vec![Finding::of(Claim::Predecessor, chain(commits))])
}

fn chain<'a>(commits: impl Iterator<Item = Published<'a>>) -> Check<Held> {
    let mut before: Vec<String> = Vec::new();
    for (number, commit) in (1..).zip(commits) {
        let missing = || format!("commitment {number} is missing");
        let commit = commit.committed().ok_or_else(missing)?;
        let own = commit.commitment().map_err(|e| e.to_string())?.to_string();
        if before.contains(&own) {
            return Err(format!("commitment {number} stands twice"));
        }
        let named = commit.predecessor();
        if named.map(|p| &p.commitment) != before.last() {
            let expected = before.last().map_or("none", String::as_str);
            let found = named.map_or("none", |p| p.commitment.as_str());
            return Err(format!(
                "commitment {number} names the predecessor {found}, expected {expected}"
            ));
        }
        named.map_or(Ok(()), well_named)?;
        before.push(own);
    }
    Held::yes(match before.len() {
        0 => return Err("there is no commitment".into()),
        1 => "one commitment, which replaces none".to_owned(),
        number => format!("{number} commitments, each replacing the one before"),
    })
}

/// Checks that a commitment, of a lottery or of a direct draw, belongs to this registration: pool, quotas, size, rule and columns are those that could be
/// disputed. O(quotas).
#[must_use]
pub fn examine_registration<'a>(
    registration: &Registration,
    commit: impl Into<Published<'a>>,
) -> Report {
    let outcome = match commit.into().committed() {
        Some(commit) => registered(registration, commit),
        None => Held::open("there is no commitment yet"),
    };
    Report::new(vec![Finding::of(Claim::Registration, outcome)])
}

fn registered(registration: &Registration, commit: Committed<'_>) -> Check<Held> {
    if registration.spec != REGISTRATION_SPEC {
        let found = &registration.spec;
        return Err(format!(
            "the registration has the format {found:?}, known is {REGISTRATION_SPEC}"
        ));
    }
    let named = registration.predecessor.as_ref();
    named.map_or(Ok(()), well_named)?;
    let stated = commit.registration();
    let stated = stated.ok_or("the commitment names no registration")?;
    same(stated, registration.commitment())?;
    if let Some(what) = commit.differs_from(registration) {
        return Err(format!("the {what} is not as it was registered"));
    }
    let disputes = registration.disputes_until;
    if commit
        .published()
        .is_some_and(|published| published < disputes)
    {
        return Err("the commitment was published before disputes were closed".into());
    }
    Held::yes("pool, quotas, size, rule and columns are those that could be disputed")
}
