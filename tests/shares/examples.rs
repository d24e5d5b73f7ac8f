//! Published apportionments and examples that can be worked out by hand.

use kleroterion::Ratio;
use kleroterion::quota::{Method, Shares, Tolerance};

use super::{apportioned, seats};

/// Census of 1790 (population by which seats were apportioned) and the seats of the bill that Congress passed and President Washington
/// vetoed in 1792: Hamilton's method, 120 seats (US National Archives, *The 1790 Census and the First Veto*).
const BILL_OF_1792: [(&str, u64, u32); 15] = [
    ("Connecticut", 236_841, 8),
    ("Delaware", 55_540, 2),
    ("Georgia", 70_835, 2),
    ("Kentucky", 68_705, 2),
    ("Maryland", 278_514, 9),
    ("Massachusetts", 475_327, 16),
    ("New Hampshire", 141_822, 5),
    ("New Jersey", 179_570, 6),
    ("New York", 331_589, 11),
    ("North Carolina", 353_523, 12),
    ("Pennsylvania", 432_879, 14),
    ("Rhode Island", 68_446, 2),
    ("South Carolina", 206_236, 7),
    ("Vermont", 85_533, 3),
    ("Virginia", 630_560, 21),
];

#[test]
fn the_bill_of_1792() {
    let states = BILL_OF_1792.iter().fold(
        Shares::builder().feature("state"),
        |b, (name, people, _)| b.count(name, *people),
    );
    let shares = states.build().unwrap();
    assert_eq!(shares.features()[0].total, 3_615_920);
    let found = shares.apportion(120, Method::Hamilton, &[]).unwrap();
    for (quota, (state, _, seats)) in found.quotas().iter().zip(BILL_OF_1792) {
        assert_eq!(
            (quota.value.as_str(), quota.min, quota.max),
            (state, seats, seats)
        );
    }
    // New Jersey's quota was 5.959, Virginia's 20.926.
    assert_eq!(found.features[0].lines[7].share.to_string(), "5.959313…");
    assert_eq!(found.features[0].lines[14].share.whole, 20);
    assert!(found.features[0].ties.is_empty());
}

/// With one seat more, C has one less (electowiki, *Alabama paradox*: 56.7, 38.5, 4.2 and 0.6 per cent).
#[test]
fn the_alabama_paradox() {
    let shares = [567, 385, 42, 6];
    assert_eq!(seats(&shares, 323, Method::Hamilton), [183, 124, 14, 2]);
    assert_eq!(seats(&shares, 324, Method::Hamilton), [184, 125, 13, 2]);
    for method in [Method::SainteLague, Method::Adams] {
        assert!(seats(&shares, 323, method)[2] <= seats(&shares, 324, method)[2]);
    }
}

/// 5, 3 and 1 by hand. Sainte-Laguë: 5/1, 3/1, 5/3, 1/1 with 3/3 and 5/5. Adams: one each, then 5/1, 3/1, 5/2.
#[test]
fn by_hand() {
    let weights = [5, 3, 1];
    assert_eq!(seats(&weights, 4, Method::Hamilton), [2, 1, 1]); // 2.22, 1.33, 0.44
    assert_eq!(seats(&weights, 3, Method::SainteLague), [2, 1, 0]);
    assert_eq!(seats(&weights, 3, Method::Adams), [1, 1, 1]);
    assert_eq!(seats(&weights, 6, Method::Adams), [3, 2, 1]);
    assert_eq!(seats(&weights, 9, Method::Adams), [5, 3, 1]);
    let found = apportioned(&weights, 3, Method::SainteLague, &[]);
    let awards: Vec<_> = found.features[0]
        .awards
        .iter()
        .map(|a| (a.line, a.weight, a.divisor))
        .collect();
    assert_eq!(awards, [(0, 5, 1), (1, 3, 1), (0, 5, 3)]);
}

#[test]
fn ties_are_returned_with_who_won() {
    // 1/1, 3/3 and 5/5 claim one seat: more people first.
    let found = apportioned(&[5, 3, 1], 4, Method::SainteLague, &[]);
    let tie = &found.features[0].ties[0];
    assert_eq!((&tie.given[..], &tie.refused[..]), (&[0][..], &[1, 2][..]));
    assert_eq!(
        found.quotas().iter().map(|q| q.min).collect::<Vec<_>>(),
        [3, 1, 0]
    );
    // Equal people: the name that sorts first, whatever the order of rows.
    let shares = Shares::builder()
        .feature("f")
        .count("Z", 1)
        .count("b", 1)
        .count("A", 1)
        .build()
        .unwrap();
    for method in [Method::Hamilton, Method::SainteLague, Method::Adams] {
        let found = shares.apportion(2, method, &[]).unwrap();
        assert_eq!(
            found.quotas().iter().map(|q| q.min).collect::<Vec<_>>(),
            [0, 1, 1],
            "{method}"
        );
        let tie = &found.features[0].ties[0];
        assert_eq!((tie.given.len(), &tie.refused[..]), (2, &[0][..]));
        assert!(found.features[0].explained(0, method).unwrap().ends_with("; tie with A, b for the last seat, lost by the rule: more people first, then the name that sorts first"));
    }
    // No tie where all equal claims are met.
    assert!(
        apportioned(&[1, 1], 2, Method::SainteLague, &[]).features[0]
            .ties
            .is_empty()
    );
}

#[test]
fn ranges_and_tolerances_by_hand() {
    let ranges = |size, method: &str| -> Vec<(u32, u32)> {
        let found = apportioned(&[511, 489], size, method.parse().unwrap(), &[]);
        found.quotas().iter().map(|q| (q.min, q.max)).collect()
    };
    assert_eq!(ranges(36, "range"), [(18, 19), (17, 18)]); // 18.396, 17.604
    assert_eq!(ranges(1000, "range"), [(511, 511), (489, 489)]);
    assert_eq!(ranges(36, "tolerance:0"), ranges(36, "range"));
    assert_eq!(ranges(36, "tolerance:1"), [(17, 20), (16, 19)]);
    assert_eq!(ranges(36, "tolerance:0.396"), [(18, 19), (17, 18)]); // 18.000 to 18.792; 17.208 to 18.000
    assert_eq!(ranges(36, "tolerance:0,397"), [(17, 19), (17, 19)]);
    assert_eq!(ranges(36, "Tolerance:5 %"), [(16, 21), (15, 20)]); // 5 points are 1.8 seats
    assert_eq!(ranges(36, "tolerance:100%"), [(0, 36), (0, 36)]);
    assert_eq!(ranges(36, "tolerance:99999"), [(0, 36), (0, 36)]);
    let third = Method::Tolerance(Tolerance::Seats(Ratio::new(1, 3)));
    assert_eq!(third.to_string(), "tolerance:1/3");
}

#[test]
fn methods_are_read_as_they_are_written() {
    for name in [
        "hamilton",
        "sainte-lague",
        "adams",
        "range",
        "tolerance:1",
        "tolerance:0.5",
        "tolerance:2.5%",
    ] {
        assert_eq!(name.parse::<Method>().unwrap().to_string(), name);
    }
    assert_eq!(
        "jefferson".parse::<Method>().unwrap_err(),
        "no method \"jefferson\"; the methods are hamilton, sainte-lague, adams, range, tolerance:T (T in seats such as 1, or in percentage points such as 5%)"
    );
    for wrong in ["tolerance", "tolerance:", "tolerance:-1", "tolerance:x"] {
        assert!(wrong.parse::<Method>().is_err(), "{wrong}");
    }
}
