//! The regular road from the commission to the end of the follow-up, one type per stage.

mod begin;
mod follow;
mod meet;

use std::marker::PhantomData;

use super::case::Case;
use super::event::{Event, Log};
use super::meeting::Meeting;
use super::recommendation::{AnswerKind, Decision, Recommendation};
use super::stages::What;
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
/// Each of these steps compiles, and does not one stage earlier:
///
/// ```
/// # use kleroterion::assembly::{Day, process::{Meeting, Process, stage}};
/// fn draw(process: Process<stage::Recruiting>, day: Day) { let _ = process.draw("digest", 36, day); }
/// fn meet(mut process: Process<stage::Seated>) { let _ = process.meet(Meeting::default()); }
/// fn vote(process: Process<stage::Worded>, day: Day) { let _ = process.close_ballots(vec![], day); }
/// fn hand_over(process: Process<stage::Voted>, day: Day) { let _ = process.hand_over(day); }
/// ```
///
/// ```compile_fail
/// # use kleroterion::assembly::{Day, process::{Meeting, Process, stage}};
/// fn draw(process: Process<stage::Governed>, day: Day) { let _ = process.draw("digest", 36, day); }
/// ```
///
/// ```compile_fail
/// # use kleroterion::assembly::{Day, process::{Meeting, Process, stage}};
/// fn meet(mut process: Process<stage::Drawn>) { let _ = process.meet(Meeting::default()); }
/// ```
///
/// ```compile_fail
/// # use kleroterion::assembly::{Day, process::{Meeting, Process, stage}};
/// fn vote(process: Process<stage::Seated>, day: Day) { let _ = process.close_ballots(vec![], day); }
/// ```
///
/// ```compile_fail
/// # use kleroterion::assembly::{Day, process::{Meeting, Process, stage}};
/// fn hand_over(process: Process<stage::Worded>, day: Day) { let _ = process.hand_over(day); }
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

    /// Nothing happened yet.
    fn new(case: Case) -> Self {
        Self {
            case,
            log: Log::default(),
            stage: PhantomData,
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
