//! What a model of social influence implies for a seating plan: Friedkin–Johnsen, with DeGroot as a special case, and bounded confidence.
//!
//! **This shows what a model implies and forecasts nothing.** An opinion here is one number, and people change it by taking
//! averages. Real members give reasons, change the question, and surprise. What such a model can answer is a question about a *plan*: if people did influence each other
//! like this, would four rounds at changing tables bring everybody into contact, or leave islands? The answer depends on every weight that was
//! put in, none of which can be measured before an assembly meets.
//!
//! - [`Influence`]: everybody's weights in one matrix, step by step or in equilibrium.
//! - [`Simulation`]: members at tables over rounds, with weights from who sits where, people who leave, and noise.
//!
//! Sources: DeGroot, *Journal of the American Statistical Association* 69, 1974; Friedkin and Johnsen, *Journal of Mathematical Sociology* 15, 1990; Hegselmann and
//! Krause, *Journal of Artificial Societies and Social Simulation* 5(3), 2002.

mod course;
mod influence;
mod member;
mod rounds;
mod simulation;

pub use course::{Course, Snapshot};
pub use influence::Influence;
pub use member::{Attention, Member};
pub use rounds::Rounds;
pub use simulation::{Model, Noise, Simulation};
