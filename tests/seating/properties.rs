//! Random seatings: no plan beats its bound, every plan passes its check, and the report adds up.

use kleroterion::assembly::{Round, SeatRule, SeatingOptions};
use proptest::prelude::*;

use crate::panels::panel;

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn no_plan_beats_its_bound(
        members in 4_usize..26,
        tables in prop::collection::vec(1_u32..6, 1..5),
        absent in prop::collection::vec((0_usize..5, 0_usize..26), 0..8),
        met in prop::collection::vec((0_usize..26, 0_usize..26), 0..8),
        apart in prop::collection::vec((0_usize..26, 0_usize..26), 0..2),
        seed in 0_u32..1000,
    ) {
        let id = |at: usize| format!("m{:03}", at % members);
        let mut builder = panel(members, 2, &seed.to_string()).rule(SeatRule::diversify("f0")).rule(SeatRule::diversify("f1"));
        for (r, &count) in tables.iter().enumerate() {
            let mut gone: Vec<String> = absent.iter().filter(|a| a.0 == r).map(|a| id(a.1)).collect();
            gone.sort_unstable();
            gone.dedup();
            let here = (members - gone.len()) as u32;
            builder = builder.round(Round::even(count.clamp(1, here.max(1))).without(gone));
        }
        for (a, b) in met.into_iter().filter(|(a, b)| a % members != b % members) {
            builder = builder.met(id(a), id(b), 1);
        }
        if !tables.contains(&1) {
            for (a, b) in apart.into_iter().filter(|(a, b)| a % members != b % members) {
                builder = builder.rule(SeatRule::apart(id(a), id(b)));
            }
        }
        let Ok(seating) = builder.build() else { return Ok(()) };
        let Ok(plan) = seating.plan_with(&SeatingOptions::new(seed.to_string()).moves(2_000)) else { return Ok(()) };
        prop_assert_eq!(plan.verify(&seating), Ok(()));
        let report = plan.report(&seating).unwrap();
        prop_assert!(report.distinct_pairs <= report.bound.pairs, "{}", report);
        prop_assert!(report.distinct_pairs <= report.seat_pairs);
        prop_assert_eq!(report.bound, seating.upper_bound());
        for round in &plan.rounds {
            let sizes = round.tables.iter().map(|t| t.members.len());
            prop_assert!(sizes.clone().max().unwrap() - sizes.min().unwrap() <= 1);
        }
    }
}
