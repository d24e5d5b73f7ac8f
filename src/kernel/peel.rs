//! Peeling: take one integer point after another out of a target, each with the longest step that stays in the unit
//! cell, until few entries are fractional.

use super::branch::{Effort, Found, price};
use super::mixture::{Beat, NEGLIGIBLE, Polytope, Unmixed, tie_break};
use super::simplex::Simplex;

/// What has been taken out, and what is left.
#[derive(Debug)]
pub(crate) struct Peeled {
    pub(crate) parts: Vec<(Vec<u32>, f64)>,
    pub(crate) rest: Vec<f64>,
    /// Weight of the rest.
    pub(crate) mass: f64,
}

struct Peel<'a> {
    polytope: &'a Polytope,
    /// What is left of the target, scaled back to mass one.
    rest: Vec<f64>,
    floor: Vec<f64>,
    /// Columns the program still holds; entries outside are integers for good.
    kept: Vec<u32>,
    /// Activity of every row at the floors and at the columns no longer held.
    fixed: Vec<f64>,
    lp: Simplex,
    mass: f64,
    parts: Vec<(Vec<u32>, f64)>,
}

/// Peels until at most `stop_at` entries are fractional.
pub(crate) fn peel(
    polytope: &Polytope,
    target: &[f64],
    stop_at: usize,
    (effort, beat): (&mut Effort, Beat<'_>),
) -> Result<Peeled, Unmixed> {
    let mut rest = target.to_vec();
    rest.iter_mut().for_each(|x| snap(x, 1e-10));
    let floor: Vec<f64> = rest.iter().map(|x| x.floor()).collect();
    let kept: Vec<u32> = (0..rest.len() as u32)
        .filter(|&j| rest[j as usize] > floor[j as usize])
        .collect();
    let (n, m) = (kept.len(), polytope.rows.len());
    let lp = Simplex::new(
        polytope.columns.select(&kept),
        vec![0.0; n],
        vec![1.0; n],
        &vec![(0.0, 0.0); m],
    );
    let mut peel = Peel {
        polytope,
        rest,
        floor,
        kept,
        fixed: vec![],
        lp,
        mass: 1.0,
        parts: vec![],
    };
    peel.fix_rows();
    if stop_at < usize::MAX {
        while peel.active() > stop_at && peel.mass > NEGLIGIBLE {
            if !beat((1000.0 * (1.0 - peel.mass)) as u64) {
                return Err(Unmixed::Stopped);
            }
            if !peel.step(effort)? {
                break;
            }
        }
    }
    Ok(Peeled {
        parts: peel.parts,
        rest: peel.rest,
        mass: peel.mass,
    })
}

/// Moves a near-integer onto it.
fn snap(x: &mut f64, tolerance: f64) {
    let near = x.round();
    if (*x - near).abs() <= tolerance {
        *x = near;
    }
}

impl Peel<'_> {
    fn fraction(&self, j: u32) -> f64 {
        self.rest[j as usize] - self.floor[j as usize]
    }

    fn is_active(&self, j: u32) -> bool {
        let f = self.fraction(j);
        f > 0.0 && f < 1.0
    }

    fn fix_rows(&mut self) {
        self.fixed = vec![0.0; self.polytope.rows.len()];
        let mut held = self.kept.iter().peekable();
        for j in 0..self.rest.len() {
            let is_held = held.next_if(|&&k| k as usize == j).is_some();
            let x = if is_held {
                self.floor[j]
            } else {
                self.rest[j].round()
            };
            self.polytope.columns.add_to(j, x, &mut self.fixed);
        }
    }

    fn room(&self, i: usize, activity: f64) -> (f64, f64) {
        self.polytope
            .room(i, self.fixed[i], activity, self.row_tolerance())
    }

    /// How near an integer a row's activity must be to stay there.
    fn row_tolerance(&self) -> f64 {
        (1e-11 / self.mass).clamp(1e-7, 1e-2)
    }

    fn active(&self) -> usize {
        self.kept.iter().filter(|&&j| self.is_active(j)).count()
    }

    /// Takes one point out. False when the cell holds none.
    fn step(&mut self, effort: &mut Effort) -> Result<bool, Unmixed> {
        let activity = self.set_bounds();
        let cost: Vec<f64> = self
            .kept
            .iter()
            .map(|&j| favour(self.fraction(j)))
            .collect();
        let largest = cost.iter().fold(1e-9_f64, |a, c| a.max(c.abs()));
        let cost: Vec<f64> = cost
            .iter()
            .enumerate()
            .map(|(i, c)| -c / largest + 1e-9 * tie_break(i))
            .collect();
        self.lp.set_costs(&cost);
        let level: f64 = cost
            .iter()
            .zip(&self.kept)
            .map(|(c, &j)| c * self.fraction(j))
            .sum();
        let z = match price(&mut self.lp, level + 1e-9, effort) {
            Found::Point(z) => z,
            Found::Nothing => return Ok(false),
            Found::Limit => return Err(Unmixed::Limit),
        };
        let length = self.longest_step(&z, &activity);
        self.take(&z, length);
        if self.active() * 10 < self.kept.len() * 7 {
            self.compact();
        }
        Ok(true)
    }

    /// Fixes finished columns and finished rows; returns the rows' activities.
    fn set_bounds(&mut self) -> Vec<f64> {
        let mut activity = vec![0.0; self.polytope.rows.len()];
        for (i, &j) in self.kept.iter().enumerate() {
            let f = self.fraction(j);
            self.lp.columns().add_to(i, f, &mut activity);
            if f <= 0.0 || f >= 1.0 {
                self.lp.set_bounds_later(i, f.round(), f.round());
            }
        }
        for (i, &a) in activity.iter().enumerate() {
            let (low, high) = self.room(i, a);
            self.lp.set_bounds_later(self.kept.len() + i, low, high);
        }
        activity
    }

    fn longest_step(&self, z: &[f64], activity: &[f64]) -> f64 {
        let mut length = 1.0_f64;
        let mut used = vec![0.0; activity.len()];
        for (i, &j) in self.kept.iter().enumerate() {
            self.lp.columns().add_to(i, z[i], &mut used);
            if self.is_active(j) {
                let f = self.fraction(j);
                length = length.min(if z[i] > 0.5 { f } else { 1.0 - f });
            }
        }
        for (i, (&a, &u)) in activity.iter().zip(&used).enumerate() {
            let (low, high) = self.room(i, a);
            if high > low {
                length = length.min(if u > a { a - low } else { high - a }.max(1e-6));
            }
        }
        length
    }

    fn take(&mut self, z: &[f64], length: f64) {
        let mut point: Vec<u32> = self.rest.iter().map(|&x| x.round() as u32).collect();
        for (i, &j) in self.kept.iter().enumerate() {
            point[j as usize] = self.floor[j as usize] as u32 + z[i] as u32;
        }
        self.parts.push((point, self.mass * length));
        if length >= 1.0 {
            self.mass = 0.0;
            return;
        }
        self.mass *= 1.0 - length;
        // what is left weighs little, so it may be moved by as much as its weight forgives
        let tolerance = (1e-12 / self.mass).clamp(1e-10, 1e-3);
        for (i, &j) in self.kept.iter().enumerate() {
            if self.is_active(j) {
                let x = &mut self.rest[j as usize];
                *x = (*x - length * (self.floor[j as usize] + z[i])) / (1.0 - length);
                snap(x, tolerance);
            }
        }
    }

    /// Drops finished columns from the program, keeping the basis.
    fn compact(&mut self) {
        self.set_bounds();
        self.lp.refresh();
        let keep: Vec<u32> = (0..self.kept.len() as u32)
            .filter(|&i| self.is_active(self.kept[i as usize]) || self.lp.is_basic(i as usize))
            .collect();
        self.lp = self.lp.restrict(&keep);
        self.kept = keep.iter().map(|&i| self.kept[i as usize]).collect();
        self.fix_rows();
    }
}

/// What a seat for the entry is worth: entries above one half want it, those about to be full most of all. Entries of
/// equal value are treated alike, so they stay alike and end together.
fn favour(f: f64) -> f64 {
    if f <= 0.0 || f >= 1.0 {
        return 0.0;
    }
    (f - 0.5) / (f * (1.0 - f)).max(1e-3)
}
