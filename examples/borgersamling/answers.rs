//! Handover, the council's answer, and what came of it.

use kleroterion::Error;
use kleroterion::assembly::process::{
    Answer, AnswerKind, Decision, Evaluation, Evaluator, Milestone, Process, stage,
};

use crate::ledger::Ledger;
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
        Some(("Ten schools have begun", "2026-12-01", "2026-11-16")),
    ),
    (
        "2",
        AnswerKind::Partly,
        "every twentieth, because residents' cars must stand somewhere",
        Some(("A plan for the parking spaces", "2027-02-01", "")),
    ),
    (
        "3",
        AnswerKind::Accepted,
        "",
        Some(("New signs", "2027-01-15", "2027-01-11")),
    ),
    (
        "4",
        AnswerKind::Accepted,
        "",
        Some(("The parking spaces are counted", "2026-11-01", "2026-10-20")),
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
    ledger: &mut Ledger,
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
    ledger.erase(story)?;
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
    let mut days = promises(&mut process, &adopted)?;
    days.push((
        "2026-12-15",
        "A university publishes its evaluation.".to_owned(),
    ));
    days.sort();
    for (date, line) in days {
        story.say(format!("{date}  {line}"));
    }
    let evaluation = Evaluation {
        by: "a university".into(),
        kind: Some(Evaluator::Independent),
        ..Evaluation::default()
    };
    process.evaluate(evaluation, day("2026-12-15")?)?;
    Ok(process)
}

/// Everything promised about what was adopted.
fn promises(
    process: &mut Process<stage::FollowUp>,
    adopted: &[String],
) -> Result<Vec<(&'static str, String)>, Error> {
    let mut days = Vec::new();
    for (id, .., promise) in ANSWERS {
        let promise = promise.filter(|_| adopted.iter().any(|one| one == id));
        if let Some((title, due, done)) = promise {
            days.push(follow(process, (id, title), (due, done))?);
        }
    }
    Ok(days)
}

/// Records a promise, and that it was done if it was; gives the day and what to say of it.
fn follow<'a>(
    process: &mut Process<stage::FollowUp>,
    (id, title): (&str, &str),
    (due, done): (&'a str, &'a str),
) -> Result<(&'a str, String), Error> {
    let milestone = Milestone {
        title: title.to_owned(),
        due: Some(day(due)?),
        done: None,
    };
    process.promise(id, milestone)?;
    if done.is_empty() {
        let late = format!("Promised by this day and not done: {title} (recommendation {id}).");
        return Ok((due, late));
    }
    process.done((id, title), day(done)?)?;
    process.close(id, day(done)?)?;
    Ok((
        done,
        format!("{title} (recommendation {id}); promised by {due}."),
    ))
}
