//! Published methods for lists, by their published vectors.

use kleroterion::audit::{self, Claim};
use kleroterion::lottery::{
    Declaration, DirectDraw, DirectRule, Drawing, ListMethod, Sources, Terms,
};
use kleroterion::{Instance, Pool, Quotas};

use super::{codes, dice, small, terms, values};

fn instance(ids: &[String], size: u32) -> Instance {
    let pool = ids
        .iter()
        .fold(Pool::builder(), |pool, id| pool.person(id, [("x", "y")]));
    let quotas = Quotas::builder()
        .feature("x")
        .value("y", 0..=size)
        .build()
        .unwrap();
    Instance::new(pool.build().unwrap(), quotas, size).unwrap()
}

fn numbered(people: u32, size: u32) -> Instance {
    let ids: Vec<String> = (1..=people).map(|n| format!("{n:03}")).collect();
    instance(&ids, size)
}

fn drawn(rule: &str, instance: &Instance, texts: &[&str]) -> DirectDraw {
    let rule: DirectRule = rule.parse().unwrap();
    let lottery = rule
        .commit(instance)
        .unwrap()
        .announce(texts.iter().map(|_| "announced"))
        .unwrap();
    let draw = lottery
        .draw(&Sources::new(texts.iter().copied()).unwrap())
        .unwrap();
    audit::verify_direct(&draw.transcript(), instance).unwrap();
    draw
}

fn ids(numbers: &[u32]) -> Vec<String> {
    numbers.iter().map(|n| format!("{n:03}")).collect()
}

#[test]
fn rfc_3797() {
    let texts = ["9319", "2-5-8-10-12", "9-18-26-34-41-45"];
    let draw = drawn("rfc3797", &numbered(25, 10), &texts);
    assert_eq!(draw.panel(), ids(&[2, 7, 8, 13, 16, 17, 19, 23, 24, 25]));
    assert_eq!(draw.alternates()[..6], ids(&[22, 5, 18, 9, 1, 4]));
    assert_eq!(draw.alternates().len(), 15);
    // Neither the order within a source nor leading zeros matter.
    let again = drawn(
        "rfc3797",
        &numbered(25, 10),
        &["09319", "10-12-8-5-2", "45-9-18-26-34-41"],
    );
    assert_eq!(again.panel(), draw.panel());
}

#[test]
fn rivest() {
    let draw = drawn(
        "rivest",
        &numbered(876, 5),
        &["3546311556112163624615351222"],
    );
    assert_eq!(draw.panel(), ids(&[180, 238, 264, 740, 789]));
    assert_eq!(
        drawn("rivest", &numbered(999, 1), &["1"])
            .alternates()
            .len(),
        998
    );
}

#[test]
fn consistent() {
    let letters: Vec<String> = ["a", "b", "c", "d"].map(String::from).into();
    let draw = drawn("consistent", &instance(&letters, 2), &["31"]);
    assert_eq!(
        (draw.panel(), draw.alternates()),
        (&letters[..2], &["d".to_owned(), "c".to_owned()][..])
    );
    // Who else is on the list does not change the order of two.
    let draw = drawn("consistent", &instance(&letters[1..], 1), &["31"]);
    assert_eq!(
        (draw.panel(), draw.alternates()),
        (&letters[1..2], &["d".to_owned(), "c".to_owned()][..])
    );
}

/// Sources with a form give their plain digits: dice thrown one by one are the seed that is typed elsewhere.
#[test]
fn declared_sources_are_read_as_digits() {
    let instance = numbered(50, 7);
    for rule in ["rivest", "consistent"] {
        let rule: DirectRule = rule.parse().unwrap();
        let lottery = rule.commit(&instance).unwrap().on_terms(terms()).unwrap();
        let draw = lottery.draw(&Sources::new(values()).unwrap()).unwrap();
        let report = audit::verify_direct(&draw.transcript(), &instance).unwrap();
        assert!(report.finding(Claim::Signatures).is_some());
        let randomness = "fb8f7bc29bf24db51871ec8c79f3a1e4bd0557bc0dfcee9ed1d924e69d1c60dc";
        let plain = drawn(
            &rule.to_string(),
            &instance,
            &[&format!("3546{randomness}")],
        );
        assert_eq!(draw.panel(), plain.panel());
        assert_eq!(draw.alternates(), plain.alternates());
    }
    let lotto = Drawing::new("Lotto", (3, 36), 1_692_900_000).unwrap();
    let two = Terms::new([dice().into(), Declaration::from(lotto.clone())]);
    let lottery = DirectRule::List(ListMethod::Rfc3797)
        .commit(&instance)
        .unwrap()
        .on_terms(two)
        .unwrap();
    let texts = ["dice 6-3-3-1".to_owned(), lotto.text(&[36, 2, 9]).unwrap()];
    let draw = lottery.draw(&Sources::new(texts).unwrap()).unwrap();
    assert_eq!(
        draw.panel(),
        drawn("rfc3797", &instance, &["1-3-3-6", "2-9-36"]).panel()
    );
}

#[test]
fn what_a_method_cannot_use() {
    let rule = DirectRule::List(ListMethod::Rfc3797);
    let error = |lottery: &kleroterion::lottery::DirectLottery, texts: Vec<String>| {
        let error = lottery.draw(&Sources::new(texts).unwrap()).unwrap_err();
        codes(&error).join(" ")
    };
    let lottery = rule.commit(&numbered(5, 2)).unwrap();
    for text in ["nine", "9 2", "9.2", "9--2", "-9", "1234567890123456789"] {
        assert_eq!(
            error(&lottery, vec![text.into()]),
            "E-LIST-SOURCE",
            "{text}"
        );
    }
    // What could never be drawn is not committed.
    let beacon = lottery.on_terms(terms()).unwrap_err();
    assert!(codes(&beacon).contains(&"E-LIST-SOURCE"), "{beacon}");
    for rule in [
        ListMethod::Rfc3797,
        ListMethod::Rivest,
        ListMethod::Consistent,
    ] {
        let error = DirectRule::List(rule)
            .commit(&small::couples())
            .unwrap_err();
        assert_eq!(codes(&error), ["E-LIST-HOUSEHOLD"]);
    }
}

#[test]
fn a_changed_list_draw_is_rejected() {
    for (rule, texts) in [
        ("rfc3797", ["9-2"]),
        ("rivest", ["5"]),
        ("consistent", ["5"]),
    ] {
        let instance = numbered(20, 4);
        let draw = drawn(rule, &instance, &texts);
        let rejected = |change: &dyn Fn(&mut kleroterion::lottery::DirectTranscript)| {
            let mut transcript = draw.transcript();
            change(&mut transcript);
            transcript.digest = transcript.own_digest().unwrap().to_string();
            let report = audit::examine_direct(&transcript, &instance);
            report.rejected().map(|f| f.claim).collect::<Vec<Claim>>()
        };
        assert_eq!(rejected(&|_| {}), []);
        assert_eq!(
            rejected(&|t| t.draw.alternates.swap(0, 1)),
            [Claim::Alternates]
        );
        let swap = |t: &mut kleroterion::lottery::DirectTranscript| {
            std::mem::swap(&mut t.draw.panel[0], &mut t.draw.alternates[0]);
            t.draw.panel.sort();
        };
        assert!(rejected(&swap).contains(&Claim::Panel));
        assert!(rejected(&|t| t.sources[0] = "6".into()).contains(&Claim::Panel));
        assert!(rejected(&|t| t.draw.attempts = Some(1)).contains(&Claim::Attempts));
    }
}
