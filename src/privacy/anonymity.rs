//! How many people share each profile.

use std::collections::BTreeMap;
use std::fmt;

use crate::error::Problem;
use crate::group::Profile;
use crate::instance::Instance;

/// So many ids are named in a warning.
const NAMED: usize = 3;

/// The people of a pool by equal values of all features (k-anonymity: everybody's profile is shared by at least k people; Sweeney 2002). Holds ids,
/// no values.
///
/// ```
/// use kleroterion::{Instance, Pool, Quotas, privacy::Anonymity};
/// # let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
/// # let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
/// # let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
/// # let instance = Instance::new(pool, quotas, 2)?; // p1 and p3 are women, p2 is a man
/// let anonymity = Anonymity::of(&instance);
/// assert_eq!((anonymity.smallest(), anonymity.profiles()), (1, 2));
/// assert_eq!((anonymity.below(2), anonymity.warnings(2).len()), (1, 1)); // p2 is alone
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Clone)]
pub struct Anonymity {
    /// Ids by profile, both in canonical order.
    classes: Vec<Vec<String>>,
}

impl fmt::Debug for Anonymity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Anonymity")
            .field("profiles", &self.profiles())
            .field("smallest", &self.smallest())
            .finish()
    }
}

impl Anonymity {
    /// Counts. O(people · log people · features).
    #[must_use]
    pub fn of(instance: &Instance) -> Self {
        let mut classes: BTreeMap<&Profile, Vec<String>> = BTreeMap::new();
        for person in 0..instance.len() as u32 {
            let id = instance.person(person).id().to_owned();
            classes
                .entry(instance.profile(person))
                .or_default()
                .push(id);
        }
        Self {
            classes: classes.into_values().collect(),
        }
    }

    /// Number of different profiles.
    #[must_use]
    pub fn profiles(&self) -> usize {
        self.classes.len()
    }

    /// People with the rarest profile: the pool is k-anonymous for k up to this.
    #[must_use]
    pub fn smallest(&self) -> usize {
        self.classes.iter().map(Vec::len).min().unwrap_or(0)
    }

    /// People whose profile fewer than `k` people have, they included.
    #[must_use]
    pub fn below(&self, k: usize) -> usize {
        let sizes = self.classes.iter().map(Vec::len);
        sizes.filter(|size| *size < k).sum()
    }

    /// `W-PROFILE-RARE` for every profile that fewer than `k` people have, rarest first, with the first ids and never the values. Those who know
    /// the values of such a person recognise them in any file that shows them.
    #[must_use]
    pub fn warnings(&self, k: usize) -> Vec<Problem> {
        let mut rare: Vec<&Vec<String>> = self.classes.iter().filter(|c| c.len() < k).collect();
        rare.sort_by_key(|class| class.len());
        let warning = |ids: &Vec<String>| {
            let named: Vec<&str> = ids.iter().take(NAMED).map(String::as_str).collect();
            let more = if ids.len() > NAMED { ", ..." } else { "" };
            let who = if ids.len() == 1 {
                "person has"
            } else {
                "people have"
            };
            let found = format!(
                "a profile that only {} {who} ({}{more})",
                ids.len(),
                named.join(", ")
            );
            Problem::new(
                "W-PROFILE-RARE",
                found,
                format!("at least {k} people alike"),
            )
        };
        rare.into_iter().map(warning).collect()
    }
}
