//! How quotas for pairs of values are written: `gender × age` with `woman × 16-29`.
//!
//! Between the two texts stands `×` or `*`, with or without spaces, or the letter `x` with spaces around it. Whether a
//! text with such a sign is a pair is decided by the columns and values that there are, never by the sign alone.

use crate::pool::{columns, key};

/// What stands between the two texts of a pair in canonical spelling.
const CROSS: &str = " × ";

/// The value of everybody who is in none of the cells that have a quota. No cell is called so: a cell has a `×`.
pub(crate) const OTHER: &str = "other";

/// The pair as one text; blank when either text is.
pub(crate) fn join(first: &str, second: &str) -> String {
    if key::is_blank(first) || key::is_blank(second) {
        return String::new();
    }
    key::clean(&[first, second].join(CROSS))
}

/// Every way to read a text as a pair, from left to right, as it is spelled.
pub(crate) fn splits(text: &str) -> Vec<[&str; 2]> {
    let halves = |(at, sign): (usize, char)| {
        let (left, right) = (&text[..at], &text[at + sign.len_utf8()..]);
        let spaced = left.ends_with(char::is_whitespace) && right.starts_with(char::is_whitespace);
        match sign {
            '×' | '*' => Some([left.trim(), right.trim()]),
            'x' | 'X' if spaced => Some([left.trim(), right.trim()]),
            _ => None,
        }
    };
    text.char_indices()
        .filter_map(halves)
        .filter(|[left, right]| !left.is_empty() && !right.is_empty())
        .collect()
}

/// The columns that a feature of the quotas is read from: one, two for a pair, none when they are not there.
#[cfg_attr(not(feature = "csv"), allow(dead_code))]
pub(crate) fn columns_of(headers: &[String], feature: &str) -> Vec<usize> {
    let find = |name: &str| columns::find(headers, name, "").ok();
    if let Some(column) = find(feature) {
        return vec![column];
    }
    let pairs: Vec<[usize; 2]> = splits(feature)
        .into_iter()
        .filter_map(|[left, right]| Some([find(left)?, find(right)?]))
        .collect();
    match pairs[..] {
        [pair] => pair.to_vec(),
        _ => vec![],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_between_two_texts_splits_and_others_do_not() {
        for text in [
            "a × b",
            "a×b",
            "a * b",
            "a*b",
            "a x b",
            "a X b",
            "a ×b",
            " a  x  b ",
        ] {
            assert_eq!(splits(text), [["a", "b"]], "{text}");
        }
        for text in ["axb", "a xb", "ax b", "× b", "a *", " x b", "×", "", "age"] {
            assert!(splits(text).is_empty(), "{text}");
        }
        assert_eq!(
            splits("a × b x c"),
            [["a", "b x c"], ["a × b", "c"]],
            "both ways are told"
        );
    }

    #[test]
    fn what_is_joined_splits_again() {
        assert_eq!(join(" a ", "b  c"), "a × b c");
        assert_eq!(splits(&join("a", "b c")), [["a", "b c"]]);
        assert_eq!(
            (join("", "b"), join("a", " ")),
            (String::new(), String::new())
        );
        assert!(splits(OTHER).is_empty());
    }

    #[test]
    fn a_column_of_that_name_comes_before_a_pair() {
        let headers = |names: &[&str]| names.iter().map(|&n| n.to_owned()).collect::<Vec<_>>();
        let plain = headers(&["id", "sex", "age"]);
        assert_eq!(columns_of(&plain, "Age × SEX"), [2, 1]);
        assert!(columns_of(&plain, "age × town").is_empty());
        assert_eq!(
            columns_of(&headers(&["sex x age", "sex", "age"]), "sex x age"),
            [0]
        );
        let twice = headers(&["a × b", "c", "a", "b × c"]);
        assert!(columns_of(&twice, "a × b × c").is_empty());
    }
}
