//! The whole public record of a direct draw.

use serde::{Deserialize, Serialize, Serializer};

use super::DirectLottery;
use super::commit::DirectCommit;
use super::evenness::Evenness;
use crate::audit::canonical;
use crate::error::Result;
use crate::lottery::digest::Digest;
use crate::lottery::seed::Sources;
use crate::lottery::transcript::Order;

/// The format of direct draws' transcripts that this version writes.
pub const DIRECT_VERSION: &str = "kleroterion-direct/1";

/// What stands in place of a certificate.
pub const NO_CERTIFICATE: &str = "no certificate";

/// Everything that an auditor of a direct draw needs besides the pool and the quotas: plain data as it stands in
/// `transcript.json`, to be checked by [`audit::verify_direct`](crate::audit::verify_direct). Holds ids, counts and
/// quotas, nobody's values; no time, path or host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DirectTranscript {
    /// [`NO_CERTIFICATE`]: nothing is proven about anybody's chance.
    pub certificate: String,
    /// What was committed.
    pub commit: DirectCommit,
    /// SHA-256 of the canonical commit, in hexadecimal.
    pub commitment: String,
    /// H(`sortition-direct/1/transcript`, canonical JSON of everything else here), in hexadecimal: against slips, not
    /// against forgers.
    pub digest: String,
    /// What was drawn.
    pub draw: DirectDrawn,
    /// Whether the terms were committed in an earlier run.
    pub order: Order,
    /// The public values, in order.
    pub sources: Vec<String>,
    /// [`DIRECT_VERSION`].
    pub version: String,
}

/// What was drawn directly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DirectDrawn {
    /// Ids of everybody outside the panel, in drawn order.
    pub alternates: Vec<String>,
    /// LEGACY only: the number of attempts, the last of which gave the panel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempts: Option<u32>,
    /// Diversimax only: how even the panel's intersections are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evenness: Option<Evenness>,
    /// Ids of the panel, ascending.
    pub panel: Vec<String>,
    /// The seed, in hexadecimal.
    pub seed: String,
}

impl DirectTranscript {
    pub(super) fn new(lottery: &DirectLottery, draw: DirectDrawn, sources: &Sources) -> Self {
        let mut transcript = Self {
            certificate: NO_CERTIFICATE.to_owned(),
            commit: lottery.commit().clone(),
            commitment: lottery.commitment().to_string(),
            digest: String::new(),
            draw,
            order: lottery.order(),
            sources: sources.iter().map(str::to_owned).collect(),
            version: DIRECT_VERSION.to_owned(),
        };
        transcript.digest = transcript
            .own_digest()
            .map(|digest| digest.to_string())
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
            "sortition-direct/1/transcript",
            &[&canonical::to_bytes(&WithoutDigest(self))?],
        ))
    }
}

struct WithoutDigest<'a>(&'a DirectTranscript);

impl Serialize for WithoutDigest<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let Self(transcript) = self;
        let mut object = serializer.serialize_struct("DirectTranscript", 7)?;
        object.serialize_field("certificate", &transcript.certificate)?;
        object.serialize_field("commit", &transcript.commit)?;
        object.serialize_field("commitment", &transcript.commitment)?;
        object.serialize_field("draw", &transcript.draw)?;
        object.serialize_field("order", &transcript.order)?;
        object.serialize_field("sources", &transcript.sources)?;
        object.serialize_field("version", &transcript.version)?;
        object.end()
    }
}
