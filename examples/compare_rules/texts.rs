//! The words of the table and of the page, in each language.

use clap::ValueEnum;

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
            Origin::Draws => self.from_draws(&rule, &sample.draws, &sample.attempts),
            Origin::Panels => self.from_panels(&rule, &sample.draws, &STAGE_ONE),
            Origin::Walk => self.from_panels(&rule, &sample.draws, &STAGE_ONE) + &self.from_walk(),
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
    pairs_title() {
        en "How the panels mix features"
        da "Hvordan panelerne blander kriterier"
    }
    pairs_intro() {
        en "Quotas steer one feature at a time. This section looks at two at once: how many seats can people with both answers expect? The error is the mean, over all pairs of answers, of the squared difference between the share of the panel and another share; in millionths, the smaller the nearer."
        da "Kvoter styrer ét kriterium ad gangen. Dette afsnit ser på to på én gang: hvor mange pladser kan personer med begge svar vente? Fejlen er gennemsnittet, over alle par af svar, af den kvadrerede forskel mellem andelen af panelet og en anden andel; i milliontedele, jo mindre, desto tættere på."
    }
    error_population() {
        en "from the population"
        da "fra befolkningen"
    }
    error_pool() {
        en "from the pool"
        da "fra puljen"
    }
    error_product() {
        en "from independent quotas"
        da "fra uafhængige kvoter"
    }
    error_caption() {
        en "Mean squared error of the panel’s shares, in millionths"
        da "Middelkvadratfejl for panelets andele, i milliontedele"
    }
    pair_caption(one, other) {
        en "Expected seats by {one} and {other}"
        da "Forventede pladser efter {one} og {other}"
    }
    pair_pool() {
        en "People in the pool"
        da "Personer i puljen"
    }
    pair_population() {
        en "Share of the population"
        da "Andel af befolkningen"
    }
    pair_product() {
        en "Seats if independent"
        da "Pladser ved uafhængighed"
    }
    hidden() {
        en "not shown"
        da "vises ikke"
    }
    hidden_note() {
        en "To protect the people behind the numbers, no count of fewer than 5 people is shown, nor one from which it could be worked out."
        da "For at beskytte personerne bag tallene vises intet antal under 5 personer og heller ikke et tal, som det kunne regnes ud fra."
    }
    method_title() {
        en "What the figures mean"
        da "Hvad tallene betyder"
    }
    method_people() {
        en "All figures are about the people who can be on a panel at all. People whom a rule gives the chance 0 although they could be drawn are counted apart: the geometric mean is that of the chances above 0; “with floor” counts every chance below 0.01 % as 0.01 %, as Flanigan et al. (Nature 2021) do."
        da "Alle tal gælder de personer, der overhovedet kan komme i et panel. Personer, som en regel giver chancen 0, selv om de kunne udtrækkes, tælles for sig: det geometriske middel er det for chancerne over 0; »med bund« regner enhver chance under 0,01 % som 0,01 %, som Flanigan m.fl. (Nature 2021) gør."
    }
    method_below() {
        en "“Below leximin” counts people whose chance is more than 10⁻⁹ below the lowest chance under leximin, which no lottery can raise. Maximin and minimax fix one number only; among the lotteries that are best by it, the one by leximin is shown, so maximin often equals leximin."
        da "»Under leximin« tæller personer, hvis chance ligger mere end 10⁻⁹ under den laveste chance under leximin, som ingen lodtrækning kan hæve. Maximin og minimax fastlægger kun ét tal; blandt de lodtrækninger, der er bedst til det, vises den, leximin vælger, så maximin er ofte lig leximin."
    }
    method_gain() {
        en "The gain is what the heuristic of Flanigan et al. (AAAI 2024) finds: one person claims, for every feature, the answer the pool lacks most; the rule is computed again. It is tried for the kinds of people with the lowest chances only, as many as the table says, so the true largest gain can be higher."
        da "Gevinsten er det, som heuristikken hos Flanigan m.fl. (AAAI 2024) finder: én person påstår for hvert kriterium det svar, puljen mangler mest; reglen beregnes igen. Det prøves kun for de slags personer, der har de laveste chancer, så mange som tabellen siger, så den sande største gevinst kan være højere."
    }
    method_time() {
        en "Seconds are wall time of one run on the machine that made this page, with the fewest compositions; they decide nothing."
        da "Sekunder er forløbet tid for én kørsel på den maskine, der lavede denne side, med færrest sammensætninger; de afgør intet."
    }
    method_gap() {
        en "The proven gap is how far the rule’s own objective can still be from the optimum, as its certificate proves, relative to the optimum."
        da "Den beviste afstand er, hvor langt reglens eget mål endnu kan være fra det optimale, som dens certifikat beviser, i forhold til det optimale."
    }
    bound(bound) {
        en " With 99 % credibility its lowest chance is at most {bound}."
        da " Med 99 % troværdighed er den laveste chance højst {bound}."
    }
    from_draws(rule, draws, attempts) {
        en "{rule} has no lottery that could be written down: its chances are frequencies in {draws} simulated draws ({attempts} attempts)."
        da "{rule} har ingen lodtrækning, der kan skrives ned: chancerne er hyppigheder i {draws} simulerede udtrækninger ({attempts} forsøg)."
    }
    from_panels(rule, draws, source) {
        en "{rule} has too many compositions to list: its chances are frequencies in {draws} sampled panels (stage-one source “{source}”, which no real draw may use)."
        da "{rule} har for mange sammensætninger til at skrive op: chancerne er hyppigheder i {draws} tilfældigt valgte paneler (kilde til første trin »{source}«, som ingen virkelig lodtrækning må bruge)."
    }
    from_walk() {
        en " They come from a random walk over the panels: the figures are approximate, beyond the chance of sampling."
        da " De kommer fra en tilfældig vandring mellem panelerne: tallene er tilnærmede, ud over stikprøvens tilfældighed."
    }
    ignores(rule) {
        en "{rule} ignores the quotas."
        da "{rule} ser bort fra kvoterne."
    }
    made_by(version) {
        en "Made by kleroterion {version}. The same numbers stand in comparison.csv and intersections.csv."
        da "Udarbejdet med kleroterion {version}. De samme tal står i comparison.csv og intersections.csv."
    }
}
