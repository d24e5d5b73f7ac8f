//! Who is invited, with what chance, and the record that says how to repeat it.

use std::fmt;

use serde::Serialize;

use super::kept::Kept;
use super::{Design, Unit};
use crate::audit::canonical;
use crate::error::Result;
use crate::lottery::{Digest, Sources};
use crate::ratio::Ratio;

/// Version of [`InvitationRecord`].
pub const INVITATION_VERSION: &str = "sortition-invitation/1";

/// The people who get a letter, and the chance that everybody had.
///
/// The chance of a person in a stratum is letters/units, and of somebody at an address with m people of the register 1/m of
/// that. It is exact for the counts of this register: who comes first is the only thing left to chance.
#[derive(Clone)]
pub struct Invitation {
    design: Design,
    keys: [Digest; 3],
    strata: Vec<Outcome>,
    invited: Vec<Invited>,
}

/// Prints counts, never people.
impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invitation")
            .field("strata", &self.strata.len())
            .field("invited", &self.invited.len())
            .finish_non_exhaustive()
    }
}

/// What a stratum had and got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Outcome {
    /// Its values, one per column, in the spelling that sorts first; none when there is one stratum for all.
    pub values: Vec<String>,
    /// People in the register.
    pub people: u64,
    /// People, or addresses when each gets one letter; somebody without an address counts as one.
    pub units: u64,
    /// Letters per unit, compared with strata of weight 1.
    pub weight: u64,
    /// Letters.
    pub letters: u64,
    /// letters/units: the chance of a person, or of an address.
    pub chance: Ratio,
}

/// Somebody who gets a letter.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Invited {
    /// The id.
    pub id: String,
    /// Position of the stratum in [`Invitation::strata`].
    pub stratum: usize,
    /// People of the register at the address; 1 when people get the letters.
    pub members: u64,
    /// The chance this person had of getting a letter.
    pub chance: Ratio,
    /// Row of the register, when it came from a file.
    pub row: Option<u64>,
    pub(crate) cells: Box<[u8]>,
}

/// Prints the id, never the cells.
impl fmt::Debug for Invited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Invited({:?}, {})", self.id, self.chance)
    }
}

impl Invited {
    pub(super) fn new(kept: Kept, stratum: usize, (letters, units): (u64, u64)) -> Self {
        Self {
            id: kept.id.into(),
            stratum,
            members: kept.members,
            chance: Ratio::new(letters, units * kept.members),
            row: kept.row,
            cells: kept.cells,
        }
    }
}

impl Invitation {
    pub(super) fn new(
        design: Design,
        keys: [Digest; 3],
        strata: Vec<Outcome>,
        invited: Vec<Invited>,
    ) -> Self {
        Self {
            design,
            keys,
            strata,
            invited,
        }
    }

    /// The design it was drawn for.
    #[must_use]
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// Strata in the order of their folded values.
    #[must_use]
    pub fn strata(&self) -> &[Outcome] {
        &self.strata
    }

    /// Who gets a letter, in ascending order of the bytes of ids.
    #[must_use]
    pub fn invited(&self) -> &[Invited] {
        &self.invited
    }

    /// People in the register.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.strata.iter().map(|s| s.people).sum()
    }

    /// The record of this invitation, without any person in it.
    #[must_use]
    pub fn record(&self, register: RegisterFile, sources: &Sources) -> InvitationRecord {
        let [person, address, alone] = self.keys;
        let per_address = self.design.unit_of_lot() == Unit::Address;
        InvitationRecord {
            version: INVITATION_VERSION,
            register,
            sources: sources.clone(),
            letters: self.design.letters(),
            one_letter_per: if per_address { "address" } else { "person" },
            factors: self
                .design
                .factors()
                .map(|(value, factor)| (value.to_owned(), factor))
                .collect(),
            keys: Keys {
                person,
                address: per_address.then_some(address),
                alone: per_address.then_some(alone),
            },
            strata: self.strata.clone(),
            how_to_repeat: if per_address { PER_ADDRESS } else { PER_PERSON },
        }
    }
}

const PER_PERSON: &str = "\
The priority of a person is SHA-256 over the 64 digits of the key `person` and then the id: printf '%s%s' KEY ID | sha256sum. \
Within each stratum the letters go to the lowest priorities, as many as `letters` says. Everybody in a stratum had the chance \
letters/units. A key is SHA-256 over version, purpose and sources, each after its length in eight bytes, lowest first.";

const PER_ADDRESS: &str = "\
The priority of an address is SHA-256 over the 64 digits of the key `address` and then the address: each of its columns in \
lower case (every character to lower case, upper case and lower case again, so that ß is ss), white space at the ends left out and inside as one space, the columns joined by line breaks. Somebody without an address is an address \
of their own: key `alone` and the id. Within each stratum the letters go to the addresses of lowest priority, as many as `letters` says; \
at each of them to the person whose SHA-256 over the key `person` and the id is lowest. A person at an address with m people of the \
register had the chance letters/(units times m). A key is SHA-256 over version, purpose and sources, each after its length in eight \
bytes, lowest first.";

/// The register that an invitation was drawn from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RegisterFile {
    /// Name of the file, without folders.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: Digest,
    /// People in it.
    pub people: u64,
    /// Column of the ids.
    pub id: String,
    /// Columns that make the strata.
    pub strata: Vec<String>,
    /// Columns that make the address.
    pub address: Vec<String>,
}

impl RegisterFile {
    /// A register that was not read from a file: its name and its digest, such as that of a list of ids.
    #[must_use]
    pub fn new(name: impl Into<String>, sha256: Digest, people: u64) -> Self {
        Self {
            file: name.into(),
            sha256,
            people,
            id: "id".into(),
            strata: vec![],
            address: vec![],
        }
    }
}

/// What was drawn from what, by which sources, and how to repeat it. Holds counts and keys, no person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InvitationRecord {
    /// [`INVITATION_VERSION`].
    pub version: &'static str,
    /// The register.
    pub register: RegisterFile,
    /// The public values, in order.
    pub sources: Sources,
    /// Letters.
    pub letters: u64,
    /// `person` or `address`.
    pub one_letter_per: &'static str,
    /// Values with more letters per head, and their factors.
    pub factors: Vec<(String, u32)>,
    /// The keys of the priorities.
    pub keys: Keys,
    /// What every stratum had and got.
    pub strata: Vec<Outcome>,
    /// In words.
    pub how_to_repeat: &'static str,
}

/// Keys of [`Priorities`](super::Priorities), by purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Keys {
    /// For ids.
    pub person: Digest,
    /// For addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Digest>,
    /// For ids without an address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alone: Option<Digest>,
}

impl InvitationRecord {
    /// Canonical JSON: the same record has the same bytes on every machine.
    ///
    /// # Errors
    /// [`ErrorKind::Format`](crate::ErrorKind::Format) for counts beyond 2^53 − 1.
    pub fn to_json(&self) -> Result<Vec<u8>> {
        canonical::to_bytes(self)
    }
}

/// How people come to be asked.
///
/// ```
/// use kleroterion::recruitment::Frame;
/// let frame = Frame::OpenToAll { residents: 74_932 };
/// assert!(frame.statement().starts_with("All 74932 residents were invited."));
/// assert_eq!(frame.chance_of("anybody"), Some(kleroterion::Ratio::new(1, 1)));
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Frame {
    /// A lottery decides who gets a letter.
    Drawn(Invitation),
    /// Everybody is asked, as Danish municipalities do by Digital Post to all residents: there is no first lottery.
    OpenToAll {
        /// How many there are.
        residents: u64,
    },
}

impl Frame {
    /// The chance a person had of being asked. `None` for somebody who was not invited by lot: their chance is that of
    /// their [stratum](Invitation::strata), which the register knows.
    #[must_use]
    pub fn chance_of(&self, id: &str) -> Option<Ratio> {
        match self {
            Self::OpenToAll { .. } => Some(Ratio::new(1, 1)),
            Self::Drawn(invitation) => {
                let list = invitation.invited();
                let at = list.binary_search_by(|i| i.id.as_str().cmp(id)).ok()?;
                Some(list[at].chance)
            }
        }
    }

    /// What to publish about the first stage, in a few sentences.
    #[must_use]
    pub fn statement(&self) -> String {
        match self {
            Self::OpenToAll { residents } => format!(
                "All {residents} residents were invited. There was no lottery at this stage: the chance of being asked was 1 for \
                 everybody. Who comes to the pool is decided by who answers, and by nothing else."
            ),
            Self::Drawn(invitation) => format!(
                "{} of {} people were invited by lot, in {} strata. Who comes to the pool is decided by this lottery and by who answers.",
                invitation.invited().len(),
                invitation.people(),
                invitation.strata().len()
            ),
        }
    }
}
