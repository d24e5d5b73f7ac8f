//! Random instances on which the rules differ: people who are hardly alike, quotas that bind but leave room.

use crate::case::{Case, Somebody};
use crate::generate::Source;

/// A feasible instance of 5 to 9 people, 2 to 4 seats and 2 to 4 features. Quotas reach exactly as far as a few panels
/// do that together hold everybody, or all but a few.
pub(super) fn varied(source: &mut impl Source) -> Case {
    let size = source.between(2, 4);
    let n = source.between(2 * size + 1, 9.max(2 * size + 1));
    let values: Vec<usize> = (0..source.between(2, 4))
        .map(|_| source.between(2, 3))
        .collect();
    let mut people: Vec<Somebody> = (0..n)
        .map(|_| Somebody {
            values: values
                .iter()
                .map(|&v| source.below(v).min(source.below(v)))
                .collect(),
            home: None,
        })
        .collect();
    // Person i sits on panel i / size; the last panel is filled up with the first people.
    let mut panels = n.div_ceil(size);
    if source.once_in(4) {
        people[0].home = Some(0);
        people[size].home = Some(0);
    }
    if source.once_in(4) {
        panels -= 1;
    }
    let quotas = values.iter().enumerate().map(|(feature, &count)| {
        let seats = |panel: usize, value: usize| {
            let members = (panel * size..(panel + 1) * size).map(|i| i % n);
            members
                .filter(|&i| people[i].values[feature] == value)
                .count() as u32
        };
        let range = |value: usize| {
            let all = || (0..panels).map(|panel| seats(panel, value));
            (all().min().expect("a panel"), all().max().expect("a panel"))
        };
        (0..count).map(range).collect()
    });
    let quotas = quotas.collect();
    source.shuffle(&mut people);
    Case {
        size: size as u32,
        quotas,
        people,
    }
}
