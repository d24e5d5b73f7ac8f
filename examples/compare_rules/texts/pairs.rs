//! The words about pairs of features.

use super::Lang;

texts! {
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
}
