//! The comparison as a CSV file and as a table on the terminal.

use kleroterion::{ErrorKind, Ratio, Result};

use crate::arguments::Task;
use crate::comparison::{Comparison, Row};
use crate::figures::{Figures, OBJECTIVES};
use crate::texts::Lang;

const COLUMNS: [&str; 30] = [
    "rule",
    "min",
    "max",
    "gini",
    "geometric_mean",
    "geometric_mean_floored",
    "zero_chance",
    "excluded",
    "below_leximin_min",
    "of_optimum_min",
    "of_optimum_max",
    "of_optimum_geometric_mean",
    "of_optimum_sum_of_squares",
    "of_optimum_goldilocks",
    "proven_gap",
    "compositions",
    "effective_compositions",
    "entropy_of_compositions",
    "panels_counted",
    "draws",
    "attempts",
    "min_upper_bound_99",
    "intersection_mse_population",
    "intersection_mse_pool",
    "intersection_mse_quota_product",
    "manipulation_gain",
    "profiles_tried",
    "profiles",
    "seconds",
    "error",
];

/// `comparison.csv`: one row per rule; what is not known is empty, and `error` says why.
pub(crate) fn csv(comparison: &Comparison) -> Result<Vec<u8>> {
    let failed = |message: String| ErrorKind::Format {
        file: "comparison.csv".to_owned(),
        message,
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(COLUMNS)
        .map_err(|e| failed(e.to_string()))?;
    for row in &comparison.rows {
        let mut cells = vec![row.name.clone()];
        match row.figures() {
            Some(figures) => cells.extend(figure_cells(comparison, figures)),
            None => cells.resize(COLUMNS.len() - 5, String::new()),
        }
        cells.extend(last_cells(row));
        writer
            .write_record(cells)
            .map_err(|e| failed(e.to_string()))?;
    }
    Ok(writer.into_inner().map_err(|e| failed(e.to_string()))?)
}

fn optional<T>(value: Option<T>, text: impl FnOnce(T) -> String) -> String {
    value.map_or_else(String::new, text)
}

fn number(value: f64) -> String {
    format!("{value:.9}")
}

fn figure_cells(comparison: &Comparison, figures: &Figures) -> Vec<String> {
    let mut cells = vec![
        number(figures.lowest()),
        number(figures.highest()),
        number(figures.gini),
        number(figures.geometric),
        number(figures.geometric_floored),
        figures.zero.to_string(),
        comparison.excluded().to_string(),
        optional(figures.below_leximin, |share| number(share.to_f64())),
    ];
    cells.extend((0..OBJECTIVES.len()).map(|o| optional(comparison.reached(o, figures), number)));
    let report = &figures.intersections;
    cells.extend([
        optional(figures.gap, |gap| {
            format!("{:.12}", Ratio::new(gap, 1_000_000_000_000).to_f64())
        }),
        optional(figures.lottery, |lottery| lottery.compositions.to_string()),
        optional(figures.lottery, |lottery| number(lottery.effective)),
        optional(figures.lottery, |lottery| number(lottery.entropy)),
        figures.counted.clone().unwrap_or_default(),
        optional(figures.sample, |sample| sample.draws.to_string()),
        optional(figures.sample, |sample| sample.attempts.to_string()),
        optional(figures.lowest_bound, number),
        optional(report.error_population, |error| format!("{error:.6e}")),
        format!("{:.6e}", report.error_pool),
        format!("{:.6e}", report.error_product),
    ]);
    cells
}

fn last_cells(row: &Row) -> [String; 5] {
    let gain = row.gain.as_ref().and_then(|gain| gain.as_ref().ok());
    let no_gain = row.gain.as_ref().and_then(|gain| gain.as_ref().err());
    [
        optional(row.largest_gain(), number),
        optional(gain, |gain| gain.tried.to_string()),
        optional(gain, |gain| gain.profiles.to_string()),
        format!("{:.3}", row.seconds),
        optional(row.result.as_ref().err().or(no_gain), |error| {
            error.replace('\n', "; ")
        }),
    ]
}

/// What the terminal shows.
pub(crate) fn console(comparison: &Comparison, task: &Task) -> String {
    let lang = task.lang;
    let mut lines = Vec::new();
    if task.is_bundled {
        lines.push(lang.bundled());
    }
    let (people, seats) = (comparison.instance.len(), comparison.instance.size());
    let equal = lang.percent(Ratio::new(seats.into(), people as u64).to_f64());
    lines.push(lang.pool(&people, &seats, &equal));
    if comparison.excluded() > 0 {
        lines.push(lang.excluded(&comparison.excluded()));
    }
    lines.push(String::new());
    lines.extend(table(comparison, lang));
    lines.push(String::new());
    for row in &comparison.rows {
        let no_gain = row.gain.as_ref().and_then(|gain| gain.as_ref().err());
        if let Err(error) = &row.result {
            lines.push(lang.failed(&row.name, error));
        } else if let Some(error) = no_gain {
            lines.push(lang.gain_failed(&row.name, error));
        }
    }
    lines.extend(comparison.rows.iter().flat_map(|row| caveats(row, lang)));
    lines.extend([lang.explain_below(), lang.explain_gain(), String::new()]);
    lines.push(lang.written(&task.out.display()));
    lines.join("\n") + "\n"
}

/// What a reader must know before comparing the row with others; nothing for most.
pub(crate) fn caveats(row: &Row, lang: Lang) -> Vec<String> {
    let Some(figures) = row.figures() else {
        return vec![];
    };
    let sampled = figures.sample.map(|sample| {
        let bound = figures.lowest_bound.map(|bound| lang.percent(bound));
        lang.sampled(&row.name, sample) + &bound.map_or_else(String::new, |b| lang.bound(&b))
    });
    let ignores = row.ignores_quotas.then(|| lang.ignores(&row.name));
    sampled.into_iter().chain(ignores).collect()
}

/// The columns that fit a terminal.
fn table(comparison: &Comparison, lang: Lang) -> Vec<String> {
    let mut rows = vec![
        [
            lang.rule(),
            lang.lowest(),
            lang.highest(),
            "Gini".to_owned(),
            lang.geometric(),
            lang.zero(),
            lang.below(),
            lang.gain(),
            lang.seconds(),
        ]
        .to_vec(),
    ];
    for row in &comparison.rows {
        let mut cells = vec![row.name.clone()];
        match row.figures() {
            Some(figures) => cells.extend([
                lang.percent(figures.lowest()),
                lang.percent(figures.highest()),
                lang.decimal(figures.gini, 3),
                lang.percent(figures.geometric),
                figures.zero.to_string(),
                dash(figures.below_leximin, |share| lang.percent(share.to_f64())),
            ]),
            None => cells.resize(7, "–".to_owned()),
        }
        cells.push(dash(row.largest_gain(), |gain| lang.points(gain)));
        cells.push(lang.decimal(row.seconds, 2));
        rows.push(cells);
    }
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate();
        let padded = cells.map(|(column, (cell, &width))| match column {
            0 => format!("{cell:width$}"),
            _ => format!("{cell:>width$}"),
        });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

/// The text, or a dash for what is not known.
pub(crate) fn dash<T>(value: Option<T>, text: impl FnOnce(T) -> String) -> String {
    value.map_or_else(|| "–".to_owned(), text)
}
