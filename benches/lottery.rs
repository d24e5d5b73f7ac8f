//! From an instance to a lottery with the default spread, and what is done with a lottery after that.

mod pools;

use std::time::Duration;

use criterion::{BatchSize, Criterion, SamplingMode};
use kleroterion::lottery::Sources;
use kleroterion::{Distribution, Instance, Rule, audit};

const NAME: &str = "1727/110";

fn spread(criterion: &mut Criterion, name: &str) -> Distribution {
    let instance = pools::instance(name);
    let make = |instance: &Instance| Rule::Leximin.distribution(instance).expect("a lottery");
    let distribution = make(&instance);
    let work = distribution.work();
    let lottery = distribution.clone().into_lottery();
    pools::proven(&lottery);
    pools::describe(name, work, &lottery);
    let mut group = criterion.benchmark_group("lottery");
    group.sampling_mode(SamplingMode::Flat).sample_size(10);
    group.bench_function(format!("spread, {name}"), |bencher| {
        bencher.iter(|| make(&instance));
    });
    group.finish();
    distribution
}

/// A lottery to publish, in both forms; the commitment is made with it.
fn publish(criterion: &mut Criterion, distribution: &Distribution) {
    let mut group = criterion.benchmark_group("lottery");
    group.sample_size(10);
    group.bench_function(format!("into_lottery, {NAME}"), |bencher| {
        bencher.iter_batched(
            || distribution.clone(),
            Distribution::into_lottery,
            BatchSize::LargeInput,
        );
    });
    let lottery = distribution.clone().into_lottery();
    group.bench_function(format!("commitment, {NAME}"), |bencher| {
        bencher.iter(|| lottery.commit().commitment());
    });
    let tickets = |d: Distribution| d.panel_list(1000).expect("1000 tickets");
    pools::proven(&tickets(distribution.clone()));
    group.bench_function(format!("panel_list(1000), {NAME}"), |bencher| {
        bencher.iter_batched(|| distribution.clone(), tickets, BatchSize::LargeInput);
    });
    group.finish();
}

/// A committed lottery, read back: checked, drawn from, written down.
fn draw(criterion: &mut Criterion, distribution: &Distribution) {
    let lottery = distribution.clone().into_lottery();
    let sources = Sources::new(["a public source"]).expect("one text");
    let reopen = || {
        let parts = (lottery.commit().clone(), lottery.record().clone());
        let certificate = lottery.certificate().clone();
        audit::reopen(parts.0, parts.1, certificate, lottery.instance()).expect("a lottery")
    };
    pools::proven(&reopen());
    let mut group = criterion.benchmark_group("lottery");
    group.sample_size(10);
    group.bench_function(format!("draw and transcript, {NAME}"), |bencher| {
        bencher.iter(|| {
            lottery
                .draw(&sources)
                .expect("a draw")
                .transcript()
                .to_json()
        });
    });
    group.bench_function(
        format!("committed lottery to transcript, {NAME}"),
        |bencher| {
            bencher.iter(|| {
                let draw = reopen().draw(&sources).expect("a draw");
                draw.transcript().to_json()
            });
        },
    );
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    let distribution = spread(&mut criterion, NAME);
    spread(&mut criterion, "5000/150");
    publish(&mut criterion, &distribution);
    draw(&mut criterion, &distribution);
    criterion.final_summary();
}
