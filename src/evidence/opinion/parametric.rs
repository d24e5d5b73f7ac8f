//! Tails of distributions, from `statrs`.
#![cfg(feature = "statistics")]

use statrs::distribution::{ChiSquared, ContinuousCDF, Normal, StudentsT};

/// P(|T| ≥ |t|) for Student's t with so many degrees of freedom, at least 1.
pub(super) fn student_two_sided(t: f64, freedom: f64) -> Option<f64> {
    let distribution = StudentsT::new(0.0, 1.0, freedom).ok()?;
    t.is_finite()
        .then(|| (2.0 * distribution.sf(t.abs())).min(1.0))
}

/// P(|Z| ≥ |z|) for the standard normal distribution.
pub(super) fn normal_two_sided(z: f64) -> Option<f64> {
    let distribution = Normal::new(0.0, 1.0).ok()?;
    Some((2.0 * distribution.sf(z.abs())).min(1.0))
}

/// P(X ≥ x) for chi-square with so many degrees of freedom, at least 1.
pub(super) fn chi_square_above(x: f64, freedom: f64) -> Option<f64> {
    Some(ChiSquared::new(freedom).ok()?.sf(x))
}
