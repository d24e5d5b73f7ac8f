//! Remit, promise, governance.

use super::{Kind, Report, Rule};
use crate::assembly::Day;
use crate::assembly::process::case::Wording;

pub(super) fn check(report: &mut Report<'_>) {
    remit(report);
    commitment(report);
    governance(report);
    announced(report);
}

fn remit(report: &mut Report<'_>) {
    let remit = report.case.remit.clone().unwrap_or_default();
    let question = remit.question.trim();
    if question.is_empty() {
        report.add(
            Rule::RemitIsQuestion,
            Kind::Unrecorded,
            "no core question is recorded",
            "der er ikke oplyst noget kernespørgsmål",
        );
    } else if remit.wording == Some(Wording::Summary) {
        report.add(
            Rule::RemitIsQuestion,
            Kind::Unrecorded,
            "only a summary of the task is recorded, not its words",
            "opgaven er kun oplyst i sammendrag, ikke ordret",
        );
    } else if !question.ends_with(['?', '？']) {
        report.add(
            Rule::RemitIsQuestion,
            Kind::Short,
            format!("it reads “{question}”"),
            format!("den lyder »{question}«"),
        );
    }
}

fn commitment(report: &mut Report<'_>) {
    let Some(promise) = &report.case.commitment else {
        report.add(
            Rule::CommitmentFirst,
            Kind::Unrecorded,
            "no promise to answer is recorded",
            "der er ikke oplyst noget løfte om svar",
        );
        return;
    };
    if promise.answer_by.is_none() && promise.answer_within_days.is_none() {
        report.add(
            Rule::AnswerDeadline,
            Kind::Unrecorded,
            "no day is recorded by which the answer is due",
            "der er ikke oplyst nogen frist for svaret",
        );
    }
    match (promise.day, begin(report)) {
        (None, _) => report.add(
            Rule::CommitmentFirst,
            Kind::Unrecorded,
            "the promise has no day, so it does not show which came first",
            "løftet har ingen dato, så rækkefølgen fremgår ikke",
        ),
        (Some(promised), Some(begun)) if promised > begun => report.add(
            Rule::CommitmentFirst,
            Kind::Short,
            format!("it is of {promised}, and recruitment had begun by {begun}"),
            format!("det er fra {promised}, og rekrutteringen var i gang senest {begun}"),
        ),
        _ => {}
    }
}

/// The earliest day by which recruitment must have begun.
fn begin(report: &Report<'_>) -> Option<Day> {
    let recruitment = report.case.recruitment.as_ref();
    let days = [
        recruitment.and_then(|one| one.opened),
        recruitment.and_then(|one| one.drawn),
        report.meeting_days().map(|(first, _)| first),
    ];
    days.into_iter().flatten().min()
}

fn governance(report: &mut Report<'_>) {
    let governance = report.case.governance.clone().unwrap_or_default();
    let (commissioner, secretariat) = (
        governance.commissioner.trim(),
        governance.secretariat.trim(),
    );
    if commissioner.is_empty() || secretariat.is_empty() {
        report.add(
            Rule::ArmsLength,
            Kind::Unrecorded,
            "commissioner or secretariat is not recorded",
            "bestiller eller sekretariat er ikke oplyst",
        );
    } else if commissioner.to_lowercase() == secretariat.to_lowercase() {
        report.add(
            Rule::ArmsLength,
            Kind::Short,
            format!("{commissioner} commissions it and is its secretariat"),
            format!("{commissioner} er både bestiller og sekretariat"),
        );
    }
    if governance.funder.trim().is_empty() {
        report.add(
            Rule::FundingDisclosed,
            Kind::Unrecorded,
            "no funder is recorded",
            "det er ikke oplyst, hvem der betaler",
        );
    }
    if governance.published.trim().is_empty() {
        report.add(
            Rule::DesignPublished,
            Kind::Unrecorded,
            "no place is recorded where the design can be read",
            "det er ikke oplyst, hvor designet kan læses",
        );
    }
}

fn announced(report: &mut Report<'_>) {
    let announced = report
        .case
        .governance
        .as_ref()
        .and_then(|one| one.announced);
    let Some(day) = announced else {
        report.add(
            Rule::AnnouncedFirst,
            Kind::Unrecorded,
            "no day of the announcement is recorded",
            "datoen for offentliggørelsen er ikke oplyst",
        );
        return;
    };
    if let Some((first, _)) = report.meeting_days().filter(|(first, _)| day > *first) {
        report.add(
            Rule::AnnouncedFirst,
            Kind::Short,
            format!("announced on {day}, first meeting on {first}"),
            format!("offentliggjort {day}, første møde {first}"),
        );
    }
}
