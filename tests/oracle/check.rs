//! The properties, each a function on plain data that says what is wrong.
//!
//! `tests/oracle/planted.rs` shows for each of them an answer that it reports.

pub(crate) mod bound;
pub(crate) mod certificate;
pub(crate) mod clash;
pub(crate) mod fairness;
pub(crate) mod frequency;
pub(crate) mod lottery;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive};

/// What a check says.
pub(crate) type Verdict = Result<(), String>;

/// Weights, values and bounds are over 10^12.
pub(crate) const DENOMINATOR: u64 = 1_000_000_000_000;

/// 1e-9 over [`DENOMINATOR`].
pub(crate) const TOLERANCE: u64 = 1_000;

/// True within 1e-9, exactly compared.
pub(crate) fn near(a: &BigRational, b: &BigRational) -> bool {
    (a - b).abs() <= BigRational::new(TOLERANCE.into(), DENOMINATOR.into())
}

/// For messages.
pub(crate) fn show(value: &BigRational) -> String {
    format!("{value} = {:.12}", value.to_f64().unwrap_or(f64::NAN))
}

pub(crate) fn rational(value: u64) -> BigRational {
    BigRational::new(BigInt::from(value), DENOMINATOR.into())
}

/// `Err(message)` unless the condition holds.
pub(crate) fn ensure(condition: bool, message: impl FnOnce() -> String) -> Verdict {
    if condition { Ok(()) } else { Err(message()) }
}
