//! The files that a run leaves behind.

use std::fs;
use std::path::Path;

use kleroterion::{Problem, io};

use crate::making::Made;
use crate::stop::Stop;
use crate::texts::Lang;

/// Files that make up a commitment: another one's must never be overwritten.
const COMMITTED: [&str; 4] = [
    "commitment.txt",
    "commit.json",
    "lottery.json",
    "certificate.json",
];
pub const PUBLIC: [&str; 7] = [
    "lottery.json",
    "commit.json",
    "commitment.txt",
    "certificate.json",
    "probabilities.csv",
    "transcript.json",
    "report.html",
];
pub const PRIVATE: [&str; 3] = ["selected.csv", "alternates.csv", "remaining.csv"];

/// Names and contents of all files, ready to be written together.
pub struct Record {
    files: Vec<(&'static str, Vec<u8>)>,
    warnings: Vec<Problem>,
}

impl Record {
    /// What was changed in the copies of the pool's columns.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// Writes every file or none.
    pub fn write(&self, folder: &Path) -> Result<(), Stop> {
        self.refuse_another_commitment(folder)?;
        let mut batch = io::Batch::new(folder);
        for (name, bytes) in &self.files {
            batch.add(name, bytes)?;
        }
        batch
            .commit()
            .map_err(|error| Stop::Output(error.to_string()))
    }

    fn refuse_another_commitment(&self, folder: &Path) -> Result<(), Stop> {
        for (name, bytes) in self
            .files
            .iter()
            .filter(|(name, _)| COMMITTED.contains(name))
        {
            let path = folder.join(name);
            match fs::read(&path) {
                Ok(present) if present != *bytes => {
                    return Err(Stop::Output(format!(
                        "{} belongs to another committed lottery, which is never overwritten: nothing was written.\n\
                         Choose another folder with --out, or draw from the committed lottery with --lottery {}.",
                        path.display(),
                        folder.join("lottery.json").display()
                    )));
                }
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Stop::Output(format!("{}: {error}", path.display())));
                }
                _ => {}
            }
        }
        Ok(())
    }
}
