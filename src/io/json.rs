//! Reading the files of the published record. They are written by their types' `to_json`.
//!
//! Every file must be byte for byte its own canonical form ([`canonical`]): nothing may hide in
//! white space, in a second spelling of a number or in a field that is read by one program and ignored by another.

use std::path::Path;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};

use super::read_bytes;
use crate::assembly::roster::{Roster, RosterRecord, VERSION as ROSTER_VERSION};
use crate::assembly::{REPLACEMENTS_VERSION, ReplacementRecord};
use crate::audit::canonical;
use crate::ceremony::Progress;
use crate::certificate::Certificate;
use crate::error::{Error, ErrorKind, Result};
use crate::lottery::{
    Commit, DIRECT_VERSION, DirectCommit, DirectTranscript, Record, Registration, Transcript,
    VERSION,
};
use crate::pool_commitment::{
    OPENINGS_VERSION, Openings, PANEL_OPENINGS_VERSION, PanelOpenings, RECEIPT_VERSION, Receipt,
    SPOT_CHECK_VERSION, SpotCheck,
};

/// Reads `transcript.json`.
///
/// # Errors
/// [`ErrorKind::Io`] when there is no such file; [`ErrorKind::Format`] as [`transcript`].
pub fn read_transcript(path: impl AsRef<Path>) -> Result<Transcript> {
    read(path.as_ref(), transcript)
}

/// Reads `transcript.json` of a direct draw.
///
/// # Errors
/// As [`read_transcript`].
pub fn read_direct_transcript(path: impl AsRef<Path>) -> Result<DirectTranscript> {
    read(path.as_ref(), direct_transcript)
}

/// Reads `replacements.json`.
///
/// # Errors
/// As [`read_transcript`].
pub fn read_replacements(path: impl AsRef<Path>) -> Result<ReplacementRecord> {
    read(path.as_ref(), |bytes, name| {
        of_version(bytes, name, REPLACEMENTS_VERSION)
    })
}

/// Reads a member's `receipt.json`.
///
/// # Errors
/// As [`read_transcript`].
pub fn read_receipt(path: impl AsRef<Path>) -> Result<Receipt> {
    read(path.as_ref(), receipt)
}

/// Reads `panel-openings.json`.
///
/// # Errors
/// As [`read_transcript`].
pub fn read_panel_openings(path: impl AsRef<Path>) -> Result<PanelOpenings> {
    read(path.as_ref(), |bytes, name| {
        of_version(bytes, name, PANEL_OPENINGS_VERSION)
    })
}

/// Reads the auditor's `openings.json`.
///
/// # Errors
/// As [`read_transcript`].
pub fn read_openings(path: impl AsRef<Path>) -> Result<Openings> {
    read(path.as_ref(), |bytes, name| {
        of_version(bytes, name, OPENINGS_VERSION)
    })
}

/// Reads `spot-check.json`.
///
/// # Errors
/// As [`read_transcript`].
pub fn read_spot_check(path: impl AsRef<Path>) -> Result<SpotCheck> {
    read(path.as_ref(), |bytes, name| {
        of_version(bytes, name, SPOT_CHECK_VERSION)
    })
}

/// Reads `roster.json` and checks the whole chain.
///
/// # Errors
/// As [`read_transcript`], and [`ErrorKind::Input`] as [`Roster::open`]: a changed, removed or swapped entry.
pub fn read_roster(path: impl AsRef<Path>) -> Result<Roster> {
    read(path.as_ref(), roster)
}

/// Parses a roster and checks the whole chain; `name` is the file's name for error messages.
///
/// # Errors
/// [`ErrorKind::Format`] as [`transcript`], and [`ErrorKind::Input`] as [`Roster::open`].
pub fn roster(bytes: &[u8], name: &str) -> Result<Roster> {
    let record: RosterRecord = parse(bytes, name)?;
    if record.head.version != ROSTER_VERSION {
        let version = record.head.version;
        let message = format!(
            "the format is {version:?}; this program knows {ROSTER_VERSION}, please use a newer one"
        );
        return Err(format_error(name, message));
    }
    Roster::open(record)
}

/// Reads `commit.json` of a direct draw.
///
/// # Errors
/// As [`read_transcript`].
pub fn read_direct_commit(path: impl AsRef<Path>) -> Result<DirectCommit> {
    read(path.as_ref(), parse)
}

/// Reads `registration.json`.
///
/// # Errors
/// As [`read_transcript`].
pub fn read_registration(path: impl AsRef<Path>) -> Result<Registration> {
    read(path.as_ref(), parse)
}

/// Reads `progress.json` of a ceremony.
///
/// # Errors
/// As [`read_transcript`].
pub fn read_progress(path: impl AsRef<Path>) -> Result<Progress> {
    read(path.as_ref(), parse)
}

/// Reads `lottery.json`.
///
/// # Errors
/// As [`read_transcript`].
pub fn read_lottery(path: impl AsRef<Path>) -> Result<Record> {
    read(path.as_ref(), parse)
}

/// Reads `commit.json`.
///
/// # Errors
/// As [`read_transcript`].
pub fn read_commit(path: impl AsRef<Path>) -> Result<Commit> {
    read(path.as_ref(), parse)
}

/// Reads `certificate.json`.
///
/// # Errors
/// As [`read_transcript`].
pub fn read_certificate(path: impl AsRef<Path>) -> Result<Certificate> {
    read(path.as_ref(), parse)
}

/// Parses a transcript; `name` is the file's name for error messages.
///
/// # Errors
/// [`ErrorKind::Format`], located: `{`, an unknown field, a field that stands twice, `1.0` for an integer, `null`, a space
/// or line break between tokens, a transcript of another version.
pub fn transcript(bytes: &[u8], name: &str) -> Result<Transcript> {
    of_version(bytes, name, VERSION)
}

/// Parses the transcript of a direct draw; `name` is the file's name for error messages.
///
/// # Errors
/// As [`transcript`].
pub fn direct_transcript(bytes: &[u8], name: &str) -> Result<DirectTranscript> {
    of_version(bytes, name, DIRECT_VERSION)
}

/// Parses a receipt; `name` is the file's name for error messages.
///
/// # Errors
/// As [`transcript`].
pub fn receipt(bytes: &[u8], name: &str) -> Result<Receipt> {
    of_version(bytes, name, RECEIPT_VERSION)
}

fn of_version<T: DeserializeOwned + Serialize>(bytes: &[u8], name: &str, known: &str) -> Result<T> {
    parse(bytes, name).map_err(|error| match other_version(bytes, known) {
        None => error,
        Some(version) => format_error(
            name,
            format!(
                "the format is {version:?}; this program knows {known}, please use a newer one"
            ),
        ),
    })
}

/// The version of a transcript that this program does not know.
fn other_version(bytes: &[u8], known: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Versioned {
        version: String,
    }
    let Versioned { version } = serde_json::from_slice(bytes).ok()?;
    let kind = known.trim_end_matches(|c: char| c.is_ascii_digit());
    (version != known && version.starts_with(kind)).then_some(version)
}

fn read<T>(path: &Path, parse: impl Fn(&[u8], &str) -> Result<T>) -> Result<T> {
    parse(&read_bytes(path)?, &path.display().to_string())
}

/// Parses any part of the record; `name` is the file's name for error messages.
///
/// # Errors
/// [`ErrorKind::Format`], located, as [`transcript`].
pub fn parse<T: DeserializeOwned + Serialize>(bytes: &[u8], name: &str) -> Result<T> {
    let value: T = serde_json::from_slice(bytes).map_err(|error| {
        let message = match serde_json::from_slice::<IgnoredAny>(bytes) {
            Ok(_) => error.to_string(),
            Err(_) => format!("this is no JSON: {error}"),
        };
        format_error(name, message)
    })?;
    let expected = canonical::to_bytes(&value).map_err(|error| match error.into_kind() {
        ErrorKind::Format { message, .. } => format_error(name, message),
        other => other.into(),
    })?;
    match expected.iter().zip(bytes).position(|(a, b)| a != b) {
        None if expected.len() == bytes.len() => Ok(value),
        at => Err(not_canonical(
            name,
            bytes,
            at.unwrap_or(expected.len().min(bytes.len())),
        )),
    }
}

fn not_canonical(name: &str, bytes: &[u8], at: usize) -> Error {
    let rest = &bytes[at.min(bytes.len())..];
    let found: String = String::from_utf8_lossy(&rest[..rest.len().min(20)])
        .chars()
        .take(10)
        .collect();
    let why = "the file is not in canonical form (RFC 8785), it was changed after it was made";
    format_error(name, format!("{why}: byte {} starts {found:?}", at + 1))
}

fn format_error(name: &str, message: String) -> Error {
    ErrorKind::Format {
        file: name.to_owned(),
        message,
    }
    .into()
}
