//! Random and stratified draws: their exact chances, and that draws follow them.

use kleroterion::lottery::DirectRule;
use kleroterion::{Instance, Pool, Ratio};

use super::{Feature, assert_frequency, draw, instance, quotas};

const DRAWS: u32 = 6000;

const FEATURES: [Feature<'static>; 2] = [
    ("sex", &[("f", 0, 5), ("m", 0, 5)]),
    ("age", &[("young", 0, 5), ("middle", 0, 5), ("old", 0, 5)]),
];

/// 13 people in five cells; 5 seats.
fn thirteen() -> Instance {
    let rows: [(u32, &[&str]); 5] = [
        (1, &["f", "young"]),
        (4, &["f", "old"]),
        (2, &["m", "young"]),
        (3, &["m", "middle"]),
        (3, &["m", "old"]),
    ];
    instance(&FEATURES, &rows, 5)
}

/// Frequencies of everybody and of every pair.
fn frequencies(rule: &DirectRule, instance: &Instance) -> (Vec<u64>, Vec<Vec<u64>>) {
    let n = instance.len();
    let (mut one, mut two) = (vec![0; n], vec![vec![0; n]; n]);
    for number in 0..DRAWS {
        let draw = draw(rule, instance, number);
        let panel: Vec<usize> = draw
            .panel()
            .iter()
            .map(|id| instance.find(id).unwrap() as usize)
            .collect();
        for (at, &a) in panel.iter().enumerate() {
            one[a] += 1;
            panel[at + 1..].iter().for_each(|&b| two[a][b] += 1);
        }
    }
    (one, two)
}

#[test]
fn random_panels_are_uniform() {
    let instance = thirteen();
    let (one, two) = frequencies(&DirectRule::Random, &instance);
    for a in 0..13 {
        assert_frequency(one[a], DRAWS.into(), 5.0 / 13.0, "one person");
        for &both in &two[a][a + 1..13] {
            assert_frequency(both, DRAWS.into(), 20.0 / 156.0, "a pair");
        }
    }
}

#[test]
fn every_small_panel_is_equally_likely() {
    let instance = instance(&[("g", &[("x", 0, 2)])], &[(5, &["x"])], 2);
    let mut seen = std::collections::BTreeMap::new();
    for number in 0..DRAWS {
        *seen
            .entry(
                draw(&DirectRule::Random, &instance, number)
                    .panel()
                    .to_vec(),
            )
            .or_insert(0) += 1;
    }
    assert_eq!(seen.len(), 10);
    seen.values()
        .for_each(|&count| assert_frequency(count, DRAWS.into(), 0.1, "a panel"));
}

#[test]
fn random_draws_take_one_of_a_household() {
    let homes = ["h1", "h1", "h1", "h2", "h2", "", "", ""];
    let pool = (0..).zip(homes).fold(Pool::builder(), |pool, (i, home)| {
        pool.housemate(format!("p{i}"), home, [("g", "x")])
    });
    let instance =
        Instance::new(pool.build().unwrap(), quotas(&[("g", &[("x", 0, 3)])]), 3).unwrap();
    let lottery = DirectRule::Random.commit(&instance).unwrap();
    let chances: Vec<Ratio> = lottery
        .probabilities()
        .unwrap()
        .into_iter()
        .map(|(_, p)| p)
        .collect();
    // Three of five households or people alone, then one of the people.
    let exact = [1, 1, 1, 0, 0, 0, 0, 0].map(|three| {
        if three == 1 {
            Ratio::new(3, 15)
        } else {
            Ratio::new(3, 5)
        }
    });
    assert_eq!(chances[0], exact[0]);
    assert_eq!(chances[3], Ratio::new(3, 10));
    assert_eq!(chances[5], exact[5]);
    let (one, two) = frequencies(&DirectRule::Random, &instance);
    for (count, chance) in one.iter().zip(&chances) {
        assert_frequency(*count, DRAWS.into(), chance.to_f64(), "one person");
    }
    assert_eq!((two[0][1], two[0][2], two[1][2], two[3][4]), (0, 0, 0, 0));
}

#[test]
fn strata_get_their_share_and_everybody_the_same_chance() {
    let instance = thirteen();
    for rule in ["stratified:sex", "stratified:age", "stratified:sex+age"] {
        let rule: DirectRule = rule.parse().unwrap();
        let lottery = rule.commit(&instance).unwrap();
        let chances = lottery.probabilities().unwrap();
        assert!(
            chances
                .iter()
                .all(|(_, chance)| *chance == Ratio::new(5, 13))
        );
        let (one, two) = frequencies(&rule, &instance);
        for a in 0..13 {
            assert_frequency(one[a], DRAWS.into(), 5.0 / 13.0, "one person");
            let together: u64 =
                two[a].iter().sum::<u64>() + two.iter().map(|row| row[a]).sum::<u64>();
            assert_eq!(together, one[a] * 4, "five people on every panel");
        }
    }
}

/// Every cell gets the floor or the ceiling of its share, and equal people every pair equally often.
#[test]
fn strata_are_rounded_to_floor_or_ceiling() {
    let instance = thirteen();
    let rule: DirectRule = "stratified:sex+age".parse().unwrap();
    let cells = [0..1, 1..5, 5..7, 7..10, 10..13];
    for number in 0..1000 {
        let panel: Vec<u32> = draw(&rule, &instance, number)
            .panel()
            .iter()
            .map(|id| instance.find(id).unwrap())
            .collect();
        for cell in &cells {
            let seats = panel.iter().filter(|person| cell.contains(*person)).count() as u32;
            let share = 5 * cell.len() as u32;
            assert!(
                (share / 13..=share.div_ceil(13)).contains(&seats),
                "{seats} for {cell:?}"
            );
        }
    }
}

#[test]
fn features_of_strata_are_named_in_any_order_and_spelling() {
    let instance = thirteen();
    let commitment = |rule: &str| {
        rule.parse::<DirectRule>()
            .unwrap()
            .commit(&instance)
            .unwrap()
            .commitment()
    };
    assert_eq!(
        commitment("stratified:sex+age"),
        commitment("stratified: Age +SEX+sex")
    );
    assert_ne!(commitment("stratified:sex"), commitment("stratified:age"));
    let error = "stratified:hight+sex"
        .parse::<DirectRule>()
        .unwrap()
        .commit(&instance)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "E-STRATA-FEATURE: found \"hight\", expected a feature of the quotas: age, sex"
    );
    for wrong in [
        "stratified",
        "stratified:",
        "stratified:age+",
        "Random",
        "fair",
    ] {
        assert!(wrong.parse::<DirectRule>().is_err(), "{wrong}");
    }
}

#[test]
fn strata_and_shared_households_exclude_each_other() {
    let people = [("a", "h"), ("b", "h"), ("c", "")];
    let pool = people.iter().fold(Pool::builder(), |pool, (id, home)| {
        pool.housemate(*id, home, [("g", "x")])
    });
    let instance =
        Instance::new(pool.build().unwrap(), quotas(&[("g", &[("x", 0, 2)])]), 2).unwrap();
    let error = "stratified:g"
        .parse::<DirectRule>()
        .unwrap()
        .commit(&instance)
        .unwrap_err();
    assert_eq!(error.problems()[0].code, "E-STRATA-HOUSEHOLD");
}
