//! The numbers of a public lottery.

use std::fmt;

use super::fields::{Fields, Named, integer, text};
use super::refused;
use super::value::{Value, joined, numbers};
use crate::audit::canonical::LARGEST;
use crate::error::Result;

/// A drawing of a public lottery: the text is `lottery `, the numbers ascending and joined by `-`, a space, and the drawing's name as declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    pub(super) drawing: String,
    pub(super) count: u64,
    pub(super) highest: u64,
    pub(super) time: u64,
}

impl Drawing {
    /// `count` different numbers from 1 to `highest` (`numbers`), drawn at this time, in seconds since 1970-01-01T00:00Z. Name lottery and day; bonus
    /// numbers from another drum are a source of their own.
    ///
    /// ```
    /// use kleroterion::lottery::Drawing;
    /// let lotto = Drawing::new("Lotto, 5 December 2026", (3, 36), 1_796_493_600)?;
    /// assert_eq!(lotto.text(&[31, 9, 17])?, "lottery 9-17-31 Lotto, 5 December 2026");
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with `E-TERMS-FORM`: a blank name, white space at its ends, 0 numbers, more than 100, more numbers than there are,
    /// a highest above a million, a time beyond 2^53 − 1.
    pub fn new(drawing: impl Into<String>, numbers: (u32, u32), time: u64) -> Result<Self> {
        let (drawing, (count, highest)) = (drawing.into(), numbers);
        let wrong = drawing.trim().is_empty()
            || drawing.trim() != drawing
            || !(1..=100).contains(&count)
            || !(count..=1_000_000).contains(&highest)
            || time > LARGEST;
        let found = format!("{drawing:?}: {count} numbers from 1 to {highest} at {time}");
        refused(
            wrong,
            found,
            "a name and 1 to 100 different numbers up to a million",
        )?;
        Ok(Self {
            drawing,
            count: count.into(),
            highest: highest.into(),
            time,
        })
    }

    /// The text of the numbers drawn, in whatever order they were drawn.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with `E-TERMS-FORM`: another count, a number twice, or one out of range.
    pub fn text(&self, drawn: &[u64]) -> Result<String> {
        let mut drawn = drawn.to_vec();
        drawn.sort_unstable();
        let text = format!("lottery {} {}", joined(&drawn), self.drawing);
        refused(self.value(&text).is_none(), text.clone(), &self.to_string())?;
        Ok(text)
    }

    pub(super) fn value(&self, text: &str) -> Option<Value> {
        let (drawn, drawing) = text.strip_prefix("lottery ")?.split_once(' ')?;
        let drawn = numbers(drawn)?;
        let fits = drawing == self.drawing
            && drawn.len() as u64 == self.count
            && drawn.windows(2).all(|pair| pair[0] < pair[1])
            && drawn.iter().all(|n| (1..=self.highest).contains(n));
        fits.then_some(Value::Drawing(drawn))
    }

    pub(super) fn fields(&self) -> Named {
        vec![
            ("count", integer(self.count)),
            ("drawing", text(&self.drawing)),
            ("highest", integer(self.highest)),
            ("time", integer(self.time)),
        ]
    }

    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let count = fields.integer("count", 1..=100)?;
        Some(Self {
            count,
            drawing: fields.filled("drawing")?.to_owned(),
            highest: fields.integer("highest", count..=1_000_000)?,
            time: fields.time("time")?,
        })
    }
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, highest, drawing) = (self.count, self.highest, &self.drawing);
        write!(
            f,
            "\"lottery \", {count} numbers from 1 to {highest} ascending and joined by \"-\", and {:?}",
            format!(" {drawing}")
        )
    }
}
