//! Finding a column by its header.

use super::key;
use crate::error::Problem;

/// So many headers or values are named in a message.
const NAMED: usize = 12;

/// The one column whose header folds like `name`.
///
/// The problem has no location yet; `expected` says what the column is for.
pub(crate) fn find(headers: &[String], name: &str, expected: &str) -> Result<usize, Box<Problem>> {
    let folded = key::fold(name);
    let same: Vec<usize> = (0..headers.len())
        .filter(|&c| key::fold(&headers[c]) == folded)
        .collect();
    match same[..] {
        [column] => Ok(column),
        [] => Err(Box::new(Problem::new(
            "E-COLUMN-MISSING",
            format!("only the columns {}", quoted(headers)),
            expected,
        ))),
        _ => Err(Box::new(twice(&same))),
    }
}

/// Several columns where one is needed.
pub(crate) fn twice(columns: &[usize]) -> Problem {
    let letters: Vec<String> = columns.iter().map(|&c| letter(c)).collect();
    let found = format!("{} such columns ({})", columns.len(), letters.join(", "));
    Problem::new("E-COLUMN-TWICE", found, "exactly one")
}

/// The texts in quotation marks, up to twelve of them.
pub(crate) fn quoted(texts: &[String]) -> String {
    let named: Vec<String> = texts
        .iter()
        .take(NAMED)
        .map(|t| format!("{:?}", key::clean(t)))
        .collect();
    let more = texts.len().saturating_sub(NAMED);
    if more == 0 {
        named.join(", ")
    } else {
        format!("{} and {more} more", named.join(", "))
    }
}

/// A column as a spreadsheet names it: A, B, … Z, AA, AB, …
fn letter(column: usize) -> String {
    let mut name = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        name.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    name.into_iter().rev().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_in_a_spreadsheet() {
        for (column, name) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (51, "AZ"),
            (52, "BA"),
            (701, "ZZ"),
            (702, "AAA"),
        ] {
            assert_eq!(letter(column), name);
        }
    }
}
