//! One question, asked before and after.

use std::fmt;

use super::super::check::{self, LARGEST, deviation, is_even, mean, rounding, sound};
use super::super::permutations::{Alternative, PermutationTest, Permutations};
use super::SignedRank;
use crate::error::{ErrorKind, Problem, Result};

/// The same people's answers to one question, before and after.
///
/// ```
/// use kleroterion::evidence::opinion::Paired;
/// let asked = Paired::new(&[1.0, 9.0, 5.0, 4.0], &[3.0, 7.0, 5.0, 6.0])?;
/// assert_eq!((asked.net_change(), asked.gross_change()), (0.5, 1.5)); // +2, −2, 0, +2
/// assert_eq!((asked.raised(), asked.lowered(), asked.moved_share()), (2, 1, 0.75));
/// assert_eq!(asked.crossed(5.0), 1); // only the 4 that became a 6
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Paired {
    before: Vec<f64>,
    after: Vec<f64>,
    changes: Vec<f64>,
    /// Changes no further apart than this are equal.
    rounding: f64,
}

/// Prints the number of people.
impl fmt::Debug for Paired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Paired({} people)", self.people())
    }
}

impl Paired {
    /// Both lists name people in the same order. O(n).
    ///
    /// Decimals are held nearly: 3.7 − 3.4 and 4.3 − 4.0 differ in their last digit. So changes that differ by at most 10^-12 of the largest answer are equal
    /// wherever it matters (for ties, for no change at all, and for everybody changing alike).
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with every problem: `E-OPINION-PEOPLE` for nobody, `E-OPINION-LENGTH` for two answers before
    /// and three after, `E-OPINION-NUMBER` for an infinite answer, or one beyond ±10^100.
    pub fn new(before: &[f64], after: &[f64]) -> Result<Self> {
        let mut problems = Vec::new();
        if before.is_empty() {
            let problem = Problem::new("E-OPINION-PEOPLE", "no answers", "at least one person's");
            problems.push(problem);
        }
        if before.len() != after.len() {
            let found = format!("{} answers before and {} after", before.len(), after.len());
            let problem = Problem::new("E-OPINION-LENGTH", found, "both of every person");
            problems.push(problem);
        }
        check::finite("E-OPINION-NUMBER", "before", before, &mut problems);
        check::finite("E-OPINION-NUMBER", "after", after, &mut problems);
        sound(problems)?;
        let rounding = rounding(before).max(rounding(after));
        let change = |(b, a): (&f64, &f64)| Some(a - b).filter(|change| change.abs() > rounding);
        let changes = before.iter().zip(after).map(change);
        Ok(Self {
            before: before.to_vec(),
            after: after.to_vec(),
            changes: changes.map(|change| change.unwrap_or(0.0)).collect(),
            rounding,
        })
    }

    /// How many people.
    #[must_use]
    pub fn people(&self) -> usize {
        self.before.len()
    }

    /// Answers before.
    #[must_use]
    pub fn before(&self) -> &[f64] {
        &self.before
    }

    /// Answers after.
    #[must_use]
    pub fn after(&self) -> &[f64] {
        &self.after
    }

    /// After minus before, person by person.
    #[must_use]
    pub fn changes(&self) -> &[f64] {
        &self.changes
    }

    /// The mean change: positive and negative ones cancel.
    #[must_use]
    pub fn net_change(&self) -> f64 {
        mean(&self.changes)
    }

    /// The mean of the changes without their signs: at least the net change, whichever way it goes.
    #[must_use]
    pub fn gross_change(&self) -> f64 {
        let sizes: Vec<f64> = self.changes.iter().map(|change| change.abs()).collect();
        mean(&sizes)
    }

    /// How many people went up.
    #[must_use]
    pub fn raised(&self) -> usize {
        self.changes.iter().filter(|change| **change > 0.0).count()
    }

    /// How many people went down.
    #[must_use]
    pub fn lowered(&self) -> usize {
        self.changes.iter().filter(|change| **change < 0.0).count()
    }

    /// The share of people who moved at all.
    #[must_use]
    pub fn moved_share(&self) -> f64 {
        (self.raised() + self.lowered()) as f64 / self.people() as f64
    }

    /// How many people changed between the three sides below, at and above the middle of the scale.
    #[must_use]
    pub fn crossed(&self, middle: f64) -> usize {
        let side = |answer: f64| answer.partial_cmp(&middle);
        let both = self.before.iter().zip(&self.after);
        both.filter(|&(&b, &a)| side(b) != side(a)).count()
    }

    /// Cohen's d_z: the net change in standard deviations of the changes. `None` below two people, and when all changes are equal.
    ///
    /// It is large when everybody moves a little the same way; [`cohen_d_av`](Self::cohen_d_av) compares with how far answers are apart.
    #[must_use]
    pub fn cohen_dz(&self) -> Option<f64> {
        let deviation = deviation(&self.changes).filter(|_| !self.all_alike())?;
        (deviation > 0.0).then(|| self.net_change() / deviation)
    }

    /// Cohen's d_av: the net change in standard deviations of the answers, the mean of before and after. `None` below two people,
    /// and when neither time had different answers.
    #[must_use]
    pub fn cohen_d_av(&self) -> Option<f64> {
        let spread = f64::midpoint(deviation(&self.before)?, deviation(&self.after)?);
        (spread > 0.0).then(|| self.net_change() / spread)
    }

    /// The paired t statistic, with n − 1 degrees of freedom; `None` where [`cohen_dz`](Self::cohen_dz) is.
    #[must_use]
    pub fn t(&self) -> Option<f64> {
        Some(self.cohen_dz()? * (self.people() as f64).sqrt())
    }

    /// The two-sided p-value of [`t`](Self::t), from Student's distribution. It supposes that changes are about normal, or people many.
    #[cfg(feature = "statistics")]
    #[must_use]
    pub fn t_p(&self) -> Option<f64> {
        super::parametric::student_two_sided(self.t()?, (self.people() - 1) as f64)
    }

    /// Wilcoxon's signed-rank test of the changes. O(n log n).
    #[must_use]
    pub fn signed_rank(&self) -> SignedRank {
        SignedRank::within(&self.changes, self.rounding)
    }

    /// Is the net change more than chance? If nothing happened, every person's before and after could as well have been the
    /// other way round: the signs of the changes are thrown again and again. O(n) per permutation.
    #[must_use]
    pub fn sign_flip_test(
        &self,
        alternative: Alternative,
        permutations: &Permutations,
    ) -> PermutationTest {
        let observed = (self.net_change(), alternative);
        permutations.test("opinion/sign-flip", observed, |stream| {
            let flipped = |change: &f64| {
                let keeps = stream.below(2) == 0;
                if keeps { *change } else { -change }
            };
            let sum: f64 = self.changes.iter().map(flipped).sum();
            sum / self.people() as f64
        })
    }

    /// Whether everybody changed by the same amount, so that a deviation would be mere rounding.
    fn all_alike(&self) -> bool {
        is_even(&self.changes, self.rounding)
    }
}

/// How far answers are spread towards both ends of their scale: the variance as a share of the largest possible, which half the
/// people at each end have. 0 when all agree, 1 when half stand at each end. O(n).
///
/// ```
/// use kleroterion::evidence::opinion::dispersion;
/// assert_eq!(dispersion(&[0.0, 10.0, 10.0, 0.0], 0.0..=10.0)?, 1.0);
/// assert_eq!(dispersion(&[4.0, 4.0], 0.0..=10.0)?, 0.0);
/// # Ok::<(), kleroterion::Error>(())
/// ```
///
/// # Errors
/// [`Input`](ErrorKind::Input) with `E-OPINION-PEOPLE` for nobody, `E-OPINION-SCALE` for a scale such as `3.0..=3.0`, and for each answer that is not on it.
pub fn dispersion(answers: &[f64], scale: std::ops::RangeInclusive<f64>) -> Result<f64> {
    let (low, high) = (*scale.start(), *scale.end());
    let mut problems = Vec::new();
    if answers.is_empty() {
        let problem = Problem::new("E-OPINION-PEOPLE", "no answers", "at least one person's");
        problems.push(problem);
    }
    if !(-LARGEST <= low && low < high && high <= LARGEST) {
        let found = format!("a scale from {low} to {high}");
        let problem = Problem::new("E-OPINION-SCALE", found, "one that ends above its start");
        return Err(ErrorKind::Input([problems, vec![problem]].concat()).into());
    }
    for (at, answer) in answers.iter().enumerate() {
        if !scale.contains(answer) {
            let found = format!("{answer} at position {at}");
            let expected = format!("an answer from {low} to {high}");
            problems.push(Problem::new("E-OPINION-SCALE", found, expected));
        }
    }
    sound(problems)?;
    let half = (high - low) / 2.0;
    Ok(check::squares(answers) / answers.len() as f64 / (half * half))
}
