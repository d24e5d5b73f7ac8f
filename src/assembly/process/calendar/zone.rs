//! Time zones of Europe, as iCalendar describes them.

/// Time zones whose clocks go forward on the last Sunday of March and back on the last of October, at 01:00 UTC (Directive 2000/84/EC; in the United Kingdom the Summer
/// Time Order 2002), with their hours ahead of UTC in winter.
const ZONES: [(&str, u32); 26] = [
    ("Europe/Amsterdam", 1),
    ("Europe/Athens", 2),
    ("Europe/Berlin", 1),
    ("Europe/Bratislava", 1),
    ("Europe/Brussels", 1),
    ("Europe/Bucharest", 2),
    ("Europe/Budapest", 1),
    ("Europe/Copenhagen", 1),
    ("Europe/Dublin", 0),
    ("Europe/Helsinki", 2),
    ("Europe/Lisbon", 0),
    ("Europe/Ljubljana", 1),
    ("Europe/London", 0),
    ("Europe/Luxembourg", 1),
    ("Europe/Madrid", 1),
    ("Europe/Oslo", 1),
    ("Europe/Paris", 1),
    ("Europe/Prague", 1),
    ("Europe/Riga", 2),
    ("Europe/Rome", 1),
    ("Europe/Sofia", 2),
    ("Europe/Stockholm", 1),
    ("Europe/Vienna", 1),
    ("Europe/Vilnius", 2),
    ("Europe/Warsaw", 1),
    ("Europe/Zurich", 1),
];

/// The description of a zone (RFC 5545, section 3.6.5), valid from 1997 on; `None` for a zone that is not in the list.
pub(super) fn description(zone: &str) -> Option<String> {
    let (_, winter) = ZONES.into_iter().find(|(known, _)| *known == zone)?;
    let summer = winter + 1;
    Some(format!(
        "BEGIN:VTIMEZONE\r\nTZID:{zone}\r\n\
         BEGIN:DAYLIGHT\r\nDTSTART:19970330T{summer:02}0000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n\
         TZOFFSETFROM:+{winter:02}00\r\nTZOFFSETTO:+{summer:02}00\r\nEND:DAYLIGHT\r\n\
         BEGIN:STANDARD\r\nDTSTART:19961027T{:02}0000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n\
         TZOFFSETFROM:+{summer:02}00\r\nTZOFFSETTO:+{winter:02}00\r\nEND:STANDARD\r\n\
         END:VTIMEZONE\r\n",
        summer + 1
    ))
}
