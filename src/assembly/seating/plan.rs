//! Who sits where, round by round.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::problem::{Parts, Seating};
use super::rule::SeatRule;
use super::solve::SeatingOptions;
use crate::assembly::input;
use crate::error::Result;

/// A plan: in every round, who sits at which table. A plain list of ids, to be written, sent, edited and [verified](Self::verify).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatingPlan {
    /// The rounds in order.
    pub rounds: Vec<PlannedRound>,
}

/// The tables of one round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedRound {
    /// Its number.
    pub round: u32,
    /// The tables, the first of which is number 1.
    pub tables: Vec<PlannedTable>,
}

/// Who sits at one table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedTable {
    /// Ids of the members, in the order of the members.
    pub members: Vec<String>,
    /// The facilitator, when there are facilitators.
    pub facilitators: Vec<String>,
}

/// Who is missing in the rounds to come, where that differs from what was planned.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    pub(super) absent: BTreeMap<u32, BTreeSet<String>>,
}

impl Attendance {
    /// As planned.
    #[must_use]
    pub fn as_planned() -> Self {
        Self::default()
    }

    /// In this round exactly these are missing.
    #[must_use]
    pub fn absent<T: Into<String>>(mut self, round: u32, ids: impl IntoIterator<Item = T>) -> Self {
        let ids = ids.into_iter().map(Into::into).collect();
        self.absent.insert(round, ids);
        self
    }
}

impl PlannedTable {
    /// Members, then facilitators.
    pub fn everybody(&self) -> impl Iterator<Item = &str> {
        let ids = self.members.iter().chain(&self.facilitators);
        ids.map(String::as_str)
    }
}

impl SeatingPlan {
    /// Every seat as `(round, table, id)`, in order; facilitators after the members of their table.
    pub fn seats(&self) -> impl Iterator<Item = (u32, u32, &str)> {
        self.rounds.iter().flat_map(|round| {
            (1..).zip(&round.tables).flat_map(move |(number, table)| {
                table.everybody().map(move |id| (round.round, number, id))
            })
        })
    }

    /// Where somebody sits in a round.
    #[must_use]
    pub fn table_of(&self, round: u32, id: &str) -> Option<u32> {
        let mut seats = self.seats().filter(|s| s.0 == round && s.2 == id);
        seats.next().map(|s| s.1)
    }

    /// The same plan without somebody who did not come to a round, so that they count as having met nobody there.
    #[must_use]
    pub fn without(mut self, round: u32, id: &str) -> Self {
        for here in self.rounds.iter_mut().filter(|r| r.round == round) {
            for table in &mut here.tables {
                table.members.retain(|m| m != id);
                table.facilitators.retain(|f| f != id);
            }
        }
        self
    }

    /// How often any two people share a table, facilitators included.
    #[must_use]
    pub fn meetings(&self) -> BTreeMap<(String, String), u32> {
        let mut met = BTreeMap::new();
        for table in self.rounds.iter().flat_map(|r| &r.tables) {
            let mut ids: Vec<&str> = table.everybody().collect();
            ids.sort_unstable();
            for (at, a) in ids.iter().enumerate() {
                for b in &ids[at + 1..] {
                    let pair = ((*a).to_owned(), (*b).to_owned());
                    *met.entry(pair).or_insert(0) += 1;
                }
            }
        }
        met
    }

    /// Plans the rounds from `from_round` on anew. What came before counts as it stands in this plan: take out with [`without`](Self::without) who did not come.
    /// Returns the problem of these rounds, whose history holds the earlier ones, and its plan; both keep the rounds' numbers.
    ///
    /// ```
    /// use kleroterion::assembly::{Attendance, Round, Seating};
    /// let members = ["a", "b", "c", "d", "e", "f"];
    /// let seating = members.iter().fold(Seating::builder(), |s, id| s.member(*id, [])).rounds(3, &Round::even(2)).build()?;
    /// let plan = seating.plan("a seed")?;
    /// let (rest, plan) = plan.replan(&seating, 2, &Attendance::as_planned().absent(2, ["f"]), "another seed")?;
    /// assert_eq!((plan.rounds[0].round, plan.table_of(2, "f"), plan.rounds.len()), (2, None, 2));
    /// assert!(plan.verify(&rest).is_ok());
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Input`](crate::ErrorKind::Input) with `E-SEAT-PLACE` for a round that the seating does not have, and those of
    /// [`SeatingBuilder::build`](super::SeatingBuilder::build) for the new attendance; those of [`Seating::plan`].
    pub fn replan(
        &self,
        seating: &Seating,
        from_round: u32,
        attendance: &Attendance,
        seed: &str,
    ) -> Result<(Seating, Self)> {
        let options = SeatingOptions::new(seed);
        self.replan_with(seating, (from_round, attendance), &options)
    }

    /// As [`replan`](Self::replan), from this round on with this attendance, with a search as long as the options say.
    ///
    /// # Errors
    /// As [`replan`](Self::replan).
    pub fn replan_with(
        &self,
        seating: &Seating,
        (from_round, attendance): (u32, &Attendance),
        options: &SeatingOptions,
    ) -> Result<(Seating, Self)> {
        let parts = &seating.parts;
        let end = parts.first + parts.rounds.len() as u32;
        let named = attendance.absent.keys().copied();
        let strange = |round: &u32| !(parts.first.max(from_round)..end).contains(round);
        if let Some(round) = std::iter::once(from_round).chain(named).find(strange) {
            let found = format!("round {round}");
            let expected = "a round to come that the seating has";
            return Err(input("E-SEAT-PLACE", found, expected));
        }
        let skipped = (from_round - parts.first) as usize;
        let mut rest = Parts {
            rounds: parts.rounds[skipped..].to_vec(),
            first: from_round,
            ..parts.clone()
        };
        for (round, absent) in &attendance.absent {
            rest.rounds[(round - from_round) as usize].absent = absent.clone();
        }
        let is_past =
            |rule: &SeatRule| matches!(rule, SeatRule::Pin { round, .. } if *round < from_round);
        rest.rules.retain(|rule| !is_past(rule));
        let mut past = self.clone();
        past.rounds.retain(|r| r.round < from_round);
        let met = past.meetings().into_iter();
        let known = |id: &str| seating.index.contains_key(id);
        let met = met.filter(|((a, b), _)| known(a) && known(b));
        rest.history
            .extend(met.map(|((a, b), times)| (a, b, times)));
        let rest = Seating::of(rest)?;
        let plan = rest.plan_with(options)?;
        Ok((rest, plan))
    }
}
