//! The field's original greedy rule, on counts of interchangeable people.

mod frequencies;

use super::super::composition::Composition;
use crate::error::{Error, ErrorKind};
use crate::instance::Instance;
use crate::lottery::stream::Stream;

pub use frequencies::{LegacyFrequencies, legacy_frequencies};

/// The quotas of the canonical order, in the order of the quotas' file: features as they first appear, their values as
/// listed. People in no listed cell of a joint quota come last: the file says nothing about them.
pub(crate) fn file_order(instance: &Instance) -> Vec<u32> {
    let quotas = instance.quotas();
    let given: Vec<Option<usize>> = (0..quotas.len())
        .map(|quota| instance.given_position(quota))
        .collect();
    let first = |feature: &str| {
        let places = quotas.iter().zip(&given);
        places
            .filter(|(quota, _)| quota.feature == feature)
            .filter_map(|(_, place)| *place)
            .min()
    };
    let mut order: Vec<u32> = (0..quotas.len() as u32).collect();
    order.sort_by_cached_key(|&quota| {
        let place = given[quota as usize];
        let feature = &quotas[quota as usize].feature;
        (place.is_none(), first(feature), place)
    });
    order
}

/// The instance as the rule sees it.
pub(super) struct Greedy<'a> {
    instance: &'a Instance,
    roles: Vec<Role<'a>>,
    /// First role of every group, then the number of roles.
    starts: Vec<u32>,
    /// Roles with each quota's value.
    having: Vec<Vec<u32>>,
    /// Quotas in file order.
    order: Vec<u32>,
    start: State,
    /// What fails before anybody is chosen.
    hopeless: Option<Failure>,
}

struct Role<'a> {
    group: u32,
    profile: &'a [u32],
    /// People of the role in each of the group's units.
    people: i64,
}

/// How far an attempt has got. Whole roles leave when a value is full, whole units when one of their people is chosen;
/// so a role has `people` left in each unit of its group, or nobody.
#[derive(Clone, Default)]
struct State {
    units: Vec<i64>,
    alive: Vec<bool>,
    /// Per quota.
    remaining: Vec<i64>,
    selected: Vec<i64>,
    /// Per role.
    seats: Vec<u32>,
    chosen: u32,
}

/// Where an attempt ended.
#[derive(Debug, Clone, Copy)]
struct Failure {
    /// People chosen so far.
    chosen: u32,
    /// The quota that could not be met any more; `None` when nobody was left.
    quota: Option<u32>,
}

impl<'a> Greedy<'a> {
    pub(super) fn new(instance: &'a Instance) -> Self {
        let quotas = instance.quotas().len();
        let (mut roles, mut starts) = (Vec::new(), vec![0]);
        for (group, found) in (0u32..).zip(instance.groups()) {
            for (profile, people) in found.profiles().iter().zip(&found.units()[0]) {
                let people = people.len() as i64;
                roles.push(Role {
                    group,
                    profile,
                    people,
                });
            }
            starts.push(roles.len() as u32);
        }
        let mut having = vec![Vec::new(); quotas];
        for (number, role) in (0u32..).zip(&roles) {
            role.profile
                .iter()
                .for_each(|&quota| having[quota as usize].push(number));
        }
        let mut greedy = Self {
            instance,
            roles,
            starts,
            having,
            order: file_order(instance),
            start: State::default(),
            hopeless: None,
        };
        greedy.prepare();
        greedy
    }

    /// Counts everybody, then lets go of those with a value of which nobody is wanted.
    fn prepare(&mut self) {
        let quotas = self.instance.quotas();
        let mut state = State {
            units: self
                .instance
                .groups()
                .iter()
                .map(|g| g.units().len() as i64)
                .collect(),
            alive: vec![true; self.roles.len()],
            remaining: vec![0; quotas.len()],
            selected: vec![0; quotas.len()],
            seats: vec![0; self.roles.len()],
            chosen: 0,
        };
        for role in &self.roles {
            let people = role.people * state.units[role.group as usize];
            role.profile
                .iter()
                .for_each(|&q| state.remaining[q as usize] += people);
        }
        let unwanted = (0..quotas.len()).filter(|&q| quotas[q].max == 0);
        for quota in unwanted {
            if let Err(failure) = self.let_go(&mut state, quota as u32) {
                self.hopeless = self.hopeless.or(Some(failure));
            }
        }
        self.start = state;
    }

    /// One attempt from the beginning; leaves the seats per role in `state`. O(k · (quotas + roles)).
    fn attempt(&self, state: &mut State, stream: &mut Stream) -> Result<(), Failure> {
        if let Some(failure) = self.hopeless {
            return Err(failure);
        }
        state.clone_from(&self.start);
        for _ in 0..self.instance.size() {
            let quota = self.neediest(state)?;
            let role = self.somebody(state, quota, stream);
            self.choose(state, role)?;
        }
        let unmet = |&&q: &&u32| {
            state.selected[q as usize] < i64::from(self.instance.quotas()[q as usize].min)
        };
        match self.order.iter().find(unmet) {
            Some(&quota) => state.failed(Some(quota)),
            None => Ok(()),
        }
    }

    /// The value of highest (min − selected)/remaining, the first listed among equals; negative once its minimum is met.
    fn neediest(&self, state: &State) -> Result<u32, Failure> {
        let mut best: Option<(i64, i64, u32)> = None;
        for &quota in &self.order {
            let terms = &self.instance.quotas()[quota as usize];
            let remaining = state.remaining[quota as usize];
            let need = i64::from(terms.min) - state.selected[quota as usize];
            if need > 0 && remaining < need {
                return state.failed(Some(quota));
            }
            if remaining == 0 || terms.max == 0 {
                continue;
            }
            if best.is_none_or(|(n, r, _)| need * r > n * remaining) {
                best = Some((need, remaining, quota));
            }
        }
        best.map_or_else(|| state.failed(None), |(_, _, quota)| Ok(quota))
    }

    /// The role of a uniform person among those with the value who are left.
    fn somebody(&self, state: &State, quota: u32, stream: &mut Stream) -> u32 {
        let mut rank = stream.below(state.remaining[quota as usize] as u64) as i64;
        let mut last = 0;
        for &role in &self.having[quota as usize] {
            let people = self.left(state, role);
            if rank < people {
                return role;
            }
            rank -= people;
            last = role;
        }
        last
    }

    /// People of a role who are left.
    fn left(&self, state: &State, role: u32) -> i64 {
        let found = &self.roles[role as usize];
        if state.alive[role as usize] {
            found.people * state.units[found.group as usize]
        } else {
            0
        }
    }

    /// Chooses one person of the role; the housemates leave, and everybody with a value that is full now.
    fn choose(&self, state: &mut State, role: u32) -> Result<(), Failure> {
        let found = &self.roles[role as usize];
        let group = found.group as usize;
        state.seats[role as usize] += 1;
        state.chosen += 1;
        found
            .profile
            .iter()
            .for_each(|&q| state.selected[q as usize] += 1);
        state.units[group] -= 1;
        let unit = self.starts[group]..self.starts[group + 1];
        for role in unit.clone() {
            if state.alive[role as usize] {
                self.leave(state, role, self.roles[role as usize].people);
            }
        }
        for role in unit {
            self.still_possible(state, role)?;
        }
        for &quota in found.profile {
            let max = i64::from(self.instance.quotas()[quota as usize].max);
            if state.selected[quota as usize] == max {
                self.let_go(state, quota)?;
            }
        }
        Ok(())
    }

    /// Everybody with the value leaves.
    fn let_go(&self, state: &mut State, quota: u32) -> Result<(), Failure> {
        for &role in &self.having[quota as usize] {
            if state.alive[role as usize] {
                self.leave(state, role, self.left(state, role));
                state.alive[role as usize] = false;
                self.still_possible(state, role)?;
            }
        }
        Ok(())
    }

    fn leave(&self, state: &mut State, role: u32, people: i64) {
        for &quota in self.roles[role as usize].profile {
            state.remaining[quota as usize] -= people;
        }
    }

    /// Fails when nobody is left with a value of the role whose minimum is not met.
    fn still_possible(&self, state: &State, role: u32) -> Result<(), Failure> {
        let lost = |&&q: &&u32| {
            let min = i64::from(self.instance.quotas()[q as usize].min);
            state.remaining[q as usize] == 0 && state.selected[q as usize] < min
        };
        match self.roles[role as usize].profile.iter().find(lost) {
            Some(&quota) => state.failed(Some(quota)),
            None => Ok(()),
        }
    }

    /// Seats per role as a composition.
    fn composition(&self, state: &State) -> Composition {
        let entry = |(role, &seats): (usize, &u32)| {
            let group = self.roles[role].group;
            (group, role as u32 - self.starts[group as usize], seats)
        };
        let seated = state
            .seats
            .iter()
            .enumerate()
            .filter(|(_, seats)| **seats > 0);
        Composition(seated.map(entry).collect())
    }
}

impl State {
    fn failed<T>(&self, quota: Option<u32>) -> Result<T, Failure> {
        Err(Failure {
            chosen: self.chosen,
            quota,
        })
    }
}

/// Attempts that failed, and how.
struct Failures {
    attempts: u32,
    most_chosen: u32,
    /// Per quota, then without anybody left.
    by_quota: Vec<u32>,
}

impl Failures {
    fn new(instance: &Instance) -> Self {
        Self {
            attempts: 0,
            most_chosen: 0,
            by_quota: vec![0; instance.quotas().len() + 1],
        }
    }

    fn add(&mut self, failure: Failure) {
        self.attempts += 1;
        self.most_chosen = self.most_chosen.max(failure.chosen);
        let last = self.by_quota.len() - 1;
        self.by_quota[failure.quota.map_or(last, |quota| quota as usize)] += 1;
    }

    fn error(&self, instance: &Instance) -> Error {
        // The first of those that failed most often.
        let most = self.by_quota.iter().copied().max().unwrap_or(0);
        let at = self.by_quota.iter().position(|&count| count == most);
        ErrorKind::AttemptsExhausted {
            attempts: self.attempts,
            most_chosen: self.most_chosen,
            size: instance.size(),
            quota: at.and_then(|at| instance.quotas().get(at)).cloned(),
            failures: most,
        }
        .into()
    }
}

/// Attempts until one gives a panel: its composition and their number.
pub(super) fn legacy(
    instance: &Instance,
    limit: u32,
    stream: &mut Stream,
) -> Result<(Composition, u32), Error> {
    let greedy = Greedy::new(instance);
    let (mut state, mut failures) = (State::default(), Failures::new(instance));
    for attempt in 1..=limit {
        match greedy.attempt(&mut state, stream) {
            Ok(()) => return Ok((greedy.composition(&state), attempt)),
            Err(failure) => failures.add(failure),
        }
    }
    Err(failures.error(instance))
}
