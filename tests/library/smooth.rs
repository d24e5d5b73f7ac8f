//! The rules with smooth objectives, Nash and least squares, against every panel of small pools.
//!
//! A lottery has the highest product of chances exactly if no panel is worth more than n' = the number of people who
//! can sit, at 1/p a person; it has the least sum of squares exactly if no panel's chances add up to less than Σ p².

use crate::case::{Case, Panel, Somebody};
use kleroterion::audit::{self, Claim};
use kleroterion::lottery::{Sources, Stream};
use kleroterion::{Distribution, Ratio, Rule, Selector};

/// Relative distance from the optimality condition.
const TOLERANCE: f64 = 1e-9;

fn in_order(case: &Case) -> Vec<usize> {
    (0..case.people.len()).collect()
}

fn lottery(case: &Case, rule: Rule) -> Distribution {
    let instance = case.instance(&in_order(case)).expect("valid");
    let selector = Selector::new(rule).spread(0);
    selector.distribution(&instance).expect("feasible")
}

fn chances(case: &Case, rule: Rule) -> Vec<f64> {
    let ratios = lottery(case, rule).probabilities();
    ratios.into_iter().map(Ratio::to_f64).collect()
}

fn people(panel: Panel) -> impl Iterator<Item = usize> {
    (0..32).filter(move |i| panel >> i & 1 == 1)
}

/// How far the chances are from the highest product: what a panel is worth above n', relative.
fn product_gap(chances: &[f64], panels: &[Panel]) -> f64 {
    let sits = panels.iter().fold(0, |all, panel| all | panel);
    let worth = |&panel: &Panel| people(panel).map(|i| 1.0 / chances[i]).sum::<f64>();
    let best = panels.iter().map(worth).fold(0.0, f64::max);
    best / f64::from(sits.count_ones()) - 1.0
}

/// How far the chances are from the least sum of squares: twice what a panel lacks to it, relative.
fn squares_gap(chances: &[f64], panels: &[Panel]) -> f64 {
    let total: f64 = chances.iter().map(|p| p * p).sum();
    let sum = |&panel: &Panel| people(panel).map(|i| chances[i]).sum::<f64>();
    let least = panels.iter().map(sum).fold(f64::INFINITY, f64::min);
    2.0 * (total - least) / total
}

fn gap(rule: Rule, chances: &[f64], panels: &[Panel]) -> f64 {
    match rule {
        Rule::Nash => product_gap(chances, panels),
        _ => squares_gap(chances, panels),
    }
}

fn forced() -> Case {
    let quotas: [&[_]; 2] = [&[('a', 2, 2), ('b', 1, 1)], &[('x', 2, 2), ('y', 1, 1)]];
    Case::letters(3, &quotas, &["ax", "ax", "ay", "bx", "bx", "bx"])
}

/// The quota polytope allows chances that no lottery has.
fn triangle() -> Case {
    let quotas: [&[_]; 3] = [
        &[('p', 0, 1), ('o', 0, 3)],
        &[('q', 0, 1), ('o', 0, 3)],
        &[('r', 0, 1), ('o', 0, 3)],
    ];
    Case::letters(3, &quotas, &["por", "pqo", "oqr", "ooo", "ooo", "ooo"])
}

fn housemates() -> Case {
    let quotas: [&[_]; 1] = [&[('a', 1, 2), ('b', 1, 2)]];
    let homes = [Some(0), Some(1), Some(0), Some(2), Some(3)];
    Case::letters(3, &quotas, &["a", "a", "b", "b", "b"]).homes(&homes)
}

fn crossroads() -> Case {
    let quotas: [&[_]; 3] = [
        &[('a', 0, 2), ('b', 1, 2)],
        &[('x', 1, 2), ('y', 1, 2)],
        &[('u', 1, 1), ('v', 1, 2)],
    ];
    let people = ["axu", "bxv", "bxu", "ayv", "ayv", "axv", "axv"];
    Case::letters(3, &quotas, &people)
}

fn assert_near(found: &[f64], known: &[(f64, f64)]) {
    assert_eq!(found.len(), known.len());
    for (i, (p, (a, b))) in found.iter().zip(known).enumerate() {
        assert!((p - a / b).abs() <= 1e-9, "person {i}: {p} and not {a}/{b}");
    }
}

#[test]
fn known_chances_of_highest_product() {
    assert_near(
        &chances(&forced(), Rule::Nash),
        &[(1., 2.), (1., 2.), (1., 1.), (1., 3.), (1., 3.), (1., 3.)],
    );
    assert_near(
        &chances(&triangle(), Rule::Nash),
        &[(1., 3.), (1., 3.), (1., 3.), (2., 3.), (2., 3.), (2., 3.)],
    );
    assert_near(
        &chances(&housemates(), Rule::Nash),
        &[(1., 2.), (2., 3.), (1., 2.), (2., 3.), (2., 3.)],
    );
    assert_near(
        &chances(&crossroads(), Rule::Nash),
        &[
            (2., 5.),
            (2., 5.),
            (3., 5.),
            (1., 2.),
            (1., 2.),
            (3., 10.),
            (3., 10.),
        ],
    );
}

#[test]
fn known_chances_of_least_squares() {
    // exact quotas leave no choice but between people of one kind
    assert_near(
        &chances(&forced(), Rule::LeastSquares),
        &[(1., 2.), (1., 2.), (1., 1.), (1., 3.), (1., 3.), (1., 3.)],
    );
    for case in [forced(), triangle(), housemates(), crossroads()] {
        let gap = squares_gap(&chances(&case, Rule::LeastSquares), &case.panels());
        assert!(gap.abs() <= TOLERANCE, "{gap:e}\n{case}");
    }
}

/// Panels are `pv qu rw`, `pu qw rv` and, the only one with `ru`, `pv qw ru`: its three sit alone in their kind, so
/// its chance costs 1/2 + 1/2 where Σ p² is 3/4. The product leaves nobody out.
#[test]
fn least_squares_may_leave_somebody_out() {
    let quotas: [&[_]; 2] = [
        &[('p', 1, 1), ('q', 1, 1), ('r', 1, 1)],
        &[('u', 1, 1), ('v', 1, 1), ('w', 1, 1)],
    ];
    let mut people = vec!["pv", "qw", "ru"];
    for kind in ["qu", "rw", "pu", "rv"] {
        people.extend([kind; 4]);
    }
    let case = Case::letters(3, &quotas, &people);
    let mut known = vec![(1., 2.), (1., 2.), (0., 1.)];
    known.extend([(1., 8.); 16]);
    assert_near(&chances(&case, Rule::LeastSquares), &known);
    let found = lottery(&case, Rule::LeastSquares);
    assert!(found.certificate().excluded.is_empty());
    let instance = case.instance(&in_order(&case)).unwrap();
    let draw = found.into_lottery().draw(&Sources::new(["3-5"]).unwrap());
    let report = audit::verify(&draw.unwrap().transcript(), &instance).unwrap();
    assert_eq!(
        report.finding(Claim::Exclusions).unwrap().detail,
        "nobody is excluded; 1 person could sit on a panel and has no chance, as the rule allows"
    );
    assert!(chances(&case, Rule::Nash)[2] > 0.01);
}

#[test]
fn leximin_fails_both_conditions_where_the_rules_differ() {
    let case = crossroads();
    let found = chances(&case, Rule::Leximin);
    let panels = case.panels();
    assert!(product_gap(&found, &panels) > 1e-3);
    assert!(squares_gap(&chances(&case, Rule::Nash), &panels) > 1e-3);
}

/// A pool of up to 13 people with quotas around one panel, exact or with room, with households in every other.
fn pool(stream: &mut Stream) -> Case {
    let mut below = |n: usize| stream.below(n as u64) as usize;
    let size = 2 + below(4);
    let count = size + 2 + below(9 - size / 2);
    let values: Vec<usize> = (0..1 + below(3)).map(|_| 2 + below(3)).collect();
    let couples = below(2) == 1;
    let mut people: Vec<Somebody> = (0..count)
        .map(|i| Somebody {
            // two draws, the smaller one: some values are common and some are rare
            values: values.iter().map(|&v| below(v).min(below(v))).collect(),
            home: couples.then_some(i),
        })
        .collect();
    if couples {
        // the first people are the planted panel and live apart; others may move in
        for person in people.iter_mut().skip(size) {
            person.home = [person.home, Some(below(count)), None][below(3)];
        }
    }
    let tight = below(3);
    let mut quotas = vec![];
    for (feature, &values) in values.iter().enumerate() {
        let exact = tight == 0 || below(3) == 0;
        let seats = |value: usize| {
            let panel = people[..size].iter();
            panel.filter(|p| p.values[feature] == value).count() as u32
        };
        let mut room = || if exact { 0 } else { below(3) as u32 };
        let quota = |value| (seats(value).saturating_sub(room()), seats(value) + room());
        quotas.push((0..values).map(quota).collect());
    }
    Case {
        size: size as u32,
        quotas,
        people,
        most: 1,
    }
}

/// Pools with households, exact quotas and people who fit no panel among them, and all their panels.
fn pools(count: usize, seed: u8) -> impl Iterator<Item = (Case, Vec<Panel>)> {
    let mut stream = Stream::from_key([seed; 32]);
    (0..count).map(move |_| {
        let case = pool(&mut stream);
        let panels = case.panels();
        (case, panels)
    })
}

/// A pool whose people clash in pairs: the quota polytope often allows what no lottery does.
fn clashing(stream: &mut Stream) -> Case {
    let mut below = |n: usize| stream.below(n as u64) as usize;
    let (size, features) = (2 + below(4), 3 + below(4));
    let count = size + 3 + below(6);
    let rare = |_| usize::from(below(5) < 2);
    let people: Vec<usize> = (0..count * features).map(rare).collect();
    let quotas = (0..features).map(|_| vec![(0, size as u32), (0, 1)]);
    let somebody = |values: &[usize]| Somebody {
        values: values.to_vec(),
        home: None,
    };
    Case {
        size: size as u32,
        quotas: quotas.collect(),
        people: people.chunks(features).map(somebody).collect(),
        most: 1,
    }
}

#[test]
fn no_panel_improves_an_optimum_over_panels() {
    let mut stream = Stream::from_key([4; 32]);
    let mut failures = vec![];
    let mut feasible = 0;
    for _ in 0..250 {
        let case = clashing(&mut stream);
        let panels = case.panels();
        if panels.is_empty() || case.instance(&in_order(&case)).is_err() {
            continue;
        }
        feasible += 1;
        for rule in [Rule::Nash, Rule::LeastSquares] {
            let gap = gap(rule, &chances(&case, rule), &panels);
            if gap.abs() > TOLERANCE {
                failures.push(format!("{rule}: {gap:e}\n{case}"));
            }
        }
    }
    assert!(feasible > 100, "{feasible}");
    let count = failures.len();
    failures.truncate(3);
    assert!(
        failures.is_empty(),
        "{count} failures: {}",
        failures.join("\n")
    );
}

#[test]
fn no_panel_improves_a_smooth_optimum() {
    let (mut excluding, mut failures) = (0, vec![]);
    for (case, panels) in pools(500, 1) {
        let sits = panels.iter().fold(0, |all, panel| all | panel);
        excluding += usize::from((sits.count_ones() as usize) < case.people.len());
        for rule in [Rule::Nash, Rule::LeastSquares] {
            let found = chances(&case, rule);
            let gap = gap(rule, &found, &panels);
            let alone = (0..found.len()).all(|i| sits >> i & 1 == 1 || found[i] == 0.0);
            if gap.abs() > TOLERANCE || !alone {
                failures.push(format!("{rule}: {gap:e}\n{case}"));
            }
        }
    }
    assert!(excluding > 50, "{excluding}");
    let count = failures.len();
    failures.truncate(3);
    assert!(
        failures.is_empty(),
        "{count} failures: {}",
        failures.join("\n")
    );
}

#[test]
fn exactly_those_on_no_panel_are_listed() {
    for (case, panels) in pools(100, 2) {
        let instance = case.instance(&in_order(&case)).expect("valid");
        let sits = panels.iter().fold(0, |all, panel| all | panel);
        let unseated: u32 = case.people.len() as u32 - sits.count_ones();
        for rule in [Rule::Nash, Rule::LeastSquares] {
            let found = lottery(&case, rule);
            let excluded = &found.certificate().excluded;
            let listed: usize = excluded
                .iter()
                .map(|e| instance.groups()[e.group as usize].people_in(e.role as usize))
                .sum();
            assert_eq!(listed, unseated as usize, "{rule}\n{case}");
        }
    }
}

#[test]
fn the_order_of_rows_changes_nothing() {
    for (case, _) in pools(40, 3) {
        let mut turned = in_order(&case);
        turned.reverse();
        for rule in [Rule::Nash, Rule::LeastSquares] {
            let one = case.instance(&in_order(&case)).expect("valid");
            let other = case.instance(&turned).expect("valid");
            let (one, other) = (rule.distribution(&one), rule.distribution(&other));
            let (one, other) = (one.expect("feasible"), other.expect("feasible"));
            assert_eq!(one.compositions(), other.compositions(), "{rule}\n{case}");
            assert_eq!(one.weights(), other.weights(), "{rule}\n{case}");
        }
    }
}
