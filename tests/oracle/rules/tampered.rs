//! Certificates with one thing changed, every digest made anew: rejected, or still true.

use kleroterion::certificate::{Certificate, Measure};
use kleroterion::lottery::{Composition, Lottery, Sources};
use kleroterion::selection::Gamma;
use kleroterion::{Instance, Rule, Selector, audit};
use num_rational::BigRational;
use serde_json::Value;

use super::measure::{Open, float, shortfall};
use super::optimum::Optima;
use super::properties::{chosen, run};
use super::varied::varied;
use crate::case::Case;
use crate::generate::Stream;
use crate::golden;

/// A lottery of the crate, taken apart.
struct Parts {
    instance: Instance,
    compositions: Vec<Composition>,
    weights: Vec<u64>,
    certificate: Certificate,
    chances: Vec<BigRational>,
}

/// The lottery with the fewest compositions: its certificate is that of any other with the same chances.
fn parts(case: &Case, rule: Rule) -> Result<Parts, String> {
    let rows: Vec<usize> = (0..case.people.len()).collect();
    let instance = case.instance(&rows).map_err(|e| e.to_string())?;
    let selector = Selector::new(rule).spread(0);
    let distribution = selector.distribution(&instance);
    let distribution = distribution.map_err(|e| e.to_string())?;
    let chances = distribution.probabilities().into_iter();
    Ok(Parts {
        compositions: distribution.compositions().to_vec(),
        weights: distribution.weights().to_vec(),
        certificate: distribution.certificate().clone(),
        chances: chances
            .map(|c| BigRational::new(c.numerator.into(), c.denominator.into()))
            .collect(),
        instance,
    })
}

/// What an auditor says of the lottery with this certificate, committed and drawn anew; the reasons when rejected.
fn judged(parts: &Parts, certificate: Certificate) -> Result<audit::Report, String> {
    let lottery = Lottery::from_compositions(
        parts.instance.clone(),
        parts.compositions.clone(),
        parts.weights.clone(),
        certificate,
    );
    let sources = Sources::new(["dice 3-5-4-6"]).expect("one text");
    let draw = lottery
        .and_then(|lottery| lottery.draw(&sources))
        .map_err(|e| e.to_string())?;
    audit::verify(&draw.transcript(), &parts.instance).map_err(|e| e.to_string())
}

/// Every value inside, as JSON pointers.
fn pointers(value: &Value, here: String, into: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            let inner = items.iter().enumerate();
            inner.for_each(|(at, item)| pointers(item, format!("{here}/{at}"), into));
        }
        Value::Object(members) => {
            let inner = members.iter();
            inner.for_each(|(key, item)| pointers(item, format!("{here}/{key}"), into));
        }
        _ => {}
    }
    into.push(here);
}

/// Ways to change one value; `None` takes it out.
fn changes(value: &Value) -> Vec<Option<Value>> {
    let mut all = vec![None];
    match value {
        Value::Number(number) => {
            let number = number.as_i64().expect("an integer");
            let beside = [
                number + 1,
                number - 1,
                -number,
                2 * number,
                0,
                1,
                number / 2,
            ];
            all.extend(beside.map(|n| Some(n.into())));
        }
        Value::String(_) => {
            let names = [
                "leximin",
                "maximin",
                "minimax",
                "nash",
                "least-squares",
                "goldilocks:1",
                "goldilocks:2",
            ];
            let others = [
                "highest",
                "product",
                "squares",
                "certain",
                "ceiling",
                "uniform",
                "max-entropy",
            ];
            all.extend(names.into_iter().chain(others).map(|n| Some(n.into())));
            all.push(Some(
                serde_json::json!({"goldilocks": {"gamma": 1_000_000}}),
            ));
            all.push(Some(serde_json::json!({"search": {"nodes": 7}})));
        }
        Value::Array(_) => all.push(Some(Value::Array(vec![]))),
        Value::Object(_) => {
            all.push(Some("certain".into()));
            all.push(Some("ceiling".into()));
            all.push(Some(serde_json::json!({"search": {"nodes": 7}})));
            all.extend(["highest", "product", "squares"].map(|n| Some(n.into())));
        }
        _ => {}
    }
    all
}

/// The certificate with the value at the pointer changed, if that is another certificate at all.
fn changed(honest: &Certificate, pointer: &str, change: Option<&Value>) -> Option<Certificate> {
    let mut json = serde_json::to_value(honest).expect("plain data");
    let (parent, key) = pointer.rsplit_once('/')?;
    match (json.pointer_mut(parent)?, change) {
        (Value::Object(members), None) => drop(members.remove(key)),
        (Value::Object(members), Some(new)) => drop(members.insert(key.to_owned(), new.clone())),
        (Value::Array(items), None) => drop(items.remove(key.parse().ok()?)),
        (Value::Array(items), Some(new)) => items[key.parse::<usize>().ok()?] = new.clone(),
        _ => return None,
    }
    let other: Certificate = serde_json::from_value(json).ok()?;
    (other != *honest).then_some(other)
}

/// How many changed certificates were rejected, held and were true, or left a claim open that the honest one proves.
#[derive(Debug, Default)]
struct Tally {
    rejected: u32,
    held: u32,
    opened: u32,
}

/// Changes everything in a certificate, one thing at a time.
fn tamper(case: &Case, rule: Rule, tally: &mut Tally) -> Result<(), String> {
    let (parts, optima) = (parts(case, rule)?, Optima::of(case).ok_or("no panel")?);
    let honest = judged(&parts, parts.certificate.clone())?;
    let open = honest.not_checked().count();
    let mut all = Vec::new();
    let json = serde_json::to_value(&parts.certificate).map_err(|e| e.to_string())?;
    pointers(&json, String::new(), &mut all);
    for pointer in all.iter().filter(|pointer| !pointer.is_empty()) {
        for change in changes(json.pointer(pointer).expect("it is there")) {
            let Some(other) = changed(&parts.certificate, pointer, change.as_ref()) else {
                continue;
            };
            let Ok(report) = judged(&parts, other.clone()) else {
                tally.rejected += 1;
                continue;
            };
            if report.not_checked().count() > open {
                tally.opened += 1;
                continue;
            }
            tally.held += 1;
            still_true(&optima, case, &parts, &other).map_err(|message| {
                format!("{pointer} changed to {change:?} is accepted, but {message}")
            })?;
        }
    }
    Ok(())
}

/// Whether what an accepted certificate says is so, by the oracles.
fn still_true(
    optima: &Optima,
    case: &Case,
    parts: &Parts,
    other: &Certificate,
) -> Result<(), String> {
    let rule: Rule = other.rule.parse()?;
    if let Some(objective) = &other.objective {
        let rule = match objective.measure {
            Measure::Highest => Rule::Minimax,
            Measure::Product => Rule::Nash,
            Measure::Squares => Rule::LeastSquares,
            Measure::Goldilocks { gamma } => Rule::Goldilocks(Gamma::Millionths(gamma)),
            other => return Err(format!("nobody knows {other:?}")),
        };
        let off = shortfall(optima, case, rule, &parts.chances);
        if off > objective.gap as f64 * 1e-12 + 1e-12 {
            return Err(format!(
                "the gap is {off:e}, not {} x 10^-12",
                objective.gap
            ));
        }
    }
    let highest = Open::of(optima, &parts.chances).highest();
    let ceiling = BigRational::from_float(highest + 1e-11).expect("a number");
    let framed = other.objective.is_some();
    let hull = &optima.hull;
    let most = if framed {
        hull.spread(
            &super::linear::leximin_below(hull, &ceiling),
            num_traits::Zero::zero(),
        )
    } else {
        optima.leximin.clone()
    };
    for level in &other.levels {
        let value = level.value as f64 * 1e-12;
        let known = most
            .iter()
            .any(|chance| (float(chance) - value).abs() < 3e-9);
        if !known {
            return Err(format!("nobody has {value} under {rule}"));
        }
    }
    Ok(())
}

/// Rules with a certificate.
fn certified() -> Vec<Rule> {
    let all = [
        Rule::Leximin,
        Rule::Minimax,
        Rule::Nash,
        Rule::LeastSquares,
        Rule::Goldilocks(Gamma::ONE),
        Rule::Goldilocks(Gamma::Millionths(50_000)),
        Rule::Goldilocks(Gamma::Balanced),
        Rule::Goldilocks(Gamma::Representation),
    ];
    chosen(&all)
}

#[test]
fn a_certificate_with_one_thing_changed_is_rejected_or_still_true() {
    for golden in golden::all() {
        for rule in certified() {
            let mut tally = Tally::default();
            let verdict = tamper(&golden.case, rule, &mut tally);
            verdict.unwrap_or_else(|message| panic!("{}, {rule}: {message}", golden.name));
            println!("{}, {rule}: {tally:?}", golden.name);
            assert!(
                tally.rejected > 20 && tally.rejected > 5 * tally.held,
                "{rule}: {tally:?}"
            );
        }
    }
}

#[test]
fn certificates_of_random_cases_with_one_thing_changed_are_rejected_or_still_true() {
    run(41, crate::properties::cases(40) / 4, &|case| {
        certified().into_iter().try_for_each(|rule| {
            tamper(case, rule, &mut Tally::default()).map_err(|m| format!("{rule}: {m}"))
        })
    });
}

/// The chances of one rule under the certificate of another.
#[test]
fn no_lottery_passes_under_another_rules_certificate() {
    let case = golden::crossroads().case;
    let rules = certified();
    for &rule in &rules {
        for &other in rules.iter().filter(|&&other| other != rule) {
            let (mut own, stolen) = (
                parts(&case, rule).expect("a lottery"),
                parts(&case, other).expect("a lottery"),
            );
            if own.chances == stolen.chances {
                continue;
            }
            own.certificate = stolen.certificate;
            let verdict = judged(&own, own.certificate.clone());
            assert!(verdict.is_err(), "{rule}'s lottery passes as {other}'s");
        }
    }
}

/// The stated gap is at least the true one, and small.
#[test]
fn stated_gaps_are_true_and_small() {
    for i in 0..crate::properties::cases(60) {
        let case = varied(&mut Stream(42 << 32 | i));
        let optima = Optima::of(&case).expect("feasible");
        for rule in certified() {
            let parts = parts(&case, rule).unwrap_or_else(|m| panic!("{rule}: {m}\n{case}"));
            let verdict = still_true(&optima, &case, &parts, &parts.certificate);
            verdict.unwrap_or_else(|message| panic!("{rule}: {message}\n{case}"));
            let gap = parts.certificate.objective.as_ref().map_or(0, |objective| {
                objective
                    .search
                    .as_ref()
                    .map_or(objective.gap, |search| search.gap)
            });
            assert!(gap <= 1_000_000, "{rule}: a gap of {gap} x 10^-12\n{case}");
        }
    }
}
