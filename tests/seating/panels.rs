//! Made-up panels to seat.

use kleroterion::assembly::{Round, SeatRule, Seating, SeatingBuilder};
use kleroterion::lottery::{Digest, Stream};

/// Values per feature, in this order; a panel with three features has the first three.
const VALUES: [u64; 7] = [2, 4, 3, 5, 2, 3, 4];

/// The shapes of the examples that come with `groupselect`: members, tables, rounds, features, and pairs that must meet.
pub(crate) const MIXED: [(usize, u32, u32, usize, u64); 6] = [
    (30, 5, 4, 3, 270),
    (40, 5, 3, 7, 365),
    (40, 6, 5, 7, 460),
    (100, 13, 4, 4, 1340),
    (110, 14, 4, 5, 1500),
    (110, 19, 6, 5, 1585),
];

/// Members with independent features. Value j of a feature has the weight 100/(j + 1) + an even throw below 40, so that the first value is
/// common and the last is rare.
pub(crate) fn panel(members: usize, features: usize, seed: &str) -> SeatingBuilder {
    let mut stream = Stream::from_key(Digest::of("panel", &[seed.as_bytes()]).0);
    let mut rows = vec![Vec::new(); members];
    for (feature, &values) in VALUES.iter().take(features).enumerate() {
        let weights: Vec<u64> = (0..values)
            .map(|j| 100 / (j + 1) + stream.below(40))
            .collect();
        let all = weights.iter().sum();
        for row in &mut rows {
            let (mut throw, mut value) = (stream.below(all), 0);
            while throw >= weights[value] {
                throw -= weights[value];
                value += 1;
            }
            row.push((format!("f{feature}"), format!("v{value}")));
        }
    }
    let mut seating = Seating::builder();
    for (at, row) in rows.iter().enumerate() {
        let values = row.iter().map(|(f, v)| (f.as_str(), v.as_str()));
        seating = seating.member(format!("m{at:03}"), values);
    }
    seating
}

/// A panel at even tables, all of whose features are to be spread.
pub(crate) fn seating(
    members: usize,
    tables: u32,
    rounds: u32,
    features: usize,
    seed: &str,
) -> Seating {
    let mut builder = panel(members, features, seed).rounds(rounds, &Round::even(tables));
    for feature in 0..features {
        builder = builder.rule(SeatRule::diversify(format!("f{feature}")));
    }
    builder.build().unwrap()
}
