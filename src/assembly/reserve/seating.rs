//! Who of some alternates is seated after dropouts, and what is lost all the same.

use super::{DropoutSamples, Loss, Scenario};

/// Alternates under judgement.
pub(super) struct Team<'p> {
    /// Profile, and the number of the household in `homes`.
    people: Vec<(&'p [u32], usize)>,
    /// `None`, which is nobody's household and has no limit, and then the households of the people.
    homes: Vec<Option<u32>>,
}

impl<'p> Team<'p> {
    /// From profiles and households.
    pub(super) fn new(people: impl IntoIterator<Item = (&'p [u32], Option<u32>)>) -> Self {
        let mut homes = vec![None];
        let mut number = |home| {
            homes.iter().position(|&h| h == home).unwrap_or_else(|| {
                homes.push(home);
                homes.len() - 1
            })
        };
        let people = people
            .into_iter()
            .map(|(profile, home)| (profile, number(home)))
            .collect();
        Self { people, homes }
    }
}

/// Seats as they are while alternates are seated.
struct Table {
    /// Seats of each quota.
    seats: Vec<u32>,
    /// How many more may sit of each household of the team.
    room: Vec<u32>,
    /// The least loss so far, before it is rounded.
    best: f64,
}

impl DropoutSamples<'_> {
    /// How many more people of a household may sit beside the members who stay.
    pub(super) fn room(&self, scenario: &Scenario, home: u32) -> u32 {
        let stay = match self.homes.binary_search(&home) {
            Ok(at) => scenario.at_home[at],
            Err(_) => 0,
        };
        self.instance.household_room(home).saturating_sub(stay)
    }

    /// The mean loss over the samples.
    pub(super) fn mean(&self, team: &Team<'_>, loss: Loss) -> f64 {
        let sum: f64 = self
            .scenarios
            .iter()
            .map(|scenario| f64::from(scenario.times) * self.least(scenario, team, loss))
            .sum();
        sum / f64::from(self.samples)
    }

    /// The least loss of a scenario.
    pub(super) fn least(&self, scenario: &Scenario, team: &Team<'_>, loss: Loss) -> f64 {
        let quotas = self.instance.quotas();
        let start = quotas
            .iter()
            .zip(&scenario.stay)
            .map(|(q, &s)| loss.cell(q, s))
            .sum();
        let room = |home: &Option<u32>| home.map_or(u32::MAX, |home| self.room(scenario, home));
        let mut table = Table {
            seats: scenario.stay.clone(),
            room: team.homes.iter().map(room).collect(),
            best: start,
        };
        self.seat(&mut table, (&team.people, scenario.left), loss, start);
        loss.whole(table.best)
    }

    /// Tries every way to seat some of the people.
    fn seat(
        &self,
        table: &mut Table,
        (people, places): (&[(&[u32], usize)], u32),
        loss: Loss,
        sum: f64,
    ) {
        table.best = table.best.min(sum);
        if places == 0 || table.best < 1e-12 {
            return;
        }
        let quotas = self.instance.quotas();
        for (at, &(profile, home)) in people.iter().enumerate() {
            if table.room[home] == 0 {
                continue;
            }
            let mut change = 0.0;
            for &quota in profile {
                let (rule, now) = (&quotas[quota as usize], &mut table.seats[quota as usize]);
                change -= loss.cell(rule, *now);
                *now += 1;
                change += loss.cell(rule, *now);
            }
            table.room[home] -= 1;
            let rest = (&people[at + 1..], places - 1);
            self.seat(table, rest, loss, sum + change);
            table.room[home] += 1;
            for &quota in profile {
                table.seats[quota as usize] -= 1;
            }
        }
    }
}
