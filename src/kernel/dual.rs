//! Minimising smooth convex functions: ln Σ exp of linear functions, minus a linear function.

/// A function's value and gradient at a point.
pub(crate) type Point = (f64, Vec<f64>);

/// Solves `(A + ridge) x = b` for a symmetric positive semidefinite matrix, given by rows; raises the ridge until it works.
pub(crate) fn solve(matrix: &[f64], b: &[f64]) -> Vec<f64> {
    let n = b.len();
    let largest = (0..n).map(|i| matrix[i * n + i]).fold(1e-300, f64::max);
    let mut ridge = 1e-13 * largest;
    loop {
        if let Some(factor) = cholesky(matrix, n, ridge) {
            return substitute(&factor, b);
        }
        ridge *= 100.0;
        if ridge > 1e10 * largest {
            return vec![0.0; n];
        }
    }
}

fn cholesky(matrix: &[f64], n: usize, ridge: f64) -> Option<Vec<f64>> {
    let mut l = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..=i {
            let mut sum = matrix[i * n + j] + if i == j { ridge } else { 0.0 };
            for k in 0..j {
                sum -= l[i * n + k] * l[j * n + k];
            }
            if i > j {
                l[i * n + j] = sum / l[j * n + j];
            } else if sum > ridge * 0.01 {
                l[i * n + i] = sum.sqrt();
            } else {
                return None;
            }
        }
    }
    Some(l)
}

fn substitute(l: &[f64], b: &[f64]) -> Vec<f64> {
    let n = b.len();
    let mut x = b.to_vec();
    for i in 0..n {
        for k in 0..i {
            x[i] -= l[i * n + k] * x[k];
        }
        x[i] /= l[i * n + i];
    }
    for i in (0..n).rev() {
        for k in i + 1..n {
            x[i] -= l[k * n + i] * x[k];
        }
        x[i] /= l[i * n + i];
    }
    x
}

/// Steps that the memory of [`descend`] holds.
const MEMORY: usize = 20;

/// Limited-memory BFGS (Nocedal 1980) with step halving, until the largest component of the gradient is below
/// `enough`, no step helps, or `rounds` evaluations are spent. `scale` is a guess of the inverse curvature.
pub(crate) fn descend(
    mut x: Vec<f64>,
    scale: &[f64],
    (enough, rounds): (f64, usize),
    mut at: impl FnMut(&[f64]) -> Option<Point>,
) -> Option<Vec<f64>> {
    let (mut value, mut gradient) = at(&x)?;
    let mut memory: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
    let mut spent = 1;
    while spent < rounds && gradient.iter().any(|g| g.abs() > enough) {
        let direction = direction(&gradient, &memory, scale);
        let slope = dot(&direction, &gradient);
        let mut step = 1.0;
        let found = loop {
            let next: Vec<f64> = x
                .iter()
                .zip(&direction)
                .map(|(x, d)| x + step * d)
                .collect();
            let there = at(&next)?;
            spent += 1;
            // near the optimum the value no longer shows progress, the slope along the step does
            let flatter = dot(&direction, &there.1).abs() < 0.9 * slope.abs();
            let noise = 1e-14 * value.abs().max(1.0);
            if there.0 <= value + 1e-4 * step * slope || (flatter && there.0 <= value + noise) {
                break Some((next, there));
            }
            step *= 0.5;
            if step < 1e-6 || spent >= rounds {
                break None;
            }
        };
        let Some((next, there)) = found else {
            if memory.is_empty() {
                break;
            }
            memory.clear();
            continue;
        };
        let s: Vec<f64> = next.iter().zip(&x).map(|(a, b)| a - b).collect();
        let y: Vec<f64> = there.1.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        if dot(&s, &y) > 0.0 {
            memory.push((s, y));
            if memory.len() > MEMORY {
                memory.remove(0);
            }
        }
        (x, value, gradient) = (next, there.0, there.1);
    }
    Some(x)
}

fn direction(gradient: &[f64], memory: &[(Vec<f64>, Vec<f64>)], scale: &[f64]) -> Vec<f64> {
    let mut q = gradient.to_vec();
    let mut factors = Vec::new();
    for (s, y) in memory.iter().rev() {
        let factor = dot(s, &q) / dot(s, y);
        q.iter_mut().zip(y).for_each(|(q, y)| *q -= factor * y);
        factors.push(factor);
    }
    let mut size = 1.0;
    if let Some((s, y)) = memory.last() {
        let weighted: f64 = y.iter().zip(scale).map(|(y, c)| y * y * c).sum();
        size = dot(s, y) / weighted;
    }
    q.iter_mut().zip(scale).for_each(|(q, c)| *q *= c * size);
    for ((s, y), factor) in memory.iter().zip(factors.iter().rev()) {
        let back = factor - dot(y, &q) / dot(s, y);
        q.iter_mut().zip(s).for_each(|(q, s)| *q += back * s);
    }
    q.iter_mut().for_each(|q| *q = -*q);
    q
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
