//! Numerics: linear and integer programs with few rows and many columns, and mixtures of integer points.
//! No domain word in here. Only + − × ÷ √ in a fixed order, so the same input gives the same bits everywhere.

pub(crate) mod branch;
pub(crate) mod cholesky;
pub(crate) mod columns;
pub(crate) mod convex;
pub(crate) mod dual;
pub(crate) mod face;
pub(crate) mod min_norm;
pub(crate) mod mixture;
mod peel;
pub(crate) mod simplex;

#[cfg(test)]
mod tests;
