//! Spreading a lottery over many compositions by trades that leave every chance untouched.
//!
//! The weight of the lottery is cut into equal slots. Two slots trade a seat of role `i` against a seat of role `j`
//! when both stay panels: their sum, and so every expected seat, stays exactly as it was. Many such trades in a
//! deterministic order mix the lottery (the swap walk on tables with fixed margins, in integers).

use super::model::Model;

/// A part of the lottery: seats per role, and weight.
pub(crate) type Part = (Vec<u32>, u64);

/// A small stream of numbers keyed by the instance; only used to choose trades, never for a draw.
struct Stream(u64);

impl Stream {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
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
const ROUNDS: usize = 12;

/// Cuts the parts into about `slots` slots and lets them trade. `tick` is called once a round and may stop the work.
pub(crate) fn spread(model: &Model, parts: Vec<Part>, (slots, key): (u32, u64), mut tick: impl FnMut(usize, usize) -> bool) -> Vec<Part> {
    let total: u64 = parts.iter().map(|p| p.1).sum();
    let size = (total / u64::from(slots.max(1))).max(1);
    let mut trader = Trader::new(model, key);
    let mut rest: Vec<Part> = Vec::new();
    let mut open: Vec<Slot> = Vec::new();
    for (seats, weight) in parts {
        let rows = trader.activity(&seats);
        for _ in 0..weight / size {
            open.push(Slot { seats: seats.clone(), rows: rows.clone() });
        }
        if weight % size > 0 {
            rest.push((seats, weight % size));
        }
    }
    let mut order: Vec<usize> = (0..open.len()).collect();
    for round in 0..ROUNDS {
        if !tick(round, ROUNDS) {
            break;
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
    rest.extend(open.into_iter().map(|slot| (slot.seats, size)));
    rest
}

impl<'a> Trader<'a> {
    fn new(model: &'a Model, key: u64) -> Self {
        Self {
            model,
            rows: (0..model.len()).map(|j| model.columns.column(j).map(|(row, _)| row as u32).collect()).collect(),
            bounds: model.rows.iter().map(|&(low, high)| (low as i32, high as i32)).collect(),
            stream: Stream(key),
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
            let (g, l) = (self.stream.below(self.gains.len()), self.stream.below(self.losses.len()));
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
            && from.iter().all(|&r| slot.rows[r as usize] > self.bounds[r as usize].0 || to.contains(&r))
            && to.iter().all(|&r| slot.rows[r as usize] < self.bounds[r as usize].1 || from.contains(&r))
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
