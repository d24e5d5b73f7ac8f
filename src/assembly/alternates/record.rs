//! `replacements.json`.

use serde::{Deserialize, Serialize};

use super::{Alternates, Dropout, Outcome, Policy};
use crate::audit::canonical;
use crate::error::Result;
use crate::lottery::Digest;

/// The format of `replacements.json` that this version writes.
pub const VERSION: &str = "kleroterion-replacements/1";

/// The public story of a panel after its draw: plain data as it stands in `replacements.json`, to be checked by
/// [`audit::verify_replacements`](crate::audit::verify_replacements). It names the transcript of the draw by its digest. Ids and days, nobody's values:
/// which quotas are missed when is left out, because it tells what the person who left was. Whoever may see the pool learns it by replaying.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ReplacementRecord {
    /// H(`sortition-draw/1/replacements`, canonical JSON of everything else here), in hexadecimal: against slips, not against forgers.
    pub digest: String,
    /// Who left, in order of days.
    pub dropouts: Vec<Dropout>,
    /// What followed, one per dropout.
    pub outcomes: Vec<Outcome>,
    /// Ids of the panel at the end, ascending.
    pub panel: Vec<String>,
    /// How seats are filled again.
    pub policy: Policy,
    /// The digest of the draw's transcript.
    pub transcript: String,
    /// [`VERSION`].
    pub version: String,
}

impl ReplacementRecord {
    /// Replays the dropouts and records what followed. `transcript` is the digest of the draw's transcript.
    ///
    /// # Errors
    /// As [`Alternates::replay`].
    pub fn new(
        alternates: &Alternates<'_>,
        transcript: impl Into<String>,
        policy: Policy,
        dropouts: Vec<Dropout>,
    ) -> Result<Self> {
        let story = alternates.replay(&policy, &dropouts)?;
        let mut record = Self {
            digest: String::new(),
            dropouts,
            outcomes: story.steps.into_iter().map(|step| step.outcome).collect(),
            panel: story.panel,
            policy,
            transcript: transcript.into(),
            version: VERSION.to_owned(),
        };
        record.digest = record.own_digest()?.to_string();
        Ok(record)
    }

    /// The bytes of `replacements.json`.
    ///
    /// # Errors
    /// None: it holds texts only.
    pub fn to_json(&self) -> Result<Vec<u8>> {
        canonical::to_bytes(self)
    }

    /// What [`digest`](Self::digest) must be.
    ///
    /// # Errors
    /// As [`to_json`](Self::to_json).
    pub fn own_digest(&self) -> Result<Digest> {
        #[derive(Serialize)]
        struct WithoutDigest<'a> {
            dropouts: &'a [Dropout],
            outcomes: &'a [Outcome],
            panel: &'a [String],
            policy: &'a Policy,
            transcript: &'a str,
            version: &'a str,
        }
        let bytes = canonical::to_bytes(&WithoutDigest {
            dropouts: &self.dropouts,
            outcomes: &self.outcomes,
            panel: &self.panel,
            policy: &self.policy,
            transcript: &self.transcript,
            version: &self.version,
        })?;
        Ok(Digest::of("sortition-draw/1/replacements", &[&bytes]))
    }
}
