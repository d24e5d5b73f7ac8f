//! What the certificate of a rule has to hold.

use super::objective;
use super::report::Held;
use crate::certificate::{Certificate, Measure};
use crate::instance::Instance;
use crate::lottery::Check;
use crate::natural::Natural;
use crate::quota::Quota;

/// Rules whose certificates have the same parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Every level.
    Leximin,
    /// The first level.
    Maximin,
    /// A number, and every level among the lotteries with a highest chance like this one's.
    Framed,
    /// A number.
    Number,
    /// What is known of all panels.
    Uniform,
    /// The same, and every level: the chances are leximin's.
    MaxEntropy,
}

impl Kind {
    /// The kind of a rule; `None` for an unknown one.
    pub(super) fn of(rule: &str) -> Option<Self> {
        Some(match rule {
            "leximin" => Self::Leximin,
            "maximin" => Self::Maximin,
            "minimax" => Self::Framed,
            "nash" | "least-squares" => Self::Number,
            "uniform" => Self::Uniform,
            "max-entropy" => Self::MaxEntropy,
            _ if rule.starts_with("goldilocks:") => Self::Framed,
            _ => return None,
        })
    }

    pub(super) fn has_number(self) -> bool {
        matches!(self, Self::Framed | Self::Number)
    }

    pub(super) fn has_levels(self) -> bool {
        !matches!(self, Self::Number | Self::Uniform)
    }

    /// True when all levels are stated.
    pub(super) fn has_all_levels(self) -> bool {
        matches!(self, Self::Leximin | Self::Framed | Self::MaxEntropy)
    }

    pub(super) fn is_over_all_panels(self) -> bool {
        matches!(self, Self::Uniform | Self::MaxEntropy)
    }

    /// Checks that a certificate has the parts of its rule and no others.
    pub(super) fn check(certificate: &Certificate, instance: &Instance) -> Check<Held> {
        let rule = certificate.rule.as_str();
        let kind = Self::of(rule).ok_or_else(|| format!("{rule:?} is not a known rule"))?;
        if certificate.objective.is_some() != kind.has_number()
            || certificate.counted.is_some() != kind.is_over_all_panels()
        {
            return Err(format!(
                "{rule} and the parts of the certificate do not belong together"
            ));
        }
        if !kind.has_levels() && !certificate.levels.is_empty() {
            return Err(format!("{rule} has no levels"));
        }
        let Some(objective) = &certificate.objective else {
            return Held::yes(rule);
        };
        if !objective::fits(rule, objective.measure) {
            return Err(format!("the proof is not about the number of {rule}"));
        }
        match (rule, objective.measure) {
            ("goldilocks:gamma2", Measure::Goldilocks { gamma }) => Held::open(format!(
                "goldilocks with γ = {}; that it is the γ2 of this pool takes two other optima to see",
                crate::certificate::decimal(gamma)
            )),
            ("goldilocks:gamma3", Measure::Goldilocks { gamma }) => gamma3(gamma, instance),
            _ => Held::yes(rule),
        }
    }
}

fn gamma3(stated: u64, instance: &Instance) -> Check<Held> {
    let own = representation(instance);
    if stated != own {
        return Err(format!("γ3 of this pool is {own} millionths, not {stated}"));
    }
    Held::yes("goldilocks with the γ3 of this pool")
}

/// γ3 = min ρ·max ρ, ρ = (min + max)/(2k) · n/people over the quotas of values that somebody has, to the nearest 10^-6,
/// halves up; at least 1, below 2^53.
pub(crate) fn representation(instance: &Instance) -> u64 {
    let having = instance.people_per_quota(0..instance.len() as u32);
    let having = having.into_iter().map(u64::from);
    // ρ·2k/n as seats over people
    let seats = |q: &Quota| u64::from(q.min) + u64::from(q.max.min(instance.size()));
    let present = instance.quotas().iter().zip(having).filter(|q| q.1 > 0);
    let ratios = present.map(|(q, people)| (seats(q), people));
    let by_value = |a: &(u64, u64), b: &(u64, u64)| {
        (u128::from(a.0) * u128::from(b.1)).cmp(&(u128::from(b.0) * u128::from(a.1)))
    };
    // an instance has somebody, and everybody has a quota per feature
    let low = ratios.clone().min_by(by_value).unwrap_or((0, 1));
    let high = ratios.max_by(by_value).unwrap_or((0, 1));
    let (n, twice) = (instance.len() as u64, 2 * u64::from(instance.size()));
    let above = Natural::from(low.0).times(high.0).times(n).times(n);
    let below = Natural::from(low.1).times(high.1).times(twice).times(twice);
    let mut doubled = above.times(2_000_000);
    doubled.add(&below);
    let nearest = doubled.over(&below.times(2)).0.to_u64();
    nearest.unwrap_or(u64::MAX).clamp(1, (1 << 53) - 1)
}
