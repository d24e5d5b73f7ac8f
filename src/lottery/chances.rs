//! Everybody's exact chance, recomputed from the lottery alone.

use super::composition::{Composition, DENOMINATOR};
use super::record::{Form, Record};
use super::shape::{self, Check};
use crate::instance::Instance;
use crate::ratio::Ratio;

const TOO_LARGE: &str = "weights times seats leave the range of 64 bits";

/// Expected seats of every role in units of 1 over the denominator: `seats[group][role]`.
pub(crate) fn expected_seats(record: &Record, instance: &Instance) -> Check<Vec<Vec<u64>>> {
    let mut seats: Vec<Vec<u64>> = instance
        .groups()
        .iter()
        .map(|g| vec![0; g.profiles().len()])
        .collect();
    let mut add = |group: u32, role: u32, amount: u64| {
        let cell = seats
            .get_mut(group as usize)
            .and_then(|g| g.get_mut(role as usize));
        let cell = cell.ok_or_else(|| format!("there is no group {group} with a role {role}"))?;
        *cell = cell.checked_add(amount).ok_or(TOO_LARGE)?;
        Check::Ok(())
    };
    match record.form() {
        Form::Compositions { compositions, .. } => {
            for (Composition(entries), &weight) in compositions.iter().zip(record.weights()) {
                for &(group, role, number) in entries {
                    add(
                        group,
                        role,
                        weight.checked_mul(number.into()).ok_or(TOO_LARGE)?,
                    )?;
                }
            }
        }
        Form::Panels { .. } => {
            let tickets = tickets(record, instance)?;
            for (group, found) in (0..).zip(instance.groups()) {
                for (role, &person) in found
                    .units()
                    .iter()
                    .flat_map(|u| (0..).zip(u))
                    .flat_map(people)
                {
                    add(group, role, tickets[person as usize])?;
                }
            }
        }
    }
    Ok(seats)
}

fn people((role, people): (u32, &Vec<u32>)) -> impl Iterator<Item = (u32, &u32)> {
    people.iter().map(move |person| (role, person))
}

/// Tickets of every person, in canonical order, for a list of panels.
pub(crate) fn tickets(record: &Record, instance: &Instance) -> Check<Vec<u64>> {
    let mut tickets = vec![0_u64; instance.len()];
    if let Form::Panels { panels } = record.form() {
        for (ids, &weight) in panels.iter().zip(record.weights()) {
            for person in shape::panel(ids, instance)? {
                let cell = &mut tickets[person as usize];
                *cell = cell.checked_add(weight).ok_or(TOO_LARGE)?;
            }
        }
    }
    Ok(tickets)
}

/// Exact chance of every person, in canonical order.
pub(crate) fn probabilities(record: &Record, instance: &Instance) -> Check<Vec<Ratio>> {
    if let Form::Panels { .. } = record.form() {
        let tickets = tickets(record, instance)?;
        return Ok(tickets
            .into_iter()
            .map(|t| Ratio::new(t, record.denominator()))
            .collect());
    }
    let seats = expected_seats(record, instance)?;
    let mut chances = vec![Ratio::new(0, 1); instance.len()];
    for (group, seats) in instance.groups().iter().zip(seats) {
        for (role, expected) in seats.into_iter().enumerate() {
            let people = group.people_in(role) as u64;
            let chance = Ratio::new(expected, DENOMINATOR.checked_mul(people).ok_or(TOO_LARGE)?);
            for &person in group.units().iter().flat_map(|unit| &unit[role]) {
                chances[person as usize] = chance;
            }
        }
    }
    Ok(chances)
}
