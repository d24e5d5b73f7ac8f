//! Holding the texts that came against what was declared.

use super::value::Value;
use super::{Declaration, Fallback};
use crate::lottery::commit::{Entry, Scalar};

/// What a text counts as.
#[derive(Debug, Clone)]
pub(crate) enum Taken {
    /// A value of the form that was declared, or of the fallback with this number in the list.
    As {
        declaration: Declaration,
        value: Value,
        fallback: Option<usize>,
    },
    /// A plain text: nothing was declared for it.
    Undeclared,
    /// A plain text: its declaration is of no known form.
    Unknown,
    /// It has no form that was declared; what its declaration asks for.
    Misfit(String),
}

impl Taken {
    /// The number on the balls, when it was taken as such: then the text stays out of the seed.
    pub(crate) fn balls(&self) -> Option<u64> {
        match self {
            Self::As {
                value: Value::Balls(number),
                ..
            } => Some(*number),
            _ => None,
        }
    }

    /// The value; of a plain text the text itself.
    pub(crate) fn value(&self, text: &str) -> Value {
        match self {
            Self::As { value, .. } => value.clone(),
            _ => Value::Text(text.to_owned()),
        }
    }
}

/// What each text counts as, in order. O(length of the texts · fallbacks).
pub(crate) fn taken<'a>(
    sources: Option<&[Entry]>,
    fallback: Option<&[Entry]>,
    texts: impl IntoIterator<Item = &'a str>,
) -> Vec<Taken> {
    let (sources, fallback) = (sources.unwrap_or_default(), fallback.unwrap_or_default());
    let one = |(number, text): (usize, &str)| match sources.get(number) {
        None => Taken::Undeclared,
        Some(entry) => held(entry, text)
            .or_else(|| stands_in(fallback, number, text))
            .unwrap_or_else(|| Taken::Misfit(asked(entry))),
    };
    texts.into_iter().enumerate().map(one).collect()
}

/// What the declaration decides about the text, if anything.
fn held(entry: &Entry, text: &str) -> Option<Taken> {
    let Some(declaration) = Declaration::read(entry) else {
        return Some(Taken::Unknown);
    };
    let value = declaration.value(text)?;
    Some(Taken::As {
        declaration,
        value,
        fallback: None,
    })
}

/// What the first deciding fallback for this source decides, if any.
fn stands_in(fallback: &[Entry], number: usize, text: &str) -> Option<Taken> {
    let meant = Scalar::Integer(i64::try_from(number).ok()?);
    let mut fallbacks = fallback.iter().enumerate();
    fallbacks.find_map(|(at, entry)| {
        if entry.get("for") != Some(&meant) {
            return None;
        }
        let Some(Fallback { declaration, .. }) = Fallback::read(entry) else {
            return Some(Taken::Unknown);
        };
        let value = declaration.value(text)?;
        Some(Taken::As {
            declaration,
            value,
            fallback: Some(at),
        })
    })
}

fn asked(entry: &Entry) -> String {
    Declaration::read(entry)
        .map(|declaration| declaration.to_string())
        .unwrap_or_default()
}
