//! Leximin by brute force: every panel, exact rationals, one program per level, checked by its own duals.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use crate::case::{Case, Panel};
use crate::exact::{self, Program};

/// One step: some classes reach the most they can get.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) value: BigRational,
    /// One multiplier per class and person of it, at least 0; positive for `fixed`.
    pub(crate) weights: Vec<BigRational>,
    /// No panel has more weight than this.
    pub(crate) cap: BigRational,
    /// Classes fixed by this step.
    pub(crate) fixed: Vec<usize>,
}

/// The exact answer for a feasible instance.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// Classes of interchangeable people.
    pub(crate) classes: Vec<Vec<usize>>,
    /// Distinct seats per class over all panels.
    pub(crate) columns: Vec<Vec<i64>>,
    /// Weight of each column in one optimal lottery.
    pub(crate) lottery: Vec<BigRational>,
    /// Chance of each person; 0 for those in no panel.
    pub(crate) chances: Vec<BigRational>,
    /// People in no panel.
    pub(crate) excluded: BTreeSet<usize>,
    pub(crate) steps: Vec<Step>,
}

impl Answer {
    /// Whether some panel holds somebody of a class.
    fn is_open(&self, class: usize) -> bool {
        self.columns.iter().any(|c| c[class] > 0)
    }
}

/// A person's values and those of the whole household, sorted.
type Situation = (Vec<usize>, Vec<Vec<usize>>);

/// The exact leximin answer, or `None` without a panel.
pub(crate) fn leximin(case: &Case) -> Option<Answer> {
    over(case, &case.panels(), interchangeable(case))
}

/// Classes of people with equal values whose households hold equal values.
pub(crate) fn interchangeable(case: &Case) -> Vec<Vec<usize>> {
    let mut classes: BTreeMap<Situation, Vec<usize>> = BTreeMap::new();
    for unit in case.units() {
        let mut home: Vec<Vec<usize>> = unit
            .iter()
            .map(|&i| case.people[i].values.clone())
            .collect();
        home.sort();
        for &person in &unit {
            classes
                .entry((case.people[person].values.clone(), home.clone()))
                .or_default()
                .push(person);
        }
    }
    classes.into_values().collect()
}

/// Leximin over a list of panels; people of one class get equal chances.
pub(crate) fn over(case: &Case, panels: &[Panel], classes: Vec<Vec<usize>>) -> Option<Answer> {
    if panels.is_empty() {
        return None;
    }
    let masks: Vec<Panel> = classes
        .iter()
        .map(|class| class.iter().fold(0, |mask, &i| mask | 1 << i))
        .collect();
    let columns: BTreeSet<Vec<i64>> = panels
        .iter()
        .map(|panel| {
            masks
                .iter()
                .map(|mask| i64::from((panel & mask).count_ones()))
                .collect()
        })
        .collect();
    let columns: Vec<Vec<i64>> = columns.into_iter().collect();
    let counts: Vec<i64> = classes.iter().map(|class| class.len() as i64).collect();
    let mut values: Vec<Option<BigRational>> = (0..classes.len())
        .map(|r| columns.iter().all(|c| c[r] == 0).then(BigRational::zero))
        .collect();
    let excluded: BTreeSet<usize> = (0..classes.len())
        .filter(|&r| values[r].is_some())
        .flat_map(|r| classes[r].clone())
        .collect();
    let (mut steps, mut lottery) = (Vec::new(), Vec::new());
    while values.iter().any(Option::is_none) {
        let (step, weights) = raise(&columns, &counts, &values);
        for &class in &step.fixed {
            values[class] = Some(step.value.clone());
        }
        steps.push(step);
        lottery = weights;
    }
    let mut chances = vec![BigRational::zero(); case.people.len()];
    for (class, value) in classes.iter().zip(values) {
        for &person in class {
            chances[person] = value.clone().expect("every class is fixed");
        }
    }
    Some(Answer {
        classes,
        columns,
        lottery,
        chances,
        excluded,
        steps,
    })
}

/// Raises the lowest chance of all classes without a value; the others keep at least theirs.
fn raise(
    columns: &[Vec<i64>],
    counts: &[i64],
    values: &[Option<BigRational>],
) -> (Step, Vec<BigRational>) {
    let (program, scale) = level_program(columns, counts, values);
    let optimum = exact::solve(&program).optimum();
    let weights: Vec<BigRational> = (0..counts.len()).map(|r| optimum.duals[r].abs()).collect();
    let fixed: Vec<usize> = (0..counts.len())
        .filter(|&r| values[r].is_none() && weights[r].is_positive())
        .collect();
    let step = Step {
        value: -optimum.value / &scale,
        weights,
        cap: -optimum.duals[counts.len()].clone(),
        fixed,
    };
    (
        step,
        optimum.values[..columns.len()]
            .iter()
            .map(|x| x / &scale)
            .collect(),
    )
}

/// Variables: one weight per column, the level, one surplus per class; rows: one per class, then the sum of weights.
/// All weights and the level are multiplied by the returned scale, so that the right-hand side is whole.
fn level_program(
    columns: &[Vec<i64>],
    counts: &[i64],
    values: &[Option<BigRational>],
) -> (Program, BigInt) {
    let rows = counts.len();
    let scale = values.iter().flatten().fold(BigInt::one(), |scale, v| {
        let rest = BigRational::from_integer(scale.clone()) * v;
        scale * rest.denom()
    });
    // Rows without a value are turned around, so that their surplus can start the basis.
    let sign = |r: usize| if values[r].is_none() { -1 } else { 1 };
    let mut program = Program::default();
    for column in columns {
        program
            .columns
            .push((0..rows).map(|r| sign(r) * column[r]).chain([1]).collect());
    }
    program.columns.push(
        (0..rows)
            .map(|r| if values[r].is_none() { counts[r] } else { 0 })
            .chain([0])
            .collect(),
    );
    program.columns.extend((0..rows).map(|s| {
        (0..=rows)
            .map(|r| if r == s { -sign(s) } else { 0 })
            .collect()
    }));
    program.cost = vec![0; program.columns.len()];
    program.cost[columns.len()] = -1;
    for r in 0..rows {
        let value =
            values[r].clone().unwrap_or_else(BigRational::zero) * &scale * BigInt::from(counts[r]);
        assert!(value.is_integer(), "the scale holds every denominator");
        program.rhs.push(value.to_integer());
        program
            .start
            .push(values[r].is_none().then_some(columns.len() + 1 + r));
    }
    program.rhs.push(scale.clone());
    program.start.push(None);
    (program, scale)
}

/// Proves an answer right without the solver: the lottery gives the chances, and each step's multipliers show that
/// nobody fixed by it can get more.
pub(crate) fn verify(answer: &Answer) -> Result<(), String> {
    verify_lottery(answer)?;
    let mut before = BTreeMap::new();
    let mut last = BigRational::zero();
    for (at, step) in answer.steps.iter().enumerate() {
        if step.value < last {
            return Err(format!("step {at}: below the step before"));
        }
        verify_step(answer, step, &mut before)
            .map_err(|message| format!("step {at}: {message}"))?;
        last = step.value.clone();
    }
    if (0..answer.classes.len()).any(|r| answer.is_open(r) != before.contains_key(&r)) {
        return Err("a class is never fixed".into());
    }
    Ok(())
}

fn whole(value: i64) -> BigRational {
    BigRational::from_integer(value.into())
}

fn verify_lottery(answer: &Answer) -> Result<(), String> {
    let sum: BigRational = answer.lottery.iter().sum();
    if answer.lottery.iter().any(Signed::is_negative) || !sum.is_one() {
        return Err("weights are not a lottery".into());
    }
    for (r, class) in answer.classes.iter().enumerate() {
        let seats: BigRational = answer
            .columns
            .iter()
            .zip(&answer.lottery)
            .map(|(c, x)| x * whole(c[r]))
            .sum();
        let chance = seats / whole(class.len() as i64);
        if class.iter().any(|&i| answer.chances[i] != chance) {
            return Err(format!("class {r} does not get its chance"));
        }
    }
    Ok(())
}

fn verify_step(
    answer: &Answer,
    step: &Step,
    before: &mut BTreeMap<usize, BigRational>,
) -> Result<(), String> {
    let weight = |c: &Vec<i64>| -> BigRational {
        c.iter()
            .zip(&step.weights)
            .map(|(&a, w)| w * whole(a))
            .sum()
    };
    if step.weights.iter().any(Signed::is_negative)
        || answer.columns.iter().any(|c| weight(c) > step.cap)
    {
        return Err("a panel weighs more than the cap".into());
    }
    let size = |r: usize| whole(answer.classes[r].len() as i64);
    let kept: BigRational = before
        .iter()
        .map(|(&r, v)| v * &step.weights[r] * size(r))
        .sum();
    let others =
        (0..answer.classes.len()).filter(|r| answer.is_open(*r) && !before.contains_key(r));
    let others: BigRational = others.map(|r| &step.weights[r] * size(r)).sum();
    if &step.cap - kept != &step.value * others || step.fixed.is_empty() {
        return Err(format!("the multipliers do not prove {}", step.value));
    }
    for &r in &step.fixed {
        if !step.weights[r].is_positive() || answer.chances[answer.classes[r][0]] != step.value {
            return Err(format!("class {r} is not fixed by it"));
        }
        before.insert(r, step.value.clone());
    }
    Ok(())
}

/// The same vector by another road: after each level's value, every open class is maximised on its own, and only the
/// classes that cannot rise are fixed. One chance per class.
pub(crate) fn by_candidates(case: &Case, panels: &[Panel]) -> Vec<BigRational> {
    let answer = over(case, panels, interchangeable(case)).expect("a panel");
    let counts: Vec<i64> = answer
        .classes
        .iter()
        .map(|class| class.len() as i64)
        .collect();
    let mut values: Vec<Option<BigRational>> = (0..counts.len())
        .map(|r| {
            answer
                .columns
                .iter()
                .all(|c| c[r] == 0)
                .then(BigRational::zero)
        })
        .collect();
    while values.iter().any(Option::is_none) {
        let level = raise(&answer.columns, &counts, &values).0.value;
        let floors: Vec<Option<BigRational>> = values
            .iter()
            .map(|v| Some(v.clone().unwrap_or_else(|| level.clone())))
            .collect();
        for r in (0..counts.len())
            .filter(|&r| values[r].is_none())
            .collect::<Vec<_>>()
        {
            let (mut program, scale) = level_program(&answer.columns, &counts, &floors);
            program.cost.fill(0);
            program.cost[answer.columns.len() + 1 + r] = -1;
            let rise = -exact::solve(&program).optimum().value / scale;
            if rise.is_zero() {
                values[r] = Some(level.clone());
            }
        }
    }
    values.into_iter().flatten().collect()
}
