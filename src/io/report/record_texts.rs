//! The texts on the public record, English and Danish side by side.

use super::language::{Language, texts};

texts! {
    // Draw
    draw() {
        en "The draw"
        da "Selve udtrækningen"
    }
    draw_sources() {
        en "Public source of chance"
        da "Offentlig kilde til tilfældighed"
    }
    draw_announced() {
        en "What was announced beforehand"
        da "Hvad der blev annonceret på forhånd"
    }
    will_announced() {
        en "The draw will use:"
        da "Ved lodtrækningen bruges:"
    }
    will_nothing() {
        en "Which public source the draw will use has not been fixed in the commitment."
        da "Det er ikke låst fast, hvilken offentlig kilde der bruges ved lodtrækningen."
    }
    draw_ticket() {
        en "Ticket"
        da "Lod"
    }
    draw_ticket_value(ticket, tickets) {
        en "number {ticket} of {tickets} (the first has number 0)"
        da "nummer {ticket} af {tickets} (det første har nummer 0)"
    }
    draw_seed() {
        en "Seed (worked out from commit.json and the source)"
        da "Startværdi (beregnet af commit.json og kilden)"
    }
    draw_order() {
        en "Order of events"
        da "Rækkefølge"
    }
    order_committed() {
        en "The draw was made from a lottery that had been fixed earlier. That the commitment was published before the source became known can be seen only from when and where it was published."
        da "Der blev trukket lod i en lodtrækning, der var låst fast på forhånd. Om fingeraftrykket blev offentliggjort, før kilden var kendt, kan kun ses af, hvornår og hvor det skete."
    }
    order_unproven() {
        en "Unproven: lottery and draw were made in one run, so nothing shows that the lottery was fixed before the source was known."
        da "Ikke bevist: Lodtrækningen blev fastlagt og gennemført på én gang, så intet viser, at den lå fast, før kilden var kendt."
    }
    draw_panel(count) {
        en "The panel: {count} people, by id"
        da "Panelet: {count} personer, angivet med id"
    }
    draw_alternates(count) {
        en "Alternates: {count} people, in the order in which they were drawn (transcript.json)."
        da "Suppleanter: {count} personer i den rækkefølge, de blev udtrukket (transcript.json)."
    }

    // Digests
    digests() {
        en "Fingerprints"
        da "Fingeraftryk"
    }
    digests_intro() {
        en "A fingerprint is worked out from every byte of a file: change one letter and it becomes another. The commitment covers the others; whoever publishes it before the draw can no longer change the lottery unnoticed."
        da "Et fingeraftryk beregnes af hver eneste byte i en fil: Ændres ét bogstav, bliver det et andet. Lodtrækningens fingeraftryk (commitment) omfatter de øvrige. Når det er offentliggjort før udtrækningen, kan lodtrækningen ikke længere ændres ubemærket."
    }
    digest_commitment() {
        en "Commitment (SHA-256 of commit.json)"
        da "Lodtrækningens fingeraftryk (SHA-256 af commit.json)"
    }
    digest_lottery() {
        en "Lottery"
        da "Lodtrækning"
    }
    digest_pool() {
        en "Pool"
        da "Deltagerpulje"
    }
    digest_certificate() {
        en "Certificate"
        da "Bevis"
    }

    digests_note() {
        en "Only the commitment is the plain SHA-256 of a file; SPEC.md says how the others are worked out."
        da "Kun lodtrækningens fingeraftryk er den rene SHA-256 af en fil. SPEC.md beskriver, hvordan de øvrige beregnes."
    }

    // Verification
    verify() {
        en "Check it yourself"
        da "Efterprøv det selv"
    }
    verify_commitment() {
        en "The commitment, with nothing but the file commit.json. The result must be the commitment above, and the same as was published before the draw:"
        da "Fingeraftrykket, alene ud fra filen commit.json. Resultatet skal være fingeraftrykket ovenfor og det samme, som blev offentliggjort før udtrækningen:"
    }
    verify_systems() {
        en "(on macOS the command is shasum -a 256, on Windows certutil -hashfile commit.json SHA256)"
        da "(på macOS hedder kommandoen shasum -a 256, på Windows certutil -hashfile commit.json SHA256)"
    }
    verify_all() {
        en "Everything: quotas met by every possible outcome, chances, certificate, ticket, panel and alternates. This needs the pool, so it is for those who may see it, such as an auditor:"
        da "Det hele: at ethvert muligt udfald opfylder kvoterne, chancerne, beviset, loddet, panelet og suppleanterne. Det kræver deltagerpuljen og er derfor for dem, der må se den, fx en revisor:"
    }
    verify_later() {
        en "After the draw everything can be checked, down to panel and alternates. This needs the pool, so it is for those who may see it, such as an auditor:"
        da "Efter udtrækningen kan det hele efterprøves, også panel og suppleanter. Det kræver deltagerpuljen og er derfor for dem, der må se den, fx en revisor:"
    }
    verify_format() {
        en "SPEC.md, which comes with the program, states every format and calculation, so that a check can be written independently of it."
        da "SPEC.md, der følger med programmet, beskriver alle formater og beregninger, så kontrollen kan skrives uafhængigt af programmet."
    }

    // Publication
    publish() {
        en "What may be published"
        da "Hvad der kan offentliggøres"
    }
    publish_yes() {
        en "Meant for publication: they hold ids, counts and quotas, never one person’s answers"
        da "Beregnet til offentliggørelse: De rummer id’er, antal og kvoter, aldrig en enkelt persons svar"
    }
    publish_no() {
        en "Never publish: these hold people’s own data"
        da "Må aldrig offentliggøres: De rummer personers egne oplysninger"
    }
    publish_pool_file() {
        en "the pool file"
        da "filen med deltagerpuljen"
    }
    publish_quota_file() {
        en "the quota file"
        da "kvotefilen"
    }
    publish_ids() {
        en "The public files list everybody’s chance by id and which ids count as alike. Ids must therefore say nothing to an outsider: no names, e-mail addresses or civil registration numbers."
        da "De offentlige filer viser hver enkelts chance ud for id’et, og hvilke id’er der regnes for ens. Id’et må derfor ikke sige en udenforstående noget: ingen navne, e-mailadresser eller CPR-numre."
    }

    // Not checked
    unchecked() {
        en "What was not checked"
        da "Det er ikke kontrolleret"
    }
    unchecked_pool() {
        en "That the people in the pool exist, answered truthfully and are all of those who volunteered."
        da "At personerne i deltagerpuljen findes, har svaret sandfærdigt og er alle dem, der meldte sig."
    }
    unchecked_quotas() {
        en "That the quotas are right for the population: they were taken as given."
        da "At kvoterne passer til befolkningen: De er brugt, som de forelå."
    }
    unchecked_sources() {
        en "That the source of chance is public, took the value stated and could be foreseen or steered by nobody."
        da "At kilden til tilfældighed er offentlig, havde den angivne værdi og ikke kunne forudses eller påvirkes af nogen."
    }
    unchecked_time() {
        en "When anything was published: the program knows no clock."
        da "Hvornår noget blev offentliggjort: Programmet kender ikke klokken."
    }
    unchecked_household() {
        en "Who lives together: no household column was given, so several people of one household can be drawn."
        da "Hvem der bor sammen: Der er ikke angivet husstande, så flere fra samme husstand kan udtrækkes."
    }
    unchecked_levels() {
        en "Chances above the lowest: the maximin rule proves the lowest only."
        da "Chancerne over den laveste: Reglen maximin beviser kun den laveste."
    }
    unchecked_search() {
        en "The finished searches named above: they would have to be repeated."
        da "De afsluttede søgninger nævnt ovenfor: De skulle i så fald gentages."
    }
    unchecked_report() {
        en "This report proves nothing by itself. The proof is in the files and in the check described above."
        da "Rapporten beviser intet i sig selv. Beviset ligger i filerne og i den kontrol, der er beskrevet ovenfor."
    }

    // Glossary
    glossary() {
        en "Words"
        da "Ordliste"
    }
    word_pool() {
        en "Pool"
        da "Deltagerpulje"
    }
    about_pool() {
        en "Everybody who volunteered and can be drawn."
        da "Alle, der har meldt sig og kan komme med i lodtrækningen."
    }
    word_panel() {
        en "Panel"
        da "Panel"
    }
    about_panel() {
        en "The people drawn; together they form the citizens’ assembly."
        da "De udtrukne personer; tilsammen udgør de borgersamlingen."
    }
    word_quota() {
        en "Quota"
        da "Kvote"
    }
    about_quota() {
        en "The fewest and the most seats for people with a certain answer, for example an age group."
        da "Det mindste og det største antal pladser til personer med et bestemt svar, fx en aldersgruppe."
    }
    word_alternate() {
        en "Alternate"
        da "Suppleant"
    }
    about_alternate() {
        en "Somebody not drawn for the panel, who can replace a member; the order is drawn by lot too."
        da "En, der ikke kom med i panelet, men kan træde ind for et medlem; også rækkefølgen er fundet ved lodtrækning."
    }
    word_chance() {
        en "Chance"
        da "Chance"
    }
    about_chance() {
        en "The probability of getting a seat, the same for all who gave the same answers."
        da "Sandsynligheden for at få en plads. Den er ens for alle, der har givet de samme svar."
    }
    about_chance_household() {
        en "The probability of getting a seat, the same for all who gave the same answers and live in the same kind of household."
        da "Sandsynligheden for at få en plads. Den er ens for alle, der har givet de samme svar og bor i samme slags husstand."
    }
    about_chance_tickets() {
        en "The probability of getting a seat: the tickets whose panel a person sits on, divided by all tickets."
        da "Sandsynligheden for at få en plads: de lodder, hvis panel personen er med i, delt med alle lodder."
    }
    word_ticket() {
        en "Ticket"
        da "Lod"
    }
    about_ticket() {
        en "A number that stands for one possible outcome; all tickets are equally likely."
        da "Et nummer, der står for ét muligt udfald; alle lodder er lige sandsynlige."
    }
    word_certificate() {
        en "Certificate"
        da "Bevis"
    }
    about_certificate() {
        en "Numbers that prove that the lottery is as even as its rule demands."
        da "Tal, der beviser, at lodtrækningen er så lige, som dens regel kræver."
    }
    word_commitment() {
        en "Commitment"
        da "Fingeraftryk"
    }
    about_commitment() {
        en "The fingerprint of the finished lottery, published before the draw."
        da "En talkode beregnet af den færdige lodtrækning (på engelsk commitment), som offentliggøres før udtrækningen."
    }
    word_source() {
        en "Source of chance"
        da "Kilde til tilfældighed"
    }
    about_source() {
        en "A value nobody can foresee and everybody can see, such as dice thrown in public or a national lottery result."
        da "En værdi, ingen kan forudse og alle kan se, fx terninger kastet i det åbne eller et lottoresultat."
    }
    made_by(version) {
        en "Made by kleroterion {version}."
        da "Udarbejdet med kleroterion {version}."
    }
}
