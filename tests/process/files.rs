//! Case files: the real ones, and broken ones.

use kleroterion::ErrorKind;
use kleroterion::assembly::process::{
    Case, Finding, Kind, Language, Log, Rule, Stage, Turn, findings,
};

use super::{COMPLETE, complete};

const BORGERTINGET_1: &str = include_str!("../../examples/cases/borgertinget-1.toml");
const BORGERTINGET_2: &str = include_str!("../../examples/cases/borgertinget-2.toml");
const COPENHAGEN: &str = include_str!("../../examples/cases/koebenhavn-middelalderbyen.toml");
const HOERSHOLM: &str = include_str!("../../examples/cases/hoersholm-klimaborgerpanel.toml");
const IRELAND: &str = include_str!("../../examples/cases/ireland-eighth-amendment.toml");

fn read(text: &str) -> Case {
    Case::from_toml(text, "case.toml").expect("a case")
}

fn evidence(case: &Case, rule: Rule) -> Vec<String> {
    let of = |one: &Finding| (one.rule == rule).then(|| one.evidence(Language::English).to_owned());
    findings(case).iter().filter_map(of).collect()
}

#[test]
fn all_case_files_survive_both_formats() {
    for text in [
        BORGERTINGET_1,
        BORGERTINGET_2,
        COPENHAGEN,
        HOERSHOLM,
        IRELAND,
        COMPLETE,
    ] {
        let case = read(text);
        assert_eq!(read(&case.to_toml().expect("TOML")), case);
        let json = String::from_utf8(case.to_json().expect("JSON")).expect("UTF-8");
        assert_eq!(Case::from_json(&json, "case.json").expect("a case"), case);
    }
}

#[test]
fn every_section_of_a_real_case_names_its_sources() {
    for text in [
        BORGERTINGET_1,
        BORGERTINGET_2,
        COPENHAGEN,
        HOERSHOLM,
        IRELAND,
    ] {
        let case = read(text);
        let sections = [
            case.remit.as_ref().map(|one| &one.sources),
            case.commitment.as_ref().map(|one| &one.sources),
            case.governance.as_ref().map(|one| &one.sources),
            case.recruitment.as_ref().map(|one| &one.sources),
            case.membership.as_ref().map(|one| &one.sources),
            case.outcome.as_ref().map(|one| &one.sources),
        ];
        let meetings = case.meetings.iter().map(|one| &one.sources);
        let evidence = case.evidence.iter().map(|one| &one.sources);
        let events = case.events.iter().map(|one| &one.sources);
        let recommendations = case.recommendations.iter().map(|one| &one.sources);
        let mut all = sections
            .into_iter()
            .flatten()
            .chain(meetings)
            .chain(evidence)
            .chain(recommendations)
            .chain(events);
        assert!(all.all(|sources| !sources.is_empty()), "{}", case.title);
        assert!(
            case.sources.iter().all(|one| one.url.starts_with("http")),
            "{}",
            case.title
        );
    }
}

#[test]
fn the_reported_answers_to_73_recommendations_are_74() {
    assert_eq!(
        evidence(&read(BORGERTINGET_2), Rule::ClassesSum),
        ["48 + 8 + 18 = 74, and there are 73 recommendations"]
    );
}

#[test]
fn disputes_of_the_first_phase_are_shown() {
    let found = evidence(&read(BORGERTINGET_1), Rule::SourcesAgree);
    assert_eq!(found.len(), 3);
    assert_eq!(
        found[0],
        "recommendations handed over on 2021-04-29: 117 [kefm-handover], 119 [kefm]"
    );
    assert_eq!(found[1], "members at the end: 59 [knoca], 58 [videnskab]");
}

#[test]
fn two_phases_are_one_log_with_a_turn() {
    let events = [BORGERTINGET_1, BORGERTINGET_2]
        .map(|text| read(text).events)
        .concat();
    let history = Log::of(events).expect("in order").history();
    assert_eq!(
        (history.phases, history.stage),
        (2, Some(Stage::HandedOver))
    );
    let is_new = |turn: &&Turn| {
        matches!(
            turn,
            Turn::NewPhase {
                from: Some(Stage::HandedOver),
                ..
            }
        )
    };
    assert_eq!(history.turns.iter().filter(is_new).count(), 1);
}

#[test]
fn hoersholm_met_for_twenty_hours() {
    let case = read(HOERSHOLM);
    let minutes: Vec<Option<u32>> = case.meetings.iter().map(|one| one.minutes()).collect();
    assert_eq!(minutes, [Some(240), Some(360), Some(180), Some(420)]);
    assert_eq!(
        evidence(&case, Rule::FullDays),
        ["4 meetings with 20 h 00 min in all; 2 days in person of at least six hours"]
    );
    let [finding] = &findings(&case)
        .into_iter()
        .filter(|one| one.rule == Rule::RemitIsQuestion)
        .collect::<Vec<_>>()[..]
    else {
        panic!("the remit is a request");
    };
    assert_eq!(finding.kind, Kind::Short);
}

#[test]
fn ireland_replaced_53_members() {
    let case = read(IRELAND);
    assert_eq!(evidence(&case, Rule::ReplacementsAddUp), [""; 0]);
    let counts = case.membership.expect("counts");
    let sum: u32 = counts.replacements.iter().map(|one| one.people).sum();
    assert_eq!(
        (sum, counts.replaced, counts.never_attended),
        (53, Some(53), Some(20))
    );
    let second = case.recommendations[1].vote.as_ref().expect("a vote");
    assert_eq!(second.in_favour + second.against + second.neither, 91);
}

#[test]
fn copenhagen_asked_a_question() {
    let case = read(COPENHAGEN);
    assert_eq!(evidence(&case, Rule::RemitIsQuestion), [""; 0]);
    assert_eq!(evidence(&case, Rule::ArmsLength), [""; 0]);
    assert_eq!(
        evidence(&case, Rule::CommitmentFirst),
        ["no promise to answer is recorded"]
    );
}

fn broken(text: &str) -> String {
    let error = Case::from_toml(text, "case.toml").expect_err("broken");
    assert!(matches!(error.kind(), ErrorKind::Input(_)));
    error.to_string()
}

#[test]
fn every_problem_of_a_file_is_told_with_its_line() {
    let text = "titel = \"x\"\n\
                model = \"big\"\n\
                as_of = \"2026-02-30\"\n\
                [remit]\n\
                question = 5\n\
                sources = [\"a\", 7, 8]\n\
                [[meetings]]\n\
                name = \"m\"\n\
                day = \"soon\"\n\
                begins = \"9\"\n\
                agenda = [{ title = \"t\", minutes = -1 }, { length = 3 }]\n\
                [[events]]\n\
                day = \"2026-01-01\"\n\
                [[events]]\n\
                day = \"2026-01-02\"\n\
                what = \"voted\"\n";
    let told = broken(text);
    let found: Vec<(&str, &str)> = told
        .lines()
        .map(|line| line.split_once(": ").expect("a problem"))
        .collect();
    let at: Vec<&str> = found.iter().map(|(at, _)| *at).collect();
    assert_eq!(
        at,
        [
            "E-CASE-FIELD case.toml row 1",
            "E-CASE-VALUE case.toml row 2",
            "E-DAY case.toml row 3",
            "E-CASE-VALUE case.toml row 5",
            "E-CASE-VALUE case.toml row 6",
            "E-CASE-VALUE case.toml row 6",
            "E-DAY case.toml row 9",
            "E-CLOCK case.toml row 10",
            "E-CASE-VALUE case.toml row 11",
            "E-CASE-FIELD case.toml row 11",
            "E-CASE-VALUE case.toml row 12",
        ],
        "{told}"
    );
    assert_eq!(
        found[2].1,
        "found \"2026-02-30\", expected a day of the calendar as YYYY-MM-DD"
    );
    assert!(
        found[0]
            .1
            .starts_with("found unknown field `titel`, expected one of `title`")
    );
    let signs = broken("title = \"x\nb = 1\nc = [1,\n");
    assert!(
        signs.starts_with("E-CASE-FORMAT case.toml row 1: found "),
        "{signs}"
    );
}

#[test]
fn json_tells_its_first_problem_with_its_line() {
    let told = |text: &str| {
        let error = Case::from_json(text, "case.json").expect_err("broken");
        error.to_string()
    };
    assert!(told("{").starts_with("E-CASE-FORMAT case.json row 1: found EOF"));
    assert_eq!(
        told("{\"title\": \"x\",\n\"as_of\": \"2026-02-30\"}"),
        "E-DAY case.json row 2: found \"2026-02-30\", expected a day of the calendar as YYYY-MM-DD"
    );
    assert!(told("{\n\n\"titel\": 1}").starts_with("E-CASE-FIELD case.json row 3: found "));
    assert!(told("{\"title\": 1}").starts_with("E-CASE-VALUE case.json row 1: found "));
}

#[test]
fn broken_references_have_their_lines() {
    let text = "[remit]\n\
                sources = [\n\
                  \"a\",\n\
                  \"b\",\n\
                ]\n\
                [[recommendations]]\n\
                id = \"1\"\n\
                sources = [\"c\"]\n\
                [[recommendations]]\n\
                id = \"1\"\n\
                [[disputed]]\n\
                readings = [{ value = \"x\", source = \"d\" }]\n\
                [[sources]]\n\
                id = \"a\"\n\
                [[sources]]\n\
                id = \"a\"\n";
    let expected = "expected an id of the list of sources";
    assert_eq!(
        broken(text),
        format!(
            "E-CASE-TWICE case.toml row 16: found the source \"a\" twice, expected each id once\n\
             E-CASE-TWICE case.toml row 10: found the recommendation \"1\" twice, expected each id once\n\
             E-CASE-SOURCE case.toml row 4: found the source \"b\", {expected}\n\
             E-CASE-SOURCE case.toml row 8: found the source \"c\", {expected}\n\
             E-CASE-SOURCE case.toml row 12: found the source \"d\", {expected}"
        )
    );
}

#[test]
fn all_broken_references_are_told_together() {
    let mut case = complete();
    case.remit.as_mut().expect("remit").sources = vec!["nowhere".into()];
    case.events[0].sources = vec!["anywhere".into()];
    case.recommendations[1].id = "1".into();
    case.sources.push(case.sources[0].clone());
    let error = case.references("case.toml").expect_err("four problems");
    assert_eq!(
        error.to_string(),
        "E-CASE-TWICE case.toml: found the source \"minutes\" twice, expected each id once\n\
         E-CASE-TWICE case.toml: found the recommendation \"1\" twice, expected each id once\n\
         E-CASE-SOURCE case.toml: found the source \"anywhere\", expected an id of the list of sources\n\
         E-CASE-SOURCE case.toml: found the source \"nowhere\", expected an id of the list of sources"
    );
}

/// Nobody is told off for words that are ours.
#[test]
fn a_task_in_our_words_is_not_judged() {
    for text in [BORGERTINGET_1, BORGERTINGET_2, IRELAND] {
        assert_eq!(
            evidence(&read(text), Rule::RemitIsQuestion),
            ["only a summary of the task is recorded, not its words"]
        );
    }
    let page = read(BORGERTINGET_1).sheet(Language::Danish);
    assert!(page.contains("- **Opgaven i sammendrag:** Debate dilemmas"));
}
