//! Whether a panel exists at all; why not, and the least that would have to change.
//!
//! A [`Case`] is a pool, quotas and a panel size that need not fit each other. [`Case::explain`] names a set of rules that clash and
//! of which none can be left out; [`Case::suggest`] lists the smallest changes that make a panel possible, by several
//! measures, each as something that can be applied; [`Case::inclusion`] says who is in no panel and who is in every one.
//!
//! ```
//! use kleroterion::feasibility::{Case, Options};
//! use kleroterion::{Pool, Quotas};
//!
//! let quotas = Quotas::builder()
//!     .feature("age").value("16-29", 2..=2).value("30+", 1..=1)
//!     .feature("area").value("rural", 2..=3).value("urban", 0..=1)
//!     .build()?;
//! let people = [("p1", "16-29", "urban"), ("p2", "16-29", "urban"), ("p3", "30+", "rural"), ("p4", "30+", "rural")];
//! let pool = people.into_iter().fold(Pool::builder(), |pool, (id, age, area)| pool.person(id, [("age", age), ("area", area)]));
//! let case = Case::new(pool.build()?, quotas, 3)?;
//!
//! let clash = case.explain(&Options::default())?.expect("no panel exists");
//! assert_eq!(clash.parts(), ["age = 16-29: at least 2", "area = urban: at most 1"]);
//! assert_eq!(clash.sentence().unwrap(), "so it needs 1 person with age 16-29 and area rural; the pool has 0");
//!
//! let suggestions = case.suggest(&Options::default())?;
//! let first = &suggestions.relaxations[0];
//! assert_eq!(first.to_string(), "age = 16-29: minimum 2 -> 1; age = 30+: maximum 1 -> 2");
//! assert!(kleroterion::Rule::Leximin.distribution(&first.apply(&case)?).is_ok());
//! # Ok::<(), kleroterion::Error>(())
//! ```

mod case;
mod goals;
mod inclusion;
mod options;
mod panel;
mod program;
mod relaxation;

pub use case::Case;
pub use inclusion::{Inclusion, Outlier};
pub use options::{Goal, Options};
pub use relaxation::{Households, QuotaChange, Relaxation, Suggestions};
