//! Tampering with what a certificate proves.

use kleroterion::audit::{self, Claim, Verdict};
use kleroterion::certificate::{Bound, Infeasibility, Proof};
use kleroterion::feasibility::Case;
use kleroterion::{Instance, Pool, Quotas};
use serde_json::{Value, json};

use super::seal::{self, expect};
use crate::homes;
use crate::small;

const HALF: u64 = 500_000_000_000;

fn rows<const N: usize>(name: &str, claim: Claim, rows: [(&str, &str, Value); N]) {
    for (step, place, value) in rows {
        let pointer = format!("/certificate/{place}");
        expect(seal::everything, name, (claim, step), &[(&pointer, value)]);
    }
}

#[test]
fn exclusions() {
    let weak = json!({"households": [], "quotas": [[2, 1]], "scale": 1, "size": 0});
    let weak = json!({"group": 3, "proof": {"bound": weak}, "role": 0});
    let searched = json!({"group": 3, "proof": {"search": {"nodes": 9}}, "role": 0});
    let honest = seal::case("alone-compositions").transcript["certificate"]["excluded"][0].clone();
    let second = json!([honest, searched]);
    let twice = json!([honest, honest]);
    rows(
        "alone-compositions",
        Claim::Exclusions,
        [
            (
                "group 4 role 0 has no chance and is not excluded",
                "excluded",
                json!([]),
            ),
            (
                "group 3 role 0: the bound 1 is not below the weight 1",
                "excluded/0",
                weak,
            ),
            (
                "group 3 role 0 is excluded and has a chance",
                "excluded",
                second,
            ),
            ("group 4 role 0: it stands twice", "excluded", twice),
            ("there is no such role", "excluded/0/role", json!(1)),
            ("no proof is given", "excluded/0/proof", json!("certain")),
            ("compositions are not rounded", "target", json!([])),
        ],
    );
    let step = "group 4 role 0 has no chance and is not excluded";
    rows(
        "alone-panels",
        Claim::Exclusions,
        [(step, "excluded", json!([]))],
    );
}

#[test]
fn an_excluded_person_may_not_sit_on_a_listed_panel() {
    // The chances before rounding leave all but three people out, the list does not.
    let searched =
        |group: u32| json!({"group": group, "proof": {"search": {"nodes": 1}}, "role": 0});
    let edits = [
        (
            "/certificate/target",
            json!([[0, 0, 2 * HALF], [3, 0, 2 * HALF]]),
        ),
        (
            "/certificate/excluded",
            json!([searched(1), searched(2), searched(4)]),
        ),
    ];
    let step = "group 1 role 0 is excluded and sits on a panel";
    expect(
        seal::everything,
        "alone-panels",
        (Claim::Exclusions, step),
        &edits,
    );
}

#[test]
fn the_first_level() {
    rows(
        "alone-compositions",
        Claim::LowestChance,
        [
            (
                "the value is 250000000000, not 7",
                "levels/0/value",
                json!(7),
            ),
            (
                "the bound is 250000000000, not 7",
                "levels/0/bound",
                json!(7),
            ),
            (
                "cannot be fixed here",
                "levels/0/fixed",
                json!([[2, 0], [3, 0], [4, 0]]),
            ),
            (
                "has a higher chance than the level",
                "levels/0/fixed",
                json!([[1, 0]]),
            ),
            (
                "not in ascending order",
                "levels/0/fixed",
                json!([[3, 0], [2, 0]]),
            ),
            ("not in ascending order", "levels/0/fixed", json!([])),
            (
                "the bound is 1000000000000, not",
                "levels/0/proof",
                json!("certain"),
            ),
            ("no level is stated", "levels", json!([])),
            // Multipliers that prove less.
            (
                "the bound is 500000000000, not",
                "levels/0/proof/bound/size",
                json!(1),
            ),
        ],
    );
    let name = "alone-compositions";
    let loose = [
        ("/certificate/levels/0/proof/bound/size", json!(1)),
        ("/certificate/levels/0/bound", json!(HALF)),
    ];
    let step = "the value is more than 10^-9 below the bound";
    expect(seal::everything, name, (Claim::LowestChance, step), &loose);
    let search = [
        (
            "/certificate/levels/0/proof",
            json!({"search": {"nodes": 3}}),
        ),
        ("/certificate/levels/0/bound", json!(HALF / 2 + 1001)),
    ];
    let step = "the value is more than 10^-9 away from the bound";
    expect(seal::everything, name, (Claim::LowestChance, step), &search);
}

#[test]
fn multipliers_have_one_spelling() {
    for (step, field, value) in [
        ("the scale is below 1", "scale", json!(0)),
        ("the scale is below 1", "scale", json!(-1)),
        ("derived weights need the scale 1", "weights", Value::Null),
        ("there is no quota 6", "quotas", json!([[6, 1]])),
        ("a multiplier of quota 1 is 0", "quotas", json!([[1, 0]])),
        (
            "the multipliers per quota are not in ascending order",
            "quotas",
            json!([[1, 2], [0, 1]]),
        ),
        ("there is no group 5", "households", json!([[5, 1]])),
        (
            "a household multiplier is negative",
            "households",
            json!([[2, -1]]),
        ),
        (
            "the weights are not in ascending order",
            "weights",
            json!([[2, 0, 1], [2, 0, 1]]),
        ),
        (
            "a weight for a role that does not exist",
            "weights",
            json!([[5, 0, 1]]),
        ),
        ("a weight is not positive", "weights", json!([[2, 0, -1]])),
        ("no weight to anybody", "weights", json!([])),
    ] {
        let place = format!("levels/0/proof/bound/{field}");
        rows(
            "alone-compositions",
            Claim::LowestChance,
            [(step, &place, value)],
        );
    }
}

#[test]
fn numbers_that_overflow_are_rejected() {
    // From 2^53 no file can hold them; a transcript made in memory can.
    let draw = small::draw(small::alone_compositions());
    let instance = draw.lottery().instance();
    for (size, weight) in [(i64::MAX, 1), (i64::MIN, 1), (0, i64::MAX)] {
        let mut transcript = draw.transcript();
        if let Proof::Bound(bound) = &mut transcript.certificate.levels[0].proof {
            bound.size = size;
            bound.scale = i64::MAX;
            bound.weights = Some(vec![(2, 0, weight), (3, 0, weight)]);
        }
        let report = audit::examine(&transcript, instance);
        let verdict = &report.finding(Claim::LowestChance).unwrap().verdict;
        assert!(matches!(verdict, Verdict::Rejected(_)), "{verdict:?}");
    }
}

#[test]
fn later_levels() {
    let honest = seal::case("alone-compositions").transcript["certificate"]["levels"].clone();
    let one = json!([honest[0]]);
    let three = json!([honest[0], honest[1], honest[1]]);
    let value = HALF - 1;
    rows(
        "alone-compositions",
        Claim::LaterLevels,
        [
            ("group 0 role 0 is at no level", "levels", one),
            ("level 3: no role is left for it", "levels", three),
            (
                "level 2: the value is 500000000000, not 499999999999",
                "levels/1/value",
                json!(value),
            ),
            (
                "level 2: group 2 role 0 cannot be fixed here",
                "levels/1/fixed",
                json!([[2, 0]]),
            ),
            // One man per panel: true and tight for `a1`, silent about `a2`.
            (
                "level 2: group 1 role 0 has no weight",
                "levels/1/proof/bound/quotas",
                json!([[3, 1]]),
            ),
        ],
    );
    let far = json!(333_333_334_334_u64);
    let step = "level 2: the value is more than 10^-9 away from the bound";
    rows(
        "couples-compositions",
        Claim::LaterLevels,
        [(step, "levels/1/bound", far)],
    );
}

#[test]
fn rules() {
    let both = |rule: &str| {
        [
            ("/certificate/rule", json!(rule)),
            ("/commit/rule", json!(rule)),
        ]
    };
    let name = "alone-compositions";
    let step = (Claim::LowestChance, "maximin has one level, not 2");
    expect(seal::everything, name, step, &both("maximin"));
    expect(
        seal::everything,
        name,
        (Claim::Rule, "\"fair\" is not a known rule"),
        &both("fair"),
    );
    let other = "nash and the parts of the certificate do not belong together";
    expect(seal::everything, name, (Claim::Rule, other), &both("nash"));
}

#[test]
fn chances_before_rounding() {
    let unsorted = json!([[1, 0, HALF], [0, 0, HALF], [2, 0, HALF], [3, 0, HALF]]);
    let few = json!([[0, 0, HALF], [1, 0, HALF], [2, 0, HALF]]);
    rows(
        "alone-panels",
        Claim::Rounding,
        [
            ("are missing", "target", Value::Null),
            ("are not in ascending order", "target", unsorted),
            (
                "of a role that does not exist",
                "target",
                json!([[0, 1, HALF]]),
            ),
            ("is stated as 0", "target", json!([[0, 0, 0]])),
            ("sum to 1500000000000/1000000000000", "target", few),
            (
                "a household has more than one",
                "target",
                json!([[0, 0, 4 * HALF]]),
            ),
        ],
    );
    // Seats that sum up and that no lottery can give: more than one young person per panel.
    let (old, young) = (400_000_000_000_u64, 600_000_000_000_u64);
    let edits = [
        (
            "/certificate/target",
            json!([[0, 0, old], [1, 0, old], [2, 0, young], [3, 0, young]]),
        ),
        ("/certificate/levels/0/value", json!(300_000_000_000_u64)),
    ];
    let step = "for age = old are 800000000000/1000000000000, outside its quota";
    expect(
        seal::everything,
        "alone-panels",
        (Claim::Rounding, step),
        &edits,
    );
}

#[test]
fn rounding_is_measured() {
    let report = |name| {
        let case = seal::case(name);
        let report = seal::verify(&case.transcript, &case.instance).unwrap();
        report.finding(Claim::Rounding).unwrap().detail.clone()
    };
    let exact = "no chance is further than 0.000000000000 from the certified one; \
                 everybody has the floor or the ceiling of their tickets";
    assert_eq!(report("alone-panels"), exact);
    let case = seal::case("alone-panels");
    let mut changed = case.transcript.clone();
    changed["lottery"]["weights"] = json!([2, 1, 1, 1]);
    changed["lottery"]["denominator"] = 5.into();
    changed["commit"]["lottery"]["denominator"] = 5.into();
    seal::everything(&mut changed);
    let bytes = audit::canonical::to_bytes(&changed).unwrap();
    let transcript = kleroterion::io::json::transcript(&bytes, "t").unwrap();
    let report = audit::examine(&transcript, &case.instance);
    // a1 sits on 3 of 5, certified 1/2; b2 and b4 on 1 of 5, certified 1/4; all of them floors or ceilings.
    let detail = &report.finding(Claim::Rounding).unwrap().detail;
    assert!(
        detail.starts_with("no chance is further than 0.150000000000 from"),
        "{detail}"
    );
}

/// People of these homes; panels of `size` with so many men.
fn homes(people: &[(&str, &str, &str)], men: u32, size: u32) -> Instance {
    let quotas = Quotas::builder()
        .feature("sex")
        .value("f", 0..=1)
        .value("m", men..=men);
    Instance::new(homes::pool(people), quotas.build().unwrap(), size).unwrap()
}

fn finding(instance: &Instance, household_rule: Households, bound: Bound) -> Infeasibility {
    let finding = json!({
        "quotas": instance.quotas(),
        "size": instance.size(),
        "household_rule": household_rule == Households::One,
        "proof": Proof::Bound(bound),
    });
    serde_json::from_value(finding).unwrap()
}

#[derive(PartialEq)]
enum Households {
    One,
    Any,
}

#[test]
fn nothing_proves_that_an_existing_panel_does_not_exist() {
    let instance = homes(&[("p1", "h", "f"), ("p2", "h", "m"), ("s1", "", "f")], 1, 2);
    for multipliers in [
        &[][..],
        &[(0, 1)],
        &[(0, -1)],
        &[(0, 1), (1, -1)],
        &[(0, -5), (1, 3)],
    ] {
        for size in [-2, -1, 0, 1, 2] {
            let bound = Bound {
                size,
                ..small::bound(multipliers)
            };
            let verdict = audit::examine_infeasibility(
                &finding(&instance, Households::One, bound),
                &instance,
            )
            .verdict;
            assert!(matches!(verdict, Verdict::Rejected(_)), "{verdict:?}");
        }
    }
}

#[test]
fn the_household_rule_may_be_what_no_panel_meets() {
    // Three men in two homes cannot all sit.
    let people = [
        ("p1", "h1", "m"),
        ("p2", "h1", "m"),
        ("p3", "h2", "m"),
        ("p4", "h2", "f"),
        ("s1", "", "f"),
    ];
    let instance = homes(&people, 3, 3);
    let verdict =
        |finding: &Infeasibility| audit::examine_infeasibility(finding, &instance).verdict;
    let rejected = |step: &str| Verdict::Rejected(step.to_owned());
    let honest = finding(&instance, Households::One, small::bound(&[(1, -1)]));
    assert_eq!(verdict(&honest), Verdict::Checked);
    let without = finding(&instance, Households::Any, small::bound(&[(1, -1)]));
    assert_eq!(verdict(&without), rejected("the bound is 0, not below 0"));
    let nowhere = finding(&instance, Households::One, small::bound(&[(2, -1)]));
    assert_eq!(verdict(&nowhere), rejected("there is no quota 2"));
    let with = |edit: fn(&mut Infeasibility)| {
        let mut changed = honest.clone();
        edit(&mut changed);
        verdict(&changed)
    };
    let unnamed = with(|f| drop(f.quotas.pop()));
    assert_eq!(
        unnamed,
        rejected("the proof uses sex = m, which is not named")
    );
    assert_eq!(
        with(|f| f.size = 2),
        rejected("it speaks of 2 seats, not 3")
    );
    assert_eq!(
        with(|f| f.proof = Proof::Certain),
        rejected("no proof is given")
    );
    let reason = "it rests on a finished search of 8 nodes".to_owned();
    let search = with(|f| f.proof = Proof::Search { nodes: 8 });
    assert_eq!(search, Verdict::NotChecked(reason));
}

/// Four seats, five of whom are to be old: with the women cut to four, somebody has to be an old man.
#[test]
fn a_reason_counts_maximums_as_its_bound_does() {
    let quotas = Quotas::builder()
        .feature("age")
        .value("old", 5..=5)
        .value("young", 0..=5)
        .feature("sex")
        .value("man", 0..=5)
        .value("woman", 0..=5);
    let pool = (0..6).fold(Pool::builder(), |pool, i| {
        let sex = if i == 0 { "man" } else { "woman" };
        pool.person(format!("p{i}"), [("age", "young"), ("sex", sex)])
    });
    let case = Case::new(pool.build().unwrap(), quotas.build().unwrap(), 4).unwrap();
    let instance = case.instance();
    let verdict = |reason: serde_json::Value, seats: &str| {
        let finding = json!({
            "quotas": [instance.quotas()[0], instance.quotas()[3]],
            "needs": ["minimum", "maximum"],
            "size": 4,
            "seats": seats,
            "household_rule": false,
            "reason": reason,
            "proof": Proof::Bound(small::bound(&[(0, -1), (3, 1)])),
        });
        let finding: Infeasibility = serde_json::from_value(finding).unwrap();
        audit::examine_infeasibility(&finding, instance).verdict
    };
    let old_man = |needed: u64| {
        let who = [("age", "old"), ("sex", "man")].map(
            |(feature, value)| json!({"feature": feature, "values": [value], "has": "one_of"}),
        );
        json!({"too_few": {"needed": needed, "available": 0, "who": who}})
    };
    assert_eq!(verdict(old_man(1), "maximum"), Verdict::Checked);
    for (reason, seats, step) in [
        (old_man(0), "maximum", "the reason in words does not follow"),
        (old_man(1), "minimum", "the bound is 0, not below 0"),
    ] {
        let found = verdict(reason, seats);
        assert!(
            matches!(&found, Verdict::Rejected(text) if text.starts_with(step)),
            "{found:?}"
        );
    }
}
