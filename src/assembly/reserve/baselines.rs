//! What organisers do without such a model, for comparison.

use super::DropoutSamples;
use super::program::small_panel;
use crate::assembly::alternates::differences;
use crate::assembly::{Alternates, DropoutModel};
use crate::lottery::Stream;

impl DropoutSamples<'_> {
    /// The practice of organisers: a small panel of `most` alternates for whom the quotas are scaled down, minimums l·a/k rounded down and maximums u·a/k rounded
    /// up, and then widened by one on both sides until such a panel exists. Which of them it is, is drawn: the one of least cost, or nearly so, for random costs. All of them
    /// may sit beside the whole drawn panel: of a household as many as there is room for before anybody leaves. Ids, ascending;
    /// empty when no widening up to `most` gives one.
    #[must_use]
    pub fn quota_practice(&self, most: u32, stream: &mut Stream) -> Vec<String> {
        let size = self.instance.size();
        let costs: Vec<f64> = self
            .candidates
            .types
            .iter()
            .map(|_| stream.below(1_000_000) as f64)
            .collect();
        for wider in 0..=most {
            let quota = |q: &crate::Quota| {
                let low = (u64::from(q.min) * u64::from(most) / u64::from(size)) as u32;
                let high = (u64::from(q.max) * u64::from(most)).div_ceil(u64::from(size)) as u32;
                (
                    low.saturating_sub(wider),
                    high.saturating_add(wider).min(most.max(low)),
                )
            };
            let quotas: Vec<(u32, u32)> = self.instance.quotas().iter().map(quota).collect();
            if let Some(chosen) = small_panel(self, most, &quotas, &costs) {
                return self.ids(&chosen);
            }
        }
        Vec::new()
    }
}

impl Alternates<'_> {
    /// Greedy: members by their chance to drop out, the largest first (of equals, the lower id), each take the candidate who differs from them in fewest features, of
    /// several the first in drawn order; `most` members do so. Candidates are those not taken yet who may sit when that member alone has left and everybody taken before is
    /// there: housemates count. Ids, ascending. O(`most` · alternates · features + members · log members).
    #[must_use]
    pub fn nearest_to_likely(&self, model: &DropoutModel, most: usize) -> Vec<String> {
        let instance = self.instance;
        let chance = |&member: &u32| model.of(instance, member);
        let mut members = self.panel.clone();
        members.sort_by(|a, b| chance(b).total_cmp(&chance(a)).then(a.cmp(b)));
        let mut at_home = vec![0_u32; instance.len()];
        let count = |at_home: &mut [u32], person| {
            if let Some(home) = instance.household(person) {
                at_home[home as usize] += 1;
            }
        };
        members.iter().for_each(|&m| count(&mut at_home, m));
        let mut free: Vec<u32> = self.alternates.clone();
        let mut ids = Vec::new();
        for &member in members.iter().take(most) {
            let may_sit = |&(_, person): &(usize, u32)| {
                instance.household(person).is_none_or(|home| {
                    let left = u32::from(instance.household(member) == Some(home));
                    at_home[home as usize] - left < instance.household_room(person)
                })
            };
            let distance = |&(_, person): &(usize, u32)| differences(instance, member, person);
            let all = free.iter().copied().enumerate();
            let nearest = all.filter(may_sit).min_by_key(distance);
            if let Some((at, person)) = nearest {
                free.remove(at);
                count(&mut at_home, person);
                ids.push(instance.person(person).id().to_owned());
            }
        }
        ids.sort();
        ids
    }

    /// The chance to drop out, averaged over the panel: for a model that treats all members alike, which needs no data on who leaves.
    #[must_use]
    pub fn average_chance(&self, model: &DropoutModel) -> f64 {
        let sum: f64 = self.panel.iter().map(|&p| model.of(self.instance, p)).sum();
        sum / self.panel.len().max(1) as f64
    }
}
