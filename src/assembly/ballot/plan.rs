//! Ballots that depend on each other: the second is held only if the first says so.

use std::collections::BTreeMap;

use serde::Serialize;

use super::rule::{BallotRule, Counted, Decision};
use super::yes_no::YesNo;
use crate::error::{ErrorKind, Problem, Result};

/// One question of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Held only if each of these earlier questions was held and came out like this.
    after: Vec<(String, Decision)>,
    name: String,
    rule: BallotRule,
}

impl Question {
    /// A question that is held in any case.
    #[must_use]
    pub fn new(name: impl Into<String>, rule: BallotRule) -> Self {
        Self {
            after: Vec::new(),
            name: name.into(),
            rule,
        }
    }

    /// Held only if an earlier question was decided like this. Several conditions must all be true.
    #[must_use]
    pub fn only_if(mut self, question: impl Into<String>, decision: Decision) -> Self {
        self.after.push((question.into(), decision));
        self
    }
}

/// What became of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// It was held.
    Counted(Counted),
    /// It was not held, because this earlier question was not decided as it would have to be.
    NotHeld(String),
}

/// Questions in the order in which they are voted on. Publish it before the vote.
///
/// ```
/// use std::collections::BTreeMap;
/// use kleroterion::assembly::ballot::{BallotPlan, BallotRule, Decision, Denominator, Held, Question, Threshold, YesNo};
///
/// let rule = BallotRule::new(Threshold::majority(Denominator::Cast));
/// let second = Question::new("replace it", rule).only_if("change it", Decision::Adopted);
/// let plan = BallotPlan::new(vec![Question::new("change it", rule), second])?;
/// let votes = BTreeMap::from([("change it".to_owned(), YesNo::new((5, 5), [2, 3, 0])?)]);
/// assert_eq!(plan.count(&votes)?[1].1, Held::NotHeld("change it".into()));
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BallotPlan {
    questions: Vec<Question>,
}

impl BallotPlan {
    /// From questions in their order.
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with every problem: `E-BALLOT-QUESTION-TWICE` for a name that stands twice, `E-BALLOT-AFTER` for a condition on a
    /// question that does not come earlier; so nothing can depend on itself.
    pub fn new(questions: Vec<Question>) -> Result<Self> {
        let mut problems = Vec::new();
        for (at, question) in questions.iter().enumerate() {
            let earlier = |name: &str| questions[..at].iter().any(|other| other.name == name);
            if earlier(&question.name) {
                problems.push(Problem::new(
                    "E-BALLOT-QUESTION-TWICE",
                    format!("the question {:?} again", question.name),
                    "every question once",
                ));
            }
            for (needed, _) in question.after.iter().filter(|(name, _)| !earlier(name)) {
                problems.push(Problem::new(
                    "E-BALLOT-AFTER",
                    format!("{:?} depends on {needed:?}", question.name),
                    "a question that comes before it",
                ));
            }
        }
        if problems.is_empty() {
            Ok(Self { questions })
        } else {
            Err(ErrorKind::Input(problems).into())
        }
    }

    /// Counts in order: every question with what became of it. O(questions²).
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with every problem: `E-BALLOT-MISSING` for a question to be held that has no votes, `E-BALLOT-NOT-HELD` for votes on a question
    /// that was not to be held, `E-BALLOT-QUESTION` for votes on a question that is not in the plan.
    pub fn count(&self, votes: &BTreeMap<String, YesNo>) -> Result<Vec<(&str, Held)>> {
        let mut problems: Vec<Problem> = Vec::new();
        let mut results: Vec<(&str, Held)> = Vec::new();
        // What follows from a question without votes is not reported again.
        let mut unknown: Vec<&str> = Vec::new();
        for question in &self.questions {
            let name = question.name.as_str();
            if question
                .after
                .iter()
                .any(|(needed, _)| unknown.contains(&needed.as_str()))
            {
                unknown.push(name);
                continue;
            }
            let given = votes.get(name);
            match (question.missed(&results), given) {
                (Some(missed), None) => results.push((name, Held::NotHeld(missed.to_owned()))),
                (Some(missed), Some(_)) => {
                    let found = format!("votes on {name:?}");
                    let expected = format!("none, as {missed:?} was not decided as needed");
                    problems.push(Problem::new("E-BALLOT-NOT-HELD", found, expected));
                    results.push((name, Held::NotHeld(missed.to_owned())));
                }
                (None, Some(ballot)) => {
                    results.push((name, Held::Counted(ballot.decide(&question.rule))));
                }
                (None, None) => {
                    let found = format!("no votes on {name:?}");
                    problems.push(Problem::new("E-BALLOT-MISSING", found, "the votes"));
                    unknown.push(name);
                }
            }
        }
        let known = |name: &String| self.questions.iter().any(|question| question.name == *name);
        for name in votes.keys().filter(|name| !known(name)) {
            let found = format!("votes on {name:?}");
            problems.push(Problem::new(
                "E-BALLOT-QUESTION",
                found,
                "a question of the plan",
            ));
        }
        if problems.is_empty() {
            Ok(results)
        } else {
            Err(ErrorKind::Input(problems).into())
        }
    }
}

impl Question {
    /// The first earlier question that was not decided as needed.
    fn missed(&self, results: &[(&str, Held)]) -> Option<&str> {
        let came_out = |(needed, decision): &&(String, Decision)| {
            results.iter().any(|(name, held)| {
                *name == needed && matches!(held, Held::Counted(c) if c.decision == *decision)
            })
        };
        let missed = self.after.iter().find(|condition| !came_out(condition));
        missed.map(|(name, _)| name.as_str())
    }
}
