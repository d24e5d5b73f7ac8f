//! Every check with a sheet that passes and one that fails.

use kleroterion::assembly::process::{
    AnswerKind, Case, ChosenBy, Disputed, Evaluator, Event, Finding, Kind, Language, Mode, Reading,
    Rule, Selection, What, Wording, findings,
};

use super::{complete, day};

type Change = fn(&mut Case);

fn of(case: &Case, rule: Rule) -> Vec<Finding> {
    findings(case)
        .into_iter()
        .filter(|one| one.rule == rule)
        .collect()
}

/// Breaks the complete sheet in one place.
const BROKEN: [(Rule, Kind, Change, &str); 71] = [
    (
        Rule::RemitIsQuestion,
        Kind::Unrecorded,
        |c| c.remit = None,
        "no core question is recorded",
    ),
    (
        Rule::RemitIsQuestion,
        Kind::Short,
        |c| c.remit.as_mut().unwrap().question = "Make it nice.".into(),
        "it reads “Make it nice.”",
    ),
    (
        Rule::RemitIsQuestion,
        Kind::Unrecorded,
        |c| c.remit.as_mut().unwrap().wording = Some(Wording::Summary),
        "only a summary",
    ),
    (
        Rule::CommitmentFirst,
        Kind::Unrecorded,
        |c| c.commitment = None,
        "no promise to answer is recorded",
    ),
    (
        Rule::CommitmentFirst,
        Kind::Unrecorded,
        |c| c.commitment.as_mut().unwrap().day = None,
        "has no day",
    ),
    (
        Rule::CommitmentFirst,
        Kind::Short,
        |c| c.commitment.as_mut().unwrap().day = Some(day("2026-01-06")),
        "it is of 2026-01-06, and recruitment had begun by 2026-01-05",
    ),
    (
        Rule::AnswerDeadline,
        Kind::Unrecorded,
        |c| c.commitment.as_mut().unwrap().answer_within_days = None,
        "no day is recorded",
    ),
    (
        Rule::ArmsLength,
        Kind::Unrecorded,
        |c| c.governance.as_mut().unwrap().secretariat.clear(),
        "secretariat is not recorded",
    ),
    (
        Rule::ArmsLength,
        Kind::Short,
        |c| c.governance.as_mut().unwrap().secretariat = "The Council".into(),
        "the council commissions it and is its secretariat",
    ),
    (
        Rule::FundingDisclosed,
        Kind::Unrecorded,
        |c| c.governance.as_mut().unwrap().funder.clear(),
        "no funder",
    ),
    (
        Rule::AnnouncedFirst,
        Kind::Unrecorded,
        |c| c.governance.as_mut().unwrap().announced = None,
        "no day of the announcement",
    ),
    (
        Rule::AnnouncedFirst,
        Kind::Short,
        |c| c.governance.as_mut().unwrap().announced = Some(day("2026-03-08")),
        "announced on 2026-03-08, first meeting on 2026-03-07",
    ),
    (
        Rule::DesignPublished,
        Kind::Unrecorded,
        |c| c.governance.as_mut().unwrap().published.clear(),
        "where the design can be read",
    ),
    (
        Rule::RandomSelection,
        Kind::Unrecorded,
        |c| c.recruitment.as_mut().unwrap().selection = None,
        "is not recorded",
    ),
    (
        Rule::RandomSelection,
        Kind::Short,
        |c| c.recruitment.as_mut().unwrap().selection = Some(Selection::SelfSelection),
        "whoever came",
    ),
    (
        Rule::RandomSelection,
        Kind::Short,
        |c| c.recruitment.as_mut().unwrap().selection = Some(Selection::Appointment),
        "appointed",
    ),
    (
        Rule::RandomSelection,
        Kind::Short,
        |c| c.recruitment.as_mut().unwrap().selection = Some(Selection::QuotaRecruitment),
        "an agency",
    ),
    (
        Rule::MethodPublished,
        Kind::Unrecorded,
        |c| c.recruitment.as_mut().unwrap().method_published.clear(),
        "where it can be read",
    ),
    (
        Rule::QuotasSum,
        Kind::Unrecorded,
        |c| c.recruitment.as_mut().unwrap().criteria.clear(),
        "what the panel had to look like",
    ),
    (
        Rule::QuotasSum,
        Kind::Unrecorded,
        |c| c.recruitment.as_mut().unwrap().criteria[0].quotas.clear(),
        "quotas are not recorded of sex",
    ),
    (
        Rule::QuotasSum,
        Kind::Contradiction,
        |c| c.recruitment.as_mut().unwrap().criteria[0].quotas[0].min = 14,
        "sex asks for 25 to 25 members, and there are 24 seats",
    ),
    (
        Rule::QuotasSum,
        Kind::Contradiction,
        |c| c.recruitment.as_mut().unwrap().criteria[0].quotas[0].max = 11,
        "sex asks for 23 to 23 members",
    ),
    (
        Rule::QuotasSum,
        Kind::Contradiction,
        |c| c.recruitment.as_mut().unwrap().criteria[0].quotas[1].drawn = Some(11),
        "sex counts 23 drawn members, and there are 24 seats",
    ),
    (
        Rule::QuotasMet,
        Kind::Short,
        |c| c.recruitment.as_mut().unwrap().criteria[0].quotas[1].drawn = Some(13),
        "sex = man: 13 drawn, 11 to 12 asked",
    ),
    (
        Rule::Support,
        Kind::Unrecorded,
        |c| c.recruitment.as_mut().unwrap().support.clear(),
        "no pay, expenses or other support",
    ),
    (
        Rule::SeatsFilled,
        Kind::Contradiction,
        |c| c.membership.as_mut().unwrap().selected = Some(25),
        "25 members for 24 seats",
    ),
    (
        Rule::MembersAddUp,
        Kind::Contradiction,
        |c| c.membership.as_mut().unwrap().completed = Some(25),
        "24 → 24 → 25",
    ),
    (
        Rule::MembersAddUp,
        Kind::Contradiction,
        |c| {
            let members = c.membership.as_mut().unwrap();
            (members.started, members.completed) = (Some(19), Some(23)); // and 3 came in for others
        },
        "24 → 19 → 23",
    ),
    (
        Rule::ReplacementsAddUp,
        Kind::Contradiction,
        |c| c.membership.as_mut().unwrap().replaced = Some(4),
        "1 + 2 = 3, and 4 are reported",
    ),
    (
        Rule::ReplacementsAddUp,
        Kind::Contradiction,
        |c| c.membership.as_mut().unwrap().never_attended = Some(4),
        "4 of 3 replaced members never attended",
    ),
    (
        Rule::FullDays,
        Kind::Unrecorded,
        |c| c.meetings.clear(),
        "no meeting is recorded",
    ),
    (
        Rule::FullDays,
        Kind::Unrecorded,
        |c| c.meetings[1].mode = None,
        "of 1 of 2 meetings the hours",
    ),
    (
        Rule::FullDays,
        Kind::Unrecorded,
        |c| c.meetings[1].ends = None,
        "of 1 of 2 meetings the hours",
    ),
    (
        Rule::FullDays,
        Kind::Short,
        |c| c.meetings[1].mode = Some(Mode::Online),
        "2 meetings with 25 h 00 min in all; 2 days in person of at least six hours",
    ),
    (
        Rule::FullDays,
        Kind::Short,
        |c| c.meetings[1].ends = Some("15:59".parse().unwrap()),
        "2 meetings with 24 h 58 min in all; 2 days in person",
    ),
    (
        Rule::AgendaAddsUp,
        Kind::Unrecorded,
        |c| c.meetings[0].agenda.clear(),
        "no agenda is recorded of First weekend",
    ),
    (
        Rule::AgendaAddsUp,
        Kind::Unrecorded,
        |c| c.meetings[0].agenda[0].minutes = None,
        "minutes of an item",
    ),
    (
        Rule::AgendaAddsUp,
        Kind::Contradiction,
        |c| c.meetings[0].agenda[0].minutes = Some(61),
        "First weekend: the items take 781 minutes, the meeting 780",
    ),
    (
        Rule::TimeForTalk,
        Kind::Short,
        |c| {
            c.meetings[0].agenda[1].minutes = Some(271);
            c.meetings[0].agenda[2].minutes = Some(329);
        },
        "First weekend: 329 of 660 minutes",
    ),
    (
        Rule::FacilitatorPerTable,
        Kind::Unrecorded,
        |c| {
            for one in &mut c.meetings {
                one.tables = None;
            }
        },
        "tables and facilitators are not recorded",
    ),
    (
        Rule::FacilitatorPerTable,
        Kind::Short,
        |c| c.meetings[0].facilitators = Some(3),
        "First weekend: 3 facilitators at 4 tables",
    ),
    (
        Rule::Perspectives,
        Kind::Unrecorded,
        |c| c.evidence.clear(),
        "no perspective is recorded",
    ),
    (
        Rule::Perspectives,
        Kind::Short,
        |c| c.evidence[0].perspective = " Nature".into(),
        "the only one recorded is nature",
    ),
    (
        Rule::MembersChoose,
        Kind::Unrecorded,
        |c| c.evidence[1].chosen_by = None,
        "who chose is not recorded of all of it",
    ),
    (
        Rule::MembersChoose,
        Kind::Short,
        |c| c.evidence[1].chosen_by = Some(ChosenBy::Advisers),
        "members chose none of it",
    ),
    (
        Rule::MaterialPublished,
        Kind::Unrecorded,
        |c| c.evidence[1].published.clear(),
        "no place is recorded of What grows there",
    ),
    (
        Rule::WordingByMembers,
        Kind::Unrecorded,
        |c| c.recommendations[1].worded = None,
        "of the final wording is recorded of 2",
    ),
    (
        Rule::WordingByMembers,
        Kind::Short,
        |c| c.recommendations[1].worded = Some(day("2026-04-13")),
        "the wording is later than the vote of 2",
    ),
    (
        Rule::EveryVote,
        Kind::Unrecorded,
        |c| c.recommendations[0].vote = None,
        "no vote is recorded on 1",
    ),
    (
        Rule::CountsAgree,
        Kind::Contradiction,
        |c| {
            c.recommendations.pop();
            c.recommendations.pop();
        },
        "1 are listed, 2 reported",
    ),
    (
        Rule::EveryAnswer,
        Kind::Unrecorded,
        |c| c.recommendations[1].answer = None,
        "no answer is recorded to 2",
    ),
    (
        Rule::EveryAnswer,
        Kind::Unrecorded,
        |c| {
            c.recommendations.clear();
            let o = c.outcome.as_mut().unwrap();
            o.answered = None;
            o.classes.clear();
        },
        "no answer is recorded since the handover on 2026-05-04",
    ),
    (
        Rule::ClassesSum,
        Kind::Contradiction,
        |c| c.outcome.as_mut().unwrap().classes[1].count = 2,
        "1 + 2 = 3, and there are 2 recommendations",
    ),
    (
        Rule::AnswerInTime,
        Kind::Short,
        |c| c.recommendations[0].answer.as_mut().unwrap().day = Some(day("2026-08-03")),
        "due by 2026-08-02, answered on 2026-08-03",
    ),
    (
        Rule::AnswerInTime,
        Kind::Short,
        |c| c.outcome.as_mut().unwrap().answered = Some(day("2026-08-03")),
        "due by 2026-08-02, answered on 2026-08-03",
    ),
    (
        Rule::AnswerInTime,
        Kind::Short,
        |c| {
            c.recommendations.clear();
            c.outcome.as_mut().unwrap().answered = None;
        },
        "due by 2026-08-02, and there is no answer",
    ),
    (
        Rule::ReasonsGiven,
        Kind::Short,
        |c| c.recommendations[1].answer.as_mut().unwrap().reason.clear(),
        "no reason stands with the answer to 2",
    ),
    (
        Rule::ReasonsGiven,
        Kind::Short,
        |c| c.recommendations[0].answer.as_mut().unwrap().kind = Some(AnswerKind::Partly),
        "to 1",
    ),
    (
        Rule::Milestones,
        Kind::Unrecorded,
        |c| c.recommendations[0].milestones.clear(),
        "no milestone is recorded of 1",
    ),
    (
        Rule::Milestones,
        Kind::Short,
        |c| c.recommendations[0].milestones[0].done = Some(day("2026-12-02")),
        "late, or was: recommendation 1",
    ),
    (
        Rule::Milestones,
        Kind::Short,
        |c| c.recommendations[0].milestones[0].done = None,
        "late, or was: recommendation 1",
    ),
    (
        Rule::Evaluation,
        Kind::Unrecorded,
        |c| c.evaluation = None,
        "no evaluation is recorded",
    ),
    (
        Rule::Evaluation,
        Kind::Unrecorded,
        |c| c.evaluation.as_mut().unwrap().kind = None,
        "whether A university is independent",
    ),
    (
        Rule::Evaluation,
        Kind::Short,
        |c| c.evaluation.as_mut().unwrap().kind = Some(Evaluator::Internal),
        "evaluated its own process",
    ),
    (
        Rule::Erasure,
        Kind::Unrecorded,
        |c| c.privacy = None,
        "no day of erasure is recorded",
    ),
    (
        Rule::Erasure,
        Kind::Short,
        |c| c.privacy.as_mut().unwrap().erased = Some(day("2027-05-05")),
        "due by 2027-05-04, erased on 2027-05-05",
    ),
    (
        Rule::Erasure,
        Kind::Short,
        |c| c.privacy.as_mut().unwrap().erased = None,
        "due by 2027-05-04, and no erasure is recorded",
    ),
    (
        Rule::DaysInOrder,
        Kind::Contradiction,
        |c| c.outcome.as_mut().unwrap().handed_over = Some(day("2026-04-11")),
        "handover on 2026-04-11, before last meeting on 2026-04-12",
    ),
    (
        Rule::DaysInOrder,
        Kind::Contradiction,
        |c| c.meetings[1].until = Some(day("2026-04-10")),
        "Second weekend ends before it begins",
    ),
    (
        Rule::DaysInOrder,
        Kind::Contradiction,
        |c| c.events.push(Event::new(day("2026-01-01"), What::Drawn)),
        "among the events Drawn on 2026-01-01 stands after a later day",
    ),
    (
        Rule::SourcesAgree,
        Kind::Contradiction,
        |c| c.disputed.push(dispute()),
        "members at the end: 22 [minutes], 21 [paper]",
    ),
];

fn dispute() -> Disputed {
    let reading = |value: &str, source: &str| Reading {
        value: value.into(),
        source: source.into(),
    };
    Disputed {
        what: "members at the end".into(),
        readings: vec![reading("22", "minutes"), reading("21", "paper")],
    }
}

#[test]
fn a_complete_sheet_passes_every_check() {
    let found = findings(&complete());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_check_fails_where_the_sheet_is_broken() {
    for (rule, kind, change, text) in BROKEN {
        let mut case = complete();
        change(&mut case);
        let found = of(&case, rule);
        let fits =
            |one: &&Finding| one.kind == kind && one.evidence(Language::English).contains(text);
        assert!(
            found.iter().any(|one| fits(&one)),
            "{rule:?}, {text:?}: {found:#?}"
        );
        assert!(
            found
                .iter()
                .all(|one| one.evidence(Language::Danish).len() > 3),
            "{rule:?}"
        );
    }
}

#[test]
fn every_check_has_a_sheet_that_fails_it() {
    for rule in Rule::ALL {
        assert!(BROKEN.iter().any(|(broken, ..)| broken == rule), "{rule:?}");
        assert!(!rule.principles().is_empty());
    }
}

/// Most changes break one thing only; whatever else they break is named here.
#[test]
fn a_broken_place_fails_no_other_check() {
    let also = |rule: Rule, other: Rule| match rule {
        Rule::QuotasSum => other == Rule::QuotasMet,
        Rule::QuotasMet => other == Rule::QuotasSum,
        Rule::SeatsFilled => false,
        Rule::FullDays => matches!(other, Rule::AgendaAddsUp | Rule::DaysInOrder),
        Rule::Perspectives => matches!(other, Rule::MembersChoose | Rule::MaterialPublished),
        Rule::CountsAgree | Rule::EveryAnswer | Rule::AnswerInTime => {
            matches!(
                other,
                Rule::EveryAnswer | Rule::AnswerInTime | Rule::CountsAgree
            )
        }
        Rule::DaysInOrder => matches!(
            other,
            Rule::FullDays | Rule::AgendaAddsUp | Rule::AnswerInTime
        ),
        _ => false,
    };
    for (rule, _, change, text) in BROKEN {
        let mut case = complete();
        change(&mut case);
        for finding in findings(&case) {
            let other = finding.rule;
            assert!(
                other == rule || also(rule, other),
                "{rule:?} {text:?} also gives {finding}"
            );
        }
    }
}

#[test]
fn what_is_not_due_is_not_overdue() {
    let mut case = complete();
    case.as_of = Some(day("2026-06-01"));
    case.recommendations[0].answer = None;
    case.recommendations[0].milestones.clear();
    case.recommendations[1].answer = None;
    case.outcome.as_mut().unwrap().answered = None;
    case.outcome.as_mut().unwrap().classes.clear();
    case.privacy.as_mut().unwrap().erased = None;
    assert_eq!(findings(&case), [], "the answer is due on 2026-08-02");
    case.as_of = Some(day("2026-08-02"));
    assert_eq!(findings(&case), [], "the last day has not passed");
    case.as_of = Some(day("2026-08-03"));
    let rules: Vec<Rule> = findings(&case).iter().map(|one| one.rule).collect();
    assert_eq!(rules, [Rule::EveryAnswer, Rule::AnswerInTime]);
}

#[test]
fn nothing_is_asked_of_what_has_not_come() {
    let mut case = complete();
    case.recommendations.clear();
    case.outcome = None;
    case.evaluation = None;
    assert_eq!(findings(&case), []);
}

#[test]
fn an_empty_sheet_contradicts_nothing() {
    let found = findings(&Case::default());
    assert!(!found.is_empty());
    assert!(
        found.iter().all(|one| one.kind == Kind::Unrecorded),
        "{found:#?}"
    );
}

#[test]
fn a_line_says_what_it_rests_on_in_both_languages() {
    let mut case = complete();
    case.meetings[0].facilitators = Some(3);
    let [finding] = &findings(&case)[..] else {
        panic!("one finding")
    };
    assert_eq!(
        finding.to_string(),
        "falls short: each table has a facilitator: First weekend: 3 facilitators at 4 tables (OECD: Group deliberation; KNOCA: Structure and facilitation)"
    );
    assert_eq!(
        finding.line(Language::Danish),
        "ikke opfyldt: hvert bord har en facilitator: First weekend: 3 facilitatorer ved 4 borde (OECD: Drøftelse i grupper; KNOCA: Struktur og facilitering)"
    );
}
