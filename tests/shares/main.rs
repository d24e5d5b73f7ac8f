//! From population figures to quotas, and from quotas to how many to seat at first.
#![cfg(feature = "csv")]

mod axioms;
mod brute;
mod examples;
mod minimums;
mod reading;
mod retention;
mod written;

use kleroterion::quota::{Apportionment, Method, Minimum, Shares};

const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// The figures of one feature `f` with the values `a`, `b`, …
fn people(weights: &[u64]) -> Shares {
    let named = NAMES.iter().zip(weights);
    let shares = named.fold(Shares::builder().feature("f"), |b, (name, &w)| {
        b.count(name, w)
    });
    shares.build().unwrap()
}

fn minimums(seats: &[u32]) -> Vec<Minimum> {
    NAMES
        .iter()
        .zip(seats)
        .map(|(name, &seats)| Minimum::new("f", name, seats))
        .collect()
}

fn apportioned(weights: &[u64], size: u32, method: Method, least: &[u32]) -> Apportionment {
    people(weights)
        .apportion(size, method, &minimums(least))
        .unwrap()
}

/// The seats of a method that gives exact numbers.
fn seats(weights: &[u64], size: u32, method: Method) -> Vec<u32> {
    protected(weights, size, method, &[])
}

fn protected(weights: &[u64], size: u32, method: Method, least: &[u32]) -> Vec<u32> {
    let found = apportioned(weights, size, method, least);
    let exact = |quota: &kleroterion::Quota| {
        assert_eq!(quota.min, quota.max);
        quota.min
    };
    found.quotas().iter().map(exact).collect()
}
