//! Reading a case file in TOML so that everything wrong with it is told at once, with its line.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Deserializer};

use super::case::Case;
use super::file::{Named, problem_of};
use crate::error::{ErrorKind, Problem, Result};

/// Most problems of one file that are looked for.
const MOST: usize = 1_000;

/// The case, and where its ids stand; or every problem: of the signs first (then nothing else can be told), else of fields and their values.
///
/// What is wrong is noted and taken out, and the rest is read again, until nothing is wrong or nothing can be taken out.
pub(super) fn read(text: &str, name: &str) -> Result<(Case, Named)> {
    let lines = Lines(text);
    let (document, errors) = DeTable::parse_recoverable(text);
    let located = |error: &toml::de::Error, is_sign: bool| {
        let row = error.span().map(|span| lines.row(span.start));
        problem_of(error.message(), is_sign).at(Some(name), row, None)
    };
    if !errors.is_empty() {
        let mut problems: Vec<Problem> = errors.iter().map(|error| located(error, true)).collect();
        problems.sort_by_key(|problem| problem.row);
        problems.dedup();
        return Err(ErrorKind::Input(problems).into());
    }
    let named = Named::of(document.get_ref(), &lines);
    let (mut rest, mut problems) = (document, Vec::new());
    loop {
        let error = match Case::deserialize(Deserializer::from(rest.clone())) {
            Ok(case) if problems.is_empty() => return Ok((case, named)),
            Ok(_) => break,
            Err(error) => error,
        };
        problems.push(located(&error, false));
        let taken_out = error
            .span()
            .is_some_and(|span| take_out(rest.get_mut(), &span));
        if !taken_out || problems.len() == MOST {
            break;
        }
    }
    problems.sort_by_key(|problem| problem.row);
    Err(ErrorKind::Input(problems).into())
}

/// The text by lines.
pub(super) struct Lines<'a>(&'a str);

impl Lines<'_> {
    /// The line, counted from 1, of a byte.
    pub(super) fn row(&self, at: usize) -> u64 {
        let before = &self.0.as_bytes()[..at.min(self.0.len())];
        before
            .iter()
            .map(|byte| u64::from(*byte == b'\n'))
            .sum::<u64>()
            + 1
    }
}

/// Takes out the field or the element that begins and ends there. False when there is none.
fn take_out(table: &mut DeTable<'_>, span: &Range<usize>) -> bool {
    let mut fields = table.iter();
    let here = fields.find(|(key, value)| key.span() == *span || value.span() == *span);
    if let Some(key) = here.map(|(key, _)| key.get_ref().to_string()) {
        return table.remove(key.as_str()).is_some();
    }
    table.iter_mut().any(|(_, value)| take_out_of(value, span))
}

fn take_out_of(value: &mut Spanned<DeValue<'_>>, span: &Range<usize>) -> bool {
    match value.get_mut() {
        DeValue::Table(table) => take_out(table, span),
        DeValue::Array(array) => {
            // An entry inside goes before the element that it stands in: both may have the same place.
            if array.iter_mut().any(|one| take_out_of(one, span)) {
                return true;
            }
            let Some(at) = array.iter().position(|one| one.span() == *span) else {
                return false;
            };
            let elements = std::mem::replace(array, DeArray::new()).into_iter();
            let others = elements.enumerate().filter(|(place, _)| *place != at);
            others.for_each(|(_, one)| array.push(one));
            true
        }
        _ => false,
    }
}

impl Named {
    /// Every id of a source or recommendation in the file with its line.
    fn of(table: &DeTable<'_>, lines: &Lines<'_>) -> Self {
        let mut named = Self::default();
        named.walk(table, lines);
        for (list, kept) in [
            ("sources", &mut named.sources),
            ("recommendations", &mut named.recommendations),
        ] {
            let Some(DeValue::Array(elements)) = table.get(list).map(Spanned::get_ref) else {
                continue;
            };
            let id = |one: &Spanned<DeValue<'_>>| {
                let id = one.get_ref().as_table()?.get("id")?;
                Some((
                    id.get_ref().as_str()?.to_owned(),
                    lines.row(id.span().start),
                ))
            };
            kept.extend(elements.iter().filter_map(id));
        }
        named
    }

    /// Notes the texts of every list `sources` and every field `source`.
    fn walk(&mut self, table: &DeTable<'_>, lines: &Lines<'_>) {
        for (key, value) in table {
            let mut inner = vec![value];
            if let DeValue::Array(elements) = value.get_ref() {
                inner.extend(elements);
            }
            for one in inner {
                match one.get_ref() {
                    DeValue::Table(table) => self.walk(table, lines),
                    DeValue::String(text) if ["source", "sources"].contains(&&**key.get_ref()) => {
                        let place = (text.to_string(), lines.row(one.span().start));
                        self.cited.push(place);
                    }
                    _ => {}
                }
            }
        }
    }
}
