//! Which quotas hold chances down, read off the certificate.
//!
//! A level's bound multiplies each quota with a number. A positive one leans on the quota's maximum: more people want
//! these seats than there are. A negative one leans on the minimum: seats kept for some are missing for the others.

use super::ReportInput;
use super::cells::{Cells, SMALLEST};
use crate::certificate::{Level, Proof};
use crate::selection::DENOMINATOR;

/// Most limits named for one level.
const MOST_LIMITS: usize = 6;

/// Which end of a quota takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The maximum.
    AtMost,
    /// The minimum.
    AtLeast,
}

/// One quota that takes part in a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limit {
    /// Row of the quota table.
    pub(super) row: usize,
    pub(super) side: Side,
    /// Seats and people when this limit alone gives the level's bound.
    pub(super) alone: Option<(u64, u64)>,
}

/// One level below the equal chance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Explanation {
    /// What no lottery exceeds, in 10^-12.
    pub(super) bound: u64,
    /// People fixed at the level.
    pub(super) people: u64,
    /// The heaviest multipliers first, at most six.
    pub(super) limits: Vec<Limit>,
    /// Limits not named.
    pub(super) more: usize,
    /// The rule of one person per household takes part.
    pub(super) households: bool,
    /// A single quota takes part, and the number of its people is not shown: seats divided by the bound would give it.
    pub(super) telling: bool,
}

/// The first level, and the later ones below the equal chance that speak of enough people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Explanations {
    pub(super) first: Option<Explanation>,
    pub(super) later: Vec<Explanation>,
    /// Later levels left out: proof by search only, fewer than five people, or a number that is not shown.
    pub(super) unlisted: usize,
}

impl Explanations {
    /// Reads the certificate.
    pub(super) fn new(input: &ReportInput<'_>, cells: &Cells<'_>) -> Self {
        let (people, seats) = (
            input.instance.len() as u128,
            u128::from(input.instance.size()),
        );
        let is_low =
            |level: &Level| u128::from(level.bound) * people < u128::from(DENOMINATOR) * seats;
        let mut levels = input.certificate.levels.iter();
        let first = levels
            .next()
            .filter(|l| is_low(l))
            .and_then(|l| explain(l, input, cells));
        let low: Vec<&Level> = levels.filter(|l| is_low(l)).collect();
        let later: Vec<Explanation> = low
            .iter()
            .filter_map(|l| explain(l, input, cells))
            .filter(|e| e.people >= SMALLEST && !e.limits.is_empty() && !e.telling)
            .collect();
        Self {
            first,
            unlisted: low.len() - later.len(),
            later,
        }
    }
}

fn explain(level: &Level, input: &ReportInput<'_>, cells: &Cells<'_>) -> Option<Explanation> {
    let Proof::Bound(bound) = &level.proof else {
        return None;
    };
    let mut quotas: Vec<(usize, i64)> = bound
        .quotas
        .iter()
        .filter_map(|&(q, multiplier)| Some(((*cells.canonical.get(q as usize)?)?, multiplier)))
        .filter(|&(_, multiplier)| multiplier != 0)
        .collect();
    quotas.sort_by_key(|&(row, multiplier)| (std::cmp::Reverse(multiplier.unsigned_abs()), row));
    let single = quotas.len() == 1 && input.certificate.excluded.is_empty();
    let limits: Vec<Limit> = quotas
        .iter()
        .take(MOST_LIMITS)
        .map(|&(row, multiplier)| {
            let side = if multiplier > 0 {
                Side::AtMost
            } else {
                Side::AtLeast
            };
            let alone = if single {
                fraction(side, row, input, cells)
            } else {
                None
            };
            Limit {
                row,
                side,
                alone: alone.filter(|&(seats, people)| agrees(level.bound, seats, people)),
            }
        })
        .collect();
    Some(Explanation {
        bound: level.bound,
        people: people(level, input),
        more: quotas.len() - limits.len(),
        limits,
        households: !bound.households.is_empty(),
        telling: quotas.len() == 1 && cells.rows[quotas[0].0].people().is_none(),
    })
}

/// The seats a limit leaves and the people who share them, where both may be printed.
fn fraction(
    side: Side,
    row: usize,
    input: &ReportInput<'_>,
    cells: &Cells<'_>,
) -> Option<(u64, u64)> {
    let row = &cells.rows[row];
    let wanted = row.people()?;
    let shared = match side {
        Side::AtMost => (u64::from(row.max), wanted),
        Side::AtLeast => {
            let seats = u64::from(input.instance.size()).checked_sub(u64::from(row.min))?;
            (seats, (input.instance.len() as u64).checked_sub(wanted)?)
        }
    };
    Some(shared).filter(|&(_, people)| people >= SMALLEST)
}

/// True when `seats / people` is the bound, but for its rounding to 10^-12.
fn agrees(bound: u64, seats: u64, people: u64) -> bool {
    let exact = u128::from(seats) * u128::from(DENOMINATOR) / u128::from(people);
    exact.abs_diff(u128::from(bound)) <= 1
}

fn people(level: &Level, input: &ReportInput<'_>) -> u64 {
    let groups = input.instance.groups();
    let count = |&(group, role): &(u32, u32)| {
        let group = groups.get(group as usize)?;
        group
            .profiles()
            .get(role as usize)
            .map(|_| group.people_in(role as usize) as u64)
    };
    level.fixed.iter().filter_map(count).sum()
}
