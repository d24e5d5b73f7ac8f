//! Arithmetic on table numbers: finite fields, and products of them.

/// A ring with so many elements, written 0, 1, …: a finite field when their number is a prime power, otherwise the product of the fields of
/// its prime powers.
#[derive(Debug, Clone)]
pub(super) struct Ring {
    order: usize,
    fields: Vec<Field>,
}

/// GF(p^k). An element is a polynomial over the integers mod p; its coefficients are the digits of its number in base p.
#[derive(Debug, Clone)]
struct Field {
    prime: usize,
    order: usize,
    /// Products, row by row.
    products: Vec<u16>,
}

/// Prime powers that multiply to `n`, ascending by prime.
pub(super) fn prime_powers(mut n: usize) -> Vec<(usize, u32)> {
    let mut found = Vec::new();
    let mut prime = 2;
    while n > 1 {
        let mut power = 0;
        while n.is_multiple_of(prime) {
            n /= prime;
            power += 1;
        }
        if power > 0 {
            found.push((prime, power));
        }
        prime += 1;
        if prime * prime > n && n > 1 {
            prime = n;
        }
    }
    found
}

impl Ring {
    /// O(order² · log order) for a field. At most 1000 elements; at least 1.
    pub(super) fn new(order: usize) -> Self {
        let fields = prime_powers(order).into_iter();
        Self {
            order,
            fields: fields.map(|(p, k)| Field::new(p, k)).collect(),
        }
    }

    /// How many elements there are whose differences all have inverses: the smallest of the prime powers (MacNeish).
    pub(super) fn slopes(&self) -> usize {
        self.fields.iter().map(|f| f.order).min().unwrap_or(0)
    }

    /// The `i`-th of these elements.
    pub(super) fn slope(&self, i: usize) -> usize {
        self.fields.iter().rev().fold(0, |all, f| all * f.order + i)
    }

    /// `a + b·c`.
    pub(super) fn line(&self, a: usize, b: usize, c: usize) -> usize {
        let (mut rest, mut scale, mut sum) = ([a, b, c], 1, 0);
        for field in &self.fields {
            let [a, b, c] = rest.map(|x| x % field.order);
            rest = rest.map(|x| x / field.order);
            sum += scale * field.add(a, usize::from(field.products[b * field.order + c]));
            scale *= field.order;
        }
        debug_assert!(sum < self.order.max(1));
        sum
    }
}

impl Field {
    fn new(prime: usize, degree: u32) -> Self {
        let order = prime.pow(degree);
        // The first polynomial x^k + … without divisors of zero: then every element but 0 has an inverse.
        let tables = (0..order).map(|tail| products(prime, order, tail));
        let is_field = |table: &Vec<u16>| {
            let rows = table.chunks(order).skip(1);
            rows.flat_map(|row| row.iter().skip(1)).all(|&p| p != 0)
        };
        Self {
            prime,
            order,
            products: tables.into_iter().find(is_field).unwrap_or_default(),
        }
    }

    fn add(&self, a: usize, b: usize) -> usize {
        add(self.prime, a, b)
    }
}

/// Digit by digit mod p.
fn add(prime: usize, mut a: usize, mut b: usize) -> usize {
    let (mut sum, mut scale) = (0, 1);
    while a > 0 || b > 0 {
        sum += scale * ((a % prime + b % prime) % prime);
        (a, b, scale) = (a / prime, b / prime, scale * prime);
    }
    sum
}

/// Products of polynomials mod x^k − tail.
fn products(prime: usize, order: usize, tail: usize) -> Vec<u16> {
    let times = |digit: usize, a: usize| (0..digit).fold(0, |sum, _| add(prime, sum, a));
    let top = order / prime;
    let times_x = |a: usize| add(prime, (a % top) * prime, times(a / top, tail));
    let mut table = vec![0; order * order];
    for a in 0..order {
        for b in 0..order {
            let (mut rest, mut power, mut product) = (b, a, 0);
            while rest > 0 {
                product = add(prime, product, times(rest % prime, power));
                power = times_x(power);
                rest /= prime;
            }
            table[a * order + b] = product as u16;
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{Ring, prime_powers};

    #[test]
    fn numbers_fall_into_prime_powers() {
        assert_eq!(prime_powers(1), []);
        assert_eq!(prime_powers(97), [(97, 1)]);
        assert_eq!(prime_powers(360), [(2, 3), (3, 2), (5, 1)]);
    }

    /// Different slopes never give the same line twice: `s·i = t·i` only for `i = 0` or `s = t`, and sums can be taken back.
    #[test]
    fn slopes_differ_by_units() {
        for order in [2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 25, 27, 36] {
            let ring = Ring::new(order);
            let slopes: Vec<usize> = (0..ring.slopes()).map(|i| ring.slope(i)).collect();
            for i in 1..order {
                let mut lines: Vec<usize> = slopes.iter().map(|&s| ring.line(0, s, i)).collect();
                lines.sort_unstable();
                lines.dedup();
                assert_eq!(lines.len(), slopes.len(), "order {order}, row {i}");
                let mut shifted: Vec<usize> = (0..order).map(|j| ring.line(j, 1, i)).collect();
                shifted.sort_unstable();
                assert!(shifted.into_iter().eq(0..order));
            }
        }
        assert_eq!(
            [6, 8, 9, 12, 97].map(|g| Ring::new(g).slopes()),
            [2, 8, 9, 3, 97]
        );
    }

    #[test]
    fn products_distribute_over_sums() {
        for order in [4, 8, 9, 12] {
            let ring = Ring::new(order);
            for (a, b, c) in (0..order * order * order)
                .map(|i| (i % order, i / order % order, i / order / order))
            {
                let (sum, product) = (ring.line(a, ring.slope(1), b), ring.line(0, c, b));
                let left = ring.line(0, c, sum);
                assert_eq!(
                    left,
                    ring.line(product, c, a),
                    "order {order}: {c}·({a} + {b})"
                );
            }
        }
    }
}
