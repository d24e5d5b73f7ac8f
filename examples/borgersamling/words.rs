//! What the record says, in Danish. The program speaks English; the city and its members read Danish.

use kleroterion::Error;
use kleroterion::assembly::process::Case;
use serde_json::Value;

/// English and Danish.
const WORDS: [(&str, &str); 87] = [
    // The question and the promise.
    (
        "Citizens' assembly on the city's streets",
        "Borgersamling om byens gader",
    ),
    ("the city council", "byrådet"),
    ("the metro and the ring road", "metroen og ringvejen"),
    (
        "To answer every recommendation in public, with reasons",
        "At svare offentligt og med begrundelse på hver anbefaling",
    ),
    ("the city", "kommunen"),
    (
        "a secretariat outside the city's administration",
        "et sekretariat uden for kommunens forvaltning",
    ),
    ("Advisory group", "Følgegruppe"),
    (
        "researchers and organisations; watches over the balance of what members hear",
        "forskere og organisationer; holder øje med balancen i det, medlemmerne hører",
    ),
    ("the city's website", "kommunens hjemmeside"),
    // Members.
    ("letter", "brev"),
    (
        "the city's website, with a transcript that anybody can verify",
        "kommunens hjemmeside, med en protokol, som alle kan efterprøve",
    ),
    (
        "the secretariat, with dice in public",
        "sekretariatet, med terninger i offentlighed",
    ),
    ("a fee for every meeting", "honorar for hvert møde"),
    ("travel and childcare", "transport og børnepasning"),
    ("interpreters on request", "tolk efter ønske"),
    ("sex", "køn"),
    ("Woman", "kvinde"),
    ("Man", "mand"),
    ("age", "alder"),
    ("residence", "bydel"),
    ("dwelling", "bolig"),
    ("Social rental", "almen lejebolig"),
    ("Private rental", "privat lejebolig"),
    ("Housing co-operative", "andelsbolig"),
    ("Owner-occupied flat", "ejerlejlighed"),
    ("House", "hus"),
    ("before the first meeting", "før 1. samling"),
    ("after 1 meeting", "efter 1. samling"),
    ("after 2 meetings", "efter 2. samling"),
    // Meetings.
    ("Meeting 1", "1. samling"),
    ("Meeting 2", "2. samling"),
    ("Meeting 3", "3. samling"),
    ("Meeting 4", "4. samling"),
    ("the city hall", "Rådhuset"),
    ("Welcome and ground rules", "Velkomst og spilleregler"),
    ("Talks and questions", "Oplæg og spørgsmål"),
    ("Lunch", "Frokost"),
    (
        "Discussion at tables, round 1",
        "Drøftelse ved bordene, 1. runde",
    ),
    (
        "Discussion at tables, round 2",
        "Drøftelse ved bordene, 2. runde",
    ),
    ("Summing up", "Opsamling"),
    ("Where we stand", "Hvor vi kom til"),
    (
        "Writing recommendations, round 2",
        "Anbefalinger skrives, 2. runde",
    ),
    ("Votes", "Afstemning"),
    ("Goodbye", "Farvel og tak"),
    ("Traffic in figures", "Trafikken i tal"),
    ("the city's engineers", "kommunens ingeniører"),
    ("administration", "forvaltningen"),
    ("The shops' goods", "Butikkernes varer"),
    ("the traders' association", "handelsstandsforeningen"),
    ("business", "erhvervslivet"),
    ("Children in the street", "Børn på gaden"),
    ("the cyclists' association", "cyklistforeningen"),
    ("walking and cycling", "gang og cykling"),
    ("Living without a lift", "At bo uden elevator"),
    ("residents with disabilities", "borgere med handicap"),
    ("accessibility", "tilgængelighed"),
    // Recommendations and answers.
    (
        "School streets without cars in the morning",
        "Skolegader uden biler om morgenen",
    ),
    (
        "Every tenth parking space becomes trees",
        "Hver tiende parkeringsplads bliver til træer",
    ),
    (
        "Goods are delivered before 11 o'clock",
        "Varelevering før kl. 11",
    ),
    (
        "More parking for disabled people close to entrances",
        "Flere handicappladser tæt på indgange",
    ),
    (
        "A bus stop within 400 metres of everybody",
        "Et stoppested højst 400 meter fra alle",
    ),
    (
        "A charge for driving into the city",
        "Betaling for at køre ind i byen",
    ),
    (
        "The money goes to buses and cycle tracks",
        "Pengene går til busser og cykelstier",
    ),
    (
        "Place 1 of 6 in the members' order.",
        "Nr. 1 af 6 i medlemmernes rækkefølge.",
    ),
    (
        "Place 2 of 6 in the members' order.",
        "Nr. 2 af 6 i medlemmernes rækkefølge.",
    ),
    (
        "Place 3 of 6 in the members' order.",
        "Nr. 3 af 6 i medlemmernes rækkefølge.",
    ),
    (
        "Place 4 of 6 in the members' order.",
        "Nr. 4 af 6 i medlemmernes rækkefølge.",
    ),
    (
        "Place 5 of 6 in the members' order.",
        "Nr. 5 af 6 i medlemmernes rækkefølge.",
    ),
    (
        "Place 6 of 6 in the members' order.",
        "Nr. 6 af 6 i medlemmernes rækkefølge.",
    ),
    (
        "every twentieth, because residents' cars must stand somewhere",
        "hver tyvende, for beboernes biler skal kunne stå et sted",
    ),
    (
        "bus lines are the region's to decide",
        "regionen bestemmer over busserne",
    ),
    ("the law does not allow it", "loven tillader det ikke"),
    ("Ten schools have begun", "Ti skoler i gang"),
    ("A plan for the parking spaces", "Plan for pladserne"),
    ("New signs", "Nye skilte"),
    ("The parking spaces are counted", "Optælling af pladser"),
    ("accepted", "imødekommet"),
    ("partly accepted", "delvist imødekommet"),
    ("rejected", "afvist"),
    ("undecided", "ikke afgjort"),
    ("a university", "et universitet"),
    // The sheet.
    (
        "How shall we use the city's streets when there are fewer cars? A demonstration on bundled data: nobody in it exists.",
        "Et eksempel på medfølgende data: ingen af personerne findes.",
    ),
    ("streets and traffic", "gader og trafik"),
    ("a made-up city", "en opdigtet by"),
    ("Denmark", "Danmark"),
    (
        "counts, the transcript, the list of replacements and the ledger, which hold no person's values",
        "tal, protokollen, listen over udskiftninger og medlemsforløbet; ingen af dem viser en persons svar",
    ),
    ("none", "ingen"),
];

/// Fields whose words are the format's own.
const CHOICES: [&str; 11] = [
    "activity",
    "chosen_by",
    "decision",
    "frame",
    "kind",
    "language",
    "level",
    "mode",
    "model",
    "selection",
    "what",
];

/// The Danish of a text; the text itself where there is none, as for a name or a day.
pub(crate) fn danish(text: &str) -> String {
    let found = WORDS.iter().find(|(english, _)| *english == text);
    found.map_or(text, |(_, danish)| danish).to_owned()
}

/// The same record in Danish.
pub(crate) fn in_danish(case: &Case) -> Result<Case, Error> {
    let mut value: Value = serde_json::from_slice(&case.to_json()?).expect("the record is JSON");
    translate(&mut value);
    Case::from_json(&value.to_string(), "the record in Danish")
}

fn translate(value: &mut Value) {
    match value {
        Value::String(text) => *text = danish(text),
        Value::Array(items) => items.iter_mut().for_each(translate),
        Value::Object(fields) => fields
            .iter_mut()
            .filter(|(name, _)| !CHOICES.contains(&name.as_str()))
            .for_each(|(_, value)| translate(value)),
        _ => {}
    }
}
