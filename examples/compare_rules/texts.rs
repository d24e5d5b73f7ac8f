//! The words of the table and of the page, in each language.

use clap::ValueEnum;
use kleroterion::{Error, ErrorKind};

use crate::contender::{Origin, STAGE_ONE, Sample};

/// Language of the table and of the page.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// English
    En,
    /// Danish
    Da,
}

impl Lang {
    /// As HTML's `lang` has it.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Da => "da",
        }
    }

    /// A number with so many decimals.
    pub(crate) fn decimal(self, value: f64, decimals: usize) -> String {
        let text = format!("{value:.decimals$}");
        match self {
            Lang::En => text,
            Lang::Da => text.replace('.', ","),
        }
    }

    /// A share in percent with two decimals.
    pub(crate) fn percent(self, share: f64) -> String {
        format!("{}\u{a0}%", self.decimal(share * 100.0, 2))
    }

    /// A difference of shares in percentage points, with its sign.
    pub(crate) fn points(self, difference: f64) -> String {
        let sign = if difference >= 0.0 { "+" } else { "" };
        format!("{sign}{}", self.decimal(difference * 100.0, 2))
    }

    /// In millionths, with one decimal.
    pub(crate) fn millionths(self, value: f64) -> String {
        self.decimal(value * 1e6, 1)
    }
}

impl Lang {
    /// What chances that are estimates come from.
    pub(crate) fn sampled(self, rule: &str, sample: Sample) -> String {
        match sample.origin {
            Origin::Draws => self.by_draws(&rule, &sample.draws, &sample.attempts),
            Origin::Panels => self.by_panels(&rule, &sample.draws, &STAGE_ONE),
            Origin::Walk => self.by_panels(&rule, &sample.draws, &STAGE_ONE) + &self.by_walk(),
        }
    }
}

impl Lang {
    /// Why a rule has no figures, with the option that helps.
    pub(crate) fn reason(self, error: &Error) -> String {
        match error.kind() {
            ErrorKind::TooManyCompositions { compositions, .. } => self.too_many(compositions),
            ErrorKind::LimitReached { work, .. } if self != Lang::En => self.limit_reached(work),
            ErrorKind::AttemptsExhausted {
                attempts,
                most_chosen,
                size,
                ..
            } if self != Lang::En => self.no_attempt(attempts, most_chosen, size),
            ErrorKind::Inexact { gap } if self != Lang::En => self.inexact(gap),
            _ => error.to_string(),
        }
    }
}

/// Defines one method of [`Lang`] per text. A text missing in one language does not compile.
macro_rules! texts {
    ($($key:ident($($value:ident),*) { en $en:literal da $da:literal })*) => {
        impl Lang {
            $(
                pub(crate) fn $key(self $(, $value: &dyn std::fmt::Display)*) -> String {
                    match self {
                        Lang::En => format!($en),
                        Lang::Da => format!($da),
                    }
                }
            )*
        }
    };
}

mod method;
mod pairs;

texts! {
    // The table
    bundled() {
        en "Demonstration with a bundled pool: synthetic, nobody in it exists."
        da "Demonstration med en medfølgende pulje: syntetisk, ingen i den findes."
    }
    pool(people, seats, equal) {
        en "{people} people in the pool, {seats} seats; without quotas everybody’s chance would be {equal}."
        da "{people} personer i puljen, {seats} pladser; uden kvoter ville alle have chancen {equal}."
    }
    excluded(people) {
        en "{people} of them fit no panel that meets the quotas. No rule that follows the quotas can draw them, and no figure counts them."
        da "{people} af dem passer ikke i noget panel, der opfylder kvoterne. Ingen regel, der følger kvoterne, kan udtrække dem, og intet tal medregner dem."
    }
    failed(rule, error) {
        en "{rule}: not computed: {error}"
        da "{rule}: ikke beregnet: {error}"
    }
    gain_failed(rule, error) {
        en "{rule}: largest gain not computed: {error}"
        da "{rule}: største gevinst ikke beregnet: {error}"
    }
    too_many(compositions) {
        en "too many compositions to list ({compositions}); --tickets 1000 samples panels instead"
        da "for mange sammensætninger til at skrive op ({compositions}); --tickets 1000 vælger i stedet paneler tilfældigt"
    }
    limit_reached(work) {
        en "work limit reached after {work} units; no answer is given in place of the one asked for"
        da "grænsen for arbejdet er nået efter {work} enheder; der gives intet svar i stedet for det ønskede"
    }
    no_attempt(attempts, most, size) {
        en "no panel after {attempts} attempts: the best filled {most} of {size} seats"
        da "intet panel efter {attempts} forsøg: det bedste besatte {most} af {size} pladser"
    }
    inexact(gap) {
        en "the lottery found is {gap} x 10^-12 away from the proven optimum, more than 10^-9"
        da "den fundne lodtrækning er {gap} x 10^-12 fra det beviste optimum, mere end 10^-9"
    }
    explain_below() {
        en "Below leximin: share of the people whose chance is lower than the lowest one under leximin."
        da "Under leximin: andel af personerne, hvis chance er lavere end den laveste under leximin."
    }
    explain_gain() {
        en "Gain: percentage points by which the best of the false answers that were tried raises a chance."
        da "Gevinst: så mange procentpoint hæver det bedste af de prøvede falske svar en chance."
    }
    written(folder) {
        en "Written to {folder}: comparison.html, comparison.csv, intersections.csv"
        da "Skrevet til {folder}: comparison.html, comparison.csv, intersections.csv"
    }
    rule() {
        en "Rule"
        da "Regel"
    }
    lowest() {
        en "Lowest"
        da "Laveste"
    }
    highest() {
        en "Highest"
        da "Højeste"
    }
    geometric() {
        en "Geo. mean"
        da "Geom. middel"
    }
    zero() {
        en "Zero"
        da "Nul"
    }
    below() {
        en "Below leximin"
        da "Under leximin"
    }
    gain() {
        en "Gain"
        da "Gevinst"
    }
    seconds() {
        en "Seconds"
        da "Sekunder"
    }

    // The page
    title() {
        en "Fairness rules compared on one pool"
        da "Regler for retfærdig lodtrækning, sammenlignet på én pulje"
    }
    subtitle() {
        en "The same volunteers, the same quotas: what each rule would do"
        da "De samme frivillige, de samme kvoter: hvad hver regel ville gøre"
    }
    intro() {
        en "Every rule that follows the quotas draws panels that meet all of them, and treats people with the same answers and an equal household alike. The rules differ in whom the lottery favours."
        da "Hver regel, der følger kvoterne, udtrækker paneler, der opfylder dem alle, og behandler personer med de samme svar og en ens husstand ens. Reglerne er forskellige i, hvem lodtrækningen begunstiger."
    }
    table_title() {
        en "All rules in one table"
        da "Alle regler i én tabel"
    }
    chances_caption() {
        en "The chances of all who can be drawn"
        da "Chancerne for alle, der kan udtrækkes"
    }
    work_title() {
        en "Manipulation, size and proof"
        da "Manipulation, størrelse og bevis"
    }
    panels_counted() {
        en "Panels counted"
        da "Optalte paneler"
    }
    zero_long() {
        en "People with chance 0"
        da "Personer med chancen 0"
    }
    floored() {
        en "… with floor"
        da "… med bund"
    }
    compositions() {
        en "Compositions"
        da "Sammensætninger"
    }
    gap() {
        en "Proven gap"
        da "Bevist afstand"
    }
    gain_points() {
        en "Gain, points"
        da "Gevinst, point"
    }
    tried(tried, profiles) {
        en "{tried} of {profiles}"
        da "{tried} af {profiles}"
    }
    tried_title() {
        en "Profiles tried"
        da "Prøvede profiler"
    }
    chances_title() {
        en "Everybody’s chance under each rule"
        da "Alles chance under hver regel"
    }
    chances_note() {
        en "People stand from the lowest to the highest chance. The scale is logarithmic. Dashed: the equal chance. Grey: leximin, for comparison. Chances of 0 stand at the bottom."
        da "Personerne står fra den laveste til den højeste chance. Skalaen er logaritmisk. Stiplet: den lige chance. Grå: leximin til sammenligning. Chancer på 0 står i bunden."
    }
    chances_text(rules) {
        en "One small plot for each of {rules} rules with everybody’s chance in ascending order. The table above has the lowest and the highest chance of each."
        da "Et lille diagram for hver af {rules} regler med alles chance i stigende orden. Tabellen ovenfor har den laveste og den højeste chance for hver."
    }
    zeros(count) {
        en "{count} with chance 0"
        da "{count} med chancen 0"
    }
    range_title() {
        en "From the lowest to the highest chance"
        da "Fra den laveste til den højeste chance"
    }
    range_text() {
        en "One line per rule from its lowest to its highest chance on a logarithmic scale, with a dot at the geometric mean. The table above has the numbers."
        da "En linje per regel fra dens laveste til dens højeste chance på en logaritmisk skala, med en prik ved det geometriske middel. Tallene står i tabellen ovenfor."
    }
    range_note() {
        en "The bar spans the chances of all who can be drawn, the dot is the geometric mean of the chances above 0, the dashed line the equal chance. The shorter the bar, the more equal the lottery."
        da "Bjælken spænder over chancerne for alle, der kan udtrækkes, prikken er det geometriske middel af chancerne over 0, og den stiplede linje er den lige chance. Jo kortere bjælke, desto mere lige er lodtrækningen."
    }
    bars_text() {
        en "Bar chart with one bar per rule; the table above has the numbers."
        da "Søjlediagram med én bjælke per regel; tallene står i tabellen ovenfor."
    }
    gini_title() {
        en "Inequality: Gini coefficient (0: all chances equal)"
        da "Ulighed: Gini-koefficient (0: alle chancer lige)"
    }
    geometric_title() {
        en "Geometric mean of the chances above 0"
        da "Geometrisk middel af chancerne over 0"
    }
    below_title() {
        en "Share of the people below leximin’s lowest chance"
        da "Andel af personerne under leximins laveste chance"
    }
    gain_title() {
        en "Largest gain from a false answer, in percentage points"
        da "Største gevinst ved et falsk svar, i procentpoint"
    }
    bars_heading() {
        en "Inequality, exclusion, manipulation"
        da "Ulighed, udelukkelse, manipulation"
    }
    heat_title() {
        en "How much of the best possible each rule reaches"
        da "Hvor meget af det bedst mulige hver regel når"
    }
    heat_intro() {
        en "Each column is one idea of fairness, with the rule that does best by it in brackets. 100 % is the best any lottery can do on this pool; the darker the cell, the further away. A rule that ignores the quotas can pass 100 %."
        da "Hver kolonne er én forestilling om retfærdighed med den regel i parentes, der er bedst til den. 100 % er det bedste, nogen lodtrækning kan gøre på denne pulje; jo mørkere felt, desto længere væk. En regel, der ser bort fra kvoterne, kan nå over 100 %."
    }
    objective_lowest() {
        en "Lowest chance high"
        da "Laveste chance høj"
    }
    objective_highest() {
        en "Highest chance low"
        da "Højeste chance lav"
    }
    objective_geometric() {
        en "Geometric mean high"
        da "Geometrisk middel højt"
    }
    objective_squares() {
        en "Sum of squares low"
        da "Kvadratsum lav"
    }
    objective_goldilocks() {
        en "Goldilocks γ = 1 low"
        da "Goldilocks γ = 1 lav"
    }
}
