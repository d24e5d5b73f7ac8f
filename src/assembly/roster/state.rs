//! Where a person stands, and which step leads where.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Where a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Got a letter.
    Invited,
    /// Is in the pool.
    Registered,
    /// Was drawn for a seat.
    Selected,
    /// Was asked to take a seat that somebody left.
    Activated,
    /// Said yes to a seat.
    Confirmed,
    /// Came, and is a member.
    Seated,
    /// Said yes and did not come.
    NoShow,
    /// Left by own wish.
    Withdrawn,
    /// Was made to leave.
    Excluded,
    /// Was a member to the end.
    Completed,
    /// Asked for all personal data to be deleted.
    Erased,
}

impl State {
    /// All of them, in the order in which they usually come.
    pub const ALL: [Self; 11] = [
        Self::Invited,
        Self::Registered,
        Self::Selected,
        Self::Activated,
        Self::Confirmed,
        Self::Seated,
        Self::NoShow,
        Self::Withdrawn,
        Self::Excluded,
        Self::Completed,
        Self::Erased,
    ];

    /// True for states in which a seat is kept for the person, if they were given one. A no-show keeps it until somebody is activated in their place.
    #[must_use]
    pub fn keeps_seat(self) -> bool {
        matches!(
            self,
            Self::Selected
                | Self::Activated
                | Self::Confirmed
                | Self::Seated
                | Self::NoShow
                | Self::Completed
        )
    }

    /// True for states in which another may be activated in the person's place.
    #[must_use]
    pub fn may_be_replaced(self) -> bool {
        matches!(
            self,
            Self::NoShow | Self::Withdrawn | Self::Excluded | Self::Erased
        )
    }

    /// Whether a person who stands at `from` (`None`: not on the roster yet) may go to this state.
    ///
    /// | to | from |
    /// |---|---|
    /// | invited | not on the roster |
    /// | registered | not on the roster (where everybody may register without a letter), invited |
    /// | selected, activated | registered |
    /// | confirmed | selected, activated |
    /// | seated | confirmed, no-show (came later) |
    /// | no-show | confirmed |
    /// | withdrawn, excluded | registered, selected, activated, confirmed, seated, no-show |
    /// | completed | seated |
    /// | erased | all others |
    #[must_use]
    pub fn follows(self, from: Option<Self>) -> bool {
        use State::{
            Activated, Completed, Confirmed, Erased, Excluded, Invited, NoShow, Registered, Seated,
            Selected, Withdrawn,
        };
        match self {
            Invited => from.is_none(),
            Registered => matches!(from, None | Some(Invited)),
            Selected | Activated => from == Some(Registered),
            Confirmed => matches!(from, Some(Selected | Activated)),
            Seated => matches!(from, Some(Confirmed | NoShow)),
            NoShow => from == Some(Confirmed),
            Withdrawn | Excluded => matches!(
                from,
                Some(Registered | Selected | Activated | Confirmed | Seated | NoShow)
            ),
            Completed => from == Some(Seated),
            Erased => from.is_some_and(|from| from != Erased),
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Invited => "invited",
            Self::Registered => "registered",
            Self::Selected => "selected",
            Self::Activated => "activated",
            Self::Confirmed => "confirmed",
            Self::Seated => "seated",
            Self::NoShow => "no-show",
            Self::Withdrawn => "withdrawn",
            Self::Excluded => "excluded",
            Self::Completed => "completed",
            Self::Erased => "erased",
        })
    }
}
