//! What the rule's chances look like from many draws.

use super::{Failures, Greedy, State};
use crate::error::ErrorKind;
use crate::error::Result;
use crate::instance::Instance;
use crate::lottery::draw::people;
use crate::lottery::stream::Stream;
use crate::ratio::Ratio;

/// How often everybody was drawn in many LEGACY draws.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LegacyFrequencies {
    /// Per person in canonical order: draws with that person on the panel.
    pub counts: Vec<u64>,
    /// Attempts that gave a panel.
    pub draws: u32,
    /// All attempts.
    pub attempts: u32,
}

impl LegacyFrequencies {
    /// Share of the attempts that gave a panel.
    #[must_use]
    pub fn acceptance(&self) -> Ratio {
        Ratio::new(self.draws.into(), u64::from(self.attempts).max(1))
    }

    /// Everybody's frequency, averaged over interchangeable people: their chances are equal, so the average is the
    /// better estimate. In canonical order. O(people).
    #[must_use]
    pub fn probabilities(&self, instance: &Instance) -> Vec<Ratio> {
        let mut chances = vec![Ratio::new(0, 1); instance.len()];
        for group in instance.groups() {
            for role in 0..group.profiles().len() {
                let people = || group.units().iter().flat_map(|unit| &unit[role]);
                let seats: u64 = people().filter_map(|&p| self.counts.get(p as usize)).sum();
                let trials = u64::from(self.draws.max(1)) * group.people_in(role) as u64;
                people().for_each(|&p| chances[p as usize] = Ratio::new(seats, trials));
            }
        }
        chances
    }
}

/// Draws with LEGACY until there are `draws` panels or `attempts` attempts, and counts. A simulation: the stream may be
/// anything, the same stream gives the same counts. O(attempts · k · (quotas + roles) + draws · people).
///
/// One woman among two, one man: the man is in every panel.
///
/// ```
/// use kleroterion::lottery::{Stream, legacy_frequencies};
/// # use kleroterion::{Instance, Pool, Quotas};
/// # let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
/// # let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
/// # let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
/// # let instance = Instance::new(pool, quotas, 2)?;
/// let found = legacy_frequencies(&instance, 100, 1000, &mut Stream::from_key([1; 32]))?;
/// assert_eq!((found.counts[1], found.draws, found.attempts), (100, 100, 100));
/// # Ok::<(), kleroterion::Error>(())
/// ```
///
/// # Errors
/// [`AttemptsExhausted`](crate::ErrorKind::AttemptsExhausted) when no attempt at all gave a panel: quotas that no
/// panel meets. Fewer draws than asked for are no error: see [`draws`](LegacyFrequencies::draws).
pub fn legacy_frequencies(
    instance: &Instance,
    draws: u32,
    attempts: u32,
    stream: &mut Stream,
) -> Result<LegacyFrequencies> {
    let greedy = Greedy::new(instance);
    let (mut state, mut failures) = (State::default(), Failures::new(instance));
    let mut found = LegacyFrequencies {
        counts: vec![0; instance.len()],
        draws: 0,
        attempts: 0,
    };
    while found.draws < draws && found.attempts < attempts {
        found.attempts += 1;
        match greedy.attempt(&mut state, stream) {
            Err(failure) => failures.add(failure),
            Ok(()) => {
                found.draws += 1;
                let composition = greedy.composition(&state);
                let panel = people(&composition, instance, stream).map_err(ErrorKind::Rejected)?;
                panel
                    .iter()
                    .for_each(|&person| found.counts[person as usize] += 1);
            }
        }
    }
    if found.draws == 0 {
        return Err(failures.error(instance));
    }
    Ok(found)
}
