//! The alternates to keep ready: against every set there is, against sums by hand, and against what organisers do.

mod households;

use kleroterion::assembly::{Alternates, DropoutModel, DropoutSamples, Loss, PastMember};
use kleroterion::lottery::{Sources, Stream};
use kleroterion::{Instance, Pool, Quotas, Rule};

const LOSSES: [Loss; 3] = [Loss::L1, Loss::Binary, Loss::Below];

fn stream(number: u8) -> Stream {
    Stream::from_key([number; 32])
}

/// Features with values, each with its quota.
type Shape<'a> = &'a [(&'a str, &'a [(&'a str, u32, u32)])];

fn instance(shape: Shape<'_>, people: &[Vec<usize>], size: u32) -> Instance {
    let mut quotas = Quotas::builder();
    for (feature, values) in shape {
        quotas = quotas.feature(feature);
        for &(value, min, max) in *values {
            quotas = quotas.value(value, min..=max);
        }
    }
    let mut pool = Pool::builder();
    for (number, person) in people.iter().enumerate() {
        let values = person.iter().zip(shape);
        let values: Vec<(&str, &str)> = values.map(|(&v, (f, values))| (*f, values[v].0)).collect();
        pool = pool.person(format!("p{number:03}"), values);
    }
    Instance::new(pool.build().unwrap(), quotas.build().unwrap(), size).unwrap()
}

const SMALL: Shape<'_> = &[
    ("age", &[("young", 2, 2), ("old", 2, 3)]),
    ("sex", &[("woman", 2, 2), ("man", 2, 3)]),
];

/// Five members and five candidates of four kinds.
fn small() -> (Instance, Vec<String>, Vec<String>) {
    let kinds = [
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 1),
        (1, 1),
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 1),
        (1, 1),
    ];
    let people: Vec<Vec<usize>> = kinds.iter().map(|&(a, s)| vec![a, s]).collect();
    let ids: Vec<String> = (0..10).map(|n| format!("p{n:03}")).collect();
    (
        instance(SMALL, &people, 5),
        ids[..5].to_vec(),
        ids[5..].to_vec(),
    )
}

#[test]
fn no_set_is_better_than_the_proven_one() {
    let (instance, panel, others) = small();
    let drawn = Alternates::new(&instance, &panel, &others).unwrap();
    let model = DropoutModel::constant(0.3)
        .unwrap()
        .with_factor("age", "young", 0.6)
        .unwrap();
    for seed in 0..6 {
        let samples = DropoutSamples::draw(&drawn, &model, 6, &mut stream(seed)).unwrap();
        for loss in LOSSES {
            for most in 0..=3_usize {
                let best = samples.best(most, loss).unwrap();
                let sets = (0_u32..32).filter(|set| set.count_ones() as usize <= most);
                let losses = sets.map(|set| {
                    let ids: Vec<&String> = (0..5)
                        .filter(|at| set >> at & 1 == 1)
                        .map(|at| &others[at])
                        .collect();
                    samples.expected_loss(&ids, loss).unwrap()
                });
                let least = losses.fold(f64::INFINITY, f64::min);
                assert!(
                    (best.loss - least).abs() < 1e-9,
                    "{seed} {loss:?} {most}: {best:?}, least {least}"
                );
                assert!(best.is_proven(), "{seed} {loss:?} {most}: {best:?}");
                assert!(best.ids.len() <= most);
                let again = samples.expected_loss(&best.ids, loss).unwrap();
                assert!((again - best.loss).abs() < 1e-12);
            }
        }
    }
}

#[test]
fn nobody_leaves_nothing_is_lost_and_everybody_leaves_all_is() {
    let (instance, panel, others) = small();
    let drawn = Alternates::new(&instance, &panel, &others).unwrap();
    for (chance, l1, binary) in [
        (0.0, 0.0, 0.0),
        (1.0, 1.0 + 2.0 / 3.0 + 1.0 + 2.0 / 3.0, 1.0),
    ] {
        let model = DropoutModel::constant(chance).unwrap();
        let samples = DropoutSamples::draw(&drawn, &model, 10, &mut stream(1)).unwrap();
        let none: [&str; 0] = [];
        for (loss, expected) in [(Loss::L1, l1), (Loss::Below, l1), (Loss::Binary, binary)] {
            let found = samples.expected_loss(&none, loss).unwrap();
            assert!((found - expected).abs() < 1e-12, "{loss:?} {found}");
        }
        // All five candidates together meet every quota.
        assert_eq!(samples.best(5, Loss::L1).unwrap().loss, 0.0);
    }
}

#[test]
fn the_expected_loss_is_that_of_the_closed_form() {
    // One woman and one man, each must be there; each leaves with 1/4. With a woman ready: lost is 1/1 when the man leaves, and she
    // does not help then (with her the women would be too many), so the loss is 1/4; without her 1/2.
    let shape: Shape<'_> = &[("sex", &[("woman", 1, 1), ("man", 1, 1)])];
    let instance = instance(shape, &[vec![0], vec![1], vec![0]], 2);
    let drawn = Alternates::new(&instance, &["p000", "p001"], &["p002"]).unwrap();
    let model = DropoutModel::constant(0.25).unwrap();
    let samples = DropoutSamples::draw(&drawn, &model, 40_000, &mut stream(2)).unwrap();
    let none: [&str; 0] = [];
    // Standard deviations are below 0.0031; five of them.
    for (loss, without, with) in [
        (Loss::L1, 0.5, 0.25),
        (Loss::Below, 0.5, 0.25),
        (Loss::Binary, 7.0 / 16.0, 0.25),
    ] {
        let found = samples.expected_loss(&none, loss).unwrap();
        assert!((found - without).abs() < 0.016, "{loss:?} {found}");
        let found = samples.expected_loss(&["p002"], loss).unwrap();
        assert!((found - with).abs() < 0.016, "{loss:?} {found}");
    }
    // 2 * 2 * sqrt(ln(2 * 1 / 0.05) / 80000), ln 40 = 3.68888: one set of one candidate, losses up to 2.
    let bound = samples.sample_bound(1, Loss::L1, 0.05);
    assert!((bound - 4.0 * (3.688_879_454_113_936_f64 / 80_000.0).sqrt()).abs() < 1e-12);
}

#[test]
fn a_fit_finds_the_factors_and_the_ridge_holds_rare_values_back() {
    let mut random = stream(3);
    let mut past = Vec::new();
    for number in 0..6000 {
        let (age, sex) = (
            ["young", "old"][number % 2],
            ["woman", "man"][number / 2 % 2],
        );
        let stays = 0.9 * [0.7, 1.0][number % 2] * [1.0, 0.8][number / 2 % 2];
        let dropped = random.below(1_000_000) as f64 >= stays * 1e6;
        past.push(PastMember {
            values: vec![("age".into(), age.into()), ("sex".into(), sex.into())],
            dropped,
        });
    }
    let model = DropoutModel::fit(&past, 1e-3).unwrap();
    for (age, sex, stays) in [
        ("young", "woman", 0.63),
        ("old", "woman", 0.9),
        ("young", "man", 0.504),
        ("old", "man", 0.72),
    ] {
        let found = 1.0 - model.chance([("age", age), ("sex", sex)]);
        assert!((found - stays).abs() < 0.03, "{age} {sex}: {found}");
    }
    // Two people of a rare value, both gone: without much penalty the factor is near its floor, with one it stays away from it.
    for _ in 0..2 {
        past.push(PastMember {
            values: vec![("age".into(), "rare".into())],
            dropped: true,
        });
    }
    let loose = DropoutModel::fit(&past, 1e-3)
        .unwrap()
        .factor("age", "rare");
    let held = DropoutModel::fit(&past, 3.0).unwrap().factor("age", "rare");
    assert!(loose < 0.05 && held > 0.4, "{loose} {held}");
}

#[test]
fn unfit_input_is_told() {
    let (instance, panel, others) = small();
    let drawn = Alternates::new(&instance, &panel, &others).unwrap();
    let model = DropoutModel::constant(0.2).unwrap();
    let code = |error: kleroterion::Error| error.problems()[0].code.clone();
    assert_eq!(
        code(DropoutModel::constant(1.2).unwrap_err()),
        "E-DROPOUT-RATE"
    );
    assert_eq!(
        code(DropoutModel::constant(f64::NAN).unwrap_err()),
        "E-DROPOUT-RATE"
    );
    assert_eq!(
        code(model.clone().with_factor("age", "old", -0.1).unwrap_err()),
        "E-DROPOUT-RATE"
    );
    assert_eq!(
        code(DropoutModel::fit(&[], 1.0).unwrap_err()),
        "E-DROPOUT-PAST"
    );
    let none = DropoutSamples::draw(&drawn, &model, 0, &mut stream(4)).unwrap_err();
    assert_eq!(
        none.to_string(),
        "E-DROPOUT-SAMPLES: found 0 samples, expected at least one"
    );
    let samples = DropoutSamples::draw(&drawn, &model, 3, &mut stream(4)).unwrap();
    assert_eq!(
        code(samples.best(17, Loss::L1).unwrap_err()),
        "E-ALTERNATE-COUNT"
    );
    assert_eq!(
        code(samples.expected_loss(&["zz"], Loss::L1).unwrap_err()),
        "E-ALTERNATE-ID"
    );
}

const LARGE: Shape<'_> = &[
    ("sex", &[("woman", 18, 18), ("man", 18, 18)]),
    (
        "age",
        &[
            ("16-29", 8, 9),
            ("30-44", 9, 10),
            ("45-59", 9, 10),
            ("60+", 8, 9),
        ],
    ),
    (
        "school",
        &[("short", 9, 10), ("middle", 15, 16), ("long", 10, 11)],
    ),
    (
        "area",
        &[
            ("north", 8, 9),
            ("south", 12, 13),
            ("east", 7, 8),
            ("west", 7, 8),
        ],
    ),
];

/// A pool of 200, values at random, and the model that people follow: about six of 36 members leave, as many as there are alternates.
fn large(seed: u8) -> (Instance, DropoutModel) {
    let mut random = stream(seed);
    let people: Vec<Vec<usize>> = (0..200)
        .map(|_| {
            LARGE
                .iter()
                .map(|(_, v)| random.below(v.len() as u64) as usize)
                .collect()
        })
        .collect();
    let model = [
        ("age", "16-29", 0.75),
        ("school", "short", 0.85),
        ("area", "east", 0.85),
        ("sex", "man", 0.97),
    ]
    .iter()
    .fold(DropoutModel::constant(0.02).unwrap(), |m, &(f, v, b)| {
        m.with_factor(f, v, b).unwrap()
    });
    (instance(LARGE, &people, 36), model)
}

#[test]
fn the_best_six_beat_practice_out_of_sample_by_thirty_percent() {
    let (mut ours, mut practice, mut greedy, mut equal) = (0.0, 0.0, 0.0, 0.0);
    for seed in 10..13 {
        let (instance, model) = large(seed);
        let lottery = Rule::Leximin
            .distribution(&instance)
            .unwrap()
            .into_lottery();
        let draw = lottery.draw(&Sources::new(["7"]).unwrap()).unwrap();
        let drawn = Alternates::new(&instance, draw.panel(), draw.alternates()).unwrap();
        let mut random = stream(seed + 100);
        let train = DropoutSamples::draw(&drawn, &model, 300, &mut random).unwrap();
        let test = DropoutSamples::draw(&drawn, &model, 1000, &mut random).unwrap();
        let best = train.best(6, Loss::L1).unwrap();
        assert!(
            best.bound <= best.loss && best.bound > 0.0 || best.loss == 0.0,
            "{best:?}"
        );
        let average = DropoutModel::constant(drawn.average_chance(&model)).unwrap();
        let alike = DropoutSamples::draw(&drawn, &average, 300, &mut random).unwrap();
        let score = |ids: &[String]| test.expected_loss(ids, Loss::L1).unwrap();
        println!(
            "{seed}: in sample {:.4}, bound {:.4}, sample bound {:.3}",
            best.loss,
            best.bound,
            train.sample_bound(6, Loss::L1, 0.05)
        );
        ours += score(&best.ids);
        equal += score(&alike.best(6, Loss::L1).unwrap().ids);
        greedy += score(&drawn.nearest_to_likely(&model, 6));
        for _ in 0..5 {
            let ids = test.quota_practice(6, &mut random);
            assert_eq!(ids.len(), 6);
            practice += score(&ids) / 5.0;
        }
    }
    println!(
        "three panels: best {ours:.4}, equal chances {equal:.4}, greedy {greedy:.4}, practice {practice:.4}"
    );
    assert!(ours <= 0.7 * practice, "{ours} {practice}");
}
