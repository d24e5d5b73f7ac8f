//! The audit of whole transcripts, as a stranger would run it: no solver takes part.

mod pools;

use std::time::Duration;

use criterion::Criterion;
use kleroterion::{Rule, audit};

fn measure(criterion: &mut Criterion, name: &str) {
    let instance = pools::instance(name);
    let distribution = Rule::Leximin.distribution(&instance).expect("a lottery");
    let work = distribution.work();
    let lottery = distribution.into_lottery();
    let transcript = pools::proven(&lottery).transcript();
    pools::describe(name, work, &lottery);
    let mut group = criterion.benchmark_group("verify");
    group.sample_size(10);
    group.bench_function(name, |bencher| {
        bencher.iter(|| audit::verify(&transcript, &instance));
    });
    let mut changed = transcript.clone();
    changed.draw.ticket ^= 1;
    audit::verify(&changed, &instance).expect_err("another ticket");
    group.bench_function(format!("{name}, another ticket"), |bencher| {
        bencher.iter(|| audit::examine(&changed, &instance));
    });
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    for name in ["70/24", "1727/110"] {
        measure(&mut criterion, name);
    }
    criterion.final_summary();
}
