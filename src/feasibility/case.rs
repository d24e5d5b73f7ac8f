//! A problem whose parts need not fit each other.

use std::fmt;

use crate::certificate::Infeasibility;
use crate::error::{ErrorKind, Problem, Result};
use crate::instance::Instance;
use crate::kernel::branch::Effort;
use crate::pool::{Pool, PoolDraft};
use crate::quota::{Quotas, QuotasDraft};
use crate::selection::conflict::{Answer, Pin, Sides, Trial, finding};
use crate::selection::model::Model;

use super::Options;
use super::panel;

/// Pool, quotas and panel size, each sound in itself; whether any panel meets them is the question. Cheap to clone.
#[derive(Clone)]
pub struct Case {
    instance: Instance,
    misfits: Vec<Problem>,
}

/// Prints counts, never a person's values.
impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Case")
            .field("instance", &self.instance)
            .field("misfits", &self.misfits.len())
            .finish()
    }
}

impl From<Instance> for Case {
    fn from(instance: Instance) -> Self {
        Self {
            instance,
            misfits: vec![],
        }
    }
}

impl Case {
    /// Checks all that [`Instance::new`] checks, but takes what is a [misfit](Problem::is_misfit) as a finding.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with every problem when one of them is no misfit: a value without a quota, a size of 0.
    pub fn new(pool: Pool, quotas: Quotas, size: u32) -> Result<Self> {
        Self::from_drafts(pool.into(), quotas.into(), size)
    }

    /// As [`new`](Self::new), from what was read.
    pub(crate) fn from_drafts(pool: PoolDraft, quotas: QuotasDraft, size: u32) -> Result<Self> {
        let (instance, misfits) = Instance::lenient(pool, quotas, size)?;
        Ok(Self { instance, misfits })
    }

    /// The problem as an instance. Unlike one from [`Instance::new`] its parts need not fit: a maximum of a feature's
    /// values may be too low for the size, or a minimum too high for the pool. Every rule then finds no panel.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.instance
    }

    /// What [`Instance::new`] would have refused: located, and each by itself a proof that no panel exists.
    #[must_use]
    pub fn misfits(&self) -> &[Problem] {
        &self.misfits
    }

    /// Why no panel exists, or `None` when one does.
    ///
    /// The finding is minimal ([`Infeasibility::minimal`]) unless the work limit came first. Clashes that are easy to understand come
    /// before others: one quota or the size against the pool, then a feature's sums against the size; a clash that needs no household
    /// rule before one that does.
    ///
    /// Deterministic. Deciding whether a panel exists has no bound better than exponential; with a proof of the relaxation it
    /// is a few dozen linear programs.
    ///
    /// # Errors
    /// [`ErrorKind::LimitReached`] when the work limit comes before it is known whether there is a panel: `work_limit(0)`.
    pub fn explain(&self, options: &Options) -> Result<Option<Infeasibility>> {
        let mut effort = Effort::new(options.question());
        let model = Model::new(&self.instance);
        match self.panel(&model, &mut effort)? {
            Some(_) => Ok(None),
            None => Ok(Some(finding(
                (&self.instance, &model),
                Pin::Nobody,
                &mut effort,
            ))),
        }
    }

    /// Any panel, as seats per column of the model.
    pub(super) fn panel(&self, model: &Model, effort: &mut Effort) -> Result<Option<Vec<u32>>> {
        if effort.exhausted() {
            return Err(limit("asking whether there is a panel at all", effort));
        }
        let trial = Trial::new(model, Pin::Nobody);
        match trial.panel(&Sides::all(&self.instance), effort) {
            Answer::Feasible(point) => Ok(Some(panel::seats(&point))),
            Answer::Infeasible(_) | Answer::Searched => Ok(None),
            Answer::Limit => Err(limit("asking whether there is a panel at all", effort)),
        }
    }
}

/// The error that says what was being done.
pub(super) fn limit(doing: &str, effort: &Effort) -> crate::Error {
    ErrorKind::LimitReached {
        doing: doing.into(),
        work: effort.spent(),
    }
    .into()
}
