//! The languages, their numbers, and the table that every text stands in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language the report is written in.
///
/// ```
/// use kleroterion::io::report::Language;
/// assert_eq!("da".parse(), Ok(Language::Danish));
/// assert_eq!(Language::English.to_string(), "en");
/// ```
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[non_exhaustive]
pub enum Language {
    /// `en`
    #[default]
    #[serde(rename = "en")]
    English,
    /// `da`
    #[serde(rename = "da")]
    Danish,
}

/// The language's tag as in HTML's `lang`: `en`, `da`.
impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Language::English => "en",
            Language::Danish => "da",
        })
    }
}

impl FromStr for Language {
    type Err = String;

    /// Reads the tag.
    ///
    /// # Errors
    /// Any other text, for example `de`.
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "en" => Ok(Language::English),
            "da" => Ok(Language::Danish),
            _ => Err(format!(
                "{text:?} is not a language of the report; known: en, da"
            )),
        }
    }
}

/// Defines one method of [`Language`] per text. A text missing in one language does not compile.
macro_rules! texts {
    ($($key:ident($($value:ident),*) { en $en:literal da $da:literal })*) => {
        impl Language {
            $(
                pub(super) fn $key(self $(, $value: &dyn std::fmt::Display)*) -> String {
                    match self {
                        Language::English => format!($en),
                        Language::Danish => format!($da),
                    }
                }
            )*
        }
    };
}
pub(super) use texts;

impl Language {
    /// `1,234,567` or `1.234.567`.
    pub(super) fn integer(self, value: u64) -> String {
        let separator = match self {
            Language::English => ',',
            Language::Danish => '.',
        };
        let digits = value.to_string();
        let mut text = String::with_capacity(digits.len() * 4 / 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }

    /// A number with so many decimals.
    pub(super) fn decimal(self, value: f64, decimals: usize) -> String {
        let text = format!("{value:.decimals$}");
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let whole = whole
            .parse()
            .map_or_else(|_| whole.to_owned(), |whole| self.integer(whole));
        match self {
            _ if fraction.is_empty() => whole,
            Language::English => format!("{whole}.{fraction}"),
            Language::Danish => format!("{whole},{fraction}"),
        }
    }

    /// A share in percent: two decimals, or as many as show three digits of a very small one.
    pub(super) fn percent(self, share: f64) -> String {
        let percent = share * 100.0;
        let decimals = match percent {
            p if p >= 0.1 || p <= 0.0 => 2,
            p if p >= 0.001 => 4,
            _ => 6,
        };
        self.percent_with(share, decimals)
    }

    /// A share in percent with so many decimals.
    pub(super) fn percent_with(self, share: f64, decimals: usize) -> String {
        format!("{}\u{a0}%", self.decimal(share * 100.0, decimals))
    }

    /// A whole number of 10^-12 in percent, exactly.
    pub(super) fn exact_percent(self, share: u64) -> String {
        let separator = match self {
            Language::English => '.',
            Language::Danish => ',',
        };
        let unit = 10_000_000_000;
        format!("{}{separator}{:010}\u{a0}%", share / unit, share % unit)
    }

    /// `9` or `9–10`.
    pub(super) fn range(self, min: u32, max: u32) -> String {
        let (min, max) = (self.integer(min.into()), self.integer(max.into()));
        if min == max {
            min
        } else {
            format!("{min}–{max}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(
            Language::English.integer(1_000_000_000_000),
            "1,000,000,000,000"
        );
        assert_eq!(Language::Danish.integer(12_345), "12.345");
        assert_eq!(Language::Danish.integer(999), "999");
        assert_eq!(Language::English.percent(0.0654), "6.54\u{a0}%");
        assert_eq!(Language::Danish.percent(0.0654), "6,54\u{a0}%");
        assert_eq!(Language::Danish.percent(0.000_123), "0,0123\u{a0}%");
        assert_eq!(Language::English.percent(0.0), "0.00\u{a0}%");
        assert_eq!(
            Language::Danish.exact_percent(65_327_000_001),
            "6,5327000001\u{a0}%"
        );
        assert_eq!(Language::Danish.decimal(1204.33, 1), "1.204,3");
        assert_eq!(Language::English.decimal(-0.25, 2), "-0.25");
        assert_eq!(Language::English.range(7, 7), "7");
        assert_eq!(Language::English.range(7, 9), "7–9");
    }
}
