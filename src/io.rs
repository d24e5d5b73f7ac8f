//! Reading and writing files.

#[cfg(feature = "json")]
pub mod json;
