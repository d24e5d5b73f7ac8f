//! Whether a member's receipt leads to what was published.

use super::accept;
use super::commitment::stated_root;
use super::report::{Claim, Finding, Held, Report};
use crate::error::Result;
use crate::lottery::{
    Check, Columns, Commit, Commitment, CommittedPool, CommittedQuota, DirectCommit,
    DirectTranscript, Predecessor, Registration, Software, Transcript,
};
use crate::pool_commitment::{Field, HASH, Placed, PoolRoot, RECEIPT_VERSION, Receipt};

/// What a receipt is held against. The public files themselves are checked by [`examine`](super::examine).
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Published<'a> {
    /// Nothing yet: only whether the receipt agrees with itself can be checked.
    Nothing,
    /// The commitment of a lottery.
    Commit(&'a Commit),
    /// The commitment of a direct draw.
    DirectCommit(&'a DirectCommit),
    /// The transcript of a draw from a lottery.
    Lottery(&'a Transcript),
    /// The transcript of a direct draw.
    Direct(&'a DirectTranscript),
}

impl<'a> From<&'a Commit> for Published<'a> {
    fn from(commit: &'a Commit) -> Self {
        Self::Commit(commit)
    }
}

impl<'a> From<&'a DirectCommit> for Published<'a> {
    fn from(commit: &'a DirectCommit) -> Self {
        Self::DirectCommit(commit)
    }
}

impl<'a> From<&'a Transcript> for Published<'a> {
    fn from(transcript: &'a Transcript) -> Self {
        Self::Lottery(transcript)
    }
}

impl<'a> From<&'a DirectTranscript> for Published<'a> {
    fn from(transcript: &'a DirectTranscript) -> Self {
        Self::Direct(transcript)
    }
}

/// A commitment of either kind.
#[derive(Debug, Clone, Copy)]
pub(super) enum Committed<'a> {
    Lottery(&'a Commit),
    Direct(&'a DirectCommit),
}

/// The same field of both kinds.
macro_rules! of_both {
    ($name:ident: $type:ty, $commit:ident => $value:expr) => {
        pub(super) fn $name(self) -> $type {
            match self {
                Self::Lottery($commit) => $value,
                Self::Direct($commit) => $value,
            }
        }
    };
}

impl<'a> Committed<'a> {
    of_both!(pool: &'a CommittedPool, commit => &commit.pool);
    of_both!(commitment: Result<Commitment>, commit => commit.commitment());
    of_both!(predecessor: Option<&'a Predecessor>, commit => commit.predecessor.as_ref());
    of_both!(registration: Option<&'a str>, commit => commit.registration.as_deref());
    of_both!(software: Option<&'a Software>, commit => commit.software.as_ref());
    of_both!(assembly: &'a Option<String>, commit => &commit.assembly);
    of_both!(quotas: &'a Vec<CommittedQuota>, commit => &commit.quotas);
    of_both!(panel_size: u32, commit => commit.panel_size);
    of_both!(published: Option<u64>, commit => commit.published);

    fn columns(self) -> Option<&'a Columns> {
        match self {
            Self::Lottery(commit) => commit.columns.as_ref(),
            Self::Direct(commit) => Some(&commit.columns),
        }
    }

    fn rule(self) -> Option<String> {
        match self {
            Self::Lottery(commit) => commit.rule.clone(),
            Self::Direct(commit) => Some(commit.rule.to_string()),
        }
    }

    /// The first part that was registered otherwise.
    pub(super) fn differs_from(self, registered: &Registration) -> Option<&'static str> {
        let columns = Some(&registered.columns);
        let parts = [
            ("pool", *self.pool() == registered.pool),
            ("quotas", *self.quotas() == registered.quotas),
            ("panel size", self.panel_size() == registered.panel_size),
            ("rule", self.rule().as_ref() == Some(&registered.rule)),
            ("columns", self.columns() == columns),
            ("assembly", *self.assembly() == registered.assembly),
        ];
        let other = parts.into_iter().find(|(_, same)| !same);
        other.map(|(what, _)| what)
    }
}

impl<'a> Published<'a> {
    /// The commitment, if there is one.
    pub(super) fn committed(self) -> Option<Committed<'a>> {
        Some(match self {
            Self::Nothing => return None,
            Self::Commit(commit) => Committed::Lottery(commit),
            Self::DirectCommit(commit) => Committed::Direct(commit),
            Self::Lottery(transcript) => Committed::Lottery(&transcript.commit),
            Self::Direct(transcript) => Committed::Direct(&transcript.commit),
        })
    }

    /// The committed pool, if there is a commitment.
    fn pool(self) -> Option<&'a CommittedPool> {
        self.committed().map(Committed::pool)
    }

    fn commitment(self) -> Option<Result<Commitment>> {
        self.committed().map(Committed::commitment)
    }

    /// All ids in order, each once, if there was a draw.
    pub(super) fn ids(self) -> Option<Check<Vec<&'a str>>> {
        let (panel, alternates) = match self {
            Self::Lottery(transcript) => (&transcript.draw.panel, &transcript.draw.alternates),
            Self::Direct(transcript) => (&transcript.draw.panel, &transcript.draw.alternates),
            _ => return None,
        };
        let mut ids: Vec<&str> = panel.iter().chain(alternates).map(String::as_str).collect();
        ids.sort_unstable();
        Some(match ids.windows(2).find(|pair| pair[0] == pair[1]) {
            None => Ok(ids),
            Some(twice) => Err(format!("{:?} stands twice in the draw", twice[0])),
        })
    }
}

/// Checks every claim of a receipt. Whoever holds it must see for themselves that the fields are theirs, and that what is given as published is
/// what everybody else sees too. O(fields + log people + commitment), with a transcript O(people · log people).
#[must_use]
pub fn examine_receipt<'a>(receipt: &Receipt, published: impl Into<Published<'a>>) -> Report {
    Against::new(published.into()).examine(receipt)
}

/// [`examine_receipt`] of many people, one report each, in order. O(people · (fields + log people) + commitment), with or without a transcript.
#[must_use]
pub fn examine_receipts<'a>(
    receipts: &[Receipt],
    published: impl Into<Published<'a>>,
) -> Vec<Report> {
    let against = Against::new(published.into());
    let reports = receipts.iter().map(|receipt| against.examine(receipt));
    reports.collect()
}

/// What is published, worked out once for many receipts.
struct Against<'a> {
    published: Published<'a>,
    commitment: Option<Check<Commitment>>,
    ids: Option<Check<Vec<&'a str>>>,
}

impl<'a> Against<'a> {
    fn new(published: Published<'a>) -> Self {
        let commitment = published.commitment();
        Self {
            published,
            commitment: commitment.map(|found| found.map_err(|error| error.to_string())),
            ids: published.ids(),
        }
    }

    fn examine(&self, receipt: &Receipt) -> Report {
        let (person, pool) = (&receipt.person, &receipt.pool);
        let mut findings = vec![
            Finding::of(Claim::Version, version(receipt)),
            Finding::of(Claim::Fields, fields(&person.fields)),
            Finding::of(Claim::PoolRoot, root(pool, self.published)),
            Finding::of(Claim::Path, path(person, pool)),
            Finding::of(
                Claim::Commitment,
                commitment(receipt, self.commitment.as_ref()),
            ),
        ];
        if let Some(ids) = &self.ids {
            findings.push(Finding::of(Claim::Place, place(person, pool, ids)));
        }
        Report::new(findings)
    }
}

/// [`examine_receipt`], with an error when anything was rejected. What could not be checked is in the report.
///
/// # Errors
/// [`ErrorKind::Rejected`](crate::ErrorKind::Rejected) naming every claim that does not hold: one changed letter of a value is enough.
pub fn verify_receipt<'a>(
    receipt: &Receipt,
    published: impl Into<Published<'a>>,
) -> Result<Report> {
    accept(examine_receipt(receipt, published))
}

fn version(receipt: &Receipt) -> Check<Held> {
    let (version, hash) = (&receipt.version, &receipt.pool.hash);
    if version != RECEIPT_VERSION {
        return Err(format!(
            "the receipt has the format {version:?}, known is {RECEIPT_VERSION}"
        ));
    }
    if hash != HASH {
        return Err(format!("the root is made by {hash:?}, known is {HASH:?}"));
    }
    Held::yes(RECEIPT_VERSION)
}

/// Names in order, from the household on; open or not.
pub(super) fn fields(fields: &[Field]) -> Check<Held> {
    let names: Vec<&str> = fields.iter().map(Field::name).collect();
    let ascending = names.windows(2).all(|pair| pair[0] < pair[1]);
    if names.first() != Some(&"") || !ascending {
        return Err("the household does not come first, or the names do not ascend".to_owned());
    }
    let closed = fields
        .iter()
        .filter(|field| field.value().is_none())
        .count();
    if closed > 0 {
        let all = fields.len();
        return Held::open(format!(
            "{closed} of {all} are closed: their values stay unknown"
        ));
    }
    Held::yes(format!("{} open", fields.len()))
}

/// The root is the published one.
pub(super) fn root(pool: &PoolRoot, published: Published<'_>) -> Check<Held> {
    let Some(committed) = published.pool() else {
        return Held::open("no commitment is given: compare the root with the published one");
    };
    let stated = stated_root(committed)?;
    if stated.size != pool.size {
        return Err(format!(
            "for a pool of {} people, {} were committed",
            pool.size, stated.size
        ));
    }
    if stated != *pool {
        return Err(format!(
            "stated {}, committed {}",
            pool.merkle_root, stated.merkle_root
        ));
    }
    Held::yes(format!("{}, {} people", pool.merkle_root, pool.size))
}

/// Fields and path lead to the stated root.
pub(super) fn path(person: &Placed, pool: &PoolRoot) -> Check<Held> {
    match person.leads_to(pool.size) {
        None => Err(format!(
            "{} steps from place {} lead nowhere in a pool of {} people",
            person.path.len(),
            person.index,
            pool.size
        )),
        Some(found) if found != pool.merkle_root => Err(format!(
            "id, fields, place and path lead to {found}, not to the root {}: one of them was changed",
            pool.merkle_root
        )),
        Some(_) => Held::yes(format!("{:?} leads to the root", person.id)),
    }
}

fn commitment(receipt: &Receipt, published: Option<&Check<Commitment>>) -> Check<Held> {
    let Some(stated) = receipt.commitment else {
        return Held::open("the receipt names none: it was issued before there was one");
    };
    let Some(found) = published else {
        return Held::open(format!("compare {stated} with the published one"));
    };
    let found = found.clone()?;
    if stated != found {
        return Err(format!("stated {stated}, recomputed {found}"));
    }
    Held::yes(stated.to_string())
}

/// The person is where the public ids say.
pub(super) fn place(person: &Placed, pool: &PoolRoot, ids: &Check<Vec<&str>>) -> Check<Held> {
    let ids = ids.as_ref().map_err(String::clone)?;
    if ids.len() as u64 != pool.size {
        return Err(format!(
            "{} people were drawn from, {} committed",
            ids.len(),
            pool.size
        ));
    }
    match ids.binary_search(&person.id.as_str()) {
        Ok(at) if at as u64 == person.index => {
            Held::yes(format!("number {} of {}", at + 1, ids.len()))
        }
        Ok(at) => Err(format!(
            "{:?} is number {}, not {}",
            person.id,
            at + 1,
            person.index.saturating_add(1)
        )),
        Err(_) => Err(format!("{:?} was not drawn from at all", person.id)),
    }
}
