//! The record of a direct draw: it replays, and nothing in it can be changed unnoticed.

use std::collections::BTreeSet;

use kleroterion::audit::{self, Claim, Verdict};
use kleroterion::io::json;
use kleroterion::lottery::{DirectRule, DirectTranscript, Order, Sources};
use kleroterion::{Instance, Pool};
use serde_json::Value;

use super::{Feature, pool, quotas};

const FEATURES: [Feature<'static>; 2] = [
    ("sex", &[("f", 2, 3), ("m", 2, 3)]),
    ("age", &[("young", 1, 3), ("old", 2, 4)]),
];
const ROWS: [(u32, &[&str]); 4] = [
    (4, &["f", "young"]),
    (5, &["f", "old"]),
    (6, &["m", "young"]),
    (3, &["m", "old"]),
];
const RULES: [&str; 4] = ["random", "stratified:sex+age", "legacy", "diversimax"];

fn instance() -> Instance {
    Instance::new(
        pool(&FEATURES, &ROWS).build().unwrap(),
        quotas(&FEATURES),
        5,
    )
    .unwrap()
}

fn transcript(rule: &str, instance: &Instance) -> DirectTranscript {
    let rule: DirectRule = rule.parse().unwrap();
    let lottery = rule
        .commit(instance)
        .unwrap()
        .announce(["six dice"])
        .unwrap();
    lottery
        .draw(&Sources::new(["3-5-4-6-1-1"]).unwrap())
        .unwrap()
        .transcript()
}

#[test]
fn every_draw_verifies_and_says_what_nobody_checked() {
    let instance = instance();
    for rule in RULES {
        let transcript = transcript(rule, &instance);
        let report = audit::verify_direct(&transcript, &instance).unwrap();
        let open: Vec<Claim> = report.not_checked().map(|finding| finding.claim).collect();
        let expected: &[Claim] = match rule {
            "diversimax" => &[Claim::Panel, Claim::Fairness, Claim::Order],
            _ => &[Claim::Fairness, Claim::Order],
        };
        assert_eq!(open, expected, "{rule}: {report}");
        assert!(
            report
                .to_string()
                .contains("a direct draw has no certificate")
        );
        assert_eq!(transcript.certificate, "no certificate");
        assert_eq!(
            transcript.commit.rule.to_string(),
            if rule.contains('+') {
                "stratified:age+sex"
            } else {
                rule
            }
        );
    }
}

#[test]
fn the_file_reads_back_and_only_as_itself() {
    let instance = instance();
    for rule in RULES {
        let transcript = transcript(rule, &instance);
        let bytes = transcript.to_json().unwrap();
        assert_eq!(json::direct_transcript(&bytes, "t").unwrap(), transcript);
        assert!(json::transcript(&bytes, "t").is_err());
        let newer = String::from_utf8(bytes)
            .unwrap()
            .replace("kleroterion-direct/1", "kleroterion-direct/2");
        let error = json::direct_transcript(newer.as_bytes(), "t");
        assert!(error.is_ok(), "the version is a claim, not a form");
    }
}

/// Every place in a JSON value that is a text or a number.
fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(key, v)| places(v, &format!("{at}/{key}"), into)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(i, v)| places(v, &format!("{at}/{i}"), into)),
        _ => into.push(at.to_owned()),
    }
}

fn changed(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(match text.strip_suffix('1') {
            Some(start) => format!("{start}2"),
            None => format!("{}1", &text[..text.len() - 1]),
        }),
        Value::Number(number) => Value::from(number.as_u64().unwrap() + 1),
        other => other.clone(),
    }
}

/// Changes every value of a transcript, with the transcript's own digest left as it was, and then made to fit.
#[test]
fn one_changed_value_anywhere_is_rejected() {
    let instance = instance();
    for rule in RULES {
        let transcript = transcript(rule, &instance);
        let value: Value = serde_json::from_slice(&transcript.to_json().unwrap()).unwrap();
        let mut all = Vec::new();
        places(&value, "", &mut all);
        let mut rejecting = BTreeSet::new();
        for at in all {
            let mut forged = value.clone();
            let place = forged.pointer_mut(&at).unwrap();
            *place = if at == "/order" {
                "committed first".into()
            } else {
                changed(place)
            };
            let Ok(mut forged) = serde_json::from_value::<DirectTranscript>(forged) else {
                assert_eq!(at, "/commit/rule", "{rule}: only a rule can be unreadable");
                continue;
            };
            assert!(
                audit::verify_direct(&forged, &instance).is_err(),
                "{rule}: {at}"
            );
            forged.digest = forged.own_digest().unwrap().to_string();
            let report = audit::examine_direct(&forged, &instance);
            match at.as_str() {
                // Nothing but the digest speaks for the order, which is never checked.
                "/digest" | "/order" => assert!(report.holds(), "{rule}: {at}"),
                _ => assert!(!report.holds(), "{rule}: {at} changed, and digest"),
            }
            rejecting.extend(report.rejected().map(|finding| finding.claim));
        }
        for claim in [
            Claim::Version,
            Claim::Commitment,
            Claim::Pool,
            Claim::Size,
            Claim::Quotas,
            Claim::Columns,
            Claim::Seed,
            Claim::Alternates,
            Claim::Fairness,
        ] {
            assert!(
                rejecting.contains(&claim),
                "{rule}: nothing makes {claim} fail"
            );
        }
        let own = match rule {
            "legacy" => Claim::Attempts,
            "diversimax" => Claim::Evenness,
            _ => Claim::Panel,
        };
        assert!(rejecting.contains(&own), "{rule}: nothing makes {own} fail");
    }
}

/// A consistent forgery: another panel of the same people, alternates and digest recomputed.
#[test]
fn a_swapped_person_is_noticed() {
    let instance = instance();
    for rule in RULES {
        let mut forged = transcript(rule, &instance);
        let others = forged.draw.alternates.clone();
        let (seat, place) = (0, others.len() - 1);
        std::mem::swap(
            &mut forged.draw.panel[seat],
            &mut forged.draw.alternates[place],
        );
        forged.draw.panel.sort();
        forged.digest = forged.own_digest().unwrap().to_string();
        let report = audit::examine_direct(&forged, &instance);
        assert!(!report.holds(), "{rule}");
        let panel = report.finding(Claim::Panel).unwrap();
        let replayed = rule != "diversimax";
        assert_eq!(
            matches!(panel.verdict, Verdict::Rejected(_)),
            replayed,
            "{rule}"
        );
    }
}

#[test]
fn another_pool_or_other_quotas_are_noticed() {
    let instance = instance();
    let mut fewer = ROWS;
    fewer[1].0 -= 1;
    let other_pool = Instance::new(
        pool(&FEATURES, &fewer).build().unwrap(),
        quotas(&FEATURES),
        5,
    )
    .unwrap();
    let looser: [Feature<'_>; 2] = [("sex", &[("f", 1, 3), ("m", 2, 3)]), FEATURES[1]];
    let other_quotas =
        Instance::new(pool(&FEATURES, &ROWS).build().unwrap(), quotas(&looser), 5).unwrap();
    let turned = [FEATURES[1], FEATURES[0]];
    let other_order =
        Instance::new(pool(&FEATURES, &ROWS).build().unwrap(), quotas(&turned), 5).unwrap();
    for rule in RULES {
        let transcript = transcript(rule, &instance);
        assert!(
            audit::verify_direct(&transcript, &other_pool).is_err(),
            "{rule}"
        );
        assert!(
            audit::verify_direct(&transcript, &other_quotas).is_err(),
            "{rule}"
        );
        let holds = audit::examine_direct(&transcript, &other_order).holds();
        assert_eq!(holds, rule != "legacy", "{rule}: the order of the quotas");
    }
}

#[test]
fn the_order_of_people_has_no_say() {
    let instance = instance();
    let rows: Vec<(String, Vec<String>)> = (0..instance.len() as u32)
        .map(|p| {
            let values = (0..2).map(|f| {
                instance.quotas()[instance.profile(p)[f] as usize]
                    .value
                    .clone()
            });
            (instance.person(p).id().to_owned(), values.collect())
        })
        .collect();
    // Canonical features are age, sex.
    let turned = rows
        .iter()
        .rev()
        .fold(Pool::builder(), |pool, (id, values)| {
            pool.person(
                id.as_str(),
                [("sex", values[1].as_str()), ("age", values[0].as_str())],
            )
        });
    let turned = Instance::new(turned.build().unwrap(), quotas(&FEATURES), 5).unwrap();
    for rule in RULES {
        assert_eq!(
            transcript(rule, &instance),
            transcript(rule, &turned),
            "{rule}"
        );
    }
}

#[test]
fn a_committed_draw_is_taken_up_again() {
    let instance = instance();
    for rule in RULES {
        let lottery = rule
            .parse::<DirectRule>()
            .unwrap()
            .commit(&instance)
            .unwrap();
        let lottery = lottery.announce(["six dice"]).unwrap();
        let bytes = lottery.commit().to_json().unwrap();
        let commit = json::parse(&bytes, "commit.json").unwrap();
        let again = audit::reopen_direct(commit, &instance).unwrap();
        assert_eq!(again.commitment(), lottery.commitment());
        assert_eq!(again.order(), Order::CommittedFirst);
        let sources = Sources::new(["3-5-4-6-1-1"]).unwrap();
        assert_eq!(
            again.draw(&sources).unwrap().panel(),
            lottery.draw(&sources).unwrap().panel()
        );
        let mut other = lottery.commit().clone();
        other.panel_size = 4;
        assert!(audit::reopen_direct(other, &instance).is_err(), "{rule}");
        let error = again.draw(&Sources::new(["3", "4"]).unwrap()).unwrap_err();
        assert_eq!(error.problems()[0].code, "E-SOURCE-COUNT");
    }
}
