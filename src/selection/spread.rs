//! Spreading a lottery over many compositions by trades that leave every chance untouched.
//!
//! The weight of the lottery is cut into equal slots. Two slots trade a seat of role `i` against a seat of role `j`
//! when both stay panels: their sum, and so every expected seat, stays exactly as it was. Many such trades in a
//! deterministic order mix the lottery (the swap walk on tables with fixed margins, in integers).

use super::model::Model;
use crate::kernel::branch::{Effort, sketch};
use crate::kernel::simplex::Simplex;

/// A part of the lottery: seats per role, and weight.
pub(crate) type Part = (Vec<u32>, u64);

/// A small stream of numbers keyed by the instance; only used to choose trades, never for a draw.
pub(crate) struct Stream(u64);

impl Stream {
    /// The stream of this model.
    pub(crate) fn of(model: &Model) -> Self {
        Self(fingerprint(model))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }
}

struct Slot {
    seats: Vec<u32>,
    rows: Vec<i32>,
}

struct Trader<'a> {
    model: &'a Model,
    /// Rows of each role.
    rows: Vec<Vec<u32>>,
    bounds: Vec<(i32, i32)>,
    stream: Stream,
    gains: Vec<u32>,
    losses: Vec<u32>,
}

/// Rounds of meetings between slots.
const ROUNDS: usize = 6;
/// Rounds of recombination for slots that are still alike.
const RECOMBINATIONS: usize = 10;

/// Cuts the parts into about `slots` slots and lets them trade. `tick` is called once a round and may stop the work.
pub(crate) fn spread(
    model: &Model,
    parts: Vec<Part>,
    slots: u32,
    effort: &mut Effort,
    tick: impl FnMut(usize, usize) -> bool,
) -> Vec<Part> {
    let total: u64 = parts.iter().map(|p| p.1).sum();
    let size = (total / u64::from(slots.max(1))).max(1);
    let mut rest: Vec<Part> = Vec::new();
    let mut open: Vec<Vec<u32>> = Vec::new();
    for (seats, weight) in parts {
        open.extend((0..weight / size).map(|_| seats.clone()));
        if weight % size > 0 {
            rest.push((seats, weight % size));
        }
    }
    rest.extend(
        mix(model, open, effort, tick)
            .into_iter()
            .map(|seats| (seats, size)),
    );
    rest
}

/// Mixes panels of equal weight; the seats of every role over all panels together stay as they are.
pub(crate) fn mix(
    model: &Model,
    panels: Vec<Vec<u32>>,
    effort: &mut Effort,
    mut tick: impl FnMut(usize, usize) -> bool,
) -> Vec<Vec<u32>> {
    let mut trader = Trader::new(model);
    let mut open: Vec<Slot> = panels
        .into_iter()
        .map(|seats| Slot {
            rows: trader.activity(&seats),
            seats,
        })
        .collect();
    let mut order: Vec<usize> = (0..open.len()).collect();
    for round in 0..ROUNDS + RECOMBINATIONS {
        if !tick(round, ROUNDS + RECOMBINATIONS) {
            break;
        }
        if round >= ROUNDS {
            trader.recombine_alike(&mut open, round, effort);
        }
        for i in (1..order.len()).rev() {
            let j = trader.stream.below(i + 1);
            order.swap(i, j);
        }
        for pair in order.chunks_exact(2) {
            let (a, b) = (pair[0].min(pair[1]), pair[0].max(pair[1]));
            let (left, right) = open.split_at_mut(b);
            trader.meet(&mut left[a], &mut right[0]);
        }
    }
    open.into_iter().map(|slot| slot.seats).collect()
}

impl<'a> Trader<'a> {
    fn new(model: &'a Model) -> Self {
        Self {
            model,
            rows: (0..model.len())
                .map(|j| model.columns.column(j).map(|(row, _)| row as u32).collect())
                .collect(),
            bounds: model
                .rows
                .iter()
                .map(|&(low, high)| (low as i32, high as i32))
                .collect(),
            stream: Stream::of(model),
            gains: vec![],
            losses: vec![],
        }
    }

    fn activity(&self, seats: &[u32]) -> Vec<i32> {
        let mut rows = vec![0; self.bounds.len()];
        for (j, &x) in seats.iter().enumerate().filter(|(_, x)| **x > 0) {
            for &row in &self.rows[j] {
                rows[row as usize] += x as i32;
            }
        }
        rows
    }

    /// Gives every slot that repeats another one a partner to recombine with.
    fn recombine_alike(&mut self, open: &mut [Slot], round: usize, effort: &mut Effort) {
        let mut order: Vec<usize> = (0..open.len()).collect();
        order.sort_by(|&a, &b| open[a].seats.cmp(&open[b].seats).then(a.cmp(&b)));
        let mut alike: Vec<usize> = order
            .windows(2)
            .filter(|w| open[w[0]].seats == open[w[1]].seats)
            .map(|w| w[1])
            .collect();
        for i in (1..alike.len()).rev() {
            let j = self.stream.below(i + 1);
            alike.swap(i, j);
        }
        // among themselves first; later with anybody, which also shakes up what is already unlike
        let step = if round.is_multiple_of(2) { 2 } else { 1 };
        for k in (0..alike.len()).step_by(step) {
            let a = alike[k];
            let partner = alike.get(k + 1).copied().filter(|_| step == 2);
            let b = partner.unwrap_or_else(|| self.stream.below(open.len()));
            if a != b && open[a].seats != open[b].seats {
                let (left, right) = open.split_at_mut(a.max(b));
                self.recombine(&mut left[a.min(b)], &mut right[0], effort);
            }
        }
    }

    /// Replaces two panels by two others with the same sum, found as an integer point between them.
    fn recombine(&mut self, a: &mut Slot, b: &mut Slot, effort: &mut Effort) {
        let differ: Vec<u32> = (0..a.seats.len() as u32)
            .filter(|&j| a.seats[j as usize] != b.seats[j as usize])
            .collect();
        let ends = |j: &u32| {
            (
                f64::from(a.seats[*j as usize]),
                f64::from(b.seats[*j as usize]),
            )
        };
        let lower: Vec<f64> = differ.iter().map(ends).map(|(x, y)| x.min(y)).collect();
        let upper: Vec<f64> = differ.iter().map(ends).map(|(x, y)| x.max(y)).collect();
        let mut common = a.rows.clone();
        for &j in &differ {
            for &row in &self.rows[j as usize] {
                common[row as usize] -= a.seats[j as usize] as i32;
            }
        }
        let rows: Vec<(f64, f64)> = (0..common.len())
            .map(|i| {
                let (low, high) = self.bounds[i];
                let sum = a.rows[i] + b.rows[i];
                (
                    f64::from(low.max(sum - high) - common[i]),
                    f64::from(high.min(sum - low) - common[i]),
                )
            })
            .collect();
        let mut lp = Simplex::new(self.model.columns.select(&differ), lower, upper, &rows);
        let cost: Vec<f64> = differ
            .iter()
            .map(|_| self.stream.below(1 << 20) as f64 / f64::from(1 << 19) - 1.0)
            .collect();
        lp.set_costs(&cost);
        let Some(point) = sketch(&mut lp, effort) else {
            return;
        };
        for (&j, x) in differ.iter().zip(point) {
            let j = j as usize;
            let sum = a.seats[j] + b.seats[j];
            a.seats[j] = x as u32;
            b.seats[j] = sum - x as u32;
        }
        a.rows = self.activity(&a.seats);
        b.rows = self.activity(&b.seats);
    }

    /// Tries random exchanges of single seats between two slots.
    fn meet(&mut self, a: &mut Slot, b: &mut Slot) {
        self.gains.clear();
        self.losses.clear();
        for (j, (x, y)) in a.seats.iter().zip(&b.seats).enumerate() {
            if x > y {
                self.losses.push(j as u32);
            } else if y > x {
                self.gains.push(j as u32);
            }
        }
        if self.gains.is_empty() || self.losses.is_empty() {
            return;
        }
        for _ in 0..2 * (self.gains.len() + self.losses.len()) {
            let (g, l) = (
                self.stream.below(self.gains.len()),
                self.stream.below(self.losses.len()),
            );
            let (give, take) = (self.losses[l] as usize, self.gains[g] as usize);
            // roles where the difference is already used up may not cross over
            if a.seats[give] <= b.seats[give] || b.seats[take] <= a.seats[take] {
                continue;
            }
            if self.fits(a, give, take) && self.fits(b, take, give) {
                self.exchange(a, give, take);
                self.exchange(b, take, give);
            }
        }
    }

    /// May the slot give a seat of `out` for one of `into`?
    fn fits(&self, slot: &Slot, out: usize, into: usize) -> bool {
        let (from, to) = (&self.rows[out], &self.rows[into]);
        f64::from(slot.seats[into]) < self.model.units[into]
            && from
                .iter()
                .all(|&r| slot.rows[r as usize] > self.bounds[r as usize].0 || to.contains(&r))
            && to
                .iter()
                .all(|&r| slot.rows[r as usize] < self.bounds[r as usize].1 || from.contains(&r))
    }

    fn exchange(&self, slot: &mut Slot, out: usize, into: usize) {
        slot.seats[out] -= 1;
        slot.seats[into] += 1;
        for &row in &self.rows[out] {
            slot.rows[row as usize] -= 1;
        }
        for &row in &self.rows[into] {
            slot.rows[row as usize] += 1;
        }
    }
}

/// A number that depends on the instance alone, to key the spreading.
fn fingerprint(model: &Model) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64;
    let mut eat = |x: u64| h = (h ^ x).wrapping_mul(0x0000_0100_0000_01b3);
    for &(low, high) in &model.rows {
        eat(low as u64);
        eat(high as u64);
    }
    for j in 0..model.len() {
        eat(model.people[j] as u64);
        model.columns.column(j).for_each(|(row, _)| eat(row as u64));
    }
    h
}
