//! Divisor methods: Sainte-Laguë (1910; Webster 1832) and Adams (1832), seat by seat.

use std::cmp::Ordering;

use super::{Award, Done, Tie, Values};

/// Everybody starts with their minimum; each further seat goes to the highest `weight / divisor(seats)`. A divisor of 0 comes before every other.
pub(super) fn by_quotient(values: &Values<'_>, divisor: impl Fn(u32) -> u64) -> Done {
    let mut seats = values.protected.to_vec();
    let next = |seats: &[u32], at: usize| Award {
        line: at,
        weight: values.weights[at],
        divisor: divisor(seats[at]),
    };
    let mut awards: Vec<Award> = Vec::new();
    for _ in seats.iter().sum::<u32>()..values.seats {
        // The first of equals in the order of favour.
        let best = values.favour.iter().map(|&at| next(&seats, at));
        let Some(best) = best.reduce(|best, other| match order(&other, &best) {
            Ordering::Greater => other,
            _ => best,
        }) else {
            break;
        };
        seats[best.line] += 1;
        awards.push(best);
    }
    let mut ties = Vec::new();
    if let Some(last) = awards.last() {
        let equal = |award: &Award| order(award, last) == Ordering::Equal;
        let refused: Vec<usize> = values
            .favour
            .iter()
            .copied()
            .filter(|&at| equal(&next(&seats, at)))
            .collect();
        if !refused.is_empty() {
            let given = awards.iter().filter(|a| equal(a)).map(|a| a.line).collect();
            ties.push(Tie { given, refused });
        }
    }
    Done {
        ranges: seats.into_iter().map(|s| (s, s)).collect(),
        held: vec![false; values.weights.len()],
        awards,
        ties,
    }
}

/// Compares quotients; of two that divide by 0 the larger weight comes first. A weight of 0 never comes before another.
fn order(one: &Award, other: &Award) -> Ordering {
    let zero = |award: &Award| award.weight > 0 && award.divisor == 0;
    let product = |weight: u64, divisor: u64| u128::from(weight) * u128::from(divisor.max(1));
    zero(one)
        .cmp(&zero(other))
        .then_with(|| match zero(one) && zero(other) {
            true => one.weight.cmp(&other.weight),
            false => product(one.weight, other.divisor).cmp(&product(other.weight, one.divisor)),
        })
}
