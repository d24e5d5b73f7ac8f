//! A pulse of the NIST randomness beacon.

use std::fmt;

use super::fields::{Fields, Named, integer, is_hex};
use super::refused;
use super::value::Value;
use crate::audit::canonical::LARGEST;
use crate::error::Result;

/// A pulse of the NIST randomness beacon, version 2.0: the text is `nist `, its time stamp in seconds, and its output value in 128 lowercase hexadecimal digits.
///
/// One operator makes it: better as a second source than as the only one. Its signature is not checked here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NistPulse {
    pub(super) time: u64,
}

impl NistPulse {
    /// The pulse with this time stamp, in seconds since 1970-01-01T00:00Z; there is one every minute.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with `E-TERMS-FORM`: a time that is not a whole minute, such as 90.
    pub fn at(time: u64) -> Result<Self> {
        let wrong = !time.is_multiple_of(60) || time > LARGEST;
        refused(wrong, format!("time {time}"), "a whole minute in seconds")?;
        Ok(Self { time })
    }

    /// The text of the pulse, from its output value as the beacon shows it (capital letters are made small).
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with `E-TERMS-FORM`: an output value that is not 128 hexadecimal digits.
    pub fn text(self, output: &str) -> Result<String> {
        let text = format!("nist {} {}", self.time, output.to_ascii_lowercase());
        refused(self.value(&text).is_none(), text.clone(), &self.to_string())?;
        Ok(text)
    }

    pub(super) fn value(self, text: &str) -> Option<Value> {
        let output = text.strip_prefix(&format!("nist {} ", self.time))?;
        is_hex(output, 64).then(|| Value::Nist {
            output: output.to_owned(),
        })
    }

    pub(super) fn fields(self) -> Named {
        vec![("time", integer(self.time))]
    }

    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let time = fields.time("time")?;
        time.is_multiple_of(60).then_some(Self { time })
    }
}

impl fmt::Display for NistPulse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"nist {} \" and 128 digits 0-9a-f", self.time)
    }
}
