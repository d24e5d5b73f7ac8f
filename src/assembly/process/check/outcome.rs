//! Recommendations, answers, follow-up, evaluation, erasure, and what contradicts itself.

use super::{Kind, Report, Rule, listed};
use crate::assembly::Day;
use crate::assembly::process::case::Evaluator;
use crate::assembly::process::event::Log;
use crate::assembly::process::recommendation::{AnswerKind, Decision, Outcome, Recommendation};
use crate::assembly::process::road::is_promised;

pub(super) fn check(report: &mut Report<'_>) {
    let outcome = report.case.outcome.clone().unwrap_or_default();
    wording(report);
    counts(report, &outcome);
    answers(report, &outcome);
    in_time(report, &outcome);
    follow_up(report);
    if outcome.handed_over.is_some() {
        evaluation(report);
    }
    erasure(report);
    order(report, &outcome);
    disputed(report);
}

/// Ids of the recommendations for which something holds.
fn ids(report: &Report<'_>, holds: impl Fn(&Recommendation) -> bool) -> String {
    let all = report.case.recommendations.iter();
    listed(all.filter(|one| holds(one)).map(|one| one.id.as_str()))
}

fn is_rejected_by_members(one: &Recommendation) -> bool {
    one.vote
        .as_ref()
        .is_some_and(|vote| vote.decision == Some(Decision::NotAdopted))
}

fn wording(report: &mut Report<'_>) {
    let unworded = ids(report, |one| one.worded.is_none());
    if !unworded.is_empty() {
        report.add(
            Rule::WordingByMembers,
            Kind::Unrecorded,
            format!("no day of the final wording is recorded of {unworded}"),
            format!("der er ikke oplyst nogen dato for den endelige ordlyd af {unworded}"),
        );
    }
    let voted = |one: &Recommendation| one.vote.as_ref().and_then(|vote| vote.day);
    let late = ids(
        report,
        |one| matches!((one.worded, voted(one)), (Some(worded), Some(voted)) if worded > voted),
    );
    if !late.is_empty() {
        report.add(
            Rule::WordingByMembers,
            Kind::Short,
            format!("the wording is later than the vote of {late}"),
            format!("ordlyden er senere end afstemningen for {late}"),
        );
    }
    if report.handed_over().is_some() {
        let without = ids(report, |one| one.vote.is_none());
        if !without.is_empty() {
            report.add(
                Rule::EveryVote,
                Kind::Unrecorded,
                format!("no vote is recorded on {without}"),
                format!("der er ikke oplyst nogen afstemning om {without}"),
            );
        }
    }
}

fn counts(report: &mut Report<'_>, outcome: &Outcome) {
    let Some(reported) = outcome.recommendations else {
        return;
    };
    let list = &report.case.recommendations;
    let listed = list
        .iter()
        .filter(|one| !is_rejected_by_members(one))
        .count();
    if !list.is_empty() && listed as u64 != u64::from(reported) {
        report.add(
            Rule::CountsAgree,
            Kind::Contradiction,
            format!("{listed} are listed, {reported} reported"),
            format!("{listed} er opført, {reported} meldt"),
        );
    }
    let numbers: Vec<String> = outcome
        .classes
        .iter()
        .map(|one| one.count.to_string())
        .collect();
    let sum: u64 = outcome.classes.iter().map(|one| u64::from(one.count)).sum();
    if !numbers.is_empty() && sum != u64::from(reported) {
        let numbers = numbers.join(" + ");
        report.add(
            Rule::ClassesSum,
            Kind::Contradiction,
            format!("{numbers} = {sum}, and there are {reported} recommendations"),
            format!("{numbers} = {sum}, og der er {reported} anbefalinger"),
        );
    }
}

/// The last day of the promised answer.
fn deadline(report: &Report<'_>) -> Option<Day> {
    report
        .case
        .commitment
        .as_ref()?
        .deadline(report.handed_over())
}

fn answers(report: &mut Report<'_>, outcome: &Outcome) {
    let Some(handed_over) = outcome.handed_over else {
        return;
    };
    let is_due = deadline(report).is_none_or(|last| report.has_passed(last));
    let open = ids(report, |one| {
        one.answer.is_none() && !is_rejected_by_members(one)
    });
    if !open.is_empty() && is_due {
        report.add(
            Rule::EveryAnswer,
            Kind::Unrecorded,
            format!("no answer is recorded to {open}"),
            format!("der er ikke oplyst noget svar på {open}"),
        );
    }
    let no_answer = outcome.answered.is_none() && outcome.classes.is_empty();
    if report.case.recommendations.is_empty() && no_answer && is_due {
        report.add(
            Rule::EveryAnswer,
            Kind::Unrecorded,
            format!("no answer is recorded since the handover on {handed_over}"),
            format!("der er ikke oplyst noget svar siden overrækkelsen {handed_over}"),
        );
    }
    let is_bare = |one: &Recommendation| {
        let Some(answer) = &one.answer else {
            return false;
        };
        answer.kind != Some(AnswerKind::Accepted) && answer.reason.trim().is_empty()
    };
    let bare = ids(report, is_bare);
    if !bare.is_empty() {
        report.add(
            Rule::ReasonsGiven,
            Kind::Short,
            format!("no reason stands with the answer to {bare}"),
            format!("der står ingen begrundelse ved svaret på {bare}"),
        );
    }
}

fn in_time(report: &mut Report<'_>, outcome: &Outcome) {
    let Some(last) = deadline(report) else { return };
    let single = report
        .case
        .recommendations
        .iter()
        .filter_map(|one| one.answer.as_ref()?.day);
    let answered = single.chain(outcome.answered).max();
    match answered {
        Some(day) if day > last => report.add(
            Rule::AnswerInTime,
            Kind::Short,
            format!("due by {last}, answered on {day}"),
            format!("frist {last}, besvaret {day}"),
        ),
        None if report.has_passed(last) && outcome.handed_over.is_some() => report.add(
            Rule::AnswerInTime,
            Kind::Short,
            format!("due by {last}, and there is no answer"),
            format!("frist {last}, og der er intet svar"),
        ),
        _ => {}
    }
}

fn follow_up(report: &mut Report<'_>) {
    let without = ids(report, |one| {
        is_promised(one) && one.milestones.is_empty() && one.closed.is_none()
    });
    if !without.is_empty() {
        report.add(
            Rule::Milestones,
            Kind::Unrecorded,
            format!("no milestone is recorded of {without}"),
            format!("der er ikke oplyst nogen milepæl for {without}"),
        );
    }
    let is_late = |one: &Recommendation| {
        let mut steps = one.milestones.iter();
        steps.any(|step| match (step.due, step.done) {
            (Some(due), Some(done)) => done > due,
            (Some(due), None) => report.has_passed(due),
            _ => false,
        })
    };
    let late = ids(report, is_late);
    if !late.is_empty() {
        report.add(
            Rule::Milestones,
            Kind::Short,
            format!("a milestone is late, or was: recommendation {late}"),
            format!("en milepæl er eller var forsinket: anbefaling {late}"),
        );
    }
}

fn evaluation(report: &mut Report<'_>) {
    match report
        .case
        .evaluation
        .as_ref()
        .map(|one| (one.kind, one.by.clone()))
    {
        None => report.add(
            Rule::Evaluation,
            Kind::Unrecorded,
            "no evaluation is recorded",
            "der er ikke oplyst nogen evaluering",
        ),
        Some((None, by)) => report.add(
            Rule::Evaluation,
            Kind::Unrecorded,
            format!("whether {by} is independent is not recorded"),
            format!("det er ikke oplyst, om {by} er uafhængig"),
        ),
        Some((Some(Evaluator::Internal), by)) => report.add(
            Rule::Evaluation,
            Kind::Short,
            format!("{by} evaluated its own process"),
            format!("{by} evaluerede sin egen proces"),
        ),
        Some((Some(Evaluator::Independent), _)) => {}
    }
}

fn erasure(report: &mut Report<'_>) {
    let privacy = report.case.privacy.clone().unwrap_or_default();
    let Some(due) = privacy.erase_by else {
        report.add(
            Rule::Erasure,
            Kind::Unrecorded,
            "no day of erasure is recorded",
            "der er ikke oplyst nogen slettedato",
        );
        return;
    };
    match privacy.erased {
        Some(erased) if erased > due => report.add(
            Rule::Erasure,
            Kind::Short,
            format!("due by {due}, erased on {erased}"),
            format!("frist {due}, slettet {erased}"),
        ),
        None if report.has_passed(due) => report.add(
            Rule::Erasure,
            Kind::Short,
            format!("due by {due}, and no erasure is recorded"),
            format!("frist {due}, og der er ikke oplyst nogen sletning"),
        ),
        _ => {}
    }
}

fn order(report: &mut Report<'_>, outcome: &Outcome) {
    let recruitment = report.case.recruitment.clone().unwrap_or_default();
    let meetings = report.meeting_days();
    let road = [
        ("recruitment", "rekruttering", recruitment.opened),
        ("draw", "lodtrækning", recruitment.drawn),
        (
            "first meeting",
            "første møde",
            meetings.map(|(first, _)| first),
        ),
        (
            "last meeting",
            "sidste møde",
            meetings.map(|(_, last)| last),
        ),
        ("handover", "overrækkelse", outcome.handed_over),
        ("answer", "svar", outcome.answered),
    ];
    let known: Vec<(&str, &str, Day)> = road
        .into_iter()
        .filter_map(|(english, danish, day)| Some((english, danish, day?)))
        .collect();
    in_order(report, &known);
    inside(report);
}

/// Days of the road that are known, each with its English and its Danish name.
fn in_order(report: &mut Report<'_>, known: &[(&str, &str, Day)]) {
    for pair in known.windows(2) {
        let [(english, danish, before), (then, saa, after)] = pair else {
            continue;
        };
        if after < before {
            report.add(
                Rule::DaysInOrder,
                Kind::Contradiction,
                format!("{then} on {after}, before {english} on {before}"),
                format!("{saa} {after}, før {danish} {before}"),
            );
        }
    }
}

/// Days within a meeting and among the events.
fn inside(report: &mut Report<'_>) {
    let backwards = report
        .case
        .meetings
        .iter()
        .filter(|one| one.until < one.day && one.until.is_some());
    let backwards = listed(backwards.map(|one| one.name.as_str()));
    if !backwards.is_empty() {
        report.add(
            Rule::DaysInOrder,
            Kind::Contradiction,
            format!("{backwards} ends before it begins"),
            format!("{backwards} slutter, før det begynder"),
        );
    }
    if let Err(error) = Log::of(report.case.events.iter().cloned()) {
        let found = error
            .problems()
            .first()
            .map(|one| one.found.clone())
            .unwrap_or_default();
        report.add(
            Rule::DaysInOrder,
            Kind::Contradiction,
            format!("among the events {found} stands after a later day"),
            format!("blandt hændelserne står {found} efter en senere dato"),
        );
    }
}

fn disputed(report: &mut Report<'_>) {
    for dispute in &report.case.disputed {
        let readings: Vec<String> = dispute
            .readings
            .iter()
            .map(|one| format!("{} [{}]", one.value, one.source))
            .collect();
        let text = format!("{}: {}", dispute.what, readings.join(", "));
        report.add(Rule::SourcesAgree, Kind::Contradiction, text.clone(), text);
    }
}
