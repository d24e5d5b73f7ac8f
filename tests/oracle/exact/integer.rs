//! The integers of the simplex.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

/// Integers that report overflow.
pub(super) trait Exact: Clone + PartialOrd {
    fn of(value: &BigInt) -> Option<Self>;
    fn small(value: i64) -> Self;
    /// `(a·b − c·d) / by` of four factors, which is an integer.
    fn cross(factors: [&Self; 4], by: &Self) -> Option<Self>;
    /// `self + a·times`.
    fn plus(&self, a: &Self, times: i64) -> Option<Self>;
    fn products(a: [&Self; 2], b: [&Self; 2]) -> Option<Ordering>;
    fn sign(&self) -> i32;
    fn negated(&self) -> Self;
    fn big(&self) -> BigInt;
}

impl Exact for i128 {
    fn of(value: &BigInt) -> Option<Self> {
        value.to_i128()
    }
    fn small(value: i64) -> Self {
        value.into()
    }
    fn cross([a, b, c, d]: [&Self; 4], by: &Self) -> Option<Self> {
        Some(a.checked_mul(*b)?.checked_sub(c.checked_mul(*d)?)? / by)
    }
    fn plus(&self, a: &Self, times: i64) -> Option<Self> {
        self.checked_add(a.checked_mul(times.into())?)
    }
    fn products(a: [&Self; 2], b: [&Self; 2]) -> Option<Ordering> {
        Some(a[0].checked_mul(*a[1])?.cmp(&b[0].checked_mul(*b[1])?))
    }
    fn sign(&self) -> i32 {
        self.signum() as i32
    }
    fn negated(&self) -> Self {
        -self
    }
    fn big(&self) -> BigInt {
        (*self).into()
    }
}

impl Exact for BigInt {
    fn of(value: &BigInt) -> Option<Self> {
        Some(value.clone())
    }
    fn small(value: i64) -> Self {
        value.into()
    }
    fn cross([a, b, c, d]: [&Self; 4], by: &Self) -> Option<Self> {
        Some((a * b - c * d) / by)
    }
    fn plus(&self, a: &Self, times: i64) -> Option<Self> {
        Some(self + a * times)
    }
    fn products(a: [&Self; 2], b: [&Self; 2]) -> Option<Ordering> {
        Some((a[0] * a[1]).cmp(&(b[0] * b[1])))
    }
    fn sign(&self) -> i32 {
        if self.is_zero() {
            0
        } else if self.is_positive() {
            1
        } else {
            -1
        }
    }
    fn negated(&self) -> Self {
        -self
    }
    fn big(&self) -> BigInt {
        self.clone()
    }
}
