//! Members over time: an append-only ledger of who was invited, drawn, seated, left and came instead.
//!
//! Every [`Entry`] holds the digest of the one before, so whoever changes, removes or swaps an entry changes every digest after it. Publish the
//! [`tip`](Roster::tip) after every meeting: a ledger that was written anew from some entry on no longer [`extends`](Roster::extends) it.
//! Without a published tip nobody can tell a ledger from another one made later.
//!
//! People stand in it as [`PersonKey`]s, salted commitments to their ids. Who they are is kept in [`Members`], where it can be erased without touching the chain.
//!
//! Keys hide names only as long as nothing else tells them: a public record of replacements with ids and days stands beside the ledger's steps of the same days.
//! So publish tips, and show the ledger to auditors. Append steps of one day in the order of their keys: the order of the pool would tell whose they are.

mod entry;
mod members;
mod standing;
mod state;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::assembly::day::is_day;
use crate::audit::canonical;
use crate::error::{ErrorKind, Problem, Result};
use crate::lottery::Digest;

pub use entry::{Dated, Entry, Event, Head, PersonKey, VERSION};
pub use members::{Kept, Members};
use standing::Standings;
pub use state::State;

/// A ledger as it stands in `roster.json`: plain data, to be checked by [`Roster::open`]. No ids, no values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RosterRecord {
    /// In the order in which they were appended.
    pub entries: Vec<Entry>,
    /// What is fixed before the first entry.
    pub head: Head,
}

impl RosterRecord {
    /// The bytes of `roster.json`.
    ///
    /// # Errors
    /// As [`Entry::own_digest`].
    pub fn to_json(&self) -> Result<Vec<u8>> {
        canonical::to_bytes(self)
    }
}

/// A seat that went from one person to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Replacement {
    /// How many meetings had been held.
    pub after_meetings: u32,
    /// The day on which the alternate was activated.
    pub date: String,
    /// Who left.
    pub left: PersonKey,
    /// Who came.
    pub came: PersonKey,
    /// Whether the one who left had ever been seated.
    pub had_attended: Attended,
}

/// Whether somebody ever came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Attended {
    /// Never seated.
    Never,
    /// Seated at some time.
    Once,
}

/// A sound ledger: the chain holds and every step is one that the [state machine](State::follows) knows.
///
/// ```
/// use kleroterion::assembly::roster::{Dated, Head, PersonKey, Roster, State};
///
/// let [ada, bo] = [("ada", 1), ("bo", 2)].map(|(id, salt)| PersonKey::new(id, &[salt; 32]));
/// let mut roster = Roster::start(Head::new("Town assembly", 1))?;
/// let day = "2026-03-01";
/// let steps = [State::Registered, State::Selected, State::Confirmed, State::NoShow];
/// roster.append(steps.map(|to| Dated::step(day, ada, to)))?;
/// roster.append([Dated::step(day, bo, State::Registered), Dated::replacement(day, bo, ada)])?;
/// assert_eq!(roster.replacements().len(), 1);
/// assert_eq!(roster.count(State::NoShow), 1);
///
/// let late = roster.append([Dated::step(day, ada, State::Seated)]); // comes after all, but bo has the seat
/// assert_eq!(late.unwrap_err().problems()[0].code, "E-ROSTER-REPLACED");
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    record: RosterRecord,
    standings: Standings,
    tip: Digest,
}

impl Roster {
    /// An empty ledger.
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-ROSTER-DATE` for a cut-off that is no day, such as `2026-02-30`, and `E-ROSTER-VERSION` for a head of another version.
    pub fn start(head: Head) -> Result<Self> {
        let mut problems = Vec::new();
        if let Some(day) = head.cut_off.as_ref().filter(|day| !is_day(day)) {
            let expected = "a day of the calendar as YYYY-MM-DD";
            problems.push(Problem::new(
                "E-ROSTER-DATE",
                format!("the cut-off {day:?}"),
                expected,
            ));
        }
        if head.version != VERSION {
            let found = format!("the format {:?}", head.version);
            problems.push(Problem::new("E-ROSTER-VERSION", found, VERSION));
        }
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        let tip = head.digest()?;
        Ok(Self {
            record: RosterRecord {
                entries: Vec::new(),
                head,
            },
            standings: Standings::default(),
            tip,
        })
    }

    /// Appends events: all of them, or none when one is wrong. What follows from a wrong one is judged as if it had not happened. O(events · people).
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with every problem, by number of the entry: `E-ROSTER-DATE` for a day that is none, `E-ROSTER-ORDER` for a day before that of
    /// an earlier entry, `E-ROSTER-STEP` for a step that the state machine does not know (from seated to registered), `E-ROSTER-SEATS` for more people drawn than
    /// there are seats, `E-ROSTER-REPLACES` for a replacement of somebody who has or had no seat to give, `E-ROSTER-REPLACED` for a no-show who comes when
    /// the seat is taken, `E-ROSTER-CUT-OFF` for a replacement after the last day for it, `E-ROSTER-ATTENDED` for somebody at a meeting who is not seated.
    pub fn append(&mut self, events: impl IntoIterator<Item = Dated>) -> Result<()> {
        let (mut standings, mut tip) = (self.standings.clone(), self.tip);
        let mut entries = Vec::new();
        let mut problems = Vec::new();
        for (number, dated) in (self.record.entries.len() as u64 + 1..).zip(events) {
            problems.extend(standings.take(number, &dated, &self.record.head));
            let entry = Entry::new(dated, number, tip)?;
            tip = entry.digest;
            entries.push(entry);
        }
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        self.record.entries.extend(entries);
        (self.standings, self.tip) = (standings, tip);
        Ok(())
    }

    /// Takes up a ledger that was read back, after checking everything: first the chain, then, if it holds, every step. O(entries · people).
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with every problem of the chain: `E-ROSTER-DIGEST` for an entry that was changed, `E-ROSTER-CHAIN` for an entry that does not follow
    /// the one before (one was changed, removed, put in or swapped), `E-ROSTER-NUMBER` for one that is numbered out of order; or else with every problem
    /// as [`start`](Self::start) and [`append`](Self::append).
    pub fn open(record: RosterRecord) -> Result<Self> {
        let mut roster = Self::start(record.head)?;
        let mut problems = Vec::new();
        for (number, entry) in (1..).zip(&record.entries) {
            problems.extend(broken(number, entry, roster.tip)?);
            roster.tip = entry.digest;
        }
        if problems.is_empty() {
            for (number, entry) in (1..).zip(&record.entries) {
                let head = &roster.record.head;
                problems.extend(roster.standings.take(number, &entry.happened, head));
            }
        }
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        roster.record.entries = record.entries;
        Ok(roster)
    }

    /// The ledger as plain data.
    #[must_use]
    pub fn record(&self) -> &RosterRecord {
        &self.record
    }

    /// The digest of the last entry, or of the head: publish it, and the ledger up to here is fixed.
    #[must_use]
    pub fn tip(&self) -> Digest {
        self.tip
    }

    /// True when a tip published earlier is in this chain, so that everything up to it is as it was. O(entries).
    ///
    /// # Errors
    /// As [`Head::digest`].
    pub fn extends(&self, tip: Digest) -> Result<bool> {
        let known = self.record.entries.iter().any(|entry| entry.digest == tip);
        Ok(known || self.record.head.digest()? == tip)
    }

    /// Where a person stands; `None` when not on the roster.
    #[must_use]
    pub fn state(&self, person: PersonKey) -> Option<State> {
        let standing = self.standings.people.get(&person);
        standing.map(|standing| standing.state)
    }

    /// How many stand at a state now.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        let all = self.standings.people.values();
        all.filter(|standing| standing.state == state).count()
    }

    /// How many have ever stood at a state, wherever they are now.
    #[must_use]
    pub fn count_ever(&self, state: State) -> usize {
        let all = self.standings.people.values();
        all.filter(|standing| standing.ever(state)).count()
    }

    /// How many of the seats are kept for somebody: never more than there are.
    #[must_use]
    pub fn seats_held(&self) -> usize {
        self.standings.seats_held()
    }

    /// Everybody's state, by key.
    pub fn people(&self) -> impl Iterator<Item = (PersonKey, State)> {
        self.standings
            .people
            .iter()
            .map(|(key, standing)| (*key, standing.state))
    }

    /// Every seat that changed hands, in order. O(entries · log people).
    #[must_use]
    pub fn replacements(&self) -> Vec<Replacement> {
        let mut standings = Standings::default();
        let mut found = Vec::new();
        for Entry {
            happened, number, ..
        } in &self.record.entries
        {
            if let Event::AlternateActivated { person, replaces } = &happened.event {
                let seated = standings
                    .people
                    .get(replaces)
                    .is_some_and(|left| left.ever(State::Seated));
                found.push(Replacement {
                    after_meetings: standings.meetings(),
                    date: happened.date.clone(),
                    left: *replaces,
                    came: *person,
                    had_attended: if seated {
                        Attended::Once
                    } else {
                        Attended::Never
                    },
                });
            }
            standings.take(*number, happened, &self.record.head);
        }
        found
    }

    /// Replacements by the number of meetings that had been held.
    #[must_use]
    pub fn replacement_counts(&self) -> BTreeMap<u32, usize> {
        let mut counts = BTreeMap::new();
        for replacement in self.replacements() {
            *counts.entry(replacement.after_meetings).or_default() += 1;
        }
        counts
    }
}

/// What is wrong with an entry as a link of the chain.
fn broken(number: u64, entry: &Entry, tip: Digest) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    let mut note = |code: &str, found: &str, expected: &str| {
        let found = format!("entry {number}: {found}");
        problems.push(Problem::new(code, found, expected));
    };
    if entry.number != number {
        let found = format!("numbered {}", entry.number);
        let expected = "entries numbered from 1, none left out";
        note("E-ROSTER-NUMBER", &found, expected);
    }
    if entry.previous != tip {
        let found = "it does not hold the digest of what stands before it";
        note("E-ROSTER-CHAIN", found, "the entries as they were appended");
    }
    if entry.own_digest()? != entry.digest {
        let found = "it is not what its digest says";
        note("E-ROSTER-DIGEST", found, "the entry as it was appended");
    }
    Ok(problems)
}

#[cfg(test)]
mod tests;
