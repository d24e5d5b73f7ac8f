//! Ids that say nothing.

use super::hmac::hmac_sha256;
use super::key::SecretKey;
use crate::lottery::Digest;
use crate::pool::key::clean;

/// Pseudonyms for one purpose, such as one assembly. The same text always gets the same one; without the key nobody can make one, or
/// tell whether two of different purposes belong to the same person.
///
/// Whoever has the key can find everybody by trying: keep it apart from what is published, and destroy it when nobody needs to
/// find anybody any more.
///
/// ```
/// use kleroterion::privacy::{Pseudonyms, SecretKey};
/// let key = SecretKey::new(*b"0123456789abcdef0123456789abcdef")?;
/// let (assembly, survey) = (Pseudonyms::new(key.clone(), "assembly 2026"), Pseudonyms::new(key, "survey"));
/// assert_eq!(assembly.of("p1"), assembly.of(" p1 "));
/// assert_ne!(assembly.of("p1"), survey.of("p1"));
/// assert_eq!(assembly.of("p1").len(), 32);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Pseudonyms {
    key: SecretKey,
    purpose: String,
}

impl Pseudonyms {
    /// Purposes may be public; pseudonyms of different purposes cannot be linked without the key.
    #[must_use]
    pub fn new(key: SecretKey, purpose: impl Into<String>) -> Self {
        let purpose = purpose.into();
        Self { key, purpose }
    }

    /// 32 lowercase hexadecimal digits: the first 16 bytes of HMAC-SHA256(key, H(`sortition-pseudonym/1`, purpose, text)), the text trimmed and with
    /// single spaces. Among a million people two share one with a chance below 10^-26. O(length).
    #[must_use]
    pub fn of(&self, text: &str) -> String {
        let text = clean(text);
        let parts = [self.purpose.as_bytes(), text.as_bytes()];
        let message = Digest::of("sortition-pseudonym/1", &parts);
        let mac = hmac_sha256(self.key.bytes(), &message.0);
        mac[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
