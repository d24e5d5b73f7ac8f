//! Numerics; no domain word in here.
