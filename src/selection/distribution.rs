//! The lottery as a mixture of compositions, before anybody is drawn.

use serde::{Deserialize, Serialize};

use super::{Rule, tickets};
use crate::certificate::Certificate;
use crate::error::Result;
use crate::instance::Instance;
use crate::lottery::Lottery;
use crate::ratio::Ratio;

pub use crate::lottery::{Composition, DENOMINATOR};

/// Deterministic counts of the work done: the same on every machine, so fit for tests and for
/// [`Selector::work_limit`](super::Selector::work_limit), which bounds `pivots + nodes`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Work {
    /// Simplex pivots.
    pub pivots: u64,
    /// Search nodes.
    pub nodes: u64,
    /// Integer programs priced.
    pub pricings: u64,
    /// Pricings that needed the exact search.
    pub exact: u64,
}

/// A lottery over compositions with exact chances and the proof of what its rule claims.
///
/// `p1` and `p3` are women, `p2` is a man; a panel is a woman and a man. Group 0 are the women, group 1 is the man:
///
/// ```
/// use kleroterion::Rule;
/// use kleroterion::selection::{Composition, DENOMINATOR};
/// # use kleroterion::{Instance, Pool, Quotas};
/// # let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
/// # let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
/// # let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
/// # let instance = Instance::new(pool, quotas, 2)?;
/// let distribution = Rule::Leximin.distribution(&instance)?;
/// assert_eq!(distribution.compositions(), [Composition(vec![(0, 0, 1), (1, 0, 1)])]); // [group, role, seats]
/// assert_eq!(distribution.weights(), [DENOMINATOR]);
/// assert_eq!(distribution.certificate().levels.len(), 2); // the women's chance, then the man's
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Distribution {
    pub(crate) instance: Instance,
    pub(crate) rule: Rule,
    /// Lexicographic order, none twice.
    pub(crate) compositions: Vec<Composition>,
    /// Positive, summing to [`DENOMINATOR`].
    pub(crate) weights: Vec<u64>,
    pub(crate) certificate: Certificate,
    pub(crate) work: Work,
    /// The fewest compositions with the same chances, by column of the model: what a panel list is rounded from.
    /// Empty where these are all the compositions.
    pub(crate) base: Vec<(Vec<u32>, u64)>,
}

impl Distribution {
    /// The instance it was made for.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.instance
    }

    /// The rule that made it.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// The compositions, in lexicographic order.
    #[must_use]
    pub fn compositions(&self) -> &[Composition] {
        &self.compositions
    }

    /// One weight per composition, summing to [`DENOMINATOR`].
    #[must_use]
    pub fn weights(&self) -> &[u64] {
        &self.weights
    }

    /// The proof of what the rule claims; [`audit`](crate::audit) checks it.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The lottery to publish and draw from: a digital draw over compositions. O(size of the lottery).
    ///
    /// # Panics
    /// Never for what [`Selector`](super::Selector) made: its compositions fit the instance.
    #[must_use]
    pub fn into_lottery(self) -> Lottery {
        Lottery::from_compositions(
            self.instance,
            self.compositions,
            self.weights,
            self.certificate,
        )
        .expect("a distribution fits the instance it was made for")
    }

    /// A lottery of equally likely tickets, each an explicit panel, for draws with numbered balls: deterministic, every
    /// person's tickets at floor or ceiling of their exact share where the quotas allow. The certificate speaks of the
    /// chances before rounding and records them; [`Lottery::probabilities`] gives the chances after it.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) (`E-TICKETS`) for 0 tickets.
    ///
    /// ```
    /// use kleroterion::Rule;
    /// # use kleroterion::{Instance, Pool, Quotas};
    /// # let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
    /// # let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
    /// # let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
    /// # let instance = Instance::new(pool, quotas, 2)?;
    /// let lottery = Rule::Leximin.distribution(&instance)?.panel_list(10)?;
    /// assert_eq!(lottery.record().weights(), [5, 5]); // p1 with p2, p2 with p3
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    pub fn panel_list(mut self, tickets: u32) -> Result<Lottery> {
        if self.base.is_empty() {
            self.base = tickets::dense(&self);
        }
        let rounded = tickets::round(&self, tickets)?;
        let mut certificate = self.certificate;
        certificate.target = Some(tickets::target(&self.instance, &self.base));
        tickets::list_lottery(self.instance, &rounded, certificate)
    }

    /// What it cost to compute.
    #[must_use]
    pub fn work(&self) -> Work {
        self.work
    }

    /// Exact chance of every person, in canonical order (ascending id). O(compositions · seats + people).
    #[must_use]
    pub fn probabilities(&self) -> Vec<Ratio> {
        let groups = self.instance.groups();
        let mut seats: Vec<Vec<u64>> = groups.iter().map(|g| vec![0; g.profiles().len()]).collect();
        for (Composition(entries), weight) in self.compositions.iter().zip(&self.weights) {
            for &(group, role, count) in entries {
                seats[group as usize][role as usize] += weight * u64::from(count);
            }
        }
        let mut chances = vec![Ratio::new(0, 1); self.instance.len()];
        for (group, seats) in groups.iter().zip(&seats) {
            for (role, &expected) in seats.iter().enumerate() {
                let chance = Ratio::new(expected, DENOMINATOR * group.people_in(role) as u64);
                for &person in group.units().iter().flat_map(|unit| &unit[role]) {
                    chances[person as usize] = chance;
                }
            }
        }
        chances
    }
}
