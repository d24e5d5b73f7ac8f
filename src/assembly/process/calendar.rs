//! The agenda as a calendar that members can subscribe to.

mod zone;

use std::collections::BTreeMap;

use icalendar::{Calendar, Component, Event, EventLike, Property};

use super::case::Case;
use super::meeting::Meeting;
use crate::assembly::{Clock, Day};
use crate::lottery::Digest;

impl Case {
    /// The meetings as an iCalendar file (RFC 5545): one event per meeting and day, with the agenda as its description.
    ///
    /// Times are those of the case's [time zone](Case::time_zone) where that follows the summer time of Europe, which the file then describes; otherwise they
    /// stand without a zone, as a clock on the wall of the room. The agenda of a meeting of several days is spread over them by its minutes. A meeting without hours
    /// is an event of the whole day, one without a day is left out. `made` is the day on which the file is made; nothing here looks at a clock, and the same case with the
    /// same day gives the same bytes.
    ///
    /// ```
    /// use kleroterion::assembly::process::{Case, Meeting};
    /// let meeting = Meeting { name: "First".into(), day: Some("2026-03-07".parse()?), ..Meeting::default() };
    /// let case = Case { title: "Harbour".into(), meetings: vec![meeting], ..Case::default() };
    /// assert!(case.calendar("2026-01-01".parse()?).contains("DTSTART;VALUE=DATE:20260307\r\n"));
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    #[must_use]
    pub fn calendar(&self, made: Day) -> String {
        let mut calendar = Calendar::new();
        calendar
            .properties
            .retain(|property| property.key() != "PRODID");
        calendar.append_property(("PRODID", "-//kleroterion//case sheet//EN"));
        calendar.name(&self.title);
        let zone = self.time_zone.as_str();
        if !zone.is_empty() {
            calendar.timezone(zone);
        }
        let described = zone::description(zone);
        let parameter = described.is_some().then_some(zone);
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        for meeting in &self.meetings {
            let namesake = names.entry(&meeting.name).or_default();
            *namesake += 1;
            let Some(first) = meeting.day else { continue };
            let days = meeting.days().unwrap_or(1);
            let on = |after: u32| first.plus(i32::try_from(after).unwrap_or(i32::MAX));
            if let (Some(begins), Some(ends)) = (meeting.begins, meeting.ends) {
                for after in 0..days {
                    let mut event = self.event(meeting, (*namesake, after), made);
                    event.append_property(moment("DTSTART", (on(after), begins), parameter));
                    event.append_property(moment("DTEND", (on(after), ends), parameter));
                    calendar.push(event.done());
                }
            } else {
                let mut event = self.event(meeting, (*namesake, 0), made);
                event.append_property(whole_day("DTSTART", first));
                event.append_property(whole_day("DTEND", on(days)));
                calendar.push(event.done());
            }
        }
        // The crate would give the description a random id and the time of this run.
        let text = calendar.to_string();
        let begin = "BEGIN:VEVENT\r\n";
        text.replacen(begin, &(described.unwrap_or_default() + begin), 1)
    }

    /// The event of one day. Its id hangs on title, name and how many meetings of that name came before: another meeting put in between changes no other's.
    fn event(&self, meeting: &Meeting, (namesake, day): (usize, u32), made: Day) -> Event {
        let mut event = Event::new();
        let key = Digest::of(
            "kleroterion/calendar",
            &[
                self.title.as_bytes(),
                meeting.name.as_bytes(),
                format!("{namesake} {day}").as_bytes(),
            ],
        );
        event.uid(&key.to_string()[..32]);
        event.append_property(("DTSTAMP", format!("{}T000000Z", plain(made)).as_str()));
        event.summary(&format!("{}: {}", self.title, meeting.name));
        if !meeting.place.is_empty() {
            event.location(&meeting.place);
        }
        let agenda = agenda(meeting, day);
        if !agenda.is_empty() {
            event.description(&agenda);
        }
        event
    }
}

/// One line per item of the agenda that falls on this day of the meeting, with its time as long as minutes are known. An item that goes on over the night stands on
/// both days.
fn agenda(meeting: &Meeting, day: u32) -> String {
    let length = match (meeting.begins, meeting.ends) {
        (Some(begins), Some(ends)) => ends.minutes().saturating_sub(begins.minutes()),
        _ => 0,
    };
    let days = if length > 0 {
        meeting.days().unwrap_or(1)
    } else {
        1
    };
    let first = day.saturating_mul(length);
    // What runs past the end of the last day still belongs to it.
    let last = if day + 1 < days {
        first + length
    } else {
        u32::MAX
    };
    let mut at = Some(0);
    let mut lines = Vec::new();
    for item in &meeting.agenda {
        let until = at
            .zip(item.minutes)
            .map(|(at, minutes): (u32, u32)| at.saturating_add(minutes));
        // Where it is not known when an item begins or ends, it may be on this day.
        let falls = at.is_none_or(|at| at < last)
            && until.is_none_or(|until| until > first || at == Some(first));
        if falls {
            let clock = |(begins, at): (Clock, u32)| begins.plus(at.saturating_sub(first));
            let time = meeting.begins.zip(at).map(clock);
            let time = time.map(|time| format!("{time} ")).unwrap_or_default();
            let by = if item.by.is_empty() {
                String::new()
            } else {
                format!(" ({})", item.by)
            };
            lines.push(format!("{time}{}{by}", item.title));
        }
        at = until;
    }
    lines.join("\n")
}

fn plain(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// `24:00` is the midnight that the next day begins with.
fn moment(key: &str, (day, time): (Day, Clock), zone: Option<&str>) -> Property {
    let minutes = time.minutes();
    let (day, minutes) = if minutes == 24 * 60 {
        (day.plus(1), 0)
    } else {
        (day, minutes)
    };
    let text = format!("{}T{:02}{:02}00", plain(day), minutes / 60, minutes % 60);
    let mut property = Property::new(key, text);
    if let Some(zone) = zone {
        property.add_parameter("TZID", zone);
    }
    property.done()
}

fn whole_day(key: &str, day: Day) -> Property {
    Property::new(key, plain(day))
        .add_parameter("VALUE", "DATE")
        .done()
}
