//! Reads the input, computes or reopens the lottery, and draws.

use std::fs;
use std::path::Path;

use kleroterion::lottery::{Commit, Draw, Lottery, Sources};
use kleroterion::{Error, Instance, Selector, io};

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

impl Made {
    pub fn new(task: &Task) -> Result<Self, Stop> {
        let sources = task.sources.as_ref().map(Sources::new).transpose()?;
        let (instance, lottery) = match &task.origin {
            Origin::Committed(path) => reopen(task, path)?,
            Origin::Computed { size, .. } => {
                let instance = read(task, *size)?;
                let lottery = compute(task, &instance)?;
                (instance, lottery)
            }
        };
        let draw = sources.map(|sources| lottery.draw(&sources)).transpose()?;
        Ok(Self {
            instance,
            lottery,
            draw,
        })
    }
}
