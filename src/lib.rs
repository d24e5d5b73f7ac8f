//! Sortition for citizens' assemblies.
#![forbid(unsafe_code)]

pub mod audit;
pub mod certificate;
mod error;
mod group;
mod instance;
#[cfg(any(feature = "csv", feature = "json", feature = "report"))]
pub mod io;
mod kernel;
pub mod lottery;
pub mod metrics;
pub mod pool;
pub mod quota;
mod ratio;
pub mod selection;

pub use certificate::{Certificate, Infeasibility};
pub use error::{Error, ErrorKind, Problem, Result};
pub use group::{Group, Profile};
pub use instance::Instance;
pub use pool::{Person, Pool};
pub use quota::{Quota, Quotas};
pub use ratio::Ratio;
pub use selection::{Distribution, Rule, Selector};

/// Compiles the README's code.
#[cfg(all(doctest, feature = "csv"))]
#[doc = include_str!("../README.md")]
struct Readme;
