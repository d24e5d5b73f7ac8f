//! The texts on what the certificate says, English and Danish side by side.

use super::language::{Language, texts};

texts! {
    // Limits
    limits() {
        en "Why some chances are low"
        da "Derfor er nogle chancer lave"
    }
    limits_intro() {
        en "The certificate that comes with this lottery shows which quotas hold the lowest chance down. Whoever wants higher chances for the people concerned must change these quotas or find more volunteers elsewhere."
        da "Beviset, der hører til lodtrækningen, viser, hvilke kvoter der holder den laveste chance nede. Skal de berørtes chancer være højere, må disse kvoter ændres, eller der må findes flere deltagere i andre grupper."
    }
    limits_none() {
        en "No quota holds the lowest chance down: it is as high as the equal chance."
        da "Ingen kvote holder den laveste chance nede: Den er lige så høj som den lige chance."
    }
    limits_search() {
        en "That the lowest chance cannot be higher was shown by a finished search, which does not single out quotas."
        da "At den laveste chance ikke kan være højere, er vist ved en afsluttet søgning, og den udpeger ikke bestemte kvoter."
    }
    limits_together(bound) {
        en "Taken together, they hold the lowest chance at no more than {bound}."
        da "Tilsammen betyder de, at den laveste chance ikke kan blive højere end {bound}."
    }
    limits_single(bound) {
        en "So the lowest chance cannot be higher than {bound}."
        da "Derfor kan den laveste chance ikke blive højere end {bound}."
    }
    limits_affected(people) {
        en "This concerns {people}."
        da "Det berører {people}."
    }
    at_most(seats, what, people) {
        en "at most {seats} for {what}, wanted by {people}"
        da "højst {seats} til {what}, og dem er der {people} om"
    }
    at_least(seats, what, people, rest) {
        en "at least {seats} for {what}, wanted by {people}, while everybody else shares the other {rest}"
        da "mindst {seats} til {what}, og dem er der {people} om, mens alle andre deles om de øvrige {rest}"
    }
    equation(seats, people, percent) {
        en ": {seats}/{people}\u{a0}=\u{a0}{percent}"
        da ": {seats}/{people}\u{a0}=\u{a0}{percent}"
    }
    limits_telling(feature) {
        en "a quota for {feature}, which stays unnamed here because the number of people in its group is not shown"
        da "en kvote for {feature}, som ikke nævnes nærmere her, fordi antallet af personer i gruppen ikke vises"
    }
    limits_more(count) {
        en "and {count} more with smaller weight (in certificate.json)"
        da "samt {count} med mindre vægt (i certificate.json)"
    }
    limits_household() {
        en "at most one person per household"
        da "højst én person fra hver husstand"
    }
    limits_household_most(most) {
        en "at most {most} people per household"
        da "højst {most} personer fra hver husstand"
    }
    limits_later() {
        en "The next chances below the equal chance"
        da "De næste chancer under den lige chance"
    }
    limits_ceiling() {
        en "Proven ceiling"
        da "Bevist loft"
    }
    limits_people() {
        en "People"
        da "Personer"
    }
    limits_reason() {
        en "Quotas that hold it down"
        da "Kvoter, der holder den nede"
    }
    limits_unlisted(count) {
        en "Levels not listed, because they concern fewer than 5 people, name no quota, or would give away a number that is not shown: {count}."
        da "Trin, der ikke er medtaget, fordi de berører færre end 5 personer, ikke udpeger en kvote eller ville røbe et antal, der ikke vises: {count}."
    }

    // People without a chance
    excluded() {
        en "People who cannot be drawn"
        da "Personer, der ikke kan udtrækkes"
    }
    excluded_none() {
        en "Everybody in the pool can be drawn."
        da "Alle i deltagerpuljen kan udtrækkes."
    }
    excluded_intro(count) {
        en "Number of people with chance 0: {count}. They appear below by id."
        da "Antal personer med chancen 0: {count}. De er anført nedenfor med id."
    }
    excluded_bound() {
        en "No panel that meets the quotas can include them. Shown by a proof in whole numbers that anyone can check."
        da "Intet panel, der opfylder kvoterne, kan rumme dem. Vist ved et bevis i hele tal, som alle kan efterprøve."
    }
    excluded_search() {
        en "No panel that meets the quotas can include them. Shown by a finished search, which cannot be checked from the certificate."
        da "Intet panel, der opfylder kvoterne, kan rumme dem. Vist ved en afsluttet søgning, som ikke kan efterprøves ud fra beviset."
    }
    excluded_rounding() {
        en "Their chance was rounded down to no ticket at all; more tickets would give them one."
        da "Deres chance er rundet ned til slet intet lod; med flere lodder ville de få et."
    }
    excluded_by_rule() {
        en "Some panel could include them, but the rule does best without: it gives them no chance."
        da "Et panel kunne rumme dem, men reglen opnår mest uden: Den giver dem ingen chance."
    }
    excluded_unproven() {
        en "The lottery gives them no ticket; the certificate does not say why."
        da "Lodtrækningen giver dem intet lod; beviset siger ikke hvorfor."
    }

    // Certificate
    certificate() {
        en "What has been proved"
        da "Det er bevist"
    }
    certificate_intro() {
        en "For each level of the chances, certificate.json holds numbers from which anyone can work out, with whole numbers only, that no lottery does better."
        da "For hvert trin af chancerne rummer certificate.json tal, hvoraf enhver alene med hele tal kan regne ud, at ingen lodtrækning gør det bedre."
    }
    certificate_objective() {
        en "For the number that the rule makes as good as it can be, certificate.json holds numbers from which anyone can work out, with whole numbers only, how much better a lottery could at most be."
        da "For det tal, som reglen gør så godt som muligt, rummer certificate.json tal, hvoraf enhver alene med hele tal kan regne ud, hvor meget bedre en lodtrækning højst kunne være."
    }
    certificate_below() {
        en "The levels compare with lotteries that give nobody at the highest chance more."
        da "Trinene sammenligner med lodtrækninger, der ikke giver nogen med den højeste chance mere."
    }
    certificate_none() {
        en "No claim about anybody’s chance comes with this lottery."
        da "Til denne lodtrækning hører ingen påstand om nogens chance."
    }
    certificate_optimum() {
        en "Distance from the optimum, at most"
        da "Afstand til det bedst mulige, højst"
    }
    certificate_ceilings() {
        en "at the highest chance that the rule allows"
        da "ved den højeste chance, som reglen tillader"
    }
    certificate_target() {
        en "The proof speaks of the chances before they were rounded to whole tickets."
        da "Beviset gælder chancerne, før de blev afrundet til hele lodder."
    }
    certificate_rule() {
        en "Rule"
        da "Regel"
    }
    certificate_levels() {
        en "Levels"
        da "Trin"
    }
    certificate_claims() {
        en "Claims"
        da "Påstande"
    }
    certificate_bounds() {
        en "proved in whole numbers, can be checked by anyone"
        da "bevist i hele tal og kan efterprøves af alle"
    }
    certificate_searches() {
        en "shown by a finished search only, cannot be checked from the certificate"
        da "kun vist ved en afsluttet søgning og kan ikke efterprøves ud fra beviset"
    }
    certificate_certain() {
        en "certain, as no chance exceeds 100\u{a0}%"
        da "sikre, da ingen chance overstiger 100\u{a0}%"
    }
    certificate_lowest() {
        en "Lowest chance (rounded down)"
        da "Laveste chance (rundet ned)"
    }
    certificate_ceiling() {
        en "Its proven ceiling (rounded up)"
        da "Dens beviste loft (rundet op)"
    }
    certificate_gap() {
        en "Largest distance from the ceiling at any level"
        da "Største afstand til loftet på noget trin"
    }
}
