//! Which features people have answers for.

use crate::instance::Instance;
use crate::pool::key;

/// The features with a column of their own, by canonical index: joint features, whose values follow from others, are
/// left out.
pub(crate) fn plain_features(instance: &Instance) -> Vec<usize> {
    let features = 0..instance.features().len();
    features
        .filter(|&feature| instance.joint_parts(feature).is_none())
        .collect()
}

/// The canonical feature of every canonical quota.
pub(super) fn feature_of_quotas(instance: &Instance) -> Vec<usize> {
    let position = |quota: &crate::quota::Quota| {
        let folded = key::fold(&quota.feature);
        instance
            .folded_features()
            .iter()
            .position(|f| *f == folded)
            .unwrap_or(0)
    };
    instance.quotas().iter().map(position).collect()
}
