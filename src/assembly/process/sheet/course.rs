//! Meetings, recommendations and what became of them.

use std::fmt::Write as _;

use super::{Page, cell, cited, plain, texts};
use crate::assembly::process::case::Case;
use crate::assembly::process::check::findings;
use crate::assembly::process::meeting::Meeting;
use crate::assembly::process::recommendation::Recommendation;

impl Page {
    pub(super) fn meetings(&mut self, meetings: &[Meeting]) {
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
            let (name, place, cited) = (cell(&one.name), cell(&place), cited(&one.sources));
            writeln!(
                self.text,
                "| {name}{cited} | {days} | {times} | {place} | {present} |"
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

    pub(super) fn evidence(&mut self, case: &Case) {
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
            let (title, cited) = (plain(&one.title), cited(&one.sources));
            self.text += &format!("- {title}: {}{cited}\n", parts.join("; "));
        }
    }

    pub(super) fn recommendations(&mut self, all: &[Recommendation]) {
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
            let cited = cited(&one.sources);
            writeln!(
                self.text,
                "| {id} | {title}{cited} | {votes} | {answer} | {life} |"
            )
            .expect("text grows");
        }
        self.milestones(all);
    }

    /// What was promised on the way, with its days.
    fn milestones(&mut self, all: &[Recommendation]) {
        let steps = || {
            all.iter()
                .flat_map(|one| one.milestones.iter().map(move |step| (one, step)))
        };
        if steps().next().is_none() {
            return;
        }
        let head = self.say(
            "| No. | Milestone | Due | Done |",
            "| Nr. | Milepæl | Frist | Udført |",
        );
        self.text += &format!("\n{head}\n|---|---|---|---|\n");
        for (one, step) in steps() {
            let [due, done] =
                [step.due, step.done].map(|day| day.map_or(String::new(), |day| day.to_string()));
            let (id, title) = (cell(&one.id), cell(&step.title));
            writeln!(self.text, "| {id} | {title} | {due} | {done} |").expect("text grows");
        }
    }

    pub(super) fn outcome(&mut self, case: &Case) {
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
                .map(|one| format!("{} {}", one.count, texts::class(&one.label, self.language)));
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

    pub(super) fn events(&mut self, case: &Case) {
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
            let cited = cited(&event.sources);
            self.text += &format!("- {} {what}{note}{cited}\n", event.day);
        }
    }

    pub(super) fn findings(&mut self, case: &Case) {
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

    pub(super) fn sources(&mut self, case: &Case) {
        if case.sources.is_empty() {
            return;
        }
        self.heading("Sources", "Kilder");
        for source in &case.sources {
            let url = if source.url.is_empty() {
                String::new()
            } else {
                // Nothing in an address ends it early.
                let sound = |sign: &char| !sign.is_whitespace() && !"<>".contains(*sign);
                format!(
                    ", <{}>",
                    source.url.chars().filter(sound).collect::<String>()
                )
            };
            let (id, title) = (plain(&source.id), plain(&source.title));
            self.text += &format!("- [{id}] {title}{url}\n");
        }
    }
}
