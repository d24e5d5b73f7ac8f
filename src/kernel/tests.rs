//! The kernel against enumeration and against a second solver.

use super::branch::{Effort, Found, price};
use super::columns::Columns;
use super::mixture::tie_break;
use super::simplex::{Outcome, Simplex};

/// A random program with 0/1 rows around a planted point.
struct Program {
    columns: Vec<Vec<u32>>,
    upper: Vec<f64>,
    rows: Vec<(f64, f64)>,
    cost: Vec<f64>,
}

fn random(seed: usize) -> Program {
    let mut state = 1000 * seed;
    let mut below = |n: usize| {
        state += 1;
        (tie_break(state) * n as f64) as usize
    };
    let (n, m) = (2 + below(6), 1 + below(5));
    let columns: Vec<Vec<u32>> = (0..n)
        .map(|_| (0..m as u32).filter(|_| below(3) > 0).collect())
        .collect();
    let upper: Vec<f64> = (0..n).map(|_| (1 + below(3)) as f64).collect();
    let planted: Vec<f64> = upper
        .iter()
        .map(|u| below(*u as usize + 1) as f64)
        .collect();
    let rows = (0..m as u32)
        .map(|i| {
            let at: f64 = (0..n)
                .filter(|&j| columns[j].contains(&i))
                .map(|j| planted[j])
                .sum();
            let low = (at - below(2) as f64).max(0.0);
            let shift = if below(8) == 0 { 1.0 } else { 0.0 };
            (low + shift, low + shift + below(3) as f64)
        })
        .collect();
    let cost = (0..n).map(|_| (below(9) as f64 - 4.0) / 4.0).collect();
    Program {
        columns,
        upper,
        rows,
        cost,
    }
}

impl Program {
    fn simplex(&self) -> Simplex {
        let mut columns = Columns::new();
        for rows in &self.columns {
            columns.push(rows.iter().map(|&r| (r, 1.0)));
        }
        let mut lp = Simplex::new(
            columns,
            vec![0.0; self.upper.len()],
            self.upper.clone(),
            &self.rows,
        );
        lp.set_costs(&self.cost);
        lp
    }

    fn value(&self, x: &[f64]) -> f64 {
        self.cost.iter().zip(x).map(|(c, x)| c * x).sum()
    }

    fn holds(&self, x: &[f64]) -> bool {
        self.rows.iter().enumerate().all(|(i, &(low, high))| {
            let at: f64 = (0..x.len())
                .filter(|&j| self.columns[j].contains(&(i as u32)))
                .map(|j| x[j])
                .sum();
            at >= low - 1e-7 && at <= high + 1e-7
        })
    }

    /// Least cost over all integer points, by looking at every one.
    fn least(&self) -> Option<f64> {
        let mut x = vec![0.0; self.upper.len()];
        let mut best: Option<f64> = None;
        loop {
            if self.holds(&x) {
                let value = self.value(&x);
                best = Some(best.map_or(value, |b| b.min(value)));
            }
            let Some(j) = (0..x.len()).find(|&j| x[j] < self.upper[j]) else {
                return best;
            };
            x[..j].iter_mut().for_each(|x| *x = 0.0);
            x[j] += 1.0;
        }
    }
}

#[test]
fn relaxations_agree_with_a_second_solver() {
    for seed in 0..3000 {
        let program = random(seed);
        let mut lp = program.simplex();
        let outcome = lp.solve(f64::INFINITY, 10_000);
        let mut other = microlp::Problem::new(microlp::OptimizationDirection::Minimize);
        let vars: Vec<_> = program
            .cost
            .iter()
            .zip(&program.upper)
            .map(|(c, u)| other.add_var(*c, (0.0, *u)))
            .collect();
        for (i, (low, high)) in program.rows.iter().enumerate() {
            let row: Vec<_> = vars
                .iter()
                .enumerate()
                .filter(|(j, _)| program.columns[*j].contains(&(i as u32)))
                .map(|(_, v)| (*v, 1.0))
                .collect();
            other.add_constraint(row.clone(), microlp::ComparisonOp::Ge, *low);
            other.add_constraint(row, microlp::ComparisonOp::Le, *high);
        }
        match other.solve() {
            Ok(microlp::SolveOutcome::Solution(solution)) => {
                assert_eq!(outcome, Outcome::Optimal, "seed {seed}");
                assert!(
                    (lp.objective() - solution.objective()).abs() < 1e-7,
                    "seed {seed}: {} and {}",
                    lp.objective(),
                    solution.objective()
                );
                assert!(program.holds(&lp.values()), "seed {seed}");
            }
            Ok(_) => panic!("seed {seed}: interrupted"),
            Err(_) => assert_eq!(outcome, Outcome::Infeasible, "seed {seed}"),
        }
    }
}

#[test]
fn searches_agree_with_enumeration() {
    for seed in 0..6000 {
        let program = random(seed);
        let least = program.least();
        for cutoff in [
            f64::INFINITY,
            least.unwrap_or(0.0) + 1e-6,
            least.unwrap_or(0.0) - 1e-6,
        ] {
            match price(&mut program.simplex(), cutoff, &mut Effort::new(u64::MAX)) {
                Found::Point(x) => {
                    assert!(program.holds(&x), "seed {seed}");
                    assert!(program.value(&x) < cutoff, "seed {seed}");
                }
                Found::Nothing => assert!(
                    least.is_none_or(|least| least >= cutoff),
                    "seed {seed} cutoff {cutoff} least {least:?}"
                ),
                Found::Limit => panic!("seed {seed}: limit"),
            }
        }
    }
}

#[test]
fn a_warm_start_changes_no_answer() {
    for seed in 0..2000 {
        let program = random(seed);
        let mut lp = program.simplex();
        let mut effort = Effort::new(u64::MAX);
        for turn in 0..4 {
            let cost: Vec<f64> = (0..program.cost.len())
                .map(|j| tie_break(seed * 77 + turn * 13 + j) - 0.5)
                .collect();
            let fresh = Program {
                columns: program.columns.clone(),
                upper: program.upper.clone(),
                rows: program.rows.clone(),
                cost: cost.clone(),
            };
            lp.set_costs(&cost);
            let least = fresh.least();
            match price(&mut lp, least.unwrap_or(0.0) + 1e-6, &mut effort) {
                Found::Point(x) => assert!(
                    fresh.holds(&x) && fresh.value(&x) < least.unwrap_or(0.0) + 1e-6,
                    "seed {seed}"
                ),
                Found::Nothing => {
                    assert!(least.is_none(), "seed {seed} turn {turn}: {least:?} missed")
                }
                Found::Limit => panic!("seed {seed}: limit"),
            }
        }
    }
}
