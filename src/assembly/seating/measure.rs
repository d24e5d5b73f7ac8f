//! What a seating comes to, added up from nothing.

use super::model::{APART, AWAY, Model, TOGETHER};

/// Sums over a whole seating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sums {
    /// How many times a rule about people is broken.
    pub(super) broken: i64,
    /// People of a value too few or too many, by the weights of the features.
    pub(super) imbalance: i64,
    /// Pairs of members who meet for the first time.
    pub(super) new_pairs: i64,
}

/// Adds up a seating: the table of every person, round by round.
pub(super) fn measure(model: &Model, tables: &[u16]) -> Sums {
    let mut sums = Sums {
        broken: 0,
        imbalance: 0,
        new_pairs: 0,
    };
    let mut is_met = vec![false; model.people * model.people];
    for round in 0..model.rounds.len() {
        let seats = &tables[round * model.people..][..model.people];
        let bench = model.rounds[round].tables() as u16;
        let sits = |p: usize| seats[p] < bench;
        for b in (0..model.people).filter(|&b| sits(b)) {
            for a in (0..b).filter(|&a| sits(a)) {
                let (at, shares) = (a * model.people + b, seats[a] == seats[b]);
                is_met[at] |= shares;
                let is_broken = match model.kinds[at] {
                    APART => shares,
                    TOGETHER => !shares,
                    _ => false,
                };
                sums.broken += i64::from(is_broken);
            }
        }
        let strays = (0..model.people).filter(|&p| seats[p] != AWAY);
        let strays = strays.filter(|&p| !model.rounds[round].may_sit(p, usize::from(seats[p])));
        sums.broken += strays.count() as i64 + clusters(model, round, seats);
        sums.imbalance += imbalance(model, round, seats);
    }
    let members = (0..model.members).flat_map(|b| (0..b).map(move |a| a * model.people + b));
    let new = members.filter(|&at| is_met[at] && model.history[at] == 0);
    sums.new_pairs = new.filter(|&at| model.kinds[at] != APART).count() as i64;
    sums
}

/// People of clusters outside the fewest tables that could hold them.
fn clusters(model: &Model, round: usize, seats: &[u16]) -> i64 {
    let tables = model.rounds[round].tables();
    let mut sum = 0;
    for cluster in &model.clusters {
        let mut counts = vec![0_u16; tables];
        let people =
            (0..model.members).filter(|&m| cluster.is_in[m] && usize::from(seats[m]) < tables);
        people.for_each(|m| counts[usize::from(seats[m])] += 1);
        sum += outside(&mut counts, cluster.capacity);
    }
    sum
}

/// People of a cluster who sit outside the fewest tables that could hold them all.
pub(super) fn outside(counts: &mut [u16], capacity: u16) -> i64 {
    let all: u16 = counts.iter().sum();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let fewest = usize::from(all.div_ceil(capacity.max(1)));
    let inside: u16 = counts.iter().take(fewest).map(|&c| c.min(capacity)).sum();
    i64::from(all - inside)
}

fn imbalance(model: &Model, round: usize, seats: &[u16]) -> i64 {
    let here = &model.rounds[round];
    let all = here.present_in(0..model.members).count() as u32;
    let people = model.present_values(round);
    let mut sum = 0;
    for table in 0..here.tables() {
        let at: Vec<usize> = (0..model.members)
            .filter(|&m| usize::from(seats[m]) == table)
            .collect();
        for (feature, people) in model.features.iter().zip(&people) {
            let mut counts = vec![0_u32; feature.values];
            at.iter()
                .for_each(|&m| counts[usize::from(feature.of[m])] += 1);
            for (&count, &people) in counts.iter().zip(people) {
                let (low, high) = Model::fair_part(people, at.len() as u32, all);
                let off = low.saturating_sub(count) + count.saturating_sub(high);
                sum += i64::from(off) * feature.weight;
            }
        }
    }
    sum
}
