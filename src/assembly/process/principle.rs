//! What the checks rest on, with its source.

use std::fmt;

use super::language::Language;

/// Declares a list of names in both languages.
macro_rules! names {
    ($(#[$about:meta])* $name:ident { $($variant:ident: $english:literal, $danish:literal;)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name { $(#[doc = concat!($english, ".")] $variant,)* }

        impl $name {
            /// All of them, in the order of the source.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name; the Danish one is a translation.
            #[must_use]
            pub fn name(self, language: Language) -> &'static str {
                match self { $(Self::$variant => language.choose($english, $danish),)* }
            }
        }
    };
}

names! {
    /// The eleven *Good Practice Principles for Deliberative Processes for Public Decision Making* (OECD 2020).
    Oecd {
        Purpose: "Purpose", "Formål";
        Accountability: "Accountability", "Ansvarlighed";
        Transparency: "Transparency", "Gennemsigtighed";
        Representativeness: "Representativeness", "Repræsentativitet";
        Inclusiveness: "Inclusiveness", "Inklusion";
        Information: "Information", "Information";
        GroupDeliberation: "Group deliberation", "Drøftelse i grupper";
        Time: "Time", "Tid";
        Integrity: "Integrity", "Integritet";
        Privacy: "Privacy", "Privatliv";
        Evaluation: "Evaluation", "Evaluering";
    }
}

names! {
    /// The nineteen key features by which the Knowledge Network on Climate Assemblies describes an assembly (knoca.eu, *Key features of climate assemblies*).
    Knoca {
        Purpose: "Purpose", "Formål";
        Commissioning: "Commissioning", "Bestilling";
        Task: "Task", "Opgave";
        CommitmentToRespond: "Commitment to respond", "Løfte om svar";
        Governance: "Governance", "Styring";
        DeliveryBodies: "Delivery bodies", "Udførende organer";
        ParticipantRecruitment: "Participant recruitment", "Rekruttering af deltagere";
        Duration: "Duration", "Varighed";
        StructureAndFacilitation: "Structure and facilitation", "Struktur og facilitering";
        EvidenceBase: "Evidence base", "Vidensgrundlag";
        DevelopingRecommendations: "Developing recommendations", "Udvikling af anbefalinger";
        DecisionMaking: "Decision making", "Beslutning";
        FinalReport: "Final report", "Slutrapport";
        Communication: "Communication", "Kommunikation";
        PublicEngagement: "Public engagement", "Inddragelse af offentligheden";
        OversightOfOfficialResponse: "Oversight of official response", "Opfølgning på det officielle svar";
        Impact: "Impact", "Virkning";
        Evaluation: "Evaluation", "Evaluering";
        Budget: "Budget", "Budget";
    }
}

/// What a check rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Principle {
    /// A good-practice principle of the OECD.
    Oecd(Oecd),
    /// A feature that KNOCA asks about.
    Knoca(Knoca),
    /// Involve's *Deliberative Public Engagement: Nine Principles* (2008): participants' discussions have priority.
    Involve,
    /// Numbers that are said to belong together must.
    Arithmetic,
}

impl Principle {
    /// Its name with the body it comes from.
    ///
    /// ```
    /// use kleroterion::assembly::process::{Language, Oecd, Principle};
    /// assert_eq!(Principle::Oecd(Oecd::Time).name(Language::Danish), "OECD: Tid");
    /// ```
    #[must_use]
    pub fn name(self, language: Language) -> String {
        match self {
            Self::Oecd(one) => format!("OECD: {}", one.name(language)),
            Self::Knoca(one) => format!("KNOCA: {}", one.name(language)),
            Self::Involve => language
                .choose(
                    "Involve: Priority to participants' discussions",
                    "Involve: Deltagernes drøftelser går forud",
                )
                .to_owned(),
            Self::Arithmetic => language.choose("Arithmetic", "Regning").to_owned(),
        }
    }
}

/// The English name.
impl fmt::Display for Principle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name(Language::English))
    }
}
