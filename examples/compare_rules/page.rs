//! The page: one HTML file that needs nothing but itself.

mod overview;
mod pairs;

use kleroterion::Ratio;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::comparison::{Comparison, Row};
use crate::figures::{Figures, OBJECTIVES, Objective};
use crate::plots::{self, Alternative, Curve, Scale};
use crate::texts::Lang;

const STYLE: &str = include_str!("../../src/io/report/style.css");
const MORE_STYLE: &str = "main, header > div, footer { max-width: 62rem; } \
    .heat td { text-align: right; font-variant-numeric: tabular-nums; padding: .32rem .75rem; } \
    .narrow th, .narrow td { padding-right: .6rem; font-size: .9em; } \
    .mark { display: block; color: var(--equal); font-size: .85em; }";

/// A rule that could be computed.
type Done<'a> = (&'a Row, &'a Figures);

/// The whole page.
pub(crate) fn html(comparison: &Comparison, lang: Lang) -> String {
    let done: Vec<Done<'_>> = comparison
        .rows
        .iter()
        .filter_map(|row| Some((row, row.figures()?)))
        .collect();
    let page = html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (lang.title()) }
                style { (PreEscaped(STYLE)) (PreEscaped(MORE_STYLE)) }
            }
            body {
                header { div { h1 { (lang.title()) } p { (lang.subtitle()) } } }
                main {
                    (overview::section(comparison, lang))
                    @if !done.is_empty() {
                        (chances(comparison, &done, lang))
                        (bars(&done, lang))
                        (heat(comparison, &done, lang))
                        (pairs::section(comparison, &done, lang))
                    }
                    (method(lang))
                }
                footer { (lang.made_by(&env!("CARGO_PKG_VERSION"))) }
            }
        }
    };
    page.into_string()
}

fn equal(comparison: &Comparison) -> f64 {
    Ratio::new(
        comparison.instance.size().into(),
        comparison.instance.len() as u64,
    )
    .to_f64()
}

fn chances(comparison: &Comparison, done: &[Done<'_>], lang: Lang) -> Markup {
    let floats = |figures: &Figures| {
        figures
            .sorted
            .iter()
            .map(|p| p.to_f64())
            .collect::<Vec<f64>>()
    };
    let all: Vec<(String, Vec<f64>)> = done
        .iter()
        .map(|(row, figures)| match figures.zero {
            0 => (row.name.clone(), floats(figures)),
            zero => (
                format!("{} ({})", row.name, lang.zeros(&zero)),
                floats(figures),
            ),
        })
        .collect();
    let reference = done
        .iter()
        .find(|(row, _)| row.name == "leximin")
        .map(|(_, f)| floats(f));
    let curves: Vec<Curve<'_>> = all
        .iter()
        .map(|(title, sorted)| Curve {
            title: title.clone(),
            sorted,
        })
        .collect();
    let spans: Vec<plots::Span> = done
        .iter()
        .map(|(row, f)| (row.name.clone(), [f.lowest(), f.geometric, f.highest()]))
        .collect();
    let (equal, scale) = (
        equal(comparison),
        Scale::new(all.iter().flat_map(|(_, s)| s.iter().copied())),
    );
    let range = Alternative {
        id: "range",
        title: lang.range_title(),
        text: lang.range_text(),
    };
    let every = Alternative {
        id: "curves",
        title: lang.chances_title(),
        text: lang.chances_text(&done.len()),
    };
    html! {
        section id="chances" {
            h2 { (lang.range_title()) }
            figure { (plots::spans(&spans, (equal, scale), lang, &range)) p.note { (lang.range_note()) } }
            h2 { (lang.chances_title()) }
            figure {
                (plots::curves(&curves, (equal, reference.as_deref(), scale), lang, &every))
                p.note { (lang.chances_note()) }
            }
        }
    }
}

fn bars(done: &[Done<'_>], lang: Lang) -> Markup {
    let chart = |id: &'static str,
                 title: String,
                 value: &dyn Fn(&Done<'_>) -> Option<(f64, String)>| {
        let rows: Vec<_> = done
            .iter()
            .filter_map(|done| {
                value(done).map(|(value, label)| (done.0.name.clone(), value, label))
            })
            .collect();
        let alternative = Alternative {
            id,
            title: title.clone(),
            text: lang.bars_text(),
        };
        html! {
            @if !rows.is_empty() { figure { figcaption { (title) } (plots::bars(&rows, &alternative)) } }
        }
    };
    html! {
        section id="bars" {
            h2 { (lang.bars_heading()) }
            (chart("gini", lang.gini_title(), &|(_, f)| Some((f.gini, lang.decimal(f.gini, 3)))))
            (chart("geometric", lang.geometric_title(), &|(_, f)| Some((f.geometric, lang.percent(f.geometric)))))
            (chart("below", lang.below_title(), &|(_, f)| {
                let share = f.below_leximin?.to_f64();
                Some((share, lang.percent(share)))
            }))
            (chart("gain", lang.gain_title(), &|(row, _)| {
                let gain = row.largest_gain()?;
                Some((gain, lang.points(gain)))
            }))
        }
    }
}

fn heat(comparison: &Comparison, done: &[Done<'_>], lang: Lang) -> Markup {
    let known: Vec<usize> = (0..OBJECTIVES.len())
        .filter(|&o| comparison.optima[o].is_some())
        .collect();
    let name = |objective: Objective| match objective {
        Objective::Lowest => lang.objective_lowest(),
        Objective::Highest => lang.objective_highest(),
        Objective::GeometricMean => lang.objective_geometric(),
        Objective::SumOfSquares => lang.objective_squares(),
        Objective::Goldilocks => lang.objective_goldilocks(),
    };
    html! {
        section id="optima" {
            h2 { (lang.heat_title()) }
            p { (lang.heat_intro()) }
            div.scroll role="region" tabindex="0" aria-label=(lang.heat_title()) { table.heat {
                thead { tr {
                    th scope="col" { (lang.rule()) }
                    @for &o in &known { th.n scope="col" { (name(OBJECTIVES[o])) " (" (OBJECTIVES[o].rule()) ")" } }
                } }
                tbody { @for (row, figures) in done { tr {
                    th scope="row" { (row.name) }
                    @for &o in &known {
                        @let reached = comparison.reached(o, figures).unwrap_or(0.0);
                        td style=(shade(reached)) { (lang.decimal(reached * 100.0, 1)) "\u{a0}%" }
                    }
                } } }
            } }
        }
    }
}

/// From white at 1 to the accent colour at 0; white letters where it is dark.
fn shade(reached: f64) -> String {
    let away = (1.0 - reached.clamp(0.0, 1.0)).sqrt();
    let mix = |accent: f64| (255.0 + (accent - 255.0) * away).round() as u8;
    let ink = if away > 0.6 { ";color:#fff" } else { "" };
    format!(
        "background:rgb({},{},{}){ink}",
        mix(29.0),
        mix(79.0),
        mix(124.0)
    )
}

fn method(lang: Lang) -> Markup {
    html! {
        section id="method" {
            h2 { (lang.method_title()) }
            p { (lang.method_people()) }
            p { (lang.method_below()) }
            p { (lang.method_gain()) }
            p { (lang.method_gap()) }
            p { (lang.method_time()) }
        }
    }
}
