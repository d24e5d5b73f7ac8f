//! The page: one HTML file that needs nothing but itself.

mod pairs;

use kleroterion::Ratio;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::comparison::{Comparison, Row};
use crate::figures::{Figures, OBJECTIVES, Objective};
use crate::plots::{self, Alternative, Curve, Scale};
use crate::table::dash;
use crate::texts::Lang;

const STYLE: &str = include_str!("../../src/io/report/style.css");
const MORE_STYLE: &str = "main, header > div, footer { max-width: 62rem; } \
    .heat td { text-align: right; font-variant-numeric: tabular-nums; padding: .32rem .75rem; } \
    .narrow th, .narrow td { padding-right: .6rem; font-size: .9em; }";

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
                    (overview(comparison, lang))
                    @if !done.is_empty() {
                        (chances(comparison, &done, lang))
                        (bars(&done, lang))
                        (heat(comparison, &done, lang))
                        (pairs::section(comparison, &done, lang))
                    }
                    (method(&done, lang))
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

fn overview(comparison: &Comparison, lang: Lang) -> Markup {
    let (people, seats) = (comparison.instance.len(), comparison.instance.size());
    html! {
        section id="overview" {
            h2 { (lang.table_title()) }
            p { (lang.intro()) " " (lang.pool(&people, &seats, &lang.percent(equal(comparison)))) }
            @if comparison.excluded() > 0 { p { (lang.excluded(&comparison.excluded())) } }
            (table(&lang.chances_caption(), (&chance_headers(lang), &chance_cells), comparison, lang))
            (table(&lang.work_title(), (&work_headers(lang), &work_cells), comparison, lang))
            @for row in &comparison.rows {
                @if let Err(error) = &row.result { p.note { (lang.failed(&row.name, error)) } }
                @if let Some(Err(error)) = &row.gain { p.note { (lang.gain_failed(&row.name, error)) } }
            }
        }
    }
}

/// The headers after the rule's name, and what makes the cells below them.
type Columns<'a> = (&'a [String], &'a dyn Fn(&Row, Lang) -> Vec<String>);

fn table(
    title: &str,
    (headers, cells): Columns<'_>,
    comparison: &Comparison,
    lang: Lang,
) -> Markup {
    html! {
        div.scroll role="region" tabindex="0" aria-label=(title) { table {
            caption { (title) }
            thead { tr {
                th scope="col" { (lang.rule()) }
                @for name in headers { th.n scope="col" { (name) } }
            } }
            tbody { @for row in &comparison.rows { tr {
                th scope="row" { (row.name) }
                @for cell in cells(row, lang) { td.n { (cell) } }
            } } }
        } }
    }
}

fn chance_headers(lang: Lang) -> [String; 7] {
    [
        lang.lowest(),
        lang.highest(),
        "Gini".to_owned(),
        lang.geometric(),
        lang.floored(),
        lang.zero_long(),
        lang.below(),
    ]
}

fn chance_cells(row: &Row, lang: Lang) -> Vec<String> {
    let Some(figures) = row.figures() else {
        return vec!["–".to_owned(); 7];
    };
    vec![
        lang.percent(figures.lowest()),
        lang.percent(figures.highest()),
        lang.decimal(figures.gini, 3),
        lang.percent(figures.geometric),
        lang.percent(figures.geometric_floored),
        figures.zero.to_string(),
        dash(figures.below_leximin, |share| lang.percent(share.to_f64())),
    ]
}

fn work_headers(lang: Lang) -> [String; 6] {
    [
        lang.gain_points(),
        lang.tried_title(),
        lang.compositions(),
        lang.panels_counted(),
        lang.gap(),
        lang.seconds(),
    ]
}

fn work_cells(row: &Row, lang: Lang) -> Vec<String> {
    let (figures, gain) = (
        row.figures(),
        row.gain.as_ref().and_then(|gain| gain.as_ref().ok()),
    );
    let lottery = figures.and_then(|figures| figures.lottery);
    let counted = figures.and_then(|figures| figures.counted.as_ref());
    vec![
        dash(row.largest_gain(), |gain| lang.points(gain)),
        dash(gain, |gain| lang.tried(&gain.tried, &gain.profiles)),
        dash(lottery, |lottery| lottery.compositions.to_string()),
        dash(counted, |digits| large(digits)),
        dash(figures.and_then(|figures| figures.gap), |gap| {
            gap_text(gap, lang)
        }),
        lang.decimal(row.seconds, 2),
    ]
}

/// A count in decimal digits; of a long one its first digits and the power of ten.
fn large(digits: &str) -> String {
    match digits.len() {
        0..=7 => digits.to_owned(),
        length => format!("{}·10{}", &digits[..1], superscript(length - 1)),
    }
}

/// A proven gap, rounded up to the power of ten that it does not pass.
fn gap_text(gap: u64, lang: Lang) -> String {
    if gap == 0 {
        return "0".to_owned();
    }
    let digits = gap.to_string().len() - 1;
    let power = if gap == 10_u64.pow(digits as u32) {
        digits
    } else {
        digits + 1
    };
    match power {
        0..12 => format!("≤ 10⁻{}", superscript(12 - power)),
        _ => lang.percent(Ratio::new(gap, 1_000_000_000_000).to_f64()),
    }
}

fn superscript(number: usize) -> String {
    let digit = |c: char| {
        "⁰¹²³⁴⁵⁶⁷⁸⁹"
            .chars()
            .nth(c as usize - '0' as usize)
            .unwrap_or(c)
    };
    number.to_string().chars().map(digit).collect()
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

fn method(done: &[Done<'_>], lang: Lang) -> Markup {
    html! {
        section id="method" {
            h2 { (lang.method_title()) }
            p { (lang.method_people()) }
            p { (lang.method_below()) }
            p { (lang.method_gain()) }
            p { (lang.method_gap()) }
            p { (lang.method_time()) }
            @for (row, figures) in done {
                @if let (Some(sample), Some(bound)) = (&figures.sample, &figures.lowest_bound) {
                    p { (lang.sampled(&row.name, *sample)) (lang.bound(&lang.percent(*bound))) }
                }
            }
        }
    }
}
