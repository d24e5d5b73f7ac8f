//! What happened within tables.

use std::fmt;

use serde::Serialize;

use super::super::check::{self, deviation, mean, rounding, sound, squares};
use super::super::permutations::{Alternative, PermutationTest, Permutations};
use super::Paired;
use crate::error::{Problem, Result};

/// One question asked before and after, with who sat where in between.
///
/// ```
/// use kleroterion::evidence::opinion::{Direction, Paired, TableChanges};
/// let asked = Paired::new(&[6.0, 8.0, 1.0, 3.0], &[8.0, 8.0, 3.0, 5.0])?;
/// let tables = TableChanges::new(asked, vec![vec![0, 1], vec![2, 3]])?;
/// let found = tables.by_table(5.0);
/// assert_eq!((found[0].variance_ratio, found[1].variance_ratio), (Some(0.0), Some(1.0)));
/// assert_eq!((found[0].direction, found[1].direction), (Direction::Outwards, Direction::Inwards)); // 7 → 8, 2 → 4; middle 5
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct TableChanges {
    asked: Paired,
    tables: Vec<Vec<usize>>,
}

/// Prints numbers of people and tables.
impl fmt::Debug for TableChanges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (people, tables) = (self.asked.people(), self.tables.len());
        write!(f, "TableChanges({people} people, {tables} tables)")
    }
}

/// Which way a table's mean went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Direction {
    /// Away from the middle, on the side where it was: group polarisation as Sunstein (2002) describes it.
    Outwards,
    /// Towards the middle, or past it.
    Inwards,
    /// The mean did not move.
    Still,
    /// It started in the middle: there is no side to move to.
    FromTheMiddle,
}

/// What happened at one table.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TableChange {
    /// How many people sat there.
    pub people: usize,
    /// Mean before.
    pub mean_before: f64,
    /// Mean after.
    pub mean_after: f64,
    /// Standard deviation before; `None` below two people.
    pub deviation_before: Option<f64>,
    /// Standard deviation after.
    pub deviation_after: Option<f64>,
    /// Variance after as a multiple of the variance before: below 1 the table converged. `None` below two people, and when all agreed before.
    pub variance_ratio: Option<f64>,
    /// Which way the mean went.
    pub direction: Direction,
}

impl TableChanges {
    /// Tables are given by positions of people. People at no table are left out. O(n).
    ///
    /// # Errors
    /// [`Input`](crate::ErrorKind::Input) with `E-OPINION-TABLE` for each position that is out of range or occurs twice, for an empty table, and without tables.
    pub fn new(asked: Paired, tables: Vec<Vec<usize>>) -> Result<Self> {
        let mut problems = check::tables("E-OPINION-TABLE", asked.people(), &tables);
        if tables.is_empty() {
            problems.push(Problem::new("E-OPINION-TABLE", "no tables", "at least one"));
        }
        for (at, _) in tables.iter().enumerate().filter(|(_, t)| t.is_empty()) {
            let found = format!("nobody at table {at}");
            problems.push(Problem::new("E-OPINION-TABLE", found, "somebody"));
        }
        sound(problems)?;
        Ok(Self { asked, tables })
    }

    /// Every table, with `middle` as the middle of the scale. O(n).
    #[must_use]
    pub fn by_table(&self, middle: f64) -> Vec<TableChange> {
        let at = |answers: &[f64], table: &[usize]| -> Vec<f64> {
            table.iter().map(|&person| answers[person]).collect()
        };
        let change = |table: &Vec<usize>| {
            let (before, after) = (
                at(self.asked.before(), table),
                at(self.asked.after(), table),
            );
            let spread = squares(&before);
            let near = rounding(&[&before[..], &after, &[middle]].concat());
            let exact = |difference: f64| Some(difference).filter(|x| x.abs() > near);
            let moved = exact(mean(&after) - mean(&before)).unwrap_or(0.0);
            let side = exact(mean(&before) - middle).unwrap_or(0.0);
            TableChange {
                people: table.len(),
                mean_before: mean(&before),
                mean_after: mean(&after),
                deviation_before: deviation(&before),
                deviation_after: deviation(&after),
                variance_ratio: (spread > 0.0).then(|| squares(&after) / spread),
                direction: direction(side, moved),
            }
        };
        self.tables.iter().map(change).collect()
    }

    /// Did tables converge more than the assembly as a whole? The statistic is the fall of the variance within tables (sums of squares over all tables, divided by people
    /// minus tables); people are dealt out to the tables again and again, keeping their answers and the tables' sizes. A small
    /// `p` with [`Alternative::Greater`] says that people came closer to *those they sat with*. O(n) per permutation.
    ///
    /// `None` when nobody sat with anybody.
    #[must_use]
    pub fn convergence_test(
        &self,
        alternative: Alternative,
        permutations: &Permutations,
    ) -> Option<PermutationTest> {
        let mut seats: Vec<usize> = self.tables.concat();
        let freedom = seats.len() - self.tables.len();
        if freedom == 0 {
            return None;
        }
        let fall = |seats: &[usize]| {
            let (mut left, mut fall) = (seats, 0.0);
            for table in &self.tables {
                let (own, others) = left.split_at(table.len());
                let before: Vec<f64> = own.iter().map(|&p| self.asked.before()[p]).collect();
                let after: Vec<f64> = own.iter().map(|&p| self.asked.after()[p]).collect();
                fall += squares(&before) - squares(&after);
                left = others;
            }
            fall / freedom as f64
        };
        let observed = (fall(&seats), alternative);
        Some(
            permutations.test("opinion/convergence", observed, |stream| {
                stream.shuffle(&mut seats);
                fall(&seats)
            }),
        )
    }
}

fn direction(side: f64, change: f64) -> Direction {
    if change == 0.0 {
        Direction::Still
    } else if side == 0.0 {
        Direction::FromTheMiddle
    } else if (side > 0.0) == (change > 0.0) {
        Direction::Outwards
    } else {
        Direction::Inwards
    }
}
