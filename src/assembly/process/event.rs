//! What happened, as it happened: the log of a real process, which goes back, skips and repeats.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::stages::{Stage, What};
use crate::assembly::{Day, input};
use crate::error::Result;

/// Something that happened on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The day.
    pub day: Day,
    /// What happened.
    pub what: What,
    /// In words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Ids of sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

impl Event {
    /// An event without further words.
    #[must_use]
    pub fn new(day: Day, what: What) -> Self {
        Self {
            day,
            what,
            note: String::new(),
            sources: Vec::new(),
        }
    }
}

/// Where the log left the regular road.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Turn {
    /// It went back to an earlier stage.
    Back {
        /// The day.
        day: Day,
        /// The stage before.
        from: Stage,
        /// The stage after.
        to: Stage,
    },
    /// It started over.
    NewPhase {
        /// The day.
        day: Day,
        /// The stage reached by then; `None` at the very beginning.
        from: Option<Stage>,
    },
    /// Stages were passed without an event.
    Skipped {
        /// The day.
        day: Day,
        /// The stages passed, in order.
        stages: Vec<Stage>,
    },
}

impl fmt::Display for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Back { day, from, to } => write!(f, "{day}: back from {from:?} to {to:?}"),
            Self::NewPhase { day, .. } => write!(f, "{day}: a new phase"),
            Self::Skipped { day, stages } => write!(f, "{day}: nothing is recorded of {stages:?}"),
        }
    }
}

/// What a log amounts to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct History {
    /// The stage after the last event.
    pub stage: Option<Stage>,
    /// Phases: 1 and one more for each [`What::NewPhase`] after a stage was reached; 0 without events.
    pub phases: u32,
    /// Meetings held, added ones included.
    pub meetings: u32,
    /// Meetings among them that were added.
    pub added: u32,
    /// Where it left the regular road, in order.
    pub turns: Vec<Turn>,
}

/// Events in the order in which they happened; it only grows at its end.
///
/// The regular road is the type [`Process`](super::Process). A log takes whatever happened and says where that left the road.
///
/// ```
/// use kleroterion::assembly::process::{Event, Log, Stage, Turn, What};
/// let mut log = Log::default();
/// for (day, what) in [("2026-01-10", What::Meeting), ("2026-02-07", What::Voted), ("2026-02-21", What::MeetingAdded)] {
///     log.append(Event::new(day.parse()?, what))?;
/// }
/// let history = log.history();
/// assert_eq!((history.stage, history.meetings, history.added), (Some(Stage::Meeting), 2, 1));
/// assert!(matches!(history.turns.last(), Some(Turn::Back { from: Stage::Voted, .. })));
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    events: Vec<Event>,
}

impl Log {
    /// The log of these events.
    ///
    /// # Errors
    /// As [`append`](Self::append), for the first event out of order.
    pub fn of(events: impl IntoIterator<Item = Event>) -> Result<Self> {
        let mut log = Self::default();
        events.into_iter().try_for_each(|event| log.append(event))?;
        Ok(log)
    }

    /// Adds what happened next.
    ///
    /// # Errors
    /// `E-PROCESS-ORDER`: the event is of an earlier day than the last one.
    pub fn append(&mut self, event: Event) -> Result<()> {
        if let Some(last) = self.events.last().filter(|last| event.day < last.day) {
            let found = format!("{:?} on {}", event.what, event.day);
            let expected = format!("a day from {} on, when {:?} happened", last.day, last.what);
            return Err(input("E-PROCESS-ORDER", found, &expected));
        }
        self.events.push(event);
        Ok(())
    }

    /// The events.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// What the events amount to. O(events).
    #[must_use]
    pub fn history(&self) -> History {
        let mut history = History::default();
        for event in &self.events {
            history.phases = history.phases.max(1);
            if event.what == What::NewPhase {
                let (day, from) = (event.day, history.stage.take());
                history.phases += u32::from(from.is_some());
                history.turns.push(Turn::NewPhase { day, from });
            }
            if let Some(next) = event.what.stage() {
                history.meetings += u32::from(next == Stage::Meeting);
                history.added += u32::from(event.what == What::MeetingAdded);
                history.turns.extend(turn(history.stage, next, event.day));
                history.stage = Some(next);
            }
        }
        history
    }
}

/// How going to `next` leaves the road; a phase may begin anywhere.
fn turn(from: Option<Stage>, next: Stage, day: Day) -> Option<Turn> {
    let from = from?;
    if next < from {
        return Some(Turn::Back {
            day,
            from,
            to: next,
        });
    }
    let between = |stage: &Stage| from < *stage && *stage < next;
    let stages: Vec<Stage> = Stage::ALL.into_iter().filter(between).collect();
    (!stages.is_empty()).then_some(Turn::Skipped { day, stages })
}

#[cfg(test)]
mod tests {
    use super::{Event, Log, Stage, Turn, What};
    use crate::assembly::Day;

    fn log(events: &[(&str, What)]) -> Log {
        let event = |(day, what): &(&str, What)| Event::new(day.parse().expect("a day"), *what);
        Log::of(events.iter().map(event)).expect("in order")
    }

    #[test]
    fn the_regular_road_has_no_turns() {
        let whats = [
            What::Commissioned,
            What::Governed,
            What::Recruiting,
            What::Drawn,
            What::Seated,
            What::Meeting,
            What::Meeting,
            What::Replacement,
            What::Worded,
            What::Voted,
            What::HandedOver,
            What::Answered,
            What::Closed,
        ];
        let events: Vec<(&str, What)> =
            whats.into_iter().map(|what| ("2026-01-01", what)).collect();
        let history = log(&events).history();
        assert_eq!(
            (history.stage, history.phases, history.meetings),
            (Some(Stage::Closed), 1, 2)
        );
        assert_eq!(history.turns, []);
    }

    #[test]
    fn a_second_phase_and_a_skip_are_seen() {
        let history = log(&[
            ("2026-01-01", What::Meeting),
            ("2026-02-01", What::HandedOver),
            ("2026-09-01", What::NewPhase),
            ("2026-09-02", What::Recruiting),
        ])
        .history();
        let day = |text: &str| text.parse::<Day>().expect("a day");
        assert_eq!(
            (history.phases, history.stage),
            (2, Some(Stage::Recruiting))
        );
        assert_eq!(
            history.turns,
            [
                Turn::Skipped {
                    day: day("2026-02-01"),
                    stages: vec![Stage::Worded, Stage::Voted]
                },
                Turn::NewPhase {
                    day: day("2026-09-01"),
                    from: Some(Stage::HandedOver)
                },
            ]
        );
        assert_eq!(log(&[("2026-01-01", What::NewPhase)]).history().phases, 1);
        assert_eq!(Log::default().history().phases, 0);
    }

    #[test]
    fn days_do_not_go_back() {
        let mut log = log(&[("2026-02-01", What::Voted)]);
        let early = Event::new("2026-01-31".parse().expect("a day"), What::HandedOver);
        let error = log.append(early).expect_err("the day before");
        assert_eq!(
            error.to_string(),
            "E-PROCESS-ORDER: found HandedOver on 2026-01-31, expected a day from 2026-02-01 on, when Voted happened"
        );
        assert_eq!(log.events().len(), 1);
    }
}
