//! Random small instances under every rule.

use std::cell::RefCell;

use kleroterion::lottery::Sources;
use kleroterion::selection::Gamma;
use kleroterion::{Rule, Selector, audit};
use num_rational::BigRational;
use num_traits::Zero;

use super::measure::{self, Open, check_chances, check_objective};
use super::optimum::Optima;
use super::varied::varied;
use crate::case::Case;
use crate::check::{ensure, fairness, lottery as plain};
use crate::generate::{Source, Stream, small};
use crate::minimise::minimise;
use crate::outcome::{self, Ask, Lottery};
use crate::properties::{cases, kind_of};

/// The rules with a number to optimise, beside leximin and maximin.
pub(super) const RULES: [Rule; 6] = [
    Rule::Minimax,
    Rule::Nash,
    Rule::LeastSquares,
    Rule::Goldilocks(Gamma::Millionths(50_000)),
    Rule::Goldilocks(Gamma::ONE),
    Rule::Goldilocks(Gamma::Millionths(7_250_000)),
];

/// Those of the rules that `KLEROTERION_RULES` names (`minimax,goldilocks:1`); without it all.
pub(super) fn chosen(rules: &[Rule]) -> Vec<Rule> {
    let Ok(names) = std::env::var("KLEROTERION_RULES") else {
        return rules.to_vec();
    };
    let named = |rule: &Rule| names.split(',').any(|name| name == rule.to_string());
    rules.iter().copied().filter(named).collect()
}

/// Chances of every person, or what went wrong.
pub(super) type Chances = Result<Vec<BigRational>, String>;

/// Whatever answers a rule.
type Solve<'a> = &'a dyn Fn(&Case, Rule) -> Chances;

pub(super) fn by_crate(case: &Case, rule: Rule) -> Chances {
    Ok(lottery_of(case, rule)?.chances)
}

fn lottery_of(case: &Case, rule: Rule) -> Result<Lottery, String> {
    outcome::by_crate(case, &Ask::of(case, rule, Some(0))).lottery()
}

/// The oracles as a solver. What they know of the cases asked about last is kept: each is asked once per rule.
#[derive(Default)]
pub(super) struct Oracle(RefCell<Vec<(Case, Option<Optima>)>>);

impl Oracle {
    fn solve(&self, case: &Case, rule: Rule) -> Chances {
        let mut known = self.0.borrow_mut();
        let at = known.iter().position(|(other, _)| other == case);
        let at = at.unwrap_or_else(|| {
            known.truncate(2);
            known.insert(0, (case.clone(), Optima::of(case)));
            0
        });
        let optima = known[at].1.as_ref().ok_or("no panel")?;
        Ok(optima.chances(case, rule))
    }
}

/// A feasible case with few people: three of four such that the rules differ, one of any kind.
fn modest(seed: u64) -> Option<Case> {
    if !seed.is_multiple_of(4) {
        return Some(varied(&mut Stream(seed)));
    }
    let case = small(&mut Stream(seed));
    let few = case.people.len() <= 11 && !case.panels().is_empty();
    few.then_some(case)
}

/// Every relation between rules, and every optimum.
pub(super) fn examine(case: &Case, solve: Solve<'_>) -> Result<(), String> {
    let Some(optima) = Optima::of(case) else {
        return Ok(());
    };
    let ask = |rule: Rule| -> Result<(Vec<BigRational>, Open), String> {
        let chances = solve(case, rule).map_err(|m| format!("{rule}: {m}"))?;
        fairness::check_equal_types(case, &chances).map_err(|m| format!("{rule}: {m}"))?;
        let open = Open::of(&optima, &chances);
        Ok((chances, open))
    };
    let (_, leximin) = ask(Rule::Leximin)?;
    let (_, minimax) = ask(Rule::Minimax)?;
    measure::check_minimax_beside_leximin(&minimax, &leximin)?;
    let mut less: Option<Open> = None;
    for rule in chosen(&RULES) {
        let (chances, open) = ask(rule)?;
        check_objective(&optima, case, rule, &chances)?;
        // Where the optimum is flat, chances are known less well than the number they optimise.
        let close = if rule == Rule::Minimax { 1e-9 } else { 1e-6 };
        check_chances(&optima.chances(case, rule), &chances, close)
            .map_err(|m| format!("{rule}: {m}"))?;
        measure::check_lowest_maximum(&minimax, &open)?;
        if rule == Rule::Nash {
            measure::check_product_floor(&open)?;
        }
        if let Rule::Goldilocks(gamma) = rule {
            measure::check_between(&open, [&leximin, &minimax], optima.gamma(case, gamma))?;
            if let Some(less) = &less {
                measure::check_rising(less, &open)?;
            }
            less = Some(open);
        }
    }
    Ok(())
}

/// Relaxing a quota by a seat on both sides.
fn examine_relaxed(case: &Case, solve: Solve<'_>) -> Result<(), String> {
    let wider = crate::properties::widen(case);
    let (Some(tight), Some(relaxed)) = (Optima::of(case), Optima::of(&wider)) else {
        return Ok(());
    };
    let same =
        tight.hull.spread(&tight.hull.counts, 0) == relaxed.hull.spread(&relaxed.hull.counts, 0);
    for rule in chosen(&RULES) {
        let before = Open::of(&tight, &solve(case, rule)?);
        let after = Open::of(&relaxed, &solve(&wider, rule)?);
        measure::check_relaxed(rule, &before, &after, same)?;
    }
    Ok(())
}

/// Ids say nothing: the same people under other ids have the same chances.
fn examine_renamed(case: &Case, solve: Solve<'_>) -> Result<(), String> {
    let mut order: Vec<usize> = (0..case.people.len()).collect();
    Stream(u64::from(case.size) + 77).shuffle(&mut order);
    let people = order.iter().map(|&i| case.people[i].clone()).collect();
    let renamed = Case {
        people,
        ..case.clone()
    };
    for rule in chosen(&RULES) {
        let (own, other) = (solve(case, rule)?, solve(&renamed, rule)?);
        let own: Vec<BigRational> = order.iter().map(|&i| own[i].clone()).collect();
        let close = if rule == Rule::Minimax { 2e-9 } else { 2e-6 };
        check_chances(&own, &other, close).map_err(|m| format!("{rule}, other ids: {m}"))?;
    }
    Ok(())
}

/// What a lottery must be whatever its rule; its transcript holds, and another order of rows changes no digit.
fn examine_lottery(case: &Case, rule: Rule, spread: u32) -> Result<(), String> {
    let panels = case.panels();
    let fewest = lottery_of(case, rule)?;
    let lottery = outcome::by_crate(case, &Ask::of(case, rule, Some(spread))).lottery()?;
    check_chances(&fewest.chances, &lottery.chances, 0.0)?;
    plain::check_feasible(case, &fewest)?;
    plain::check_groups(case, &lottery)?;
    plain::check_weights(&lottery)?;
    plain::check_feasible(case, &lottery)?;
    plain::check_chances(case, &lottery)?;
    let seen = panels.iter().fold(0, |all, panel| all | panel);
    for (person, chance) in lottery.chances.iter().enumerate() {
        // Minimax may leave people at 0 only when no optimum gives all of them something.
        let nothing = seen >> person & 1 == 0;
        ensure(!nothing || chance.is_zero(), || {
            format!("person {person} is in no panel")
        })?;
    }
    let mut ask = Ask::of(case, rule, Some(spread));
    Stream(case.people.len() as u64 * 5).shuffle(&mut ask.rows);
    plain::check_same(&lottery, &outcome::by_crate(case, &ask).lottery()?)?;
    let instance = case.instance(&ask.rows).map_err(|e| e.to_string())?;
    let selector = Selector::new(rule).spread(spread);
    let distribution = selector.distribution(&instance);
    let distribution = distribution.map_err(|e| e.to_string())?;
    let sources = Sources::new(["dice 3-5-4-6"]).map_err(|e| e.to_string())?;
    let draw = distribution
        .into_lottery()
        .draw(&sources)
        .map_err(|e| e.to_string())?;
    let report = audit::verify(&draw.transcript(), &instance);
    report.map(drop).map_err(|e| e.to_string())
}

fn examine_lotteries(case: &Case, spread: u32) -> Result<(), String> {
    let rules = [RULES.as_slice(), &[Rule::Uniform, Rule::MaxEntropy]].concat();
    for rule in chosen(&rules) {
        examine_lottery(case, rule, spread).map_err(|m| format!("{rule}: {m}"))?;
    }
    Ok(())
}

type Examine<'a> = &'a dyn Fn(&Case) -> Result<(), String>;

fn caught(case: &Case, examine: Examine<'_>) -> Result<(), String> {
    let run = std::panic::AssertUnwindSafe(|| examine(case));
    std::panic::catch_unwind(run).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or(panic.downcast_ref::<&str>().copied());
        Err(format!("panicked: {}", text.unwrap_or("without a text")))
    })
}

/// Examines seeded cases; reports how many fail, and the first of them made small.
pub(super) fn run(seed: u64, count: u64, examine: Examine<'_>) {
    let (mut asked, mut failures) = (0, Vec::new());
    for i in 0..count {
        let Some(case) = modest(seed << 32 | i) else {
            continue;
        };
        asked += 1;
        if let Err(message) = caught(&case, examine) {
            failures.push((i, case, message));
        }
    }
    assert!(
        10 * asked >= 7 * count,
        "only {asked} of {count} cases are fit"
    );
    let Some((at, case, message)) = failures.first() else {
        return;
    };
    let alike = |c: &Case| caught(c, examine).is_err_and(|m| kind_of(&m) == kind_of(message));
    let least = minimise(case, &alike);
    let why = caught(&least, examine).err().unwrap_or_default();
    let kinds: std::collections::BTreeSet<String> =
        failures.iter().map(|f| kind_of(&f.2)).collect();
    panic!(
        "{} of {asked} cases fail, by kind {kinds:?}; first is case {at}: {message}\nsmallest case found, with {why}:\n{least}",
        failures.len()
    );
}

#[test]
fn the_oracles_agree_with_each_other() {
    run(21, cases(200), &|case| {
        let oracle = Oracle::default();
        let solve = |case: &Case, rule| oracle.solve(case, rule);
        examine(case, &solve)?;
        examine_relaxed(case, &solve)?;
        examine_renamed(case, &solve)
    });
}

#[test]
fn every_rule_reaches_its_optimum() {
    run(22, cases(200), &|case| examine(case, &by_crate));
}

#[test]
fn a_wider_quota_never_worsens_a_measure() {
    run(23, cases(100), &|case| examine_relaxed(case, &by_crate));
}

#[test]
fn ids_have_no_say_in_chances() {
    run(24, cases(100), &|case| examine_renamed(case, &by_crate));
}

#[test]
fn lotteries_of_every_rule_are_sound_and_verify() {
    run(25, cases(130), &|case| examine_lotteries(case, 30));
}

/// Two thousand compositions are more than such a case has: nearly all the work is in trades, so few cases are tried.
#[test]
fn lotteries_spread_as_by_default_are_sound_and_verify() {
    run(26, cases(4), &|case| {
        examine_lotteries(case, Selector::DEFAULT_SPREAD)
    });
}
