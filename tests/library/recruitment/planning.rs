//! Forecasts against closed forms, and mailings that are tried out.

use kleroterion::lottery::Stream;
use kleroterion::recruitment::{Cell, Planner, Response, Segment, Simulation};
use kleroterion::{Quotas, Ratio};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use super::is_likely;

/// P(X ≥ needed) by the definition: Σ C(n, k)·B(k + a, n − k + b)/B(a, b), in exact fractions.
fn tail((answers, asked): (u64, u64), letters: u64, needed: u64) -> f64 {
    let ratio = |n: u64, d: u64| BigRational::new(BigInt::from(n), BigInt::from(d));
    let (a, b) = (answers + 1, asked - answers + 1);
    let mut sum = ratio(0, 1);
    for k in needed..=letters {
        let mut term = ratio(1, 1);
        for i in 0..k {
            term *= ratio((letters - i) * (a + i), (i + 1) * (a + b + i));
        }
        for i in 0..letters - k {
            term *= ratio(b + i, a + b + k + i);
        }
        sum += term;
    }
    sum.to_f64().unwrap()
}

#[test]
fn tails_are_those_of_the_definition() {
    for (answers, asked) in [(0, 0), (0, 40), (3, 50), (20, 31), (7, 7)] {
        for letters in [1, 2, 9, 60] {
            for needed in [0, 1, 2, 5, 9, 40, 60, 61] {
                let got = Response::new(answers, asked).at_least(letters, needed);
                let expected = tail((answers, asked), letters, needed);
                assert!(
                    (got - expected).abs() < 1e-11,
                    "{answers}/{asked} {letters} {needed}: {got} {expected}"
                );
            }
        }
    }
}

#[test]
fn a_large_experience_is_as_good_as_a_rate() {
    // Nearly binomial with n = 1000, p = 1/20: P(X ≥ 50) is 0.5 and a bit, and the far tails are 1 and 0.
    let known = Response::new(1_000_000, 20_000_000);
    let likely = known.at_least(1_000, 50);
    assert!((0.50..0.54).contains(&likely), "{likely}");
    assert!(known.at_least(1_000, 10) > 1.0 - 1e-9);
    assert!(known.at_least(1_000, 100) < 1e-8);
    // A rate known from little spreads the forecast: both tails are fatter.
    let vague = Response::new(2, 40);
    // Expected values from the gamma functions of another program; a known rate of 3/42 gives 1.0000 and 0.0000.
    for (needed, expected) in [(20, 0.948_101_034_75), (120, 0.121_009_789_11)] {
        let likely = vague.at_least(1_000, needed);
        assert!((likely - expected).abs() < 1e-9, "{needed}: {likely}");
    }
}

#[test]
fn the_plan_is_the_fewest_letters_that_are_enough() {
    let cells = vec![
        Cell::new("age", "16-29", Ratio::new(1, 5), Response::new(12, 900)).needing(20),
        Cell::new("age", "30+", Ratio::new(4, 5), Response::new(160, 3_000)).needing(80),
        Cell::new("sex", "woman", Ratio::new(1, 2), Response::new(90, 2_000)).needing(50),
    ];
    let planner = Planner::new(cells).unwrap();
    let plan = planner.plan().unwrap();
    assert_eq!(plan.decisive, 0);
    let enough = |letters: u64| {
        planner
            .with_letters(letters)
            .cells
            .iter()
            .all(|c| c.likely >= 0.95)
    };
    assert!(enough(plan.letters) && !enough(plan.letters - 1));
    assert_eq!(planner.with_letters(plan.letters - 1).decisive, 0);
    // Laplace's rule: a fifth of the letters, answered by 13 in 902.
    let expected = plan.cells[0].letters as f64 * 13.0 / 902.0;
    assert!((plan.cells[0].expected - expected).abs() < 1e-9);
    assert_eq!(plan.expected_pool.len(), 2);
    let ages = plan.cells[0].expected + plan.cells[1].expected;
    assert!((plan.expected_pool[0].1 - ages).abs() < 1e-9);
    assert!(plan.all_likely <= plan.cells[0].likely);
    let surer = planner
        .clone()
        .confidence(Ratio::new(999, 1000))
        .unwrap()
        .plan()
        .unwrap();
    assert!(surer.letters > plan.letters);
}

#[test]
fn everything_wrong_with_a_plan_is_reported_together() {
    let share = Ratio::new(3, 4);
    let cells = vec![
        Cell::new("age", "old", share, Response::new(5, 4)),
        Cell::new("Age", " OLD", share, Response::new(0, 0)),
        Cell::new("sex", "man", Ratio::new(0, 1), Response::new(0, 0)),
    ];
    assert_eq!(
        Planner::new(cells).unwrap_err().to_string(),
        "E-PLAN-RESPONSE: found 5 answers to 4 letters of age = old, expected not more answers than letters, nor than 1000000\n\
         E-PLAN-SHARE: found shares of age that add up to 1.5000, expected at most 1\n\
         E-PLAN-CELL: found Age = OLD again, expected each cell once\n\
         E-PLAN-SHARE: found the share 0/1 of sex = man, expected above 0 and at most 1"
    );
    let none = Planner::new(vec![]).unwrap_err();
    assert_eq!(
        none.to_string(),
        "E-PLAN-NONE: found no cell, expected at least one"
    );
    let planner = |needed| {
        let cell = Cell::new("age", "old", share, Response::new(0, 1_000)).needing(needed);
        Planner::new(vec![cell]).unwrap()
    };
    assert_eq!(
        planner(1)
            .confidence(Ratio::new(1, 1))
            .unwrap_err()
            .to_string(),
        "E-PLAN-CONFIDENCE: found 1/1, expected a chance above 0 and below 1"
    );
    assert_eq!(
        planner(100_000_000).plan().unwrap_err().to_string(),
        "E-PLAN-LETTERS: found age = old, which too few answer, expected a cell that 10^9 letters can fill"
    );
}

fn two_values(seats: [u32; 2]) -> Quotas {
    let [women, men] = seats;
    let quotas = Quotas::builder().feature("sex");
    quotas
        .value("woman", women..=women)
        .value("man", men..=men)
        .build()
        .unwrap()
}

/// All 12 people of each sex get letters, so that the chance of a panel is a product of two Beta–binomial tails.
#[test]
fn tried_out_mailings_have_the_chances_of_the_closed_form() {
    const RUNS: u32 = 4_000;
    let (women, men) = (Response::new(3, 20), Response::new(5, 20));
    let segments = vec![
        Segment::new([("sex", "woman")], 12, women),
        Segment::new([("sex", "man")], 12, men),
    ];
    let simulation = Simulation::new(segments, two_values([2, 2]), 4).unwrap();
    let mut stream = Stream::from_key([3; 32]);
    let admission = simulation.run(24, RUNS, || stream.word()).unwrap();
    let chance = women.at_least(12, 2) * men.at_least(12, 2);
    is_likely(admission.admitted.into(), RUNS.into(), chance, "a panel");
    // 12·(4/22 + 6/22) volunteers per run; the deviation of a run is below 5.
    let mean = admission.mean_pool();
    assert!(
        (mean - 12.0 * 10.0 / 22.0).abs() < 6.0 * 5.0 / f64::from(RUNS).sqrt(),
        "{mean}"
    );
    let mut stream = Stream::from_key([3; 32]);
    assert_eq!(
        simulation.run(24, RUNS, || stream.word()).unwrap(),
        admission
    );
}

/// Quotas that each value could fill, but not together: only the search for a panel can tell.
#[test]
fn a_pool_that_has_enough_of_everything_may_still_have_no_panel() {
    let sure = Response::new(1_000_000, 1_000_000);
    let segments = |mixed: u64| {
        vec![
            Segment::new([("sex", "woman"), ("age", "young")], 50, sure),
            Segment::new([("sex", "man"), ("age", "old")], 50, sure),
            Segment::new(
                [("sex", "man"), ("age", "young")],
                mixed,
                Response::new(0, 999_999_999),
            ),
            Segment::new(
                [("sex", "woman"), ("age", "old")],
                50,
                Response::new(0, 999_999_999),
            ),
        ]
    };
    let quotas = |young: u32| {
        let quotas = Quotas::builder()
            .feature("sex")
            .value("woman", 2..=2)
            .value("man", 2..=2);
        let quotas = quotas.feature("age").value("young", young..=young);
        quotas.value("old", 4 - young..=4 - young).build().unwrap()
    };
    let mut stream = Stream::from_key([4; 32]);
    let mut chance = |young| {
        let simulation = Simulation::new(segments(50), quotas(young), 4).unwrap();
        simulation.run(200, 20, || stream.word()).unwrap().chance()
    };
    assert_eq!((chance(2), chance(1), chance(3)), (1.0, 0.0, 0.0));
}

#[test]
fn everything_wrong_with_a_simulation_is_reported() {
    let bad = vec![Segment::new([("sex", "woman")], 5, Response::new(2, 1))];
    assert_eq!(
        Simulation::new(bad, two_values([1, 1]), 2)
            .unwrap_err()
            .to_string(),
        "E-PLAN-RESPONSE: found 2 answers to 1 letters, expected not more answers than letters, nor than 1000000"
    );
    let nobody = Simulation::new(vec![], two_values([1, 1]), 2).unwrap_err();
    assert_eq!(
        nobody.to_string(),
        "E-PLAN-NONE: found no segment, expected at least one"
    );
    let women = vec![Segment::new([("sex", "woman")], 5, Response::new(1, 2))];
    let error = Simulation::new(women, two_values([1, 1]), 2).unwrap_err();
    assert!(error.to_string().contains("E-QUOTA-PEOPLE"), "{error}");
    let both = ["woman", "man"].map(|sex| Segment::new([("sex", sex)], 5, Response::new(1, 2)));
    let simulation = Simulation::new(both.to_vec(), two_values([1, 1]), 2).unwrap();
    assert_eq!(
        simulation.run(11, 1, || 0).unwrap_err().to_string(),
        "E-INVITE-FEW: found 11 letters for 10 people, expected at most one letter each"
    );
}
