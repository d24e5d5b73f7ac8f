//! A set that no exchange improves.

use super::{DropoutSamples, Loss};

/// How many of each type, and their mean loss: adds the best one at a time, then exchanges the best pair until no exchange helps. Where the first in drawn
/// order are better than that, it exchanges from there.
pub(super) fn search(samples: &DropoutSamples<'_>, most: usize, loss: Loss) -> (Vec<u32>, f64) {
    let value = |chosen: &[u32]| samples.mean(&samples.team(chosen), loss);
    let mut chosen = vec![0_u32; samples.candidates.types.len()];
    let mut best = value(&chosen);
    for _ in 0..most {
        let mut found: Option<(usize, f64)> = None;
        for t in worth_trying(samples, &chosen) {
            let mut with = chosen.clone();
            with[t] += 1;
            let with = value(&with);
            if found.is_none_or(|(_, least)| with < least) {
                found = Some((t, with));
            }
        }
        // One who does not help alone may help with another: the set is filled all the same.
        let Some((t, with)) = found else { break };
        chosen[t] += 1;
        best = with;
    }
    let built = exchange(samples, loss, (chosen, best));
    let first = samples.candidates.first(most);
    let drawn = value(&first);
    if drawn < built.1 - 1e-12 {
        exchange(samples, loss, (first, drawn))
    } else {
        built
    }
}

/// Exchanges the best pair until no exchange helps.
fn exchange(
    samples: &DropoutSamples<'_>,
    loss: Loss,
    (mut chosen, mut best): (Vec<u32>, f64),
) -> (Vec<u32>, f64) {
    loop {
        let mut found: Option<(Vec<u32>, f64)> = None;
        for out in (0..chosen.len()).filter(|&t| chosen[t] > 0) {
            let mut rest = chosen.clone();
            rest[out] -= 1;
            for into in worth_trying(samples, &rest) {
                if into == out {
                    continue;
                }
                let mut other = rest.clone();
                other[into] += 1;
                let with = samples.mean(&samples.team(&other), loss);
                if with < found.as_ref().map_or(best, |(_, least)| *least) - 1e-12 {
                    found = Some((other, with));
                }
            }
        }
        match found {
            Some((other, with)) => (chosen, best) = (other, with),
            None => return (chosen, best),
        }
    }
}

/// Types of whom one more can be chosen. People of a household of which nobody else is chosen or a member sit as freely as people without one: of such with
/// equal values, the first type stands for all.
fn worth_trying(samples: &DropoutSamples<'_>, chosen: &[u32]) -> Vec<usize> {
    let types = &samples.candidates.types;
    let each = types.iter().zip(chosen);
    let taken: Vec<u32> = each
        .filter_map(|(kind, &n)| kind.home.filter(|_| n > 0))
        .collect();
    let is_free = |home: u32| {
        samples.homes.binary_search(&home).is_err()
            && !taken.contains(&home)
            && samples.instance.household_room(home) > 0
    };
    let mut free: Option<usize> = None;
    let mut found = Vec::new();
    for (t, kind) in types.iter().enumerate() {
        if chosen[t] as usize >= kind.people.len() {
            continue;
        }
        if kind.home.is_none_or(is_free) {
            if free.is_some_and(|other| types[other].profile == kind.profile) {
                continue;
            }
            free = Some(t);
        }
        found.push(t);
    }
    found
}
