//! The lowest possible highest chance X(t) of lotteries that give everybody at least t: convex, in straight pieces, all
//! of them found in exact rationals.

use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::hull::{Hull, whole};
use super::linear::{Side, heaviest, minimise, rows};

/// Every lottery has max p ≥ slope · min p + start: shown by duals over every panel.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    slope: BigRational,
    start: BigRational,
}

impl Line {
    fn at(&self, t: &BigRational) -> BigRational {
        &self.slope * t + &self.start
    }
}

/// Lowest chance, lowest possible highest chance, and a line that proves it.
#[derive(Debug, Clone)]
struct Point {
    t: BigRational,
    x: BigRational,
    line: Line,
}

/// The corners (t, X(t)), t ascending from 0 to the highest possible lowest chance.
#[derive(Debug)]
pub(crate) struct Frontier {
    corners: Vec<(BigRational, BigRational)>,
    people: BigRational,
    seats: BigRational,
}

/// Where the sum of both terms is lowest.
#[derive(Debug, Clone)]
pub(crate) struct Balance {
    /// The lowest chance, within 1e-13.
    pub(crate) lowest: BigRational,
    /// X at this lowest chance.
    pub(crate) highest: BigRational,
    pub(crate) objective: f64,
}

impl Frontier {
    /// Up to the highest possible lowest chance, as another oracle found it.
    pub(crate) fn of(hull: &Hull, maximin: &BigRational) -> Self {
        let (first, last) = (point(hull, &BigRational::zero()), point(hull, maximin));
        let mut corners = vec![(first.t.clone(), first.x.clone())];
        refine(hull, &first, &last, &mut corners);
        corners.push((last.t, last.x));
        corners.dedup();
        Self {
            corners,
            people: whole(hull.people()),
            seats: whole(hull.seats),
        }
    }

    /// The lowest possible highest chance of all.
    pub(crate) fn minimax(&self) -> &BigRational {
        &self.corners[0].1
    }

    /// Pieces with rising slopes.
    fn pieces(&self) -> impl Iterator<Item = (&[(BigRational, BigRational)], BigRational)> {
        self.corners.windows(2).map(|ends| {
            let slope = (&ends[1].1 - &ends[0].1) / (&ends[1].0 - &ends[0].0);
            (ends, slope)
        })
    }

    /// The lowest (n/k)·X(t) + γ·(k/n)/t.
    pub(crate) fn balance(&self, gamma: f64) -> Balance {
        let ratio = (&self.people / &self.seats).to_f64().expect("a number");
        let objective = |t: &BigRational, x: &BigRational| {
            ratio * x.to_f64().expect("a number") + gamma / ratio / t.to_f64().expect("a number")
        };
        // The first piece steeper than the second term is at its end holds the optimum.
        let mut slopes = (BigRational::zero(), None);
        let (mut lowest, mut highest) = self.corners.last().cloned().expect("two corners");
        for (ends, slope) in self.pieces() {
            let steep = slope.to_f64().expect("a number");
            let best = (gamma / steep).sqrt() / ratio;
            let end = ends[1].0.to_f64().expect("a number");
            if steep > 0.0 && best < end {
                let best = near(best).max(ends[0].0.clone());
                highest = &ends[0].1 + &slope * (&best - &ends[0].0);
                lowest = best;
                slopes.1 = Some(slope);
                break;
            }
            slopes.0 = slope;
        }
        let balance = Balance {
            objective: objective(&lowest, &highest),
            lowest,
            highest,
        };
        self.prove(&balance, gamma, &slopes);
        balance
    }

    /// max p ≥ s·min p + (x − s·t) for every slope s between those left and right of the optimum, so the objective is
    /// at least 2·√(γ·s) + (n/k)·(x − s·t); at the last corner no lottery has a higher minimum.
    fn prove(&self, balance: &Balance, gamma: f64, slopes: &(BigRational, Option<BigRational>)) {
        let ratio = (&self.people / &self.seats).to_f64().expect("a number");
        let [t, x] = [&balance.lowest, &balance.highest].map(|v| v.to_f64().expect("a number"));
        let wanted = gamma / (ratio * ratio * t * t);
        let left = slopes.0.to_f64().expect("a number");
        assert!(left <= wanted * (1.0 + 1e-9), "a lower minimum is better");
        let Some(right) = &slopes.1 else { return };
        let slope = wanted.min(right.to_f64().expect("a number"));
        let bound = 2.0 * (gamma * slope).sqrt() + ratio * (x - slope * t);
        let open = (balance.objective - bound) / bound;
        assert!(open.abs() < 1e-12, "the balance is not proven: {open}");
    }
}

/// X(t) by one program, with the line that its duals prove over every panel.
fn point(hull: &Hull, t: &BigRational) -> Point {
    let mut all = rows(hull, |r| (0, Side::Least, t * whole(hull.counts[r])));
    all.extend(rows(hull, |r| {
        (-hull.counts[r], Side::Most, BigRational::zero())
    }));
    let found = minimise(hull, &all, &vec![0; hull.counts.len()], 1);
    let (floors, ceilings) = found.duals.split_at(hull.counts.len());
    assert!(!floors.iter().any(Signed::is_negative) && !ceilings.iter().any(Signed::is_positive));
    let total = |duals: &[BigRational]| -> BigRational {
        let each = duals.iter().zip(&hull.counts);
        each.map(|(d, &n)| d * whole(n)).sum()
    };
    assert!((-total(ceilings)).is_one(), "the ceilings weigh 1");
    let line = Line {
        slope: total(floors),
        start: -heaviest(hull, &all, &found.duals),
    };
    let chances = hull.chances(&found.lottery);
    assert!(
        Hull::is_lottery(&found.lottery) && chances.iter().all(|p| t <= p && *p <= found.value)
    );
    assert_eq!(
        line.at(t),
        found.value,
        "a point of the frontier is not proven"
    );
    Point {
        t: t.clone(),
        x: found.value,
        line,
    }
}

/// Adds the corners strictly between two points.
fn refine(hull: &Hull, a: &Point, b: &Point, corners: &mut Vec<(BigRational, BigRational)>) {
    if a.t == b.t || a.line.at(&b.t) == b.x || b.line.at(&a.t) == a.x {
        return;
    }
    let t = (&a.line.start - &b.line.start) / (&b.line.slope - &a.line.slope);
    let middle = point(hull, &t);
    if middle.x == a.line.at(&t) {
        corners.push((t, middle.x));
        return;
    }
    refine(hull, a, &middle, corners);
    corners.push((middle.t.clone(), middle.x.clone()));
    refine(hull, &middle, b, corners);
}

/// The nearest fraction with a denominator of at most 10^7.
fn near(value: f64) -> BigRational {
    let (mut h, mut k) = ([0_i64, 1], [1_i64, 0]);
    let mut rest = value;
    loop {
        let digit = rest.floor() as i64;
        let next = [digit * h[1] + h[0], digit * k[1] + k[0]];
        if next[1] > 10_000_000 {
            return BigRational::new(h[1].into(), k[1].into());
        }
        (h, k) = ([h[1], next[0]], [k[1], next[1]]);
        let fraction = rest - digit as f64;
        if fraction < 1e-12 {
            return BigRational::new(h[1].into(), k[1].into());
        }
        rest = 1.0 / fraction;
    }
}
