//! Draws that ask no quota: the whole pool, or stratum by stratum.

use std::collections::BTreeMap;

use super::rule;
use crate::instance::Instance;
use crate::lottery::stream::Stream;
use crate::ratio::Ratio;

/// Places: households, as often as people of them may sit, and people outside any, in order of their first people.
fn places(instance: &Instance) -> Vec<Vec<u32>> {
    let mut units: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for person in 0..instance.len() as u32 {
        let first = instance.household(person).unwrap_or(person);
        units.entry(first).or_default().push(person);
    }
    let often = |unit: Vec<u32>| {
        let room = instance.household_room(unit[0]) as usize;
        std::iter::repeat_n(unit, room)
    };
    units.into_values().flat_map(often).collect()
}

/// Shuffles the places; each of the first k goes to one of its people who has none. O(people).
pub(super) fn random(instance: &Instance, stream: &mut Stream) -> Vec<u32> {
    let mut places = places(instance);
    stream.shuffle(&mut places);
    let (mut panel, mut sits) = (Vec::new(), vec![false; instance.len()]);
    for unit in places.iter().take(instance.size() as usize) {
        let others = unit
            .iter()
            .copied()
            .filter(|&person| !sits[person as usize]);
        let others: Vec<u32> = others.collect();
        let chosen = others[stream.below(others.len() as u64) as usize];
        sits[chosen as usize] = true;
        panel.push(chosen);
    }
    panel
}

/// k·m/(U·h) for everybody, in canonical order.
pub(super) fn random_chances(instance: &Instance) -> Vec<Ratio> {
    let places = places(instance);
    let mut chances = vec![Ratio::new(0, 1); instance.len()];
    for unit in &places {
        let room = instance.household_room(unit[0]);
        let chance = Ratio::new(
            u64::from(instance.size()) * u64::from(room),
            places.len() as u64 * unit.len() as u64,
        );
        unit.iter()
            .for_each(|&person| chances[person as usize] = chance);
    }
    chances
}

/// The joint cells of the features, in order of their values; people in order of ids.
fn strata(features: &[String], instance: &Instance) -> Vec<Vec<u32>> {
    let features: Vec<usize> = features
        .iter()
        .filter_map(|name| rule::feature(name, instance))
        .collect();
    let mut strata: BTreeMap<Vec<u32>, Vec<u32>> = BTreeMap::new();
    for person in 0..instance.len() as u32 {
        let profile = instance.profile(person);
        let cell = features.iter().map(|&f| profile[f]).collect();
        strata.entry(cell).or_default().push(person);
    }
    strata.into_values().collect()
}

/// Shuffles the strata, lays them end to end, each k people's worth per person, and gives a seat to the stratum under
/// every n-th mark, the first mark at a uniform place: a stratum of c people has ⌊k·c/n⌋ or ⌈k·c/n⌉ marks, on average
/// k·c/n, and all strata together have k. Then every stratum is shuffled and its first people sit. O(people).
pub(super) fn stratified(
    features: &[String],
    instance: &Instance,
    stream: &mut Stream,
) -> Vec<u32> {
    let mut strata = strata(features, instance);
    stream.shuffle(&mut strata);
    let (people, size) = (instance.len() as u64, u64::from(instance.size()));
    let offset = stream.below(people);
    let marks_before = |place: u64| (place + people - 1 - offset) / people;
    let (mut panel, mut place) = (Vec::new(), 0);
    for mut stratum in strata {
        let end = place + size * stratum.len() as u64;
        let seats = marks_before(end) - marks_before(place);
        place = end;
        stream.shuffle(&mut stratum);
        panel.extend(stratum.into_iter().take(seats as usize));
    }
    panel
}

/// k/n for everybody.
pub(super) fn stratified_chances(instance: &Instance) -> Vec<Ratio> {
    let chance = Ratio::new(instance.size().into(), instance.len() as u64);
    vec![chance; instance.len()]
}

#[cfg(test)]
mod tests {
    use super::{random, stratified};
    use crate::instance::Instance;
    use crate::lottery::stream::Stream;
    use crate::pool::Pool;
    use crate::quota::Quotas;

    /// Strata of 1, 2 and 4 people for 3 seats.
    fn instance() -> Instance {
        let zones = ["a", "b", "b", "c", "c", "c", "c"];
        let pool = (0..).zip(zones).fold(Pool::builder(), |pool, (i, zone)| {
            pool.person(format!("p{i}"), [("zone", zone)])
        });
        let quotas = Quotas::builder().feature("zone");
        let quotas = ["a", "b", "c"]
            .iter()
            .fold(quotas, |quotas, zone| quotas.value(zone, 0..=3));
        Instance::new(pool.build().unwrap(), quotas.build().unwrap(), 3).unwrap()
    }

    #[test]
    fn every_stratum_gets_floor_or_ceiling() {
        let instance = instance();
        let mut stream = Stream::from_key([3; 32]);
        for _ in 0..500 {
            let panel = stratified(&["zone".into()], &instance, &mut stream);
            let seats = |people: std::ops::Range<u32>| {
                panel
                    .iter()
                    .filter(|person| people.contains(person))
                    .count()
            };
            assert_eq!(panel.len(), 3);
            // 3/7, 6/7 and 12/7 seats.
            assert!(seats(0..1) <= 1 && seats(1..3) <= 1 && (1..=2).contains(&seats(3..7)));
        }
    }

    #[test]
    fn a_random_panel_holds_nobody_twice() {
        let instance = instance();
        let mut panel = random(&instance, &mut Stream::from_key([4; 32]));
        panel.sort_unstable();
        panel.dedup();
        assert_eq!(panel.len(), 3);
    }
}
