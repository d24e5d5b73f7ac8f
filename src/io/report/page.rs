//! The page: its head, the summary, the quota table, and the order of everything else.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::cells::{Cell, Cells, Row, Seats};
use super::language::Language;
use super::limits::Explanations;
use super::{ReportInput, chances, proof, record};
use crate::instance::Instance;
use crate::metrics;
use crate::ratio::Ratio;
use crate::selection::DENOMINATOR;

const STYLE: &str = include_str!("style.css");

pub(super) fn page(input: &ReportInput<'_>, language: Language) -> Markup {
    let cells = Cells::new(input);
    let explanations = Explanations::new(input, &cells);
    let title = if input.draw.is_some() {
        language.title_drawn()
    } else {
        language.title_before()
    };
    let sections = html! {
        (summary(input, language))
        (quotas(input, &cells, language.quotas_intro(), language))
        (chances::section(input, &cells, language))
        @if proof::names_limits(input.certificate) { (proof::limits(input, &cells, &explanations, language)) }
        (proof::excluded(input, language))
        (record::draw(input, language))
        (proof::certificate(input, language))
        (record::digests(input, language))
        (record::verify(input, language))
        (record::publish(input, language))
        (record::unchecked(input, language))
        (record::glossary(input, language))
    };
    frame(&title, &sections, language)
}

/// A whole document around its sections.
pub(super) fn frame(title: &str, sections: &Markup, language: Language) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header { div { h1 { (title) } p { (language.subtitle()) } } }
                main { (sections) }
                footer { (language.made_by(&env!("CARGO_PKG_VERSION"))) }
            }
        }
    }
}

/// The chances above 0.
pub(super) fn positive(input: &ReportInput<'_>) -> Vec<Ratio> {
    input
        .probabilities
        .iter()
        .copied()
        .filter(|p| p.numerator > 0)
        .collect()
}

/// The household rule in a sentence.
pub(super) fn household_rule(instance: &Instance, language: Language) -> String {
    match instance.pool().household_most() {
        1 => language.summary_household(),
        most => language.summary_household_most(&most),
    }
}

/// `1 seat`, `9 seats`.
pub(super) fn seats(count: u64, language: Language) -> String {
    match count {
        1 => language.one_seat(),
        n => language.seats(&language.integer(n)),
    }
}

/// The chance of everybody without quotas.
pub(super) fn equal_chance(input: &ReportInput<'_>) -> f64 {
    f64::from(input.instance.size()) / (input.instance.len().max(1) as f64)
}

fn summary(input: &ReportInput<'_>, language: Language) -> Markup {
    let people = language.integer(input.instance.len() as u64);
    let size = input.instance.size();
    let (volunteers, seats) = (language.people(&people), seats(size.into(), language));
    html! {
        section id="summary" {
            h2 { (language.summary()) }
            @if input.draw.is_some() {
                p { (language.summary_drawn(&volunteers, &seats)) }
            } @else {
                p { (language.summary_before(&volunteers, &seats)) }
            }
            p {
                (language.summary_quotas())
                @if input.instance.has_household_rule() { " " (household_rule(input.instance, language)) }
                " " (rule(&input.certificate.rule, language))
                @if input.certificate.target.is_some() { " " (language.certificate_target()) }
            }
            dl.figures { @for (name, value) in figures(input, language) {
                div { dt { (name) } dd.long[value.len() > 12] { (value) } }
            } }
            (record::order_and_sources(input, language))
        }
    }
}

fn rule(rule: &str, language: Language) -> String {
    match rule {
        "leximin" => language.rule_leximin(),
        "maximin" => language.rule_maximin(),
        "minimax" => language.rule_minimax(),
        "nash" => language.rule_nash(),
        "least-squares" => language.rule_least_squares(),
        "uniform" => language.rule_uniform(),
        "max-entropy" => language.rule_max_entropy(),
        other => match other.strip_prefix("goldilocks:") {
            Some(gamma) => language.rule_goldilocks(&gamma),
            None => language.rule_other(&other),
        },
    }
}

fn figures(input: &ReportInput<'_>, language: Language) -> Vec<(String, String)> {
    let people = language.integer(input.instance.len() as u64);
    let seats = language.integer(input.instance.size().into());
    let positive = positive(input);
    let lowest_name = if positive.len() < input.probabilities.len() {
        language.figure_lowest_positive()
    } else {
        language.figure_lowest()
    };
    let equal = language.percent(equal_chance(input));
    let mut figures = vec![
        (language.figure_pool(), people.clone()),
        (language.figure_seats(), seats.clone()),
    ];
    figures.push((language.figure_equal(&seats, &people), equal));
    if let Some(lowest) = metrics::lowest(&positive) {
        figures.push((lowest_name, language.percent(lowest.to_f64())));
    }
    match (
        &input.certificate.objective,
        input.certificate.levels.first(),
    ) {
        (Some(objective), _) => {
            if let Some(highest) = metrics::highest(&positive) {
                figures.push((
                    language.figure_highest(),
                    language.percent(highest.to_f64()),
                ));
            }
            let gap = language.exact_percent(proof::proven_gap(objective));
            figures.push((language.figure_gap(), gap));
        }
        (None, Some(level)) => {
            let bound = Ratio::new(level.bound, DENOMINATOR);
            figures.push((language.figure_bound(), language.percent(bound.to_f64())));
        }
        (None, None) => {}
    }
    if let Some(draw) = input.draw {
        let tickets = language.integer(input.lottery.denominator);
        figures.push((
            language.figure_ticket(&tickets),
            language.integer(draw.ticket),
        ));
    }
    figures
}

pub(super) fn quotas(
    input: &ReportInput<'_>,
    cells: &Cells<'_>,
    intro: String,
    language: Language,
) -> Markup {
    let drawn = input.draw.is_some();
    let (title, caption) = if drawn {
        (language.quotas_drawn(), language.quotas_caption_drawn())
    } else {
        (language.quotas_before(), language.quotas_caption_before())
    };
    let hidden = |row: &Row<'_>| row.people().is_none() || row.panel == Some(Seats::Hidden);
    let hidden = cells.rows.iter().any(hidden);
    let unsaid = cells
        .rows
        .iter()
        .any(|row| matches!(row.panel, Some(Seats::Met | Seats::Missed)));
    html! {
        section id="quotas" {
            h2 { (title) }
            p { (intro) }
            div.scroll role="region" tabindex="0" aria-label=(caption) { table {
                caption { (caption) }
                thead { tr {
                    th scope="col" { (language.value()) }
                    th.n scope="col" { (language.asked()) }
                    th.n scope="col" { (language.pool()) }
                    th.n scope="col" { (language.share()) }
                    @if drawn { th.n scope="col" { (language.panel()) } }
                } }
                @for block in cells.rows.chunk_by(|a, b| a.feature == b.feature) {
                    tbody.value-rows {
                        tr { th colspan=(if drawn { 5 } else { 4 }) scope="rowgroup" { (block[0].feature) } }
                        @for row in block { (quota(row, input, language)) }
                    }
                }
                tfoot { tr {
                    th scope="row" { (language.total()) }
                    td.n { (language.integer(input.instance.size().into())) }
                    td.n { (language.integer(input.instance.len() as u64)) }
                    td.n { (language.percent_with(1.0, 1)) }
                    @if let Some(draw) = input.draw { td.n { (language.integer(draw.panel.len() as u64)) } }
                } }
            } }
            @if hidden { p.note { (language.note_few()) } }
            @if unsaid { p.note { (language.note_met()) } }
        }
    }
}

fn quota(row: &Row<'_>, input: &ReportInput<'_>, language: Language) -> Markup {
    let all = input.instance.len().max(1) as f64;
    html! {
        tr {
            th scope="row" { (row.value) }
            td.n { (language.range(row.min, row.max)) }
            @match row.pool {
                Cell::Shown(people) => {
                    td.n { (language.integer(people)) }
                    td.n { (language.percent_with(people as f64 / all, 1)) }
                }
                Cell::Few => { td.n.said { (language.few()) } td.n.said { "–" } }
                Cell::Withheld => { td.n.said { (language.withheld()) } td.n.said { "–" } }
            }
            @match row.panel {
                Some(Seats::Shown(seats)) => { td.n { (language.integer(seats)) } }
                Some(Seats::Met) => { td.n.said { (language.met()) } }
                Some(Seats::Missed) => { td.n { (language.missed()) } }
                Some(Seats::Hidden) => { td.n.said { (language.withheld()) } }
                None => {}
            }
        }
    }
}
