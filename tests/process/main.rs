//! The process as data: the checks, the case files, the regular road, and what is written for others.
#![cfg(all(feature = "toml", feature = "json", feature = "calendar"))]

mod checks;
mod exports;
mod files;
mod road;

use kleroterion::assembly::Day;
use kleroterion::assembly::process::Case;

const COMPLETE: &str = include_str!("complete.toml");

/// A made-up process of which everything is recorded.
fn complete() -> Case {
    Case::from_toml(COMPLETE, "complete.toml").expect("a case")
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}
