//! What a case sheet does not say, does not do, or says twice in different ways. Findings, and never a score.

mod design;
mod meetings;
mod outcome;
mod people;

use std::fmt;

use super::case::Case;
use super::language::Language;
use super::people::Criterion;
use super::recommendation::{AnswerClass, AnswerKind, Recommendation};
use super::rule::Rule;
use crate::assembly::Day;

/// What is the matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// The sheet does not say. It may well have been done.
    Unrecorded,
    /// The sheet says that it was done otherwise.
    Short,
    /// The sheet contradicts itself, or its sources do.
    Contradiction,
}

impl Kind {
    /// Its name.
    #[must_use]
    pub fn name(self, language: Language) -> &'static str {
        match self {
            Self::Unrecorded => language.choose("not recorded", "ikke oplyst"),
            Self::Short => language.choose("falls short", "ikke opfyldt"),
            Self::Contradiction => language.choose("does not add up", "går ikke op"),
        }
    }
}

/// One finding: which check, and what the sheet says.
///
/// A finding is about the record, not about the quality of a process. There is no score: numbers of findings of two processes say nothing about
/// either.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The check.
    pub rule: Rule,
    /// What is the matter.
    pub kind: Kind,
    english: String,
    danish: String,
}

impl Finding {
    /// What the sheet says, in a sentence without its end.
    #[must_use]
    pub fn evidence(&self, language: Language) -> &str {
        language.choose(&self.english, &self.danish)
    }

    /// The whole finding in one line: kind, what was asked, what is there, and what the check rests on.
    ///
    /// ```
    /// use kleroterion::assembly::process::{AnswerClass, Case, Language, Outcome, Rule, findings};
    /// let class = |label: &str, count| AnswerClass { label: label.into(), count };
    /// let classes = vec![class("yes", 48), class("perhaps", 8), class("no", 18)];
    /// let case = Case { outcome: Some(Outcome { recommendations: Some(73), classes, ..Outcome::default() }), ..Case::default() };
    /// let finding = findings(&case).into_iter().find(|one| one.rule == Rule::ClassesSum).expect("74 is not 73");
    /// assert_eq!(
    ///     finding.line(Language::English),
    ///     "does not add up: the classes of answers add up to the recommendations: 48 + 8 + 18 = 74, and there are 73 recommendations \
    ///      (Arithmetic; KNOCA: Oversight of official response)"
    /// );
    /// ```
    #[must_use]
    pub fn line(&self, language: Language) -> String {
        let rests: Vec<String> = self
            .rule
            .principles()
            .iter()
            .map(|one| one.name(language))
            .collect();
        let (kind, asks) = (self.kind.name(language), self.rule.asks(language));
        format!(
            "{kind}: {asks}: {} ({})",
            self.evidence(language),
            rests.join("; ")
        )
    }
}

/// The English line.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line(Language::English))
    }
}

/// Everything that the checks find, in the order of [`Rule::ALL`].
///
/// What is not known cannot fail a check: it is [`Kind::Unrecorded`]. What falls due after [`Case::as_of`] is not overdue. What a process has not
/// come to yet is not asked for. O(size of the sheet).
#[must_use]
pub fn findings(case: &Case) -> Vec<Finding> {
    let mut report = Report {
        case,
        findings: Vec::new(),
    };
    design::check(&mut report);
    people::check(&mut report);
    meetings::check(&mut report);
    outcome::check(&mut report);
    report.findings.sort_by_key(|finding| finding.rule);
    report.findings
}

/// The findings so far.
struct Report<'a> {
    case: &'a Case,
    findings: Vec<Finding>,
}

impl Report<'_> {
    /// Adds a finding with its text in English and Danish.
    fn add(
        &mut self,
        rule: Rule,
        kind: Kind,
        english: impl Into<String>,
        danish: impl Into<String>,
    ) {
        self.findings.push(Finding {
            rule,
            kind,
            english: english.into(),
            danish: danish.into(),
        });
    }

    /// The first and last day of the meetings.
    fn meeting_days(&self) -> Option<(Day, Day)> {
        let days = || self.case.meetings.iter();
        let first = days().filter_map(|one| one.day).min()?;
        let last = days().filter_map(|one| one.until.or(one.day)).max()?;
        Some((first, last))
    }

    /// The day of the handover.
    fn handed_over(&self) -> Option<Day> {
        self.case.outcome.as_ref()?.handed_over
    }

    /// True if this day has passed by the sheet's own day.
    fn has_passed(&self, day: Day) -> bool {
        self.case.as_of.is_some_and(|as_of| day < as_of)
    }
}

/// True if the quotas of a feature are in order and some numbers within them add up to the seats.
pub(super) fn seats_fit(criterion: &Criterion, seats: u32) -> bool {
    let quotas = &criterion.quotas;
    let sum = |of: fn(&super::people::SeatQuota) -> u32| {
        quotas.iter().map(|one| u64::from(of(one))).sum::<u64>()
    };
    quotas.iter().all(|one| one.min <= one.max)
        && (sum(|one| one.min)..=sum(|one| one.max)).contains(&u64::from(seats))
}

/// How many answers there are of each kind; kinds without an answer are left out.
pub(super) fn classes_of<'a>(
    recommendations: impl Iterator<Item = &'a Recommendation>,
) -> Vec<AnswerClass> {
    const KINDS: [(AnswerKind, &str); 4] = [
        (AnswerKind::Accepted, "accepted"),
        (AnswerKind::Partly, "partly accepted"),
        (AnswerKind::Rejected, "rejected"),
        (AnswerKind::Undecided, "undecided"),
    ];
    let kinds: Vec<AnswerKind> = recommendations
        .filter_map(|one| one.answer.as_ref()?.kind)
        .collect();
    let class = |(kind, label): (AnswerKind, &str)| AnswerClass {
        label: label.to_owned(),
        count: kinds.iter().map(|found| u32::from(*found == kind)).sum(),
    };
    KINDS
        .into_iter()
        .map(class)
        .filter(|one| one.count > 0)
        .collect()
}

/// Names in a row, the first few of many.
fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const MOST: usize = 8;
    let names: Vec<&str> = names.into_iter().collect();
    let shown = names[..names.len().min(MOST)].join(", ");
    match names.len() {
        0..=MOST => shown,
        more => format!("{shown} (+ {})", more - MOST),
    }
}
