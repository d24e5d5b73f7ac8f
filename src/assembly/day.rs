//! Days of the calendar and times of the day, without a clock and without a time zone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::input;
use crate::error::Error;

/// A day of the Gregorian calendar, written `YYYY-MM-DD`, from 0000-03-01 on.
///
/// Days compare as they follow each other, and can be counted. Nothing here knows what day it is today.
///
/// ```
/// use kleroterion::assembly::Day;
/// let meeting: Day = "2024-02-29".parse()?;
/// assert_eq!(meeting.plus(1).to_string(), "2024-03-01");
/// assert_eq!("2025-02-28".parse::<Day>()?.days_since(meeting), 365);
/// assert!("2025-02-29".parse::<Day>().is_err());
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day {
    /// Days since 0000-03-01.
    number: i32,
}

/// Days in 400 years.
const ERA: i32 = 146_097;
/// The day after 9999-12-31, which four digits cannot show.
const END: i32 = 25 * ERA - 60;

impl Day {
    /// The day that many days later, or earlier when negative; the first or last day that can be written when there is none. O(1).
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self {
            number: self.number.saturating_add(days).clamp(0, END - 1),
        }
    }

    /// Days from the other day to this one; negative when this one is earlier. O(1).
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i32 {
        self.number - earlier.number
    }

    /// Year, month and day of the month.
    #[must_use]
    pub fn parts(self) -> (u32, u32, u32) {
        // The year begins in March, so that the leap day is its last.
        let (era, of_era) = (self.number.div_euclid(ERA), self.number.rem_euclid(ERA));
        let year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let (year, month) = if month < 10 {
            (400 * era + year, month + 3)
        } else {
            (400 * era + year + 1, month - 9)
        };
        (
            year.unsigned_abs(),
            month.unsigned_abs(),
            day.unsigned_abs(),
        )
    }

    fn from_parts(year: i32, month: i32, day: i32) -> Self {
        let (year, month) = if month > 2 {
            (year, month - 3)
        } else {
            (year - 1, month + 9)
        };
        let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * month + 2) / 5 + day - 1;
        let number = era * ERA + 365 * year + year / 4 - year / 100 + of_year;
        Self { number }
    }
}

/// `2026-03-07`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// True for `YYYY-MM-DD` when the calendar has that day.
pub(crate) fn is_day(text: &str) -> bool {
    text.parse::<Day>().is_ok()
}

/// A text that is no such day gives `E-DAY`: `2026-02-29`, `7 March`, `2026-3-7`.
impl FromStr for Day {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = || {
            const EXPECTED: &str = "a day of the calendar as YYYY-MM-DD";
            input("E-DAY", format!("{text:?}"), EXPECTED)
        };
        let [year, month, day] = numbers::<3>(text, '-', [4, 2, 2]).ok_or_else(wrong)?;
        if !(1..=12).contains(&month) || day == 0 || (year == 0 && month < 3) {
            return Err(wrong());
        }
        let found = Self::from_parts(year, month, day);
        let parts = found.parts();
        let same = [parts.0, parts.1, parts.2] == [year, month, day].map(i32::unsigned_abs);
        if same { Ok(found) } else { Err(wrong()) }
    }
}

impl TryFrom<String> for Day {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

/// A time of the day in whole minutes, written `HH:MM`, from `00:00` to `24:00`.
///
/// ```
/// use kleroterion::assembly::Clock;
/// let (begins, ends): (Clock, Clock) = ("17:00".parse()?, "21:30".parse()?);
/// assert_eq!(ends.minutes() - begins.minutes(), 270);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Clock {
    minutes: u32,
}

impl Clock {
    /// Minutes since midnight.
    #[must_use]
    pub fn minutes(self) -> u32 {
        self.minutes
    }

    /// That many minutes later, midnight at the latest.
    #[must_use]
    pub fn plus(self, minutes: u32) -> Self {
        Self {
            minutes: self.minutes.saturating_add(minutes).min(24 * 60),
        }
    }
}

/// `09:30`.
impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A text that is no such time gives `E-CLOCK`: `9.30`, `24:01`, `7 pm`.
impl FromStr for Clock {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = || input("E-CLOCK", format!("{text:?}"), "a time of the day as HH:MM");
        let [hours, minutes] = numbers::<2>(text, ':', [2, 2]).ok_or_else(wrong)?;
        let sum = 60 * hours + minutes;
        if minutes > 59 || sum > 24 * 60 {
            return Err(wrong());
        }
        Ok(Self {
            minutes: sum.unsigned_abs(),
        })
    }
}

impl TryFrom<String> for Clock {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl From<Clock> for String {
    fn from(clock: Clock) -> Self {
        clock.to_string()
    }
}

/// Numbers of exactly so many digits with a sign between them.
fn numbers<const N: usize>(text: &str, sign: char, digits: [usize; N]) -> Option<[i32; N]> {
    let mut found = [0; N];
    let mut parts = text.split(sign);
    for (number, length) in found.iter_mut().zip(digits) {
        let part = parts.next()?;
        let sound = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        *number = sound.then(|| part.parse().ok()).flatten()?;
    }
    parts.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::{Clock, Day, is_day};

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn every_day_of_some_centuries_follows_the_one_before() {
        let mut at = day("1899-12-31");
        let mut leap_days = 0;
        for _ in 0..80_000 {
            let next = at.plus(1);
            let (year, month, of_month) = next.parts();
            let (_, before, last) = at.parts();
            assert!(of_month == last + 1 && month == before || of_month == 1 && month != before);
            assert_eq!(day(&next.to_string()), next);
            if (month, of_month) == (2, 29) {
                leap_days += 1;
                assert!(
                    year.is_multiple_of(4)
                        && (!year.is_multiple_of(100) || year.is_multiple_of(400))
                );
            }
            at = next;
        }
        assert_eq!((at.to_string().as_str(), leap_days), ("2119-01-12", 53));
        assert_eq!(at.days_since(day("1899-12-31")), 80_000);
    }

    #[test]
    fn days_that_are_none_are_refused() {
        for text in [
            "2026-02-29",
            "1900-02-29",
            "2026-04-31",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "2026-1-1",
            "1 March",
            "2026/01/01",
            "2026-01-011",
            "+026-01-01",
            "0000-02-29",
            "",
        ] {
            let error = text.parse::<Day>().expect_err(text);
            assert_eq!(error.problems()[0].code, "E-DAY");
            assert!(!is_day(text), "{text}");
        }
        for text in ["2026-01-31", "2024-02-29", "2000-02-29", "2026-12-01"] {
            assert!(is_day(text), "{text}");
        }
        assert_eq!(day("9999-12-31").plus(1), day("9999-12-31"));
        assert_eq!(day("0000-03-01").plus(-1), day("0000-03-01"));
    }

    #[test]
    fn times_are_those_of_a_day() {
        let time = |text: &str| text.parse::<Clock>();
        assert_eq!(time("09:30").expect("a time").minutes(), 570);
        assert_eq!(time("24:00").expect("midnight").to_string(), "24:00");
        assert_eq!(time("23:00").expect("a time").plus(90).to_string(), "24:00");
        for text in ["24:01", "9:30", "09:60", "09.30", "09:30:00", "-1:30", ""] {
            assert_eq!(time(text).expect_err(text).problems()[0].code, "E-CLOCK");
        }
    }
}
