//! What stands in the chain.

use serde::{Deserialize, Serialize};

use super::state::State;
use crate::audit::canonical;
use crate::error::Result;
use crate::lottery::Digest;

/// The format of `roster.json` that this version writes.
pub const VERSION: &str = "kleroterion-roster/1";

/// Who an entry speaks of: a salted commitment to the person's id. The ledger holds nothing else about anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonKey(Digest);

impl PersonKey {
    /// H(`sortition-draw/1/roster-person`, salt, id). Whoever has no salt learns nothing from it, not even by trying all ids; whoever has it can prove
    /// which entries are theirs. The salt must be 32 bytes of secret randomness, a new one for every person.
    #[must_use]
    pub fn new(id: &str, salt: &[u8; 32]) -> Self {
        Self(Digest::of(
            "sortition-draw/1/roster-person",
            &[salt, id.as_bytes()],
        ))
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// A person takes a step that concerns nobody else: to any state but [`Activated`](State::Activated).
    Step {
        /// Who.
        person: PersonKey,
        /// Where to.
        to: State,
    },
    /// A registered person is asked to take the seat of somebody who left or did not come.
    AlternateActivated {
        /// Who.
        person: PersonKey,
        /// Whose seat.
        replaces: PersonKey,
    },
    /// A meeting was held. The first such entry is meeting 1.
    Meeting {
        /// The members who came, ascending.
        attended: Vec<PersonKey>,
    },
}

/// An event and its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dated {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// What happened.
    pub event: Event,
}

impl Dated {
    /// A step of one person.
    #[must_use]
    pub fn step(date: impl Into<String>, person: PersonKey, to: State) -> Self {
        Self {
            date: date.into(),
            event: Event::Step { person, to },
        }
    }

    /// Somebody is asked to take the seat of another.
    #[must_use]
    pub fn replacement(date: impl Into<String>, person: PersonKey, replaces: PersonKey) -> Self {
        Self {
            date: date.into(),
            event: Event::AlternateActivated { person, replaces },
        }
    }

    /// A meeting with those who came, in any order.
    #[must_use]
    pub fn meeting(date: impl Into<String>, attended: impl IntoIterator<Item = PersonKey>) -> Self {
        let mut attended: Vec<PersonKey> = attended.into_iter().collect();
        attended.sort_unstable();
        Self {
            date: date.into(),
            event: Event::Meeting { attended },
        }
    }
}

/// What is fixed before the first entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Head {
    /// What the assembly is called.
    pub assembly: String,
    /// The last day, `YYYY-MM-DD`, on which a seat is filled again; `None` without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<String>,
    /// Seats.
    pub seats: u32,
    /// The digest of the draw's transcript, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transcript: Option<Digest>,
    /// [`VERSION`].
    pub version: String,
}

impl Head {
    /// Without a last day and without a transcript.
    #[must_use]
    pub fn new(assembly: impl Into<String>, seats: u32) -> Self {
        Self {
            assembly: assembly.into(),
            cut_off: None,
            seats,
            transcript: None,
            version: VERSION.to_owned(),
        }
    }

    /// With the last day on which a seat is filled again.
    #[must_use]
    pub fn until(mut self, day: impl Into<String>) -> Self {
        self.cut_off = Some(day.into());
        self
    }

    /// With the draw that it continues.
    #[must_use]
    pub fn after_draw(mut self, transcript: Digest) -> Self {
        self.transcript = Some(transcript);
        self
    }

    /// H(`sortition-draw/1/roster-head`, canonical JSON), the digest before the first entry.
    ///
    /// # Errors
    /// None: it holds texts and one number of 32 bits.
    pub fn digest(&self) -> Result<Digest> {
        let bytes = canonical::to_bytes(self)?;
        Ok(Digest::of("sortition-draw/1/roster-head", &[&bytes]))
    }
}

/// One link of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Entry {
    /// H(`sortition-draw/1/roster-entry`, canonical JSON of everything else here).
    pub digest: Digest,
    /// What happened, and when.
    pub happened: Dated,
    /// Counted from 1.
    pub number: u64,
    /// The digest of the entry before, or of the head.
    pub previous: Digest,
}

impl Entry {
    pub(super) fn new(happened: Dated, number: u64, previous: Digest) -> Result<Self> {
        let mut entry = Self {
            digest: previous,
            happened,
            number,
            previous,
        };
        entry.digest = entry.own_digest()?;
        Ok(entry)
    }

    /// What [`digest`](Self::digest) must be.
    ///
    /// # Errors
    /// [`Format`](crate::ErrorKind::Format) for a number beyond 2^53 − 1, which no roster reaches.
    pub fn own_digest(&self) -> Result<Digest> {
        #[derive(Serialize)]
        struct WithoutDigest<'a> {
            happened: &'a Dated,
            number: u64,
            previous: Digest,
        }
        let bytes = canonical::to_bytes(&WithoutDigest {
            happened: &self.happened,
            number: self.number,
            previous: self.previous,
        })?;
        Ok(Digest::of("sortition-draw/1/roster-entry", &[&bytes]))
    }
}
