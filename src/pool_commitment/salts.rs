//! Where salts come from.

use std::fmt;

use rand_chacha::rand_core::CryptoRng;

use super::field::Salt;
use crate::lottery::Digest;
use crate::privacy::{SecretKey, hmac_sha256};

/// A source of salts, one per person and field. There is no default: whoever commits to a pool brings the secret.
pub struct Salts<'a>(Box<Source<'a>>);

/// Id and name of a field to a salt.
type Source<'a> = dyn FnMut(&str, &str) -> Salt + 'a;

impl<'a> Salts<'a> {
    /// HMAC-SHA256(key, H(`sortition-fields/1/salt`, id, field)): the same key gives the same salts. Whoever has the key has all salts, also those that were erased:
    /// destroy it once the openings are written.
    #[must_use]
    pub fn from_key(key: &'a SecretKey) -> Self {
        Self(Box::new(|id, field| {
            let message = Digest::of(
                "sortition-fields/1/salt",
                &[id.as_bytes(), field.as_bytes()],
            );
            Salt::from_bytes(hmac_sha256(key.bytes(), &message.0))
        }))
    }

    /// 32 bytes from a cryptographic generator each, people in order of ids, fields in order of names.
    #[must_use]
    pub fn from_generator(generator: &'a mut impl CryptoRng) -> Self {
        Self(Box::new(|_, _| {
            let mut bytes = [0; 32];
            generator.fill_bytes(&mut bytes);
            Salt::from_bytes(bytes)
        }))
    }

    /// The salt of a person's field. A generator gives another one at every call.
    pub fn of(&mut self, id: &str, field: &str) -> Salt {
        (self.0)(id, field)
    }
}

impl fmt::Debug for Salts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Salts").finish_non_exhaustive()
    }
}
