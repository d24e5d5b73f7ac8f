//! SHA-256 with domain separation.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest; shown as 64 lowercase hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// H(domain, parts): SHA-256 over the domain and every part, each after its length as 64-bit little-endian integer.
    /// No two lists of parts feed the same bytes. O(length).
    ///
    /// ```
    /// use kleroterion::lottery::Digest;
    /// assert_ne!(Digest::of("a", &[b"bc"]), Digest::of("a", &[b"b", b"c"]));
    /// ```
    #[must_use]
    pub fn of(domain: &str, parts: &[&[u8]]) -> Self {
        let mut sha = Sha256::new();
        for part in [domain.as_bytes()].iter().chain(parts) {
            sha.update((part.len() as u64).to_le_bytes());
            sha.update(part);
        }
        Self(sha.finalize().into())
    }

    /// From 64 lowercase hexadecimal digits and nothing else.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        let digit = |at: usize| match text.as_bytes().get(at) {
            Some(digit @ b'0'..=b'9') => Some(digit - b'0'),
            Some(digit @ b'a'..=b'f') => Some(digit - b'a' + 10),
            _ => None,
        };
        for (at, byte) in bytes.iter_mut().enumerate() {
            let (high, low) = digit(2 * at).zip(digit(2 * at + 1))?;
            *byte = 16 * high + low;
        }
        (text.len() == 64).then_some(Self(bytes))
    }

    /// SHA-256 of the bytes and nothing else, as `sha256sum` gives it. O(length).
    #[must_use]
    pub fn plain(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// As text, 64 lowercase hexadecimal digits.
impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// From 64 lowercase hexadecimal digits and nothing else.
impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(&text).ok_or_else(|| D::Error::custom("a digest is 64 digits 0-9a-f"))
    }
}

#[cfg(test)]
mod tests {
    use super::Digest;

    #[test]
    fn plain_digest_is_sha_256() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Digest::plain(b"abc").to_string(), expected);
    }

    #[test]
    fn digests_are_kept_as_hexadecimal_text() {
        let digest = Digest::plain(b"abc");
        let text = serde_json::to_string(&digest).unwrap();
        assert_eq!(text, format!("\"{digest}\""));
        assert_eq!(serde_json::from_str::<Digest>(&text).unwrap(), digest);
        for wrong in [
            text.to_uppercase(),
            text.replace("ba78", "ba7"),
            text.replace("ba78", "ba788"),
        ] {
            assert!(serde_json::from_str::<Digest>(&wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn lengths_come_before_parts() {
        let fed = b"\x01\0\0\0\0\0\0\0d\x02\0\0\0\0\0\0\0xy\0\0\0\0\0\0\0\0";
        assert_eq!(Digest::of("d", &[b"xy", b""]), Digest::plain(fed));
    }
}
