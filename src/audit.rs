//! Checks that need no solver.

pub mod canonical;
