//! A random walk over panels, for pools whose panels cannot be counted. Approximate: nobody knows how far it is from
//! where it should be.
//!
//! One exchange of a member for somebody else may miss quotas, at a price: sets of people with the right size and
//! households are as likely as the product of their members' weights times e^(−β · seats missing or too many). All of
//! them can be reached from each other, also where exact quotas cut the panels themselves into islands; those visited
//! while all quotas are met are distributed as the rule says, once the walk is long enough.

use crate::instance::Instance;
use crate::lottery::Stream;

/// Where the walk is.
pub(super) struct Chain<'a> {
    instance: &'a Instance,
    /// ln of every person's weight.
    pub(super) lambda: Vec<f64>,
    /// Price of one seat missing or too many.
    beta: f64,
    members: Vec<u32>,
    others: Vec<u32>,
    /// Members of each household.
    homes: Vec<u32>,
    seats: Vec<u32>,
    missed: i64,
    pub(super) steps: u64,
    pub(super) moved: u64,
    pub(super) met: u64,
}

impl<'a> Chain<'a> {
    /// Starts at a panel, given by canonical indices.
    pub(super) fn new(instance: &'a Instance, panel: Vec<u32>) -> Self {
        let people = 0..instance.len() as u32;
        let households = people.clone().filter_map(|p| instance.household(p));
        let mut chain = Self {
            instance,
            lambda: vec![0.0; instance.len()],
            beta: 1.0,
            others: people.filter(|p| !panel.contains(p)).collect(),
            homes: vec![0; households.max().map_or(0, |h| h as usize + 1)],
            seats: vec![0; instance.quotas().len()],
            missed: 0,
            members: panel,
            steps: 0,
            moved: 0,
            met: 0,
        };
        for &person in &chain.members {
            let profile = instance.profile(person);
            profile.iter().for_each(|&q| chain.seats[q as usize] += 1);
            if let Some(home) = instance.household(person) {
                chain.homes[home as usize] += 1;
            }
        }
        chain
    }

    /// The members when all quotas are met.
    pub(super) fn panel(&self) -> Option<&[u32]> {
        (self.missed == 0).then_some(&self.members)
    }

    /// Proposes one exchange (Metropolis).
    pub(super) fn step(&mut self, stream: &mut Stream) {
        self.steps += 1;
        if !self.others.is_empty() {
            let out = stream.below(self.members.len() as u64) as usize;
            let into = stream.below(self.others.len() as u64) as usize;
            self.exchange(out, into, stream);
        }
        self.met += u64::from(self.missed == 0);
    }

    fn exchange(&mut self, out: usize, into: usize, stream: &mut Stream) {
        let (leaver, joiner) = (self.members[out], self.others[into]);
        let home = |p: u32| self.instance.household(p).map(|h| h as usize);
        let (old, new) = (home(leaver), home(joiner));
        let room = self.instance.household_room(joiner);
        if new.is_some_and(|h| self.homes[h] >= room + u32::from(old == new)) {
            return;
        }
        let change = self.change(leaver, joiner);
        let gain = self.lambda[joiner as usize] - self.lambda[leaver as usize];
        let log = gain - self.beta * change as f64;
        if log < 0.0 && super::walk::unit(stream) >= libm::exp(log) {
            return;
        }
        if let Some(home) = old {
            self.homes[home] -= 1;
        }
        if let Some(home) = new {
            self.homes[home] += 1;
        }
        let (from, to) = (self.instance.profile(leaver), self.instance.profile(joiner));
        from.iter().for_each(|&q| self.seats[q as usize] -= 1);
        to.iter().for_each(|&q| self.seats[q as usize] += 1);
        self.members[out] = joiner;
        self.others[into] = leaver;
        self.missed += change;
        self.moved += 1;
    }

    /// What the exchange adds to the seats missing or too many.
    fn change(&self, leaver: u32, joiner: u32) -> i64 {
        let (from, to) = (self.instance.profile(leaver), self.instance.profile(joiner));
        let mut change = 0;
        for &q in from.iter().filter(|q| !to.contains(q)) {
            let (quota, seats) = (&self.instance.quotas()[q as usize], self.seats[q as usize]);
            change += i64::from(seats <= quota.min) - i64::from(seats > quota.max);
        }
        for &q in to.iter().filter(|q| !from.contains(q)) {
            let (quota, seats) = (&self.instance.quotas()[q as usize], self.seats[q as usize]);
            change += i64::from(seats >= quota.max) - i64::from(seats < quota.min);
        }
        change
    }

    /// Sets the price so that about a quarter of the steps meet all quotas: lower prices walk faster, higher ones meet
    /// more. Forgets the counts.
    pub(super) fn tune(&mut self, rounds: u32, steps: u64, stream: &mut Stream) {
        for _ in 0..rounds {
            (self.steps, self.moved, self.met) = (0, 0, 0);
            (0..steps).for_each(|_| self.step(stream));
            let share = self.met as f64 / steps as f64;
            let up = if share < 0.25 { 0.1 } else { -0.1 };
            self.beta = (self.beta + up).clamp(0.2, 8.0);
        }
        (self.steps, self.moved, self.met) = (0, 0, 0);
    }
}
