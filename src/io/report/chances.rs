//! How the chances are spread: plots, their data tables, and the figures that sum them up.

use maud::{Markup, html};

use super::cells::{Cells, Row, SMALLEST};
use super::language::Language;
use super::page::{equal_chance, positive};
use super::plot::{self, Alternative};
use super::rounding;
use super::{LotteryForm, ReportInput};
use crate::metrics;

const PERCENTILES: [usize; 15] = [0, 1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99, 100];

/// Most lines of one plot, names of features included, so that it fits a printed page.
const MOST_LINES: usize = 38;

pub(super) fn section(input: &ReportInput<'_>, cells: &Cells<'_>, language: Language) -> Markup {
    let mut sorted: Vec<f64> = input.probabilities.iter().map(|p| p.to_f64()).collect();
    sorted.sort_by(f64::total_cmp);
    let equal = equal_chance(input);
    // Equal chances written as fractions of 10^12 miss the equal chance by their rounding.
    let same = sorted
        .first()
        .zip(sorted.last())
        .is_none_or(|(low, high)| high - low < 1e-9);
    let below = sorted.iter().filter(|&&p| p < equal - 1e-9).count() as u64;
    html! {
        section id="chances" {
            h2 { (language.chances()) }
            @if same {
                p { (language.chances_equal()) }
            } @else if below >= SMALLEST {
                p { (language.chances_intro(&language.people(&language.integer(below)))) }
            } @else {
                p { (language.chances_intro(&capitalised(&language.few_people()))) }
            }
            @if !sorted.is_empty() {
                (steps(&sorted, equal, language))
                (averages(cells, equal, language))
            }
            (evenness(input, language))
        }
    }
}

/// With its first letter in upper case.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The chance at a percentile by nearest rank: the lowest that at least so many percent of the people do not exceed.
fn at_percentile(sorted: &[f64], percent: usize) -> f64 {
    sorted[(percent * sorted.len()).div_ceil(100).max(1) - 1]
}

fn steps(sorted: &[f64], equal: f64, language: Language) -> Markup {
    let [lowest, median, highest] =
        [0, 50, 100].map(|p| language.percent(at_percentile(sorted, p)));
    let alternative = Alternative {
        id: "steps".into(),
        title: language.chances_figure(),
        text: language.chances_alternative(&lowest, &median, &highest, &language.percent(equal)),
    };
    html! {
        figure {
            figcaption { (alternative.title) }
            (plot::chances(sorted, equal, language, &alternative))
            details {
                summary { (language.data_table()) }
                table {
                    caption { (language.percentile_caption()) }
                    thead { tr {
                        th scope="col" { (language.percentile()) }
                        th.n scope="col" { (language.chance()) }
                        th.n scope="col" { (language.odds()) }
                    } }
                    tbody { @for percent in PERCENTILES {
                        @let chance = at_percentile(sorted, percent);
                        tr {
                            th scope="row" { (percentile_name(percent, language)) }
                            td.n { (language.percent(chance)) }
                            td.n { (odds(chance, language)) }
                        }
                    } }
                }
            }
        }
    }
}

fn percentile_name(percent: usize, language: Language) -> String {
    match percent {
        0 => format!("0 ({})", language.percentile_lowest()),
        100 => format!("100 ({})", language.percentile_highest()),
        other => other.to_string(),
    }
}

fn odds(chance: f64, language: Language) -> String {
    if chance <= 0.0 {
        return "–".into();
    }
    let number = 1.0 / chance;
    let decimals = usize::from(number < 9.95 && (number - number.round()).abs() > 0.05);
    match decimals {
        1 => language.one_in(&language.decimal(number, 1)),
        _ => language.one_in(&language.integer(number.round() as u64)),
    }
}

/// Rows with a shown count, cut into plots: between features, and inside one that is too long by itself.
fn parts<'a>(cells: &'a Cells<'a>) -> Vec<Vec<&'a Row<'a>>> {
    let shown: Vec<&Row<'_>> = cells
        .rows
        .iter()
        .filter(|row| row.people().is_some())
        .collect();
    let mut parts: Vec<Vec<&Row<'_>>> = Vec::new();
    let mut lines = MOST_LINES;
    for feature in shown.chunk_by(|a, b| a.feature == b.feature) {
        for block in feature.chunks(MOST_LINES - 1) {
            lines += block.len() + 1;
            match parts.last_mut().filter(|_| lines <= MOST_LINES) {
                Some(part) => part.extend(block),
                None => {
                    lines = block.len() + 1;
                    parts.push(block.to_vec());
                }
            }
        }
    }
    parts
}

fn averages(cells: &Cells<'_>, equal: f64, language: Language) -> Markup {
    let parts = parts(cells);
    if parts.is_empty() {
        return html! {};
    }
    let hidden = cells.rows.iter().any(|row| row.people().is_none());
    html! {
        figure {
            figcaption { (language.averages_figure()) }
            @for (part, number) in parts.iter().zip(1..) {
                @let groups = language.integer(part.len() as u64);
                @let alternative = Alternative { id: format!("averages-{number}"), title: language.averages_figure(), text: language.averages_alternative(&groups) };
                (plot::averages(part, equal, language, &alternative))
            }
            p.note { (language.averages_legend()) @if hidden { " " (language.averages_hidden()) } }
            details {
                summary { (language.data_table()) }
                table {
                    caption { (language.averages_caption()) }
                    thead { tr {
                        th scope="col" { (language.value()) }
                        th.n scope="col" { (language.average()) }
                        th.n scope="col" { (language.allowed()) }
                    } }
                    @for block in cells.rows.chunk_by(|a, b| a.feature == b.feature) {
                        tbody.value-rows {
                            tr { th colspan="3" scope="rowgroup" { (block[0].feature) } }
                            @for row in block { (average(row, language)) }
                        }
                    }
                }
            }
        }
    }
}

fn average(row: &Row<'_>, language: Language) -> Markup {
    html! {
        tr {
            th scope="row" { (row.value) }
            @if let (Some(average), Some((fewest, most))) = (row.average, plot::span(row)) {
                td.n { (language.percent(average)) }
                td.n {
                    (language.percent(fewest))
                    @if row.min < row.max { "–" (language.percent(most)) }
                }
            } @else {
                td.n.said { (language.withheld()) }
                td.n.said { "–" }
            }
        }
    }
}

fn evenness(input: &ReportInput<'_>, language: Language) -> Markup {
    let lottery = &input.lottery;
    let entries = match lottery.form {
        LotteryForm::Compositions => language.compositions(),
        LotteryForm::Panels => language.panels(),
    };
    let positive = positive(input);
    let all = positive.len() == input.probabilities.len();
    let percent =
        |chance: Option<crate::Ratio>| language.percent(chance.map_or(0.0, crate::Ratio::to_f64));
    let [lowest, geometric] = if all {
        [language.lowest(), language.geometric()]
    } else {
        [language.lowest_positive(), language.geometric_positive()]
    };
    let mut rows = vec![
        (lowest, percent(metrics::lowest(&positive))),
        (language.highest(), percent(metrics::highest(&positive))),
        (
            language.gini(),
            language.decimal(metrics::gini(input.probabilities), 3),
        ),
        (
            geometric,
            language.percent(metrics::geometric_mean(&positive)),
        ),
        (entries, language.integer(lottery.entries)),
        (
            language.largest(),
            language.percent(lottery.largest_weight.to_f64()),
        ),
        (
            language.effective(),
            language.decimal(lottery.effective_number, 1),
        ),
        (language.tickets(), language.integer(lottery.denominator)),
    ];
    rows.extend(rounding::rows(input, language));
    html! {
        table {
            caption { (language.evenness()) }
            thead { tr { th scope="col" { (language.measure()) } th.n scope="col" { (language.figure()) } } }
            tbody { @for (name, value) in rows { tr { th scope="row" { (name) } td.n { (value) } } } }
        }
    }
}
