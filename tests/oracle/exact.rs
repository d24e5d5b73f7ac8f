//! An exact simplex for small programs: minimise `cost · x` subject to `columns · x = rhs`, `x >= 0`.
//!
//! Revised simplex on integers: the inverse of the basis is kept as an integer matrix over one positive
//! denominator (Edmonds' integer pivoting). Tried in `i128` with checked arithmetic first, then in `BigInt`.

mod integer;

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

use self::integer::Exact;

/// A program in equality form. Every entry of `rhs` is at least 0.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    /// One dense column per variable.
    pub(crate) columns: Vec<Vec<i64>>,
    /// One cost per variable.
    pub(crate) cost: Vec<i64>,
    /// One entry per row.
    pub(crate) rhs: Vec<BigInt>,
    /// For a row: a variable whose column is the unit vector of that row and whose cost is 0, when there is one.
    pub(crate) start: Vec<Option<usize>>,
}

/// An optimal basic solution with its duals: `duals · columns[j] <= cost[j]` for every j.
#[derive(Debug, Clone)]
pub(crate) struct Optimum {
    pub(crate) value: BigRational,
    pub(crate) values: Vec<BigRational>,
    pub(crate) duals: Vec<BigRational>,
}

/// What became of a program.
#[derive(Debug, Clone)]
pub(crate) enum Solved {
    Optimal(Optimum),
    Infeasible,
    Unbounded,
}

impl Solved {
    /// The optimum of a program that is known to have one.
    pub(crate) fn optimum(self) -> Optimum {
        match self {
            Solved::Optimal(optimum) => optimum,
            other => panic!("a program with an optimum was found {other:?}"),
        }
    }
}

/// Solves exactly.
pub(crate) fn solve(program: &Program) -> Solved {
    attempt::<i128>(program)
        .or_else(|| attempt::<BigInt>(program))
        .expect("BigInt does not overflow")
}

/// The basis: variable `columns.len() + i` is the artificial variable of row i.
struct Basis<'a, T> {
    program: &'a Program,
    basic: Vec<usize>,
    /// `denominator` times the inverse of the basis matrix.
    inverse: Vec<Vec<T>>,
    /// `denominator` times the values of the basic variables.
    values: Vec<T>,
    denominator: T,
}

/// How a phase ended.
#[derive(PartialEq)]
enum End {
    Optimal,
    Unbounded,
}

fn attempt<T: Exact>(program: &Program) -> Option<Solved> {
    let (rows, variables) = (program.rhs.len(), program.columns.len());
    let unit = |i: usize| (0..rows).map(|j| T::small(i64::from(i == j))).collect();
    let mut basis = Basis {
        program,
        basic: (0..rows)
            .map(|i| program.start[i].unwrap_or(variables + i))
            .collect(),
        inverse: (0..rows).map(unit).collect(),
        values: program.rhs.iter().map(T::of).collect::<Option<_>>()?,
        denominator: T::small(1),
    };
    let artificial = |j: usize| i64::from(j >= variables);
    if basis.basic.iter().any(|&j| j >= variables) {
        basis.run(&artificial)?;
        if basis
            .basic
            .iter()
            .zip(&basis.values)
            .any(|(&j, v)| j >= variables && v.sign() != 0)
        {
            return Some(Solved::Infeasible);
        }
        basis.drive_out()?;
    }
    let cost = |j: usize| program.cost.get(j).copied().unwrap_or(0);
    if basis.run(&cost)? == End::Unbounded {
        return Some(Solved::Unbounded);
    }
    Some(Solved::Optimal(basis.read(&cost)?))
}

impl<T: Exact> Basis<'_, T> {
    /// `denominator` times the duals.
    fn duals(&self, cost: &dyn Fn(usize) -> i64) -> Option<Vec<T>> {
        let mut duals = vec![T::small(0); self.basic.len()];
        for (&j, row) in self.basic.iter().zip(&self.inverse) {
            let c = cost(j);
            if c != 0 {
                for (dual, entry) in duals.iter_mut().zip(row) {
                    *dual = dual.plus(entry, c)?;
                }
            }
        }
        Some(duals)
    }

    fn dot(row: &[T], column: &[i64]) -> Option<T> {
        let mut entries = row.iter().zip(column).filter(|(_, c)| **c != 0);
        entries.try_fold(T::small(0), |sum, (entry, &c)| sum.plus(entry, c))
    }

    /// Pivots to optimality. Steepest price; after a run of degenerate pivots Bland's rule until one moves.
    fn run(&mut self, cost: &dyn Fn(usize) -> i64) -> Option<End> {
        let mut idle = 0;
        loop {
            let Some(entering) = self.entering(cost, idle > 30)? else {
                return Some(End::Optimal);
            };
            let column: Vec<T> = self
                .inverse
                .iter()
                .map(|row| Self::dot(row, &self.program.columns[entering]))
                .collect::<Option<_>>()?;
            let Some(row) = self.leaving(&column)? else {
                return Some(End::Unbounded);
            };
            idle = if self.values[row].sign() == 0 {
                idle + 1
            } else {
                0
            };
            self.pivot(row, entering, &column)?;
        }
    }

    fn entering(&self, cost: &dyn Fn(usize) -> i64, first: bool) -> Option<Option<usize>> {
        let duals = self.duals(cost)?;
        let mut best: Option<(usize, T)> = None;
        for (j, column) in self.program.columns.iter().enumerate() {
            let reduced = Self::dot(&duals, column)?
                .negated()
                .plus(&self.denominator, cost(j))?;
            if reduced.sign() < 0 && best.as_ref().is_none_or(|(_, b)| reduced < *b) {
                best = Some((j, reduced));
                if first {
                    break;
                }
            }
        }
        Some(best.map(|(j, _)| j))
    }

    /// Smallest ratio, then lowest variable.
    fn leaving(&self, column: &[T]) -> Option<Option<usize>> {
        let mut best: Option<usize> = None;
        for i in (0..column.len()).filter(|&i| column[i].sign() > 0) {
            let better = match best {
                None => true,
                Some(b) => {
                    match T::products([&self.values[i], &column[b]], [&self.values[b], &column[i]])?
                    {
                        Ordering::Less => true,
                        Ordering::Equal => self.basic[i] < self.basic[b],
                        Ordering::Greater => false,
                    }
                }
            };
            if better {
                best = Some(i);
            }
        }
        Some(best)
    }

    fn pivot(&mut self, row: usize, entering: usize, column: &[T]) -> Option<()> {
        let (pivot_row, pivot_value) = (self.inverse[row].clone(), self.values[row].clone());
        for (i, factor) in column.iter().enumerate().filter(|&(i, _)| i != row) {
            for (entry, p) in self.inverse[i].iter_mut().zip(&pivot_row) {
                *entry = T::cross([entry, &column[row], factor, p], &self.denominator)?;
            }
            self.values[i] = T::cross(
                [&self.values[i], &column[row], factor, &pivot_value],
                &self.denominator,
            )?;
        }
        self.denominator = column[row].clone();
        self.basic[row] = entering;
        if self.denominator.sign() < 0 {
            self.denominator = self.denominator.negated();
            for entry in self.inverse.iter_mut().flatten().chain(&mut self.values) {
                *entry = entry.negated();
            }
        }
        Some(())
    }

    /// Replaces artificial variables at zero; those that stay belong to redundant rows and never move again.
    fn drive_out(&mut self) -> Option<()> {
        let variables = self.program.columns.len();
        for row in 0..self.basic.len() {
            if self.basic[row] < variables {
                continue;
            }
            for j in 0..variables {
                if Self::dot(&self.inverse[row], &self.program.columns[j])?.sign() != 0 {
                    let column: Vec<T> = self
                        .inverse
                        .iter()
                        .map(|r| Self::dot(r, &self.program.columns[j]))
                        .collect::<Option<_>>()?;
                    self.pivot(row, j, &column)?;
                    break;
                }
            }
        }
        Some(())
    }

    fn read(&self, cost: &dyn Fn(usize) -> i64) -> Option<Optimum> {
        let ratio = |value: &T| BigRational::new(value.big(), self.denominator.big());
        let mut values = vec![BigRational::zero(); self.program.columns.len()];
        let mut value = BigRational::zero();
        for (&j, v) in self
            .basic
            .iter()
            .zip(&self.values)
            .filter(|(j, _)| **j < self.program.columns.len())
        {
            values[j] = ratio(v);
            value += ratio(v) * BigInt::from(cost(j));
        }
        Some(Optimum {
            value,
            values,
            duals: self.duals(cost)?.iter().map(ratio).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn big(values: &[i64]) -> Vec<BigInt> {
        values.iter().map(|&v| v.into()).collect()
    }

    #[test]
    fn a_textbook_program() {
        // max 3x + 5y: x <= 4, 2y <= 12, 3x + 2y <= 18 -> 36 at (2, 6); duals (0, 3/2, 1).
        let program = Program {
            columns: vec![
                vec![1, 0, 3],
                vec![0, 2, 2],
                vec![1, 0, 0],
                vec![0, 1, 0],
                vec![0, 0, 1],
            ],
            cost: vec![-3, -5, 0, 0, 0],
            rhs: big(&[4, 12, 18]),
            start: vec![Some(2), Some(3), Some(4)],
        };
        let cold = Program {
            start: vec![None; 3],
            ..program.clone()
        };
        for program in [program, cold] {
            let optimum = solve(&program).optimum();
            assert_eq!(optimum.value, BigRational::from_integer((-36).into()));
            assert_eq!(optimum.values[0], BigRational::from_integer(2.into()));
            assert_eq!(optimum.duals[1], BigRational::new((-3).into(), 2.into()));
            let same = attempt::<BigInt>(&program)
                .expect("never overflows")
                .optimum();
            assert_eq!(same.values, optimum.values);
        }
    }

    #[test]
    fn infeasible_unbounded_and_redundant_programs_are_told_apart() {
        let twice = |rhs: &[i64]| Program {
            columns: vec![vec![1, 1], vec![1, 1]],
            cost: vec![1, 2],
            rhs: big(rhs),
            start: vec![None; 2],
        };
        assert!(matches!(solve(&twice(&[1, 2])), Solved::Infeasible));
        assert_eq!(
            solve(&twice(&[3, 3])).optimum().value,
            BigRational::from_integer(3.into())
        );
        let free = Program {
            columns: vec![vec![1], vec![-1]],
            cost: vec![0, -1],
            rhs: big(&[1]),
            start: vec![None],
        };
        assert!(matches!(solve(&free), Solved::Unbounded));
    }

    #[test]
    fn beales_cycling_program_ends() {
        // min -3/4 x4 + 20 x5 - 1/2 x6 + 6 x7, scaled by 4; optimum -5/4 -> -5.
        let program = Program {
            columns: vec![
                vec![1, 0, 0],
                vec![0, 1, 0],
                vec![0, 0, 1],
                vec![1, 2, 0],
                vec![-32, -48, 0],
                vec![-4, -2, 1],
                vec![36, 12, 0],
            ],
            cost: vec![0, 0, 0, -3, 80, -2, 24],
            rhs: big(&[0, 0, 1]),
            start: vec![Some(0), Some(1), Some(2)],
        };
        assert_eq!(
            solve(&program).optimum().value,
            BigRational::from_integer((-5).into())
        );
    }
}
