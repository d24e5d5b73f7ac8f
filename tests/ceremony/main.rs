//! The ceremony: sources with a form, the terms that leave nobody a choice, its states, and what a changed record gives away.

use kleroterion::Error;
use kleroterion::lottery::{Declaration, Dice, DrandChain, DrandRound, Terms};

#[path = "../fixtures/small.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod small;

mod drawn;
mod lists;
mod sources;
mod states;
mod tampered;
mod terms;
mod vectors;

/// 23 August 2023, before quicknet began.
pub(crate) const PUBLISHED: u64 = 1_692_803_000;
pub(crate) const THROWN: u64 = PUBLISHED + 100;
pub(crate) const DEADLINE: u64 = 1_692_804_000;
pub(crate) const SIGNATURE_123: &str = "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92";
pub(crate) const SIGNATURE_1000: &str = "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39";

pub(crate) fn round(number: u64) -> DrandRound {
    DrandChain::quicknet().round(number).unwrap()
}

pub(crate) fn dice() -> Dice {
    Dice::new(4, 6).unwrap().at(THROWN)
}

/// Four dice, then round 123; round 1000 if it is missing.
pub(crate) fn terms() -> Terms {
    Terms::new([dice().into(), Declaration::from(round(123))])
        .published(PUBLISHED)
        .fallback(1, DEADLINE, round(1000))
}

pub(crate) fn values() -> Vec<String> {
    vec![
        "dice 3-5-4-6".to_owned(),
        round(123).text(SIGNATURE_123).unwrap(),
    ]
}

/// The codes of an error, in order.
pub(crate) fn codes(error: &Error) -> Vec<&str> {
    error.problems().iter().map(|p| p.code.as_str()).collect()
}
