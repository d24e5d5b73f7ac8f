//! Everybody's exact share of the tickets, and how far a number of tickets is from it.

use super::super::DENOMINATOR;
use super::super::model::Model;

/// Largest number of tickets for which every product below stays far inside 128 bits.
const UNIT: i128 = DENOMINATOR as i128;

/// The share of each role: expected seats in 10^-12, and people. Deviations are of chances in 10^-12, rounded up; seats
/// are always dealt evenly, so people of a role hold the floor or the ceiling of its seats over its people.
#[derive(Debug, Clone)]
pub(super) struct Shares {
    tickets: i128,
    roles: Vec<(i128, i128)>,
}

impl Shares {
    /// Of the roles of a model with these expected seats.
    pub(super) fn new(model: &Model, seats: &[u64], tickets: u32) -> Self {
        let people = model.people.iter().map(|&people| people as i128);
        Self {
            tickets: tickets.into(),
            roles: seats.iter().map(|&s| s.into()).zip(people).collect(),
        }
    }

    /// Number of roles.
    pub(super) fn len(&self) -> usize {
        self.roles.len()
    }

    /// Number of tickets.
    pub(super) fn tickets(&self) -> u64 {
        self.tickets as u64
    }

    /// Deviation of a person of role `j` who sits on this many tickets.
    fn of_person(&self, j: usize, own: i128) -> u64 {
        let (seats, people) = self.roles[j];
        let apart = (own * people * UNIT - self.tickets * seats).unsigned_abs();
        apart.div_ceil((people * self.tickets).unsigned_abs()) as u64
    }

    /// Largest deviation in role `j` when all tickets together give it this many seats.
    pub(super) fn of_role(&self, j: usize, total: i64) -> u64 {
        let (total, people) = (i128::from(total), self.roles[j].1);
        let floor = self.of_person(j, total.div_euclid(people));
        let ceiling = i128::from(total.rem_euclid(people) > 0);
        floor.max(self.of_person(j, total.div_euclid(people) + ceiling))
    }

    /// Largest deviation of anybody.
    pub(super) fn largest(&self, totals: &[i64]) -> u64 {
        let deviations = totals.iter().enumerate().map(|(j, &t)| self.of_role(j, t));
        deviations.max().unwrap_or(0)
    }

    /// Fewest and most seats of role `j` with a deviation of at most `limit`, if any number has.
    pub(super) fn window(&self, j: usize, limit: u64) -> Option<(i64, i64)> {
        let (seats, people) = self.roles[j];
        let (share, reach) = (
            self.tickets * seats,
            i128::from(limit) * people * self.tickets,
        );
        let whole = people * UNIT;
        let low = -(reach - share).div_euclid(whole);
        let high = (share + reach).div_euclid(whole);
        (low <= high).then(|| ((low.max(0) * people) as i64, (high * people) as i64))
    }

    /// [`window`](Self::window) of every role, if each has one.
    pub(super) fn windows(&self, limit: u64) -> Option<Vec<(i64, i64)>> {
        (0..self.len()).map(|j| self.window(j, limit)).collect()
    }

    /// What no list of tickets whatever can stay below: tickets are whole.
    pub(super) fn least(&self) -> u64 {
        let nearest = |j: usize| {
            let floor = self.floor(j);
            self.of_person(j, floor).min(self.of_person(j, floor + 1))
        };
        (0..self.len()).map(nearest).max().unwrap_or(0)
    }

    fn floor(&self, j: usize) -> i128 {
        let (seats, people) = self.roles[j];
        (self.tickets * seats).div_euclid(people * UNIT)
    }

    /// Every deviation that anybody can have from `from` up to, but not including, `below`; ascending.
    pub(super) fn steps(&self, from: u64, below: u64) -> Vec<u64> {
        let mut steps = vec![];
        for j in 0..self.len() {
            let floor = self.floor(j);
            let down = (0..=floor).rev().map(|own| self.of_person(j, own));
            let up = (floor + 1..=self.tickets).map(|own| self.of_person(j, own));
            steps.extend(down.take_while(|&d| d < below));
            steps.extend(up.take_while(|&d| d < below));
        }
        steps.retain(|&d| d >= from);
        steps.sort_unstable();
        steps.dedup();
        steps
    }
}
