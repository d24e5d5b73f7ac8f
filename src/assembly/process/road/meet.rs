//! From the first meeting to the handover.

use super::{Process, empty, is_adopted, open, present, stage};
use crate::assembly::process::meeting::{Evidence, Meeting};
use crate::assembly::process::recommendation::{Life, Outcome, Recommendation, Vote};
use crate::assembly::process::stages::What;
use crate::assembly::{Day, input};
use crate::error::Result;

impl Process<stage::Seated> {
    /// A meeting took place. The first and the latest number of members present become those who started and completed.
    ///
    /// # Errors
    /// `E-PROCESS-EMPTY`: it has no day. `E-PROCESS-ORDER`: it is before the last step.
    pub fn meet(&mut self, meeting: Meeting) -> Result<()> {
        let present = meeting.present;
        self.hold(meeting)?;
        let counts = self.case.membership.get_or_insert_default();
        counts.started = counts.started.or(present);
        counts.completed = present.or(counts.completed);
        Ok(())
    }

    /// Members heard or read something.
    pub fn hear(&mut self, evidence: Evidence) {
        self.case.evidence.push(evidence);
    }

    /// Members agree on the final wording of their recommendations, which all get this day.
    ///
    /// # Errors
    /// `E-PROCESS-EMPTY`: no recommendation, or one without id or title. `E-PROCESS-TWICE`: an id stands twice. `E-PROCESS-EARLY`: one has a vote, an
    /// answer, a milestone or an end already. `E-PROCESS-ORDER`.
    pub fn agree_on(
        mut self,
        recommendations: Vec<Recommendation>,
        day: Day,
    ) -> Result<Process<stage::Worded>> {
        if recommendations.is_empty() {
            return Err(empty("a recommendation"));
        }
        for (at, one) in recommendations.iter().enumerate() {
            present(&[
                (&one.id, "the id of a recommendation"),
                (&one.title, "the title of a recommendation"),
            ])?;
            if one.vote.is_some() || one.life() > Life::Voted {
                let found = format!("{:?} with what comes later", one.id);
                let expected = "the wording only: votes and answers follow";
                return Err(input("E-PROCESS-EARLY", found, expected));
            }
            if recommendations[..at].iter().any(|other| other.id == one.id) {
                return Err(input(
                    "E-PROCESS-TWICE",
                    format!("{:?}", one.id),
                    "every id once",
                ));
            }
        }
        let worded = |one| Recommendation {
            worded: Some(day),
            ..one
        };
        self.case.recommendations = recommendations.into_iter().map(worded).collect();
        self.enter(What::Worded, day)
    }
}

impl Process<stage::Worded> {
    /// The meeting at which members vote.
    ///
    /// # Errors
    /// As [`meet`](Process::<stage::Seated>::meet).
    pub fn meet(&mut self, meeting: Meeting) -> Result<()> {
        self.hold(meeting)
    }

    /// Closes the ballots: one vote per recommendation, each with what it decided.
    ///
    /// # Errors
    /// `E-PROCESS-UNKNOWN`: a vote on something else. `E-PROCESS-TWICE`: two votes on one. `E-PROCESS-OPEN`: a recommendation without a
    /// vote or a vote without a decision; all of them are listed. `E-PROCESS-ORDER`.
    pub fn close_ballots(
        mut self,
        votes: Vec<(String, Vote)>,
        day: Day,
    ) -> Result<Process<stage::Voted>> {
        for (id, vote) in votes {
            let one = self.find(&id)?;
            if one.vote.is_some() {
                return Err(input(
                    "E-PROCESS-TWICE",
                    format!("a second vote on {id:?}"),
                    "one vote",
                ));
            }
            one.vote = Some(Vote {
                day: vote.day.or(Some(day)),
                ..vote
            });
        }
        let undecided =
            |one: &&Recommendation| one.vote.as_ref().is_none_or(|vote| vote.decision.is_none());
        open(
            self.case.recommendations.iter().filter(undecided),
            "a vote that decides",
        )?;
        self.enter(What::Voted, day)
    }
}

impl Process<stage::Voted> {
    /// Hands over what was adopted.
    ///
    /// # Errors
    /// `E-PROCESS-ORDER`.
    pub fn hand_over(mut self, day: Day) -> Result<Process<stage::HandedOver>> {
        let adopted = self
            .case
            .recommendations
            .iter()
            .filter(|one| is_adopted(one))
            .count();
        self.case.outcome = Some(Outcome {
            recommendations: u32::try_from(adopted).ok(),
            handed_over: Some(day),
            ..Outcome::default()
        });
        self.enter(What::HandedOver, day)
    }
}
