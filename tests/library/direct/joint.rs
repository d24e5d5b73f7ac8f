//! Direct draws with quotas on a pair of features.

use kleroterion::lottery::{DirectRule, Sources};
use kleroterion::{Instance, audit};

use super::{draw, pool, quotas};

const PAIR: &[(&str, u32, u32)] = &[("young × f", 2, 2), ("young × m", 0, 1)];
type Rows = &'static [(&'static str, u32, u32)];
const OF_POOL: [(&str, Rows); 2] = [
    ("sex", &[("m", 1, 5), ("f", 1, 5)]),
    ("age", &[("young", 2, 4), ("old", 2, 4)]),
];

fn people(with_pair: bool) -> Instance {
    let rows: [(u32, &[&str]); 4] = [
        (6, &["f", "young"]),
        (6, &["m", "young"]),
        (6, &["f", "old"]),
        (6, &["m", "old"]),
    ];
    let mut wanted = vec![OF_POOL[0]];
    if with_pair {
        wanted.push(("age × sex", PAIR));
    }
    wanted.push(OF_POOL[1]);
    let pool = pool(&OF_POOL, &rows).build().unwrap();
    Instance::new(pool, quotas(&wanted), 6).unwrap()
}

fn seats(instance: &Instance, panel: &[String], value: &str) -> usize {
    let at = instance.quotas().iter().position(|q| q.value == value);
    let at = at.unwrap() as u32;
    let profile = |id: &String| instance.profile(instance.find(id).unwrap());
    panel.iter().filter(|id| profile(id).contains(&at)).count()
}

#[test]
fn rules_with_quotas_meet_those_of_pairs() {
    let instance = people(true);
    for rule in [DirectRule::Legacy, DirectRule::Diversimax] {
        for number in 0..20 {
            let draw = draw(&rule, &instance, number);
            assert_eq!(seats(&instance, draw.panel(), "young × f"), 2, "{rule}");
            assert!(seats(&instance, draw.panel(), "young × m") <= 1, "{rule}");
            audit::verify_direct(&draw.transcript(), &instance).unwrap();
        }
    }
}

#[test]
fn a_pair_is_no_intersection_of_its_own() {
    let count = |with_pair| {
        let draw = draw(&DirectRule::Diversimax, &people(with_pair), 1);
        draw.evenness().unwrap().intersections
    };
    // sex, age, and both together.
    assert_eq!((count(true), count(false)), (3, 3));
}

#[test]
fn legacy_takes_the_file_s_order_and_everybody_else_last() {
    let commit = DirectRule::Legacy.commit(&people(true)).unwrap();
    let order: Vec<&str> = commit
        .commit()
        .quotas
        .iter()
        .map(|quota| quota.value.as_str())
        .collect();
    let expected = ["m", "f", "young × f", "young × m", "young", "old", "other"];
    assert_eq!(order, expected);
    let sources = Sources::new(["dice 3"]).unwrap();
    commit.draw(&sources).unwrap();
}

#[test]
fn everybody_else_is_no_quota_that_a_random_panel_could_meet() {
    let instance = people(true);
    let report = audit::examine_direct(
        &draw(&DirectRule::Random, &instance, 1).transcript(),
        &instance,
    );
    assert!(report.to_string().contains("of 6"), "{report}");
}
