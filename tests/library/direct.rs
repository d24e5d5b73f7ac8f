//! Draws without an explicit lottery: chances, the original greedy rule against a plain re-implementation, records.

use kleroterion::lottery::{Digest, DirectDraw, DirectRule, Sources, Stream};
use kleroterion::pool::PoolBuilder;
use kleroterion::{Instance, Pool, Quotas};

mod chances;
mod diversimax;
mod joint;
mod legacy;
mod plain;
#[cfg(feature = "json")]
mod records;

/// A feature: its name, and its values with their quotas.
type Feature<'a> = (&'a str, &'a [(&'a str, u32, u32)]);

fn quotas(features: &[Feature<'_>]) -> Quotas {
    let feature = |quotas: kleroterion::quota::QuotasBuilder, (name, values): &Feature<'_>| {
        let value = |quotas: kleroterion::quota::QuotasBuilder,
                     &(value, min, max): &(&str, u32, u32)| {
            quotas.value(value, min..=max)
        };
        values.iter().fold(quotas.feature(name), value)
    };
    features
        .iter()
        .fold(Quotas::builder(), feature)
        .build()
        .unwrap()
}

/// A pool of so many people per row of values (in the order of the features).
fn pool(features: &[Feature<'_>], rows: &[(u32, &[&str])]) -> PoolBuilder {
    let mut pool = Pool::builder();
    let mut number = 0;
    for (count, values) in rows {
        for _ in 0..*count {
            let pairs = features.iter().map(|f| f.0).zip(values.iter().copied());
            pool = pool.person(format!("p{number:03}"), pairs.collect::<Vec<_>>());
            number += 1;
        }
    }
    pool
}

fn instance(features: &[Feature<'_>], rows: &[(u32, &[&str])], size: u32) -> Instance {
    Instance::new(
        pool(features, rows).build().unwrap(),
        quotas(features),
        size,
    )
    .unwrap()
}

/// A stream for tests; the number stands for the fixed seed.
fn stream(number: u64) -> Stream {
    Stream::from_key(Digest::of("tests/direct", &[&number.to_le_bytes()]).0)
}

/// One draw with its own public source.
fn draw(rule: &DirectRule, instance: &Instance, number: u32) -> DirectDraw {
    let lottery = rule.commit(instance).unwrap();
    lottery
        .draw(&Sources::new([format!("dice {number}")]).unwrap())
        .unwrap()
}

/// The statistical tests allow six standard deviations and one count: a correct program fails one comparison in about
/// 5·10^8 (normal approximation). All of them together make fewer than 2000 comparisons, so a false alarm of the whole
/// file is less likely than 1 in 200 000 per choice of the fixed seeds.
fn assert_frequency(count: u64, draws: u64, chance: f64, what: &str) {
    let expected = draws as f64 * chance;
    let deviation = (expected * (1.0 - chance)).sqrt();
    assert!(
        (count as f64 - expected).abs() <= 6.0 * deviation + 1.0,
        "{what}: {count} of {draws}, expected {expected:.1} ± {deviation:.1}"
    );
}
