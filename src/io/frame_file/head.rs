//! The header of a register, and the separator it shows.

use std::cell::Cell;
use std::io::{Chain, Cursor, Read};
use std::rc::Rc;

use csv::ByteRecord;

use super::gate::Gate;
use super::rows::{Lines, is_blank};
use crate::error::{Error, Problem, Result};
use crate::io::decode::{UTF_8, not_text};
use crate::io::sheet::{SEPARATORS, empty_file};
use crate::pool::columns;

/// Bytes looked at to tell the separator.
const LOOKED_AT: u64 = 1 << 16;

type Bytes<'a> = Gate<Box<dyn Read + 'a>>;
type Reader<'a> = csv::Reader<Chain<Cursor<Vec<u8>>, Bytes<'a>>>;

/// A register of which the header has been read.
pub(super) struct Head<'a> {
    pub(super) header: Vec<String>,
    pub(super) row: u64,
    pub(super) separator: u8,
    pub(super) reader: Reader<'a>,
    pub(super) meter: Rc<Cell<u64>>,
    pub(super) lines: Lines,
}

impl<'a> Head<'a> {
    /// Reads the header. The `wanted` columns decide the separator.
    pub(super) fn read(
        source: Box<dyn Read + 'a>,
        label: &str,
        wanted: &[&str],
    ) -> Result<std::result::Result<Self, Problem>> {
        let mut gate = Gate::new(source);
        let mut start = Vec::new();
        let looked = gate.by_ref().take(LOOKED_AT).read_to_end(&mut start);
        looked.map_err(|e| Error::io(label, e))?;
        if let Some(problem) = not_text(&start) {
            return Ok(Err(problem));
        }
        let skipped = if start.starts_with(b"\xEF\xBB\xBF") {
            3
        } else {
            0
        };
        start.drain(..skipped);
        let announced = announced_separator(&mut start);
        let separator = announced.unwrap_or_else(|| detect(&start, wanted));
        let meter = gate.meter();
        let first = start.iter().position(|&b| b == b'\n');
        let crlf = first.is_some_and(|at| at > 0 && start[at - 1] == b'\r');
        let mut reader = builder(separator)
            .buffer_capacity(1 << 18)
            .from_reader(Cursor::new(start).chain(gate));
        let mut lines = Lines::new(crlf);
        let mut record = ByteRecord::new();
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(true) => lines.pass(&record, reader.position().line()),
                Ok(false) => {
                    return Ok(Err(empty_file()));
                }
                Err(e) => return Err(Error::io(label, into_io(e))),
            }
            if !is_blank(&record) {
                break;
            }
            lines.blank();
        }
        if std::str::from_utf8(record.as_slice()).is_err() {
            return Ok(Err(encoding()));
        }
        let header = record
            .iter()
            .map(|cell| String::from_utf8_lossy(cell).into_owned())
            .collect();
        meter.set(0);
        Ok(Ok(Self {
            header,
            row: lines.row,
            separator,
            reader,
            meter,
            lines,
        }))
    }
}

fn builder(separator: u8) -> csv::ReaderBuilder {
    let mut builder = csv::ReaderBuilder::new();
    builder
        .delimiter(separator)
        .has_headers(false)
        .flexible(true);
    builder
}

pub(super) fn into_io(error: csv::Error) -> std::io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => std::io::Error::other(format!("{other:?}")),
    }
}

pub(super) fn encoding() -> Problem {
    Problem::new("E-FILE-ENCODING", "bytes that are not UTF-8", UTF_8)
}

/// Takes off a first line `sep=;`.
fn announced_separator(start: &mut Vec<u8>) -> Option<u8> {
    let end = start.iter().position(|&b| b == b'\n')?;
    let separator = match start[..end].strip_suffix(b"\r").unwrap_or(&start[..end]) {
        [b's', b'e', b'p', b'=', separator] if SEPARATORS.contains(separator) => *separator,
        _ => return None,
    };
    start.drain(..=end);
    Some(separator)
}

/// The separator under which most wanted columns appear, then the header is longest.
fn detect(start: &[u8], wanted: &[&str]) -> u8 {
    let score = |&separator: &u8| {
        let mut record = ByteRecord::new();
        let mut reader = builder(separator).from_reader(start);
        while matches!(reader.read_byte_record(&mut record), Ok(true)) && is_blank(&record) {}
        let header: Vec<String> = record
            .iter()
            .map(|cell| String::from_utf8_lossy(cell).into_owned())
            .collect();
        let found = |name: &&&str| columns::find(&header, name, "").is_ok();
        (wanted.iter().filter(found).count(), header.len())
    };
    let ranked = SEPARATORS.into_iter().rev().max_by_key(score);
    ranked.unwrap_or(b',')
}
