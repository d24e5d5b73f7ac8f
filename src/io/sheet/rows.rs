//! One row after the other, with its number.

use crate::error::Problem;
use crate::pool::key;

/// A row and how its quotation marks close.
pub(super) struct Row {
    pub(super) number: u64,
    pub(super) cells: Vec<String>,
    quoting: Quoting,
}

#[derive(Clone, Copy, PartialEq)]
enum Quoting {
    Sound,
    /// A quoted cell goes on to the end of the file.
    Open,
    /// A quoted cell of several lines is followed by text; its last mark was probably meant to begin another cell.
    Torn,
}

impl Row {
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|c| key::is_blank(c))
    }

    /// The problem of a quoted cell that may hold rows in which other people stand.
    pub(super) fn torn(&self) -> Option<Problem> {
        match self.quoting {
            Quoting::Sound => None,
            Quoting::Open => Some(Problem::new(
                "E-FILE-QUOTE",
                "a quoted cell that never ends",
                "a closing \"",
            )),
            Quoting::Torn => {
                let found = "a quoted cell of several lines with text right behind its closing \"";
                Some(Problem::new(
                    "E-FILE-QUOTE",
                    found,
                    "the cell to end there; a \" is missing or too many",
                ))
            }
        }
    }
}

/// Rows with their numbers. The reader underneath passes over empty lines; they are counted here from its byte
/// positions, and a row of several lines (a quoted line break) counts once.
pub(super) struct Rows<'a> {
    text: &'a [u8],
    separator: u8,
    reader: csv::Reader<&'a [u8]>,
    record: csv::StringRecord,
    row: u64,
    /// Where the latest row ends.
    end: usize,
    /// Empty lines so far, and the row number of the first.
    pub(super) skipped: u64,
    pub(super) first_skipped: Option<u64>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(text: &'a str, separator: u8) -> Self {
        let text = text.as_bytes();
        let mut builder = csv::ReaderBuilder::new();
        let reader = builder
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text);
        let record = csv::StringRecord::new();
        Self {
            text,
            separator,
            reader,
            record,
            row: 0,
            end: 0,
            skipped: 0,
            first_skipped: None,
        }
    }

    /// The next row that is not an empty line.
    pub(super) fn next_row(&mut self) -> Result<Option<Row>, Box<Problem>> {
        let more = self.reader.read_record(&mut self.record);
        let more = more.map_err(|e| {
            Problem::new(
                "E-FILE-FORMAT",
                format!("unreadable data ({e})"),
                "CSV text",
            )
        })?;
        let start = self.pass_empty_lines();
        if !more {
            return Ok(None);
        }
        self.end = usize::try_from(self.reader.position().byte()).unwrap_or(self.text.len());
        self.row += 1;
        let cells: Vec<String> = self.record.iter().map(str::to_owned).collect();
        let broken = cells.iter().any(|c| c.contains(['\n', '\r']));
        let quoting = if broken || self.end == self.text.len() {
            match self.quoting(start) {
                Quoting::Torn if !broken => Quoting::Sound,
                quoting => quoting,
            }
        } else {
            Quoting::Sound
        };
        Ok(Some(Row {
            number: self.row,
            cells,
            quoting,
        }))
    }

    /// Counts the empty lines behind the latest row; returns where the next row starts.
    fn pass_empty_lines(&mut self) -> usize {
        let mut at = self.end;
        if at > 0 && self.text[at - 1] == b'\r' && self.text.get(at) == Some(&b'\n') {
            at += 1;
        }
        let mut lines = 0;
        while let Some(b'\r' | b'\n') = self.text.get(at) {
            at += if self.text[at..].starts_with(b"\r\n") {
                2
            } else {
                1
            };
            lines += 1;
        }
        if lines > 0 {
            self.first_skipped.get_or_insert(self.row + 1);
            self.skipped += lines;
            self.row += lines;
        }
        at
    }

    /// How the quoted cells of the latest row end; the reader underneath takes them in any way.
    fn quoting(&self, start: usize) -> Quoting {
        let row = &self.text[start..self.end];
        let ends_cell = |b: u8| b == self.separator || b == b'\n' || b == b'\r';
        let (mut at, mut cell_begins, mut quoting) = (0, true, Quoting::Sound);
        while at < row.len() {
            if cell_begins && row[at] == b'"' {
                let Some(close) = closing_mark(row, at + 1) else {
                    return Quoting::Open;
                };
                at = close + 1;
                cell_begins = false;
                if row.get(at).is_some_and(|&b| !ends_cell(b)) {
                    quoting = Quoting::Torn;
                }
            } else {
                cell_begins = ends_cell(row[at]);
                at += 1;
            }
        }
        quoting
    }
}

/// The next quotation mark that is not doubled.
fn closing_mark(row: &[u8], mut at: usize) -> Option<usize> {
    while at < row.len() {
        match (row[at], row.get(at + 1)) {
            (b'"', Some(b'"')) => at += 2,
            (b'"', _) => return Some(at),
            _ => at += 1,
        }
    }
    None
}
