//! The plots, as SVG that stands inside the page.
//!
//! Coordinates are whole numbers, so the drawings are made at twice the size they are shown at.

use maud::{Markup, PreEscaped, html};
use plotters::chart::{ChartBuilder, ChartContext};
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::element::{Circle, PathElement, Rectangle, Text};
use plotters::prelude::{
    Cartesian2d, DrawingArea, DrawingAreaErrorKind, DrawingBackend, IntoDrawingArea, SVGBackend,
};
use plotters::series::{AreaSeries, DashedLineSeries, LineSeries};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, IntoFont, RGBColor, TextStyle};

use super::cells::Row;
use super::language::Language;

// The colours of style.css.
const INK: RGBColor = RGBColor(0x1b, 0x26, 0x31);
const MUTED: RGBColor = RGBColor(0x52, 0x5f, 0x6b);
const RULE: RGBColor = RGBColor(0xd5, 0xdc, 0xe2);
const ACCENT: RGBColor = RGBColor(0x1d, 0x4f, 0x7c);
const WASH: RGBColor = RGBColor(0xdd, 0xe8, 0xf1);
const BAR: RGBColor = RGBColor(0x6f, 0x93, 0xb3);
const EQUAL: RGBColor = RGBColor(0xa3, 0x38, 0x1c);

const WIDTH: u32 = 1440;
const FONT: u32 = 30;

type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;
type Chart<'a, DB> = ChartContext<'a, DB, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// What a plot says to those who do not see it.
#[derive(Debug, Clone)]
pub(super) struct Alternative {
    /// Unique in the page.
    pub(super) id: String,
    pub(super) title: String,
    pub(super) text: String,
}

/// The sorted chances as steps, with the equal chance.
pub(super) fn chances(
    sorted: &[f64],
    equal: f64,
    language: Language,
    alternative: &Alternative,
) -> Markup {
    framed(660, alternative, |root| {
        draw_chances(root, sorted, equal, language)
    })
}

/// For each group the span the quota allows and the average chance. About forty lines fit a printed page.
pub(super) fn averages(
    rows: &[&Row<'_>],
    equal: f64,
    language: Language,
    alternative: &Alternative,
) -> Markup {
    let height = 110 + 46 * lines(rows).len() as u32;
    framed(height, alternative, |root| {
        draw_averages(root, rows, equal, language)
    })
}

/// Draws, then replaces the opening tag by one with a text alternative and without fixed size or name space.
fn framed<F>(height: u32, alternative: &Alternative, draw: F) -> Markup
where
    F: FnOnce(&DrawingArea<SVGBackend<'_>, Shift>) -> Drawn<SVGBackend<'static>>,
{
    let mut svg = String::new();
    let drawn = {
        let root = SVGBackend::with_string(&mut svg, (WIDTH, height)).into_drawing_area();
        draw(&root).and_then(|()| root.present())
    };
    // Writing to a string cannot fail; were it to, the data table still stands.
    let body = svg
        .split_once('>')
        .filter(|_| drawn.is_ok())
        .map_or("</svg>", |(_, body)| body);
    let (title, text) = (
        format!("{}-title", alternative.id),
        format!("{}-text", alternative.id),
    );
    let opening = format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"{title} {text}\">"
    );
    html! {
        (PreEscaped(opening))
        title id=(title) { (alternative.title) }
        desc id=(text) { (alternative.text) }
        (PreEscaped(body))
    }
}

fn text(color: RGBColor, size: u32) -> TextStyle<'static> {
    ("sans-serif", size).into_font().color(&color)
}

fn draw_chances<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    sorted: &[f64],
    equal: f64,
    language: Language,
) -> Drawn<DB> {
    let highest = sorted.last().copied().unwrap_or(0.0).max(equal);
    let top = axis_top(highest * 1.04);
    let mut chart: Chart<'_, DB> = ChartBuilder::on(root)
        .margin_top(24)
        .margin_right(40)
        .x_label_area_size(104)
        .y_label_area_size(150)
        .build_cartesian_2d(0.0..100.0, 0.0..top)?;
    chart
        .configure_mesh()
        .light_line_style(RULE.mix(0.0))
        .bold_line_style(RULE)
        .axis_style(MUTED.stroke_width(2))
        .x_labels(11)
        .y_labels(8)
        .x_desc(language.chances_axis_x())
        .y_desc(language.chances_axis_y())
        .label_style(text(INK, FONT))
        .axis_desc_style(text(INK, FONT))
        .x_label_formatter(&|x| format!("{x:.0}"))
        .y_label_formatter(&|y| axis_percent(*y, top, language))
        .draw()?;
    let points = steps(sorted);
    chart.draw_series(AreaSeries::new(points.iter().copied(), 0.0, WASH))?;
    chart.draw_series(LineSeries::new(points, ACCENT.stroke_width(5)))?;
    chart.draw_series(DashedLineSeries::new(
        [(0.0, equal), (100.0, equal)],
        16,
        10,
        EQUAL.stroke_width(4),
    ))?;
    let label = language.equal_label(&language.percent(equal));
    let style = text(EQUAL, FONT + 2).pos(Pos::new(HPos::Left, VPos::Bottom));
    chart
        .plotting_area()
        .draw(&Text::new(label, (1.5, equal + top * 0.012), style))
}

/// Corners of the steps: person i of n takes the span from (i-1)/n to i/n. Equal neighbours share one step.
fn steps(sorted: &[f64]) -> Vec<(f64, f64)> {
    let n = sorted.len() as f64;
    let mut corners = Vec::new();
    let mut start = 0;
    for run in sorted.chunk_by(|a, b| a == b) {
        let end = start + run.len();
        corners.push((100.0 * start as f64 / n, run[0]));
        corners.push((100.0 * end as f64 / n, run[0]));
        start = end;
    }
    corners
}

/// A line of the second plot: a feature's name, or a value.
enum Line<'a> {
    Feature(&'a str),
    Value(&'a Row<'a>),
}

fn lines<'a>(rows: &[&'a Row<'a>]) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for block in rows.chunk_by(|a, b| a.feature == b.feature) {
        lines.push(Line::Feature(block[0].feature));
        lines.extend(block.iter().map(|row| Line::Value(row)));
    }
    lines
}

/// Fewest and most seats divided by the people, at most 1.
pub(super) fn span(row: &Row<'_>) -> Option<(f64, f64)> {
    let people = row.people()? as f64;
    let share = |seats: u32| (f64::from(seats) / people).min(1.0);
    Some((share(row.min), share(row.max)))
}

fn draw_averages<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    rows: &[&Row<'_>],
    equal: f64,
    language: Language,
) -> Drawn<DB> {
    let lines = lines(rows);
    let ends = rows
        .iter()
        .filter_map(|row| span(row))
        .map(|(_, most)| most);
    let top = axis_top(ends.fold(equal, f64::max) * 1.02);
    let count = lines.len() as f64;
    let mut chart: Chart<'_, DB> = ChartBuilder::on(root)
        .margin_top(10)
        .margin_right(40)
        .margin_left(430)
        .x_label_area_size(100)
        .build_cartesian_2d(0.0..top, count..0.0)?;
    chart
        .configure_mesh()
        .disable_y_mesh()
        .disable_y_axis()
        .light_line_style(RULE.mix(0.0))
        .bold_line_style(RULE)
        .axis_style(MUTED.stroke_width(2))
        .x_labels(8)
        .x_desc(language.averages_axis())
        .label_style(text(INK, FONT))
        .axis_desc_style(text(INK, FONT))
        .x_label_formatter(&|x| axis_percent(*x, top, language))
        .draw()?;
    let equal_line = [(equal, 0.0), (equal, count)];
    for (at, line) in lines.iter().enumerate() {
        let middle = at as f64 + 0.5;
        draw_label(root, &chart, line, middle)?;
        if let Line::Value(row) = line {
            draw_range(&chart, row, middle)?;
        }
    }
    chart.draw_series(DashedLineSeries::new(
        equal_line,
        16,
        10,
        EQUAL.stroke_width(4),
    ))?;
    for (at, line) in lines.iter().enumerate() {
        if let Line::Value(Row {
            average: Some(average),
            ..
        }) = line
        {
            let dot = (*average, at as f64 + 0.5);
            chart.draw_series([
                Circle::new(dot, 13, RGBColor(255, 255, 255).filled()),
                Circle::new(dot, 10, ACCENT.filled()),
            ])?;
        }
    }
    Ok(())
}

fn draw_label<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    chart: &Chart<'_, DB>,
    line: &Line<'_>,
    middle: f64,
) -> Drawn<DB> {
    let (_, y) = chart.backend_coord(&(0.0, middle));
    let (label, font, x, anchor) = match line {
        Line::Feature(name) => (
            name,
            ("sans-serif", FONT)
                .into_font()
                .style(plotters::style::FontStyle::Bold),
            12,
            HPos::Left,
        ),
        Line::Value(row) => (
            &row.value,
            ("sans-serif", FONT).into_font(),
            410,
            HPos::Right,
        ),
    };
    let style = font.color(&INK).pos(Pos::new(anchor, VPos::Center));
    root.draw(&Text::new(shortened(label), (x, y), style))
}

/// Long names are cut: the data table has them whole.
fn shortened(name: &str) -> String {
    const MOST: usize = 25;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    name.chars().take(MOST - 1).chain(['…']).collect()
}

fn draw_range<DB: DrawingBackend>(chart: &Chart<'_, DB>, row: &Row<'_>, middle: f64) -> Drawn<DB> {
    let Some((fewest, most)) = span(row) else {
        return Ok(());
    };
    let area = chart.plotting_area();
    area.draw(&Rectangle::new(
        [(fewest, middle - 0.22), (most, middle + 0.22)],
        BAR.filled(),
    ))?;
    // A quota without slack has no width: its ends are always marked.
    for end in [fewest, most] {
        area.draw(&PathElement::new(
            [(end, middle - 0.3), (end, middle + 0.3)],
            ACCENT.stroke_width(4),
        ))?;
    }
    Ok(())
}

/// The next of 1, 2, 2.5, 5 times a power of ten that leaves at most eight steps below it; chances end at 1.
fn axis_top(highest: f64) -> f64 {
    let mut step = 0.000_001;
    loop {
        for factor in [1.0, 2.0, 2.5, 5.0] {
            let top = (highest / (step * factor)).ceil() * step * factor;
            if top <= step * factor * 8.5 {
                return top.clamp(step, 1.0);
            }
        }
        step *= 10.0;
    }
}

/// A chance at an axis, with only as many decimals as the axis needs.
fn axis_percent(share: f64, top: f64, language: Language) -> String {
    let decimals = match top {
        t if t > 0.09 => 0,
        t if t > 0.009 => 1,
        t if t > 0.0009 => 2,
        _ => 4,
    };
    language.percent_with(share, decimals)
}
