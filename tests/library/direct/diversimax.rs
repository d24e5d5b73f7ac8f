//! Diversimax on pools small enough to know the best panel.

use std::collections::BTreeMap;

use kleroterion::lottery::{DirectRule, Sources};
use kleroterion::{ErrorKind, Instance};

use super::{Feature, assert_frequency, draw, instance, stream};

/// The distance in millionths, straight from the definition, for a pool where every intersection of at most two
/// features counts.
fn distance(instance: &Instance, panel: &[u32], sets: &[&[usize]]) -> u64 {
    let mut sum = 0;
    for set in sets {
        let values = |feature: usize| {
            let mut seen: Vec<u32> = (0..instance.len() as u32)
                .map(|p| instance.profile(p)[feature])
                .collect();
            seen.sort_unstable();
            seen.dedup();
            seen
        };
        let mut cells: Vec<Vec<u32>> = vec![vec![]];
        for &feature in *set {
            let longer = |cell: &Vec<u32>| {
                values(feature)
                    .into_iter()
                    .map(|v| [cell.clone(), vec![v]].concat())
                    .collect::<Vec<_>>()
            };
            cells = cells.iter().flat_map(longer).collect();
        }
        let m = cells.len() as u64;
        let parts: u64 = cells
            .iter()
            .map(|cell| {
                let is_in = |&&p: &&u32| {
                    set.iter()
                        .zip(cell)
                        .all(|(&f, &v)| instance.profile(p)[f] == v)
                };
                (panel.iter().filter(is_in).count() as u64 * m).abs_diff(instance.size().into())
            })
            .sum();
        sum += parts * 1_000_000 / m;
    }
    sum
}

fn panels(n: u32, k: usize) -> Vec<Vec<u32>> {
    let mut all = vec![vec![]];
    for person in 0..n {
        let longer: Vec<Vec<u32>> = all
            .iter()
            .filter(|p: &&Vec<u32>| p.len() < k)
            .map(|p| [p.clone(), vec![person]].concat())
            .collect();
        all.extend(longer);
    }
    all.retain(|panel| panel.len() == k);
    all
}

fn meets(instance: &Instance, panel: &[u32]) -> bool {
    let mut seats = vec![0; instance.quotas().len()];
    panel
        .iter()
        .flat_map(|&p| instance.profile(p))
        .for_each(|&q| seats[q as usize] += 1);
    instance
        .quotas()
        .iter()
        .zip(&seats)
        .all(|(q, s)| (q.min..=q.max).contains(s))
}

/// Random small pools: the search reaches the best panel there is in nearly all, the bound never lies above it.
#[test]
fn the_search_finds_what_enumeration_finds() {
    let features: [Feature<'_>; 2] = [
        ("sex", &[("f", 1, 4), ("m", 1, 4)]),
        ("zone", &[("a", 1, 3), ("b", 1, 3)]),
    ];
    let (mut best_found, mut pools) = (0, 0);
    for number in 0..40_u64 {
        let mut random = stream(500 + number);
        let counts: Vec<u32> = (0..4).map(|_| 1 + random.below(4) as u32).collect();
        let rows: [(u32, &[&str]); 4] = [
            (counts[0], &["f", "a"]),
            (counts[1], &["f", "b"]),
            (counts[2], &["m", "a"]),
            (counts[3], &["m", "b"]),
        ];
        if counts.iter().sum::<u32>() < 8 {
            continue;
        }
        pools += 1;
        let instance = instance(&features, &rows, 5);
        let sets: [&[usize]; 3] = [&[0], &[1], &[0, 1]];
        let best = panels(instance.len() as u32, 5)
            .into_iter()
            .filter(|panel| meets(&instance, panel))
            .map(|panel| distance(&instance, &panel, &sets))
            .min()
            .unwrap();
        let found = draw(&DirectRule::Diversimax, &instance, number as u32);
        let panel: Vec<u32> = found
            .panel()
            .iter()
            .map(|id| instance.find(id).unwrap())
            .collect();
        let evenness = found.evenness().unwrap();
        assert!(meets(&instance, &panel));
        assert_eq!(evenness.intersections, 3);
        assert_eq!(evenness.distance, distance(&instance, &panel, &sets));
        assert!(evenness.bound <= best && best <= evenness.distance);
        best_found += u32::from(evenness.distance == best);
    }
    assert_eq!(
        best_found, pools,
        "a search may miss, on pools this small it does not"
    );
}

/// Exact quotas allow no single move: only double moves even the intersections.
#[test]
fn double_moves_work_where_every_quota_is_exact() {
    let features: [Feature<'_>; 2] = [
        ("sex", &[("f", 4, 4), ("m", 4, 4)]),
        ("zone", &[("a", 4, 4), ("b", 4, 4)]),
    ];
    let rows: [(u32, &[&str]); 4] = [
        (9, &["f", "a"]),
        (9, &["f", "b"]),
        (9, &["m", "a"]),
        (9, &["m", "b"]),
    ];
    let instance = instance(&features, &rows, 8);
    for number in 0..20 {
        let evenness = draw(&DirectRule::Diversimax, &instance, number)
            .evenness()
            .unwrap();
        assert_eq!(
            (evenness.distance, evenness.bound),
            (0, 0),
            "two of every cell"
        );
    }
}

#[test]
fn interchangeable_people_have_equal_chances() {
    let features: [Feature<'_>; 1] = [("g", &[("x", 1, 1), ("y", 1, 1)])];
    let instance = instance(&features, &[(3, &["x"]), (2, &["y"])], 2);
    let mut seen = BTreeMap::new();
    for number in 0..3000 {
        for id in draw(&DirectRule::Diversimax, &instance, number).panel() {
            *seen.entry(id.clone()).or_insert(0_u64) += 1;
        }
    }
    for (id, count) in seen {
        let chance = if id.as_str() < "p003" { 1.0 / 3.0 } else { 0.5 };
        assert_frequency(count, 3000, chance, &id);
    }
}

#[test]
fn no_panel_is_a_finding() {
    let features: [Feature<'_>; 2] = [
        ("sex", &[("f", 2, 2), ("m", 1, 1)]),
        ("age", &[("old", 2, 2), ("young", 1, 1)]),
    ];
    let instance = instance(&features, &[(3, &["f", "young"]), (3, &["m", "old"])], 3);
    let lottery = DirectRule::Diversimax.commit(&instance).unwrap();
    let error = lottery
        .draw(&Sources::new(["dice 3"]).unwrap())
        .unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Infeasible(_)), "{error}");
}
