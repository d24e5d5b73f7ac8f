//! Commitments to pools, receipts, and what may be published.

#[cfg(feature = "json")]
mod vectors;

mod draws;
mod publishing;
