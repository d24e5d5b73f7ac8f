//! The files that a run leaves behind.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind::NotFound;
use std::path::Path;

use kleroterion::audit::canonical;
use kleroterion::lottery::{Draw, Lottery};
use kleroterion::{Problem, Result, io};

use crate::making::Made;
use crate::page;
use crate::stop::Stop;
use crate::texts::Lang;

/// What a commitment consists of: another one's files are never overwritten.
const COMMITTED: [&str; 4] = [
    "commitment.txt",
    "commit.json",
    "lottery.json",
    "certificate.json",
];
/// Public once there is a lottery.
const OF_LOTTERY: [&str; 6] = [
    "lottery.json",
    "commit.json",
    "commitment.txt",
    "certificate.json",
    "probabilities.csv",
    "report.html",
];
/// Files with all columns of the pool.
pub(crate) const PRIVATE: [&str; 3] = ["selected.csv", "alternates.csv", "remaining.csv"];

/// Public files, in the order in which they come to be.
pub(crate) fn public(drawn: bool) -> Vec<&'static str> {
    let transcript = drawn.then_some("transcript.json");
    OF_LOTTERY.into_iter().chain(transcript).collect()
}

/// Names and contents of all files, ready to be written together.
pub(crate) struct Record {
    files: Vec<(&'static str, Vec<u8>)>,
    warnings: Vec<Problem>,
}

impl Record {
    pub(crate) fn of(made: &Made, lang: Lang) -> Result<Self> {
        let lottery = &made.lottery;
        let mut record = Self {
            files: Vec::new(),
            warnings: Vec::new(),
        };
        record.files.extend([
            ("lottery.json", lottery.record().to_json()?),
            ("commit.json", lottery.commit().to_json()?),
            (
                "commitment.txt",
                format!("{}\n", lottery.commitment()).into_bytes(),
            ),
            (
                "certificate.json",
                canonical::to_bytes(lottery.certificate())?,
            ),
            ("probabilities.csv", probabilities(lottery).into_bytes()),
            ("report.html", page::of(made, lang)?.into_bytes()),
        ]);
        if let Some(draw) = &made.draw {
            record.add_draw(draw)?;
        }
        Ok(record)
    }

    fn add_draw(&mut self, draw: &Draw) -> Result<()> {
        let instance = draw.lottery().instance();
        let tables = [
            io::selected_csv(instance, draw.panel())?,
            io::alternates_csv(instance, draw.alternates())?,
            io::remaining_csv(instance, draw.panel())?,
        ];
        // Whoever is not drawn stands in two tables, and so does a header.
        let mut seen = BTreeSet::new();
        for (name, table) in PRIVATE.into_iter().zip(tables) {
            self.files.push((name, table.bytes));
            self.warnings.extend(
                table
                    .warnings
                    .into_iter()
                    .filter(|w| seen.insert((w.row, w.column.clone()))),
            );
        }
        self.files
            .push(("transcript.json", draw.transcript().to_json()?));
        Ok(())
    }

    /// Cells of the pool that are written with `'` in front.
    pub(crate) fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// Writes every file or none.
    pub(crate) fn write(self, folder: &Path) -> std::result::Result<(), Stop> {
        self.refuse_another_commitment(folder)?;
        let batch = io::Batch::new(folder);
        let batch = self
            .files
            .into_iter()
            .fold(batch, |batch, (name, bytes)| batch.file(name, bytes));
        batch
            .write()
            .map_err(|error| Stop::Output(format!("nothing was written: {error}")))
    }

    fn refuse_another_commitment(&self, folder: &Path) -> std::result::Result<(), Stop> {
        for (name, bytes) in self
            .files
            .iter()
            .filter(|(name, _)| COMMITTED.contains(name))
        {
            let path = folder.join(name);
            match fs::read(&path) {
                Ok(present) if present == *bytes => {}
                Err(error) if error.kind() == NotFound => {}
                Err(error) => {
                    return Err(Stop::Output(format!(
                        "nothing was written: {}: {error}",
                        path.display()
                    )));
                }
                Ok(_) => {
                    return Err(Stop::Output(format!(
                        "nothing was written: {} belongs to another committed lottery, which is never overwritten.\n\
                         Write this one elsewhere with --out DIR, or draw from the committed one with --lottery {}.",
                        path.display(),
                        folder.join("lottery.json").display()
                    )));
                }
            }
        }
        Ok(())
    }
}

/// Everybody's exact chance, in ascending order of ids.
fn probabilities(lottery: &Lottery) -> String {
    let mut text = String::from("id,numerator,denominator,probability\n");
    for (id, chance) in lottery.probabilities() {
        let id = if id.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", id.replace('"', "\"\""))
        } else {
            id.to_owned()
        };
        writeln!(
            text,
            "{id},{},{},{:.12}",
            chance.numerator,
            chance.denominator,
            chance.to_f64()
        )
        .expect("text grows");
    }
    text
}
