//! The chances that lotteries over all panels of a case can give, one per class of interchangeable people.

use std::collections::BTreeSet;

use num_rational::BigRational;
use num_traits::{Signed, Zero};

use crate::case::{Case, Panel};
use crate::leximin::interchangeable;

/// Classes with somebody in some panel, and the distinct seats per class over all panels.
#[derive(Debug, Clone)]
pub(crate) struct Hull {
    pub(crate) classes: Vec<Vec<usize>>,
    pub(crate) counts: Vec<i64>,
    pub(crate) columns: Vec<Vec<i64>>,
    pub(crate) seats: i64,
    /// Everybody in the pool, in a panel or not.
    everybody: usize,
}

pub(crate) fn whole(value: i64) -> BigRational {
    BigRational::from_integer(value.into())
}

impl Hull {
    /// `None` without a panel.
    pub(crate) fn of(case: &Case, panels: &[Panel]) -> Option<Self> {
        Self::over(case, panels, interchangeable(case))
    }

    /// With everybody in a class of their own, so that nothing makes equals equal.
    pub(crate) fn one_by_one(case: &Case, panels: &[Panel]) -> Option<Self> {
        let each = (0..case.people.len()).map(|person| vec![person]);
        Self::over(case, panels, each.collect())
    }

    fn over(case: &Case, panels: &[Panel], mut classes: Vec<Vec<usize>>) -> Option<Self> {
        let seen = panels.iter().fold(0, |all, panel| all | panel);
        let mask = |class: &Vec<usize>| class.iter().fold(0, |mask: Panel, &i| mask | 1 << i);
        classes.retain(|class| mask(class) & seen != 0);
        let masks: Vec<Panel> = classes.iter().map(mask).collect();
        let seats = |panel: &Panel| -> Vec<i64> {
            let of = masks
                .iter()
                .map(|mask| i64::from((panel & mask).count_ones()));
            of.collect()
        };
        let columns: BTreeSet<Vec<i64>> = panels.iter().map(seats).collect();
        (!panels.is_empty()).then(|| Self {
            counts: classes.iter().map(|class| class.len() as i64).collect(),
            classes,
            columns: columns.into_iter().collect(),
            seats: case.size.into(),
            everybody: case.people.len(),
        })
    }

    /// People who are in some panel.
    pub(crate) fn people(&self) -> i64 {
        self.counts.iter().sum()
    }

    /// One chance per person of the pool from one per class; 0 for those in no panel.
    pub(crate) fn spread<T: Clone>(&self, per_class: &[T], nothing: T) -> Vec<T> {
        let mut chances = vec![nothing; self.everybody];
        for (class, value) in self.classes.iter().zip(per_class) {
            for &person in class {
                chances[person] = value.clone();
            }
        }
        chances
    }

    /// Chances per class under weights of the columns.
    pub(crate) fn chances(&self, weights: &[BigRational]) -> Vec<BigRational> {
        let expected = |class: usize| -> BigRational {
            let used = self
                .columns
                .iter()
                .zip(weights)
                .filter(|(_, w)| !w.is_zero());
            used.map(|(column, w)| w * whole(column[class])).sum()
        };
        let counts = self.counts.iter().enumerate();
        counts
            .map(|(class, &n)| expected(class) / whole(n))
            .collect()
    }

    /// Whether weights are those of a lottery.
    pub(crate) fn is_lottery(weights: &[BigRational]) -> bool {
        let sum: BigRational = weights.iter().sum();
        sum == whole(1) && !weights.iter().any(Signed::is_negative)
    }

    /// Chances per class of a vector of chances per person.
    pub(crate) fn per_class(&self, chances: &[BigRational]) -> Vec<BigRational> {
        self.classes
            .iter()
            .map(|class| chances[class[0]].clone())
            .collect()
    }
}
