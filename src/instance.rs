//! The validated problem: pool, quotas and panel size that fit together.

mod canonical;
mod check;
mod joint;
mod settled;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

use crate::error::{Error, ErrorKind, Problem, Result};
use crate::group::{self, Group, Profile};
use crate::pool::{Person, Pool, PoolDraft};
use crate::quota::{Quota, Quotas, QuotasDraft};

use canonical::Canonical;
#[cfg(feature = "csv")]
pub(crate) use settled::Part;
pub use settled::Settled;

/// A problem that has been checked: whoever holds one needs to check nothing again. Cheap to clone.
///
/// Everything about it is in *canonical order*, which does not depend on the order of rows: people by ascending bytes
/// of their ids, quotas by folded feature and folded value.
///
/// A joint feature is resolved here, because only the pool's columns tell that it is one: from then on it is a feature
/// with a value per person like any other, and everything to the right needs to know nothing about it.
///
/// ```
/// use kleroterion::{Instance, Pool, Quotas};
///
/// let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
/// let pool = Pool::builder()
///     .person("p2", [("sex", "Man")])
///     .person("p1", [("sex", "woman")])
///     .person("p3", [("sex", "woman")])
///     .build()?;
/// let instance = Instance::new(pool, quotas, 2)?;
/// assert_eq!(instance.person(0).id(), "p1");
/// assert_eq!(instance.groups().len(), 2);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Clone, Deserialize)]
#[serde(try_from = "InstanceData")]
pub struct Instance(Arc<Inner>);

struct Inner {
    pool: Pool,
    given: Quotas,
    size: u32,
    canonical: Canonical,
    /// Canonical order of people: ascending id bytes; entries are source positions.
    order: Vec<u32>,
    /// Profiles in canonical order of people.
    profiles: Vec<Profile>,
    /// For people of a household not all of whom may sit: its lowest canonical index, and how many may.
    household: Vec<Option<(u32, u32)>>,
    groups: Vec<Group>,
    warnings: Vec<Problem>,
}

impl Instance {
    /// Checks everything and reports every problem at once.
    ///
    /// Cost: time O(p·(f + log p)) for p people with f features.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with every problem of the [table](Problem) that code can cause: a value or a feature that
    /// the pool does not have, a minimum above the number of people with that value, sums of minimums or maximums that
    /// pass by the panel size, a joint quota that names no pair or contradicts the quotas of its features, a size of 0,
    /// above the pool or above the number of households.
    pub fn new(pool: Pool, quotas: Quotas, size: u32) -> Result<Self> {
        Self::from_drafts(pool.into(), quotas.into(), size)
    }

    /// Joins what reading found with what the parts say about each other.
    pub(crate) fn from_drafts(pool: PoolDraft, quotas: QuotasDraft, size: u32) -> Result<Self> {
        let (instance, misfits) = Self::lenient(pool, quotas, size)?;
        if misfits.is_empty() {
            Ok(instance)
        } else {
            Err(ErrorKind::Input(misfits).into())
        }
    }

    /// An instance whose parts need not fit each other, and the [misfits](Problem::is_misfit): no panel can exist when there
    /// is one.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with all problems, misfits among them, when there is any other.
    pub(crate) fn lenient(
        pool: PoolDraft,
        quotas: QuotasDraft,
        size: u32,
    ) -> Result<(Self, Vec<Problem>)> {
        let checked = check::check(&pool, &quotas, size);
        let mut problems = merge(quotas.problems, checked.quota_problems);
        problems.extend(merge(pool.problems, checked.pool_problems));
        problems.extend(checked.size_problems);
        let (mut warnings, problems): (Vec<_>, Vec<_>) =
            problems.into_iter().partition(Problem::is_warning);
        let sound = problems.iter().all(Problem::is_misfit);
        let (true, Some(pool), Some(given)) = (sound, pool.pool, quotas.quotas) else {
            return Err(ErrorKind::Input(problems).into());
        };
        warnings = merge(given.warnings.clone(), warnings);
        warnings.extend(pool.warnings.iter().cloned());
        let order = canonical::order(&pool);
        let mut by_position = checked.profiles;
        let profiles: Vec<Profile> = order
            .iter()
            .map(|&at| std::mem::take(&mut by_position[at as usize]))
            .collect();
        let household = canonical::households(&pool, &order);
        let groups = group::group(&profiles, &household);
        let canonical = checked.canonical;
        let instance = Self(Arc::new(Inner {
            pool,
            given,
            size,
            canonical,
            order,
            profiles,
            household,
            groups,
            warnings,
        }));
        Ok((instance, problems))
    }

    /// The pool as given.
    #[must_use]
    pub fn pool(&self) -> &Pool {
        &self.0.pool
    }

    /// The quotas as given, in source order.
    #[must_use]
    pub fn given_quotas(&self) -> &Quotas {
        &self.0.given
    }

    /// Seats on a panel.
    #[must_use]
    pub fn size(&self) -> u32 {
        self.0.size
    }

    /// The quotas in canonical order: by folded feature, then folded value. Profiles index into this.
    ///
    /// A joint quota stands here as `age × gender` = `16-29 × woman`, the features in the order of their folded names.
    /// Where people of the pool are in none of its cells, one more quota `other` with `0..=size` holds them.
    #[must_use]
    pub fn quotas(&self) -> &[Quota] {
        &self.0.canonical.quotas
    }

    /// The indices in [`quotas`](Self::quotas) of the values of the feature with this canonical index.
    #[must_use]
    pub fn quotas_of(&self, feature: usize) -> std::ops::Range<usize> {
        self.0.canonical.of_feature(feature)
    }

    /// Position among the [given](Self::given_quotas) of the quota with this canonical index. `None` for the one that is
    /// nobody's wish: people who are in no listed cell of a joint feature, `0..=size` of them.
    #[must_use]
    pub fn given_position(&self, quota: usize) -> Option<usize> {
        self.0.canonical.origins[quota]
    }

    /// The folded names of the two features that this feature (by canonical index) is made of, in ascending order;
    /// `None` for a feature that has a column of its own.
    #[must_use]
    pub fn joint_parts(&self, feature: usize) -> Option<[&str; 2]> {
        let parts = self.0.canonical.parts[feature].as_ref()?;
        Some(parts.each_ref().map(String::as_str))
    }

    /// The features in canonical order. Every profile has one entry per feature, in this order.
    #[must_use]
    pub fn features(&self) -> &[String] {
        &self.0.canonical.features
    }

    /// The features in canonical order, folded: trimmed, inner white space collapsed, case folded.
    #[must_use]
    pub fn folded_features(&self) -> &[String] {
        &self.0.canonical.folded_features
    }

    /// The values of [`quotas`](Self::quotas), folded, in the same order.
    #[must_use]
    pub fn folded_values(&self) -> &[String] {
        &self.0.canonical.folded_values
    }

    /// The folded value that the person with this canonical index has for the feature with this canonical index.
    #[must_use]
    pub fn folded_value(&self, person: u32, feature: usize) -> &str {
        &self.0.canonical.folded_values[self.profile(person)[feature] as usize]
    }

    /// Number of people.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.order.len()
    }

    /// True without people (never for a checked instance).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.order.is_empty()
    }

    /// The person with this canonical index (people in ascending order of id bytes).
    #[must_use]
    pub fn person(&self, index: u32) -> &Person {
        &self.0.pool.people[self.0.order[index as usize] as usize]
    }

    /// The canonical index of the person with this id, if there is one. Cost: O(log people).
    #[must_use]
    pub fn find(&self, id: &str) -> Option<u32> {
        let found = self
            .0
            .order
            .binary_search_by(|&at| self.0.pool.people[at as usize].id.as_str().cmp(id));
        found.ok().and_then(|index| u32::try_from(index).ok())
    }

    /// Position in the source of the person with this canonical index.
    #[must_use]
    pub fn position(&self, index: u32) -> usize {
        self.0.order[index as usize] as usize
    }

    /// The profile of the person with this canonical index.
    #[must_use]
    pub fn profile(&self, index: u32) -> &Profile {
        &self.0.profiles[index as usize]
    }

    /// How many of these people, by canonical index, have the value of each quota, in canonical order. O(people · features).
    ///
    /// ```
    /// # use kleroterion::{Instance, Pool, Quotas};
    /// # let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
    /// # let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
    /// # let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
    /// # let instance = Instance::new(pool, quotas, 2)?;
    /// assert_eq!(instance.people_per_quota(0..3), [1, 2]); // a man, two women
    /// assert_eq!(instance.people_per_quota([0]), [0, 1]); // p1
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    #[must_use]
    pub fn people_per_quota(&self, people: impl IntoIterator<Item = u32>) -> Vec<u32> {
        let mut counts = vec![0; self.quotas().len()];
        for person in people {
            for &quota in self.profile(person) {
                counts[quota as usize] += 1;
            }
        }
        counts
    }

    /// The lowest canonical index among the person's housemates, the person included; `None` for somebody who lives alone,
    /// or whose whole household may sit.
    #[must_use]
    pub fn household(&self, index: u32) -> Option<u32> {
        self.0.household[index as usize].map(|(first, _)| first)
    }

    /// Most people of the person's household on a panel: what the household rule says, less those who sit already
    /// ([`settle`](Self::settle)). 1 for whom [`household`](Self::household) is `None`.
    #[must_use]
    pub fn household_room(&self, index: u32) -> u32 {
        self.0.household[index as usize].map_or(1, |(_, room)| room)
    }

    /// True when a household column was named, whether or not anybody shares a household.
    #[must_use]
    pub fn has_household_rule(&self) -> bool {
        !self.0.pool.household_columns.is_empty()
    }

    /// Does the household rule let several people of some household sit?
    pub(crate) fn seats_housemates(&self) -> bool {
        self.groups().iter().any(|group| group.most_per_unit() > 1)
    }

    /// The groups of interchangeable people, in canonical order.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.0.groups
    }

    /// Number of different profiles in the pool.
    pub(crate) fn number_of_profiles(&self) -> u64 {
        let profiles: BTreeSet<&Profile> = self.0.profiles.iter().collect();
        profiles.len() as u64
    }

    /// What was found odd but harmless, in the quotas and in the pool.
    #[must_use]
    pub fn warnings(&self) -> &[Problem] {
        &self.0.warnings
    }
}

/// Prints counts, never a person's values.
impl fmt::Debug for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Instance")
            .field("people", &self.len())
            .field("size", &self.size())
            .field("quotas", &self.quotas().len())
            .field("groups", &self.groups().len())
            .finish_non_exhaustive()
    }
}

/// Both in row order, problems without a row first.
fn merge(mut problems: Vec<Problem>, more: Vec<Problem>) -> Vec<Problem> {
    problems.extend(more);
    problems.sort_by_key(|p| p.row);
    problems
}

/// An instance as serialised: what was given; everything else is worked out and checked again.
#[derive(Deserialize)]
struct InstanceData {
    pool: Pool,
    quotas: Quotas,
    size: u32,
}

impl TryFrom<InstanceData> for Instance {
    type Error = Error;
    fn try_from(data: InstanceData) -> Result<Self> {
        Self::new(data.pool, data.quotas, data.size)
    }
}

impl Serialize for Instance {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Given<'a> {
            pool: &'a Pool,
            quotas: &'a Quotas,
            size: u32,
        }
        Given {
            pool: self.pool(),
            quotas: self.given_quotas(),
            size: self.size(),
        }
        .serialize(serializer)
    }
}
