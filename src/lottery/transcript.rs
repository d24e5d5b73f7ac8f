//! The whole public record of a draw.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use super::Lottery;
use super::commit::Commit;
use super::digest::Digest;
use super::record::Record;
use super::seed::Sources;
use crate::audit::canonical;
use crate::certificate::Certificate;
use crate::error::Result;

/// The format of transcripts that this version writes.
pub const VERSION: &str = "kleroterion-transcript/1";

/// Everything that an auditor needs besides the pool and the quotas: plain data as it stands in `transcript.json`, to be
/// checked by [`audit::verify`](crate::audit::verify). Holds ids, counts and quotas, nobody's values; no time, path or
/// host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Transcript {
    /// The proof that the lottery is as fair as its rule demands.
    pub certificate: Certificate,
    /// What was committed.
    pub commit: Commit,
    /// SHA-256 of the canonical commit, in hexadecimal.
    pub commitment: String,
    /// H(`sortition-draw/1/transcript`, canonical JSON of everything else here), in hexadecimal: against slips, not
    /// against forgers.
    pub digest: String,
    /// What was drawn.
    pub draw: Drawn,
    /// The lottery.
    pub lottery: Record,
    /// Whether the lottery was committed in an earlier run.
    pub order: Order,
    /// The public values, in order.
    pub sources: Vec<String>,
    /// [`VERSION`].
    pub version: String,
}

/// What was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Drawn {
    /// Ids of everybody outside the panel, in drawn order.
    pub alternates: Vec<String>,
    /// Ids of the panel, ascending.
    pub panel: Vec<String>,
    /// The seed, in hexadecimal.
    pub seed: String,
    /// The ticket, from 0.
    pub ticket: u64,
}

/// What the maker of a transcript says about the order of commitment and sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Order {
    /// The lottery was read from files of an earlier run.
    #[serde(rename = "committed first")]
    CommittedFirst,
    /// Lottery and draw were made in one run: nothing shows which came first.
    #[serde(rename = "unproven")]
    Unproven,
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CommittedFirst => "committed first",
            Self::Unproven => "unproven",
        })
    }
}

impl Transcript {
    pub(super) fn new(lottery: &Lottery, draw: Drawn, sources: &Sources) -> Self {
        let mut transcript = Self {
            certificate: lottery.certificate().clone(),
            commit: lottery.commit().clone(),
            commitment: lottery.commitment().to_string(),
            digest: String::new(),
            draw,
            lottery: lottery.record().clone(),
            order: lottery.order(),
            sources: sources.iter().map(str::to_owned).collect(),
            version: VERSION.to_owned(),
        };
        transcript.digest = transcript
            .own_digest()
            .map(|d| d.to_string())
            .unwrap_or_default();
        transcript
    }

    /// The bytes of `transcript.json`.
    ///
    /// # Errors
    /// [`ErrorKind::Format`](crate::ErrorKind::Format) when an integer is beyond ±(2^53 − 1).
    pub fn to_json(&self) -> Result<Vec<u8>> {
        canonical::to_bytes(self)
    }

    /// What [`digest`](Self::digest) must be.
    ///
    /// # Errors
    /// As [`to_json`](Self::to_json).
    pub fn own_digest(&self) -> Result<Digest> {
        Ok(Digest::of(
            "sortition-draw/1/transcript",
            &[&canonical::to_bytes(&WithoutDigest(self))?],
        ))
    }
}

struct WithoutDigest<'a>(&'a Transcript);

impl Serialize for WithoutDigest<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let Self(transcript) = self;
        let mut object = serializer.serialize_struct("Transcript", 8)?;
        object.serialize_field("certificate", &transcript.certificate)?;
        object.serialize_field("commit", &transcript.commit)?;
        object.serialize_field("commitment", &transcript.commitment)?;
        object.serialize_field("draw", &transcript.draw)?;
        object.serialize_field("lottery", &transcript.lottery)?;
        object.serialize_field("order", &transcript.order)?;
        object.serialize_field("sources", &transcript.sources)?;
        object.serialize_field("version", &transcript.version)?;
        object.end()
    }
}
