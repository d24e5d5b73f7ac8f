//! What models of influence imply.

use kleroterion::evidence::simulate::{
    Attention, Course, Influence, Member, Model, Noise, Rounds, Simulation,
};
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::{codes, near};

fn run(simulation: &Simulation, seed: u64) -> Course {
    simulation.run(&mut ChaCha20Rng::seed_from_u64(seed))
}

#[test]
fn published_equilibria() {
    let weights = vec![
        vec![0.5, 0.5, 0.0],
        vec![0.2, 0.6, 0.2],
        vec![0.0, 0.3, 0.7],
    ];
    let influence = Influence::new(weights, vec![0.8, 0.5, 0.9]).unwrap();
    let end = influence.equilibrium(&[0.0, 0.5, 1.0]).unwrap();
    for (x, known) in end.iter().zip([0.329_582_0, 0.494_373_0, 0.631_028_9]) {
        assert!((x - known).abs() < 1e-7, "{x}");
    }
    let far = influence.after(500, &[0.0, 0.5, 1.0]).unwrap();
    end.iter().zip(far).for_each(|(x, far)| near(*x, far));

    let weights = vec![
        vec![0.220, 0.120, 0.360, 0.300],
        vec![0.147, 0.215, 0.344, 0.294],
        vec![0.0, 0.0, 1.0, 0.0],
        vec![0.090, 0.178, 0.446, 0.286],
    ];
    let open = (0..4).map(|i| 1.0 - weights[i][i]).collect();
    let influence = Influence::new(weights, open).unwrap();
    let end = influence.equilibrium(&[25.0, 25.0, 75.0, 85.0]).unwrap();
    for (x, known) in end.iter().zip([60.0208, 59.9840, 75.0, 74.9862]) {
        assert!((x - known).abs() < 5e-5, "{x}");
    }
}

#[test]
fn who_holds_on_to_nothing_has_no_equilibrium() {
    // 0 and 1 listen to each other only; 2 listens to 3, who stays.
    let weights = vec![
        vec![0.5, 0.5, 0.0, 0.0],
        vec![0.5, 0.5, 0.0, 0.0],
        vec![0.0, 0.0, 0.0, 1.0],
        vec![0.0, 0.0, 0.0, 1.0],
    ];
    let influence = Influence::new(weights.clone(), vec![1.0, 1.0, 1.0, 0.0]).unwrap();
    let error = influence.equilibrium(&[0.0; 4]).unwrap_err().to_string();
    assert_eq!(
        error,
        "E-SIM-EQUILIBRIUM: found people [0, 1], who and whose sources hold on to no opinion, expected a path from everybody to somebody with a susceptibility below 1"
    );
    // One of the two holds on a little: that decides for both.
    let influence = Influence::new(weights.clone(), vec![1.0, 0.9, 1.0, 0.0]).unwrap();
    let end = influence.equilibrium(&[8.0, 3.0, 0.0, 5.0]).unwrap();
    end.iter()
        .zip([3.0, 3.0, 5.0, 5.0])
        .for_each(|(x, known)| near(*x, known));
    // DeGroot: the average of the pair, and of nobody else.
    let degroot = Influence::degroot(weights).unwrap();
    assert_eq!(
        degroot.after(1, &[8.0, 3.0, 0.0, 5.0]).unwrap(),
        [5.5, 5.5, 5.0, 5.0]
    );
}

#[test]
fn unfit_matrices_are_all_named() {
    let weights = vec![vec![0.5, 0.4], vec![1.0], vec![-0.5, 1.0, 0.5]];
    let found = codes(Influence::new(weights, vec![1.1]));
    let expected = [
        "E-SIM-LENGTH",
        "E-SIM-LENGTH",
        "E-SIM-WEIGHT",
        "E-SIM-LENGTH",
        "E-SIM-SUSCEPTIBILITY",
    ];
    assert_eq!(found, expected);
    assert_eq!(
        codes(Influence::new(vec![vec![0.5]], vec![1.0])),
        ["E-SIM-WEIGHT"]
    );
    assert_eq!(codes(Influence::degroot(vec![])), ["E-SIM-PEOPLE"]);
    let one = Influence::degroot(vec![vec![1.0]]).unwrap();
    assert_eq!(
        codes(one.after(1, &[f64::NAN, 0.0])),
        ["E-SIM-LENGTH", "E-SIM-OPINION"]
    );
}

#[test]
fn unfit_plans_and_members_are_all_named() {
    let error = Rounds::new(3, vec![vec![vec![0, 1]], vec![vec![0, 3], vec![1, 1]]]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "E-SIM-SEAT round row 2: found member 3 at table 0, expected members from 0 to 2\n\
         E-SIM-SEAT round row 2: found member 1 at tables 1 and 1, expected one seat per member"
    );
    let rounds = Rounds::new(2, vec![]).unwrap();
    let member = Member::new(f64::NAN)
        .susceptibility(2.0)
        .attention(Attention::Others(-1.0))
        .talk(-1.0)
        .leaves(1.5);
    let found = codes(Simulation::new(
        [member],
        rounds,
        Model::BoundedConfidence(-1.0),
    ));
    let expected = [
        "E-SIM-LENGTH",
        "E-SIM-OPINION",
        "E-SIM-SUSCEPTIBILITY",
        "E-SIM-WEIGHT",
        "E-SIM-WEIGHT",
        "E-SIM-LEAVES",
        "E-SIM-CONFIDENCE",
    ];
    assert_eq!(found, expected);
    assert_eq!(codes(Noise::new(-1.0, 0.0..=1.0)), ["E-SIM-NOISE"]);
    assert_eq!(codes(Noise::new(1.0, 1.0..=0.0)), ["E-SIM-NOISE"]);
}

/// The first two rounds of a q × q plan that never seats two people together twice: rows, then columns.
fn across(q: usize) -> Rounds {
    let rows = (0..q)
        .map(|i| (0..q).map(|j| q * i + j).collect())
        .collect();
    let columns = (0..q)
        .map(|j| (0..q).map(|i| q * i + j).collect())
        .collect();
    Rounds::new(q * q, vec![rows, columns]).unwrap()
}

#[test]
fn averaging_over_two_orthogonal_rounds_is_consensus() {
    for q in 2..9_usize {
        // Multiples of q², so that every mean is exact.
        let opinions: Vec<f64> = (0..q * q).map(|i| ((i * 7 % 11) * q * q) as f64).collect();
        let members = opinions.iter().map(|x| Member::new(*x));
        let simulation = Simulation::new(members, across(q), Model::FriedkinJohnsen).unwrap();
        let mean = opinions.iter().sum::<f64>() / (q * q) as f64;
        assert_eq!(run(&simulation, 0).last().opinions, vec![mean; q * q]);
    }
}

#[test]
fn without_rotation_tables_stay_islands() {
    let table = vec![vec![0, 1], vec![2, 3]];
    let rounds = Rounds::new(4, vec![table; 9]).unwrap();
    let members = [0.0, 4.0, 6.0, 10.0].map(Member::new);
    let simulation = Simulation::new(members, rounds, Model::FriedkinJohnsen).unwrap();
    let course = run(&simulation.exchanges(3), 0);
    assert_eq!(course.snapshots.len(), 10);
    assert!(
        course.snapshots[1..]
            .iter()
            .all(|s| s.opinions == [2.0, 2.0, 8.0, 8.0])
    );
    assert_eq!(
        (course.last().mean(), course.last().range()),
        (Some(5.0), Some(6.0))
    );
}

#[test]
fn one_table_is_the_matrix_model() {
    // Attention, talk and susceptibility as a matrix of weights.
    let (opinions, others) = ([1.0, 5.0, 9.0], [0.3, 0.6, 1.0]);
    let (talk, open) = ([1.0, 2.0, 5.0], [0.9, 0.5, 0.8]);
    let member = |i: usize| {
        Member::new(opinions[i])
            .attention(Attention::Others(others[i]))
            .talk(talk[i])
            .susceptibility(open[i])
    };
    let rounds = Rounds::new(3, vec![vec![vec![2, 0, 1]]]).unwrap();
    let simulation = Simulation::new((0..3).map(member), rounds, Model::FriedkinJohnsen).unwrap();
    let weights = (0..3).map(|i| {
        let all: f64 = (0..3).filter(|j| *j != i).map(|j| talk[j]).sum();
        (0..3)
            .map(|j| {
                if i == j {
                    1.0 - others[i]
                } else {
                    others[i] * talk[j] / all
                }
            })
            .collect()
    });
    let influence = Influence::new(weights.collect(), open.to_vec()).unwrap();
    let expected = influence.after(4, &opinions).unwrap();
    let course = run(&simulation.exchanges(4), 0);
    course
        .last()
        .opinions
        .iter()
        .zip(expected)
        .for_each(|(x, known)| near(*x, known));
}

#[test]
fn silent_tables_and_single_seats_change_nothing() {
    let rounds = Rounds::new(4, vec![vec![vec![0, 1], vec![2]]]).unwrap();
    let members = [
        Member::new(1.0).talk(0.0),
        Member::new(2.0).talk(0.0).attention(Attention::Others(0.5)),
        Member::new(3.0).attention(Attention::Others(1.0)),
        Member::new(4.0),
    ];
    let simulation = Simulation::new(members, rounds, Model::FriedkinJohnsen).unwrap();
    assert_eq!(run(&simulation, 0).last().opinions, [1.0, 2.0, 3.0, 4.0]);
}

#[test]
fn who_leaves_is_no_longer_heard() {
    let rounds = Rounds::new(3, vec![vec![vec![0, 1, 2]]]).unwrap();
    let members = [
        Member::new(0.0),
        Member::new(2.0),
        Member::new(100.0).leaves(1.0),
    ];
    let simulation = Simulation::new(members, rounds, Model::FriedkinJohnsen).unwrap();
    let course = run(&simulation, 0);
    assert_eq!(course.last().opinions, [1.0, 1.0, 100.0]);
    assert_eq!(
        (course.last().members.as_slice(), course.last().people()),
        (&[true, true, false][..], 2)
    );
    assert_eq!(
        (course.last().mean(), course.last().deviation()),
        (Some(1.0), Some(0.0))
    );
}

#[test]
fn as_many_leave_as_their_chances_say() {
    // 4 000 people, three rounds, 10 % each: 0.729 of them stay, ± four standard errors.
    let rounds = Rounds::new(4_000, vec![vec![]; 3]).unwrap();
    let members = (0..4_000).map(|_| Member::new(0.0).leaves(0.1));
    let simulation = Simulation::new(members, rounds, Model::BoundedConfidence(1.0)).unwrap();
    let share = run(&simulation, 7).last().people() as f64 / 4_000.0;
    assert!((share - 0.729).abs() < 0.0282, "{share}");
    assert_eq!(run(&simulation, 7), run(&simulation, 7));
    assert_ne!(run(&simulation, 7), run(&simulation, 8));
}

#[test]
fn noise_has_its_deviation_and_its_bounds() {
    let rounds = || Rounds::new(4_000, vec![(0..4_000).map(|m| vec![m]).collect()]).unwrap();
    let members = || (0..4_000).map(|_| Member::new(5.0));
    let simulation = Simulation::new(members(), rounds(), Model::FriedkinJohnsen).unwrap();
    let wide = simulation
        .clone()
        .noise(Noise::new(2.0, -100.0..=100.0).unwrap());
    let end = run(&wide, 3);
    // ± four standard errors: 2/√4000 and 2/√8000.
    assert!((end.last().mean().unwrap() - 5.0).abs() < 0.127);
    assert!((end.last().deviation().unwrap() - 2.0).abs() < 0.09);
    let beyond = end
        .last()
        .opinions
        .iter()
        .filter(|x| (*x - 5.0).abs() > 3.92)
        .count();
    assert!(
        (145..=256).contains(&beyond),
        "{beyond} of 4000 beyond 1.96 deviations"
    ); // 200 ± 4·13.8
    let narrow = simulation.noise(Noise::new(2.0, 4.0..=6.0).unwrap());
    assert!(
        run(&narrow, 3)
            .last()
            .opinions
            .iter()
            .all(|x| (4.0..=6.0).contains(x))
    );
}

fn one_table(opinions: &[f64], bound: f64, exchanges: u32) -> Vec<f64> {
    let rounds = Rounds::new(opinions.len(), vec![vec![(0..opinions.len()).collect()]]).unwrap();
    let members = opinions.iter().map(|x| Member::new(*x));
    let simulation = Simulation::new(members, rounds, Model::BoundedConfidence(bound)).unwrap();
    run(&simulation.exchanges(exchanges), 0)
        .last()
        .opinions
        .clone()
}

#[test]
fn clusters_beyond_the_bound_never_meet() {
    let end = one_table(&[0.0, 1.0, 2.0, 5.0, 6.0, 7.0], 2.5, 50);
    end[..3].iter().for_each(|x| near(*x, 1.0));
    end[3..].iter().for_each(|x| near(*x, 6.0));
    // With the gap within the bound all become one.
    let end = one_table(&[0.0, 1.0, 2.0, 5.0, 6.0, 7.0], 3.0, 200);
    end.iter().for_each(|x| near(*x, 3.5));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_bound_as_wide_as_opinions_gives_the_mean_at_once(opinions in prop::collection::vec(0..100_i32, 1..12)) {
        let opinions: Vec<f64> = opinions.into_iter().map(f64::from).collect();
        let mean = opinions.iter().sum::<f64>() / opinions.len() as f64;
        one_table(&opinions, 100.0, 1).iter().for_each(|x| near(*x, mean));
    }

    #[test]
    fn bounded_confidence_keeps_the_order(opinions in prop::collection::vec(0.0..10.0_f64, 2..12), bound in 0.0..5.0_f64, exchanges in 1..6_u32) {
        let mut opinions = opinions;
        opinions.sort_by(f64::total_cmp);
        let end = one_table(&opinions, bound, exchanges);
        prop_assert!(end.windows(2).all(|pair| pair[0] <= pair[1] + 1e-12));
        prop_assert!(end.iter().all(|x| *x >= opinions[0] - 1e-12 && *x <= opinions[opinions.len() - 1] + 1e-12));
    }

    /// Even attention at tables of any size is doubly stochastic: the mean of the assembly stays.
    #[test]
    fn even_attention_keeps_the_mean(opinions in prop::collection::vec(-50.0..50.0_f64, 12), orders in prop::collection::vec(Just((0..12).collect::<Vec<usize>>()).prop_shuffle(), 1..5), size in 1..7_usize) {
        let plan = orders.iter().map(|order| order.chunks(size).map(<[usize]>::to_vec).collect());
        let rounds = Rounds::new(12, plan.collect()).unwrap();
        let members = opinions.iter().map(|x| Member::new(*x));
        let simulation = Simulation::new(members, rounds, Model::FriedkinJohnsen).unwrap();
        let course = run(&simulation.exchanges(2), 0);
        let mean = course.snapshots[0].mean().unwrap();
        for pair in course.snapshots.windows(2) {
            near(pair[1].mean().unwrap(), mean);
            prop_assert!(pair[1].deviation() <= pair[0].deviation().map(|d| d + 1e-12));
        }
    }

    /// A mixture of permutations as a matrix is doubly stochastic too; and nobody leaves the range of first opinions.
    #[test]
    fn doubly_stochastic_weights_keep_the_mean(opinions in prop::collection::vec(-50.0..50.0_f64, 5), orders in prop::collection::vec(Just(vec![0, 1, 2, 3, 4_usize]).prop_shuffle(), 1..5), steps in 1..8_u32) {
        let share = 1.0 / orders.len() as f64;
        let mut weights = vec![vec![0.0; 5]; 5];
        for order in &orders {
            for (i, &j) in order.iter().enumerate() {
                weights[i][j] += share;
            }
        }
        let after = Influence::degroot(weights).unwrap().after(steps, &opinions).unwrap();
        near(after.iter().sum::<f64>(), opinions.iter().sum::<f64>());
        let range = |v: &[f64]| v.iter().copied().fold(f64::MIN, f64::max) - v.iter().copied().fold(f64::MAX, f64::min);
        prop_assert!(range(&after) <= range(&opinions) + 1e-9);
    }

    /// The equilibrium stays where it is.
    #[test]
    fn an_equilibrium_is_one(weights in prop::collection::vec(prop::collection::vec(1..9_u32, 4), 4), open in prop::collection::vec(0..10_u32, 4), opinions in prop::collection::vec(-50.0..50.0_f64, 4)) {
        let row = |row: &Vec<u32>| {
            let sum: u32 = row.iter().sum();
            row.iter().map(|w| f64::from(*w) / f64::from(sum)).collect::<Vec<f64>>()
        };
        let rows: Vec<Vec<f64>> = weights.iter().map(row).collect();
        let open: Vec<f64> = open.iter().map(|o| f64::from(*o) / 10.0).collect();
        let end = Influence::new(rows.clone(), open.clone()).unwrap().equilibrium(&opinions).unwrap();
        for i in 0..4 {
            let heard: f64 = rows[i].iter().zip(&end).map(|(w, x)| w * x).sum();
            near(open[i] * heard + (1.0 - open[i]) * opinions[i], end[i]);
        }
    }
}
