//! What somebody could gain by misreporting their values.

use std::collections::BTreeMap;
use std::fmt;

use crate::error::{ErrorKind, Result};
use crate::group::Profile;
use crate::instance::Instance;
use crate::metrics;
use crate::pool::{Pool, key};
use crate::quota::Quotas;
use crate::ratio::Ratio;

/// The largest gain found by [`manipulation_gain`].
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Gain {
    /// How much higher the chance of the claimed values is than that of the true ones; `None` when no attempt gave a
    /// lottery. Negative when claiming lowers the chance of everybody who tried.
    pub largest: Option<f64>,
    /// Mean chance, before, of the holders of [`from`](Self::from).
    pub before: f64,
    /// Mean chance, after, of the holders of [`claimed`](Self::claimed), the new one included.
    pub after: f64,
    /// The true values of the one who gains most, as canonical quotas of the features with a column of their own; the lowest
    /// profile among equals.
    pub from: Profile,
    /// The values claimed, likewise: in every feature the most under-represented one.
    pub claimed: Profile,
    /// Profiles tried.
    pub tried: usize,
    /// Of them, those whose claim leaves no panel that meets the quotas, so that no lottery comes of it.
    pub impossible: usize,
    /// Different profiles in the pool, the claimed one left out.
    pub profiles: usize,
}

/// Prints figures, never anybody's values.
impl fmt::Debug for Gain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gain")
            .field("largest", &self.largest)
            .field("tried", &self.tried)
            .field("impossible", &self.impossible)
            .field("profiles", &self.profiles)
            .finish_non_exhaustive()
    }
}

/// How much one person could raise their chance by misreporting: the "most under-represented" heuristic of
/// Flanigan, Liang, Procaccia and Wang (AAAI 2024) and of Baharav and Flanigan (EC 2024).
///
/// The *claimed* profile v takes in every feature the value with the lowest share of the pool per share of the seats
/// ([`metrics::representation`], exactly; the first in canonical order among equals; joint features are left out). For a profile w ≠ v, one holder of
/// w (the first in canonical order) reports v instead, everything else staying as it is, and the rule is computed
/// again. The gain of w is the mean chance of the holders of v afterwards minus the mean chance of the holders of w
/// before. The result is the largest gain over the profiles tried.
///
/// It is a lower bound for what a person could gain: other lies may gain more, and so may profiles not tried. Each profile
/// costs one run of the rule, so at most `limit` are tried: those with the lowest mean chance before, who have most to
/// gain (the first in canonical order among equals). [`Gain::tried`] and [`Gain::profiles`] say how many of how many.
///
/// `chances` computes a rule: everybody's chance in canonical order. It is first called with the instance itself. With
/// a deterministic rule the result is deterministic.
///
/// Two of three people are women and want the woman's seat; by claiming to be the second man a woman gets 1/2, as before:
///
/// ```
/// use kleroterion::selection::manipulation_gain;
/// use kleroterion::{Instance, Pool, Quotas, Rule};
/// let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
/// let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
/// let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
/// let instance = Instance::new(pool, quotas, 2)?;
/// let gain = manipulation_gain(&instance, 10, |instance| Ok(Rule::Leximin.distribution(instance)?.probabilities()))?;
/// assert_eq!((gain.before, gain.after, gain.largest), (0.5, 0.5, Some(0.0)));
/// assert_eq!((gain.tried, gain.profiles), (1, 1));
/// # Ok::<(), kleroterion::Error>(())
/// ```
///
/// # Errors
/// Those of `chances`. A claim that leaves no panel ([`Infeasible`](ErrorKind::Infeasible)), or fewer people with a value
/// than its quota's minimum ([`Input`](ErrorKind::Input)), is none: it is counted in [`Gain::impossible`].
pub fn manipulation_gain(
    instance: &Instance,
    limit: usize,
    mut chances: impl FnMut(&Instance) -> Result<Vec<Ratio>>,
) -> Result<Gain> {
    let claimed = most_wanted(instance);
    let before = holders(instance, &chances(instance)?);
    let mut candidates: Vec<(&Profile, f64)> = before
        .iter()
        .filter(|(profile, _)| **profile != claimed)
        .map(|(profile, holders)| (profile, holders.mean()))
        .collect();
    let profiles = candidates.len();
    candidates.sort_by(|a, b| a.1.total_cmp(&b.1).then_with(|| a.0.cmp(b.0)));
    candidates.truncate(limit);
    let mut gain = Gain {
        largest: None,
        before: 0.0,
        after: 0.0,
        from: claimed.clone(),
        claimed,
        tried: candidates.len(),
        impossible: 0,
        profiles,
    };
    for (profile, mean) in candidates {
        let person = before[profile].first;
        let after = misreport(instance, person, &gain.claimed)
            .and_then(|changed| Ok((chances(&changed)?, changed)))
            .map(|(chances, changed)| {
                // Canonical indices of quotas may differ from those before; this person's profile is the claimed one.
                let profile = chosen(changed.profile(person), &metrics::plain_features(&changed));
                holders(&changed, &chances)[&profile].mean()
            });
        match after {
            Ok(after) if gain.largest.is_none_or(|largest| after - mean > largest) => {
                gain.largest = Some(after - mean);
                (gain.before, gain.after, gain.from) = (mean, after, profile.clone());
            }
            Ok(_) => {}
            Err(error) if leaves_no_panel(&error) => gain.impossible += 1,
            Err(error) => return Err(error),
        }
    }
    Ok(gain)
}

fn leaves_no_panel(error: &crate::Error) -> bool {
    matches!(error.kind(), ErrorKind::Infeasible(_) | ErrorKind::Input(_))
}

/// In every feature with a column of its own the value with the lowest share of the pool per share of the seats.
fn most_wanted(instance: &Instance) -> Profile {
    let ratios = metrics::representation(instance);
    let lowest = |feature: usize| {
        let folded = &instance.folded_features()[feature];
        let of_feature = |at: &usize| key::fold(&instance.quotas()[*at].feature) == *folded;
        (0..ratios.len())
            .filter(of_feature)
            // A value that no seat is for is wanted least.
            .min_by_key(|&at| (ratios[at].is_none(), ratios[at], at))
            .and_then(|at| u32::try_from(at).ok())
            .unwrap_or(0)
    };
    metrics::plain_features(instance)
        .into_iter()
        .map(lowest)
        .collect()
}

/// The values for these features.
fn chosen(profile: &Profile, features: &[usize]) -> Profile {
    features.iter().map(|&feature| profile[feature]).collect()
}

/// The people of one profile.
struct Holders {
    first: u32,
    count: f64,
    sum: f64,
}

impl Holders {
    fn mean(&self) -> f64 {
        self.sum / self.count
    }
}

fn holders(instance: &Instance, chances: &[Ratio]) -> BTreeMap<Profile, Holders> {
    let (mut all, plain) = (BTreeMap::new(), metrics::plain_features(instance));
    for (person, chance) in (0u32..).take(instance.len()).zip(chances) {
        let none = Holders {
            first: person,
            count: 0.0,
            sum: 0.0,
        };
        let holders = all
            .entry(chosen(instance.profile(person), &plain))
            .or_insert(none);
        holders.count += 1.0;
        holders.sum += chance.to_f64();
    }
    all
}

/// The instance in which this person has other values.
fn misreport(instance: &Instance, person: u32, claimed: &Profile) -> Result<Instance> {
    let mut pool: Pool = instance.pool().clone();
    let position = instance.position(person);
    for &quota in claimed {
        let feature = key::fold(&instance.quotas()[quota as usize].feature);
        let column = pool
            .columns
            .iter()
            .position(|header| key::fold(header) == feature);
        if let Some(column) = column {
            pool.people[position].cells[column] = instance.quotas()[quota as usize].value.clone();
        }
    }
    let quotas: Quotas = instance.given_quotas().clone();
    Instance::new(pool, quotas, instance.size())
}
