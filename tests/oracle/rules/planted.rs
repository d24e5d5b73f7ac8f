//! For every check an answer that it reports: a check that cannot fail checks nothing.

use kleroterion::Rule;
use kleroterion::selection::Gamma;

use super::measure::{self, Open, check_chances, check_objective};
use super::optimum::Optima;
use super::properties::{Chances, RULES, examine};
use crate::case::Case;
use crate::check::Verdict;
use crate::golden::{self, ratio};

fn crossroads() -> (Case, Optima) {
    let case = golden::crossroads().case;
    let optima = Optima::of(&case).expect("feasible");
    (case, optima)
}

fn reported(verdict: Verdict, text: &str) {
    let message = verdict.expect_err("a planted bug");
    assert!(
        message.contains(text),
        "{message:?} does not contain {text:?}"
    );
}

/// At the crossroads no rule's lottery passes for another's.
#[test]
fn another_rules_lottery_is_off_the_optimum() {
    let (case, optima) = crossroads();
    let rules = [
        Rule::Minimax,
        Rule::Nash,
        Rule::LeastSquares,
        Rule::Goldilocks(Gamma::ONE),
    ];
    for rule in rules {
        let own = optima.chances(&case, rule);
        check_objective(&optima, &case, rule, &own).expect("its own optimum");
        for other in rules.iter().filter(|&&other| other != rule) {
            let chances = optima.chances(&case, *other);
            let agrees =
                rule == Rule::Minimax && measure::shortfall(&optima, &case, rule, &chances) < 1e-9;
            if !agrees {
                reported(
                    check_objective(&optima, &case, rule, &chances),
                    "off its optimum",
                );
            }
            assert!(
                check_chances(&own, &chances, 1e-3).is_err(),
                "{rule} and {other}"
            );
        }
    }
}

/// A ten-millionth of a seat moved from one class of people to another is seen.
#[test]
fn a_little_less_than_the_optimum_is_seen() {
    let (case, optima) = crossroads();
    let little = ratio(1, 10_000_000);
    for rule in RULES {
        let mut chances = optima.chances(&case, rule);
        let chance = |class: &&Vec<usize>| chances[class[0]].clone();
        let low = optima
            .hull
            .classes
            .iter()
            .min_by_key(chance)
            .expect("a class")
            .clone();
        let high = optima
            .hull
            .classes
            .iter()
            .max_by_key(chance)
            .expect("a class")
            .clone();
        for &person in &low {
            chances[person] -= &little / ratio(low.len() as i64, 1);
        }
        for &person in &high {
            chances[person] += &little / ratio(high.len() as i64, 1);
        }
        reported(
            check_objective(&optima, &case, rule, &chances),
            "off its optimum",
        );
        reported(
            check_chances(&optima.chances(&case, rule), &chances, 1e-9),
            "the optimum has",
        );
    }
}

fn open(chances: &[f64]) -> Open {
    Open {
        chances: chances.to_vec(),
        counts: vec![1; chances.len()],
        seats: chances.iter().sum(),
    }
}

#[test]
fn every_relation_can_fail() {
    let (even, tilted) = (open(&[0.5, 0.5]), open(&[0.4, 0.6]));
    measure::check_lowest_maximum(&even, &tilted).expect("lower");
    reported(
        measure::check_lowest_maximum(&tilted, &even),
        "minimax has the maximum",
    );
    reported(
        measure::check_product_floor(&open(&[0.6, 0.8, 0.3, 0.3, 0.1])),
        "largest product",
    );
    measure::check_product_floor(&open(&[0.6, 0.8, 0.3, 0.2, 0.2, 0.2]))
        .expect("one sixth is less");
    reported(
        measure::check_between(&tilted, [&even, &even], 1.0),
        "goldilocks has",
    );
    let (leximin, minimax) = (open(&[0.3, 0.3, 0.9]), open(&[0.1, 0.7, 0.7]));
    let between = |chances: &[f64], gamma| {
        measure::check_between(&open(chances), [&leximin, &minimax], gamma)
    };
    between(&[0.25, 0.45, 0.8], 0.2).expect("between");
    reported(between(&[0.31, 0.31, 0.88], 0.9), "a minimum above");
    reported(between(&[0.28, 0.56, 0.66], 1.0), "a maximum below");
    reported(
        measure::check_between(
            &open(&[0.2, 0.65, 0.65]),
            [&even, &open(&[0.3, 0.3, 0.3])],
            1e-9,
        ),
        "goldilocks has",
    );
    reported(measure::check_rising(&even, &tilted), "the minimum fell");
    reported(
        measure::check_rising(&open(&[0.4, 0.6]), &open(&[0.5, 0.5])),
        "the maximum fell",
    );
    reported(
        measure::check_minimax_beside_leximin(&tilted, &even),
        "minimax has the maximum",
    );
    let other = open(&[0.6, 0.4]);
    reported(
        measure::check_minimax_beside_leximin(&tilted, &other),
        "equal maxima",
    );
    for rule in [
        Rule::Minimax,
        Rule::Leximin,
        Rule::LeastSquares,
        Rule::Nash,
        Rule::Goldilocks(Gamma::ONE),
    ] {
        measure::check_relaxed(rule, &tilted, &even, true).expect("better");
        reported(
            measure::check_relaxed(rule, &even, &tilted, true),
            "when a quota was widened",
        );
    }
}

/// Whole solvers with one bug each.
#[test]
fn a_solver_with_a_bug_is_found_out() {
    let case = golden::crossroads().case;
    let honest = |case: &Case, rule: Rule| -> Chances {
        let optima = Optima::of(case).ok_or("no panel")?;
        Ok(optima.chances(case, rule))
    };
    examine(&case, &honest).expect("every property");
    let stand_in = |wrong: Rule, instead: Rule| {
        examine(&case, &|case: &Case, rule: Rule| {
            honest(case, if rule == wrong { instead } else { rule })
        })
    };
    reported(stand_in(Rule::Minimax, Rule::Leximin), "minimax is off");
    reported(stand_in(Rule::Nash, Rule::Leximin), "nash is off");
    reported(
        stand_in(Rule::LeastSquares, Rule::Nash),
        "least-squares is off",
    );
    reported(
        stand_in(
            Rule::Goldilocks(Gamma::ONE),
            Rule::Goldilocks(Gamma::Balanced),
        ),
        "goldilocks:1 is off",
    );
    let unequal = |case: &Case, rule: Rule| -> Chances {
        let mut chances = honest(case, rule)?;
        if rule == Rule::Nash {
            chances[3] += ratio(1, 1_000_000_000_000);
        }
        Ok(chances)
    };
    reported(examine(&case, &unequal), "are alike");
    let failing = |_: &Case, rule: Rule| -> Chances { Err(format!("{rule} fails")) };
    reported(examine(&case, &failing), "leximin fails");
}
