//! The plots, as SVG that stands inside the page. Coordinates are whole numbers, so they are drawn at twice their size.

use maud::{Markup, PreEscaped, html};
use plotters::coord::Shift;
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::prelude::{
    DrawingArea, DrawingAreaErrorKind, DrawingBackend, IntoDrawingArea, SVGBackend,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont, RGBColor, TextStyle};

use crate::texts::Lang;

// The colours of the report's style sheet.
const INK: RGBColor = RGBColor(0x1b, 0x26, 0x31);
const MUTED: RGBColor = RGBColor(0x52, 0x5f, 0x6b);
const RULE: RGBColor = RGBColor(0xd5, 0xdc, 0xe2);
const ACCENT: RGBColor = RGBColor(0x1d, 0x4f, 0x7c);
const WASH: RGBColor = RGBColor(0xdd, 0xe8, 0xf1);
const BAR: RGBColor = RGBColor(0x6f, 0x93, 0xb3);
const GREY: RGBColor = RGBColor(0x8b, 0x96, 0xa0);
const EQUAL: RGBColor = RGBColor(0xa3, 0x38, 0x1c);

const WIDTH: i32 = 1440;
const FONT: i32 = 28;
/// Width of the names at the left of a bar.
const NAMES: i32 = 330;

type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;
type Area<DB> = DrawingArea<DB, Shift>;

/// A plot's name, and what it says to those who do not see it.
pub(crate) struct Alternative {
    pub(crate) id: &'static str,
    pub(crate) title: String,
    pub(crate) text: String,
}

/// One rule's sorted chances.
pub(crate) struct Curve<'a> {
    pub(crate) title: String,
    pub(crate) sorted: &'a [f64],
}

/// Draws, then replaces the opening tag by one with a text alternative and without fixed size or name space.
fn framed<F>(height: i32, alternative: &Alternative, draw: F) -> Markup
where
    F: FnOnce(&Area<SVGBackend<'_>>) -> Drawn<SVGBackend<'static>>,
{
    let mut svg = String::new();
    let drawn = {
        let root =
            SVGBackend::with_string(&mut svg, (WIDTH as u32, height as u32)).into_drawing_area();
        draw(&root).and_then(|()| root.present())
    };
    // Writing to a string cannot fail; were it to, the table still stands.
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

fn style(color: RGBColor, (h, v): (HPos, VPos)) -> TextStyle<'static> {
    ("sans-serif", FONT)
        .into_font()
        .color(&color)
        .pos(Pos::new(h, v))
}

/// A logarithmic scale that ends at 1 and begins at a power of ten.
#[derive(Clone, Copy)]
pub(crate) struct Scale {
    floor: f64,
}

impl Scale {
    /// Begins below the lowest of the chances above 0, but not below 10^-4.
    pub(crate) fn new(chances: impl Iterator<Item = f64>) -> Self {
        let lowest = chances.filter(|p| *p > 0.0).fold(1.0, f64::min);
        let floors = [0.1, 0.01, 0.001];
        let floor = floors
            .into_iter()
            .find(|floor| *floor < lowest)
            .unwrap_or(1e-4);
        Self { floor }
    }

    /// Where a chance stands: 0 at the bottom, 1 at the top.
    fn height(self, chance: f64) -> f64 {
        1.0 - chance.clamp(self.floor, 1.0).log10() / self.floor.log10()
    }

    /// Lines of the scale with their labels: powers of ten, and 2 and 5 times them where there is room.
    fn ticks(self, lang: Lang) -> Vec<(f64, String)> {
        let factors: &[f64] = if self.floor < 0.005 {
            &[1.0]
        } else {
            &[1.0, 2.0, 5.0]
        };
        let label = |chance: f64| {
            let decimals = [(0.009, 0), (0.0009, 1)]
                .iter()
                .find(|(from, _)| chance > *from);
            format!(
                "{} %",
                lang.decimal(chance * 100.0, decimals.map_or(2, |d| d.1))
            )
        };
        [1e-4, 1e-3, 1e-2, 1e-1, 1.0]
            .into_iter()
            .flat_map(|power| factors.iter().map(move |factor| power * factor))
            .filter(|&chance| chance > self.floor * 0.99 && chance < 1.01)
            .map(|chance| (chance, label(chance)))
            .collect()
    }
}

/// Two small plots per line: everybody's chance in ascending order, with the reference behind it.
pub(crate) fn curves(
    curves: &[Curve<'_>],
    (equal, reference, scale): (f64, Option<&[f64]>, Scale),
    lang: Lang,
    alternative: &Alternative,
) -> Markup {
    const HEIGHT: i32 = 400;
    let lines = curves.len().div_ceil(2) as i32;
    framed(lines * HEIGHT, alternative, |root| {
        for (at, curve) in (0i32..).zip(curves) {
            let corner = (at % 2 * (WIDTH / 2), at / 2 * HEIGHT);
            small_plot(root, corner, (curve, equal, reference, scale), lang)?;
        }
        Ok(())
    })
}

fn small_plot<DB: DrawingBackend>(
    root: &Area<DB>,
    (left, top): (i32, i32),
    (curve, equal, reference, scale): (&Curve<'_>, f64, Option<&[f64]>, Scale),
    lang: Lang,
) -> Drawn<DB> {
    let (x0, x1, y0, y1) = (left + 120, left + 690, top + 60, top + 360);
    let y = |chance: f64| y1 - (scale.height(chance) * f64::from(y1 - y0)).round() as i32;
    let title = ("sans-serif", FONT + 2)
        .into_font()
        .style(FontStyle::Bold)
        .color(&INK);
    root.draw(&Text::new(curve.title.clone(), (x0, top + 14), title))?;
    let corners = steps(curve.sorted, (x0, x1), &y);
    let mut filled = corners.clone();
    filled.extend([(x1, y1), (x0, y1)]);
    root.draw(&Polygon::new(filled, WASH))?;
    for (chance, label) in scale.ticks(lang) {
        root.draw(&PathElement::new(
            [(x0, y(chance)), (x1, y(chance))],
            RULE.stroke_width(2),
        ))?;
        root.draw(&Text::new(
            label,
            (x0 - 14, y(chance)),
            style(MUTED, (HPos::Right, VPos::Center)),
        ))?;
    }
    if let Some(reference) = reference {
        root.draw(&PathElement::new(
            steps(reference, (x0, x1), &y),
            GREY.stroke_width(4),
        ))?;
    }
    root.draw(&PathElement::new(corners, ACCENT.stroke_width(5)))?;
    dashed(root, (x0, y(equal)), (x1, y(equal)))
}

/// Corners of the steps: person i of n takes the span from (i-1)/n to i/n. Equal neighbours share one step.
fn steps(sorted: &[f64], (x0, x1): (i32, i32), y: &dyn Fn(f64) -> i32) -> Vec<(i32, i32)> {
    let x =
        |rank: usize| x0 + (f64::from(x1 - x0) * rank as f64 / sorted.len() as f64).round() as i32;
    let (mut corners, mut start) = (Vec::new(), 0);
    for run in sorted.chunk_by(|a, b| a == b) {
        corners.extend([(x(start), y(run[0])), (x(start + run.len()), y(run[0]))]);
        start += run.len();
    }
    corners
}

/// A level or upright dashed line.
fn dashed<DB: DrawingBackend>(root: &Area<DB>, from: (i32, i32), to: (i32, i32)) -> Drawn<DB> {
    let upright = from.0 == to.0;
    let length = if upright {
        to.1 - from.1
    } else {
        to.0 - from.0
    };
    for start in (0..length).step_by(26) {
        let end = (start + 16).min(length);
        let point = |by: i32| {
            if upright {
                (from.0, from.1 + by)
            } else {
                (from.0 + by, from.1)
            }
        };
        root.draw(&PathElement::new(
            [point(start), point(end)],
            EQUAL.stroke_width(3),
        ))?;
    }
    Ok(())
}

/// A rule's name, lowest chance, geometric mean and highest chance.
pub(crate) type Span = (String, [f64; 3]);

/// One bar per rule from its lowest to its highest chance.
pub(crate) fn spans(
    spans: &[Span],
    (equal, scale): (f64, Scale),
    lang: Lang,
    alternative: &Alternative,
) -> Markup {
    const LINE: i32 = 56;
    let bottom = LINE * spans.len() as i32 + 10;
    let (x0, x1) = (NAMES + 20, WIDTH - 60);
    let x = |chance: f64| x0 + (scale.height(chance) * f64::from(x1 - x0)).round() as i32;
    framed(bottom + 60, alternative, |root| {
        for (chance, label) in scale.ticks(lang) {
            root.draw(&PathElement::new(
                [(x(chance), 0), (x(chance), bottom)],
                RULE.stroke_width(2),
            ))?;
            root.draw(&Text::new(
                label,
                (x(chance), bottom + 12),
                style(MUTED, (HPos::Center, VPos::Top)),
            ))?;
        }
        for (at, (name, [lowest, mean, highest])) in (0i32..).zip(spans) {
            let y = at * LINE + LINE / 2;
            root.draw(&Text::new(
                name.clone(),
                (NAMES, y),
                style(INK, (HPos::Right, VPos::Center)),
            ))?;
            root.draw(&Rectangle::new(
                [
                    (x(*lowest), y - 12),
                    (x(*highest).max(x(*lowest) + 4), y + 12),
                ],
                BAR.filled(),
            ))?;
            root.draw(&Circle::new(
                (x(*mean), y),
                14,
                RGBColor(255, 255, 255).filled(),
            ))?;
            root.draw(&Circle::new((x(*mean), y), 11, ACCENT.filled()))?;
        }
        dashed(root, (x(equal), 0), (x(equal), bottom))
    })
}

/// One bar per rule, with its label; values must not be negative.
pub(crate) fn bars(rows: &[(String, f64, String)], alternative: &Alternative) -> Markup {
    const LINE: i32 = 50;
    let longest = rows.iter().map(|row| row.1).fold(0.0, f64::max);
    let room = f64::from(WIDTH - NAMES - 220);
    framed(LINE * rows.len() as i32, alternative, |root| {
        for (at, (name, value, label)) in (0i32..).zip(rows) {
            let y = at * LINE + LINE / 2;
            let length = if longest > 0.0 {
                (room * value.max(0.0) / longest).round() as i32
            } else {
                0
            };
            let end = NAMES + 20 + length;
            root.draw(&Text::new(
                name.clone(),
                (NAMES, y),
                style(INK, (HPos::Right, VPos::Center)),
            ))?;
            root.draw(&Rectangle::new(
                [(NAMES + 20, y - 14), (end.max(NAMES + 23), y + 14)],
                BAR.filled(),
            ))?;
            root.draw(&Text::new(
                label.clone(),
                (end + 16, y),
                style(INK, (HPos::Left, VPos::Center)),
            ))?;
        }
        Ok(())
    })
}
