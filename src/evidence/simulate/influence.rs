//! Friedkin and Johnsen's model with one matrix of weights.

use serde::Serialize;

use super::super::check::{finite, sound};
use crate::error::{ErrorKind, Problem, Result};

/// The weights of a row add up to 1 within this.
const TOLERANCE: f64 = 1e-9;

/// Who listens how much to whom, and how open each person is: `x(t + 1) = Λ·W·x(t) + (I − Λ)·x(0)`.
///
/// W has a row per person with the weights they give everybody, themselves included; Λ has each person's susceptibility, from 0 (stays with
/// the first opinion) to 1 (holds on to nothing). With all of them 1 it is DeGroot's model.
///
/// ```
/// use kleroterion::evidence::simulate::Influence;
/// let weights = vec![vec![0.5, 0.5, 0.0], vec![0.2, 0.6, 0.2], vec![0.0, 0.3, 0.7]];
/// let influence = Influence::new(weights, vec![0.8, 0.5, 0.9])?;
/// let end = influence.equilibrium(&[0.0, 0.5, 1.0])?;
/// let known = [0.329_582_0, 0.494_373_0, 0.631_028_9];
/// assert!(end.iter().zip(known).all(|(x, known)| (x - known).abs() < 1e-7));
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Influence {
    weights: Vec<Vec<f64>>,
    susceptibility: Vec<f64>,
}

impl Influence {
    /// From W, row by row, and the diagonal of Λ. O(n²).
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with every problem: `E-SIM-PEOPLE` for nobody, `E-SIM-LENGTH` for a row, or Λ, of another length than there are
    /// rows, `E-SIM-WEIGHT` for a negative or infinite weight, and for a row that does not add up to 1 within 10^-9, `E-SIM-SUSCEPTIBILITY` for one that is
    /// not from 0 to 1.
    pub fn new(weights: Vec<Vec<f64>>, susceptibility: Vec<f64>) -> Result<Self> {
        let people = weights.len();
        let mut problems = Vec::new();
        if people == 0 {
            problems.push(Problem::new(
                "E-SIM-PEOPLE",
                "nobody",
                "at least one person",
            ));
        }
        for (person, row) in weights.iter().enumerate() {
            problems.extend(row_problem(person, row, people));
        }
        if susceptibility.len() != people {
            let found = format!("{} susceptibilities", susceptibility.len());
            let expected = format!("{people}, one per row of weights");
            problems.push(Problem::new("E-SIM-LENGTH", found, expected));
        }
        for (person, open) in susceptibility.iter().enumerate() {
            if !(0.0..=1.0).contains(open) {
                let found = format!("the susceptibility {open} of person {person}");
                let problem = Problem::new("E-SIM-SUSCEPTIBILITY", found, "a number from 0 to 1");
                problems.push(problem);
            }
        }
        sound(problems)?;
        Ok(Self {
            weights,
            susceptibility,
        })
    }

    /// DeGroot's model: everybody holds on to nothing. O(n²).
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn degroot(weights: Vec<Vec<f64>>) -> Result<Self> {
        let susceptibility = vec![1.0; weights.len()];
        Self::new(weights, susceptibility)
    }

    /// Opinions after so many steps from `initial`. O(steps·n²).
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-SIM-LENGTH` for more or fewer opinions than people, `E-SIM-OPINION` for an infinite one.
    pub fn after(&self, steps: u32, initial: &[f64]) -> Result<Vec<f64>> {
        self.check(initial)?;
        let mut now = initial.to_vec();
        for _ in 0..steps {
            now = self.step(initial, &now);
        }
        Ok(now)
    }

    fn step(&self, initial: &[f64], now: &[f64]) -> Vec<f64> {
        let heard = |row: &Vec<f64>| -> f64 { row.iter().zip(now).map(|(w, x)| w * x).sum() };
        let open = self.susceptibility.iter();
        let people = self.weights.iter().zip(open).zip(initial);
        people
            .map(|((row, open), own)| open * heard(row) + (1.0 - open) * own)
            .collect()
    }

    /// Where opinions end: the solution of `(I − Λ·W)·x = (I − Λ)·x(0)`, by Gaussian elimination. O(n³).
    ///
    /// # Errors
    /// As [`after`](Self::after); `E-SIM-EQUILIBRIUM` when some people hold on to nothing and neither they nor anybody they listen to, directly or through others,
    /// does, as all do in DeGroot's model: their end is then not given by this equation. The error names them. [`after`](Self::after) many steps
    /// shows where they go, if they settle.
    pub fn equilibrium(&self, initial: &[f64]) -> Result<Vec<f64>> {
        self.check(initial)?;
        let adrift = self.adrift();
        if !adrift.is_empty() {
            let found = format!("people {adrift:?}, who and whose sources hold on to no opinion");
            let expected = "a path from everybody to somebody with a susceptibility below 1";
            let problem = Problem::new("E-SIM-EQUILIBRIUM", found, expected);
            return Err(ErrorKind::Input(vec![problem]).into());
        }
        let n = initial.len();
        let mut rows: Vec<Vec<f64>> = (0..n)
            .map(|i| {
                let open = self.susceptibility[i];
                let mut row: Vec<f64> = self.weights[i].iter().map(|w| -open * w).collect();
                row[i] += 1.0;
                row.push((1.0 - open) * initial[i]);
                row
            })
            .collect();
        eliminate(&mut rows);
        Ok(rows.iter().map(|row| row[n]).collect())
    }

    /// People from whom no weight leads to anybody with a susceptibility below 1.
    fn adrift(&self) -> Vec<usize> {
        let mut held: Vec<bool> = self.susceptibility.iter().map(|open| *open < 1.0).collect();
        loop {
            let listens = |row: &Vec<f64>| row.iter().zip(&held).any(|(w, h)| *w > 0.0 && *h);
            let next: Vec<bool> = self.weights.iter().map(listens).collect();
            let mut is_same = true;
            for (held, next) in held.iter_mut().zip(next) {
                is_same &= *held || !next;
                *held |= next;
            }
            if is_same {
                break;
            }
        }
        (0..held.len()).filter(|&person| !held[person]).collect()
    }

    fn check(&self, initial: &[f64]) -> Result<()> {
        let mut problems = Vec::new();
        if initial.len() != self.weights.len() {
            let found = format!("{} opinions", initial.len());
            let expected = format!("{}, one per person", self.weights.len());
            problems.push(Problem::new("E-SIM-LENGTH", found, expected));
        }
        finite("E-SIM-OPINION", "opinions", initial, &mut problems);
        sound(problems)
    }
}

fn row_problem(person: usize, row: &[f64], people: usize) -> Option<Problem> {
    if row.len() != people {
        let found = format!("{} weights of person {person}", row.len());
        let expected = format!("{people}, one per row");
        return Some(Problem::new("E-SIM-LENGTH", found, expected));
    }
    if let Some(weight) = row.iter().find(|w| !(w.is_finite() && **w >= 0.0)) {
        let found = format!("the weight {weight} of person {person}");
        return Some(Problem::new(
            "E-SIM-WEIGHT",
            found,
            "a finite number from 0 up",
        ));
    }
    let sum: f64 = row.iter().sum();
    ((sum - 1.0).abs() > TOLERANCE).then(|| {
        let found = format!("weights of person {person} that add up to {sum}");
        Problem::new("E-SIM-WEIGHT", found, "weights that add up to 1")
    })
}

/// Gauss–Jordan elimination with the largest pivot of each column; the matrix is regular.
fn eliminate(rows: &mut [Vec<f64>]) {
    let n = rows.len();
    for column in 0..n {
        let size = |row: &usize| rows[*row][column].abs();
        let pivot = (column..n).max_by(|a, b| size(a).total_cmp(&size(b)).then(b.cmp(a)));
        rows.swap(column, pivot.unwrap_or(column));
        let head = rows[column][column];
        rows[column].iter_mut().for_each(|x| *x /= head);
        let pivot_row = rows[column].clone();
        for (at, row) in rows.iter_mut().enumerate() {
            let factor = row[column];
            if at != column && factor != 0.0 {
                for (x, p) in row.iter_mut().zip(&pivot_row) {
                    *x -= factor * p;
                }
            }
        }
    }
}
