//! Reading a declaration field by field: exactly the fields of its form, integers in range.

use std::ops::RangeInclusive;

use crate::audit::canonical::LARGEST;
use crate::lottery::commit::{Entry, Scalar};

/// An entry, and how many of its fields were asked for.
pub(super) struct Fields<'a> {
    entry: &'a Entry,
    used: usize,
}

impl<'a> Fields<'a> {
    pub(super) fn of(entry: &'a Entry) -> Self {
        Self { entry, used: 0 }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.entry.contains_key(name)
    }

    pub(super) fn text(&mut self, name: &str) -> Option<&'a str> {
        match self.entry.get(name)? {
            Scalar::Text(text) => {
                self.used += 1;
                Some(text)
            }
            Scalar::Integer(_) => None,
        }
    }

    /// A text that is not blank.
    pub(super) fn filled(&mut self, name: &str) -> Option<&'a str> {
        self.text(name).filter(|text| !text.trim().is_empty())
    }

    /// So many bytes in lowercase hexadecimal.
    pub(super) fn hex(&mut self, name: &str, bytes: usize) -> Option<&'a str> {
        self.text(name).filter(|text| is_hex(text, bytes))
    }

    pub(super) fn integer(&mut self, name: &str, range: RangeInclusive<u64>) -> Option<u64> {
        match self.entry.get(name)? {
            Scalar::Integer(number) => {
                self.used += 1;
                let number = u64::try_from(*number).ok()?;
                range.contains(&number).then_some(number)
            }
            Scalar::Text(_) => None,
        }
    }

    pub(super) fn time(&mut self, name: &str) -> Option<u64> {
        self.integer(name, 0..=LARGEST)
    }

    /// A time that need not be there: `None` when it is there and none.
    pub(super) fn optional_time(&mut self, name: &str) -> Option<Option<u64>> {
        if self.has(name) {
            self.time(name).map(Some)
        } else {
            Some(None)
        }
    }

    /// There is no field that nobody asked for.
    pub(super) fn all_used(&self) -> bool {
        self.used == self.entry.len()
    }
}

/// Named fields of a declaration.
pub(super) type Named = Vec<(&'static str, Scalar)>;

pub(super) fn integer(number: u64) -> Scalar {
    Scalar::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

pub(super) fn text(text: &str) -> Scalar {
    Scalar::Text(text.to_owned())
}

pub(super) fn with_time(mut fields: Named, time: Option<u64>) -> Named {
    fields.extend(time.map(|time| ("time", integer(time))));
    fields
}

/// So many bytes in lowercase hexadecimal.
pub(crate) fn is_hex(text: &str, bytes: usize) -> bool {
    text.len() == 2 * bytes && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// The bytes of hexadecimal digits.
pub(super) fn bytes(hex: &str) -> Vec<u8> {
    let digit = |b: u8| (b as char).to_digit(16).unwrap_or(0) as u8;
    hex.as_bytes()
        .chunks_exact(2)
        .map(|pair| 16 * digit(pair[0]) + digit(pair[1]))
        .collect()
}
