//! What each rule measures, and what must hold between rules: functions on plain chances that say what is wrong.

use kleroterion::Rule;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use super::optimum::Optima;
use crate::case::Case;
use crate::check::{Verdict, ensure, show};

/// Relative, and absolute for chances.
pub(crate) const CLOSE: f64 = 1e-9;

pub(crate) fn float(value: &BigRational) -> f64 {
    value.to_f64().expect("a number")
}

/// Chances of the people who are in some panel, with how many people have each.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Open {
    pub(crate) chances: Vec<f64>,
    pub(crate) counts: Vec<i64>,
    pub(crate) seats: f64,
}

impl Open {
    /// From one chance per person of the pool.
    pub(crate) fn of(optima: &Optima, chances: &[BigRational]) -> Self {
        Self {
            chances: optima.hull.per_class(chances).iter().map(float).collect(),
            counts: optima.hull.counts.clone(),
            seats: optima.hull.seats as f64,
        }
    }

    pub(crate) fn people(&self) -> f64 {
        self.counts.iter().sum::<i64>() as f64
    }

    pub(crate) fn lowest(&self) -> f64 {
        self.chances.iter().copied().fold(f64::INFINITY, f64::min)
    }

    pub(crate) fn highest(&self) -> f64 {
        self.chances.iter().copied().fold(0.0, f64::max)
    }

    pub(crate) fn squares(&self) -> f64 {
        self.chances
            .iter()
            .zip(&self.counts)
            .map(|(p, &n)| n as f64 * p * p)
            .sum()
    }

    pub(crate) fn goldilocks(&self, gamma: f64) -> f64 {
        let ratio = self.people() / self.seats;
        ratio * self.highest() + gamma / ratio / self.lowest()
    }

    /// The other's geometric mean over this one's.
    pub(crate) fn geometric_mean_of(&self, other: &Open) -> f64 {
        let each = self.chances.iter().zip(&other.chances).zip(&self.counts);
        let product: f64 = each
            .map(|((own, other), &n)| (other / own).powi(n as i32))
            .product();
        root(product, self.people() as i32)
    }
}

/// The n-th root by Newton's method.
fn root(value: f64, n: i32) -> f64 {
    let mut root: f64 = value.max(1.0);
    for _ in 0..2000 {
        let next = root - (root.powi(n) - value) / (f64::from(n) * root.powi(n - 1));
        if (next - root).abs() <= 1e-16 * root {
            break;
        }
        root = next;
    }
    root
}

/// How far chances are from the optimum of their rule, relative to it.
pub(crate) fn shortfall(optima: &Optima, case: &Case, rule: Rule, chances: &[BigRational]) -> f64 {
    let open = Open::of(optima, chances);
    let best = |rule| Open::of(optima, &optima.chances(case, rule));
    match rule {
        Rule::Leximin | Rule::Maximin => float(&optima.maximin()) / open.lowest() - 1.0,
        Rule::Minimax => open.highest() / float(optima.frontier.minimax()) - 1.0,
        Rule::Nash => open.geometric_mean_of(&best(rule)) - 1.0,
        Rule::LeastSquares => open.squares() / best(rule).squares() - 1.0,
        Rule::Goldilocks(gamma) => {
            let gamma = optima.gamma(case, gamma);
            open.goldilocks(gamma) / optima.frontier.balance(gamma).objective - 1.0
        }
        other => panic!("{other} optimises no number of the chances"),
    }
}

/// The rule's number is the oracle's.
pub(crate) fn check_objective(
    optima: &Optima,
    case: &Case,
    rule: Rule,
    chances: &[BigRational],
) -> Verdict {
    let off = shortfall(optima, case, rule, chances);
    ensure(off.abs() <= CLOSE, || {
        format!("{rule} is off its optimum by {off:e}")
    })
}

/// Every chance is the oracle's.
pub(crate) fn check_chances(
    expected: &[BigRational],
    given: &[BigRational],
    close: f64,
) -> Verdict {
    ensure(expected.len() == given.len(), || {
        "not one chance per person".into()
    })?;
    let mut each = expected.iter().zip(given).enumerate();
    let off = each.find(|(_, (a, b))| float(&(*a - *b)).abs() > close);
    ensure(off.is_none(), || {
        let (person, (expected, given)) = off.expect("just found");
        format!(
            "person {person}: {}, the optimum has {}",
            show(given),
            show(expected)
        )
    })
}

/// Nobody's highest chance is below minimax's.
pub(crate) fn check_lowest_maximum(minimax: &Open, other: &Open) -> Verdict {
    ensure(minimax.highest() <= other.highest() + CLOSE, || {
        format!(
            "minimax has the maximum {}, another rule {}",
            minimax.highest(),
            other.highest()
        )
    })
}

/// The largest product gives everybody at least an equal share of one seat.
pub(crate) fn check_product_floor(nash: &Open) -> Verdict {
    let floor = 1.0 / nash.people();
    ensure(nash.lowest() >= floor - CLOSE, || {
        format!(
            "somebody has {} by the largest product, less than {floor}",
            nash.lowest()
        )
    })
}

/// Goldilocks is no worse than either extreme by its own measure, and lies between them.
pub(crate) fn check_between(
    goldilocks: &Open,
    [leximin, minimax]: [&Open; 2],
    gamma: f64,
) -> Verdict {
    let own = goldilocks.goldilocks(gamma);
    for (name, other) in [("leximin", leximin), ("minimax", minimax)] {
        let other = other.goldilocks(gamma);
        ensure(own <= other * (1.0 + CLOSE), || {
            format!("goldilocks has {own}, {name} {other}")
        })?;
    }
    ensure(goldilocks.lowest() <= leximin.lowest() + CLOSE, || {
        "a minimum above leximin's".into()
    })?;
    ensure(goldilocks.highest() >= minimax.highest() - CLOSE, || {
        "a maximum below minimax's".into()
    })?;
    // Neither number is worse than at the other extreme.
    ensure(goldilocks.lowest() >= minimax.lowest() - CLOSE, || {
        "a minimum below minimax's".into()
    })?;
    ensure(goldilocks.highest() <= leximin.highest() + CLOSE, || {
        "a maximum above leximin's".into()
    })
}

/// A larger γ never lowers the minimum or the maximum.
pub(crate) fn check_rising(less: &Open, more: &Open) -> Verdict {
    ensure(less.lowest() <= more.lowest() + CLOSE, || {
        format!(
            "the minimum fell from {} to {} with a larger gamma",
            less.lowest(),
            more.lowest()
        )
    })?;
    ensure(less.highest() <= more.highest() + CLOSE, || {
        format!(
            "the maximum fell from {} to {} with a larger gamma",
            less.highest(),
            more.highest()
        )
    })
}

/// Minimax never raises leximin's maximum; where both are equal, so are the lotteries.
pub(crate) fn check_minimax_beside_leximin(minimax: &Open, leximin: &Open) -> Verdict {
    check_lowest_maximum(minimax, leximin)?;
    let agree = (minimax.highest() - leximin.highest()).abs() <= 1e-11;
    let differ = minimax
        .chances
        .iter()
        .zip(&leximin.chances)
        .any(|(a, b)| (a - b).abs() > CLOSE);
    ensure(!(agree && differ), || {
        "equal maxima, but other chances".into()
    })
}

/// When every panel stays allowed, no measure gets worse. `same` says that the same people are in some panel.
pub(crate) fn check_relaxed(rule: Rule, tight: &Open, relaxed: &Open, same: bool) -> Verdict {
    let (before, after) = match rule {
        Rule::Minimax => (tight.highest(), relaxed.highest()),
        Rule::LeastSquares => (tight.squares(), relaxed.squares()),
        Rule::Maximin | Rule::Leximin if same => (relaxed.lowest(), tight.lowest()),
        Rule::Goldilocks(gamma) if same => {
            let kleroterion::selection::Gamma::Millionths(gamma) = gamma else {
                return Ok(());
            };
            let gamma = gamma as f64 / 1e6;
            (tight.goldilocks(gamma), relaxed.goldilocks(gamma))
        }
        Rule::Nash if same => (1.0, mean_ratio(tight, relaxed)),
        _ => return Ok(()),
    };
    ensure(after <= before * (1.0 + CLOSE), || {
        format!("{rule} went from {before} to {after} when a quota was widened")
    })
}

/// The first geometric mean over the second. The classes may be numbered differently, the people are the same.
fn mean_ratio(tight: &Open, relaxed: &Open) -> f64 {
    let means = [tight, relaxed].map(|open| {
        let each = open.chances.iter().zip(&open.counts);
        root(
            each.map(|(p, &n)| p.powi(n as i32)).product(),
            open.people() as i32,
        )
    });
    means[0] / means[1]
}

#[test]
fn roots_are_roots() {
    for (value, n, expected) in [
        (8.0, 3, 2.0),
        (1e-12, 4, 1e-3),
        (1.0, 9, 1.0),
        (0.5, 1, 0.5),
    ] {
        let found = root(value, n);
        assert!(
            (found / expected - 1.0).abs() < 1e-14,
            "{value} {n}: {found}"
        );
    }
}
