//! The arithmetic of one feature, step by step.

use std::fmt;

use serde::Serialize;

use super::{Done, Method, TIE_RULE, Values};
use crate::quota::FeatureShares;

/// An exact number of seats: `whole + remainder / total`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Exact {
    /// The whole part.
    pub whole: u32,
    /// Above the line, below `total`.
    pub remainder: u64,
    /// Below the line.
    pub total: u64,
}

impl Exact {
    /// `numerator / total`; callers keep the quotient within 32 bits.
    pub(super) fn new(numerator: u128, total: u64) -> Self {
        Self {
            whole: (numerator / u128::from(total)) as u32,
            remainder: (numerator % u128::from(total)) as u64,
            total,
        }
    }

    /// The fraction, not in lowest terms: `9 + 432/1000`.
    #[must_use]
    pub fn fraction(&self) -> String {
        match self.remainder {
            0 => self.whole.to_string(),
            rest => format!("{} + {rest}/{}", self.whole, self.total),
        }
    }
}

/// As a decimal: `9.432`, with `…` where more than six digits follow the point.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scaled = u128::from(self.remainder) * 1_000_000;
        let total = u128::from(self.total);
        let digits = u128::from(self.whole) * 1_000_000 + scaled / total;
        if scaled % total == 0 {
            return f.write_str(&crate::quota::shares::figure::decimal(digits, 6));
        }
        write!(f, "{}.{:06}…", self.whole, digits % 1_000_000)
    }
}

/// One value: from its figure to its seats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Line {
    /// The value.
    pub value: String,
    /// The figure as it stood in the source.
    pub figure: String,
    /// The figure as a whole number.
    pub weight: u64,
    /// The exact share of the seats: `size × weight / total`.
    pub share: Exact,
    /// The same after values with a protected minimum above their share took theirs.
    pub adjusted: Exact,
    /// Whether this value has its minimum in place of its share.
    pub held: bool,
    /// The protected minimum; 0 without one.
    pub protected: u32,
    /// Fewest seats.
    pub min: u32,
    /// Most seats.
    pub max: u32,
}

/// A seat given by a divisor method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Award {
    /// Index of the value's line.
    pub line: usize,
    /// Its weight.
    pub weight: u64,
    /// What the weight was divided by; 0 comes before every other.
    pub divisor: u64,
}

/// Equal claims to the last seats, of which only some could be met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Tie {
    /// Lines that got a seat.
    pub given: Vec<usize>,
    /// Lines that had as good a claim and got none.
    pub refused: Vec<usize>,
}

/// The seats of one feature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FeatureSeats {
    /// The feature.
    pub feature: String,
    /// The sum of all weights.
    pub total: u64,
    /// One line per value, in source order.
    pub lines: Vec<Line>,
    /// Seats in the order in which a divisor method gave them, after protected minimums; empty for other methods.
    pub awards: Vec<Award>,
    /// Ties that [`TIE_RULE`] broke; at most one.
    pub ties: Vec<Tie>,
}

pub(super) fn collected(shares: &FeatureShares, values: &Values<'_>, done: Done) -> FeatureSeats {
    let share = values.exact(&vec![false; values.weights.len()]);
    let adjusted = values.exact(&done.held);
    let line = |(at, value): (usize, &crate::quota::Share)| Line {
        value: value.value.clone(),
        figure: value.figure.clone(),
        weight: value.weight,
        share: share[at],
        adjusted: adjusted[at],
        held: done.held[at],
        protected: values.protected[at],
        min: done.ranges[at].0,
        max: done.ranges[at].1,
    };
    FeatureSeats {
        feature: shares.feature.clone(),
        total: shares.total,
        lines: shares.values.iter().enumerate().map(line).collect(),
        awards: done.awards,
        ties: done.ties,
    }
}

impl FeatureSeats {
    /// In words, how line `at` came to its seats: `18.396 rounded down is 18; its remainder gets one more`. `None` when there is no such line.
    #[must_use]
    pub fn explained(&self, at: usize, method: Method) -> Option<String> {
        let line = self.lines.get(at)?;
        let mut text = if line.held {
            format!("protected minimum {} is above the share", line.protected)
        } else {
            match method {
                Method::Hamilton if line.min > line.adjusted.whole => {
                    format!(
                        "{} rounded down, and one seat more for the remainder",
                        line.adjusted
                    )
                }
                Method::Hamilton => format!("{} rounded down", line.adjusted),
                Method::SainteLague | Method::Adams => self.quotients(at, method),
                Method::Range => format!("{} rounded down and up", line.adjusted),
                Method::Tolerance(tolerance) => {
                    format!(
                        "{} less {tolerance} rounded down, plus {tolerance} rounded up",
                        line.adjusted
                    )
                }
            }
        };
        if !line.held && line.adjusted != line.share {
            text += "; protected minimums were set aside first";
        } else if !line.held && line.min == line.protected && line.protected > 0 {
            text += &format!("; protected minimum {}", line.protected);
        }
        for tie in &self.ties {
            let named = |lines: &[usize]| {
                lines
                    .iter()
                    .map(|&l| self.lines[l].value.clone())
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            if tie.given.contains(&at) {
                text += &format!(
                    "; tie with {} for the last seat, won by the rule: {TIE_RULE}",
                    named(&tie.refused)
                );
            } else if tie.refused.contains(&at) {
                text += &format!(
                    "; tie with {} for the last seat, lost by the rule: {TIE_RULE}",
                    named(&tie.given)
                );
            }
        }
        Some(text)
    }

    /// The quotients of the last seat given and of the next: no next one is above any last one.
    fn quotients(&self, at: usize, method: Method) -> String {
        let line = &self.lines[at];
        let mine = |award: &&Award| award.line == at;
        let got = self.awards.iter().filter(mine).count();
        let start = match line.protected {
            0 => String::new(),
            seats => format!("starts with {seats}, "),
        };
        let quotient = |weight: u64, divisor: u64| match divisor {
            0 => format!("{weight}/0, before all others"),
            divisor => format!("{weight}/{divisor}"),
        };
        let last = match self.awards.iter().rev().find(mine) {
            None => format!("{start}none by quotient"),
            Some(award) => {
                format!(
                    "{start}{got} by quotient, the last at {}",
                    quotient(award.weight, award.divisor)
                )
            }
        };
        let next = match method {
            Method::Adams => u64::from(line.min),
            _ => 2 * u64::from(line.min) + 1,
        };
        format!(
            "{last}; one more would be at {}",
            quotient(line.weight, next)
        )
    }
}
