//! What people answered, and answers for which the index is not defined.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::super::ranks::Ranks;
use crate::error::Problem;

/// So many people at most: every pair is held in memory, also between before and after.
pub const MOST_PEOPLE: usize = 3_000;

/// One person's answers at one time.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    /// An opaque id.
    pub person: String,
    /// How much they agree with each consideration, in a fixed order. Only the order of the numbers matters.
    pub considerations: Vec<f64>,
    /// The rank (or rating) of each option, in a fixed order and the same direction for everybody.
    pub preferences: Vec<f64>,
}

impl Answers {
    /// From the numbers as they were given.
    #[must_use]
    pub fn new(
        person: impl Into<String>,
        considerations: impl Into<Vec<f64>>,
        preferences: impl Into<Vec<f64>>,
    ) -> Self {
        Self {
            person: person.into(),
            considerations: considerations.into(),
            preferences: preferences.into(),
        }
    }

    pub(super) fn part(&self, part: Part) -> &[f64] {
        match part {
            Part::Considerations => &self.considerations,
            Part::Preferences => &self.preferences,
        }
    }
}

/// Prints the id and counts, never an answer.
impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [considerations, preferences] = PARTS.map(|part| self.part(part).len());
        write!(
            f,
            "Answers({:?}, {considerations} considerations, {preferences} preferences)",
            self.person
        )
    }
}

/// The two halves of somebody's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Part {
    /// Reasons.
    Considerations,
    /// Conclusions.
    Preferences,
}

pub(super) const PARTS: [Part; 2] = [Part::Considerations, Part::Preferences];

/// `considerations` or `preferences`.
impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Considerations => "considerations",
            Self::Preferences => "preferences",
        })
    }
}

/// Somebody whose answers have no order, so that no correlation with them is defined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Undefined {
    /// Position in the list of answers.
    pub position: usize,
    /// Their id.
    pub person: String,
    /// Which half of the answers is the same throughout, or has a single answer.
    pub part: Part,
}

/// Everybody for whom the index is not defined: all their considerations, or all their preferences, are equal. Answers that
/// are no numbers are passed over here. O(n·k log k) for n people and k answers.
///
/// ```
/// use kleroterion::evidence::reasoning::{Answers, Part, undefined};
/// let answers = [Answers::new("p1", [1.0, 2.0], [1.0, 2.0]), Answers::new("p2", [4.0, 4.0], [2.0, 1.0])];
/// let found = undefined(&answers);
/// assert_eq!((found.len(), found[0].person.as_str(), found[0].part), (1, "p2", Part::Considerations));
/// ```
#[must_use]
pub fn undefined(answers: &[Answers]) -> Vec<Undefined> {
    let mut found = Vec::new();
    for (position, answer) in answers.iter().enumerate() {
        for part in PARTS {
            let numbers = answer.part(part);
            if numbers.iter().all(|x| x.is_finite()) && Ranks::of(numbers).is_constant() {
                let person = answer.person.clone();
                found.push(Undefined {
                    position,
                    person,
                    part,
                });
            }
        }
    }
    found
}

/// Everything that keeps the index from being computed. `time` is put behind a person's id.
pub(super) fn problems(answers: &[Answers], time: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    if !(2..=MOST_PEOPLE).contains(&answers.len()) {
        let found = format!("answers of {}{time}", counted(answers.len()));
        let expected = format!("those of 2 to {MOST_PEOPLE} people");
        problems.push(Problem::new("E-DRI-PEOPLE", found, expected));
    }
    let mut seen = BTreeSet::new();
    for answer in answers {
        let person = &answer.person;
        if !seen.insert(person) {
            let found = format!("person {person:?} twice{time}");
            problems.push(Problem::new("E-DRI-TWICE", found, "each person once"));
        }
        for part in PARTS {
            let (own, first) = (answer.part(part), answers[0].part(part));
            if own.len() != first.len() {
                let found = format!("{} {part} of person {person:?}{time}", own.len());
                let expected = format!("{}, as of the first person", first.len());
                problems.push(Problem::new("E-DRI-LENGTH", found, expected));
            }
            if own.iter().any(|x| !x.is_finite()) {
                let found = format!("{part} of person {person:?}{time} that are no numbers");
                problems.push(Problem::new("E-DRI-NUMBER", found, "finite numbers"));
            }
        }
    }
    problems.extend(undefined(answers).iter().map(|u| {
        let found = format!(
            "{} of person {:?}{time} that are all equal",
            u.part, u.person
        );
        let expected = "at least two different answers; without them the index is not defined";
        Problem::new("E-DRI-CONSTANT", found, expected)
    }));
    problems
}

fn counted(people: usize) -> String {
    match people {
        0 => "nobody".to_owned(),
        1 => "one person".to_owned(),
        n => format!("{n} people"),
    }
}
