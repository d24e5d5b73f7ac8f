//! What is published before the sources of a direct draw are known.

use serde::{Deserialize, Serialize};

use super::rule::DirectRule;
use super::{DirectLottery, legacy};
use crate::audit::canonical;
use crate::error::Result;
use crate::instance::Instance;
use crate::lottery::commit::{Columns, Commitment, CommittedPool, CommittedQuota, Entry};
use crate::lottery::digest::Digest;
use crate::lottery::given::matching;
use crate::lottery::seed::{Seed, Sources};
use crate::lottery::source::Promises;
use crate::lottery::terms::{CommittedPolicy, Predecessor, Software};

/// The format of a direct draw's commitment and seed.
pub const DIRECT_SPEC: &str = "sortition-direct/1";

/// The content of `commit.json` for a direct draw: plain data. Optional parts are left out of the bytes when absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DirectCommit {
    /// The assembly's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assembly: Option<String>,
    /// Most attempts of LEGACY; absent for other rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempts: Option<u32>,
    /// The columns of the pool file that matter.
    pub columns: Columns,
    /// What happens when a source does not appear.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Vec<Entry>>,
    /// Seats on the panel.
    pub panel_size: u32,
    /// The pool.
    pub pool: CommittedPool,
    /// The commitment that this one replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predecessor: Option<Predecessor>,
    /// When it is public at the latest, in seconds since 1970-01-01T00:00Z.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<u64>,
    /// The quotas: for LEGACY in the order of their file, for other rules in canonical order.
    pub quotas: Vec<CommittedQuota>,
    /// Commitment to the registration that came before, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration: Option<String>,
    /// How seats are filled again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replacement: Option<CommittedPolicy>,
    /// How the panel is drawn.
    pub rule: DirectRule,
    /// What makes the draw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub software: Option<Software>,
    /// What each public source will be, in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sources: Option<Vec<Entry>>,
    /// [`DIRECT_SPEC`].
    pub spec: String,
}

impl DirectCommit {
    pub(super) fn of(instance: &Instance, rule: DirectRule) -> Result<Self> {
        let legacy = rule == DirectRule::Legacy;
        Ok(Self {
            assembly: None,
            attempts: legacy.then_some(DirectRule::DEFAULT_ATTEMPTS),
            columns: Columns::of(instance),
            fallback: None,
            panel_size: instance.size(),
            pool: CommittedPool::of(instance)?,
            predecessor: None,
            published: None,
            quotas: quota_order(instance, &rule)
                .into_iter()
                .map(|quota| CommittedQuota::of(&instance.quotas()[quota as usize]))
                .collect(),
            registration: None,
            replacement: None,
            rule,
            software: None,
            sources: None,
            spec: DIRECT_SPEC.to_owned(),
        })
    }

    /// What it says about chance.
    pub(crate) fn promises(&self) -> Promises<'_> {
        Promises {
            sources: self.sources.as_deref().unwrap_or_default(),
            fallback: self.fallback.as_deref().unwrap_or_default(),
            published: self.published,
            labels: None,
            tickets: None,
            is_rooted: true,
        }
    }

    /// The bytes of `commit.json`.
    ///
    /// # Errors
    /// [`ErrorKind::Format`](crate::ErrorKind::Format) when an integer is beyond ±(2^53 − 1).
    pub fn to_json(&self) -> Result<Vec<u8>> {
        canonical::to_bytes(self)
    }

    /// What is published: the plain SHA-256 of [`to_json`](Self::to_json).
    ///
    /// # Errors
    /// As [`to_json`](Self::to_json).
    pub fn commitment(&self) -> Result<Commitment> {
        Ok(Commitment::to(&self.to_json()?))
    }

    /// H(`sortition-direct/1/seed`, H(`sortition-direct/1/commit`, [`to_json`](Self::to_json)), source 1, source 2, ...).
    ///
    /// # Errors
    /// As [`to_json`](Self::to_json).
    pub fn seed(&self, sources: &[&[u8]]) -> Result<Seed> {
        let commit = Digest::of("sortition-direct/1/commit", &[&self.to_json()?]);
        let mut parts: Vec<&[u8]> = vec![&commit.0];
        parts.extend(sources);
        Ok(Seed::grown(Digest::of("sortition-direct/1/seed", &parts)))
    }
}

/// The canonical indices of the quotas in the order in which they are committed.
pub(crate) fn quota_order(instance: &Instance, rule: &DirectRule) -> Vec<u32> {
    match rule {
        DirectRule::Legacy => legacy::file_order(instance),
        _ => (0..instance.quotas().len() as u32).collect(),
    }
}

impl DirectLottery {
    /// The seed that these sources give.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with `E-SOURCE-COUNT` when another number of sources was announced, `E-SOURCE-FORM` for every text that
    /// has not the form declared for it.
    pub fn seed(&self, sources: &Sources) -> Result<Seed> {
        let commit = self.commit();
        matching(
            commit.sources.as_deref(),
            commit.fallback.as_deref(),
            sources,
        )?;
        let bytes: Vec<&[u8]> = sources.iter().map(str::as_bytes).collect();
        self.commit().seed(&bytes)
    }
}
