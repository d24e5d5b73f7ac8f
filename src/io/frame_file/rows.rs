//! The rows of a register, one in memory at a time.

use csv::ByteRecord;

use super::gate::LONGEST;
use super::head::{Head, encoding, into_io};
use crate::error::{Error, Problem, Result};
use crate::io::sheet::{blank_rows, row_length};
use crate::lottery::Digest;
use crate::pool::key;
use crate::recruitment::Noted;

/// Which columns are needed.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    pub(super) id: usize,
    pub(super) strata: Vec<usize>,
    pub(super) address: Vec<usize>,
}

pub(super) fn is_blank(record: &ByteRecord) -> bool {
    let space = |b: &u8| matches!(b, b' ' | 9..=13);
    record.as_slice().iter().all(space)
}

/// Row numbers as a spreadsheet shows them: empty lines count, a row of several lines counts once.
pub(super) struct Lines {
    /// The reader's line after the latest row.
    line: u64,
    pub(super) row: u64,
    blanks: u64,
    first_blank: u64,
}

impl Lines {
    /// The reader is one line behind when lines end with two characters.
    pub(super) fn new(crlf: bool) -> Self {
        Self {
            line: u64::from(!crlf),
            row: 0,
            blanks: 0,
            first_blank: 0,
        }
    }

    pub(super) fn pass(&mut self, record: &ByteRecord, line: u64) {
        let passed = line.saturating_sub(self.line);
        self.line = line;
        if passed > 1 {
            let inner = breaks(record.as_slice());
            let empty = passed.saturating_sub(1 + inner);
            if empty > 0 && self.blanks == 0 {
                self.first_blank = self.row + 1;
            }
            self.blanks += empty;
            self.row += empty;
        }
        self.row += 1;
    }

    /// The latest row was blank.
    pub(super) fn blank(&mut self) {
        if self.blanks == 0 {
            self.first_blank = self.row;
        }
        self.blanks += 1;
    }
}

fn breaks(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|&&b| b == b'\n').count() as u64
}

/// A register below its header.
pub(super) struct Rows<'a> {
    head: Head<'a>,
    form: Form,
    /// Last needed column.
    reach: usize,
    record: ByteRecord,
    address: Vec<u8>,
    short: u64,
}

/// What a table of the same form needs.
#[derive(Clone)]
pub(super) struct Form {
    pub(super) label: String,
    pub(super) header: Vec<String>,
    pub(super) separator: u8,
    pub(super) columns: Columns,
    pub(super) digest: Digest,
    pub(super) warnings: Vec<Problem>,
}

impl Form {
    /// The header of a column.
    pub(super) fn name(&self, column: usize) -> String {
        key::clean(&self.header[column])
    }

    pub(super) fn names(&self, columns: &[usize]) -> Vec<String> {
        columns.iter().map(|&c| self.name(c)).collect()
    }
}

/// One person's row.
pub(super) struct Person<'a> {
    pub(super) id: &'a str,
    /// Folded; empty for somebody alone.
    pub(super) address: &'a [u8],
    pub(super) row: u64,
    pub(super) label: &'a str,
    pub(super) columns: &'a Columns,
    header: &'a [String],
    record: &'a ByteRecord,
}

impl<'a> Person<'a> {
    /// The cells that make the stratum.
    pub(super) fn strata(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        let record = self.record;
        self.columns
            .strata
            .iter()
            .map(|&c| text(record, c).unwrap_or(""))
    }

    /// All cells, each after its length.
    pub(super) fn packed(&self) -> Vec<u8> {
        let mut packed = Vec::with_capacity(self.record.as_slice().len() + 4 * self.record.len());
        for cell in self.record {
            packed.extend_from_slice(&(cell.len() as u32).to_le_bytes());
            packed.extend_from_slice(cell);
        }
        packed
    }

    /// Locates a problem in one of the person's cells.
    pub(super) fn at(&self, problem: Problem, column: usize) -> Problem {
        let name = key::clean(&self.header[column]);
        problem.at(Some(self.label), Some(self.row), Some(&name))
    }
}

/// Cells from [`Person::packed`].
pub(super) fn unpacked(mut packed: &[u8]) -> Vec<&[u8]> {
    let mut cells = Vec::new();
    while let Some((length, rest)) = packed.split_first_chunk::<4>() {
        let (cell, rest) = rest.split_at(u32::from_le_bytes(*length) as usize);
        cells.push(cell);
        packed = rest;
    }
    cells
}

/// Nothing but white space; most cells show it by their first byte.
fn is_empty(record: &ByteRecord, column: usize) -> bool {
    let first = record.get(column).and_then(|cell| cell.first());
    !first.is_some_and(u8::is_ascii_graphic) && text(record, column).is_some_and(key::is_blank)
}

fn text(record: &ByteRecord, column: usize) -> Option<&str> {
    std::str::from_utf8(record.get(column)?).ok()
}

impl<'a> Rows<'a> {
    pub(super) fn new(head: Head<'a>, label: String, columns: Columns) -> Self {
        let needed = columns.strata.iter().chain(&columns.address);
        let reach = needed.fold(columns.id, |reach, &c| reach.max(c));
        let form = Form {
            label,
            header: head.header.clone(),
            separator: head.separator,
            columns,
            digest: Digest([0; 32]),
            warnings: vec![],
        };
        Self {
            head,
            form,
            reach,
            record: ByteRecord::new(),
            address: Vec::new(),
            short: 0,
        }
    }

    /// The next person without a problem; rows with one are noted.
    pub(super) fn next(&mut self, noted: &mut Noted) -> Result<Option<Person<'_>>> {
        loop {
            if !self.read(noted)? {
                return Ok(None);
            }
            match self.problem() {
                None => break,
                Some((problem, column)) => {
                    let name = column.map(|c: usize| key::clean(&self.form.header[c]));
                    let row = Some(self.head.lines.row);
                    noted.note(problem.at(Some(&self.form.label), row, name.as_deref()));
                }
            }
        }
        let record = &self.record;
        let columns = &self.form.columns;
        if !columns.address.is_empty() {
            let cells = columns.address.iter();
            let cells = cells.map(|&c| text(record, c).unwrap_or(""));
            key::household_into(&mut self.address, cells);
        }
        Ok(Some(Person {
            id: text(record, columns.id).unwrap_or("").trim(),
            address: &self.address,
            row: self.head.lines.row,
            label: &self.form.label,
            columns,
            header: &self.form.header,
            record,
        }))
    }

    /// Reads a row that is not blank; false at the end.
    fn read(&mut self, noted: &mut Noted) -> Result<bool> {
        loop {
            match self.head.reader.read_byte_record(&mut self.record) {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(_) if self.head.meter.get() > LONGEST => {
                    let problem = Problem::new(
                        "E-FILE-QUOTE",
                        "a row of more than 16 MiB",
                        "a closing \"; one is missing",
                    );
                    let row = Some(self.head.lines.row + 1);
                    noted.note(problem.at(Some(&self.form.label), row, None));
                    return Ok(false);
                }
                Err(e) => return Err(Error::io(&self.form.label, into_io(e))),
            }
            self.head.meter.set(0);
            let line = self.head.reader.position().line();
            self.head.lines.pass(&self.record, line);
            if !is_blank(&self.record) {
                return Ok(true);
            }
            self.head.lines.blank();
        }
    }

    /// What is wrong with the row, and in which column.
    fn problem(&mut self) -> Option<(Problem, Option<usize>)> {
        let (record, width) = (&self.record, self.form.header.len());
        if let Some(problem) = swallowed(record, self.form.separator, width) {
            return Some((problem, None));
        }
        if record.len() != width {
            let is_long = record
                .iter()
                .skip(width)
                .any(|c| !c.trim_ascii().is_empty());
            let code = match record.len() < width {
                true if record.len() > self.reach => {
                    self.short += 1;
                    None
                }
                true => Some("E-ROW-SHORT"),
                false => is_long.then_some("E-ROW-LONG"),
            };
            if let Some(code) = code {
                return Some((row_length(code, record.len(), width), None));
            }
        }
        let columns = &self.form.columns;
        let mut needed = columns.strata.iter().chain(&columns.address);
        let bad = |&c: &usize| text(record, c).is_none();
        if !record.as_slice().is_ascii() && (bad(&columns.id) || needed.clone().any(bad)) {
            let column = needed.find(|&c| bad(c)).copied();
            return Some((encoding(), Some(column.unwrap_or(columns.id))));
        }
        if is_empty(record, columns.id) {
            let problem = Problem::new("E-FRAME-ID", "an empty cell", "an id");
            return Some((problem, Some(columns.id)));
        }
        let empty = columns.strata.iter().find(|&&c| is_empty(record, c))?;
        let problem = Problem::new("E-FRAME-VALUE", "an empty cell", "a value for the stratum");
        Some((problem, Some(*empty)))
    }

    /// The form of the register, with its digest, when all rows have been read.
    pub(super) fn finish(self) -> Form {
        let Self {
            head,
            mut form,
            short,
            ..
        } = self;
        let mut warn = |problem: Problem, row: Option<u64>| {
            form.warnings.push(problem.at(Some(&form.label), row, None));
        };
        let lines = head.lines;
        if lines.blanks > 0 {
            warn(blank_rows(lines.blanks), Some(lines.first_blank));
        }
        if short > 0 {
            let plural = if short == 1 { "row" } else { "rows" };
            let found = format!("{short} {plural} that end before the last column");
            warn(
                Problem::new("W-ROW-SHORT", found, "as many cells as in the header"),
                None,
            );
        }
        let (_, gate) = head.reader.into_inner().into_inner();
        form.digest = gate.digest();
        form
    }
}

/// A cell with line breaks and as many separators as a row has: rows were lost in it.
fn swallowed(record: &ByteRecord, separator: u8, width: usize) -> Option<Problem> {
    if !record.as_slice().contains(&b'\n') {
        return None;
    }
    let lost = |cell: &&[u8]| {
        let separators = cell.iter().filter(|&&b| b == separator).count();
        cell.contains(&b'\n') && separators + 1 >= width.max(2)
    };
    record.iter().find(lost)?;
    let found = "a quoted cell of several lines that look like rows";
    let expected = "the cell to end in its line; a \" is missing or too many";
    Some(Problem::new("E-FILE-QUOTE", found, expected))
}
