//! The languages of sheets and findings.

use std::str::FromStr;

/// A language that case sheets and findings are written in.
///
/// ```
/// use kleroterion::assembly::process::Language;
/// assert_eq!("da".parse(), Ok(Language::Danish));
/// assert!("sv".parse::<Language>().is_err());
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Language {
    /// `en`
    #[default]
    English,
    /// `da`
    Danish,
}

impl Language {
    /// One of two texts.
    pub(super) fn choose<T>(self, english: T, danish: T) -> T {
        match self {
            Self::English => english,
            Self::Danish => danish,
        }
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "en" => Ok(Self::English),
            "da" => Ok(Self::Danish),
            _ => Err(format!("{text:?} is no language of a case sheet: en or da")),
        }
    }
}
