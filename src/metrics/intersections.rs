//! How panels mix features: expected seats for every pair of values.

use std::collections::BTreeMap;

use super::features::{feature_of_quotas, plain_features};
use super::pair_shares::PairShares;
use super::suppression::published;
use crate::instance::Instance;
use crate::ratio::{Ratio, gcd};

/// One pair of values of two features, such as women of 16 to 29.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PairCell {
    /// The two canonical quotas, of ascending features.
    pub quotas: [u32; 2],
    /// People of the pool with both values.
    pub people: u64,
    /// Expected seats of these people: the sum of their chances.
    pub seats: f64,
    /// The same exactly, unless its digits leave 64 bits.
    pub exact_seats: Option<Ratio>,
    /// `seats / k`.
    pub panel_share: f64,
    /// `people / n`.
    pub pool_share: f64,
    /// The product of the two quotas' shares of the seats, `(min + max)/(2k)` each: what independent features would give.
    pub product_share: f64,
    /// Share of the population, where it was given.
    pub population_share: Option<f64>,
    /// Whether figures of this cell may be printed: no count of people below five is printed, nor a cell from which such a count could be
    /// worked out with the totals of all values and the other cells of the table of these two features.
    pub published: bool,
}

/// The intersection report of one lottery.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Intersections {
    /// Every pair of values of every two features, in canonical order; pairs that nobody has too.
    pub cells: Vec<PairCell>,
    /// Mean over all cells of (panel share − pool share)²; 0 without cells.
    pub error_pool: f64,
    /// Mean over all cells of (panel share − product share)²; 0 without cells.
    pub error_product: f64,
    /// Mean of (panel share − population share)² over the cells with a population share; `None` without any.
    pub error_population: Option<f64>,
}

impl Intersections {
    /// The mean over all cells of the squared difference of two lotteries' panel shares; `None` when the cells are not
    /// those of the same instance. O(cells).
    #[must_use]
    pub fn error_from(&self, other: &Self) -> Option<f64> {
        let same = |(a, b): (&PairCell, &PairCell)| a.quotas == b.quotas;
        let equal =
            self.cells.len() == other.cells.len() && self.cells.iter().zip(&other.cells).all(same);
        equal.then(|| {
            let pairs = self.cells.iter().zip(&other.cells);
            mean(pairs.map(|(a, b)| (a.panel_share, b.panel_share)).collect())
        })
    }
}

/// The intersection report: for every pair of values of two features the seats it can expect, held against the pool,
/// against what the quotas would give if features were independent and, where given, against the population. Flanigan
/// et al. (Nature 2021, supplementary information) compare rules by these mean squared errors.
///
/// A *cell* is one pair of values of one pair of features; the mean squared errors are means over all cells of all pairs
/// of features together, of squared differences of shares. A pair of features with many values weighs more than one
/// with few. Joint features, whose values follow from those of others, are left out.
///
/// `chances` are everybody's in canonical order; people beyond its end count with chance 0. O(n·f² + cells²) for f
/// features.
///
/// ```
/// use kleroterion::{Instance, Pool, Quotas, Ratio, metrics};
/// let quotas = Quotas::builder()
///     .feature("age").value("old", 1..=1).value("young", 1..=1)
///     .feature("sex").value("man", 1..=1).value("woman", 1..=1)
///     .build()?;
/// let pool = Pool::builder()
///     .person("p1", [("age", "old"), ("sex", "man")])
///     .person("p2", [("age", "young"), ("sex", "woman")])
///     .person("p3", [("age", "old"), ("sex", "man")])
///     .build()?;
/// let instance = Instance::new(pool, quotas, 2)?;
/// let report = metrics::intersections(&instance, &[Ratio::new(1, 2), Ratio::new(1, 1), Ratio::new(1, 2)], None);
/// let old_men = &report.cells[0];
/// assert_eq!((old_men.people, old_men.exact_seats), (2, Some(Ratio::new(1, 1))));
/// assert_eq!((old_men.panel_share, old_men.product_share), (0.5, 0.25));
/// assert_eq!(report.error_product, 0.25 * 0.25); // four cells: 1/2, 0, 0, 1/2, each 1/4 away from 1/4
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[must_use]
pub fn intersections(
    instance: &Instance,
    chances: &[Ratio],
    population: Option<&PairShares>,
) -> Intersections {
    let blocks = blocks(instance);
    let mut cells = Vec::new();
    for (at, (one, first)) in blocks.iter().enumerate() {
        for (other, second) in &blocks[at + 1..] {
            let mut pair = Pair {
                instance,
                features: (*one, *other),
                table: vec![vec![Tally::default(); second.len()]; first.len()],
            };
            pair.count(chances, (first.start as u32, second.start as u32));
            cells.extend(pair.cells((first.start as u32, second.start as u32), population));
        }
    }
    let against = |share: &dyn Fn(&PairCell) -> Option<f64>| {
        cells
            .iter()
            .filter_map(|c| Some((c.panel_share, share(c)?)))
            .collect::<Vec<_>>()
    };
    let population = against(&|c| c.population_share);
    Intersections {
        error_pool: mean(against(&|c| Some(c.pool_share))),
        error_product: mean(against(&|c| Some(c.product_share))),
        error_population: (!population.is_empty()).then(|| mean(population)),
        cells,
    }
}

/// Mean squared difference.
fn mean(pairs: Vec<(f64, f64)>) -> f64 {
    let sum: f64 = pairs.iter().map(|(a, b)| (a - b) * (a - b)).sum();
    sum / (pairs.len() as f64).max(1.0)
}

/// The features with a column of their own, each with its canonical quotas.
fn blocks(instance: &Instance) -> Vec<(usize, std::ops::Range<usize>)> {
    let (features, plain) = (feature_of_quotas(instance), plain_features(instance));
    let mut blocks = Vec::new();
    let mut start = 0;
    for block in features.chunk_by(|a, b| a == b) {
        let range = start..start + block.len();
        start = range.end;
        if plain.contains(&block[0]) {
            blocks.push((block[0], range));
        }
    }
    blocks
}

/// People of a cell by their chance.
#[derive(Debug, Clone, Default)]
struct Tally(BTreeMap<(u64, u64), u64>);

impl Tally {
    fn people(&self) -> u64 {
        self.0.values().sum()
    }

    /// The sum of the chances. Equal chances are multiplied before they are reduced: those of a lottery over compositions
    /// are whole numbers of 10^-12 once all people of a role are together.
    fn exact(&self) -> Option<Ratio> {
        let (mut above, mut below) = (0_u128, 1_u128);
        for (&(numerator, denominator), &people) in &self.0 {
            let (n, d) = reduced(
                u128::from(numerator) * u128::from(people),
                denominator.into(),
            );
            let common = gcd(below, d);
            let (left, right) = (
                above.checked_mul(d / common)?,
                n.checked_mul(below / common)?,
            );
            let sum = left.checked_add(right)?;
            (above, below) = reduced(sum, below.checked_mul(d / common)?);
        }
        Some(Ratio::new(
            u64::try_from(above).ok()?,
            u64::try_from(below).ok()?,
        ))
    }

    fn sum(&self) -> f64 {
        let part =
            |(&(n, d), &people): (&(u64, u64), &u64)| people as f64 * Ratio::new(n, d).to_f64();
        self.0.iter().map(part).sum()
    }
}

fn reduced(numerator: u128, denominator: u128) -> (u128, u128) {
    let common = gcd(numerator, denominator).max(1);
    (numerator / common, denominator / common)
}

/// The table of two features.
struct Pair<'a> {
    instance: &'a Instance,
    features: (usize, usize),
    table: Vec<Vec<Tally>>,
}

impl Pair<'_> {
    fn count(&mut self, chances: &[Ratio], (first, second): (u32, u32)) {
        for person in (0u32..).take(self.instance.len()) {
            let profile = self.instance.profile(person);
            let row = (profile[self.features.0] - first) as usize;
            let column = (profile[self.features.1] - second) as usize;
            let chance = chances
                .get(person as usize)
                .map_or((0, 1), |p| (p.numerator, p.denominator));
            *self.table[row][column].0.entry(chance).or_default() += 1;
        }
    }

    fn cells(&self, (first, second): (u32, u32), population: Option<&PairShares>) -> Vec<PairCell> {
        let people: Vec<Vec<u64>> = self
            .table
            .iter()
            .map(|row| row.iter().map(Tally::people).collect())
            .collect();
        let published = published(&people);
        let (n, k) = (self.instance.len() as f64, f64::from(self.instance.size()));
        let quota_share = |quota: u32| {
            let quota = &self.instance.quotas()[quota as usize];
            let most = quota.max.min(self.instance.size());
            (f64::from(quota.min) + f64::from(most)) / (2.0 * k)
        };
        let mut cells = Vec::new();
        for (row, tallies) in self.table.iter().enumerate() {
            for (column, tally) in tallies.iter().enumerate() {
                let quotas = [first + row as u32, second + column as u32];
                let exact_seats = tally.exact();
                let seats = exact_seats.map_or_else(|| tally.sum(), Ratio::to_f64);
                let share = population.and_then(|p| p.share(self.features, (quotas[0], quotas[1])));
                cells.push(PairCell {
                    quotas,
                    people: people[row][column],
                    seats,
                    exact_seats,
                    panel_share: seats / k,
                    pool_share: people[row][column] as f64 / n,
                    product_share: quota_share(quotas[0]) * quota_share(quotas[1]),
                    population_share: share.map(Ratio::to_f64),
                    published: published[row][column],
                });
            }
        }
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(chances: &[(u64, u64)]) -> Tally {
        let mut tally = Tally::default();
        for &chance in chances {
            *tally.0.entry(chance).or_default() += 1;
        }
        tally
    }

    #[test]
    fn chances_add_up_exactly() {
        assert_eq!(tally(&[]).exact(), Some(Ratio::new(0, 1)));
        assert_eq!(
            tally(&[(1, 3), (1, 3), (1, 2)]).exact(),
            Some(Ratio::new(7, 6))
        );
        // Three people share 10^12 + 1 parts of 3·10^12: no rounding in between.
        let third = (1_000_000_000_001, 3_000_000_000_000);
        let sum = tally(&[third, third, third]).exact();
        assert_eq!(sum, Some(Ratio::new(1_000_000_000_001, 1_000_000_000_000)));
    }

    #[test]
    fn sums_beyond_64_bits_are_not_exact() {
        let coprime = tally(&[(1, u64::MAX), (1, u64::MAX - 1)]);
        assert_eq!(coprime.exact(), None);
        assert!(coprime.sum() > 0.0);
    }
}
