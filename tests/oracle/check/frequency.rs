//! Draws against chances, with a stated false-alarm rate.

use super::{Verdict, ensure};

/// A correct draw is reported at most this often.
pub(crate) const FALSE_ALARMS: f64 = 1e-9;

/// Draws `draws` times (`draw(i)` lists the events that happened in draw i, each at most once) and compares how often
/// each event happened with its chance.
///
/// An event of chance p that happened in a share x of N draws is reported when `2·exp(−N·KL(x‖p))·events` is below
/// [`FALSE_ALARMS`]: by Chernoff's bound and the union bound a correct draw is reported with at most that probability,
/// whatever the dependence between events. Chances 0 and 1 allow no exception.
pub(crate) fn check_frequencies(
    chances: &[f64],
    draws: u64,
    mut draw: impl FnMut(u64) -> Vec<usize>,
) -> Verdict {
    let mut counts = vec![0u64; chances.len()];
    for i in 0..draws {
        for event in draw(i) {
            counts[event] += 1;
        }
    }
    let allowed = logarithm(2.0 * chances.len() as f64 / FALSE_ALARMS);
    for (event, (&chance, &count)) in chances.iter().zip(&counts).enumerate() {
        let surprise = draws as f64 * divergence(count as f64 / draws as f64, chance);
        ensure(surprise <= allowed, || {
            format!(
                "event {event} with chance {chance} happened {count} times in {draws} draws: N·KL {surprise:.1} > {allowed:.1}"
            )
        })?;
    }
    Ok(())
}

/// Kullback and Leibler's divergence of two coins; infinite where the impossible happened.
fn divergence(seen: f64, chance: f64) -> f64 {
    let term = |x: f64, p: f64| if x == 0.0 { 0.0 } else { x * logarithm(x / p) };
    term(seen, chance) + term(1.0 - seen, 1.0 - chance)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a threshold of a test, 20 orders of magnitude above rounding"
)]
fn logarithm(x: f64) -> f64 {
    x.ln()
}
