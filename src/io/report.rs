//! The report: one HTML file that explains a lottery to everybody and needs nothing but itself.
//!
//! It has no script and loads nothing; every plot has a text alternative and a data table; it prints on A4. It holds
//! ids, counts and quotas, never one person's values, and no count of fewer than five people that stems from values.

mod cells;
mod chances;
mod direct;
mod direct_texts;
mod language;
mod limits;
mod page;
mod pairs;
mod plot;
mod proof;
mod proof_texts;
mod record;
mod record_texts;
mod rounding;
mod texts;

use crate::certificate::Certificate;
use crate::instance::Instance;
use crate::lottery::DirectDraw;
use crate::ratio::Ratio;

pub use language::Language;

/// Everything the report tells of.
#[derive(Debug, Clone, Copy)]
pub struct ReportInput<'a> {
    /// Pool, quotas and panel size.
    pub instance: &'a Instance,
    /// One chance per person, in canonical order (ascending id).
    pub probabilities: &'a [Ratio],
    /// The proof of what the rule claims.
    pub certificate: &'a Certificate,
    /// The fingerprints.
    pub digests: Digests<'a>,
    /// What the lottery consists of.
    pub lottery: LotterySummary,
    /// What each public source will be, as the commitment says; empty when nothing was announced.
    pub announced: &'a [String],
    /// The draw; `None` before it.
    pub draw: Option<DrawSummary<'a>>,
}

/// Fingerprints in lowercase hex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digests<'a> {
    /// SHA-256 of `commit.json`.
    pub commitment: &'a str,
    /// Of the lottery.
    pub lottery: &'a str,
    /// Of the pool.
    pub pool: &'a str,
    /// Of the certificate.
    pub certificate: &'a str,
}

/// What a lottery's tickets stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LotteryForm {
    /// Seats per group of interchangeable people.
    Compositions,
    /// Panels, person by person.
    Panels,
}

/// A lottery in figures; see [`metrics`](crate::metrics).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LotterySummary {
    /// What the tickets stand for.
    pub form: LotteryForm,
    /// Number of different compositions or panels.
    pub entries: u64,
    /// Share of the tickets that the most likely one holds.
    pub largest_weight: Ratio,
    /// Effective number of compositions or panels.
    pub effective_number: f64,
    /// Tickets in all.
    pub denominator: u64,
    /// Largest change of anybody's chance by rounding to tickets; `None` when nothing was rounded.
    pub deviation: Option<f64>,
}

/// What the draw came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawSummary<'a> {
    /// The ticket, from 0.
    pub ticket: u64,
    /// The seed in hex.
    pub seed: &'a str,
    /// Ids of the panel.
    pub panel: &'a [String],
    /// Number of alternates.
    pub alternates: u64,
    /// The public sources' values, in order.
    pub sources: &'a [String],
    /// Whether the lottery was fixed beforehand.
    pub order: DrawOrder,
}

/// Whether the lottery was fixed before the draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DrawOrder {
    /// Drawn from a lottery that had been committed to.
    CommittedFirst,
    /// Lottery and draw in one run.
    Unproven,
}

/// Writes the report as one HTML document.
///
/// Deterministic: equal input gives equal bytes. O(people · features + compositions of the certificate). Texts of the
/// input are escaped. Indices and ids that the instance does not have are passed over.
///
/// ```
/// use kleroterion::io::report::{self, Digests, Language, LotteryForm, LotterySummary, ReportInput};
/// use kleroterion::{Certificate, Instance, Pool, Quotas, Ratio};
///
/// let quotas = Quotas::builder().feature("age").value("young", 1..=1).value("old", 1..=1).build()?;
/// let people = [("a", "young"), ("b", "old"), ("c", "old")];
/// let pool = people.into_iter().fold(Pool::builder(), |pool, (id, age)| pool.person(id, [("age", age)])).build()?;
/// let instance = Instance::new(pool, quotas, 2)?;
/// let html = report::html(
///     &ReportInput {
///         instance: &instance,
///         probabilities: &[Ratio::new(1, 1), Ratio::new(1, 2), Ratio::new(1, 2)],
///         certificate: &Certificate { rule: "leximin".into(), excluded: vec![], levels: vec![], ..Certificate::default() },
///         digests: Digests { commitment: "c0", lottery: "10", pool: "90", certificate: "ce" },
///         lottery: LotterySummary {
///             form: LotteryForm::Compositions,
///             entries: 1,
///             largest_weight: Ratio::new(1, 1),
///             effective_number: 1.0,
///             denominator: 1_000_000_000_000,
///             deviation: None,
///         },
///         announced: &[],
///         draw: None,
///     },
///     Language::Danish,
/// );
/// assert!(html.starts_with("<!DOCTYPE html><html lang=\"da\">"));
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[must_use]
pub fn html(input: &ReportInput<'_>, language: Language) -> String {
    page::page(input, language).into_string()
}

/// Writes the report of a direct draw as one HTML document: quotas and panel, the rule in two sentences, everybody's exact
/// chance where the rule gives it, and what cannot be checked.
///
/// Deterministic: equal input gives equal bytes. O(people · features). Texts of the input are escaped.
///
/// ```
/// use kleroterion::io::report::{self, Language};
/// use kleroterion::lottery::{DirectRule, Sources};
/// use kleroterion::{Instance, Pool, Quotas};
///
/// let quotas = Quotas::builder().feature("age").value("young", 0..=1).value("old", 0..=1).build()?;
/// let people = [("a", "young"), ("b", "old"), ("c", "old")];
/// let pool = people.into_iter().fold(Pool::builder(), |pool, (id, age)| pool.person(id, [("age", age)])).build()?;
/// let instance = Instance::new(pool, quotas, 1)?;
/// let draw = DirectRule::Random.commit(&instance)?.draw(&Sources::new(["dice 3-5"])?)?;
/// assert!(report::direct_html(&draw, Language::English).contains("33.33"));
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[must_use]
pub fn direct_html(draw: &DirectDraw, language: Language) -> String {
    direct::page(draw, language).into_string()
}
