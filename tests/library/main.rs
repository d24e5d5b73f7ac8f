//! The library as its users call it: from reading files to verified draws.

#[path = "../oracle/case.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod case;
#[path = "../fixtures/homes.rs"]
mod homes;
#[path = "../fixtures/small.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod small;

mod api;
mod counting;
mod direct;
mod errors;
mod findings;
mod framed;
mod imported;
mod metrics;
mod reading;
mod recruitment;
mod replacements;
mod reserve;
mod settled;
mod smooth;
mod tampering;
mod tickets;
mod unfair;
mod vectors;
mod verified;
mod writing;
