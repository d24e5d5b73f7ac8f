//! Whether a lottery over all panels holds what it says: a count of its own, in integers.
//!
//! Counts group after group, with the seats of every quota so far as the state, and forgets a quota once nobody left
//! can fill it. Stops after a fixed number of steps; what it did not reach is not checked.

use std::collections::BTreeMap;

use super::report::Held;
use crate::certificate::{Certificate, Counted, Counting};
use crate::instance::Instance;
use crate::lottery::{Check, Composition, DENOMINATOR, Form, Record, expected_seats};
use crate::natural::Natural;

/// Most transitions between states.
const STEPS: u64 = 6_000_000;
/// How far an entropy may be from its bound, in nats.
const NATS: f64 = 1e-5;

const UNIFORM: &str = "uniform";

/// What certificate and lottery say about all panels.
pub(super) fn check(
    certificate: &Certificate,
    record: &Record,
    instance: &Instance,
) -> Check<Held> {
    let counted = certificate.counted.as_ref();
    let counted = counted.ok_or("nothing is said about all panels")?;
    let recount = recount(instance, &counted.multipliers)?;
    if let Some(found) = &recount {
        let agrees = |stated: &Option<String>, found: &Natural, what: &str| match stated {
            Some(stated) if *stated != found.to_string() => {
                Err(format!("there are {found} {what}, not {stated}"))
            }
            _ => Ok(()),
        };
        agrees(&counted.panels, &found.panels, "panels")?;
        agrees(&counted.compositions, &found.compositions, "compositions")?;
    }
    match (counted.method, record.form(), recount) {
        (Counting::Listed, Form::Compositions { compositions, .. }, Some(found)) => {
            if counted.panels.is_none() || counted.compositions.is_none() {
                return Err("the numbers of panels and compositions are missing".into());
            }
            let list: &[Composition] = compositions;
            if certificate.rule == UNIFORM {
                uniform((list, record.weights()), counted, (&found, instance))
            } else {
                entropic((list, record), counted, (&found, instance))
            }
        }
        (Counting::Listed, Form::Compositions { .. }, None) => {
            Held::open(format!("counting takes more than {STEPS} steps"))
        }
        (_, Form::Compositions { .. }, _) => {
            Err("panels were sampled, yet compositions are listed".into())
        }
        (Counting::Listed, Form::Panels { .. }, found) => Held::open(format!(
            "{}; the list was rounded from compositions that it does not show",
            numbers(found.as_ref())
        )),
        (method, Form::Panels { .. }, found) => sampled(counted, method, (record, found)),
    }
}

fn numbers(found: Option<&Recount>) -> String {
    match found {
        Some(found) => format!("{} panels, recounted", found.panels),
        None => format!("counting takes more than {STEPS} steps"),
    }
}

fn sampled(
    counted: &Counted,
    method: Counting,
    (record, found): (&Record, Option<Recount>),
) -> Check<Held> {
    let sample = counted.sample.as_ref();
    let sample = sample.ok_or("nothing is said about how panels were sampled")?;
    if sample.tickets != record.denominator() {
        let (stated, tickets) = (sample.tickets, record.denominator());
        return Err(format!(
            "{stated} panels were sampled, the list has {tickets} tickets"
        ));
    }
    if sample.stage_one.is_empty() {
        return Err("no public source of stage one is stated".into());
    }
    if (method == Counting::Approximate) != sample.walk.is_some() {
        return Err("a random walk makes a lottery approximate, and nothing else does".into());
    }
    let how = match method {
        Counting::Approximate => {
            "approximate: how far the random walk is from the rule is not known; "
        }
        _ => "",
    };
    Held::open(format!(
        "{how}{}; that these panels are what the sources of stage one give is shown by sampling again from the same \
         sources, not by the list",
        numbers(found.as_ref())
    ))
}

/// Complete, and every weight its share.
fn uniform(
    (list, weights): (&[Composition], &[u64]),
    counted: &Counted,
    (found, instance): (&Recount, &Instance),
) -> Check<Held> {
    if found.compositions != Natural::from(list.len() as u64) {
        let (listed, all) = (list.len(), &found.compositions);
        return Err(format!("{listed} compositions are listed, there are {all}"));
    }
    let panels = list.iter().map(|c| panels_of(c, instance)).collect();
    let expected = shares(panels, &found.panels);
    if let Some(at) = (0..list.len()).find(|&at| weights[at] != expected[at]) {
        let (stated, share) = (weights[at], expected[at]);
        return Err(format!(
            "composition {at} has the weight {stated}; its share of all panels is {share}"
        ));
    }
    stated_entropy(counted, found.panels.ln())?;
    Held::yes(format!(
        "{} panels in {} compositions, recounted; every weight is its share of the panels",
        found.panels,
        list.len()
    ))
}

/// As random as its chances allow: by the multipliers, no lottery with these chances has a higher entropy.
fn entropic(
    (list, record): (&[Composition], &Record),
    counted: &Counted,
    (found, instance): (&Recount, &Instance),
) -> Check<Held> {
    let mut entropy = 0.0;
    for (composition, &weight) in list.iter().zip(record.weights()) {
        let share = weight as f64 / DENOMINATOR as f64;
        entropy += share * (panels_of(composition, instance).ln() - libm::log(share));
    }
    stated_entropy(counted, entropy)?;
    let seats = expected_seats(record, instance)?;
    let mut bound = found.ln_weighted;
    for &(group, role, lambda) in &counted.multipliers {
        let expected = seats[group as usize][role as usize] as f64 / DENOMINATOR as f64;
        bound -= lambda as f64 / 1e9 * expected;
    }
    // not a number fails as well
    let near = bound - entropy <= NATS;
    if !near {
        return Err(format!(
            "the entropy is {entropy:.6} nats, the multipliers leave room up to {bound:.6}"
        ));
    }
    Held::yes(format!(
        "{} panels in {} compositions, recounted; entropy {entropy:.6} nats, by the multipliers no lottery with these \
         chances exceeds {bound:.6}",
        found.panels, found.compositions
    ))
}

fn stated_entropy(counted: &Counted, entropy: f64) -> Check {
    let stated = counted.entropy.ok_or("the entropy is missing")?;
    if (stated as f64 / 1e6 - entropy).abs() <= 2e-6 {
        Ok(())
    } else {
        Err(format!(
            "the entropy is {entropy:.6} nats, not {stated}/10^6"
        ))
    }
}

/// Panels that a composition stands for.
fn panels_of(Composition(entries): &Composition, instance: &Instance) -> Natural {
    let mut product = Natural::from(1);
    let (mut current, mut used) = (None, 0);
    for &(group, role, seats) in entries {
        if current != Some(group) {
            (current, used) = (Some(group), 0);
        }
        product = times(&product, &ways(instance, (group, role), (used, seats)));
        used += seats;
    }
    product
}

/// Ways to seat people of a role when some households of the group have a seat already.
fn ways(instance: &Instance, (group, role): (u32, u32), (used, seats): (u32, u32)) -> Natural {
    let found = &instance.groups()[group as usize];
    let units = found.units().len() as u64;
    let each = found.people_in(role as usize) as u64 / units;
    let free = units.saturating_sub(used.into());
    (0..seats).fold(Natural::choose(free, seats.into()), |w, _| w.times(each))
}

fn times(a: &Natural, b: &Natural) -> Natural {
    let mut product = Natural::default();
    product.add_product(a, b);
    product
}

/// Shares in 10^-12: rounded down, at least 1; what is left over goes, one each, to the largest remainders, earlier
/// compositions first; what is missing is taken from the largest, the earliest of equals.
fn shares(panels: Vec<Natural>, total: &Natural) -> Vec<u64> {
    let parts: Vec<(u64, Natural)> = panels
        .iter()
        .map(|p| p.times(DENOMINATOR).quotient(total))
        .collect();
    let mut shares: Vec<u64> = parts.iter().map(|(whole, _)| (*whole).max(1)).collect();
    let sum: u64 = shares.iter().sum();
    if sum <= DENOMINATOR {
        let mut order: Vec<usize> = (0..parts.len()).filter(|&i| parts[i].0 > 0).collect();
        order.sort_by(|&a, &b| parts[b].1.cmp(&parts[a].1));
        for &i in order.iter().take((DENOMINATOR - sum) as usize) {
            shares[i] += 1;
        }
    } else if let Some(largest) = (0..shares.len()).rev().max_by_key(|&i| shares[i]) {
        shares[largest] = shares[largest].saturating_sub(sum - DENOMINATOR);
    }
    shares
}

/// What the count of its own found.
struct Recount {
    compositions: Natural,
    panels: Natural,
    /// ln Σ over panels of e to the power of the members' multipliers.
    ln_weighted: f64,
}

/// What a state's beginnings add up to.
#[derive(Clone, Default)]
struct Cell {
    compositions: Natural,
    panels: Natural,
    weighted: f64,
}

struct Counter<'a> {
    instance: &'a Instance,
    lambda: Vec<Vec<f64>>,
    /// Most seats each quota can still get from the groups after the current one, and all groups can.
    supply: Vec<u32>,
    capacity: u32,
    steps: u64,
}

/// Seats of every quota, then seats left.
type State = Vec<u32>;

/// `None` when it takes too many steps.
fn recount(instance: &Instance, multipliers: &[(u32, u32, i64)]) -> Check<Option<Recount>> {
    let (lambda, largest) = dense(instance, multipliers)?;
    let groups = instance.groups();
    let mut counter = Counter {
        instance,
        lambda,
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
        weighted: 1.0,
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
            return Ok(None);
        }
        states = next;
    }
    let end = states.into_values().next().unwrap_or_default();
    Ok(Some(Recount {
        compositions: end.compositions,
        panels: end.panels,
        ln_weighted: libm::log(end.weighted) + largest * f64::from(instance.size()),
    }))
}

/// λ of every role less the largest, and the largest.
fn dense(instance: &Instance, multipliers: &[(u32, u32, i64)]) -> Check<(Vec<Vec<f64>>, f64)> {
    let groups = instance.groups().iter();
    let mut lambda: Vec<Vec<f64>> = groups.map(|g| vec![0.0; g.profiles().len()]).collect();
    if !multipliers
        .windows(2)
        .all(|w| (w[0].0, w[0].1) < (w[1].0, w[1].1))
    {
        return Err("the multipliers are not in ascending order".into());
    }
    for &(group, role, value) in multipliers {
        let cell = lambda.get_mut(group as usize);
        let cell = cell.and_then(|g| g.get_mut(role as usize));
        *cell.ok_or("a multiplier of a role that does not exist")? = value as f64 / 1e9;
    }
    let all = lambda.iter().flatten();
    let largest = all.fold(f64::NEG_INFINITY, |a, &b| a.max(b));
    lambda.iter_mut().flatten().for_each(|l| *l -= largest);
    Ok((lambda, largest))
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
            let own = self.lambda[group as usize][role as usize] * f64::from(seats);
            let onward = Cell {
                compositions: cell.compositions.clone(),
                panels: times(&cell.panels, &ways),
                weighted: cell.weighted * libm::exp(ways.ln() + own),
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
        sum.weighted += cell.weighted;
    }
}
