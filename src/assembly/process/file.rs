//! Case files as TOML and JSON, and whether what they refer to is there.

use std::collections::{BTreeMap, BTreeSet};

use super::case::Case;
use crate::audit::canonical;
#[cfg(feature = "toml")]
use crate::error::Error;
use crate::error::{ErrorKind, Problem, Result};

impl Case {
    /// Reads a case file in TOML; `name` is its name for error messages.
    ///
    /// ```
    /// use kleroterion::assembly::process::Case;
    /// let text = "title = \"Harbour\"\n[remit]\nquestion = \"What for?\"\nsources = [\"minutes\"]\n\
    ///             [[sources]]\nid = \"minutes\"\ntitle = \"Minutes of the council\"\n";
    /// let case = Case::from_toml(text, "harbour.toml")?;
    /// assert_eq!(Case::from_toml(&case.to_toml()?, "again")?, case);
    /// assert!(Case::from_toml("titel = \"Harbour\"", "harbour.toml").is_err());
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with every problem and its line (as the row): `E-CASE-FORMAT` for what is no TOML, and then nothing else; or else `E-CASE-FIELD` for a
    /// field that is not known (`titel`), `E-DAY` and `E-CLOCK` for a day that the calendar does not have and a time that is none, `E-CASE-VALUE` for any other
    /// value that does not fit; or else the problems of [`references`](Self::references).
    #[cfg(feature = "toml")]
    pub fn from_toml(text: &str, name: &str) -> Result<Self> {
        let (case, named) = super::located::read(text, name)?;
        case.checked(name, &named)
    }

    /// The case file in TOML; reading it gives the same case.
    ///
    /// # Errors
    /// [`ErrorKind::Format`]; none is known.
    #[cfg(feature = "toml")]
    pub fn to_toml(&self) -> Result<String> {
        toml::to_string(self).map_err(|error| format("case file", error.to_string()))
    }

    /// Reads a case file in JSON, in any layout; `name` is its name for error messages.
    ///
    /// # Errors
    /// As [`from_toml`](Self::from_toml), with its line, for the first problem of the form; all problems of references, without lines.
    #[cfg(feature = "json")]
    pub fn from_json(text: &str, name: &str) -> Result<Self> {
        let case: Self = serde_json::from_str(text).map_err(|error| {
            let message = error.to_string();
            let place = format!(" at line {} column {}", error.line(), error.column());
            let message = message.strip_suffix(&place).unwrap_or(&message);
            let is_sign = error.is_syntax() || error.is_eof();
            let problem = problem_of(message, is_sign);
            ErrorKind::Input(vec![problem.at(
                Some(name),
                Some(error.line() as u64),
                None,
            )])
        })?;
        case.references(name)
    }

    /// The case file in canonical JSON: the same case gives the same bytes.
    ///
    /// # Errors
    /// [`ErrorKind::Format`]: a number beyond 2^53 − 1.
    pub fn to_json(&self) -> Result<Vec<u8>> {
        canonical::to_bytes(self)
    }

    /// The same case, if every source that a section names is listed and nothing stands twice.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with all problems: `E-CASE-SOURCE` (a source is named and not listed), `E-CASE-TWICE` (two sources or two
    /// recommendations have one id).
    pub fn references(self, name: &str) -> Result<Self> {
        self.checked(name, &Named::default())
    }

    /// The same with the lines in which ids stand, where they are known.
    fn checked(self, name: &str, named: &Named) -> Result<Self> {
        let problem = |code: &str, found: String, expected: &str, row: Option<u64>| {
            Problem::new(code, found, expected).at(Some(name), row, None)
        };
        let mut problems = Vec::new();
        let mut twice = |what: &str, ids: &mut dyn Iterator<Item = &String>, places: &Places| {
            let mut known: BTreeMap<&str, usize> = BTreeMap::new();
            for id in ids {
                let times = known.entry(id).or_default();
                if *times > 0 {
                    let found = format!("the {what} {id:?} twice");
                    let row = place(places, id, *times);
                    problems.push(problem("E-CASE-TWICE", found, "each id once", row));
                }
                *times += 1;
            }
        };
        let mut ids = self.sources.iter().map(|one| &one.id);
        twice("source", &mut ids, &named.sources);
        let mut ids = self.recommendations.iter().map(|one| &one.id);
        twice("recommendation", &mut ids, &named.recommendations);
        let listed: BTreeSet<&str> = self.sources.iter().map(|one| one.id.as_str()).collect();
        let cited: BTreeSet<&str> = self.cited().into_iter().collect();
        for id in cited.difference(&listed) {
            let (found, row) = (format!("the source {id:?}"), place(&named.cited, id, 0));
            let expected = "an id of the list of sources";
            problems.push(problem("E-CASE-SOURCE", found, expected, row));
        }
        if problems.is_empty() {
            Ok(self)
        } else {
            Err(ErrorKind::Input(problems).into())
        }
    }

    /// Ids of all sources that are named somewhere.
    fn cited(&self) -> Vec<&str> {
        let sections = [
            self.remit.as_ref().map(|one| &one.sources),
            self.commitment.as_ref().map(|one| &one.sources),
            self.governance.as_ref().map(|one| &one.sources),
            self.recruitment.as_ref().map(|one| &one.sources),
            self.membership.as_ref().map(|one| &one.sources),
            self.outcome.as_ref().map(|one| &one.sources),
            self.evaluation.as_ref().map(|one| &one.sources),
            self.privacy.as_ref().map(|one| &one.sources),
        ];
        let lists = sections
            .into_iter()
            .flatten()
            .chain(self.meetings.iter().map(|one| &one.sources))
            .chain(self.evidence.iter().map(|one| &one.sources))
            .chain(self.recommendations.iter().map(|one| &one.sources))
            .chain(self.events.iter().map(|one| &one.sources));
        let readings = self.disputed.iter().flat_map(|one| &one.readings);
        lists
            .flatten()
            .chain(readings.map(|one| &one.source))
            .map(String::as_str)
            .collect()
    }
}

/// Ids with their lines, in the order of the file.
pub(super) type Places = Vec<(String, u64)>;

/// Where the ids of a file stand.
#[derive(Default)]
pub(super) struct Named {
    /// Sources that sections name.
    pub(super) cited: Places,
    /// Sources that are listed.
    pub(super) sources: Places,
    pub(super) recommendations: Places,
}

/// The line in which an id stands after so many others of it.
fn place(places: &Places, id: &str, others: usize) -> Option<u64> {
    let mut rows = places.iter().filter(|(known, _)| known == id);
    rows.nth(others).map(|(_, row)| *row)
}

/// What a parser says, as a problem: its own code where the text begins with one, else by what it is about.
#[cfg(any(feature = "toml", feature = "json"))]
pub(super) fn problem_of(message: &str, is_sign: bool) -> Problem {
    let message = message.trim().replace('\n', " ");
    let own = message.split_once(": found ");
    let own = own.filter(|(code, _)| code.starts_with("E-") && !code.contains(' '));
    let (code, rest) = own.unwrap_or(match message.starts_with("unknown field") {
        _ if is_sign => ("E-CASE-FORMAT", message.as_str()),
        true => ("E-CASE-FIELD", message.as_str()),
        false => ("E-CASE-VALUE", message.as_str()),
    });
    let (found, expected) = rest
        .split_once(", expected ")
        .unwrap_or((rest, "a case file"));
    Problem::new(code, found, expected)
}

#[cfg(feature = "toml")]
fn format(name: &str, message: String) -> Error {
    ErrorKind::Format {
        file: name.to_owned(),
        message,
    }
    .into()
}
