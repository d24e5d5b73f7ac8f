//! Planted bugs: every check accepts the right answer and reports each wrong one.

mod certificate;
mod fairness;
mod findings;
mod lottery;

use kleroterion::certificate::{Bound, Proof};
use kleroterion::selection::Rule;

use crate::case::Case;
use crate::check::Verdict;
use crate::outcome::{Ask, Lottery};
use crate::reference::{by_oracle, chances};

/// Weight moved by a bug: one half per cent.
const STEP: u64 = 5_000_000_000;

fn right(case: &Case) -> Lottery {
    by_oracle(case, &Ask::of(case, Rule::Leximin, None))
        .lottery()
        .expect("feasible")
}

/// The mutated lottery with its chances made to fit its weights again.
fn refit(case: &Case, lottery: &Lottery, change: impl FnOnce(&mut Lottery)) -> Lottery {
    let mut wrong = lottery.clone();
    change(&mut wrong);
    wrong.chances = chances(
        &wrong.groups,
        &wrong.compositions,
        &wrong.weights,
        case.people.len(),
    );
    wrong
}

/// Like [`refit`], the chances left as they were.
fn changed(lottery: &Lottery, change: impl FnOnce(&mut Lottery)) -> Lottery {
    let mut wrong = lottery.clone();
    change(&mut wrong);
    wrong
}

fn accepts(verdict: Verdict) {
    assert_eq!(verdict, Ok(()));
}

/// The check reports it, for the reason expected.
fn reports(verdict: Verdict, reason: &str) {
    let message = verdict.expect_err(&format!("a planted bug went unseen: {reason}"));
    assert!(
        message.contains(reason),
        "reported {message:?}, expected {reason:?}"
    );
}

/// The multipliers of a proof that has some.
fn bound(proof: &mut Proof) -> &mut Bound {
    match proof {
        Proof::Bound(bound) => bound,
        other => panic!("not a bound: {other:?}"),
    }
}
