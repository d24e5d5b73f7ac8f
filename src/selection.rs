//! Who gets which chance: rules that turn an [`Instance`](crate::Instance) into a [`Distribution`] with a
//! [`Certificate`](crate::Certificate).

mod assess;
mod certify;
pub(crate) mod conflict;
mod convex;
mod distribution;
mod diversimax;
mod entropy;
mod frame;
mod framed;
mod hull;
mod inclusion;
mod levels;
mod manipulation;
pub(crate) mod model;
mod objective;
mod progress;
mod rule;
mod solve;
mod spread;
mod tickets;

pub use assess::{Assessment, Basis, Measured};
pub(crate) use inclusion::admits_panel;

pub use distribution::{Composition, DENOMINATOR, Distribution, Work};
pub use manipulation::{Gain, manipulation_gain};
pub use progress::{Progress, Stage};
pub use rule::{Gamma, Rule, Selector};
pub use tickets::RoundingMethod;
