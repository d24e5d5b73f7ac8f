//! A bound's multipliers as prices of quotas, seats and households: what people cost and what the rules are worth.

use crate::certificate::Bound;
use crate::group::Group;
use crate::instance::Instance;
use crate::lottery::Check;

pub(super) const OVERFLOW: &str = "the numbers are too large";

/// U with Y = 0: below 0 it proves that no panel exists, with the household rule or without it.
///
/// # Errors
/// As [`Ledger::weights`].
pub(crate) fn feasibility_limit(
    bound: &Bound,
    instance: &Instance,
    (households, most): (Households, Most),
) -> Check<i128> {
    let prices = Prices::of(bound, instance)?;
    add(
        prices.fixed(instance, most)?,
        prices.possible(instance, households)?,
    )
}

/// How many of a household a panel may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Households {
    /// As many as may sit.
    Limited,
    /// Any number.
    Any,
}

/// What a maximum counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Most {
    /// Itself, but no more than there are seats.
    Seats,
    /// Itself, whatever the number of seats.
    Itself,
}

/// A bound's multipliers, dense and checked.
pub(super) struct Prices {
    pub(super) size: i128,
    pub(super) quota: Vec<i128>,
    pub(super) household: Vec<i128>,
}

impl Prices {
    pub(super) fn of(bound: &Bound, instance: &Instance) -> Check<Self> {
        if bound.scale < 1 {
            return Err("the scale is below 1".into());
        }
        let quota = dense(&bound.quotas, instance.quotas().len(), "quota")?;
        let household = dense(&bound.households, instance.groups().len(), "group")?;
        if household.iter().any(|&sigma| sigma < 0) {
            return Err("a household multiplier is negative".into());
        }
        Ok(Self {
            size: bound.size.into(),
            quota,
            household,
        })
    }

    /// μ·k + Σ max(π·min, π·max).
    pub(super) fn fixed(&self, instance: &Instance, most: Most) -> Check<i128> {
        let mut total = mul(self.size, instance.size().into())?;
        for (quota, &price) in instance.quotas().iter().zip(&self.quota) {
            let max = match most {
                Most::Seats => quota.max.min(instance.size()),
                Most::Itself => quota.max,
            };
            let side = if price > 0 { max } else { quota.min };
            total = add(total, mul(price, side.into())?)?;
        }
        Ok(total)
    }

    /// μ + Σ π of the role's quotas.
    pub(super) fn of_role(&self, instance: &Instance, group: u32, role: u32) -> Check<i128> {
        self.of_quotas(&instance.groups()[group as usize].profiles()[role as usize])
    }

    /// μ + Σ π of these quotas.
    pub(super) fn of_quotas(&self, quotas: &[u32]) -> Check<i128> {
        quotas.iter().try_fold(self.size, |sum, &quota| {
            add(sum, self.quota[quota as usize])
        })
    }

    /// With Y = 0, the sum over units of what each adds to U at most.
    pub(super) fn possible(&self, instance: &Instance, households: Households) -> Check<i128> {
        let mut total = 0;
        for (group, found) in (0_u32..).zip(instance.groups()) {
            let gain = |role| sub(0, self.of_role(instance, group, role)?);
            let most = match households {
                Households::Limited => found.most_per_unit(),
                Households::Any => u32::MAX,
            };
            total = add(total, best(found, most, gain)?)?;
        }
        Ok(total)
    }
}

/// What the units of a group add at most when each may seat `most` people and everybody of a role adds `gain`, or nothing.
pub(super) fn best(found: &Group, most: u32, gain: impl Fn(u32) -> Check<i128>) -> Check<i128> {
    let mut gains = Vec::new();
    for role in 0..found.profiles().len() as u32 {
        let people = found.units()[0][role as usize].len();
        gains.push((gain(role)?.max(0), people as i128));
    }
    gains.sort_unstable_by(|a, b| b.cmp(a));
    let (mut total, mut room) = (0, i128::from(most));
    for (gain, people) in gains {
        let seats = people.min(room);
        total = add(total, mul(gain, seats)?)?;
        room -= seats;
    }
    mul(total, found.units().len() as i128)
}

fn dense(sparse: &[(u32, i64)], len: usize, what: &str) -> Check<Vec<i128>> {
    if !sparse.windows(2).all(|w| w[0].0 < w[1].0) {
        return Err(format!(
            "the multipliers per {what} are not in ascending order"
        ));
    }
    let mut dense = vec![0; len];
    for &(at, value) in sparse {
        if value == 0 {
            return Err(format!("a multiplier of {what} {at} is 0"));
        }
        *dense
            .get_mut(at as usize)
            .ok_or_else(|| format!("there is no {what} {at}"))? = value.into();
    }
    Ok(dense)
}

pub(super) fn add(a: i128, b: i128) -> Check<i128> {
    a.checked_add(b).ok_or_else(|| OVERFLOW.into())
}

pub(super) fn sub(a: i128, b: i128) -> Check<i128> {
    a.checked_sub(b).ok_or_else(|| OVERFLOW.into())
}

pub(super) fn mul(a: i128, b: i128) -> Check<i128> {
    a.checked_mul(b).ok_or_else(|| OVERFLOW.into())
}
