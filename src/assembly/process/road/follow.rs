//! From the first answer to the end of the follow-up.

use super::{Process, empty, is_adopted, is_promised, open, present, stage, unknown};
use crate::assembly::process::case::Evaluation;
use crate::assembly::process::check::classes_of;
use crate::assembly::process::event::Event;
use crate::assembly::process::recommendation::{Answer, Milestone, Recommendation};
use crate::assembly::process::stages::What;
use crate::assembly::{Day, input};
use crate::error::Result;

impl Process<stage::HandedOver> {
    /// The authority answers one recommendation.
    ///
    /// # Errors
    /// `E-PROCESS-UNKNOWN`: nobody recommended this. `E-PROCESS-TWICE`: it has an answer. `E-PROCESS-EMPTY`: the answer has no kind or no day.
    /// `E-PROCESS-ORDER`: the answer is of a day before the handover.
    pub fn answer(&mut self, id: &str, answer: Answer) -> Result<()> {
        let handed_over = self.case.outcome.as_ref().and_then(|one| one.handed_over);
        let one = self.find(id)?;
        if !is_adopted(one) {
            return Err(unknown(id));
        }
        if one.answer.is_some() {
            return Err(input(
                "E-PROCESS-TWICE",
                format!("a second answer to {id:?}"),
                "one answer",
            ));
        }
        if answer.kind.is_none() || answer.day.is_none() {
            return Err(empty("an answer's kind and day"));
        }
        if let (Some(day), Some(handed_over)) = (answer.day, handed_over)
            && day < handed_over
        {
            let expected = format!("a day from the handover on {handed_over} on");
            let found = format!("an answer to {id:?} of {day}");
            return Err(input("E-PROCESS-ORDER", found, &expected));
        }
        one.answer = Some(answer);
        Ok(())
    }

    /// The answers are complete; counts them in classes.
    ///
    /// # Errors
    /// `E-PROCESS-OPEN`: adopted recommendations without an answer; all of them are listed. `E-PROCESS-ORDER`, also for a day before the last answer.
    pub fn follow_up(mut self, day: Day) -> Result<Process<stage::FollowUp>> {
        let adopted = || {
            self.case
                .recommendations
                .iter()
                .filter(|one| is_adopted(one))
        };
        open(adopted().filter(|one| one.answer.is_none()), "an answer")?;
        let answered = adopted().filter_map(|one| one.answer.as_ref()?.day).max();
        if let Some(last) = answered.filter(|last| *last > day) {
            let expected = format!("a day from the last answer on {last} on");
            return Err(input(
                "E-PROCESS-ORDER",
                format!("complete answers on {day}"),
                &expected,
            ));
        }
        let classes = classes_of(adopted());
        let outcome = self.case.outcome.get_or_insert_default();
        outcome.answered = Some(day);
        outcome.classes = classes;
        self.enter(What::Answered, day)
    }
}

impl Process<stage::FollowUp> {
    /// Something is promised on the way.
    ///
    /// # Errors
    /// `E-PROCESS-UNKNOWN`.
    pub fn promise(&mut self, id: &str, milestone: Milestone) -> Result<()> {
        self.find(id)?.milestones.push(milestone);
        Ok(())
    }

    /// What was promised under this title is done.
    ///
    /// # Errors
    /// `E-PROCESS-UNKNOWN`: no such recommendation, no such milestone.
    pub fn done(&mut self, (id, title): (&str, &str), day: Day) -> Result<()> {
        let milestones = &mut self.find(id)?.milestones;
        let milestone = milestones.iter_mut().find(|one| one.title == title);
        milestone.ok_or_else(|| unknown(title))?.done = Some(day);
        Ok(())
    }

    /// Nothing more is to be done about a recommendation.
    ///
    /// # Errors
    /// `E-PROCESS-UNKNOWN`; `E-PROCESS-OPEN`: a milestone is not done.
    pub fn close(&mut self, id: &str, day: Day) -> Result<()> {
        let one = self.find(id)?;
        if one.milestones.iter().any(|step| step.done.is_none()) {
            return open([&*one], "milestones that are done");
        }
        one.closed = Some(day);
        Ok(())
    }

    /// An evaluation is published.
    ///
    /// # Errors
    /// `E-PROCESS-EMPTY`: nobody made it. `E-PROCESS-ORDER`.
    pub fn evaluate(&mut self, evaluation: Evaluation, day: Day) -> Result<()> {
        present(&[(&evaluation.by, "who evaluates")])?;
        self.log.append(Event::new(day, What::Evaluated))?;
        self.case.evaluation = Some(Evaluation {
            day: evaluation.day.or(Some(day)),
            ..evaluation
        });
        Ok(())
    }

    /// Ends the follow-up.
    ///
    /// # Errors
    /// `E-PROCESS-OPEN`: recommendations that were accepted, wholly or partly, and are not closed; all of them are listed. `E-PROCESS-ORDER`.
    pub fn finish(self, day: Day) -> Result<Process<stage::Closed>> {
        let promised = |one: &&Recommendation| one.closed.is_none() && is_promised(one);
        open(self.case.recommendations.iter().filter(promised), "an end")?;
        self.enter(What::Closed, day)
    }
}
