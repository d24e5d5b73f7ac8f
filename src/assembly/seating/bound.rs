//! How many different pairs can meet at all.

use serde::{Deserialize, Serialize};

use super::design::rounds_without_repeats;
use super::field::prime_powers;
use super::model::{APART, Model};

/// Larger numbers of tables are bounded, but not constructed.
const LARGEST: u32 = 400;

/// In how many rounds nobody need meet anybody twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RoundsBound {
    /// So many, and not one more.
    Exact(u32),
    /// At least the first; more than the second are impossible.
    Between(u32, u32),
    /// Any number: nobody shares a table.
    Unbounded,
}

/// The argument that a bound rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum BoundKind {
    /// Pairs of seats at tables, pairs of members, and partners that each member can have.
    Counting,
    /// A table of p people who come from g < p tables has people who have met.
    Pigeonhole,
    /// Euler's 36 officers: 6 tables of 6 have no fourth round without repeats (Tarry).
    Euler,
    /// q tables of q: rounds without repeats are parallel classes of an affine plane, of which there are q + 1, and fewer where no plane exists.
    Affine,
}

/// No plan of a seating makes more new pairs meet than this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairBound {
    /// Most pairs of members that can meet for the first time.
    pub pairs: u64,
    /// Why.
    pub kind: BoundKind,
}

/// In how many rounds at `tables` tables of `size` people each nobody need meet anybody twice (the *social golfer problem*).
///
/// The lower number is what [`Seating::plan`](super::Seating::plan) can construct, or a theorem: Kirkman triple systems exist for every odd number of tables
/// of three (Ray-Chaudhuri and Wilson 1971); 8 tables of 4 have ten rounds (Aguado 2004). The upper one is the smallest of: partners per person; one round when a table is
/// larger than the number of tables; three for 6 tables of 6 (Tarry: no two orthogonal Latin squares of order 6); q − 2 for q > 4 tables of q where no projective plane of order q
/// exists (Bruck and Ryser; Lam, Thiel and Swiercz 1989 for order 10), since q − 1 rounds or more could be completed to a plane (Bruck).
///
/// ```
/// use kleroterion::assembly::{RoundsBound, max_zero_repeat_rounds};
/// assert_eq!(max_zero_repeat_rounds(6, 6), RoundsBound::Exact(3));
/// assert_eq!(max_zero_repeat_rounds(5, 3), RoundsBound::Exact(7)); // Kirkman's schoolgirls
/// assert_eq!(max_zero_repeat_rounds(5, 6), RoundsBound::Exact(1)); // six people from five tables
/// assert_eq!(max_zero_repeat_rounds(10, 10), RoundsBound::Between(3, 8));
/// ```
///
/// Cost: O(tables² · size) up to 400 tables; with more, the lower number is 1.
#[must_use]
pub fn max_zero_repeat_rounds(tables: u32, size: u32) -> RoundsBound {
    if tables == 0 || size <= 1 {
        return RoundsBound::Unbounded;
    }
    let (most, _) = most_rounds(tables, size);
    let constructed = if tables > LARGEST {
        1
    } else {
        let (tables, points) = (tables as usize, tables as usize * size as usize);
        rounds_without_repeats(points, tables, most as usize).len() as u32
    };
    let is_known = (size == 3 && tables % 2 == 1) || (tables, size) == (8, 4);
    if constructed >= most || is_known {
        RoundsBound::Exact(most)
    } else {
        RoundsBound::Between(constructed, most)
    }
}

/// So many rounds in which nobody meets anybody twice can be constructed for all members at even tables: a lower bound that holds when sizes
/// differ by one, too. At least 1. `200` stands for any number.
///
/// ```
/// use kleroterion::assembly::zero_repeat_rounds;
/// assert_eq!([6, 7].map(|tables| zero_repeat_rounds(36, tables)), [3, 7]); // one table more, four rounds more
/// ```
///
/// Cost: as [`max_zero_repeat_rounds`]; with more than 400 tables it is 1.
#[must_use]
pub fn zero_repeat_rounds(members: u32, tables: u32) -> u32 {
    if members <= tables {
        return 200;
    }
    if !(1..=LARGEST).contains(&tables) || members > 2000 {
        return 1;
    }
    rounds_without_repeats(members as usize, tables as usize, 200)
        .len()
        .max(1) as u32
}

/// At most so many rounds without repeats, and why.
fn most_rounds(tables: u32, size: u32) -> (u32, BoundKind) {
    if tables == 1 || size > tables {
        return (1, BoundKind::Pigeonhole);
    }
    let people = u64::from(tables) * u64::from(size);
    let counted = ((people - 1) / u64::from(size - 1)) as u32;
    if size < tables {
        return (counted, BoundKind::Counting);
    }
    match tables {
        6 => (3, BoundKind::Euler),
        q if q > 4 && has_no_plane(q) => (q - 2, BoundKind::Affine),
        _ => (counted, BoundKind::Affine),
    }
}

/// Whether it is proven that no projective plane of the order exists.
fn has_no_plane(order: u32) -> bool {
    // Order 1 or 2 mod 4 that is no sum of two squares: a prime that is 3 mod 4 stands in it an odd number of times.
    let powers = prime_powers(order as usize);
    let is_no_sum = powers.iter().any(|&(p, k)| p % 4 == 3 && k % 2 == 1);
    order == 10 || (matches!(order % 4, 1 | 2) && is_no_sum)
}

/// Pairs who meet twice in at least so many pairs of rounds: any `most + 1` of them hold two rounds that share a pair (Turán).
fn repeating_rounds(rounds: u64, most: u64) -> u64 {
    let (each, rest) = (rounds / most, rounds % most);
    let pairs = |n: u64| n * n.saturating_sub(1) / 2;
    rest * pairs(each + 1) + (most - rest) * pairs(each)
}

/// At least so many pairs of `people` who come from `tables` tables have met.
fn have_met(people: u64, tables: u64) -> u64 {
    let (each, rest) = (people / tables.max(1), people % tables.max(1));
    let pairs = |n: u64| n * n.saturating_sub(1) / 2;
    rest * pairs(each + 1) + (tables - rest) * pairs(each)
}

/// The best bound.
pub(super) fn pair_bound(model: &Model) -> PairBound {
    let counting = PairBound {
        pairs: counting(model),
        kind: BoundKind::Counting,
    };
    let seats = seat_pairs(model);
    let rounds = model.rounds.len() as u64;
    let repeats = |meetings: u64| (2 * meetings).div_ceil(rounds.max(1));
    let pigeonhole = PairBound {
        pairs: seats.saturating_sub(repeats(pigeonhole(model))),
        kind: BoundKind::Pigeonhole,
    };
    let mut bounds = vec![counting, pigeonhole];
    if let Some((tables, size)) = uniform(model) {
        let (most, kind) = most_rounds(tables, size);
        let meetings = repeating_rounds(rounds, u64::from(most));
        let mut pairs = seats.saturating_sub(repeats(meetings));
        if kind == BoundKind::Affine {
            pairs = pairs.min(counting.pairs);
        }
        bounds.push(PairBound { pairs, kind });
    }
    // The first of the smallest: the simplest argument that is enough. Counting pairs after q + 1 rounds is what a plane is.
    let smallest = bounds.iter().map(|b| b.pairs).min().unwrap_or(0);
    let is_plane = |b: &&PairBound| b.kind == BoundKind::Affine && rounds > tables_in_first(model);
    let mut equal = bounds.iter().filter(|b| b.pairs == smallest);
    let first = equal.next().copied().unwrap_or(counting);
    equal.find(is_plane).copied().unwrap_or(first)
}

fn tables_in_first(model: &Model) -> u64 {
    model.rounds.first().map_or(0, |r| r.tables() as u64)
}

/// Number and size of the tables when they are the same in all rounds and everybody is always there.
fn uniform(model: &Model) -> Option<(u32, u32)> {
    let first = model.rounds.first()?;
    let (size, tables) = (first.sizes.first()?.0, first.tables());
    let same = model.rounds.iter().all(|r| {
        r.tables() == tables
            && r.sizes.iter().all(|s| *s == (size, size))
            && r.present_in(0..model.members).count() == model.members
    });
    (same && size > 1).then_some((tables as u32, u32::from(size)))
}

/// Most pairs that can sit together, added up over all rounds.
pub(super) fn seat_pairs(model: &Model) -> u64 {
    let rounds = 0..model.rounds.len();
    rounds.map(|r| most_seat_pairs(model, r)).sum()
}

/// Most pairs that can sit together in a round: as many as possible at the largest tables.
fn most_seat_pairs(model: &Model, round: usize) -> u64 {
    let here = &model.rounds[round];
    let low: u64 = here.sizes.iter().map(|s| u64::from(s.0)).sum();
    let mut rest = (here.present_in(0..model.members).count() as u64).saturating_sub(low);
    let mut sizes: Vec<(u16, u16)> = here.sizes.clone();
    // In any seating the k-th largest table lies between the k-th largest of the lower and of the upper ends; filling from the first on is
    // the most uneven that this allows.
    sizes.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(b.0.cmp(&a.0)));
    let mut lows: Vec<u64> = sizes.iter().map(|s| u64::from(s.0)).collect();
    lows.sort_unstable_by(|a, b| b.cmp(a));
    let mut pairs = 0;
    for (low, (_, high)) in lows.iter().zip(&sizes) {
        let more = rest.min(u64::from(*high).saturating_sub(*low));
        rest -= more;
        let size = low + more;
        pairs += size * size.saturating_sub(1) / 2;
    }
    pairs
}

fn counting(model: &Model) -> u64 {
    let seats = seat_pairs(model);
    let largest: Vec<u64> = model
        .rounds
        .iter()
        .map(|r| r.sizes.iter().map(|s| u64::from(s.1)).max().unwrap_or(0))
        .collect();
    let mut halves = 0;
    for member in 0..model.members {
        let here = |r: usize| model.rounds[r].present[member];
        let partners: u64 = (0..largest.len())
            .filter(|&r| here(r))
            .map(|r| largest[r].saturating_sub(1))
            .sum();
        let new = (0..model.members)
            .filter(|&other| can_meet(model, member, other))
            .count() as u64;
        halves += partners.min(new);
    }
    seats.min(halves / 2)
}

/// Whether two members can meet for the first time.
pub(super) fn can_meet(model: &Model, a: usize, b: usize) -> bool {
    let at = a * model.people + b;
    a != b
        && model.history[at] == 0
        && model.kinds[at] != APART
        && model.rounds.iter().any(|r| r.present[a] && r.present[b])
}

/// Sum over all pairs of rounds of the pairs of people who must sit together in both.
fn pigeonhole(model: &Model) -> u64 {
    let mut meetings = 0;
    for (i, one) in model.rounds.iter().enumerate() {
        for other in &model.rounds[..i] {
            let both = (0..model.members)
                .filter(|&m| one.present[m] && other.present[m])
                .count() as u64;
            let from = |g: usize, t: usize| {
                let (each, rest) = (both / t as u64, both % t as u64);
                rest * have_met(each + 1, g as u64) + (t as u64 - rest) * have_met(each, g as u64)
            };
            let (g, t) = (one.tables().max(1), other.tables().max(1));
            meetings += from(g, t).max(from(t, g));
        }
    }
    meetings
}
