//! A set that no exchange improves.

use super::{DropoutSamples, Loss};

/// How many of each type, and their mean loss: adds the best one at a time, then exchanges the best pair until no exchange helps.
pub(super) fn search(samples: &DropoutSamples<'_>, most: usize, loss: Loss) -> (Vec<u32>, f64) {
    let types = samples.types.len();
    let mut chosen = vec![0_u32; types];
    let value = |chosen: &[u32]| samples.mean(&samples.profiles(chosen), loss);
    let is_left = |chosen: &[u32], t: usize| (chosen[t] as usize) < samples.types[t].1.len();
    let mut best = value(&chosen);
    for _ in 0..most {
        let mut found: Option<(usize, f64)> = None;
        for t in (0..types).filter(|&t| is_left(&chosen, t)) {
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
    loop {
        let mut found: Option<(Vec<u32>, f64)> = None;
        for out in (0..types).filter(|&t| chosen[t] > 0) {
            for into in (0..types).filter(|&t| t != out && is_left(&chosen, t)) {
                let mut other = chosen.clone();
                other[out] -= 1;
                other[into] += 1;
                let with = value(&other);
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
