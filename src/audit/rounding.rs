//! A panel list's chances beside those that its certificate proves.

use super::report::Held;
use crate::certificate::{Certificate, Rounding, Theory};
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
        if sum > group.most() as u128 * u128::from(DENOMINATOR) {
            let most = match group.most_per_unit() {
                1 => "one expected seat".to_owned(),
                most => format!("{most} expected seats"),
            };
            return Err(format!("a household has more than {most} before rounding"));
        }
        let full = |(role, &expected): (usize, &u64)| {
            u128::from(expected) > group.most_in(role) as u128 * u128::from(DENOMINATOR)
        };
        if seats.iter().enumerate().any(full) {
            return Err("somebody has a chance above 1 before rounding".into());
        }
        total += sum;
    }
    if total != u128::from(instance.size()) * u128::from(DENOMINATOR) {
        return Err(format!(
            "the expected seats before rounding sum to {total}/{DENOMINATOR}"
        ));
    }
    within_quotas(&seats, instance)?;
    Ok(seats)
}

/// Every quota holds in expectation, up to 10^-12 of a seat per role: chances that were counted are rounded.
fn within_quotas(seats: &[Vec<u64>], instance: &Instance) -> Check {
    let mut sums = vec![(0_u128, 0_u128); instance.quotas().len()];
    for (group, seats) in instance.groups().iter().zip(seats) {
        for (profile, &expected) in group.profiles().iter().zip(seats) {
            for &quota in profile.iter() {
                let (sum, roles) = &mut sums[quota as usize];
                *sum += u128::from(expected);
                *roles += 1;
            }
        }
    }
    for (quota, (sum, roles)) in instance.quotas().iter().zip(sums) {
        let (min, max) = (u128::from(quota.min), u128::from(quota.max));
        let unit = u128::from(DENOMINATOR);
        if sum + roles < min * unit || sum > max * unit + roles {
            return Err(format!(
                "the expected seats before rounding for {} = {} are {sum}/{DENOMINATOR}, outside its quota",
                quota.feature, quota.value
            ));
        }
    }
    Ok(())
}

/// How far the panel list's chances are from those before rounding, and what is stated about that.
pub(super) fn rounding(
    record: &Record,
    instance: &Instance,
    seats: &[Vec<u64>],
    certificate: &Certificate,
) -> Check<Held> {
    let measured = Measured::of(record, instance, seats)?;
    let (largest, beyond) = (fraction(measured.largest), measured.beyond);
    let furthest = format!("no chance is further than {largest} from the certified one");
    let held = match &certificate.rounding {
        Some(stated) => {
            agrees(stated, &measured, record, instance)?;
            method(stated, &measured, furthest.clone())?
        }
        None => Held::Yes(format!(
            "{furthest}; everybody has the floor or the ceiling of their tickets"
        )),
    };
    if beyond == 0 {
        return Ok(held);
    }
    let known = match held {
        Held::Open(text) => text,
        Held::Yes(_) => furthest,
    };
    Held::open(format!(
        "{known}; {beyond} of {} people have neither the floor nor the ceiling of their tickets, \
         and the list does not show whether they could",
        instance.len()
    ))
}

/// What the list itself shows.
struct Measured {
    /// Largest deviation of a chance, in 10^-12, rounded up.
    largest: u64,
    /// A deviation that no list of as many tickets stays below, because tickets are whole.
    least: u64,
    /// People with neither the floor nor the ceiling of their tickets.
    beyond: usize,
}

impl Measured {
    fn of(record: &Record, instance: &Instance, seats: &[Vec<u64>]) -> Check<Self> {
        let too_large = || "the numbers are too large".to_owned();
        let (all, unit) = (i128::from(record.denominator()), i128::from(DENOMINATOR));
        let tickets = tickets(record, instance)?;
        let (mut largest, mut least, mut beyond) = (0, 0, 0);
        for (group, seats) in instance.groups().iter().zip(seats) {
            for (role, &expected) in seats.iter().enumerate() {
                let people = group.people_in(role) as i128;
                // Tickets before rounding are share / whole, chances are compared in 10^-12.
                let share = i128::from(expected)
                    .checked_mul(all)
                    .ok_or_else(too_large)?;
                let whole = unit.checked_mul(people).ok_or_else(too_large)?;
                let parts = people
                    .checked_mul(all)
                    .ok_or_else(too_large)?
                    .unsigned_abs();
                let rest = share % whole;
                let nearest = rest.min(whole - rest).unsigned_abs();
                least = nearest.div_ceil(parts).max(least);
                for &person in group.units().iter().flat_map(|unit| &unit[role]) {
                    let own = i128::from(tickets[person as usize]);
                    let apart = own
                        .checked_mul(whole)
                        .ok_or_else(too_large)?
                        .abs_diff(share);
                    let floor = share / whole;
                    beyond += usize::from(own != floor && own != floor + i128::from(rest != 0));
                    largest = largest.max(apart.div_ceil(parts));
                }
            }
        }
        let fits = |value: u128| u64::try_from(value).map_err(|_| too_large());
        Ok(Self {
            largest: fits(largest)?,
            least: fits(least)?,
            beyond,
        })
    }
}

/// The stated numbers that can be recomputed.
fn agrees(stated: &Rounding, measured: &Measured, record: &Record, instance: &Instance) -> Check {
    if stated.largest != measured.largest {
        return Err(format!(
            "the largest deviation is {}, not {}",
            measured.largest, stated.largest
        ));
    }
    let profiles = instance.number_of_profiles();
    let theory = Theory::of(instance.size(), profiles, record.denominator());
    if stated.theory.beck_fiala != theory.beck_fiala {
        return Err("the bound k/m is not that of these seats and tickets".into());
    }
    // The logarithm of another version may differ in its last digits.
    if stated.theory.panel_lp.abs_diff(theory.panel_lp) > LAST_DIGITS {
        return Err(
            "the bound of the panel program is not that of this pool and these tickets".into(),
        );
    }
    Ok(())
}

/// 10^-9 in units of 10^-12.
const LAST_DIGITS: u64 = 1000;

/// What the method claims beyond the numbers.
fn method(stated: &Rounding, measured: &Measured, furthest: String) -> Check<Held> {
    let sourced = !stated.sources.is_empty();
    match (stated.method.as_str(), &stated.least) {
        (Rounding::SMALLEST_DEVIATION, Some(least)) if !sourced => {
            if least.bound > stated.largest {
                return Err("it is said that no list comes as near as this one does".into());
            }
            let bound = fraction(least.bound);
            if least.bound <= measured.least {
                return Held::yes(format!(
                    "{furthest}; no list of as many tickets has less than {bound}"
                ));
            }
            Held::open(format!(
                "{furthest}; that no list has less than {bound} rests on finished searches of {} nodes",
                least.nodes
            ))
        }
        (Rounding::PIPAGE, None) if sourced => Held::open(format!(
            "{furthest}; that the public values of stage one decided it shows only when the list is made again"
        )),
        (Rounding::SMALLEST_DEVIATION | Rounding::PIPAGE, _) => {
            Err("the sources or the bound do not belong to the method".into())
        }
        (other, _) => Err(format!("{other:?} is not a known method of rounding")),
    }
}

/// A number in 10^-12 as a decimal fraction.
pub(super) fn fraction(value: u64) -> String {
    format!("{}.{:012}", value / DENOMINATOR, value % DENOMINATOR)
}
