//! The figures of one rule.

use kleroterion::metrics::{self, Intersections, PairShares};
use kleroterion::{Instance, Ratio};

use crate::contender::{Outcome, Sample, Spread};

/// Level of the upper bound for estimated chances, as in the Nature paper.
const LEVEL: f64 = 0.99;

/// What rules optimise.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Objective {
    Lowest,
    Highest,
    GeometricMean,
    SumOfSquares,
    Goldilocks,
}

pub(crate) const OBJECTIVES: [Objective; 5] = [
    Objective::Lowest,
    Objective::Highest,
    Objective::GeometricMean,
    Objective::SumOfSquares,
    Objective::Goldilocks,
];

impl Objective {
    /// The rule that optimises it.
    pub(crate) fn rule(self) -> &'static str {
        match self {
            Objective::Lowest => "leximin",
            Objective::Highest => "minimax",
            Objective::GeometricMean => "nash",
            Objective::SumOfSquares => "least-squares",
            Objective::Goldilocks => "goldilocks",
        }
    }

    fn value(self, chances: &[Ratio], seats: u32) -> f64 {
        match self {
            Objective::Lowest => metrics::lowest(chances).map_or(0.0, Ratio::to_f64),
            Objective::Highest => metrics::highest(chances).map_or(0.0, Ratio::to_f64),
            Objective::GeometricMean => metrics::geometric_mean(chances),
            Objective::SumOfSquares => metrics::sum_of_squares(chances),
            Objective::Goldilocks => metrics::goldilocks(chances, seats, 1.0).unwrap_or(0.0),
        }
    }

    /// How much of the optimum a value is: from 0 (infinitely bad) to 1 (optimal).
    pub(crate) fn reached(self, value: f64, optimum: f64) -> f64 {
        match self {
            Objective::Lowest | Objective::GeometricMean => value / optimum,
            _ => optimum / value,
        }
    }
}

/// The figures, all of them about the people who can be on a panel.
pub(crate) struct Figures {
    /// Ascending.
    pub(crate) sorted: Vec<Ratio>,
    pub(crate) gini: f64,
    /// Of the chances above 0.
    pub(crate) geometric: f64,
    /// Of all, none counted as less than 10^-4.
    pub(crate) geometric_floored: f64,
    pub(crate) zero: usize,
    /// Upper bound of the lowest chance when it is an estimate.
    pub(crate) lowest_bound: Option<f64>,
    pub(crate) below_leximin: Option<Ratio>,
    /// In the order of [`OBJECTIVES`].
    pub(crate) values: [f64; 5],
    /// What is proven to be left to the optimum of the rule's objective, in 10^-12.
    pub(crate) gap: Option<u64>,
    pub(crate) counted: Option<String>,
    pub(crate) lottery: Option<Spread>,
    pub(crate) sample: Option<Sample>,
    pub(crate) intersections: Intersections,
}

/// Who can be on a panel, the threshold below which a chance is lower than leximin's lowest, the population.
type Context<'a> = (&'a [bool], Option<Ratio>, Option<&'a PairShares>);

impl Figures {
    pub(crate) fn new(
        instance: &Instance,
        outcome: &Outcome,
        (selectable, threshold, population): Context<'_>,
    ) -> Self {
        let kept = outcome
            .chances
            .iter()
            .zip(selectable)
            .filter(|(_, kept)| **kept);
        let mut sorted: Vec<Ratio> = kept.map(|(chance, _)| *chance).collect();
        sorted.sort_unstable();
        let positive: Vec<Ratio> = sorted.iter().copied().filter(|p| p.numerator > 0).collect();
        let certificate = outcome.certificate.as_ref();
        let drawn = outcome
            .hits
            .iter()
            .zip(selectable)
            .filter(|(_, kept)| **kept);
        let fewest = drawn.map(|(hits, _)| *hits).min().unwrap_or(0);
        let bound = |sample: Sample| metrics::jeffreys_upper(fewest, sample.draws, LEVEL);
        Self {
            gini: metrics::gini(&sorted),
            geometric: metrics::geometric_mean(&positive),
            geometric_floored: metrics::geometric_mean_floored(&sorted),
            zero: metrics::zero_chances(&sorted),
            lowest_bound: outcome.sample.and_then(bound),
            below_leximin: threshold.map(|threshold| metrics::share_below(&sorted, threshold)),
            values: OBJECTIVES.map(|objective| objective.value(&sorted, instance.size())),
            gap: certificate.and_then(|c| Some(c.objective.as_ref()?.gap)),
            counted: certificate.and_then(|c| c.counted.as_ref()?.panels.clone()),
            lottery: outcome.lottery,
            sample: outcome.sample,
            intersections: metrics::intersections(instance, &outcome.chances, population),
            sorted,
        }
    }

    pub(crate) fn lowest(&self) -> f64 {
        self.values[0]
    }

    pub(crate) fn highest(&self) -> f64 {
        self.values[1]
    }
}
