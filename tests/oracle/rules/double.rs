//! Numbers of two floats: about 31 decimal digits (Dekker 1971, Knuth).

use std::iter::Sum;
use std::ops::{Add, Div, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;

/// The sum of both, the second at most half a unit in the last place of the first.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(crate) struct Double(f64, f64);

impl Double {
    pub(crate) const ZERO: Self = Self(0.0, 0.0);
    pub(crate) const ONE: Self = Self(1.0, 0.0);

    pub(crate) fn of(value: i64) -> Self {
        Self(value as f64, 0.0)
    }

    pub(crate) fn float(value: f64) -> Self {
        Self(value, 0.0)
    }

    pub(crate) fn to_f64(self) -> f64 {
        self.0
    }

    pub(crate) fn is_positive(self) -> bool {
        self.0 > 0.0
    }

    /// Exactly.
    pub(crate) fn exact(self) -> BigRational {
        let part = |v: f64| BigRational::from_float(v).expect("finite");
        part(self.0) + part(self.1)
    }

    /// Rounded down to 25 digits after the point, so that fractions made of it stay short.
    pub(crate) fn rounded(self) -> BigRational {
        let unit = BigInt::from(10).pow(25);
        let scaled = (self.exact() * &unit).floor().to_integer();
        BigRational::new(scaled, unit)
    }
}

fn sum(a: f64, b: f64) -> Double {
    let s = a + b;
    let other = s - a;
    Double(s, (a - (s - other)) + (b - other))
}

fn quick(a: f64, b: f64) -> Double {
    let s = a + b;
    Double(s, b - (s - a))
}

fn halves(a: f64) -> [f64; 2] {
    let t = 134_217_729.0 * a;
    let high = t - (t - a);
    [high, a - high]
}

fn product(a: f64, b: f64) -> Double {
    let p = a * b;
    let ([a1, a2], [b1, b2]) = (halves(a), halves(b));
    Double(p, ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2)
}

impl Add for Double {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let (high, low) = (sum(self.0, other.0), sum(self.1, other.1));
        let first = quick(high.0, high.1 + low.0);
        quick(first.0, first.1 + low.1)
    }
}

impl Neg for Double {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0, -self.1)
    }
}

impl Sub for Double {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Double {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let p = product(self.0, other.0);
        quick(p.0, p.1 + (self.0 * other.1 + self.1 * other.0))
    }
}

impl Div for Double {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let first = self.0 / other.0;
        let rest = self - other * Self::float(first);
        let second = rest.0 / other.0;
        let rest = rest - other * Self::float(second);
        quick(first, second) + Self::float(rest.0 / other.0)
    }
}

impl Sum for Double {
    fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
        items.fold(Self::ZERO, |total, item| total + item)
    }
}

#[test]
fn thirds_and_sevenths_are_exact_to_thirty_digits() {
    let third = Double::ONE / Double::of(3);
    let seventh = Double::ONE / Double::of(7);
    let expected = BigRational::new(10.into(), 21.into());
    let tiny = BigRational::new(1.into(), BigInt::from(10).pow(30));
    for value in [
        third + seventh,
        Double::of(10) * third * seventh,
        (third - seventh) * Double::of(5) / Double::of(2),
    ] {
        let error = value.exact() - &expected;
        assert!(error < tiny && -error < tiny, "{value:?}");
    }
}
