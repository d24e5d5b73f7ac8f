//! A joint quota gives the lottery that a column filled by hand gives, and the one that enumeration asks for.

use kleroterion::{ErrorKind, Instance, Lottery, Result, Rule, Selector};
use microlp::{ComparisonOp, OptimizationDirection, SolveOutcome};

use crate::random::Problem;

/// Chances are whole 10^-12 over small numbers, and levels may lie 10^-9 below their bounds.
const NEAR: f64 = 3e-9;

fn lottery(instance: Result<Instance>) -> Result<Lottery> {
    Ok(Selector::new(Rule::Leximin)
        .spread(0)
        .distribution(&instance?)?
        .into_lottery())
}

fn chances(lottery: &Lottery) -> Vec<f64> {
    let all = lottery.probabilities().into_iter();
    all.map(|(_, chance)| chance.to_f64()).collect()
}

/// The highest lowest chance over all lotteries on these panels, of the people who are on any.
fn best_lowest(panels: &[Vec<usize>], people: usize) -> f64 {
    let mut program = microlp::Problem::new(OptimizationDirection::Maximize);
    let floor = program.add_var(1.0, (0.0, 1.0));
    let weights: Vec<_> = panels
        .iter()
        .map(|_| program.add_var(0.0, (0.0, 1.0)))
        .collect();
    let all: Vec<_> = weights.iter().map(|&w| (w, 1.0)).collect();
    program.add_constraint(all, ComparisonOp::Eq, 1.0);
    for person in 0..people {
        let with = panels
            .iter()
            .zip(&weights)
            .filter(|(p, _)| p.contains(&person));
        let mut row: Vec<_> = with.map(|(_, &w)| (w, 1.0)).collect();
        if !row.is_empty() {
            row.push((floor, -1.0));
            program.add_constraint(row, ComparisonOp::Ge, 0.0);
        }
    }
    match program.solve() {
        Ok(SolveOutcome::Solution(solution)) => solution.objective(),
        _ => panic!("a mixture of panels exists"),
    }
}

#[test]
fn a_joint_quota_and_a_column_by_hand_give_the_same_bytes() {
    let (mut drawn, mut homes, mut clashes) = (0, 0, 0);
    for seed in 0..400 {
        let problem = Problem::new(seed);
        match (lottery(problem.joint()), lottery(problem.by_hand())) {
            (Ok(joint), Ok(by_hand)) => {
                drawn += 1;
                homes += u32::from(problem.homes.is_some());
                let bytes =
                    |l: &Lottery| (l.commit().to_json().unwrap(), l.record().to_json().unwrap());
                assert_eq!(bytes(&joint), bytes(&by_hand), "seed {seed}");
                assert_eq!(joint.certificate(), by_hand.certificate(), "seed {seed}");
            }
            (Err(joint), Err(by_hand)) => match (joint.kind(), by_hand.kind()) {
                (ErrorKind::Infeasible(joint), ErrorKind::Infeasible(by_hand)) => {
                    clashes += 1;
                    assert_eq!(joint, by_hand, "seed {seed}");
                }
                // What a joint quota and the quotas of its parts say to each other is read off before any search.
                _ => assert!(matches!(joint.kind(), ErrorKind::Input(_)), "seed {seed}"),
            },
            (Err(joint), Ok(_)) => panic!("seed {seed}: {joint}"),
            (Ok(_), Err(by_hand)) => panic!("seed {seed}: {by_hand}"),
        }
    }
    assert!(
        drawn > 150 && homes > 30 && clashes > 3,
        "{drawn} {homes} {clashes}"
    );
}

#[test]
fn every_cell_by_name_gives_the_same_chances() {
    let mut compared = 0;
    for seed in 1000..1300 {
        let problem = Problem::new(seed);
        let Ok(joint) = lottery(problem.joint()) else {
            continue;
        };
        let combined = lottery(problem.combined()).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
        for (one, other) in chances(&joint).into_iter().zip(chances(&combined)) {
            assert!((one - other).abs() < NEAR, "seed {seed}: {one} {other}");
        }
        compared += 1;
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn enumeration_of_all_panels_agrees() {
    let (mut drawn, mut clashes, mut matters) = (0, 0, 0);
    for seed in 2000..2250 {
        let problem = Problem::new(seed);
        let panels = problem.panels();
        let people = problem.people.len();
        let lottery = match lottery(problem.joint()) {
            Ok(lottery) => lottery,
            Err(error) => {
                clashes += 1;
                assert!(panels.is_empty(), "seed {seed}: {error}");
                continue;
            }
        };
        assert!(!panels.is_empty(), "seed {seed}");
        drawn += 1;
        let chances = chances(&lottery);
        for (person, &chance) in chances.iter().enumerate() {
            let seated = panels.iter().any(|panel| panel.contains(&person));
            assert_eq!(chance > 0.0, seated, "seed {seed}, person {person}");
        }
        let positive = chances.iter().copied().filter(|&c| c > 0.0);
        let lowest = positive.fold(f64::INFINITY, f64::min);
        let best = best_lowest(&panels, people);
        assert!((lowest - best).abs() < 1e-7, "seed {seed}: {lowest} {best}");
        let free = Problem {
            cells: problem.cells.keys().map(|&cell| (cell, (0, 9))).collect(),
            ..problem
        };
        matters += u32::from((best_lowest(&free.panels(), people) - best).abs() > 1e-6);
    }
    assert!(
        drawn > 100 && clashes > 10 && matters > 30,
        "{drawn} {clashes} {matters}"
    );
}
