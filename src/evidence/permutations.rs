//! Permutations from a stream keyed by a text, and what a test with them found.

use serde::Serialize;

use crate::lottery::{Digest, Stream};

/// Results within this share of the observed one (or within this, if that is more) count as equal: sums of the same numbers in another order differ in
/// last digits.
const EQUAL: f64 = 1e-12;

/// How many permutations, and the text that their stream is keyed by.
///
/// The key is H(`sortition-evidence/1/permutations`, test, text), with the test's own name, so that tests with the same text do not share a
/// stream. Equal texts give equal permutations; a text that names the data, such as the case and the question, is best: it was not
/// chosen after looking at results.
///
/// ```
/// use kleroterion::evidence::Permutations;
/// let permutations = Permutations::new(9_999, "Activate");
/// assert_eq!((permutations.count(), permutations.text()), (9_999, "Activate"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permutations {
    count: u32,
    text: String,
}

impl Permutations {
    /// So many permutations from the text's stream. With 0 of them every `p` is 1. The smallest possible `p` is 1/(count + 1).
    #[must_use]
    pub fn new(count: u32, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { count, text }
    }

    /// How many.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Compares what `permuted` gives with the stream again and again with the observed value.
    pub(super) fn test(
        &self,
        name: &str,
        (observed, alternative): (f64, Alternative),
        mut permuted: impl FnMut(&mut Stream) -> f64,
    ) -> PermutationTest {
        let parts = [name.as_bytes(), self.text.as_bytes()];
        let key = Digest::of("sortition-evidence/1/permutations", &parts);
        let mut stream = Stream::from_key(key.0);
        let mut extreme = 0;
        for _ in 0..self.count {
            let value = permuted(&mut stream);
            extreme += u32::from(alternative.reaches(value, observed));
        }
        PermutationTest {
            observed,
            alternative,
            extreme,
            permutations: self.count,
            p: (f64::from(extreme) + 1.0) / (f64::from(self.count) + 1.0),
        }
    }
}

/// Which results count against chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Alternative {
    /// The value is greater than chance would make it.
    Greater,
    /// The value is smaller.
    Less,
    /// It is further from 0, on either side.
    TwoSided,
}

impl Alternative {
    fn reaches(self, value: f64, observed: f64) -> bool {
        let equal = EQUAL * observed.abs().max(1.0);
        match self {
            Self::Greater => value >= observed - equal,
            Self::Less => value <= observed + equal,
            Self::TwoSided => value.abs() >= observed.abs() - equal,
        }
    }
}

/// What a permutation test found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PermutationTest {
    /// The value of the data as they are.
    pub observed: f64,
    /// Which results count against chance.
    pub alternative: Alternative,
    /// b: permutations with a result at least as extreme; results within 10^-12 of the observed one, or within that share of it, count.
    pub extreme: u32,
    /// m: permutations made.
    pub permutations: u32,
    /// `(b + 1)/(m + 1)`, which makes the test valid (Phipson and Smyth, Stat. Appl. Genet. Mol. Biol. 9(1), 2010).
    pub p: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_observed_result_is_counted() {
        let none = Permutations::new(0, "x").test("t", (1.0, Alternative::Greater), |_| 0.0);
        assert_eq!((none.extreme, none.p), (0, 1.0));
        let never = Permutations::new(99, "x").test("t", (1.0, Alternative::Greater), |_| 0.0);
        assert_eq!((never.extreme, never.p), (0, 0.01));
        let equal = Permutations::new(99, "x").test("t", (1.0, Alternative::Less), |_| 1.0 + 1e-13);
        assert_eq!((equal.extreme, equal.p), (99, 1.0));
        let large = 1e6 / 3.0;
        let equal = Permutations::new(99, "x").test("t", (large, Alternative::Greater), |_| {
            large - 1e-9 // the last digits of a number of this size
        });
        assert_eq!(equal.extreme, 99);
        let other = Permutations::new(1, "x").test("t", (1.0, Alternative::TwoSided), |_| -1.0);
        assert_eq!((other.extreme, other.p), (1, 1.0));
    }

    #[test]
    fn the_stream_depends_on_test_and_text() {
        let words = |name: &str, text: &str| {
            let mut words = vec![];
            Permutations::new(2, text).test(name, (0.0, Alternative::Greater), |stream| {
                words.push(stream.word());
                0.0
            });
            words
        };
        assert_eq!(words("a", "b"), words("a", "b"));
        assert_ne!(words("a", "b"), words("b", "b"));
        assert_ne!(words("a", "b"), words("a", "c"));
    }
}
