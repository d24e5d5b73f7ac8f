//! How near the optimum of its rule's number a lottery is, from integers alone.
//!
//! Y are the stated weights, of any sign, and L = ⌊U/s⌋, so that `Y(P) ≤ L` for every panel P and thus `Σ Y·p ≤ L` for
//! the chances p of every lottery. From this follows, for every lottery p':
//! - highest: with B = Σ max(0, −Y), `max p' ≥ −L/B`.
//! - product: with m = min p·Y, `p'/p ≤ p'·Y/m`, so the mean of p'/p, which is no less than the quotient of the geometric
//!   means, is at most L/(n·m).
//! - squares: `Σ −Y·p' ≥ −L > 0`, so by Cauchy and Schwarz `Σ p'² ≥ L²/Σ Y²`.
//! - Goldilocks: with A = Σ max(0, Y), `A·min p' − B·max p' ≤ L` (also with the same number added to everybody's max(0, Y)
//!   and max(0, −Y)), so the number is at least
//!   `(n/k)·(A·t − L)/B + γ·(k/n)/t ≥ 2·√(γ·A/B) − (n/k)·L/B` for t = min p'.

use num_bigint::{BigInt, Sign};

use super::bound::{Ledger, PerRole, Standing};
use super::report::Held;
use crate::certificate::{Bound, Certificate, Measure, Objective, decimal};
use crate::lottery::{Check, DENOMINATOR};

/// 10^-6 in units of 10^-12: a larger gap is no optimum.
const WIDEST: u64 = 1_000_000;

/// The largest relative gap that the bound leaves, in 10^-12, rounded up.
///
/// # Errors
/// Weights that are missing or malformed; a bound that proves nothing about this measure; overflow.
pub(crate) fn gap(
    (measure, bound): (Measure, &Bound),
    common: u64,
    ledger: &Ledger<'_>,
) -> Check<u64> {
    let is_goldilocks = matches!(measure, Measure::Goldilocks { .. });
    if common > 0 && !is_goldilocks {
        return Err("only the Goldilocks number has a common weight".into());
    }
    let stated = bound.weights.as_ref().ok_or("the weights are missing")?;
    let weights = ledger.stated(stated)?;
    let limit = ledger.limit(bound, &weights)?;
    let quantities = Quantities::new(ledger, &weights, limit);
    let (reached, optimum) = match measure {
        Measure::Highest => quantities.highest(),
        Measure::Product => quantities.product()?,
        Measure::Squares => quantities.squares(),
        Measure::Goldilocks { gamma } => quantities.goldilocks(gamma, common)?,
    };
    if optimum.sign() != Sign::Plus {
        return Err("the numbers prove nothing".into());
    }
    let over = reached - &optimum;
    if over.sign() == Sign::Minus {
        return Err("the bound passes what the lottery has".into());
    }
    let gap: BigInt = (over * DENOMINATOR + &optimum - 1) / optimum;
    u64::try_from(gap)
        .ok()
        .filter(|gap| *gap < 1 << 53)
        .ok_or_else(|| "the numbers prove next to nothing".into())
}

/// What the measures are made of.
struct Quantities {
    /// (expected seats in 10^-12, people, Y) of every role that is not excluded.
    roles: Vec<(BigInt, BigInt, BigInt)>,
    limit: BigInt,
    size: BigInt,
}

impl Quantities {
    fn new(ledger: &Ledger<'_>, weights: &PerRole, limit: i128) -> Self {
        let included = ledger
            .roles()
            .filter(|(_, standing, _)| *standing != Standing::Excluded);
        let roles = included.map(|((group, role), _, (seats, people))| {
            let weight = weights[group as usize][role as usize];
            (seats.into(), people.into(), weight.into())
        });
        Self {
            roles: roles.collect(),
            limit: limit.into(),
            size: ledger.size().into(),
        }
    }

    fn people(&self) -> BigInt {
        self.roles.iter().map(|r| &r.1).sum()
    }

    /// Σ n·max(0, ±Y).
    fn weight(&self, sign: Sign) -> BigInt {
        let signed = self.roles.iter().filter(|r| r.2.sign() == sign);
        signed
            .map(|r| &r.1 * BigInt::from(r.2.magnitude().clone()))
            .sum()
    }

    /// The chance furthest up (or down), as expected seats and people.
    fn extreme(&self, sign: Sign) -> (BigInt, BigInt) {
        let mut furthest = (BigInt::from(0), BigInt::from(1));
        for (at, (seats, people, _)) in self.roles.iter().enumerate() {
            let beyond = seats * &furthest.1 - &furthest.0 * people;
            if at == 0 || beyond.sign() == sign {
                furthest = (seats.clone(), people.clone());
            }
        }
        furthest
    }

    /// max p and −L/B over one denominator.
    fn highest(&self) -> (BigInt, BigInt) {
        let (seats, people) = self.extreme(Sign::Plus);
        let optimum = -&self.limit * people * DENOMINATOR;
        (seats * self.weight(Sign::Minus), optimum)
    }

    /// L and n·m over one denominator: L/(n·m) as a quotient.
    fn product(&self) -> Check<(BigInt, BigInt)> {
        // m = seats·Y / (10^12·people), the smallest
        let mut least: Option<(BigInt, &BigInt)> = None;
        for (seats, people, weight) in &self.roles {
            let own = seats * weight;
            if own.sign() != Sign::Plus {
                return Err("somebody who is not excluded has no chance or no weight".into());
            }
            if least.as_ref().is_none_or(|(m, n)| &own * *n < m * people) {
                least = Some((own, people));
            }
        }
        let (own, people) = least.ok_or("there is nobody")?;
        let reached = &self.limit * DENOMINATOR * people;
        Ok((reached, self.people() * own))
    }

    /// Σ p² and L²/Σ Y² over one denominator; nothing is proven unless L < 0.
    fn squares(&self) -> (BigInt, BigInt) {
        if self.limit.sign() != Sign::Minus {
            return (0.into(), 0.into());
        }
        // in units of 10^-24, rounded up
        let squares = self.roles.iter().map(|(seats, people, _)| {
            let up: BigInt = people - BigInt::from(1);
            (seats * seats + up) / people
        });
        let reached: BigInt = squares.sum();
        let weights: BigInt = self.roles.iter().map(|r| &r.1 * &r.2 * &r.2).sum();
        let unit = BigInt::from(DENOMINATOR) * DENOMINATOR;
        (reached * weights, &self.limit * &self.limit * unit)
    }

    /// The lottery's number, rounded up, and the least possible one, rounded down, in 10^-24.
    fn goldilocks(&self, gamma: u64, common: u64) -> Check<(BigInt, BigInt)> {
        let (low, high) = (self.extreme(Sign::Minus), self.extreme(Sign::Plus));
        let both = self.people() * common;
        let (a, b) = (
            self.weight(Sign::Plus) + &both,
            self.weight(Sign::Minus) + both,
        );
        if a.sign() != Sign::Plus || b.sign() != Sign::Plus {
            return Err(
                "the weights must count against both the lowest and the highest chance".into(),
            );
        }
        if low.0.sign() != Sign::Plus {
            return Err("somebody who is not excluded has no chance".into());
        }
        let unit = BigInt::from(DENOMINATOR) * DENOMINATOR;
        let (people, millionths) = (self.people(), BigInt::from(1_000_000));
        let first = up(&people * high.0 * &unit, &self.size * DENOMINATOR * high.1);
        let second = up(
            &self.size * gamma * DENOMINATOR * low.1 * &unit,
            &people * &millionths * low.0,
        );
        let root: BigInt = (a * gamma * &unit * &unit / (&b * millionths)).sqrt();
        let rest = up(people * &self.limit * unit, b * &self.size);
        Ok((first + second, root * 2 - rest))
    }
}

/// The quotient rounded up; the denominator is positive.
fn up(numerator: BigInt, denominator: BigInt) -> BigInt {
    let floor = |n: BigInt| {
        let quotient = &n / &denominator;
        if n.sign() == Sign::Minus && &quotient * &denominator != n {
            quotient - 1
        } else {
            quotient
        }
    };
    -floor(-numerator)
}

/// The measure that a rule's name stands for; `None` for rules without one, or an unknown γ.
pub(super) fn fits(rule: &str, measure: Measure) -> bool {
    match measure {
        Measure::Highest => rule == "minimax",
        Measure::Product => rule == "nash",
        Measure::Squares => rule == "least-squares",
        Measure::Goldilocks { gamma } => rule
            .strip_prefix("goldilocks:")
            .is_some_and(|name| matches!(name, "gamma2" | "gamma3") || name == decimal(gamma)),
    }
}

/// Checks the stated gap.
pub(super) fn examine(certificate: &Certificate, ledger: &Ledger<'_>, given: &str) -> Check<Held> {
    let objective: &Objective = certificate
        .objective
        .as_ref()
        .ok_or("no proof of the rule's number is given")?;
    let proven = gap(
        (objective.measure, &objective.proof),
        objective.common,
        ledger,
    )?;
    if proven != objective.gap {
        return Err(format!(
            "the numbers prove a gap of {proven} x 10^-12, not of {}",
            objective.gap
        ));
    }
    let what = match objective.measure {
        Measure::Highest => "no lottery has a highest chance lower than this one's by more than",
        Measure::Product => {
            "no lottery has a geometric mean of chances higher than this one's by more than"
        }
        Measure::Squares => {
            "no lottery has a sum of squared chances lower than this one's by more than"
        }
        Measure::Goldilocks { .. } => {
            "no lottery has a Goldilocks number lower than this one's by more than"
        }
    };
    let relative = format!(
        "{what} the part {} of it{given}",
        super::rounding::fraction(proven)
    );
    match &objective.search {
        None if proven > WIDEST => Err(format!("the gap of {proven} x 10^-12 is more than 10^-6")),
        None => Held::yes(relative),
        Some(search) => Held::open(format!(
            "{relative}; that it is at most {} rests on a finished search of {} nodes",
            super::rounding::fraction(search.gap),
            search.nodes
        )),
    }
}
