//! How long something takes. The library has no clock: time is measured here, for readers only.
#![allow(
    clippy::disallowed_types,
    reason = "shown in the table, decides nothing"
)]

use std::time::Instant;

/// What the work gave, and its wall time in seconds.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed().as_secs_f64())
}
