//! The same people asked twice.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use super::super::check::sound;
use super::super::opinion::SignedRank;
use super::super::permutations::{Alternative, PermutationTest, Permutations};
use super::answers::{self, Answers};
use super::correlations::Correlations;
use super::{Formula, Reasoning};
use crate::error::{Problem, Result};

/// What must be said wherever a p-value over pairs is shown.
pub const PAIRWISE_WARNING: &str = "The test takes pairs of people as independent, and they are not: each person is in n - 1 of them. \
     Its p-value is far too small. Use the permutation test.";

/// What the test of a change exchanges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Exchange {
    /// The labels "before" and "after" among all 2n sets of answers, as in the published analyses. It forgets who gave
    /// which answers.
    Labels,
    /// Each person's two sets of answers, or not, as heads or tails say. This is the test for people asked twice.
    WithinPerson,
}

/// Everybody's answers before and after, with the correlations of all pairs of the 2n sets of answers.
///
/// ```
/// use kleroterion::evidence::reasoning::{Answers, Comparison, Formula};
/// let person = |id: &str, c: [f64; 3], p: [f64; 3]| Answers::new(id, c, p);
/// let before = [person("p1", [1.0, 2.0, 3.0], [1.0, 2.0, 3.0]), person("p2", [1.0, 2.0, 3.0], [3.0, 2.0, 1.0])];
/// let after = [person("p2", [1.0, 2.0, 3.0], [1.0, 2.0, 3.0]), person("p1", [1.0, 2.0, 3.0], [1.0, 2.0, 3.0])];
/// let comparison = Comparison::new(&before, &after)?;
/// // Agreed on reasons and disagreed on everything else; now agree on both.
/// assert_eq!(comparison.before().index(Formula::Original), -3.0);
/// assert_eq!(comparison.change(Formula::Original), 4.0);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Clone)]
pub struct Comparison {
    before: Reasoning,
    after: Reasoning,
    /// Rows 0..n before, n..2n after, people in the order before.
    all: Correlations,
}

/// Prints the number of people.
impl fmt::Debug for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Comparison({} people)", self.before.people().len())
    }
}

/// Wilcoxon's signed-rank test over pairs of people, which must not be shown without its warning.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Pairwise {
    /// The test; positive where a pair's loss fell.
    pub test: SignedRank,
    /// [`PAIRWISE_WARNING`].
    pub warning: &'static str,
}

impl Comparison {
    /// Matches people by id and correlates every pair. Order is that of `before`. O(n²·k).
    ///
    /// # Errors
    /// [`Input`](crate::ErrorKind::Input) with every problem of both lists, as [`Reasoning::new`], and `E-DRI-PAIR` for everybody with
    /// answers at one time only; `E-DRI-LENGTH` also when there were more questions at one time.
    pub fn new(before: &[Answers], after: &[Answers]) -> Result<Self> {
        let mut problems = answers::problems(before, " before");
        problems.extend(answers::problems(after, " after"));
        let only = |answers: &[Answers], others: &[Answers], time: &str| -> Vec<Problem> {
            let others: BTreeSet<&str> = others.iter().map(|a| a.person.as_str()).collect();
            let alone = answers
                .iter()
                .filter(|a| !others.contains(a.person.as_str()));
            let problem = |a: &Answers| {
                let found = format!("answers of person {:?} only {time}", a.person);
                Problem::new("E-DRI-PAIR", found, "answers before and after")
            };
            alone.map(problem).collect()
        };
        problems.extend(only(before, after, "before"));
        problems.extend(only(after, before, "after"));
        if let ([first, ..], [second, ..]) = (before, after) {
            for part in answers::PARTS {
                let (asked, again) = (first.part(part).len(), second.part(part).len());
                if asked != again {
                    let found = format!("{asked} {part} before and {again} after");
                    problems.push(Problem::new("E-DRI-LENGTH", found, "the same number"));
                }
            }
        }
        sound(problems)?;
        let places: BTreeMap<&str, &Answers> =
            after.iter().map(|a| (a.person.as_str(), a)).collect();
        let after: Vec<Answers> = before
            .iter()
            .map(|a| places[a.person.as_str()].clone())
            .collect();
        Ok(Self {
            before: Reasoning::of(before),
            after: Reasoning::of(&after),
            all: Correlations::of(before.iter().chain(&after)),
        })
    }

    /// Before.
    #[must_use]
    pub fn before(&self) -> &Reasoning {
        &self.before
    }

    /// After, people in the order before.
    #[must_use]
    pub fn after(&self) -> &Reasoning {
        &self.after
    }

    /// The index after minus the index before. O(n²).
    #[must_use]
    pub fn change(&self, formula: Formula) -> f64 {
        self.after.index(formula) - self.before.index(formula)
    }

    /// Is the change more than chance? `p` is the share of exchanges with a change at least as extreme; with
    /// [`Alternative::Greater`], at least as large a rise. O(n²) per permutation, after O(n²) once.
    ///
    /// A small `p` says that the times differ, not that deliberation is why: that takes a control group.
    #[must_use]
    pub fn change_test(
        &self,
        formula: Formula,
        (exchange, alternative): (Exchange, Alternative),
        permutations: &Permutations,
    ) -> PermutationTest {
        let losses = self.all.losses(formula);
        let n = self.before.people().len();
        let mut rows: Vec<usize> = (0..2 * n).collect();
        let change = |rows: &[usize]| losses.index(&rows[n..]) - losses.index(&rows[..n]);
        let observed = (change(&rows), alternative);
        let name = match exchange {
            Exchange::Labels => "reasoning/change/labels",
            Exchange::WithinPerson => "reasoning/change/within-person",
        };
        permutations.test(name, observed, |stream| {
            match exchange {
                Exchange::Labels => stream.shuffle(&mut rows),
                Exchange::WithinPerson => {
                    for person in 0..n {
                        if stream.below(2) == 1 {
                            rows.swap(person, n + person);
                        }
                    }
                }
            }
            change(&rows)
        })
    }

    /// Wilcoxon's signed-rank test on each person's own index before and after. People's indices share pairs, so this is better than
    /// [`pairwise`](Self::pairwise) and still not independent. O(n²).
    #[must_use]
    pub fn individual(&self, formula: Formula) -> SignedRank {
        let (before, after) = (
            self.before.individual(formula),
            self.after.individual(formula),
        );
        let changes: Vec<f64> = before.iter().zip(&after).map(|(b, a)| a - b).collect();
        SignedRank::of(&changes)
    }

    /// Wilcoxon's signed-rank test on what pairs take off the index before and after, as it is often published, with the warning that belongs to it. O(n² log n).
    #[must_use]
    pub fn pairwise(&self, formula: Formula) -> Pairwise {
        let loss = |(_, _, r, p): (usize, usize, f64, f64)| formula.loss(r, p);
        let (before, after) = (self.before.pairs().map(loss), self.after.pairs().map(loss));
        let changes: Vec<f64> = before.zip(after).map(|(b, a)| b - a).collect();
        Pairwise {
            test: SignedRank::of(&changes),
            warning: PAIRWISE_WARNING,
        }
    }
}
