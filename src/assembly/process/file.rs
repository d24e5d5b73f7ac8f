//! Case files as TOML and JSON, and whether what they refer to is there.

use std::collections::BTreeSet;

use super::case::Case;
use crate::audit::canonical;
#[cfg(any(feature = "toml", feature = "json"))]
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
    /// [`ErrorKind::Format`] with line and column: no TOML, an unknown field, a day that the calendar does not have. [`ErrorKind::Input`] as
    /// [`references`](Self::references).
    #[cfg(feature = "toml")]
    pub fn from_toml(text: &str, name: &str) -> Result<Self> {
        let case: Self = toml::from_str(text).map_err(|error| format(name, error.to_string()))?;
        case.references(name)
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
    /// [`ErrorKind::Format`] with line and column: no JSON, an unknown field, a day that the calendar does not have. [`ErrorKind::Input`] as
    /// [`references`](Self::references).
    #[cfg(feature = "json")]
    pub fn from_json(text: &str, name: &str) -> Result<Self> {
        let case: Self =
            serde_json::from_str(text).map_err(|error| format(name, error.to_string()))?;
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
        let problem = |code: &str, found: String, expected: &str| {
            Problem::new(code, found, expected).at(Some(name), None, None)
        };
        let mut problems = Vec::new();
        let mut listed = BTreeSet::new();
        for source in &self.sources {
            if !listed.insert(source.id.as_str()) {
                problems.push(problem(
                    "E-CASE-TWICE",
                    format!("the source {:?} twice", source.id),
                    "each id once",
                ));
            }
        }
        let mut ids = BTreeSet::new();
        for one in &self.recommendations {
            if !ids.insert(one.id.as_str()) {
                problems.push(problem(
                    "E-CASE-TWICE",
                    format!("the recommendation {:?} twice", one.id),
                    "each id once",
                ));
            }
        }
        let missing: BTreeSet<&str> = self
            .named()
            .into_iter()
            .filter(|id| !listed.contains(id))
            .collect();
        for id in missing {
            problems.push(problem(
                "E-CASE-SOURCE",
                format!("the source {id:?}"),
                "an id of the list of sources",
            ));
        }
        if problems.is_empty() {
            Ok(self)
        } else {
            Err(ErrorKind::Input(problems).into())
        }
    }

    /// Ids of all sources that are named somewhere.
    fn named(&self) -> Vec<&str> {
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
            .chain(self.events.iter().map(|one| &one.sources));
        let readings = self.disputed.iter().flat_map(|one| &one.readings);
        lists
            .flatten()
            .chain(readings.map(|one| &one.source))
            .map(String::as_str)
            .collect()
    }
}

#[cfg(any(feature = "toml", feature = "json"))]
fn format(name: &str, message: String) -> Error {
    ErrorKind::Format {
        file: name.to_owned(),
        message,
    }
    .into()
}
