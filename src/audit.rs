//! Checks that need no solver.
