//! Every rule that optimises one number, against oracles that try every panel.
//!
//! - `hull`: what all lotteries over the panels of a case can give, by class of interchangeable people.
//! - `linear`, `frontier`: minimax, leximin below a ceiling and the highest chance at each lowest one, in exact rationals.
//! - `squares`: least squares, in exact rationals; `nash`: the largest product, in [`double`] floating-point numbers.
//! - `optimum`: what each rule must give, put together from these. Each oracle proves its own answers.
//! - `measure`: the checks, functions on plain data; `planted` shows that each can fail.
//! - `golden`, `properties`, `tampered`, `observations`: the crate held against all of these.

mod double;
mod frontier;
mod golden;
mod hull;
mod linear;
mod measure;
mod nash;
mod observations;
mod optimum;
mod planted;
mod properties;
mod squares;
mod tampered;
mod varied;
