//! What must not stand in a public file.

use kleroterion::pool_commitment::{Openings, Salts};
use kleroterion::privacy::{Anonymity, CprLike, Pseudonyms, Screen, SecretKey};
use kleroterion::{Instance, Pool, Quotas, Rule, lottery::Sources};

fn instance(ids: &[&str]) -> Instance {
    let quotas = Quotas::builder()
        .feature("sex")
        .value("woman", 0..=9)
        .value("man", 0..=9);
    let people = ids.iter().enumerate();
    let pool = people.fold(Pool::builder(), |pool, (at, id)| {
        pool.person(*id, [("sex", if at % 2 == 0 { "woman" } else { "man" })])
    });
    Instance::new(pool.build().unwrap(), quotas.build().unwrap(), 2).unwrap()
}

fn key() -> SecretKey {
    SecretKey::new((0..32).collect::<Vec<u8>>()).unwrap()
}

#[test]
fn ids_that_are_cpr_numbers_are_refused_without_repeating_them() {
    let instance = instance(&["0101701234", "m2", "1111111118", "010170-1234"]);
    let error = Screen::strict().ids(&instance).unwrap_err();
    let expected = "expected nothing like one in a public file: use ids that cannot be mistaken, such as keyed pseudonyms";
    let without = format!(
        "E-CPR-LIKE column \"id\": found a text like a CPR number, without a check digit that fits, {expected}"
    );
    let with = format!(
        "E-CPR-LIKE column \"id\": found a text like a CPR number, whose check digit fits, {expected}"
    );
    assert_eq!(error.to_string(), [&*without, &*with, &*without].join("\n"));
}

#[test]
fn running_numbers_pass_when_somebody_says_what_they_are() {
    // 4001701234 to 4001701237 cannot be days; 0112701238 can.
    let instance = instance(&[
        "4001701234",
        "4001701235",
        "4001701236",
        "4001701237",
        "0112701238",
    ]);
    assert_eq!(
        Screen::strict()
            .ids(&instance)
            .unwrap_err()
            .problems()
            .len(),
        1
    );
    Screen::ids_are_other_numbers().ids(&instance).unwrap();
}

#[test]
fn saying_so_does_not_help_against_cpr_numbers() {
    let declared = Screen::ids_are_other_numbers();
    let many = instance(&[
        "0101701234",
        "0201701234",
        "0301701234",
        "0401701234",
        "4001701234",
        "b7",
    ]);
    let error = declared.ids(&many).unwrap_err();
    assert_eq!(error.problems().len(), 4);
    assert!(
        error.problems()[0]
            .found
            .ends_with("; so are 4 of 5 numbers of ten digits"),
        "{error}"
    );
    // Three of three may be chance; with a hyphen, or inside a longer text, nothing is.
    declared
        .ids(&instance(&["0101701234", "0201701234", "0301701234"]))
        .unwrap();
    for id in ["010170-1234", "p0101701234", "0101701234 0201701234"] {
        assert!(declared.ids(&instance(&["a", id])).is_err(), "{id}");
    }
}

#[test]
fn every_text_of_a_transcript_is_looked_at() {
    let lottery = |ids: &[&str], announced: &str| {
        let lottery = Rule::Leximin
            .distribution(&instance(ids))
            .unwrap()
            .into_lottery();
        lottery.announce([announced]).unwrap()
    };
    let places = |lottery: kleroterion::Lottery, source: &str| -> Vec<String> {
        let draw = lottery.draw(&Sources::new([source]).unwrap()).unwrap();
        let bytes = draw.transcript().to_json().unwrap();
        match Screen::strict().json("transcript.json", &bytes) {
            Ok(()) => vec![],
            Err(error) => error
                .problems()
                .iter()
                .map(|p| p.column.clone().unwrap())
                .collect(),
        }
    };
    let ids = ["m1", "m2", "m3"];
    assert_eq!(places(lottery(&ids, "dice"), "1-2"), [""; 0]);
    // Ten dice may well begin like a day: what chance made cannot be chosen again.
    assert_eq!(places(lottery(&ids, "dice"), "0101701234"), [""; 0]);
    assert_eq!(
        places(lottery(&ids, "ask 010170-1234"), "1-2"),
        ["commit.sources[0].text"]
    );
    let found = places(lottery(&["m1", "m2", "0101701234"], "dice"), "1-2");
    assert!(
        found
            .iter()
            .any(|place| place.starts_with("lottery.groups[0]")),
        "{found:?}"
    );
    assert!(
        found.iter().any(|place| place.starts_with("draw.")),
        "{found:?}"
    );
}

#[test]
fn receipts_are_files_that_travel() {
    let key = key();
    let instance = instance(&["m1", "0101701234", "m3"]);
    let openings = Openings::seal(&instance, &[], Salts::from_key(&key)).unwrap();
    let error = openings.receipts(&Screen::strict()).unwrap_err();
    assert_eq!(error.problems()[0].column.as_deref(), Some("id"));
    assert!(openings.receipt("m1", &Screen::strict()).is_ok());
    assert!(openings.receipt("0101701234", &Screen::strict()).is_err());
    assert!(
        openings
            .receipt("0101701234", &Screen::ids_are_other_numbers())
            .is_ok()
    );
    assert!(
        openings
            .panel(&instance, &["0101701234"], &Screen::strict())
            .is_err()
    );
}

#[test]
fn pseudonyms_never_look_like_cpr_numbers() {
    let pseudonyms = Pseudonyms::new(key(), "assembly");
    let mut seen = std::collections::BTreeSet::new();
    for number in 0..20_000 {
        let id = pseudonyms.of(&format!("{number:010}"));
        assert_eq!(CprLike::in_text(&id), None);
        assert!(seen.insert(id));
    }
}

#[test]
fn rare_profiles_are_named_by_ids() {
    let quotas = Quotas::builder()
        .feature("sex")
        .value("woman", 0..=9)
        .value("man", 0..=9);
    let ids = ["w1", "w2", "w3", "w4", "w5"];
    let pool = ids.iter().fold(Pool::builder(), |pool, id| {
        pool.person(*id, [("sex", "woman")])
    });
    let pool = pool.person("m1", [("sex", "man")]).build().unwrap();
    let instance = Instance::new(pool, quotas.build().unwrap(), 2).unwrap();
    let anonymity = Anonymity::of(&instance);
    let texts = |k| -> Vec<String> {
        anonymity
            .warnings(k)
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    assert_eq!(texts(1), [""; 0]);
    assert_eq!(
        texts(6),
        [
            "W-PROFILE-RARE: found a profile that only 1 person has (m1), expected at least 6 people alike",
            "W-PROFILE-RARE: found a profile that only 5 people have (w1, w2, w3, ...), expected at least 6 people alike",
        ]
    );
    assert_eq!(
        (anonymity.below(6), anonymity.below(5), anonymity.smallest()),
        (6, 1, 1)
    );
    assert!(!format!("{anonymity:?}").contains("m1"));
}
