//! Random small problems against brute force.

use std::collections::BTreeSet;

use kleroterion::audit::{self, Verdict};
use kleroterion::certificate::Proof;
use kleroterion::feasibility::{Goal, Households, Options, Relaxation};
use kleroterion::{Infeasibility, Rule};
use proptest::prelude::*;

use crate::brute::{Flexible, Row, Rules, Small, measures, weighted};

prop_compose! {
    fn row(size: u32)(min in 0..=size.min(4), width in 0..=1_u32, below in 0..=2_u32, above in 0..=2_u32) -> Row {
        let max = min + width;
        Row { min, max, min_flex: min.saturating_sub(below), max_flex: max + above }
    }
}

prop_compose! {
    pub(crate) fn small()(features in 1..=3_usize, size in 1..=5_u32, people in 3..=9_usize)
        (
            quotas in prop::collection::vec(prop::collection::vec(row(size), 2..=3), features),
            cells in prop::collection::vec(prop::collection::vec(any::<prop::sample::Index>(), features), people),
            homes in (2..=12_usize).prop_flat_map(move |homes| prop::collection::vec(0..homes, people)),
            most in prop_oneof![3 => Just(1_u32), 1 => Just(2), 1 => Just(3)],
            size in Just(size),
            flexible in prop_oneof![Just(Flexible::Freely), Just(Flexible::Within)],
        ) -> Small {
            let person = |cells: Vec<prop::sample::Index>| {
                cells.iter().zip(&quotas).map(|(cell, q)| cell.index(q.len())).collect()
            };
            Small { people: cells.into_iter().map(person).collect(), homes, most, quotas, size, flexible }
        }
}

/// The rules that a finding names.
pub(crate) fn named(small: &Small, finding: &Infeasibility) -> Rules {
    let mut rules = Rules {
        quotas: small
            .quotas
            .iter()
            .map(|q| vec![(false, false); q.len()])
            .collect(),
        seats: (finding.seats.minimum(), finding.seats.maximum()),
        homes: finding.household_rule,
    };
    for quota in &finding.quotas {
        let (f, v) = place(quota);
        assert_eq!(
            (quota.min, quota.max),
            (small.quotas[f][v].min, small.quotas[f][v].max)
        );
        rules.quotas[f][v] = (true, true);
    }
    rules
}

pub(crate) fn place(quota: &kleroterion::Quota) -> (usize, usize) {
    let number = |text: &str| text[1..].parse::<usize>().unwrap();
    (number(&quota.feature), number(&quota.value))
}

fn check_finding(small: &Small, finding: &Infeasibility) {
    assert!(finding.minimal);
    let whole = named(small, finding);
    assert!(!small.has_panel(&whole), "{finding}");
    for quota in &finding.quotas {
        let (f, v) = place(quota);
        let mut without = whole.clone();
        without.quotas[f][v] = (false, false);
        assert!(
            small.has_panel(&without),
            "{finding}\nwithout {quota:?} there is still no panel"
        );
    }
    if finding.seats.minimum() || finding.seats.maximum() {
        let without = Rules {
            seats: (false, false),
            ..whole.clone()
        };
        assert!(small.has_panel(&without), "{finding}\nwithout the size");
    }
    if finding.household_rule {
        let without = Rules {
            homes: false,
            ..whole.clone()
        };
        assert!(small.has_panel(&without), "{finding}\nwithout households");
    }
    check_sides(small, finding, whole);
}

/// The same, side by side.
fn check_sides(small: &Small, finding: &Infeasibility, whole: Rules) {
    let mut sides = whole;
    for (quota, need) in finding.quotas.iter().zip(&finding.needs) {
        let (f, v) = place(quota);
        sides.quotas[f][v] = (need.minimum(), need.maximum());
        assert!(need.minimum() || need.maximum());
    }
    assert!(!small.has_panel(&sides), "{finding}\nwith these sides");
    for quota in &finding.quotas {
        let (f, v) = place(quota);
        let (min, max) = sides.quotas[f][v];
        for fewer in [(false, max), (min, false)] {
            if fewer != (min, max) {
                let mut without = sides.clone();
                without.quotas[f][v] = fewer;
                assert!(small.has_panel(&without), "{finding}\nside of {quota:?}");
            }
        }
    }
    for fewer in [(false, sides.seats.1), (sides.seats.0, false)] {
        if fewer != sides.seats {
            let without = Rules {
                seats: fewer,
                ..sides.clone()
            };
            assert!(small.has_panel(&without), "{finding}\nside of the size");
        }
    }
}

/// The best by each goal, over all panels that some change within the bounds allows.
struct Best {
    weighted: f64,
    fewest: (usize, u32),
    largest: (u32, u32),
}

fn best(small: &Small) -> Option<Best> {
    let all = small.needed_changes();
    let changes = || all.iter().map(|(_, changes)| changes);
    Some(Best {
        weighted: changes()
            .map(|c| weighted(c))
            .min_by(|a, b| a.total_cmp(b))?,
        fewest: changes().map(|c| measures(c)).map(|m| (m.0, m.2)).min()?,
        largest: changes().map(|c| measures(c)).map(|m| (m.1, m.2)).min()?,
    })
}

fn seats_moved(relaxation: &Relaxation) -> u32 {
    let seats = relaxation.quotas.iter().map(|change| change.seats());
    seats.map(|(down, up)| down + up).sum()
}

fn check_suggestion(small: &Small, relaxation: &Relaxation, best: Option<&Best>) {
    for change in &relaxation.quotas {
        let row = small.quotas.concat()[change.position];
        assert_eq!(change.from, (row.min, row.max));
        let (down, up) = change.seats();
        assert!(down + up > 0);
        if small.flexible == Flexible::Within {
            assert!(change.to.0 >= row.min_flex, "{relaxation}");
            assert!(up == 0 || change.to.1 <= row.max_flex, "{relaxation}");
        }
    }
    for goal in &relaxation.goals {
        match goal {
            Goal::Weighted => {
                let cost = relaxation.weighted_cost();
                assert!((cost - best.unwrap().weighted).abs() < 1e-9, "{relaxation}");
            }
            Goal::FewestQuotas => {
                let found = (relaxation.quotas.len(), seats_moved(relaxation));
                assert_eq!(found, best.unwrap().fewest, "{relaxation}");
            }
            Goal::SmallestLargest => {
                let found = (relaxation.largest_change(), seats_moved(relaxation));
                assert_eq!(found, best.unwrap().largest, "{relaxation}");
            }
            Goal::PanelSize => assert_eq!(relaxation.quotas, []),
            Goal::HouseholdRule => assert_eq!(relaxation.households, more_housemates(small)),
            _ => unreachable!(),
        }
    }
}

/// The fewest people of a household that must be allowed; none fewer than all of the largest: no rule.
fn more_housemates(small: &Small) -> Households {
    let in_home = |home: usize| small.homes.iter().filter(|&&h| h == home).count() as u32;
    let largest = (0..12).map(in_home).max().unwrap();
    let helps = |&most: &u32| {
        let other = Small {
            most,
            ..small.clone()
        };
        other.has_panel(&other.all_rules())
    };
    let found = (small.most + 1..largest).find(helps);
    found.map_or(Households::Dropped, Households::AtMost)
}

/// The nearest sizes that have a panel, the nearer first, the larger first when both are as near.
fn sizes(small: &Small) -> Vec<u32> {
    let works = |size: &u32| {
        let other = Small {
            size: *size,
            ..small.clone()
        };
        other.has_panel(&other.all_rules())
    };
    let above = (small.size + 1..=small.people.len() as u32).find(works);
    let below = (1..small.size).rev().find(works);
    let mut sizes: Vec<u32> = above.into_iter().chain(below).collect();
    sizes.sort_by_key(|s| s.abs_diff(small.size));
    sizes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn findings_are_true_and_minimal_and_suggestions_are_the_least(small in small()) {
        let case = small.case();
        let exists = small.has_panel(&small.all_rules());
        let finding = case.explain(&Options::default()).unwrap();
        let suggestions = case.suggest(&Options::default().most_per_goal(50)).unwrap();
        prop_assert_eq!(finding.is_none(), exists);
        let Some(finding) = finding else {
            prop_assert!(suggestions.relaxations.is_empty() && suggestions.without.is_empty());
            return Ok(());
        };
        check_finding(&small, &finding);
        let verdict = audit::examine_infeasibility(&finding, case.instance()).verdict;
        match finding.proof {
            Proof::Bound(_) => prop_assert_eq!(verdict, Verdict::Checked),
            _ => prop_assert!(matches!(verdict, Verdict::NotChecked(_))),
        }
        check_suggestions(&small, &suggestions);
        for relaxation in &suggestions.relaxations {
            let applied = relaxation.apply(&case).unwrap();
            prop_assert!(Rule::Maximin.distribution(&applied).is_ok());
        }
    }
}

fn check_suggestions(small: &Small, suggestions: &kleroterion::feasibility::Suggestions) {
    assert!(suggestions.unsettled.is_empty());
    let best = best(small);
    let by = |goal: Goal| {
        let of = suggestions.relaxations.iter();
        of.filter(move |r| r.goals.contains(&goal))
    };
    for relaxation in &suggestions.relaxations {
        check_suggestion(small, relaxation, best.as_ref());
    }
    let texts: BTreeSet<String> = suggestions
        .relaxations
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(texts.len(), suggestions.relaxations.len(), "all different");
    for goal in [Goal::Weighted, Goal::FewestQuotas, Goal::SmallestLargest] {
        assert_eq!(by(goal).count() > 0, best.is_some());
        assert_eq!(suggestions.without.contains(&goal), best.is_none());
    }
    // Every optimum of the standard tool's objective is listed, as long as there are few.
    if let Some(best) = &best {
        let all = small.needed_changes();
        let optimal = all
            .iter()
            .filter(|(_, c)| weighted(c) < best.weighted + 1e-9);
        let different: BTreeSet<Vec<(u32, u32)>> = optimal
            .map(|(_, c)| c.iter().map(|c| (c.0, c.1)).collect())
            .collect();
        assert_eq!(by(Goal::Weighted).count(), different.len().min(50));
    }
    let found: Vec<u32> = by(Goal::PanelSize).map(|r| r.size.1).collect();
    assert_eq!(found, sizes(small));
    let without = Rules {
        homes: false,
        ..small.all_rules()
    };
    let helps = small.has_panel(&without);
    assert_eq!(by(Goal::HouseholdRule).count() > 0, helps);
}
