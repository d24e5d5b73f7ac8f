//! Every type of source: what is taken as its value, and what is not.

use kleroterion::lottery::{
    Balls, Declaration, Dice, DrandChain, Drawing, Entry, Fallback, NistPulse, Scalar,
};

use super::{SIGNATURE_123, SIGNATURE_1000, codes, round};

fn check(declaration: impl Into<Declaration>, good: &[&str], bad: &[&str]) {
    let declaration = declaration.into();
    assert_eq!(
        Declaration::read(&declaration.entry()),
        Some(declaration.clone())
    );
    for text in good {
        assert!(declaration.takes(text), "{text:?} is {declaration}");
    }
    for text in bad {
        assert!(!declaration.takes(text), "{text:?} is not {declaration}");
    }
}

#[test]
fn dice() {
    let bad = [
        "dice 3-5-4",
        "dice 3-5-4-6-1",
        "dice 3-5-4-7",
        "dice 3-5-4-0",
        "dice 3 5 4 6",
        "dice  3-5-4-6",
        "dice 03-5-4-6",
        "3-5-4-6",
        "Dice 3-5-4-6",
        "dice 3-5-4-6.",
        "dice -5-4-6",
        "dice 3-5-4-٦",
    ];
    check(
        Dice::new(4, 6).unwrap(),
        &["dice 3-5-4-6", "dice 1-1-1-1"],
        &bad,
    );
    check(
        Dice::new(2, 10).unwrap().at(9),
        &["dice 0-9"],
        &["dice 10-1", "dice 0-10"],
    );
    check(
        Dice::new(1, 20).unwrap(),
        &["dice 20", "dice 1"],
        &["dice 0", "dice 21"],
    );
    assert_eq!(
        Dice::new(3, 6).unwrap().text(&[1, 6, 2]).unwrap(),
        "dice 1-6-2"
    );
    assert!(Dice::new(3, 6).unwrap().text(&[1, 6]).is_err());
    for (count, sides) in [(0, 6), (1001, 6), (1, 1), (1, 1001)] {
        assert_eq!(
            codes(&Dice::new(count, sides).unwrap_err()),
            ["E-TERMS-FORM"]
        );
    }
}

#[test]
fn balls() {
    let good = ["balls 000", "balls 417", "balls 999"];
    let bad = [
        "balls 7",
        "balls 07",
        "balls 0007",
        "balls 1000",
        "balls",
        "417",
        "balls +07",
    ];
    check(Balls::new(1000).unwrap(), &good, &bad);
    check(
        Balls::new(12).unwrap().at(5),
        &["balls 00", "balls 11"],
        &["balls 12"],
    );
    check(
        Balls::new(1).unwrap(),
        &["balls 0"],
        &["balls 1", "balls 00"],
    );
    assert_eq!(Balls::new(10).unwrap().text(7).unwrap(), "balls 7");
    assert!(Balls::new(10).unwrap().text(10).is_err());
    assert!(Balls::new(0).is_err());
}

#[test]
fn a_public_lottery() {
    let lotto = Drawing::new("Lotto, 5 December 2026", (3, 36), 1_796_493_600).unwrap();
    let bad = [
        "lottery 17-9-31 Lotto, 5 December 2026",
        "lottery 9-9-31 Lotto, 5 December 2026",
        "lottery 9-17-37 Lotto, 5 December 2026",
        "lottery 0-17-31 Lotto, 5 December 2026",
        "lottery 9-17 Lotto, 5 December 2026",
        "lottery 9-17-31",
        "lottery 9-17-31 Lotto, 6 December 2026",
        "lottery 9-17-31  Lotto, 5 December 2026",
    ];
    check(
        lotto.clone(),
        &["lottery 9-17-31 Lotto, 5 December 2026"],
        &bad,
    );
    assert_eq!(
        lotto.text(&[31, 9, 17]).unwrap(),
        "lottery 9-17-31 Lotto, 5 December 2026"
    );
    assert!(lotto.text(&[9, 9, 17]).is_err());
    let wrong = [
        ("", (3, 36)),
        (" x", (3, 36)),
        ("x", (0, 36)),
        ("x", (37, 36)),
        ("x", (101, 200)),
        ("x", (1, 1_000_001)),
    ];
    for (name, numbers) in wrong {
        assert!(
            Drawing::new(name, numbers, 0).is_err(),
            "{name:?} {numbers:?}"
        );
    }
}

#[test]
fn the_nist_beacon() {
    let pulse = NistPulse::at(1_796_148_000).unwrap();
    let output = "0A".repeat(64);
    let good = pulse.text(&output).unwrap();
    assert_eq!(good, format!("nist 1796148000 {}", "0a".repeat(64)));
    let bad = [
        good.to_uppercase(),
        format!("nist 1796148060 {}", "0a".repeat(64)),
        format!("nist 1796148000 {}", "0A".repeat(64)),
        format!("nist 1796148000 {}", "0a".repeat(63)),
        format!("{good} "),
    ];
    let bad: Vec<&str> = bad
        .iter()
        .map(|text| text.trim_end_matches('\n'))
        .take(4)
        .collect();
    check(pulse, &[&good], &bad);
    assert!(pulse.text("0a").is_err());
    assert!(NistPulse::at(90).is_err());
}

#[test]
fn the_drand_beacon() {
    let good = round(123).text(SIGNATURE_123).unwrap();
    let randomness = "fb8f7bc29bf24db51871ec8c79f3a1e4bd0557bc0dfcee9ed1d924e69d1c60dc";
    assert_eq!(good, format!("drand 123 {randomness} {SIGNATURE_123}"));
    let other = "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd";
    let bad = [
        format!("drand 124 {randomness} {SIGNATURE_123}"),
        format!("drand 0123 {randomness} {SIGNATURE_123}"),
        format!("drand 123 {other} {SIGNATURE_123}"),
        format!("drand 123 {} {SIGNATURE_123}", randomness.to_uppercase()),
        format!("drand 123 {randomness}"),
        format!("drand 123 {randomness} {SIGNATURE_1000}"),
        format!("drand 123 {randomness} {SIGNATURE_123} x"),
        randomness.to_owned(),
    ];
    let bad: Vec<&str> = bad.iter().map(String::as_str).collect();
    check(round(123), &[&good], &bad);
    assert!(round(1000).text(SIGNATURE_1000).unwrap().contains(other));
    assert!(round(123).text(randomness).is_err());
}

#[test]
fn rounds_by_time() {
    let quicknet = DrandChain::quicknet();
    let at = |time| {
        let round = quicknet.round_at(time);
        (round.number(), round.time())
    };
    // 2026-04-20T00:00Z and 2026-12-01T18:00Z.
    assert_eq!(at(1_776_643_200), (27_946_612, 1_776_643_200));
    assert_eq!(at(1_796_148_000), (34_448_212, 1_796_148_000));
    assert_eq!(at(1_796_147_998), (34_448_212, 1_796_148_000));
    assert_eq!(at(1_796_148_001).0, 34_448_213);
    let genesis = 1_692_803_367;
    assert_eq!(at(0), (1, genesis));
    assert_eq!(at(genesis), (1, genesis));
    assert_eq!(at(genesis + 1), (2, genesis + 3));
    assert_eq!(quicknet.round(657_413).unwrap().time(), 1_694_775_603);
    for wrong in [0, u64::MAX, 1 << 53] {
        assert_eq!(codes(&quicknet.round(wrong).unwrap_err()), ["E-TERMS-FORM"]);
    }
    assert!(quicknet.round_at(u64::MAX).number() > 1 << 50);
}

#[test]
fn free_texts() {
    let text = Declaration::text("the mayor's favourite word").unwrap();
    check(text, &["fika", "0", "𝔘𝔫𝔦", "dice 1-2"], &[]);
    assert_eq!(
        codes(&Declaration::text(" ").unwrap_err()),
        ["E-TERMS-FORM"]
    );
}

fn entry(parts: &[(&str, Scalar)]) -> Entry {
    parts
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect()
}

/// Every change of a declaration: a field gone, one too many, a text for a number, a number out of range.
#[test]
fn declarations_of_no_known_form() {
    let all: [Declaration; 5] = [
        Dice::new(4, 6).unwrap().into(),
        Balls::new(10).unwrap().into(),
        Drawing::new("x", (3, 36), 60).unwrap().into(),
        NistPulse::at(60).unwrap().into(),
        round(5).into(),
    ];
    for declaration in all {
        let sound = declaration.entry();
        for name in sound.keys().filter(|name| *name != "beacon") {
            let mut less = sound.clone();
            less.remove(name);
            assert_eq!(Declaration::read(&less), None, "without {name}: {sound:?}");
            let mut other = sound.clone();
            let swapped = match &sound[name] {
                Scalar::Text(_) => Scalar::Integer(1),
                _ => Scalar::Text("1".into()),
            };
            other.insert(name.clone(), swapped);
            assert_eq!(Declaration::read(&other), None, "{name} swapped: {sound:?}");
            if let Scalar::Integer(_) = sound[name] {
                let mut negative = sound.clone();
                negative.insert(name.clone(), Scalar::Integer(-1));
                assert_eq!(Declaration::read(&negative), None, "{name} < 0: {sound:?}");
            }
        }
        let mut more = sound.clone();
        more.insert("x".into(), Scalar::Integer(1));
        assert_eq!(Declaration::read(&more), None);
        let mut stands_in = sound.clone();
        stands_in.insert("for".into(), Scalar::Integer(0));
        assert_eq!(Fallback::read(&stands_in), None, "no deadline");
        stands_in.insert("deadline".into(), Scalar::Integer(9));
        assert!(Fallback::read(&stands_in).is_some());
        stands_in.insert("if".into(), Scalar::Text(" ".into()));
        assert_eq!(Fallback::read(&stands_in), None, "a blank condition");
        stands_in.insert("if".into(), Scalar::Text("not published".into()));
        assert!(Fallback::read(&stands_in).is_some());
    }
    let unknown = [("type", Scalar::Text("coin".into()))];
    assert_eq!(Declaration::read(&entry(&unknown)), None);
    let scheme = |name: &str| {
        let mut other = Declaration::from(round(5)).entry();
        other.insert("scheme".into(), Scalar::Text(name.into()));
        Declaration::read(&other)
    };
    assert!(scheme("bls-unchained-g1-rfc9380").is_some());
    assert_eq!(scheme("pedersen-bls-chained"), None);
}
