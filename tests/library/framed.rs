//! Minimax and Goldilocks on instances whose answers are known in closed form, and what their certificates prove.

use kleroterion::audit::{self, Claim, Verdict};
use kleroterion::certificate::{Finished, Measure, Objective};
use kleroterion::lottery::{Lottery, Sources};
use kleroterion::selection::Gamma;
use kleroterion::{Instance, Pool, Quotas, Rule, Selector};

/// One letter per feature and person; a digit at the end is the household.
fn instance(size: u32, quotas: &[&[(&str, u32, u32)]], people: &[&str]) -> Instance {
    let names = ["f", "g", "h"];
    let mut builder = Quotas::builder();
    for (feature, values) in names.iter().zip(quotas) {
        let mut next = builder.feature(feature);
        for &(value, min, max) in *values {
            next = next.value(value, min..=max);
        }
        builder = next;
    }
    let mut pool = Pool::builder();
    for (number, person) in people.iter().enumerate() {
        let letters: Vec<String> = person.chars().map(String::from).collect();
        let values = names
            .iter()
            .copied()
            .zip(letters.iter().map(String::as_str));
        let values = values.take(quotas.len());
        let id = format!("p{number}");
        pool = match letters.get(quotas.len()) {
            Some(home) => pool.housemate(id, home, values),
            None => pool.person(id, values),
        };
    }
    Instance::new(pool.build().unwrap(), builder.build().unwrap(), size).unwrap()
}

fn case_b() -> Instance {
    instance(
        3,
        &[&[("a", 2, 2), ("b", 1, 1)], &[("y", 1, 1), ("x", 2, 2)]],
        &["ax", "ax", "ay", "bx", "bx", "bx"],
    )
}

fn case_c() -> Instance {
    let one = |v: &'static str| -> Vec<(&'static str, u32, u32)> { vec![("o", 0, 3), (v, 0, 1)] };
    let (p, q, r) = (one("p"), one("q"), one("r"));
    instance(
        3,
        &[&p, &q, &r],
        &["por", "pqo", "oqr", "ooo", "ooo", "ooo"],
    )
}

fn case_d() -> Instance {
    let people = ["FL", "FL", "FL", "FC", "MC", "MC", "MC", "MC"];
    instance(
        4,
        &[&[("F", 1, 4), ("M", 1, 4)], &[("L", 1, 4), ("C", 1, 4)]],
        &people,
    )
}

fn case_e() -> Instance {
    instance(
        3,
        &[&[("a", 1, 2), ("b", 1, 2)]],
        &["a0", "a1", "b0", "b2", "b3"],
    )
}

fn case_f() -> Instance {
    let quotas: [&[(&str, u32, u32)]; 3] = [
        &[("a", 0, 2), ("b", 1, 2)],
        &[("x", 1, 2), ("y", 1, 2)],
        &[("u", 1, 1), ("v", 1, 2)],
    ];
    instance(
        3,
        &quotas,
        &["axu", "bxv", "bxu", "ayv", "ayv", "axv", "axv"],
    )
}

fn chances(instance: &Instance, rule: Rule) -> Vec<f64> {
    let distribution = Selector::new(rule)
        .distribution(instance)
        .expect("a lottery");
    distribution
        .probabilities()
        .iter()
        .map(|p| p.to_f64())
        .collect()
}

fn extremes(chances: &[f64]) -> (f64, f64) {
    let low = chances.iter().copied().fold(f64::INFINITY, f64::min);
    (low, chances.iter().copied().fold(0.0, f64::max))
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() < 1e-9,
        "found {found}, expected {expected}"
    );
}

#[test]
fn the_least_highest_chance() {
    for (instance, expected) in [
        (case_b(), 1.0),
        (case_c(), 2.0 / 3.0),
        (case_d(), 0.5),
        (case_e(), 2.0 / 3.0),
        (case_f(), 0.5),
    ] {
        near(extremes(&chances(&instance, Rule::Minimax)).1, expected);
    }
}

#[test]
fn the_goldilocks_number() {
    let cases = [
        (case_b(), 3.5),
        (case_c(), 17.0 / 6.0),
        (case_d(), 2.0),
        (case_e(), 104.0 / 45.0),
        (case_f(), 2.0 * 2.0_f64.sqrt()),
    ];
    for (instance, expected) in cases {
        let (low, high) = extremes(&chances(&instance, Rule::Goldilocks(Gamma::ONE)));
        let r = instance.len() as f64 / f64::from(instance.size());
        near(r * high + 1.0 / (r * low), expected);
    }
    let (low, high) = extremes(&chances(&case_f(), Rule::Goldilocks(Gamma::ONE)));
    near(low, 3.0 / (7.0 * 2.0_f64.sqrt()));
    near(high, 6.0 / (7.0 * 2.0_f64.sqrt()));
}

#[test]
fn transcripts_verify_and_the_gap_is_small() {
    let gammas = [
        Gamma::ONE,
        Gamma::Balanced,
        Gamma::Representation,
        Gamma::Millionths(30_000),
    ];
    let rules = gammas
        .map(Rule::Goldilocks)
        .into_iter()
        .chain([Rule::Minimax]);
    for rule in rules {
        for (name, instance) in [
            ("b", case_b()),
            ("c", case_c()),
            ("d", case_d()),
            ("e", case_e()),
            ("f", case_f()),
        ] {
            let distribution = Selector::new(rule)
                .distribution(&instance)
                .expect("a lottery");
            let objective = distribution
                .certificate()
                .objective
                .clone()
                .expect("a proof");
            println!(
                "{name} {rule}: gap {} x 10^-12, {:?}",
                objective.gap, objective.search
            );
            if let (Rule::Minimax, measure) = (rule, objective.measure) {
                assert_eq!(measure, Measure::Highest);
            }
            let draw = distribution
                .into_lottery()
                .draw(&Sources::new(["3-5"]).unwrap())
                .unwrap();
            let report = audit::examine(&draw.transcript(), &instance);
            let rejected: Vec<String> = report.rejected().map(ToString::to_string).collect();
            assert!(rejected.is_empty(), "{name} {rule}: {rejected:?}");
            for finding in report.findings() {
                if let Verdict::NotChecked(_) = finding.verdict {
                    println!("  {finding}");
                }
            }
        }
    }
}

#[test]
fn a_gamma_without_a_name_is_an_error() {
    for gamma in [0, 1_000_000_000] {
        let rule = Rule::Goldilocks(Gamma::Millionths(gamma));
        let error = rule.distribution(&case_c()).unwrap_err();
        assert_eq!(
            error.problems()[0].to_string(),
            format!(
                "E-GAMMA: found a gamma of {gamma} millionths, expected 1 to 999999999 millionths"
            )
        );
    }
}

/// The verdict on the optimum of golden instance D after a change to its certificate.
fn changed(rule: Rule, change: impl FnOnce(&mut Objective)) -> Verdict {
    let instance = case_d();
    let distribution = rule.distribution(&instance).unwrap();
    let mut certificate = distribution.certificate().clone();
    change(certificate.objective.as_mut().expect("a proof"));
    let lottery = Lottery::from_compositions(
        instance.clone(),
        distribution.compositions().to_vec(),
        distribution.weights().to_vec(),
        certificate,
    );
    let draw = lottery
        .unwrap()
        .draw(&Sources::new(["3-5"]).unwrap())
        .unwrap();
    let report = audit::examine(&draw.transcript(), &instance);
    let finding = report.rejected().next();
    let finding = finding.or(report.finding(Claim::Objective));
    finding.expect("the claim is made").verdict.clone()
}

#[test]
fn a_search_may_not_leave_more_than_an_optimum_may() {
    let with = |gap| {
        changed(Rule::Minimax, |objective| {
            objective.search = Some(Finished { nodes: 3, gap });
        })
    };
    let honest = changed(Rule::Minimax, |_| ());
    assert_eq!(honest, Verdict::Checked);
    assert!(matches!(with(0), Verdict::NotChecked(_)));
    for gap in [1_000_000, 1_000_001] {
        assert!(
            matches!(with(gap), Verdict::Rejected(text) if text.contains("that the search leaves"))
        );
    }
}

#[test]
fn the_gamma_of_the_pool_is_checked_to_the_last_digit() {
    let rule = Rule::Goldilocks(Gamma::Representation);
    assert_eq!(changed(rule, |_| ()), Verdict::Checked);
    for step in [-1_i64, 1] {
        let verdict = changed(rule, |objective| {
            if let Measure::Goldilocks { gamma } = &mut objective.measure {
                *gamma = gamma.saturating_add_signed(step);
            }
        });
        assert!(
            matches!(verdict, Verdict::Rejected(text) if text.starts_with("γ3 of this pool is"))
        );
    }
    for rule in [Rule::Goldilocks(Gamma::Balanced), rule] {
        let verdict = changed(rule, |objective| {
            objective.measure = Measure::Goldilocks { gamma: 0 };
        });
        assert!(
            matches!(verdict, Verdict::Rejected(text) if text.starts_with("the proof is not about"))
        );
    }
}
