//! The optimisation alone: from an instance to exact leximin chances, a mixture of compositions and the certificate, no
//! spread and no files. Set `KLEROTERION_BENCH_BIG` to measure 100 000 people too.

mod pools;

use std::env;
use std::time::Duration;

use criterion::{Criterion, SamplingMode};
use kleroterion::{Distribution, Instance, Rule, Selector};

fn optimum(instance: &Instance) -> Distribution {
    Selector::new(Rule::Leximin)
        .spread(0)
        .distribution(instance)
        .expect("a lottery")
}

fn measure(criterion: &mut Criterion, name: &str) {
    let instance = pools::instance(name);
    let distribution = optimum(&instance);
    let work = distribution.work();
    let lottery = distribution.into_lottery();
    pools::proven(&lottery);
    pools::describe(name, work, &lottery);
    let mut group = criterion.benchmark_group("leximin");
    group.sampling_mode(SamplingMode::Flat).sample_size(10);
    group.bench_function(name, |bencher| bencher.iter(|| optimum(&instance)));
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    for name in ["70/24", "321/30", "1727/110", "5000/150", "20000/200"] {
        measure(&mut criterion, name);
    }
    if env::var_os("KLEROTERION_BENCH_BIG").is_some() {
        measure(&mut criterion, "100000/1000");
    }
    criterion.final_summary();
}
