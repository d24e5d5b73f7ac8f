//! What a commitment says beyond pool, quotas and lottery: the sources to come, what happens when they fail, and what it belongs to.

use serde::{Deserialize, Serialize};

use super::Lottery;
use super::commit::{Commit, Commitment, Entry};
use super::digest::Digest;
use super::direct::{DirectCommit, DirectLottery, DirectRule, ListMethod};
use super::registration::Registration;
use super::source::{Declaration, Fallback, Promises, broken_rules, late_fallbacks};
use super::stage_one::StageOne;
use crate::error::{ErrorKind, Problem, Result};

/// The commitment that a new one replaces, and why. A draw that was repeated shows in the chain of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Predecessor {
    /// The commitment replaced, in hexadecimal.
    pub commitment: String,
    /// Why it was replaced, for everybody to read.
    pub reason: String,
}

impl Predecessor {
    /// The one with this commitment, replaced for this reason.
    #[must_use]
    pub fn new(commitment: Commitment, reason: impl Into<String>) -> Self {
        Self {
            commitment: commitment.to_string(),
            reason: reason.into(),
        }
    }
}

/// What made the lottery, as whoever committed says. It is not checked and proves nothing; it tells a doubter which program to run again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Software {
    /// SHA-256, in hexadecimal, of what `of` names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// The program's name.
    pub name: String,
    /// What the digest was taken of: a released archive, an executable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The program's version.
    pub version: String,
}

impl Software {
    /// Name and version of this crate. A program cannot see which bytes it was built from, so there is no digest.
    ///
    /// ```
    /// assert_eq!(kleroterion::lottery::Software::this().name, "kleroterion");
    /// ```
    #[must_use]
    pub fn this() -> Self {
        Self::new(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"))
    }

    /// Another program that is built on this crate.
    #[must_use]
    pub fn new(name: impl Into<String>, version: impl Into<String>) -> Self {
        Self {
            digest: None,
            name: name.into(),
            of: None,
            version: version.into(),
        }
    }

    /// With the SHA-256 of a file that whoever commits has at hand, and what that file is.
    #[must_use]
    pub fn with_digest(mut self, digest: Digest, of: impl Into<String>) -> Self {
        self.digest = Some(digest.to_string());
        self.of = Some(of.into());
        self
    }
}

/// How seats are filled again, as committed: the content of an [assembly policy](crate::assembly::Policy).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CommittedPolicy {
    /// The last day on which a seat is filled again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<String>,
    /// Who is asked: `none`, `ranked`, `matched` or `shadows`.
    pub reserves: String,
}

impl CommittedPolicy {
    /// From its parts.
    pub(crate) fn new(cut_off: Option<String>, reserves: String) -> Self {
        Self { cut_off, reserves }
    }
}

/// What is committed besides the lottery itself. Made with the sources in the order of events, the last of which is out of everybody's hands.
///
/// ```
/// use kleroterion::lottery::{Declaration, Dice, DrandChain, Terms};
/// let quicknet = DrandChain::quicknet();
/// let dice = Dice::new(20, 10)?.at(1_796_146_200);
/// let terms = Terms::new([Declaration::from(dice), quicknet.round_at(1_796_148_000).into()])
///     .published(1_796_000_000)
///     .fallback(1, 1_796_234_400, quicknet.round_at(1_796_320_800));
/// # let _ = terms;
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "terms do nothing before a lottery is put on them"]
pub struct Terms {
    sources: Vec<Declaration>,
    fallbacks: Vec<Fallback>,
    labels: Option<Vec<String>>,
    assembly: Option<String>,
    published: Option<u64>,
    predecessor: Option<Predecessor>,
    registration: Option<Commitment>,
    root: Option<(String, String)>,
    replacement: Option<CommittedPolicy>,
    software: Option<Software>,
}

impl Terms {
    /// The sources, in the order of events.
    pub fn new(sources: impl IntoIterator<Item = Declaration>) -> Self {
        Self {
            sources: sources.into_iter().collect(),
            fallbacks: vec![],
            labels: None,
            assembly: None,
            published: None,
            predecessor: None,
            registration: None,
            root: None,
            replacement: None,
            software: None,
        }
    }

    /// What stands in for source number `source`, from 0, when that is not there at the deadline (in seconds since 1970-01-01T00:00Z). Of several for one
    /// source the first counts that is there.
    pub fn fallback(
        mut self,
        source: u32,
        deadline: u64,
        stands_in: impl Into<Declaration>,
    ) -> Self {
        self.fallbacks.push(Fallback {
            source,
            deadline,
            declaration: stands_in.into(),
        });
        self
    }

    /// The assembly's name.
    pub fn assembly(mut self, name: impl Into<String>) -> Self {
        self.assembly = Some(name.into());
        self
    }

    /// When the commitment is public at the latest, in seconds since 1970-01-01T00:00Z.
    pub fn published(mut self, time: u64) -> Self {
        self.published = Some(time);
        self
    }

    /// Shuffles the labels of a list of panels by public values that are known already: then a bowl that favours some balls favours nobody.
    pub fn labels(mut self, stage_one: &StageOne) -> Self {
        self.labels = Some(stage_one.sources().iter().map(str::to_owned).collect());
        self
    }

    /// The commitment that this one replaces.
    pub fn replaces(mut self, predecessor: Predecessor) -> Self {
        self.predecessor = Some(predecessor);
        self
    }

    /// The commitment to the registration that came before.
    pub fn registration(mut self, commitment: Commitment) -> Self {
        self.registration = Some(commitment);
        self
    }

    /// The root of a Merkle tree over the pool, in hexadecimal, and how it was made: the same as in the registration.
    pub fn root(mut self, merkle_root: impl Into<String>, hash: impl Into<String>) -> Self {
        self.root = Some((merkle_root.into(), hash.into()));
        self
    }

    /// How seats are filled again, for those who withdraw before the draw too.
    pub fn replacement(mut self, policy: impl Into<CommittedPolicy>) -> Self {
        self.replacement = Some(policy.into());
        self
    }

    /// What made the lottery.
    pub fn software(mut self, software: Software) -> Self {
        self.software = Some(software);
        self
    }

    pub(crate) fn publication(&self) -> Option<u64> {
        self.published
    }

    /// With what follows from the registration, and the program's own name where none is given.
    pub(crate) fn after(
        mut self,
        registration: &Registration,
        replaced: Option<Predecessor>,
    ) -> Result<Self> {
        self.assembly.clone_from(&registration.assembly);
        self.registration = Some(registration.commitment()?);
        let pool = &registration.pool;
        self.root = pool.merkle_root.clone().zip(pool.hash.clone());
        self.predecessor = replaced.or(self.predecessor);
        self.software.get_or_insert_with(Software::this);
        Ok(self)
    }

    /// Texts that are blank, sources that are not there, fallbacks that nobody could tell from what they stand in for.
    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.sources.is_empty() {
            problems.push(Problem::new("E-TERMS-NONE", "no source", "at least one"));
        }
        let software = self.software.iter();
        let software = software.flat_map(|s| [Some(&s.name), Some(&s.version), s.of.as_ref()]);
        let reason = self.predecessor.as_ref().map(|named| &named.reason);
        let texts = [self.assembly.as_ref(), reason].into_iter().chain(software);
        let root = self.root.as_ref();
        if root.is_some_and(|(root, hash)| Digest::read(root).is_none() || hash.trim().is_empty()) {
            let expected = "64 digits 0-9a-f, and how they were made";
            problems.push(Problem::new("E-TERMS-FORM", "a Merkle root", expected));
        }
        let named = self.predecessor.as_ref().map(|named| &named.commitment);
        if let Some(named) = named.filter(|named| Digest::read(named).is_none()) {
            let found = format!("the predecessor {named:?}");
            problems.push(Problem::new("E-TERMS-FORM", found, "64 digits 0-9a-f"));
        }
        if texts.flatten().any(|text| text.trim().is_empty()) {
            let found = "a blank name, version or reason";
            problems.push(Problem::new("E-TERMS-TEXT", found, "a text"));
        }
        for (at, fallback) in self.fallbacks.iter().enumerate() {
            let number = fallback.source;
            let source = self.sources.get(number as usize).into_iter();
            let earlier = self.fallbacks[..at].iter().filter(|f| f.source == number);
            let mut before = source.chain(earlier.map(|f| &f.declaration));
            if before.any(|declared| fallback.hides_behind(declared)) {
                let found = format!(
                    "a fallback for source {number} whose text could be taken for what it stands in for"
                );
                let expected = "another round, time or drawing";
                problems.push(Problem::new("E-TERMS-SAME", found, expected));
            }
        }
        problems
    }

    /// Sources and fallbacks that RFC 3797 cannot draw from.
    fn without_numbers(&self) -> impl Iterator<Item = Problem> {
        let stand_ins = self.fallbacks.iter().map(|f| &f.declaration);
        let beacons =
            self.sources.iter().chain(stand_ins).filter(|declared| {
                matches!(declared, Declaration::Nist(_) | Declaration::Drand(_))
            });
        beacons.map(|declared| {
            let expected = "dice, a lottery or a text of numbers for RFC 3797";
            Problem::new("E-LIST-SOURCE", declared.to_string(), expected)
        })
    }

    fn entries(&self) -> (Option<Vec<Entry>>, Option<Vec<Entry>>) {
        let sources = self.sources.iter().map(Declaration::entry).collect();
        let fallbacks: Vec<Entry> = self.fallbacks.iter().map(Fallback::entry).collect();
        (Some(sources), (!fallbacks.is_empty()).then_some(fallbacks))
    }
}

fn accepted(mut problems: Vec<Problem>, promises: &Promises<'_>) -> Result<()> {
    problems.extend(broken_rules(promises));
    problems.extend(late_fallbacks(promises));
    if problems.is_empty() {
        return Ok(());
    }
    Err(ErrorKind::Input(problems).into())
}

impl Lottery {
    /// Commits to these terms, in place of what was announced. A root that the lottery [commits to](Self::commit_pool) already stays when the terms have none.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with every problem: `E-TERMS-NONE` (no source), `E-TERMS-LAST` (the last source, or a fallback, is dice, balls or a text),
    /// `E-TERMS-EARLY` (a source before the publication), `E-TERMS-ORDER` (a source after a later one), `E-TERMS-PAUSE` (the beacon 5 minutes after the dice),
    /// `E-TERMS-DRAND` (a chain hash that does not follow from the chain), `E-TERMS-FALLBACK` (for source 2 of 2; a deadline after the fallback; one for the dice when the beacon is known already),
    /// `E-TERMS-SAME` (the same round as a fallback for itself), `E-TERMS-BALLS`, `E-TERMS-LABELS` (balls or labels for a lottery over compositions),
    /// `E-TERMS-TEXT` (a blank reason), `E-TERMS-FORM` (a predecessor that is no commitment).
    pub fn on_terms(self, terms: Terms) -> Result<Self> {
        let problems = terms.problems();
        let (sources, fallback) = terms.entries();
        self.recommit(|commit| {
            commit.sources = sources;
            commit.fallback = fallback;
            commit.labels = terms.labels;
            commit.assembly = terms.assembly;
            if let Some((root, hash)) = terms.root {
                (commit.pool.merkle_root, commit.pool.hash) = (Some(root), Some(hash));
            }
            commit.predecessor = terms.predecessor;
            commit.published = terms.published;
            commit.registration = terms.registration.map(|c| c.to_string());
            commit.replacement = terms.replacement;
            commit.software = terms.software;
            accepted(problems, &Commit::promises(commit))
        })
    }
}

impl DirectLottery {
    /// Commits to these terms, in place of what was announced.
    ///
    /// # Errors
    /// As [`Lottery::on_terms`]; a direct draw has no tickets, so balls and labels are refused. `E-LIST-SOURCE` for a source of RFC 3797 that has no numbers
    /// (a beacon).
    pub fn on_terms(self, terms: Terms) -> Result<Self> {
        let mut problems = terms.problems();
        if *self.rule() == DirectRule::List(ListMethod::Rfc3797) {
            problems.extend(terms.without_numbers());
        }
        if terms.labels.is_some() {
            let expected = "a list of panels";
            problems.push(Problem::new(
                "E-TERMS-LABELS",
                "labels of a direct draw",
                expected,
            ));
        }
        let (sources, fallback) = terms.entries();
        self.recommit(|commit| {
            commit.sources = sources;
            commit.fallback = fallback;
            commit.assembly = terms.assembly;
            if let Some((root, hash)) = terms.root {
                (commit.pool.merkle_root, commit.pool.hash) = (Some(root), Some(hash));
            }
            commit.predecessor = terms.predecessor;
            commit.published = terms.published;
            commit.registration = terms.registration.map(|c| c.to_string());
            commit.replacement = terms.replacement;
            commit.software = terms.software;
            accepted(problems, &DirectCommit::promises(commit))
        })
    }
}
