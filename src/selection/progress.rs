//! Telling the caller how far the work is.

use std::ops::ControlFlow;

/// What is being computed. Stages that an instance does not need are passed over, and some come again.
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
/// [`ErrorKind::Cancelled`](crate::ErrorKind::Cancelled). Watching changes nothing about the lottery.
///
/// ```
/// use std::ops::ControlFlow;
/// use kleroterion::selection::{Progress, Stage};
/// use kleroterion::{ErrorKind, Rule, Selector};
/// # use kleroterion::{Instance, Pool, Quotas};
/// # let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
/// # let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
/// # let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
/// # let instance = Instance::new(pool, quotas, 2)?;
/// struct Impatient;
/// impl Progress for Impatient {
///     fn update(&mut self, _: Stage, _done: u64, _total: Option<u64>) -> ControlFlow<()> {
///         ControlFlow::Break(())
///     }
/// }
/// let error = Selector::new(Rule::Leximin).progress(&mut Impatient).distribution(&instance).unwrap_err();
/// assert!(matches!(error.kind(), ErrorKind::Cancelled));
/// # Ok::<(), kleroterion::Error>(())
/// ```
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
