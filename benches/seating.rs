//! Plans of the shapes that a seating must master: each is checked against what it must reach before it is timed.

#[path = "../tests/seating/panels.rs"]
mod panels;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};

/// Members, tables, rounds, features, and pairs that must meet with every feature spread.
const SHAPES: [(usize, u32, u32, usize, u64); 10] = [
    (36, 6, 3, 0, 270),
    (99, 11, 11, 0, 4356),
    (150, 19, 7, 0, 3626),
    (32, 8, 10, 0, 456),
    (30, 5, 4, 3, 270),
    (40, 5, 3, 7, 365),
    (40, 6, 5, 7, 460),
    (100, 13, 4, 4, 1340),
    (110, 14, 4, 5, 1500),
    (110, 19, 6, 5, 1585),
];

fn plans(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("seating");
    group.sample_size(10);
    for (members, tables, rounds, features, pairs) in SHAPES {
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
