//! Quotas on pairs of features.
#![cfg(all(feature = "csv", feature = "json", feature = "report"))]

#[allow(dead_code)]
#[path = "../programs/desk.rs"]
mod desk;
mod errors;
mod lottery;
mod random;

mod reading;
mod record;
mod report;
