//! The arithmetic of integer bounds: what a certificate's numbers prove, in exact integers.
//!
//! Any numbers give a true bound, so there is nothing to trust here but additions. Overflow is an error, never a wrap.

use super::prices::{Most, OVERFLOW, Prices, add, best, mul, sub};
use crate::certificate::Bound;
use crate::instance::Instance;
use crate::lottery::{Check, DENOMINATOR};

/// 10^-9 in units of 10^-12: how close value and bound must be.
pub(crate) const TOLERANCE: i128 = 1000;

/// 10^-5 in units of 10^-12: how far a fixed role may still be from its own bound.
const REACH: i128 = 10_000_000;

/// What the levels so far have done with a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Not yet fixed.
    Free,
    /// Fixed at an earlier level.
    Fixed,
    /// In no panel.
    Excluded,
}

/// Chances and standing of every role while levels are made or checked.
#[derive(Debug, Clone)]
pub(crate) struct Ledger<'a> {
    instance: &'a Instance,
    /// Expected seats of `[group][role]` in 10^-12.
    seats: Vec<Vec<u64>>,
    standing: Vec<Vec<Standing>>,
    /// The highest chance as expected seats and people, when levels speak of lotteries that leave it as it is.
    highest: Option<(u64, u64)>,
}

/// What a bound says about the lowest chance among free roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LevelBound {
    /// The lowest chance in 10^-12, rounded down.
    pub(crate) value: u64,
    /// What no lottery exceeds in 10^-12, rounded up.
    pub(crate) bound: u64,
    /// True when the exact numbers differ by at most 10^-9.
    pub(crate) tight: bool,
    /// U/s minus what the lottery gives, weighted with Y, in 10^-12: 0 when every panel of the lottery attains U.
    slack: i128,
}

impl LevelBound {
    /// True when nobody of this weight can get more than 10^-5 above their chance without somebody getting less.
    pub(crate) fn holds_down(&self, weight: i128) -> bool {
        weight > 0 && self.slack / weight <= REACH
    }
}

/// One integer per `[group][role]`.
pub(crate) type PerRole = Vec<Vec<i128>>;

impl<'a> Ledger<'a> {
    /// Starts with every role free; `seats` as [`expected_seats`](crate::lottery::expected_seats) gives them.
    pub(crate) fn new(instance: &'a Instance, seats: Vec<Vec<u64>>) -> Self {
        let standing = seats
            .iter()
            .map(|roles| vec![Standing::Free; roles.len()])
            .collect();
        Self {
            instance,
            seats,
            standing,
            highest: None,
        }
    }

    /// From now on, levels speak of lotteries that give nobody *at the ceiling*, within 10^-9 of this lottery's highest
    /// chance, more than now. Their weights may be negative: they count against their chances.
    pub(crate) fn cap_at_highest(&mut self) {
        let chances = self.roles().map(|(.., chance)| chance);
        self.highest = chances.max_by(|a, b| cross(*a, *b).cmp(&cross(*b, *a)));
    }

    /// The highest chance, in 10^-12, rounded up, when levels stay below it.
    pub(crate) fn cap(&self) -> Option<u64> {
        self.highest.map(|(seats, people)| seats.div_ceil(people))
    }

    /// True when levels may count a role's weight against its chance.
    fn is_at_ceiling(&self, group: u32, role: u32) -> bool {
        let own = self.chance(group, role);
        self.highest.is_some_and(|highest| {
            cross(highest, own) - cross(own, highest)
                <= TOLERANCE * i128::from(own.1) * i128::from(highest.1)
        })
    }

    /// Seats on a panel.
    pub(super) fn size(&self) -> u32 {
        self.instance.size()
    }

    /// The standing of a role; `None` when there is no such role.
    pub(crate) fn standing(&self, group: u32, role: u32) -> Option<Standing> {
        self.standing
            .get(group as usize)?
            .get(role as usize)
            .copied()
    }

    /// Moves an existing role to another standing.
    pub(crate) fn set(&mut self, (group, role): (u32, u32), standing: Standing) {
        if let Some(cell) = self
            .standing
            .get_mut(group as usize)
            .and_then(|g| g.get_mut(role as usize))
        {
            *cell = standing;
        }
    }

    /// Every role with its standing, expected seats in 10^-12 and people.
    pub(crate) fn roles(&self) -> impl Iterator<Item = ((u32, u32), Standing, (u64, u64))> {
        (0..).zip(&self.standing).flat_map(move |(group, roles)| {
            (0..)
                .zip(roles)
                .map(move |(role, &standing)| ((group, role), standing, self.chance(group, role)))
        })
    }

    /// Expected seats in 10^-12 and people of an existing role.
    fn chance(&self, group: u32, role: u32) -> (u64, u64) {
        let (group, role) = (group as usize, role as usize);
        (
            self.seats[group][role],
            self.instance.groups()[group].people_in(role) as u64,
        )
    }

    /// The lowest chance among free roles as expected seats in 10^-12 and people; `None` when no role is free.
    pub(crate) fn lowest(&self) -> Option<(u64, u64)> {
        let free = self
            .roles()
            .filter(|(_, standing, _)| *standing == Standing::Free);
        free.map(|(_, _, chance)| chance)
            .min_by(|a, b| cross(*a, *b).cmp(&cross(*b, *a)))
    }

    /// True when an existing role's chance is at most the given one plus 10^-9.
    pub(crate) fn at_most(&self, (group, role): (u32, u32), level: (u64, u64)) -> bool {
        let own = self.chance(group, role);
        cross(own, level) - cross(level, own) <= TOLERANCE * i128::from(own.1) * i128::from(level.1)
    }

    /// Y of every role, as stated or derived; 0 for excluded roles. Below 0 only at the ceiling.
    ///
    /// # Errors
    /// Lists out of order, entries that point nowhere, weights ≤ 0 (below 0 only of somebody not at the ceiling) and overflow.
    pub(crate) fn weights(&self, bound: &Bound) -> Check<PerRole> {
        let Some(stated) = &bound.weights else {
            return self.derived(bound);
        };
        let weights = self.stated(stated)?;
        let below = |w: &&(u32, u32, i64)| w.2 <= 0 && !self.is_at_ceiling(w.0, w.1);
        if stated.iter().any(|w| below(&w)) {
            return Err("a weight is not positive".into());
        }
        Ok(weights)
    }

    fn derived(&self, bound: &Bound) -> Check<PerRole> {
        let prices = Prices::of(bound, self.instance)?;
        if bound.scale != 1 {
            return Err("derived weights need the scale 1".into());
        }
        self.per_role(|group, role| {
            let home = prices.household[group as usize];
            let own = add(prices.of_role(self.instance, group, role)?, home)?;
            Ok(if self.is_at_ceiling(group, role) {
                own
            } else {
                own.max(0)
            })
        })
    }

    /// The stated weights, of any sign.
    ///
    /// # Errors
    /// Weights out of order, of 0, or of roles that do not exist.
    pub(crate) fn stated(&self, stated: &[(u32, u32, i64)]) -> Check<PerRole> {
        if !stated
            .windows(2)
            .all(|w| (w[0].0, w[0].1) < (w[1].0, w[1].1))
        {
            return Err("the weights are not in ascending order".into());
        }
        let mut weights = self.per_role(|_, _| Ok(0))?;
        for &(group, role, weight) in stated {
            let standing = self
                .standing(group, role)
                .ok_or("a weight for a role that does not exist")?;
            if weight == 0 {
                return Err("a weight is 0".into());
            }
            if standing != Standing::Excluded {
                weights[group as usize][role as usize] = weight.into();
            }
        }
        Ok(weights)
    }

    /// `f` of every role that is not excluded, 0 for the others.
    fn per_role(&self, f: impl Fn(u32, u32) -> Check<i128>) -> Check<PerRole> {
        let value = |group: u32, role: u32, standing: Standing| {
            if standing == Standing::Excluded {
                Ok(0)
            } else {
                f(group, role)
            }
        };
        let row = |(group, roles): (u32, &Vec<Standing>)| {
            (0..)
                .zip(roles)
                .map(|(role, &standing)| value(group, role, standing))
                .collect()
        };
        (0..).zip(&self.standing).map(row).collect()
    }

    /// ⌊U/s⌋: no panel without excluded people has a larger sum of Y.
    ///
    /// # Errors
    /// As [`weights`](Self::weights).
    pub(crate) fn limit(&self, bound: &Bound, weights: &PerRole) -> Check<i128> {
        let prices = Prices::of(bound, self.instance)?;
        let mut total = prices.fixed(self.instance, Most::Seats)?;
        for (group, found) in (0_u32..).zip(self.instance.groups()) {
            let gain = |role: u32| {
                if self.standing(group, role) == Some(Standing::Excluded) {
                    return Ok(0);
                }
                let scaled = mul(bound.scale.into(), weights[group as usize][role as usize])?;
                sub(scaled, prices.of_role(self.instance, group, role)?)
            };
            total = add(total, best(found, found.most_per_unit(), gain)?)?;
        }
        Ok(total.div_euclid(bound.scale.into()))
    }

    /// What the bound says about the lowest chance of the free roles.
    ///
    /// # Errors
    /// As [`weights`](Self::weights); a bound without weight on a free role; a bound below the lottery's own value,
    /// which only a lottery with impossible chances can meet.
    pub(crate) fn level(&self, bound: &Bound, weights: &PerRole) -> Check<LevelBound> {
        let (seats, people) = self.lowest().ok_or("no role is left for this level")?;
        let (mut above, mut below) = (mul(DENOMINATOR.into(), self.limit(bound, weights)?)?, 0);
        let mut slack = above;
        for ((group, role), standing, (seats, people)) in self.roles() {
            let weight = weights[group as usize][role as usize];
            if standing != Standing::Excluded {
                slack = sub(slack, mul(seats.into(), weight)?)?;
            }
            match standing {
                _ if weight < 0 => above = sub(above, mul(seats.into(), weight)?)?,
                Standing::Fixed => above = sub(above, mul(seats.into(), weight)?)?,
                Standing::Free => below = add(below, mul(people.into(), weight)?)?,
                Standing::Excluded => {}
            }
        }
        if below == 0 {
            return Err("the bound gives no weight to anybody who is left".into());
        }
        let gap = sub(mul(above, people.into())?, mul(seats.into(), below)?)?;
        if gap < 0 {
            return Err("the bound is below the chance that the lottery gives".into());
        }
        let ceiling = add(above, below - 1)?.div_euclid(below);
        Ok(LevelBound {
            value: seats / people,
            bound: u64::try_from(ceiling).map_err(|_| OVERFLOW)?,
            tight: gap <= mul(mul(TOLERANCE, below)?, people.into())?,
            slack,
        })
    }

    /// Proves that nobody of a role, which still counts as free, is in any panel.
    ///
    /// # Errors
    /// As [`weights`](Self::weights), and when the bound does not prove it.
    pub(crate) fn exclusion(&self, bound: &Bound, (group, role): (u32, u32)) -> Check {
        let weights = self.weights(bound)?;
        let own = weights
            .get(group as usize)
            .and_then(|g| g.get(role as usize));
        let own = *own.ok_or("there is no such role")?;
        let limit = self.limit(bound, &weights)?;
        if limit < own {
            Ok(())
        } else {
            Err(format!("the bound {limit} is not below the weight {own}"))
        }
    }
}

/// A chance's seats times another's people: chances compare as these products do.
fn cross(a: (u64, u64), b: (u64, u64)) -> i128 {
    i128::from(a.0) * i128::from(b.1)
}
