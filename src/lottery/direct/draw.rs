//! From the seed to a panel.

use super::commit::DirectCommit;
use super::evenness::Evenness;
use super::rule::DirectRule;
use super::transcript::{DirectDrawn, DirectTranscript};
use super::{DirectLottery, legacy, random};
use crate::error::{ErrorKind, Result};
use crate::instance::Instance;
use crate::lottery::composition::Composition;
use crate::lottery::draw::people;
use crate::lottery::seed::{Seed, Sources};
use crate::lottery::source::taken;
use crate::lottery::stream::Stream;

/// A panel and how it was found.
pub(crate) struct Found {
    /// Ascending.
    pub(crate) panel: Vec<u32>,
    /// Everybody else in drawn order, where the rule itself says so.
    pub(crate) others: Option<Vec<u32>>,
    /// Attempts of LEGACY, the last of which gave the panel.
    pub(crate) attempts: Option<u32>,
    pub(crate) evenness: Option<Evenness>,
}

impl Found {
    /// Seats of roles, given to people by the stream `groups`.
    pub(crate) fn seated(
        composition: &Composition,
        instance: &Instance,
        seed: &Seed,
    ) -> Result<Self> {
        let panel = people(composition, instance, &mut Stream::new(seed, "groups"));
        Ok(Self::of(panel.map_err(ErrorKind::Rejected)?))
    }

    fn of(mut panel: Vec<u32>) -> Self {
        panel.sort_unstable();
        Self {
            panel,
            others: None,
            attempts: None,
            evenness: None,
        }
    }
}

/// What seed and sources give under every rule that anyone can repeat; `None` for a search, and for a method that this build does not have.
pub(crate) fn found(
    commit: &DirectCommit,
    instance: &Instance,
    seed: &Seed,
    texts: &[&str],
) -> Result<Option<Found>> {
    let mut stream = Stream::new(seed, "panel");
    Ok(Some(match &commit.rule {
        DirectRule::Random => Found::of(random::random(instance, &mut stream)),
        DirectRule::Stratified(features) => {
            Found::of(random::stratified(features, instance, &mut stream))
        }
        DirectRule::Legacy => {
            let limit = commit.attempts.unwrap_or(DirectRule::DEFAULT_ATTEMPTS);
            let limit = limit.min(DirectRule::MOST_ATTEMPTS);
            let (composition, attempts) = legacy::legacy(instance, limit, &mut stream)?;
            Found {
                attempts: Some(attempts),
                ..Found::seated(&composition, instance, seed)?
            }
        }
        DirectRule::List(method) => {
            let (sources, fallback) = (commit.sources.as_deref(), commit.fallback.as_deref());
            let taken = taken(sources, fallback, texts.iter().copied());
            let values = texts
                .iter()
                .zip(taken)
                .map(|(text, taken)| taken.value(text));
            let Some(mut order) = method.order(instance, &values.collect::<Vec<_>>())? else {
                return Ok(None);
            };
            let others = order.split_off((instance.size() as usize).min(order.len()));
            Found {
                others: Some(others),
                ..Found::of(order)
            }
        }
        DirectRule::Diversimax => return Ok(None),
    }))
}

/// Everybody outside the panel, shuffled by the stream `alternates`.
pub(crate) fn alternates(panel: &[u32], instance: &Instance, seed: &Seed) -> Vec<u32> {
    let mut seated = vec![false; instance.len()];
    for &person in panel {
        if let Some(seat) = seated.get_mut(person as usize) {
            *seat = true;
        }
    }
    let mut alternates: Vec<u32> = (0..instance.len() as u32)
        .filter(|&person| !seated[person as usize])
        .collect();
    Stream::new(seed, "alternates").shuffle(&mut alternates);
    alternates
}

/// A finished direct draw.
#[derive(Debug, Clone)]
pub struct DirectDraw {
    lottery: DirectLottery,
    sources: Sources,
    seed: Seed,
    panel: Vec<String>,
    alternates: Vec<String>,
    attempts: Option<u32>,
    evenness: Option<Evenness>,
}

impl DirectLottery {
    /// The draw that found this panel.
    pub(crate) fn drawn(&self, seed: Seed, sources: &Sources, found: Found) -> DirectDraw {
        let ids = |people: &[u32]| {
            people
                .iter()
                .map(|&p| self.instance().person(p).id().to_owned())
                .collect()
        };
        let alternates = found
            .others
            .unwrap_or_else(|| alternates(&found.panel, self.instance(), &seed));
        DirectDraw {
            lottery: self.clone(),
            sources: sources.clone(),
            seed,
            panel: ids(&found.panel),
            alternates: ids(&alternates),
            attempts: found.attempts,
            evenness: found.evenness,
        }
    }
}

impl DirectDraw {
    /// What it was drawn from.
    #[must_use]
    pub fn lottery(&self) -> &DirectLottery {
        &self.lottery
    }

    /// The public values.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// What the commitment and the sources gave.
    #[must_use]
    pub fn seed(&self) -> &Seed {
        &self.seed
    }

    /// Ids of the panel, ascending.
    #[must_use]
    pub fn panel(&self) -> &[String] {
        &self.panel
    }

    /// Ids of everybody else, in drawn order: the first is asked first.
    #[must_use]
    pub fn alternates(&self) -> &[String] {
        &self.alternates
    }

    /// How many attempts LEGACY made; the last gave the panel.
    #[must_use]
    pub fn attempts(&self) -> Option<u32> {
        self.attempts
    }

    /// How even Diversimax made the intersections.
    #[must_use]
    pub fn evenness(&self) -> Option<Evenness> {
        self.evenness
    }

    /// The whole public record of this draw.
    #[must_use]
    pub fn transcript(&self) -> DirectTranscript {
        let drawn = DirectDrawn {
            alternates: self.alternates.clone(),
            attempts: self.attempts,
            evenness: self.evenness,
            panel: self.panel.clone(),
            seed: self.seed.to_string(),
        };
        DirectTranscript::new(&self.lottery, drawn, &self.sources)
    }
}
