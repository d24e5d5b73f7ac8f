//! The last digits: bounds that hold with equality are kept so, and Newton's method does the rest.

use super::step::Normal;
use super::{Optimum, Program};

/// A bound is kept when the distance to it is below this and its multiplier outweighs the distance.
const NEAR: f64 = 1e-5;
/// Newton steps.
const STEPS: usize = 4;
/// Largest violation of a bound or of a multiplier's sign, against the size of the numbers.
const SLIP: f64 = 1e-10;

/// Where a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Lower,
    Upper,
    Free,
    /// Free, linear and alone in its row: the row asks for nothing.
    Loose,
}

/// The optimum on the bounds that an interior point is about to reach. `None` when they are not the right ones.
pub(super) fn polish(program: &Program, rough: &Optimum) -> Option<Optimum> {
    let scale = gradient_scale(program, rough);
    let stands = stands(program, rough, scale);
    let loose = loose_rows(program, &stands)?;
    let mut now = rough.clone();
    for (j, stand) in stands.iter().enumerate() {
        match stand {
            Stand::Lower => now.point[j] = 0.0,
            Stand::Upper => now.point[j] = program.upper[j],
            Stand::Free | Stand::Loose => {}
        }
    }
    for (i, loose) in loose.iter().enumerate() {
        if loose.is_some() {
            now.rows[i] = 0.0;
        }
    }
    for _ in 0..STEPS {
        newton(program, &stands, &loose, &mut now)?;
    }
    settle(program, &stands, &loose, &mut now);
    holds(program, &stands, scale, &now).then_some(now)
}

/// Largest entry of the gradient.
fn gradient_scale(program: &Program, at: &Optimum) -> f64 {
    (0..program.len())
        .map(|j| program.quadratic[j] * at.point[j] + program.log[j] / at.point[j])
        .fold(1e-300, f64::max)
}

fn stands(program: &Program, rough: &Optimum, scale: f64) -> Vec<Stand> {
    let stand = |j: usize| {
        let near =
            |distance: f64, multiplier: f64| distance < NEAR && multiplier > distance * scale;
        if program.log[j] == 0.0 && near(rough.point[j], rough.below[j]) {
            Stand::Lower
        } else if program.upper[j].is_finite() && near(rough.room[j], rough.above[j]) {
            Stand::Upper
        } else if program.log[j] == 0.0 && program.quadratic[j] == 0.0 {
            Stand::Loose
        } else {
            Stand::Free
        }
    };
    (0..program.len()).map(stand).collect()
}

/// The loose column of every row that has one. `None` when a loose column has several rows.
fn loose_rows(program: &Program, stands: &[Stand]) -> Option<Vec<Option<usize>>> {
    let mut loose = vec![None; program.right.len()];
    for (j, _) in stands
        .iter()
        .enumerate()
        .filter(|(_, s)| **s == Stand::Loose)
    {
        let mut entries = program.columns.column(j);
        let (row, _) = entries.next()?;
        if entries.next().is_some() {
            return None;
        }
        loose[row] = Some(j);
    }
    Some(loose)
}

fn newton(
    program: &Program,
    stands: &[Stand],
    loose: &[Option<usize>],
    now: &mut Optimum,
) -> Option<()> {
    let n = program.len();
    let mut give = vec![0.0; n];
    let mut push = vec![0.0; n];
    for j in (0..n).filter(|&j| stands[j] == Stand::Free) {
        let (x, q, t) = (now.point[j], program.quadratic[j], program.log[j]);
        if t > 0.0 && x <= 0.0 {
            return None;
        }
        let pull = if t > 0.0 { t / x } else { 0.0 };
        give[j] = 1.0 / (q + if t > 0.0 { pull / x } else { 0.0 });
        push[j] = pull - q * x - program.columns.dot(j, &now.rows);
    }
    let mut columns = super::Columns::new();
    for j in 0..n {
        let tight = program
            .columns
            .column(j)
            .filter(|(i, _)| loose[*i].is_none());
        columns.push(tight.map(|(i, a)| (i as u32, a)));
    }
    let mut right = program.shortfall(&now.point);
    for (i, r) in right.iter_mut().enumerate() {
        *r = if loose[i].is_some() { 0.0 } else { -*r };
    }
    for j in 0..n {
        columns.add_to(j, give[j] * push[j], &mut right);
    }
    let step = Normal::new(&columns, &give, right.len()).solve(&right);
    for j in (0..n).filter(|&j| stands[j] == Stand::Free) {
        now.point[j] += give[j] * (push[j] - columns.dot(j, &step));
    }
    for (m, step) in now.rows.iter_mut().zip(&step) {
        *m += step;
    }
    Some(())
}

/// Loose columns take up what their rows leave; multipliers of the bounds follow from the gradient.
fn settle(program: &Program, stands: &[Stand], loose: &[Option<usize>], now: &mut Optimum) {
    let rest = program.shortfall(&now.point);
    for (i, j) in loose.iter().enumerate() {
        if let Some(j) = *j {
            let own = program.columns.column(j).next().map_or(1.0, |(_, a)| a);
            now.point[j] += rest[i] / own;
        }
    }
    for (j, stand) in stands.iter().enumerate() {
        now.room[j] = program.upper[j] - now.point[j];
        let pull = program.quadratic[j] * now.point[j] + program.columns.dot(j, &now.rows);
        let log = if program.log[j] > 0.0 {
            program.log[j] / now.point[j]
        } else {
            0.0
        };
        let (below, above) = match stand {
            Stand::Lower => (pull, 0.0),
            Stand::Upper => (log, log - pull),
            Stand::Free | Stand::Loose => (log, 0.0),
        };
        now.below[j] = below;
        now.above[j] = above;
    }
}

/// Bounds, rows and signs hold to rounding. Clears what rounding left.
fn holds(program: &Program, stands: &[Stand], scale: f64, now: &Optimum) -> bool {
    let most = program.right.iter().fold(1.0_f64, |a, b| a.max(b.abs()));
    let rows = program.shortfall(&now.point);
    rows.iter().all(|r| r.abs() <= 1e-12 * most)
        && (0..program.len()).all(|j| {
            let inside = now.point[j] >= -SLIP && now.room[j] >= -SLIP;
            let signs = now.below[j] >= -SLIP * scale && now.above[j] >= -SLIP * scale;
            let gradient = program.quadratic[j] * now.point[j] + program.columns.dot(j, &now.rows)
                - now.below[j]
                + now.above[j];
            let flat = stands[j] == Stand::Loose || gradient.abs() <= SLIP * scale;
            inside && signs && flat && now.point[j].is_finite()
        })
}
