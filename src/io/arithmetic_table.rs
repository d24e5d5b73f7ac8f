//! The arithmetic behind quotas as a CSV file.

use crate::error::Result;
use crate::quota::{Apportionment, FeatureSeats, Line};

use super::csv_writer::CsvWriter;
use super::tables::harmless;

const HEADER: [&str; 10] = [
    "feature",
    "value",
    "figure",
    "of",
    "exact seats",
    "as fraction",
    "protected minimum",
    "min",
    "max",
    "arithmetic",
];

/// How population figures became quotas, a row per value: the figure, the sum of the feature's figures in the unit of its last digit, the exact seats as decimal and as
/// fraction, the protected minimum, the seats, and the steps of the method in words, ties included.
///
/// It stands beside the quotas and not in their file, because the standard tool takes no further columns there. Cells that a
/// spreadsheet might run get `'` in front.
///
/// ```
/// use kleroterion::{io, quota::{Method, Shares}};
///
/// let shares = Shares::builder().feature("sex").count("woman", 52).count("man", 48).build()?;
/// let csv = io::arithmetic_csv(&shares.apportion(9, Method::Hamilton, &[])?)?;
/// let text = String::from_utf8(csv).unwrap();
/// assert_eq!(text.lines().nth(1), Some("sex,woman,52,100,4.68,4 + 68/100,,5,5,\"4.68 rounded down, and one seat more for the remainder\""));
/// # Ok::<(), kleroterion::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Format`](crate::ErrorKind::Format) when the table cannot be put together; no input is known.
pub fn arithmetic_csv(apportionment: &Apportionment) -> Result<Vec<u8>> {
    let mut writer = CsvWriter::new("arithmetic", b',');
    writer.row(HEADER)?;
    for feature in &apportionment.features {
        for (at, line) in feature.lines.iter().enumerate() {
            let words = feature
                .explained(at, apportionment.method)
                .unwrap_or_default();
            let cells = row(feature, line, words);
            let cells = cells.iter().map(|cell| harmless(cell));
            writer.row(cells.map(|cell| cell.into_owned()))?;
        }
    }
    writer.bytes()
}

fn row(feature: &FeatureSeats, line: &Line, words: String) -> [String; 10] {
    let protected = match line.protected {
        0 => String::new(),
        seats => seats.to_string(),
    };
    [
        feature.feature.clone(),
        line.value.clone(),
        line.figure.clone(),
        feature.total.to_string(),
        line.share.to_string(),
        line.share.fraction(),
        protected,
        line.min.to_string(),
        line.max.to_string(),
        words,
    ]
}
