//! The kernel (simplex, pricing by exact search, decomposition) is private to the crate, so it is measured through the
//! shortest public path, with no spread: three instances whose time goes into different parts of it. Divide the times
//! by the counts printed before them.

mod pools;

use std::time::Duration;

use criterion::{Criterion, SamplingMode};
use kleroterion::{Distribution, ErrorKind, Instance, Result, Rule, Selector};

fn solve(rule: Rule, instance: &Instance) -> Result<Distribution> {
    Selector::new(rule).spread(0).distribution(instance)
}

/// Few columns: setting up and the first levels.
fn tiny(criterion: &mut Criterion) {
    measure(criterion, "set-up, 70/24", "70/24");
}

/// Many columns: pivots of the simplex.
fn wide(criterion: &mut Criterion) {
    measure(criterion, "pivots, 5000/150", "5000/150");
}

/// Every quota exact: no slack anywhere, so degenerate pivots and few panels that fit.
fn exact(criterion: &mut Criterion) {
    measure(criterion, "no slack, 360/30 exact", "360/30 exact");
}

fn measure(criterion: &mut Criterion, title: &str, name: &str) {
    let instance = pools::instance(name);
    let distribution = solve(Rule::Leximin, &instance).expect("a lottery");
    let work = distribution.work();
    let lottery = distribution.into_lottery();
    pools::proven(&lottery);
    pools::describe(name, work, &lottery);
    let mut group = criterion.benchmark_group("kernel");
    group.sampling_mode(SamplingMode::Flat).sample_size(10);
    group.bench_function(title, |bencher| {
        bencher.iter(|| solve(Rule::Leximin, &instance));
    });
    group.finish();
}

/// A work limit of nothing: what is done before the first pivot, and how soon the limit is noticed.
fn limited(criterion: &mut Criterion) {
    let instance = pools::instance("5000/150");
    let attempt = || {
        Selector::new(Rule::Leximin)
            .spread(0)
            .work_limit(1)
            .distribution(&instance)
    };
    let error = attempt().expect_err("one unit of work is not enough");
    assert!(matches!(error.kind(), ErrorKind::LimitReached { .. }));
    let mut group = criterion.benchmark_group("kernel");
    group.sample_size(10);
    group.bench_function("one unit of work, 5000/150", |b| b.iter(attempt));
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    tiny(&mut criterion);
    wide(&mut criterion);
    exact(&mut criterion);
    limited(&mut criterion);
    criterion.final_summary();
}
