//! Random instances on which the rules differ: people who are hardly alike, quotas that bind but leave room.

use crate::case::{Case, Somebody};
use crate::generate::{Source, plant};

/// A feasible instance of 5 to 9 people, 2 to 4 seats and 2 to 4 features.
pub(super) fn varied(source: &mut impl Source) -> Case {
    let n = source.between(5, 9);
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
    if source.once_in(4) {
        for person in 0..2 * source.between(1, 2) {
            people[person].home = Some(person / 2);
        }
        source.shuffle(&mut people);
    }
    let homes = Case {
        size: 0,
        quotas: vec![],
        people: people.clone(),
    }
    .units()
    .len();
    let size = source.between(2, 4.min(homes)) as u32;
    let quotas = values.iter().map(|&v| vec![(0, size); v]).collect();
    let mut case = Case {
        size,
        quotas,
        people,
    };
    let planted = plant(source, &case, |_| false);
    for feature in 0..values.len() {
        for value in 0..values[feature] {
            let holders = planted
                .iter()
                .filter(|&&i| case.people[i].values[feature] == value);
            let seats = holders.count() as u32;
            let (less, more) = (source.below(2) as u32, source.below(2) as u32);
            case.quotas[feature][value] = (seats.saturating_sub(less), (seats + more).min(size));
        }
    }
    case
}
