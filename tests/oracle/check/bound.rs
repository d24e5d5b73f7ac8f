//! One integer bound, worked out from its description alone.

use std::collections::{BTreeMap, BTreeSet};

use kleroterion::certificate::Bound;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

use super::{Verdict, ensure};
use crate::case::{Case, Panel};
use crate::outcome::Groups;
use crate::reference::places;

/// Group and role.
pub(crate) type Place = (u32, u32);

/// A case with the group and role of everybody: what a bound speaks of.
pub(crate) struct Ground<'a> {
    pub(crate) case: &'a Case,
    pub(crate) places: Vec<Place>,
    /// Left out of all sums.
    pub(crate) excluded: BTreeSet<Place>,
    /// Bounds are tried on every one of these.
    pub(crate) panels: &'a [Panel],
}

/// A bound worked out: weights per person, scaled, and what no panel exceeds.
pub(crate) struct Worked {
    /// Y per person, not yet multiplied by the scale.
    pub(crate) weights: Vec<BigInt>,
    pub(crate) scale: BigInt,
    /// U(s·Y).
    pub(crate) cap: BigInt,
}

impl<'a> Ground<'a> {
    /// Nobody excluded yet.
    pub(crate) fn new(case: &'a Case, groups: &Groups, panels: &'a [Panel]) -> Self {
        let places = places(groups, case.people.len());
        Self {
            case,
            places,
            excluded: BTreeSet::new(),
            panels,
        }
    }

    /// Somebody in a role.
    pub(crate) fn person(&self, place: Place) -> Result<usize, String> {
        self.places
            .iter()
            .position(|p| *p == place)
            .ok_or_else(|| format!("no such role: {place:?}"))
    }

    fn out(&self, person: usize) -> bool {
        self.excluded.contains(&self.places[person])
    }

    /// Works a bound out from its multipliers and tries it on every panel. Without the household rule every person is a unit.
    pub(crate) fn work(&self, bound: &Bound, household_rule: bool) -> Result<Worked, String> {
        let quotas = self.case.flat_quotas();
        ensure(bound.scale >= 1, || "a scale below 1".into())?;
        ensure(
            bound.quotas.is_sorted_by(|a, b| a.0 < b.0) && bound.quotas.iter().all(|q| q.1 != 0),
            || "quota multipliers not ascending or 0".into(),
        )?;
        ensure(
            bound.quotas.iter().all(|q| (q.0 as usize) < quotas.len()),
            || "no such quota".into(),
        )?;
        ensure(
            bound.households.is_sorted_by(|a, b| a.0 < b.0)
                && bound.households.iter().all(|h| h.1 > 0),
            || "household multipliers not ascending or not positive".into(),
        )?;
        let pi: BTreeMap<usize, BigInt> = bound
            .quotas
            .iter()
            .map(|&(q, m)| (q as usize, m.into()))
            .collect();
        let price = |person: usize| -> BigInt {
            BigInt::from(bound.size)
                + self
                    .case
                    .quotas_of(person)
                    .iter()
                    .filter_map(|q| pi.get(q))
                    .sum::<BigInt>()
        };
        let weights = self.weights(bound, &price)?;
        let mut cap = BigInt::from(bound.size) * self.case.size;
        for (&q, m) in &pi {
            let (min, max) = quotas[q];
            cap += (m * min).max(m * max);
        }
        let units = if household_rule {
            self.case.units()
        } else {
            (0..self.case.people.len()).map(|i| vec![i]).collect()
        };
        for unit in units {
            let gain = |&person: &usize| &weights[person] * bound.scale - price(person);
            let mut gains: Vec<BigInt> = unit
                .iter()
                .filter(|&&person| !self.out(person))
                .map(gain)
                .filter(Signed::is_positive)
                .collect();
            gains.sort();
            let most = if unit.len() > 1 { self.case.most } else { 1 };
            cap += gains.iter().rev().take(most as usize).sum::<BigInt>();
        }
        let worked = Worked {
            weights,
            scale: bound.scale.into(),
            cap,
        };
        worked.holds_for(self.panels)?;
        Ok(worked)
    }

    fn weights(
        &self,
        bound: &Bound,
        price: &dyn Fn(usize) -> BigInt,
    ) -> Result<Vec<BigInt>, String> {
        let people = 0..self.case.people.len();
        let Some(listed) = &bound.weights else {
            ensure(bound.scale == 1, || "a scale without weights".into())?;
            let sigma: BTreeMap<u32, i64> = bound.households.iter().copied().collect();
            let derived = |i: usize| {
                (price(i) + sigma.get(&self.places[i].0).copied().unwrap_or(0)).max(BigInt::zero())
            };
            return Ok(people
                .map(|i| {
                    if self.out(i) {
                        BigInt::zero()
                    } else {
                        derived(i)
                    }
                })
                .collect());
        };
        ensure(listed.is_sorted_by(|a, b| (a.0, a.1) < (b.0, b.1)), || {
            "weights not ascending".into()
        })?;
        ensure(listed.iter().all(|w| w.2 > 0), || {
            "a weight that is not positive".into()
        })?;
        ensure(
            listed.iter().all(|w| self.places.contains(&(w.0, w.1))),
            || "a weight for a role that does not exist".into(),
        )?;
        let listed: BTreeMap<Place, i64> = listed.iter().map(|w| ((w.0, w.1), w.2)).collect();
        ensure(
            listed.keys().all(|place| !self.excluded.contains(place)),
            || "a weight for somebody in no panel".into(),
        )?;
        Ok(people
            .map(|i| listed.get(&self.places[i]).copied().unwrap_or(0).into())
            .collect())
    }
}

impl Worked {
    /// ⌊U/s⌋: no panel weighs more.
    pub(crate) fn most(&self) -> BigInt {
        BigRational::new(self.cap.clone(), self.scale.clone())
            .floor()
            .to_integer()
    }

    /// Holds the bound against every panel there is.
    fn holds_for(&self, panels: &[Panel]) -> Verdict {
        for panel in panels {
            let weight: BigInt = (0..self.weights.len())
                .filter(|i| panel >> i & 1 == 1)
                .map(|i| &self.weights[i])
                .sum();
            ensure(&weight * &self.scale <= self.cap, || {
                format!(
                    "panel {panel:b} weighs {weight}·{}, more than {}",
                    self.scale, self.cap
                )
            })?;
        }
        Ok(())
    }
}
