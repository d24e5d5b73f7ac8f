//! What a plan achieves, in numbers.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::bound::{BoundKind, PairBound, can_meet, pair_bound};
use super::model::Model;
use super::plan::SeatingPlan;
use super::problem::Seating;
use super::verify::{Violation, violations};
use crate::error::{ErrorKind, Result};

/// What a plan achieves.
///
/// `Display` writes it in plain sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SeatingReport {
    /// Pairs of members at a table, added up over all tables and rounds: the meetings there are.
    pub seat_pairs: u64,
    /// Pairs of members who meet at least once in these rounds and had not met before.
    pub distinct_pairs: u64,
    /// No plan has more, and why.
    pub bound: PairBound,
    /// The most often that two members meet in these rounds, not counting those who must sit together.
    pub largest_repeat: u32,
    /// People of a value too few or too many, over all rounds, tables and features that are spread.
    pub imbalance: u64,
    /// Pairs of members who have met neither in these rounds nor before.
    pub never_met: u64,
    /// Fewest and most members whom a member meets in these rounds.
    pub partners: (u32, u32),
    /// Pairs of a facilitator and a member who meet at least once in these rounds.
    pub facilitator_pairs: u64,
}

impl SeatingReport {
    /// Whether no plan has more new pairs, and every feature is spread as evenly as people can be.
    #[must_use]
    pub fn is_optimal(&self) -> bool {
        self.distinct_pairs == self.bound.pairs && self.imbalance == 0
    }
}

impl fmt::Display for SeatingReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self.bound.kind {
            BoundKind::Counting => "counting seats, pairs and partners",
            BoundKind::Pigeonhole => {
                "a table of more people than earlier tables holds some who have met"
            }
            BoundKind::Euler => {
                "Euler's 36 officers: 6 tables of 6 have no fourth round without repeats"
            }
            BoundKind::Affine => "an affine plane has no further round without repeats",
        };
        let best = if self.distinct_pairs == self.bound.pairs {
            "; this plan reaches it"
        } else {
            ""
        };
        writeln!(
            f,
            "New pairs that meet    {} of {} meetings at tables",
            self.distinct_pairs, self.seat_pairs
        )?;
        writeln!(
            f,
            "No plan has more than  {} ({why}){best}",
            self.bound.pairs
        )?;
        writeln!(f, "Most often together    {}", times(self.largest_repeat))?;
        writeln!(f, "Never met              {} pairs", self.never_met)?;
        let (fewest, most) = self.partners;
        writeln!(f, "Partners of a member   {fewest} to {most}")?;
        let spread = match self.imbalance {
            0 => "every feature as even as people can be at every table".to_owned(),
            1 => "1 person too few or too many at a table".to_owned(),
            n => format!("{n} people too few or too many at their tables"),
        };
        write!(f, "Spread                 {spread}")
    }
}

fn times(n: u32) -> String {
    match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}

impl SeatingPlan {
    /// Works the report out from the plan. O(members² · rounds).
    ///
    /// # Errors
    /// [`Rejected`](ErrorKind::Rejected) with every violation when the plan does not keep the rules.
    pub fn report(&self, seating: &Seating) -> Result<SeatingReport> {
        if let Err(found) = self.verify(seating) {
            let texts: Vec<String> = found.iter().map(ToString::to_string).collect();
            return Err(ErrorKind::Rejected(texts.join("; ")).into());
        }
        Ok(report(self, seating))
    }

    /// Checks the plan against all rules of the seating but [`Diversify`](super::SeatRule::Diversify), from the plan alone: everybody who is there has one seat, tables have their
    /// sizes and facilitators, and every rule is kept. O(members² · rounds).
    ///
    /// # Errors
    /// Every violation.
    pub fn verify(&self, seating: &Seating) -> std::result::Result<(), Vec<Violation>> {
        let found = violations(self, seating);
        if found.is_empty() { Ok(()) } else { Err(found) }
    }
}

fn report(plan: &SeatingPlan, seating: &Seating) -> SeatingReport {
    let model = &seating.model;
    let mut met: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for ((a, b), times) in plan.meetings() {
        let (a, b) = (seating.index[&a], seating.index[&b]);
        met.insert((a.min(b), a.max(b)), times);
    }
    let of_members = || met.iter().filter(|((_, b), _)| *b < model.members);
    let is_new = |(a, b): &(usize, usize)| can_meet(model, *a, *b);
    let kind = |(a, b): &(usize, usize)| model.kinds[a * model.people + b];
    let free = of_members().filter(|(pair, _)| kind(pair) != super::model::TOGETHER);
    let mut partners = vec![0; model.members];
    for ((a, b), _) in of_members() {
        partners[*a] += 1;
        partners[*b] += 1;
    }
    let strangers = (0..model.members).flat_map(|b| (0..b).map(move |a| (a, b)));
    let strangers = strangers.filter(|(a, b)| model.history[a * model.people + b] == 0);
    SeatingReport {
        seat_pairs: of_members().map(|(_, times)| u64::from(*times)).sum(),
        distinct_pairs: of_members().filter(|(pair, _)| is_new(pair)).count() as u64,
        bound: pair_bound(model),
        largest_repeat: free.map(|(_, times)| *times).max().unwrap_or(0),
        imbalance: imbalance(plan, seating),
        never_met: strangers.filter(|pair| !met.contains_key(pair)).count() as u64,
        partners: (
            partners.iter().min().copied().unwrap_or(0),
            partners.iter().max().copied().unwrap_or(0),
        ),
        facilitator_pairs: (met.len() - of_members().count()) as u64,
    }
}

/// By how many people values are off their share, rounded down or up.
fn imbalance(plan: &SeatingPlan, seating: &Seating) -> u64 {
    let model = &seating.model;
    let mut sum = 0;
    for (r, round) in plan.rounds.iter().enumerate() {
        let all = model.rounds[r].present_in(0..model.members).count() as u32;
        let people = model.present_values(r);
        for table in &round.tables {
            let size = table.members.len() as u32;
            for (feature, people) in model.features.iter().zip(&people) {
                let mut counts = vec![0; feature.values];
                for id in &table.members {
                    counts[usize::from(feature.of[seating.index[id]])] += 1;
                }
                for (&count, &people) in counts.iter().zip(people) {
                    let (low, high) = Model::fair_part(people, size, all);
                    sum += u64::from(low.saturating_sub(count) + count.saturating_sub(high));
                }
            }
        }
    }
    sum
}
