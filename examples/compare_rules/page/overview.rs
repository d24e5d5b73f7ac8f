//! The tables at the top of the page.

use kleroterion::Ratio;
use maud::{Markup, html};

use super::equal;
use crate::comparison::{Comparison, Row};
use crate::table::{caveats, dash};
use crate::texts::Lang;

/// The section.
pub(super) fn section(comparison: &Comparison, lang: Lang) -> Markup {
    let (people, seats) = (comparison.instance.len(), comparison.instance.size());
    html! {
        section id="overview" {
            h2 { (lang.table_title()) }
            p { (lang.intro()) " " (lang.pool(&people, &seats, &lang.percent(equal(comparison)))) }
            @if comparison.excluded() > 0 { p { (lang.excluded(&comparison.excluded())) } }
            (table(&lang.chances_caption(), (&chance_headers(lang), &chance_cells), comparison, lang))
            @for row in &comparison.rows { @for caveat in caveats(row, lang) { p.note { (caveat) } } }
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
                th scope="row" { (row.name) @for mark in marks(row, lang) { " " span.mark { (mark) } } }
                @for cell in cells(row, lang) { td.n { (cell) } }
            } } }
        } }
    }
}

/// Beside the name, so that no figure is read without it; the sentences below the table say more.
fn marks(row: &Row, lang: Lang) -> Vec<String> {
    let Some(figures) = row.figures() else {
        return vec![];
    };
    let sampled = figures
        .sample
        .map(|sample| lang.mark_sampled(&sample.draws));
    let ignores = row.ignores_quotas.then(|| lang.mark_ignores());
    sampled.into_iter().chain(ignores).collect()
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
