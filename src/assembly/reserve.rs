//! Which few alternates to keep ready: those with whom, after the dropouts that are to be expected, the quotas are missed by least.
//!
//! Source: Assos, Baharav, Flanigan, Procaccia, "Alternates, Assemble!" (EC 2025): a set of at most a alternates is fixed before anybody drops out; of those
//! the best are seated afterwards, at most as many as left. Alternates themselves do not drop out here.
//!
//! The paper knows no households. Here an alternate may sit when, of their household, fewer people sit than may
//! ([`Instance::household_room`]): members who stayed and alternates seated already together.

mod baselines;
mod candidates;
mod program;
mod search;
mod seating;

use std::collections::BTreeMap;

use super::alternates::Alternates;
use super::dropout::DropoutModel;
use super::input;
use crate::error::Result;
use crate::instance::Instance;
use crate::lottery::Stream;
use crate::quota::Quota;

use candidates::Candidates;
use seating::Team;

/// Most alternates in a set: what is seated of them is found by trying all 2^16 ways.
const MOST: usize = 16;

/// What a missed quota costs. All are 0 when every quota is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Loss {
    /// Σ over values of (seats below the minimum or above the maximum) / max(maximum, 1).
    L1,
    /// 1 when any quota is missed.
    Binary,
    /// As [`L1`](Self::L1), counting only seats below the minimum.
    Below,
}

impl Loss {
    fn cell(self, quota: &Quota, seats: u32) -> f64 {
        let below = quota.min.saturating_sub(seats);
        let above = seats.saturating_sub(quota.max);
        let unit = f64::from(quota.max.max(1));
        match self {
            Self::L1 => f64::from(below + above) / unit,
            Self::Below => f64::from(below) / unit,
            Self::Binary => f64::from(u8::from(below + above > 0)),
        }
    }

    /// From the sum over cells.
    fn whole(self, sum: f64) -> f64 {
        match self {
            Self::Binary if sum > 0.5 => 1.0,
            _ if sum < 1e-12 => 0.0,
            _ => sum,
        }
    }
}

/// Panels after dropouts that are equal in every count: how many samples look so.
#[derive(Debug, Clone)]
struct Scenario {
    stay: Vec<u32>,
    /// Members who stay, of each of [`DropoutSamples::homes`].
    at_home: Vec<u32>,
    left: u32,
    times: u32,
}

/// Sampled dropouts of a panel, and who could be an alternate: everybody in drawn order, housemates of members too, who may sit in the
/// samples in which enough of their household left.
///
/// Candidates are interchangeable with equal values and, where more of their household are members or candidates than may sit, an equal household; the first in
/// drawn order is taken first.
#[derive(Debug, Clone)]
pub struct DropoutSamples<'a> {
    instance: &'a Instance,
    scenarios: Vec<Scenario>,
    samples: u32,
    /// Households with a member on the panel, ascending; only those of which not everybody may sit.
    homes: Vec<u32>,
    /// The panel before anybody leaves.
    drawn: Scenario,
    candidates: Candidates,
}

/// A set of alternates and what is known about how good any could be.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct BestAlternates {
    /// Ids, ascending.
    pub ids: Vec<String>,
    /// The mean loss over the samples.
    pub loss: f64,
    /// No set of so many has a smaller mean loss over the samples.
    pub bound: f64,
}

impl BestAlternates {
    /// True when the integer program proved that no set is better on the samples.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.loss - self.bound <= 1e-9
    }
}

impl<'a> DropoutSamples<'a> {
    /// Draws `samples` sets of dropouts: each member leaves with the model's chance, independently. One word of the stream per member and sample.
    /// O(samples · members · features).
    ///
    /// # Errors
    /// [`Input`](crate::ErrorKind::Input) with `E-DROPOUT-SAMPLES` for 0 samples.
    pub fn draw(
        drawn: &Alternates<'a>,
        model: &DropoutModel,
        samples: u32,
        stream: &mut Stream,
    ) -> Result<Self> {
        if samples == 0 {
            return Err(input(
                "E-DROPOUT-SAMPLES",
                "0 samples".into(),
                "at least one",
            ));
        }
        let instance = drawn.instance;
        let mut homes: Vec<u32> = drawn
            .panel
            .iter()
            .filter_map(|&p| instance.household(p))
            .collect();
        homes.sort_unstable();
        homes.dedup();
        let home = |person| homes.binary_search(&instance.household(person)?).ok();
        let members: Vec<(u32, f64, Option<usize>)> = drawn
            .panel
            .iter()
            .map(|&p| (p, model.of(instance, p), home(p)))
            .collect();
        let all = instance.people_per_quota(drawn.panel.iter().copied());
        let mut full = vec![0; homes.len()];
        for at in members.iter().filter_map(|&(.., home)| home) {
            full[at] += 1;
        }
        let mut seen: BTreeMap<(Vec<u32>, Vec<u32>, u32), u32> = BTreeMap::new();
        for _ in 0..samples {
            let (mut stay, mut at_home, mut left) = (all.clone(), full.clone(), 0);
            for &(person, chance, home) in &members {
                // The top 53 bits of a word, as a number from 0 to 1.
                let number = (stream.word() >> 11) as f64 / 9_007_199_254_740_992.0;
                if number < chance {
                    left += 1;
                    for &quota in instance.profile(person) {
                        stay[quota as usize] -= 1;
                    }
                    home.iter().for_each(|&at| at_home[at] -= 1);
                }
            }
            *seen.entry((stay, at_home, left)).or_default() += 1;
        }
        let scenario = |((stay, at_home, left), times)| Scenario {
            stay,
            at_home,
            left,
            times,
        };
        Ok(Self {
            instance,
            scenarios: seen.into_iter().map(scenario).collect(),
            samples,
            homes,
            drawn: scenario(((all, full, 0), samples)),
            candidates: Candidates::new(drawn),
        })
    }

    /// The mean over the samples of the least loss that seating some of these alternates leaves, at most as many as left and
    /// of no household more than may sit beside its members who stayed. Whoever the ids name, the household rule holds for them; a member who is named counts as somebody else
    /// of the household. O(samples · (2^alternates · features + alternates · log members)).
    ///
    /// # Errors
    /// [`Input`](crate::ErrorKind::Input) with `E-ALTERNATE-ID` for an id that is not in the pool, `E-ALTERNATE-COUNT` for more than 16.
    pub fn expected_loss<S: AsRef<str>>(&self, alternates: &[S], loss: Loss) -> Result<f64> {
        limited(alternates.len())?;
        let mut people = Vec::with_capacity(alternates.len());
        for id in alternates.iter().map(AsRef::as_ref) {
            let Some(person) = self.instance.find(id) else {
                return Err(input(
                    "E-ALTERNATE-ID",
                    format!("{id:?}"),
                    "an id of the pool",
                ));
            };
            let home = self.instance.household(person);
            people.push((&self.instance.profile(person)[..], home));
        }
        Ok(self.mean(&Team::new(people), loss))
    }

    /// The set of at most `most` alternates with the smallest mean loss over the samples, or the best that a search finds, with a bound on how good any set could be.
    ///
    /// Where the integer program over all samples is small (up to 260 rows) it is solved to the end on this crate's kernel, within a limit of work: then `bound` equals `loss`.
    /// Otherwise the set is one that no exchange of one alternate improves, built up one by one, or from the first in drawn order if those are better; the bound is the mean over the samples of the
    /// least loss if the dropouts were known beforehand, by an integer program per sample: the truth lies between. The same input gives the same answer everywhere.
    /// On the samples, no set is worse than the first `most` in drawn order.
    ///
    /// With k kinds of candidates, those alike but for their household counted once until somebody of the household is chosen or a member, the search takes k · `most` values of a set per
    /// round, each as long as an [`expected_loss`](Self::expected_loss). The program over all samples has, per sample, a row for the seats, for every quota (two for
    /// [`Loss::Binary`]), for every kind that may sit and for every household with less room than candidates. Those of single samples have the latter for the households that need it.
    ///
    /// # Errors
    /// [`Input`](crate::ErrorKind::Input) with `E-ALTERNATE-COUNT` for more than 16; [`LimitReached`](crate::ErrorKind::LimitReached) when the bound takes too much work.
    pub fn best(&self, most: usize, loss: Loss) -> Result<BestAlternates> {
        limited(most)?;
        let (mut chosen, mut value) = search::search(self, most, loss);
        let bound = match program::solve(self, most, loss, value) {
            program::Answer::Better(better) => {
                value = self.mean(&self.team(&better), loss);
                chosen = better;
                value
            }
            program::Answer::Proven => value,
            program::Answer::TooLarge => program::foresight(self, most, loss)?.min(value),
        };
        Ok(BestAlternates {
            ids: self.ids(&chosen),
            loss: value,
            bound,
        })
    }

    /// With the chance 1 − `delta` over the samples, the set that is best on them is in expectation at most this much worse than the best set there is:
    /// 2B · sqrt(ln(2·C(n, a)/δ) / 2S) for S samples, C(n, a) sets and losses of at most B, by Hoeffding's inequality for every set at once.
    #[must_use]
    pub fn sample_bound(&self, most: usize, loss: Loss, delta: f64) -> f64 {
        let people: usize = self.candidates.types.iter().map(|t| t.people.len()).sum();
        let sets: f64 = (0..most.min(people))
            .map(|i| libm::log((people - i) as f64) - libm::log((i + 1) as f64))
            .sum();
        let ends = (libm::log(2.0 / delta) + sets) / (2.0 * f64::from(self.samples));
        2.0 * self.largest(loss) * ends.sqrt()
    }

    /// No loss is larger: with nobody seated again a value has from 0 to as many members as were drawn.
    fn largest(&self, loss: Loss) -> f64 {
        let cells = self.instance.quotas().iter().zip(&self.drawn.stay);
        match loss {
            Loss::Binary => 1.0,
            _ => cells
                .map(|(quota, &all)| loss.cell(quota, 0).max(loss.cell(quota, all)))
                .sum(),
        }
    }

    /// The people of types, given how many of each.
    fn team(&self, chosen: &[u32]) -> Team<'_> {
        let each = self.candidates.types.iter().zip(chosen);
        Team::new(
            each.flat_map(|(kind, &n)| {
                std::iter::repeat_n((&*kind.profile, kind.home), n as usize)
            }),
        )
    }

    fn ids(&self, chosen: &[u32]) -> Vec<String> {
        let each = self.candidates.types.iter().zip(chosen);
        let people = each.flat_map(|(kind, &n)| &kind.people[..n as usize]);
        let mut ids: Vec<String> = people
            .map(|&person| self.instance.person(person).id().to_owned())
            .collect();
        ids.sort();
        ids
    }
}

fn limited(alternates: usize) -> Result<()> {
    if alternates <= MOST {
        return Ok(());
    }
    let found = format!("{alternates} alternates");
    Err(input("E-ALTERNATE-COUNT", found, "at most 16"))
}
