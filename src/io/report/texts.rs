//! The texts of the report up to the plots, English and Danish side by side.

use super::language::{Language, texts};

texts! {
    title_drawn() {
        en "How the panel was drawn by lot"
        da "Sådan blev panelet udtrukket ved lodtrækning"
    }
    title_before() {
        en "The lottery, before the draw"
        da "Lodtrækningen, før der trækkes lod"
    }
    subtitle() {
        en "Report on a public lottery for a citizens’ assembly that anyone can check"
        da "Rapport om en offentlig lodtrækning til en borgersamling, som alle kan efterprøve"
    }
    people(count) {
        en "{count} people"
        da "{count} personer"
    }
    few_people() {
        en "fewer than 5 people"
        da "færre end 5 personer"
    }
    hidden_people() {
        en "an undisclosed number of people"
        da "et ikke oplyst antal personer"
    }
    one_seat() {
        en "1 seat"
        da "1 plads"
    }
    seats(count) {
        en "{count} seats"
        da "{count} pladser"
    }

    // Summary
    summary() {
        en "In short"
        da "Kort fortalt"
    }
    summary_drawn(people, seats) {
        en "{people} volunteered for {seats}. Lots were drawn to decide who sits on the panel and in which order the others stand in as alternates."
        da "{people} meldte sig til {seats}. Lodtrækningen afgjorde, hvem der kom med i panelet, og i hvilken rækkefølge de øvrige er suppleanter."
    }
    summary_before(people, seats) {
        en "{people} volunteered for {seats}. Everybody’s chance is settled in this report; who is drawn depends on a public source that is not known yet."
        da "{people} har meldt sig til {seats}. Denne rapport fastlægger den enkeltes chance. Hvem der udtrækkes, afhænger af en offentlig kilde, som endnu ikke er kendt."
    }
    summary_quotas() {
        en "Every panel that can be drawn meets all the quotas the organiser set."
        da "Alle paneler, der kan udtrækkes, opfylder samtlige kvoter, som arrangøren har fastsat."
    }
    summary_household() {
        en "At most one person from each household can be drawn."
        da "Der kan højst udtrækkes én person fra hver husstand."
    }
    summary_household_most(most) {
        en "At most {most} people from each household can be drawn."
        da "Der kan højst udtrækkes {most} personer fra hver husstand."
    }
    rule_leximin() {
        en "Among all lotteries that meet the quotas, this one is as even as possible: the lowest chance is as high as it can be, then the second lowest, and so on (the leximin rule)."
        da "Blandt alle lodtrækninger, der opfylder kvoterne, er denne så lige som muligt: Den laveste chance er så høj, som den kan blive, derefter den næstlaveste og så videre (reglen leximin)."
    }
    rule_maximin() {
        en "Among all lotteries that meet the quotas, this one makes the lowest chance as high as it can be (the maximin rule). For the chances above the lowest nothing is claimed."
        da "Blandt alle lodtrækninger, der opfylder kvoterne, gør denne den laveste chance så høj, som den kan blive (reglen maximin). Om de øvrige chancer påstås intet."
    }
    rule_minimax() {
        en "Among all lotteries that meet the quotas, this one keeps the highest chance as low as it can be; among those it is as even as possible from the lowest chance up (the minimax rule). A lower chance for some is the price of it."
        da "Blandt alle lodtrækninger, der opfylder kvoterne, holder denne den højeste chance så lav, som den kan blive, og er blandt dem så lige som muligt fra den laveste chance og op (reglen minimax). Prisen er en lavere chance for nogle."
    }
    rule_nash() {
        en "Among all lotteries that meet the quotas, this one makes the product of everybody’s chances as large as it can be (the Nash rule): no other raises chances by more per cent than it lowers others."
        da "Blandt alle lodtrækninger, der opfylder kvoterne, gør denne produktet af alles chancer så stort, som det kan blive (Nash-reglen): Ingen anden hæver chancer med flere procent, end den sænker andre."
    }
    rule_goldilocks(gamma) {
        en "Among all lotteries that meet the quotas, this one balances the highest against the lowest chance (the Goldilocks rule with γ\u{a0}=\u{a0}{gamma}): nobody nearly certain, nobody nearly hopeless. Among the best such lotteries it is as even as possible from the lowest chance up."
        da "Blandt alle lodtrækninger, der opfylder kvoterne, afvejer denne den højeste chance mod den laveste (Goldilocks-reglen med γ\u{a0}=\u{a0}{gamma}): Ingen er næsten sikker, og ingen er næsten uden chance. Blandt de bedste af dem er den så lige som muligt fra den laveste chance og op."
    }
    rule_least_squares() {
        en "Among all lotteries that meet the quotas, this one keeps the sum of the squared chances as small as it can be (the least squares rule): it gives little reason to answer untruthfully in order to be drawn."
        da "Blandt alle lodtrækninger, der opfylder kvoterne, holder denne summen af chancernes kvadrater så lille, som den kan blive (mindste kvadraters regel): Den giver ringe grund til at svare usandt for at blive udtrukket."
    }
    rule_uniform() {
        en "Every panel that meets the quotas is equally likely (the uniform rule). Nothing is done to make the chances of people equal."
        da "Alle paneler, der opfylder kvoterne, er lige sandsynlige (den uniforme regel). Intet er gjort for at gøre personernes chancer lige."
    }
    rule_max_entropy() {
        en "Among all lotteries with the chances of the leximin rule, this one is the most random: every panel is as likely as those chances allow (the rule of maximum entropy)."
        da "Blandt alle lodtrækninger med leximin-reglens chancer er denne den mest tilfældige: Hvert panel er så sandsynligt, som chancerne tillader (reglen om størst entropi)."
    }
    rule_other(rule) {
        en "Rule: {rule}."
        da "Regel: {rule}."
    }
    figure_pool() {
        en "people in the pool"
        da "personer i deltagerpuljen"
    }
    figure_seats() {
        en "seats on the panel"
        da "pladser i panelet"
    }
    figure_lowest() {
        en "lowest chance"
        da "laveste chance"
    }
    figure_lowest_positive() {
        en "lowest chance of those who can be drawn"
        da "laveste chance blandt dem, der kan udtrækkes"
    }
    figure_bound() {
        en "proven ceiling: no lottery that meets the quotas gives a higher lowest chance"
        da "bevist loft: ingen lodtrækning, der opfylder kvoterne, giver en højere laveste chance"
    }
    figure_gap() {
        en "proven: no lottery that meets the quotas does better by the rule’s measure by more than this part"
        da "bevist: ingen lodtrækning, der opfylder kvoterne, er efter reglens mål bedre med mere end denne andel"
    }
    figure_highest() {
        en "highest chance"
        da "højeste chance"
    }
    figure_equal(seats, people) {
        en "equal chance, {seats}/{people}: everybody’s chance if there were no quotas"
        da "lige chance, {seats}/{people}: alles chance, hvis der ikke var kvoter"
    }
    figure_ticket(tickets) {
        en "number of the ticket drawn, of {tickets} (the first has number 0)"
        da "nummeret på det udtrukne lod ud af {tickets} (det første har nummer 0)"
    }

    // Quotas
    quotas_drawn() {
        en "Who was asked for, who volunteered, who was drawn"
        da "Hvem der skulle være plads til, hvem der meldte sig, og hvem der blev udtrukket"
    }
    quotas_before() {
        en "Who is asked for, and who volunteered"
        da "Hvem der skal være plads til, og hvem der har meldt sig"
    }
    quotas_intro() {
        en "A quota says how many of the seats go to people with a certain answer. The order is that of the organiser’s quota file; it has no influence on the lottery."
        da "En kvote siger, hvor mange af pladserne der går til personer med et bestemt svar. Rækkefølgen er kvotefilens og har ingen betydning for lodtrækningen."
    }
    quotas_caption_drawn() {
        en "Quotas, pool and panel"
        da "Kvoter, deltagerpulje og panel"
    }
    quotas_caption_before() {
        en "Quotas and pool"
        da "Kvoter og deltagerpulje"
    }
    value() {
        en "Group"
        da "Gruppe"
    }
    asked() {
        en "Seats asked for"
        da "Ønskede pladser"
    }
    pool() {
        en "People in the pool"
        da "Personer i puljen"
    }
    share() {
        en "Share of the pool"
        da "Andel af puljen"
    }
    panel() {
        en "Seats on the panel"
        da "Pladser i panelet"
    }
    few() {
        en "fewer than 5"
        da "færre end 5"
    }
    withheld() {
        en "not shown"
        da "vises ikke"
    }
    met() {
        en "quota met"
        da "kvoten er opfyldt"
    }
    missed() {
        en "quota NOT met"
        da "kvoten er IKKE opfyldt"
    }
    total() {
        en "All"
        da "I alt"
    }
    note_few() {
        en "To protect the people behind the numbers, no count of fewer than 5 people is shown, nor one from which it could be worked out (“not shown”)."
        da "For at beskytte personerne bag tallene vises intet antal under 5 personer og heller ikke et tal, som det kunne regnes ud fra (»vises ikke«)."
    }
    note_met() {
        en "So that nobody can be recognised, small numbers of seats are given as “quota met”, unless the quotas already fix the number."
        da "For at ingen skal kunne genkendes, angives små antal pladser blot som »kvoten er opfyldt«, medmindre kvoterne i forvejen fastlægger antallet."
    }

    // Chances
    chances() {
        en "How the chances are spread"
        da "Sådan fordeler chancerne sig"
    }
    chances_intro(below) {
        en "Quotas make chances unequal: where few volunteer for many seats, chances are high; where many volunteer for few seats, they are low. {below} have less than the equal chance."
        da "Kvoter gør chancerne ulige: Hvor få melder sig til mange pladser, er chancen høj, og hvor mange melder sig til få pladser, er den lav. {below} har mindre end den lige chance."
    }
    chances_equal() {
        en "Everybody has the same chance."
        da "Alle har den samme chance."
    }
    chances_figure() {
        en "Everybody’s chance of a seat, from lowest to highest"
        da "Alles chance for en plads, fra lavest til højest"
    }
    chances_alternative(lowest, median, highest, equal) {
        en "Step plot. Everybody in the pool stands in order of chance from left to right. The chance rises from {lowest} through {median} in the middle to {highest}. A dashed line marks the equal chance, {equal}. The table below gives the numbers."
        da "Trappediagram. Alle i puljen står efter deres chance fra venstre mod højre. Chancen stiger fra {lowest} over {median} på midten til {highest}. En stiplet linje viser den lige chance, {equal}. Tallene står i tabellen nedenfor."
    }
    chances_axis_x() {
        en "People, lowest chance first (percent of the pool)"
        da "Personer, laveste chance først (procent af puljen)"
    }
    chances_axis_y() {
        en "Chance of a seat"
        da "Chance for en plads"
    }
    equal_label(equal) {
        en "Equal chance {equal}"
        da "Lige chance {equal}"
    }
    data_table() {
        en "The numbers behind the figure"
        da "Tallene bag figuren"
    }
    percentile_caption() {
        en "Chance by percentile: so many percent of the pool have this chance or less"
        da "Chance efter percentil: så mange procent af puljen har højst denne chance"
    }
    percentile() {
        en "Percentile"
        da "Percentil"
    }
    chance() {
        en "Chance"
        da "Chance"
    }
    odds() {
        en "That is about"
        da "Det svarer til ca."
    }
    one_in(number) {
        en "1 in {number}"
        da "1 ud af {number}"
    }
    percentile_lowest() {
        en "lowest"
        da "lavest"
    }
    percentile_highest() {
        en "highest"
        da "højest"
    }
    averages_figure() {
        en "Average chance in each group, and what the quotas allow"
        da "Gennemsnitlig chance i hver gruppe, og hvad kvoterne tillader"
    }
    averages_alternative(groups) {
        en "Range plot with one line for each of {groups} groups. The bar runs from the fewest to the most seats the quota allows, divided by the people in the pool; the dot is the average chance in this lottery; the dashed line is the equal chance. The table below gives the numbers."
        da "Diagram med en linje for hver af {groups} grupper. Bjælken går fra det mindste til det største antal pladser, kvoten tillader, delt med antallet af personer i puljen. Prikken er gennemsnitschancen i denne lodtrækning, og den stiplede linje er den lige chance. Tallene står i tabellen nedenfor."
    }
    averages_axis() {
        en "Chance of a seat"
        da "Chance for en plads"
    }
    averages_legend() {
        en "Bar: seats the quota allows, divided by the people in the pool. Dot: average chance in this lottery. Dashed line: equal chance."
        da "Bjælke: pladser, kvoten tillader, delt med personer i puljen. Prik: gennemsnitlig chance i denne lodtrækning. Stiplet linje: lige chance."
    }
    averages_hidden() {
        en "Groups whose number of people is not shown are left out."
        da "Grupper, hvis antal ikke vises, er udeladt."
    }
    averages_caption() {
        en "Average chance by group"
        da "Gennemsnitlig chance efter gruppe"
    }
    average() {
        en "Average chance"
        da "Gennemsnitlig chance"
    }
    allowed() {
        en "What the quota allows"
        da "Hvad kvoten tillader"
    }
    evenness() {
        en "The lottery in numbers"
        da "Lodtrækningen i tal"
    }
    measure() {
        en "Measure"
        da "Mål"
    }
    figure() {
        en "Value"
        da "Værdi"
    }
    highest() {
        en "Highest chance"
        da "Højeste chance"
    }
    lowest() {
        en "Lowest chance"
        da "Laveste chance"
    }
    lowest_positive() {
        en "Lowest chance above 0"
        da "Laveste chance over 0"
    }
    gini() {
        en "Gini coefficient of the chances (0: all equal, 1: as unequal as can be)"
        da "Chancernes Gini-koefficient (0: alle lige, 1: så ulige som muligt)"
    }
    geometric() {
        en "Geometric mean of the chances"
        da "Chancernes geometriske gennemsnit"
    }
    geometric_positive() {
        en "Geometric mean of the chances above 0"
        da "Geometrisk gennemsnit af chancerne over 0"
    }
    compositions() {
        en "Compositions (ways to share the seats among groups) that can be drawn"
        da "Sammensætninger (måder at fordele pladserne på grupper), der kan udtrækkes"
    }
    panels() {
        en "Different panels that can be drawn"
        da "Forskellige paneler, der kan udtrækkes"
    }
    largest() {
        en "Chance of the most likely one"
        da "Chancen for den mest sandsynlige"
    }
    effective() {
        en "Effective number (as many equally likely ones would be spread as widely)"
        da "Effektivt antal (så mange lige sandsynlige ville give samme spredning)"
    }
    tickets() {
        en "Tickets in all"
        da "Lodder i alt"
    }
}
