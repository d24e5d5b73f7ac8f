//! From chances to a public draw.
//!
//! A [`Lottery`] is fixed and published before the seed exists: its [`Commitment`] first, then the public
//! [`Sources`], then the [`Draw`]. A [`DirectRule`] draws without an explicit lottery, with the same ceremony. The formats
//! are stated in SPEC.md.

mod chances;
mod commit;
mod composition;
mod digest;
mod direct;
mod draw;
mod equals;
mod given;
mod import;
mod record;
mod registration;
mod seed;
mod shape;
mod source;
mod stage_one;
mod stream;
mod terms;
mod transcript;

use std::fmt;
use std::sync::Arc;

pub use commit::{
    Columns, Commit, Commitment, CommittedLottery, CommittedPool, CommittedQuota, Entry, SPEC,
    Scalar,
};
pub use composition::{Composition, DENOMINATOR};
pub use digest::Digest;
pub use direct::{
    DIRECT_SPEC, DIRECT_VERSION, DirectCommit, DirectDraw, DirectDrawn, DirectLottery, DirectRule,
    DirectTranscript, Evenness, LegacyFrequencies, ListMethod, NO_CERTIFICATE, legacy_frequencies,
};
pub use draw::Draw;
pub use equals::Inequality;
pub use import::{Import, Imported};
pub use record::{Form, Record, UnitsById};
pub use registration::{REGISTRATION_SPEC, Registration};
pub use seed::{Seed, Sources};
pub use source::{Balls, Declaration, Dice, DrandChain, DrandRound, Drawing, Fallback, NistPulse};
pub use stage_one::StageOne;
pub use stream::Stream;
pub use terms::{CommittedPolicy, Predecessor, Software, Terms};
pub use transcript::{Drawn, Order, Transcript, VERSION};

pub(crate) use chances::{expected_seats, probabilities, tickets};
pub(crate) use commit::{certificate_digest, pool_digest};
pub(crate) use direct::{Found, Intersections, alternates, found, quota_order};
pub(crate) use draw::{Outcome, outcome};
pub(crate) use given::{Given, matching};
pub(crate) use shape::Check;
pub(crate) use source::{Promises, Taken, Value, broken_rules, loose_ends, signature_holds, taken};
pub(crate) mod check {
    //! Whether a published lottery fits its instance.
    pub(crate) use super::shape::{feasible, groups, household_rule, meets, order, panel, weights};
}

use crate::certificate::Certificate;
use crate::error::{ErrorKind, Result};
use crate::instance::Instance;
use crate::ratio::Ratio;

/// A lottery that can be drawn from: it fits its instance, and its commitment is fixed. Cheap to clone.
#[derive(Clone)]
pub struct Lottery(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    instance: Instance,
    record: Record,
    certificate: Certificate,
    commit: Commit,
    commitment: Commitment,
    order: Order,
}

impl Lottery {
    /// A lottery over compositions of the instance's [groups](Instance::groups), with weights over [`DENOMINATOR`].
    /// Whether the certificate holds is a question for [`audit`](crate::audit).
    ///
    /// # Errors
    /// [`ErrorKind::Rejected`] when the lottery does not fit the instance: compositions out of order, one that misses a
    /// quota, weights that do not sum to 10^12. [`ErrorKind::Format`] when the certificate holds an integer beyond
    /// ±(2^53 − 1).
    pub fn from_compositions(
        instance: Instance,
        compositions: Vec<Composition>,
        weights: Vec<u64>,
        certificate: Certificate,
    ) -> Result<Self> {
        let groups = record::groups_by_id(&instance);
        let record = Record::new(
            Form::Compositions {
                compositions,
                groups,
            },
            DENOMINATOR,
            weights,
        );
        Self::new(instance, record, certificate)
    }

    /// A lottery over panels of ids, each with its tickets. Ids ascend inside a panel, panels are in lexicographic order.
    ///
    /// # Errors
    /// As [`from_compositions`](Self::from_compositions); also for an id that is not in the pool.
    pub fn from_panels(
        instance: Instance,
        panels: Vec<Vec<String>>,
        tickets: Vec<u64>,
        certificate: Certificate,
    ) -> Result<Self> {
        let denominator = tickets
            .iter()
            .try_fold(0_u64, |sum, &t| sum.checked_add(t))
            .unwrap_or(u64::MAX);
        let record = Record::new(Form::Panels { panels }, denominator, tickets);
        Self::new(instance, record, certificate)
    }

    /// A lottery in either form that was made elsewhere, as it stands in a `lottery.json`. Its certificate claims nothing:
    /// [`Rule::assess`](crate::Rule::assess) says how far it is from what a rule asks for.
    ///
    /// # Errors
    /// For a list of panels every problem that [`Import::check`] names, such as `E-IMPORT-ID` for an id that is not in the
    /// pool. Otherwise as [`from_compositions`](Self::from_compositions) and [`from_panels`](Self::from_panels).
    pub fn imported(instance: Instance, record: Record) -> Result<Self> {
        if let Form::Panels { panels } = record.form() {
            let listed = panels.iter().zip(record.weights());
            let import = listed.fold(Import::new(), |import, (ids, weight)| {
                import.panel(weight.to_string(), ids)
            });
            import.check(&instance)?;
        }
        Self::new(instance, record, Certificate::imported())
    }

    fn new(instance: Instance, record: Record, certificate: Certificate) -> Result<Self> {
        let commit = Commit::of(&instance, &record, &certificate)?;
        Self::rebuild(instance, record, certificate, (commit, Order::Unproven))
    }

    /// From parts that belong together; whoever read them from files has checked the digests.
    pub(crate) fn rebuild(
        instance: Instance,
        record: Record,
        certificate: Certificate,
        (commit, order): (Commit, Order),
    ) -> Result<Self> {
        shape::weights(&record)
            .and_then(|()| shape::order(&record))
            .and_then(|()| shape::groups(&record, &instance))
            .and_then(|()| shape::feasible(&record, &instance))
            .and_then(|()| probabilities(&record, &instance).map(drop))
            .map_err(ErrorKind::Rejected)?;
        let commitment = commit.commitment()?;
        Ok(Self(Arc::new(Inner {
            instance,
            record,
            certificate,
            commit,
            commitment,
            order,
        })))
    }

    /// Commits to what each public source will be, in order.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with every problem: `E-ANNOUNCE-NONE` for no text at all, `E-ANNOUNCE-EMPTY` for `""`,
    /// `E-ANNOUNCE-SPACE` for `"dice "`.
    pub fn announce<T: Into<String>>(self, texts: impl IntoIterator<Item = T>) -> Result<Self> {
        let sources = commit::announced(texts)?;
        self.recommit(|commit| {
            commit.sources = Some(sources);
            Ok(())
        })
    }

    /// The same lottery with another commitment.
    pub(crate) fn recommit(self, change: impl FnOnce(&mut Commit) -> Result<()>) -> Result<Self> {
        let mut inner = Arc::unwrap_or_clone(self.0);
        change(&mut inner.commit)?;
        inner.commitment = inner.commit.commitment()?;
        Ok(Self(Arc::new(inner)))
    }

    /// The instance it was made for.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.0.instance
    }

    /// The content of `lottery.json`.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.0.record
    }

    /// The proof of fairness.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.0.certificate
    }

    /// The content of `commit.json`.
    #[must_use]
    pub fn commit(&self) -> &Commit {
        &self.0.commit
    }

    /// What to publish before the sources are known.
    #[must_use]
    pub fn commitment(&self) -> Commitment {
        self.0.commitment
    }

    /// Whether it was read from files of an earlier run.
    #[must_use]
    pub fn order(&self) -> Order {
        self.0.order
    }

    /// The ticket of each label, when the [terms](Self::on_terms) shuffle the labels of a list of panels: label 0 first. This is the list to print
    /// before balls are drawn. O(tickets).
    #[must_use]
    pub fn labels(&self) -> Option<Vec<u64>> {
        given::labels(self.commit()).ok().flatten()
    }

    /// Exact chance of every person, in canonical order (ascending id), with the id. O(people + seats).
    #[must_use]
    pub fn probabilities(&self) -> Vec<(&str, Ratio)> {
        let ids = (0..self.instance().len() as u32).map(|p| self.instance().person(p).id());
        // A lottery fits its instance, so the chances exist.
        ids.zip(probabilities(self.record(), self.instance()).unwrap_or_default())
            .collect()
    }
}

/// Prints counts and the commitment.
impl fmt::Debug for Lottery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lottery")
            .field("record", self.record())
            .field("commitment", &self.commitment().to_string())
            .finish_non_exhaustive()
    }
}
