//! When no panel exists: clashes, suggestions and inclusion against brute force, and their texts.
#![cfg(feature = "csv")]

mod brute;
mod inclusion;
mod random;
mod texts;
