//! From the bytes of a file to text.

use std::borrow::Cow;

use crate::error::Problem;

/// What Windows-1252 has at 0x80 to 0x9F, with the WHATWG's control characters in the five gaps.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Text, and a warning when it had to be guessed; or why the bytes are no text at all.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<Problem>), Box<Problem>> {
    let save = "a text file; in the spreadsheet, save as \"CSV UTF-8\"";
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(Box::new(Problem::new(
            "E-FILE-FORMAT",
            "a workbook or archive",
            save,
        )));
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(Box::new(Problem::new(
            "E-FILE-ENCODING",
            "UTF-16 text",
            "UTF-8 text; in the spreadsheet, save as \"CSV UTF-8\"",
        )));
    }
    if bytes.contains(&0) {
        return Err(Box::new(Problem::new("E-FILE-FORMAT", "binary data", save)));
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

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}
