//! The plan: constructions first, then a search that starts from them.

use super::anneal::{Schedule, Steps, Walk, Walked};
use super::bound::{pair_bound, seat_pairs};
use super::design::{Design, rounds_without_repeats};
use super::measure::measure;
use super::model::{AWAY, Model};
use super::place::place;
use super::plan::{PlannedRound, PlannedTable, SeatingPlan};
use super::problem::Seating;
use super::state::{State, Weights};
use crate::error::{ErrorKind, Result};
use crate::lottery::{Digest, Stream};

/// Moves that a plan may try, unless told otherwise.
const MOVES: u64 = 30_000_000;
/// Moves per attempt for every seat and every thing that a seat decides: usually, and where the walks are warm.
const MOVES_PER_SEAT: [u64; 2] = [6_000, 10_000];
/// What one person against a rule costs: more than any seat can gain.
const RULE: i32 = 60;
/// What two people who meet again cost.
const REPEAT: i32 = 2;
/// The main walk, by turns.
const MAIN: [Heat; 2] = [(2900, 300, 8, 1), (4000, 400, 11, 1)];
/// The same where features are to be spread and some must meet again: colder than this, one swap in a thousand is made, and the walk stands still.
/// The second walk goes on from the most even seating of the first.
const TIGHT: [[Heat; 2]; 2] = [
    [(5000, 1500, 8, 1), (1500, 260, 12, 0)],
    [(5000, 1500, 8, 0), (1500, 260, 12, 0)],
];
/// The last walk.
const LAST: Heat = (1000, 260, 20, 0);

/// Where features are not even when the attempts are over: each round by itself for balance, whoever meets; then all of them for meetings, with balance kept.
const LEVEL: [Heat; 2] = [(61_440, 7_000, 60, 0), (1500, 260, 40, 0)];
/// A quarter of the moves once more.
const LEVEL_SHARE: u64 = 4;

/// How long to search, and from which seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatingOptions {
    seed: String,
    moves: u64,
}

impl SeatingOptions {
    /// The usual length of the search. Any text is a seed; the same input, seed and number of moves give the same plan on every machine.
    #[must_use]
    pub fn new(seed: impl Into<String>) -> Self {
        Self {
            seed: seed.into(),
            moves: MOVES,
        }
    }

    /// At most so many changes of seats are tried, and a quarter as many again where features are not even then; 30 million unless told otherwise.
    #[must_use]
    pub fn moves(mut self, moves: u64) -> Self {
        self.moves = moves;
        self
    }
}

impl Seating {
    /// A plan that keeps every rule, found from this seed with the usual [options](SeatingOptions).
    ///
    /// # Errors
    /// As [`plan_with`](Self::plan_with).
    pub fn plan(&self, seed: &str) -> Result<SeatingPlan> {
        self.plan_with(&SeatingOptions::new(seed))
    }

    /// A plan that keeps every rule. Among such plans it looks for one whose features are spread evenly, and then for one in which as many pairs
    /// as possible meet for the first time. What it reaches, and what no plan can exceed, is in the [report](SeatingPlan::report).
    ///
    /// First a construction without repeats for as many rounds as there is one (lines over a finite field, an affine plane, Kirkman's schoolgirls and their relatives), with its seats filled so
    /// that features are spread; then simulated annealing on swaps of two seats, from there and from random seatings. It ends early when the bound is reached.
    /// All costs are integers; limits count moves.
    ///
    /// DIFFERENCE: `groupselect` (the tool of the Sortition Foundation) plans each round from one shuffle, without memory of the rounds before it, and gives no bound.
    ///
    /// Cost: O(moves · (largest table + features)); memory O(people²).
    ///
    /// # Errors
    /// [`LimitReached`](ErrorKind::LimitReached) when no plan was found that keeps every rule: the text says how many times the best one breaks one.
    pub fn plan_with(&self, options: &SeatingOptions) -> Result<SeatingPlan> {
        let solver = Solver::new(self, options);
        let best = solver.solve()?;
        let plan = self.written(&best.tables);
        debug_assert_eq!(plan.verify(self), Ok(()));
        Ok(plan)
    }

    /// The plan in which everybody sits where `tables` says.
    fn written(&self, tables: &[u16]) -> SeatingPlan {
        let model = &self.model;
        let round = |r: usize| {
            let mut seats = vec![PlannedTable::default(); model.rounds[r].tables()];
            for person in 0..model.people {
                let Some(table) = seats.get_mut(usize::from(tables[r * model.people + person]))
                else {
                    continue;
                };
                let id = self.id(person).to_owned();
                if person < model.members {
                    table.members.push(id);
                } else {
                    table.facilitators.push(id);
                }
            }
            PlannedRound {
                round: self.first_round() + r as u32,
                tables: seats,
            }
        };
        SeatingPlan {
            rounds: (0..model.rounds.len()).map(round).collect(),
        }
    }
}

/// A seating that was found.
struct Found {
    tables: Vec<u16>,
    /// Against the rules, off balance, meetings too many: the first counts before the second, the second before the third.
    cost: [i64; 3],
}

struct Solver<'a> {
    model: &'a Model,
    options: &'a SeatingOptions,
    walk: Walk,
    /// New pairs that no plan exceeds.
    most_pairs: i64,
    /// Features are to be spread, and some people must meet again.
    is_tight: bool,
}

/// First and last temperature, times 1024; what a person too few or too many costs; and how much more a pair's next meeting costs than the one before. Without
/// that, the cost counts the pairs that do not meet.
type Heat = (i64, i64, i32, i32);
/// What a walk tries, how warm, and how many moves.
type Stage = (Steps, Heat, u64);

/// The cost that no plan is below.
const GOAL: [i64; 3] = [0; 3];

impl<'a> Solver<'a> {
    fn new(seating: &'a Seating, options: &'a SeatingOptions) -> Self {
        let model = &seating.model;
        let most_pairs = pair_bound(model).pairs;
        Self {
            model,
            options,
            walk: Walk::new(model),
            most_pairs: most_pairs as i64,
            is_tight: !model.features.is_empty() && most_pairs < seat_pairs(model),
        }
    }

    /// Moves of an attempt: all moves are shared by as many attempts as are long enough.
    fn moves_per_attempt(&self) -> u64 {
        let rounds = self.model.rounds.iter();
        let seats: u64 = rounds.map(|r| r.present.len() as u64).sum();
        let enough = MOVES_PER_SEAT[usize::from(self.is_tight)];
        let enough = seats * enough * (self.model.features.len() as u64 + 1);
        let attempts = (self.options.moves / enough.max(1)).max(1);
        (self.options.moves / attempts).max(1)
    }

    fn solve(&self) -> Result<Found> {
        let each = self.moves_per_attempt();
        let mut left = self.options.moves;
        let mut best: Option<Found> = None;
        let mut number = 0;
        while number == 0 || left >= each {
            let mut stream = self.stream(number);
            let moves = each.min(left);
            let (found, used) = self.attempt(number, moves, &mut stream);
            left = left.saturating_sub(used.max(1));
            if best.as_ref().is_none_or(|b| found.cost < b.cost) {
                best = Some(found);
            }
            if best.as_ref().is_some_and(|b| b.cost <= GOAL) {
                break;
            }
            number += 1;
        }
        if let Some(uneven) = best.take_if(|b| b.cost[0] == 0 && b.cost[1] > 0) {
            best = Some(self.levelled(uneven, &mut self.stream(number + 1)));
        }
        match best {
            // What was found is believed only when the plan, checked by itself, keeps every rule.
            Some(found) if found.cost[0] == 0 => Ok(found),
            best => {
                let broken = best.map_or(0, |b| b.cost[0]);
                let doing = format!(
                    "looking for a seating that keeps every rule (the best one breaks a rule {broken} times)"
                );
                let work = self.options.moves;
                Err(ErrorKind::LimitReached { doing, work }.into())
            }
        }
    }

    fn stream(&self, number: u64) -> Stream {
        let parts: [&[u8]; 2] = [self.options.seed.as_bytes(), &number.to_le_bytes()];
        Stream::from_key(Digest::of("kleroterion seating", &parts).0)
    }

    /// The first attempt starts from a construction, when there is one; the others from chance.
    fn attempt(&self, number: u64, moves: u64, stream: &mut Stream) -> (Found, u64) {
        let design = if number == 0 {
            self.design()
        } else {
            Vec::new()
        };
        let mut best = self.found(self.start(&design, stream));
        let (mut next, mut used) = (best.tables.clone(), 0);
        for stage in self.stages(number, design.len(), moves) {
            if best.cost <= GOAL {
                break;
            }
            let walked = self.walk(&next, stage, stream);
            used += stage.2;
            next.clone_from(&walked.cheapest);
            if self.improves(&mut best, walked) {
                next.clone_from(&best.tables);
            }
        }
        (best, used)
    }

    /// The best seating made even, if that can be: a round that passes through an even seating for a moment is kept as it is there.
    fn levelled(&self, mut best: Found, stream: &mut Stream) -> Found {
        let moves = (self.options.moves / LEVEL_SHARE).max(1);
        let rounds = self.model.rounds.len();
        let each = (moves / 2 / rounds as u64).max(1);
        let alone = (0..rounds).map(|round| (Steps::Alone { round }, LEVEL[0], each));
        let together = (Steps::Swaps, LEVEL[1], (moves / 2).max(1));
        for stage in alone.chain([together]) {
            let walked = self.walk(&best.tables, stage, stream);
            self.improves(&mut best, walked);
        }
        best
    }

    /// Keeps what the walk found where that is better; says whether it is.
    fn improves(&self, best: &mut Found, walked: Walked) -> bool {
        let mut is_better = false;
        for tables in [walked.cheapest, walked.evenest] {
            let found = self.found(tables);
            if found.cost < best.cost {
                *best = found;
                is_better = true;
            }
        }
        is_better
    }

    /// The walks of an attempt, which share its moves.
    fn stages(&self, number: u64, designed: usize, moves: u64) -> Vec<Stage> {
        let share = moves / 5;
        if designed > 1 {
            let exchanges = Steps::Exchanges { rounds: designed };
            let each = share / designed as u64;
            return vec![
                (exchanges, LAST, each),
                (Steps::Swaps, LAST, 3 * share),
                (Steps::Swaps, LAST, share),
            ];
        }
        let turn = (number % 2) as usize;
        if self.is_tight {
            let [first, second] = TIGHT[turn];
            return vec![
                (Steps::Swaps, first, 3 * share),
                (Steps::Swaps, second, moves - 3 * share),
            ];
        }
        vec![
            (Steps::Swaps, MAIN[turn], 4 * share),
            (Steps::Swaps, LAST, moves - 4 * share),
        ]
    }

    fn walk(&self, tables: &[u16], (steps, heat, moves): Stage, stream: &mut Stream) -> Walked {
        let (warm, cold, imbalance, further) = heat;
        let weights = Weights {
            rule: RULE,
            imbalance,
            first_repeat: REPEAT,
            further,
        };
        let mut state = State::new(self.model, &weights, tables);
        let schedule = Schedule { moves, warm, cold };
        self.walk.run(&mut state, (steps, schedule), stream)
    }

    fn found(&self, tables: Vec<u16>) -> Found {
        let sums = measure(self.model, &tables);
        Found {
            cost: [
                sums.broken,
                sums.imbalance,
                self.most_pairs - sums.new_pairs,
            ],
            tables,
        }
    }

    /// A construction for the first rounds, as long as they have equally many tables.
    fn design(&self) -> Design {
        let rounds = &self.model.rounds;
        let tables = rounds[0].tables();
        let same = rounds.iter().take_while(|r| r.tables() == tables).count();
        rounds_without_repeats(self.model.members, tables, same)
    }

    /// Everybody at a table: by the construction, with members as its points in the order of their profiles, and by chance in the rounds after it.
    fn start(&self, design: &Design, stream: &mut Stream) -> Vec<u16> {
        let points = self.points(stream);
        let mut tables = Vec::new();
        for round in 0..self.model.rounds.len() {
            let mut wish = self.dealt(round, stream);
            if let Some(seats) = design.get(round) {
                let members = points.iter().zip(seats);
                let here = members.filter(|(m, _)| self.model.rounds[round].present[**m]);
                here.for_each(|(&member, &table)| wish[member] = table);
            }
            let placed = place(self.model, round, Some(&wish));
            tables.extend(placed.unwrap_or(wish));
        }
        tables
    }

    /// The members, shuffled and then sorted by their values: rows of a construction are cut from this, so that the people of a row are alike.
    fn points(&self, stream: &mut Stream) -> Vec<usize> {
        let mut members: Vec<usize> = (0..self.model.members).collect();
        stream.shuffle(&mut members);
        let profile = |m: usize| self.model.features.iter().map(move |f| f.of[m]);
        members.sort_by(|&a, &b| profile(a).cmp(profile(b)));
        members
    }

    /// Everybody who is there, dealt out to the tables.
    fn dealt(&self, round: usize, stream: &mut Stream) -> Vec<u16> {
        let here = &self.model.rounds[round];
        let mut wish = vec![AWAY; self.model.people];
        let mut members: Vec<usize> = here.present_in(0..self.model.members).collect();
        let mut facilitators: Vec<usize> = here
            .present_in(self.model.members..self.model.people)
            .collect();
        stream.shuffle(&mut members);
        stream.shuffle(&mut facilitators);
        let tables = here.tables();
        let mut room: Vec<(u16, u16)> = here.sizes.clone();
        let mut next = 0;
        for member in members {
            // First the fewest at every table, then one after the other as long as there is room.
            let short = room.iter().position(|r| r.0 > 0);
            let open = (0..tables)
                .map(|t| (next + t) % tables)
                .find(|&t| room[t].1 > 0);
            let Some(table) = short.or(open) else { break };
            next = table + 1;
            room[table] = (
                room[table].0.saturating_sub(1),
                room[table].1.saturating_sub(1),
            );
            wish[member] = table as u16;
        }
        for (at, facilitator) in facilitators.into_iter().enumerate() {
            wish[facilitator] = at.min(tables) as u16;
        }
        wish
    }
}
