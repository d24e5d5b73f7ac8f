//! Asking whether a panel exists when only some of the rules hold.

use crate::instance::Instance;
use crate::kernel::branch::{Effort, Found, price};
use crate::kernel::simplex::{Outcome, Simplex};
use crate::selection::model::Model;

/// The rules that hold: `(minimum, maximum)` of every quota and of the panel size, and the household rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sides {
    pub(crate) quotas: Vec<(bool, bool)>,
    pub(crate) seats: (bool, bool),
    pub(crate) homes: bool,
}

impl Sides {
    /// All that say anything: no minimum of 0, no maximum of more than all people, no household of one.
    pub(crate) fn all(instance: &Instance) -> Self {
        let limits = |at: usize| {
            let quota = &instance.quotas()[at];
            let wanted = instance.given_position(at).is_some();
            let most = wanted && (quota.max as usize) < instance.len();
            (quota.min > 0, most)
        };
        Self {
            quotas: (0..instance.quotas().len()).map(limits).collect(),
            seats: (true, true),
            homes: instance.groups().iter().any(|group| !group.is_alone()),
        }
    }

    pub(crate) fn nothing(instance: &Instance) -> Self {
        Self {
            quotas: vec![(false, false); instance.quotas().len()],
            seats: (false, false),
            homes: false,
        }
    }

    pub(crate) fn with_minimum(mut self, quota: usize) -> Self {
        self.quotas[quota].0 = true;
        self
    }

    pub(crate) fn with_maximum(mut self, quota: usize) -> Self {
        self.quotas[quota].1 = true;
        self
    }

    pub(crate) fn with_seats(mut self, seats: (bool, bool)) -> Self {
        self.seats = seats;
        self
    }

    pub(crate) fn with_homes(mut self, homes: bool) -> Self {
        self.homes = homes;
        self
    }

    /// Those that carry weight in a proof.
    pub(super) fn supporting(&self, multipliers: &[f64]) -> Self {
        let largest = multipliers.iter().fold(0.0_f64, |a, p| a.max(p.abs()));
        let side = |p: f64, (min, max): (bool, bool)| {
            (min && p < -1e-9 * largest, max && p > 1e-9 * largest)
        };
        let quotas = self.quotas.iter().zip(multipliers);
        Self {
            quotas: quotas.map(|(&sides, &p)| side(p, sides)).collect(),
            seats: side(multipliers[self.quotas.len()], self.seats),
            homes: self.homes,
        }
    }

    /// Both sides of whatever has one, as far as `all` has them.
    pub(super) fn whole(&self, all: &Self) -> Self {
        let both = |some: (bool, bool), all: (bool, bool)| {
            if some == (false, false) { some } else { all }
        };
        let quotas = self.quotas.iter().zip(&all.quotas);
        Self {
            quotas: quotas.map(|(&some, &all)| both(some, all)).collect(),
            seats: both(self.seats, all.seats),
            homes: self.homes,
        }
    }

    /// The multipliers that rest on a side that holds; others are noise.
    pub(super) fn only(&self, multipliers: &[i64]) -> Vec<i64> {
        let seats = self.quotas.len();
        let kept = |(row, &p): (usize, &i64)| {
            let (min, max) = if row < seats {
                self.quotas[row]
            } else if row == seats {
                self.seats
            } else {
                return p;
            };
            if (p > 0 && max) || (p < 0 && min) {
                p
            } else {
                0
            }
        };
        multipliers.iter().enumerate().map(kept).collect()
    }
}

/// One more condition on the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pin {
    /// None.
    Nobody,
    /// Somebody of this column sits.
    Sits(usize),
    /// Not all people of this column sit.
    Misses(usize),
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer {
    /// A point; of [`Trial::panel`], a panel.
    Feasible(Vec<f64>),
    /// The relaxation has no point; multipliers that show it.
    Infeasible(Vec<f64>),
    /// The relaxation has one, and a finished search shows that there is no panel.
    Searched,
    /// The work limit came first.
    Limit,
}

impl Answer {
    pub(crate) fn is_feasible(&self) -> bool {
        !matches!(self, Self::Infeasible(_) | Self::Searched)
    }
}

/// Costs from 0 to 1, in no order: without any, all pivots tie and the simplex may walk in circles.
pub(crate) fn uneven(column: usize) -> f64 {
    (column.wrapping_mul(40_503) % 65_536) as f64 / 65_536.0
}

/// Pivots of one relaxation before it counts as not settled.
const PIVOTS: u64 = 50_000;

/// A model of which parts can be left out.
pub(crate) struct Trial<'a> {
    model: &'a Model,
    pin: Pin,
    /// More than any row can reach or ask for.
    loose: f64,
}

impl<'a> Trial<'a> {
    pub(crate) fn new(model: &'a Model, pin: Pin) -> Self {
        let people: f64 = model.people.iter().sum();
        let loose = model.rows.iter().fold(people, |most, row| most.max(row.0)) + 1.0;
        Self { model, pin, loose }
    }

    pub(crate) fn model(&self) -> &Model {
        self.model
    }

    pub(crate) fn is_pinned(&self) -> bool {
        self.pin != Pin::Nobody
    }

    /// Whether the relaxation has a point.
    pub(crate) fn relaxation(&self, sides: &Sides, effort: &mut Effort) -> Answer {
        self.solved(sides, effort).1
    }

    /// The relaxation, solved, and whether it has a point.
    fn solved(&self, sides: &Sides, effort: &mut Effort) -> (Simplex, Answer) {
        let mut lp = self.lp(sides);
        let outcome = lp.solve(f64::INFINITY, PIVOTS);
        effort.pivots += std::mem::take(&mut lp.pivots);
        let answer = match outcome {
            Outcome::Infeasible => Answer::Infeasible(lp.farkas().to_vec()),
            Outcome::Limit => Answer::Limit,
            _ => Answer::Feasible(lp.values()),
        };
        (lp, answer)
    }

    /// Whether there is a panel.
    pub(crate) fn panel(&self, sides: &Sides, effort: &mut Effort) -> Answer {
        let (mut lp, answer) = self.solved(sides, effort);
        if !matches!(answer, Answer::Feasible(_)) {
            return answer;
        }
        match price(&mut lp, f64::INFINITY, effort) {
            Found::Point(point) => Answer::Feasible(point),
            Found::Nothing => Answer::Searched,
            Found::Limit => Answer::Limit,
        }
    }

    fn lp(&self, sides: &Sides) -> Simplex {
        let model = self.model;
        let mut rows = self.rows(sides);
        let mut upper = model.units.clone();
        if !sides.homes {
            upper.clone_from(&model.people);
            for row in &mut rows[model.quotas + 1..] {
                row.1 = self.loose;
            }
        }
        let mut lower = vec![0.0; model.len()];
        match self.pin {
            Pin::Nobody => {}
            Pin::Sits(j) => lower[j] = 1.0,
            Pin::Misses(j) => upper[j] = upper[j].min(model.people[j] - 1.0),
        }
        let mut lp = Simplex::new(model.columns.clone(), lower, upper, &rows);
        lp.exacting = true;
        let cost: Vec<f64> = (0..model.len()).map(uneven).collect();
        lp.set_costs(&cost);
        lp
    }

    fn rows(&self, sides: &Sides) -> Vec<(f64, f64)> {
        let held = |row: usize| match row.cmp(&self.model.quotas) {
            std::cmp::Ordering::Less => sides.quotas[row],
            std::cmp::Ordering::Equal => sides.seats,
            std::cmp::Ordering::Greater => (true, true),
        };
        let bounds = |(row, &(least, most)): (usize, &(f64, f64))| {
            let (min, max) = held(row);
            let least = if min { least } else { 0.0 };
            let most = if max { most } else { self.loose };
            (least, most)
        };
        self.model.rows.iter().enumerate().map(bounds).collect()
    }
}
