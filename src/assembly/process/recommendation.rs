//! The life of a recommendation, from its wording to the last milestone.

use super::section::{choice, section};
use crate::assembly::Day;

section! {
    /// One recommendation and what became of it.
    Recommendation {
        /// Its number or short name.
        id: String,
        /// What it is called.
        title: String,
        /// Its text.
        text: String,
        /// The day on which members agreed on the wording.
        worded: Option<Day>,
        /// How members voted.
        vote: Option<Vote>,
        /// What the authority answered.
        answer: Option<Answer>,
        /// What was promised on the way.
        milestones: Vec<Milestone>,
        /// The day on which nothing more was to be done.
        closed: Option<Day>,
        /// Ids of sources.
        sources: Vec<String>,
    }
}

/// How far a recommendation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Life {
    /// The wording is not agreed on.
    Draft,
    /// Members agreed on the wording.
    Worded,
    /// Members voted on it.
    Voted,
    /// The authority answered.
    Answered,
    /// At least one milestone is set.
    Underway,
    /// Nothing more is to be done.
    Closed,
}

impl Recommendation {
    /// The furthest point that is recorded.
    ///
    /// ```
    /// use kleroterion::assembly::process::{Life, Recommendation};
    /// let mut idea = Recommendation::default();
    /// assert_eq!(idea.life(), Life::Draft);
    /// idea.worded = Some("2026-05-09".parse()?);
    /// assert_eq!(idea.life(), Life::Worded);
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    #[must_use]
    pub fn life(&self) -> Life {
        if self.closed.is_some() {
            Life::Closed
        } else if !self.milestones.is_empty() {
            Life::Underway
        } else if self.answer.is_some() {
            Life::Answered
        } else if self.vote.is_some() {
            Life::Voted
        } else if self.worded.is_some() {
            Life::Worded
        } else {
            Life::Draft
        }
    }
}

choice! {
    /// What a vote decided.
    Decision {
        /// The recommendation was adopted.
        Adopted,
        /// It was not.
        NotAdopted,
    }
}

section! {
    /// A vote of the members in counts.
    Vote {
        /// The day.
        day: Option<Day>,
        /// Members in favour.
        in_favour: u32,
        /// Members against.
        against: u32,
        /// Members who voted for neither.
        neither: u32,
        /// What it decided, by the rule that members had agreed on.
        decision: Option<Decision>,
    }
}

choice! {
    /// What an authority answers.
    AnswerKind {
        /// It will be done.
        Accepted,
        /// Some of it will be done.
        Partly,
        /// It will not be done.
        Rejected,
        /// It has not been decided.
        Undecided,
    }
}

section! {
    /// What the authority answered to one recommendation.
    Answer {
        /// The day.
        day: Option<Day>,
        /// Who answered.
        by: String,
        /// What.
        kind: Option<AnswerKind>,
        /// Why.
        reason: String,
    }
}

section! {
    /// Something promised on the way to a recommendation's end.
    Milestone {
        /// What.
        title: String,
        /// The day by which it was promised.
        due: Option<Day>,
        /// The day on which it was done.
        done: Option<Day>,
    }
}

section! {
    /// Recommendations as reported in numbers, and what became of them.
    Outcome {
        /// How many recommendations there were.
        recommendations: Option<u32>,
        /// The day on which they were handed over (in Danish *overrækkelse*).
        handed_over: Option<Day>,
        /// The day of the authority's answer.
        answered: Option<Day>,
        /// The answers in classes, as the authority or a report counts them.
        classes: Vec<AnswerClass>,
        /// Where the recommendations can be read.
        published: String,
        /// What was decided in the end.
        decision: String,
        /// Ids of sources.
        sources: Vec<String>,
    }
}

section! {
    /// A class of answers.
    AnswerClass {
        /// What it is called.
        label: String,
        /// How many recommendations are in it.
        count: u32,
    }
}
