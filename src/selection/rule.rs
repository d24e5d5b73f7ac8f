//! Which lottery is fair.

mod names;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Distribution, Progress};
use crate::error::Result;
use crate::instance::Instance;

/// What is fair. A rule that cannot be computed is an error; no rule ever stands in for another.
///
/// All rules are deterministic: the same people, quotas and size give the same lottery, in whatever order the rows
/// stand. Names are those of `--rule` and of the record:
///
/// ```
/// use kleroterion::Rule;
/// use kleroterion::selection::Gamma;
/// assert_eq!("leximin".parse(), Ok(Rule::Leximin));
/// assert_eq!("goldilocks:0.5".parse(), Ok(Rule::Goldilocks(Gamma::Millionths(500_000))));
/// assert_eq!(Rule::LeastSquares.to_string(), "least-squares");
/// assert!("fair".parse::<Rule>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[non_exhaustive]
pub enum Rule {
    /// The lowest chance is as high as possible; among such lotteries leximin, certified for the first level only.
    Maximin,
    /// The lowest chance is as high as possible, then the second lowest, and so on (Flanigan et al., Nature 2021).
    Leximin,
    /// The highest chance is as low as possible; among such lotteries leximin (Flanigan et al., AAAI 2024, where any
    /// optimum is meant). DIFFERENCE: the choice among the optima is part of the rule, so that the chances are unique.
    Minimax,
    /// The product of the chances of all who can be on a panel is as high as possible (Nash welfare; Flanigan et al.,
    /// Nature 2021).
    Nash,
    /// (n/k)·max p + γ·(k/n)/min p is as low as possible, n, max and min over all who can be on a panel; among such
    /// lotteries leximin (Baharav and Flanigan, EC 2024).
    Goldilocks(Gamma),
    /// Σ p² is as low as possible (ℓ2 of Flanigan et al., AAAI 2024).
    LeastSquares,
    /// Every panel is equally likely (de Azevedo and Gölz, 2026: MaxEntropy).
    Uniform,
    /// As random as the chances of leximin allow: of all lotteries with those chances the one of highest entropy over
    /// panels (de Azevedo and Gölz, 2026: FairMaxEntropy).
    MaxEntropy,
}

/// The weight γ of the low chances in [`Rule::Goldilocks`]: a number, or one that the instance gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Gamma {
    /// γ in 10^-6, above 0 and below 1000 (`E-GAMMA` for others). The paper's γ1 is 1, the default.
    Millionths(u64),
    /// The paper's γ2 = (n/k)²·maximin·minimax: balances both terms at the best each can be.
    Balanced,
    /// The paper's γ3 = min ρ·max ρ, ρ of a quota being (min + max)/(2k) over the share of the pool with its value.
    Representation,
}

impl Gamma {
    /// The paper's γ1.
    pub const ONE: Self = Self::Millionths(1_000_000);
}

impl Rule {
    /// The lottery this rule asks for, with the default effort: [`Selector`] has the options.
    ///
    /// Two seats, one for a woman and one for a man; `p1` and `p3` are women, `p2` is a man:
    ///
    /// ```
    /// use kleroterion::{Ratio, Rule};
    /// # use kleroterion::{Instance, Pool, Quotas};
    /// # let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
    /// # let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
    /// # let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
    /// # let instance = Instance::new(pool, quotas, 2)?;
    /// let chances = Rule::Leximin.distribution(&instance)?.probabilities();
    /// assert_eq!(chances, [Ratio::new(1, 2), Ratio::new(1, 1), Ratio::new(1, 2)]);
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Selector::distribution`].
    pub fn distribution(self, instance: &Instance) -> Result<Distribution> {
        Selector::new(self).distribution(instance)
    }
}

/// A rule with options, used once: `Selector::new(rule).spread(0).distribution(&instance)`.
///
/// ```
/// use kleroterion::{Rule, Selector};
/// # use kleroterion::{Instance, Pool, Quotas};
/// # let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
/// # let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
/// # let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
/// # let instance = Instance::new(pool, quotas, 2)?;
/// let selector = Selector::new(Rule::Leximin).spread(0).work_limit(1_000_000);
/// let distribution = selector.distribution(&instance)?;
/// assert_eq!(distribution.weights(), [1_000_000_000_000]); // one composition: a woman and a man
/// # Ok::<(), kleroterion::Error>(())
/// ```
pub struct Selector<'a> {
    pub(crate) rule: Rule,
    pub(crate) work_limit: u64,
    pub(crate) spread: u32,
    pub(crate) progress: Option<&'a mut dyn Progress>,
}

impl fmt::Debug for Selector<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Selector")
            .field("rule", &self.rule)
            .field("work_limit", &self.work_limit)
            .field("spread", &self.spread)
            .finish_non_exhaustive()
    }
}

impl<'a> Selector<'a> {
    /// Default effort of [`spread`](Self::spread).
    pub const DEFAULT_SPREAD: u32 = 2000;

    /// The rule with its defaults: no work limit, [`DEFAULT_SPREAD`](Self::DEFAULT_SPREAD), no progress.
    #[must_use]
    pub fn new(rule: Rule) -> Self {
        Self {
            rule,
            work_limit: u64::MAX,
            spread: Self::DEFAULT_SPREAD,
            progress: None,
        }
    }

    /// Most work units (simplex pivots and search nodes) to spend on finding the lottery. Work is counted, never timed: the same
    /// limit ends the same work on every machine, with [`LimitReached`](crate::ErrorKind::LimitReached).
    #[must_use]
    pub fn work_limit(mut self, units: u64) -> Self {
        self.work_limit = units;
        self
    }

    /// About how many compositions the lottery should be spread over; 0 leaves the fewest.
    ///
    /// Changes nobody's chance, as an exact integer. A pool that has few compositions gets few; a lottery can exceed the
    /// number a little, by what is left over when its weights are cut.
    #[must_use]
    pub fn spread(mut self, compositions: u32) -> Self {
        self.spread = compositions;
        self
    }

    /// Reports progress and can cancel; see [`Progress`].
    #[must_use]
    pub fn progress(mut self, progress: &'a mut dyn Progress) -> Self {
        self.progress = Some(progress);
        self
    }
}
