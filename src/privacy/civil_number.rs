//! Texts that look like a Danish civil registration number.

/// What a text that looks like a CPR number holds: the ten digits DDMMYYSSSS, written together or as six and four, whose first six are a day of the
/// calendar. Full-width digits count, and what has no width is passed over. The year is that of YY and the seventh digit. (CPR-kontoret, "Personnummeret i CPR".)
///
/// Looking like one is no proof of being one: of all numbers of ten digits 3.6 % begin with a day.
///
/// ```
/// use kleroterion::privacy::{CheckDigit, CprLike};
/// assert!(CprLike::in_text("call 010170-1234 back").is_some());
/// assert!(CprLike::in_text("CPR0101701234").is_some());
/// assert_eq!(CprLike::in_text("310299-0000"), None); // no 31 February
/// assert_eq!(CprLike::in_text("b1221"), None);
/// let number = CprLike::in_text("111111-1118").unwrap(); // 4+3+2+7+6+5+4+3+2+8 = 44 = 4 · 11
/// assert_eq!((number.year(), number.check_digit()), (1911, CheckDigit::Fits));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CprLike {
    year: u16,
    check_digit: CheckDigit,
}

/// The check by modulus 11. Numbers given out since October 2007 need not pass it, so it decides nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckDigit {
    /// The digits times 4, 3, 2, 7, 6, 5, 4, 3, 2, 1 add up to a multiple of 11.
    Fits,
    /// They do not.
    Fails,
}

/// A run of letters and digits, and where it stands.
struct Run<'a> {
    text: &'a str,
    start: usize,
}

impl CprLike {
    /// The first place in the text that looks like a CPR number. O(length).
    #[must_use]
    pub fn in_text(text: &str) -> Option<Self> {
        let text = &plain(text);
        text.bytes().filter(u8::is_ascii_digit).nth(9)?;
        let runs = runs(text);
        let alone = runs.iter().find_map(|run| {
            let stripped = run.text.trim_matches(char::is_alphabetic);
            Self::of_digits(stripped.as_bytes())
        });
        alone.or_else(|| runs.windows(2).find_map(|pair| apart(text, pair)))
    }

    /// From exactly ten digits.
    fn of_digits(digits: &[u8]) -> Option<Self> {
        if digits.len() != 10 || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let digit = |at: usize| u16::from(digits[at] - b'0');
        let pair = |at: usize| 10 * digit(at) + digit(at + 1);
        let (day, month, short) = (pair(0), pair(2), pair(4));
        let year = match digit(6) {
            0..=3 => 1900 + short,
            4 | 9 if short <= 36 => 2000 + short,
            4 | 9 => 1900 + short,
            _ if short <= 57 => 2000 + short,
            _ => 1800 + short,
        };
        if day == 0 || day > days(month, year) {
            return None;
        }
        let weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
        let sum: u16 = (0..10).map(|at| weights[at] * digit(at)).sum();
        let check_digit = match sum % 11 {
            0 => CheckDigit::Fits,
            _ => CheckDigit::Fails,
        };
        Some(Self { year, check_digit })
    }

    /// The year of birth it would stand for, 1858 to 2057.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// Whether the last digit fits the others.
    #[must_use]
    pub fn check_digit(self) -> CheckDigit {
        self.check_digit
    }
}

/// Days of a month; 0 when there is no such month.
fn days(month: u16, year: u16) -> u16 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    }
}

/// The same text with full-width digits as ASCII digits, and without what has no width.
fn plain(text: &str) -> std::borrow::Cow<'_, str> {
    if text.is_ascii() {
        return text.into();
    }
    let visible = text.chars().filter(|c| !is_without_width(*c));
    visible.map(|c| digit(c).unwrap_or(c)).collect()
}

fn is_without_width(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// Full-width digits.
fn digit(character: char) -> Option<char> {
    let value = u32::from(character).checked_sub('\u{ff10}'.into())?;
    char::from_digit(value, 10)
}

fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        match (character.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                runs.push(Run {
                    text: &text[from..at],
                    start: from,
                });
                start = None;
            }
            _ => {}
        }
    }
    runs
}

/// Six digits, one to three separators, four digits.
fn apart(text: &str, pair: &[Run<'_>]) -> Option<CprLike> {
    let [first, second] = pair else {
        return None;
    };
    let six = first.text.trim_start_matches(char::is_alphabetic);
    let four = second.text.trim_end_matches(char::is_alphabetic);
    if (six.len(), four.len()) != (6, 4) {
        return None;
    }
    let between = &text[first.start + first.text.len()..second.start];
    if between.chars().count() > 3 || !between.chars().all(separates) {
        return None;
    }
    CprLike::of_digits([six, four].concat().as_bytes())
}

fn separates(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '-' | '.' | ',' | ':' | '/' | '_' | '\u{2010}'
                ..='\u{2015}' | '\u{2212}' | '\u{ff0d}' | '\u{ff0e}' | '\u{ff0f}'
        )
}

#[cfg(test)]
mod tests {
    use super::{CheckDigit, CprLike};

    fn year(text: &str) -> Option<u16> {
        CprLike::in_text(text).map(CprLike::year)
    }

    #[test]
    fn the_seventh_digit_gives_the_century() {
        for (text, expected) in [
            ("0101000000", 1900),
            ("0101993999", 1999),
            ("0101364000", 2036),
            ("0101374000", 1937),
            ("0101575000", 2057),
            ("0101588000", 1858),
            ("0101998000", 1899),
            ("0101369000", 2036),
            ("0101379000", 1937),
        ] {
            assert_eq!(year(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn the_first_six_digits_must_be_a_day() {
        assert_eq!(year("2902000000"), None, "1900 was no leap year");
        assert_eq!(year("2902004000"), Some(2000));
        assert_eq!(year("2902961000"), Some(1996));
        for none in [
            "3002701234",
            "3104701234",
            "0001701234",
            "3201701234",
            "0100701234",
            "0113701234",
        ] {
            assert_eq!(year(none), None, "{none}");
        }
    }

    #[test]
    fn every_way_of_writing_one_is_seen() {
        for text in [
            "010170-1234",
            "010170 1234",
            "010170\u{2013}1234",
            "010170 - 1234",
            "CPR:0101701234.",
            "cpr0101701234",
            "0101701234x",
            "ø010170-1234ø",
            "x/0101701234/y",
            "tel. 12345678, cpr 010170-1234",
            "０１０１７０１２３４",
            "０１０１７０－１２３４",
            "0101\u{200b}701234",
            "0\u{ad}10170\u{feff}-1234",
            "010170:1234",
            "010170, 1234",
        ] {
            assert_eq!(year(text), Some(1970), "{text}");
        }
    }

    #[test]
    fn what_is_longer_or_shorter_or_elsewhere_is_not() {
        for text in [
            "010170-12345",
            "1010170-1234",
            "00101701234",
            "101701234",
            "010170----1234",
            "010170a1234",
            "0101 701234",
            "2026-02-02 10:17",
            "63454660390103169462",
            "d5ec51a144d89d0b242dae2f6e1ff93b2194a6d93986d5a1c1a7c6838830b2bc",
            "a0101701234b0101701234",
            "",
        ] {
            assert_eq!(CprLike::in_text(text), None, "{text}");
        }
    }

    #[test]
    fn the_check_digit_is_reported_and_decides_nothing() {
        let fits = |text: &str| CprLike::in_text(text).unwrap().check_digit();
        assert_eq!(fits("1111111118"), CheckDigit::Fits);
        assert_eq!(fits("1111111117"), CheckDigit::Fails);
        let one = (0..10).filter(|last| fits(&format!("111111111{last}")) == CheckDigit::Fits);
        assert_eq!(one.count(), 1);
    }

    #[test]
    fn of_all_ten_digits_3_6_percent_look_like_one() {
        // Every day and month, for a year that is no leap year and one that is.
        let count = |rest: &str| {
            let all = (0..10_000).filter(|head| year(&format!("{head:04}{rest}")).is_some());
            all.count()
        };
        assert_eq!((count("701234"), count("721234")), (365, 366));
    }
}
