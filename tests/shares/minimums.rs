//! Protected minimums.

use kleroterion::quota::{Method, Minimum};
use proptest::prelude::*;

use super::{apportioned, minimums, people, protected, seats};

const ALL: [&str; 5] = [
    "hamilton",
    "sainte-lague",
    "adams",
    "range",
    "tolerance:1.5",
];

fn ranges(weights: &[u64], size: u32, method: &str, least: &[u32]) -> Vec<(u32, u32)> {
    let found = apportioned(weights, size, method.parse().unwrap(), least);
    found.quotas().iter().map(|q| (q.min, q.max)).collect()
}

#[test]
fn by_hand() {
    // 36 seats, exact shares 1.8, 16.2, 18. With 3 for the first, 33 are left: 33 · 45/95 = 15.63, 33 · 50/95 = 17.37.
    let weights = [5, 45, 50];
    assert_eq!(protected(&weights, 36, Method::Hamilton, &[3]), [3, 16, 17]);
    assert_eq!(
        ranges(&weights, 36, "range", &[3]),
        [(3, 3), (15, 16), (17, 18)]
    );
    assert_eq!(
        ranges(&weights, 36, "tolerance:1", &[3]),
        [(3, 4), (14, 17), (16, 19)]
    );
    // A value without people may be protected too.
    assert_eq!(
        protected(&[0, 1, 1], 10, Method::SainteLague, &[2]),
        [2, 4, 4]
    );
    assert_eq!(
        ranges(&[0, 1, 1], 10, "range", &[2]),
        [(2, 2), (4, 4), (4, 4)]
    );
    // Minimums that fill the panel leave nothing to divide.
    for method in ALL {
        let found = ranges(&[1, 1, 8], 6, method, &[2, 2, 2]);
        assert!(found.iter().all(|r| r.0 == 2), "{method} {found:?}");
    }
}

/// Hamilton: those who fall short get their minimum, the others are apportioned as if alone. Looks at all sets of values for the ones that fit.
fn fits_hamilton(weights: &[u64], size: u32, least: &[u32], found: &[u32]) -> bool {
    (0..1_u32 << weights.len()).any(|set| {
        let held = |i: usize| set >> i & 1 == 1;
        let others: Vec<usize> = (0..weights.len()).filter(|&i| !held(i)).collect();
        let taken: u32 = (0..weights.len())
            .filter(|&i| held(i))
            .map(|i| least[i])
            .sum();
        let total: u64 = others.iter().map(|&i| weights[i]).sum();
        let kept = (0..weights.len())
            .filter(|&i| held(i))
            .all(|i| found[i] == least[i]);
        let left = u64::from(size - taken.min(size));
        let within = |&i: &usize| {
            let exact = left * weights[i];
            (exact / total..=exact.div_ceil(total)).contains(&u64::from(found[i]))
        };
        kept && taken <= size && others.iter().all(within)
    })
}

proptest! {
    #[test]
    fn minimums_are_kept_and_the_panel_is_filled(
        weights in prop::collection::vec(0..60_u64, 4).prop_filter("people", |w| w.iter().sum::<u64>() > 0),
        least in prop::collection::vec(0..6_u32, 4),
        more in 1..20_u32,
    ) {
        let size = least.iter().sum::<u32>() + more;
        for method in ALL {
            let found = ranges(&weights, size, method, &least);
            let (low, high): (Vec<u32>, Vec<u32>) = found.iter().copied().unzip();
            prop_assert!(low.iter().zip(&least).all(|(s, m)| s >= m), "{method} {found:?}");
            prop_assert!(low.iter().sum::<u32>() <= size && high.iter().sum::<u32>() >= size, "{method} {found:?}");
            prop_assert!(found.iter().all(|(low, high)| low <= high));
        }
        let found = protected(&weights, size, Method::Hamilton, &least);
        prop_assert!(fits_hamilton(&weights, size, &least, &found), "{found:?}");
        for method in [Method::SainteLague, Method::Adams] {
            let larger = protected(&weights, size + 1, method, &least);
            prop_assert!(protected(&weights, size, method, &least).iter().zip(&larger).all(|(s, l)| s <= l));
        }
    }

    /// A minimum that is kept anyway changes nothing.
    #[test]
    fn idle_minimums_change_nothing(weights in prop::collection::vec(1..60_u64, 4), size in 4..60_u32, less in prop::collection::vec(0..3_u32, 4)) {
        for method in [Method::Hamilton, Method::SainteLague, Method::Adams] {
            let plain = seats(&weights, size, method);
            let least: Vec<u32> = plain.iter().zip(&less).map(|(s, l)| s.saturating_sub(*l)).collect();
            prop_assert_eq!(&protected(&weights, size, method, &least), &plain);
        }
        for method in ["range", "tolerance:1.5"] {
            let plain = ranges(&weights, size, method, &[]);
            let least: Vec<u32> = plain.iter().map(|r| r.0).collect();
            prop_assert_eq!(ranges(&weights, size, method, &least), plain);
        }
    }
}

#[test]
fn the_hamilton_check_catches_a_wrong_panel() {
    assert!(!fits_hamilton(&[5, 45, 50], 36, &[3, 0, 0], &[4, 15, 17]));
}

/// Error texts, literally and all at once.
#[test]
fn impossible_minimums_are_told() {
    let shares = people(&[5, 45]);
    let wrong = [
        Minimum::new("f", "a", 20),
        Minimum::new("F", "B", 17),
        Minimum::new("f", "b", 1),
        Minimum::new("g", "x", 1),
    ];
    assert_eq!(
        shares
            .apportion(36, Method::Hamilton, &wrong)
            .unwrap_err()
            .to_string(),
        "E-MINIMUM-TWICE: found a second minimum for \"f\" = \"b\", expected one minimum per value\n\
         E-MINIMUM-VALUE: found a minimum for \"g\" = \"x\", expected a feature and a value that have a figure\n\
         E-MINIMUM-SUM: found minimums of \"f\" that add up to 37, expected at most the panel size (36)"
    );
    let zero = kleroterion::quota::Tolerance::Seats(kleroterion::Ratio::new(1, 0));
    assert_eq!(
        shares
            .apportion(0, Method::Tolerance(zero), &minimums(&[1]))
            .unwrap_err()
            .to_string(),
        "E-SIZE-ZERO: found a panel size of 0, expected at least 1\n\
         E-TOLERANCE: found a tolerance of 1/0, expected a denominator from 1 to 100000000000000\n\
         E-MINIMUM-SUM: found minimums of \"f\" that add up to 1, expected at most the panel size (0)"
    );
    assert_eq!(
        shares
            .apportion(1_000_001, Method::Range, &[])
            .unwrap_err()
            .to_string(),
        "E-SIZE-SEATS: found a panel size of 1000001, expected at most 1000000"
    );
}

#[test]
fn minimums_are_read_as_they_are_written() {
    let read: Minimum = "age = under 20: night=day :2".parse().unwrap();
    assert_eq!(
        (read.feature.as_str(), read.value.as_str(), read.seats),
        ("age", "under 20: night=day", 2)
    );
    assert_eq!(read.to_string(), "age=under 20: night=day:2");
    for wrong in [
        "age", "age=x", "age=x:", "age=x:-1", "=x:1", "age=:1", "age:1",
    ] {
        assert_eq!(
            wrong.parse::<Minimum>().unwrap_err(),
            format!("{wrong:?} is no minimum; write FEATURE=VALUE:N, such as \"age=under 20:2\"")
        );
    }
}
