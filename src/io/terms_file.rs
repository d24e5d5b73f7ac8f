//! The terms of a draw from a TOML file.

use std::path::Path;

use serde::Deserialize;
use toml::{Spanned, Table, Value};

use super::write::read_bytes;
use crate::assembly::{Day, Policy, Reserves};
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::lottery::{
    Commitment, Declaration, DrandChain, Entry, Fallback, Predecessor, Scalar, Software, Sources,
    StageOne, Terms,
};

/// Reads the terms that a draw is committed on. The fields are those of `commit.json`, in TOML, with two reliefs:
///
/// - a time is written as one, with its offset: `2026-12-01T18:00:00+01:00`. (Whole seconds since 1970-01-01T00:00Z do as well.)
/// - a round of drand is `type = "drand"` and `time = …` (its first round at or after that time) or `round = …`, in the network *quicknet* unless all
///   fields of another one are given.
///
/// There must be `sources`; `assembly`, `published`, `fallback`, `labels`, `predecessor`, `registration` and `replacement` may be left out.
/// The terms say that this crate made the lottery.
///
/// # Errors
/// As [`terms`], and [`Io`](ErrorKind::Io) when the file cannot be read.
pub fn read_terms(path: impl AsRef<Path>) -> Result<Terms> {
    let path = path.as_ref();
    let name = path.display().to_string();
    let bytes = read_bytes(path)?;
    let text = std::str::from_utf8(&bytes).map_err(|error| format(&name, &error))?;
    terms(&name, text)
}

/// As [`read_terms`], for a text that is at hand already, and its name for messages.
///
/// ```
/// let text = r#"
/// published = 2026-11-20T12:00:00+01:00
/// sources = [
///     { type = "dice", count = 20, sides = 10, time = 2026-12-01T18:30:00+01:00 },
///     { type = "drand", time = 2026-12-01T19:00:00+01:00 },
/// ]
/// fallback = [{ for = 1, deadline = 2026-12-02T19:00:00+01:00, type = "drand", time = 2026-12-03T19:00:00+01:00 }]
/// replacement = { reserves = "ranked", cut_off = 2027-02-01 }
/// "#;
/// let terms = kleroterion::io::terms("terms.toml", text)?;
/// # let _ = terms;
/// let wrong = text.replace("sides = 10", "sides = 1").replace("\"ranked\"", "\"best\"");
/// assert!(kleroterion::io::terms("terms.toml", &wrong).is_err());
/// # Ok::<(), kleroterion::Error>(())
/// ```
///
/// # Errors
/// [`Format`](ErrorKind::Format) with line and column: no TOML, an unknown field, a table that is a text. [`Input`](ErrorKind::Input) with every problem and its
/// line: `E-TERMS-FORM` (a source of no known form: a die with 1 side, a time without offset, a registration that is no digest, a policy that is none, a time before the network *quicknet* began), `E-DAY` (a last day that the
/// calendar does not have), those of [`Sources`] (a blank label). What the terms say together is checked when a lottery is put on them:
/// [`Lottery::on_terms`](crate::lottery::Lottery::on_terms).
pub fn terms(name: &str, text: &str) -> Result<Terms> {
    let sheet: Sheet = toml::from_str(text).map_err(|error| format(name, &error))?;
    let mut reading = Reading {
        name,
        text,
        problems: Vec::new(),
    };
    let terms = sheet.into_terms(&mut reading);
    match terms {
        Some(terms) if reading.problems.is_empty() => Ok(terms),
        _ => {
            reading.problems.sort_by_key(|problem| problem.row);
            Err(ErrorKind::Input(reading.problems).into())
        }
    }
}

fn format(name: &str, error: &dyn std::fmt::Display) -> Error {
    ErrorKind::Format {
        file: name.to_owned(),
        message: error.to_string(),
    }
    .into()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    assembly: Option<String>,
    #[serde(default)]
    fallback: Vec<Spanned<Table>>,
    labels: Option<Spanned<Vec<String>>>,
    predecessor: Option<Predecessor>,
    published: Option<Spanned<Value>>,
    registration: Option<Spanned<Value>>,
    replacement: Option<Spanned<Replacement>>,
    #[serde(default)]
    sources: Vec<Spanned<Table>>,
}

#[derive(Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a table with reserves and perhaps cut_off"
)]
struct Replacement {
    cut_off: Option<Value>,
    reserves: Value,
}

impl Sheet {
    fn into_terms(self, reading: &mut Reading<'_>) -> Option<Terms> {
        let sources: Vec<_> = self
            .sources
            .iter()
            .map(|row| reading.declaration(row))
            .collect();
        let fallbacks: Vec<_> = self
            .fallback
            .iter()
            .map(|row| reading.fallback(row))
            .collect();
        let published = self.published.map(|at| reading.published(&at));
        let labels = self.labels.map(|labels| reading.labels(&labels));
        let registration = self.registration.map(|digest| reading.digest(digest));
        let policy = self.replacement.map(|policy| reading.policy(&policy));
        let sources: Option<Vec<Declaration>> = sources.into_iter().collect();
        let mut terms = Terms::new(sources?).software(Software::this());
        for fallback in fallbacks {
            let fallback = fallback?;
            terms = terms.fallback(fallback.source, fallback.deadline, fallback.declaration);
        }
        if let Some(name) = self.assembly {
            terms = terms.assembly(name);
        }
        if let Some(predecessor) = self.predecessor {
            terms = terms.replaces(predecessor);
        }
        if let Some(time) = published {
            terms = terms.published(time?);
        }
        if let Some(labels) = labels {
            terms = terms.labels(&labels?);
        }
        if let Some(commitment) = registration {
            terms = terms.registration(commitment?);
        }
        if let Some(policy) = policy {
            terms = terms.replacement(&policy?);
        }
        Some(terms)
    }
}

/// The file while it is read.
struct Reading<'a> {
    name: &'a str,
    text: &'a str,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn refuse<T>(&mut self, at: &Spanned<T>, problem: Problem, field: &str) {
        let before = &self.text[..at.span().start.min(self.text.len())];
        let line = before.matches('\n').count() as u64 + 1;
        self.problems
            .push(problem.at(Some(self.name), Some(line), Some(field)));
    }

    fn declaration(&mut self, row: &Spanned<Table>) -> Option<Declaration> {
        let entry = self.entry(row, "sources")?;
        let found = Declaration::read(&spelled_out(entry.clone()));
        if found.is_none() {
            self.refuse(row, no_form(&entry), "sources");
        }
        found
    }

    fn fallback(&mut self, row: &Spanned<Table>) -> Option<Fallback> {
        let entry = self.entry(row, "fallback")?;
        let found = Fallback::read(&spelled_out(entry.clone()));
        if found.is_none() {
            self.refuse(row, no_form(&entry), "fallback");
        }
        found
    }

    /// The entry as it is written, with times as seconds.
    fn entry(&mut self, row: &Spanned<Table>, field: &str) -> Option<Entry> {
        let before = self.problems.len();
        let mut entry = Entry::new();
        for (key, value) in row.get_ref() {
            match scalar(value) {
                Ok(scalar) => {
                    entry.insert(key.clone(), scalar);
                }
                Err(problem) => self.refuse(row, *problem, &format!("{field}, {key}")),
            }
        }
        (self.problems.len() == before).then_some(entry)
    }

    fn published(&mut self, at: &Spanned<Value>) -> Option<u64> {
        let time = match scalar(at.get_ref()) {
            Ok(Scalar::Integer(time)) => u64::try_from(time).ok(),
            _ => None,
        };
        if time.is_none() {
            let found = at.get_ref().to_string();
            self.refuse(at, Problem::new("E-TERMS-FORM", found, TIME), "published");
        }
        time
    }

    fn labels(&mut self, labels: &Spanned<Vec<String>>) -> Option<StageOne> {
        match Sources::new(labels.get_ref()) {
            Ok(sources) => Some(StageOne::new(sources)),
            Err(error) => {
                for problem in error.problems() {
                    self.refuse(labels, problem.clone(), "labels");
                }
                None
            }
        }
    }

    fn digest(&mut self, digest: Spanned<Value>) -> Option<Commitment> {
        let read: Option<Commitment> = digest.get_ref().clone().try_into().ok();
        if read.is_none() {
            let found = digest.get_ref().to_string();
            let problem = Problem::new("E-TERMS-FORM", found, "64 digits 0-9a-f");
            self.refuse(&digest, problem, "registration");
        }
        read
    }

    fn policy(&mut self, row: &Spanned<Replacement>) -> Option<Policy> {
        let stated = row.get_ref().reserves.as_str().unwrap_or_default();
        let Ok(reserves) = stated.parse::<Reserves>() else {
            let found = row.get_ref().reserves.to_string();
            let problem = Problem::new("E-TERMS-FORM", found, "none, ranked, matched or shadows");
            self.refuse(row, problem, "replacement, reserves");
            return None;
        };
        let policy = Policy::new(reserves);
        let Some(day) = &row.get_ref().cut_off else {
            return Some(policy);
        };
        let day = match day {
            Value::String(day) => day.clone(),
            other => other.to_string(),
        };
        match day.parse::<Day>() {
            Ok(_) => Some(policy.until(day)),
            Err(error) => {
                for problem in error.problems() {
                    self.refuse(row, problem.clone(), "replacement, cut_off");
                }
                None
            }
        }
    }
}

const TIME: &str = "a time with its offset, 2026-12-01T18:00:00+01:00";

fn no_form(entry: &Entry) -> Problem {
    let fields: Vec<String> = entry
        .iter()
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    let expected = "text {text}, dice {count, sides, time}, balls {tickets, time}, lottery {drawing, count, highest, time}, nist {time} (a whole minute) or drand \
                    {time or round}; a fallback has for and deadline too";
    Problem::new("E-TERMS-FORM", fields.join(", "), expected)
}

/// A round of quicknet in few words, written with all fields of its network.
fn spelled_out(mut entry: Entry) -> Entry {
    const FEW: [&str; 6] = ["type", "round", "time", "for", "deadline", "if"];
    let is_drand = entry.get("type") == Some(&Scalar::Text("drand".into()));
    if !is_drand || !entry.keys().all(|key| FEW.contains(&key.as_str())) {
        return entry;
    }
    let number = |value: Option<&Scalar>| match value {
        Some(Scalar::Integer(number)) => u64::try_from(*number).ok(),
        _ => None,
    };
    let quicknet = DrandChain::quicknet();
    let round = match (entry.contains_key("round"), entry.contains_key("time")) {
        (true, false) => number(entry.get("round")).and_then(|n| quicknet.round(n).ok()),
        // Not the first round for any time before the network began.
        (false, true) => number(entry.get("time")).and_then(|time| {
            let round = quicknet.round_at(time);
            (round.time().saturating_sub(time) < 3).then_some(round)
        }),
        _ => None,
    };
    if let Some(round) = round {
        entry.remove("time");
        entry.extend(Declaration::from(round).entry());
    }
    entry
}

/// A text or an integer; a time is the seconds since 1970-01-01T00:00Z.
fn scalar(value: &Value) -> std::result::Result<Scalar, Box<Problem>> {
    let refused = |expected| Box::new(Problem::new("E-TERMS-FORM", value.to_string(), expected));
    match value {
        Value::Integer(number) => Ok(Scalar::Integer(*number)),
        Value::String(text) => Ok(Scalar::Text(text.clone())),
        Value::Datetime(time) => seconds(time)
            .map(Scalar::Integer)
            .ok_or_else(|| refused(TIME)),
        _ => Err(refused("a text, a whole number or a time")),
    }
}

/// Whole seconds since 1970-01-01T00:00Z; `None` without day, time of day or offset, or with a fraction of a second.
fn seconds(time: &toml::value::Datetime) -> Option<i64> {
    let (date, clock, offset) = (time.date?, time.time?, time.offset?);
    if clock.nanosecond != 0 {
        return None;
    }
    let day: Day = date.to_string().parse().ok()?;
    let epoch: Day = "1970-01-01".parse().ok()?;
    let minutes = match offset {
        toml::value::Offset::Z => 0,
        toml::value::Offset::Custom { minutes } => i64::from(minutes),
    };
    let of_day = 3600 * i64::from(clock.hour) + 60 * i64::from(clock.minute);
    let second = i64::from(clock.second);
    Some(86_400 * i64::from(day.days_since(epoch)) + of_day + second - 60 * minutes)
}
