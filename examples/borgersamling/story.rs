//! What happened in plain words, and the files that came of it.

use std::path::Path;

use kleroterion::assembly::Day;
use kleroterion::lottery::{Digest, Stream};
use kleroterion::{Error, io};

/// The log and the files so far.
pub(crate) struct Story {
    step: u32,
    log: String,
    files: Vec<(String, Vec<u8>)>,
}

impl Story {
    pub(crate) fn new() -> Self {
        let log = "Demonstration: a whole borgersamling on bundled data. Nobody in it exists, and what members say and vote is made up.\n";
        Self {
            step: 0,
            log: log.to_owned(),
            files: Vec::new(),
        }
    }

    /// Begins the next step.
    pub(crate) fn step(&mut self, title: &str) {
        self.step += 1;
        self.log += &format!("\n{:02} {title}\n", self.step);
    }

    /// Adds a line.
    pub(crate) fn say(&mut self, line: impl AsRef<str>) {
        self.log += &format!("   {}\n", line.as_ref());
    }

    /// Adds a file, with the number of the step before its name and what may be done with it.
    pub(crate) fn keep(&mut self, name: &str, bytes: impl Into<Vec<u8>>, what: &str) {
        let name = format!("{:02}-{name}", self.step);
        self.say(format!("→ {name}: {what}"));
        self.files.push((name, bytes.into()));
    }

    /// Writes all files or none, the log among them, and gives the log.
    pub(crate) fn finish(mut self, folder: &Path) -> Result<String, Error> {
        self.log += "\nFiles with \"never publish\" say who people are or what they answered; those \"for members only\" hold their ids. Everything else may go on the city's website.\n";
        let batch = io::Batch::new(folder).file("00-log.txt", self.log.clone());
        let batch = self
            .files
            .into_iter()
            .fold(batch, |batch, (name, bytes)| batch.file(name, bytes));
        batch.write()?;
        self.log += &format!(
            "Written to {}, with this text as 00-log.txt.\n",
            folder.display()
        );
        Ok(self.log)
    }
}

/// A day of the plan.
pub(crate) fn day(text: &str) -> Result<Day, Error> {
    text.parse()
}

/// Chance for what is made up in this demonstration; the same in every run.
pub(crate) fn made_up(purpose: &str) -> Stream {
    Stream::from_key(Digest::of("borgersamling example", &[purpose.as_bytes()]).0)
}
