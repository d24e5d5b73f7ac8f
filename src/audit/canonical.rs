//! Canonical JSON: one value, one sequence of bytes.
//!
//! [RFC 8785](https://www.rfc-editor.org/rfc/rfc8785) restricted to strings, arrays, objects and integers within
//! ±(2^53 − 1). Keys are sorted by UTF-16 code units, nothing is written between tokens, strings escape only `"`, `\`
//! and control characters. Booleans, fractions and null have no place in a public record and are refused.

mod object;
mod writer;

use serde::Serialize;

use crate::error::{ErrorKind, Result};

/// The largest integer that every JSON reader keeps exactly, 2^53 − 1.
pub const LARGEST: u64 = (1 << 53) - 1;

/// The canonical bytes of a value: the same value gives the same bytes on every machine. O(length of the output).
///
/// ```
/// use std::collections::BTreeMap;
/// let value = BTreeMap::from([("b", vec![2, -1]), ("a", vec![])]);
/// assert_eq!(kleroterion::audit::canonical::to_bytes(&value)?, br#"{"a":[],"b":[2,-1]}"#);
/// # Ok::<(), kleroterion::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Format`] for a boolean, a fraction, null, bytes, an integer beyond ±(2^53 − 1), a key that is no text or
/// a key that stands twice: `true`, `0.5`, `None`, `9007199254740992`.
pub fn to_bytes<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    match value.serialize(writer::Writer { out: &mut out }) {
        Ok(()) => Ok(out),
        Err(refused) => {
            let file = "canonical JSON".to_owned();
            Err(ErrorKind::Format {
                file,
                message: refused.to_string(),
            }
            .into())
        }
    }
}

/// Why a value has no canonical form.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Refused(Box<str>);

impl serde::ser::Error for Refused {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(message.to_string().into())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::to_bytes;

    fn text<T: Serialize + ?Sized>(value: &T) -> String {
        String::from_utf8(to_bytes(value).expect("canonical")).expect("UTF-8")
    }

    #[derive(Serialize)]
    struct Unsorted {
        c: u8,
        #[serde(skip_serializing_if = "Option::is_none")]
        none: Option<u8>,
        a: Vec<(u8, i64)>,
        b: BTreeMap<&'static str, &'static str>,
    }

    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Choice {
        Plain,
        New(u8),
        Tuple(u8, u8),
        Fields { z: u8, y: Option<u8> },
    }

    #[test]
    fn fields_are_sorted_and_none_is_left_out() {
        let value = Unsorted {
            c: 1,
            none: None,
            a: vec![(1, -2), (3, 4)],
            b: BTreeMap::from([("z", "y"), ("x", "")]),
        };
        assert_eq!(
            text(&value),
            r#"{"a":[[1,-2],[3,4]],"b":{"x":"","z":"y"},"c":1}"#
        );
    }

    #[test]
    fn enums_are_texts_or_objects_of_one_member() {
        let fields = Choice::Fields { z: 1, y: Some(2) };
        let all = (Choice::Plain, Choice::New(3), Choice::Tuple(1, 2), fields);
        let expected = r#"["plain",{"new":3},{"tuple":[1,2]},{"fields":{"y":2,"z":1}}]"#;
        assert_eq!(text(&all), expected);
    }

    #[test]
    fn keys_sort_by_utf16_code_units() {
        // The order of RFC 8785, section 3.2.3: a surrogate pair sorts before U+FB33.
        let keys = [
            "\u{20ac}",
            "\r",
            "\u{fb33}",
            "1",
            "\u{1f600}",
            "\u{80}",
            "\u{f6}",
        ];
        let value: BTreeMap<&str, u8> = keys.into_iter().map(|k| (k, 0)).collect();
        let expected = "{\"\\r\":0,\"1\":0,\"\u{80}\":0,\"\u{f6}\":0,\"\u{20ac}\":0,\"\u{1f600}\":0,\"\u{fb33}\":0}";
        assert_eq!(text(&value), expected);
    }

    #[test]
    fn only_what_must_be_escaped_is() {
        let value = "\u{8}\t\n\u{c}\r\u{1}\u{1f}\"\\/\u{7f}\u{2028}é\u{1f600}";
        let expected = "\"\\b\\t\\n\\f\\r\\u0001\\u001f\\\"\\\\/\u{7f}\u{2028}é\u{1f600}\"";
        assert_eq!(text(value), expected);
    }

    #[test]
    fn integers_stop_where_every_reader_is_exact() {
        let edge = 9_007_199_254_740_991_i64;
        assert_eq!(
            text(&[edge, -edge, 0, 10, -7]),
            "[9007199254740991,-9007199254740991,0,10,-7]"
        );
        assert_eq!(text(&u64::from(u32::MAX)), "4294967295");
        for beyond in [edge + 1, -edge - 1, i64::MIN, i64::MAX] {
            let error = to_bytes(&beyond).unwrap_err().to_string();
            let expected = format!(
                "canonical JSON: {beyond} is beyond the integers that every reader keeps exactly"
            );
            assert_eq!(error, expected);
        }
        assert!(to_bytes(&u64::MAX).is_err());
    }

    #[test]
    fn what_has_no_place_is_refused() {
        let message = |e: crate::Error| e.to_string();
        assert_eq!(
            to_bytes(&true).map_err(message),
            Err("canonical JSON: a boolean has no place here".into())
        );
        assert_eq!(
            to_bytes(&0.5).map_err(message),
            Err("canonical JSON: a fraction has no place here".into())
        );
        assert_eq!(
            to_bytes(&None::<u8>).map_err(message),
            Err("canonical JSON: null has no place here".into())
        );
        assert_eq!(
            to_bytes(&()).map_err(message),
            Err("canonical JSON: null has no place here".into())
        );
        let keyed = BTreeMap::from([(1, 1)]);
        assert_eq!(
            to_bytes(&keyed).map_err(message),
            Err("canonical JSON: a key must be a text".into())
        );
    }

    #[test]
    fn a_key_that_stands_twice_is_refused() {
        struct Twice;
        impl Serialize for Twice {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map([("k", 1), ("k", 2)])
            }
        }
        let error = to_bytes(&Twice).unwrap_err().to_string();
        assert_eq!(error, "canonical JSON: the key \"k\" stands twice");
    }
}
