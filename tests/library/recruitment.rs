//! Invitations: who gets a letter with what chance, how many letters it takes, and who says yes.
#![cfg(feature = "csv")]

mod frames;
mod planning;
mod sampling;
mod self_selection;

use kleroterion::lottery::Sources;

fn sources(text: &str) -> Sources {
    Sources::new([text]).expect("a source")
}

/// Six standard deviations and one count: a correct program fails one comparison in about 5·10^8.
#[track_caller]
fn is_likely(count: u64, draws: u64, chance: f64, what: &str) {
    let expected = draws as f64 * chance;
    let deviation = (expected * (1.0 - chance)).sqrt();
    assert!(
        (count as f64 - expected).abs() <= 6.0 * deviation + 1.0,
        "{what}: {count} of {draws}, expected {expected:.1} ± {deviation:.1}"
    );
}
