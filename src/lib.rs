//! Sortition for citizens' assemblies: from a pool of volunteers to a panel that anyone can check.
//!
//! A city asks for volunteers, and wants a panel that looks like the city: so many women, so many under thirty, so many
//! tenants. Many panels meet such quotas. This crate computes the *lottery* over them that is fairest to the
//! volunteers, proves that it is, lets the city publish it before any dice are thrown, draws from it with public randomness, and
//! gives everybody the means to check all of it afterwards.
//!
//! ```
//! use kleroterion::{Instance, Pool, Quotas, Ratio, Rule, audit, lottery::Sources};
//!
//! let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
//! let volunteers = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
//! let pool = volunteers.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
//! let instance = Instance::new(pool, quotas, 2)?; // every problem at once, located
//! let lottery = Rule::Leximin.distribution(&instance)?.into_lottery().announce(["dice, thrown in public"])?;
//! println!("publish before the dice are thrown: {}", lottery.commitment());
//! let draw = lottery.draw(&Sources::new(["3-5-4-6"])?)?;
//! audit::verify(&draw.transcript(), &instance)?;
//!
//! let chances: Vec<Ratio> = lottery.probabilities().into_iter().map(|(_, chance)| chance).collect();
//! assert_eq!(chances, [Ratio::new(1, 2), Ratio::new(1, 1), Ratio::new(1, 2)]); // the only man sits for certain
//! # Ok::<(), kleroterion::Error>(())
//! ```
//!
//! The same from CSV files, step by step and without a line of code, is in the README; the formats are in SPEC.md, the
//! reasons in DESIGN.md.
//!
//! # What is promised
//! - **Exact.** A leximin lottery raises the lowest chance as far as any lottery could, then the second lowest, and so on. At every level the
//!   chance and what is proven to be the most possible agree within 10^-9.
//! - **Equal.** People with equal values and an equal household situation have exactly equal chances, as integers.
//!   (A [panel list](Distribution::panel_list) of N tickets rounds: there chances of equals may differ by a ticket, more where the quotas leave no choice.)
//! - **Proven.** The [`Certificate`] holds integers. [`audit`] checks them with additions and multiplications and has no solver. What it could
//!   not check it reports as *not checked*, with the reason.
//! - **Public.** The commitment fixes the lottery before the seed exists; the seed grows from commitment and public
//!   [`Sources`](lottery::Sources); nobody can set it. A changed value anywhere in a [`Transcript`](lottery::Transcript) makes
//!   [`audit::verify`] reject it.
//! - **Private.** Lottery, certificate, transcript and report hold ids and counts, never one person's values; `Debug` neither.
//! - **Whole.** All problems of an input are reported together, with file, row, column, what was found and what was
//!   expected. No rule ever stands in for another: what cannot be computed is an error.
//!
//! # The words
//! | word | meaning |
//! |---|---|
//! | pool, person | those who volunteered, and one of them: an opaque id, one value per feature, possibly a household |
//! | feature, value, quota | `age`, `16-29`, and how many seats people with that value get: `8..=9` |
//! | panel | as many people as there are seats, who together meet every quota |
//! | group, unit, role | a group's units are interchangeable: single people with equal values, or households whose members have the same values; a role is one set of values in the unit |
//! | composition | how many seats each role of each group gets |
//! | rule | what is fair: [`Rule::Leximin`], the default, or another [`Rule`] |
//! | lottery, ticket | the panels or compositions with integer weights; the number that picks one |
//! | certificate | integers which show that no lottery does better |
//! | commitment, sources, seed | what is published first, what chance then adds, and what the two give |
//! | draw, alternate | the panel; everybody else in the order in which they are asked to step in |
//! | transcript | the whole record of a draw, for anyone to check |
//!
//! # The map
//! ```text
//! Pool + Quotas + size ─► Instance ─(Rule)─► Distribution ─► Lottery ─(Sources)─► Draw ─► Transcript ─► verify
//! ```
//! - [`pool`], [`quota`], [`Instance`], [`Group`]: the checked problem; they know no algorithm.
//! - [`selection`]: rules, from an instance to a [`Distribution`] with a [`Certificate`]. No randomness.
//! - [`feasibility`]: whether a panel exists at all; why not, and the least that would have to change.
//! - [`lottery`]: commitment, sources, seed, draw, transcript. No optimisation.
//! - [`ceremony`]: the same as a public ceremony, one state after the other, from the registered pool to the last replacement.
//! - [`audit`]: checks all of it. It imports neither `selection` nor the numerics below it.
//! - [`lottery::DirectRule`]: draws without an explicit lottery, and without a certificate.
//! - [`quota::Shares`]: quotas from population figures. [`recruitment`]: who is invited and with what chance.
//! - [`assembly`]: after the draw: who steps in for whom, how many to keep ready, how many to seat so that enough stay.
//! - [`evidence`]: what deliberation changed: reasons and conclusions, opinions, speaking time; what models of influence imply.
//! - [`pool_commitment`]: a root for the public, a receipt for every member, openings for the auditor. [`privacy`]: pseudonyms, and what must not be published.
//! - [`metrics`]: figures for readers. `io`: CSV, JSON, `report.html`.
//! - [`Error`]: one error type; [`ErrorKind`] says at which stage, [`Problem`] lists every code.
//!
//! # Same input, same bytes
//! Lottery and certificate depend on the pool's ids, values and households, the quotas, the size, the rule and the options; the
//! commitment also on the names of the id and household columns and on what is announced; the draw also on the sources. Nothing
//! else has a say: not the order of rows, the machine, the clock or the number of threads. Limits count work, never seconds.
//! Floating-point numbers guide the search with `+ - * /` and square root only, which every platform rounds alike; what
//! is published are integers. Every later version verifies every earlier version's transcripts. Another version may
//! compute another lottery for the same input (with the same chances); CHANGELOG.md lists this under "Value changes".
//!
//! # What it does not do
//! It draws who is invited but sends no letters. It does not decide which quotas are right, check that volunteers exist or keep the pool safe. It
//! cannot see whether a commitment was really published before the source was known, nor whether a source could be
//! chosen by somebody. People who fit no panel get the chance 0; they are named and the proof is given, but no quota is
//! changed for them. It asks nobody to step in: it says who is next when somebody drops out ([`assembly`]).
//!
//! # Features
//! | feature | default | what for | brings in |
//! |---|---|---|---|
//! | `csv` | yes | `io::Files`, tables of results | `csv` |
//! | `json` | yes | `io::json`: reading the files of the record | `serde_json` |
//! | `report` | yes | `io::report`: `report.html` | `maud`, `plotters` |
//! | `toml` | no | case files of processes ([`assembly::process`]) and terms of a draw in TOML | `toml` |
//! | `calendar` | no | the meetings of a process as iCalendar | `icalendar` |
//! | `statistics` | no | p-values from distributions in [`evidence`] (those by permutation are always there) | `statrs` |
//! | `runoff` | no | instant runoff in [`assembly::ballot`] | `vote` |
//! | `drand` | no | checks the signatures of drand rounds; without it they are reported as not checked | `drand-verify` |
//! | `rfc3797` | no | [`lottery::ListMethod::Rfc3797`]: draws from a list with MD5; without it they are reported as not checked | `md-5` |
//!
//! Without them everything from pool to audit is there, with `rand_chacha`, `serde`, `sha2` and `thiserror`.
//! Rust 1.88 or later. No `unsafe`.
#![forbid(unsafe_code)]

pub mod assembly;
pub mod audit;
pub mod ceremony;
pub mod certificate;
mod error;
pub mod evidence;
pub mod feasibility;
mod group;
mod instance;
#[cfg(any(feature = "csv", feature = "json", feature = "report"))]
pub mod io;
mod kernel;
pub mod lottery;
pub mod metrics;
mod natural;
pub mod pool;
pub mod pool_commitment;
pub mod privacy;
pub mod quota;
mod ratio;
pub mod recruitment;
pub mod selection;

pub use certificate::{Certificate, Infeasibility};
pub use error::{Error, ErrorKind, Problem, Result};
pub use group::{Group, Profile};
pub use instance::{Instance, Settled};
pub use lottery::Lottery;
pub use pool::{Person, Pool};
pub use quota::{Quota, Quotas};
pub use ratio::Ratio;
pub use selection::{Distribution, Rule, Selector};

/// Compiles the README's code.
#[cfg(all(doctest, feature = "csv"))]
#[doc = include_str!("../README.md")]
struct Readme;
