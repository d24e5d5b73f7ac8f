//! The other rules and the greedy draw, on pools of the ten published sizes: the optimisation alone (no spread, no
//! files), ten thousand attempts of LEGACY, and a thousand tickets. Every answer is verified before it is timed, and its
//! certified gap is printed beside the counts of work.

mod pools;

use std::time::Duration;

use criterion::{BatchSize, Criterion, SamplingMode};
use kleroterion::lottery::{DirectLottery, DirectRule, Sources};
use kleroterion::selection::{Gamma, RoundingMethod};
use kleroterion::{Distribution, ErrorKind, Instance, Rule, Selector};

const RULES: [Rule; 5] = [
    Rule::Leximin,
    Rule::Minimax,
    Rule::Goldilocks(Gamma::ONE),
    Rule::Nash,
    Rule::LeastSquares,
];

const SIZES: [&str; 11] = [
    "70/24", "161/44", "239/30", "250/20", "312/35", "321/30", "342/170", "404/40", "825/75",
    "1727/110", "5000/150",
];

/// A hundredth of a per mille: what is asked of the rules with a number is ten times as much.
const MOST_GAP: u64 = 10_000_000;

fn optimum(rule: Rule, instance: &Instance) -> Distribution {
    let selector = Selector::new(rule).spread(0);
    selector.distribution(instance).expect("a lottery")
}

fn rules(criterion: &mut Criterion, name: &str) {
    let instance = pools::instance(name);
    for rule in RULES {
        let distribution = optimum(rule, &instance);
        let objective = distribution.certificate().objective.as_ref();
        let gap = objective.map(|o| o.search.as_ref().map_or(o.gap, |s| s.gap));
        assert!(gap.is_none_or(|gap| gap <= MOST_GAP), "{rule}: {gap:?}");
        let work = distribution.work();
        let lottery = distribution.into_lottery();
        pools::proven(&lottery);
        pools::describe(&format!("{name} {rule}"), work, &lottery);
        println!("  gap {} x 10^-12", gap.unwrap_or_default());
        let mut group = criterion.benchmark_group(rule.to_string().replace(':', " "));
        group.sampling_mode(SamplingMode::Flat).sample_size(10);
        group.bench_function(name, |b| b.iter(|| optimum(rule, &instance)));
        group.finish();
    }
}

/// Panels that so many attempts give.
fn accepted(lottery: &DirectLottery, attempts: u32) -> u32 {
    let (mut left, mut panels, mut number) = (attempts, 0, 0_u32);
    while left > 0 {
        let limited = lottery.clone().attempts(left).expect("at least one");
        let source = Sources::new([format!("throw {number}")]).expect("one text");
        match limited.draw(&source) {
            Ok(draw) => {
                left -= draw.attempts().expect("LEGACY counts them");
                panels += 1;
            }
            Err(error) => {
                assert!(matches!(error.kind(), ErrorKind::AttemptsExhausted { .. }));
                left = 0;
            }
        }
        number += 1;
    }
    panels
}

fn legacy(criterion: &mut Criterion, name: &str) {
    const ATTEMPTS: u32 = 10_000;
    let lottery = DirectRule::Legacy.commit(&pools::instance(name));
    let lottery = lottery.expect("a direct draw");
    let panels = accepted(&lottery, ATTEMPTS);
    println!("{name} legacy: {panels} of {ATTEMPTS} attempts accepted");
    let mut group = criterion.benchmark_group("legacy, 10 000 attempts");
    group.sampling_mode(SamplingMode::Flat).sample_size(10);
    group.bench_function(name, |b| b.iter(|| accepted(&lottery, ATTEMPTS)));
    group.finish();
}

fn tickets(criterion: &mut Criterion, name: &str) {
    const TICKETS: u32 = 1000;
    let distribution = optimum(Rule::Leximin, &pools::instance(name));
    let round = |distribution: Distribution| {
        distribution.rounded(TICKETS, RoundingMethod::SmallestDeviation)
    };
    let lottery = round(distribution.clone()).expect("a list");
    pools::proven(&lottery);
    let rounding = lottery.certificate().rounding.as_ref().expect("stated");
    println!(
        "{name} tickets: largest deviation {} x 10^-12, no list below {:?}; theory {:?}",
        rounding.largest,
        rounding.least.as_ref().map(|least| least.bound),
        rounding.theory
    );
    let mut group = criterion.benchmark_group("1000 tickets, smallest deviation");
    group.sampling_mode(SamplingMode::Flat).sample_size(10);
    group.bench_function(name, |bencher| {
        bencher.iter_batched(|| distribution.clone(), round, BatchSize::LargeInput);
    });
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    SIZES.iter().for_each(|name| rules(&mut criterion, name));
    SIZES[..10]
        .iter()
        .for_each(|name| legacy(&mut criterion, name));
    SIZES[..10]
        .iter()
        .for_each(|name| tickets(&mut criterion, name));
    criterion.final_summary();
}
