//! Instances small enough to work out by hand, with their known chances.

use kleroterion::selection::Rule;
use kleroterion::{Instance, Quotas};
use num_rational::BigRational;
use serde_json::Value;

use crate::case::{Case, Panel};
use crate::check::{certificate::check_certificate, fairness, lottery as plain};
use crate::leximin::{leximin, verify};
use crate::outcome::{Ask, by_crate};

pub(crate) fn ratio(numerator: i64, denominator: i64) -> BigRational {
    BigRational::new(numerator.into(), denominator.into())
}

/// A known instance: its panels are counted, its leximin chances known exactly.
pub(crate) struct Golden {
    pub(crate) name: &'static str,
    pub(crate) case: Case,
    panels: usize,
    chances: Vec<BigRational>,
}

fn golden(name: &'static str, case: Case, panels: usize, chances: &[(i64, i64)]) -> Golden {
    Golden {
        name,
        case,
        panels,
        chances: chances.iter().map(|&(a, b)| ratio(a, b)).collect(),
    }
}

/// Three chances: exact quotas force one person in.
pub(crate) fn forced() -> Golden {
    let quotas: [&[_]; 2] = [&[('a', 2, 2), ('b', 1, 1)], &[('x', 2, 2), ('y', 1, 1)]];
    let case = Case::letters(3, &quotas, &["ax", "ax", "ay", "bx", "bx", "bx"]);
    golden(
        "forced",
        case,
        6,
        &[(1, 2), (1, 2), (1, 1), (1, 3), (1, 3), (1, 3)],
    )
}

/// The relaxation promises 1/2, no lottery gives more than 1/3.
pub(crate) fn triangle() -> Golden {
    let quotas: [&[_]; 3] = [
        &[('p', 0, 1), ('o', 0, 3)],
        &[('q', 0, 1), ('o', 0, 3)],
        &[('r', 0, 1), ('o', 0, 3)],
    ];
    let case = Case::letters(3, &quotas, &["por", "pqo", "oqr", "ooo", "ooo", "ooo"]);
    golden(
        "triangle",
        case,
        10,
        &[(1, 3), (1, 3), (1, 3), (2, 3), (2, 3), (2, 3)],
    )
}

/// Everybody gets one half although one combination is held by a single person.
pub(crate) fn lonely() -> Golden {
    let quotas: [&[_]; 2] = [&[('f', 1, 4), ('m', 1, 4)], &[('l', 1, 4), ('c', 1, 4)]];
    let case = Case::letters(
        4,
        &quotas,
        &["fl", "fl", "fl", "fc", "mc", "mc", "mc", "mc"],
    );
    golden("lonely", case, 64, &[(1, 2); 8])
}

/// Two people share a home: equal values, unequal chances.
pub(crate) fn housemates() -> Golden {
    let quotas: [&[_]; 1] = [&[('a', 1, 2), ('b', 1, 2)]];
    let case = Case::letters(3, &quotas, &["a", "a", "b", "b", "b"]).homes(&[
        Some(0),
        Some(1),
        Some(0),
        Some(2),
        Some(3),
    ]);
    golden(
        "housemates",
        case,
        6,
        &[(1, 2), (2, 3), (1, 2), (2, 3), (2, 3)],
    )
}

/// Every fairness measure gives other chances.
pub(crate) fn crossroads() -> Golden {
    let quotas: [&[_]; 3] = [
        &[('a', 0, 2), ('b', 1, 2)],
        &[('x', 1, 2), ('y', 1, 2)],
        &[('u', 1, 1), ('v', 1, 2)],
    ];
    let case = Case::letters(
        3,
        &quotas,
        &["axu", "bxv", "bxu", "ayv", "ayv", "axv", "axv"],
    );
    golden(
        "crossroads",
        case,
        9,
        &[(1, 3), (1, 3), (2, 3), (1, 2), (1, 2), (1, 3), (1, 3)],
    )
}

/// No quota binds and all but one sit.
fn nearly_all() -> Golden {
    let quotas: [&[_]; 1] = [&[('a', 0, 5), ('b', 0, 5), ('c', 0, 5), ('d', 0, 5)]];
    let case = Case::letters(5, &quotas, &["a", "b", "b", "d", "c", "c"]);
    golden("nearly all", case, 6, &[(5, 6); 6])
}

pub(crate) fn all() -> Vec<Golden> {
    vec![
        nearly_all(),
        forced(),
        triangle(),
        lonely(),
        housemates(),
        crossroads(),
    ]
}

#[test]
fn the_oracle_finds_the_known_chances() {
    for Golden {
        name,
        case,
        panels,
        chances,
    } in all()
    {
        assert_eq!(case.panels().len(), panels, "{name}");
        let answer = leximin(&case).expect("feasible");
        assert_eq!(answer.chances, chances, "{name}");
        assert_eq!(verify(&answer), Ok(()), "{name}");
    }
}

#[test]
fn the_crate_finds_the_known_chances() {
    for Golden {
        name,
        case,
        chances,
        ..
    } in all()
    {
        let panels: Vec<Panel> = case.panels();
        for spread in [None, Some(0), Some(5)] {
            let lottery = by_crate(&case, &Ask::of(&case, Rule::Leximin, spread))
                .lottery()
                .expect(name);
            plain::check_groups(&case, &lottery).expect(name);
            plain::check_weights(&lottery).expect(name);
            plain::check_feasible(&case, &lottery).expect(name);
            plain::check_chances(&case, &lottery).expect(name);
            fairness::check_vector(&chances, &lottery.chances).expect(name);
            check_certificate(&case, &lottery, "leximin", &panels).expect(name);
        }
        let maximin = by_crate(&case, &Ask::of(&case, Rule::Maximin, None))
            .lottery()
            .expect(name);
        check_certificate(&case, &maximin, "maximin", &panels).expect(name);
        assert!(
            maximin.chances.iter().min()
                >= Some(&(chances.iter().min().expect("people") - ratio(1, 1_000_000_000))),
            "{name}"
        );
    }
}

/// Sets the number `min_flex` and `max_flex` of every quota (texts of these names are column headers).
fn loosen(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(loosen),
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                match name.as_str() {
                    "min_flex" if !field.is_string() => *field = 0.into(),
                    "max_flex" if !field.is_string() => *field = 9.into(),
                    _ => loosen(field),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn how_far_an_organiser_would_go_changes_no_lottery() {
    for Golden { name, case, .. } in all() {
        let rows: Vec<usize> = (0..case.people.len()).collect();
        let plain = case.instance(&rows).expect(name);
        let mut json = serde_json::to_value(plain.given_quotas()).expect(name);
        loosen(&mut json);
        let quotas: Quotas = serde_json::from_value(json).expect(name);
        assert_eq!(
            quotas.iter().next().and_then(|q| q.max_flex),
            Some(9),
            "{name}"
        );
        let loose = Instance::new(plain.pool().clone(), quotas, case.size).expect(name);
        let of = |instance: &Instance| Rule::Leximin.distribution(instance).expect(name);
        let (plain, loose) = (of(&plain), of(&loose));
        assert_eq!(
            (plain.compositions(), plain.weights()),
            (loose.compositions(), loose.weights()),
            "{name}"
        );
        assert_eq!(plain.certificate(), loose.certificate(), "{name}");
    }
}
