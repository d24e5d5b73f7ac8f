//! The agenda as a calendar that members can subscribe to.

use icalendar::{Calendar, Component, Event, EventLike, Property};

use super::case::Case;
use super::meeting::Meeting;
use crate::assembly::{Clock, Day};
use crate::lottery::Digest;

impl Case {
    /// The meetings as an iCalendar file (RFC 5545): one event per meeting and day, with the agenda as its description.
    ///
    /// Times stand as the agenda has them, without a time zone: a clock on the wall of the room. A meeting without hours is an event of the whole
    /// day, one without a day is left out. `made` is the day on which the file is made; nothing here looks at a clock, and the same case with the
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
        for (at, meeting) in self.meetings.iter().enumerate() {
            let Some(first) = meeting.day else { continue };
            let days = i32::try_from(meeting.days().unwrap_or(1)).unwrap_or(1);
            if let (Some(begins), Some(ends)) = (meeting.begins, meeting.ends) {
                for after in 0..days {
                    let mut event = self.event(meeting, (at, after), made);
                    let day = first.plus(after);
                    event.append_property(("DTSTART", moment(day, begins).as_str()));
                    event.append_property(("DTEND", moment(day, ends).as_str()));
                    calendar.push(event.done());
                }
            } else {
                let mut event = self.event(meeting, (at, 0), made);
                event.append_property(whole_day("DTSTART", first));
                event.append_property(whole_day("DTEND", first.plus(days)));
                calendar.push(event.done());
            }
        }
        calendar.to_string()
    }

    fn event(&self, meeting: &Meeting, (at, after): (usize, i32), made: Day) -> Event {
        let mut event = Event::new();
        let key = Digest::of(
            "kleroterion/calendar",
            &[
                self.title.as_bytes(),
                meeting.name.as_bytes(),
                format!("{at} {after}").as_bytes(),
            ],
        );
        event.uid(&key.to_string()[..32]);
        event.append_property(("DTSTAMP", format!("{}T000000Z", plain(made)).as_str()));
        event.summary(&format!("{}: {}", self.title, meeting.name));
        if !meeting.place.is_empty() {
            event.location(&meeting.place);
        }
        let agenda = agenda(meeting);
        if !agenda.is_empty() {
            event.description(&agenda);
        }
        event
    }
}

/// One line per item, with its time as long as minutes are known.
fn agenda(meeting: &Meeting) -> String {
    let mut at: Option<Clock> = meeting.begins;
    let mut lines = Vec::new();
    for item in &meeting.agenda {
        let time = at.map(|time| format!("{time} ")).unwrap_or_default();
        let by = if item.by.is_empty() {
            String::new()
        } else {
            format!(" ({})", item.by)
        };
        lines.push(format!("{time}{}{by}", item.title));
        at = at
            .zip(item.minutes)
            .map(|(time, minutes)| time.plus(minutes));
    }
    lines.join("\n")
}

fn plain(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// `24:00` is the midnight that the next day begins with.
fn moment(day: Day, time: Clock) -> String {
    let minutes = time.minutes();
    let (day, minutes) = if minutes == 24 * 60 {
        (day.plus(1), 0)
    } else {
        (day, minutes)
    };
    format!("{}T{:02}{:02}00", plain(day), minutes / 60, minutes % 60)
}

fn whole_day(key: &str, day: Day) -> Property {
    Property::new(key, plain(day))
        .add_parameter("VALUE", "DATE")
        .done()
}
