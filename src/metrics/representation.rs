//! Who is over-represented in the pool, measured against the quotas.

use crate::instance::Instance;
use crate::ratio::Ratio;

/// For every quota, in canonical order, the share of the pool with its value over the share of the seats it asks for:
/// `(people/n) / ((min + max)/(2k))`, exactly. Above 1 there are more volunteers than proportional, below 1 fewer.
/// `None` where the quota leaves no seat; a maximum above the number of seats counts as the number of seats. O(n·f) for f features.
///
/// ```
/// use kleroterion::{Instance, Pool, Quotas, Ratio, metrics};
/// let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
/// let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
/// let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
/// let instance = Instance::new(pool, quotas, 2)?;
/// let [man, woman] = [Ratio::new(2, 3), Ratio::new(4, 3)]; // a third, two thirds of the pool; half the seats each
/// assert_eq!(metrics::representation(&instance), [Some(man), Some(woman)]);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[must_use]
pub fn representation(instance: &Instance) -> Vec<Option<Ratio>> {
    let people = instance.people_per_quota((0u32..).take(instance.len()));
    let people = people.into_iter().map(u64::from);
    let (n, k) = (instance.len() as u64, u64::from(instance.size()));
    let ratio = |(quota, people): (&crate::quota::Quota, u64)| {
        let seats = u64::from(quota.min) + u64::from(quota.max.min(instance.size()));
        (seats > 0).then(|| Ratio::new(2 * k * people, n * seats))
    };
    instance.quotas().iter().zip(people).map(ratio).collect()
}

/// For every person, in canonical order, the product of [`representation`] over their values: the ratio product of
/// Flanigan et al. (Nature 2021, figure 1), against which the paper plots chances. High means that the pool has many
/// people like this one. `+∞` for somebody with a value that no seat is for. O(n·f).
///
/// DIFFERENCE: joint features, which the paper does not have, are left out.
///
/// ```
/// use kleroterion::{Instance, Pool, Quotas, metrics};
/// let quotas = Quotas::builder()
///     .feature("age").value("old", 1..=1).value("young", 1..=1)
///     .feature("sex").value("woman", 1..=1).value("man", 1..=1)
///     .build()?;
/// let pool = Pool::builder()
///     .person("p1", [("age", "old"), ("sex", "woman")])
///     .person("p2", [("age", "young"), ("sex", "man")])
///     .person("p3", [("age", "old"), ("sex", "man")])
///     .person("p4", [("age", "old"), ("sex", "woman")])
///     .build()?;
/// let instance = Instance::new(pool, quotas, 2)?;
/// // old 3/4 over 1/2, young 1/4 over 1/2, woman and man 2/4 over 1/2
/// assert_eq!(metrics::ratio_products(&instance), [1.5, 0.5, 1.5, 1.5]);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[must_use]
pub fn ratio_products(instance: &Instance) -> Vec<f64> {
    let ratios: Vec<f64> = representation(instance)
        .into_iter()
        .map(|ratio| ratio.map_or(f64::INFINITY, Ratio::to_f64))
        .collect();
    let plain = super::plain_features(instance);
    let product = |person: u32| {
        let profile = instance.profile(person);
        plain
            .iter()
            .map(|&feature| ratios[profile[feature] as usize])
            .product()
    };
    (0u32..).take(instance.len()).map(product).collect()
}
