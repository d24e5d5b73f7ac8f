//! The panel that is seated when no file is given: drawn from the bundled pool, so that nobody in it exists.

use kleroterion::lottery::Sources;
use kleroterion::{Error, Rule, io};

const QUOTAS: &str = include_str!("../data/quotas.csv");
const POOL: &str = include_str!("../data/pool.csv");
const SIZE: u32 = 36;
const SOURCE: &str = "bundled demonstration source: 3 5 4 6 1 2 6 6 4 3";
pub(crate) const TABLES: u32 = 6;
pub(crate) const ROUNDS: u32 = 3;

pub(crate) fn files() -> Result<io::SeatingFiles, Error> {
    println!(
        "Demonstration: a panel is drawn from the bundled pool and seated. Nobody in it exists. With your own data:"
    );
    println!(
        "seating --members CSV --tables N --rounds N [--diversify COLUMN,...] [--apart CSV] [--out DIR]\n"
    );
    let files = io::Files::bundled(("bundled quotas.csv", QUOTAS), ("bundled pool.csv", POOL));
    let instance = files.read(SIZE)?;
    let lottery = Rule::Leximin.distribution(&instance)?.into_lottery();
    let draw = lottery.draw(&Sources::new([SOURCE])?)?;
    let panel = io::selected_csv(&instance, draw.panel())?;
    let members = io::SeatingFiles::bundled("bundled panel", panel.bytes);
    Ok(members.diversify(["sex", "age", "residence", "dwelling"]))
}
