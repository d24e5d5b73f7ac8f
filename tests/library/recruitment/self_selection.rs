//! The estimate of who says yes: closed forms, recovered factors, and the conditions of the maximum.

use kleroterion::lottery::Stream;
use kleroterion::recruitment::{Participation, SelfSelection, neutral_chances};

const SEXES: [&str; 2] = ["woman", "man"];
const AGES: [&str; 3] = ["young", "middle", "old"];

#[test]
fn one_feature_is_the_response_rate_of_each_value() {
    let mut data = SelfSelection::new(["age"]);
    let counts = [(12, 300.0), (50, 500.0), (9, 200.0)];
    for ((count, weight), age) in counts.into_iter().zip(AGES) {
        data = (0..count).fold(data, |data, _| data.volunteer(&[age]));
        data = data
            .resident(&[age], weight / 4.0)
            .resident(&[&age.to_uppercase()], weight * 0.75);
    }
    let participation = data.fit(2_000).unwrap();
    for ((count, weight), age) in counts.into_iter().zip(AGES) {
        let rate = f64::from(count) / (2_000.0 * weight / 1_000.0);
        let got = participation.chance(&[age]).unwrap();
        assert!((got - rate).abs() < 1e-9, "{age}: {got}, expected {rate}");
    }
    assert!((participation.base() - 0.05).abs() < 1e-9);
    assert_eq!(participation.chance(&["ancient"]), None);
    assert_eq!(participation.chance(&["old", "old"]), None);
}

#[test]
fn a_rate_above_one_is_held_at_one() {
    // 30 of 100 invited are women, and 40 women volunteered: the model allows 1 at most.
    let mut data = SelfSelection::new(["sex"])
        .resident(&["woman"], 30.0)
        .resident(&["man"], 70.0);
    for number in 0..47 {
        data = data.volunteer(&[SEXES[usize::from(number >= 40)]]);
    }
    let participation = data.fit(100).unwrap();
    assert!((participation.chance(&["woman"]).unwrap() - 1.0).abs() < 1e-12);
    assert!((participation.chance(&["man"]).unwrap() - 0.1).abs() < 1e-9);
}

/// A city of 60 000, everybody invited, with known factors; the survey is the city itself.
fn city() -> (SelfSelection, Vec<([usize; 2], u64, u64)>) {
    let (sexes, ages) = ([1.0, 0.6], [0.3, 1.0, 0.7]);
    let mut stream = Stream::from_key([8; 32]);
    let mut data = SelfSelection::new(["sex", "age"]);
    let mut cells = Vec::new();
    for (s, sex) in SEXES.into_iter().enumerate() {
        for (a, age) in AGES.into_iter().enumerate() {
            let people = 4_000 + 3_000 * (s as u64 + 1) * (a as u64 + 1) % 11_000;
            let chance = 0.2 * sexes[s] * ages[a];
            let mut yes = 0;
            for _ in 0..people {
                if (stream.below(1_000_000) as f64) < chance * 1e6 {
                    data = data.volunteer(&[sex, age]);
                    yes += 1;
                }
            }
            data = data.resident(&[sex, age], people as f64);
            cells.push(([s, a], people, yes));
        }
    }
    (data, cells)
}

fn factor(participation: &Participation, value: &str) -> f64 {
    participation
        .factors()
        .iter()
        .find(|f| f.value == value)
        .unwrap()
        .factor
}

#[test]
fn known_factors_are_recovered() {
    let (data, cells) = city();
    let people = cells.iter().map(|c| c.1).sum();
    let participation = data.fit(people).unwrap();
    // Some 500 answers or more in each value: standard errors below 0.05 of the factor; four of them allowed.
    for (value, expected) in [
        ("woman", 1.0),
        ("man", 0.6),
        ("young", 0.3),
        ("middle", 1.0),
        ("old", 0.7),
    ] {
        let got = factor(&participation, value);
        assert!((got - expected).abs() < 0.2 * expected, "{value}: {got}");
    }
    assert!(
        (participation.base() - 0.2).abs() < 0.02,
        "{}",
        participation.base()
    );
}

/// At the maximum the model expects of every value as many volunteers as there are: Σ (p + b)·q/(q + c) = Σ p.
#[test]
fn the_conditions_of_the_maximum_hold() {
    let (data, cells) = city();
    let people: u64 = cells.iter().map(|c| c.1).sum();
    let participation = data.fit(people).unwrap();
    let c = 1.0;
    for value in SEXES.into_iter().chain(AGES) {
        let (mut expected, mut seen) = (0.0, 0.0);
        for &([s, a], residents, yes) in &cells {
            if SEXES[s] == value || AGES[a] == value {
                let q = participation.chance(&[SEXES[s], AGES[a]]).unwrap();
                expected += (yes + residents) as f64 * q / (q + c);
                seen += yes as f64;
            }
        }
        assert!(
            (expected - seen).abs() < 1e-4,
            "{value}: {expected} of {seen}"
        );
    }
}

#[test]
fn the_order_of_people_does_not_matter() {
    let rows = [
        ["woman", "old"],
        ["man", "old"],
        ["man", "young"],
        ["woman", "young"],
        ["woman", "old"],
    ];
    let of = |order: &[usize]| {
        let data = SelfSelection::new(["sex", "age"]);
        let data = order
            .iter()
            .fold(data, |data, &at| data.volunteer(&rows[at]));
        let data = order
            .iter()
            .fold(data, |data, &at| data.resident(&rows[at], 10.0));
        data.fit(100).unwrap()
    };
    assert_eq!(of(&[0, 1, 2, 3, 4]), of(&[4, 2, 3, 1, 0]));
}

#[test]
fn neutral_chances_undo_self_selection() {
    let (data, cells) = city();
    let people: u64 = cells.iter().map(|c| c.1).sum();
    let participation = data.fit(people).unwrap();
    let chance = |s: usize, a: usize| participation.chance(&[SEXES[s], AGES[a]]).unwrap();
    let pool: Vec<f64> = cells
        .iter()
        .flat_map(|&([s, a], _, yes)| std::iter::repeat_n(chance(s, a), yes as usize))
        .collect();
    let chances = neutral_chances(&pool, 100).unwrap();
    assert!((chances.iter().sum::<f64>() - 100.0).abs() < 1e-9);
    // Participation times seat is the same for everybody: nobody's chance is clipped here.
    for (q, seat) in pool.iter().zip(&chances) {
        assert!((q * seat / (pool[0] * chances[0]) - 1.0).abs() < 1e-9);
    }
    assert_eq!(neutral_chances(&[0.5], 2), None);
    assert_eq!(neutral_chances(&[0.5, 0.0], 1), None);
    assert_eq!(neutral_chances(&[1.5], 1), None);
    assert_eq!(neutral_chances(&[0.5, 0.1], 2), Some(vec![1.0, 1.0]));
    assert_eq!(neutral_chances(&[], 0), Some(vec![]));
}

#[test]
fn everything_wrong_is_reported_together() {
    let data = SelfSelection::new(["sex"])
        .volunteer(&["woman"])
        .volunteer(&["man", "old"])
        .volunteer(&["other"])
        .resident(&["Woman"], -1.0)
        .resident(&["unknown"], 5.0);
    assert_eq!(
        data.fit(2).unwrap_err().to_string(),
        "E-SELF-INVITED: found 2 people invited and 3 volunteers, expected not more volunteers than people invited\n\
         E-SELF-COUNT: found 1 people with another number of values, expected 1, one per feature\n\
         E-SELF-WEIGHT: found 1 people with a weight that is no number above 0, expected such as 1 or 512.5\n\
         E-SELF-VALUE: found sex = man, which nobody in the survey has, expected a value of both; join it with another value\n\
         E-SELF-VALUE: found sex = other, which nobody in the survey has, expected a value of both; join it with another value\n\
         E-SELF-VALUE: found sex = unknown, which no volunteer has, expected a value of both; join it with another value"
    );
    assert_eq!(
        SelfSelection::new([]).fit(0).unwrap_err().to_string(),
        "E-SELF-NONE: found no feature, expected at least one\n\
         E-SELF-NONE: found no volunteer, expected at least one\n\
         E-SELF-NONE: found nobody in the survey, expected at least one"
    );
}
