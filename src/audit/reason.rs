//! What a proof of infeasibility says, as a count of people.
//!
//! With Y = 0 the bound says: sum over the panel of `w = −(μ + Σ π of the quotas)` is at least `−(μ·k + Σ π·side)`, for every panel.
//! Where all positive `w` are equal, it counts people of one kind.

use super::bound::Households;
use crate::certificate::{Bound, Has, Reason, Trait};
use crate::instance::Instance;

/// Combinations of values that are looked at.
const COMBINATIONS: usize = 100_000;

/// The reason that the integers give; `None` when they are too large.
pub(crate) fn reason(bound: &Bound, instance: &Instance, households: Households) -> Option<Reason> {
    let prices = Prices::new(bound, instance)?;
    let asked = prices.asked(instance)?;
    let possible = prices.possible(instance, households)?;
    if asked <= possible {
        // the bound holds only with maximums cut to the seats: there are no such words for that
        return None;
    }
    let sum = || {
        Some(Reason::Sum {
            asked: asked.try_into().ok()?,
            possible: possible.try_into().ok()?,
        })
    };
    let Some(kind) = prices.kind(instance) else {
        return sum();
    };
    match kind {
        Kind::Nobody => single_feature(&prices, instance).or_else(sum),
        Kind::People(unit, who) => Some(Reason::TooFew {
            needed: (asked.checked_add(unit - 1)? / unit).try_into().ok()?,
            available: (possible / unit).try_into().ok()?,
            who,
        }),
        Kind::Mixed => sum(),
    }
}

/// The minimums or maximums of one feature alone against the panel size.
fn single_feature(prices: &Prices, instance: &Instance) -> Option<Reason> {
    let &[feature] = &prices.features[..] else {
        return None;
    };
    let name = instance.features()[feature].clone();
    let quotas = prices.values(instance, feature);
    let sum = |seats: fn(&crate::Quota) -> u32| {
        let seats = quotas
            .clone()
            .map(|q| u64::from(seats(&instance.quotas()[q])));
        seats.sum::<u64>()
    };
    let all = |sign: i128| prices.size == -sign && quotas.clone().all(|q| prices.quota[q] == sign);
    if all(-1) {
        Some(Reason::MinimumsAbove {
            feature: name,
            sum: sum(|q| q.min),
        })
    } else if all(1) {
        Some(Reason::MaximumsBelow {
            feature: name,
            sum: sum(|q| q.max),
        })
    } else {
        None
    }
}

/// Who counts.
enum Kind {
    Nobody,
    /// Everybody with these traits counts for so much, and nobody else counts.
    People(i128, Vec<Trait>),
    /// Some count for more than others, or they cannot be described.
    Mixed,
}

struct Prices {
    size: i128,
    quota: Vec<i128>,
    /// Those whose quotas have a price, ascending.
    features: Vec<usize>,
}

impl Prices {
    /// The multipliers, without their common divisor.
    fn new(bound: &Bound, instance: &Instance) -> Option<Self> {
        let mut quota = vec![0_i128; instance.quotas().len()];
        let stated = bound.quotas.iter().map(|q| q.1);
        let divisor = stated.chain([bound.size]).fold(0, divisor);
        for &(at, price) in &bound.quotas {
            *quota.get_mut(at as usize)? = i128::from(price) / divisor.max(1);
        }
        let mut prices = Self {
            size: i128::from(bound.size) / divisor.max(1),
            quota,
            features: vec![],
        };
        let priced = |&f: &usize| {
            prices
                .values(instance, f)
                .any(|q: usize| prices.quota[q] != 0)
        };
        prices.features = (0..instance.features().len()).filter(priced).collect();
        Some(prices)
    }

    /// The quotas of a feature.
    fn values(&self, instance: &Instance, feature: usize) -> std::ops::Range<usize> {
        instance.quotas_of(feature)
    }

    /// `−(μ·k + Σ π·side)`.
    fn asked(&self, instance: &Instance) -> Option<i128> {
        let mut total = self.size.checked_mul(instance.size().into())?;
        for (&price, quota) in self.quota.iter().zip(instance.quotas()) {
            let side = if price > 0 { quota.max } else { quota.min };
            total = total.checked_add(price.checked_mul(side.into())?)?;
        }
        total.checked_neg()
    }

    /// What the people of the pool give at most.
    fn possible(&self, instance: &Instance, households: Households) -> Option<i128> {
        let mut total = 0_i128;
        for group in instance.groups() {
            let (mut most, mut sum) = (0, 0_i128);
            for (role, profile) in group.profiles().iter().enumerate() {
                let weight = self.weight(profile.iter().map(|&q| q as usize))?.max(0);
                most = weight.max(most);
                sum = sum.checked_add(weight.checked_mul(group.people_in(role) as i128)?)?;
            }
            let gain = match households {
                Households::One => most.checked_mul(group.units().len() as i128)?,
                Households::Any => sum,
            };
            total = total.checked_add(gain)?;
        }
        Some(total)
    }

    fn weight(&self, quotas: impl Iterator<Item = usize>) -> Option<i128> {
        let mut sum = self.size;
        for q in quotas {
            sum = sum.checked_add(self.quota[q])?;
        }
        sum.checked_neg()
    }

    /// Looks at every combination of values that could count, in the pool or not.
    fn kind(&self, instance: &Instance) -> Option<Kind> {
        let ranges: Vec<Vec<usize>> = self
            .features
            .iter()
            .map(|&f| self.values(instance, f).collect())
            .collect();
        let mut combinations: Vec<Vec<usize>> = vec![vec![]];
        for range in &ranges {
            if combinations.len().checked_mul(range.len())? > COMBINATIONS {
                return Some(Kind::Mixed);
            }
            let longer = |c: &Vec<usize>| {
                let c = c.clone();
                range.iter().map(move |&q| [&c[..], &[q]].concat())
            };
            combinations = combinations.iter().flat_map(longer).collect();
        }
        let mut counting = Vec::new();
        let mut unit = 0;
        for combination in combinations {
            let weight = self.weight(combination.iter().copied())?;
            if weight <= 0 {
                continue;
            }
            if unit != 0 && unit != weight {
                return Some(Kind::Mixed);
            }
            unit = weight;
            counting.push(combination);
        }
        if counting.is_empty() {
            return Some(Kind::Nobody);
        }
        Some(match self.product(instance, (&ranges, &counting)) {
            Some(who) => Kind::People(unit, who),
            None => Kind::Mixed,
        })
    }

    /// The traits whose combinations are exactly these.
    fn product(
        &self,
        instance: &Instance,
        (ranges, counting): (&[Vec<usize>], &[Vec<usize>]),
    ) -> Option<Vec<Trait>> {
        let mut size = 1;
        let mut traits = Vec::new();
        for (at, range) in ranges.iter().enumerate() {
            let has = |q: &&usize| counting.iter().any(|c| c[at] == **q);
            let inside: Vec<usize> = range.iter().filter(has).copied().collect();
            size *= inside.len();
            if inside.len() == range.len() {
                continue;
            }
            let outside = range.iter().copied().filter(|q| !inside.contains(q));
            let outside: Vec<usize> = outside.collect();
            traits.push(mark(instance, self.features[at], (inside, outside)));
        }
        (size == counting.len()).then_some(traits)
    }
}

/// A feature's values as a trait: the shorter list.
fn mark(instance: &Instance, feature: usize, (inside, outside): (Vec<usize>, Vec<usize>)) -> Trait {
    let value = |&q: &usize| instance.quotas()[q].value.clone();
    let name = instance.features()[feature].clone();
    let (has, values) = if inside.len() <= outside.len() {
        (Has::OneOf, &inside)
    } else {
        (Has::NoneOf, &outside)
    };
    Trait {
        values: values.iter().map(value).collect(),
        feature: name,
        has,
    }
}

fn divisor(a: i128, b: i64) -> i128 {
    let (mut a, mut b) = (a, i128::from(b).abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
