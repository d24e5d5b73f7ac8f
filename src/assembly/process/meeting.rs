//! Meetings with their agendas, and what members heard.

use super::section::{choice, section};
use crate::assembly::{Clock, Day};

choice! {
    /// How members met.
    Mode {
        /// In one room.
        InPerson,
        /// Online.
        Online,
        /// Some in the room, some online.
        Mixed,
    }
}

section! {
    /// One meeting (in Danish *samling*): an evening, a day or a weekend.
    Meeting {
        /// Its name.
        name: String,
        /// Its day, or its first day.
        day: Option<Day>,
        /// Its last day, when it has several.
        until: Option<Day>,
        /// When it begins; on every day, if it has several.
        begins: Option<Clock>,
        /// When it ends; on every day, if it has several.
        ends: Option<Clock>,
        /// How members met.
        mode: Option<Mode>,
        /// Where.
        place: String,
        /// Tables.
        tables: Option<u32>,
        /// Facilitators.
        facilitators: Option<u32>,
        /// Members present.
        present: Option<u32>,
        /// What is on the agenda, in order.
        agenda: Vec<Item>,
        /// Ids of sources.
        sources: Vec<String>,
    }
}

impl Meeting {
    /// Days from the first to the last, if the first is known.
    #[must_use]
    pub fn days(&self) -> Option<u32> {
        let first = self.day?;
        let days = self.until.unwrap_or(first).days_since(first) + 1;
        u32::try_from(days).ok()
    }

    /// Minutes from begin to end, on all its days; unknown if begin, end or day is.
    ///
    /// ```
    /// use kleroterion::assembly::process::Meeting;
    /// let weekend = Meeting {
    ///     day: Some("2026-03-07".parse()?),
    ///     until: Some("2026-03-08".parse()?),
    ///     begins: Some("10:00".parse()?),
    ///     ends: Some("16:00".parse()?),
    ///     ..Meeting::default()
    /// };
    /// assert_eq!(weekend.minutes(), Some(720));
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    #[must_use]
    pub fn minutes(&self) -> Option<u32> {
        let a_day = self.ends?.minutes().checked_sub(self.begins?.minutes())?;
        self.days()?.checked_mul(a_day)
    }

    /// Minutes that the agenda takes; unknown if there is none, if one item does not say, or beyond 2^32.
    #[must_use]
    pub fn agenda_minutes(&self) -> Option<u32> {
        if self.agenda.is_empty() {
            return None;
        }
        let mut items = self.agenda.iter();
        items.try_fold(0, |sum: u32, item| sum.checked_add(item.minutes?))
    }
}

choice! {
    /// What members do.
    Activity {
        /// Welcome, rules, closing.
        Frame,
        /// Listening to and questioning speakers.
        Learning,
        /// Talking among members.
        Deliberation,
        /// Writing recommendations.
        Drafting,
        /// Casting ballots.
        Voting,
        /// Food and rest.
        Pause,
    }
}

section! {
    /// One item of an agenda.
    Item {
        /// What it is called.
        title: String,
        /// What members do.
        activity: Option<Activity>,
        /// How long it takes.
        minutes: Option<u32>,
        /// Who speaks.
        by: String,
    }
}

choice! {
    /// Who asked for a speaker or a text.
    ChosenBy {
        /// Those who run the process.
        Organisers,
        /// A group of experts or of interests that advises them.
        Advisers,
        /// The members.
        Members,
    }
}

section! {
    /// Something that members heard or read.
    Evidence {
        /// What it was.
        title: String,
        /// Who gave it.
        by: String,
        /// The point of view it stands for.
        perspective: String,
        /// Who asked for it.
        chosen_by: Option<ChosenBy>,
        /// Where it can be read or seen.
        published: String,
        /// Ids of sources.
        sources: Vec<String>,
    }
}
