//! Days as plain text. Two of them compare as texts do.

/// True for `YYYY-MM-DD` when the Gregorian calendar has that day.
pub(in crate::assembly) fn is_day(text: &str) -> bool {
    text.parse::<crate::assembly::Day>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::is_day;

    #[test]
    fn days_are_those_of_the_calendar() {
        for day in ["2026-01-31", "2024-02-29", "2000-02-29", "2026-12-01"] {
            assert!(is_day(day), "{day}");
        }
        for other in [
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
            "",
        ] {
            assert!(!is_day(other), "{other}");
        }
    }
}
