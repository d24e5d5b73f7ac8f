//! What the text of a source says.

/// A value in one of the forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Text(String),
    /// In the order thrown.
    Dice(Vec<u64>),
    Balls(u64),
    /// Strictly ascending.
    Drawing(Vec<u64>),
    Nist {
        output: String,
    },
    Drand {
        randomness: String,
        signature: Vec<u8>,
    },
}

/// A whole number in decimal digits, no sign, no leading zeros.
pub(super) fn number(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit());
    let leading = text.len() > 1 && text.starts_with('0');
    (plain && !leading).then(|| text.parse().ok()).flatten()
}

/// Numbers joined by `-`.
pub(super) fn numbers(text: &str) -> Option<Vec<u64>> {
    text.split('-').map(number).collect()
}

/// The opposite of [`numbers`].
pub(super) fn joined(numbers: &[u64]) -> String {
    let texts: Vec<String> = numbers.iter().map(u64::to_string).collect();
    texts.join("-")
}

impl Value {
    /// What a list draw makes of it: digits without anything around them.
    pub(crate) fn plain(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Dice(numbers) | Self::Drawing(numbers) => {
                numbers.iter().map(u64::to_string).collect()
            }
            Self::Balls(number) => number.to_string(),
            Self::Nist { output } => output.clone(),
            Self::Drand { randomness, .. } => randomness.clone(),
        }
    }

    /// Its numbers, for RFC 3797: those of dice or a lottery, or of a text that consists of numbers joined by `-`.
    pub(crate) fn numbers(&self) -> Option<Vec<u64>> {
        match self {
            Self::Dice(numbers) | Self::Drawing(numbers) => Some(numbers.clone()),
            Self::Text(text) => text.split('-').map(loose).collect(),
            Self::Balls(_) | Self::Nist { .. } | Self::Drand { .. } => None,
        }
    }
}

/// A number of at most 18 digits, leading zeros allowed.
fn loose(text: &str) -> Option<u64> {
    let digits = (1..=18).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{Value, number, numbers};

    #[test]
    fn a_number_is_written_in_one_way() {
        assert_eq!(number("0"), Some(0));
        assert_eq!(number("10"), Some(10));
        for wrong in [
            "",
            "00",
            "01",
            "+1",
            "-1",
            " 1",
            "1.0",
            "١",
            "99999999999999999999",
        ] {
            assert_eq!(number(wrong), None, "{wrong:?}");
        }
        assert_eq!(numbers("3-5-4-6"), Some(vec![3, 5, 4, 6]));
        assert_eq!(numbers("3--4"), None);
    }

    #[test]
    fn numbers_of_a_plain_text() {
        let of = |text: &str| Value::Text(text.into()).numbers();
        assert_eq!(of("9319"), Some(vec![9319]));
        assert_eq!(of("09-2"), Some(vec![9, 2]));
        assert_eq!(of("9 2"), None);
        assert_eq!(of("1234567890123456789"), None);
    }
}
