//! Who is in no panel and who is in every one, and room for everybody, against brute force.

use kleroterion::ErrorKind;
use kleroterion::feasibility::{Inclusion, Options, Outlier};
use proptest::prelude::*;

use crate::brute::{Changes, Small, weighted};
use crate::random::small;

/// Ids of people as a set of positions.
fn people(outliers: &[Outlier]) -> u32 {
    let ids = outliers.iter().flat_map(|o| &o.ids);
    ids.map(|id| 1_u32 << id[1..].parse::<u32>().unwrap()).sum()
}

fn check(small: &Small, inclusion: &Inclusion) {
    let panels = small.panels(&small.all_rules());
    let some = panels.iter().fold(0, |all, panel| all | panel);
    let every = panels.iter().fold(u32::MAX, |all, panel| all & panel);
    let everybody = (1_u32 << small.people.len()) - 1;
    assert_eq!(people(&inclusion.excluded), everybody & !some);
    assert_eq!(people(&inclusion.certain), every);
    for (outliers, sits) in [(&inclusion.excluded, true), (&inclusion.certain, false)] {
        for outlier in outliers {
            check_cause(small, outlier, |set| {
                let all = people(std::slice::from_ref(outlier));
                if sits {
                    set & all != 0
                } else {
                    set & all != all
                }
            });
        }
    }
}

/// The cause shuts the condition out, and no part of it can be left out.
fn check_cause(small: &Small, outlier: &Outlier, condition: impl Fn(u32) -> bool) {
    let cause = &outlier.cause;
    let possible = |rules: &crate::brute::Rules| {
        let panels = small.panels(rules);
        panels.into_iter().any(&condition)
    };
    let whole = crate::random::named(small, cause);
    assert!(!possible(&whole), "{cause}");
    for quota in &cause.quotas {
        let (f, v) = crate::random::place(quota);
        let mut without = whole.clone();
        without.quotas[f][v] = (false, false);
        assert!(possible(&without), "{cause}\nwithout {quota:?}");
    }
    if whole.seats != (false, false) {
        let mut without = whole.clone();
        without.seats = (false, false);
        assert!(possible(&without), "{cause}\nwithout the size");
    }
    if whole.homes {
        let mut without = whole.clone();
        without.homes = false;
        assert!(possible(&without), "{cause}\nwithout households");
    }
}

/// The least weighted cost after which everybody is on a panel, by trying every union of what panels need.
fn cheapest_for_everybody(small: &Small) -> Option<f64> {
    let needed = small.needed_changes();
    let mut open: Vec<(u32, Changes)> = vec![(0, vec![])];
    let everybody = (1_u32 << small.people.len()) - 1;
    for person in 0..small.people.len() {
        let mut next: Vec<(u32, Changes)> = Vec::new();
        for (_, so_far) in &open {
            for (panel, changes) in needed.iter().filter(|(panel, _)| panel >> person & 1 == 1) {
                let both = if so_far.is_empty() {
                    changes.clone()
                } else {
                    let pairs = so_far.iter().zip(changes);
                    pairs
                        .map(|(a, b)| (a.0.max(b.0), a.1.max(b.1), a.2))
                        .collect()
                };
                if !next.iter().any(|(_, known)| *known == both) {
                    next.push((*panel, both));
                }
            }
        }
        // A change that is more everywhere than another one is never needed.
        let all = next.clone();
        next.retain(|(_, a)| {
            let less =
                |b: &Changes| b != a && b.iter().zip(a).all(|(b, a)| b.0 <= a.0 && b.1 <= a.1);
            !all.iter().any(|(_, b)| less(b))
        });
        open = next;
    }
    assert!(everybody > 0);
    open.iter()
        .map(|(_, c)| weighted(c))
        .min_by(|a, b| a.total_cmp(b))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn outliers_and_their_causes_are_true_and_room_for_all_is_the_least(small in small()) {
        let case = small.case();
        match case.inclusion(&Options::default()) {
            Ok(inclusion) => check(&small, &inclusion),
            Err(error) => {
                prop_assert!(matches!(error.kind(), ErrorKind::Infeasible(_)), "{}", error);
                prop_assert!(!small.has_panel(&small.all_rules()));
            }
        }
        let found = case.include_everyone(&Options::default()).unwrap();
        let best = cheapest_for_everybody(&small);
        prop_assert_eq!(found.is_some(), best.is_some());
        let (Some(found), Some(best)) = (found, best) else { return Ok(()) };
        prop_assert!((found.weighted_cost() - best).abs() < 1e-6, "{} costs more than {}", found, best);
        let applied = found.apply(&case).unwrap();
        let inclusion = kleroterion::feasibility::Case::from(applied).inclusion(&Options::default()).unwrap();
        prop_assert_eq!(inclusion.excluded, []);
    }
}
