//! Dice thrown in public.

use std::fmt;

use super::fields::{Fields, Named, integer, with_time};
use super::refused;
use super::value::{Value, joined, numbers};
use crate::error::Result;

/// Dice: the text is `dice ` and the numbers in the order thrown, joined by `-`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dice {
    pub(super) count: u64,
    pub(super) sides: u64,
    pub(super) time: Option<u64>,
}

impl Dice {
    /// So many throws of a die with so many sides. Numbers are from 1 to `sides`; with 10 sides from 0 to 9, as such dice are marked.
    ///
    /// ```
    /// use kleroterion::lottery::Dice;
    /// assert_eq!(Dice::new(3, 10)?.text(&[6, 0, 4])?, "dice 6-0-4");
    /// assert!(Dice::new(3, 6)?.text(&[6, 0, 4]).is_err());
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with `E-TERMS-FORM`: 0 dice, more than 1000, 1 side, more than 1000.
    pub fn new(count: u32, sides: u32) -> Result<Self> {
        let wrong = !(1..=1000).contains(&count) || !(2..=1000).contains(&sides);
        let found = format!("{count} dice with {sides} sides");
        refused(wrong, found, "1 to 1000 dice with 2 to 1000 sides")?;
        Ok(Self {
            count: count.into(),
            sides: sides.into(),
            time: None,
        })
    }

    /// With the time of the throw, in seconds since 1970-01-01T00:00Z.
    #[must_use]
    pub fn at(mut self, time: u64) -> Self {
        self.time = Some(time);
        self
    }

    fn faces(self) -> std::ops::RangeInclusive<u64> {
        match self.sides {
            10 => 0..=9,
            sides => 1..=sides,
        }
    }

    /// The text of what was thrown.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with `E-TERMS-FORM`: another count, or a number that no side has.
    pub fn text(self, thrown: &[u64]) -> Result<String> {
        let text = format!("dice {}", joined(thrown));
        refused(self.value(&text).is_none(), text.clone(), &self.to_string())?;
        Ok(text)
    }

    pub(super) fn value(self, text: &str) -> Option<Value> {
        let thrown = numbers(text.strip_prefix("dice ")?)?;
        let fits = thrown.len() as u64 == self.count
            && thrown.iter().all(|face| self.faces().contains(face));
        fits.then_some(Value::Dice(thrown))
    }

    pub(super) fn fields(self) -> Named {
        let fields = vec![
            ("count", integer(self.count)),
            ("sides", integer(self.sides)),
        ];
        with_time(fields, self.time)
    }

    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            count: fields.integer("count", 1..=1000)?,
            sides: fields.integer("sides", 2..=1000)?,
            time: fields.optional_time("time")?,
        })
    }
}

impl fmt::Display for Dice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (
            self.faces().start().to_owned(),
            self.faces().end().to_owned(),
        );
        let count = self.count;
        write!(
            f,
            "\"dice \" and {count} numbers from {first} to {last} joined by \"-\", in the order thrown"
        )
    }
}
