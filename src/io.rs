//! Reading and writing files.

#[cfg(feature = "report")]
pub mod report;
