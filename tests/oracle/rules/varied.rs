//! Random instances on which the rules differ.

use super::measure::{Open, float};
use super::optimum::Optima;
use crate::case::{Case, Somebody};
use crate::generate::Source;

/// People, seats and features: where minimax and leximin are apart on one instance in five to three.
const SHAPES: [(usize, u32, usize); 4] = [(7, 3, 3), (7, 3, 4), (9, 4, 4), (10, 4, 5)];

/// A feasible instance of 7 to 10 people; a dozen are tried to find one on which minimax and leximin are apart.
pub(super) fn varied(source: &mut impl Source) -> Case {
    let mut tried = 0;
    loop {
        let case = binary(source);
        let Some(optima) = Optima::of(&case) else {
            continue;
        };
        tried += 1;
        let highest = Open::of(&optima, &optima.leximin).highest();
        if tried == 12 || highest > float(optima.frontier.minimax()) + 1e-6 {
            return case;
        }
    }
}

/// Two values per feature, one of them with a quota that leaves a seat or two of room; perhaps some households.
fn binary(source: &mut impl Source) -> Case {
    let (people, size, features) = SHAPES[source.below(SHAPES.len())];
    let mut somebody = || Somebody {
        values: (0..features).map(|_| source.below(2)).collect(),
        home: None,
    };
    let mut people: Vec<Somebody> = (0..people).map(|_| somebody()).collect();
    if source.once_in(4) {
        let sharing = 2 * source.between(1, 2);
        for (number, person) in people.iter_mut().enumerate().take(sharing) {
            person.home = Some(number / 2);
        }
    }
    let mut quota = || {
        let least = source.below(2) as u32;
        (least, (least + source.between(1, 2) as u32).min(size - 1))
    };
    let quotas = (0..features).map(|_| vec![(0, size), quota()]);
    Case {
        size,
        quotas: quotas.collect(),
        people,
        most: 1,
    }
}
