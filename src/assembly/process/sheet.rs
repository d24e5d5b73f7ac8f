//! The case sheet as a page to read: Markdown in English or Danish.

mod texts;

use std::fmt::Write as _;

use super::case::Case;
use super::check::findings;
use super::language::Language;
use super::meeting::Meeting;
use super::recommendation::Recommendation;

impl Case {
    /// The sheet as Markdown. Only what is recorded is written; the findings stand at its end, without a score.
    ///
    /// ```
    /// use kleroterion::assembly::process::{Case, Language, Remit};
    /// let remit = Remit { question: "Hvad skal havnen bruges til?".into(), ..Remit::default() };
    /// let case = Case { title: "Havnen".into(), remit: Some(remit), ..Case::default() };
    /// assert!(case.sheet(Language::Danish).contains("- **Kernespørgsmål:** Hvad skal havnen bruges til?\n"));
    /// ```
    #[must_use]
    pub fn sheet(&self, language: Language) -> String {
        let mut page = Page {
            text: format!("# {}\n", plain(&self.title)),
            language,
        };
        if !self.summary.is_empty() {
            page.text += &format!("\n{}\n", plain(&self.summary));
        }
        page.facts(self);
        page.design(self);
        page.people(self);
        page.meetings(&self.meetings);
        page.evidence(self);
        page.recommendations(&self.recommendations);
        page.outcome(self);
        page.events(self);
        page.findings(self);
        page.sources(self);
        page.text
    }
}

/// The page so far.
struct Page {
    text: String,
    language: Language,
}

impl Page {
    fn say(&self, english: &'static str, danish: &'static str) -> &'static str {
        self.language.choose(english, danish)
    }

    fn heading(&mut self, english: &'static str, danish: &'static str) {
        let heading = self.say(english, danish);
        self.text += &format!("\n## {heading}\n\n");
    }

    /// One fact in a line, with its sources; nothing when there is nothing to say.
    fn line(
        &mut self,
        (english, danish): (&'static str, &'static str),
        value: &str,
        sources: &[String],
    ) {
        if value.trim().is_empty() {
            return;
        }
        let label = self.say(english, danish);
        let cited: String = sources.iter().map(|id| format!(" [{id}]")).collect();
        self.text += &format!("- **{label}:** {}{cited}\n", plain(value));
    }

    /// The same for a number or a day that may be missing.
    fn fact(
        &mut self,
        label: (&'static str, &'static str),
        value: Option<impl ToString>,
        sources: &[String],
    ) {
        let value = value.map_or(String::new(), |value| value.to_string());
        self.line(label, &value, sources);
    }

    fn facts(&mut self, case: &Case) {
        let language = self.language;
        self.text.push('\n');
        self.line(("Topic", "Emne"), &case.topic, &[]);
        self.line(
            ("Kind", "Type"),
            case.model.map_or("", |one| texts::model(one, language)),
            &[],
        );
        if let Some(place) = &case.place {
            let parts = [place.name.as_str(), place.country.as_str()];
            let parts: Vec<&str> = parts.into_iter().filter(|one| !one.is_empty()).collect();
            self.line(("Place", "Sted"), &parts.join(", "), &[]);
            self.line(
                ("Level", "Niveau"),
                place.level.map_or("", |one| texts::level(one, language)),
                &[],
            );
        }
        self.fact(("Recorded up to", "Oplyst til og med"), case.as_of, &[]);
    }

    fn design(&mut self, case: &Case) {
        self.heading("Task and promise", "Opgave og løfte");
        if let Some(remit) = &case.remit {
            self.line(
                ("Core question", "Kernespørgsmål"),
                &remit.question,
                &remit.sources,
            );
            self.line(("Set by", "Stillet af"), &remit.set_by, &[]);
            self.line(("Outside it", "Uden for opgaven"), &remit.out_of_scope, &[]);
        }
        if let Some(promise) = &case.commitment {
            self.line(("Promised by", "Lovet af"), &promise.by, &promise.sources);
            self.line(("Promise", "Løfte"), &promise.text, &[]);
            self.fact(("Promised on", "Lovet den"), promise.day, &[]);
            let handed_over = case.outcome.as_ref().and_then(|one| one.handed_over);
            self.fact(
                ("Answer due by", "Svarfrist"),
                promise.deadline(handed_over),
                &[],
            );
        }
        if let Some(governance) = &case.governance {
            self.line(
                ("Commissioned by", "Bestilt af"),
                &governance.commissioner,
                &governance.sources,
            );
            self.line(("Paid by", "Betalt af"), &governance.funder, &[]);
            self.line(("Cost", "Pris"), &governance.budget, &[]);
            self.line(("Secretariat", "Sekretariat"), &governance.secretariat, &[]);
            for body in &governance.bodies {
                let role = format!("{}: {}", body.name, body.role);
                self.line(("Body", "Organ"), &role, &[]);
            }
            self.fact(
                ("Announced on", "Offentliggjort den"),
                governance.announced,
                &[],
            );
            self.line(("Design", "Design"), &governance.published, &[]);
        }
    }

    fn people(&mut self, case: &Case) {
        let language = self.language;
        self.heading("Members", "Medlemmer");
        if let Some(found) = &case.recruitment {
            let sources = &found.sources;
            self.line(
                ("Invited", "Inviteret"),
                found.frame.map_or("", |one| texts::frame(one, language)),
                sources,
            );
            self.fact(("Invitations", "Invitationer"), found.invited, sources);
            self.line(("By", "Via"), &found.channel, &[]);
            self.fact(("From the age of", "Fra en alder af"), found.youngest, &[]);
            self.fact(("Invited on", "Inviteret den"), found.opened, &[]);
            self.fact(("Willing", "Interesserede"), found.volunteers, sources);
            self.fact(("Seats", "Pladser"), found.seats, sources);
            self.fact(("Alternates", "Suppleanter"), found.alternates, &[]);
            self.line(
                ("Selection", "Udvælgelse"),
                found
                    .selection
                    .map_or("", |one| texts::selection(one, language)),
                sources,
            );
            self.line(("Drawn by", "Udtrukket af"), &found.drawn_by, &[]);
            self.fact(("Drawn on", "Udtrukket den"), found.drawn, &[]);
            let features: Vec<&str> = found
                .criteria
                .iter()
                .map(|one| one.feature.as_str())
                .collect();
            self.line(("Criteria", "Kriterier"), &features.join(", "), sources);
            self.line(("Support", "Støtte"), &found.support.join("; "), &[]);
            self.line(
                ("Digest of the draw", "Lodtrækningens aftryk"),
                &found.record_digest,
                &[],
            );
        }
        if let Some(counts) = &case.membership {
            self.fact(("Selected", "Udvalgt"), counts.selected, &counts.sources);
            self.fact(("Started", "Begyndte"), counts.started, &counts.sources);
            self.fact(
                ("Completed", "Gennemførte"),
                counts.completed,
                &counts.sources,
            );
            self.fact(("Replaced", "Udskiftet"), counts.replaced, &counts.sources);
            self.fact(
                ("Of them never attended", "Heraf mødte aldrig"),
                counts.never_attended,
                &counts.sources,
            );
        }
        self.quotas(case);
    }

    fn quotas(&mut self, case: &Case) {
        let criteria = case.recruitment.iter().flat_map(|one| &one.criteria);
        let mut rows = String::new();
        for criterion in criteria {
            for quota in &criterion.quotas {
                let drawn = quota.drawn.map_or(String::new(), |drawn| drawn.to_string());
                let (feature, value) = (cell(&criterion.feature), cell(&quota.value));
                writeln!(
                    rows,
                    "| {feature} | {value} | {} | {} | {drawn} |",
                    quota.min, quota.max
                )
                .expect("text grows");
            }
        }
        if !rows.is_empty() {
            let head = self.say(
                "| Feature | Value | Fewest | Most | Drawn |",
                "| Kriterium | Værdi | Mindst | Højst | Udtrukket |",
            );
            self.text += &format!("\n{head}\n|---|---|---|---|---|\n{rows}");
        }
    }

    fn meetings(&mut self, meetings: &[Meeting]) {
        if meetings.is_empty() {
            return;
        }
        self.heading("Meetings", "Møder");
        let head = self.say(
            "| Meeting | Day | Time | Place | Present |",
            "| Møde | Dag | Tid | Sted | Til stede |",
        );
        self.text += &format!("{head}\n|---|---|---|---|---|\n");
        for one in meetings {
            let days = [one.day, one.until]
                .into_iter()
                .flatten()
                .map(|day| day.to_string());
            let days = days.collect::<Vec<_>>().join(" – ");
            let times = [one.begins, one.ends]
                .into_iter()
                .flatten()
                .map(|time| time.to_string());
            let times = times.collect::<Vec<_>>().join(" – ");
            let mode = one.mode.map_or("", |mode| texts::mode(mode, self.language));
            let place = [mode, one.place.as_str()]
                .into_iter()
                .filter(|part| !part.is_empty());
            let place = place.collect::<Vec<_>>().join(", ");
            let present = one
                .present
                .map_or(String::new(), |present| present.to_string());
            let (name, place) = (cell(&one.name), cell(&place));
            writeln!(
                self.text,
                "| {name} | {days} | {times} | {place} | {present} |"
            )
            .expect("text grows");
        }
        for one in meetings.iter().filter(|one| !one.agenda.is_empty()) {
            self.text += &format!("\n**{}**\n\n", plain(&one.name));
            for item in &one.agenda {
                let minutes = item
                    .minutes
                    .map_or(String::new(), |minutes| format!(" ({minutes} min)"));
                let by = if item.by.is_empty() {
                    String::new()
                } else {
                    format!(", {}", plain(&item.by))
                };
                self.text += &format!("- {}{by}{minutes}\n", plain(&item.title));
            }
        }
    }

    fn evidence(&mut self, case: &Case) {
        if case.evidence.is_empty() {
            return;
        }
        self.heading(
            "What members heard and read",
            "Hvad medlemmerne hørte og læste",
        );
        for one in &case.evidence {
            let parts = [&one.by, &one.perspective, &one.published];
            let parts: Vec<String> = parts
                .into_iter()
                .filter(|part| !part.is_empty())
                .map(|part| plain(part))
                .collect();
            self.text += &format!("- {}: {}\n", plain(&one.title), parts.join("; "));
        }
    }

    fn recommendations(&mut self, all: &[Recommendation]) {
        if all.is_empty() {
            return;
        }
        self.heading("Recommendations", "Anbefalinger");
        let head = self.say(
            "| No. | Recommendation | For | Against | Neither | Answer | State |",
            "| Nr. | Anbefaling | For | Imod | Hverken eller | Svar | Status |",
        );
        self.text += &format!("{head}\n|---|---|---|---|---|---|---|\n");
        for one in all {
            let votes = one.vote.as_ref().map_or(" | | ".to_owned(), |vote| {
                format!("{} | {} | {}", vote.in_favour, vote.against, vote.neither)
            });
            let answer = one.answer.as_ref().map_or(String::new(), |answer| {
                let kind = answer
                    .kind
                    .map_or("", |kind| texts::answer(kind, self.language));
                let reason = if answer.reason.is_empty() {
                    String::new()
                } else {
                    format!(": {}", answer.reason)
                };
                format!("{kind}{reason}")
            });
            let life = texts::life(one.life(), self.language);
            let (id, title, answer) = (cell(&one.id), cell(&one.title), cell(&answer));
            writeln!(
                self.text,
                "| {id} | {title} | {votes} | {answer} | {life} |"
            )
            .expect("text grows");
        }
    }

    fn outcome(&mut self, case: &Case) {
        self.heading("What became of it", "Hvad der blev af det");
        if let Some(outcome) = &case.outcome {
            let sources = &outcome.sources;
            self.fact(
                ("Recommendations", "Anbefalinger"),
                outcome.recommendations,
                sources,
            );
            self.fact(
                ("Handed over on", "Overrakt den"),
                outcome.handed_over,
                sources,
            );
            self.fact(("Answered on", "Besvaret den"), outcome.answered, sources);
            let classes = outcome
                .classes
                .iter()
                .map(|one| format!("{} {}", one.count, one.label));
            self.line(
                ("Answers", "Svar"),
                &classes.collect::<Vec<_>>().join("; "),
                sources,
            );
            self.line(("Decision", "Beslutning"), &outcome.decision, sources);
            self.line(("To be read at", "Kan læses på"), &outcome.published, &[]);
        }
        if let Some(evaluation) = &case.evaluation {
            let kind = evaluation
                .kind
                .map_or("", |kind| texts::evaluator(kind, self.language));
            let by = [evaluation.by.as_str(), kind]
                .into_iter()
                .filter(|part| !part.is_empty());
            let by = by.collect::<Vec<_>>().join(", ");
            self.line(("Evaluation", "Evaluering"), &by, &evaluation.sources);
            self.fact(("Evaluated on", "Evalueret den"), evaluation.day, &[]);
            self.line(
                ("To be read at", "Kan læses på"),
                &evaluation.published,
                &[],
            );
        }
        if let Some(privacy) = &case.privacy {
            self.fact(
                ("Personal data erased by", "Persondata slettes senest"),
                privacy.erase_by,
                &privacy.sources,
            );
            self.fact(("Erased on", "Slettet den"), privacy.erased, &[]);
            self.line(("Kept", "Bevaret"), &privacy.kept, &[]);
        }
    }

    fn events(&mut self, case: &Case) {
        if case.events.is_empty() {
            return;
        }
        self.heading("What happened", "Forløb");
        for event in &case.events {
            let what = texts::what(event.what, self.language);
            let note = if event.note.is_empty() {
                String::new()
            } else {
                format!(": {}", plain(&event.note))
            };
            let cited: String = event.sources.iter().map(|id| format!(" [{id}]")).collect();
            self.text += &format!("- {} {what}{note}{cited}\n", event.day);
        }
    }

    fn findings(&mut self, case: &Case) {
        self.heading(
            "What the record does not show",
            "Hvad oplysningerne ikke viser",
        );
        self.text += self.say(
            "Findings are about this sheet: what it does not say, what falls short of a principle, what does not add up. They are no score.\n\n",
            "Punkterne handler om dette ark: hvad det ikke oplyser, hvad der ikke lever op til et princip, hvad der ikke går op. De er ingen karakter.\n\n",
        );
        let found = findings(case);
        if found.is_empty() {
            self.text += self.say("None.\n", "Ingen.\n");
        }
        for finding in found {
            self.text += &format!("- {}\n", plain(&finding.line(self.language)));
        }
    }

    fn sources(&mut self, case: &Case) {
        if case.sources.is_empty() {
            return;
        }
        self.heading("Sources", "Kilder");
        for source in &case.sources {
            let url = if source.url.is_empty() {
                String::new()
            } else {
                format!(", <{}>", source.url)
            };
            self.text += &format!("- [{}] {}{url}\n", source.id, plain(&source.title));
        }
    }
}

/// Text in which nothing is taken for a heading, a table or markup of HTML.
fn plain(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace('\\', "\\\\")
        .replace('<', "&lt;")
        .replace('*', "\\*")
        .replace('_', "\\_")
        .replace('`', "\\`")
}

/// The same in a cell of a table.
fn cell(text: &str) -> String {
    plain(text).replace('|', "\\|")
}
