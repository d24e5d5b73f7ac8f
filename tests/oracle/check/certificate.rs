//! The certificate, recomputed in big integers from its description alone.

use std::collections::{BTreeMap, BTreeSet};

use kleroterion::certificate::{Bound, Level, Proof};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

use super::{DENOMINATOR, TOLERANCE, Verdict, ensure, rational, show};
use crate::case::{Case, Panel};
use crate::outcome::Lottery;
use crate::reference::places;

type Place = (u32, u32);

/// A case with the group and role of everybody: what a bound speaks of.
pub(crate) struct Ground<'a> {
    pub(crate) case: &'a Case,
    pub(crate) places: Vec<Place>,
    /// Left out of all sums.
    pub(crate) excluded: BTreeSet<Place>,
}

/// A bound worked out: weights per person, scaled, and what no panel exceeds.
pub(crate) struct Worked {
    /// Y per person, not yet multiplied by the scale.
    pub(crate) weights: Vec<BigInt>,
    pub(crate) scale: BigInt,
    /// U(s·Y).
    pub(crate) cap: BigInt,
}

impl Ground<'_> {
    fn out(&self, person: usize) -> bool {
        self.excluded.contains(&self.places[person])
    }

    /// Works a bound out from its multipliers. Without the household rule every person is a unit.
    pub(crate) fn work(&self, bound: &Bound, household_rule: bool) -> Result<Worked, String> {
        let quotas = self.case.flat_quotas();
        ensure(bound.scale >= 1, || "a scale below 1".into())?;
        ensure(bound.quotas.is_sorted_by(|a, b| a.0 < b.0) && bound.quotas.iter().all(|q| q.1 != 0), || "quota multipliers not ascending or 0".into())?;
        ensure(bound.quotas.iter().all(|q| (q.0 as usize) < quotas.len()), || "no such quota".into())?;
        ensure(bound.households.is_sorted_by(|a, b| a.0 < b.0) && bound.households.iter().all(|h| h.1 > 0), || "household multipliers not ascending or not positive".into())?;
        let pi: BTreeMap<usize, BigInt> = bound.quotas.iter().map(|&(q, m)| (q as usize, m.into())).collect();
        let price = |person: usize| -> BigInt {
            BigInt::from(bound.size) + self.case.quotas_of(person).iter().filter_map(|q| pi.get(q)).sum::<BigInt>()
        };
        let weights = self.weights(bound, &price)?;
        let mut cap = BigInt::from(bound.size) * self.case.size;
        for (&q, m) in &pi {
            let (min, max) = quotas[q];
            cap += (m * min).max(m * max);
        }
        let units = if household_rule { self.case.units() } else { (0..self.case.people.len()).map(|i| vec![i]).collect() };
        for unit in units {
            let gain = |&person: &usize| &weights[person] * bound.scale - price(person);
            let best = unit.iter().filter(|&&person| !self.out(person)).map(gain).max();
            cap += best.filter(Signed::is_positive).unwrap_or_default();
        }
        Ok(Worked { weights, scale: bound.scale.into(), cap })
    }

    fn weights(&self, bound: &Bound, price: &dyn Fn(usize) -> BigInt) -> Result<Vec<BigInt>, String> {
        let people = 0..self.case.people.len();
        let Some(listed) = &bound.weights else {
            ensure(bound.scale == 1, || "a scale without weights".into())?;
            let sigma: BTreeMap<u32, i64> = bound.households.iter().copied().collect();
            let derived = |i: usize| (price(i) + sigma.get(&self.places[i].0).copied().unwrap_or(0)).max(BigInt::zero());
            return Ok(people.map(|i| if self.out(i) { BigInt::zero() } else { derived(i) }).collect());
        };
        ensure(listed.is_sorted_by(|a, b| (a.0, a.1) < (b.0, b.1)), || "weights not ascending".into())?;
        ensure(listed.iter().all(|w| w.2 > 0), || "a weight that is not positive".into())?;
        ensure(listed.iter().all(|w| self.places.contains(&(w.0, w.1))), || "a weight for a role that does not exist".into())?;
        let listed: BTreeMap<Place, i64> = listed.iter().map(|w| ((w.0, w.1), w.2)).collect();
        ensure(listed.keys().all(|place| !self.excluded.contains(place)), || "a weight for somebody in no panel".into())?;
        Ok(people.map(|i| listed.get(&self.places[i]).copied().unwrap_or(0).into()).collect())
    }
}

impl Worked {
    /// ⌊U/s⌋: no panel weighs more.
    pub(crate) fn most(&self) -> BigInt {
        BigRational::new(self.cap.clone(), self.scale.clone()).floor().to_integer()
    }

    /// Holds the bound against every panel there is.
    fn holds_for(&self, panels: &[Panel]) -> Verdict {
        for panel in panels {
            let weight: BigInt = (0..self.weights.len()).filter(|i| panel >> i & 1 == 1).map(|i| &self.weights[i]).sum();
            ensure(&weight * &self.scale <= self.cap, || format!("panel {panel:b} weighs {weight}·{}, more than {}", self.scale, self.cap))?;
        }
        Ok(())
    }
}

/// Recomputes everything the certificate claims about the lottery; bounds are tried on every panel given.
pub(crate) fn check_certificate(case: &Case, lottery: &Lottery, rule: &str, panels: &[Panel]) -> Verdict {
    let certificate = &lottery.certificate;
    ensure(certificate.rule == rule, || format!("certificate of {}, asked for {rule}", certificate.rule))?;
    ensure(certificate.target.is_none(), || "a target without a panel list".into())?;
    let places = places(&lottery.groups, case.people.len());
    let mut ground = Ground { case, places, excluded: BTreeSet::new() };
    exclusions(&mut ground, lottery, panels)?;
    let mut before: BTreeMap<Place, u64> = BTreeMap::new();
    for (at, level) in certificate.levels.iter().enumerate() {
        self::level(&ground, lottery, level, &before, panels).map_err(|message| format!("level {at}: {message}"))?;
        before.extend(level.fixed.iter().map(|&place| (place, level.value)));
    }
    // Levels of one exact value may differ by the rounding of weights.
    ensure(certificate.levels.is_sorted_by(|a, b| a.value <= b.value + TOLERANCE), || "levels not ascending".into())?;
    if rule == "maximin" {
        return ensure(certificate.levels.len() == 1, || "maximin is certified for one level".into());
    }
    let open = ground.places.iter().find(|place| !ground.excluded.contains(place) && !before.contains_key(place));
    ensure(open.is_none(), || format!("nobody says anything about {open:?}"))
}

/// Accepts an exclusion when its proof holds with those accepted before left out, until nothing new is accepted.
fn exclusions(ground: &mut Ground<'_>, lottery: &Lottery, panels: &[Panel]) -> Verdict {
    let listed = &lottery.certificate.excluded;
    ensure(listed.is_sorted_by(|a, b| (a.group, a.role) < (b.group, b.role)), || "excluded roles not ascending".into())?;
    let mut open: Vec<_> = listed.iter().collect();
    while !open.is_empty() {
        let mut refused = Vec::new();
        let mut accepted = BTreeSet::new();
        for exclusion in &open {
            let place = (exclusion.group, exclusion.role);
            match excluded(ground, place, &exclusion.proof, panels) {
                Ok(()) => drop(accepted.insert(place)),
                Err(message) => refused.push((*exclusion, message)),
            }
        }
        if accepted.is_empty() {
            return Err(format!("{} cannot be shown to be in no panel: {}", refused.len(), refused[0].1));
        }
        ground.excluded.extend(accepted);
        open = refused.into_iter().map(|(exclusion, _)| exclusion).collect();
    }
    Ok(())
}

fn excluded(ground: &Ground<'_>, place: Place, proof: &Proof, panels: &[Panel]) -> Verdict {
    let person = ground.places.iter().position(|p| *p == place).ok_or("no such role")?;
    match proof {
        Proof::Bound(bound) => {
            let worked = ground.work(bound, true)?;
            worked.holds_for(panels)?;
            ensure(worked.most() < worked.weights[person], || format!("role {place:?}: U = {} is not below Y = {}", worked.most(), worked.weights[person]))
        }
        Proof::Search { .. } => Ok(()),
        other => Err(format!("role {place:?}: {other:?} excludes nobody")),
    }
}

fn level(ground: &Ground<'_>, lottery: &Lottery, level: &Level, before: &BTreeMap<Place, u64>, panels: &[Panel]) -> Verdict {
    ensure(!level.fixed.is_empty() && level.fixed.is_sorted_by(|a, b| a < b), || "fixed roles none or not ascending".into())?;
    let known = |place: &Place| ground.places.contains(place) && !ground.excluded.contains(place) && !before.contains_key(place);
    ensure(level.fixed.iter().all(known), || "fixes a role that is unknown, in no panel, or fixed before".into())?;
    let chance = |place: &Place| &lottery.chances[ground.places.iter().position(|p| p == place).expect("known")];
    let lowest = level.fixed.iter().map(chance).min().expect("not empty");
    let value = (lowest * BigInt::from(DENOMINATOR)).floor().to_integer();
    ensure(value == level.value.into(), || format!("value {}, the lowest chance is {}", level.value, show(lowest)))?;
    let open = ground.places.iter().filter(|place| known(place));
    let lower = open.map(chance).find(|chance| **chance < rational(level.value.saturating_sub(TOLERANCE)));
    ensure(lower.is_none(), || format!("somebody not fixed before has chance {:?} below {}", lower.map(show), level.value))?;
    ensure(level.bound >= level.value, || format!("bound {} below value {}", level.bound, level.value))?;
    ensure(level.bound - level.value <= TOLERANCE, || format!("bound {} is not within 1e-9 of value {}", level.bound, level.value))?;
    match &level.proof {
        Proof::Bound(bound) => {
            let worked = ground.work(bound, true)?;
            worked.holds_for(panels)?;
            let position = |place: &Place| ground.places.iter().position(|p| p == place).expect("known");
            ensure(level.fixed.iter().all(|place| worked.weights[position(place)].is_positive()), || "fixes somebody without weight".into())?;
            let highest = highest(ground, &worked, before)?;
            ensure(highest == level.bound.into(), || format!("bound {}, recomputed {highest}", level.bound))
        }
        Proof::Certain => ensure(level.bound == DENOMINATOR, || format!("certain, but bound {}", level.bound)),
        Proof::Search { .. } => Ok(()),
        other => Err(format!("unknown proof {other:?}")),
    }
}

/// What no lottery exceeds, over 10^12, rounded up.
fn highest(ground: &Ground<'_>, worked: &Worked, before: &BTreeMap<Place, u64>) -> Result<BigInt, String> {
    let (mut kept, mut others) = (BigInt::zero(), BigInt::zero());
    for (place, weight) in ground.places.iter().zip(&worked.weights) {
        match before.get(place) {
            Some(&value) => kept += weight * value,
            None => others += weight,
        }
    }
    ensure(others.is_positive(), || "no weight on anybody who is not fixed".into())?;
    Ok(BigRational::new(worked.most() * DENOMINATOR - kept, others).ceil().to_integer())
}
