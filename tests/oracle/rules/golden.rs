//! The known instances under every rule.

use kleroterion::Rule;
use kleroterion::selection::Gamma;
use num_rational::BigRational;

use super::measure::{self, Open, check_chances, check_objective, float};
use super::optimum::Optima;
use super::properties::by_crate;
use crate::case::Case;
use crate::golden::{self, ratio};
use crate::medium;

/// What is known of one instance beside leximin.
struct Known {
    case: Case,
    panels: usize,
    nash: Vec<(i64, i64)>,
    maximin: (i64, i64),
    minimax: (i64, i64),
    /// Goldilocks with γ = 1.
    goldilocks: f64,
    /// How many panels hold each person.
    holding: Vec<i64>,
}

fn all() -> Vec<Known> {
    let forced = Known {
        case: golden::forced().case,
        panels: 6,
        nash: vec![(1, 2), (1, 2), (1, 1), (1, 3), (1, 3), (1, 3)],
        maximin: (1, 3),
        minimax: (1, 1),
        goldilocks: 3.5,
        holding: vec![3, 3, 6, 2, 2, 2],
    };
    let triangle = Known {
        case: golden::triangle().case,
        panels: 10,
        nash: vec![(1, 3), (1, 3), (1, 3), (2, 3), (2, 3), (2, 3)],
        maximin: (1, 3),
        minimax: (2, 3),
        goldilocks: 17.0 / 6.0,
        holding: vec![3, 3, 3, 7, 7, 7],
    };
    let lonely = Known {
        case: golden::lonely().case,
        panels: 64,
        nash: vec![(1, 2); 8],
        maximin: (1, 2),
        minimax: (1, 2),
        goldilocks: 2.0,
        holding: vec![34, 34, 34, 30, 31, 31, 31, 31],
    };
    let housemates = Known {
        case: golden::housemates().case,
        panels: 6,
        nash: vec![(1, 2), (2, 3), (1, 2), (2, 3), (2, 3)],
        maximin: (1, 2),
        minimax: (2, 3),
        goldilocks: 104.0 / 45.0,
        holding: vec![3, 5, 2, 4, 4],
    };
    let crossroads = Known {
        case: golden::crossroads().case,
        panels: 9,
        nash: vec![(2, 5), (2, 5), (3, 5), (1, 2), (1, 2), (3, 10), (3, 10)],
        maximin: (1, 3),
        minimax: (1, 2),
        goldilocks: 8.0_f64.sqrt(),
        holding: vec![2, 4, 7, 5, 5, 2, 2],
    };
    vec![forced, triangle, lonely, housemates, crossroads]
}

fn ratios(values: &[(i64, i64)]) -> Vec<BigRational> {
    values.iter().map(|&(a, b)| ratio(a, b)).collect()
}

fn close(found: f64, known: f64, tolerance: f64) {
    assert!((found - known).abs() <= tolerance, "{found}, known {known}");
}

/// Holds what some solver answers against what is known.
fn examine(known: &Known, solve: &dyn Fn(Rule) -> Vec<BigRational>) {
    let optima = Optima::of(&known.case).expect("feasible");
    assert_eq!(optima.panels.len(), known.panels);
    let open = |rule| Open::of(&optima, &solve(rule));
    let fraction = |(a, b): (i64, i64)| a as f64 / b as f64;
    close(open(Rule::Maximin).lowest(), fraction(known.maximin), 1e-9);
    close(open(Rule::Leximin).lowest(), fraction(known.maximin), 1e-9);
    close(open(Rule::Minimax).highest(), fraction(known.minimax), 1e-9);
    close(
        open(Rule::Goldilocks(Gamma::ONE)).goldilocks(1.0),
        known.goldilocks,
        1e-9,
    );
    check_chances(&ratios(&known.nash), &solve(Rule::Nash), 1e-9).expect("nash");
    let uniform: Vec<BigRational> = known
        .holding
        .iter()
        .map(|&times| ratio(times, known.panels as i64))
        .collect();
    check_chances(&uniform, &solve(Rule::Uniform), 1e-9).expect("uniform");
    for rule in [Rule::Minimax, Rule::LeastSquares, Rule::MaxEntropy] {
        let expected = optima.chances(&known.case, rule);
        check_chances(&expected, &solve(rule), 1e-9).unwrap_or_else(|m| panic!("{rule}: {m}"));
    }
    for gamma in [
        Gamma::ONE,
        Gamma::Millionths(100_000),
        Gamma::Balanced,
        Gamma::Representation,
    ] {
        let rule = Rule::Goldilocks(gamma);
        let expected = optima.chances(&known.case, rule);
        check_chances(&expected, &solve(rule), 1e-6).unwrap_or_else(|m| panic!("{rule}: {m}"));
    }
}

#[test]
fn the_oracles_find_what_is_known() {
    for known in all() {
        let optima = Optima::of(&known.case).expect("feasible");
        examine(&known, &|rule| optima.chances(&known.case, rule));
    }
}

#[test]
fn the_crate_finds_what_is_known() {
    for known in all() {
        examine(&known, &|rule| {
            let answer = by_crate(&known.case, rule);
            answer.unwrap_or_else(|message| panic!("{rule}: {message}\n{}", known.case))
        });
    }
}

/// At the crossroads every measure wants another lottery, and Goldilocks has its optimum inside a piece: max p is
/// twice min p on the way from minimax to leximin.
fn examine_crossroads(solve: &dyn Fn(Rule) -> Vec<BigRational>) {
    let case = golden::crossroads().case;
    let optima = Optima::of(&case).expect("feasible");
    let goldilocks = Open::of(&optima, &solve(Rule::Goldilocks(Gamma::ONE)));
    let root = 7.0 * 2.0_f64.sqrt();
    close(goldilocks.lowest(), 3.0 / root, 1e-6);
    close(goldilocks.highest(), 6.0 / root, 1e-6);
    let rules = [
        Rule::Leximin,
        Rule::Minimax,
        Rule::Nash,
        Rule::Goldilocks(Gamma::ONE),
        Rule::LeastSquares,
        Rule::Uniform,
    ];
    for (at, &rule) in rules.iter().enumerate() {
        for &other in &rules[..at] {
            let [a, b] = [solve(rule), solve(other)];
            assert!(
                check_chances(&a, &b, 1e-3).is_err(),
                "{rule} and {other} agree"
            );
        }
    }
}

#[test]
fn at_the_crossroads_all_rules_differ() {
    let case = golden::crossroads().case;
    let optima = Optima::of(&case).expect("feasible");
    examine_crossroads(&|rule| optima.chances(&case, rule));
}

#[test]
fn at_the_crossroads_all_rules_of_the_crate_differ() {
    let case = golden::crossroads().case;
    examine_crossroads(&|rule| by_crate(&case, rule).expect("a lottery"));
}

/// Where everybody can have one chance in ten, every rule that optimises a number gives it.
#[test]
fn the_public_example_gives_everybody_one_in_ten_by_every_rule() {
    let case = medium::example(1);
    let rules = [
        Rule::Minimax,
        Rule::Nash,
        Rule::Goldilocks(Gamma::ONE),
        Rule::Goldilocks(Gamma::Balanced),
        Rule::Goldilocks(Gamma::Representation),
        Rule::LeastSquares,
        Rule::MaxEntropy,
    ];
    let expected = vec![ratio(1, 10); 200];
    for rule in rules {
        let chances = by_crate(&case, rule).unwrap_or_else(|message| panic!("{rule}: {message}"));
        check_chances(&expected, &chances, 1e-9).unwrap_or_else(|m| panic!("{rule}: {m}"));
    }
}

/// Least squares by hand: three seats, three people who are alike and one who is not; no quota binds, so all get 3/4.
/// With a quota of one seat for the three, they get 1/3 each.
#[test]
fn squares_by_hand() {
    let open = Case::letters(3, &[&[('a', 0, 3), ('b', 0, 3)]], &["a", "a", "a", "b"]);
    let tight = Case::letters(2, &[&[('a', 1, 1), ('b', 0, 3)]], &["a", "a", "a", "b"]);
    let cases = [
        (open, [(3, 4); 4]),
        (tight, [(1, 3), (1, 3), (1, 3), (1, 1)]),
    ];
    for (case, chances) in cases {
        let optima = Optima::of(&case).expect("feasible");
        assert_eq!(optima.chances(&case, Rule::LeastSquares), ratios(&chances));
        check_objective(&optima, &case, Rule::LeastSquares, &ratios(&chances)).expect("optimal");
    }
    assert!(measure::CLOSE < float(&ratio(1, 1_000_000)));
}
