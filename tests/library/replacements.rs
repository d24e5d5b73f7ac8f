//! Who steps in when somebody drops out: each policy by hand, and the record that replays.

use kleroterion::assembly::{
    Alternates, Dropout, Outcome, Policy, ReplacementRecord, Reserves, Vacancy,
};
use kleroterion::audit::{self, Claim, Transcript};
use kleroterion::lottery::Sources;
use kleroterion::{Instance, Pool, Quotas, Rule};

/// Four seats: two women and two men, two young and two old. `a` and `b` are young women, `c`, `d` young men, `e`, `f` old women, `g`, `h` old men.
fn instance() -> Instance {
    let quotas = Quotas::builder()
        .feature("age")
        .value("young", 2..=2)
        .value("old", 2..=2)
        .feature("sex")
        .value("woman", 2..=2)
        .value("man", 2..=2);
    let people = [
        ("a", "young", "woman"),
        ("b", "young", "woman"),
        ("c", "young", "man"),
        ("d", "young", "man"),
        ("e", "old", "woman"),
        ("f", "old", "woman"),
        ("g", "old", "man"),
        ("h", "old", "man"),
    ];
    let pool = people.iter().fold(Pool::builder(), |pool, (id, age, sex)| {
        pool.person(*id, [("age", *age), ("sex", *sex)])
    });
    Instance::new(pool.build().unwrap(), quotas.build().unwrap(), 4).unwrap()
}

fn left(list: &[(&str, &str)]) -> Vec<Dropout> {
    let dropout = |&(date, id): &(&str, &str)| Dropout {
        date: date.to_owned(),
        id: id.to_owned(),
    };
    list.iter().map(dropout).collect()
}

fn by(id: &str) -> Outcome {
    Outcome::ReplacedBy(id.to_owned())
}

/// Outcomes and, after each, what is missed.
fn told(alternates: &[&str], policy: &Policy, dropouts: &[(&str, &str)]) -> Vec<(Outcome, String)> {
    let instance = instance();
    let drawn = Alternates::new(&instance, &["a", "c", "e", "g"], alternates).unwrap();
    let story = drawn.replay(policy, &left(dropouts)).unwrap();
    let text = |step: &kleroterion::assembly::Step| {
        let missed: Vec<String> = step.missed.iter().map(ToString::to_string).collect();
        (step.outcome.clone(), missed.join("; "))
    };
    story.steps.iter().map(text).collect()
}

const DAY: &str = "2026-01-01";

#[test]
fn ranked_takes_the_first_who_keeps_the_quotas_or_misses_them_least() {
    let ranked = Policy::new(Reserves::Ranked);
    let kept = told(&["h", "d", "b", "f"], &ranked, &[(DAY, "a")]);
    assert_eq!(kept, [(by("b"), String::new())]);
    // h misses four seats (sex and age), d two, f two: d comes first.
    let least = told(&["h", "d", "f"], &ranked, &[(DAY, "a")]);
    let missed = "sex = man: 3, asked 2; sex = woman: 1, asked 2";
    assert_eq!(least, [(by("d"), missed.to_owned())]);
    // Two leave: the second replacement repairs what the first missed.
    let repaired = told(&["d", "b"], &ranked, &[(DAY, "e"), (DAY, "g")]);
    assert_eq!(repaired[0].0, by("b"));
    assert_eq!(repaired[1].0, by("d"));
    assert_eq!(
        repaired[1].1,
        "age = old: 0, asked 2; age = young: 4, asked 2"
    );
}

#[test]
fn matched_takes_an_equal_first_and_then_the_nearest() {
    let matched = Policy::new(Reserves::Matched);
    assert_eq!(
        told(&["d", "f", "b"], &matched, &[(DAY, "a")])[0].0,
        by("b")
    );
    // Nobody equal: h agrees in nothing and misses most; d and f agree in one feature and miss two seats each.
    assert_eq!(
        told(&["h", "f", "d"], &matched, &[(DAY, "a")])[0].0,
        by("f")
    );
}

#[test]
fn matched_prefers_an_equal_even_where_another_would_repair_a_quota() {
    // After a and c left for f and h (nobody else was there) the panel is old; now e leaves: b would repair, but nobody is equal to e.
    let matched = Policy::new(Reserves::Matched);
    let story = told(&["f", "h"], &matched, &[(DAY, "a"), (DAY, "c"), (DAY, "e")]);
    assert_eq!(story[0].0, by("f"));
    assert_eq!(story[1].0, by("h"));
    assert_eq!(story[2].0, Outcome::Vacant(Vacancy::NobodyLeft));
    assert_eq!(
        story[2].1,
        "age = old: 3, asked 2; age = young: 0, asked 2; sex = woman: 1, asked 2"
    );
}

#[test]
fn a_shadow_takes_one_seat_and_nobody_else_does() {
    let instance = instance();
    let drawn = Alternates::new(&instance, &["g", "a", "c", "e"], &["h", "f", "b", "d"]).unwrap();
    assert_eq!(
        drawn.shadows(),
        [("a", "b"), ("c", "d"), ("e", "f"), ("g", "h")]
    );
    let policy = Policy::new(Reserves::Shadows);
    let story = drawn.replay(
        &policy,
        &left(&[(DAY, "d"), (DAY, "c"), (DAY, "a"), (DAY, "b")]),
    );
    let outcomes: Vec<Outcome> = story
        .unwrap()
        .steps
        .into_iter()
        .map(|s| s.outcome)
        .collect();
    let gone = Outcome::Vacant(Vacancy::NoShadow);
    assert_eq!(outcomes, [Outcome::OffTheList, gone.clone(), by("b"), gone]);
    // Fewer alternates than members: equals first, then the nearest; e (old woman) and h (old man) agree in age.
    let few = Alternates::new(&instance, &["a", "e"], &["h", "b"]).unwrap();
    assert_eq!(few.shadows(), [("a", "b"), ("e", "h")]);
}

#[test]
fn the_cut_off_is_the_last_day_and_none_replaces_nobody() {
    let policy = Policy::new(Reserves::Ranked).until("2026-02-01");
    let story = told(
        &["b", "d"],
        &policy,
        &[("2026-02-01", "a"), ("2026-02-02", "c")],
    );
    assert_eq!(story[0], (by("b"), String::new()));
    let missed = "age = young: 1, asked 2; sex = man: 1, asked 2";
    assert_eq!(
        story[1],
        (Outcome::Vacant(Vacancy::AfterCutOff), missed.to_owned())
    );
    let none = told(&["b"], &Policy::new(Reserves::None), &[(DAY, "a")]);
    assert_eq!(none[0].0, Outcome::Vacant(Vacancy::NoReserves));
}

#[test]
fn nobody_joins_who_lives_with_a_member() {
    let quotas = Quotas::builder()
        .feature("sex")
        .value("woman", 0..=3)
        .value("man", 0..=3);
    let pool = Pool::builder()
        .housemate("a", "1 Oak Street", [("sex", "woman")])
        .housemate("b", "2 Oak Street", [("sex", "man")])
        .housemate("c", "2 Oak Street", [("sex", "woman")])
        .housemate("d", "1 Oak Street", [("sex", "woman")]);
    let instance = Instance::new(pool.build().unwrap(), quotas.build().unwrap(), 2).unwrap();
    let drawn = Alternates::new(&instance, &["a", "b"], &["c", "d"]).unwrap();
    for reserves in [Reserves::Ranked, Reserves::Matched, Reserves::Shadows] {
        let story = drawn
            .replay(&Policy::new(reserves), &left(&[(DAY, "a"), (DAY, "b")]))
            .unwrap();
        let outcomes: Vec<Outcome> = story.steps.into_iter().map(|s| s.outcome).collect();
        assert_eq!(outcomes, [by("d"), by("c")], "{reserves}");
    }
}

#[test]
fn of_a_household_as_many_join_as_may_sit() {
    let quotas = Quotas::builder().feature("sex").value("woman", 0..=3);
    let ids = ["a", "b", "c", "d"].into_iter();
    let pool = ids.fold(Pool::builder().household_most(2), |pool, id| {
        pool.housemate(id, "1 Oak Street", [("sex", "woman")])
    });
    let pool = pool
        .person("e", [("sex", "woman")])
        .person("f", [("sex", "woman")]);
    let instance = Instance::new(pool.build().unwrap(), quotas.build().unwrap(), 3).unwrap();
    let drawn = Alternates::new(&instance, &["a", "b", "e"], &["c", "d", "f"]).unwrap();
    for reserves in [Reserves::Ranked, Reserves::Matched, Reserves::Shadows] {
        let story = drawn
            .replay(&Policy::new(reserves), &left(&[(DAY, "e"), (DAY, "a")]))
            .unwrap();
        let outcomes: Vec<Outcome> = story.steps.into_iter().map(|s| s.outcome).collect();
        // two of the home sit: only f may come for e; when a leaves, c may come
        assert_eq!(outcomes, [by("f"), by("c")], "{reserves}");
    }
}

#[test]
fn a_longer_list_begins_with_the_same_steps() {
    let instance = instance();
    let drawn = Alternates::new(&instance, &["a", "c", "e", "g"], &["h", "d", "b", "f"]).unwrap();
    let list = left(&[
        (DAY, "c"),
        (DAY, "h"),
        ("2026-01-02", "g"),
        ("2026-01-03", "d"),
    ]);
    for reserves in [
        Reserves::Ranked,
        Reserves::Matched,
        Reserves::Shadows,
        Reserves::None,
    ] {
        let policy = Policy::new(reserves);
        let whole = drawn.replay(&policy, &list).unwrap();
        for length in 0..list.len() {
            let part = drawn.replay(&policy, &list[..length]).unwrap();
            assert_eq!(part.steps, whole.steps[..length]);
        }
    }
}

#[test]
fn every_problem_is_told_at_once() {
    let instance = instance();
    let error = Alternates::new(&instance, &["a", "z"], &["a", "b"]).unwrap_err();
    let expected = "E-ALTERNATE-ID: found \"z\", expected an id of the pool\n\
                    E-ALTERNATE-TWICE: found \"a\" again, expected everybody once, on the panel or among the alternates";
    assert_eq!(error.to_string(), expected);
    let drawn = Alternates::new(&instance, &["a", "c"], &["b"]).unwrap();
    let list = left(&[
        ("2026-02-02", "a"),
        ("2026-02-01", "a"),
        ("1 March", "z"),
        ("2026-03-01", "h"),
    ]);
    let error = drawn
        .replay(&Policy::new(Reserves::Ranked).until("2026-02-30"), &list)
        .unwrap_err();
    let day = "expected a day of the calendar as YYYY-MM-DD";
    let known = "expected an id of the panel or of the alternates";
    let expected = [
        format!("E-DROPOUT-DATE: found the cut-off \"2026-02-30\", {day}"),
        "E-DROPOUT-ORDER: found dropout 2: 2026-02-01 after 2026-02-02, expected the list in order of days: it only grows at its end".to_owned(),
        "E-DROPOUT-TWICE: found dropout 2: \"a\" again, expected everybody drops out once".to_owned(),
        format!("E-DROPOUT-DATE: found dropout 3: \"1 March\", {day}"),
        format!("E-DROPOUT-ID: found dropout 3: \"z\", {known}"),
        format!("E-DROPOUT-ID: found dropout 4: \"h\", {known}"),
    ];
    assert_eq!(error.to_string(), expected.join("\n"));
}

/// A drawn panel of which the first two have left.
fn recorded() -> (Instance, Transcript, ReplacementRecord) {
    let instance = instance();
    let lottery = Rule::Leximin
        .distribution(&instance)
        .unwrap()
        .into_lottery();
    let transcript = lottery
        .draw(&Sources::new(["3-5"]).unwrap())
        .unwrap()
        .transcript();
    let drawn = Alternates::new(
        &instance,
        &transcript.draw.panel,
        &transcript.draw.alternates,
    )
    .unwrap();
    let list = left(&[
        (DAY, &transcript.draw.panel[0]),
        (DAY, &transcript.draw.panel[1]),
    ]);
    let policy = Policy::new(Reserves::Ranked).until("2026-06-01");
    let record = ReplacementRecord::new(&drawn, &transcript.digest, policy, list).unwrap();
    (instance, transcript, record)
}

#[test]
fn an_honest_record_holds() {
    let (instance, transcript, record) = recorded();
    let report = audit::verify_replacements(&record, &transcript, &instance).unwrap();
    let open: Vec<Claim> = report.not_checked().map(|f| f.claim).collect();
    assert_eq!(open, [Claim::Order]);
    let text = String::from_utf8(record.to_json().unwrap()).unwrap();
    let read: ReplacementRecord = serde_json::from_str(&text).unwrap();
    assert_eq!(read, record);
}

#[test]
fn no_changed_record_holds() {
    let (instance, transcript, record) = recorded();
    // Sealed again after every change: the digest alone must not be what catches it.
    let rejected = |change: &dyn Fn(&mut ReplacementRecord)| {
        let mut forged = record.clone();
        change(&mut forged);
        forged.digest = forged.own_digest().unwrap().to_string();
        let report = audit::examine_replacements(&forged, &transcript, &instance);
        report.rejected().map(|f| f.claim).collect::<Vec<_>>()
    };
    assert_eq!(rejected(&|_| ()), []);
    assert_eq!(
        rejected(&|r| r.version = "kleroterion-replacements/2".into()),
        [Claim::Version]
    );
    assert_eq!(
        rejected(&|r| r.transcript = "0".repeat(64)),
        [Claim::Transcript]
    );
    assert_eq!(rejected(&|r| r.outcomes.swap(0, 1)), [Claim::Replacements]);
    assert_eq!(rejected(&|r| r.panel.swap(0, 1)), [Claim::Panel]);
    assert_eq!(
        rejected(&|r| {
            r.outcomes.pop();
        }),
        [Claim::Replacements]
    );
    assert_eq!(
        rejected(&|r| r.policy.reserves = Reserves::None),
        [Claim::Replacements, Claim::Panel]
    );
    assert_eq!(
        rejected(&|r| r.dropouts[0].date = "yesterday".into()),
        [Claim::Replacements]
    );
    let mut unsealed = record.clone();
    unsealed.digest = "0".repeat(64);
    assert!(audit::verify_replacements(&unsealed, &transcript, &instance).is_err());
    let mut other = transcript.clone();
    other.draw.alternates.swap(0, 1);
    let report = audit::examine_replacements(&record, &other, &instance);
    assert!(
        report.rejected().any(|f| f.claim == Claim::Transcript),
        "{report}"
    );
}
