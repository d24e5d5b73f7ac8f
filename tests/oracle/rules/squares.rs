//! The least sum of squared chances in exact rationals: Wolfe's nearest point of a polytope (1976) over all panels.

use num_rational::BigRational;
use num_traits::{Signed, Zero};

use super::hull::{Hull, whole};

/// Chances per class with the least Σ p² over all people, proven: no panel has a smaller Σ p than Σ p² is.
pub(crate) fn least_squares(hull: &Hull) -> Vec<BigRational> {
    let columns = &hull.columns;
    // ⟨a, b⟩ of two vectors of seats, each person of a class having an equal share.
    let product = |a: &[BigRational], column: &[i64]| -> BigRational {
        let each = a.iter().zip(column).zip(&hull.counts);
        each.map(|((a, &b), &n)| a * whole(b) / whole(n)).sum()
    };
    let seats = |column: &[i64]| column.iter().map(|&a| whole(a)).collect::<Vec<_>>();
    let mut corral: Vec<(usize, BigRational)> = vec![(0, whole(1))];
    loop {
        let point = mix(columns, &corral);
        let own: BigRational = point
            .iter()
            .zip(&hull.counts)
            .map(|(y, &n)| y * y / whole(n))
            .sum();
        let nearest = (0..columns.len())
            .map(|c| (product(&point, &columns[c]), c))
            .min()
            .expect("a panel");
        if nearest.0 >= own {
            let counts = point.iter().zip(&hull.counts);
            return counts.map(|(y, &n)| y / whole(n)).collect();
        }
        corral.push((nearest.1, BigRational::zero()));
        loop {
            let gram = |&(a, _): &(usize, BigRational)| -> Vec<BigRational> {
                let a = seats(&columns[a]);
                corral
                    .iter()
                    .map(|&(b, _)| product(&a, &columns[b]))
                    .collect()
            };
            let affine = nearest_affine(corral.iter().map(gram).collect());
            if !affine.iter().any(Signed::is_negative) {
                corral.iter_mut().zip(affine).for_each(|((_, w), a)| *w = a);
                corral.retain(|(_, w)| !w.is_zero());
                break;
            }
            let limits = corral.iter().zip(&affine).filter(|(_, a)| a.is_negative());
            let step = limits
                .map(|((_, w), a)| w / (w - a))
                .min()
                .expect("one is negative");
            for ((_, w), a) in corral.iter_mut().zip(affine) {
                *w = &*w + &step * (a - &*w);
            }
            corral.retain(|(_, w)| !w.is_zero());
        }
    }
}

fn mix(columns: &[Vec<i64>], corral: &[(usize, BigRational)]) -> Vec<BigRational> {
    let seats = |r: usize| corral.iter().map(|(c, w)| w * whole(columns[*c][r])).sum();
    (0..columns[0].len()).map(seats).collect()
}

/// Weights that sum to 1 of the point nearest to the origin on the affine hull of points with these products.
fn nearest_affine(gram: Vec<Vec<BigRational>>) -> Vec<BigRational> {
    let n = gram.len();
    let mut rows: Vec<Vec<BigRational>> = gram;
    for row in &mut rows {
        row.extend([whole(1), whole(0)]);
    }
    let mut last = vec![whole(1); n];
    last.extend([whole(0), whole(1)]);
    rows.push(last);
    for at in 0..=n {
        let pivot = (at..=n)
            .find(|&r| !rows[r][at].is_zero())
            .expect("affinely independent");
        rows.swap(at, pivot);
        let pivot: Vec<BigRational> = rows[at].iter().map(|v| v / &rows[at][at]).collect();
        for (r, row) in rows.iter_mut().enumerate() {
            if r != at && !row[at].is_zero() {
                let factor = row[at].clone();
                row.iter_mut()
                    .zip(&pivot)
                    .for_each(|(v, p)| *v -= &factor * p);
            }
        }
        rows[at] = pivot;
    }
    rows.into_iter()
        .take(n)
        .map(|row| row[n + 1].clone())
        .collect()
}
