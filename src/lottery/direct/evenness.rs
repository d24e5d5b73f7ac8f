//! How even the intersections of a panel are, in integers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::instance::Instance;

/// Distances are counted in this many parts of a seat.
const SEAT: u64 = 1_000_000;
/// Most intersections that count.
const MOST: usize = 50;

/// How even the intersections of a panel's features are, in millionths of a seat: over all intersections that count the
/// sum of the distances of every cell from equal shares. See [`DirectRule::Diversimax`](super::DirectRule::Diversimax).
///
/// An *intersection* is a set of features; its m cells are all combinations of values that the pool has of each. It
/// counts when none of its features is a joint one, whose parts count anyway, m is at most the number of seats k and the pool has at least two people per cell; of these, those of
/// fewest features first and then in canonical order, at most 50. The distance is Σ |seats of the cell − k/m|, rounded
/// down to a millionth per intersection.
///
/// DIFFERENCE: in the field's program which 50 count, when there are more, is random.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Evenness {
    /// No panel has a smaller distance: the sum of what each intersection could reach alone.
    pub bound: u64,
    /// The panel's distance.
    pub distance: u64,
    /// Intersections that count.
    pub intersections: u64,
}

/// All intersections that count.
pub(crate) struct Intersections {
    sets: Vec<Intersection>,
    size: u64,
}

/// One set of features.
#[derive(Clone)]
struct Intersection {
    features: Vec<usize>,
    /// Per feature of the set: per quota of the canonical order the place of its value, times the cells of one value.
    steps: Vec<Vec<u64>>,
    cells: u64,
}

impl Intersections {
    /// O(intersections · quotas).
    pub(crate) fn of(instance: &Instance) -> Self {
        let features = instance.features().len();
        let places: Vec<(Vec<u64>, u64)> = (0..features).map(|f| places(instance, f)).collect();
        let (size, people) = (u64::from(instance.size()), instance.len() as u64);
        let counts = |cells: u64| cells <= size && people / cells >= 2;
        let mut sets: Vec<Intersection> = Vec::new();
        // A set counts only when all its parts do, for they have fewer cells: grow them by one feature at a time.
        let mut last = vec![Intersection {
            features: vec![],
            steps: vec![],
            cells: 1,
        }];
        while !last.is_empty() && sets.len() < MOST {
            let grow = |set: &Intersection| -> Vec<Intersection> {
                let first = set.features.last().map_or(0, |f| f + 1);
                let single = |f: &usize| instance.joint_parts(*f).is_none();
                let grown = (first..features)
                    .filter(single)
                    .map(|f| set.with(f, &places[f]));
                grown.filter(|set| counts(set.cells)).collect()
            };
            last = last.iter().flat_map(grow).collect();
            sets.extend(last.iter().cloned());
        }
        sets.truncate(MOST);
        Self { sets, size }
    }

    /// How many count.
    pub(crate) fn len(&self) -> usize {
        self.sets.len()
    }

    /// The cell of every intersection that a profile falls into.
    pub(crate) fn cells_of(&self, profile: &[u32]) -> Vec<u32> {
        self.sets.iter().map(|set| set.cell(profile)).collect()
    }

    /// Cells of intersection `set`.
    pub(crate) fn cells(&self, set: usize) -> u64 {
        self.sets[set].cells
    }

    /// |m · seats − k|: the distance of one of m cells in m-ths of a seat.
    pub(crate) fn part(&self, set: usize, seats: u64) -> u64 {
        (self.sets[set].cells * seats).abs_diff(self.size)
    }

    /// The distance of one intersection from the sum of its parts.
    pub(crate) fn term(&self, set: usize, parts: u64) -> u64 {
        // At most 2 · m · k parts, m and k below 2^20 in any pool that fits a memory; the product fits 64 bits.
        parts.saturating_mul(SEAT) / self.sets[set].cells
    }

    /// The evenness of a panel, whose distance any two programs agree on. O(people · intersections).
    pub(crate) fn of_panel(&self, instance: &Instance, panel: &[u32]) -> Evenness {
        let mut seats: Vec<Vec<u64>> = self
            .sets
            .iter()
            .map(|s| vec![0; s.cells as usize])
            .collect();
        for &person in panel {
            let cells = self.cells_of(instance.profile(person));
            for (seats, cell) in seats.iter_mut().zip(cells) {
                seats[cell as usize] += 1;
            }
        }
        let distance = |(set, seats): (usize, &Vec<u64>)| {
            self.term(set, seats.iter().map(|&s| self.part(set, s)).sum())
        };
        Evenness {
            bound: self.bound(instance),
            distance: seats.iter().enumerate().map(distance).sum(),
            intersections: self.sets.len() as u64,
        }
    }

    /// What each intersection could reach alone: seats are given one by one where they cost least (exact, as the
    /// distance is convex in every cell), no cell gets more than its people, households or quotas allow.
    fn bound(&self, instance: &Instance) -> u64 {
        (0..self.sets.len())
            .map(|set| self.term(set, self.least(set, instance)))
            .sum()
    }

    fn least(&self, set: usize, instance: &Instance) -> u64 {
        let found = &self.sets[set];
        let (most, mut seats) = found.limits(instance);
        let left = self.size.saturating_sub(seats.iter().sum());
        for _ in 0..left {
            let cost = |cell: &usize| {
                let (now, then) = (
                    self.part(set, seats[*cell]),
                    self.part(set, seats[*cell] + 1),
                );
                then as i64 - now as i64
            };
            let open = (0..seats.len()).filter(|&cell| seats[cell] < most[cell]);
            match open.min_by_key(cost) {
                Some(cell) => seats[cell] += 1,
                None => break,
            }
        }
        seats.iter().map(|&s| self.part(set, s)).sum()
    }
}

impl Intersection {
    fn cell(&self, profile: &[u32]) -> u32 {
        let steps = self.features.iter().zip(&self.steps);
        steps
            .map(|(&f, steps)| steps[profile[f] as usize])
            .sum::<u64>() as u32
    }

    /// Most and fewest seats of every cell, as far as people, households and quotas of single features say.
    fn limits(&self, instance: &Instance) -> (Vec<u64>, Vec<u64>) {
        let cells = self.cells as usize;
        let (mut most, mut least) = (vec![0_u64; cells], vec![0_u64; cells]);
        let mut homes: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for person in 0..instance.len() as u32 {
            let cell = self.cell(instance.profile(person));
            let home = instance.household(person).unwrap_or(person);
            let seated = homes.entry((cell, home)).or_default();
            if *seated < instance.household_room(person) {
                *seated += 1;
                most[cell as usize] += 1;
            }
        }
        for profile in instance.groups().iter().flat_map(|g| g.profiles()) {
            let cell = self.cell(profile) as usize;
            for &feature in &self.features {
                let quota = &instance.quotas()[profile[feature] as usize];
                most[cell] = most[cell].min(quota.max.into());
                if self.features.len() == 1 {
                    least[cell] = quota.min.into();
                }
            }
        }
        (most, least)
    }

    fn with(&self, feature: usize, (places, values): &(Vec<u64>, u64)) -> Self {
        let steps = places.iter().map(|place| place * self.cells).collect();
        Self {
            features: self.features.iter().copied().chain([feature]).collect(),
            steps: self.steps.iter().cloned().chain([steps]).collect(),
            cells: self.cells.saturating_mul(*values),
        }
    }
}

/// Per quota the place of its value among those of the feature that somebody in the pool has, and their number.
fn places(instance: &Instance, feature: usize) -> (Vec<u64>, u64) {
    let mut present = vec![false; instance.quotas().len()];
    for person in 0..instance.len() as u32 {
        present[instance.profile(person)[feature] as usize] = true;
    }
    let mut values = 0;
    let places = present
        .iter()
        .map(|&here| {
            let place = values;
            values += u64::from(here);
            place
        })
        .collect();
    (places, values)
}
