//! A separable convex program over a polytope with ranges: rows get slack columns, what its face holds is left out.

use super::super::face::Face;
use super::super::mixture::Polytope;
use super::{Columns, Program, minimise};

/// Share of a bound's width that the start keeps away from it.
const START: f64 = 1e-2;

/// The objective `Σ quadratic_j x_j²/2 − log_j ln x_j`.
#[derive(Debug, Clone)]
pub(crate) struct Terms {
    pub(crate) quadratic: Vec<f64>,
    pub(crate) log: Vec<f64>,
}

/// The minimum over a polytope.
#[derive(Debug, Clone)]
pub(crate) struct Relaxed {
    pub(crate) point: Vec<f64>,
    /// One multiplier per row, not negative where only the high bound holds, not positive where only the low one does,
    /// so that `Σ (pull_j − m·a_j)⁺ upper_j + Σ max(m low, m high)` is `pull·point`, where pull is minus the gradient.
    pub(crate) multipliers: Vec<f64>,
    /// Minus the gradient; zero for columns that are always empty.
    pub(crate) pull: Vec<f64>,
    /// Steps of the interior-point method.
    pub(crate) steps: u64,
}

/// The program of the free columns and the rows that have some.
struct Reduced {
    program: Program,
    inside: Vec<f64>,
    free: Vec<u32>,
    rows: Vec<usize>,
}

/// Minimises over the polytope whose face is given.
pub(crate) fn over_polytope(polytope: &Polytope, face: &Face, terms: &Terms) -> Relaxed {
    let reduced = reduce(polytope, face, terms);
    let optimum = minimise(&reduced.program, &reduced.inside);
    let mut point: Vec<f64> = face
        .full
        .iter()
        .zip(&polytope.upper)
        .map(|(&full, &u)| if full { u } else { 0.0 })
        .collect();
    for (&j, &x) in reduced.free.iter().zip(&optimum.point) {
        point[j as usize] = x.clamp(0.0, polytope.upper[j as usize]);
    }
    let mut multipliers = vec![0.0; polytope.rows.len()];
    for (&i, m) in reduced.rows.iter().zip(&optimum.rows) {
        multipliers[i] = *m;
    }
    let pull: Vec<f64> = (0..point.len())
        .map(|j| match polytope.upper[j] {
            0.0 => 0.0,
            _ if terms.log[j] > 0.0 => terms.log[j] / point[j] - terms.quadratic[j] * point[j],
            _ => -terms.quadratic[j] * point[j],
        })
        .collect();
    let times = rays_needed(polytope, face, (&multipliers, &pull));
    for (m, ray) in multipliers.iter_mut().zip(&face.ray) {
        *m += times * ray;
    }
    Relaxed {
        point,
        multipliers,
        pull,
        steps: optimum.steps,
    }
}

fn reduce(polytope: &Polytope, face: &Face, terms: &Terms) -> Reduced {
    let free: Vec<u32> = (0..polytope.upper.len() as u32)
        .filter(|&j| polytope.upper[j as usize] > 0.0 && !face.full[j as usize])
        .collect();
    let mut fixed = vec![0.0; polytope.rows.len()];
    let mut sums = vec![0.0; polytope.rows.len()];
    let mut used = vec![false; polytope.rows.len()];
    for (j, &u) in polytope.upper.iter().enumerate() {
        let add = if face.full[j] { u } else { 0.0 };
        polytope.columns.add_to(j, add, &mut fixed);
        polytope.columns.add_to(j, face.inside[j], &mut sums);
    }
    for &j in &free {
        for (i, _) in polytope.columns.column(j as usize) {
            used[i] = true;
        }
    }
    let rows: Vec<usize> = (0..used.len()).filter(|&i| used[i]).collect();
    let mut place = vec![0; used.len()];
    for (at, &i) in rows.iter().enumerate() {
        place[i] = at as u32;
    }
    let pick = |values: &[f64]| {
        free.iter()
            .map(|&j| values[j as usize])
            .collect::<Vec<f64>>()
    };
    let mut program = Program {
        columns: Columns::new(),
        upper: pick(&polytope.upper),
        right: vec![],
        quadratic: pick(&terms.quadratic),
        log: pick(&terms.log),
    };
    let mut inside = pick(&face.inside);
    for &j in &free {
        let entries = polytope.columns.column(j as usize);
        program.columns.push(entries.map(|(i, a)| (place[i], a)));
    }
    for &i in &rows {
        let (low, high) = polytope.rows[i];
        program.right.push(face.held[i].unwrap_or(low) - fixed[i]);
        if face.held[i].is_none() {
            program.columns.push([(place[i], -1.0)]);
            program.upper.push(high - low);
            program.quadratic.push(0.0);
            program.log.push(0.0);
            inside.push(sums[i] - low);
        }
    }
    for (x, u) in inside.iter_mut().zip(&program.upper) {
        *x = x.clamp(START * u, (1.0 - START) * u);
    }
    Reduced {
        program,
        inside,
        free,
        rows,
    }
}

/// How often the face's ray is to be added so that multipliers of its bounds have the right signs.
fn rays_needed(polytope: &Polytope, face: &Face, (multipliers, pull): (&[f64], &[f64])) -> f64 {
    let mut times = 0.0_f64;
    for (i, &(low, high)) in polytope.rows.iter().enumerate() {
        if low < high && face.held[i].is_some() {
            times = times.max(-multipliers[i] / face.ray[i]);
        }
    }
    for j in (0..pull.len()).filter(|&j| face.full[j]) {
        let short = polytope.columns.dot(j, multipliers) - pull[j];
        times = times.max(short / -polytope.columns.dot(j, &face.ray));
    }
    times
}
