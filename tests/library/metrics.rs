//! Figures against values worked out by hand, or by another program.

use kleroterion::metrics::{self, PairShares};
use kleroterion::selection::manipulation_gain;
use kleroterion::{Error, ErrorKind, Instance, Pool, Quotas, Ratio, Rule};

fn near(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "{found} is not {expected}"
    );
}

fn ratios(numbers: &[(u64, u64)]) -> Vec<Ratio> {
    numbers.iter().map(|&(a, b)| Ratio::new(a, b)).collect()
}

/// Seven people for three seats, for whom every rule has other chances.
fn crossroads() -> Instance {
    let quotas = Quotas::builder()
        .feature("f")
        .value("a", 0..=2)
        .value("b", 1..=2)
        .feature("g")
        .value("x", 1..=2)
        .value("y", 1..=2)
        .feature("h")
        .value("u", 1..=1)
        .value("v", 1..=2);
    let people = ["axu", "bxv", "bxu", "ayv", "ayv", "axv", "axv"];
    let person = |pool: kleroterion::pool::PoolBuilder, (id, values): (usize, &&str)| {
        pool.person(
            format!("p{id}"),
            [
                ("f", &values[..1]),
                ("g", &values[1..2]),
                ("h", &values[2..]),
            ],
        )
    };
    let pool = people.iter().enumerate().fold(Pool::builder(), person);
    Instance::new(pool.build().unwrap(), quotas.build().unwrap(), 3).unwrap()
}

/// Leximin of [`crossroads`], by enumeration of its nine panels.
const LEXIMIN: [(u64, u64); 7] = [(1, 3), (1, 3), (2, 3), (1, 2), (1, 2), (1, 3), (1, 3)];
/// Nash of [`crossroads`].
const NASH: [(u64, u64); 7] = [(2, 5), (2, 5), (3, 5), (1, 2), (1, 2), (3, 10), (3, 10)];

#[test]
fn figures_of_the_crossroads_by_hand() {
    let leximin = ratios(&LEXIMIN);
    // Ascending thirds: 2 2 2 2 3 3 4 (in sixths), factors −6 −4 −2 0 2 4 6 add up to 18; 18/(7·18) = 1/7.
    near(metrics::gini(&leximin), 1.0 / 7.0, 1e-15);
    // 4/9 + 2/4 + 4/9
    near(
        metrics::sum_of_squares(&leximin),
        4.0 / 9.0 + 0.5 + 4.0 / 9.0,
        1e-15,
    );
    // (7/3)·(2/3) + (3/7)/(1/3)
    near(
        metrics::goldilocks(&leximin, 3, 1.0).unwrap(),
        14.0 / 9.0 + 9.0 / 7.0,
        1e-15,
    );
    near(
        metrics::geometric_mean(&leximin),
        libm::pow(2.0 / 3.0 / 4.0 / 81.0, 1.0 / 7.0),
        1e-15,
    );
    let nash = ratios(&NASH);
    near(
        metrics::mean_log(&nash).unwrap(),
        libm::log(metrics::geometric_mean(&nash)),
        1e-14,
    );
    assert!(metrics::geometric_mean(&nash) > metrics::geometric_mean(&leximin));
    // Two people have 3/10 < 1/3.
    assert_eq!(
        metrics::share_below(&nash, Ratio::new(1, 3)),
        Ratio::new(2, 7)
    );
    let apart = metrics::distances(&leximin, &nash).unwrap();
    // 1/15 three times, 1/30 twice
    near(apart.seats, (3.0 / 15.0 + 2.0 / 30.0) / 2.0, 1e-15);
    near(apart.largest, 1.0 / 15.0, 1e-15);
    near(apart.mean_squared, (3.0 / 225.0 + 2.0 / 900.0) / 7.0, 1e-15);
    near(
        apart.euclidean * apart.euclidean,
        3.0 / 225.0 + 2.0 / 900.0,
        1e-15,
    );
}

#[test]
fn goldilocks_has_its_closed_form_at_the_crossroads() {
    // The optimum 2√2 at min 3/(7√2), max 6/(7√2); chances near enough to it, the others in between.
    let unit = 1e-15;
    let ratio = |value: f64| Ratio::new((value / unit) as u64, 1_000_000_000_000_000);
    let (low, high) = (3.0 / (7.0 * 2.0_f64.sqrt()), 6.0 / (7.0 * 2.0_f64.sqrt()));
    let chances = [ratio(low), ratio(0.5), ratio(high)];
    let seven: Vec<Ratio> = chances.iter().copied().chain([ratio(0.5); 4]).collect();
    near(
        metrics::goldilocks(&seven, 3, 1.0).unwrap(),
        8.0_f64.sqrt(),
        1e-12,
    );
}

#[test]
fn gini_is_that_of_the_paper() {
    // Σ (2i − n + 1)·p₍ᵢ₎ / (n·k), i from 0: the paper divides by n·k, and the chances add up to k.
    let nash = ratios(&NASH);
    let mut sorted: Vec<f64> = nash.iter().map(|p| p.to_f64()).collect();
    sorted.sort_by(f64::total_cmp);
    let sum: f64 = (0..7)
        .map(|i| (2.0 * i as f64 - 7.0 + 1.0) * sorted[i])
        .sum();
    near(metrics::gini(&nash), sum / (7.0 * 3.0), 1e-15);
    // Published: a pool of 200 in which everybody has 10 % has a Gini coefficient of 0.
    near(metrics::gini(&vec![Ratio::new(20, 200); 200]), 0.0, 1e-15);
}

#[test]
fn jeffreys_bounds_agree_with_another_program() {
    // Quantiles of Beta(s + 1/2, N − s + 1/2) to 20 digits by arbitrary-precision arithmetic.
    for (hits, draws, level, bound) in [
        (0, 10_000, 0.99, 0.000_331_681_517_824_007_6),
        (1, 10_000, 0.99, 0.000_567_096_658_782_452_4),
        (12, 10_000, 0.99, 0.002_214_524_701_589_452),
        (5_000, 10_000, 0.99, 0.511_629_875_119_035_6),
        (9_999, 10_000, 0.99, 0.999_994_258_282_842_4),
        (10_000, 10_000, 0.99, 0.999_999_992_145_805_8),
        (0, 1, 0.5, 0.163_193_985_408_392_6),
        (3, 7, 0.95, 0.719_181_940_933_078_9),
        (0, 1_000, 0.975, 0.002_508_164_341_422_282_5),
    ] {
        let found = metrics::jeffreys_upper(hits, draws, level).unwrap();
        near(found / bound, 1.0, 1e-9);
    }
    // The paper's table: a person never drawn in 10 000 draws is listed as "at most 0.03 %".
    assert_eq!(
        format!(
            "{:.2}",
            100.0 * metrics::jeffreys_upper(0, 10_000, 0.99).unwrap()
        ),
        "0.03"
    );
}

#[test]
fn more_hits_and_higher_levels_give_higher_bounds() {
    let bound = |hits, level| metrics::jeffreys_upper(hits, 50, level).unwrap();
    for hits in 0..50 {
        assert!(bound(hits, 0.99) < bound(hits + 1, 0.99));
        assert!(bound(hits, 0.9) < bound(hits, 0.99));
        // Symmetry: the upper bound of hits is one minus the lower bound of misses.
        near(bound(hits, 0.9), 1.0 - bound(50 - hits, 1.0 - 0.9), 1e-12);
    }
}

#[test]
fn intersections_of_the_crossroads_by_hand() {
    let instance = crossroads();
    let report = metrics::intersections(&instance, &ratios(&LEXIMIN), None);
    assert_eq!(report.cells.len(), 3 * 4);
    // f × g: ax 3 people 1/3 each, ay 2 people 1/2 each, bx 1/3 + 2/3, by nobody
    let seats: Vec<_> = report.cells[..4]
        .iter()
        .map(|c| (c.people, c.exact_seats.unwrap()))
        .collect();
    let expected = [
        (3, Ratio::new(1, 1)),
        (2, Ratio::new(1, 1)),
        (2, Ratio::new(1, 1)),
        (0, Ratio::new(0, 1)),
    ];
    assert_eq!(seats, expected);
    let of_pair = |from: usize| {
        report.cells[from..from + 4]
            .iter()
            .map(|c| c.seats)
            .sum::<f64>()
    };
    for from in [0, 4, 8] {
        near(of_pair(from), 3.0, 1e-15);
    }
    // f × h: au 1/3, av 2·1/2 + 2·1/3, bu 2/3, bv 1/3; g × h: xu 1, xv 1/3 + 2/3, yu 0, yv 1
    let panel = [3.0, 3.0, 3.0, 0.0, 1.0, 5.0, 2.0, 1.0, 3.0, 3.0, 0.0, 3.0]; // in ninths
    let pool = [3.0, 2.0, 2.0, 0.0, 1.0, 4.0, 1.0, 1.0, 2.0, 3.0, 0.0, 2.0];
    // Midpoints: a 1, b 3/2, x 3/2, y 3/2, u 1, v 3/2, each over 3 seats
    let (a, b, x, y, u, v) = (2.0, 3.0, 3.0, 3.0, 2.0, 3.0);
    let product = [
        a * x,
        a * y,
        b * x,
        b * y,
        a * u,
        a * v,
        b * u,
        b * v,
        x * u,
        x * v,
        y * u,
        y * v,
    ];
    let (mut from_pool, mut from_product) = (0.0, 0.0);
    for cell in 0..12 {
        let share = panel[cell] / 9.0;
        near(report.cells[cell].panel_share, share, 1e-15);
        from_pool += (share - pool[cell] / 7.0).powi(2);
        from_product += (share - product[cell] / 36.0).powi(2);
    }
    near(report.error_pool, from_pool / 12.0, 1e-15);
    near(report.error_product, from_product / 12.0, 1e-15);
    assert_eq!(report.error_population, None);
}

#[test]
fn a_population_that_is_the_panel_has_no_error() {
    let instance = crossroads();
    let chances = ratios(&LEXIMIN);
    let third = Ratio::new(1, 3);
    let cells = [
        (["f", "a", "g", "x"], third),
        (["g", "y", "f", "a"], third),
        (["f", "b", "G", " X "], third),
    ];
    let shares = PairShares::new(&instance, cells).unwrap();
    let report = metrics::intersections(&instance, &chances, Some(&shares));
    near(report.error_population.unwrap(), 0.0, 1e-30);
    assert_eq!(
        report.cells[3].population_share,
        Some(0.0),
        "left out of a pair that is given"
    );
    assert_eq!(
        report.cells[4].population_share, None,
        "of a pair that is not given"
    );
    // One third off in one of four cells, and one in another.
    let moved = [
        (["f", "a", "g", "x"], Ratio::new(2, 3)),
        (["f", "a", "g", "y"], third),
    ];
    let moved = PairShares::new(&instance, moved).unwrap();
    let report = metrics::intersections(&instance, &chances, Some(&moved));
    near(report.error_population.unwrap(), 2.0 / 9.0 / 4.0, 1e-15);
}

#[test]
fn two_lotteries_differ_by_their_cells() {
    let instance = crossroads();
    let [leximin, nash] =
        [LEXIMIN, NASH].map(|c| metrics::intersections(&instance, &ratios(&c), None));
    assert_eq!(leximin.error_from(&leximin), Some(0.0));
    let sum: f64 = leximin
        .cells
        .iter()
        .zip(&nash.cells)
        .map(|(a, b)| (a.panel_share - b.panel_share).powi(2))
        .sum();
    near(leximin.error_from(&nash).unwrap(), sum / 12.0, 1e-18);
    assert!(sum > 0.0);
}

#[test]
fn every_wrong_share_is_told_at_once() {
    let instance = crossroads();
    let half = Ratio::new(1, 2);
    let texts = |result: Result<PairShares, Error>| result.unwrap_err().to_string();
    let cells = [
        (["f", "a", "g", "x"], half),
        (["g", "x", "f", "a"], half),
        (["f", "a", "f", "b"], half),
        (["f", "c", "k", "x"], half),
    ];
    assert_eq!(
        texts(PairShares::new(&instance, cells)),
        "E-SHARE-TWICE: found a share for a pair of values that has one already, expected every pair of values once\n\
         E-SHARE-SAME: found \"f\" twice, expected two different features\n\
         E-SHARE-VALUE: found \"f\" = \"c\", expected a feature and a value that have a quota\n\
         E-SHARE-VALUE: found \"k\" = \"x\", expected a feature and a value that have a quota"
    );
    assert_eq!(
        texts(PairShares::new(&instance, [(["f", "a", "g", "x"], half)])),
        "E-SHARE-SUM: found shares of \"f\" and \"g\" that add up to 0.5000, expected a sum of 1"
    );
}

#[test]
fn ratio_products_of_the_crossroads_by_hand() {
    // a 5/7 over 1/3, b 2/7 over 1/2, x 5/7 over 1/2, y 2/7 over 1/2, u 2/7 over 1/3, v 5/7 over 1/2
    let (a, b, x, y, u, v) = (
        15.0 / 7.0,
        4.0 / 7.0,
        10.0 / 7.0,
        4.0 / 7.0,
        6.0 / 7.0,
        10.0 / 7.0,
    );
    let products = metrics::ratio_products(&crossroads());
    for (found, expected) in
        products
            .iter()
            .zip([a * x * u, b * x * v, b * x * u, a * y * v, a * y * v])
    {
        near(*found, expected, 1e-14);
    }
}

fn leximin(instance: &Instance) -> kleroterion::Result<Vec<Ratio>> {
    Ok(Rule::Leximin.distribution(instance)?.probabilities())
}

/// Two seats, one each for old and young, and one each for women and men; the only young man is in every other panel.
#[test]
fn claiming_to_be_rare_gains_what_leximin_gives_the_rare() {
    let quotas = Quotas::builder()
        .feature("age")
        .value("old", 1..=1)
        .value("young", 1..=1)
        .feature("sex")
        .value("man", 1..=1)
        .value("woman", 1..=1);
    let people = [
        ("p1", "old", "woman"),
        ("p2", "old", "woman"),
        ("p3", "old", "woman"),
        ("p4", "young", "man"),
    ];
    let person = |pool: kleroterion::pool::PoolBuilder, (id, age, sex): &(&str, &str, &str)| {
        pool.person(*id, [("age", *age), ("sex", *sex)])
    };
    let pool = people.iter().fold(Pool::builder(), person).build().unwrap();
    let instance = Instance::new(pool, quotas.build().unwrap(), 2).unwrap();
    // Before: each woman 1/3. One of them claims to be a young man: two young men share a seat, 1/2 each.
    let gain = manipulation_gain(&instance, 10, leximin).unwrap();
    near(gain.before, 1.0 / 3.0, 1e-11);
    near(gain.after, 0.5, 1e-11);
    near(gain.largest.unwrap(), 1.0 / 6.0, 1e-11);
    assert_eq!((gain.tried, gain.profiles, gain.impossible), (1, 1, 0));
    let none = manipulation_gain(&instance, 0, leximin).unwrap();
    assert_eq!((none.largest, none.tried, none.profiles), (None, 0, 1));
}

#[test]
fn a_claim_that_leaves_no_panel_is_counted_apart() {
    let quotas = Quotas::builder()
        .feature("f")
        .value("x", 2..=2)
        .value("y", 0..=3)
        .value("z", 0..=1);
    let people = [("p1", "x"), ("p2", "x"), ("p3", "y"), ("p4", "z")];
    let pool = people.iter().fold(Pool::builder(), |pool, (id, value)| {
        pool.person(*id, [("f", *value)])
    });
    let instance = Instance::new(pool.build().unwrap(), quotas.build().unwrap(), 3).unwrap();
    // y is wanted most: 1/4 of the pool for (0 + 3)/2 of 3 seats. Without p1 or p2 two x cannot sit. p4 gains nothing.
    let gain = manipulation_gain(&instance, 10, leximin).unwrap();
    assert_eq!((gain.tried, gain.impossible, gain.profiles), (2, 1, 2));
    near(gain.largest.unwrap(), 0.0, 1e-11);
    // Errors other than "no panel" are the caller's to know.
    let stopped = |_: &Instance| Err(ErrorKind::Cancelled.into());
    let error = manipulation_gain(&instance, 10, stopped).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Cancelled));
}

/// A joint quota is no feature that anybody answers: it has no cells of its own, and nobody can claim it.
#[test]
fn joint_quotas_are_left_out() {
    let plain = |joint: bool| {
        let quotas = Quotas::builder()
            .feature("age")
            .value("old", 1..=2)
            .value("young", 1..=2)
            .feature("sex")
            .value("man", 1..=2)
            .value("woman", 1..=2);
        let quotas = if joint {
            quotas.feature("age × sex").value("young × man", 0..=1)
        } else {
            quotas
        };
        let people = [
            "old man",
            "old woman",
            "young man",
            "old woman",
            "old man",
            "young woman",
        ];
        let person = |pool: kleroterion::pool::PoolBuilder, (id, values): (usize, &&str)| {
            let (age, sex) = values.split_once(' ').unwrap();
            pool.person(format!("p{id}"), [("age", age), ("sex", sex)])
        };
        let pool = people.iter().enumerate().fold(Pool::builder(), person);
        Instance::new(pool.build().unwrap(), quotas.build().unwrap(), 3).unwrap()
    };
    let (with, without) = (plain(true), plain(false));
    assert_eq!((with.features().len(), without.features().len()), (3, 2));
    assert_eq!(
        metrics::ratio_products(&with),
        metrics::ratio_products(&without)
    );
    let chances = vec![Ratio::new(1, 2); 6];
    let [one, other] =
        [&with, &without].map(|instance| metrics::intersections(instance, &chances, None));
    assert_eq!(
        (one.cells.len(), one.error_pool, one.error_product),
        (4, other.error_pool, other.error_product)
    );
    let names = |instance: &Instance, quotas: [u32; 2]| {
        quotas.map(|q| instance.quotas()[q as usize].value.clone())
    };
    for (a, b) in one.cells.iter().zip(&other.cells) {
        assert_eq!(
            (names(&with, a.quotas), a.people),
            (names(&without, b.quotas), b.people)
        );
    }
    // Young is wanted most; between the sexes, as many of each, the first: a young man. The two old women and the young
    // woman can claim that, and the two old men: three profiles.
    let gain = manipulation_gain(&with, 10, leximin).unwrap();
    assert_eq!((gain.tried, gain.profiles, gain.impossible), (3, 3, 0));
    assert_eq!(gain.claimed.len(), 2);
    assert_eq!(
        names(&with, [gain.claimed[0], gain.claimed[1]]),
        ["young", "man"]
    );
    let cells = [(["age × sex", "young × man", "age", "old"], Ratio::new(1, 1))];
    assert!(PairShares::new(&with, cells).is_err());
}

#[test]
fn a_gain_shows_nobodys_values() {
    let gain = manipulation_gain(&crossroads(), 3, leximin).unwrap();
    let text = format!("{gain:?}");
    assert!(
        text.contains("tried: 3") && text.contains("profiles:"),
        "{text}"
    );
    assert!(
        !text.contains("from") && !text.contains("claimed"),
        "{text}"
    );
}
