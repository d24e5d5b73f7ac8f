//! Counting all panels, in integers: independent of the code that makes lotteries.
//!
//! Counts group after group, with the seats of every quota so far as the state, and forgets a quota once nobody left
//! can fill it. Stops after a fixed number of steps; what it did not reach is not checked.

use std::collections::BTreeMap;

use crate::instance::Instance;
use crate::natural::Natural;

/// Most transitions between states.
pub(super) const STEPS: u64 = 6_000_000;

/// What the count of its own found.
pub(super) struct Recount {
    pub(super) compositions: Natural,
    pub(super) panels: Natural,
}

/// What a state's beginnings add up to.
#[derive(Clone, Default)]
struct Cell {
    compositions: Natural,
    panels: Natural,
}

struct Counter<'a> {
    instance: &'a Instance,
    /// Most seats each quota can still get from the groups after the current one, and all groups can.
    supply: Vec<u32>,
    capacity: u32,
    steps: u64,
}

/// Seats of every quota, then seats left.
type State = Vec<u32>;

/// `None` when it takes too many steps, or several people of a household may sit.
pub(super) fn recount(instance: &Instance) -> Option<Recount> {
    let groups = instance.groups();
    if instance.seats_housemates() {
        return None;
    }
    let mut counter = Counter {
        instance,
        supply: vec![0; instance.quotas().len()],
        capacity: 0,
        steps: 0,
    };
    let order = counter.order();
    for &g in &order {
        counter
            .supplies(g)
            .for_each(|(q, units)| counter.supply[q] += units);
        counter.capacity += groups[g].units().len() as u32;
    }
    let mut start = vec![0; instance.quotas().len()];
    start.push(instance.size());
    let one = Cell {
        compositions: 1.into(),
        panels: 1.into(),
    };
    let mut states: BTreeMap<State, Cell> = BTreeMap::from([(start, one)]);
    for g in order {
        let less: Vec<(usize, u32)> = counter.supplies(g).collect();
        less.into_iter()
            .for_each(|(q, units)| counter.supply[q] -= units);
        counter.capacity -= groups[g].units().len() as u32;
        let mut next = BTreeMap::new();
        for (state, cell) in states {
            counter.give(g as u32, (0, 0), (state, cell), &mut next);
        }
        if counter.steps > STEPS {
            return None;
        }
        states = next;
    }
    let end = states.into_values().next().unwrap_or_default();
    Some(Recount {
        compositions: end.compositions,
        panels: end.panels,
    })
}

impl Counter<'_> {
    /// Groups in the order of the feature with most values, so that its quotas are forgotten one by one.
    fn order(&self) -> Vec<usize> {
        let groups = self.instance.groups();
        let positions = groups
            .iter()
            .flat_map(|g| g.profiles())
            .map(|p| p.len())
            .min();
        let values = |position: usize| {
            let profiles = groups.iter().flat_map(|g| g.profiles());
            let mut held: Vec<u32> = profiles.map(|p| p[position]).collect();
            held.sort_unstable();
            held.dedup();
            held.len()
        };
        let widest = (0..positions.unwrap_or(0)).rev().max_by_key(|&p| values(p));
        let mut order: Vec<usize> = (0..groups.len()).collect();
        order.sort_by_key(|&g| {
            (
                widest.map(|p| groups[g].profiles()[0][p]),
                groups[g].profiles(),
            )
        });
        order
    }

    /// Most seats a group can give to each quota.
    fn supplies(&self, g: usize) -> impl Iterator<Item = (usize, u32)> + use<> {
        let group = &self.instance.groups()[g];
        let mut quotas: Vec<u32> = group.profiles().iter().flatten().copied().collect();
        quotas.sort_unstable();
        quotas.dedup();
        let units = group.units().len() as u32;
        quotas.into_iter().map(move |q| (q as usize, units))
    }

    /// Seats of one role after another, every number that may still lead to a panel.
    fn give(
        &mut self,
        group: u32,
        (role, used): (u32, u32),
        (state, cell): (State, Cell),
        next: &mut BTreeMap<State, Cell>,
    ) {
        self.steps += 1;
        if self.steps > STEPS {
            return;
        }
        let found = &self.instance.groups()[group as usize];
        let Some(profile) = found.profiles().get(role as usize) else {
            return self.keep(state, &cell, next);
        };
        let quotas = self.instance.quotas();
        let left = state[quotas.len()];
        for seats in 0..=left.min(found.units().len() as u32 - used) {
            let mut after = state.clone();
            after[quotas.len()] -= seats;
            profile.iter().for_each(|&q| after[q as usize] += seats);
            if profile
                .iter()
                .any(|&q| after[q as usize] > quotas[q as usize].max)
            {
                break;
            }
            let ways = ways(self.instance, (group, role), (used, seats));
            let onward = Cell {
                compositions: cell.compositions.clone(),
                panels: times(&cell.panels, &ways),
            };
            self.give(group, (role + 1, used + seats), (after, onward), next);
        }
    }

    /// Adds a state after a group, unless no panel can come of it.
    fn keep(&self, mut state: State, cell: &Cell, next: &mut BTreeMap<State, Cell>) {
        let quotas = self.instance.quotas();
        let left = state[quotas.len()];
        if left > self.capacity {
            return;
        }
        for (q, quota) in quotas.iter().enumerate() {
            let more = self.supply[q].min(left);
            if state[q] + more < quota.min {
                return;
            }
            if self.supply[q] == 0 {
                state[q] = quota.min;
            }
        }
        let sum = next.entry(state).or_default();
        sum.compositions.add(&cell.compositions);
        sum.panels.add(&cell.panels);
    }
}

/// Ways to seat people of a role when some households of the group have a seat already.
pub(super) fn ways(
    instance: &Instance,
    (group, role): (u32, u32),
    (used, seats): (u32, u32),
) -> Natural {
    let found = &instance.groups()[group as usize];
    let units = found.units().len() as u64;
    let each = found.people_in(role as usize) as u64 / units;
    let free = units.saturating_sub(used.into());
    (0..seats).fold(Natural::choose(free, seats.into()), |w, _| w.times(each))
}

pub(super) fn times(a: &Natural, b: &Natural) -> Natural {
    let mut product = Natural::default();
    product.add_product(a, b);
    product
}
