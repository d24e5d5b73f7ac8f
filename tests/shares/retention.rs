//! How many to seat at first.

use kleroterion::assembly::{OverRecruitment, RetentionPlan};
use kleroterion::{ErrorKind, Quotas, Ratio};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

const LEVEL: Ratio = Ratio {
    numerator: 95,
    denominator: 100,
};

fn start(needed: u32, retention: u64) -> u32 {
    OverRecruitment::new(needed, Ratio::new(retention, 1000), LEVEL)
        .unwrap()
        .start
}

fn rational(ratio: Ratio) -> BigRational {
    BigRational::new(
        BigInt::from(ratio.numerator),
        BigInt::from(ratio.denominator),
    )
}

/// P(at least `needed` of `people` stay): the whole distribution, person by person, as exact fractions.
fn tail(needed: u32, people: u32, stay: &BigRational) -> BigRational {
    let mut chances = vec![BigRational::one()];
    for _ in 0..people {
        let mut next = vec![BigRational::zero(); chances.len() + 1];
        for (kept, chance) in chances.iter().enumerate() {
            next[kept] += chance * (BigRational::one() - stay);
            next[kept + 1] += chance * stay;
        }
        chances = next;
    }
    chances.iter().skip(needed as usize).sum()
}

/// Published retention of Danish and Irish assemblies; N for 36 seats and for 90.
#[test]
fn check_values() {
    for (retention, people) in [(596, 72), (687, 61), (711, 59), (793, 51), (819, 49)] {
        assert_eq!(start(36, retention), people, "{retention}");
    }
    assert_eq!(start(90, 819), 118);
}

#[test]
fn smallest_by_another_computation() {
    for needed in [0, 1, 2, 5, 9] {
        for (a, b) in [(1, 2), (2, 3), (9, 10), (1, 5), (30, 40), (1, 1)] {
            for (c, d) in [(1, 2), (19, 20), (999, 1000), (1, 1000)] {
                let (stay, level) = (Ratio::new(a, b), Ratio::new(c, d));
                let plan = OverRecruitment::new(needed, stay, level).unwrap();
                let (stay, level) = (rational(stay), rational(level));
                let chance = tail(needed, plan.start, &stay);
                assert!(chance >= level, "{needed} {stay} {level}");
                if plan.start > needed {
                    assert!(
                        tail(needed, plan.start - 1, &stay) < level,
                        "{needed} {stay} {level}"
                    );
                }
                let missing = chance - rational(plan.chance);
                assert!(
                    missing >= BigRational::zero()
                        && missing < BigRational::new(1.into(), 1_000_000_000_000_u64.into())
                );
            }
        }
    }
}

/// The chance is exactly the level: that is enough, and a hair above it is not.
#[test]
fn the_level_is_met_exactly() {
    let coin = |level| {
        OverRecruitment::new(1, Ratio::new(1, 2), level)
            .unwrap()
            .start
    };
    assert_eq!(coin(Ratio::new(7, 8)), 3);
    assert_eq!(
        coin(Ratio::new(7_000_000_000_000_001, 8_000_000_000_000_000)),
        4
    );
}

fn quotas() -> Quotas {
    let quotas = Quotas::builder()
        .feature("age")
        .value("16-29", 8..=9)
        .value("30+", 27..=28);
    quotas
        .feature("sex")
        .value("woman", 18..=18)
        .value("man", 18..=18)
        .build()
        .unwrap()
}

#[test]
fn per_quota() {
    let rate = |quota: &kleroterion::Quota| {
        Ratio::new(if quota.value == "16-29" { 596 } else { 819 }, 1000)
    };
    let plan = RetentionPlan::new((&quotas(), 36), Ratio::new(793, 1000), rate, LEVEL).unwrap();
    assert_eq!(plan.overall.start, 51);
    let cells: Vec<(u32, u32)> = plan
        .cells
        .iter()
        .map(|c| (c.need.needed, c.need.start))
        .collect();
    let expected = [
        (8, start(8, 596)),
        (27, start(27, 819)),
        (18, start(18, 819)),
        (18, start(18, 819)),
    ];
    assert_eq!(cells, expected);
    let by_age = expected[0].1 + expected[1].1;
    assert_eq!(plan.start(), by_age.max(2 * expected[2].1).max(51));
    assert!(plan.start() > 51);
}

#[test]
fn error_texts() {
    let new = |retention: (u64, u64), level: (u64, u64)| {
        OverRecruitment::new(
            3,
            Ratio::new(retention.0, retention.1),
            Ratio::new(level.0, level.1),
        )
        .unwrap_err()
    };
    assert_eq!(
        new((0, 1), (1, 1)).to_string(),
        "E-RETENTION: found a retention of 0/1, expected a fraction above 0, at most 1\n\
         E-RETENTION: found a level of 1/1, expected a fraction above 0 and below 1"
    );
    for (retention, level) in [
        ((1, 0), (1, 2)),
        ((0, 0), (1, 2)),
        ((3, 2), (1, 2)),
        ((1, 2), (0, 1)),
        ((1, 2), (0, 0)),
        ((1, 2), (1, 0)),
    ] {
        assert_eq!(new(retention, level).problems().len(), 1);
    }
    let rate = |quota: &kleroterion::Quota| Ratio::new(u64::from(quota.value != "man"), 1);
    let error = RetentionPlan::new((&quotas(), 36), Ratio::new(1, 1), rate, LEVEL).unwrap_err();
    assert_eq!(
        error.to_string(),
        "E-RETENTION: found a retention of 0/1 for \"sex\" = \"man\", expected a fraction above 0, at most 1"
    );
    let endless = OverRecruitment::new(1, Ratio::new(1, u64::MAX), LEVEL).unwrap_err();
    assert!(matches!(endless.kind(), ErrorKind::LimitReached { .. }));
    assert!(endless.to_string().ends_with("while looking for the number to start with to keep 1; no answer is given in place of the one asked for"));
}
