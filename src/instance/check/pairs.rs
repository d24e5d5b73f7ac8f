//! Pairs of features among the others: their names and everybody's cell.

use std::collections::BTreeMap;

use super::{Checked, Count};
use crate::instance::joint::{Joint, Place};

impl Checked {
    /// Marks the features that are pairs.
    pub(super) fn name(&mut self, joints: &[Joint]) {
        for joint in joints {
            if let Some(feature) = self.canonical.feature(&joint.name) {
                let parts = joint.parts.each_ref().map(|part| part.folded.clone());
                self.canonical.parts[feature] = Some(parts);
            }
        }
    }

    /// Every person's cell of every pair.
    pub(super) fn pairs(&mut self, joints: &[Joint], count: &mut Count) {
        let indices = (0u32..).zip(&self.canonical.origins);
        let quotas: BTreeMap<usize, u32> = indices
            .filter_map(|(index, origin)| Some(((*origin)?, index)))
            .collect();
        for joint in joints {
            let Some(feature) = self.canonical.feature(&joint.name) else {
                continue;
            };
            count.unknown[feature] = 0;
            let other = (0u32..)
                .zip(&self.canonical.origins)
                .skip(self.canonical.starts[feature])
                .find_map(|(index, origin)| origin.is_none().then_some(index));
            for (place, profile) in joint.places.iter().zip(&mut self.profiles) {
                let quota = match place {
                    Place::Cell(at) => quotas.get(at).copied(),
                    Place::Other => other,
                    Place::Unknown => None,
                };
                match quota {
                    Some(quota) => {
                        count.having[quota as usize] += 1;
                        profile[feature] = quota;
                    }
                    None => count.unknown[feature] += 1,
                }
            }
        }
    }
}
