//! Selection against an oracle that tries every panel, and the properties of every lottery.
//!
//! `KLEROTERION_CASES=100000 cargo test --release --test oracle` runs more random cases than the default.
//!
//! - `case`, `generate`: instances as plain data, and random ones built around planted panels; `minimise` makes failing ones small.
//! - `exact`, `leximin`: the oracle, in exact rationals; it proves each of its answers by its own duals.
//! - `check`: the properties, functions on plain data; `planted` shows that each can fail.
//! - `properties`, `medium`, `golden`: the crate held against all of these.
//! - `draws`: how often people are drawn, held against their chances.
//! - `stubborn`: instances that a relaxation misjudges.
//! - `reference`: a solver made of the oracle, to try the checks on right answers.

mod case;
mod check;
mod draws;
mod exact;
mod generate;
mod golden;
mod housemates;
mod leximin;
mod medium;
mod minimise;
mod outcome;
mod planted;
mod properties;
mod reference;
mod rules;
mod stubborn;
