//! The regular road from the commission to the end of the follow-up, one type per stage.

use std::marker::PhantomData;

use super::case::{Case, Commitment, Evaluation, Governance, Remit};
use super::check::seats_fit;
use super::event::{Event, Log, What};
use super::meeting::{Evidence, Meeting};
use super::people::{Membership, Recruitment};
use super::recommendation::{
    Answer, AnswerKind, Decision, Milestone, Outcome, Recommendation, Vote,
};
use crate::assembly::{Day, input};
use crate::error::{ErrorKind, Problem, Result};

/// The stages of [`Process`], as types.
pub mod stage {
    macro_rules! stages {
        ($($(#[$about:meta])* $name:ident),* $(,)?) => {
            $($(#[$about])* #[derive(Debug, Clone, Copy, PartialEq, Eq)] pub struct $name;)*
        };
    }

    stages! {
        /// Remit and promise are recorded.
        Commissioned,
        /// Who runs it is settled.
        Governed,
        /// Quotas and register are fixed.
        Recruiting,
        /// The panel is drawn.
        Drawn,
        /// Members have confirmed; they can meet.
        Seated,
        /// The wording is final; members can vote.
        Worded,
        /// Ballots are closed.
        Voted,
        /// The authority has the recommendations.
        HandedOver,
        /// Every adopted recommendation has an answer.
        FollowUp,
        /// Nothing more is to be done.
        Closed,
    }
}

/// A process on the regular road. Each stage has its own type, so a step that comes too early does not compile: no draw before quotas and register
/// are fixed, no meeting before members confirm, no ballot before the wording is final, no handover before ballots are closed.
///
/// Every step writes into the [`Case`] and into its log. What leaves the road (a second phase, an added meeting) goes into a [`Log`] directly.
/// A step that fails has changed nothing, but a change of stage takes the process with it: clone it before, if it is to be tried again.
///
/// ```
/// use kleroterion::assembly::process::{Commitment, Governance, Process, Remit};
/// let remit = Remit { question: "What should the harbour be used for?".into(), ..Remit::default() };
/// let promise = Commitment { by: "the council".into(), answer_within_days: Some(90), ..Commitment::default() };
/// let process = Process::commission("Harbour", (remit, promise), "2026-01-12".parse()?)?;
/// let governance = Governance { commissioner: "the council".into(), secretariat: "a third party".into(), ..Governance::default() };
/// let process = process.govern(governance, "2026-01-20".parse()?)?;
/// assert_eq!(process.log().events().len(), 2);
/// # Ok::<(), kleroterion::Error>(())
/// ```
///
/// ```compile_fail
/// # use kleroterion::assembly::process::{Process, stage};
/// fn draw_too_early(process: Process<stage::Governed>) {
///     process.draw("digest", 36, "2026-03-01".parse().unwrap()); // quotas and register are not fixed
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process<S> {
    case: Case,
    log: Log,
    stage: PhantomData<S>,
}

impl<S> Process<S> {
    /// What is recorded so far.
    #[must_use]
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// What happened so far.
    #[must_use]
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// The sheet with its events, to be stored or to be changed by hand.
    #[must_use]
    pub fn into_case(self) -> Case {
        Case {
            events: self.log.events().to_vec(),
            ..self.case
        }
    }

    fn enter<T>(mut self, what: What, day: Day) -> Result<Process<T>> {
        self.log.append(Event::new(day, what))?;
        Ok(Process {
            case: self.case,
            log: self.log,
            stage: PhantomData,
        })
    }

    fn hold(&mut self, meeting: Meeting) -> Result<()> {
        let Some(day) = meeting.day else {
            return Err(empty("a meeting without its day"));
        };
        self.log.append(Event {
            note: meeting.name.clone(),
            ..Event::new(day, What::Meeting)
        })?;
        self.case.meetings.push(meeting);
        Ok(())
    }

    fn find(&mut self, id: &str) -> Result<&mut Recommendation> {
        let all = &mut self.case.recommendations;
        all.iter_mut()
            .find(|one| one.id == id)
            .ok_or_else(|| unknown(id))
    }
}

impl Process<stage::Commissioned> {
    /// Begins with the task and the promise to answer. The promise is dated to this day if it has no day.
    ///
    /// # Errors
    /// `E-PROCESS-EMPTY`: no title, no question, nobody who promises.
    pub fn commission(
        title: &str,
        (remit, commitment): (Remit, Commitment),
        day: Day,
    ) -> Result<Self> {
        present(&[
            (title, "a title"),
            (&remit.question, "the question of the remit"),
            (&commitment.by, "who promises to answer"),
        ])?;
        let commitment = Commitment {
            day: commitment.day.or(Some(day)),
            ..commitment
        };
        let case = Case {
            title: title.to_owned(),
            remit: Some(remit),
            commitment: Some(commitment),
            ..Case::default()
        };
        let begun: Self = Process {
            case,
            log: Log::default(),
            stage: PhantomData,
        };
        begun.enter(What::Commissioned, day)
    }

    /// Settles who runs the process.
    ///
    /// # Errors
    /// `E-PROCESS-EMPTY`: no commissioner, no secretariat. `E-PROCESS-ORDER`: a day before the commission.
    pub fn govern(mut self, governance: Governance, day: Day) -> Result<Process<stage::Governed>> {
        present(&[
            (&governance.commissioner, "the commissioner"),
            (&governance.secretariat, "the secretariat"),
        ])?;
        self.case.governance = Some(governance);
        self.enter(What::Governed, day)
    }
}

impl Process<stage::Governed> {
    /// Fixes quotas and register. From here on both are public by digest, and the draw can only follow them.
    ///
    /// # Errors
    /// `E-PROCESS-EMPTY`: no seats, no digest of the register or pool. `E-PROCESS-QUOTA`: no quotas, or quotas of a feature that cannot add up to the
    /// seats. `E-PROCESS-ORDER`: the promise to answer is of a later day, or this day is before the last step.
    pub fn fix(mut self, recruitment: Recruitment, day: Day) -> Result<Process<stage::Recruiting>> {
        present(&[(&recruitment.frame_digest, "the digest of register or pool")])?;
        let Some(seats) = recruitment.seats.filter(|seats| *seats > 0) else {
            return Err(empty("the number of seats"));
        };
        let criteria = &recruitment.criteria;
        if criteria.is_empty() || !criteria.iter().all(|one| seats_fit(one, seats)) {
            let expected = format!("quotas of every feature that can add up to {seats} seats");
            return Err(input(
                "E-PROCESS-QUOTA",
                format!("{} features", criteria.len()),
                &expected,
            ));
        }
        let promised = self
            .case
            .commitment
            .as_ref()
            .and_then(|promise| promise.day);
        if let Some(late) = promised.filter(|promised| *promised > day) {
            let found = format!("a promise to answer of {late}");
            return Err(input(
                "E-PROCESS-ORDER",
                found,
                &format!("one recorded before recruitment, which begins on {day}"),
            ));
        }
        self.case.recruitment = Some(Recruitment {
            opened: recruitment.opened.or(Some(day)),
            ..recruitment
        });
        self.enter(What::Recruiting, day)
    }
}

impl Process<stage::Recruiting> {
    /// How many people were invited and how many were willing.
    pub fn counted(&mut self, invited: Option<u64>, volunteers: Option<u64>) {
        if let Some(recruitment) = &mut self.case.recruitment {
            recruitment.invited = invited.or(recruitment.invited);
            recruitment.volunteers = volunteers.or(recruitment.volunteers);
        }
    }

    /// Records the draw with the digest of its public record.
    ///
    /// # Errors
    /// `E-PROCESS-EMPTY`: no digest. `E-PROCESS-COUNT`: not as many members as seats. `E-PROCESS-ORDER`.
    pub fn draw(
        mut self,
        record_digest: &str,
        members: u32,
        day: Day,
    ) -> Result<Process<stage::Drawn>> {
        present(&[(record_digest, "the digest of the draw's record")])?;
        let recruitment = self.case.recruitment.get_or_insert_default();
        same_count(
            "members drawn",
            members,
            recruitment.seats.unwrap_or_default(),
        )?;
        recruitment.record_digest = record_digest.to_owned();
        recruitment.drawn = Some(day);
        self.case.membership = Some(Membership {
            selected: Some(members),
            ..Membership::default()
        });
        self.enter(What::Drawn, day)
    }
}

impl Process<stage::Drawn> {
    /// Members have confirmed, alternates included who stepped in for those who did not.
    ///
    /// # Errors
    /// `E-PROCESS-COUNT`: more members than were selected, or none. `E-PROCESS-ORDER`.
    pub fn seat(self, confirmed: u32, day: Day) -> Result<Process<stage::Seated>> {
        let selected = self
            .case
            .membership
            .as_ref()
            .and_then(|counts| counts.selected);
        if !(1..=selected.unwrap_or_default()).contains(&confirmed) {
            let expected = format!("1 to {} members", selected.unwrap_or_default());
            return Err(input(
                "E-PROCESS-COUNT",
                format!("{confirmed} confirmed"),
                &expected,
            ));
        }
        self.enter(What::Seated, day)
    }
}

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
    /// `E-PROCESS-EMPTY`: no recommendation, or one without id or title. `E-PROCESS-TWICE`: an id stands twice. `E-PROCESS-ORDER`.
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

impl Process<stage::HandedOver> {
    /// The authority answers one recommendation.
    ///
    /// # Errors
    /// `E-PROCESS-UNKNOWN`: nobody recommended this. `E-PROCESS-TWICE`: it has an answer. `E-PROCESS-EMPTY`: the answer has no kind or no day.
    pub fn answer(&mut self, id: &str, answer: Answer) -> Result<()> {
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
        one.answer = Some(answer);
        Ok(())
    }

    /// The answers are complete; counts them in classes.
    ///
    /// # Errors
    /// `E-PROCESS-OPEN`: adopted recommendations without an answer; all of them are listed. `E-PROCESS-ORDER`.
    pub fn follow_up(mut self, day: Day) -> Result<Process<stage::FollowUp>> {
        let adopted = || {
            self.case
                .recommendations
                .iter()
                .filter(|one| is_adopted(one))
        };
        open(adopted().filter(|one| one.answer.is_none()), "an answer")?;
        let classes = super::check::classes_of(adopted());
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

fn is_adopted(one: &Recommendation) -> bool {
    let decision = one.vote.as_ref().and_then(|vote| vote.decision);
    decision == Some(Decision::Adopted)
}

/// True if the authority promised to do it or a part of it.
pub(super) fn is_promised(one: &Recommendation) -> bool {
    let kind = one.answer.as_ref().and_then(|answer| answer.kind);
    matches!(kind, Some(AnswerKind::Accepted | AnswerKind::Partly))
}

fn empty(what: &str) -> crate::Error {
    input("E-PROCESS-EMPTY", "nothing".to_owned(), what)
}

fn unknown(id: &str) -> crate::Error {
    input(
        "E-PROCESS-UNKNOWN",
        format!("{id:?}"),
        "a recommendation or milestone of this process",
    )
}

/// Every text that is blank is a problem of its own.
fn present(texts: &[(&str, &str)]) -> Result<()> {
    let blank = texts.iter().filter(|(text, _)| text.trim().is_empty());
    let problems: Vec<Problem> = blank
        .map(|(_, what)| Problem::new("E-PROCESS-EMPTY", "nothing", *what))
        .collect();
    all(problems)
}

fn open<'a>(left: impl IntoIterator<Item = &'a Recommendation>, what: &str) -> Result<()> {
    let problem =
        |one: &Recommendation| Problem::new("E-PROCESS-OPEN", format!("{:?}", one.id), what);
    all(left.into_iter().map(problem).collect())
}

fn all(problems: Vec<Problem>) -> Result<()> {
    if problems.is_empty() {
        Ok(())
    } else {
        Err(ErrorKind::Input(problems).into())
    }
}

fn same_count(what: &str, found: u32, expected: u32) -> Result<()> {
    if found == expected {
        return Ok(());
    }
    Err(input(
        "E-PROCESS-COUNT",
        format!("{found} {what}"),
        &expected.to_string(),
    ))
}
