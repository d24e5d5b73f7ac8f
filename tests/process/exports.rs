//! What is written for others: calendar, catalogue, page.

use icalendar::{Calendar, CalendarComponent, Component, EventLike};
use kleroterion::assembly::process::{Case, Frame, Language, Milestone, Recruitment, Selection};

use super::{complete, day};

fn events(text: &str) -> Vec<icalendar::Event> {
    let calendar: Calendar = text.parse().expect("a calendar");
    let event = |one: &CalendarComponent| one.as_event().cloned();
    calendar.components.iter().filter_map(event).collect()
}

fn value(event: &icalendar::Event, key: &str) -> String {
    event.property_value(key).unwrap_or_default().to_owned()
}

#[test]
fn the_calendar_is_read_back_by_its_crate() {
    let text = complete().calendar(day("2026-01-02"));
    let found = events(&text);
    let starts: Vec<String> = found.iter().map(|one| value(one, "DTSTART")).collect();
    assert_eq!(
        starts,
        [
            "20260307T100000",
            "20260308T100000",
            "20260411T100000",
            "20260412T100000"
        ]
    );
    assert_eq!(value(&found[0], "DTEND"), "20260307T163000");
    assert_eq!(value(&found[0], "DTSTAMP"), "20260102T000000Z");
    assert_eq!(found[0].get_summary(), Some("Complete: First weekend"));
    assert_eq!(found[0].get_location(), Some("Town hall"));
    let description = found[0].get_description().expect("an agenda");
    let lines: Vec<&str> = description.split('\n').collect();
    assert_eq!(
        lines,
        [
            "10:00 Welcome",
            "11:00 What is known (Two researchers)",
            "14:00 At the tables"
        ]
    );
    // What is not done by 16:30 goes on the next morning.
    let description = found[1].get_description().expect("an agenda");
    assert_eq!(description, "10:00 At the tables\n14:30 Lunch");
}

#[test]
fn the_same_case_gives_the_same_calendar() {
    let text = complete().calendar(day("2026-01-02"));
    assert_eq!(complete().calendar(day("2026-01-02")), text);
    let mut ids: Vec<String> = events(&text).iter().map(|one| value(one, "UID")).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 4, "every event has an id of its own");
    assert!(
        text.split("\r\n").all(|line| line.len() <= 75),
        "lines are folded"
    );
    assert!(!text.replace("\r\n", "").contains('\n'));
}

#[test]
fn meetings_without_hours_take_the_whole_day_and_without_day_none() {
    let mut case = complete();
    case.meetings[0].begins = None;
    case.meetings[1].day = None;
    let found = events(&case.calendar(day("2026-01-02")));
    assert_eq!(found.len(), 1);
    assert_eq!(
        (value(&found[0], "DTSTART"), value(&found[0], "DTEND")),
        ("20260307".into(), "20260309".into())
    );
}

#[test]
fn a_meeting_may_end_at_midnight() {
    let mut case = complete();
    case.meetings.truncate(1);
    case.meetings[0].until = None;
    case.meetings[0].ends = Some("24:00".parse().expect("midnight"));
    let found = events(&case.calendar(day("2026-01-02")));
    assert_eq!(value(&found[0], "DTEND"), "20260308T000000");
}

/// The fields of Participedia's `api/helpers/data/case-structure.json`.
const FIELDS: &str = "type title general_issues specific_topics description body tags location_name address1 address2 city province \
    postal_code country latitude longitude scope_of_influence is_component_of has_components files links photos videos audio start_date \
    end_date ongoing time_limited purposes approaches public_spectrum number_of_participants open_limited recruitment_method \
    targeted_participants method_types tools_techniques_types specific_methods_tools_techniques legality facilitators \
    facilitator_training facetoface_online_or_both participants_interactions learning_resources decision_methods if_voting \
    insights_outcomes primary_organizer organizer_types funder funder_types staff volunteers impact_evidence change_types \
    implementers_of_change formal_evaluation evaluation_reports evaluation_links creator bookmarked last_updated_by original_language \
    post_date published updated_date featured hidden";

#[test]
fn the_catalogue_entry_has_every_field_and_no_other() {
    for case in [complete(), Case::default()] {
        let entry: serde_json::Value = serde_json::from_str(&case.participedia()).expect("JSON");
        let mut fields: Vec<&str> = FIELDS.split_whitespace().collect();
        fields.sort_unstable();
        let mut found: Vec<&str> = entry
            .as_object()
            .expect("an object")
            .keys()
            .map(String::as_str)
            .collect();
        found.sort_unstable();
        assert_eq!(found, fields);
    }
}

#[test]
fn the_catalogue_entry_says_what_the_sheet_says() {
    let entry: serde_json::Value = serde_json::from_str(&complete().participedia()).expect("JSON");
    assert_eq!(entry["title"], "Complete");
    assert_eq!(entry["number_of_participants"], 24);
    assert_eq!(entry["scope_of_influence"]["key"], "citytown");
    assert_eq!(entry["start_date"], "2026-03-07T00:00:00");
    assert_eq!(entry["end_date"], "2026-04-12T00:00:00");
    assert_eq!(entry["facetoface_online_or_both"]["key"], "facetoface");
    assert_eq!(entry["decision_methods"][0]["key"], "voting");
    let empty: serde_json::Value =
        serde_json::from_str(&Case::default().participedia()).expect("JSON");
    for field in [
        "recruitment_method",
        "facilitators",
        "number_of_participants",
        "scope_of_influence",
        "facetoface_online_or_both",
        "formal_evaluation",
        "open_limited",
    ] {
        assert!(empty[field].is_null(), "{field} is not known");
    }
}

#[test]
fn the_page_is_written_in_both_languages() {
    let (english, danish) = (
        complete().sheet(Language::English),
        complete().sheet(Language::Danish),
    );
    for text in [&english, &danish] {
        assert!(text.starts_with("# Complete\n"));
        assert!(text.contains("2026-08-02"), "the deadline is worked out");
        assert!(text.contains("| sex | woman | 12 | 13 | 12 |"));
    }
    assert!(
        english
            .contains("- **Core question:** What should the old harbour be used for? [minutes]\n")
    );
    assert!(english.contains("They are no score.\n\nNone.\n"));
    assert!(danish.contains("## Hvad oplysningerne ikke viser\n"));
    assert!(danish.contains("De er ingen karakter.\n\nIngen.\n"));
    assert!(danish.contains("| 1 | A bathing place | 20 | 2 | 0 | imødekommet | undervejs |"));
    let count = |text: &str| {
        text.lines()
            .filter(|line| line.starts_with("- ") || line.starts_with("| "))
            .count()
    };
    assert_eq!(
        count(&english),
        count(&danish),
        "both pages have the same lines"
    );
}

#[test]
fn text_of_a_sheet_is_no_markup() {
    let mut case = complete();
    case.title = "A\n# B <b>*c*".into();
    case.recommendations[0].title = "Cars | bikes".into();
    let text = case.sheet(Language::English);
    assert!(text.starts_with("# A # B &lt;b>\\*c\\*\n"));
    assert!(text.contains("Cars \\| bikes"));
}

#[test]
fn times_are_those_of_the_time_zone() {
    let mut case = complete();
    let zoned = |case: &Case, zone: &str| {
        let mut case = case.clone();
        case.time_zone = zone.into();
        case.calendar(day("2026-01-02"))
    };
    case.meetings.truncate(1);
    case.meetings[0].ends = Some("24:00".parse().expect("midnight"));
    let text = zoned(&case, "Europe/Copenhagen");
    for part in [
        "X-WR-TIMEZONE:Europe/Copenhagen\r\n",
        "BEGIN:VTIMEZONE\r\nTZID:Europe/Copenhagen\r\n",
        "DTSTART;TZID=Europe/Copenhagen:20260307T100000\r\n",
        "DTEND;TZID=Europe/Copenhagen:20260309T000000\r\n",
        // The last Sunday of March, 02:00 in winter, is 03:00 in summer.
        "DTSTART:19970330T020000\r\n",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n",
        "DTSTART:19961027T030000\r\n",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n",
    ] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), 1);
    assert_eq!(events(&text).len(), 2, "its crate reads it back");
    let dublin = zoned(&case, "Europe/Dublin");
    assert!(dublin.contains("DTSTART:19970330T010000\r\n"));
    assert!(dublin.contains("TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\n"));
    // The rules of other zones are not known here: the clock on the wall, with the zone named.
    let other = zoned(&case, "America/Toronto");
    assert!(other.contains("X-WR-TIMEZONE:America/Toronto\r\n"));
    assert!(other.contains("DTSTART:20260307T100000\r\n") && !other.contains("VTIMEZONE"));
}

#[test]
fn texts_of_the_calendar_survive_their_signs() {
    let mut case = complete();
    case.title = "A, B; C\\D".into();
    case.meetings.truncate(1);
    case.meetings[0].name = "Begin:\nEND:VEVENT".into();
    case.meetings[0].place = "Rådhuset, \"store sal\"; 1. sal ✓".into();
    let found = events(&case.calendar(day("2026-01-02")));
    assert_eq!(found.len(), 2);
    assert_eq!(
        found[0].get_summary(),
        Some("A, B; C\\D: Begin:\nEND:VEVENT")
    );
    assert_eq!(
        found[0].get_location(),
        Some("Rådhuset, \"store sal\"; 1. sal ✓")
    );
}

/// Whoever subscribed sees no meeting twice.
#[test]
fn an_added_meeting_changes_no_other_event() {
    let ids = |case: &Case| -> Vec<String> {
        let found = events(&case.calendar(day("2026-01-02")));
        found.iter().map(|one| value(one, "UID")).collect()
    };
    let mut case = complete();
    let before = ids(&case);
    let mut added = case.meetings[0].clone();
    added.name = "Evening".into();
    added.until = None;
    case.meetings.insert(0, added.clone());
    assert_eq!(ids(&case)[1..], before);
    case.meetings.insert(1, added);
    let all = ids(&case);
    assert_ne!(all[0], all[1], "two meetings of one name");
}

#[test]
fn an_agenda_without_minutes_has_no_times_from_there_on() {
    let mut case = complete();
    case.meetings.truncate(1);
    case.meetings[0].agenda[1].minutes = None;
    let found = events(&case.calendar(day("2026-01-02")));
    let lines: Vec<&str> = found
        .iter()
        .map(|one| one.get_description().expect("lines"))
        .collect();
    assert_eq!(
        lines[0],
        "10:00 Welcome\n11:00 What is known (Two researchers)\nAt the tables\nLunch"
    );
    assert!(lines[1].ends_with("At the tables\nLunch") && !lines[1].contains("Welcome"));
    case.meetings[0].agenda[0].minutes = Some(u32::MAX);
    case.meetings[0].agenda[1].minutes = Some(u32::MAX);
    assert_eq!(case.meetings[0].agenda_minutes(), None);
    assert!(case.calendar(day("2026-01-02")).contains("Welcome"));
    assert!(
        !case.sheet(Language::English).is_empty(),
        "no number is too large"
    );
}

#[test]
fn nothing_is_guessed_for_the_catalogue() {
    let entry = |change: fn(&mut Recruitment)| -> serde_json::Value {
        let mut recruitment = Recruitment::default();
        change(&mut recruitment);
        let case = Case {
            recruitment: Some(recruitment),
            ..Case::default()
        };
        let entry: serde_json::Value = serde_json::from_str(&case.participedia()).expect("JSON");
        entry["open_limited"]["key"].clone()
    };
    assert!(entry(|_| {}).is_null());
    assert!(entry(|one| one.selection = Some(Selection::SelfSelection)).is_null());
    assert_eq!(
        entry(|one| one.selection = Some(Selection::SimpleLottery)),
        "limited"
    );
    let open = |one: &mut Recruitment| {
        (one.selection, one.frame) = (Some(Selection::SelfSelection), Some(Frame::OpenToAll));
    };
    assert_eq!(entry(open), "open");
}

#[test]
fn the_page_shows_milestones_and_who_says_so() {
    let mut case = complete();
    case.recommendations[0].milestones = vec![Milestone {
        title: "Plan | budget".into(),
        due: Some(day("2026-12-01")),
        done: None,
    }];
    case.recommendations[0].sources = vec!["minutes".into()];
    case.meetings[0].sources = vec!["minutes".into()];
    case.evidence[0].sources = vec!["minutes".into()];
    case.place.as_mut().expect("a place").name = "Denmark".into();
    let danish = case.sheet(Language::Danish);
    for part in [
        "| Nr. | Milepæl | Frist | Udført |\n|---|---|---|---|\n| 1 | Plan \\| budget | 2026-12-01 |  |\n",
        "| 1 | A bathing place [minutes] | 20 |",
        "| First weekend [minutes] | 2026-03-07",
        "https://example.org/port [minutes]\n",
        "- **Sted:** Denmark\n",
        "- **Svar:** 1 imødekommet; 1 afvist\n",
    ] {
        assert!(danish.contains(part), "no {part:?} in\n{danish}");
    }
    case.summary = "See [here](https://example.org)".into();
    case.sources[0].url = "https://example.org/> <b>".into();
    let english = case.sheet(Language::English);
    assert!(english.contains("See [here]\\(https://example.org)"));
    assert!(english.contains("<https://example.org/b>\n"));
}
