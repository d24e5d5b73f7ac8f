//! The text of many problems at once.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Problem;

/// So many rows with the very same problem get a line each.
const LINES: usize = 10;
/// So many row ranges are named in the line for all further rows.
const RANGES: usize = 30;

type Kind<'a> = (
    &'a str,
    &'a Option<String>,
    &'a Option<String>,
    &'a str,
    &'a str,
);

fn kind(p: &Problem) -> Kind<'_> {
    (&p.code, &p.file, &p.column, &p.found, &p.expected)
}

/// One line per problem. A problem that the same cell text causes in very many rows is listed ten times, then its
/// further rows follow in one line.
pub(super) fn list(problems: &[Problem]) -> String {
    let mut seen: BTreeMap<Kind<'_>, Vec<u64>> = BTreeMap::new();
    for problem in problems {
        seen.entry(kind(problem)).or_default().extend(problem.row);
    }
    let mut printed: BTreeMap<Kind<'_>, usize> = BTreeMap::new();
    let mut lines = Vec::new();
    for problem in problems {
        let rows = &seen[&kind(problem)];
        let count = printed.entry(kind(problem)).or_default();
        *count += 1;
        if *count <= LINES || rows.is_empty() {
            lines.push(problem.to_string());
        } else if *count == LINES + 1 {
            lines.push(further(problem, &rows[LINES..]));
        }
    }
    lines.join("\n")
}

fn further(problem: &Problem, rows: &[u64]) -> String {
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    for &row in rows {
        match ranges.last_mut() {
            Some((_, last)) if row == *last + 1 => *last = row,
            _ => ranges.push((row, row)),
        }
    }
    let mut text = format!(
        "{}",
        Problem {
            row: None,
            ..problem.clone()
        }
    );
    let plural = if rows.len() == 1 { "" } else { "s" };
    let _ = write!(text, " (the same in {} more row{plural}:", rows.len());
    for (i, (first, last)) in ranges.iter().take(RANGES).enumerate() {
        let comma = if i == 0 { "" } else { "," };
        let _ = if first == last {
            write!(text, "{comma} {first}")
        } else {
            write!(text, "{comma} {first}-{last}")
        };
    }
    text.push_str(if ranges.len() > RANGES { ", …)" } else { ")" });
    text
}
