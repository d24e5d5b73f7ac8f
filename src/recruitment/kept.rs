//! One stratum of a register that passes by: the units of lowest priority, and counts of all.

use std::collections::BTreeMap;

/// A unit that may get a letter, and the person of it who would.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) id: Box<str>,
    /// The person's own priority.
    pub(super) priority: u128,
    pub(super) row: Option<u64>,
    /// The person's row of the register, as the reader wants it back.
    pub(super) cells: Box<[u8]>,
    pub(super) members: u64,
}

/// Keeps *all* units below the barrier, which only ever falls: so what is kept is always the start of the whole order.
#[derive(Debug)]
pub(super) struct Stratum {
    pub(super) weight: u64,
    pub(super) people: u64,
    pub(super) kept: BTreeMap<u128, Kept>,
    barrier: u128,
    /// Marks of addresses, in no order and with repetitions; empty when people get the letters.
    pub(super) homes: Vec<u64>,
}

impl Stratum {
    pub(super) fn new(weight: u64) -> Self {
        Self {
            weight,
            people: 0,
            kept: BTreeMap::new(),
            barrier: u128::MAX,
            homes: vec![],
        }
    }

    /// True when a unit of this priority may still be drawn.
    pub(super) fn is_open_to(&self, priority: u128) -> bool {
        priority < self.barrier
    }

    /// Adds a person of the unit with this priority. The unit's members are all seen, since once below the barrier it was never gone.
    pub(super) fn add(&mut self, unit: u128, person: Kept) {
        use std::collections::btree_map::Entry;
        match self.kept.entry(unit) {
            Entry::Vacant(place) => {
                place.insert(person);
            }
            Entry::Occupied(mut place) => {
                let kept = place.get_mut();
                let members = kept.members + 1;
                // Of two rows with one id, which is an error later, the same stays in any order of rows.
                if (person.priority, &person.cells) < (kept.priority, &kept.cells) {
                    *kept = person;
                }
                kept.members = members;
            }
        }
    }

    /// Lets the last units go until `most` are left.
    pub(super) fn shrink(&mut self, most: usize) {
        while self.kept.len() > most {
            if let Some((priority, _)) = self.kept.pop_last() {
                self.barrier = priority;
            }
        }
    }

    /// Puts away a mark of an address; housemates who stand together are put away once.
    pub(super) fn home(&mut self, mark: u64) {
        if self.homes.last() != Some(&mark) {
            self.homes.push(mark);
        }
    }

    /// Units: people, or different addresses. Sorts the marks.
    pub(super) fn units(&mut self, per_address: super::Unit) -> u64 {
        match per_address {
            super::Unit::Person => self.people,
            super::Unit::Address => {
                self.homes.sort_unstable();
                self.homes.dedup();
                self.homes.len() as u64
            }
        }
    }
}

/// How many units a stratum has to keep so that the lowest it will need are surely among them.
///
/// If the mailing went to the people seen so far only, a stratum would get `mean` letters; later people lower the share of those
/// seen. Which of them are drawn is chance, so ten standard deviations and a hundred are added. That they sufficed is checked at the end.
#[derive(Debug, Default)]
pub(super) struct Outlook {
    /// People per weight seen so far.
    people: BTreeMap<u64, u64>,
    seen: u64,
    due: u64,
    /// Letters per person of weight 1.
    rate: f64,
}

impl Outlook {
    /// Counts a person.
    pub(super) fn count(&mut self, weight: u64) {
        self.seen += 1;
        if let Some(people) = self.people.get_mut(&weight) {
            *people += 1;
        } else {
            self.people.insert(weight, 1);
        }
    }

    /// Units a stratum should keep now.
    pub(super) fn needed(&mut self, letters: u64, stratum: &Stratum, unit: super::Unit) -> usize {
        if self.seen >= self.due {
            self.rate = self.fill(letters);
            self.due = self.seen + self.seen / 32 + 64;
        }
        let share = (self.rate * stratum.weight as f64).min(1.0);
        // A stratum of single people has more addresses than its people say: up to four times are allowed for.
        let margin = match unit {
            super::Unit::Person => 1.0,
            super::Unit::Address => 4.0,
        };
        let mean = margin * share * stratum.people as f64;
        let most = letters as f64;
        (mean + 10.0 * mean.sqrt() + 100.0).min(most) as usize
    }

    /// The rate at which `min(1, rate · weight)` letters per person are as many as wanted.
    fn fill(&self, letters: u64) -> f64 {
        let mut left = letters as f64;
        let mass = |(&weight, &people): (&u64, &u64)| weight as f64 * people as f64;
        let mut total: f64 = self.people.iter().map(mass).sum();
        for (&weight, &people) in self.people.iter().rev() {
            let rate = left / total;
            if rate * (weight as f64) < 1.0 {
                return rate;
            }
            left -= people as f64;
            total -= mass((&weight, &people));
            if left <= 0.0 || total <= 0.0 {
                return rate;
            }
        }
        1.0
    }
}
