//! Telling the caller how far the work is.

use std::ops::ControlFlow;

/// What is being computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Raising the levels of the fairness rule.
    Levels,
    /// Asking whether people without a panel have one.
    Inclusion,
    /// Writing the chances as a mixture of compositions.
    Decomposition,
    /// Mixing more compositions in.
    Spread,
}

/// A callback for long work. Return [`ControlFlow::Break`] to cancel; the work ends with
/// [`ErrorKind::Cancelled`](crate::ErrorKind::Cancelled).
pub trait Progress {
    /// Called now and then with units done and, when known, the total.
    fn update(&mut self, stage: Stage, done: u64, total: Option<u64>) -> ControlFlow<()>;
}

/// Ignores everything.
impl Progress for () {
    fn update(&mut self, _: Stage, _: u64, _: Option<u64>) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}
