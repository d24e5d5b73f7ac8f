//! A slow solver made of the oracle, so that the checks can be tried on answers known to be right.

mod proofs;

use kleroterion::certificate::{Certificate, Exclusion, Level, Proof};
use kleroterion::selection::Rule;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};

use crate::case::Case;
use crate::leximin::{Answer, leximin};
use crate::outcome::{Ask, Clash, Groups, Lottery, Outcome, groups_of};

use self::proofs::Prover;
use crate::check::DENOMINATOR;

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
            role.iter()
                .for_each(|&person| places[person] = (g as u32, r as u32));
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
        let mut entries: Vec<[u32; 3]> = seated
            .map(|(c, &seats)| [place(c).0, place(c).1, seats as u32])
            .collect();
        entries.sort_unstable();
        if weight > 0 {
            listed.push((entries, weight));
        }
    }
    listed.sort();
    let (compositions, weights): (Vec<_>, Vec<_>) = listed.into_iter().unzip();
    let chances = chances(&groups, &compositions, &weights, case.people.len());
    let certificate = certificate(case, answer, &chances, rule);
    Lottery {
        groups,
        compositions,
        weights,
        chances,
        certificate,
    }
}

/// The chances that compositions and weights give.
pub(crate) fn chances(
    groups: &Groups,
    compositions: &[Vec<[u32; 3]>],
    weights: &[u64],
    people: usize,
) -> Vec<BigRational> {
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
                chances[person] =
                    BigRational::new(expected.clone(), BigInt::from(members.len()) * DENOMINATOR);
            }
        }
    }
    chances
}

/// Weights over 10^12, the largest remainders rounded up.
fn tickets(lottery: &[BigRational]) -> Vec<u64> {
    let exact: Vec<BigRational> = lottery
        .iter()
        .map(|x| x * BigInt::from(DENOMINATOR))
        .collect();
    let mut tickets: Vec<u64> = exact
        .iter()
        .map(|x| x.to_integer().to_u64().expect("at most 10^12"))
        .collect();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    order.sort_by_key(|&i| (-exact[i].fract(), i));
    let missing = DENOMINATOR - tickets.iter().sum::<u64>();
    order
        .iter()
        .take(missing as usize)
        .for_each(|&i| tickets[i] += 1);
    tickets
}

fn certificate(case: &Case, answer: &Answer, chances: &[BigRational], rule: Rule) -> Certificate {
    let prover = Prover {
        case,
        classes: &answer.classes,
        places: &places(&groups_of(case), case.people.len()),
    };
    let is_out = |class: usize| answer.excluded.contains(&answer.classes[class][0]);
    let exclude = |class: usize| {
        let mut weights = vec![BigInt::zero(); answer.classes.len()];
        weights[class] = BigInt::one();
        let (group, role) = prover.place(class);
        let proof = prover
            .bound(&weights, &BigInt::zero())
            .unwrap_or(Proof::Search { nodes: 1 });
        Exclusion { group, role, proof }
    };
    let mut excluded: Vec<Exclusion> = (0..answer.classes.len())
        .filter(|&c| is_out(c))
        .map(exclude)
        .collect();
    excluded.sort_by_key(|e| (e.group, e.role));
    let mut levels: Vec<Level> = Vec::new();
    let mut kept: Vec<Option<BigRational>> = vec![None; answer.classes.len()];
    for step in &answer.steps {
        let open = (0..kept.len()).filter(|&c| kept[c].is_none() && !is_out(c));
        let lowest = open
            .map(|c| &chances[answer.classes[c][0]])
            .min()
            .expect("every step fixes somebody");
        let value = (lowest * BigInt::from(DENOMINATOR))
            .to_integer()
            .to_u64()
            .expect("a chance");
        let (bound, proof) = prover
            .level(step, &kept, is_out)
            .unwrap_or((value, Proof::Search { nodes: 1 }));
        let mut fixed: Vec<(u32, u32)> = step.fixed.iter().map(|&c| prover.place(c)).collect();
        fixed.sort_unstable();
        step.fixed
            .iter()
            .for_each(|&c| kept[c] = Some(chances[answer.classes[c][0]].clone()));
        levels.push(Level {
            value,
            bound,
            fixed,
            proof,
        });
    }
    if rule == Rule::Maximin {
        levels.truncate(1);
    }
    Certificate {
        rule: rule.to_string(),
        excluded,
        levels,
        ..Certificate::default()
    }
}

/// Quotas that clash, none of which can be left out, and the household rule only where it is needed.
pub(crate) fn clash(case: &Case) -> Clash {
    let all = case.flat_quotas();
    let household_rule = !case.panels_under(|_| true, false).is_empty();
    let mut kept: Vec<usize> = (0..all.len()).collect();
    for q in 0..all.len() {
        let fewer: Vec<usize> = kept.iter().copied().filter(|&k| k != q).collect();
        if case
            .panels_under(|k| fewer.contains(&k), household_rule)
            .is_empty()
        {
            kept = fewer;
        }
    }
    let proof = proofs::ray(case, &kept, household_rule).unwrap_or(Proof::Search { nodes: 1 });
    Clash {
        needs: vec![],
        seats: kleroterion::certificate::Need::Both,
        quotas: kept.into_iter().map(|q| (q, all[q])).collect(),
        size: case.size,
        household_rule,
        proof,
    }
}
