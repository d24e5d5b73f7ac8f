//! What has happened between the commitment and the draw.

use serde::{Deserialize, Serialize};

use super::refused;
use crate::assembly::Dropout;
use crate::audit::canonical;
use crate::error::Result;
use crate::lottery::Commitment;

/// The format of progress.
pub const PROGRESS_VERSION: &str = "kleroterion-progress/1";

/// Who has withdrawn and which sources are in since a lottery was committed: plain data as it stands in `progress.json`, public. A ceremony that is
/// interrupted goes on from the [latest](super::LotteryCommitted::progress) of these files; an older one forgets what came after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Progress {
    /// The commitment of the lottery.
    pub commitment: Commitment,
    /// Who withdrew, in order of days.
    pub dropouts: Vec<Dropout>,
    /// The public values that are known, in order.
    pub sources: Vec<String>,
    /// [`PROGRESS_VERSION`].
    pub version: String,
}

impl Progress {
    pub(super) fn new(
        commitment: Commitment,
        dropouts: Vec<Dropout>,
        sources: Vec<String>,
    ) -> Self {
        Self {
            commitment,
            dropouts,
            sources,
            version: PROGRESS_VERSION.to_owned(),
        }
    }

    /// The bytes of `progress.json`.
    ///
    /// # Errors
    /// None that its texts can cause.
    pub fn to_json(&self) -> Result<Vec<u8>> {
        canonical::to_bytes(self)
    }

    /// It is of this lottery, in the format that is known.
    pub(super) fn belongs_to(&self, commitment: Commitment) -> Result<()> {
        let Self {
            commitment: own,
            version,
            ..
        } = self;
        if *own == commitment && version == PROGRESS_VERSION {
            return Ok(());
        }
        let found = format!("progress {version:?} of the commitment {own}");
        let expected = format!("{PROGRESS_VERSION:?} of {commitment}");
        Err(refused("E-CEREMONY-PROGRESS", found, expected))
    }
}
