//! The checks by name, with what each rests on.

use super::language::Language;
use super::principle::{Knoca, Oecd, Principle};

const fn oecd(one: Oecd) -> Principle {
    Principle::Oecd(one)
}

const fn knoca(one: Knoca) -> Principle {
    Principle::Knoca(one)
}

/// Declares the checks: name, what they rest on, and what they ask in both languages.
macro_rules! rules {
    ($($variant:ident [$($principle:expr),+] $english:literal, $danish:literal;)*) => {
        /// A check of a case sheet.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule { $(#[doc = concat!($english, ".")] $variant,)* }

        impl Rule {
            /// All checks, in the order in which a process meets them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// What it asks.
            ///
            /// ```
            /// use kleroterion::assembly::process::{Language, Rule};
            /// assert_eq!(Rule::EveryAnswer.asks(Language::English), "every recommendation is answered");
            /// ```
            #[must_use]
            pub fn asks(self, language: Language) -> &'static str {
                match self { $(Self::$variant => language.choose($english, $danish),)* }
            }

            /// What it rests on.
            #[must_use]
            pub fn principles(self) -> &'static [Principle] {
                match self { $(Self::$variant => const { &[$($principle),+] },)* }
            }
        }
    };
}

rules! {
    RemitIsQuestion [oecd(Oecd::Purpose), knoca(Knoca::Task)]
        "the remit is a question", "opgaven er et spørgsmål";
    CommitmentFirst [oecd(Oecd::Accountability), knoca(Knoca::CommitmentToRespond)]
        "the promise to answer was recorded before recruitment", "løftet om svar var givet før rekrutteringen";
    AnswerDeadline [oecd(Oecd::Accountability), knoca(Knoca::CommitmentToRespond)]
        "the promise to answer names a day", "løftet om svar nævner en dato";
    ArmsLength [oecd(Oecd::Integrity), knoca(Knoca::DeliveryBodies)]
        "somebody else than the commissioner runs the process", "en anden end bestilleren står for processen";
    FundingDisclosed [oecd(Oecd::Transparency), knoca(Knoca::Budget)]
        "it is public who pays", "det er offentligt, hvem der betaler";
    AnnouncedFirst [oecd(Oecd::Transparency), knoca(Knoca::Communication)]
        "the process was announced before it began", "processen blev offentliggjort, før den begyndte";
    DesignPublished [oecd(Oecd::Transparency), knoca(Knoca::Governance)]
        "the design can be read", "processens design kan læses";
    RandomSelection [oecd(Oecd::Representativeness), knoca(Knoca::ParticipantRecruitment)]
        "members were selected by lot", "medlemmerne blev udvalgt ved lodtrækning";
    MethodPublished [oecd(Oecd::Transparency), knoca(Knoca::ParticipantRecruitment)]
        "the method of selection can be read", "udvælgelsesmetoden kan læses";
    QuotasSum [Principle::Arithmetic, oecd(Oecd::Representativeness)]
        "the quotas of each feature add up to the seats", "kvoterne for hvert kriterium stemmer med antallet af pladser";
    QuotasMet [oecd(Oecd::Representativeness)]
        "the panel meets its quotas", "panelet opfylder sine kvoter";
    Support [oecd(Oecd::Inclusiveness), knoca(Knoca::ParticipantRecruitment)]
        "support makes taking part possible for everybody", "støtte gør det muligt for alle at deltage";
    SeatsFilled [Principle::Arithmetic, knoca(Knoca::ParticipantRecruitment)]
        "as many members were selected as there are seats", "der blev udvalgt lige så mange medlemmer, som der er pladser";
    MembersAddUp [Principle::Arithmetic, knoca(Knoca::ParticipantRecruitment)]
        "no more members completed than started or came in for others, and no more than were selected", "ikke flere gennemførte, end der begyndte eller trådte ind for andre, og ikke flere, end der var udvalgt";
    ReplacementsAddUp [Principle::Arithmetic, knoca(Knoca::ParticipantRecruitment)]
        "the replacements of all periods add up", "udskiftningerne i alle perioder går op";
    FullDays [oecd(Oecd::Time), knoca(Knoca::Duration)]
        "members met in person for at least four full days", "medlemmerne mødtes fysisk i mindst fire hele dage";
    AgendaAddsUp [Principle::Arithmetic, knoca(Knoca::StructureAndFacilitation)]
        "each agenda adds up to its meeting", "hver dagsorden går op med sit møde";
    TimeForTalk [Principle::Involve, oecd(Oecd::GroupDeliberation)]
        "at least half of each meeting is for members' own discussion", "mindst halvdelen af hvert møde er til medlemmernes egen drøftelse";
    FacilitatorPerTable [oecd(Oecd::GroupDeliberation), knoca(Knoca::StructureAndFacilitation)]
        "each table has a facilitator", "hvert bord har en facilitator";
    Perspectives [oecd(Oecd::Information), knoca(Knoca::EvidenceBase)]
        "members heard different perspectives", "medlemmerne hørte forskellige synsvinkler";
    MembersChoose [oecd(Oecd::Information), knoca(Knoca::EvidenceBase)]
        "members could ask for speakers or texts of their own choice", "medlemmerne kunne selv vælge oplægsholdere eller tekster";
    MaterialPublished [oecd(Oecd::Transparency), knoca(Knoca::EvidenceBase)]
        "what members heard and read is public", "det, medlemmerne hørte og læste, er offentligt";
    WordingByMembers [oecd(Oecd::Transparency), knoca(Knoca::DevelopingRecommendations)]
        "members had the final say over the wording, before they voted", "medlemmerne havde det sidste ord om ordlyden, før de stemte";
    EveryVote [knoca(Knoca::DecisionMaking)]
        "there is a vote on every recommendation", "der er stemt om hver anbefaling";
    CountsAgree [Principle::Arithmetic, knoca(Knoca::FinalReport)]
        "as many recommendations are listed as are reported", "der er opført lige så mange anbefalinger, som der meldes om";
    EveryAnswer [oecd(Oecd::Accountability), knoca(Knoca::OversightOfOfficialResponse)]
        "every recommendation is answered", "hver anbefaling er besvaret";
    ClassesSum [Principle::Arithmetic, knoca(Knoca::OversightOfOfficialResponse)]
        "the classes of answers add up to the recommendations", "svarenes kategorier stemmer med antallet af anbefalinger";
    AnswerInTime [oecd(Oecd::Accountability), knoca(Knoca::CommitmentToRespond)]
        "the answer came by the promised day", "svaret kom inden den lovede dato";
    ReasonsGiven [oecd(Oecd::Accountability), knoca(Knoca::OversightOfOfficialResponse)]
        "reasons are given for what will not be done", "det er begrundet, hvad der ikke bliver gennemført";
    Milestones [oecd(Oecd::Accountability), knoca(Knoca::Impact)]
        "what was accepted is followed up", "der følges op på det, der blev imødekommet";
    Evaluation [oecd(Oecd::Evaluation), knoca(Knoca::Evaluation)]
        "somebody independent evaluated the process", "en uafhængig part evaluerede processen";
    Erasure [oecd(Oecd::Privacy)]
        "personal data have a day of erasure, and it is kept", "persondata har en slettedato, og den overholdes";
    DaysInOrder [Principle::Arithmetic]
        "one day follows the other", "datoerne følger efter hinanden";
    SourcesAgree [Principle::Arithmetic, knoca(Knoca::FinalReport)]
        "sources tell the same", "kilderne fortæller det samme";
}
