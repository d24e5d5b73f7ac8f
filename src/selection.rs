//! Who gets which chance: rules that turn an [`Instance`] into a [`Distribution`] with a [`Certificate`].

mod distribution;
mod progress;
mod rule;

pub use distribution::{Composition, DENOMINATOR, Distribution, Work};
pub use progress::{Progress, Stage};
pub use rule::{Rule, Selector};
