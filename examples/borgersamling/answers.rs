//! Handover, the council's answer, and what came of it.

use kleroterion::Error;
use kleroterion::assembly::process::{
    Answer, AnswerKind, Decision, Evaluation, Evaluator, Milestone, Process, stage,
};

use crate::story::{Story, day};

const HANDOVER: &str = "2026-06-11";
const ANSWERED: &str = "2026-09-03";

/// A promise on the way: what, by which day, and done on which, if it was.
type Promise = (&'static str, &'static str, &'static str);

/// What the council answers to which recommendation: kind, reason, promise.
const ANSWERS: [(&str, AnswerKind, &str, Option<Promise>); 6] = [
    (
        "1",
        AnswerKind::Accepted,
        "",
        Some(("Ti skoler i gang", "2026-12-01", "2026-11-16")),
    ),
    (
        "2",
        AnswerKind::Partly,
        "every twentieth, because residents' cars must stand somewhere",
        Some(("Plan for pladserne", "2027-02-01", "")),
    ),
    (
        "3",
        AnswerKind::Accepted,
        "",
        Some(("Nye skilte", "2027-01-15", "2027-01-11")),
    ),
    (
        "4",
        AnswerKind::Accepted,
        "",
        Some(("Optælling af pladser", "2026-11-01", "2026-10-20")),
    ),
    (
        "5",
        AnswerKind::Rejected,
        "bus lines are the region's to decide",
        None,
    ),
    ("6", AnswerKind::Rejected, "the law does not allow it", None),
];

pub(crate) fn run(
    story: &mut Story,
    process: Process<stage::Voted>,
) -> Result<Process<stage::FollowUp>, Error> {
    story.step("Handover, answer, follow-up");
    let mut process = process.hand_over(day(HANDOVER)?)?;
    let adopted: Vec<String> = process
        .case()
        .recommendations
        .iter()
        .filter(|one| {
            one.vote
                .as_ref()
                .is_some_and(|vote| vote.decision == Some(Decision::Adopted))
        })
        .map(|one| one.id.clone())
        .collect();
    story.say(format!(
        "{HANDOVER}  {} recommendations are handed over to the council.",
        adopted.len()
    ));
    let answers = || {
        ANSWERS
            .iter()
            .filter(|(id, ..)| adopted.iter().any(|one| one == id))
    };
    let deadline = process
        .case()
        .commitment
        .as_ref()
        .and_then(|one| one.deadline(day(HANDOVER).ok()));
    for (id, kind, reason, _) in answers() {
        let answer = Answer {
            day: Some(day(ANSWERED)?),
            by: "the city council".into(),
            kind: Some(*kind),
            reason: (*reason).to_owned(),
        };
        process.answer(id, answer)?;
    }
    let due = deadline.map_or(String::new(), |last| format!(" (due by {last})"));
    story.say(format!("{ANSWERED}  The council answers all of them{due}."));
    let mut process = process.follow_up(day(ANSWERED)?)?;
    for class in process.case().outcome.iter().flat_map(|one| &one.classes) {
        story.say(format!("            {} {}", class.count, class.label));
    }
    for (id, .., promise) in answers() {
        if let Some((title, due, done)) = promise {
            follow(story, &mut process, (id, title), (due, done))?;
        }
    }
    let evaluation = Evaluation {
        by: "a university".into(),
        kind: Some(Evaluator::Independent),
        ..Evaluation::default()
    };
    process.evaluate(evaluation, day("2026-12-15")?)?;
    story.say("2026-12-15  A university publishes its evaluation.");
    Ok(process)
}

/// Records a promise, and that it was done if it was.
fn follow(
    story: &mut Story,
    process: &mut Process<stage::FollowUp>,
    (id, title): (&str, &str),
    (due, done): (&str, &str),
) -> Result<(), Error> {
    let milestone = Milestone {
        title: title.to_owned(),
        due: Some(day(due)?),
        done: None,
    };
    process.promise(id, milestone)?;
    if done.is_empty() {
        story.say(format!(
            "{due}  {title} (recommendation {id}) was promised by this day and is not done."
        ));
        return Ok(());
    }
    process.done((id, title), day(done)?)?;
    process.close(id, day(done)?)?;
    story.say(format!(
        "{done}  {title} (recommendation {id}) is done, promised by {due}."
    ));
    Ok(())
}
