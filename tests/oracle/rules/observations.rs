//! What the literature found, shown on small instances by the oracles alone, and that the crate agrees.

use kleroterion::Rule;
use num_rational::BigRational;
use num_traits::Zero;

use super::hull::Hull;
use super::linear::{least_below, leximin_below};
use super::measure::{Open, float};
use super::optimum::Optima;
use super::properties::by_crate;
use super::varied::varied;
use crate::case::Case;
use crate::generate::Stream;
use crate::golden;

fn optima(case: &Case) -> Optima {
    Optima::of(case).expect("feasible")
}

/// The lowest chance of anybody over all minimax lotteries, those that treat equals unequally included.
fn worst_of_minimax(case: &Case, optima: &Optima) -> BigRational {
    let hull = Hull::one_by_one(case, &optima.panels).expect("feasible");
    let ceiling = optima.frontier.minimax();
    let people = 0..hull.counts.len();
    people
        .map(|person| least_below(&hull, ceiling, person))
        .min()
        .expect("a person")
}

/// Published tables have a lowest chance of 0 for minimax on most pools: that is an arbitrary optimum's. Of all
/// lotteries with the lowest possible maximum, the leximin one gives everybody something.
#[test]
fn minimax_leaves_people_out_only_if_nothing_chooses_among_its_optima() {
    // The only b sits for certain, so a lottery with the lowest possible maximum, 1, may leave one a out.
    let case = Case::letters(2, &[&[('a', 1, 1), ('b', 1, 1)]], &["a", "a", "b"]);
    let one = optima(&case);
    assert_eq!(float(one.frontier.minimax()), 1.0);
    assert!(worst_of_minimax(&case, &one).is_zero());
    let chosen = Open::of(&one, &one.chances(&case, Rule::Minimax));
    assert_eq!((chosen.lowest(), chosen.highest()), (0.5, 1.0));
    let given = Open::of(&one, &by_crate(&case, Rule::Minimax).expect("a lottery"));
    assert!((given.lowest() - 0.5).abs() < 1e-9);
}

/// The same on random instances: how often an arbitrary optimum may leave somebody out whom the rule does not.
#[test]
fn arbitrary_minimax_optima_often_leave_somebody_out() {
    let (mut asked, mut out, mut kept) = (0, 0, 0);
    for i in 0..40 {
        let case = varied(&mut Stream(31 << 32 | i));
        let optima = optima(&case);
        let chances = leximin_below(&optima.hull, optima.frontier.minimax());
        asked += 1;
        if worst_of_minimax(&case, &optima).is_zero() {
            out += 1;
            kept += i32::from(chances.iter().all(|chance| !chance.is_zero()));
        }
    }
    println!(
        "{out} of {asked} have a minimax optimum without somebody; {kept} of these one with everybody"
    );
    assert!(out > 5 && kept > 5);
}

/// At the crossroads the largest product has a higher geometric mean than leximin (by definition), and so has the
/// lottery that simply makes every panel equally likely on another instance: leximin need not improve it.
#[test]
fn leximin_need_not_improve_the_geometric_mean() {
    let case = golden::crossroads().case;
    let one = optima(&case);
    let open = |rule| Open::of(&one, &one.chances(&case, rule));
    let (leximin, nash) = (open(Rule::Leximin), open(Rule::Nash));
    // (2/5)²·(3/5)·(1/2)²·(3/10)² = 27/12500 against (1/3)⁴·(2/3)·(1/2)² = 1/486.
    let known = (27.0 / 12_500.0 * 486.0_f64).powi(1);
    let ratio = leximin.geometric_mean_of(&nash);
    assert!(
        (ratio.powi(7) - known).abs() < 1e-9 && ratio > 1.006,
        "{ratio}"
    );
    let found = (0..2000).find_map(|i| {
        let case = varied(&mut Stream(33 << 32 | i));
        let optima = optima(&case);
        let open = |rule| Open::of(&optima, &optima.chances(&case, rule));
        let ratio = open(Rule::Leximin).geometric_mean_of(&open(Rule::Uniform));
        (ratio > 1.001).then_some((case, ratio))
    });
    let (case, ratio) = found.expect("an instance");
    println!("every panel equally likely has {ratio} times leximin's geometric mean:\n{case}");
    let given =
        [Rule::Leximin, Rule::Uniform].map(|rule| by_crate(&case, rule).expect("a lottery"));
    let optima = optima(&case);
    let [leximin, uniform] = given.map(|chances| Open::of(&optima, &chances));
    assert!((leximin.geometric_mean_of(&uniform) - ratio).abs() < 1e-8);
}

/// Minimax and leximin differ on many instances, so that the relations between them are worth testing.
#[test]
fn the_random_instances_tell_the_rules_apart() {
    let (mut apart, mut inside, mut excluding) = (0, 0, 0);
    for i in 0..100 {
        let case = varied(&mut Stream(22 << 32 | i));
        let optima = optima(&case);
        let open = Open::of(&optima, &optima.leximin);
        apart += i32::from(open.highest() > float(optima.frontier.minimax()) + 1e-9);
        let balance = optima.frontier.balance(1.0);
        let between =
            balance.lowest < optima.maximin() && balance.highest > *optima.frontier.minimax();
        inside += i32::from(between);
        excluding += i32::from((optima.hull.people() as usize) < case.people.len());
    }
    println!(
        "minimax and leximin apart on {apart}, Goldilocks strictly between on {inside}, {excluding} exclude"
    );
    assert!(apart >= 30 && inside >= 10 && excluding >= 5);
}
