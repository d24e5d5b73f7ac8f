//! Rounding a lottery to `N` equally likely tickets, each an explicit panel: for draws with numbered balls.
//!
//! Compositions first: every composition gets the whole tickets its weight holds; the tickets left over are panels
//! chosen one by one so that every role's seats end at floor or ceiling of its share. Then the people: each seat goes
//! to the person of the role who has sat least. Deterministic; nothing is drawn here.

mod method;
mod pipage;
mod program;
mod seating;
mod shares;
mod totals;
mod trades;

use std::collections::BTreeMap;

use super::model::Model;
use super::spread::{Stream, mix};
use super::{Composition, DENOMINATOR, Distribution};
use crate::certificate::Certificate;
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::instance::Instance;
use crate::kernel::branch::{Effort, sketch};
use crate::kernel::mixture::tie_break;
use crate::kernel::simplex::Simplex;
use crate::lottery::Lottery;
use seating::Seats;

pub use method::RoundingMethod;

/// Explicit panels (canonical indices, ascending; panels in lexicographic order of ids) with their tickets.
pub(crate) type Tickets = Vec<(Vec<u32>, u64)>;

/// Rounds the distribution to `tickets` tickets.
pub(crate) fn round(distribution: &Distribution, tickets: u32) -> Result<Tickets> {
    let panels = compositions(distribution, tickets)?;
    let model = Model::new(distribution.instance());
    let instance = distribution.instance();
    if !instance.seats_housemates() {
        return Ok(seat_people(distribution, &model, &panels));
    }
    let sparse = |panel: &Vec<u32>| {
        let seats = (0..).zip(panel.iter().copied());
        seats.filter(|(_, seats)| *seats > 0).collect()
    };
    let panels: Vec<Seats> = panels.iter().map(sparse).collect();
    Ok(seating::seat(instance, &model, &panels, &mut |_| {}))
}

pub(super) fn tickets_problem() -> Error {
    let problem = Problem::new("E-TICKETS", "0 tickets", "at least 1 ticket");
    ErrorKind::Input(vec![problem]).into()
}

/// The list as a lottery.
pub(super) fn list_lottery(
    instance: Instance,
    list: &Tickets,
    certificate: Certificate,
) -> Result<Lottery> {
    let id = |&person: &u32| instance.person(person).id().to_owned();
    let panels = list
        .iter()
        .map(|(people, _)| people.iter().map(id).collect())
        .collect();
    let tickets = list.iter().map(|(_, tickets)| *tickets).collect();
    Lottery::from_panels(instance, panels, tickets, certificate)
}

/// One composition per ticket, by column of the model.
fn compositions(distribution: &Distribution, tickets: u32) -> Result<Vec<Vec<u32>>> {
    if tickets == 0 {
        return Err(tickets_problem());
    }
    let (model, seats) = seated(distribution);
    let mut effort = Effort::new(u64::MAX);
    let share = Share::new(&model, &seats, tickets);
    Ok(fill(distribution, share, &mut effort))
}

/// The model without units for roles in no panel, and every role's expected seats.
fn seated(distribution: &Distribution) -> (Model, Vec<u64>) {
    let mut model = Model::new(distribution.instance());
    let seats = expected(&model, &distribution.base);
    for (units, expected) in model.units.iter_mut().zip(&seats) {
        if *expected == 0 {
            *units = 0.0;
        }
    }
    (model, seats)
}

/// Panels one by one towards what every role still has to get.
fn fill(distribution: &Distribution, mut share: Share<'_>, effort: &mut Effort) -> Vec<Vec<u32>> {
    let tickets = share.tickets as usize;
    let mut panels = share.whole_tickets(&distribution.base);
    while panels.len() < tickets {
        let left = tickets - panels.len();
        let panel = share
            .next_panel(left, effort)
            .unwrap_or_else(|| distribution.base[left % distribution.base.len()].0.clone());
        share.give(&panel);
        panels.push(panel);
    }
    share.polish(&mut panels, effort);
    mix(share.model, panels, effort, |_, _| true)
}

/// The compositions themselves, by column of the model.
pub(crate) fn dense(distribution: &Distribution) -> Vec<(Vec<u32>, u64)> {
    let model = Model::new(distribution.instance());
    let panel = |composition: &Composition| {
        let mut seats = vec![0; model.len()];
        for &(group, role, x) in &composition.0 {
            if let Ok(column) = model.roles.binary_search(&(group, role)) {
                seats[column] = x;
            }
        }
        seats
    };
    let compositions = distribution.compositions().iter().map(panel);
    compositions
        .zip(distribution.weights().iter().copied())
        .collect()
}

/// The chances before rounding, as `[group, role, expected seats in 10^-12]`, zeros left out.
pub(crate) fn target(instance: &Instance, base: &[(Vec<u32>, u64)]) -> Vec<(u32, u32, u64)> {
    let model = Model::new(instance);
    let seats = expected(&model, base);
    model
        .roles
        .iter()
        .zip(seats)
        .filter(|(_, seats)| *seats > 0)
        .map(|(&(group, role), seats)| (group, role, seats))
        .collect()
}

/// Seats per role in 10^-12.
fn expected(model: &Model, parts: &[(Vec<u32>, u64)]) -> Vec<u64> {
    let mut seats = vec![0; model.len()];
    for (panel, weight) in parts {
        for (total, &x) in seats.iter_mut().zip(panel) {
            *total += weight * u64::from(x);
        }
    }
    seats
}

/// How many seats each role still has to get: between floor and ceiling of everybody's tickets.
struct Share<'a> {
    model: &'a Model,
    tickets: u64,
    lowest: Vec<i64>,
    highest: Vec<i64>,
    /// Exact share left, in seats.
    share: Vec<f64>,
    lp: Simplex,
}

impl<'a> Share<'a> {
    fn new(model: &'a Model, seats: &[u64], tickets: u32) -> Self {
        let tickets = u64::from(tickets);
        let per_person = |j: usize| {
            (
                u128::from(seats[j]) * u128::from(tickets),
                model.people[j] as u128 * u128::from(DENOMINATOR),
            )
        };
        let floor = |j: usize| (per_person(j).0 / per_person(j).1) as i64 * model.people[j] as i64;
        let ceiling =
            |j: usize| per_person(j).0.div_ceil(per_person(j).1) as i64 * model.people[j] as i64;
        Self {
            model,
            tickets,
            lowest: (0..model.len()).map(floor).collect(),
            highest: (0..model.len()).map(ceiling).collect(),
            share: seats
                .iter()
                .map(|&s| s as f64 / DENOMINATOR as f64 * tickets as f64)
                .collect(),
            lp: Simplex::new(
                model.columns.clone(),
                vec![0.0; model.len()],
                model.units.clone(),
                &model.rows,
            ),
        }
    }

    /// With other fewest and most seats per role.
    fn within(mut self, windows: &[(i64, i64)]) -> Self {
        for (j, &(low, high)) in windows.iter().enumerate() {
            (self.lowest[j], self.highest[j]) = (low, high);
        }
        self
    }

    fn whole_tickets(&mut self, base: &[(Vec<u32>, u64)]) -> Vec<Vec<u32>> {
        let mut panels = Vec::new();
        for (panel, weight) in base {
            let whole = u128::from(*weight) * u128::from(self.tickets) / u128::from(DENOMINATOR);
            for _ in 0..whole {
                self.give(panel);
                panels.push(panel.clone());
            }
        }
        panels
    }

    fn give(&mut self, panel: &[u32]) {
        for (j, &x) in panel.iter().enumerate() {
            self.lowest[j] -= i64::from(x);
            self.highest[j] -= i64::from(x);
            self.share[j] -= f64::from(x);
        }
    }

    /// A panel that leaves every role a share that `left - 1` panels can still meet, as far as one exists.
    fn next_panel(&mut self, left: usize, effort: &mut Effort) -> Option<Vec<u32>> {
        let after = left as i64 - 1;
        for slack in [0, 1, i64::MAX / 4] {
            for j in 0..self.model.len() {
                let units = self.model.units[j] as i64;
                let low = (self.lowest[j] - after * units)
                    .saturating_sub(slack)
                    .clamp(0, units);
                let high = self.highest[j]
                    .max(0)
                    .saturating_add(slack)
                    .clamp(low, units);
                self.lp.set_bounds_later(j, low as f64, high as f64);
            }
            // what a role is owed per ticket left, nearest first
            let owed: Vec<f64> = (0..self.model.len())
                .map(|j| {
                    self.share[j] / left as f64 - 0.5 * (self.model.units[j] > 0.0) as u8 as f64
                })
                .collect();
            let largest = owed.iter().fold(1e-9_f64, |a, x| a.max(x.abs()));
            self.lp
                .set_costs(&owed.iter().map(|x| -x / largest).collect::<Vec<_>>());
            if let Some(point) = sketch(&mut self.lp, effort) {
                return Some(point.iter().map(|&x| x as u32).collect());
            }
        }
        None
    }

    /// Replaces panels one by one by others that bring more roles between floor and ceiling, until none helps.
    fn polish(&mut self, panels: &mut [Vec<u32>], effort: &mut Effort) {
        let mut idle = 0;
        for at in (0..panels.len()).cycle() {
            let within = |j: usize| self.lowest[j] <= 0 && self.highest[j] >= 0;
            if idle >= panels.len() || (0..self.model.len()).all(within) {
                return;
            }
            idle += 1;
            if let Some(better) = self.better_panel(&panels[at], effort) {
                let old = std::mem::replace(&mut panels[at], better);
                self.take_back(&old);
                self.give(&panels[at]);
                idle = 0;
            }
        }
    }

    fn take_back(&mut self, panel: &[u32]) {
        for (j, &x) in panel.iter().enumerate() {
            self.lowest[j] += i64::from(x);
            self.highest[j] += i64::from(x);
            self.share[j] += f64::from(x);
        }
    }

    /// A panel in place of `old` that leaves fewer seats beyond floor or ceiling. All seats are given, so `lowest` > 0
    /// means too few and `highest` < 0 too many.
    fn better_panel(&mut self, old: &[u32], effort: &mut Effort) -> Option<Vec<u32>> {
        let n = self.model.len();
        let mut cost = vec![0.0; n];
        for j in 0..n {
            let (few, many) = (self.lowest[j] > 0, self.highest[j] < 0);
            let (x, units) = (f64::from(old[j]), self.model.units[j]);
            // one seat fewer or one seat more, whichever the role can better spare
            let spare = many || x >= units || (!few && self.highest[j] < -self.lowest[j]);
            let fewer = x > 0.0 && spare;
            let harm = if fewer {
                self.lowest[j] >= 0
            } else {
                self.highest[j] <= 0
            };
            let help = if fewer { many } else { few };
            let worth = f64::from(u8::from(harm)) - f64::from(u8::from(help));
            cost[j] = if fewer { -worth } else { worth } + 1e-4 * tie_break(j);
            let (low, high) = if fewer {
                (x - 1.0, x)
            } else {
                (x, (x + 1.0).min(units))
            };
            self.lp.set_bounds_later(j, low, high);
        }
        self.lp.set_costs(&cost);
        let point = sketch(&mut self.lp, effort)?;
        let change: f64 = (0..n)
            .map(|j| cost[j] * (point[j] - f64::from(old[j])))
            .sum();
        (change < -0.5).then(|| point.iter().map(|&x| x as u32).collect())
    }
}

/// Fills seats with people where one of a household may sit: always those of the role who have sat least, ties broken by a keyed order.
fn seat_people(distribution: &Distribution, model: &Model, panels: &[Vec<u32>]) -> Tickets {
    let instance = distribution.instance();
    let mut stream = Stream::of(model);
    let mut sat = vec![0_u32; instance.len()];
    let mut list: BTreeMap<Vec<u32>, u64> = BTreeMap::new();
    for panel in panels {
        let mut people: Vec<u32> = Vec::new();
        let mut j = 0;
        while j < model.len() {
            let group = model.roles[j].0;
            let roles = model.roles[j..].iter().take_while(|r| r.0 == group).count();
            let units = instance.groups()[group as usize].units();
            let mut used: Vec<bool> = vec![false; units.len()];
            for role in 0..roles {
                let mut free: Vec<(u32, usize, usize)> = Vec::new();
                if panel[j + role] > 0 {
                    let least = |unit: &Vec<Vec<u32>>| {
                        unit[role].iter().map(|&p| sat[p as usize]).sum::<u32>()
                    };
                    free.extend(
                        (0..units.len())
                            .filter(|&u| !used[u])
                            .map(|u| (least(&units[u]), stream.below(1 << 30), u)),
                    );
                    free.sort_unstable();
                }
                for &(_, _, unit) in free.iter().take(panel[j + role] as usize) {
                    used[unit] = true;
                    if let Some(&person) =
                        units[unit][role].iter().min_by_key(|&&p| sat[p as usize])
                    {
                        sat[person as usize] += 1;
                        people.push(person);
                    }
                }
            }
            j += roles;
        }
        people.sort_unstable();
        *list.entry(people).or_default() += 1;
    }
    list.into_iter().collect()
}
