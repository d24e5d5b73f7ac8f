//! How far a process has come, and what an event says.

use super::section::choice;

choice! {
    /// How far a process has come.
    Stage {
        /// A public authority asked for it.
        Commissioned,
        /// Who runs it is settled.
        Governed,
        /// Quotas and register are fixed, invitations go out.
        Recruiting,
        /// The panel was drawn.
        Drawn,
        /// Members have confirmed.
        Seated,
        /// Members meet: they learn, deliberate and draft.
        Meeting,
        /// The wording of the recommendations is agreed on.
        Worded,
        /// Members have voted.
        Voted,
        /// The recommendations were handed over.
        HandedOver,
        /// The authority answered; what it promised is followed up.
        Answered,
        /// The follow-up is over.
        Closed,
    }
}

impl Stage {
    /// All stages in the order of the regular road.
    pub const ALL: [Self; 11] = [
        Self::Commissioned,
        Self::Governed,
        Self::Recruiting,
        Self::Drawn,
        Self::Seated,
        Self::Meeting,
        Self::Worded,
        Self::Voted,
        Self::HandedOver,
        Self::Answered,
        Self::Closed,
    ];
}

choice! {
    /// What an event says.
    What {
        /// A stage begins: [`Stage::Commissioned`].
        Commissioned,
        /// [`Stage::Governed`].
        Governed,
        /// [`Stage::Recruiting`].
        Recruiting,
        /// [`Stage::Drawn`].
        Drawn,
        /// [`Stage::Seated`].
        Seated,
        /// [`Stage::Meeting`]; once per meeting.
        Meeting,
        /// [`Stage::Worded`].
        Worded,
        /// [`Stage::Voted`].
        Voted,
        /// [`Stage::HandedOver`].
        HandedOver,
        /// [`Stage::Answered`].
        Answered,
        /// [`Stage::Closed`].
        Closed,
        /// The process starts over, with old or new members.
        NewPhase,
        /// A meeting that was not planned.
        MeetingAdded,
        /// A planned meeting does not take place.
        MeetingCancelled,
        /// What was planned in one room moves online.
        MovedOnline,
        /// Members were replaced.
        Replacement,
        /// An evaluation was published.
        Evaluated,
    }
}

impl What {
    /// The stage that begins with it, or none: a replacement changes no stage. An added meeting is a meeting.
    #[must_use]
    pub fn stage(self) -> Option<Stage> {
        Some(match self {
            Self::Commissioned => Stage::Commissioned,
            Self::Governed => Stage::Governed,
            Self::Recruiting => Stage::Recruiting,
            Self::Drawn => Stage::Drawn,
            Self::Seated => Stage::Seated,
            Self::Meeting | Self::MeetingAdded => Stage::Meeting,
            Self::Worded => Stage::Worded,
            Self::Voted => Stage::Voted,
            Self::HandedOver => Stage::HandedOver,
            Self::Answered => Stage::Answered,
            Self::Closed => Stage::Closed,
            Self::NewPhase
            | Self::MeetingCancelled
            | Self::MovedOnline
            | Self::Replacement
            | Self::Evaluated => {
                return None;
            }
        })
    }
}
