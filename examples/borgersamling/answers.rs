//! Handover, the council's answer, and what came of it.

use kleroterion::Error;
use kleroterion::assembly::process::{
    Answer, AnswerKind, Decision, Evaluation, Evaluator, Milestone, Process, stage,
};

use crate::story::{Story, day};

const HANDOVER: &str = "2026-06-11";
const ANSWERED: &str = "2026-09-03";

/// What the council answers in turn: kind and reason, and what it promises by which day and did by which.
const ANSWERS: [(AnswerKind, &str, Option<(&str, &str, &str)>); 5] = [
    (
        AnswerKind::Accepted,
        "",
        Some(("Ti skoler i gang", "2026-12-01", "2026-11-16")),
    ),
    (
        AnswerKind::Partly,
        "every twentieth, because residents' cars must stand somewhere",
        Some(("Plan for pladserne", "2027-02-01", "")),
    ),
    (
        AnswerKind::Accepted,
        "",
        Some(("Nye skilte", "2027-01-15", "2027-01-11")),
    ),
    (
        AnswerKind::Accepted,
        "",
        Some(("Optælling af pladser", "2026-11-01", "2026-10-20")),
    ),
    (
        AnswerKind::Rejected,
        "bus lines are the region's to decide",
        None,
    ),
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
    let deadline = process
        .case()
        .commitment
        .as_ref()
        .and_then(|one| one.deadline(day(HANDOVER).ok()));
    for (id, (kind, reason, _)) in adopted.iter().zip(ANSWERS.iter().cycle()) {
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
    for (id, (.., promise)) in adopted.iter().zip(ANSWERS.iter().cycle()) {
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
