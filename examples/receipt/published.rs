//! A file that everybody can see.

use std::path::Path;

use kleroterion::audit::{DirectTranscript, Published, Transcript};
use kleroterion::lottery::{Commit, Commitment, DirectCommit};
use kleroterion::{Error, io};

/// A commitment or a transcript, of either kind of draw.
pub(crate) enum PublishedFile {
    Commit(Box<Commit>),
    DirectCommit(Box<DirectCommit>),
    Lottery(Box<Transcript>),
    Direct(Box<DirectTranscript>),
}

impl PublishedFile {
    /// The error is that of the kind with a lottery, which is the usual one.
    pub(crate) fn commit(path: &Path) -> Result<Self, Error> {
        match io::json::read_direct_commit(path) {
            Ok(commit) => Ok(Self::DirectCommit(commit.into())),
            Err(_) => Ok(Self::Commit(io::json::read_commit(path)?.into())),
        }
    }

    pub(crate) fn transcript(path: &Path) -> Result<Self, Error> {
        match io::json::read_direct_transcript(path) {
            Ok(transcript) => Ok(Self::Direct(transcript.into())),
            Err(_) => Ok(Self::Lottery(io::json::read_transcript(path)?.into())),
        }
    }

    pub(crate) fn published(&self) -> Published<'_> {
        match self {
            Self::Commit(commit) => commit.as_ref().into(),
            Self::DirectCommit(commit) => commit.as_ref().into(),
            Self::Lottery(transcript) => transcript.as_ref().into(),
            Self::Direct(transcript) => transcript.as_ref().into(),
        }
    }

    pub(crate) fn commitment(&self) -> Result<Commitment, Error> {
        match self {
            Self::Commit(commit) => commit.commitment(),
            Self::DirectCommit(commit) => commit.commitment(),
            Self::Lottery(transcript) => transcript.commit.commitment(),
            Self::Direct(transcript) => transcript.commit.commitment(),
        }
    }
}
