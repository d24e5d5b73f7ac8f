//! A panel list's chances beside those that its certificate proves.

use super::report::Held;
use crate::certificate::Certificate;
use crate::instance::Instance;
use crate::lottery::{Check, DENOMINATOR, Record, tickets};

/// Expected seats before rounding, as the certificate of a panel list states them.
pub(super) fn target(certificate: &Certificate, instance: &Instance) -> Check<Vec<Vec<u64>>> {
    let stated = certificate
        .target
        .as_ref()
        .ok_or("the chances before rounding are missing")?;
    if !stated
        .windows(2)
        .all(|w| (w[0].0, w[0].1) < (w[1].0, w[1].1))
    {
        return Err("the chances before rounding are not in ascending order".into());
    }
    let mut seats: Vec<Vec<u64>> = instance
        .groups()
        .iter()
        .map(|g| vec![0; g.profiles().len()])
        .collect();
    for &(group, role, expected) in stated {
        let cell = seats
            .get_mut(group as usize)
            .and_then(|g| g.get_mut(role as usize));
        let cell = cell.ok_or("chances before rounding of a role that does not exist")?;
        if expected == 0 {
            return Err("a chance before rounding is stated as 0".into());
        }
        *cell = expected;
    }
    let mut total = 0;
    for (group, seats) in instance.groups().iter().zip(&seats) {
        let sum: u128 = seats.iter().copied().map(u128::from).sum();
        if sum > group.units().len() as u128 * u128::from(DENOMINATOR) {
            return Err("a household has more than one expected seat before rounding".into());
        }
        total += sum;
    }
    if total != u128::from(instance.size()) * u128::from(DENOMINATOR) {
        return Err(format!(
            "the expected seats before rounding sum to {total}/{DENOMINATOR}"
        ));
    }
    Ok(seats)
}

/// How far the panel list's chances are from those before rounding.
pub(super) fn rounding(record: &Record, instance: &Instance, seats: &[Vec<u64>]) -> Check<Held> {
    let too_large = || "the numbers are too large".to_owned();
    let (all, unit) = (i128::from(record.denominator()), i128::from(DENOMINATOR));
    let tickets = tickets(record, instance)?;
    let (mut largest, mut beyond) = (0, 0);
    for (group, seats) in instance.groups().iter().zip(seats) {
        for (role, &expected) in seats.iter().enumerate() {
            let people = group.people_in(role) as i128;
            // Tickets before rounding are share / whole, chances are compared in 10^-12.
            let share = i128::from(expected)
                .checked_mul(all)
                .ok_or_else(too_large)?;
            let whole = unit.checked_mul(people).ok_or_else(too_large)?;
            for &person in group.units().iter().flat_map(|unit| &unit[role]) {
                let own = i128::from(tickets[person as usize]);
                let apart = own
                    .checked_mul(whole)
                    .ok_or_else(too_large)?
                    .abs_diff(share);
                let floor = share / whole;
                beyond +=
                    usize::from(own != floor && own != floor + i128::from(share % whole != 0));
                let parts = people
                    .checked_mul(all)
                    .ok_or_else(too_large)?
                    .unsigned_abs();
                largest = largest.max(apart.div_ceil(parts));
            }
        }
    }
    let largest = fraction(u64::try_from(largest).map_err(|_| too_large())?);
    let furthest = format!("no chance is further than {largest} from the certified one");
    if beyond == 0 {
        return Held::yes(format!(
            "{furthest}; everybody has the floor or the ceiling of their tickets"
        ));
    }
    Held::open(format!(
        "{furthest}; {beyond} of {} people have neither the floor nor the ceiling of their tickets, \
         and the list does not show whether they could",
        instance.len()
    ))
}

/// A number in 10^-12 as a decimal fraction.
pub(super) fn fraction(value: u64) -> String {
    format!("{}.{:012}", value / DENOMINATOR, value % DENOMINATOR)
}
