//! Bugs in who gets which chance, and in how often that comes true.

use kleroterion::certificate::{Exclusion, Proof};
use num_rational::BigRational;
use num_traits::Zero;

use super::{STEP, accepts, bound, changed, refit, reports, right};
use crate::case::Case;
use crate::check::{certificate::check_certificate, fairness, frequency, lottery as plain};
use crate::generate::{Source, Stream, small};
use crate::golden::{self, ratio};
use crate::leximin::{Answer, leximin};
use crate::outcome::Lottery;

#[test]
fn leximin_chances() {
    for golden::Golden { case, .. } in golden::all() {
        let (answer, good) = (leximin(&case).expect("feasible"), right(&case));
        accepts(fairness::check_oracle(&answer, &good));
        for to in 1..good.weights.len() {
            let moved = refit(&case, &good, |l| {
                l.weights[0] -= STEP;
                l.weights[to] += STEP;
            });
            accepts(plain::check_weights(&moved));
            reports(fairness::check_oracle(&answer, &moved), "leximin is");
        }
    }
    let case = golden::crossroads().case;
    let (answer, good) = (leximin(&case).expect("feasible"), right(&case));
    reports(
        fairness::check_oracle(&answer, &changed(&good, |l| l.chances.swap(0, 2))),
        "leximin is",
    );
    reports(
        fairness::check_oracle(
            &answer,
            &changed(&good, |l| l.chances[3] += ratio(2, 1_000_000_000)),
        ),
        "leximin is",
    );
    accepts(fairness::check_oracle(
        &answer,
        &changed(&good, |l| l.chances[3] += ratio(1, 2_000_000_000)),
    ));
    // A lottery with the same lowest chance that forgets the levels above.
    let quotas: [&[_]; 2] = [&[('a', 1, 1), ('b', 1, 1)], &[('x', 0, 2), ('y', 0, 2)]];
    let case = Case::letters(2, &quotas, &["ax", "ax", "ax", "bx", "by"]);
    let answer = leximin(&case).expect("feasible");
    let lazy = lazy_maximin(&case, &answer);
    assert_eq!(lazy.iter().min(), answer.chances.iter().min());
    reports(fairness::check_vector(&answer.chances, &lazy), "leximin is");
}

/// Chances of a lottery with the best lowest chance that does not care for the second lowest: somebody with one half
/// gets as little as the first level allows.
fn lazy_maximin(case: &Case, answer: &Answer) -> Vec<BigRational> {
    let (low, columns) = (&answer.steps[0].value, &answer.columns);
    let mut program = crate::exact::Program::default();
    let scale = low.denom() * 1i64;
    let counts: Vec<i64> = answer.classes.iter().map(|c| c.len() as i64).collect();
    let victim = answer
        .classes
        .iter()
        .position(|c| answer.chances[c[0]] == ratio(1, 2))
        .expect("somebody at one half");
    for column in columns {
        program
            .columns
            .push(column.iter().copied().chain([1]).collect());
        program.cost.push(column[victim]);
    }
    for (class, count) in counts.iter().enumerate() {
        program
            .columns
            .push((0..=counts.len()).map(|r| -i64::from(r == class)).collect());
        program.cost.push(0);
        program.rhs.push((low * &scale).to_integer() * *count);
        program.start.push(None);
    }
    program.rhs.push(scale.clone());
    program.start.push(None);
    let optimum = crate::exact::solve(&program).optimum();
    let mut chances = vec![BigRational::zero(); case.people.len()];
    for (class, people) in answer.classes.iter().enumerate() {
        let seats: BigRational = columns
            .iter()
            .zip(&optimum.values)
            .map(|(c, x)| x * num_bigint::BigInt::from(c[class]))
            .sum();
        people
            .iter()
            .for_each(|&person| chances[person] = &seats / (&scale * counts[class]));
    }
    chances
}

#[test]
fn equal_types() {
    let case = golden::forced().case;
    let good = right(&case);
    accepts(fairness::check_equal_types(&case, &good.chances));
    let unfair = changed(&good, |l| {
        l.chances[0] += ratio(1, 1_000_000_000_000);
        l.chances[1] -= ratio(1, 1_000_000_000_000);
    });
    reports(
        fairness::check_equal_types(&case, &unfair.chances),
        "are alike",
    );
    // Two identical couples, one of which does better.
    let twins = Case::letters(
        2,
        &[&[('a', 0, 2), ('b', 0, 2)]],
        &["a", "b", "b", "a", "b"],
    )
    .homes(&[Some(0), Some(0), Some(1), Some(1), None]);
    let mut chances = right(&twins).chances;
    accepts(fairness::check_equal_types(&twins, &chances));
    chances.swap(0, 1);
    let alike = chances[0] == chances[1];
    chances[1] += ratio(i64::from(alike), 7);
    reports(fairness::check_equal_types(&twins, &chances), "are alike");
}

/// Four people of whom the last fits no panel, by a value with a maximum of 0.
fn with_outsider() -> Case {
    Case::letters(
        2,
        &[&[('a', 1, 1), ('b', 0, 2), ('c', 0, 0)]],
        &["a", "a", "b", "c"],
    )
}

#[test]
fn exclusion() {
    let case = with_outsider();
    let (answer, good) = (leximin(&case).expect("feasible"), right(&case));
    let with = |change: &dyn Fn(&mut Lottery)| {
        fairness::check_excluded(&answer.excluded, &changed(&good, change))
    };
    accepts(with(&|_| ()));
    reports(
        with(&|l| l.certificate.excluded.clear()),
        "listed as in none: false",
    );
    reports(
        with(&|l| l.chances[3] = ratio(1, 1_000_000_000_000)),
        "person 3 in some panel: false",
    );
    reports(
        with(&|l| l.chances[2] = ratio(0, 1)),
        "person 2 in some panel: true",
    );
    let more = |l: &mut Lottery| {
        l.certificate.excluded.insert(
            0,
            Exclusion {
                group: 0,
                role: 0,
                proof: Proof::Search { nodes: 1 },
            },
        )
    };
    reports(with(&more), "listed as in none: true");
    let certificate = |change: &dyn Fn(&mut Lottery)| {
        check_certificate(&case, &changed(&good, change), "leximin", &case.panels())
    };
    accepts(certificate(&|_| ()));
    assert!(
        matches!(good.certificate.excluded[0].proof, Proof::Bound(_)),
        "the relaxation excludes the outsider"
    );
    reports(
        certificate(&|l| l.certificate.excluded[0].proof = Proof::Certain),
        "excludes nobody",
    );
    reports(
        certificate(&|l| bound(&mut l.certificate.excluded[0].proof).quotas.clear()),
        "is not below Y",
    );
    let twice = |l: &mut Lottery| {
        l.certificate
            .excluded
            .insert(0, l.certificate.excluded[0].clone());
        l.certificate.excluded[1].proof = Proof::Search { nodes: 1 };
    };
    reports(certificate(&twice), "excluded twice");
    // Somebody who is in a panel, with the outsider's proof made theirs.
    let innocent = |l: &mut Lottery| {
        let mut wrong = l.certificate.excluded[0].clone();
        (wrong.group, wrong.role) = (0, 0);
        bound(&mut wrong.proof).weights = Some(vec![(0, 0, 1)]);
        l.certificate.excluded.insert(0, wrong);
    };
    reports(certificate(&innocent), "is not below Y");
}

#[test]
fn between_lotteries() {
    let case = golden::crossroads().case;
    let good = right(&case);
    accepts(fairness::check_same_lowest(&good, &good));
    accepts(fairness::check_same_chances(&good, &good));
    accepts(plain::check_same(&good, &good));
    accepts(fairness::check_relaxed(&good, &good));
    let worse = refit(&case, &good, |l| {
        let from = (0..l.weights.len())
            .find(|&c| {
                l.compositions[c]
                    .iter()
                    .any(|e| l.groups[e[0] as usize][0][0] == [0])
            })
            .expect("a panel with person 0");
        let to = (0..l.weights.len())
            .find(|&c| {
                l.compositions[c]
                    .iter()
                    .all(|e| l.groups[e[0] as usize][0][0] != [0])
            })
            .expect("a panel without");
        l.weights[from] -= STEP;
        l.weights[to] += STEP;
    });
    reports(fairness::check_same_lowest(&good, &worse), "lowest chance");
    reports(
        fairness::check_same_chances(&good, &worse),
        "depending on the spread",
    );
    reports(fairness::check_relaxed(&good, &worse), "fell to");
    reports(plain::check_same(&good, &worse), "other weights");
    reports(
        plain::check_same(
            &good,
            &changed(&good, |l| l.certificate.levels[0].bound += 1),
        ),
        "another certificate",
    );
    reports(
        plain::check_same(&good, &changed(&good, |l| drop(l.compositions.pop()))),
        "other compositions",
    );
    reports(
        plain::check_same(&good, &changed(&good, |l| l.groups.reverse())),
        "other groups",
    );
    reports(
        fairness::check_relaxed(&good, &changed(&good, |l| l.chances[1] = ratio(0, 1))),
        "had a chance before",
    );
}

#[test]
fn frequencies() {
    let chances = [0.5, 0.1, 1.0, 0.0, 1e-4];
    let fair = |source: &mut Stream, tilt: f64| {
        let mut happened = vec![2];
        let mut coin = |p: f64| (source.below(1 << 30) as f64) < p * f64::from(1 << 30);
        for (event, p) in [(0, 0.5 + tilt), (1, 0.1), (4, 1e-4)] {
            if coin(p) {
                happened.push(event);
            }
        }
        happened
    };
    for seed in 0..20 {
        let mut source = Stream(seed);
        accepts(frequency::check_frequencies(&chances, 20_000, |_| {
            fair(&mut source, 0.0)
        }));
    }
    let mut source = Stream(99);
    reports(
        frequency::check_frequencies(&chances, 20_000, |_| fair(&mut source, 0.03)),
        "event 0",
    );
    reports(
        frequency::check_frequencies(&chances, 1000, |i| {
            if i == 500 {
                vec![2, 3]
            } else {
                fair(&mut source, 0.0)
            }
        }),
        "event 3",
    );
    reports(
        frequency::check_frequencies(&chances, 1000, |i| {
            if i == 500 {
                vec![0]
            } else {
                fair(&mut source, 0.0)
            }
        }),
        "event 2",
    );
}

/// Moving weight is seen in random cases too, by some check at least, and nearly always by the oracle's.
#[test]
fn random_cases_show_moved_weight() {
    let (mut tried, mut seen) = (0, 0);
    for i in 0..300 {
        let case = small(&mut Stream(8 << 32 | i));
        let Some(answer) = leximin(&case) else {
            continue;
        };
        let good = right(&case);
        if let Some(to) =
            (good.weights.len() > 1).then(|| 1 + i as usize % (good.weights.len() - 1))
        {
            let step = good.weights[0].min(STEP);
            let moved = refit(&case, &good, |l| {
                l.weights[0] -= step;
                l.weights[to] += step;
            });
            tried += 1;
            seen += u32::from(fairness::check_oracle(&answer, &moved).is_err());
        }
    }
    assert!(tried > 100 && seen == tried, "{seen} of {tried}");
}
