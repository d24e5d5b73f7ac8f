//! What is published before the lottery is worked out: who can be drawn, and what the panel must meet.

use serde::{Deserialize, Serialize};

use super::commit::{Columns, Commitment, CommittedPool, CommittedQuota};
use super::direct::{DirectRule, quota_order};
use super::terms::Predecessor;
use crate::audit::canonical;
use crate::error::{ErrorKind, Problem, Result};
use crate::instance::Instance;

/// The format of registrations.
pub const REGISTRATION_SPEC: &str = "sortition-pool/1";

/// The content of `registration.json`: plain data. Members look here for themselves and dispute; nothing of it may change afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Registration {
    /// The assembly's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assembly: Option<String>,
    /// The columns of the pool file that matter.
    pub columns: Columns,
    /// Until when the pool can be disputed, in seconds since 1970-01-01T00:00Z.
    pub disputes_until: u64,
    /// Seats on the panel.
    pub panel_size: u32,
    /// The pool.
    pub pool: CommittedPool,
    /// The registration that this one replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predecessor: Option<Predecessor>,
    /// The quotas in the order in which the commitment will have them: canonical, for LEGACY that of their file.
    pub quotas: Vec<CommittedQuota>,
    /// What is fair.
    pub rule: String,
    /// [`REGISTRATION_SPEC`].
    pub spec: String,
}

impl Registration {
    /// Of this instance, to be drawn from by this rule. O(people · log people).
    ///
    /// # Errors
    /// [`ErrorKind::Format`](crate::ErrorKind::Format) when a time is beyond 2^53 − 1.
    pub fn new(instance: &Instance, rule: impl Into<String>, disputes_until: u64) -> Result<Self> {
        let rule = rule.into();
        let order = match rule.parse::<DirectRule>() {
            Ok(direct) => quota_order(instance, &direct),
            Err(_) => (0..instance.quotas().len() as u32).collect(),
        };
        let quotas = order
            .iter()
            .map(|&quota| &instance.quotas()[quota as usize]);
        let registration = Self {
            assembly: None,
            columns: Columns::of(instance),
            disputes_until,
            panel_size: instance.size(),
            pool: CommittedPool::of(instance)?,
            predecessor: None,
            quotas: quotas.map(CommittedQuota::of).collect(),
            rule,
            spec: REGISTRATION_SPEC.to_owned(),
        };
        registration.to_json()?;
        Ok(registration)
    }

    /// With the root of a Merkle tree over the pool, and how that was made.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-TERMS-FORM` for a root that is not 64 digits 0-9a-f, or a blank name.
    pub fn with_root(mut self, root: &str, hash: &str) -> Result<Self> {
        if super::Digest::read(root).is_none() || hash.trim().is_empty() {
            let found = format!("the Merkle root {root:?} of {hash:?}");
            let expected = "64 digits 0-9a-f, and how they were made";
            return Err(
                ErrorKind::Input(vec![Problem::new("E-TERMS-FORM", found, expected)]).into(),
            );
        }
        self.pool.merkle_root = Some(root.to_owned());
        self.pool.hash = Some(hash.to_owned());
        Ok(self)
    }

    /// With the assembly's name.
    #[must_use]
    pub fn with_assembly(mut self, name: impl Into<String>) -> Self {
        self.assembly = Some(name.into());
        self
    }

    /// The bytes of `registration.json`.
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
}
