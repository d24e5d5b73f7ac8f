//! Weights as texts, read exactly.

use crate::error::Problem;
use crate::ratio::gcd;

/// Digits of a whole number, above and below a fraction line, that are read.
const DIGITS: usize = 18;
/// Decimal places that are read; further ones are far below anything that matters.
const PLACES: i64 = 36;
/// Weights that need a larger common denominator are rounded to it.
const FINEST: u128 = 1_000_000_000_000_000;
/// Units of the sum of weights that must be near one.
const SUM: u128 = 1_000_000_000_000_000_000;
/// How far from one the sum may be, in those units: 10^-6.
const NEAR: u128 = 1_000_000_000_000;
/// Largest integer of the record.
const LARGEST: u128 = (1 << 53) - 1;

/// `above / below`, in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    above: u128,
    below: u128,
}

impl Number {
    fn new(above: u128, below: u128) -> Self {
        let common = gcd(above, below).max(1);
        Self {
            above: above / common,
            below: below / common,
        }
    }

    /// In units of 10^-18, rounded down; `None` above two.
    fn scaled(self) -> Option<u128> {
        if self.above > 2 * self.below {
            None
        } else if self.below > SUM {
            // only powers of ten are as large
            Some(self.above / (self.below / SUM))
        } else {
            Some(self.above * SUM / self.below)
        }
    }
}

/// A number as `12`, `0.0123`, `1.5e-7` or `1/3`, at least 0.
pub(super) fn parse(text: &str) -> Option<Number> {
    let text = text.trim();
    if let Some((above, below)) = text.split_once('/') {
        let (above, below) = (whole(above.trim())?, whole(below.trim())?);
        return (below > 0).then(|| Number::new(above, below));
    }
    let (text, exponent) = match text.split_once(['e', 'E']) {
        Some((text, exponent)) => (text, exponent.parse::<i16>().ok()?),
        None => (text, 0),
    };
    let (front, back) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{front}{back}");
    let significant = digits.trim_start_matches('0');
    let digit = |c: char| c.is_ascii_digit();
    if digits.is_empty() || !digits.chars().all(digit) || significant.len() > 2 * DIGITS {
        return None;
    }
    let mut above: u128 = if significant.is_empty() {
        0
    } else {
        significant.parse().ok()?
    };
    let mut places = back.len() as i64 - i64::from(exponent);
    while places > PLACES && above > 0 {
        (above, places) = (above / 10, places - 1);
    }
    if above == 0 {
        return Some(Number::new(0, 1));
    }
    let power = 10_u128.pow(places.unsigned_abs().min(PLACES as u64) as u32);
    if places >= 0 {
        return Some(Number::new(above, power));
    }
    let above = above.checked_mul(power)?;
    (places >= -PLACES && above <= LARGEST).then(|| Number::new(above, 1))
}

fn whole(text: &str) -> Option<u128> {
    let fits = (1..=DIGITS).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

/// Integers in the proportions of the weights, without a common factor; and a warning when they had to be rounded.
///
/// # Errors
/// Whole numbers that sum to 0 or to more than 2^53 − 1; other numbers that do not sum to 1.
pub(super) fn integers(numbers: &[Number]) -> Result<(Vec<u64>, Option<Problem>), Box<Problem>> {
    let mut warning = None;
    let integers: Vec<u128> = if numbers.iter().all(|n| n.below == 1) {
        numbers.iter().map(|n| n.above).collect()
    } else {
        let scaled = near_one(numbers)?;
        let common = numbers.iter().try_fold(1_u128, |common, n| {
            let common = (common / gcd(common, n.below).max(1)).checked_mul(n.below);
            common.filter(|common| *common <= FINEST)
        });
        match common {
            Some(common) => numbers.iter().map(|n| common / n.below * n.above).collect(),
            None => {
                warning = Some(Problem::new(
                    "W-IMPORT-DIGITS",
                    "weights with more than 15 decimal places, or without a common denominator of 15 digits",
                    "at most 15; they were rounded to 15",
                ));
                let half = SUM / FINEST / 2;
                scaled.iter().map(|s| (s + half) / (SUM / FINEST)).collect()
            }
        }
    };
    let sum = integers
        .iter()
        .try_fold(0_u128, |sum, &i| sum.checked_add(i));
    let expected = "a sum from 1 to 9007199254740991";
    let sum = sum
        .filter(|sum| (1..=LARGEST).contains(sum))
        .ok_or_else(|| {
            let found = if sum == Some(0) {
                "weights that sum to 0"
            } else {
                "weights with a larger sum"
            };
            Box::new(Problem::new("E-IMPORT-SUM", found, expected))
        })?;
    let common = integers.iter().fold(sum, |common, &i| gcd(common, i));
    let common = common.max(1);
    let reduced = integers.iter().map(|i| (i / common) as u64).collect();
    Ok((reduced, warning))
}

/// The weights in units of 10^-18, when they sum to one.
fn near_one(numbers: &[Number]) -> Result<Vec<u128>, Box<Problem>> {
    let scaled: Option<Vec<u128>> = numbers.iter().map(|n| n.scaled()).collect();
    let sum = scaled.as_ref().map(|scaled| scaled.iter().sum::<u128>());
    let slack = NEAR + numbers.len() as u128;
    match (scaled, sum) {
        (Some(scaled), Some(sum)) if sum.abs_diff(SUM) <= slack => Ok(scaled),
        (_, sum) => {
            let found = match sum {
                Some(sum) => {
                    let shown = (sum + SUM / 2_000_000_000) / (SUM / 1_000_000_000);
                    format!(
                        "weights that sum to {}.{:09}",
                        shown / 1_000_000_000,
                        shown % 1_000_000_000
                    )
                }
                None => "a weight above 2 beside fractions".to_owned(),
            };
            let expected = "1 within 0.000001, or whole numbers of tickets";
            Err(Box::new(Problem::new("E-IMPORT-SUM", found, expected)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Number, integers, parse};

    #[test]
    fn numbers_are_read_exactly() {
        let number = |above, below| Some(Number { above, below });
        for (text, expected) in [
            ("12", number(12, 1)),
            (" 0.0125 ", number(1, 80)),
            (".5", number(1, 2)),
            ("5.", number(5, 1)),
            ("1.5e-7", number(3, 20_000_000)),
            ("2E2", number(200, 1)),
            ("3/12", number(1, 4)),
            ("0", number(0, 1)),
            ("1e-99", number(0, 1)),
            (
                "0.1000000000000000055511151231257827",
                number(
                    1_000_000_000_000_000_055_511_151_231_257_827,
                    10_u128.pow(34),
                ),
            ),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
        for text in [
            "", ".", "-1", "+1", "1/0", "1/", "a", "1,5", "50%", "NaN", "inf", "1e", "1e40", "1 2",
            "1/2/3",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn weights_keep_their_proportions() {
        let read =
            |texts: &[&str]| integers(&texts.iter().map(|t| parse(t).unwrap()).collect::<Vec<_>>());
        assert_eq!(read(&["2", "4", "6"]).unwrap(), (vec![1, 2, 3], None));
        assert_eq!(read(&["0.25", "3/4"]).unwrap(), (vec![1, 3], None));
        assert_eq!(read(&["1/3", "1/3", "1/3"]).unwrap(), (vec![1, 1, 1], None));
        let (rounded, warning) = read(&["0.3333333333333333333", "0.6666666666666666667"]).unwrap();
        assert_eq!(rounded, [333_333_333_333_333, 666_666_666_666_667]);
        assert_eq!(warning.unwrap().code, "W-IMPORT-DIGITS");
        // 617673396283947 is 3^31: with 10^36 its common denominator leaves 128 bits
        let parts = ["1/617673396283947", "617673396283946/617673396283947"];
        let (rounded, warning) = read(&[parts[0], parts[1], "1e-36"]).unwrap();
        assert_eq!(rounded, [1, 499_999_999_999_999, 0]);
        assert_eq!(warning.unwrap().code, "W-IMPORT-DIGITS");
        for (texts, found) in [
            (vec!["0.5", "0.4"], "weights that sum to 0.900000000"),
            (vec!["0", "0"], "weights that sum to 0"),
            (vec!["9007199254740991", "1"], "weights with a larger sum"),
            (vec!["7", "0.5"], "a weight above 2 beside fractions"),
        ] {
            assert_eq!(read(&texts).unwrap_err().found, found);
        }
        // within the tolerance the sum is what the weights are divided by
        assert_eq!(read(&["0.5", "0.4999995"]).unwrap().0, [1_000_000, 999_999]);
    }
}
