//! Simulated annealing on swaps of seats, in integers.

use crate::lottery::Stream;

use super::model::Model;
use super::state::State;

/// Fraction bits of temperatures and of the table of quantiles.
const BITS: u32 = 10;
const QUANTILES: usize = 1 << 12;
const LEVELS: u64 = 400;
/// One swap in four is with one of so many people who are most alike: it does little to the balance.
const NEAR: usize = 6;

/// How long and how warm.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schedule {
    /// Swaps tried.
    pub(super) moves: u64,
    /// First and last temperature, times 1024.
    pub(super) warm: i64,
    pub(super) cold: i64,
}

/// The multiplier of Fibonacci hashing, 2^64 divided by the golden ratio: it makes other bits of a word.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// What a walk found: a table per person, round by round.
#[derive(Debug)]
pub(super) struct Walked {
    /// The seating that costs least.
    pub(super) cheapest: Vec<u16>,
    /// The cheapest one of those that are least off balance.
    pub(super) evenest: Vec<u16>,
}

/// What a walk tries.
#[derive(Debug, Clone, Copy)]
pub(super) enum Steps {
    /// Two people change seats in one round, or somebody takes a free seat.
    Swaps,
    /// The same in one round only.
    Alone { round: usize },
    /// Two members change places in all of the first rounds.
    Exchanges { rounds: usize },
}

/// The walk: who may change seats with whom in each round, and the table of thresholds.
#[derive(Debug)]
pub(super) struct Walk {
    /// Present members and facilitators of each round.
    people: Vec<[Vec<u16>; 2]>,
    /// Rounds in which somebody can change seats.
    rounds: Vec<usize>,
    /// Whether a table of the round can have one member more or less.
    is_flexible: Vec<bool>,
    /// Quantiles of the exponential distribution, times 1024.
    quantiles: Vec<i64>,
    /// Those who are most like a member, row by row, or nobody.
    near: Vec<u16>,
    /// The unit of a person among those who sit together.
    unit: Vec<Option<usize>>,
}

impl Walk {
    pub(super) fn new(model: &Model) -> Self {
        let of = |range: std::ops::Range<usize>, r: usize| {
            let people = model.rounds[r].present_in(range);
            people.map(|p| p as u16).collect::<Vec<u16>>()
        };
        let lists = |r| [of(0..model.members, r), of(model.members..model.people, r)];
        let people: Vec<_> = (0..model.rounds.len()).map(lists).collect();
        let rounds = (0..people.len()).filter(|&r| people[r][0].len() > 1);
        let mut unit = vec![None; model.people];
        for (u, members) in model.units.iter().enumerate() {
            members.iter().for_each(|&m| unit[m] = Some(u));
        }
        Self {
            rounds: rounds.filter(|&r| model.rounds[r].tables() > 1).collect(),
            people,
            is_flexible: model
                .rounds
                .iter()
                .map(|r| r.sizes.iter().any(|s| s.0 < s.1))
                .collect(),
            quantiles: quantiles(),
            near: near(model),
            unit,
        }
    }

    /// Walks from the state until the moves are used up, and keeps the best seatings met.
    pub(super) fn run(
        &self,
        state: &mut State<'_>,
        (steps, schedule): (Steps, Schedule),
        stream: &mut Stream,
    ) -> Walked {
        let start = state.tables().to_vec();
        let mut walked = Walked {
            cheapest: start.clone(),
            evenest: start,
        };
        if self.rounds.is_empty() {
            return walked;
        }
        let (mut cost, mut least, mut even) = (0, 0, (state.imbalance(), 0));
        let level = (schedule.moves / LEVELS).max(1);
        let ratio = cooling(schedule);
        let mut temperature = schedule.warm << 16;
        let mut next_level = level;
        for done in 0..schedule.moves {
            if done == next_level {
                temperature = (temperature * ratio) >> 16;
                next_level += level;
            }
            let word = stream.word();
            let quantile = self.quantiles[(word.wrapping_mul(SPREAD) >> 40) as usize % QUANTILES];
            let most = (((temperature >> 16) * quantile) >> (2 * BITS)) as i32;
            let change = match steps {
                Steps::Swaps => {
                    let round = self.rounds[pick(word >> 12, 16, self.rounds.len())];
                    self.propose(state, round, (word, most), stream)
                }
                Steps::Alone { round } => self.propose(state, round, (word, most), stream),
                Steps::Exchanges { rounds } => self.propose_exchange(state, rounds, (word, most)),
            };
            if change == 0 {
                continue;
            }
            cost += i64::from(change);
            if cost < least {
                least = cost;
                walked.cheapest.copy_from_slice(state.tables());
            }
            let here = (state.imbalance(), cost);
            if here < even {
                even = here;
                walked.evenest.copy_from_slice(state.tables());
            }
        }
        walked
    }

    /// Tries one change of seats and makes it when it costs at most `most`; returns what it cost.
    fn propose(
        &self,
        state: &mut State<'_>,
        round: usize,
        (word, most): (u64, i32),
        stream: &mut Stream,
    ) -> i32 {
        let [members, facilitators] = &self.people[round];
        let first = pick(word >> 28, 18, members.len() + facilitators.len());
        let (list, first) = match first.checked_sub(members.len()) {
            None => (members, first),
            Some(first) => (facilitators, first),
        };
        let a = usize::from(list[first]);
        let near = self.near.get(a * NEAR..(a + 1) * NEAR);
        let b = usize::from(match near.filter(|_| word >> 8 & 3 == 0) {
            Some(near) => near[pick(word >> 46, 18, NEAR)],
            None => list[pick(word >> 46, 18, list.len())],
        });
        let here = &state.model.rounds[round];
        let (from, to) = (state.table_of(round, a), state.table_of(round, b));
        if from == to || !here.present[b] || !here.may_sit(a, to) {
            return 0;
        }
        if let Some(unit) = self.unit[a] {
            return self.propose_unit(state, (round, unit, to), most, stream);
        }
        let is_member = a < state.model.members;
        if self.is_flexible[round] && is_member && word.wrapping_mul(SPREAD) >> 61 == 0 {
            let has_room = state.members_at(round, to) < here.sizes[to].1;
            if !has_room || state.members_at(round, from) <= here.sizes[from].0 {
                return 0;
            }
            let change = state.move_cost(round, a, to);
            if change > most {
                return 0;
            }
            state.shift(round, a, to);
            return change;
        }
        if self.unit[b].is_some() || !here.may_sit(b, from) {
            return 0;
        }
        let change = state.swap_cost(round, a, b, most);
        if change > most {
            return 0;
        }
        state.swap(round, a, b);
        change
    }

    /// Those of a unit who are there go to a table, each in exchange for somebody of no unit.
    fn propose_unit(
        &self,
        state: &mut State<'_>,
        (round, unit, to): (usize, usize, usize),
        most: i32,
        stream: &mut Stream,
    ) -> i32 {
        let model = state.model;
        let here = &model.rounds[round];
        let (mut cost, mut done) = (0, Vec::new());
        let mut is_possible = true;
        for &person in model.units[unit].iter().filter(|&&p| here.present[p]) {
            let from = state.table_of(round, person);
            if from == to {
                continue;
            }
            let is_partner = |p: usize| {
                let same_kind = (p < model.members) == (person < model.members);
                same_kind && self.unit[p].is_none() && here.may_sit(p, from)
            };
            let seated = state.seated(round, to).iter().map(|&p| usize::from(p));
            let partners: Vec<usize> = seated.filter(|&p| is_partner(p)).collect();
            if partners.is_empty() || !here.may_sit(person, to) {
                is_possible = false;
                break;
            }
            let partner = partners[stream.below(partners.len() as u64) as usize];
            cost += state.swap_cost(round, person, partner, i32::MAX);
            state.swap(round, person, partner);
            done.push((person, partner));
        }
        if is_possible && cost <= most {
            return cost;
        }
        for (person, partner) in done.into_iter().rev() {
            state.swap(round, person, partner);
        }
        0
    }

    /// Two members change places in all of the first `rounds` rounds, so that who meets whom does not change as a pattern. Only an exchange that is
    /// worth it by balance alone is tried.
    fn propose_exchange(
        &self,
        state: &mut State<'_>,
        rounds: usize,
        (word, most): (u64, i32),
    ) -> i32 {
        let model = state.model;
        let a = pick(word >> 28, 18, model.members);
        let b = pick(word >> 46, 18, model.members);
        let tables = |r: usize| (state.table_of(r, a), state.table_of(r, b));
        let is_possible = (0..rounds).all(|r| {
            let (here, (from, to)) = (&model.rounds[r], tables(r));
            let are_present = here.present[a] && here.present[b];
            are_present && here.may_sit(a, to) && here.may_sit(b, from)
        });
        let differ = |r: &usize| tables(*r).0 != tables(*r).1;
        let changed: Vec<usize> = (0..rounds).filter(differ).collect();
        let balance = changed.iter().map(|&r| state.balance_cost(r, a, b));
        if !is_possible || balance.sum::<i32>() > most {
            return 0;
        }
        let mut cost = 0;
        for &round in &changed {
            cost += state.swap_cost(round, a, b, i32::MAX);
            state.swap(round, a, b);
        }
        if cost <= most {
            return cost;
        }
        changed.iter().for_each(|&round| state.swap(round, a, b));
        0
    }
}

/// For every member the [`NEAR`] others who differ from them in the fewest features, by weight; empty when no feature is spread.
fn near(model: &Model) -> Vec<u16> {
    let apart = |a: usize, b: usize| -> i64 {
        let differs = model.features.iter().filter(|f| f.of[a] != f.of[b]);
        differs.map(|f| f.weight).sum()
    };
    let mut near = Vec::new();
    if !model.features.is_empty() && model.members > NEAR {
        for a in 0..model.members {
            let mut others: Vec<usize> = (0..model.members).filter(|&b| b != a).collect();
            others.sort_by_key(|&b| (apart(a, b), b));
            near.extend(others.iter().take(NEAR).map(|&b| b as u16));
        }
    }
    near
}

/// A number below `n` from the lowest bits of a word.
fn pick(word: u64, bits: u32, n: usize) -> usize {
    (((word & ((1 << bits) - 1)) * n as u64) >> bits) as usize
}

fn quantiles() -> Vec<i64> {
    let scale = f64::from(1u32 << BITS);
    let of = |i: usize| {
        let tail = (i as f64 + 0.5) / QUANTILES as f64;
        (-libm::log(tail) * scale) as i64
    };
    (0..QUANTILES).map(of).collect()
}

/// What the temperature is multiplied by from level to level, times 2^16.
fn cooling(schedule: Schedule) -> i64 {
    let span = libm::log(schedule.cold as f64 / schedule.warm as f64) / LEVELS as f64;
    (libm::exp(span) * 65536.0) as i64
}
