//! Writing a table as CSV.

use std::fmt::Display;

use crate::error::{ErrorKind, Result};

/// Rows of UTF-8 CSV. Its errors name the file; no input that causes one is known.
pub(super) struct CsvWriter {
    file: &'static str,
    writer: csv::Writer<Vec<u8>>,
}

impl CsvWriter {
    pub(super) fn new(file: &'static str, separator: u8) -> Self {
        let mut builder = csv::WriterBuilder::new();
        let writer = builder.delimiter(separator).from_writer(Vec::new());
        Self { file, writer }
    }

    pub(super) fn row<C: AsRef<[u8]>>(&mut self, cells: impl IntoIterator<Item = C>) -> Result<()> {
        let written = self.writer.write_record(cells);
        Ok(written.map_err(|e| failed(self.file, &e))?)
    }

    pub(super) fn bytes(self) -> Result<Vec<u8>> {
        let Self { file, writer } = self;
        Ok(writer.into_inner().map_err(|e| failed(file, &e))?)
    }
}

fn failed(file: &str, error: &dyn Display) -> ErrorKind {
    ErrorKind::Format {
        file: file.to_owned(),
        message: error.to_string(),
    }
}
