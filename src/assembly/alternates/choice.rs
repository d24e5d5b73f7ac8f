//! Who takes an empty seat.

use super::{Alternates, Missed, Outcome, Policy, Reserves, Vacancy, missed_by};
use crate::instance::Instance;

/// The state between two dropouts.
pub(super) struct Table<'a> {
    instance: &'a Instance,
    seated: Vec<bool>,
    /// Alternates who can still be asked, in drawn order.
    waiting: Vec<u32>,
    /// The shadow of each member that has one still.
    shadow: Vec<Option<u32>>,
    /// Members with the value of each quota.
    seats: Vec<u32>,
}

impl<'a> Table<'a> {
    pub(super) fn new(drawn: &Alternates<'a>, reserves: Reserves) -> Self {
        let instance = drawn.instance;
        let mut table = Self {
            instance,
            seated: vec![false; instance.len()],
            waiting: drawn.alternates.clone(),
            shadow: vec![None; instance.len()],
            seats: vec![0; instance.quotas().len()],
        };
        drawn.panel.iter().for_each(|&person| table.seat(person));
        if reserves == Reserves::Shadows {
            for (member, shadow) in shadows(drawn) {
                table.shadow[member as usize] = Some(shadow);
            }
        }
        table
    }

    /// The quotas that are missed now.
    pub(super) fn missed(&self) -> Vec<Missed> {
        let pairs = self.instance.quotas().iter().zip(&self.seats);
        pairs
            .filter(|(quota, seats)| missed_by(quota, **seats) > 0)
            .map(|(quota, &seats)| Missed {
                quota: quota.clone(),
                seats,
            })
            .collect()
    }

    /// Ids of the panel, ascending.
    pub(super) fn panel(&self) -> Vec<String> {
        (0..self.instance.len() as u32)
            .filter(|&person| self.seated[person as usize])
            .map(|person| self.instance.person(person).id().to_owned())
            .collect()
    }

    pub(super) fn drop_out(&mut self, person: u32, policy: &Policy, date: &str) -> Outcome {
        if !self.seated[person as usize] {
            self.waiting.retain(|&other| other != person);
            return Outcome::OffTheList;
        }
        self.seated[person as usize] = false;
        for &quota in self.instance.profile(person) {
            self.seats[quota as usize] -= 1;
        }
        let next = if policy.cut_off.as_deref().is_some_and(|last| date > last) {
            Err(Vacancy::AfterCutOff)
        } else {
            self.next(person, policy.reserves)
        };
        match next {
            Ok(next) => {
                self.waiting.retain(|&other| other != next);
                self.seat(next);
                Outcome::ReplacedBy(self.instance.person(next).id().to_owned())
            }
            Err(vacancy) => Outcome::Vacant(vacancy),
        }
    }

    fn seat(&mut self, person: u32) {
        self.seated[person as usize] = true;
        for &quota in self.instance.profile(person) {
            self.seats[quota as usize] += 1;
        }
    }

    fn next(&self, left: u32, reserves: Reserves) -> Result<u32, Vacancy> {
        let free = || {
            self.waiting
                .iter()
                .copied()
                .filter(|&person| self.may_join(person))
        };
        // `min_by_key` takes the first of equals, which is the first in drawn order.
        match reserves {
            Reserves::None => Err(Vacancy::NoReserves),
            Reserves::Ranked => free()
                .min_by_key(|&person| self.missed_with(person))
                .ok_or(Vacancy::NobodyLeft),
            Reserves::Matched => free()
                .min_by_key(|&person| {
                    let differences = differences(self.instance, left, person);
                    (differences > 0, self.missed_with(person), differences)
                })
                .ok_or(Vacancy::NobodyLeft),
            Reserves::Shadows => self.shadow[left as usize]
                .filter(|shadow| self.waiting.contains(shadow) && self.may_join(*shadow))
                .ok_or(Vacancy::NoShadow),
        }
    }

    /// True unless as many members live with the person as may.
    fn may_join(&self, person: u32) -> bool {
        let Some(home) = self.instance.household(person) else {
            return true;
        };
        // The home's number is the index of its first person.
        (home..self.instance.len() as u32)
            .filter(|&other| self.seated[other as usize])
            .filter(|&other| self.instance.household(other) == Some(home))
            .take(self.instance.household_room(person) as usize)
            .count()
            < self.instance.household_room(person) as usize
    }

    /// Seats by which the quotas are missed, all together, once this person sits too: compared between people, so that quotas which the person does
    /// not touch cancel out.
    fn missed_with(&self, person: u32) -> i64 {
        let change = |&quota: &u32| {
            let (quota, seats) = (
                &self.instance.quotas()[quota as usize],
                self.seats[quota as usize],
            );
            i64::from(missed_by(quota, seats + 1)) - i64::from(missed_by(quota, seats))
        };
        self.instance.profile(person).iter().map(change).sum()
    }
}

/// Features in which two people differ.
pub(in crate::assembly) fn differences(instance: &Instance, one: u32, other: u32) -> usize {
    let pairs = instance.profile(one).iter().zip(instance.profile(other));
    pairs.filter(|(a, b)| a != b).count()
}

/// Members, ascending, with their shadows.
pub(super) fn shadows(drawn: &Alternates<'_>) -> Vec<(u32, u32)> {
    let instance = drawn.instance;
    let homes: Vec<(u32, u32)> = drawn
        .panel
        .iter()
        .filter_map(|&member| instance.household(member).map(|home| (home, member)))
        .collect();
    // Of a shadow's household fewer sit than may, the member not counted in whose place it would come.
    let fits = |member: u32, person: u32| {
        let home = instance.household(person);
        let lives = |&&(other, housemate): &&(u32, u32)| Some(other) == home && housemate != member;
        home.is_none()
            || homes.iter().filter(lives).count() < instance.household_room(person) as usize
    };
    let mut free = drawn.alternates.clone();
    let mut pairs = Vec::new();
    for most in [0, usize::MAX] {
        for &member in &drawn.panel {
            if pairs.iter().any(|&(paired, _)| paired == member) {
                continue;
            }
            let distance = |&(_, person): &(usize, u32)| differences(instance, member, person);
            let candidates = free.iter().copied().enumerate();
            let best = candidates
                .filter(|pair| distance(pair) <= most && fits(member, pair.1))
                .min_by_key(distance);
            if let Some((at, shadow)) = best {
                free.remove(at);
                pairs.push((member, shadow));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}
