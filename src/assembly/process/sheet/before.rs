//! What stands before the first meeting: task, promise, members.

use std::fmt::Write as _;

use super::{Page, cell, texts};
use crate::assembly::process::case::{Case, Wording};

impl Page {
    pub(super) fn facts(&mut self, case: &Case) {
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
            let mut parts: Vec<&str> = parts.into_iter().filter(|one| !one.is_empty()).collect();
            parts.dedup(); // a national process takes place in its country
            self.line(("Place", "Sted"), &parts.join(", "), &[]);
            self.line(
                ("Level", "Niveau"),
                place.level.map_or("", |one| texts::level(one, language)),
                &[],
            );
        }
        self.line(("Time zone", "Tidszone"), &case.time_zone, &[]);
        self.fact(("Recorded up to", "Oplyst til og med"), case.as_of, &[]);
    }

    pub(super) fn design(&mut self, case: &Case) {
        self.heading("Task and promise", "Opgave og løfte");
        if let Some(remit) = &case.remit {
            let label = match remit.wording {
                Some(Wording::Summary) => ("Task in summary", "Opgaven i sammendrag"),
                _ => ("Core question", "Kernespørgsmål"),
            };
            self.line(label, &remit.question, &remit.sources);
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

    pub(super) fn people(&mut self, case: &Case) {
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
                ("Digest of the draw", "Lodtrækningens digitale fingeraftryk"),
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
}
