//! One ticket, the people of each group, the order of the alternates.

use super::Lottery;
use super::composition::Composition;
use super::given::{Given, matching};
use super::record::{Form, Record};
use super::seed::{Seed, Sources};
use super::shape::{self, Check};
use super::stream::Stream;
use super::transcript::{Drawn, Transcript};
use crate::error::{ErrorKind, Result};
use crate::instance::Instance;

/// What a seed decides, as canonical indices.
pub(crate) struct Outcome {
    pub(crate) ticket: u64,
    /// The composition or panel that the ticket fell on.
    pub(crate) index: usize,
    /// Ascending.
    pub(crate) panel: Vec<u32>,
    /// In drawn order.
    pub(crate) alternates: Vec<u32>,
}

/// Replays a draw. Equal input, equal outcome, on every machine. O(people).
pub(crate) fn outcome(record: &Record, instance: &Instance, given: &Given) -> Check<Outcome> {
    let seed = &given.seed;
    let ticket = given.ticket(record.denominator());
    let index = pick(record.weights(), ticket).ok_or("the ticket falls on no weight")?;
    let mut panel = match record.form() {
        Form::Compositions { compositions, .. } => {
            let composition = compositions
                .get(index)
                .ok_or("the ticket falls on no composition")?;
            people(composition, instance, &mut Stream::new(seed, "groups"))?
        }
        Form::Panels { panels } => shape::panel(
            panels.get(index).ok_or("the ticket falls on no panel")?,
            instance,
        )?,
    };
    panel.sort_unstable();
    let mut seated = vec![false; instance.len()];
    panel
        .iter()
        .for_each(|&person| seated[person as usize] = true);
    let mut alternates: Vec<u32> = (0..instance.len() as u32)
        .filter(|&p| !seated[p as usize])
        .collect();
    Stream::new(seed, "alternates").shuffle(&mut alternates);
    Ok(Outcome {
        ticket,
        index,
        panel,
        alternates,
    })
}

/// The position in whose range of tickets the ticket falls.
fn pick(weights: &[u64], ticket: u64) -> Option<usize> {
    let mut left = ticket;
    weights.iter().position(|&weight| {
        let here = left < weight;
        left = left.saturating_sub(weight);
        here
    })
}

/// Group by group: shuffles the units; role by role the next units, in turn, send one person each whom they have not sent.
pub(super) fn people(
    Composition(entries): &Composition,
    instance: &Instance,
    stream: &mut Stream,
) -> Check<Vec<u32>> {
    let mut panel = Vec::new();
    for entries in entries.chunk_by(|a, b| a.0 == b.0) {
        let number = entries[0].0;
        let group = instance
            .groups()
            .get(number as usize)
            .ok_or("a group that does not exist")?;
        let mut units: Vec<&Vec<Vec<u32>>> = group.units().iter().collect();
        stream.shuffle(&mut units);
        let mut turns = units.iter().cycle().take(group.most());
        for &(_, role, seats) in entries {
            for _ in 0..seats {
                let unit = turns
                    .next()
                    .ok_or_else(|| format!("group {number} has too few households"))?;
                let people = unit
                    .get(role as usize)
                    .ok_or("a role that does not exist")?;
                // where one of a unit may sit, nobody of it has been sent before
                let sent = |p: &&u32| group.most_per_unit() > 1 && panel.contains(*p);
                let left = people.iter().filter(|p| !sent(p)).count() as u64;
                if left == 0 {
                    return Err(format!("group {number} has too few people of a role"));
                }
                let at = stream.below(left) as usize;
                let chosen = people.iter().filter(|p| !sent(p)).nth(at);
                panel.push(*chosen.ok_or("a role without people")?);
            }
        }
    }
    Ok(panel)
}

/// A finished draw.
#[derive(Debug, Clone)]
pub struct Draw {
    lottery: Lottery,
    sources: Sources,
    seed: Seed,
    ticket: u64,
    index: usize,
    panel: Vec<String>,
    alternates: Vec<String>,
}

impl Lottery {
    /// Draws the panel and the order of the alternates. The same lottery, announcements and sources give the same draw on
    /// every machine. O(people + seats).
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-SOURCE-COUNT` when another number of sources was announced: announced
    /// `["dice", "drand"]`, given `["3-5"]`; with `E-SOURCE-FORM` for every text that has not the form [declared](Self::on_terms) for it or for a
    /// fallback: `"dice 7-1"` for two dice.
    pub fn draw(&self, sources: &Sources) -> Result<Draw> {
        let commit = self.commit();
        matching(
            commit.sources.as_deref(),
            commit.fallback.as_deref(),
            sources,
        )?;
        let given = Given::of(commit, &sources.iter().collect::<Vec<_>>())?;
        let outcome =
            outcome(self.record(), self.instance(), &given).map_err(ErrorKind::Rejected)?;
        let ids = |people: &[u32]| {
            people
                .iter()
                .map(|&p| self.instance().person(p).id().to_owned())
                .collect()
        };
        Ok(Draw {
            lottery: self.clone(),
            sources: sources.clone(),
            seed: given.seed,
            ticket: outcome.ticket,
            index: outcome.index,
            panel: ids(&outcome.panel),
            alternates: ids(&outcome.alternates),
        })
    }
}

impl Draw {
    /// The lottery it was drawn from.
    #[must_use]
    pub fn lottery(&self) -> &Lottery {
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

    /// The drawn ticket, from 0.
    #[must_use]
    pub fn ticket(&self) -> u64 {
        self.ticket
    }

    /// The composition or panel that the ticket fell on, from 0.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
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

    /// The whole public record of this draw.
    #[must_use]
    pub fn transcript(&self) -> Transcript {
        let drawn = Drawn {
            alternates: self.alternates.clone(),
            panel: self.panel.clone(),
            seed: self.seed.to_string(),
            ticket: self.ticket,
        };
        Transcript::new(&self.lottery, drawn, &self.sources)
    }
}

#[cfg(test)]
mod tests {
    use super::outcome;
    use crate::instance::Instance;
    use crate::lottery::given::Given;
    use crate::lottery::{Commit, Form, Record, Seed};
    use crate::pool::Pool;
    use crate::quota::Quotas;

    /// A pool whose feasible panels are those of the vector and three more.
    fn instance() -> Instance {
        let ages = [
            ("0001", "18-34", "M"),
            ("0004", "35+", "F"),
            ("0002", "18-34", "F"),
        ];
        let more = [
            ("0006", "18-34", "F"),
            ("0003", "35+", "M"),
            ("0005", "35+", "M"),
        ];
        let pool = ages
            .iter()
            .chain(&more)
            .fold(Pool::builder(), |pool, (id, age, gender)| {
                pool.person(*id, [("age", *age), ("gender", *gender)])
            });
        let quotas = Quotas::builder()
            .feature("age")
            .value("18-34", 1..=1)
            .value("35+", 1..=1);
        let quotas = quotas.feature("gender").value("F", 1..=1).value("M", 1..=1);
        Instance::new(pool.build().unwrap(), quotas.build().unwrap(), 2).unwrap()
    }

    #[test]
    fn replays_the_published_draw() {
        let commit: Commit =
            serde_json::from_str(include_str!("../../vectors/commit.json")).unwrap();
        let panels = [
            ["0001", "0004"],
            ["0002", "0003"],
            ["0002", "0005"],
            ["0003", "0006"],
            ["0005", "0006"],
        ];
        let panels = panels
            .iter()
            .map(|ids| ids.iter().map(|&id| id.to_owned()).collect())
            .collect();
        let record = Record::new(Form::Panels { panels }, 1000, vec![334, 167, 166, 166, 167]);
        let beacon = "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587";
        let beacon: Vec<u8> = (0..64)
            .step_by(2)
            .map(|at| u8::from_str_radix(&beacon[at..at + 2], 16).unwrap())
            .collect();
        let seed = Seed::derive(&commit, &[b"63454660390103169462", &beacon]).unwrap();
        let outcome = outcome(&record, &instance(), &Given::plain(seed)).unwrap();
        assert_eq!((outcome.ticket, outcome.index), (403, 1));
        assert_eq!(outcome.panel, [1, 2]);
        assert_eq!(outcome.alternates, [5, 3, 4, 0]);
    }
}
