//! Whether a published lottery fits its instance: what a draw relies on, and what an auditor asks first.

use super::composition::{Composition, DENOMINATOR};
use super::record::{Form, Record, UnitsById};
use crate::group::Group;
use crate::instance::Instance;

/// `Err` says in words what is wrong and where.
pub(crate) type Check<T = ()> = Result<T, String>;

/// The groups by id are exactly the instance's.
pub(crate) fn groups(record: &Record, instance: &Instance) -> Check {
    let Form::Compositions { groups, .. } = record.form() else {
        return Ok(());
    };
    let expected = instance.groups();
    if groups.len() != expected.len() {
        return Err(format!(
            "the lottery has {} groups, the pool has {}",
            groups.len(),
            expected.len()
        ));
    }
    match groups
        .iter()
        .zip(expected)
        .position(|(found, group)| !same_group(found, group, instance))
    {
        None => Ok(()),
        Some(at) => Err(format!(
            "group {at} does not hold exactly the interchangeable people it must"
        )),
    }
}

fn same_group(found: &UnitsById, group: &Group, instance: &Instance) -> bool {
    let same_role = |ids: &Vec<String>, people: &Vec<u32>| {
        ids.len() == people.len()
            && ids
                .iter()
                .zip(people)
                .all(|(id, &p)| id == instance.person(p).id())
    };
    let same_unit = |unit: &Vec<Vec<String>>, roles: &Vec<Vec<u32>>| {
        unit.len() == roles.len()
            && unit
                .iter()
                .zip(roles)
                .all(|(ids, people)| same_role(ids, people))
    };
    found.len() == group.units().len()
        && found
            .iter()
            .zip(group.units())
            .all(|(u, g)| same_unit(u, g))
}

/// Weights: one each, positive, with the sum the denominator states.
pub(crate) fn weights(record: &Record) -> Check {
    let (weights, count) = (record.weights(), record.len());
    if weights.len() != count {
        return Err(format!(
            "{} weights for {count} compositions or panels",
            weights.len()
        ));
    }
    if count == 0 {
        return Err("the lottery is empty".into());
    }
    if let Some(at) = weights.iter().position(|&w| w == 0) {
        return Err(format!("weight {at} is 0"));
    }
    let sum: u128 = weights.iter().copied().map(u128::from).sum();
    if sum != u128::from(record.denominator()) {
        return Err(format!(
            "the weights sum to {sum}, the denominator is {}",
            record.denominator()
        ));
    }
    let compositions = matches!(record.form(), Form::Compositions { .. });
    if compositions && record.denominator() != DENOMINATOR {
        return Err(format!(
            "compositions have the denominator {DENOMINATOR}, not {}",
            record.denominator()
        ));
    }
    Ok(())
}

/// Canonical order, nothing twice.
pub(crate) fn order(record: &Record) -> Check {
    match record.form() {
        Form::Compositions { compositions, .. } => {
            ascending(compositions, "composition")?;
            for (at, Composition(entries)) in compositions.iter().enumerate() {
                if !entries
                    .windows(2)
                    .all(|w| (w[0].0, w[0].1) < (w[1].0, w[1].1))
                {
                    return Err(format!("composition {at} is not in ascending order"));
                }
            }
            Ok(())
        }
        Form::Panels { panels } => {
            ascending(panels, "panel")?;
            match panels
                .iter()
                .position(|ids| !ids.windows(2).all(|w| w[0] < w[1]))
            {
                None => Ok(()),
                Some(at) => Err(format!("panel {at} is not in ascending order")),
            }
        }
    }
}

fn ascending<T: Ord>(items: &[T], what: &str) -> Check {
    match items.windows(2).position(|w| w[0] >= w[1]) {
        None => Ok(()),
        Some(at) if items[at] == items[at + 1] => Err(format!("{what} {} stands twice", at + 1)),
        Some(at) => Err(format!("{what} {} is out of order", at + 1)),
    }
}

/// Every composition or panel has the right size, meets every quota and takes no more people of a household than may sit.
pub(crate) fn feasible(record: &Record, instance: &Instance) -> Check {
    let mut seats = vec![0; instance.quotas().len()];
    match record.form() {
        Form::Compositions { compositions, .. } => {
            for (at, composition) in compositions.iter().enumerate() {
                seats.fill(0);
                count(composition, instance, &mut seats)
                    .and_then(|size| meets(instance, &seats, size))
                    .map_err(|why| format!("composition {at}: {why}"))?;
            }
        }
        Form::Panels { panels } => {
            for (at, ids) in panels.iter().enumerate() {
                panel(ids, instance)
                    .and_then(|people| {
                        seats.fill(0);
                        people
                            .iter()
                            .flat_map(|&p| instance.profile(p))
                            .for_each(|&q| seats[q as usize] += 1);
                        household_rule(instance, &people)?;
                        meets(instance, &seats, people.len() as u64)
                    })
                    .map_err(|why| format!("panel {at}: {why}"))?;
            }
        }
    }
    Ok(())
}

/// Adds a composition's seats per quota; gives its size.
fn count(Composition(entries): &Composition, instance: &Instance, seats: &mut [u64]) -> Check<u64> {
    let (mut size, mut in_group, mut current) = (0, 0, None);
    for &(group, role, number) in entries {
        let found = instance.groups().get(group as usize);
        let profile = found.and_then(|g| g.profiles().get(role as usize));
        let (Some(found), Some(profile)) = (found, profile) else {
            return Err(format!("there is no group {group} with a role {role}"));
        };
        if number == 0 {
            return Err(format!("group {group} role {role} has 0 seats"));
        }
        if current != Some(group) {
            (current, in_group) = (Some(group), 0);
        }
        in_group += u64::from(number);
        if in_group > found.most() as u64 {
            return Err(too_many(group, found, in_group));
        }
        let most = found.most_in(role as usize);
        if u64::from(number) > most as u64 {
            return Err(format!(
                "of group {group} role {role} {most} people may sit, {number} are asked for"
            ));
        }
        size += u64::from(number);
        profile
            .iter()
            .for_each(|&quota| seats[quota as usize] += u64::from(number));
    }
    Ok(size)
}

fn too_many(group: u32, found: &Group, asked: u64) -> String {
    let units = found.units().len();
    match found.most_per_unit() {
        1 => {
            format!("group {group} has {units} households or single people, {asked} are asked for")
        }
        most => format!(
            "group {group} has {units} households of which {most} people may sit, {asked} are asked for"
        ),
    }
}

pub(crate) fn meets(instance: &Instance, seats: &[u64], size: u64) -> Check {
    if size != u64::from(instance.size()) {
        return Err(format!("{size} people for {} seats", instance.size()));
    }
    for (quota, &seats) in instance.quotas().iter().zip(seats) {
        if seats < u64::from(quota.min) || seats > u64::from(quota.max) {
            let (feature, value) = (&quota.feature, &quota.value);
            return Err(format!(
                "{seats} people with {feature} = {value}, asked {}..{}",
                quota.min, quota.max
            ));
        }
    }
    Ok(())
}

/// No more people of a household than may sit.
pub(crate) fn household_rule(instance: &Instance, people: &[u32]) -> Check {
    let mut homes: Vec<u32> = people
        .iter()
        .filter_map(|&p| instance.household(p))
        .collect();
    homes.sort_unstable();
    let mut same = homes.chunk_by(|a, b| a == b);
    match same.find(|home| home.len() > instance.household_room(home[0]) as usize) {
        None => Ok(()),
        Some(home) => {
            let many = match home.len() {
                2 => "two".to_owned(),
                many => many.to_string(),
            };
            let first = instance.person(home[0]).id();
            Err(format!("{many} people of the household of {first:?}"))
        }
    }
}

/// The canonical indices of a panel's ids.
pub(crate) fn panel(ids: &[String], instance: &Instance) -> Check<Vec<u32>> {
    ids.iter()
        .map(|id| find(id, instance).ok_or_else(|| format!("{id:?} is not in the pool")))
        .collect()
}

fn find(id: &str, instance: &Instance) -> Option<u32> {
    let (mut low, mut high) = (0, instance.len() as u32);
    while low < high {
        let middle = low + (high - low) / 2;
        match instance.person(middle).id().cmp(id) {
            std::cmp::Ordering::Equal => return Some(middle),
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}
