//! What a commitment belongs to: the registration before it, the commitment it replaces, the program that made it.

use super::commitment::same;
use super::report::{Claim, Finding, Held, Report};
use crate::lottery::{Check, Commit, Digest, Predecessor, Registration, Software};

/// The claims of a commitment that other files, or nobody, can answer.
pub(super) fn examine(
    registration: Option<&str>,
    predecessor: Option<&Predecessor>,
    software: Option<&Software>,
) -> Vec<Finding> {
    let registration = registration.map(|named| Finding::of(Claim::Registration, belongs(named)));
    let predecessor = predecessor.map(|named| Finding::of(Claim::Predecessor, replaced(named)));
    let software = software.map(|stated| Finding::of(Claim::Software, made_by(stated)));
    [registration, predecessor, software]
        .into_iter()
        .flatten()
        .collect()
}

fn belongs(registration: &str) -> Check<Held> {
    if Digest::read(registration).is_none() {
        return Err("a registration is named by 64 digits 0-9a-f".into());
    }
    Held::open(format!(
        "the pool is said to be that of the registration {registration}; ask for that file"
    ))
}

fn replaced(named: &Predecessor) -> Check<Held> {
    if Digest::read(&named.commitment).is_none() || named.reason.trim().is_empty() {
        return Err("a predecessor is named by 64 digits 0-9a-f, with a reason".into());
    }
    Held::open(format!(
        "this replaces {}, because: {}; ask for that file, and whether it was drawn from",
        named.commitment, named.reason
    ))
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
/// that was repeated shows here. O(size of the commitments).
#[must_use]
pub fn examine_chain(commits: &[Commit]) -> Report {
    Report::new(vec![Finding::of(Claim::Predecessor, chain(commits))])
}

fn chain(commits: &[Commit]) -> Check<Held> {
    let mut before: Vec<String> = Vec::new();
    for (number, commit) in (1..).zip(commits) {
        let own = commit.commitment().map_err(|e| e.to_string())?.to_string();
        if before.contains(&own) {
            return Err(format!("commitment {number} stands twice"));
        }
        let named = commit.predecessor.as_ref();
        if named.map(|p| &p.commitment) != before.last() {
            let expected = before.last().map_or("none", String::as_str);
            let found = named.map_or("none", |p| p.commitment.as_str());
            return Err(format!(
                "commitment {number} names the predecessor {found}, expected {expected}"
            ));
        }
        before.push(own);
    }
    Held::yes(match commits.len() {
        0 => return Err("there is no commitment".into()),
        1 => "one commitment, which replaces none".to_owned(),
        number => format!("{number} commitments, each replacing the one before"),
    })
}

/// Checks that a commitment belongs to this registration: pool, quotas, size, rule and columns are those that could be disputed.
/// O(quotas).
#[must_use]
pub fn examine_registration(registration: &Registration, commit: &Commit) -> Report {
    Report::new(vec![Finding::of(
        Claim::Registration,
        registered(registration, commit),
    )])
}

fn registered(registration: &Registration, commit: &Commit) -> Check<Held> {
    let stated = commit.registration.as_deref();
    let stated = stated.ok_or("the commitment names no registration")?;
    same(stated, registration.commitment())?;
    let mut parts = [
        ("pool", registration.pool == commit.pool),
        ("quotas", registration.quotas == commit.quotas),
        ("panel size", registration.panel_size == commit.panel_size),
        ("rule", commit.rule.as_ref() == Some(&registration.rule)),
        (
            "columns",
            commit.columns.as_ref() == Some(&registration.columns),
        ),
        ("assembly", registration.assembly == commit.assembly),
    ]
    .into_iter();
    if let Some((what, _)) = parts.find(|(_, same)| !same) {
        return Err(format!("the {what} is not as it was registered"));
    }
    let disputes = registration.disputes_until;
    if commit
        .published
        .is_some_and(|published| published < disputes)
    {
        return Err("the commitment was published before disputes were closed".into());
    }
    Held::yes("pool, quotas, size, rule and columns are those that could be disputed")
}
