//! The field's original greedy rule, on counts of interchangeable people.

mod frequencies;

use std::collections::BTreeMap;

use super::super::composition::Composition;
use crate::error::{Error, ErrorKind};
use crate::group::Group;
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
    /// First role of every class, then the number of roles. A class is a group or, where several people of a household may sit, one
    /// unit of a group.
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
    /// The group and its role.
    place: (u32, u32),
    /// Its class.
    class: u32,
    profile: &'a [u32],
    /// People of the role in each of the class's units.
    people: i64,
}

/// How far an attempt has got. Whole roles leave when a value is full, whole units when as many of their people are chosen as may sit;
/// so, where one may sit, a role has `people` left in each unit of its class, or nobody. Where several may sit, a class has one unit.
#[derive(Clone, Default)]
struct State {
    /// Per class: people who may still be chosen.
    room: Vec<i64>,
    alive: Vec<bool>,
    /// Per role: people left, while it is alive.
    left: Vec<i64>,
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

/// Classes of a group: a group whose units may send one person each is one class, else every unit is.
fn classes(group: &Group) -> usize {
    match group.most_per_unit() {
        1 => 1,
        _ => group.units().len(),
    }
}

impl<'a> Greedy<'a> {
    pub(super) fn new(instance: &'a Instance) -> Self {
        let quotas = instance.quotas().len();
        let (mut roles, mut starts) = (Vec::new(), vec![0]);
        for (group, found) in (0u32..).zip(instance.groups()) {
            for _ in 0..classes(found) {
                let class = starts.len() as u32 - 1;
                let kinds = found.profiles().iter().zip(&found.units()[0]);
                roles.extend((0..).zip(kinds).map(|(role, (profile, people))| Role {
                    place: (group, role),
                    class,
                    profile,
                    people: people.len() as i64,
                }));
                starts.push(roles.len() as u32);
            }
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
        let groups = self.instance.groups();
        let rooms = groups.iter().flat_map(|group| {
            let classes = classes(group);
            std::iter::repeat_n((group.most() / classes) as i64, classes)
        });
        let left = |role: &Role| {
            let group = &groups[role.place.0 as usize];
            role.people * (group.units().len() / classes(group)) as i64
        };
        let mut state = State {
            room: rooms.collect(),
            alive: vec![true; self.roles.len()],
            left: self.roles.iter().map(left).collect(),
            remaining: vec![0; quotas.len()],
            selected: vec![0; quotas.len()],
            seats: vec![0; self.roles.len()],
            chosen: 0,
        };
        for (role, &people) in self.roles.iter().zip(&state.left) {
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
        if state.alive[role as usize] {
            state.left[role as usize]
        } else {
            0
        }
    }

    /// Chooses one person of the role; the housemates leave, and everybody with a value that is full now.
    fn choose(&self, state: &mut State, role: u32) -> Result<(), Failure> {
        let found = &self.roles[role as usize];
        let class = found.class as usize;
        state.seats[role as usize] += 1;
        state.chosen += 1;
        found
            .profile
            .iter()
            .for_each(|&q| state.selected[q as usize] += 1);
        state.room[class] -= 1;
        let unit = self.starts[class]..self.starts[class + 1];
        let group = &self.instance.groups()[found.place.0 as usize];
        for other in unit.clone() {
            let people = match (group.most_per_unit(), state.room[class]) {
                (1, _) => self.roles[other as usize].people,
                (_, 0) => state.left[other as usize],
                _ => i64::from(other == role),
            };
            if state.alive[other as usize] {
                self.leave(state, other, people);
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
                self.leave(state, role, state.left[role as usize]);
                state.alive[role as usize] = false;
                self.still_possible(state, role)?;
            }
        }
        Ok(())
    }

    fn leave(&self, state: &mut State, role: u32, people: i64) {
        state.left[role as usize] -= people;
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
        let mut seated: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for (role, &seats) in self.roles.iter().zip(&state.seats) {
            if seats > 0 {
                *seated.entry(role.place).or_default() += seats;
            }
        }
        let entry = |((group, role), seats)| (group, role, seats);
        Composition(seated.into_iter().map(entry).collect())
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
