//! The words about how the figures were made.

use super::Lang;

texts! {
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
    by_draws(rule, draws, attempts) {
        en "{rule} has no lottery that could be written down: its chances are frequencies in {draws} simulated draws ({attempts} attempts)."
        da "{rule} har ingen lodtrækning, der kan skrives ned: chancerne er hyppigheder i {draws} simulerede udtrækninger ({attempts} forsøg)."
    }
    by_panels(rule, draws, source) {
        en "{rule} has too many compositions to list: its chances are frequencies in {draws} sampled panels (stage-one source “{source}”, which no real draw may use)."
        da "{rule} har for mange sammensætninger til at skrive op: chancerne er hyppigheder i {draws} tilfældigt valgte paneler (kilde til første trin »{source}«, som ingen virkelig lodtrækning må bruge)."
    }
    by_walk() {
        en " They come from a random walk over the panels: the figures are approximate, beyond the chance of sampling."
        da " De kommer fra en tilfældig vandring mellem panelerne: tallene er tilnærmede, ud over stikprøvens tilfældighed."
    }
    ignores(rule) {
        en "{rule} ignores the quotas: the panels it draws may break them. Its figures show what the quotas cost, not a rule to choose."
        da "{rule} ser bort fra kvoterne: de paneler, den udtrækker, kan bryde dem. Dens tal viser, hvad kvoterne koster, ikke en regel at vælge."
    }
    mark_ignores() {
        en "ignores the quotas"
        da "ser bort fra kvoterne"
    }
    mark_sampled(panels) {
        en "estimate from {panels} panels"
        da "skøn ud fra {panels} paneler"
    }
    made_by(version) {
        en "Made by kleroterion {version}. The same numbers stand in comparison.csv and intersections.csv."
        da "Udarbejdet med kleroterion {version}. De samme tal står i comparison.csv og intersections.csv."
    }
}
