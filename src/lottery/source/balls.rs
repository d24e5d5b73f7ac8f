//! A number from a bowl.

use std::fmt;

use super::fields::{Fields, Named, integer, with_time};
use super::refused;
use super::value::Value;
use crate::audit::canonical::LARGEST;
use crate::error::Result;

/// A physical draw of one of the tickets of a list of panels: a numbered ball, or one digit from each of several bowls. The text is `balls ` and the
/// number with leading zeros, as it stands on the balls.
///
/// It stays out of the seed. The label is the balls' number plus a number that the other sources give, modulo the tickets: uniform when either is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balls {
    pub(super) tickets: u64,
    pub(super) time: Option<u64>,
}

impl Balls {
    /// One of so many tickets, numbered from 0.
    ///
    /// ```
    /// assert_eq!(kleroterion::lottery::Balls::new(1000)?.text(7)?, "balls 007");
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with `E-TERMS-FORM`: 0 tickets, or more than 2^53 − 1.
    pub fn new(tickets: u64) -> Result<Self> {
        let wrong = !(1..=LARGEST).contains(&tickets);
        refused(wrong, format!("{tickets} tickets"), "1 to 2^53 - 1")?;
        Ok(Self {
            tickets,
            time: None,
        })
    }

    /// With the time of the draw, in seconds since 1970-01-01T00:00Z.
    #[must_use]
    pub fn at(mut self, time: u64) -> Self {
        self.time = Some(time);
        self
    }

    /// Digits of the highest number.
    pub(super) fn width(self) -> usize {
        (self.tickets - 1).to_string().len()
    }

    /// The text of the number drawn.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with `E-TERMS-FORM`: a number that no ticket has.
    pub fn text(self, number: u64) -> Result<String> {
        let text = format!("balls {number:0width$}", width = self.width());
        refused(self.value(&text).is_none(), text.clone(), &self.to_string())?;
        Ok(text)
    }

    pub(super) fn value(self, text: &str) -> Option<Value> {
        let digits = text.strip_prefix("balls ")?;
        let plain = digits.len() == self.width() && digits.bytes().all(|b| b.is_ascii_digit());
        let number = plain.then(|| digits.parse::<u64>().ok()).flatten()?;
        (number < self.tickets).then_some(Value::Balls(number))
    }

    pub(super) fn fields(self) -> Named {
        with_time(vec![("tickets", integer(self.tickets))], self.time)
    }

    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            tickets: fields.integer("tickets", 1..=LARGEST)?,
            time: fields.optional_time("time")?,
        })
    }
}

impl fmt::Display for Balls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (last, digits) = (self.tickets - 1, self.width());
        write!(
            f,
            "\"balls \" and a number from 0 to {last} with {digits} digits"
        )
    }
}
