//! How many to seat at first, so that enough are left at the end.

use serde::Serialize;

use crate::error::{Error, ErrorKind, Problem, Result};
use crate::natural::Natural;
use crate::quota::{Quota, Quotas};
use crate::ratio::{Ratio, gcd};

/// Work that a computation may take, in 64-bit digits of its denominator, step by step.
const WORK: u64 = 50_000_000;
/// Chances are stated in this unit, rounded down.
const UNIT: u64 = 1_000_000_000_000;

/// The fewest people to start with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OverRecruitment {
    /// How many must be left at the end.
    pub needed: u32,
    /// How many to start with.
    pub start: u32,
    /// The chance that enough of them stay, rounded down to 10^-12.
    pub chance: Ratio,
}

impl OverRecruitment {
    /// The smallest N with P(at least `needed` of N stay) ≥ `level`, when everybody stays with the chance `retention`, independently of the others.
    ///
    /// Exact: the chance is summed up and compared as integers of any size, over the denominator of the retention to the power of N.
    /// With `retention` r, the chance that the `needed`-th person to stay is the n-th asked is C(n−1, needed−1) r^needed (1−r)^(n−needed); these are added for n = needed, needed + 1, …
    /// until the sum reaches the level.
    ///
    /// ```
    /// use kleroterion::{Ratio, assembly::OverRecruitment};
    ///
    /// let plan = OverRecruitment::new(36, Ratio::new(819, 1000), Ratio::new(95, 100))?;
    /// assert_eq!(plan.start, 49);
    /// let coin = OverRecruitment::new(1, Ratio::new(1, 2), Ratio::new(7, 8))?; // nobody stays: 1/2, 1/4, 1/8
    /// assert_eq!((coin.start, coin.chance), (3, Ratio::new(7, 8)));
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// Cost: O(N² · b) for a denominator of b bits. A retention near 0 asks for many people and much work.
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-RETENTION` for a retention of 0, a retention above 1, and a level that is not between 0 and 1;
    /// [`LimitReached`](ErrorKind::LimitReached) when it takes more than 5 × 10^7 steps of 64 bits (some twenty-five thousand people with a retention of three digits).
    pub fn new(needed: u32, retention: Ratio, level: Ratio) -> Result<Self> {
        let problems = problems(None, retention, level);
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        smallest(needed, reduced(retention), level)
    }
}

/// What is wrong with a rate or a level.
fn problems(quota: Option<&Quota>, retention: Ratio, level: Ratio) -> Vec<Problem> {
    let of = quota.map_or(String::new(), |q| {
        format!(" for {:?} = {:?}", q.feature, q.value)
    });
    let mut problems = Vec::new();
    if retention.numerator == 0 || retention.numerator > retention.denominator {
        let found = format!("a retention of {retention}{of}");
        problems.push(Problem::new(
            "E-RETENTION",
            found,
            "a fraction above 0, at most 1",
        ));
    }
    if quota.is_none() && (level.numerator == 0 || level.numerator >= level.denominator) {
        let found = format!("a level of {level}");
        problems.push(Problem::new(
            "E-RETENTION",
            found,
            "a fraction above 0 and below 1",
        ));
    }
    problems
}

fn reduced(ratio: Ratio) -> Ratio {
    let common = gcd(ratio.numerator.into(), ratio.denominator.into()) as u64;
    Ratio::new(ratio.numerator / common, ratio.denominator / common)
}

fn smallest(needed: u32, retention: Ratio, level: Ratio) -> Result<OverRecruitment> {
    let (stay, of) = (retention.numerator, retention.denominator);
    let mut work = 0_u64;
    let mut spend = |number: &Natural| {
        work += number.bits() / 64 + 1;
        if work <= WORK {
            return Ok(());
        }
        let doing = format!("looking for the number to start with to keep {needed}");
        Err(Error::from(ErrorKind::LimitReached { doing, work }))
    };
    // All three over the denominator `of` to the power of `start`.
    let (mut term, mut whole) = (Natural::from(1), Natural::from(1));
    for _ in 0..needed {
        spend(&whole)?;
        (term, whole) = (term.times(stay), whole.times(of));
    }
    let (mut sum, mut start) = (term.clone(), needed);
    if needed == 0 {
        sum = whole.clone();
    }
    while sum.times(level.denominator) < whole.times(level.numerator) {
        spend(&whole)?;
        start += 1;
        let (next, rest) = term
            .times(u64::from(start - 1))
            .times(of - stay)
            .divided(u64::from(start - needed));
        debug_assert_eq!(rest, 0);
        (term, whole, sum) = (next, whole.times(of), sum.times(of));
        sum.add(&term);
    }
    let chance = sum.times(UNIT).quotient(&whole).0;
    Ok(OverRecruitment {
        needed,
        start,
        chance: Ratio::new(chance, UNIT),
    })
}

/// What one quota needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CellNeed {
    /// The quota; its minimum is what must be left.
    pub quota: Quota,
    /// How many people of this value to start with.
    pub need: OverRecruitment,
}

/// How many people to start with, overall and per quota.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RetentionPlan {
    /// What the panel size needs.
    pub overall: OverRecruitment,
    /// What each quota's minimum needs, in source order.
    pub cells: Vec<CellNeed>,
}

impl RetentionPlan {
    /// For a panel of `size` that keeps its size at `overall` retention, and each quota's minimum at the retention that `of` gives for the quota.
    ///
    /// Each number holds at the level by itself. That all hold together is less certain: with m of them, at least 1 − m · (1 − level).
    ///
    /// ```
    /// use kleroterion::{Quotas, Ratio, assembly::RetentionPlan};
    ///
    /// let quotas = Quotas::builder().feature("age").value("16-29", 1..=1).value("30+", 2..=2).build()?;
    /// let rate = |quota: &kleroterion::Quota| if quota.value == "16-29" { Ratio::new(1, 2) } else { Ratio::new(1, 1) };
    /// let plan = RetentionPlan::new((&quotas, 3), Ratio::new(3, 4), rate, Ratio::new(7, 8))?;
    /// assert_eq!(plan.cells.iter().map(|c| c.need.start).collect::<Vec<_>>(), [3, 2]);
    /// assert_eq!(plan.overall.start, 5); // 3 of 4 stay with 189/256, 3 of 5 with 918/1024
    /// assert_eq!(plan.start(), 5); // 3 + 2 by age, 5 overall
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`OverRecruitment::new`], for all quotas at once.
    pub fn new(
        (quotas, size): (&Quotas, u32),
        overall: Ratio,
        of: impl Fn(&Quota) -> Ratio,
        level: Ratio,
    ) -> Result<Self> {
        let rates: Vec<(&Quota, Ratio)> = quotas.iter().map(|quota| (quota, of(quota))).collect();
        let mut wrong = problems(None, overall, level);
        for (quota, rate) in &rates {
            wrong.extend(problems(Some(quota), *rate, level));
        }
        if !wrong.is_empty() {
            return Err(ErrorKind::Input(wrong).into());
        }
        let cell = |(quota, rate): (&Quota, Ratio)| {
            let need = smallest(quota.min, reduced(rate), level)?;
            let quota = quota.clone();
            Ok(CellNeed { quota, need })
        };
        Ok(Self {
            overall: smallest(size, reduced(overall), level)?,
            cells: rates.into_iter().map(cell).collect::<Result<_>>()?,
        })
    }

    /// Seats to start with so that the panel and every quota have theirs: the most that the size or any one feature's quotas together ask for.
    #[must_use]
    pub fn start(&self) -> u32 {
        let fold = |cell: &CellNeed| crate::pool::key::fold(&cell.quota.feature);
        let mut features: std::collections::BTreeMap<String, u32> =
            std::collections::BTreeMap::new();
        for cell in &self.cells {
            let sum = features.entry(fold(cell)).or_default();
            *sum = sum.saturating_add(cell.need.start);
        }
        features.into_values().fold(self.overall.start, u32::max)
    }
}
