//! Whether seats per role are a panel, in integers, from the instance alone.

use crate::instance::Instance;

/// A point of the model as seats.
pub(super) fn seats(point: &[f64]) -> Vec<u32> {
    point.iter().map(|x| x.round().max(0.0) as u32).collect()
}

/// True when these seats, per role in order of (group, role), fill the panel and meet every quota and the household rule.
pub(super) fn is_panel(instance: &Instance, seats: &[u32]) -> bool {
    let mut counts = vec![0_u64; instance.quotas().len()];
    let (mut total, mut at) = (0_u64, 0);
    for group in instance.groups() {
        let mut of_group = 0_u64;
        for (role, profile) in group.profiles().iter().enumerate() {
            let Some(&taken) = seats.get(at) else {
                return false;
            };
            if taken as usize > group.most_in(role) {
                return false;
            }
            of_group += u64::from(taken);
            for &quota in profile {
                counts[quota as usize] += u64::from(taken);
            }
            at += 1;
        }
        if of_group > group.most() as u64 {
            return false;
        }
        total += of_group;
    }
    let quotas = instance.quotas().iter().zip(counts);
    at == seats.len()
        && total == u64::from(instance.size())
        && quotas
            .into_iter()
            .all(|(q, count)| (u64::from(q.min)..=u64::from(q.max)).contains(&count))
}
