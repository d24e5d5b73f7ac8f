//! A secret key.

use std::fmt;

use crate::error::{ErrorKind, Problem, Result};

/// Secret bytes from which salts or pseudonyms grow. There is no default, and `Debug` does not show them. Take them from a
/// source made for this, such as `head -c 32 /dev/urandom > key`, and keep them where the pool file is kept, or burn them.
///
/// ```
/// use kleroterion::privacy::SecretKey;
/// assert!(SecretKey::new(*b"0123456789abcdef0123456789abcdef").is_ok());
/// assert_eq!(SecretKey::new("secret").unwrap_err().problems()[0].code, "E-KEY-SHORT");
/// ```
/// ```compile_fail
/// let key = kleroterion::privacy::SecretKey::default();
/// ```
#[derive(Clone)]
pub struct SecretKey(Vec<u8>);

impl SecretKey {
    /// Fewest bytes.
    pub const LEAST: usize = 32;

    /// Takes the bytes as they are.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-KEY-SHORT` for fewer than [32](Self::LEAST) bytes, `E-KEY-PLAIN` for bytes that are all equal: `[0; 32]`.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Result<Self> {
        let bytes = bytes.into();
        let least = Self::LEAST;
        let problem = if bytes.len() < least {
            let found = format!("a key of {} bytes", bytes.len());
            Problem::new("E-KEY-SHORT", found, format!("at least {least} bytes"))
        } else if bytes.iter().all(|byte| *byte == bytes[0]) {
            let found = "a key whose bytes are all equal";
            Problem::new("E-KEY-PLAIN", found, "bytes from a random generator")
        } else {
            return Ok(Self(bytes));
        };
        Err(ErrorKind::Input(vec![problem]).into())
    }

    /// The bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretKey").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::SecretKey;

    #[test]
    fn a_key_that_is_none_is_refused() {
        let message = |bytes: &[u8]| SecretKey::new(bytes).unwrap_err().to_string();
        assert_eq!(
            message(&[1; 31]),
            "E-KEY-SHORT: found a key of 31 bytes, expected at least 32 bytes"
        );
        assert_eq!(
            message(&[0; 32]),
            "E-KEY-PLAIN: found a key whose bytes are all equal, expected bytes from a random generator"
        );
        let key = SecretKey::new((0..32).collect::<Vec<u8>>()).unwrap();
        assert_eq!(format!("{key:?}"), "SecretKey { .. }");
    }
}
