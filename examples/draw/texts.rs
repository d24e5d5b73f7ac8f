//! The words of the summary, in each language.

use clap::ValueEnum;
use kleroterion::io::report::Language;
use kleroterion::selection::Stage;

/// Language of the summary and the report.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// English
    En,
    /// Danish
    Da,
}

/// One language's words; numbers are filled in by the summary.
pub(crate) struct Texts {
    pub(crate) bundled_pool: &'static str,
    pub(crate) bundled_source: &'static str,
    pub(crate) pool: &'static str,
    pub(crate) people: &'static str,
    pub(crate) types: &'static str,
    pub(crate) seats: &'static str,
    pub(crate) rule: &'static str,
    pub(crate) lowest: &'static str,
    pub(crate) bound: &'static str,
    pub(crate) highest: &'static str,
    pub(crate) gap: &'static str,
    pub(crate) before_rounding: &'static str,
    pub(crate) by_search: &'static str,
    pub(crate) folder: &'static str,
    pub(crate) excluded: &'static str,
    pub(crate) unseated: &'static str,
    pub(crate) and_more: &'static str,
    pub(crate) equal: &'static str,
    pub(crate) gini: &'static str,
    pub(crate) geometric: &'static str,
    pub(crate) compositions: &'static str,
    pub(crate) panels: &'static str,
    pub(crate) deviation: &'static str,
    pub(crate) points: &'static str,
    pub(crate) largest: &'static str,
    pub(crate) effective: &'static str,
    pub(crate) commitment: &'static str,
    pub(crate) ticket: &'static str,
    pub(crate) of: &'static str,
    pub(crate) table: [&'static str; 4],
    pub(crate) publish: &'static str,
    pub(crate) private: &'static str,
    pub(crate) unproven_order: &'static str,
    pub(crate) nothing_announced: &'static str,
    pub(crate) certificate: &'static str,
    pub(crate) no_certificate: &'static str,
    pub(crate) exact_chance: &'static str,
    pub(crate) attempts: &'static str,
    pub(crate) acceptance: &'static str,
    pub(crate) quotas_met: &'static str,
    pub(crate) unknown_chances: &'static str,
    pub(crate) distance: &'static str,
    pub(crate) no_less_than: &'static str,
    pub(crate) no_quotas: &'static str,
    pub(crate) unproven_direct: &'static str,
    pub(crate) next_draw: &'static str,
    pub(crate) next_verify: &'static str,
    pub(crate) decimal: char,
}

const ENGLISH: Texts = Texts {
    bundled_pool: "Demonstration with a bundled pool: synthetic, nobody in it exists. Not a real draw.",
    bundled_source: "The source is bundled too: everybody knew it beforehand.",
    pool: "Pool",
    people: "people",
    types: "types of people with equal chances",
    seats: "Seats",
    rule: "Rule",
    lowest: "Lowest probability",
    bound: "Certified bound",
    highest: "Highest probability",
    gap: "From the optimum",
    before_rounding: ", before rounding to tickets",
    by_search: ", shown by a finished search that the certificate cannot repeat",
    folder: "Written to",
    excluded: "On no panel at all",
    unseated: "With no chance here",
    and_more: "more in probabilities.csv, with probability 0",
    equal: "Equal chances would be",
    gini: "Gini coefficient",
    geometric: "Geometric mean",
    compositions: "Compositions",
    panels: "Different panels",
    deviation: "Largest deviation",
    points: "percentage points from the exact chance",
    largest: "Largest weight",
    effective: "Effective number",
    commitment: "Commitment",
    ticket: "Ticket",
    of: "of",
    table: ["Feature", "Value", "Quota", "Panel"],
    publish: "May be published",
    private: "Never publish",
    unproven_order: "Lottery and draw were made in one run: nothing proves that the lottery was fixed before the source was known.\n\
                     For a public draw use --commit-only first, publish, and draw with --lottery.",
    nothing_announced: "No source is announced in the commitment. Say publicly, before it is known, what the source will be (--announce).",
    certificate: "Certificate",
    no_certificate: "no certificate: a direct draw",
    exact_chance: "Exact chance",
    attempts: "Attempts",
    acceptance: "share that gave a panel",
    quotas_met: "Quotas met",
    unknown_chances: "Nobody knows how large anybody's chance was under this rule. A lottery by leximin would prove it.",
    distance: "Distance in seats",
    no_less_than: "no panel has less than",
    no_quotas: "This rule asks for no quotas: the panel may miss them.",
    unproven_direct: "Commitment and draw were made in one run: nothing proves that the rule was fixed before the source was known.\n\
                      For a public draw use --commit-only first, publish, and draw with --commit.",
    next_draw: "Publish these files now. When the announced sources are known:",
    next_verify: "Anyone who may see the pool can check the draw:",
    decimal: '.',
};

const DANISH: Texts = Texts {
    bundled_pool: "Demonstration med en medfølgende pulje: syntetisk, ingen i den findes. Ikke en rigtig lodtrækning.",
    bundled_source: "Også kilden følger med: alle kendte den på forhånd.",
    pool: "Pulje",
    people: "personer",
    types: "typer af personer med ens chancer",
    seats: "Pladser",
    rule: "Regel",
    lowest: "Laveste sandsynlighed",
    bound: "Bevist øvre grænse",
    highest: "Højeste sandsynlighed",
    gap: "Fra det optimale",
    before_rounding: ", før afrunding til lodder",
    by_search: ", vist ved en afsluttet søgning, som certifikatet ikke kan gentage",
    folder: "Skrevet til",
    excluded: "Kan ikke komme med",
    unseated: "Uden chance her",
    and_more: "flere i probabilities.csv, med sandsynlighed 0",
    equal: "Lige chancer ville være",
    gini: "Gini-koefficient",
    geometric: "Geometrisk middel",
    compositions: "Sammensætninger",
    panels: "Forskellige paneler",
    deviation: "Største afvigelse",
    points: "procentpoint fra den nøjagtige chance",
    largest: "Største vægt",
    effective: "Effektivt antal",
    commitment: "Forpligtelse",
    ticket: "Lod",
    of: "af",
    table: ["Kriterium", "Værdi", "Kvote", "Panel"],
    publish: "Må offentliggøres",
    private: "Offentliggør aldrig",
    unproven_order: "Lotteri og lodtrækning er lavet i samme kørsel: intet beviser, at lotteriet lå fast, før kilden var kendt.\n\
                     Til en offentlig lodtrækning: brug først --commit-only, offentliggør, og træk lod med --lottery.",
    nothing_announced: "Ingen kilde er annonceret i forpligtelsen. Sig offentligt, før den er kendt, hvad kilden bliver (--announce).",
    certificate: "Bevis",
    no_certificate: "intet bevis: direkte lodtrækning",
    exact_chance: "Nøjagtig chance",
    attempts: "Forsøg",
    acceptance: "andel der gav et panel",
    quotas_met: "Opfyldte kvoter",
    unknown_chances: "Ingen ved, hvor stor nogens chance var med denne regel. En lodtrækning med leximin ville bevise den.",
    distance: "Afstand i pladser",
    no_less_than: "intet panel har under",
    no_quotas: "Denne regel bruger ingen kvoter: panelet kan ramme ved siden af dem.",
    unproven_direct: "Forpligtelse og lodtrækning er lavet i samme kørsel: intet beviser, at reglen lå fast, før kilden var kendt.\n\
                      Til en offentlig lodtrækning: brug først --commit-only, offentliggør, og træk lod med --commit.",
    next_draw: "Offentliggør disse filer nu. Når de annoncerede kilder er kendt:",
    next_verify: "Enhver, der må se puljen, kan kontrollere lodtrækningen:",
    decimal: ',',
};

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Language::English,
            Lang::Da => Language::Danish,
        }
    }
}

impl Lang {
    pub(crate) fn texts(self) -> &'static Texts {
        match self {
            Lang::En => &ENGLISH,
            Lang::Da => &DANISH,
        }
    }

    /// What the progress bar says.
    pub(crate) fn stage(self, stage: Stage) -> &'static str {
        let (english, danish) = match stage {
            Stage::Levels => ("raising the lowest chances", "hæver de laveste chancer"),
            Stage::Inclusion => (
                "looking for people on no panel",
                "søger personer uden panel",
            ),
            Stage::Decomposition => (
                "writing the chances as a lottery",
                "skriver chancerne som lotteri",
            ),
            Stage::Spread => ("spreading the lottery", "spreder lotteriet"),
            _ => ("working", "regner"),
        };
        match self {
            Lang::En => english,
            Lang::Da => danish,
        }
    }

    /// A number with so many decimals.
    pub(crate) fn number(self, value: f64, decimals: usize) -> String {
        format!("{value:.decimals$}").replace('.', &self.texts().decimal.to_string())
    }

    /// A share as a percentage with so many decimals.
    pub(crate) fn percent(self, share: f64, decimals: usize) -> String {
        format!("{} %", self.number(share * 100.0, decimals))
    }
}
