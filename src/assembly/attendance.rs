//! Who came to which meeting, and how far the room was from the quotas.
//!
//! Everything here follows from a [`Roster`] and, where values are needed, from the confidential [`Members`].

use std::collections::BTreeMap;

use serde::Serialize;

use super::roster::{Event, Members, PersonKey, Roster, State};
use crate::metrics::suppression;
use crate::quota::Quota;
use crate::ratio::Ratio;

/// One meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Meeting {
    /// Members who came, ascending.
    pub attended: Vec<PersonKey>,
    /// The day, `YYYY-MM-DD`.
    pub date: String,
    /// Everybody who was seated at the time, ascending.
    pub members: Vec<PersonKey>,
    /// Counted from 1.
    pub number: u32,
}

/// Attendance of one stratum. Not for publication as it is: see [`published`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StratumAttendance {
    /// Members with the value who came.
    pub attended: u32,
    /// Members with the value.
    pub members: u32,
    /// The value; `None` for those of whom it is not known, or was deleted.
    pub value: Option<String>,
}

/// A row of attendance that may be published; `None` is a number held back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PublishedAttendance {
    /// Members with the value who came.
    pub attended: Option<u64>,
    /// Members with the value.
    pub members: Option<u64>,
    /// The value; `unknown` for those of whom it is not known.
    pub value: String,
}

/// How far people are from one quota.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct QuotaDrift {
    /// Seats too few or too many, counting those who came.
    pub attended_off: u32,
    /// Those who came and have the value.
    pub attended: u32,
    /// Seats too few or too many, counting all members.
    pub members_off: u32,
    /// Members with the value.
    pub members: u32,
    /// The quota.
    pub quota: Quota,
}

/// Every meeting of a ledger, in order. O(entries + meetings · people).
///
/// ```
/// use kleroterion::{Ratio, assembly::attendance, assembly::roster::{Dated, Head, PersonKey, Roster, State}};
///
/// let keys = [1, 2].map(|salt| PersonKey::new("somebody", &[salt; 32]));
/// let mut roster = Roster::start(Head::new("Town assembly", 2))?;
/// for key in keys {
///     let steps = [State::Registered, State::Selected, State::Confirmed, State::Seated];
///     roster.append(steps.map(|to| Dated::step("2026-03-01", key, to)))?;
/// }
/// roster.append([Dated::meeting("2026-03-01", keys), Dated::meeting("2026-04-01", [keys[1]])])?;
/// let meetings = attendance::meetings(&roster);
/// assert_eq!(meetings[1].share(), Some(Ratio::new(1, 2)));
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[must_use]
pub fn meetings(roster: &Roster) -> Vec<Meeting> {
    let mut states: BTreeMap<PersonKey, State> = BTreeMap::new();
    let mut found: Vec<Meeting> = Vec::new();
    for entry in &roster.record().entries {
        match &entry.happened.event {
            Event::Step { person, to } => {
                states.insert(*person, *to);
            }
            Event::AlternateActivated { person, .. } => {
                states.insert(*person, State::Activated);
            }
            Event::Meeting { attended } => {
                let seated = states.iter().filter(|(_, state)| **state == State::Seated);
                found.push(Meeting {
                    attended: attended.clone(),
                    date: entry.happened.date.clone(),
                    members: seated.map(|(key, _)| *key).collect(),
                    number: found.len() as u32 + 1,
                });
            }
        }
    }
    found
}

impl Meeting {
    /// Those who came, of all members; `None` without members.
    #[must_use]
    pub fn share(&self) -> Option<Ratio> {
        let members = self.members.len() as u64;
        (members > 0).then(|| Ratio::new(self.attended.len() as u64, members))
    }

    /// Attendance by the values of a feature, in ascending order; those of whom the value is not known come first. O(members · log members).
    #[must_use]
    pub fn by_stratum(&self, people: &Members, feature: &str) -> Vec<StratumAttendance> {
        let mut strata: BTreeMap<Option<&str>, (u32, u32)> = BTreeMap::new();
        for key in &self.members {
            let (members, attended) = strata.entry(people.value(*key, feature)).or_default();
            *members += 1;
            *attended += u32::from(self.attended.binary_search(key).is_ok());
        }
        let row = |(value, (members, attended)): (Option<&str>, (u32, u32))| StratumAttendance {
            attended,
            members,
            value: value.map(str::to_owned),
        };
        strata.into_iter().map(row).collect()
    }

    /// How far members, and those who came, are from each quota. Whoever has no known value counts for none. Not for publication: two of these lists
    /// tell what the person who left in between was. O(quotas · members).
    #[must_use]
    pub fn drift(&self, people: &Members, quotas: &[Quota]) -> Vec<QuotaDrift> {
        let having = |keys: &[PersonKey], quota: &Quota| {
            let value = Some(quota.value.as_str());
            let with = keys
                .iter()
                .filter(|key| people.value(**key, &quota.feature) == value);
            with.count() as u32
        };
        let off = |seats: u32, quota: &Quota| {
            quota.min.saturating_sub(seats) + seats.saturating_sub(quota.max)
        };
        let each = quotas.iter().map(|quota| {
            let (members, attended) = (having(&self.members, quota), having(&self.attended, quota));
            QuotaDrift {
                attended_off: off(attended, quota),
                attended,
                members_off: off(members, quota),
                members,
                quota: quota.clone(),
            }
        });
        each.collect()
    }
}

/// Seats by which those who came miss the quotas: all together, and the most by which one quota is missed.
#[must_use]
pub fn drift_norms(drift: &[QuotaDrift]) -> (u32, u32) {
    let off = drift.iter().map(|cell| cell.attended_off);
    (off.clone().sum(), off.max().unwrap_or(0))
}

/// Attendance by stratum with small groups held back: no number below five of people who came, or did not come, is shown or can be worked out from what
/// is, together with the totals of the meeting. O(strata²) and more where much is held back.
#[must_use]
pub fn published(strata: &[StratumAttendance]) -> Vec<PublishedAttendance> {
    let counts = |row: &StratumAttendance| {
        let [came, members] = [row.attended, row.members].map(u64::from);
        vec![came, members - came]
    };
    let counts: Vec<Vec<u64>> = strata.iter().map(counts).collect();
    let totals: Vec<u64> = counts.iter().map(|row| row.iter().sum()).collect();
    let hidden = suppression::lines_to_hide(&totals);
    let shown = suppression::published(&counts);
    let rows = strata.iter().enumerate();
    rows.map(|(at, row)| PublishedAttendance {
        attended: (shown[at][0] && !hidden.contains(&at)).then_some(counts[at][0]),
        members: (!hidden.contains(&at)).then_some(totals[at]),
        value: row.value.clone().unwrap_or_else(|| "unknown".to_owned()),
    })
    .collect()
}
