//! Public sources with a form: what will be thrown, drawn or published is declared first, and then its value is a text of exactly one form.
//!
//! The forms are stated in SPEC.md, section 13. A value that has not the form that was declared is refused, so nobody can choose how to write it down.

mod balls;
mod dice;
mod drand;
mod drawing;
mod fields;
mod nist;
mod rules;
mod taken;
mod value;

pub use balls::Balls;
pub use dice::Dice;
pub use drand::{DrandChain, DrandRound};
pub use drawing::Drawing;
pub use nist::NistPulse;

pub(crate) use drand::signature_holds;
pub(crate) use rules::{Promises, broken_rules, late_fallbacks, loose_ends};
pub(crate) use taken::{Taken, taken};
pub(crate) use value::Value;

use std::fmt;

use super::commit::{Entry, Scalar};
use crate::error::{ErrorKind, Problem, Result};
use fields::Fields;

/// What one source will be. Declared in the commitment, before its value exists.
///
/// ```
/// use kleroterion::lottery::{Declaration, Dice, DrandChain};
/// let dice = Dice::new(4, 6)?;
/// assert_eq!(dice.text(&[3, 5, 4, 6])?, "dice 3-5-4-6");
/// let last = Declaration::from(DrandChain::quicknet().round_at(1_796_148_000));
/// assert!(last.is_out_of_hands() && !Declaration::from(dice).is_out_of_hands());
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Declaration {
    /// Anything, described in words. Its value is any text.
    Text(String),
    /// Dice, thrown in public.
    Dice(Dice),
    /// A numbered ball, or digits from several bowls, for a list of panels.
    Balls(Balls),
    /// The numbers of a public lottery.
    Drawing(Drawing),
    /// A pulse of the NIST randomness beacon.
    Nist(NistPulse),
    /// A round of a drand network.
    Drand(Box<DrandRound>),
}

impl Declaration {
    /// A source described in words. Prefer a form where there is one.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-TERMS-FORM` for a blank text.
    pub fn text(text: impl Into<String>) -> Result<Self> {
        let text = text.into();
        let blank = text.trim().is_empty();
        let found = format!("{text:?}");
        refused(blank, found, "a description of the source").map(|()| Self::Text(text))
    }

    /// Whether nobody who takes part can choose or withhold its value: beacons and public lotteries. The last source must be so.
    #[must_use]
    pub fn is_out_of_hands(&self) -> bool {
        matches!(self, Self::Drawing(_) | Self::Nist(_) | Self::Drand(_))
    }

    /// When its value comes into being, in seconds since 1970-01-01T00:00Z, if that is stated.
    #[must_use]
    pub fn time(&self) -> Option<u64> {
        match self {
            Self::Text(_) => None,
            Self::Dice(dice) => dice.time,
            Self::Balls(balls) => balls.time,
            Self::Drawing(drawing) => Some(drawing.time),
            Self::Nist(pulse) => Some(pulse.time),
            Self::Drand(round) => Some(round.time()),
        }
    }

    /// As it stands in `commit.json`.
    #[must_use]
    pub fn entry(&self) -> Entry {
        let (kind, fields) = match self {
            Self::Text(text) => ("text", vec![("text", Scalar::Text(text.clone()))]),
            Self::Dice(dice) => ("dice", dice.fields()),
            Self::Balls(balls) => ("balls", balls.fields()),
            Self::Drawing(drawing) => ("lottery", drawing.fields()),
            Self::Nist(pulse) => ("nist", pulse.fields()),
            Self::Drand(round) => ("drand", round.fields()),
        };
        let kind = ("type", Scalar::Text(kind.to_owned()));
        fields
            .into_iter()
            .chain([kind])
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }

    /// Reads an entry of `commit.json`; `None` when it has no known form: another type, a field too many or too few, a number out of range.
    #[must_use]
    pub fn read(entry: &Entry) -> Option<Self> {
        let mut fields = Fields::of(entry);
        let found = Self::from_fields(&mut fields)?;
        fields.all_used().then_some(found)
    }

    fn from_fields(fields: &mut Fields<'_>) -> Option<Self> {
        Some(match fields.text("type")? {
            "text" => Self::Text(fields.filled("text")?.to_owned()),
            "dice" => Self::Dice(Dice::read(fields)?),
            "balls" => Self::Balls(Balls::read(fields)?),
            "lottery" => Self::Drawing(Drawing::read(fields)?),
            "nist" => Self::Nist(NistPulse::read(fields)?),
            "drand" => Self::Drand(Box::new(DrandRound::read(fields)?)),
            _ => return None,
        })
    }

    /// Whether a text has the form of this declaration: `dice 3-5` for two dice.
    #[must_use]
    pub fn takes(&self, text: &str) -> bool {
        self.value(text).is_some()
    }

    /// What a text says when it has the form of this declaration; `None` when it has not.
    pub(crate) fn value(&self, text: &str) -> Option<Value> {
        match self {
            Self::Text(_) => (!text.trim().is_empty()).then(|| Value::Text(text.to_owned())),
            Self::Dice(dice) => dice.value(text),
            Self::Balls(balls) => balls.value(text),
            Self::Drawing(drawing) => drawing.value(text),
            Self::Nist(pulse) => pulse.value(text),
            Self::Drand(round) => round.value(text),
        }
    }

    /// True when a text can have both forms: then one cannot be a fallback for the other.
    fn shares_texts_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(_), _) => true,
            (Self::Dice(a), Self::Dice(b)) => a.count == b.count,
            (Self::Balls(a), Self::Balls(b)) => a.width() == b.width(),
            (Self::Drawing(a), Self::Drawing(b)) => a.drawing == b.drawing && a.count == b.count,
            (Self::Nist(a), Self::Nist(b)) => a.time == b.time,
            (Self::Drand(a), Self::Drand(b)) => a.round == b.round,
            _ => false,
        }
    }
}

/// In words, for a reader: what was declared, and how its value is written.
impl fmt::Display for Declaration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Dice(dice) => dice.fmt(f),
            Self::Balls(balls) => balls.fmt(f),
            Self::Drawing(drawing) => drawing.fmt(f),
            Self::Nist(pulse) => pulse.fmt(f),
            Self::Drand(round) => round.fmt(f),
        }
    }
}

impl From<Dice> for Declaration {
    fn from(dice: Dice) -> Self {
        Self::Dice(dice)
    }
}

impl From<Balls> for Declaration {
    fn from(balls: Balls) -> Self {
        Self::Balls(balls)
    }
}

impl From<Drawing> for Declaration {
    fn from(drawing: Drawing) -> Self {
        Self::Drawing(drawing)
    }
}

impl From<NistPulse> for Declaration {
    fn from(pulse: NistPulse) -> Self {
        Self::Nist(pulse)
    }
}

impl From<DrandRound> for Declaration {
    fn from(round: DrandRound) -> Self {
        Self::Drand(Box::new(round))
    }
}

/// What takes the place of a source that is not there at the deadline. Committed with the source, so that nobody chooses afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fallback {
    /// The number of the source it stands in for, from 0.
    pub source: u32,
    /// When it is clear that the source is missing, in seconds since 1970-01-01T00:00Z: after the source's own time, before this one's.
    pub deadline: u64,
    /// What stands in.
    pub declaration: Declaration,
}

impl Fallback {
    /// As it stands in `commit.json`.
    #[must_use]
    pub fn entry(&self) -> Entry {
        let mut entry = self.declaration.entry();
        entry.insert("deadline".into(), fields::integer(self.deadline));
        entry.insert("for".into(), fields::integer(self.source.into()));
        entry
    }

    /// Reads an entry of `commit.json`; `None` when it has no known form.
    #[must_use]
    pub fn read(entry: &Entry) -> Option<Self> {
        let mut fields = Fields::of(entry);
        let source = fields.integer("for", 0..=u32::MAX.into())?;
        let deadline = fields.time("deadline")?;
        if entry.contains_key("if") {
            fields.filled("if")?;
        }
        let declaration = Declaration::from_fields(&mut fields)?;
        fields.all_used().then_some(Self {
            source: u32::try_from(source).ok()?,
            deadline,
            declaration,
        })
    }

    /// A text may be taken for the source that this one stands in for.
    pub(crate) fn hides_behind(&self, source: &Declaration) -> bool {
        source.shares_texts_with(&self.declaration)
    }
}

/// The one error of a value or a declaration out of its form.
fn refused(wrong: bool, found: String, expected: &str) -> Result<()> {
    if wrong {
        return Err(ErrorKind::Input(vec![Problem::new("E-TERMS-FORM", found, expected)]).into());
    }
    Ok(())
}
