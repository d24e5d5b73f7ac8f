//! The interior-point method against its own optimality conditions on random programs.

use super::super::face::face;
use super::super::mixture::{Polytope, tie_break};
use super::relaxed::Relaxed;
use super::{Columns, Terms, over_polytope};

/// A random polytope around planted points, so that some bounds hold with equality and some rows depend on others.
fn random(seed: usize, most: usize) -> (Polytope, Vec<f64>) {
    let mut state = 50_000 * seed;
    let mut below = |n: usize| {
        state += 1;
        (tie_break(state) * n as f64) as usize
    };
    let (n, features) = (3 + below(most), 1 + below(3 + most / 60));
    let mut values = vec![];
    for _ in 0..features {
        values.push(2 + below(3 + most / 60));
    }
    let total: usize = values.iter().sum();
    let mut columns = Columns::new();
    let upper: Vec<f64> = (0..n)
        .map(|_| ((1 + below(4)) * (1 + below(4))) as f64)
        .collect();
    let inside: Vec<f64> = upper
        .iter()
        .map(|u| match below(9) {
            0 => *u,
            at => u * at as f64 / 10.0,
        })
        .collect();
    let mut activity = vec![0.0; total + 1];
    for (j, x) in inside.iter().enumerate() {
        let mut first = 0;
        let mut rows = vec![];
        for v in &values {
            rows.push((first + below(*v)) as u32);
            first += v;
        }
        rows.push(total as u32);
        columns.push(rows.into_iter().map(|i| (i, 1.0)));
        columns.add_to(j, *x, &mut activity);
    }
    let mut rows: Vec<(f64, f64)> = activity
        .iter()
        .map(|a| match below(4) {
            0 => (*a, *a),
            1 => (*a, a + 1.0),
            2 => (a - 0.5, *a),
            _ => (a - 1.0, a + 1.0),
        })
        .collect();
    rows[total] = (activity[total], activity[total]);
    let scale = vec![1.0; n];
    let polytope = Polytope {
        columns,
        upper,
        rows,
        scale,
    };
    (polytope, inside)
}

fn check(polytope: &Polytope, found: &Relaxed) -> Result<(), String> {
    let mut sums = vec![0.0; polytope.rows.len()];
    for (j, &x) in found.point.iter().enumerate() {
        if !(0.0..=polytope.upper[j]).contains(&x) {
            return Err(format!("column {j} at {x}"));
        }
        polytope.columns.add_to(j, x, &mut sums);
    }
    for (s, (low, high)) in sums.iter().zip(&polytope.rows) {
        if *s < low - 1e-11 || *s > high + 1e-11 {
            return Err(format!("row at {s} of {low}..{high}"));
        }
    }
    let mut bound = 0.0;
    let mut size = 0.0;
    for (m, (low, high)) in found.multipliers.iter().zip(&polytope.rows) {
        bound += (m * low).max(m * high);
        size += (m * low).abs().max((m * high).abs());
    }
    let mut value = 0.0;
    for (j, &x) in found.point.iter().enumerate() {
        value += found.pull[j] * x;
        let over = found.pull[j] - polytope.columns.dot(j, &found.multipliers);
        bound += over.max(0.0) * polytope.upper[j];
        size += found.pull[j].abs() * polytope.upper[j];
    }
    let gap = (bound - value) / size;
    if gap.abs() > 1e-11 {
        return Err(format!("gap {gap:e}"));
    }
    Ok(())
}

fn terms(polytope: &Polytope, logarithms: bool) -> Terms {
    let n = polytope.upper.len();
    let inverse = polytope.upper.iter().map(|u| 1.0 / u).collect();
    if logarithms {
        Terms {
            quadratic: vec![0.0; n],
            log: polytope.upper.clone(),
        }
    } else {
        Terms {
            quadratic: inverse,
            log: vec![0.0; n],
        }
    }
}

#[test]
fn the_optimum_proves_itself() {
    let mut failures = vec![];
    for seed in 0..450 {
        let most = if seed < 400 { 30 } else { 400 };
        let (polytope, inside) = random(seed, most);
        let face = face(&polytope, &inside, u64::MAX).expect("no limit");
        for logarithms in [false, true] {
            let found = over_polytope(&polytope, &face, &terms(&polytope, logarithms));
            if let Err(why) = check(&polytope, &found) {
                failures.push(format!("seed {seed} logarithms {logarithms}: {why}"));
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}
