//! The files that a run leaves behind.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind::NotFound;
use std::path::Path;

use kleroterion::audit::canonical;
use kleroterion::lottery::{DirectDraw, DirectLottery, Lottery};
use kleroterion::pool_commitment::Openings;
use kleroterion::privacy::Screen;
use kleroterion::{Instance, Problem, Result, io};

use crate::arguments::Task;
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
/// Public once there is a direct draw's commitment.
const OF_COMMITMENT: [&str; 2] = ["commit.json", "commitment.txt"];
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
const PRIVATE: [&str; 3] = ["selected.csv", "alternates.csv", "remaining.csv"];

/// Everybody's values and salts.
const OPENINGS: &str = "openings.json";

/// Files that are never published.
pub(crate) fn private(task: &Task, drawn: bool) -> Vec<&'static str> {
    let openings = task.salt_key.as_ref().map(|_| OPENINGS);
    let tables = PRIVATE.into_iter().filter(|_| drawn);
    openings.into_iter().chain(tables).collect()
}

/// Public files, in the order in which they come to be.
pub(crate) fn public(drawn: bool) -> Vec<&'static str> {
    let transcript = drawn.then_some("transcript.json");
    OF_LOTTERY.into_iter().chain(transcript).collect()
}

/// The same for a direct draw, whose commitment is in files of its own when it came first.
pub(crate) fn public_direct(drawn: bool) -> Vec<&'static str> {
    if drawn {
        vec!["transcript.json", "report.html"]
    } else {
        OF_COMMITMENT.to_vec()
    }
}

/// Names and contents of all files, ready to be written together.
pub(crate) struct Record {
    files: Vec<(&'static str, Vec<u8>)>,
    /// Files that may not be there with other contents.
    guarded: Vec<(&'static str, Vec<u8>)>,
    warnings: Vec<Problem>,
}

impl Record {
    pub(crate) fn of(made: &Made, lang: Lang) -> Result<Self> {
        let lottery = &made.lottery;
        let mut record = Self {
            files: Vec::new(),
            guarded: Vec::new(),
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
        let committed = |(name, _): &&(&str, Vec<u8>)| COMMITTED.contains(name);
        record.guarded = record.files.iter().filter(committed).cloned().collect();
        if let Some(draw) = &made.draw {
            record.add_people(made.instance(), draw.panel(), draw.alternates())?;
            record
                .files
                .push(("transcript.json", draw.transcript().to_json()?));
        }
        record.with_openings(made.openings.as_ref())
    }

    /// With everybody's values and salts, when there is a root made of them.
    pub(crate) fn with_openings(mut self, openings: Option<&Openings>) -> Result<Self> {
        if let Some(openings) = openings {
            self.files.push((OPENINGS, openings.to_json()?));
        }
        Ok(self)
    }

    /// The same, when no public file holds anything like a CPR number. Tables and pages show no text that the files of the record do not hold.
    pub(crate) fn screened(self, screen: &Screen) -> Result<Self> {
        for (name, bytes) in &self.files {
            if name.ends_with(".json") && *name != OPENINGS {
                screen.json(name, bytes)?;
            }
        }
        Ok(self)
    }

    /// Before a direct draw its commitment; after it the people, the transcript and the report.
    pub(crate) fn of_direct(
        lottery: &DirectLottery,
        draw: Option<&DirectDraw>,
        lang: Lang,
    ) -> Result<Self> {
        let commitment = format!("{}\n", lottery.commitment()).into_bytes();
        let guarded = vec![
            ("commit.json", lottery.commit().to_json()?),
            ("commitment.txt", commitment),
        ];
        let mut record = Self {
            files: Vec::new(),
            guarded,
            warnings: Vec::new(),
        };
        match draw {
            None => record.files.clone_from(&record.guarded),
            Some(draw) => {
                record.add_people(lottery.instance(), draw.panel(), draw.alternates())?;
                let report = io::report::direct_html(draw, lang.into());
                record.files.extend([
                    ("transcript.json", draw.transcript().to_json()?),
                    ("report.html", report.into_bytes()),
                ]);
            }
        }
        Ok(record)
    }

    fn add_people(
        &mut self,
        instance: &Instance,
        panel: &[String],
        alternates: &[String],
    ) -> Result<()> {
        let tables = [
            io::selected_csv(instance, panel)?,
            io::alternates_csv(instance, alternates)?,
            io::remaining_csv(instance, panel)?,
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
        Ok(())
    }

    /// Cells of the pool that are written with `'` in front.
    pub(crate) fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// Writes every file or none.
    pub(crate) fn write(self, task: &Task) -> std::result::Result<(), Stop> {
        self.refuse_another_commitment(&task.out)?;
        let batch = io::Batch::new(&task.out).keeping(task.inputs());
        let batch = self
            .files
            .into_iter()
            .fold(batch, |batch, (name, bytes)| batch.file(name, bytes));
        batch
            .write()
            .map_err(|error| Stop::Output(format!("nothing was written: {error}")))
    }

    fn refuse_another_commitment(&self, folder: &Path) -> std::result::Result<(), Stop> {
        let lottery = folder.join("lottery.json");
        let again = if lottery.exists() {
            format!("--lottery {}", lottery.display())
        } else {
            format!("--commit {}", folder.join("commit.json").display())
        };
        self.refuse_a_second_draw(folder)?;
        for (name, bytes) in &self.guarded {
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
                         Write this one elsewhere with --out DIR, or draw from the committed one with {again}.",
                        path.display()
                    )));
                }
            }
        }
        Ok(())
    }
}

impl Record {
    /// One commitment, one draw: a transcript of another draw from it is not replaced.
    fn refuse_a_second_draw(&self, folder: &Path) -> std::result::Result<(), Stop> {
        let file = |wanted: &str| self.files.iter().find(|(name, _)| *name == wanted);
        let (Some((_, drawn)), Some((_, commit))) = (file("transcript.json"), file("commit.json"))
        else {
            return Ok(());
        };
        let present = |name: &str| fs::read(folder.join(name)).ok();
        let same = present("commit.json").is_some_and(|present| present == *commit);
        match present("transcript.json") {
            Some(before) if same && before != *drawn => Err(Stop::Output(format!(
                "nothing was written: {} is another draw from this commitment, which has one draw only.",
                folder.join("transcript.json").display()
            ))),
            _ => Ok(()),
        }
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
