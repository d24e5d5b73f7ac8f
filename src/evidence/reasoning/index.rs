//! The index of people asked once.

use std::fmt;

use serde::Serialize;

use super::super::check::sound;
use super::super::permutations::{Alternative, PermutationTest, Permutations};
use super::answers::{self, Answers};
use super::correlations::Correlations;
use crate::error::{ErrorKind, Problem, Result};

/// How pairs are turned into an index.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub enum Formula {
    /// `1 − 2·mean |r − p|`.
    Original,
    /// Pairs without agreement or disagreement above the threshold τ count for less.
    Adjusted {
        /// τ, above 0: the signal from which on a pair counts in full.
        threshold: f64,
    },
}

impl Formula {
    /// The adjusted formula with the published threshold, 0.2.
    pub const ADJUSTED: Self = Self::Adjusted { threshold: 0.2 };

    /// The adjusted formula with another threshold.
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-DRI-THRESHOLD` for a threshold that is not above 0, or above 1.
    pub fn adjusted(threshold: f64) -> Result<Self> {
        if threshold > 0.0 && threshold <= 1.0 {
            return Ok(Self::Adjusted { threshold });
        }
        let found = format!("the threshold {threshold}");
        let problem = Problem::new("E-DRI-THRESHOLD", found, "a number above 0, at most 1");
        Err(ErrorKind::Input(vec![problem]).into())
    }

    /// What a pair takes off 1.
    pub(super) fn loss(self, r: f64, p: f64) -> f64 {
        match self {
            Self::Original => 2.0 * (r - p).abs(),
            Self::Adjusted { threshold } => {
                let distance = (r - p).abs() / 2.0_f64.sqrt();
                let weight = (r.abs().max(p.abs()) / threshold).min(1.0);
                8.0_f64.sqrt() * (1.0 - (1.0 - distance) * weight)
            }
        }
    }
}

/// Everybody's answers at one time, with the correlations of all pairs.
///
/// Two people who agree on everything, and a third who turns both round: r = p for every pair.
///
/// ```
/// use kleroterion::evidence::reasoning::{Answers, Formula, Reasoning};
/// let answers = [
///     Answers::new("p1", [1.0, 2.0, 3.0], [1.0, 2.0]),
///     Answers::new("p2", [2.0, 3.0, 7.0], [1.0, 2.0]),
///     Answers::new("p3", [3.0, 2.0, 1.0], [2.0, 1.0]),
/// ];
/// let reasoning = Reasoning::new(&answers)?;
/// assert_eq!(reasoning.index(Formula::Original), 1.0);
/// assert_eq!(reasoning.index(Formula::ADJUSTED), 1.0);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Clone)]
pub struct Reasoning {
    people: Vec<String>,
    correlations: Correlations,
}

/// Prints the number of people.
impl fmt::Debug for Reasoning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reasoning({} people)", self.people.len())
    }
}

/// The index within one group.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GroupIndex {
    /// The group's name.
    pub group: String,
    /// How many people are in it.
    pub people: usize,
    /// The index over pairs within the group; `None` for a group of one, which has no pair.
    pub index: Option<f64>,
}

impl Reasoning {
    /// Correlates every pair. O(n²·k) for n people with k answers each.
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with every problem: `E-DRI-PEOPLE` for fewer than two people or more than [`MOST_PEOPLE`](super::MOST_PEOPLE), `E-DRI-TWICE` for an id in two
    /// places, `E-DRI-LENGTH` when somebody has more or fewer answers than the first person, `E-DRI-NUMBER` for an infinite
    /// answer, and `E-DRI-CONSTANT` for each person whose considerations, or preferences, are all equal: [`undefined`](super::undefined)
    /// lists these people, so that they can be left out, which should be said where the result is.
    pub fn new(answers: &[Answers]) -> Result<Self> {
        sound(answers::problems(answers, ""))?;
        Ok(Self::of(answers))
    }

    /// From answers without problems.
    pub(super) fn of(answers: &[Answers]) -> Self {
        Self {
            people: answers.iter().map(|a| a.person.clone()).collect(),
            correlations: Correlations::of(answers.iter()),
        }
    }

    /// The ids, in the order of the answers.
    #[must_use]
    pub fn people(&self) -> &[String] {
        &self.people
    }

    /// r and p of every pair `(i, j)` of positions, `j < i`, row by row. O(n²).
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize, f64, f64)> {
        let rows = 0..self.correlations.people();
        rows.flat_map(move |i| {
            (0..i).map(move |j| {
                let (r, p) = self.correlations.pair(i, j);
                (i, j, r, p)
            })
        })
    }

    /// The index of everybody. O(n²).
    #[must_use]
    pub fn index(&self, formula: Formula) -> f64 {
        let everybody: Vec<usize> = (0..self.people.len()).collect();
        self.correlations.losses(formula).index(&everybody)
    }

    /// Each person's index, over the pairs that they are part of, in the order of the answers. Its mean is the index of everybody. O(n²).
    #[must_use]
    pub fn individual(&self, formula: Formula) -> Vec<f64> {
        let losses = self.correlations.losses(formula);
        (0..self.people.len())
            .map(|person| losses.individual(person))
            .collect()
    }

    /// The index within each group; `groups` has the name of every person's group, in the order of the answers. Groups come in
    /// the order in which they first appear. O(n²).
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-DRI-LENGTH` when there are more or fewer names than people.
    pub fn by_group<S: AsRef<str>>(
        &self,
        groups: &[S],
        formula: Formula,
    ) -> Result<Vec<GroupIndex>> {
        if groups.len() != self.people.len() {
            let found = format!("{} groups' names", groups.len());
            let expected = format!("{}, one per person", self.people.len());
            let problem = Problem::new("E-DRI-LENGTH", found, expected);
            return Err(ErrorKind::Input(vec![problem]).into());
        }
        let mut members: Vec<(&str, Vec<usize>)> = Vec::new();
        for (person, group) in groups.iter().map(AsRef::as_ref).enumerate() {
            match members.iter_mut().find(|(name, _)| *name == group) {
                Some((_, people)) => people.push(person),
                None => members.push((group, vec![person])),
            }
        }
        let losses = self.correlations.losses(formula);
        let index = |(group, people): (&str, Vec<usize>)| GroupIndex {
            group: group.to_owned(),
            people: people.len(),
            index: (people.len() > 1).then(|| losses.index(&people)),
        };
        Ok(members.into_iter().map(index).collect())
    }

    /// Do conclusions go with reasons more than by chance? Whole rows of preferences are dealt out to other people again and
    /// again; `p` is the share of deals with an index at least as high. Whoever ranks at random gets a high `p` even where the index itself
    /// is not low. O(n²) per permutation.
    ///
    /// ```
    /// use kleroterion::evidence::{Permutations, reasoning::{Answers, Formula, Reasoning}};
    /// let order = |turned: bool| if turned { [3.0, 2.0, 1.0] } else { [1.0, 2.0, 3.0] };
    /// let answers: Vec<_> = (0..12).map(|i| Answers::new(i.to_string(), order(i < 6), order(i < 6))).collect();
    /// let test = Reasoning::new(&answers)?.link_test(Formula::Original, &Permutations::new(999, "two camps"));
    /// assert_eq!((test.observed, test.p < 0.01), (1.0, true));
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    #[must_use]
    pub fn link_test(&self, formula: Formula, permutations: &Permutations) -> PermutationTest {
        let mut order: Vec<usize> = (0..self.people.len()).collect();
        let observed = (self.index(formula), Alternative::Greater);
        permutations.test("reasoning/link", observed, |stream| {
            stream.shuffle(&mut order);
            1.0 - self.correlations.crossed(formula, &order)
        })
    }
}
