//! All panels as paths: a state is what the seats given so far leave to do, an edge gives seats to one role.
//!
//! Dynamic programming over groups of interchangeable people (de Azevedo and Gölz, 2026, count over types; here also
//! over households). A count whose maximum can no longer bind is remembered only up to its minimum, so values that
//! nobody left has are forgotten; states that cannot meet a quota any more are dropped.

use super::plan::Plan;
use crate::kernel::branch::Effort;

/// Gives `seats` seats of a role when `used` households of its group have one already.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    pub(crate) to: u32,
    pub(crate) seats: u16,
    pub(crate) used: u16,
}

/// Layers of states; the first holds the start, the last the end. Every path is one composition.
#[derive(Debug, Clone)]
pub(crate) struct Graph {
    pub(crate) plan: Plan,
    /// First state of every layer, and the number of states; layer `s` decides step `s`.
    pub(crate) layers: Vec<u32>,
    /// First edge of every state, and the number of edges.
    pub(crate) first: Vec<u32>,
    pub(crate) edges: Vec<Edge>,
}

/// Why there is no graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unbuilt {
    /// More states than may be kept.
    TooLarge,
    /// Not attempted: several people of a household may sit.
    Households,
    /// The work limit came first.
    Limit,
}

/// Most edges for a state, on average.
const EDGES: usize = 8;

impl Graph {
    /// Finds all states, or says that there are more than `most`. Counts states as nodes.
    pub(crate) fn build(plan: Plan, most: usize, effort: &mut Effort) -> Result<Self, Unbuilt> {
        let mut builder = Builder::new(plan).ok_or(Unbuilt::TooLarge)?;
        let mut keys: Vec<u128> = builder.start().into_iter().collect();
        let mut graph = Self {
            plan: builder.plan.clone(),
            layers: vec![0],
            first: vec![0],
            edges: vec![],
        };
        for s in 0..graph.plan.steps.len() {
            let offset = graph.layers[s] + keys.len() as u32;
            graph.layers.push(offset);
            let mut table = Table::new();
            let mut next = Vec::new();
            for &key in &keys {
                builder.expand(s, key, |child, seats, used| {
                    let to = offset + table.find_or_add(&mut next, child);
                    graph.edges.push(Edge { to, seats, used });
                });
                graph.first.push(graph.edges.len() as u32);
                if offset as usize + next.len() > most || graph.edges.len() > most * EDGES {
                    effort.nodes += next.len() as u64;
                    return Err(Unbuilt::TooLarge);
                }
            }
            effort.nodes += keys.len() as u64;
            if effort.exhausted() {
                return Err(Unbuilt::Limit);
            }
            keys = next;
        }
        graph
            .layers
            .push(graph.first.len() as u32 - 1 + keys.len() as u32);
        graph
            .first
            .extend(keys.iter().map(|_| graph.edges.len() as u32));
        Ok(graph.without_dead_ends())
    }

    /// States, the end among them.
    pub(crate) fn len(&self) -> usize {
        self.first.len() - 1
    }

    /// True when there is no panel.
    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// States of a layer.
    pub(crate) fn layer(&self, s: usize) -> std::ops::Range<usize> {
        self.layers[s] as usize..self.layers[s + 1] as usize
    }

    /// Edges of a state.
    pub(crate) fn out(&self, state: usize) -> &[Edge] {
        &self.edges[self.first[state] as usize..self.first[state + 1] as usize]
    }

    /// A few panels, as seats by column, in which every column sits that sits in any.
    pub(crate) fn covering(&self, columns: usize) -> Vec<Vec<u32>> {
        let mut before = vec![(0_u32, 0_u32); self.len()];
        for state in 0..self.len() {
            for at in self.first[state]..self.first[state + 1] {
                before[self.edges[at as usize].to as usize] = (state as u32, at);
            }
        }
        let (mut covered, mut panels) = (vec![false; columns], Vec::new());
        for (s, step) in self.plan.steps.iter().enumerate() {
            let mut edges =
                self.first[self.layers[s] as usize]..self.first[self.layers[s + 1] as usize];
            let Some(at) =
                edges.find(|&at| !covered[step.column] && self.edges[at as usize].seats > 0)
            else {
                continue;
            };
            let state = self.first.partition_point(|&first| first <= at) - 1;
            let panel = self.through(&before, (s, state, at));
            for (seen, &seats) in covered.iter_mut().zip(&panel) {
                *seen |= seats > 0;
            }
            panels.push(panel);
        }
        panels
    }

    /// The panel of some path through an edge of a state of a layer.
    fn through(
        &self,
        before: &[(u32, u32)],
        (layer, state, edge): (usize, usize, u32),
    ) -> Vec<u32> {
        let columns = self.plan.steps.iter().map(|s| s.column + 1).max();
        let mut panel = vec![0; columns.unwrap_or(0)];
        let mut give = |s: usize, edge: &Edge| panel[self.plan.steps[s].column] = edge.seats.into();
        let mut back = state;
        for s in (0..layer).rev() {
            let (state, at) = before[back];
            give(s, &self.edges[at as usize]);
            back = state as usize;
        }
        give(layer, &self.edges[edge as usize]);
        let mut on = self.edges[edge as usize].to as usize;
        for s in layer + 1..self.plan.steps.len() {
            let edge = self.out(on)[0];
            give(s, &edge);
            on = edge.to as usize;
        }
        panel
    }

    fn without_dead_ends(self) -> Self {
        let states = self.len();
        let mut alive = vec![false; states];
        let end = self.layers[self.plan.steps.len()] as usize;
        alive[end..].fill(true);
        for state in (0..end).rev() {
            alive[state] = self.out(state).iter().any(|e| alive[e.to as usize]);
        }
        let mut names = vec![0_u32; states];
        let mut next = 0;
        let mut kept = Self {
            plan: self.plan.clone(),
            layers: vec![],
            first: vec![0],
            edges: vec![],
        };
        for layer in self.layers.windows(2) {
            kept.layers.push(next);
            for state in layer[0] as usize..layer[1] as usize {
                names[state] = next;
                next += u32::from(alive[state]);
            }
        }
        kept.layers.push(next);
        for state in (0..states).filter(|&s| alive[s]) {
            let live = self.out(state).iter().filter(|e| alive[e.to as usize]);
            kept.edges.extend(live.map(|e| Edge {
                to: names[e.to as usize],
                ..*e
            }));
            kept.first.push(kept.edges.len() as u32);
        }
        kept
    }
}

/// Packs what is to be remembered into one number and unpacks it.
struct Builder {
    plan: Plan,
    /// Bits of every field, then of the seats left, then of the households used in a group.
    widths: Vec<u32>,
    counts: Vec<u32>,
    child: Vec<u32>,
}

impl Builder {
    fn new(plan: Plan) -> Option<Self> {
        let bits = |most: u32| 32 - most.leading_zeros();
        let mut widths: Vec<u32> = plan.fields.iter().map(|f| bits(f.max)).collect();
        let mixed = plan.steps.iter().filter(|s| s.more);
        let used = mixed.map(|s| s.units.min(plan.size)).max().unwrap_or(0);
        widths.extend([bits(plan.size), bits(used)]);
        if widths.iter().sum::<u32>() > 128 || plan.size > u32::from(u16::MAX) {
            return None;
        }
        let counts = vec![0; plan.fields.len()];
        Some(Self {
            child: counts.clone(),
            counts,
            plan,
            widths,
        })
    }

    fn start(&mut self) -> Option<u128> {
        let (size, capacity) = (self.plan.size, self.plan.capacity);
        self.child.fill(0);
        let fits = settle(&self.plan, &mut self.child, (&self.plan.supply, size));
        (fits && capacity >= size).then(|| self.pack(size, 0))
    }

    fn pack(&self, left: u32, used: u32) -> u128 {
        let numbers = self.child.iter().copied().chain([left, used]);
        let pairs = numbers.zip(&self.widths);
        pairs.fold(0, |key, (number, &width)| {
            key.checked_shl(width).unwrap_or(0) | u128::from(number)
        })
    }

    /// Seats left and households used; the counts go to `self.counts`.
    fn unpack(&mut self, mut key: u128) -> (u32, u32) {
        let mut take = |width: u32| {
            let number = key & ((1 << width) - 1);
            key = key.checked_shr(width).unwrap_or(0);
            number as u32
        };
        let fields = self.counts.len();
        let used = take(self.widths[fields + 1]);
        let left = take(self.widths[fields]);
        for f in (0..fields).rev() {
            self.counts[f] = take(self.widths[f]);
        }
        (left, used)
    }

    /// Every number of seats the step can give in this state, with what is to be remembered after it.
    fn expand(&mut self, s: usize, key: u128, mut emit: impl FnMut(u128, u16, u16)) {
        let (left, used) = self.unpack(key);
        let step = &self.plan.steps[s];
        let rooms = step
            .fields
            .iter()
            .map(|&f| self.plan.fields[f].max - self.counts[f]);
        let most = rooms.chain([left, step.units - used]).min().unwrap_or(0);
        for seats in 0..=most {
            let step = &self.plan.steps[s];
            let rest = left - seats;
            let in_use = if step.more { used + seats } else { 0 };
            let own = if step.more { step.units - in_use } else { 0 };
            if step.capacity + own < rest {
                continue;
            }
            self.child.copy_from_slice(&self.counts);
            for &f in &step.fields {
                self.child[f] += seats;
            }
            if settle(&self.plan, &mut self.child, (&step.supply, rest)) {
                emit(self.pack(rest, in_use), seats as u16, used as u16);
            }
        }
    }
}

/// False when some quota can no longer be met. Lowers counts whose maximum can no longer bind.
fn settle(plan: &Plan, counts: &mut [u32], (supply, left): (&[u32], u32)) -> bool {
    for range in &plan.features {
        let (mut needed, mut possible) = (0, 0);
        for f in range.clone() {
            let (field, count, reach) = (&plan.fields[f], counts[f], supply[f].min(left));
            if count + reach < field.min || count > field.max {
                return false;
            }
            needed += field.min.saturating_sub(count);
            possible += reach.min(field.max - count);
            if count + reach <= field.max {
                counts[f] = count.min(field.min);
            }
        }
        if needed > left || possible < left {
            return false;
        }
    }
    true
}

/// Finds a state again: open addressing with a fixed hash, so that states are numbered in the order they are met.
struct Table {
    /// Number of the state plus one; 0 is free.
    slots: Vec<u32>,
}

impl Table {
    fn new() -> Self {
        Self {
            slots: vec![0; 1024],
        }
    }

    fn slot(&self, keys: &[u128], key: u128) -> usize {
        let mask = self.slots.len() - 1;
        let folded = (key as u64) ^ ((key >> 64) as u64).wrapping_mul(0xff51_afd7_ed55_8ccd);
        let hash = folded.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut at = ((hash ^ (hash >> 29)) >> 7) as usize & mask;
        loop {
            let found = self.slots[at];
            if found == 0 || keys[found as usize - 1] == key {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    fn find_or_add(&mut self, keys: &mut Vec<u128>, key: u128) -> u32 {
        let at = self.slot(keys, key);
        if self.slots[at] > 0 {
            return self.slots[at] - 1;
        }
        keys.push(key);
        self.slots[at] = keys.len() as u32;
        if keys.len() * 2 > self.slots.len() {
            self.slots = vec![0; self.slots.len() * 4];
            for (number, &key) in (1..).zip(keys.iter()) {
                let at = self.slot(keys, key);
                self.slots[at] = number;
            }
        }
        keys.len() as u32 - 1
    }
}
