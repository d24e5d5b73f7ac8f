//! The intersection report of all rules.

use kleroterion::metrics::PairCell;
use maud::{Markup, html};

use super::Done;
use crate::comparison::Comparison;
use crate::table::dash;
use crate::texts::Lang;

/// Errors first, then one table per pair of features, folded away.
pub(super) fn section(comparison: &Comparison, done: &[Done<'_>], lang: Lang) -> Markup {
    let cells = &done[0].1.intersections.cells;
    if cells.is_empty() {
        return html! {};
    }
    let feature = |quota: u32| {
        comparison.instance.quotas()[quota as usize]
            .feature
            .as_str()
    };
    let pair = |cell: &PairCell| cell.quotas.map(feature);
    let mut start = 0;
    let blocks: Vec<_> = cells
        .chunk_by(|a, b| pair(a) == pair(b))
        .map(|block| {
            let range = start..start + block.len();
            start = range.end;
            (pair(&block[0]), range)
        })
        .collect();
    html! {
        section id="pairs" {
            h2 { (lang.pairs_title()) }
            p { (lang.pairs_intro()) }
            (errors(done, lang))
            @for ([one, other], range) in blocks {
                details {
                    summary { (lang.pair_caption(&one, &other)) }
                    div.scroll { (table(comparison, done, range, lang)) }
                }
            }
            @if cells.iter().any(|cell| !cell.published) { p.note { (lang.hidden_note()) } }
        }
    }
}

fn errors(done: &[Done<'_>], lang: Lang) -> Markup {
    let population = done[0].1.intersections.error_population.is_some();
    html! {
        table {
            caption { (lang.error_caption()) }
            thead { tr {
                th scope="col" { (lang.rule()) }
                @if population { th.n scope="col" { (lang.error_population()) } }
                th.n scope="col" { (lang.error_pool()) }
                th.n scope="col" { (lang.error_product()) }
            } }
            tbody { @for (row, figures) in done {
                @let report = &figures.intersections;
                tr {
                    th scope="row" { (row.name) }
                    @if population { td.n { (dash(report.error_population, |error| lang.millionths(error))) } }
                    td.n { (lang.millionths(report.error_pool)) }
                    td.n { (lang.millionths(report.error_product)) }
                }
            } }
        }
    }
}

fn table(
    comparison: &Comparison,
    done: &[Done<'_>],
    range: std::ops::Range<usize>,
    lang: Lang,
) -> Markup {
    let quotas = comparison.instance.quotas();
    let cells = &done[0].1.intersections.cells;
    let population = cells[range.clone()]
        .iter()
        .any(|cell| cell.population_share.is_some());
    let seats = f64::from(comparison.instance.size());
    let shown = |cell: &PairCell, text: String| if cell.published { text } else { lang.hidden() };
    html! {
        table.narrow {
            thead { tr {
                @for quota in cells[range.start].quotas { th scope="col" { (quotas[quota as usize].feature) } }
                th.n scope="col" { (lang.pair_pool()) }
                @if population { th.n scope="col" { (lang.pair_population()) } }
                th.n scope="col" { (lang.pair_product()) }
                @for (row, _) in done { th.n scope="col" { (row.name) } }
            } }
            tbody { @for at in range {
                @let cell = &cells[at];
                tr {
                    @for quota in cell.quotas { th scope="row" { (quotas[quota as usize].value) } }
                    td.n.said[!cell.published] { (shown(cell, cell.people.to_string())) }
                    @if population { td.n { (dash(cell.population_share, |share| lang.percent(share))) } }
                    td.n { (lang.decimal(cell.product_share * seats, 2)) }
                    @for (_, figures) in done {
                        @let cell = &figures.intersections.cells[at];
                        td.n.said[!cell.published] {
                            @if cell.published { (lang.decimal(cell.seats, 2)) } @else { "–" }
                        }
                    }
                }
            } }
        }
    }
}
