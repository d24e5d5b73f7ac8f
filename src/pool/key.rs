//! How texts from files are compared: column names, feature values and household keys.

/// Trims the text and collapses every inner run of white space to one space.
pub(crate) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !cleaned.is_empty() {
            cleaned.push(' ');
        }
        cleaned.push_str(word);
    }
    cleaned
}

/// The key under which two spellings are the same: [`clean`], then Unicode case folding.
///
/// Folding maps every character to lower, upper and lower case again, so `ß` and `ẞ` meet `SS`, and `ς` meets `Σ`.
/// DIFFERENCE: Unicode's full case folding keeps the dotless `ı` apart from `i`; here they meet.
pub(crate) fn fold(text: &str) -> String {
    let cleaned = clean(text);
    if cleaned.is_ascii() {
        return cleaned.to_ascii_lowercase();
    }
    let lower = cleaned.chars().flat_map(char::to_lowercase);
    lower
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .collect()
}

/// The key of a household, or `None` for somebody who lives alone: all cells blank.
///
/// DIFFERENCE: in the standard tool everybody whose address cells are all blank lives together.
///
/// Every cell is folded; the line break between them occurs in no folded text, so `"a", "bc"` is not `"ab", "c"`.
pub(crate) fn household<'a>(cells: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let folded: Vec<String> = cells.into_iter().map(fold).collect();
    if folded.iter().all(String::is_empty) {
        None
    } else {
        Some(folded.join("\n"))
    }
}

/// The same key as [`household`], into a text that is used again; empty for somebody who lives alone.
#[cfg_attr(not(feature = "csv"), allow(dead_code))]
pub(crate) fn household_into<'a>(key: &mut Vec<u8>, cells: impl IntoIterator<Item = &'a str>) {
    key.clear();
    let mut is_alone = true;
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            key.push(b'\n');
        }
        let start = key.len();
        if cell.is_ascii() {
            let mut gap = false;
            for &byte in cell.as_bytes() {
                if matches!(byte, b' ' | 9..=13) {
                    gap = key.len() > start;
                } else {
                    if gap {
                        key.push(b' ');
                        gap = false;
                    }
                    key.push(byte.to_ascii_lowercase());
                }
            }
        } else {
            key.extend_from_slice(fold(cell).as_bytes());
        }
        is_alone &= key.len() == start;
    }
    if is_alone {
        key.clear();
    }
}

/// True when nothing but white space stands in the cell.
pub(crate) fn is_blank(cell: &str) -> bool {
    cell.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        for (a, b) in [
            ("  Age  Group ", "age\u{a0}group"),
            ("STRASSE", "straße"),
            ("STRAẞE", "Straße"),
            ("ΣΟΦΟΣ", "σοφος"),
            ("Ærø", "ÆRØ"),
        ] {
            assert_eq!(fold(a), fold(b));
        }
        assert_ne!(fold("16-29"), fold("16–29"));
    }

    #[test]
    fn folding_is_stable_for_every_character() {
        for c in '\0'..=char::MAX {
            let text = format!("a{c}b");
            let once = fold(&text);
            assert_eq!(fold(&once), once, "{c:?}");
            assert_eq!(fold(&text.to_uppercase()), once, "{c:?}");
            assert_eq!(fold(&text.to_lowercase()), once, "{c:?}");
        }
    }

    #[test]
    fn household_cells_do_not_run_together() {
        assert_ne!(household(["a", "bc"]), household(["ab", "c"]));
        assert_ne!(household(["a", ""]), household(["", "a"]));
        assert_ne!(household(["a b", "c"]), household(["a", "b c"]));
        assert_eq!(
            household(["1 Oak  Street", "ZZ1"]),
            household([" 1 oak street", "zz1 "])
        );
        assert_eq!(household([" ", "\t"]), None);
    }

    #[test]
    fn a_household_key_is_the_same_into_a_text() {
        let mut key = b"left over".to_vec();
        let cells: Vec<String> = ('\0'..='\u{ff}')
            .map(|c| format!("{c}A{c}{c}b {c}"))
            .collect();
        for first in cells
            .iter()
            .map(String::as_str)
            .chain(["", " ", "\u{b}", " 1  Oak Street "])
        {
            for second in ["", "\t", "ZZ\u{b}1", "Ærø"] {
                household_into(&mut key, [first, second]);
                let expected = household([first, second]).unwrap_or_default();
                assert_eq!(key, expected.as_bytes(), "{first:?}");
            }
        }
    }
}
