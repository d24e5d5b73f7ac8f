//! How texts from files are compared: column names, feature values and household keys.

/// Trims the text and collapses every inner run of white space to one space.
pub(crate) fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The key under which two spellings are the same: [`clean`], then Unicode case folding.
///
/// Folding maps every character to upper and back to lower case, so `ß` meets `SS` and `ς` meets `Σ`.
/// DIFFERENCE: Unicode's full case folding keeps the dotless `ı` apart from `i`; here they meet.
pub(crate) fn fold(text: &str) -> String {
    clean(text).chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}
