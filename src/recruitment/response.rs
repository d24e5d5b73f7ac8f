//! How many letters it takes until every part of the city has answered often enough.

use crate::error::{ErrorKind, Problem, Result};
use crate::pool::key;
use crate::quota::Quota;
use crate::ratio::Ratio;

use super::Design;

/// What an earlier mailing says about who answers: so many letters, and so many who registered.
///
/// The true rate is unknown; before the mailing every rate was equally credible, so now it has the Beta distribution with
/// parameters `answers + 1` and `letters − answers + 1`. A forecast of answers to new letters is then Beta–binomial: it widens
/// where little is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Response {
    answers: u64,
    letters: u64,
}

impl Response {
    /// Most answers taken into account, 10^6: an experience larger than that is as good as a rate.
    pub const MOST: u64 = 1_000_000;

    /// `answers` people registered after `letters` letters. Not more answers than letters, nor than [`MOST`](Self::MOST):
    /// [`Planner::new`] says so.
    #[must_use]
    pub fn new(answers: u64, letters: u64) -> Self {
        Self { answers, letters }
    }

    /// What was seen of `letters`.
    #[must_use]
    pub fn counts(self) -> (u64, u64) {
        (self.answers, self.letters)
    }

    pub(super) fn is_sound(self) -> bool {
        self.answers <= self.letters && self.answers <= Self::MOST && self.letters <= Design::MOST
    }

    /// The chance that the next letter is answered: (answers + 1)/(letters + 2), Laplace's rule.
    ///
    /// ```
    /// use kleroterion::{Ratio, recruitment::Response};
    /// assert_eq!(Response::new(49, 998).mean(), Ratio::new(1, 20));
    /// assert_eq!(Response::new(0, 0).mean(), Ratio::new(1, 2)); // nothing known
    /// ```
    #[must_use]
    pub fn mean(self) -> Ratio {
        Ratio::new(self.answers + 1, self.letters + 2)
    }

    /// The chance of at least `needed` answers to `letters` new letters: the upper tail of the Beta–binomial distribution.
    /// Absolute error below 10^-9 for a million letters. Nothing known,
    /// and every number of answers from 0 to 3 is equally likely:
    ///
    /// ```
    /// use kleroterion::recruitment::Response;
    /// assert!((Response::new(0, 0).at_least(3, 2) - 0.5).abs() < 1e-12);
    /// assert_eq!(Response::new(5, 9).at_least(3, 4), 0.0);
    /// assert_eq!(Response::new(5, 9).at_least(3, 0), 1.0);
    /// ```
    ///
    /// Cost: O(answers + needed).
    #[must_use]
    pub fn at_least(self, letters: u64, needed: u64) -> f64 {
        if needed == 0 {
            return 1.0;
        }
        if letters < needed || !self.is_sound() {
            return 0.0;
        }
        let (a, b) = (
            (self.answers + 1) as f64,
            (self.letters - self.answers + 1) as f64,
        );
        let n = letters as f64;
        // P(0) = Π (b + i)/(b + n + i) over i < a; in logarithms, since it can be below every float.
        let zero = |i: u64| libm::log((b + i as f64) / (b + n + i as f64));
        let mut term: f64 = (0..=self.answers).map(zero).sum();
        let mut below = libm::exp(term);
        for k in 0..needed - 1 {
            let k = k as f64;
            let step = (n - k) * (a + k) / ((k + 1.0) * (n - k - 1.0 + b));
            term += libm::log(step);
            below += libm::exp(term);
        }
        (1.0 - below).clamp(0.0, 1.0)
    }
}

/// A part of the city that the pool must have enough of, usually the people of one quota.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cell {
    /// The feature.
    pub feature: String,
    /// The value.
    pub value: String,
    /// Its part of those who get letters: of the city, or more where letters are oversampled.
    pub share: Ratio,
    /// How its people answer.
    pub response: Response,
    /// Volunteers wanted.
    pub needed: u64,
}

impl Cell {
    /// A cell by its feature and value.
    #[must_use]
    pub fn new(feature: &str, value: &str, share: Ratio, response: Response) -> Self {
        Self {
            feature: key::clean(feature),
            value: key::clean(value),
            share,
            response,
            needed: 1,
        }
    }

    /// Wants so many volunteers.
    #[must_use]
    pub fn needing(mut self, volunteers: u64) -> Self {
        self.needed = volunteers;
        self
    }

    /// Wants `times` volunteers for each seat that the quota may take: ten give the lottery a choice.
    #[must_use]
    pub fn for_quota(quota: &Quota, times: u64, share: Ratio, response: Response) -> Self {
        let seats = u64::from(quota.max);
        Self::new(&quota.feature, &quota.value, share, response).needing(times * seats)
    }

    /// Letters of a mailing that go to the cell, rounded down.
    fn letters(&self, all: u64) -> u64 {
        let part = u128::from(all) * u128::from(self.share.numerator);
        (part / u128::from(self.share.denominator)) as u64
    }

    fn likely(&self, letters: u64) -> f64 {
        self.response.at_least(self.letters(letters), self.needed)
    }
}

/// From cells to a number of letters.
///
/// ```
/// use kleroterion::{Ratio, recruitment::{Cell, Planner, Response}};
/// let young = Cell::new("age", "16-29", Ratio::new(1, 4), Response::new(20, 1_000)).needing(30);
/// let old = Cell::new("age", "30+", Ratio::new(3, 4), Response::new(200, 3_000)).needing(90);
/// let plan = Planner::new(vec![young, old])?.plan()?;
/// assert_eq!(plan.decisive, 0); // a quarter of the letters, answered by one in fifty: the young decide
/// assert!(plan.cells[0].likely >= 0.95 && plan.cells[1].likely > 0.999);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planner {
    cells: Vec<Cell>,
    confidence: Ratio,
}

/// How many letters, and what to expect of them.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Plan {
    /// The fewest letters with which every cell is likely enough.
    pub letters: u64,
    /// The cell that needs them all.
    pub decisive: usize,
    /// What each cell gets, in the order given.
    pub cells: Vec<CellPlan>,
    /// Volunteers to expect, as the cells of each feature have it; features differ when their rates do not fit each other.
    pub expected_pool: Vec<(String, f64)>,
    /// The chance that no cell falls short is at least this (Bonferroni: 1 minus the sum of the cells' chances to fall short).
    pub all_likely: f64,
}

/// One cell of a [`Plan`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CellPlan {
    /// Letters to the cell.
    pub letters: u64,
    /// Volunteers to expect of it.
    pub expected: f64,
    /// The chance that it has as many volunteers as wanted.
    pub likely: f64,
}

impl Planner {
    /// Cells that are each to be filled with a chance of 95 %.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with every problem: `E-PLAN-NONE` for no cell, `E-PLAN-SHARE` for the share 0/1 or 3/2 and for shares of a
    /// feature that add up to more than 1, `E-PLAN-RESPONSE` for 5 answers to 4 letters, `E-PLAN-CELL` for the same cell twice.
    pub fn new(cells: Vec<Cell>) -> Result<Self> {
        let problems = problems(&cells);
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        let confidence = Ratio::new(95, 100);
        Ok(Self { cells, confidence })
    }

    /// Another chance for each cell.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-PLAN-CONFIDENCE` unless it is above 0 and below 1.
    pub fn confidence(mut self, chance: Ratio) -> Result<Self> {
        if chance.numerator == 0 || chance.numerator >= chance.denominator {
            let problem = Problem::new(
                "E-PLAN-CONFIDENCE",
                chance.to_string(),
                "a chance above 0 and below 1",
            );
            return Err(ErrorKind::Input(vec![problem]).into());
        }
        self.confidence = chance;
        Ok(self)
    }

    /// The fewest letters with which every cell has its volunteers with the wanted chance.
    ///
    /// Each cell counts on its share of the letters, as a stratified mailing gives it; [`Simulation`](super::Simulation) adds the chance
    /// of who is drawn, and asks for whole panels.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-PLAN-LETTERS` for every cell that 10^9 letters do not fill.
    ///
    /// Cost: O(answers + needed) for each of some thirty steps of halving and each cell.
    pub fn plan(&self) -> Result<Plan> {
        let wanted = self.confidence.to_f64();
        let (mut letters, mut decisive) = (0, 0);
        let mut problems = Vec::new();
        for (at, cell) in self.cells.iter().enumerate() {
            match fewest(|letters| cell.likely(letters) >= wanted) {
                Some(needed) if needed > letters => (letters, decisive) = (needed, at),
                Some(_) => {}
                None => {
                    let found = format!("{} = {}, which too few answer", cell.feature, cell.value);
                    let expected = "a cell that 10^9 letters can fill";
                    problems.push(Problem::new("E-PLAN-LETTERS", found, expected));
                }
            }
        }
        if problems.is_empty() {
            Ok(self.outlook(letters, decisive))
        } else {
            Err(ErrorKind::Input(problems).into())
        }
    }

    /// What to expect of a given number of letters; the decisive cell is the one that is least likely filled.
    #[must_use]
    pub fn with_letters(&self, letters: u64) -> Plan {
        let mut plan = self.outlook(letters, 0);
        for (at, cell) in plan.cells.iter().enumerate() {
            if cell.likely < plan.cells[plan.decisive].likely {
                plan.decisive = at;
            }
        }
        plan
    }

    fn outlook(&self, letters: u64, decisive: usize) -> Plan {
        let of = |cell: &Cell| CellPlan {
            letters: cell.letters(letters),
            expected: cell.letters(letters) as f64 * cell.response.mean().to_f64(),
            likely: cell.likely(letters),
        };
        let cells: Vec<CellPlan> = self.cells.iter().map(of).collect();
        let mut expected_pool: Vec<(String, f64)> = Vec::new();
        for (cell, plan) in self.cells.iter().zip(&cells) {
            match expected_pool
                .iter_mut()
                .find(|(feature, _)| *feature == cell.feature)
            {
                Some((_, sum)) => *sum += plan.expected,
                None => expected_pool.push((cell.feature.clone(), plan.expected)),
            }
        }
        let short: f64 = cells.iter().map(|c| 1.0 - c.likely).sum();
        Plan {
            letters,
            decisive,
            cells,
            expected_pool,
            all_likely: (1.0 - short).max(0.0),
        }
    }
}

/// The fewest letters that are enough, if more never help less; at most [`Design::MOST`].
fn fewest(enough: impl Fn(u64) -> bool) -> Option<u64> {
    let (mut low, mut high) = (0, Design::MOST);
    if !enough(high) {
        return None;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if enough(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(low)
}

fn problems(cells: &[Cell]) -> Vec<Problem> {
    let mut problems = Vec::new();
    if cells.is_empty() {
        problems.push(Problem::new("E-PLAN-NONE", "no cell", "at least one"));
    }
    for (at, cell) in cells.iter().enumerate() {
        let name = format!("{} = {}", cell.feature, cell.value);
        let share = cell.share;
        if share.numerator == 0 || share.numerator > share.denominator {
            let found = format!("the share {share} of {name}");
            problems.push(Problem::new("E-PLAN-SHARE", found, "above 0 and at most 1"));
        }
        if !cell.response.is_sound() {
            let (answers, letters) = cell.response.counts();
            let found = format!("{answers} answers to {letters} letters of {name}");
            let expected = "not more answers than letters, nor than 1000000";
            problems.push(Problem::new("E-PLAN-RESPONSE", found, expected));
        }
        let key = |cell: &Cell| (key::fold(&cell.feature), key::fold(&cell.value));
        if cells[..at].iter().any(|other| key(other) == key(cell)) {
            problems.push(Problem::new(
                "E-PLAN-CELL",
                format!("{name} again"),
                "each cell once",
            ));
        }
        let is_first = |other: &Cell| key::fold(&other.feature) == key(cell).0;
        if cells.iter().position(is_first) == Some(at) {
            let own = cells.iter().filter(|other| is_first(other));
            let sum: f64 = own.map(|other| other.share.to_f64()).sum();
            if sum > 1.0 + 1e-9 {
                let found = format!("shares of {} that add up to {sum:.4}", cell.feature);
                problems.push(Problem::new("E-PLAN-SHARE", found, "at most 1"));
            }
        }
    }
    problems
}
