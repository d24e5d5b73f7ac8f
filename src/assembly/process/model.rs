//! The kinds of deliberative processes.

use super::section::choice;

choice! {
    /// The models of representative deliberative processes in *Innovative Citizen Participation and New Democratic Institutions* (OECD 2020, chapter 2).
    Model {
        /// Citizens' assembly.
        CitizensAssembly,
        /// Citizens' jury or panel.
        CitizensJury,
        /// Consensus conference.
        ConsensusConference,
        /// Planning cell.
        PlanningCell,
        /// G1000.
        G1000,
        /// Citizens' council.
        CitizensCouncil,
        /// Citizens' dialogue.
        CitizensDialogue,
        /// Deliberative poll.
        DeliberativePoll,
        /// World Wide Views.
        WorldWideViews,
        /// Citizens' initiative review.
        CitizensInitiativeReview,
        /// The Ostbelgien model: a permanent council that sets up assemblies.
        Ostbelgien,
        /// City observatory.
        CityObservatory,
    }
}

/// What a model is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Purpose {
    /// Informed recommendations on a policy question.
    Recommendations,
    /// The opinion of citizens on a policy question.
    Opinion,
    /// An informed evaluation of a ballot measure.
    BallotMeasures,
    /// A permanent body.
    Permanent,
}

impl Model {
    /// What the model is for, by the same source.
    ///
    /// ```
    /// use kleroterion::assembly::process::{Model, Purpose};
    /// assert_eq!(Model::DeliberativePoll.purpose(), Purpose::Opinion);
    /// ```
    #[must_use]
    pub fn purpose(self) -> Purpose {
        match self {
            Self::CitizensAssembly
            | Self::CitizensJury
            | Self::ConsensusConference
            | Self::PlanningCell => Purpose::Recommendations,
            Self::G1000
            | Self::CitizensCouncil
            | Self::CitizensDialogue
            | Self::DeliberativePoll
            | Self::WorldWideViews => Purpose::Opinion,
            Self::CitizensInitiativeReview => Purpose::BallotMeasures,
            Self::Ostbelgien | Self::CityObservatory => Purpose::Permanent,
        }
    }
}
