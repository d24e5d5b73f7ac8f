//! Reading quotas and pool from CSV files, and writing result tables and files.
//!
//! What is read: UTF-8 with or without byte order mark, else Windows-1252 with a warning; `,` `;` or tab between
//! cells, whichever makes the needed columns appear; any line end; quoted cells, of several lines too. Blank rows are
//! skipped and counted; a first line `sep=;` is obeyed. What is written: UTF-8 without byte order mark, with the
//! separator of the pool's file.
//!
//! ```no_run
//! use kleroterion::{Instance, io};
//!
//! let quotas = io::read_quotas("quotas.csv")?;
//! let pool = io::read_pool("pool.csv", &quotas)?;
//! let instance = Instance::new(pool, quotas, 36)?;
//! // or, with every problem of both files at once:
//! let instance = io::Files::new("quotas.csv", "pool.csv").household_columns(["street", "zip"]).read(36)?;
//! # Ok::<(), kleroterion::Error>(())
//! ```

#[cfg(feature = "csv")]
mod arithmetic_table;
#[cfg(feature = "csv")]
mod csv_writer;
#[cfg(feature = "csv")]
mod decode;
#[cfg(feature = "csv")]
mod dropout_file;
#[cfg(feature = "csv")]
mod files;
#[cfg(feature = "csv")]
mod forum_file;
#[cfg(feature = "csv")]
mod frame_file;
#[cfg(feature = "csv")]
mod import_file;
#[cfg(feature = "json")]
pub mod json;
#[cfg(feature = "csv")]
mod pair_table;
#[cfg(feature = "csv")]
mod places;
#[cfg(feature = "csv")]
mod pool_file;
#[cfg(feature = "csv")]
mod population_file;
#[cfg(feature = "csv")]
mod quota_file;
#[cfg(feature = "csv")]
mod quota_table;
#[cfg(feature = "report")]
pub mod report;
#[cfg(feature = "csv")]
mod seating_file;
#[cfg(feature = "csv")]
mod settled_file;
#[cfg(feature = "csv")]
mod share_file;
#[cfg(feature = "csv")]
mod sheet;
#[cfg(feature = "csv")]
mod source;
#[cfg(feature = "csv")]
mod tables;
#[cfg(feature = "toml")]
mod terms_file;
#[cfg(feature = "csv")]
mod vote_file;
mod write;

#[cfg(feature = "csv")]
pub use arithmetic_table::arithmetic_csv;
#[cfg(feature = "csv")]
pub use dropout_file::{dropouts, read_dropouts};
#[cfg(feature = "csv")]
pub use files::{Files, read_pool, read_quotas};
#[cfg(feature = "csv")]
pub use forum_file::{forums, read_forums};
#[cfg(feature = "csv")]
pub use frame_file::{FrameFile, Mailing};
#[cfg(feature = "csv")]
pub use import_file::{import, read_import};
#[cfg(feature = "csv")]
pub use pair_table::intersections_csv;
#[cfg(feature = "csv")]
pub use population_file::{read_shares, shares};
#[cfg(feature = "csv")]
pub use quota_table::quotas_csv;
#[cfg(feature = "csv")]
pub use seating_file::{SeatingFiles, seating_csv, table_cards_csv};
#[cfg(feature = "csv")]
pub use share_file::read_pair_shares;
#[cfg(feature = "csv")]
pub use tables::{Table, alternates_csv, remaining_csv, selected_csv};
#[cfg(feature = "toml")]
pub use terms_file::{read_terms, terms};
#[cfg(feature = "csv")]
pub use vote_file::{VoteRow, read_votes, votes};
pub use write::{Batch, read_bytes, write_atomically};
