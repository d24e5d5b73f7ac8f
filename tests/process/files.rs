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
        let mut all = sections
            .into_iter()
            .flatten()
            .chain(meetings)
            .chain(evidence)
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

#[test]
fn a_broken_file_says_where() {
    let error = |text: &str| Case::from_toml(text, "case.toml").expect_err("broken");
    let text = error("title = \"T\"\nas_of = \"2026-02-30\"\n");
    assert!(matches!(text.kind(), ErrorKind::Format { .. }));
    let text = text.to_string();
    assert!(
        text.contains("case.toml") && text.contains("line 2") && text.contains("E-DAY"),
        "{text}"
    );
    let text = error("[remit]\nkernespoergsmaal = \"Hvad?\"\n").to_string();
    assert!(text.contains("kernespoergsmaal"), "{text}");
    assert!(matches!(
        Case::from_json("{", "case.json")
            .expect_err("broken")
            .kind(),
        ErrorKind::Format { .. }
    ));
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
