//! From a path through the graph to a panel of people.

use super::count::{Exact, Weighted};
use super::graph::Graph;
use crate::instance::Instance;
use crate::lottery::Stream;
use crate::natural::Natural;

/// A uniform number below `n` > 0: as many bits as `n` has, lowest word first, again until they are below `n`.
pub(crate) fn below(stream: &mut Stream, n: &Natural) -> Natural {
    let bits = n.bits();
    loop {
        let mut limbs: Vec<u64> = (0..bits.div_ceil(64)).map(|_| stream.word()).collect();
        if let Some(top) = limbs.last_mut().filter(|_| !bits.is_multiple_of(64)) {
            *top &= (1 << (bits % 64)) - 1;
        }
        let drawn = Natural::from_limbs(limbs);
        if drawn < *n {
            return drawn;
        }
    }
}

/// A uniform number in [0, 1): 53 bits of a word.
pub(crate) fn unit(stream: &mut Stream) -> f64 {
    (stream.word() >> 11) as f64 / 9_007_199_254_740_992.0
}

/// A path on which every panel is equally likely, exactly: seats by column.
pub(crate) fn uniform(graph: &Graph, exact: &Exact, stream: &mut Stream, seats: &mut [u32]) {
    let mut state = 0;
    for (s, step) in graph.plan.steps.iter().enumerate() {
        let out = graph.out(state);
        let mut chosen = out[0];
        if out.len() > 1 {
            let mut rest = below(stream, &exact.values[state]);
            for edge in out {
                let mut part = Natural::default();
                let weight = exact.weight(s, edge.used, edge.seats);
                part.add_product(weight, &exact.values[edge.to as usize]);
                chosen = *edge;
                if rest < part {
                    break;
                }
                rest.subtract(&part);
            }
        }
        seats[step.column] = u32::from(chosen.seats);
        state = chosen.to as usize;
    }
}

/// A path on which panels are as likely as their weights say, to about 15 digits a step. Stops when `goes_on`, told the
/// column and the seats of each step, says so; true when it came to the end.
pub(crate) fn weighted(
    graph: &Graph,
    weighted: &Weighted,
    stream: &mut Stream,
    mut goes_on: impl FnMut(usize, u32) -> bool,
) -> bool {
    let mut state = 0;
    for (s, step) in graph.plan.steps.iter().enumerate() {
        let out = graph.out(state);
        let mut chosen = out[0];
        if out.len() > 1 {
            let part = |e: &super::graph::Edge| {
                weighted.weight(s, e.used, e.seats) * weighted.values[e.to as usize]
            };
            let sum: f64 = out.iter().map(part).sum();
            let mut rest = unit(stream) * sum;
            for edge in out {
                let own = part(edge);
                if own > 0.0 {
                    chosen = *edge;
                }
                if rest < own {
                    break;
                }
                rest -= own;
            }
        }
        if !goes_on(step.column, u32::from(chosen.seats)) {
            return false;
        }
        state = chosen.to as usize;
    }
    true
}

/// People for the seats of a composition, every choice of them equally likely where one person of a household may sit; ascending.
pub(crate) fn seat(instance: &Instance, seats: &[u32], stream: &mut Stream) -> Vec<u32> {
    let mut panel = Vec::new();
    let mut column = 0;
    for group in instance.groups() {
        let roles = group.profiles().len();
        let own = &seats[column..column + roles];
        column += roles;
        if own.iter().all(|&x| x == 0) {
            continue;
        }
        let mut free: Vec<u32> = (0..group.units().len() as u32).collect();
        let mut turns: Vec<u32> = Vec::new();
        for (role, &x) in own.iter().enumerate() {
            for _ in 0..x {
                // once every unit has sent somebody they take turns again
                let turn = match free.len() as u64 {
                    0 => turns[0],
                    left => free.swap_remove(stream.below(left) as usize),
                };
                if free.is_empty() && turns.len() == group.units().len() {
                    turns.rotate_left(1);
                } else {
                    turns.push(turn);
                }
                let people = group.units()[turn as usize][role].iter().copied();
                let people: Vec<u32> = people.filter(|p| !panel.contains(p)).collect();
                panel.push(people[stream.below(people.len() as u64) as usize]);
            }
        }
    }
    panel.sort_unstable();
    panel
}
