//! Lotteries that are not fair, by somebody who makes every digest anew and certificates to match.

use kleroterion::audit::{self, Claim, Report, Verdict};
use kleroterion::certificate::{
    Bound, Certificate, Counted, Counting, Exclusion, Least, Level, Measure, Objective, Proof,
    Rounding, Sample, Theory, Walk,
};
use kleroterion::lottery::{Composition, Lottery, Sources};
use kleroterion::{Instance, Pool, Quotas};

const D: u64 = 1_000_000_000_000;

fn instance(people: &[(&str, u32, std::ops::RangeInclusive<u32>)], size: u32) -> Instance {
    let (mut pool, mut quotas) = (Pool::builder(), Quotas::builder().feature("f"));
    for (value, number, range) in people {
        pool = (0..*number).fold(pool, |pool, i| {
            pool.person(format!("{value}{i:03}"), [("f", *value)])
        });
        quotas = quotas.value(value, range.clone());
    }
    Instance::new(pool.build().unwrap(), quotas.build().unwrap(), size).unwrap()
}

fn bound(size: i64, quotas: &[(u32, i64)], weights: &[(u32, u32, i64)]) -> Proof {
    Proof::Bound(Bound {
        size,
        quotas: quotas.to_vec(),
        households: vec![],
        scale: 1,
        weights: Some(weights.to_vec()),
    })
}

/// Leximin's certificate when one person of `n` in these groups has a chance of 1/n.
fn equal(n: u64, groups: u32, target: Vec<(u32, u32, u64)>) -> Certificate {
    let weights: Vec<_> = (0..groups).map(|group| (group, 0, 1)).collect();
    Certificate {
        rule: "leximin".into(),
        levels: vec![Level {
            value: D / n,
            bound: D.div_ceil(n),
            fixed: (0..groups).map(|group| (group, 0)).collect(),
            proof: bound(1, &[], &weights),
        }],
        target: Some(target),
        ..Certificate::default()
    }
}

/// What an auditor says of these panels, each on as many tickets.
fn examine_list(
    instance: Instance,
    panels: &[&[&str]],
    tickets: u64,
    certificate: Certificate,
) -> Report {
    let ids = |panel: &&[&str]| panel.iter().map(|&id| id.to_owned()).collect();
    let listed: Vec<Vec<String>> = panels.iter().map(ids).collect();
    let tickets = vec![tickets; listed.len()];
    examine(Lottery::from_panels(instance, listed, tickets, certificate))
}

fn examine(lottery: kleroterion::Result<Lottery>) -> Report {
    let lottery = lottery.unwrap();
    let draw = lottery.draw(&Sources::new(["3-5-4-6"]).unwrap()).unwrap();
    audit::examine(&draw.transcript(), lottery.instance())
}

fn open(report: &Report, claim: Claim) -> &str {
    match &report.finding(claim).unwrap().verdict {
        Verdict::NotChecked(reason) => reason,
        other => panic!("{claim}: {other:?}"),
    }
}

/// One seat for 100 people `b`, five for ten `x` and ten `z`, who should have 1/4 each.
#[test]
fn nobody_is_kept_at_a_level_by_a_tiny_weight() {
    let instance = instance(&[("b", 100, 1..=1), ("x", 10, 0..=5), ("z", 10, 0..=5)], 6);
    let compositions = vec![
        Composition(vec![(0, 0, 1), (1, 0, 1), (2, 0, 4)]),
        Composition(vec![(0, 0, 1), (2, 0, 5)]),
    ];
    let large = 1_000_000_000_000;
    let first = Level {
        value: D / 100,
        bound: D / 100 + 1,
        fixed: vec![(0, 0), (1, 0)],
        proof: bound(0, &[(0, large), (1, 1)], &[(0, 0, large), (1, 0, 1)]),
    };
    let second = Level {
        value: D / 100 * 49,
        bound: D / 100 * 49,
        fixed: vec![(2, 0)],
        proof: bound(1, &[], &[(0, 0, 1), (1, 0, 1), (2, 0, 1)]),
    };
    let certificate = Certificate {
        rule: "leximin".into(),
        excluded: vec![],
        levels: vec![first, second],
        ..Certificate::default()
    };
    let report = examine(Lottery::from_compositions(
        instance,
        compositions,
        vec![D / 10, D / 10 * 9],
        certificate,
    ));
    let verdict = &report.finding(Claim::LowestChance).unwrap().verdict;
    assert_eq!(
        *verdict,
        Verdict::Rejected(
            "group 1 role 0 has too little weight in the bound: it could have a higher chance"
                .into()
        )
    );
}

/// Ten people for two seats, 1000 tickets, and the same two people on all of them.
#[test]
fn a_list_far_from_its_certified_chances_is_not_called_checked() {
    let instance = instance(&[("b", 10, 0..=9)], 2);
    let certificate = equal(5, 1, vec![(0, 0, 2 * D)]);
    let report = examine_list(instance, &[&["b000", "b001"]], 1000, certificate);
    assert_eq!(
        open(&report, Claim::Rounding),
        "no chance is further than 0.800000000000 from the certified one; 10 of 10 people have neither the floor nor \
         the ceiling of their tickets, and the list does not show whether they could"
    );
}

/// A hundred people: 90 `x` for one seat, 10 `y` for another. Chances before rounding of 1/50 for everybody sum to two
/// seats, but to 9/5 of one for `x`.
#[test]
fn chances_before_rounding_outside_the_quotas_are_rejected() {
    let instance = instance(&[("x", 90, 1..=1), ("y", 10, 1..=1)], 2);
    let certificate = equal(50, 2, vec![(0, 0, D / 5 * 9), (1, 0, D / 5)]);
    let report = examine_list(instance, &[&["x000", "y000"]], 1000, certificate);
    assert_eq!(
        report.finding(Claim::Rounding).unwrap().verdict,
        Verdict::Rejected(
            "the expected seats before rounding for f = x are 1800000000000/1000000000000, outside its quota"
                .into()
        )
    );
    open(&report, Claim::LowestChance);
}

/// Two of a home of three may sit, one man and two women; a list seats the man and a woman from elsewhere. Before rounding, the man is said to
/// have a seat and a half: no more than the two seats of his home, but more than one person can have.
#[test]
fn nobody_has_a_chance_above_one_before_rounding() {
    let home = [("a", "x"), ("b", "y"), ("c", "y")];
    let pool = home
        .into_iter()
        .fold(Pool::builder().household_most(2), |pool, (id, value)| {
            pool.housemate(id, "north", [("f", value)])
        });
    let pool = pool.housemate("d", "", [("f", "y")]).build().unwrap();
    let quotas = Quotas::builder().feature("f");
    let quotas = quotas.value("x", 0..=2).value("y", 0..=2).build().unwrap();
    let instance = Instance::new(pool, quotas, 2).unwrap();
    let certificate = equal(2, 2, vec![(0, 0, D / 2 * 3), (1, 0, D / 2)]);
    let report = examine_list(instance, &[&["a", "d"]], 2, certificate);
    assert_eq!(
        report.finding(Claim::Rounding).unwrap().verdict,
        Verdict::Rejected("somebody has a chance above 1 before rounding".into())
    );
}

/// The same two of ten on all tickets, and a statement that no list has less than a deviation of 0, which is true.
#[test]
fn a_stated_rounding_does_not_hide_how_far_the_list_is() {
    let instance = instance(&[("b", 10, 0..=9)], 2);
    let certificate = Certificate {
        rounding: Some(Rounding {
            method: Rounding::SMALLEST_DEVIATION.into(),
            sources: vec![],
            largest: D / 5 * 4,
            least: Some(Least { bound: 0, nodes: 0 }),
            theory: Theory::of(2, 1, 1000),
        }),
        ..equal(5, 1, vec![(0, 0, 2 * D)])
    };
    let report = examine_list(instance, &[&["b000", "b001"]], 1000, certificate);
    assert!(open(&report, Claim::Rounding).contains("10 of 10 people have neither"));
}

/// One seat, two `x` and two `y`, of whom a search is said to have found that they fit no panel: not so, and `x` should
/// have 1/4 instead of 1/2.
#[test]
fn what_rests_on_a_search_for_exclusions_is_not_called_checked() {
    let of = |number: Option<Objective>, levels: Vec<Level>, rule: &str| {
        let instance = instance(&[("x", 2, 0..=1), ("y", 2, 0..=1)], 1);
        let certificate = Certificate {
            rule: rule.into(),
            excluded: vec![Exclusion {
                group: 1,
                role: 0,
                proof: Proof::Search { nodes: 3 },
            }],
            levels,
            objective: number,
            ..Certificate::default()
        };
        let lottery = vec![Composition(vec![(0, 0, 1)])];
        examine(Lottery::from_compositions(
            instance,
            lottery,
            vec![D],
            certificate,
        ))
    };
    let level = Level {
        value: D / 2,
        bound: D / 2,
        fixed: vec![(0, 0)],
        proof: bound(1, &[], &[(0, 0, 1)]),
    };
    let report = of(None, vec![level], "leximin");
    for claim in [Claim::Exclusions, Claim::LowestChance, Claim::LaterLevels] {
        open(&report, claim);
    }
    assert!(report.holds());
    let Proof::Bound(proof) = bound(1, &[], &[(0, 0, 1)]) else {
        unreachable!()
    };
    let objective = Objective {
        measure: Measure::Product,
        gap: 0,
        proof,
        common: 0,
        search: None,
    };
    let report = of(Some(objective), vec![], "nash");
    let text = open(&report, Claim::Objective);
    assert!(
        text.ends_with("given the exclusions that are not checked"),
        "{text}"
    );
}

/// Five of thirty sit; a list of two tickets seats ten of them. The chances before rounding are 1/6 each.
#[test]
fn people_on_none_of_the_listed_panels_are_counted() {
    let instance = instance(&[("b", 30, 0..=5)], 5);
    let certificate = equal(6, 1, vec![(0, 0, 5 * D)]);
    let panels: [&[&str]; 2] = [
        &["b000", "b001", "b002", "b003", "b004"],
        &["b005", "b006", "b007", "b008", "b009"],
    ];
    let report = examine_list(instance, &panels, 1, certificate);
    let detail = |claim| report.finding(claim).unwrap().detail.clone();
    assert_eq!(
        detail(Claim::Exclusions),
        "nobody is excluded; 20 more on none of the listed panels"
    );
    assert!(detail(Claim::LowestChance).starts_with("0.166666666666 before rounding; "));
}

/// `p` and `q` share a seat and should have 1/2 each. A first level by search fixes `p` at 1/4 without showing that it could
/// have no more; the second is then true.
#[test]
fn later_levels_rest_on_the_search_of_the_first() {
    let instance = instance(&[("a", 4, 1..=1), ("p", 1, 0..=1), ("q", 1, 0..=1)], 2);
    let certificate = Certificate {
        rule: "leximin".into(),
        levels: vec![
            Level {
                value: D / 4,
                bound: D / 4,
                fixed: vec![(0, 0), (1, 0)],
                proof: Proof::Search { nodes: 7 },
            },
            Level {
                value: D / 4 * 3,
                bound: D / 4 * 3,
                fixed: vec![(2, 0)],
                proof: bound(1, &[(0, -1)], &[(1, 0, 1), (2, 0, 1)]),
            },
        ],
        ..Certificate::default()
    };
    let panels = vec![
        Composition(vec![(0, 0, 1), (1, 0, 1)]),
        Composition(vec![(0, 0, 1), (2, 0, 1)]),
    ];
    let weights = vec![D / 4, D / 4 * 3];
    let report = examine(Lottery::from_compositions(
        instance,
        panels,
        weights,
        certificate,
    ));
    assert!(report.holds(), "{report}");
    assert!(open(&report, Claim::LaterLevels).ends_with("which rests on its search"));
}

/// A sample of `uniform` whose certificate does not say that `y` fits no panel.
#[test]
fn whether_those_on_no_sampled_panel_fit_one_is_not_called_checked() {
    let instance = instance(&[("x", 2, 1..=1), ("y", 1, 0..=0)], 1);
    let walk = Walk {
        steps: 10,
        moved: 500_000,
        met: 1_000_000,
        apart: 5,
        halves: 0,
        halves_in_errors: 0,
    };
    let counted = Counted {
        method: Counting::Approximate,
        panels: None,
        compositions: None,
        entropy: None,
        deviation: None,
        multipliers: vec![],
        sample: Some(Sample {
            tickets: 2,
            stage_one: vec!["a public value".into()],
            walk: Some(walk),
        }),
    };
    let certificate = Certificate {
        rule: "uniform".into(),
        counted: Some(counted),
        ..Certificate::default()
    };
    let report = examine_list(instance, &[&["x000"], &["x001"]], 1, certificate);
    assert_eq!(
        open(&report, Claim::Exclusions),
        "nobody is excluded; 1 more on none of the listed panels, and whether all of them fit a panel is not known"
    );
    open(&report, Claim::Rounding);
}
