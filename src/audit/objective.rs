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

use std::cmp::Ordering;

use super::bound::{Ledger, PerRole, Standing};
use super::report::Held;
use crate::certificate::{Bound, Certificate, Measure, Objective, decimal};
use crate::lottery::{Check, DENOMINATOR};
use crate::natural::Natural;

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
        Measure::Highest => quantities.highest()?,
        Measure::Product => quantities.product()?,
        Measure::Squares => quantities.squares()?,
        Measure::Goldilocks { gamma } => quantities.goldilocks(gamma, common)?,
    };
    if optimum.is_zero() {
        return Err(NOTHING.into());
    }
    if reached < optimum {
        return Err("the bound passes what the lottery has".into());
    }
    let mut over = reached;
    over.subtract(&optimum);
    let gap = over.times(DENOMINATOR).over_up(&optimum);
    gap.to_u64()
        .filter(|gap| *gap < 1 << 53)
        .ok_or_else(|| "the numbers prove next to nothing".into())
}

const NOTHING: &str = "the numbers prove nothing";

/// A role that is not excluded.
struct Role {
    /// Expected seats in 10^-12.
    seats: u64,
    people: u64,
    /// Y.
    weight: i128,
}

/// What the measures are made of.
struct Quantities {
    roles: Vec<Role>,
    limit: i128,
    size: u64,
}

impl Quantities {
    fn new(ledger: &Ledger<'_>, weights: &PerRole, limit: i128) -> Self {
        let included = ledger
            .roles()
            .filter(|(_, standing, _)| *standing != Standing::Excluded);
        let roles = included.map(|((group, role), _, (seats, people))| Role {
            seats,
            people,
            weight: weights[group as usize][role as usize],
        });
        Self {
            roles: roles.collect(),
            limit,
            size: ledger.size().into(),
        }
    }

    fn people(&self) -> Natural {
        let people = self.roles.iter().map(|r| Natural::from(r.people));
        people.sum()
    }

    /// Σ n·max(0, Y), or Σ n·max(0, −Y) below.
    fn weight(&self, side: Ordering) -> Natural {
        let signed = self.roles.iter().filter(|r| r.weight.cmp(&0) == side);
        signed
            .map(|r| Natural::wide(r.weight.unsigned_abs()).times(r.people))
            .sum()
    }

    /// The role with the highest (greater) or the lowest (less) chance.
    fn extreme(&self, side: Ordering) -> Check<&Role> {
        let chance = |a: &Role, b: &Role| u128::from(a.seats) * u128::from(b.people);
        let further = |a: &&Role, b: &&Role| match side {
            Ordering::Less => chance(b, a).cmp(&chance(a, b)),
            _ => chance(a, b).cmp(&chance(b, a)),
        };
        let furthest = self.roles.iter().max_by(further);
        furthest.ok_or_else(|| "there is nobody".into())
    }

    /// |L| when it is below 0.
    fn below(&self) -> Check<Natural> {
        if self.limit >= 0 {
            return Err(NOTHING.into());
        }
        Ok(Natural::wide(self.limit.unsigned_abs()))
    }

    /// max p and −L/B over one denominator.
    fn highest(&self) -> Check<(Natural, Natural)> {
        let role = self.extreme(Ordering::Greater)?;
        let optimum = self.below()?.times(role.people).times(DENOMINATOR);
        Ok((self.weight(Ordering::Less).times(role.seats), optimum))
    }

    /// L and n·m over one denominator.
    fn product(&self) -> Check<(Natural, Natural)> {
        // m = seats·Y / (10^12·people), the smallest
        let mut least: Option<(Natural, u64)> = None;
        for role in &self.roles {
            if role.weight <= 0 || role.seats == 0 {
                return Err("somebody who is not excluded has no chance or no weight".into());
            }
            let own = Natural::wide(role.weight.unsigned_abs()).times(role.seats);
            let smaller = |(m, n): &(Natural, u64)| own.times(*n) < m.times(role.people);
            if least.as_ref().is_none_or(smaller) {
                least = Some((own, role.people));
            }
        }
        let (own, people) = least.ok_or("there is nobody")?;
        if self.limit <= 0 {
            return Err(NOTHING.into());
        }
        let limit = Natural::wide(self.limit.unsigned_abs());
        Ok((
            limit.times(DENOMINATOR).times(people),
            self.people().by(&own),
        ))
    }

    /// Σ p², each term rounded up, and L²/Σ Y² over one denominator.
    fn squares(&self) -> Check<(Natural, Natural)> {
        let below = self.below()?;
        let squares = self.roles.iter().map(|r| {
            let seats = Natural::from(r.seats);
            seats.by(&seats).over_up(&Natural::from(r.people))
        });
        let reached: Natural = squares.sum();
        let weights = self.roles.iter().map(|r| {
            let weight = Natural::wide(r.weight.unsigned_abs());
            weight.by(&weight).times(r.people)
        });
        let weights: Natural = weights.sum();
        let optimum = below.by(&below).times(DENOMINATOR).times(DENOMINATOR);
        Ok((reached.by(&weights), optimum))
    }

    /// The lottery's number, rounded up, and the least possible one, rounded down, in 10^-24.
    fn goldilocks(&self, gamma: u64, common: u64) -> Check<(Natural, Natural)> {
        const MILLION: u64 = 1_000_000;
        let low = self.extreme(Ordering::Less)?;
        let high = self.extreme(Ordering::Greater)?;
        let (people, size) = (self.people(), Natural::from(self.size));
        let with_common = |side: Ordering| {
            let mut weight = self.weight(side);
            weight.add(&people.times(common));
            weight
        };
        let (a, b) = (with_common(Ordering::Greater), with_common(Ordering::Less));
        if a.is_zero() || b.is_zero() {
            return Err(
                "the weights must count against both the lowest and the highest chance".into(),
            );
        }
        if low.seats == 0 {
            return Err("somebody who is not excluded has no chance".into());
        }
        let unit = |n: Natural| n.times(DENOMINATOR).times(DENOMINATOR);
        let first =
            unit(people.times(high.seats)).over_up(&size.times(DENOMINATOR).times(high.people));
        let second = unit(size.times(gamma).times(DENOMINATOR).times(low.people))
            .over_up(&people.times(MILLION).times(low.seats));
        let root = unit(unit(a.times(gamma))).over(&b.times(MILLION)).0.root();
        // −(n/k)·L/B, rounded down
        let limit = unit(people.by(&Natural::wide(self.limit.unsigned_abs())));
        let share = b.by(&size);
        let (mut reached, mut optimum) = (first, root.times(2));
        reached.add(&second);
        if self.limit > 0 {
            let rest = limit.over_up(&share);
            if optimum <= rest {
                return Err(NOTHING.into());
            }
            optimum.subtract(&rest);
        } else {
            optimum.add(&limit.over(&share).0);
        }
        Ok((reached, optimum))
    }
}

/// The measure that a rule's name stands for; `None` for rules without one, or an unknown γ.
pub(super) fn fits(rule: &str, measure: Measure) -> bool {
    match measure {
        Measure::Highest => rule == "minimax",
        Measure::Product => rule == "nash",
        Measure::Squares => rule == "least-squares",
        Measure::Goldilocks { gamma } => rule.strip_prefix("goldilocks:").is_some_and(|name| {
            gamma > 0 && (matches!(name, "gamma2" | "gamma3") || name == decimal(gamma))
        }),
    }
}

/// Checks the stated gap.
pub(super) fn examine(certificate: &Certificate, ledger: &Ledger<'_>) -> Check<Held> {
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
    let whose = match certificate.target {
        None => "this one's",
        Some(_) => "that of the chances before rounding",
    };
    let what = match objective.measure {
        Measure::Highest => format!("a highest chance lower than {whose}"),
        Measure::Product => format!("a geometric mean of chances higher than {whose}"),
        Measure::Squares => format!("a sum of squared chances lower than {whose}"),
        Measure::Goldilocks { gamma } => format!(
            "a Goldilocks number, with γ = {}, lower than {whose}",
            decimal(gamma)
        ),
    };
    let relative = format!(
        "no lottery has {what} by more than the part {} of it",
        super::rounding::fraction(proven)
    );
    match &objective.search {
        None if proven > WIDEST => Err(format!("the gap of {proven} x 10^-12 is more than 10^-6")),
        None => Held::yes(relative),
        Some(search) if search.gap > WIDEST.min(proven) => Err(format!(
            "the gap that the search leaves, {} x 10^-12, is more than 10^-6 or than what the numbers prove",
            search.gap
        )),
        Some(search) => Held::open(format!(
            "{relative}; that it is at most {} rests on a finished search of {} nodes",
            super::rounding::fraction(search.gap),
            search.nodes
        )),
    }
}
