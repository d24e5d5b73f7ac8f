//! What population figures must be: named, none twice, of one kind, adding up.

use std::collections::BTreeMap;

use super::figure::{Figure, decimal};
use super::{FeatureShares, Kind, Share, Shares};
use crate::error::{ErrorKind, Problem, Result};
use crate::pool::key;

/// Most people of a feature: products with seats and tolerances then fit 128 bits.
const MOST: u128 = 1_000_000_000_000_000;
/// Whole numbers under the heading `share` that add up to more than this are people.
const SURELY_PEOPLE: u128 = 200;

/// What the header of the column says about the figures below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heading {
    /// Fractions, percentages or counts.
    Share,
    /// Percentages, with or without `%`.
    #[cfg_attr(not(feature = "csv"), allow(dead_code))]
    Percentage,
    /// People.
    Count,
}

/// One row as it was given, names cleaned. `figure` is `None` for a cell that could not be read, which was told.
#[derive(Debug, Clone)]
pub(crate) struct ShareRow {
    pub(crate) row: Option<u64>,
    pub(crate) feature: String,
    pub(crate) value: String,
    pub(crate) cell: String,
    pub(crate) figure: Option<Figure>,
}

/// What could be made of the rows, and everything that is wrong with them.
pub(crate) struct SharesDraft {
    shares: Shares,
    problems: Vec<Problem>,
    /// True when a row of an unknown feature was left out.
    gaps: bool,
}

impl SharesDraft {
    pub(crate) fn new(file: Option<&str>, heading: Heading, rows: Vec<ShareRow>) -> Self {
        let shares = Shares {
            features: vec![],
            file: file.map(str::to_owned),
            warnings: vec![],
        };
        let mut draft = Self {
            shares,
            problems: vec![],
            gaps: false,
        };
        if rows.is_empty() && file.is_none() {
            draft.wrong(
                "E-SHARE-NONE",
                None,
                "no figures".to_owned(),
                "at least one",
            );
        }
        for (feature, rows) in draft.by_feature(rows) {
            if let Some(done) = draft.feature(feature, heading, rows) {
                draft.shares.features.push(done);
            }
        }
        draft
    }

    /// The figures, or all their problems and those of reading.
    pub(crate) fn sound(mut self, mut reading: Vec<Problem>) -> Result<Shares> {
        // A feature of which a row could not be read at all need not add up.
        let gaps = self.gaps || reading.iter().any(|p| p.code != "E-SHARE-NUMBER");
        self.problems.retain(|p| !(gaps && p.code == "E-SHARE-SUM"));
        reading.append(&mut self.problems);
        if reading.is_empty() {
            return Ok(self.shares);
        }
        // Problems of a whole feature have no row and come last.
        reading.sort_by_key(|p| p.row.unwrap_or(u64::MAX));
        Err(ErrorKind::Input(reading).into())
    }

    /// The same with warnings of reading.
    #[cfg_attr(not(feature = "csv"), allow(dead_code))]
    pub(crate) fn warned(mut self, warnings: Vec<Problem>) -> Self {
        self.shares.warnings = warnings;
        self
    }

    fn wrong(&mut self, code: &str, row: Option<u64>, found: String, expected: &str) {
        let problem = Problem::new(code, found, expected);
        self.problems
            .push(problem.at(self.shares.file.as_deref(), row, None));
    }

    /// Named rows by feature, in order of appearance, each value once.
    fn by_feature(&mut self, rows: Vec<ShareRow>) -> Vec<(String, Vec<ShareRow>)> {
        let mut features: Vec<(String, Vec<ShareRow>)> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut first: BTreeMap<(String, String), Option<u64>> = BTreeMap::new();
        for mut row in rows {
            if row.feature.is_empty() || row.value.is_empty() {
                let expected = "a feature and a value in every row";
                self.wrong("E-SHARE-EMPTY", row.row, unnamed(&row), expected);
                row.figure = None;
            }
            if row.feature.is_empty() {
                self.gaps = true;
                continue;
            }
            let name = (key::fold(&row.feature), key::fold(&row.value));
            if let Some(earlier) = first.get(&name).filter(|_| !row.value.is_empty()) {
                let earlier = earlier.map_or(String::new(), |row| format!(" (first in row {row})"));
                let found = format!("{:?} = {:?} again{earlier}", row.feature, row.value);
                self.wrong("E-SHARE-TWICE", row.row, found, "one figure per value");
                continue;
            }
            first.insert(name.clone(), row.row);
            let place = *places.entry(name.0).or_insert_with(|| {
                features.push((row.feature.clone(), vec![]));
                features.len() - 1
            });
            features[place].1.push(row);
        }
        features
    }

    /// The figures of a feature in one unit; `None` when they have a problem.
    fn feature(
        &mut self,
        feature: String,
        heading: Heading,
        rows: Vec<ShareRow>,
    ) -> Option<FeatureShares> {
        let mut figures = Vec::with_capacity(rows.len());
        for row in &rows {
            figures.push(row.figure?);
        }
        let signed = figures.first()?.percent;
        if let Some(odd) = figures.iter().position(|f| f.percent != signed)
            && heading == Heading::Share
        {
            let with = if signed { "without" } else { "with" };
            let found = format!("{:?}, a figure {with} %", rows[odd].cell);
            let expected = format!("% behind every figure of {feature:?}, or behind none");
            self.wrong("E-SHARE-MIXED", rows[odd].row, found, &expected);
            return None;
        }
        let kind = kind(heading, &figures);
        let decimals = figures.iter().map(|f| f.decimals).max()?;
        let scaled = |f: &Figure| u128::from(f.digits) * 10_u128.pow(decimals - f.decimals);
        let sum: u128 = figures.iter().map(scaled).sum();
        if let Some((found, expected)) = wrong_sum(kind, &figures, (sum, decimals)) {
            let found = format!(
                "{found} of {feature:?} that add up to {}",
                decimal(sum, decimals)
            );
            self.wrong("E-SHARE-SUM", None, found, &expected);
            return None;
        }
        let unit = if kind == Kind::Count {
            10_u128.pow(decimals)
        } else {
            1
        };
        let share = |(row, figure): (ShareRow, &Figure)| Share {
            value: row.value,
            figure: row.cell,
            weight: (scaled(figure) / unit) as u64,
            row: row.row,
        };
        Some(FeatureShares {
            feature,
            kind,
            total: (sum / unit) as u64,
            values: rows.into_iter().zip(&figures).map(share).collect(),
        })
    }
}

/// How figures without or with `%` are meant. Under the heading `share`: with `%` percentages; else fractions when none is above 1, people
/// when all are whole and add up to more than 200, percentages otherwise.
fn kind(heading: Heading, figures: &[Figure]) -> Kind {
    let one = |f: &Figure| u128::from(f.digits) <= 10_u128.pow(f.decimals);
    let sum: u128 = figures.iter().map(|f| u128::from(f.digits)).sum();
    match heading {
        Heading::Count => Kind::Count,
        Heading::Percentage => Kind::Percentage,
        Heading::Share if figures.iter().any(|f| f.percent) => Kind::Percentage,
        Heading::Share if figures.iter().all(one) => Kind::Fraction,
        Heading::Share if sum > SURELY_PEOPLE && figures.iter().all(|f| f.decimals == 0) => {
            Kind::Count
        }
        Heading::Share => Kind::Percentage,
    }
}

/// What does not add up, and to what it should.
fn wrong_sum(
    kind: Kind,
    figures: &[Figure],
    (sum, decimals): (u128, u32),
) -> Option<(&'static str, String)> {
    let power = 10_u128.pow(decimals);
    // Slack in tenths of the last digit: 0.01 of the whole.
    let (name, whole, slack) = match kind {
        Kind::Count if (power..=MOST * power).contains(&sum) => return None,
        Kind::Count => return Some(("counts", "1 to 1000000000000000 people".to_owned())),
        Kind::Fraction => ("fractions", 1, power / 10),
        Kind::Percentage => ("percentages", 100, 10 * power),
    };
    // Half a unit of every figure's own last digit.
    let rounding: u128 = figures
        .iter()
        .map(|f| 5 * 10_u128.pow(decimals - f.decimals))
        .sum();
    let most = rounding.min(slack);
    if 10 * sum.abs_diff(whole * power) <= most {
        return None;
    }
    let allowed = decimal(most, decimals + 1);
    let mut expected = format!("{whole}, or as near as rounding explains ({allowed})");
    if kind == Kind::Percentage {
        expected += "; people stand in a column \"count\"";
    }
    Some((name, expected))
}

fn unnamed(row: &ShareRow) -> String {
    match (row.feature.is_empty(), row.value.is_empty()) {
        (true, true) => "neither feature nor value".to_owned(),
        (true, false) => format!("the value {:?} without a feature", row.value),
        _ => format!("an empty value of {:?}", row.feature),
    }
}
