//! Whether equal people have equal chances.

use super::Lottery;
use crate::ratio::Ratio;

/// Two people with equal values and an equal household situation, and unequal chances.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Inequality {
    /// Id and chance of the one with the lower chance.
    pub lower: (String, Ratio),
    /// Id and chance of the one with the higher chance.
    pub higher: (String, Ratio),
}

impl Lottery {
    /// The largest difference between the chances of two people who are equal in everything that matters; `None` when
    /// equals have equal chances, as in every lottery over compositions. O(people + seats).
    ///
    /// ```
    /// use kleroterion::{Instance, Pool, Quotas, Ratio, lottery::Import};
    /// let pool = ["p1", "p2"].iter().fold(Pool::builder(), |pool, id| pool.person(*id, [("sex", "woman")])).build()?;
    /// let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).build()?;
    /// let instance = Instance::new(pool, quotas, 1)?;
    /// let lottery = Import::new().panel("0.75", ["p1"]).panel("0.25", ["p2"]).check(&instance)?.into_lottery();
    /// let found = lottery.largest_inequality().unwrap();
    /// assert_eq!((found.lower.1, found.higher.1), (Ratio::new(1, 4), Ratio::new(3, 4)));
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    #[must_use]
    pub fn largest_inequality(&self) -> Option<Inequality> {
        let chances = self.probabilities();
        let mut widest: Option<(Difference, usize, usize)> = None;
        for group in self.instance().groups() {
            for role in 0..group.profiles().len() {
                let people = group.units().iter().flat_map(|unit| &unit[role]);
                let chance = |p: &usize| chances[*p].1;
                let people: Vec<usize> = people.map(|&p| p as usize).collect();
                let lower = people.iter().copied().min_by_key(chance)?;
                let higher = people.iter().copied().max_by_key(chance)?;
                let apart = Difference::of(chances[lower].1, chances[higher].1);
                if apart.above > 0 && widest.as_ref().is_none_or(|w| apart.exceeds(&w.0)) {
                    widest = Some((apart, lower, higher));
                }
            }
        }
        let (_, lower, higher) = widest?;
        let named = |p: usize| (chances[p].0.to_owned(), chances[p].1);
        Some(Inequality {
            lower: named(lower),
            higher: named(higher),
        })
    }
}

/// `above / below`; two chances of one lottery have one denominator, or are equal.
struct Difference {
    above: u128,
    below: u128,
}

impl Difference {
    fn of(lower: Ratio, higher: Ratio) -> Self {
        if lower == higher {
            return Self { above: 0, below: 1 };
        }
        Self {
            above: (higher.numerator - lower.numerator).into(),
            below: higher.denominator.into(),
        }
    }

    fn exceeds(&self, other: &Self) -> bool {
        self.above * other.below > other.above * self.below
    }
}
