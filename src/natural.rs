//! Natural numbers of any size: panels are counted exactly, and there are more of them than 64 bits hold.

use std::cmp::Ordering;
use std::fmt;

/// A natural number: 64-bit limbs, lowest first, no leading zero.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Natural(Vec<u64>);

/// Largest power of ten below 2^64, and its digits.
const CHUNK: (u64, usize) = (10_000_000_000_000_000_000, 19);

impl From<u64> for Natural {
    fn from(value: u64) -> Self {
        Self(if value == 0 { vec![] } else { vec![value] })
    }
}

impl std::iter::Sum for Natural {
    fn sum<I: Iterator<Item = Self>>(terms: I) -> Self {
        terms.fold(Self::default(), |mut total, term| {
            total.add(&term);
            total
        })
    }
}

impl Natural {
    /// From limbs, lowest first.
    pub(crate) fn from_limbs(mut limbs: Vec<u64>) -> Self {
        while limbs.last() == Some(&0) {
            limbs.pop();
        }
        Self(limbs)
    }

    /// From 128 bits.
    pub(crate) fn wide(value: u128) -> Self {
        Self::from_limbs(vec![value as u64, (value >> 64) as u64])
    }

    /// True for 0.
    pub(crate) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// Bits without leading zeros; 0 for 0.
    pub(crate) fn bits(&self) -> u64 {
        self.0.last().map_or(0, |top| {
            64 * self.0.len() as u64 - u64::from(top.leading_zeros())
        })
    }

    /// Adds `a · b`.
    pub(crate) fn add_product(&mut self, a: &Self, b: &Self) {
        if a.is_zero() || b.is_zero() {
            return;
        }
        let needed = (a.0.len() + b.0.len()).max(self.0.len()) + 1;
        self.0.resize(needed, 0);
        for (i, &x) in a.0.iter().enumerate() {
            let mut carry = 0_u128;
            for (j, &y) in b.0.iter().enumerate() {
                let cell = &mut self.0[i + j];
                let sum = u128::from(x) * u128::from(y) + u128::from(*cell) + carry;
                (*cell, carry) = (sum as u64, sum >> 64);
            }
            for cell in &mut self.0[i + b.0.len()..] {
                if carry == 0 {
                    break;
                }
                let sum = u128::from(*cell) + carry;
                (*cell, carry) = (sum as u64, sum >> 64);
            }
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    /// Adds another.
    pub(crate) fn add(&mut self, other: &Self) {
        self.add_product(other, &Self::from(1));
    }

    /// The product with a small number.
    pub(crate) fn times(&self, factor: u64) -> Self {
        let mut product = Self::default();
        product.add_product(self, &Self::from(factor));
        product
    }

    /// Takes a number away that is not larger.
    pub(crate) fn subtract(&mut self, other: &Self) {
        let mut borrow = false;
        for (i, cell) in self.0.iter_mut().enumerate() {
            let (first, a) = cell.overflowing_sub(other.0.get(i).copied().unwrap_or(0));
            let (second, b) = first.overflowing_sub(u64::from(borrow));
            (*cell, borrow) = (second, a || b);
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    /// Quotient and remainder by a small number above 0.
    pub(crate) fn divided(&self, divisor: u64) -> (Self, u64) {
        let mut rest = 0_u128;
        let mut limbs = self.0.clone();
        for cell in limbs.iter_mut().rev() {
            let value = rest << 64 | u128::from(*cell);
            (*cell, rest) = (
                (value / u128::from(divisor)) as u64,
                value % u128::from(divisor),
            );
        }
        (Self::from_limbs(limbs), rest as u64)
    }

    /// How often a number above 0 goes into this one, and what is left; the quotient must fit 63 bits.
    pub(crate) fn quotient(&self, divisor: &Self) -> (u64, Self) {
        let most = (self.bits() + 1).saturating_sub(divisor.bits()).min(63);
        let mut found = 0_u64;
        for bit in (0..most).rev() {
            let next = found | 1 << bit;
            if divisor.times(next) <= *self {
                found = next;
            }
        }
        let mut rest = self.clone();
        rest.subtract(&divisor.times(found));
        (found, rest)
    }

    /// The product.
    pub(crate) fn by(&self, other: &Self) -> Self {
        let mut product = Self::default();
        product.add_product(self, other);
        product
    }

    /// The quotient by a number above 0, rounded down, and what is left: bit by bit.
    pub(crate) fn over(&self, divisor: &Self) -> (Self, Self) {
        let (mut quotient, mut rest) = (Self::default(), self.clone());
        for bit in (0..(self.bits() + 1).saturating_sub(divisor.bits())).rev() {
            let power = Self::power_of_two(bit);
            let part = divisor.by(&power);
            if part <= rest {
                rest.subtract(&part);
                quotient.add(&power);
            }
        }
        (quotient, rest)
    }

    /// The same, rounded up.
    pub(crate) fn over_up(&self, divisor: &Self) -> Self {
        let (mut quotient, rest) = self.over(divisor);
        if !rest.is_zero() {
            quotient.add(&Self::from(1));
        }
        quotient
    }

    /// The square root, rounded down.
    pub(crate) fn root(&self) -> Self {
        let mut root = Self::default();
        for bit in (0..=self.bits() / 2).rev() {
            let mut next = root.clone();
            next.add(&Self::power_of_two(bit));
            if next.by(&next) <= *self {
                root = next;
            }
        }
        root
    }

    fn power_of_two(bit: u64) -> Self {
        let mut limbs = vec![0; bit as usize / 64];
        limbs.push(1 << (bit % 64));
        Self(limbs)
    }

    /// As 64 bits, if it fits.
    pub(crate) fn to_u64(&self) -> Option<u64> {
        match self.0[..] {
            [] => Some(0),
            [one] => Some(one),
            _ => None,
        }
    }

    /// C(n, r).
    pub(crate) fn choose(n: u64, r: u64) -> Self {
        if r > n {
            return Self::default();
        }
        (0..r.min(n - r)).fold(Self::from(1), |product, i| {
            product.times(n - i).divided(i + 1).0
        })
    }

    /// Natural logarithm, to the precision of `f64`; 0 for 0 and 1.
    pub(crate) fn ln(&self) -> f64 {
        let below = self.0.len().saturating_sub(2);
        let high: f64 = self.0[below..].iter().rev().fold(0.0, |sum, &limb| {
            sum * 18_446_744_073_709_551_616.0 + limb as f64
        });
        if high == 0.0 {
            return 0.0;
        }
        libm::log(high) + 64.0 * below as f64 * core::f64::consts::LN_2
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        let limbs = |n: &Self| n.0.len();
        limbs(self)
            .cmp(&limbs(other))
            .then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Decimal digits.
impl fmt::Display for Natural {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut chunks = Vec::new();
        let mut rest = self.clone();
        while !rest.is_zero() {
            let (quotient, chunk) = rest.divided(CHUNK.0);
            chunks.push(chunk);
            rest = quotient;
        }
        write!(f, "{}", chunks.pop().unwrap_or(0))?;
        chunks
            .iter()
            .rev()
            .try_for_each(|chunk| write!(f, "{chunk:0width$}", width = CHUNK.1))
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;

    use super::Natural;

    /// Numbers with all-ones and zero limbs, where carries run.
    fn numbers() -> Vec<(Natural, BigUint)> {
        let mut list = vec![];
        for shape in 0..81_u32 {
            let limbs: Vec<u64> = (0..4)
                .map(|i| [0, u64::MAX, 0x9e37_79b9_7f4a_7c15][(shape / 3_u32.pow(i) % 3) as usize])
                .collect();
            let digits: Vec<u32> = limbs
                .iter()
                .flat_map(|&l| [l as u32, (l >> 32) as u32])
                .collect();
            list.push((Natural::from_limbs(limbs), BigUint::new(digits)));
        }
        list
    }

    #[test]
    fn agrees_with_another_implementation() {
        for (a, big_a) in numbers() {
            assert_eq!(a.to_string(), big_a.to_string());
            assert_eq!(a.bits(), big_a.bits());
            assert_eq!(a.root().to_string(), big_a.sqrt().to_string());
            assert_eq!(a.divided(7).0.to_string(), (&big_a / 7_u32).to_string());
            for (b, big_b) in numbers() {
                let mut sum = a.clone();
                sum.add_product(&a, &b);
                assert_eq!(sum.to_string(), (&big_a + &big_a * &big_b).to_string());
                assert_eq!(a.cmp(&b), big_a.cmp(&big_b));
                if a >= b {
                    let mut rest = a.clone();
                    rest.subtract(&b);
                    assert_eq!(rest.to_string(), (&big_a - &big_b).to_string());
                }
                if !b.is_zero() {
                    let (quotient, rest) = a.over(&b);
                    assert_eq!(quotient.to_string(), (&big_a / &big_b).to_string());
                    assert_eq!(rest.to_string(), (&big_a % &big_b).to_string());
                    let up = (&big_a + &big_b - 1_u32) / &big_b;
                    assert_eq!(a.over_up(&b).to_string(), up.to_string());
                }
                if !b.is_zero() && (&big_a / &big_b).bits() < 63 {
                    let (quotient, rest) = a.quotient(&b);
                    assert_eq!(quotient.to_string(), (&big_a / &big_b).to_string());
                    assert_eq!(rest.to_string(), (&big_a % &big_b).to_string());
                }
            }
        }
    }

    #[test]
    fn binomials_and_logarithms() {
        assert_eq!(Natural::choose(5, 2).to_string(), "10");
        assert_eq!(Natural::choose(2, 3).to_string(), "0");
        assert_eq!(
            Natural::choose(100, 50).to_string(),
            "100891344545564193334812497256"
        );
        // ln C(1000, 500) = 689.4672615678511 (by the digits of the factorials)
        assert!((Natural::choose(1000, 500).ln() - 689.467_261_567_851).abs() < 1e-9);
    }
}
