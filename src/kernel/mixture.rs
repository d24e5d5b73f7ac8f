//! Writing a point as a convex combination of integer points of a polytope: peel what can be peeled, then the
//! minimum-norm point for the rest.

use super::branch::{Effort, Found, price};
use super::columns::Columns;
use super::min_norm::Corral;
use super::peel::peel;
use super::simplex::Simplex;

/// Integer points `0 ≤ x ≤ upper` with `low ≤ A x ≤ high` per row; all bounds are integers.
#[derive(Debug, Clone)]
pub(crate) struct Polytope {
    pub(crate) columns: Columns,
    pub(crate) upper: Vec<f64>,
    pub(crate) rows: Vec<(f64, f64)>,
    /// Distances are measured as `Σ (x_j − f_j)² / scale_j`.
    pub(crate) scale: Vec<f64>,
}

impl Polytope {
    /// Bounds of row `i` for points near an activity: its floor and ceiling above what is fixed, inside the row's own.
    pub(crate) fn room(&self, i: usize, fixed: f64, activity: f64, tolerance: f64) -> (f64, f64) {
        let (low, high) = (self.rows[i].0 - fixed, self.rows[i].1 - fixed);
        let near = around(activity, tolerance);
        (near.0.clamp(low, high), near.1.clamp(low, high))
    }

    /// Do points of the polytope add up to the target, within [`ACCURACY`]?
    fn is_mixture(&self, parts: &[(Vec<u32>, f64)], target: &[f64]) -> bool {
        let mut sum: Vec<f64> = target.iter().map(|f| -f).collect();
        for (point, weight) in parts {
            for (total, &x) in sum.iter_mut().zip(point) {
                *total += weight * f64::from(x);
            }
        }
        let near = sum
            .iter()
            .zip(&self.scale)
            .all(|(error, scale)| (error / scale).abs() <= ACCURACY);
        near && parts.iter().all(|(point, _)| self.holds(point))
    }

    /// Is the point one of the polytope's?
    fn holds(&self, point: &[u32]) -> bool {
        let mut activity = vec![0.0; self.rows.len()];
        for (j, &x) in point.iter().enumerate().filter(|(_, x)| **x > 0) {
            self.columns.add_to(j, f64::from(x), &mut activity);
        }
        let inside = activity
            .iter()
            .zip(&self.rows)
            .all(|(a, (low, high))| low <= a && a <= high);
        inside
            && point
                .iter()
                .zip(&self.upper)
                .all(|(&x, &u)| f64::from(x) <= u)
    }
}

/// A convex combination of integer points.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mixture {
    pub(crate) parts: Vec<(Vec<u32>, f64)>,
}

/// Why there is no mixture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unmixed {
    /// Proved: the point lies outside the hull.
    Outside,
    /// The work limit came first.
    Limit,
    /// The caller asked to stop.
    Stopped,
}

/// Called now and then with what is done in thousandths; false stops the work.
pub(crate) type Beat<'a> = &'a mut dyn FnMut(u64) -> bool;

/// A rest of less weight than this is left out.
pub(crate) const NEGLIGIBLE: f64 = 1e-11;
/// Largest scaled error of a mixture.
const ACCURACY: f64 = 1e-10;
/// Largest entry of the scaled residual at which a mixture is accepted.
const RESIDUAL: f64 = 1e-11;

/// Decomposes `target`, a point of the polytope. When it lies outside, `known` receives the points that were found.
pub(crate) fn decompose(
    polytope: &Polytope,
    target: &[f64],
    known: &mut Vec<Vec<u32>>,
    (effort, beat): (&mut Effort, Beat<'_>),
) -> Result<Mixture, Unmixed> {
    for stop_at in [120, 480, usize::MAX] {
        let peeled = peel(polytope, target, stop_at, (&mut *effort, &mut *beat))?;
        let mut parts = peeled.parts;
        if peeled.mass > NEGLIGIBLE {
            match finish(
                polytope,
                &peeled.rest,
                peeled.mass,
                (&mut *effort, &mut *beat),
            ) {
                Ok(rest) => parts.extend(
                    rest.parts
                        .into_iter()
                        .map(|(point, w)| (point, w * peeled.mass)),
                ),
                Err(why @ (Unmixed::Limit | Unmixed::Stopped)) => return Err(why),
                Err(Unmixed::Outside) => {
                    known.extend(
                        parts
                            .into_iter()
                            .map(|(point, _)| point)
                            .filter(|point| polytope.holds(point)),
                    );
                    continue;
                }
            }
        }
        if polytope.is_mixture(&parts, target) {
            return Ok(Mixture { parts });
        }
    }
    let parts = wolfe(
        (&Cell::whole(polytope), RESIDUAL),
        target,
        known,
        (effort, beat),
    )?;
    if polytope.is_mixture(&parts, target) {
        Ok(Mixture { parts })
    } else {
        Err(Unmixed::Outside)
    }
}

/// Mixes what peeling left within the unit cell around it.
fn finish(
    polytope: &Polytope,
    rest: &[f64],
    mass: f64,
    work: (&mut Effort, Beat<'_>),
) -> Result<Mixture, Unmixed> {
    let floor: Vec<f64> = rest.iter().map(|x| x.floor()).collect();
    let active: Vec<u32> = (0..rest.len() as u32)
        .filter(|&j| rest[j as usize] > floor[j as usize])
        .collect();
    let whole = |z: &[f64]| {
        let mut x: Vec<u32> = floor.iter().map(|&f| f as u32).collect();
        for (&j, z) in active.iter().zip(z) {
            x[j as usize] += *z as u32;
        }
        x
    };
    if active.is_empty() {
        return Ok(Mixture {
            parts: vec![(whole(&[]), 1.0)],
        });
    }
    let cell = Cell::unit(polytope, &active, rest);
    let fraction: Vec<f64> = active
        .iter()
        .map(|&j| rest[j as usize] - floor[j as usize])
        .collect();
    let parts = wolfe(
        (&cell, (RESIDUAL / mass).min(1e-4)),
        &fraction,
        &mut vec![],
        work,
    )?;
    Ok(Mixture {
        parts: parts
            .into_iter()
            .map(|(z, w)| {
                (
                    whole(&z.iter().map(|&z| f64::from(z)).collect::<Vec<_>>()),
                    w,
                )
            })
            .collect(),
    })
}

/// A box with rows in which Wolfe's algorithm works.
struct Cell {
    lp: Simplex,
    scale: Vec<f64>,
}

impl Cell {
    fn whole(polytope: &Polytope) -> Self {
        let lower = vec![0.0; polytope.upper.len()];
        let lp = Simplex::new(
            polytope.columns.clone(),
            lower,
            polytope.upper.clone(),
            &polytope.rows,
        );
        Self {
            lp,
            scale: polytope.scale.clone(),
        }
    }

    /// The unit cell around `rest`, active columns only, rows between floor and ceiling of their activity.
    fn unit(polytope: &Polytope, active: &[u32], rest: &[f64]) -> Self {
        let mut activity = vec![0.0; polytope.rows.len()];
        let mut fixed = vec![0.0; polytope.rows.len()];
        for (j, x) in rest.iter().enumerate() {
            polytope.columns.add_to(j, x.floor(), &mut fixed);
            polytope.columns.add_to(j, x - x.floor(), &mut activity);
        }
        let rows: Vec<(f64, f64)> = (0..activity.len())
            .map(|i| polytope.room(i, fixed[i], activity[i], 1e-7))
            .collect();
        let n = active.len();
        let lp = Simplex::new(
            polytope.columns.select(active),
            vec![0.0; n],
            vec![1.0; n],
            &rows,
        );
        Self {
            lp,
            scale: active.iter().map(|&j| polytope.scale[j as usize]).collect(),
        }
    }
}

/// Floor and ceiling, equal for a near-integer.
pub(crate) fn around(x: f64, tolerance: f64) -> (f64, f64) {
    let near = x.round();
    if (x - near).abs() <= tolerance {
        (near, near)
    } else {
        (x.floor(), x.ceil())
    }
}

/// A tiny number per column that breaks ties the same way everywhere.
pub(crate) fn tie_break(j: usize) -> f64 {
    let mut h = (j as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    h ^= h >> 29;
    h = h.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h ^= h >> 32;
    (h >> 11) as f64 / (1u64 << 53) as f64
}

/// Minimum-norm point over the cell's integer points, seen from `target`.
fn wolfe(
    (cell, accepted): (&Cell, f64),
    target: &[f64],
    known: &mut Vec<Vec<u32>>,
    (effort, beat): (&mut Effort, Beat<'_>),
) -> Result<Vec<(Vec<u32>, f64)>, Unmixed> {
    let mut lp = cell.lp.clone();
    let root: Vec<f64> = cell.scale.iter().map(|s| s.sqrt()).collect();
    let mut points: Vec<Vec<u32>> = Vec::new();
    let mut corral = Corral::default();
    let mut gradient: Vec<f64> = target
        .iter()
        .zip(&cell.scale)
        .map(|(f, s)| -f / s)
        .collect();
    let mut first = true;
    loop {
        if !beat(999) {
            return Err(Unmixed::Stopped);
        }
        let largest = gradient.iter().fold(0.0_f64, |a, g| a.max(g.abs()));
        let cost: Vec<f64> = gradient
            .iter()
            .enumerate()
            .map(|(j, g)| g / largest + 1e-9 * tie_break(j))
            .collect();
        lp.set_costs(&cost);
        let level: f64 = cost.iter().zip(target).map(|(c, f)| c * f).sum();
        let cutoff = if first { f64::INFINITY } else { level + 1e-9 };
        let point = match price(&mut lp, cutoff, effort) {
            Found::Point(point) => point,
            Found::Nothing => {
                known.append(&mut points);
                return Err(Unmixed::Outside);
            }
            Found::Limit => return Err(Unmixed::Limit),
        };
        first = false;
        let scaled: Vec<f64> = point
            .iter()
            .zip(target)
            .zip(&root)
            .map(|((x, f), r)| (x - f) / r)
            .collect();
        let grew = corral.add(points.len(), scaled);
        points.push(point.iter().map(|&x| x as u32).collect());
        let residual = corral.point();
        let error = residual
            .iter()
            .zip(&root)
            .fold(0.0_f64, |a, (x, r)| a.max((x / r).abs()));
        if error <= accepted || (!grew && error <= 1e-6) {
            return Ok(corral
                .members()
                .map(|(label, w)| (points[label].clone(), w))
                .collect());
        }
        if !grew {
            known.append(&mut points);
            return Err(Unmixed::Outside);
        }
        gradient = residual.iter().zip(&root).map(|(x, r)| x / r).collect();
    }
}
