//! What deliberation changed: known values, closed forms, brute force and laws that hold for any data.

#[cfg(feature = "csv")]
mod forums;
mod opinion;
mod rankings;
mod reasoning;
mod simulate;
mod voice;

/// Within so many units of the 10th digit.
fn near(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-10 * b.abs().max(1.0), "{a} is not {b}");
}

/// The codes of an error's problems.
fn codes<T: std::fmt::Debug>(result: kleroterion::Result<T>) -> Vec<String> {
    let problems = result.unwrap_err();
    let problems = problems.problems().iter();
    problems.map(|problem| problem.code.clone()).collect()
}
