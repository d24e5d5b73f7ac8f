//! From the bytes of a file to text.

use std::borrow::Cow;

use crate::error::Problem;

/// What Windows-1252 has at 0x80 to 0x9F, with the WHATWG's control characters in the five gaps.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// How to save a file.
pub(super) const UTF_8: &str = "UTF-8 text; in the spreadsheet, save as \"CSV UTF-8\"";

/// Text, and a warning when it had to be guessed; or why the bytes are no text at all.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<Problem>), Box<Problem>> {
    if let Some(problem) = not_text(bytes) {
        return Err(Box::new(problem));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(text), None)),
        Err(error) => {
            let at = error.valid_up_to();
            let line = 1 + bytes[..at].iter().filter(|&&b| b == b'\n').count();
            let found = format!(
                "the byte {:02X} in line {line}, which is not UTF-8",
                bytes[at]
            );
            let warning = Problem::new(
                "W-FILE-ENCODING",
                found,
                "UTF-8 text; the file was read as Windows-1252",
            );
            Ok((
                Cow::Owned(bytes.iter().map(|&b| windows_1252(b)).collect()),
                Some(warning),
            ))
        }
    }
}

/// What the bytes are when they are no text that could be read.
pub(super) fn not_text(bytes: &[u8]) -> Option<Problem> {
    let save = "a text file; in the spreadsheet, save as \"CSV UTF-8\"";
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        let found = "a workbook or archive";
        return Some(Problem::new("E-FILE-FORMAT", found, save));
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Some(Problem::new("E-FILE-ENCODING", "UTF-16 text", UTF_8));
    }
    let is_binary = bytes.contains(&0);
    is_binary.then(|| Problem::new("E-FILE-FORMAT", "binary data", save))
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}
