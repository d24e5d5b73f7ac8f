//! A slow solver made of the oracle, so that the checks can be tried on answers known to be right.

use kleroterion::certificate::{Bound, Certificate, Exclusion, Level, Proof};
use kleroterion::selection::Rule;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::case::Case;
use crate::exact::{self, Program, Solved};
use crate::leximin::{Answer, leximin};
use crate::outcome::{Ask, Clash, Groups, Lottery, Outcome, groups_of};

const DENOMINATOR: u64 = 1_000_000_000_000;

/// Answers as the crate should. Spread and order of rows make no difference to it.
pub(crate) fn by_oracle(case: &Case, ask: &Ask) -> Outcome {
    match leximin(case) {
        None => Outcome::Clash(clash(case)),
        Some(answer) => Outcome::Lottery(Box::new(lottery(case, &answer, ask.rule))),
    }
}

/// Group and role of every person.
pub(crate) fn places(groups: &Groups, people: usize) -> Vec<(u32, u32)> {
    let mut places = vec![(0, 0); people];
    for (g, units) in groups.iter().enumerate() {
        for (r, role) in units.iter().flat_map(|unit| unit.iter().enumerate()) {
            role.iter().for_each(|&person| places[person] = (g as u32, r as u32));
        }
    }
    places
}

fn lottery(case: &Case, answer: &Answer, rule: Rule) -> Lottery {
    let groups = groups_of(case);
    let places = places(&groups, case.people.len());
    let place = |class: usize| places[answer.classes[class][0]];
    let mut listed: Vec<(Vec<[u32; 3]>, u64)> = Vec::new();
    for (column, weight) in answer.columns.iter().zip(tickets(&answer.lottery)) {
        let seated = column.iter().enumerate().filter(|(_, seats)| **seats > 0);
        let mut entries: Vec<[u32; 3]> = seated.map(|(c, &seats)| [place(c).0, place(c).1, seats as u32]).collect();
        entries.sort_unstable();
        if weight > 0 {
            listed.push((entries, weight));
        }
    }
    listed.sort();
    let (compositions, weights): (Vec<_>, Vec<_>) = listed.into_iter().unzip();
    let chances = chances(&groups, &compositions, &weights, case.people.len());
    let certificate = certificate(case, answer, &chances, rule, &places);
    Lottery { groups, compositions, weights, chances, certificate }
}

/// The chances that compositions and weights give.
pub(crate) fn chances(groups: &Groups, compositions: &[Vec<[u32; 3]>], weights: &[u64], people: usize) -> Vec<BigRational> {
    let mut chances = vec![BigRational::zero(); people];
    for (g, units) in groups.iter().enumerate() {
        for r in 0..units[0].len() {
            let expected: BigInt = compositions
                .iter()
                .zip(weights)
                .flat_map(|(entries, &w)| entries.iter().map(move |e| (e, w)))
                .filter(|(e, _)| e[0] as usize == g && e[1] as usize == r)
                .map(|(e, w)| BigInt::from(e[2]) * w)
                .sum();
            let members: Vec<usize> = units.iter().flat_map(|unit| unit[r].clone()).collect();
            for &person in &members {
                chances[person] = BigRational::new(expected.clone(), BigInt::from(members.len()) * DENOMINATOR);
            }
        }
    }
    chances
}

/// Weights over 10^12, the largest remainders rounded up.
fn tickets(lottery: &[BigRational]) -> Vec<u64> {
    let exact: Vec<BigRational> = lottery.iter().map(|x| x * BigInt::from(DENOMINATOR)).collect();
    let mut tickets: Vec<u64> = exact.iter().map(|x| x.to_integer().to_u64().expect("at most 10^12")).collect();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    order.sort_by_key(|&i| (-exact[i].fract(), i));
    let missing = DENOMINATOR - tickets.iter().sum::<u64>();
    order.iter().take(missing as usize).for_each(|&i| tickets[i] += 1);
    tickets
}

fn certificate(case: &Case, answer: &Answer, chances: &[BigRational], rule: Rule, places: &[(u32, u32)]) -> Certificate {
    let unit = |class: usize| {
        let mut weights = vec![BigInt::zero(); answer.classes.len()];
        weights[class] = BigInt::one();
        weights
    };
    let place = |class: usize| places[answer.classes[class][0]];
    let out: Vec<usize> = (0..answer.classes.len()).filter(|&c| answer.excluded.contains(&answer.classes[c][0])).collect();
    let mut excluded: Vec<Exclusion> = out
        .iter()
        .map(|&class| {
            let proof = bound(case, &answer.classes, &unit(class), &BigInt::zero(), places);
            Exclusion { group: place(class).0, role: place(class).1, proof: proof.unwrap_or(Proof::Search { nodes: 1 }) }
        })
        .collect();
    excluded.sort_by_key(|e| (e.group, e.role));
    let mut levels: Vec<Level> = Vec::new();
    let mut kept = vec![0; answer.classes.len()];
    for step in &answer.steps {
        let value = step.fixed.iter().map(|&c| &chances[answer.classes[c][0]]).min().expect("every step fixes somebody");
        let value = (value * BigInt::from(DENOMINATOR)).to_integer().to_u64().expect("a chance");
        let denominators = step.weights.iter().fold(BigInt::one(), |all, w| &all * (w * &all).denom());
        let whole: Vec<BigInt> =
            step.weights.iter().enumerate().map(|(c, w)| if out.contains(&c) { BigInt::zero() } else { (w * &denominators).to_integer() }).collect();
        let cap = (&step.cap * &denominators).to_integer();
        let fixed_before: BigInt = (0..kept.len()).map(|c| BigInt::from(kept[c]) * answer.classes[c].len() * &whole[c]).sum();
        let others: BigInt = (0..kept.len()).filter(|&c| kept[c] == 0).map(|c| &whole[c] * answer.classes[c].len()).sum();
        let highest = BigRational::new(&cap * DENOMINATOR - fixed_before, others).ceil().to_integer().to_u64().expect("a chance");
        let (bound, proof) = match bound(case, &answer.classes, &whole, &cap, places) {
            Some(proof) => (highest, proof),
            None => (value, Proof::Search { nodes: 1 }),
        };
        let mut fixed: Vec<(u32, u32)> = step.fixed.iter().map(|&c| place(c)).collect();
        fixed.sort_unstable();
        step.fixed.iter().for_each(|&c| kept[c] = value);
        levels.push(Level { value, bound, fixed, proof });
    }
    if rule == Rule::Maximin {
        levels.truncate(1);
    }
    Certificate { rule: rule.to_string(), excluded, levels, target: None }
}

/// Multipliers showing that no panel weighs more than `cap`, when the relaxation shows it.
fn bound(case: &Case, classes: &[Vec<usize>], weights: &[BigInt], cap: &BigInt, places: &[(u32, u32)]) -> Option<Proof> {
    let (program, signs) = relaxation(case, classes, weights);
    let optimum = match exact::solve(&program) {
        Solved::Optimal(optimum) => optimum,
        _ => return None,
    };
    if optimum.value.floor().to_integer() > *cap {
        return None;
    }
    let scale = signs.iter().fold(BigInt::one(), |scale, &(plus, minus)| {
        let multiplier = &optimum.values[plus] - &optimum.values[minus];
        let rest = (multiplier * &scale).denom().clone();
        scale * rest
    });
    let multipliers: Vec<i64> = signs
        .iter()
        .map(|&(plus, minus)| ((&optimum.values[plus] - &optimum.values[minus]) * &scale).to_integer().to_i64())
        .collect::<Option<_>>()?;
    let mut listed = Vec::new();
    for (class, weight) in classes.iter().zip(weights).filter(|(_, w)| w.is_positive()) {
        listed.push((places[class[0]].0, places[class[0]].1, weight.to_i64()?));
    }
    listed.sort_unstable();
    let quotas = multipliers[1..].iter().enumerate().filter(|(_, m)| **m != 0).map(|(q, &m)| (q as u32, m)).collect();
    Some(Proof::Bound(Bound { size: multipliers[0], quotas, households: vec![], scale: scale.to_i64()?, weights: Some(listed) }))
}

/// The dual of the relaxation: the smallest U over all multipliers. Also the columns (plus, minus) of μ and each π.
fn relaxation(case: &Case, classes: &[Vec<usize>], weights: &[BigInt]) -> (Program, Vec<(usize, usize)>) {
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
    let mut signs = vec![free(vec![1; classes.len()], case.size.into(), case.size.into())];
    for (q, &(min, max)) in quotas.iter().enumerate() {
        signs.push(free(classes.iter().map(|c| holds(c, q)).collect(), max.into(), min.into()));
    }
    // One multiplier per unit; a class has a row per pair of class and unit in the full program, but all units that
    // hold a class are alike, so the units are gathered by the classes they hold.
    let held = |unit: &Vec<usize>| (0..classes.len()).filter(|&c| unit.iter().any(|i| classes[c].contains(i))).collect::<Vec<_>>();
    let mut gathered: std::collections::BTreeMap<Vec<usize>, i64> = std::collections::BTreeMap::new();
    units.iter().for_each(|unit| *gathered.entry(held(unit)).or_default() += 1);
    for (held, count) in gathered {
        program.columns.push((0..classes.len()).map(|c| i64::from(held.contains(&c))).collect());
        program.cost.push(count);
    }
    for c in 0..classes.len() {
        program.columns.push((0..classes.len()).map(|r| -i64::from(r == c)).collect());
        program.cost.push(0);
        program.rhs.push(weights[c].clone());
        program.start.push(None);
    }
    (program, signs)
}

/// Quotas that clash, none of which can be left out, and the household rule only where it is needed.
pub(crate) fn clash(case: &Case) -> Clash {
    let all = case.flat_quotas();
    let household_rule = !case.panels_under(|_| true, false).is_empty();
    let mut kept: Vec<usize> = (0..all.len()).collect();
    for q in 0..all.len() {
        let fewer: Vec<usize> = kept.iter().copied().filter(|&k| k != q).collect();
        if case.panels_under(|k| fewer.contains(&k), household_rule).is_empty() {
            kept = fewer;
        }
    }
    let proof = ray(case, &kept, household_rule).unwrap_or(Proof::Search { nodes: 1 });
    Clash { quotas: kept.into_iter().map(|q| (q, all[q])).collect(), size: case.size, household_rule, proof }
}

/// Multipliers with Y = 0 and U < 0, when the relaxation has no solution either.
fn ray(case: &Case, kept: &[usize], household_rule: bool) -> Option<Proof> {
    let mut case = case.clone();
    if !household_rule {
        case.people.iter_mut().for_each(|p| p.home = None);
    }
    let classes: Vec<Vec<usize>> = (0..case.people.len()).map(|i| vec![i]).collect();
    let (mut program, signs) = relaxation(&case, &classes, &vec![BigInt::zero(); classes.len()]);
    // Quotas that are not named take no part; one more row asks for U = -1.
    let named = |j: usize| (1..signs.len()).all(|s| kept.contains(&(s - 1)) || (signs[s].0 != j && signs[s].1 != j));
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
    let Solved::Optimal(optimum) = exact::solve(&program) else { return None };
    let scale = optimum.values.iter().fold(BigInt::one(), |scale, v| &scale * (v * &scale).denom());
    let multipliers: Vec<i64> = signs
        .iter()
        .map(|&(plus, minus)| ((&optimum.values[plus] - &optimum.values[minus]) * &scale).to_integer().to_i64())
        .collect::<Option<_>>()?;
    let quotas = multipliers[1..].iter().enumerate().filter(|(_, m)| **m != 0).map(|(q, &m)| (q as u32, m)).collect();
    Some(Proof::Bound(Bound { size: multipliers[0], quotas, households: vec![], scale: 1, weights: Some(vec![]) }))
}
