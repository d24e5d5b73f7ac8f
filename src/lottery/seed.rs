//! From public sources to the seed.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::commit::Commit;
use super::digest::Digest;
use crate::error::{ErrorKind, Problem, Result};

/// The public values that decide the draw, in order: dice thrown in public, a beacon's pulse, a lottery's numbers.
/// Compared byte by byte, so blank texts and white space at the ends are refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sources(Vec<String>);

impl Sources {
    /// Takes the texts as they are.
    ///
    /// ```
    /// use kleroterion::lottery::Sources;
    /// let sources = Sources::new(["dice 3-5-4-6", "drand 34448212 9f2c"])?;
    /// assert_eq!(sources.len(), 2);
    /// assert!(Sources::new([" dice 3-5-4-6"]).is_err());
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with every problem: `E-SOURCE-NONE` for no text at all, `E-SOURCE-EMPTY` for `""` or `" "`,
    /// `E-SOURCE-SPACE` for `" 3-5"`.
    pub fn new<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Result<Self> {
        let texts: Vec<String> = texts.into_iter().map(Into::into).collect();
        let problems = problems("SOURCE", &texts);
        if problems.is_empty() {
            Ok(Self(texts))
        } else {
            Err(ErrorKind::Input(problems).into())
        }
    }

    /// The texts, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Never true.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What is wrong with texts that must be the same for everybody who types them.
pub(super) fn problems(what: &str, texts: &[String]) -> Vec<Problem> {
    let expected = "a text without white space at its ends";
    let mut problems = Vec::new();
    if texts.is_empty() {
        problems.push(Problem::new(
            &format!("E-{what}-NONE"),
            "no text",
            "at least one",
        ));
    }
    for (number, text) in (1..).zip(texts) {
        let code = match text.trim() {
            "" => "EMPTY",
            trimmed if trimmed != text => "SPACE",
            _ => continue,
        };
        let found = format!("{text:?} as number {number}");
        problems.push(Problem::new(&format!("E-{what}-{code}"), found, expected));
    }
    problems
}

/// What the draw's streams grow from. Only derived from a commitment and public sources, never chosen or parsed: there
/// is no default, and no number turns into a seed.
///
/// ```compile_fail
/// let seed = kleroterion::lottery::Seed::default();
/// ```
/// ```compile_fail
/// let seed = kleroterion::lottery::Seed::from(20_241_214);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Seed(Digest);

impl Seed {
    /// H(`sortition-draw/1/seed`, commit digest, source 1, source 2, ...), with the sources as raw bytes.
    ///
    /// # Errors
    /// As [`Commit::to_json`].
    pub fn derive(commit: &Commit, sources: &[&[u8]]) -> Result<Self> {
        let commit = commit.digest()?;
        let parts: Vec<&[u8]> = [&commit.0[..]]
            .into_iter()
            .chain(sources.iter().copied())
            .collect();
        Ok(Self(Digest::of("sortition-draw/1/seed", &parts)))
    }

    /// From a digest of another kind of commitment and its sources.
    pub(super) fn grown(digest: Digest) -> Self {
        Self(digest)
    }

    /// The key of the stream for one purpose: H(`sortition-draw/1/rng`, seed, purpose).
    #[must_use]
    pub fn key(&self, purpose: &str) -> [u8; 32] {
        Digest::of("sortition-draw/1/rng", &[&self.0.0, purpose.as_bytes()]).0
    }
}

/// Hexadecimal.
impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Seed({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::Sources;

    #[test]
    fn every_problem_of_the_sources_is_named() {
        let none: [&str; 0] = [];
        let message = Sources::new(none).unwrap_err().to_string();
        assert_eq!(
            message,
            "E-SOURCE-NONE: found no text, expected at least one"
        );
        let message = Sources::new(["3-5", "", "x\n"]).unwrap_err().to_string();
        let expected = "E-SOURCE-EMPTY: found \"\" as number 2, expected a text without white space at its ends\n\
                        E-SOURCE-SPACE: found \"x\\n\" as number 3, expected a text without white space at its ends";
        assert_eq!(message, expected);
    }
}
