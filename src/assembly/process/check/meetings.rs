//! Time, agendas, facilitation, evidence.

use std::collections::BTreeSet;

use super::{Kind, Report, Rule, listed};
use crate::assembly::process::meeting::{Activity, ChosenBy, Meeting, Mode};

/// Days that the principle asks for.
const DAYS: u32 = 4;
/// Minutes that make a full day. The principle does not say; six hours is a working day without its breaks.
const FULL_DAY: u32 = 360;

pub(super) fn check(report: &mut Report<'_>) {
    let meetings = &report.case.meetings;
    if meetings.is_empty() {
        report.add(
            Rule::FullDays,
            Kind::Unrecorded,
            "no meeting is recorded",
            "der er ikke oplyst noget møde",
        );
    } else {
        time(report, meetings);
        agendas(report, meetings);
        talk(report, meetings);
        facilitators(report, meetings);
    }
    evidence(report);
}

fn time(report: &mut Report<'_>, meetings: &[Meeting]) {
    let full = |one: &Meeting| match (one.mode, one.minutes(), one.days()) {
        (Some(Mode::InPerson), Some(minutes), Some(days)) if minutes >= FULL_DAY * days => days,
        _ => 0,
    };
    let days: u32 = meetings.iter().map(full).sum();
    if days >= DAYS {
        return;
    }
    let unclear = meetings
        .iter()
        .filter(|one| {
            one.mode.is_none() || one.mode == Some(Mode::InPerson) && one.minutes().is_none()
        })
        .count();
    let all = meetings.len();
    if unclear > 0 {
        report.add(
            Rule::FullDays,
            Kind::Unrecorded,
            format!("of {unclear} of {all} meetings the hours, or whether members met in person, are not recorded"),
            format!("for {unclear} af {all} møder er timetallet, eller om mødet var fysisk, ikke oplyst"),
        );
        return;
    }
    let known: Option<u64> = meetings
        .iter()
        .map(|one| one.minutes().map(u64::from))
        .sum();
    let (english, danish) = known.map_or((String::new(), String::new()), |sum| {
        let (hours, rest) = (sum / 60, sum % 60);
        (
            format!(" with {hours} h {rest:02} min in all"),
            format!(" med i alt {hours} t {rest:02} min"),
        )
    });
    report.add(
        Rule::FullDays,
        Kind::Short,
        format!("{all} meetings{english}; {days} days in person of at least six hours"),
        format!("{all} møder{danish}; {days} fysiske dage på mindst seks timer"),
    );
}

fn agendas(report: &mut Report<'_>, meetings: &[Meeting]) {
    let without = listed(
        meetings
            .iter()
            .filter(|one| one.agenda.is_empty())
            .map(|one| one.name.as_str()),
    );
    if !without.is_empty() {
        report.add(
            Rule::AgendaAddsUp,
            Kind::Unrecorded,
            format!("no agenda is recorded of {without}"),
            format!("der er ikke oplyst nogen dagsorden for {without}"),
        );
    }
    for meeting in meetings.iter().filter(|one| !one.agenda.is_empty()) {
        let name = &meeting.name;
        match (meeting.agenda_minutes(), meeting.minutes()) {
            (Some(items), Some(minutes)) if items != minutes => report.add(
                Rule::AgendaAddsUp,
                Kind::Contradiction,
                format!("{name}: the items take {items} minutes, the meeting {minutes}"),
                format!("{name}: punkterne tager {items} minutter, mødet {minutes}"),
            ),
            (Some(_), Some(_)) => {}
            _ => report.add(
                Rule::AgendaAddsUp,
                Kind::Unrecorded,
                format!("{name}: minutes of an item, or begin and end, are not recorded"),
                format!("{name}: et punkts minutter, eller begyndelse og slutning, er ikke oplyst"),
            ),
        }
    }
}

fn talk(report: &mut Report<'_>, meetings: &[Meeting]) {
    for meeting in meetings {
        let minutes = |wanted: &dyn Fn(Activity) -> bool| -> Option<u64> {
            let items = meeting.agenda.iter();
            items
                .map(|item| {
                    Some(if wanted(item.activity?) {
                        u64::from(item.minutes?)
                    } else {
                        0
                    })
                })
                .sum()
        };
        let talk = minutes(&|one| matches!(one, Activity::Deliberation | Activity::Drafting));
        let work = minutes(&|one| one != Activity::Pause);
        if let (Some(talk), Some(work)) = (talk, work)
            && 2 * talk < work
        {
            let name = &meeting.name;
            report.add(
                Rule::TimeForTalk,
                Kind::Short,
                format!("{name}: {talk} of {work} minutes"),
                format!("{name}: {talk} af {work} minutter"),
            );
        }
    }
}

fn facilitators(report: &mut Report<'_>, meetings: &[Meeting]) {
    let counts = |one: &Meeting| Some((one.tables?, one.facilitators?));
    if meetings.iter().all(|one| counts(one).is_none()) {
        report.add(
            Rule::FacilitatorPerTable,
            Kind::Unrecorded,
            "tables and facilitators are not recorded",
            "borde og facilitatorer er ikke oplyst",
        );
    }
    for meeting in meetings {
        if let Some((tables, facilitators)) =
            counts(meeting).filter(|(tables, facilitators)| facilitators < tables)
        {
            let name = &meeting.name;
            report.add(
                Rule::FacilitatorPerTable,
                Kind::Short,
                format!("{name}: {facilitators} facilitators at {tables} tables"),
                format!("{name}: {facilitators} facilitatorer ved {tables} borde"),
            );
        }
    }
}

fn evidence(report: &mut Report<'_>) {
    let all = &report.case.evidence;
    let views: BTreeSet<String> = all
        .iter()
        .map(|one| one.perspective.trim().to_lowercase())
        .filter(|view| !view.is_empty())
        .collect();
    match views.first() {
        None => report.add(
            Rule::Perspectives,
            Kind::Unrecorded,
            "no perspective is recorded",
            "der er ikke oplyst nogen synsvinkel",
        ),
        Some(view) if views.len() == 1 => report.add(
            Rule::Perspectives,
            Kind::Short,
            format!("the only one recorded is {view}"),
            format!("den eneste, der er oplyst, er {view}"),
        ),
        Some(_) => {}
    }
    if all.is_empty() {
        return;
    }
    if !all
        .iter()
        .any(|one| one.chosen_by == Some(ChosenBy::Members))
    {
        let is_known = all.iter().all(|one| one.chosen_by.is_some());
        let (kind, english, danish) = if is_known {
            (
                Kind::Short,
                "members chose none of it",
                "medlemmerne valgte intet af det",
            )
        } else {
            (
                Kind::Unrecorded,
                "who chose is not recorded of all of it",
                "det fremgår ikke for alt materiale, hvem der valgte det",
            )
        };
        report.add(Rule::MembersChoose, kind, english, danish);
    }
    let hidden = listed(
        all.iter()
            .filter(|one| one.published.trim().is_empty())
            .map(|one| one.title.as_str()),
    );
    if !hidden.is_empty() {
        report.add(
            Rule::MaterialPublished,
            Kind::Unrecorded,
            format!("no place is recorded of {hidden}"),
            format!("der er ikke oplyst noget sted for {hidden}"),
        );
    }
}
