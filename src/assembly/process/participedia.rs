//! A case in the manner of Participedia, the public catalogue of participation.

use serde_json::{Map, Value, json};

use super::case::{Case, Level};
use super::meeting::{Activity, Mode};
use super::people::{Frame, Selection};

/// Fields that are text, empty when nothing is known.
const TEXTS: [&str; 15] = [
    "title",
    "description",
    "body",
    "location_name",
    "address1",
    "address2",
    "city",
    "province",
    "postal_code",
    "country",
    "funder",
    "original_language",
    "post_date",
    "updated_date",
    "type",
];
/// Fields that are lists.
const LISTS: [&str; 26] = [
    "general_issues",
    "specific_topics",
    "tags",
    "has_components",
    "files",
    "links",
    "photos",
    "videos",
    "audio",
    "purposes",
    "approaches",
    "targeted_participants",
    "method_types",
    "tools_techniques_types",
    "specific_methods_tools_techniques",
    "participants_interactions",
    "learning_resources",
    "decision_methods",
    "if_voting",
    "insights_outcomes",
    "organizer_types",
    "funder_types",
    "change_types",
    "implementers_of_change",
    "evaluation_reports",
    "evaluation_links",
];
/// Fields that are null when nothing is known.
const OPEN: [&str; 22] = [
    "latitude",
    "longitude",
    "scope_of_influence",
    "is_component_of",
    "start_date",
    "end_date",
    "ongoing",
    "time_limited",
    "public_spectrum",
    "number_of_participants",
    "open_limited",
    "recruitment_method",
    "legality",
    "facilitators",
    "facilitator_training",
    "facetoface_online_or_both",
    "primary_organizer",
    "staff",
    "volunteers",
    "impact_evidence",
    "formal_evaluation",
    "creator",
];
/// Fields of the platform's own book-keeping, with what a new entry has.
const PLATFORM: [(&str, bool); 4] = [
    ("bookmarked", false),
    ("published", true),
    ("featured", false),
    ("hidden", false),
];

impl Case {
    /// The case with the fields of Participedia's `case-structure.json`, all of them, as indented JSON.
    ///
    /// Choices are objects with the platform's key. What the sheet does not say stays as it is in an empty entry; nothing is guessed. Sections
    /// without a field of their own go into `body` as the English sheet.
    ///
    /// ```
    /// use kleroterion::assembly::process::{Case, Recruitment, Selection};
    /// let recruitment = Recruitment { seats: Some(36), selection: Some(Selection::StratifiedLottery), ..Recruitment::default() };
    /// let case = Case { title: "Harbour".into(), recruitment: Some(recruitment), ..Case::default() };
    /// let entry: serde_json::Value = serde_json::from_str(&case.participedia()).expect("JSON");
    /// assert_eq!(entry["recruitment_method"]["key"], "stratified");
    /// assert!(entry["start_date"].is_null());
    /// ```
    #[must_use]
    pub fn participedia(&self) -> String {
        let mut entry = Map::new();
        entry.extend(TEXTS.map(|name| (name.to_owned(), json!(""))));
        entry.extend(LISTS.map(|name| (name.to_owned(), json!([]))));
        entry.extend(OPEN.map(|name| (name.to_owned(), Value::Null)));
        entry.extend(PLATFORM.map(|(name, value)| (name.to_owned(), json!(value))));
        entry.insert("last_updated_by".into(), Value::Null);
        self.describe(&mut entry);
        self.people(&mut entry);
        self.conduct(&mut entry);
        format!("{:#}\n", Value::Object(entry))
    }

    fn describe(&self, entry: &mut Map<String, Value>) {
        let mut put = |name: &str, value: Value| entry.insert(name.to_owned(), value);
        put("type", json!("case"));
        put("title", json!(self.title));
        put("description", json!(self.summary));
        put("body", json!(self.sheet(super::Language::English)));
        put("original_language", json!("en"));
        if let Some(place) = &self.place {
            put("location_name", json!(place.name));
            put("country", json!(place.country));
            put(
                "scope_of_influence",
                place.level.map_or(Value::Null, |level| key(scope(level))),
            );
        }
        if let Some(governance) = &self.governance {
            put("funder", json!(governance.funder));
        }
        let links = self.sources.iter().filter(|one| !one.url.is_empty());
        let link =
            |one: &super::Source| json!({"url": one.url, "title": one.title, "attribution": ""});
        put("links", links.map(link).collect());
        if let Some(evaluation) = self
            .evaluation
            .as_ref()
            .filter(|one| !one.published.is_empty())
        {
            put(
                "evaluation_links",
                json!([{"url": evaluation.published, "title": evaluation.by, "attribution": ""}]),
            );
        }
        if self.evaluation.is_some() {
            put("formal_evaluation", key("yes"));
        }
        let first = self.meetings.iter().filter_map(|one| one.day).min();
        let last = self
            .meetings
            .iter()
            .filter_map(|one| one.until.or(one.day))
            .max();
        let day = |day: Option<crate::assembly::Day>| {
            day.map_or(Value::Null, |day| json!(format!("{day}T00:00:00")))
        };
        put("start_date", day(first));
        put("end_date", day(last));
    }

    fn people(&self, entry: &mut Map<String, Value>) {
        let Some(recruitment) = &self.recruitment else {
            return;
        };
        let mut put = |name: &str, value: Value| entry.insert(name.to_owned(), value);
        let selected = self.membership.as_ref().and_then(|one| one.selected);
        put(
            "number_of_participants",
            json!(selected.or(recruitment.seats)),
        );
        let method = match recruitment.selection {
            Some(Selection::StratifiedLottery) => Some("stratified"),
            Some(Selection::SimpleLottery) => Some("random"),
            Some(Selection::Appointment) => Some("appointment"),
            _ => None,
        };
        put("recruitment_method", method.map_or(Value::Null, key));
        let open = match (recruitment.frame, recruitment.selection) {
            (Some(Frame::OpenToAll), Some(Selection::SelfSelection)) => Some("open"),
            // Whoever may not simply come is chosen by somebody or something.
            (_, Some(Selection::SelfSelection) | None) => None,
            (_, Some(_)) => Some("limited"),
        };
        put("open_limited", open.map_or(Value::Null, key));
    }

    fn conduct(&self, entry: &mut Map<String, Value>) {
        let mut put = |name: &str, value: Value| entry.insert(name.to_owned(), value);
        let modes: Vec<Mode> = self.meetings.iter().filter_map(|one| one.mode).collect();
        let has = |mode| modes.contains(&mode);
        let how = match (has(Mode::InPerson), has(Mode::Online), has(Mode::Mixed)) {
            (false, false, false) => None,
            (true, false, false) => Some("facetoface"),
            (false, true, false) => Some("online"),
            _ => Some("both"),
        };
        put("facetoface_online_or_both", how.map_or(Value::Null, key));
        if self
            .meetings
            .iter()
            .any(|one| one.facilitators.is_some_and(|count| count > 0))
        {
            put("facilitators", key("yes"));
        }
        let does = |activity| {
            self.meetings
                .iter()
                .flat_map(|one| &one.agenda)
                .any(|item| item.activity == Some(activity))
        };
        if does(Activity::Deliberation) || does(Activity::Drafting) {
            put("participants_interactions", json!([key("discussion")]));
        }
        if does(Activity::Voting) || self.recommendations.iter().any(|one| one.vote.is_some()) {
            put("decision_methods", json!([key("voting")]));
        }
    }
}

fn key(key: &str) -> Value {
    json!({ "key": key })
}

fn scope(level: Level) -> &'static str {
    match level {
        Level::Local => "citytown",
        Level::Regional => "regional",
        Level::National => "national",
        Level::International => "multinational",
    }
}
