//! When no panel exists: clashes, suggestions and inclusion against brute force, and their texts.

mod brute;
mod inclusion;
mod random;
mod texts;
