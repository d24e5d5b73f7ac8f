//! The original greedy rule.

use kleroterion::lottery::{DirectRule, Sources, legacy_frequencies};
use kleroterion::{ErrorKind, Instance, Pool};

use super::plain::Plain;
use super::{Feature, draw, instance, pool, quotas, stream};

const DRAWS: u32 = 20_000;

const SEX_AGE: [Feature<'static>; 2] = [
    ("sex", &[("f", 2, 3), ("m", 2, 3)]),
    ("age", &[("young", 1, 2), ("middle", 1, 2), ("old", 2, 3)]),
];

/// Two samples of the same chance differ by more than six standard deviations (and a count each) about once in 5·10^8.
fn assert_same(ours: (u64, u64), theirs: (u64, u64), what: &str) {
    let (a, b) = (
        ours.0 as f64 / ours.1 as f64,
        theirs.0 as f64 / theirs.1 as f64,
    );
    let pooled = (ours.0 + theirs.0) as f64 / (ours.1 + theirs.1) as f64;
    let (n, m) = (1.0 / ours.1 as f64, 1.0 / theirs.1 as f64);
    let deviation = (pooled * (1.0 - pooled) * (n + m)).sqrt();
    assert!(
        (a - b).abs() <= 6.0 * deviation + n + m,
        "{what}: {a:.4} here, {b:.4} in the plain program, ± {deviation:.4}"
    );
}

/// Compares acceptance and everybody's frequency.
fn compare(instance: &Instance, seed: u64, name: &str) {
    let ours = legacy_frequencies(instance, DRAWS, u32::MAX, &mut stream(seed)).unwrap();
    let (plain, mut random) = (Plain::new(instance), stream(seed + 1000));
    let (mut counts, mut draws, mut attempts) = (vec![0_u64; instance.len()], 0_u64, 0_u64);
    while draws < DRAWS.into() {
        attempts += 1;
        if let Some(panel) = plain.attempt(&mut random) {
            draws += 1;
            panel.iter().for_each(|&person| counts[person] += 1);
        }
    }
    let accepted = ours.acceptance();
    assert_eq!(accepted.numerator, u64::from(DRAWS));
    assert_same(
        (accepted.numerator, accepted.denominator),
        (draws, attempts),
        &format!("{name}: acceptance"),
    );
    for (person, (&here, &there)) in ours.counts.iter().zip(&counts).enumerate() {
        assert_same(
            (here, DRAWS.into()),
            (there, draws),
            &format!("{name}: person {person}"),
        );
    }
}

#[test]
fn loose_quotas_with_ties() {
    let rows: [(u32, &[&str]); 6] = [
        (3, &["f", "young"]),
        (2, &["f", "middle"]),
        (4, &["f", "old"]),
        (3, &["m", "young"]),
        (1, &["m", "middle"]),
        (2, &["m", "old"]),
    ];
    compare(&instance(&SEX_AGE, &rows, 5), 1, "loose");
}

#[test]
fn exact_quotas_where_most_attempts_fail() {
    let features: [Feature<'_>; 3] = [
        ("sex", &[("f", 2, 2), ("m", 2, 2)]),
        ("age", &[("young", 1, 1), ("middle", 1, 1), ("old", 2, 2)]),
        ("town", &[("a", 3, 3), ("b", 1, 1)]),
    ];
    let rows: [(u32, &[&str]); 7] = [
        (2, &["f", "young", "a"]),
        (1, &["f", "middle", "b"]),
        (2, &["f", "old", "a"]),
        (1, &["m", "young", "b"]),
        (2, &["m", "middle", "a"]),
        (1, &["m", "old", "a"]),
        (3, &["m", "old", "b"]),
    ];
    compare(&instance(&features, &rows, 4), 2, "exact");
}

#[test]
fn a_value_of_which_nobody_is_wanted() {
    let features: [Feature<'_>; 2] = [
        ("sex", &[("f", 1, 3), ("m", 1, 3)]),
        ("town", &[("a", 1, 4), ("b", 0, 0), ("c", 1, 2)]),
    ];
    let rows: [(u32, &[&str]); 5] = [
        (3, &["f", "a"]),
        (4, &["m", "a"]),
        (3, &["m", "b"]),
        (2, &["f", "c"]),
        (1, &["m", "c"]),
    ];
    compare(&instance(&features, &rows, 4), 3, "unwanted");
}

#[test]
fn housemates_leave_together() {
    let people = [
        ("a", "h1", "f", "old"),
        ("b", "h1", "m", "old"),
        ("c", "h2", "f", "young"),
        ("d", "h2", "f", "young"),
        ("e", "h3", "m", "young"),
        ("f", "h3", "f", "old"),
        ("g", "", "m", "middle"),
        ("h", "", "f", "middle"),
        ("i", "h4", "m", "old"),
        ("j", "h4", "m", "old"),
        ("k", "", "m", "young"),
        ("l", "", "f", "old"),
    ];
    let pool = people
        .iter()
        .fold(Pool::builder(), |pool, (id, home, sex, age)| {
            pool.housemate(*id, home, [("sex", *sex), ("age", *age)])
        });
    let instance = Instance::new(pool.build().unwrap(), quotas(&SEX_AGE), 5).unwrap();
    compare(&instance, 4, "households");
}

/// Once the minimums are met the ratios are negative, and the value with more people selected is the less urgent:
/// both get about half. DIFFERENCE: with ratios clamped at 0 the first listed value would get all ten seats.
#[test]
fn negative_ratios_keep_the_balance() {
    let features: [Feature<'_>; 1] = [("g", &[("m", 0, 10), ("f", 0, 10)])];
    let instance = instance(&features, &[(30, &["m"]), (30, &["f"])], 10);
    let found = legacy_frequencies(&instance, 2000, 2000, &mut stream(5)).unwrap();
    assert_eq!(
        (found.draws, found.attempts),
        (2000, 2000),
        "every attempt succeeds"
    );
    let men: u64 = found.counts[..30].iter().sum();
    assert!((9_000..=11_000).contains(&men), "{men} of 20000 seats");
    compare(&instance, 6, "negative");
}

/// The only man is counted as selected before he is counted as gone.
#[test]
fn a_value_with_exactly_its_minimum_in_the_pool() {
    let features: [Feature<'_>; 1] = [("g", &[("m", 1, 1), ("f", 1, 1)])];
    let instance = instance(&features, &[(1, &["m"]), (3, &["f"])], 2);
    let found = legacy_frequencies(&instance, 300, 300, &mut stream(7)).unwrap();
    assert_eq!((found.counts[0], found.attempts), (300, 300));
}

/// A third of the pool is wanted of each: the first listed value is chosen first, and so its people meet an empty panel.
#[test]
fn the_first_listed_value_wins_ties_and_nothing_else_depends_on_order() {
    let rows: [(u32, &[&str]); 4] = [
        (1, &["x", "p"]),
        (2, &["x", "q"]),
        (2, &["y", "p"]),
        (1, &["y", "q"]),
    ];
    let first: [Feature<'_>; 2] = [
        ("a", &[("x", 1, 1), ("y", 1, 1)]),
        ("b", &[("p", 1, 1), ("q", 1, 1)]),
    ];
    let second: [Feature<'_>; 2] = [
        ("b", &[("p", 1, 1), ("q", 1, 1)]),
        ("a", &[("x", 1, 1), ("y", 1, 1)]),
    ];
    let pool = pool(&first, &rows).build().unwrap();
    let make = |features| Instance::new(pool.clone(), quotas(features), 2).unwrap();
    let (one, two) = (make(&first), make(&second));
    compare(&one, 8, "first order");
    compare(&two, 9, "second order");
    let legacy = |instance: &Instance| DirectRule::Legacy.commit(instance).unwrap().commitment();
    assert_ne!(legacy(&one), legacy(&two));
    for rule in [DirectRule::Random, DirectRule::Diversimax] {
        let of = |instance: &Instance| rule.commit(instance).unwrap().commitment();
        assert_eq!(of(&one), of(&two), "{rule}");
    }
}

#[test]
fn attempts_end_with_what_was_reached() {
    // Every old person is a man, so two women and two old people leave no seat for the young man.
    let features: [Feature<'_>; 2] = [
        ("sex", &[("f", 2, 2), ("m", 1, 1)]),
        ("age", &[("old", 2, 2), ("young", 1, 1)]),
    ];
    let instance = instance(&features, &[(3, &["f", "young"]), (3, &["m", "old"])], 3);
    let lottery = DirectRule::Legacy
        .commit(&instance)
        .unwrap()
        .attempts(25)
        .unwrap();
    let error = lottery
        .draw(&Sources::new(["dice 3"]).unwrap())
        .unwrap_err();
    match error.kind() {
        ErrorKind::AttemptsExhausted {
            attempts,
            size,
            failures,
            ..
        } => {
            assert_eq!((*attempts, *size, *failures), (25, 3, 25));
        }
        other => panic!("{other:?}"),
    }
    let text = error.to_string();
    assert!(
        text.starts_with("no panel after 25 attempts of the rule legacy: the best filled "),
        "{text}"
    );
    assert!(legacy_frequencies(&instance, 1, 50, &mut stream(1)).is_err());
    for limit in [0, DirectRule::MOST_ATTEMPTS + 1] {
        let error = DirectRule::Legacy
            .commit(&instance)
            .unwrap()
            .attempts(limit)
            .unwrap_err();
        assert_eq!(error.problems()[0].code, "E-ATTEMPTS");
    }
    let error = DirectRule::Random
        .commit(&instance)
        .unwrap()
        .attempts(5)
        .unwrap_err();
    assert_eq!(error.problems()[0].code, "E-ATTEMPTS");
}

#[test]
fn the_record_counts_the_attempts() {
    let rows: [(u32, &[&str]); 3] = [
        (4, &["f", "young"]),
        (4, &["m", "old"]),
        (2, &["f", "middle"]),
    ];
    let instance = instance(&SEX_AGE, &rows, 5);
    let found = draw(&DirectRule::Legacy, &instance, 1);
    assert!(found.attempts().is_some_and(|attempts| attempts >= 1));
    assert_eq!(found.transcript().draw.attempts, found.attempts());
    assert_eq!(
        found.lottery().commit().attempts,
        Some(DirectRule::DEFAULT_ATTEMPTS)
    );
}
