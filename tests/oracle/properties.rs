//! Random small instances: whatever a solver answers must have every property.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use kleroterion::certificate::Proof;
use kleroterion::selection::Rule;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

use crate::case::{Case, Panel};
use crate::check::{certificate::check_certificate, clash, fairness, lottery as plain};
use crate::generate::{Source, Stream, Tape, clashing, small};
use crate::leximin::{self, Answer, by_candidates, interchangeable};
use crate::minimise::minimise;
use crate::outcome::{Ask, Lottery, Outcome, Solve, by_crate};
use crate::reference::by_oracle;

/// What a case turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Solved,
    Excluding,
    Infeasible,
    Refused,
}

/// How much to ask about one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Leximin without spread.
    Fewest,
    /// Leximin with the default spread.
    Spread,
    /// Both, maximin, another order of rows, a wider quota.
    Full,
}

/// Random cases per test that draws them.
pub(crate) fn cases(default: u64) -> u64 {
    match std::env::var("KLEROTERION_CASES") {
        Ok(text) => text.parse().expect("KLEROTERION_CASES is a number"),
        Err(_) => default,
    }
}

/// Everything that must hold for a lottery of a small case.
fn check_lottery(
    case: &Case,
    answer: &Answer,
    lottery: &Lottery,
    rule: Rule,
    panels: &[Panel],
) -> Result<(), String> {
    plain::check_groups(case, lottery)?;
    plain::check_weights(lottery)?;
    plain::check_feasible(case, lottery)?;
    plain::check_chances(case, lottery)?;
    fairness::check_equal_types(case, &lottery.chances)?;
    fairness::check_excluded(&answer.excluded, lottery)?;
    if rule == Rule::Leximin {
        fairness::check_oracle(answer, lottery)?;
    }
    check_certificate(case, lottery, &rule.to_string(), panels)
}

pub(crate) fn examine(case: &Case, solve: Solve<'_>, depth: Depth) -> Result<Kind, String> {
    catch_unwind(AssertUnwindSafe(|| ask(case, solve, depth))).unwrap_or_else(|panic| {
        let text = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or(panic.downcast_ref::<&str>().copied());
        Err(format!("panicked: {}", text.unwrap_or("without a text")))
    })
}

fn ask(case: &Case, solve: Solve<'_>, depth: Depth) -> Result<Kind, String> {
    let panels = case.panels();
    let spread = (depth == Depth::Fewest).then_some(0);
    let outcome = solve(case, &Ask::of(case, Rule::Leximin, spread));
    let Some(answer) = leximin::over(case, &panels, interchangeable(case)) else {
        return match outcome {
            Outcome::Clash(found) => clash::check_clash(case, &found).map(|()| Kind::Infeasible),
            Outcome::Refused(_) => Ok(Kind::Refused),
            other => Err(format!("no panel exists, but the answer is {other:?}")),
        };
    };
    leximin::verify(&answer).map_err(|message| format!("the oracle is wrong: {message}"))?;
    let lottery = outcome
        .lottery()
        .map_err(|message| format!("there are {} panels: {message}", panels.len()))?;
    check_lottery(case, &answer, &lottery, Rule::Leximin, &panels)?;
    if depth == Depth::Full {
        ask_more(case, solve, (&answer, &lottery), &panels)?;
    }
    Ok(if answer.excluded.is_empty() {
        Kind::Solved
    } else {
        Kind::Excluding
    })
}

fn ask_more(
    case: &Case,
    solve: Solve<'_>,
    (answer, lottery): (&Answer, &Lottery),
    panels: &[Panel],
) -> Result<(), String> {
    let fewest = solve(case, &Ask::of(case, Rule::Leximin, Some(0))).lottery()?;
    check_lottery(case, answer, &fewest, Rule::Leximin, panels)
        .map_err(|m| format!("without spread: {m}"))?;
    fairness::check_same_chances(lottery, &fewest)?;
    let maximin = solve(case, &Ask::of(case, Rule::Maximin, None)).lottery()?;
    check_lottery(case, answer, &maximin, Rule::Maximin, panels)
        .map_err(|m| format!("maximin: {m}"))?;
    fairness::check_same_lowest(lottery, &maximin)?;
    let mut ask = Ask::of(case, Rule::Leximin, None);
    Stream(case.people.len() as u64 * 31 + u64::from(case.size)).shuffle(&mut ask.rows);
    plain::check_same(lottery, &solve(case, &ask).lottery()?)?;
    let wider = widen(case);
    let relaxed = solve(&wider, &Ask::of(&wider, Rule::Leximin, None)).lottery()?;
    fairness::check_relaxed(lottery, &relaxed).map_err(|m| format!("{m}; the wider case: {wider}"))
}

/// The same with one quota one seat wider on both sides: one that binds, if any.
pub(crate) fn widen(case: &Case) -> Case {
    let binds = |q: &(u32, u32)| q.0 > 0 || q.1 < case.size;
    let binding: Vec<usize> = (0..case.flat_quotas().len())
        .filter(|&q| binds(&case.flat_quotas()[q]))
        .collect();
    let mut wider = case.clone();
    if let Some(&at) = binding.get(case.people.len() % binding.len().max(1)) {
        let quota = wider.quotas.iter_mut().flatten().nth(at).expect("a quota");
        *quota = (quota.0.saturating_sub(1), (quota.1 + 1).min(case.size));
    }
    wider
}

/// The beginning of a message without its numbers: the same bug in a smaller case has the same.
pub(crate) fn kind_of(message: &str) -> String {
    message
        .chars()
        .filter(|c| c.is_alphabetic())
        .take(24)
        .collect()
}

/// Says what is wrong, with the smallest case found that shows it.
fn report(case: &Case, solve: Solve<'_>, message: &str) -> String {
    let alike =
        |c: &Case| examine(c, solve, Depth::Full).is_err_and(|m| kind_of(&m) == kind_of(message));
    let least = minimise(case, &alike);
    let why = examine(&least, solve, Depth::Full)
        .err()
        .unwrap_or_default();
    format!("{message}\n{case}\nsmallest case found, with {why}:\n{least}")
}

/// Failing cases, all counted, the first reported.
#[derive(Default)]
struct Failures {
    kinds: BTreeMap<String, u64>,
    first: Option<(u64, Case, String)>,
}

impl Failures {
    fn add(&mut self, at: u64, case: &Case, message: String) {
        *self.kinds.entry(kind_of(&message)).or_default() += 1;
        self.first
            .get_or_insert_with(|| (at, case.clone(), message));
    }

    fn panic_if_any(self, solve: Solve<'_>) {
        if let Some((at, case, message)) = self.first {
            panic!(
                "failures {:?}; first in case {at}: {}",
                self.kinds,
                report(&case, solve, &message)
            );
        }
    }
}

/// Examines seeded cases, every eighth in full; returns how many were of each kind.
fn run_stream(seed: u64, cases: u64, solve: Solve<'_>) -> [u64; 4] {
    let mut kinds = [0; 4];
    let mut failures = Failures::default();
    for i in 0..cases {
        let case = small(&mut Stream(seed << 32 | i));
        let depth = match i % 8 {
            0 => Depth::Full,
            1 | 5 => Depth::Spread,
            _ => Depth::Fewest,
        };
        match examine(&case, solve, depth) {
            Ok(kind) => kinds[kind as usize] += 1,
            Err(message) => failures.add(i, &case, message),
        }
    }
    failures.panic_if_any(solve);
    kinds
}

#[test]
fn seeded_cases_have_every_property() {
    let kinds = run_stream(1, cases(800), &by_crate);
    println!(
        "solved {}, of these with people in no panel {}; infeasible {}; refused {}",
        kinds[0] + kinds[1],
        kinds[1],
        kinds[2],
        kinds[3]
    );
    // Bad input is refused only where no panel exists, and the generator makes hardly any.
    assert!(
        kinds[3] <= kinds[2],
        "{} refused, {} infeasible",
        kinds[3],
        kinds[2]
    );
}

#[test]
fn other_seeded_cases_have_every_property() {
    run_stream(2, cases(800), &by_crate);
}

#[test]
fn shrinking_cases_have_every_property() {
    let config = Config {
        cases: cases(250).try_into().unwrap_or(u32::MAX),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]));
    let tapes = proptest::collection::vec(proptest::num::u8::ANY, 0..160)
        .prop_map(|tape| small(&mut Tape(&tape)));
    let result = runner.run(&tapes, |case| {
        examine(&case, &by_crate, Depth::Full)
            .map(drop)
            .map_err(proptest::test_runner::TestCaseError::fail)
    });
    if let Err(TestError::Fail(reason, case)) = result {
        panic!("{}", report(&case, &by_crate, reason.message()));
    }
    result.expect("no case is given up");
}

/// Where no panel exists, what is named clashes; some clashes only a search can show. That none of the quotas named
/// could be left out is not promised, but is the rule.
#[test]
fn what_is_named_clashes() {
    let (mut all, mut minimal, mut searched) = (0, 0, 0);
    let mut failures = Failures::default();
    for i in 0..cases(3000) {
        let case = clashing(&mut Stream(3 << 32 | i));
        if !case.panels().is_empty() {
            continue;
        }
        let outcome = by_crate(&case, &Ask::of(&case, Rule::Leximin, Some(0)));
        let Outcome::Clash(found) = &outcome else {
            failures.add(
                i,
                &case,
                format!("no panel exists, but the answer is {outcome:?}"),
            );
            continue;
        };
        if let Err(message) = clash::check_clash(&case, found) {
            failures.add(i, &case, message);
        }
        all += 1;
        minimal += u64::from(clash::is_minimal(&case, found));
        searched += u64::from(matches!(found.proof, Proof::Search { .. }));
    }
    println!("{minimal} of {all} findings need every quota they name; {searched} need a search");
    failures.panic_if_any(&by_crate);
    assert!(
        all > 0 && 10 * minimal >= 9 * all,
        "only {minimal} of {all} findings need every quota they name"
    );
}

#[test]
fn the_checks_accept_the_oracles_own_answers() {
    let kinds = run_stream(4, 600, &by_oracle);
    assert!(
        kinds[..3].iter().all(|&kind| kind > 30) && kinds[3] == 0,
        "{kinds:?}"
    );
}

#[test]
fn the_oracle_agrees_with_other_roads() {
    for i in 0..150 {
        let case = small(&mut Stream(5 << 32 | i));
        let panels = case.panels();
        let Some(answer) = leximin::over(&case, &panels, interchangeable(&case)) else {
            continue;
        };
        let by_class: Vec<_> = answer
            .classes
            .iter()
            .map(|class| answer.chances[class[0]].clone())
            .collect();
        assert_eq!(
            by_candidates(&case, &panels),
            by_class,
            "maximising each candidate\n{case}"
        );
        if panels.len() < 400 {
            let one_by_one = leximin::over(
                &case,
                &panels,
                (0..case.people.len()).map(|p| vec![p]).collect(),
            )
            .expect("panels");
            assert_eq!(
                one_by_one.chances, answer.chances,
                "without classes\n{case}"
            );
        }
        assert_eq!(
            improving_move(&answer),
            None,
            "moving weight between panels\n{case}"
        );
    }
}

/// A pair of columns such that a little weight moved from the first (which has some) to the second is fairer.
fn improving_move(answer: &Answer) -> Option<(usize, usize)> {
    let weighty: Vec<usize> = (0..answer.columns.len())
        .filter(|&c| answer.lottery[c] > num_traits::Zero::zero())
        .collect();
    let fairer = |from: &[i64], to: &[i64]| {
        for step in &answer.steps {
            let level = answer
                .classes
                .iter()
                .enumerate()
                .filter(|(_, class)| answer.chances[class[0]] == step.value);
            let mut gains: Vec<i64> = level.map(|(c, _)| to[c] - from[c]).collect();
            gains.sort_unstable();
            if gains.iter().any(|&gain| gain != 0) {
                return gains[0] >= 0;
            }
        }
        false
    };
    let pairs = weighty
        .into_iter()
        .flat_map(|from| (0..answer.columns.len()).map(move |to| (from, to)));
    pairs
        .into_iter()
        .find(|&(from, to)| fairer(&answer.columns[from], &answer.columns[to]))
}
