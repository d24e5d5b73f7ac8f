//! Computes or reopens the lottery, and draws.

use std::fs;
use std::path::{Path, PathBuf};

use kleroterion::lottery::{Commit, Draw, Lottery, Sources};
use kleroterion::{Instance, Selector, io};

use crate::arguments::{Files, Origin, Task};
use crate::bar::Bar;
use crate::stop::Stop;

const BUNDLED_QUOTAS: &[u8] = include_bytes!("../data/quotas.csv");
const BUNDLED_POOL: &[u8] = include_bytes!("../data/pool.csv");

/// The lottery and, with sources, the draw.
pub struct Made {
    pub instance: Instance,
    pub lottery: Lottery,
    pub draw: Option<Draw>,
}
