//! How random a lottery is over panels, whichever way it is listed.

use super::{Assessment, Basis, Measured};
use crate::instance::Instance;
use crate::lottery::{Composition, DENOMINATOR, Form, Lottery};
use crate::metrics;
use crate::natural::Natural;
use crate::selection::Distribution;

/// Beside the logarithm of the number of panels, which no lottery exceeds.
pub(super) fn of_uniform(lottery: &Lottery, optimum: Distribution) -> Assessment {
    let mut panels = Natural::default();
    for composition in optimum.compositions() {
        panels.add(&panels_of(optimum.instance(), composition));
    }
    assessment((of(lottery), panels.ln()), Basis::Integers, optimum)
}

/// Beside the highest entropy with the same chances.
pub(super) fn of_most_random(lottery: &Lottery, optimum: Distribution) -> Assessment {
    let weights = optimum.weights();
    let highest = of_compositions(
        optimum.instance(),
        optimum.compositions(),
        (weights, DENOMINATOR),
    );
    assessment((of(lottery), highest), Basis::Fit, optimum)
}

fn assessment((value, bound): (f64, f64), basis: Basis, optimum: Distribution) -> Assessment {
    let gap = if bound > 0.0 {
        ((bound - value) / bound).max(0.0)
    } else {
        0.0
    };
    Assessment {
        rule: optimum.rule(),
        measured: Measured::Entropy,
        value,
        bound,
        gap,
        basis,
        optimum,
    }
}

/// Entropy over panels, in nats.
fn of(lottery: &Lottery) -> f64 {
    let record = lottery.record();
    match record.form() {
        Form::Panels { .. } => metrics::entropy(record.weights()),
        Form::Compositions { compositions, .. } => of_compositions(
            lottery.instance(),
            compositions,
            (record.weights(), record.denominator()),
        ),
    }
}

/// −Σ w ln(w/panels): the panels of one composition are equally likely.
fn of_compositions(instance: &Instance, list: &[Composition], weights: (&[u64], u64)) -> f64 {
    let (weights, denominator) = weights;
    let part = |(composition, &weight): (&Composition, &u64)| {
        let share = weight as f64 / denominator as f64;
        share * (panels_of(instance, composition).ln() - libm::log(share))
    };
    let parts = list.iter().zip(weights).filter(|(_, weight)| **weight > 0);
    0.0 + parts.map(part).sum::<f64>()
}

/// Panels that a composition stands for: units per role, and who of each unit.
fn panels_of(instance: &Instance, Composition(entries): &Composition) -> Natural {
    let mut panels = Natural::from(1);
    let (mut current, mut used) = (None, 0);
    for &(group, role, seats) in entries {
        if current != Some(group) {
            (current, used) = (Some(group), 0);
        }
        let units = instance.groups()[group as usize].units();
        let each = units.first().map_or(0, |unit| unit[role as usize].len());
        panels = panels.by(&Natural::choose(units.len() as u64 - used, seats.into()));
        for _ in 0..seats {
            panels = panels.times(each as u64);
        }
        used += u64::from(seats);
    }
    panels
}
