//! People whose part is settled before the draw: who sits already, and who is left out.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Instance;
use crate::error::{ErrorKind, Problem, Result};
use crate::pool::{self, Pool, PoolDraft};
use crate::quota::Quotas;

/// People whose part is settled, by id. *Seated* people have a seat already: members who stay when the seats of others
/// are filled again, or somebody who was appointed. *Excluded* people can get none: who withdrew, or may not sit.
///
/// See [`Instance::settle`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Settled {
    seated: Vec<Entry>,
    excluded: Vec<Entry>,
}

/// An id, and where it stands when it was read from a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    id: String,
    file: Option<String>,
    row: Option<u64>,
}

/// The part that somebody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Seated,
    Excluded,
}

impl Settled {
    /// Nobody.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// These sit already.
    #[must_use]
    pub fn seated<S: Into<String>>(mut self, ids: impl IntoIterator<Item = S>) -> Self {
        ids.into_iter()
            .for_each(|id| self.add(Part::Seated, id.into(), None));
        self
    }

    /// These are left out.
    #[must_use]
    pub fn excluded<S: Into<String>>(mut self, ids: impl IntoIterator<Item = S>) -> Self {
        ids.into_iter()
            .for_each(|id| self.add(Part::Excluded, id.into(), None));
        self
    }

    /// Seats that are taken already: different ids among the seated.
    #[must_use]
    pub fn seats_taken(&self) -> u32 {
        let ids: BTreeSet<&str> = self.seated.iter().map(|e| e.id.as_str()).collect();
        u32::try_from(ids.len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn add(&mut self, part: Part, id: String, place: Option<(&str, u64)>) {
        let entry = Entry {
            id: id.trim().to_owned(),
            file: place.map(|(file, _)| file.to_owned()),
            row: place.map(|(_, row)| row),
        };
        match part {
            Part::Seated => self.seated.push(entry),
            Part::Excluded => self.excluded.push(entry),
        }
    }
}

impl Entry {
    fn problem(&self, code: &str, found: String, expected: &str) -> Problem {
        Problem::new(code, found, expected).at(self.file.as_deref(), self.row, None)
    }
}

impl Instance {
    /// The draw that is left when some people's part is settled. Everybody named leaves the pool, and with the
    /// household rule the housemates of those seated too, when as many of the household sit as may. Those seated take their seats: of the panel size, and of the
    /// quota of each of their values (minimums end at 0; flexible limits likewise). Everything else stays.
    ///
    /// One of two women sits already; a man and nobody else is left to draw:
    ///
    /// ```
    /// # use kleroterion::{Instance, Pool, Quotas};
    /// use kleroterion::Settled;
    /// let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
    /// let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman"), ("p4", "man")];
    /// let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
    /// let settled = Settled::new().seated(["p1"]).excluded(["p4"]);
    /// let left = Instance::new(pool, quotas, 2)?.settle(&settled)?;
    /// assert_eq!((left.size(), left.len()), (1, 2)); // p2 and p3, for one seat
    /// assert_eq!((left.quotas()[0].max, left.quotas()[1].max), (1, 0)); // a man, no woman
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// DIFFERENCE: the standard tool removes the housemates of people selected earlier, and only with address checking;
    /// it reduces no quota, and people selected earlier can be selected again.
    ///
    /// Cost: O(p log p) for p people. The same lists in another order give the same instance.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with all of: `E-SETTLED-ID` (`"p9"`, whom the pool does not have; `"'+p"` is read as `"+p"` when only that
    /// is in the pool, for so it stands in a written table), `E-SETTLED-BOTH` (`"p1"` as
    /// seated and excluded), `E-SETTLED-QUOTA` (two women seated where one may sit), `E-SETTLED-SIZE` (as many seated as
    /// there are seats). Then whatever [`Instance::new`] finds wrong with what is left. An id twice in one list and two
    /// seated people of one household are [warnings](Instance::warnings): `W-SETTLED-TWICE`, `W-SETTLED-HOUSEHOLD`.
    pub fn settle(&self, settled: &Settled) -> Result<Self> {
        let (pool, quotas, size) = self.left(settled)?;
        Self::from_drafts(pool, quotas.into(), size)
    }

    /// What is left of pool, quotas and seats.
    pub(crate) fn left(&self, settled: &Settled) -> Result<(PoolDraft, Quotas, u32)> {
        let mut notes = Vec::new();
        let seated = self.persons(&settled.seated, &mut notes);
        let excluded = self.persons(&settled.excluded, &mut notes);
        for (person, entry) in &excluded {
            if seated.contains_key(person) {
                let found = format!("{:?}, who is also seated", entry.id);
                notes.push(entry.problem("E-SETTLED-BOTH", found, "one part per person"));
            }
        }
        self.same_household(&seated, &mut notes);
        let quotas = self.quotas_left(&seated, &mut notes);
        let taken = seated.len() as u64;
        if taken > 0 && taken >= u64::from(self.size()) {
            let found = format!("{taken} people who sit already");
            let expected = format!("fewer than the {} seats", self.size());
            notes.push(Problem::new("E-SETTLED-SIZE", found, expected));
        }
        let (warnings, problems): (Vec<_>, Vec<_>) =
            notes.into_iter().partition(Problem::is_warning);
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        let draft = PoolDraft {
            problems: warnings,
            ..self.pool_left(&seated, &excluded).into()
        };
        Ok((draft, quotas, self.size() - taken as u32))
    }

    /// The people of a list by canonical index.
    fn persons<'a>(
        &self,
        entries: &'a [Entry],
        notes: &mut Vec<Problem>,
    ) -> BTreeMap<u32, &'a Entry> {
        let mut persons = BTreeMap::new();
        for entry in entries {
            let found = format!("{:?}", entry.id);
            match self
                .find(&entry.id)
                .or_else(|| self.find_guarded(&entry.id))
            {
                None => {
                    notes.push(entry.problem(
                        "E-SETTLED-ID",
                        found,
                        "the id of somebody in the pool",
                    ));
                }
                Some(person) => {
                    if persons.insert(person, entry).is_some() {
                        notes.push(entry.problem("W-SETTLED-TWICE", found, "every id once"));
                    }
                }
            }
        }
        persons
    }

    /// An id that was written with `'` in front, so that no spreadsheet runs it.
    fn find_guarded(&self, id: &str) -> Option<u32> {
        let bare = id.strip_prefix('\'')?;
        self.find(bare)
            .filter(|_| bare.starts_with(['=', '+', '-', '@']))
    }

    fn same_household(&self, seated: &BTreeMap<u32, &Entry>, notes: &mut Vec<Problem>) {
        let mut homes: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for (&person, entry) in seated {
            let Some(home) = self.household(person) else {
                continue;
            };
            let others = homes.entry(home).or_default();
            if others.len() >= self.household_room(person) as usize {
                let found = format!("{:?} and {} of one household", entry.id, others.join(", "));
                let expected = pool::at_most_per_household(self.pool().household_most());
                notes.push(entry.problem("W-SETTLED-HOUSEHOLD", found, &expected));
            }
            others.push(format!("{:?}", entry.id));
        }
    }

    fn quotas_left(&self, seated: &BTreeMap<u32, &Entry>, notes: &mut Vec<Problem>) -> Quotas {
        let having = self.people_per_quota(seated.keys().copied());
        let mut quotas = self.given_quotas().clone();
        for (quota, taken) in having.into_iter().enumerate() {
            let Some(at) = self.given_position(quota) else {
                continue;
            };
            let given = &mut quotas.quotas[at];
            if taken > given.max {
                let found = format!(
                    "{taken} people who sit already with {} = {}",
                    given.feature, given.value
                );
                let expected = format!("at most {}", given.max);
                let problem = Problem::new("E-SETTLED-QUOTA", found, expected);
                notes.push(problem.at(quotas.file.as_deref(), given.row, None));
            }
            let less = |seats: u32| seats.saturating_sub(taken);
            given.min = less(given.min);
            given.max = less(given.max);
            given.min_flex = given.min_flex.map(less);
            given.max_flex = given.max_flex.map(less);
        }
        quotas
    }

    fn pool_left(&self, seated: &BTreeMap<u32, &Entry>, excluded: &BTreeMap<u32, &Entry>) -> Pool {
        let mut pool = self.pool().clone();
        for &person in seated.keys() {
            if let Some(key) = &self.person(person).household {
                *pool.household_taken.entry(key.clone()).or_default() += 1;
            }
        }
        let is_full = |key: &String| pool.household_room(key) == 0;
        let leaves = |person: &u32| {
            seated.contains_key(person)
                || excluded.contains_key(person)
                || self.person(*person).household.as_ref().is_some_and(is_full)
        };
        let mut gone = vec![false; self.len()];
        for person in (0..self.len() as u32).filter(leaves) {
            gone[self.position(person)] = true;
        }
        let mut at = 0;
        pool.people.retain(|_| {
            at += 1;
            !gone[at - 1]
        });
        pool
    }
}
