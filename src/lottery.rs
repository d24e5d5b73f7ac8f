//! From chances to a public draw.
