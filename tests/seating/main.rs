//! Seating members at tables: what must be reached, rules, bounds and replanning.

mod panels;
mod properties;
mod reach;
mod rules;
mod small;
