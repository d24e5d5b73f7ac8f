//! The regular road, and what it refuses.

use kleroterion::Error;
use kleroterion::assembly::process::{
    Answer, AnswerKind, Commitment, Criterion, Decision, Evaluation, Governance, Life, Meeting,
    Milestone, Process, Recommendation, Recruitment, Remit, SeatQuota, Stage, Vote, stage,
};

use super::day;

fn codes(error: &Error) -> Vec<&str> {
    error
        .problems()
        .iter()
        .map(|one| one.code.as_str())
        .collect()
}

fn commissioned() -> Process<stage::Commissioned> {
    let remit = Remit {
        question: "What should the harbour be used for?".into(),
        ..Remit::default()
    };
    let promise = Commitment {
        by: "the council".into(),
        answer_within_days: Some(90),
        ..Commitment::default()
    };
    Process::commission("Harbour", (remit, promise), day("2026-01-12")).expect("begins")
}

fn governed() -> Process<stage::Governed> {
    let governance = Governance {
        commissioner: "the council".into(),
        secretariat: "a third party".into(),
        ..Governance::default()
    };
    commissioned()
        .govern(governance, day("2026-01-20"))
        .expect("governed")
}

fn recruitment() -> Recruitment {
    let quota = |value: &str| SeatQuota {
        value: value.into(),
        min: 1,
        max: 1,
        drawn: None,
    };
    Recruitment {
        seats: Some(2),
        frame_digest: "ab12".into(),
        criteria: vec![Criterion {
            feature: "sex".into(),
            quotas: vec![quota("woman"), quota("man")],
        }],
        ..Recruitment::default()
    }
}

fn seated() -> Process<stage::Seated> {
    let mut process = governed()
        .fix(recruitment(), day("2026-02-01"))
        .expect("fixed");
    process.counted(Some(100), Some(10));
    let process = process.draw("cd34", 2, day("2026-02-20")).expect("drawn");
    process.seat(2, day("2026-02-25")).expect("seated")
}

fn recommendation(id: &str) -> Recommendation {
    Recommendation {
        id: id.into(),
        title: format!("Idea {id}"),
        ..Recommendation::default()
    }
}

fn meeting(text: &str, present: u32) -> Meeting {
    Meeting {
        name: text.into(),
        day: Some(day(text)),
        present: Some(present),
        ..Meeting::default()
    }
}

fn worded() -> Process<stage::Worded> {
    let mut process = seated();
    process.meet(meeting("2026-03-07", 2)).expect("a meeting");
    process.meet(meeting("2026-03-21", 1)).expect("a meeting");
    let all = ["a", "b", "c"].map(recommendation);
    process
        .agree_on(all.into(), day("2026-03-21"))
        .expect("worded")
}

fn vote(decision: Decision) -> Vote {
    Vote {
        in_favour: 1,
        decision: Some(decision),
        ..Vote::default()
    }
}

fn handed_over() -> Process<stage::HandedOver> {
    let votes = [
        ("a", Decision::Adopted),
        ("b", Decision::Adopted),
        ("c", Decision::NotAdopted),
    ];
    let votes = votes.map(|(id, decision)| (id.to_owned(), vote(decision)));
    let process = worded()
        .close_ballots(votes.into(), day("2026-03-28"))
        .expect("voted");
    process.hand_over(day("2026-04-10")).expect("handed over")
}

fn answer(kind: AnswerKind) -> Answer {
    Answer {
        day: Some(day("2026-06-01")),
        kind: Some(kind),
        ..Answer::default()
    }
}

fn follow_up() -> Process<stage::FollowUp> {
    let mut process = handed_over();
    process
        .answer("a", answer(AnswerKind::Accepted))
        .expect("answered");
    process
        .answer("b", answer(AnswerKind::Rejected))
        .expect("answered");
    process.follow_up(day("2026-06-01")).expect("complete")
}

#[test]
fn the_whole_road_fills_the_sheet() {
    let mut process = follow_up();
    let milestone = Milestone {
        title: "Plan".into(),
        ..Milestone::default()
    };
    process.promise("a", milestone).expect("promised");
    assert_eq!(process.case().recommendations[0].life(), Life::Underway);
    process
        .done(("a", "Plan"), day("2026-09-01"))
        .expect("done");
    process.close("a", day("2026-09-02")).expect("closed");
    let evaluation = Evaluation {
        by: "A university".into(),
        ..Evaluation::default()
    };
    process
        .evaluate(evaluation, day("2026-10-01"))
        .expect("evaluated");
    let process = process.finish(day("2026-12-01")).expect("finished");
    let history = process.log().history();
    assert_eq!(
        (history.stage, history.meetings, history.phases),
        (Some(Stage::Closed), 2, 1)
    );
    assert_eq!(history.turns, []);
    let case = process.into_case();
    let (counts, outcome) = (
        case.membership.expect("counts"),
        case.outcome.expect("outcome"),
    );
    assert_eq!(
        (counts.selected, counts.started, counts.completed),
        (Some(2), Some(2), Some(1))
    );
    assert_eq!(
        (outcome.recommendations, outcome.classes.len()),
        (Some(2), 2)
    );
    assert_eq!(
        case.commitment.expect("promise").day,
        Some(day("2026-01-12"))
    );
    assert_eq!(case.recruitment.expect("recruitment").volunteers, Some(10));
    assert_eq!(
        case.recommendations
            .iter()
            .map(|one| one.life())
            .collect::<Vec<_>>(),
        [Life::Closed, Life::Answered, Life::Voted]
    );
    assert_eq!(case.events.len(), 13);
}

#[test]
fn it_begins_with_a_question_and_a_promise() {
    let error = Process::commission(
        " ",
        (Remit::default(), Commitment::default()),
        day("2026-01-12"),
    )
    .expect_err("nothing");
    assert_eq!(codes(&error), ["E-PROCESS-EMPTY"; 3]);
    let error = commissioned()
        .govern(Governance::default(), day("2026-01-20"))
        .expect_err("nobody");
    assert_eq!(codes(&error), ["E-PROCESS-EMPTY"; 2]);
    let governance = governed().case().governance.clone().expect("governance");
    let error = commissioned()
        .govern(governance, day("2026-01-11"))
        .expect_err("before the commission");
    assert_eq!(codes(&error), ["E-PROCESS-ORDER"]);
}

#[test]
fn nobody_is_drawn_before_quotas_and_register_are_fixed() {
    let fix = |change: fn(&mut Recruitment)| {
        let mut broken = recruitment();
        change(&mut broken);
        governed()
            .fix(broken, day("2026-02-01"))
            .expect_err("broken")
    };
    assert_eq!(
        codes(&fix(|one| one.frame_digest.clear())),
        ["E-PROCESS-EMPTY"]
    );
    assert_eq!(codes(&fix(|one| one.seats = None)), ["E-PROCESS-EMPTY"]);
    assert_eq!(codes(&fix(|one| one.criteria.clear())), ["E-PROCESS-QUOTA"]);
    assert_eq!(codes(&fix(|one| one.seats = Some(3))), ["E-PROCESS-QUOTA"]);
    assert_eq!(
        codes(&fix(|one| one.criteria[0].quotas[0].min = 2)),
        ["E-PROCESS-QUOTA"]
    );
    let fixed = governed()
        .fix(recruitment(), day("2026-02-01"))
        .expect("fixed");
    assert_eq!(
        codes(
            &fixed
                .clone()
                .draw("cd34", 3, day("2026-02-20"))
                .expect_err("too many")
        ),
        ["E-PROCESS-COUNT"]
    );
    assert_eq!(
        codes(
            &fixed
                .clone()
                .draw("", 2, day("2026-02-20"))
                .expect_err("no record")
        ),
        ["E-PROCESS-EMPTY"]
    );
    let drawn = fixed.draw("cd34", 2, day("2026-02-20")).expect("drawn");
    assert_eq!(
        codes(&drawn.seat(3, day("2026-02-25")).expect_err("too many")),
        ["E-PROCESS-COUNT"]
    );
}

#[test]
fn a_promise_made_later_than_recruitment_is_refused() {
    let remit = commissioned().case().remit.clone().expect("remit");
    let promise = Commitment {
        by: "the council".into(),
        day: Some(day("2026-02-02")),
        ..Commitment::default()
    };
    let governance = governed().case().governance.clone().expect("governance");
    let process =
        Process::commission("Harbour", (remit, promise), day("2026-01-12")).expect("begins");
    let process = process
        .govern(governance, day("2026-01-20"))
        .expect("governed");
    let error = process
        .fix(recruitment(), day("2026-02-01"))
        .expect_err("the day after");
    assert_eq!(
        error.to_string(),
        "E-PROCESS-ORDER: found a promise to answer of 2026-02-02, expected one recorded before recruitment, which begins on 2026-02-01"
    );
}

#[test]
fn ballots_need_a_final_wording_and_decide_about_everything() {
    assert_eq!(
        codes(
            &seated()
                .agree_on(vec![], day("2026-03-21"))
                .expect_err("nothing")
        ),
        ["E-PROCESS-EMPTY"]
    );
    let twice = vec![recommendation("a"), recommendation("a")];
    assert_eq!(
        codes(
            &seated()
                .agree_on(twice, day("2026-03-21"))
                .expect_err("twice")
        ),
        ["E-PROCESS-TWICE"]
    );
    let ballots = |votes: &[(&str, Vote)]| {
        let votes = votes
            .iter()
            .map(|(id, vote)| ((*id).to_owned(), vote.clone()))
            .collect();
        worded()
            .close_ballots(votes, day("2026-03-28"))
            .expect_err("broken")
    };
    let yes = vote(Decision::Adopted);
    assert_eq!(
        codes(&ballots(&[("a", yes.clone())])),
        ["E-PROCESS-OPEN"; 2]
    );
    assert_eq!(
        codes(&ballots(&[("z", yes.clone())])),
        ["E-PROCESS-UNKNOWN"]
    );
    assert_eq!(
        codes(&ballots(&[("a", yes.clone()), ("a", yes.clone())])),
        ["E-PROCESS-TWICE"]
    );
    assert_eq!(
        codes(&ballots(&[
            ("a", yes.clone()),
            ("b", yes),
            ("c", Vote::default())
        ])),
        ["E-PROCESS-OPEN"]
    );
}

#[test]
fn answers_go_to_what_was_handed_over() {
    let mut process = handed_over();
    let yes = || answer(AnswerKind::Accepted);
    assert_eq!(
        codes(&process.answer("z", yes()).expect_err("nobody said z")),
        ["E-PROCESS-UNKNOWN"]
    );
    assert_eq!(
        codes(&process.answer("c", yes()).expect_err("c was not adopted")),
        ["E-PROCESS-UNKNOWN"]
    );
    assert_eq!(
        codes(&process.answer("a", Answer::default()).expect_err("empty")),
        ["E-PROCESS-EMPTY"]
    );
    process.answer("a", yes()).expect("answered");
    assert_eq!(
        codes(&process.answer("a", yes()).expect_err("twice")),
        ["E-PROCESS-TWICE"]
    );
    let error = process.follow_up(day("2026-06-01")).expect_err("b is open");
    assert_eq!(
        error.to_string(),
        "E-PROCESS-OPEN: found \"b\", expected an answer"
    );
}

#[test]
fn the_follow_up_ends_when_what_was_accepted_is_closed() {
    let mut process = follow_up();
    let milestone = Milestone {
        title: "Plan".into(),
        ..Milestone::default()
    };
    process.promise("a", milestone).expect("promised");
    assert_eq!(
        codes(
            &process
                .done(("a", "Plant"), day("2026-09-01"))
                .expect_err("no such step")
        ),
        ["E-PROCESS-UNKNOWN"]
    );
    assert_eq!(
        codes(
            &process
                .close("a", day("2026-09-01"))
                .expect_err("a step is open")
        ),
        ["E-PROCESS-OPEN"]
    );
    assert_eq!(
        codes(
            &process
                .evaluate(Evaluation::default(), day("2026-10-01"))
                .expect_err("by nobody")
        ),
        ["E-PROCESS-EMPTY"]
    );
    let error = process.finish(day("2026-12-01")).expect_err("a is open");
    assert_eq!(
        error.to_string(),
        "E-PROCESS-OPEN: found \"a\", expected an end"
    );
}

#[test]
fn meetings_have_a_day_and_follow_each_other() {
    let mut process = seated();
    assert_eq!(
        codes(&process.meet(Meeting::default()).expect_err("no day")),
        ["E-PROCESS-EMPTY"]
    );
    assert_eq!(
        codes(
            &process
                .meet(meeting("2026-02-24", 2))
                .expect_err("too early")
        ),
        ["E-PROCESS-ORDER"]
    );
    assert!(process.case().meetings.is_empty());
}

/// What comes later cannot be slipped in with the wording.
#[test]
fn votes_and_answers_do_not_come_with_the_wording() {
    type Change = fn(&mut Recommendation);
    let early: [Change; 4] = [
        |one| one.vote = Some(vote(Decision::Adopted)),
        |one| one.answer = Some(answer(AnswerKind::Accepted)),
        |one| one.milestones = vec![Milestone::default()],
        |one| one.closed = Some(day("2026-12-01")),
    ];
    for change in early {
        let mut one = recommendation("a");
        change(&mut one);
        let error = seated()
            .agree_on(vec![one], day("2026-03-21"))
            .expect_err("too early");
        assert_eq!(
            error.to_string(),
            "E-PROCESS-EARLY: found \"a\" with what comes later, expected the wording only: votes and answers follow"
        );
    }
}

#[test]
fn answers_follow_the_handover_and_the_follow_up_follows_them() {
    let mut process = handed_over();
    let on = |text: &str| Answer {
        day: Some(day(text)),
        ..answer(AnswerKind::Accepted)
    };
    let error = process
        .answer("a", on("2026-04-09"))
        .expect_err("the day before");
    assert_eq!(codes(&error), ["E-PROCESS-ORDER"]);
    process.answer("a", on("2026-04-10")).expect("the same day");
    process.answer("b", on("2026-06-02")).expect("later");
    let error = process
        .clone()
        .follow_up(day("2026-06-01"))
        .expect_err("b comes later");
    assert_eq!(codes(&error), ["E-PROCESS-ORDER"]);
    process.follow_up(day("2026-06-02")).expect("complete");
}
