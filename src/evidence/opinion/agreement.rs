//! Kendall's coefficient of concordance.

use serde::Serialize;

use super::super::permutations::{Alternative, PermutationTest, Permutations};
use super::Rankings;
use crate::error::{ErrorKind, Problem, Result};

/// Kendall's W: 1 when all rankings are the same, 0 when the options' rank sums are.
///
/// `W = 12·S/(n²(m³ − m) − n·ΣT)` for n people and m options, S the sum of squared deviations of the rank sums, `T = Σ (t³ − t)`
/// over each person's groups of t tied options. Source: Kendall and Babington Smith, *Annals of Mathematical Statistics* 10(3), 1939.
///
/// Three people who rank a > b > c, a > c > b, b > a > c have rank sums 4, 6, 8, so S = 8 and W = 96/216.
///
/// ```
/// use kleroterion::evidence::opinion::Rankings;
/// let rankings = Rankings::new(&[[1.0, 2.0, 3.0], [1.0, 3.0, 2.0], [2.0, 1.0, 3.0]])?;
/// assert!((rankings.agreement()?.w - 96.0 / 216.0).abs() < 1e-15);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Agreement {
    /// How many people.
    pub people: usize,
    /// How many options.
    pub options: usize,
    /// W.
    pub w: f64,
    /// `n·(m − 1)·W`, about chi-square with m − 1 degrees of freedom when rankings are random and people many.
    pub chi_square: f64,
}

impl Agreement {
    /// The p-value of [`chi_square`](Self::chi_square); rough for few people.
    #[cfg(feature = "statistics")]
    #[must_use]
    pub fn chi_square_p(&self) -> Option<f64> {
        super::parametric::chi_square_above(self.chi_square, (self.options - 1) as f64)
    }
}

pub(super) fn of(rankings: &Rankings) -> Result<Agreement> {
    // Ranks are doubled and centred: every sum is four times that of the formula.
    let own: i64 = rankings.ranks.iter().map(|ranks| ranks.squares()).sum();
    if rankings.people() < 2 {
        let expected = "at least two: one person agrees with nobody";
        let problem = Problem::new("E-RANK-PEOPLE", "one ranking", expected);
        return Err(ErrorKind::Input(vec![problem]).into());
    }
    if own == 0 {
        let found = "rankings without any order";
        let problem = Problem::new("E-RANK-TIED", found, "somebody who prefers something");
        return Err(ErrorKind::Input(vec![problem]).into());
    }
    let (people, options) = (rankings.people(), rankings.options());
    let orders: Vec<&[i64]> = rankings.ranks.iter().map(|ranks| &ranks.0[..]).collect();
    let w = sum_of_squares(options, &orders) as f64 / (people as f64 * own as f64);
    let chi_square = people as f64 * (options - 1) as f64 * w;
    Ok(Agreement {
        people,
        options,
        w,
        chi_square,
    })
}

fn sum_of_squares(options: usize, orders: &[&[i64]]) -> i64 {
    let sum = |option: usize| orders.iter().map(|order| order[option]).sum::<i64>();
    (0..options).map(|option| sum(option) * sum(option)).sum()
}

impl Rankings {
    /// Do people agree more than by chance? Each person's ranks are shuffled over the options again and again. O(n·m) per permutation.
    ///
    /// # Errors
    /// As [`agreement`](Self::agreement).
    pub fn agreement_test(&self, permutations: &Permutations) -> Result<PermutationTest> {
        let own: i64 = self.ranks.iter().map(|ranks| ranks.squares()).sum();
        let observed = (self.agreement()?.w, Alternative::Greater);
        let mut orders: Vec<Vec<i64>> = self.ranks.iter().map(|ranks| ranks.0.clone()).collect();
        Ok(permutations.test("opinion/agreement", observed, |stream| {
            orders.iter_mut().for_each(|order| stream.shuffle(order));
            let orders: Vec<&[i64]> = orders.iter().map(Vec::as_slice).collect();
            let sum = sum_of_squares(self.options(), &orders);
            sum as f64 / (self.people() as f64 * own as f64)
        }))
    }
}
