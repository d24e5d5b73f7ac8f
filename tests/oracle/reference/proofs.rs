//! Integer proofs where the relaxation gives them, by the exact simplex.

use std::collections::BTreeMap;

use kleroterion::certificate::{Bound, Proof};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::case::Case;
use crate::check::DENOMINATOR;
use crate::exact::{self, Optimum, Program, Solved};
use crate::leximin::Step;

/// Makes bounds for classes of interchangeable people.
pub(super) struct Prover<'a> {
    pub(super) case: &'a Case,
    pub(super) classes: &'a [Vec<usize>],
    /// Group and role of every person.
    pub(super) places: &'a [(u32, u32)],
}

/// Columns of the positive and the negative part of a multiplier: μ, then one π per quota.
type Signs = Vec<(usize, usize)>;

impl Prover<'_> {
    /// Group and role of a class.
    pub(super) fn place(&self, class: usize) -> (u32, u32) {
        self.places[self.classes[class][0]]
    }

    /// A step's bound over 10^12, rounded up, and its proof, when the relaxation shows it. `kept` is what classes
    /// fixed before have.
    pub(super) fn level(
        &self,
        step: &Step,
        kept: &[Option<BigRational>],
        is_out: impl Fn(usize) -> bool,
    ) -> Option<(u64, Proof)> {
        let denominator = step
            .weights
            .iter()
            .fold(BigInt::one(), |all, w| &all * (w * &all).denom());
        let scaled = |(class, w): (usize, &BigRational)| {
            if is_out(class) {
                BigInt::zero()
            } else {
                (w * &denominator).to_integer()
            }
        };
        let weights: Vec<BigInt> = step.weights.iter().enumerate().map(scaled).collect();
        let cap = (&step.cap * &denominator).to_integer();
        let total = |class: usize| &weights[class] * self.classes[class].len();
        let fixed = kept
            .iter()
            .enumerate()
            .filter_map(|(class, chance)| Some((class, chance.as_ref()?)));
        let before: BigRational = fixed.map(|(class, chance)| chance * total(class)).sum();
        let others: BigInt = (0..kept.len())
            .filter(|&class| kept[class].is_none())
            .map(total)
            .sum();
        let most = (BigRational::from_integer(cap.clone()) - before) * BigInt::from(DENOMINATOR);
        let highest = (most / others).ceil().to_integer();
        Some((highest.to_u64()?, self.bound(&weights, &cap)?))
    }

    /// Multipliers showing that no panel weighs more than `cap`, when the relaxation shows it.
    pub(super) fn bound(&self, weights: &[BigInt], cap: &BigInt) -> Option<Proof> {
        let (program, signs) = relaxation(self.case, self.classes, weights);
        let Solved::Optimal(optimum) = exact::solve(&program) else {
            return None;
        };
        if optimum.value.floor().to_integer() > *cap {
            return None;
        }
        let mut listed = Vec::new();
        for (class, weight) in weights.iter().enumerate().filter(|(_, w)| w.is_positive()) {
            let (group, role) = self.place(class);
            listed.push((group, role, weight.to_i64()?));
        }
        listed.sort_unstable();
        multipliers(&optimum, &signs, listed).map(Proof::Bound)
    }
}

/// A solution's multipliers over one scale.
fn multipliers(optimum: &Optimum, signs: &Signs, weights: Vec<(u32, u32, i64)>) -> Option<Bound> {
    let exact: Vec<BigRational> = signs
        .iter()
        .map(|&(plus, minus)| &optimum.values[plus] - &optimum.values[minus])
        .collect();
    let scale = exact
        .iter()
        .fold(BigInt::one(), |scale, m| &scale * (m * &scale).denom());
    let whole: Vec<i64> = exact
        .iter()
        .map(|m| (m * &scale).to_integer().to_i64())
        .collect::<Option<_>>()?;
    let quotas = (0u32..)
        .zip(whole[1..].iter().copied())
        .filter(|(_, m)| *m != 0)
        .collect();
    Some(Bound {
        size: whole[0],
        quotas,
        households: vec![],
        scale: scale.to_i64()?,
        weights: Some(weights),
    })
}

/// The dual of the relaxation: the smallest U over all multipliers. Also the columns (plus, minus) of μ and each π.
fn relaxation(case: &Case, classes: &[Vec<usize>], weights: &[BigInt]) -> (Program, Signs) {
    let quotas = case.flat_quotas();
    let mut program = Program::default();
    let units = case.units();
    let holds = |class: &[usize], q: usize| i64::from(case.quotas_of(class[0]).contains(&q));
    let mut free = |column: Vec<i64>, up: i64, down: i64| {
        program.columns.push(column.clone());
        program.columns.push(column.iter().map(|c| -c).collect());
        program.cost.extend([up, -down]);
        (program.columns.len() - 2, program.columns.len() - 1)
    };
    let mut signs = vec![free(
        vec![1; classes.len()],
        case.size.into(),
        case.size.into(),
    )];
    for (q, &(min, max)) in quotas.iter().enumerate() {
        signs.push(free(
            classes.iter().map(|c| holds(c, q)).collect(),
            max.into(),
            min.into(),
        ));
    }
    // One multiplier per unit; a class has a row per pair of class and unit in the full program, but all units that
    // hold a class are alike, so the units are gathered by the classes they hold.
    let held = |unit: &Vec<usize>| {
        (0..classes.len())
            .filter(|&c| unit.iter().any(|i| classes[c].contains(i)))
            .collect::<Vec<_>>()
    };
    let mut gathered: BTreeMap<Vec<usize>, i64> = BTreeMap::new();
    units
        .iter()
        .for_each(|unit| *gathered.entry(held(unit)).or_default() += 1);
    for (held, count) in gathered {
        program.columns.push(
            (0..classes.len())
                .map(|c| i64::from(held.contains(&c)))
                .collect(),
        );
        program.cost.push(count);
    }
    for (c, weight) in weights.iter().enumerate() {
        program
            .columns
            .push((0..classes.len()).map(|r| -i64::from(r == c)).collect());
        program.cost.push(0);
        program.rhs.push(weight.clone());
        program.start.push(None);
    }
    (program, signs)
}

/// Multipliers with Y = 0 and U < 0, when the relaxation has no solution either.
pub(super) fn ray(case: &Case, kept: &[usize], household_rule: bool) -> Option<Proof> {
    let mut case = case.clone();
    if !household_rule {
        case.people.iter_mut().for_each(|p| p.home = None);
    }
    let classes: Vec<Vec<usize>> = (0..case.people.len()).map(|i| vec![i]).collect();
    let (mut program, signs) = relaxation(&case, &classes, &vec![BigInt::zero(); classes.len()]);
    // Quotas that are not named take no part; one more row asks for U = -1.
    let named = |j: usize| {
        (1..signs.len()).all(|s| kept.contains(&(s - 1)) || (signs[s].0 != j && signs[s].1 != j))
    };
    for j in 0..program.columns.len() {
        let cost = program.cost[j];
        program.columns[j].push(-cost);
        if !named(j) {
            program.columns[j].fill(0);
        }
    }
    program.cost.fill(0);
    program.rhs.push(BigInt::one());
    program.start.push(None);
    let Solved::Optimal(optimum) = exact::solve(&program) else {
        return None;
    };
    multipliers(&optimum, &signs, vec![]).map(|bound| Proof::Bound(Bound { scale: 1, ..bound }))
}
