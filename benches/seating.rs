//! Plans of the shapes that a seating must master: each is checked against what it must reach before it is timed.

#[path = "../tests/seating/panels.rs"]
mod panels;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};

/// Shapes without features: members, tables, rounds, features, and pairs that must meet.
const PLAIN: [(usize, u32, u32, usize, u64); 4] = [
    (36, 6, 3, 0, 270),
    (99, 11, 11, 0, 4356),
    (150, 19, 7, 0, 3626),
    (32, 8, 10, 0, 456),
];

fn plans(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("seating");
    group.sample_size(10);
    for (members, tables, rounds, features, pairs) in PLAIN.into_iter().chain(panels::MIXED) {
        let seating = panels::seating(members, tables, rounds, features, "shape");
        let report = seating.plan("seed").and_then(|plan| plan.report(&seating));
        let report = report.expect("a plan that keeps the rules");
        let reached = (report.distinct_pairs, report.imbalance);
        assert!(
            reached.0 >= pairs && reached.1 == 0,
            "{members} at {tables}:\n{report}"
        );
        println!(
            "{members}/{tables}/{rounds}/{features}: {} of at most {} pairs, off balance {}",
            reached.0, report.bound.pairs, reached.1
        );
        let name =
            format!("{members} members, {tables} tables, {rounds} rounds, {features} features");
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(&seating).plan("seed"));
        });
    }
    group.finish();
}

criterion_group!(benches, plans);
criterion_main!(benches);
