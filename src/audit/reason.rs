//! What a proof of infeasibility says, as a count of people.
//!
//! With Y = 0 the bound says: sum over the panel of `w = −(μ + Σ π of the quotas)` is at least `−(μ·k + Σ π·side)`, for every panel.
//! Where all positive `w` are equal, it counts people of one kind.

use super::prices::{Households, Most, Prices};
use crate::certificate::{Bound, Has, Reason, Trait};
use crate::instance::Instance;
use crate::ratio::gcd;

/// Combinations of values that are looked at.
const COMBINATIONS: usize = 100_000;

/// The reason that the integers give, on the terms of [`feasibility_limit`](super::feasibility_limit), which must be below 0;
/// `None` when they are too large.
pub(crate) fn reason(
    bound: &Bound,
    instance: &Instance,
    (households, most): (Households, Most),
) -> Option<Reason> {
    let prices = Priced::new(bound, instance)?;
    let asked = prices.own.fixed(instance, most).ok()?.checked_neg()?;
    let possible = prices.own.possible(instance, households).ok()?;
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
fn single_feature(prices: &Priced, instance: &Instance) -> Option<Reason> {
    let &[feature] = &prices.features[..] else {
        return None;
    };
    let name = instance.features()[feature].clone();
    let quotas = instance.quotas_of(feature);
    let sum = |seats: fn(&crate::Quota) -> u32| {
        let seats = quotas
            .clone()
            .map(|q| u64::from(seats(&instance.quotas()[q])));
        seats.sum::<u64>()
    };
    let all = |sign: i128| {
        prices.own.size == -sign && quotas.clone().all(|q| prices.own.quota[q] == sign)
    };
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

/// A proof's multipliers, without their common divisor.
struct Priced {
    own: Prices,
    /// Those whose quotas have a price, ascending.
    features: Vec<usize>,
}

impl Priced {
    fn new(bound: &Bound, instance: &Instance) -> Option<Self> {
        let mut bound = bound.clone();
        let stated = bound.quotas.iter().map(|q| q.1).chain([bound.size]);
        let divisor = stated.fold(0, |d, p| gcd(d, p.unsigned_abs().into()));
        let divisor = i64::try_from(divisor.max(1)).ok()?;
        bound.size /= divisor;
        bound.quotas.iter_mut().for_each(|q| q.1 /= divisor);
        let own = Prices::of(&bound, instance).ok()?;
        let priced = |&f: &usize| instance.quotas_of(f).any(|q| own.quota[q] != 0);
        Some(Self {
            features: (0..instance.features().len()).filter(priced).collect(),
            own,
        })
    }

    /// What somebody with these quotas counts for.
    fn weight(&self, quotas: &[u32]) -> Option<i128> {
        self.own.of_quotas(quotas).ok()?.checked_neg()
    }

    /// Looks at every combination of values that could count, in the pool or not.
    fn kind(&self, instance: &Instance) -> Option<Kind> {
        let values = |&f: &usize| instance.quotas_of(f).map(|q| q as u32).collect();
        let ranges: Vec<Vec<u32>> = self.features.iter().map(values).collect();
        let mut combinations: Vec<Vec<u32>> = vec![vec![]];
        for range in &ranges {
            if combinations.len().checked_mul(range.len())? > COMBINATIONS {
                return Some(Kind::Mixed);
            }
            let longer = |c: &Vec<u32>| {
                let c = c.clone();
                range.iter().map(move |&q| [&c[..], &[q]].concat())
            };
            combinations = combinations.iter().flat_map(longer).collect();
        }
        let mut counting = Vec::new();
        let mut unit = 0;
        for combination in combinations {
            let weight = self.weight(&combination)?;
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
        (ranges, counting): (&[Vec<u32>], &[Vec<u32>]),
    ) -> Option<Vec<Trait>> {
        let mut size = 1;
        let mut traits = Vec::new();
        for (at, range) in ranges.iter().enumerate() {
            let has = |q: &&u32| counting.iter().any(|c| c[at] == **q);
            let inside: Vec<u32> = range.iter().filter(has).copied().collect();
            size *= inside.len();
            if inside.len() == range.len() {
                continue;
            }
            let outside = range.iter().copied().filter(|q| !inside.contains(q));
            let outside: Vec<u32> = outside.collect();
            traits.push(mark(instance, self.features[at], (inside, outside)));
        }
        (size == counting.len()).then_some(traits)
    }
}

/// A feature's values as a trait: the shorter list.
fn mark(instance: &Instance, feature: usize, (inside, outside): (Vec<u32>, Vec<u32>)) -> Trait {
    let value = |&q: &u32| instance.quotas()[q as usize].value.clone();
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
