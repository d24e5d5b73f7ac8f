//! Terms that leave somebody a choice are refused, each with its own code.

use kleroterion::audit::{self, Claim, Verdict};
use kleroterion::lottery::{
    Balls, Commit, Commitment, Declaration, Dice, Digest, DirectRule, Drawing, NistPulse,
    Predecessor, Software, Sources, StageOne, Terms,
};

use super::{DEADLINE, THROWN, codes, dice, round, small, terms};

fn refused(terms: Terms) -> Vec<String> {
    let error = small::couples_panels().on_terms(terms).unwrap_err();
    codes(&error).into_iter().map(str::to_owned).collect()
}

fn stage_one() -> StageOne {
    StageOne::new(Sources::new(["dice 1-2-3"]).unwrap())
}

fn commitment() -> Commitment {
    small::couples_panels().commitment()
}

#[test]
fn sound_terms_are_accepted() {
    let full = terms()
        .assembly("Test assembly")
        .labels(&stage_one())
        .replaces(Predecessor::new(commitment(), "the pool changed"))
        .registration(commitment())
        .software(Software::this().with_digest(Digest::plain(b"x"), "the released archive"))
        .root("ab".repeat(32), "sha256-rfc9162")
        .replacement(&kleroterion::assembly::Policy::new(
            kleroterion::assembly::Reserves::Ranked,
        ));
    let lottery = small::couples_panels().on_terms(full).unwrap();
    let commit = lottery.commit();
    let bytes = commit.to_json().unwrap();
    let read: Commit = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(*commit, read);
    let text = String::from_utf8(bytes).unwrap();
    for part in [
        "\"labels\":[\"dice 1-2-3\"]",
        "\"published\":1692803000",
        "\"reserves\":\"ranked\"",
        "\"reason\":\"the pool changed\"",
        "\"name\":\"kleroterion\"",
    ] {
        assert!(text.contains(part), "{part} not in {text}");
    }
    assert!(small::alone_compositions().on_terms(terms()).is_ok());
    let two = Terms::new([
        NistPulse::at(60).unwrap().into(),
        Declaration::from(round(1)),
    ]);
    assert!(small::alone_compositions().on_terms(two).is_ok());
    let lotto = Drawing::new("Lotto", (6, 36), 99).unwrap();
    assert!(
        small::alone_compositions()
            .on_terms(Terms::new([lotto.into()]))
            .is_ok()
    );
}

#[test]
fn the_last_source_is_out_of_everybodys_hands() {
    let text = || Declaration::text("the mayor's word").unwrap();
    assert_eq!(refused(Terms::new([])), ["E-TERMS-NONE"]);
    assert_eq!(refused(Terms::new([text()])), ["E-TERMS-LAST"]);
    assert_eq!(
        refused(Terms::new([round(1).into(), dice().into()])),
        ["E-TERMS-LAST", "E-TERMS-ORDER", "E-TERMS-PAUSE"]
    );
    let balls = Balls::new(12).unwrap();
    assert_eq!(
        refused(Terms::new([round(1).into(), balls.into()])),
        ["E-TERMS-LAST"]
    );
    let fallback = terms().fallback(1, DEADLINE, text());
    assert_eq!(refused(fallback), ["E-TERMS-LAST"]);
}

#[test]
fn times() {
    assert_eq!(refused(terms().published(THROWN)), ["E-TERMS-EARLY"]);
    // Dice, beacon and fallback are all too early.
    let late = terms().published(1_692_900_000);
    assert_eq!(refused(late), ["E-TERMS-EARLY"; 3]);
    let order = Terms::new([
        NistPulse::at(1_692_900_000).unwrap().into(),
        Declaration::from(round(5)),
    ]);
    assert_eq!(refused(order), ["E-TERMS-ORDER"]);
    let beacon = round(123);
    let after = |pause: u64| {
        let dice = Dice::new(1, 6).unwrap().at(beacon.time() - pause);
        small::couples_panels().on_terms(Terms::new([dice.into(), beacon.clone().into()]))
    };
    assert!(after(600).is_ok());
    assert_eq!(codes(&after(599).unwrap_err()), ["E-TERMS-PAUSE"]);
}

#[test]
fn fallbacks() {
    let with =
        |source, deadline, number| refused(terms().fallback(source, deadline, round(number)));
    assert_eq!(with(2, DEADLINE, 2000), ["E-TERMS-FALLBACK"]);
    // Not after the source, not before the fallback.
    assert_eq!(with(1, round(123).time(), 2000), ["E-TERMS-FALLBACK"]);
    assert_eq!(with(1, round(2000).time(), 2000), ["E-TERMS-FALLBACK"]);
    assert_eq!(with(1, DEADLINE, 1000), ["E-TERMS-SAME"]);
    assert_eq!(with(1, DEADLINE, 123), ["E-TERMS-SAME", "E-TERMS-FALLBACK"]);
    let text = Declaration::text("what the radio says").unwrap();
    let hidden = Terms::new([text, round(123).into()]).fallback(0, 5, round(124));
    assert_eq!(refused(hidden), ["E-TERMS-SAME"]);
    assert!(
        small::couples_panels()
            .on_terms(terms().fallback(0, THROWN + 1, round(3000)))
            .is_ok()
    );
    // Whoever knows the beacon may not choose whether the dice were missing.
    assert_eq!(with(0, round(123).time(), 3000), ["E-TERMS-FALLBACK"]);
}

/// Why the terms of a record made by hand are not checked; `None` when they are.
fn open(change: impl FnOnce(&mut serde_json::Value)) -> Option<String> {
    let lottery = small::couples_panels().on_terms(terms()).unwrap();
    let mut commit = serde_json::to_value(lottery.commit()).unwrap();
    change(&mut commit);
    let mut transcript =
        serde_json::to_value(small::draw(small::couples_panels()).transcript()).unwrap();
    transcript["commit"] = commit;
    let transcript = serde_json::from_value(transcript).unwrap();
    let report = audit::examine(&transcript, &small::couples());
    match &report.finding(Claim::SourceTerms).unwrap().verdict {
        Verdict::NotChecked(why) => Some(why.clone()),
        Verdict::Checked => None,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_no_file_can_settle_is_not_called_checked() {
    assert_eq!(open(|_| {}), None);
    let why = open(|commit| {
        commit["sources"][0].as_object_mut().unwrap().remove("time");
    });
    assert!(why.unwrap().contains("came before the last source"));
    let why = open(|commit| {
        let mut late = commit["fallback"][0].clone();
        late["for"] = 0.into();
        commit["fallback"].as_array_mut().unwrap().push(late);
    });
    assert!(why.unwrap().contains("before the last source"));
    // A network of one's own, whose name and hash follow from its key.
    let why = open(|commit| {
        let chain = commit["sources"][1].as_object_mut().unwrap();
        chain.insert("beacon".into(), "quicknet-2".into());
        let mut hashed = 3_u32.to_be_bytes().to_vec();
        hashed.extend(chain["genesis"].as_u64().unwrap().to_be_bytes());
        for name in ["public_key", "group"] {
            let digits = chain[name].as_str().unwrap();
            let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
            hashed.extend((0..digits.len()).step_by(2).map(byte));
        }
        hashed.extend(b"quicknet-2");
        chain.insert("chain".into(), Digest::plain(&hashed).to_string().into());
    });
    assert!(why.unwrap().contains("only quicknet is known here"));
}

#[test]
fn a_signature_of_an_unknown_network_is_not_called_checked() {
    let mut transcript: serde_json::Value = serde_json::from_str(include_str!(
        "../../vectors/transcript-couples-ceremony.json"
    ))
    .unwrap();
    let verdict = |transcript: &serde_json::Value| {
        let read = serde_json::from_value(transcript.clone()).unwrap();
        let report = audit::examine(&read, &small::couples());
        report.finding(Claim::Signatures).unwrap().verdict.clone()
    };
    assert_eq!(verdict(&transcript), Verdict::Checked);
    transcript["commit"]["sources"][1]["beacon"] = "quicknet-2".into();
    assert!(matches!(verdict(&transcript), Verdict::NotChecked(_)));
}

#[test]
fn a_policy_that_there_is_not_is_no_known_format() {
    let mut transcript: serde_json::Value = serde_json::from_str(include_str!(
        "../../vectors/transcript-couples-ceremony.json"
    ))
    .unwrap();
    transcript["commit"]["replacement"]["reserves"] = "whoever".into();
    transcript["commit"]["registration"] = "zz".into();
    let read = serde_json::from_value(transcript).unwrap();
    let report = audit::examine(&read, &small::couples());
    for claim in [Claim::Version, Claim::Registration] {
        let verdict = &report.finding(claim).unwrap().verdict;
        assert!(
            matches!(verdict, Verdict::Rejected(_)),
            "{claim}: {verdict:?}"
        );
    }
}

#[test]
fn balls_and_labels() {
    let after = |tickets: u64| {
        Terms::new([
            Balls::new(tickets).unwrap().into(),
            Declaration::from(round(123)),
        ])
    };
    assert!(small::couples_panels().on_terms(after(12)).is_ok());
    assert_eq!(refused(after(11)), ["E-TERMS-BALLS"]);
    let error = small::couples_compositions()
        .on_terms(after(1_000_000_000_000))
        .unwrap_err();
    assert_eq!(codes(&error), ["E-TERMS-BALLS"]);
    assert!(error.to_string().contains("a list of panels"), "{error}");
    let balls = Balls::new(12).unwrap();
    let twice = Terms::new([balls.into(), balls.into(), Declaration::from(round(123))]);
    assert_eq!(refused(twice), ["E-TERMS-BALLS"]);
    let error = small::couples_compositions()
        .on_terms(terms().labels(&stage_one()))
        .unwrap_err();
    assert_eq!(codes(&error), ["E-TERMS-LABELS"]);
    let direct = DirectRule::Random.commit(&small::alone()).unwrap();
    let error = direct
        .clone()
        .on_terms(after(12).labels(&stage_one()))
        .unwrap_err();
    assert_eq!(codes(&error), ["E-TERMS-LABELS", "E-TERMS-BALLS"]);
    assert!(direct.on_terms(terms()).is_ok());
}

#[test]
fn texts_are_not_blank() {
    let blank = Predecessor::new(commitment(), " ");
    assert_eq!(refused(terms().replaces(blank)), ["E-TERMS-TEXT"]);
    assert_eq!(refused(terms().assembly("")), ["E-TERMS-TEXT"]);
    let of = Software::this().with_digest(Digest::plain(b""), "");
    assert_eq!(refused(terms().software(of)), ["E-TERMS-TEXT"]);
    assert_eq!(
        refused(terms().root("ab", "sha256-rfc9162")),
        ["E-TERMS-FORM"]
    );
}

#[test]
fn a_chain_is_bound_to_its_key() {
    // Every field of the network enters the chain hash, and the round's time follows.
    let changes = [
        ("genesis", 1),
        ("period", 4),
        ("round", 124),
        ("round_time", 7),
    ];
    for (name, value) in changes {
        let lottery = small::couples_panels().on_terms(terms()).unwrap();
        let mut commit = serde_json::to_value(lottery.commit()).unwrap();
        commit["sources"][1][name] = value.into();
        assert_eq!(source_terms(commit), Some("drand"), "{name}");
    }
    let other = "ab".repeat(96);
    for (name, value) in [
        ("group", &other[..64]),
        ("chain", &other[..64]),
        ("public_key", &other),
        ("beacon", "x"),
    ] {
        let lottery = small::couples_panels().on_terms(terms()).unwrap();
        let mut commit = serde_json::to_value(lottery.commit()).unwrap();
        commit["sources"][1][name] = value.into();
        assert_eq!(source_terms(commit), Some("drand"), "{name}");
    }
}

/// The first word of why a commitment's terms are rejected.
fn source_terms(commit: serde_json::Value) -> Option<&'static str> {
    let mut transcript =
        serde_json::to_value(small::draw(small::couples_panels()).transcript()).unwrap();
    transcript["commit"] = commit;
    let transcript = serde_json::from_value(transcript).unwrap();
    let report = audit::examine(&transcript, &small::couples());
    match &report.finding(Claim::SourceTerms)?.verdict {
        Verdict::Rejected(step) if step.contains("drand") => Some("drand"),
        Verdict::Rejected(_) => Some("other"),
        _ => None,
    }
}
