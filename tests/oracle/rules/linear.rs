//! Linear programs over lotteries in exact rationals, and leximin below a ceiling.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::hull::{Hull, whole};
use crate::exact::{self, Program};

/// A condition on the expected seats of a class.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) class: usize,
    /// The multiple of the one free number z that is added to the expected seats.
    pub(super) level: i64,
    pub(super) side: Side,
    /// At least 0.
    pub(super) rhs: BigRational,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Least,
    Most,
}

/// An optimum with its duals: one per row, at least 0 for `Least`, at most 0 for `Most`.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) value: BigRational,
    pub(super) lottery: Vec<BigRational>,
    pub(super) duals: Vec<BigRational>,
}

/// Minimises `cost · (expected seats per class) + level · z` over all lotteries that meet the rows, z at least 0.
/// The program must have an optimum.
pub(super) fn minimise(hull: &Hull, rows: &[Row], cost: &[i64], level: i64) -> Found {
    let scale = rows.iter().fold(BigInt::one(), |scale, row| {
        let rest = BigRational::from_integer(scale.clone()) * &row.rhs;
        scale * rest.denom()
    });
    // A row with a surplus is turned around where that lets the surplus start the basis.
    let turned = |row: &Row| row.side == Side::Least && row.rhs.is_zero();
    let signs: Vec<i64> = rows
        .iter()
        .map(|row| if turned(row) { -1 } else { 1 })
        .collect();
    let (columns, count) = (hull.columns.len(), rows.len());
    let mut program = Program::default();
    for column in &hull.columns {
        let entries = rows
            .iter()
            .zip(&signs)
            .map(|(row, sign)| sign * column[row.class]);
        program.columns.push(entries.chain([1]).collect());
        program
            .cost
            .push(column.iter().zip(cost).map(|(a, c)| a * c).sum());
    }
    let entries = rows.iter().zip(&signs).map(|(row, sign)| sign * row.level);
    program.columns.push(entries.chain([0]).collect());
    program.cost.push(level);
    for (at, (row, sign)) in rows.iter().zip(&signs).enumerate() {
        let own = if row.side == Side::Least { -sign } else { 1 };
        program
            .columns
            .push((0..=count).map(|r| if r == at { own } else { 0 }).collect());
        program.cost.push(0);
        program.start.push((own == 1).then_some(columns + 1 + at));
        program.rhs.push((&row.rhs * &scale).to_integer());
    }
    program.start.push(None);
    program.rhs.push(scale.clone());
    let optimum = exact::solve(&program).optimum();
    Found {
        value: optimum.value / &scale,
        lottery: optimum.values[..columns]
            .iter()
            .map(|x| x / &scale)
            .collect(),
        duals: (0..count)
            .map(|r| &optimum.duals[r] * whole(signs[r]))
            .collect(),
    }
}

/// One row per class.
pub(super) fn rows(hull: &Hull, row: impl Fn(usize) -> (i64, Side, BigRational)) -> Vec<Row> {
    let of = |class| {
        let (level, side, rhs) = row(class);
        Row {
            class,
            level,
            side,
            rhs,
        }
    };
    (0..hull.counts.len()).map(of).collect()
}

/// Everybody has at most this chance.
pub(super) fn below(hull: &Hull, ceiling: &BigRational) -> Vec<Row> {
    rows(hull, |r| (0, Side::Most, ceiling * whole(hull.counts[r])))
}

/// The most that the duals of rows over classes weigh in one column.
pub(super) fn heaviest(hull: &Hull, rows: &[Row], duals: &[BigRational]) -> BigRational {
    let weight = |column: &Vec<i64>| -> BigRational {
        let used = rows.iter().zip(duals).filter(|(_, d)| !d.is_zero());
        used.map(|(row, d)| d * whole(column[row.class])).sum()
    };
    hull.columns.iter().map(weight).max().expect("a panel")
}

/// Leximin among the lotteries that give nobody more than the ceiling: chances per class, proven.
///
/// # Panics
/// When no lottery stays below the ceiling.
pub(crate) fn leximin_below(hull: &Hull, ceiling: &BigRational) -> Vec<BigRational> {
    let mut values: Vec<Option<BigRational>> = vec![None; hull.counts.len()];
    let mut lottery = Vec::new();
    while values.iter().any(Option::is_none) {
        lottery = raise(hull, ceiling, &mut values);
    }
    let values: Vec<BigRational> = values.into_iter().flatten().collect();
    assert!(Hull::is_lottery(&lottery) && hull.chances(&lottery) == values);
    assert!(values.iter().all(|value| value <= ceiling));
    values
}

/// Raises the lowest chance of all classes without a value, and gives one to those that the duals hold there.
fn raise(
    hull: &Hull,
    ceiling: &BigRational,
    values: &mut [Option<BigRational>],
) -> Vec<BigRational> {
    let mut all = rows(hull, |r| match &values[r] {
        Some(value) => (0, Side::Least, value * whole(hull.counts[r])),
        None => (-hull.counts[r], Side::Least, BigRational::zero()),
    });
    all.extend(below(hull, ceiling));
    let found = minimise(hull, &all, &vec![0; hull.counts.len()], -1);
    let level = -found.value;
    // Floors weigh at least 0, ceilings at most 0; hence D·z ≤ the heaviest panel − floors − ceilings.
    let (floors, ceilings) = found.duals.split_at(values.len());
    assert!(!floors.iter().any(Signed::is_negative) && !ceilings.iter().any(Signed::is_positive));
    let most = heaviest(hull, &all, &found.duals);
    let kept: BigRational = all
        .iter()
        .zip(&found.duals)
        .map(|(row, d)| &row.rhs * d)
        .sum();
    let raised: BigRational = (0..values.len())
        .filter(|&r| values[r].is_none())
        .map(|r| &floors[r] * whole(hull.counts[r]))
        .sum();
    assert!(
        raised.is_positive() && (most - kept) / raised == level,
        "a level is not proven"
    );
    for (value, floor) in values.iter_mut().zip(floors) {
        if value.is_none() && floor.is_positive() {
            *value = Some(level.clone());
        }
    }
    found.lottery
}

/// The lowest chance that a class can have among lotteries that give nobody more than the ceiling.
pub(crate) fn least_below(hull: &Hull, ceiling: &BigRational, class: usize) -> BigRational {
    let mut cost = vec![0; hull.counts.len()];
    cost[class] = 1;
    let rows = below(hull, ceiling);
    let found = minimise(hull, &rows, &cost, 0);
    assert!(Hull::is_lottery(&found.lottery));
    let chances = hull.chances(&found.lottery);
    assert!(chances.iter().all(|chance| chance <= ceiling));
    chances[class].clone()
}
