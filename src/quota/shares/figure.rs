//! Reading one population figure.

use crate::ratio::Ratio;

/// Most digits of a figure, and most of them behind the decimal mark.
const DIGITS: (usize, usize) = (15, 12);

/// A decimal number of 0 or more, exactly as printed: `12,50 %` is 1250 with 2 decimals and a percent sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Figure {
    /// All digits, without the mark.
    pub(crate) digits: u64,
    /// How many of them stand behind the mark.
    pub(crate) decimals: u32,
    /// Whether a `%` follows.
    pub(crate) percent: bool,
}

impl Figure {
    /// Reads a number with a point or a comma as decimal mark, at most 15 digits, 12 of them decimals, perhaps with `%`.
    pub(crate) fn parse(cell: &str) -> Option<Self> {
        let cell = cell.trim();
        let number = cell.strip_suffix('%').map(str::trim_end);
        let percent = number.is_some();
        let number = number.unwrap_or(cell);
        let (units, decimals) = number.split_once(['.', ',']).unwrap_or((number, ""));
        let digits = format!("{units}{decimals}");
        let short = digits.len() <= DIGITS.0 && decimals.len() <= DIGITS.1 && !digits.is_empty();
        if !short || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        Some(Self {
            digits: digits.parse().ok()?,
            decimals: u32::try_from(decimals.len()).ok()?,
            percent,
        })
    }

    /// Its value; 12.5 % is 125/1000.
    pub(crate) fn ratio(self) -> Ratio {
        let whole = if self.percent { 100 } else { 1 };
        Ratio::new(self.digits, 10_u64.pow(self.decimals) * whole)
    }
}

/// `digits` with `decimals` of them behind a point, without idle zeros: 1250 with 2 is `12.5`.
pub(crate) fn decimal(digits: u128, decimals: u32) -> String {
    let power = 10_u128.pow(decimals);
    let (units, rest) = (digits / power, digits % power);
    if rest == 0 {
        return units.to_string();
    }
    let behind = format!("{rest:0width$}", width = decimals as usize);
    format!("{units}.{}", behind.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_printed() {
        for (cell, digits, decimals, percent) in [
            ("12,50 %", 1250, 2, true),
            ("12.5%", 125, 1, true),
            ("12.5\u{a0}%", 125, 1, true),
            (" 0.125", 125, 3, false),
            (".5", 5, 1, false),
            ("5.", 5, 0, false),
            ("007", 7, 0, false),
            ("999999999999999", 999_999_999_999_999, 0, false),
        ] {
            let figure = Figure {
                digits,
                decimals,
                percent,
            };
            assert_eq!(Figure::parse(cell), Some(figure), "{cell}");
        }
        for cell in [
            "",
            "%",
            ".",
            "-1",
            "+1",
            "1 234",
            "1.2.3",
            "1,234.5",
            "1e3",
            "x",
            "12 % %",
            "٤",
            "1000000000000000",
            "0.1234567890123",
        ] {
            assert_eq!(Figure::parse(cell), None, "{cell}");
        }
    }

    #[test]
    fn decimals_have_no_idle_zeros() {
        for (digits, decimals, text) in [
            (1250, 2, "12.5"),
            (1200, 2, "12"),
            (5, 3, "0.005"),
            (0, 4, "0"),
        ] {
            assert_eq!(decimal(digits, decimals), text);
        }
    }
}
