//! Who comes first: a number for everybody, which the public sources decide and nobody can choose.

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::INVITATION_VERSION;
use crate::lottery::{Digest, Sources};

/// Gives every id and every address its priority; the lowest are invited.
///
/// A priority is the first 16 bytes of SHA-256 over the key's 64 hexadecimal digits and then the text, read as one number. So the
/// order is that of the digests a shell prints, and anyone can check an invitation without this program:
///
/// ```text
/// printf '%s%s' KEY ID | sha256sum
/// ```
///
/// The key is H(`sortition-invitation/1`, purpose, source 1, source 2, ...) in the sense of [`Digest::of`]. It depends on nothing
/// else: more letters with the same sources go to the same people and then to further ones, and the order of rows has no say.
/// The ids must be fixed before the sources are known, since a chosen id is a chosen priority.
///
/// ```
/// use kleroterion::lottery::{Digest, Sources};
/// use kleroterion::recruitment::Priorities;
/// let priorities = Priorities::new("person", &Sources::new(["dice 3-5"])?);
/// let text = format!("{}{}", priorities.key(), "b1221");
/// let digits = Digest::plain(text.as_bytes()).to_string();
/// assert_eq!(format!("{:032x}", priorities.of("b1221")), digits[..32]);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Clone)]
pub struct Priorities {
    key: Digest,
    /// Has taken in the key, which is one block.
    primed: Sha256,
}

/// Prints the key.
impl fmt::Debug for Priorities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Priorities({})", self.key)
    }
}

/// What one hash gives: the priority, and a mark that tells texts apart.
#[derive(Clone, Copy)]
pub(super) struct Hashed {
    pub(super) priority: u128,
    pub(super) mark: u64,
}

impl Priorities {
    /// The priorities for one purpose: `person` for ids, `address` for addresses, `alone` for ids without an address. O(length).
    #[must_use]
    pub fn new(purpose: &str, sources: &Sources) -> Self {
        let mut parts = vec![purpose.as_bytes()];
        parts.extend(sources.iter().map(str::as_bytes));
        let key = Digest::of(INVITATION_VERSION, &parts);
        let primed = Sha256::new_with_prefix(key.to_string());
        Self { key, primed }
    }

    /// The key; shown as the 64 digits that stand before a text when it is hashed.
    #[must_use]
    pub fn key(&self) -> Digest {
        self.key
    }

    /// The priority of a text. One block of SHA-256 for texts of up to 55 bytes.
    #[must_use]
    pub fn of(&self, text: &str) -> u128 {
        self.hash(text.as_bytes()).priority
    }

    pub(super) fn hash(&self, text: &[u8]) -> Hashed {
        let mut sha = self.primed.clone();
        sha.update(text);
        let digest: [u8; 32] = sha.finalize().into();
        let (mut priority, mut mark) = ([0; 16], [0; 8]);
        priority.copy_from_slice(&digest[..16]);
        mark.copy_from_slice(&digest[16..24]);
        Hashed {
            priority: u128::from_be_bytes(priority),
            mark: u64::from_be_bytes(mark),
        }
    }
}
