//! The texts on direct draws, English and Danish side by side.

use super::language::{Language, texts};

texts! {
    direct_random() {
        en "As many people were drawn from the pool as there are seats, without regard to anybody’s answers (the rule random). Quotas played no part."
        da "Der blev udtrukket lige så mange personer fra puljen, som der er pladser, uden hensyn til nogens svar (reglen random). Kvoterne spillede ingen rolle."
    }
    direct_stratified(features) {
        en "The pool was divided by {features}, and every part got its proportional number of seats, rounded up or down by lot; within a part everybody had the same chance (the rule stratified). Quotas played no part."
        da "Puljen blev delt op efter {features}, og hver del fik sin forholdsmæssige andel af pladserne, rundet op eller ned ved lodtrækning; inden for hver del havde alle samme chance (reglen stratified). Kvoterne spillede ingen rolle."
    }
    direct_legacy() {
        en "Again and again a person was drawn from the group of the quotas that was hardest to fill at that moment, and everything started anew when a quota could no longer be met (the rule legacy). Where groups were equally hard to fill, the first in the quota file came first."
        da "Igen og igen blev en person udtrukket fra den af kvoternes grupper, som det på det tidspunkt var sværest at fylde, og der blev begyndt forfra, når en kvote ikke længere kunne opfyldes (reglen legacy). Var grupper lige svære at fylde, kom den første i kvotefilen først."
    }
    direct_diversimax() {
        en "A search looked for the panel, among those that meet the quotas, in which combinations of answers are represented most evenly (the rule diversimax). The public source decides where the search starts, and who of those with the same answers gets a seat."
        da "En søgning ledte, blandt de paneler, der opfylder kvoterne, efter det, hvor kombinationer af svar er mest jævnt repræsenteret (reglen diversimax). Den offentlige kilde afgør, hvor søgningen begynder, og hvem af dem med de samme svar der får plads."
    }
    direct_no_certificate() {
        en "No certificate: this was a direct draw."
        da "Intet bevis: Dette var en direkte lodtrækning."
    }
    direct_list(method) {
        en "As many people were drawn from the list of ids as there are seats, by the published method {method}, without regard to anybody’s answers. Quotas played no part."
        da "Der blev udtrukket lige så mange personer fra listen af id’er, som der er pladser, efter den offentliggjorte metode {method} og uden hensyn til nogens svar. Kvoterne spillede ingen rolle."
    }
    direct_list_chances() {
        en "The method gives everybody the same chance, as far as its sources were random and nobody knew them when the list was fixed."
        da "Metoden giver alle samme chance, for så vidt kilderne var tilfældige, og ingen kendte dem, da listen blev lagt fast."
    }
    direct_exact() {
        en "Everybody’s chance follows from the rule itself and is exact."
        da "Den enkeltes chance følger af selve reglen og er nøjagtig."
    }
    direct_unknown() {
        en "Nobody knows how large the chance of any one person was, and nothing is claimed about it. A lottery by the rule leximin or maximin would prove it."
        da "Ingen ved, hvor stor den enkeltes chance var, og der påstås intet om den. En lodtrækning efter reglen leximin eller maximin ville bevise den."
    }
    direct_everybodys_chance() {
        en "everybody’s chance, exact"
        da "den enkeltes chance, nøjagtig"
    }
    direct_attempts(limit) {
        en "attempts until the first panel, of at most {limit}"
        da "forsøg indtil det første panel, af højst {limit}"
    }
    direct_acceptance() {
        en "share of the attempts that gave a panel"
        da "andel af forsøgene, der gav et panel"
    }
    direct_distance(count) {
        en "seats away from equal shares, summed over {count} combinations of features: smaller is more even"
        da "pladser fra lige andele, lagt sammen over {count} kombinationer af kriterier: mindre er mere jævnt"
    }
    direct_bound() {
        en "no panel can be closer than this; it need not be possible"
        da "intet panel kan komme tættere på end dette; det behøver ikke at være muligt"
    }
    direct_quotas_unasked() {
        en "The draw asked for no quotas; the panel meets them only as far as luck had it."
        da "Lodtrækningen tog ikke hensyn til kvoterne; panelet opfylder dem kun, i det omfang tilfældet ville det."
    }
    direct_quotas_in_order() {
        en "A quota says how many of the seats go to people with a certain answer. The order is that of the organiser’s quota file; with this rule it has an influence on the draw."
        da "En kvote siger, hvor mange af pladserne der går til personer med et bestemt svar. Rækkefølgen er kvotefilens; med denne regel har den betydning for lodtrækningen."
    }
    direct_committed() {
        en "Pool, quotas and rule had been fixed earlier. That the commitment was published before the source became known can be seen only from when and where it was published."
        da "Pulje, kvoter og regel var låst fast på forhånd. Om fingeraftrykket blev offentliggjort, før kilden var kendt, kan kun ses af, hvornår og hvor det skete."
    }
    direct_unproven() {
        en "Unproven: commitment and draw were made in one run, so nothing shows that pool, quotas and rule were fixed before the source was known."
        da "Ikke bevist: Fingeraftryk og lodtrækning blev lavet på én gang, så intet viser, at pulje, kvoter og regel lå fast, før kilden var kendt."
    }
    direct_verify() {
        en "The whole draw can be repeated, down to panel and alternates. This needs the pool, so it is for those who may see it, such as an auditor:"
        da "Hele lodtrækningen kan gentages, også panel og suppleanter. Det kræver deltagerpuljen og er derfor for dem, der må se den, fx en revisor:"
    }
    direct_verify_search() {
        en "Quotas, evenness, seed and alternates can be checked; the search itself is repeated only by drawing again with the same version of the program. This needs the pool, so it is for those who may see it, such as an auditor:"
        da "Kvoter, jævnhed, startværdi og suppleanter kan efterprøves; selve søgningen gentages kun ved at trække igen med samme version af programmet. Det kræver deltagerpuljen og er derfor for dem, der må se den, fx en revisor:"
    }
    direct_publish_ids() {
        en "The public files list the panel and the alternates by id. Ids must therefore say nothing to an outsider: no names, e-mail addresses or civil registration numbers."
        da "De offentlige filer viser panelet og suppleanterne ved deres id. Id’et må derfor ikke sige en udenforstående noget: ingen navne, e-mailadresser eller CPR-numre."
    }
    direct_unchecked_chances() {
        en "How likely anybody was to be drawn: this rule does not say, and it may have been far less than others."
        da "Hvor sandsynligt det var for den enkelte at blive udtrukket: Det siger reglen ikke, og det kan have været langt mindre end for andre."
    }
    direct_unchecked_search() {
        en "That no panel is more even: a search found this one, and only the bound above is certain."
        da "At intet panel er mere jævnt: Det er fundet ved en søgning, og kun grænsen ovenfor er sikker."
    }
}
