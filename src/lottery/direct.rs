//! Draws without an explicit lottery, with the same ceremony: commitment, sources, draw, transcript.
//!
//! The panels and their chances are never written down, so there is nothing to certify. What is committed are the pool,
//! the quotas, the size, the rule and the sources to come; what anyone can check is that the panel follows from them.

mod commit;
mod draw;
mod evenness;
mod legacy;
mod list;
mod random;
mod rule;
mod transcript;

use std::fmt;
use std::sync::Arc;

pub use commit::{DIRECT_SPEC, DirectCommit};
pub use draw::DirectDraw;
pub use evenness::Evenness;
pub use legacy::{LegacyFrequencies, legacy_frequencies};
pub use list::ListMethod;
pub use rule::DirectRule;
pub use transcript::{DIRECT_VERSION, DirectDrawn, DirectTranscript, NO_CERTIFICATE};

pub(crate) use commit::quota_order;
pub(crate) use draw::{Found, alternates, found};
pub(crate) use evenness::Intersections;

use super::commit::{Commitment, announced};
use super::transcript::Order;
use crate::error::{ErrorKind, Problem, Result};
use crate::instance::Instance;
use crate::ratio::Ratio;

/// A direct draw that is ready to be announced and drawn: its commitment is fixed. Cheap to clone.
#[derive(Clone)]
pub struct DirectLottery(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    instance: Instance,
    commit: DirectCommit,
    commitment: Commitment,
    order: Order,
}

impl DirectRule {
    /// Attempts that [`DirectRule::Legacy`] may make unless [`DirectLottery::attempts`] says otherwise.
    pub const DEFAULT_ATTEMPTS: u32 = 10_000;
    /// Most attempts that can be asked for: whoever verifies a draw repeats them all.
    pub const MOST_ATTEMPTS: u32 = 10_000_000;

    /// Fixes what is drawn from, before any source is known. Only LEGACY depends on the order of the quotas' file; no
    /// rule depends on the order of people.
    ///
    /// ```
    /// use kleroterion::lottery::{DirectRule, Sources};
    /// # use kleroterion::{Instance, Pool, Quotas, Ratio, audit};
    /// # let quotas = Quotas::builder().feature("sex").value("woman", 0..=2).value("man", 0..=2).build()?;
    /// # let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
    /// # let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
    /// # let instance = Instance::new(pool, quotas, 2)?;
    /// let lottery = DirectRule::Stratified(vec!["sex".into()]).commit(&instance)?.announce(["dice, thrown in public"])?;
    /// let draw = lottery.draw(&Sources::new(["3-5-4-6"])?)?;
    /// assert_eq!(draw.panel().len(), 2);
    /// assert_eq!(lottery.probabilities().unwrap()[0], ("p1", Ratio::new(2, 3)));
    /// audit::verify_direct(&draw.transcript(), &instance)?;
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with every problem: `E-STRATA-FEATURE` for `stratified:hight`, a feature the quotas do not
    /// have, and for a feature with `+` in its name; `E-STRATA-HOUSEHOLD` for strata, and `E-LIST-HOUSEHOLD` for a list method, in a pool where people
    /// share households.
    pub fn commit(&self, instance: &Instance) -> Result<DirectLottery> {
        let rule = self.canonical(instance)?;
        DirectLottery::rebuild(
            instance.clone(),
            DirectCommit::of(instance, rule)?,
            Order::Unproven,
        )
    }
}

impl DirectLottery {
    /// From a commit that belongs to the instance; whoever read it from a file has checked that.
    pub(crate) fn rebuild(instance: Instance, commit: DirectCommit, order: Order) -> Result<Self> {
        let commitment = commit.commitment()?;
        Ok(Self(Arc::new(Inner {
            instance,
            commit,
            commitment,
            order,
        })))
    }

    pub(crate) fn recommit(
        self,
        change: impl FnOnce(&mut DirectCommit) -> Result<()>,
    ) -> Result<Self> {
        let mut inner = Arc::unwrap_or_clone(self.0);
        change(&mut inner.commit)?;
        inner.commitment = inner.commit.commitment()?;
        Ok(Self(Arc::new(inner)))
    }

    /// Commits to what each public source will be, in order.
    ///
    /// # Errors
    /// As [`Lottery::announce`](super::Lottery::announce).
    pub fn announce<T: Into<String>>(self, texts: impl IntoIterator<Item = T>) -> Result<Self> {
        let sources = announced(texts)?;
        self.recommit(|commit| {
            commit.sources = Some(sources);
            Ok(())
        })
    }

    /// Commits to the most attempts that LEGACY makes.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-ATTEMPTS` for 0, for more than [`MOST_ATTEMPTS`](DirectRule::MOST_ATTEMPTS), and for any
    /// other rule, which makes no attempts.
    pub fn attempts(self, limit: u32) -> Result<Self> {
        let most = DirectRule::MOST_ATTEMPTS;
        if !(1..=most).contains(&limit) || self.commit().attempts.is_none() {
            let found = format!("{limit} attempts for the rule {}", self.rule());
            let expected = format!("1 to {most} attempts, and the rule legacy");
            let problem = Problem::new("E-ATTEMPTS", found, expected);
            return Err(ErrorKind::Input(vec![problem]).into());
        }
        self.recommit(|commit| {
            commit.attempts = Some(limit);
            Ok(())
        })
    }

    /// The instance it was made for.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.0.instance
    }

    /// The rule, with features in canonical order and spelling.
    #[must_use]
    pub fn rule(&self) -> &DirectRule {
        &self.0.commit.rule
    }

    /// The content of `commit.json`.
    #[must_use]
    pub fn commit(&self) -> &DirectCommit {
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

    /// Exact chance of every person, in canonical order, with the id, where the rule gives it: [`DirectRule::Random`] and
    /// [`DirectRule::Stratified`]. `None` for the others: nobody knows. O(people · log people).
    #[must_use]
    pub fn probabilities(&self) -> Option<Vec<(&str, Ratio)>> {
        let chances = match self.rule() {
            DirectRule::Random => random::random_chances(self.instance()),
            DirectRule::Stratified(_) => random::stratified_chances(self.instance()),
            DirectRule::Legacy | DirectRule::Diversimax | DirectRule::List(_) => return None,
        };
        let ids = (0..self.instance().len() as u32).map(|p| self.instance().person(p).id());
        Some(ids.zip(chances).collect())
    }
}

/// Prints the rule and the commitment.
impl fmt::Debug for DirectLottery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DirectLottery")
            .field("rule", &self.rule().to_string())
            .field("commitment", &self.commitment().to_string())
            .finish_non_exhaustive()
    }
}
