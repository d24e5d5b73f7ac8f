//! The case sheet as a page to read: Markdown in English or Danish.

mod before;
mod course;
mod texts;

use super::case::Case;
use super::language::Language;

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
        let cited = cited(sources);
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
}

/// Ids of sources behind what they say.
fn cited(sources: &[String]) -> String {
    let ids = sources.iter().map(|id| format!(" [{}]", plain(id)));
    ids.collect()
}

/// Text in which nothing is taken for a heading, a link, a table or markup of HTML.
fn plain(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace('\\', "\\\\")
        .replace('<', "&lt;")
        .replace('*', "\\*")
        .replace('_', "\\_")
        .replace('`', "\\`")
        .replace("](", "]\\(")
}

/// The same in a cell of a table.
fn cell(text: &str) -> String {
    plain(text).replace('|', "\\|")
}
