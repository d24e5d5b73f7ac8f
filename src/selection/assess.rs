//! How far a lottery, however it was made, is from what a rule asks for.

mod entropy;

use super::{DENOMINATOR, Distribution, Rule, Selector};
use crate::certificate::{Measure, Proof};
use crate::error::Result;
use crate::instance::Instance;
use crate::lottery::Lottery;
use crate::metrics;
use crate::ratio::Ratio;

/// A lottery by the measure of a rule, beside what no lottery can do better. People who can be on no panel are left out.
///
/// Values are computed from exact integers and shown as floating-point numbers; below [`RESOLUTION`](Self::RESOLUTION) a
/// gap cannot be told from none. Equal people may have unequal chances in a lottery made elsewhere. Giving equals the mean
/// of their chances never makes any of these measures worse (they are concave or convex, and treat people alike), so
/// the gap is also one to the best lottery that treats equals unequally.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Assessment {
    /// The rule that judges.
    pub rule: Rule,
    /// What is measured.
    pub measured: Measured,
    /// The lottery's value.
    pub value: f64,
    /// No lottery is better than this: for leximin and maximin, none whose lower levels are as high; for maximum
    /// entropy, none with the same chances.
    pub bound: f64,
    /// Distance of value and bound, relative to the bound; 0 for an optimal lottery.
    pub gap: f64,
    /// What the bound rests on.
    pub basis: Basis,
    /// The rule's own lottery over the fewest compositions, whose certificate proves the bound.
    pub optimum: Distribution,
}

/// What an assessment measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measured {
    /// The chance at the first level, from 1, at which the sorted chances fall short of leximin's, and how many people are
    /// below the place where they do; the lowest chance when they do not.
    Level {
        /// The level.
        number: u32,
        /// People with lower or equal chances before that place.
        below: u64,
    },
    /// The highest chance; lower is better.
    Highest,
    /// The geometric mean of the chances; higher is better.
    GeometricMean,
    /// The sum of the squared chances; lower is better.
    Squares,
    /// (n/k)·max p + γ·(k/n)/min p; lower is better.
    Goldilocks,
    /// The entropy over panels, in nats; higher is better. By [`Rule::MaxEntropy`] only a lottery with leximin's chances is
    /// measured so; any other one by the [`Level`](Self::Level) at which it falls short.
    Entropy,
}

/// What a bound rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Basis {
    /// Integers that [`audit`](crate::audit) checks.
    Integers,
    /// A finished search as well.
    Search,
    /// A fit in floating point over all panels, to about 10^-6.
    Fit,
}

impl Assessment {
    /// Differences below 10^-9 are not told from none.
    pub const RESOLUTION: f64 = 1e-9;

    /// True when the lottery is as good as the rule's own.
    #[must_use]
    pub fn is_optimal(&self) -> bool {
        self.gap <= Self::RESOLUTION
    }
}

impl Rule {
    /// [`Selector::assess`] with default options.
    ///
    /// `p1` and `p3` are women, `p2` is a man, and `p1` is favoured:
    ///
    /// ```
    /// use kleroterion::{Rule, lottery::Import};
    /// # use kleroterion::{Instance, Pool, Quotas};
    /// # let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
    /// # let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
    /// # let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
    /// # let instance = Instance::new(pool, quotas, 2)?;
    /// let import = Import::new().panel("3/4", ["p1", "p2"]).panel("1/4", ["p2", "p3"]);
    /// let assessment = Rule::Maximin.assess(import.check(&instance)?.lottery())?;
    /// assert_eq!((assessment.value, assessment.bound, assessment.gap), (0.25, 0.5, 0.5));
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Selector::assess`].
    pub fn assess(self, lottery: &Lottery) -> Result<Assessment> {
        Selector::new(self).assess(lottery)
    }
}

impl Selector<'_> {
    /// Measures a lottery, made elsewhere or here, and computes the rule's own lottery to know what none exceeds.
    /// The cost is that of [`distribution`](Self::distribution) without spread.
    ///
    /// # Errors
    /// As [`distribution`](Self::distribution): for uniform and maximum entropy
    /// [`TooManyCompositions`](crate::ErrorKind::TooManyCompositions) on a pool with more than 100 000 of them.
    pub fn assess(self, lottery: &Lottery) -> Result<Assessment> {
        let optimum = self.spread(0).distribution(lottery.instance())?;
        let chances: Vec<Ratio> = lottery.probabilities().into_iter().map(|p| p.1).collect();
        let counted = selectable(&optimum);
        let own = kept(&chances, &counted);
        let best = kept(&optimum.probabilities(), &counted);
        let measure = optimum.certificate().objective.as_ref().map(|o| o.measure);
        Ok(match (optimum.rule(), measure) {
            (_, Some(measure)) => by_measure(measure, (&own, &best), optimum),
            (Rule::Uniform, None) => entropy::of_uniform(lottery, optimum),
            (Rule::MaxEntropy, None) => {
                let levels = by_levels((own, best), optimum);
                if levels.is_optimal() {
                    entropy::of_most_random(lottery, levels.optimum)
                } else {
                    levels
                }
            }
            _ => by_levels((own, best), optimum),
        })
    }
}

/// Who can be on a panel, by canonical index.
fn selectable(optimum: &Distribution) -> Vec<bool> {
    let instance = optimum.instance();
    let mut counted = vec![true; instance.len()];
    for exclusion in &optimum.certificate().excluded {
        let group = &instance.groups()[exclusion.group as usize];
        let people = group
            .units()
            .iter()
            .flat_map(|unit| &unit[exclusion.role as usize]);
        people.for_each(|&person| counted[person as usize] = false);
    }
    counted
}

fn kept(chances: &[Ratio], counted: &[bool]) -> Vec<Ratio> {
    let kept = chances.iter().zip(counted).filter(|(_, counted)| **counted);
    kept.map(|(chance, _)| *chance).collect()
}

/// Sorted chances beside sorted chances, up to the first that falls short.
fn by_levels((mut own, mut best): (Vec<Ratio>, Vec<Ratio>), optimum: Distribution) -> Assessment {
    own.sort_unstable();
    best.sort_unstable();
    let levels = &optimum.certificate().levels;
    let people = |level: &crate::certificate::Level| -> u64 {
        level
            .fixed
            .iter()
            .map(|role| people_of(optimum.instance(), *role))
            .sum()
    };
    let mut ends = Vec::new();
    let mut total = 0;
    for level in levels {
        total += people(level);
        ends.push(total);
    }
    let places = match optimum.rule() {
        Rule::Maximin => own.len().min(1),
        _ => own.len(),
    };
    let counted = optimum.certificate().counted.as_ref();
    // chances that were fitted are not quite leximin's
    let fitted = counted.and_then(|c| c.deviation).unwrap_or(0) as f64 / DENOMINATOR as f64;
    let slack = Assessment::RESOLUTION + fitted;
    let short = |at: &usize| best[*at].to_f64() - own[*at].to_f64() > slack;
    let at = (0..places).find(short).unwrap_or(0);
    let number = ends.iter().position(|&end| (at as u64) < end).unwrap_or(0);
    let level = &levels[number];
    let searched = levels[..=number]
        .iter()
        .any(|l| !matches!(l.proof, Proof::Bound(_) | Proof::Certain));
    let (value, bound) = (
        own[at].to_f64(),
        Ratio::new(level.bound, DENOMINATOR).to_f64(),
    );
    Assessment {
        rule: optimum.rule(),
        measured: Measured::Level {
            number: number as u32 + 1,
            below: at as u64,
        },
        value,
        bound,
        gap: ((bound - value) / bound).max(0.0),
        basis: if searched {
            Basis::Search
        } else {
            Basis::Integers
        },
        optimum,
    }
}

fn people_of(instance: &Instance, (group, role): (u32, u32)) -> u64 {
    instance.groups()[group as usize].people_in(role as usize) as u64
}

fn by_measure(
    measure: Measure,
    (own, best): (&[Ratio], &[Ratio]),
    optimum: Distribution,
) -> Assessment {
    let size = f64::from(optimum.instance().size());
    let value = |chances: &[Ratio]| measure_of(measure, chances, size);
    let objective = optimum.certificate().objective.as_ref();
    let (proven, searched) = objective.map_or((0, None), |o| (o.gap, o.search.as_ref()));
    let left = searched.map_or(proven, |finished| finished.gap.min(proven));
    let open = left as f64 / DENOMINATOR as f64;
    let (own, best) = (value(own), value(best));
    let (bound, gap) = if measure == Measure::Product {
        let bound = best / (1.0 - open);
        (bound, (bound - own) / bound)
    } else {
        let bound = best / (1.0 + open);
        (bound, (own - bound) / bound)
    };
    let measured = match measure {
        Measure::Highest => Measured::Highest,
        Measure::Product => Measured::GeometricMean,
        Measure::Squares => Measured::Squares,
        Measure::Goldilocks { .. } => Measured::Goldilocks,
    };
    Assessment {
        rule: optimum.rule(),
        measured,
        value: own,
        bound,
        gap: gap.max(0.0),
        basis: if left < proven {
            Basis::Search
        } else {
            Basis::Integers
        },
        optimum,
    }
}

fn measure_of(measure: Measure, chances: &[Ratio], size: f64) -> f64 {
    let of = |chance: Option<Ratio>| chance.map_or(0.0, Ratio::to_f64);
    match measure {
        Measure::Highest => of(metrics::highest(chances)),
        Measure::Product => metrics::geometric_mean(chances),
        Measure::Squares => chances.iter().map(|p| p.to_f64() * p.to_f64()).sum(),
        Measure::Goldilocks { gamma } => {
            let scale = chances.len() as f64 / size;
            let (low, high) = (of(metrics::lowest(chances)), of(metrics::highest(chances)));
            scale * high + gamma as f64 / 1e6 / scale / low
        }
    }
}
