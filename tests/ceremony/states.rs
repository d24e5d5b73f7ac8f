//! The states of the ceremony: what each refuses, and what a repeat leaves behind.

use kleroterion::assembly::{Dropout, Outcome, Policy, Reserves};
use kleroterion::audit::{self, Claim, Verdict};
use kleroterion::ceremony::{
    DisputesClosed, LotteryCommitted, PoolCommitted, Progress, Published, Registered,
};
use kleroterion::lottery::{Commit, DirectCommit, DirectRule, Predecessor, Registration, Terms};
use kleroterion::privacy::Screen;
use kleroterion::{Instance, Pool, Quotas};

use super::drawn::verdict;
use super::{PUBLISHED, SIGNATURE_1000, codes, round, small, terms, values};

const DISPUTES: u64 = PUBLISHED - 1000;

fn registered() -> Registered {
    Registered::new(small::couples(), "leximin").assembly("Test assembly")
}

fn closed() -> DisputesClosed {
    registered()
        .commit_pool(DISPUTES)
        .unwrap()
        .close_disputes(DISPUTES)
        .unwrap()
}

fn full_terms() -> Terms {
    terms().replacement(&Policy::new(Reserves::Ranked))
}

fn committed(closed: DisputesClosed) -> LotteryCommitted {
    closed
        .commit_lottery(small::couples_panels(), full_terms())
        .unwrap()
}

fn published(mut ceremony: LotteryCommitted) -> Published {
    for text in values() {
        ceremony.source(text).unwrap();
    }
    ceremony
        .sources_in()
        .unwrap()
        .draw()
        .unwrap()
        .publish()
        .unwrap()
}

fn dropout(date: &str, id: &str) -> Dropout {
    Dropout {
        date: date.into(),
        id: id.into(),
    }
}

#[test]
fn from_registration_to_replacement() {
    let root = "ab".repeat(32);
    let pool = registered()
        .root(&root, "sha256-rfc9162")
        .commit_pool(DISPUTES)
        .unwrap();
    let registration = pool.registration().clone();
    assert_eq!(registration.assembly.as_deref(), Some("Test assembly"));
    let ceremony = committed(pool.close_disputes(DISPUTES + 1).unwrap());
    let commit = ceremony.commit();
    assert_eq!(commit.pool.merkle_root.as_ref(), Some(&root));
    assert_eq!(
        commit.registration,
        Some(registration.commitment().unwrap().to_string())
    );
    assert_eq!(commit.software.as_ref().unwrap().name, "kleroterion");
    let report = audit::examine_registration(&registration, commit);
    assert!(report.holds(), "{report}");
    let mut published = published(ceremony);
    assert!(published.report().holds());
    let open: Vec<Claim> = published.report().not_checked().map(|f| f.claim).collect();
    assert_eq!(
        open,
        [
            Claim::PoolRoot,
            Claim::LaterLevels,
            Claim::Order,
            Claim::Registration,
            Claim::Software
        ]
    );
    let first = published.draw().panel()[0].clone();
    let record = published.replace([dropout("2023-09-01", &first)]).unwrap();
    let (transcript, instance) = (published.transcript(), small::couples());
    let report = audit::verify_replacements(&record, transcript, &instance).unwrap();
    assert_eq!(verdict(&report, Claim::Policy), Some(&Verdict::Checked));
    let mut other = record.clone();
    other.policy.reserves = Reserves::None;
    let report = audit::examine_replacements(&other, transcript, &instance);
    assert!(matches!(
        verdict(&report, Claim::Policy),
        Some(Verdict::Rejected(_))
    ));
}

#[test]
fn disputes_are_open_as_long_as_published() {
    let pool = registered().commit_pool(DISPUTES).unwrap();
    assert_eq!(
        codes(&pool.close_disputes(DISPUTES - 1).unwrap_err()),
        ["E-CEREMONY-DISPUTES"]
    );
    let late = registered()
        .commit_pool(PUBLISHED + 1)
        .unwrap()
        .close_disputes(PUBLISHED + 1)
        .unwrap();
    let error = late
        .commit_lottery(small::couples_panels(), terms())
        .unwrap_err();
    assert_eq!(codes(&error), ["E-CEREMONY-PUBLISHED"]);
    let silent = Terms::new([round(123).into()]);
    let error = closed()
        .commit_lottery(small::couples_panels(), silent)
        .unwrap_err();
    assert_eq!(codes(&error), ["E-CEREMONY-PUBLISHED"]);
    assert_eq!(
        codes(&registered().root("x", "y").commit_pool(1).unwrap_err()),
        ["E-TERMS-FORM"]
    );
    assert!(registered().commit_pool(1 << 53).is_err());
}

#[test]
fn the_lottery_is_of_the_registered_pool() {
    let error = closed()
        .commit_lottery(small::alone_panels(), terms())
        .unwrap_err();
    assert_eq!(codes(&error), ["E-CEREMONY-POOL"]);
    let other_rule = Registered::new(small::couples(), "maximin")
        .commit_pool(1)
        .unwrap();
    let error = other_rule
        .close_disputes(1)
        .unwrap()
        .commit_lottery(small::couples_panels(), terms());
    assert_eq!(codes(&error.unwrap_err()), ["E-CEREMONY-POOL"]);
    let text = kleroterion::lottery::Declaration::text("a word").unwrap();
    let error = closed().commit_lottery(
        small::couples_panels(),
        Terms::new([text]).published(PUBLISHED),
    );
    assert_eq!(codes(&error.unwrap_err()), ["E-TERMS-LAST"]);
}

#[test]
fn sources_come_in_turn_and_once() {
    let mut ceremony = committed(closed());
    assert_eq!(ceremony.missing(), 2);
    let beacon = values().remove(1);
    assert_eq!(
        codes(&ceremony.source(&beacon).unwrap_err()),
        ["E-SOURCE-FORM"],
        "dice come first"
    );
    assert_eq!(
        codes(&ceremony.source("dice 3-5-4").unwrap_err()),
        ["E-SOURCE-FORM"]
    );
    assert_eq!(
        codes(&ceremony.source(" dice 3-5-4-6").unwrap_err()),
        ["E-SOURCE-SPACE"]
    );
    ceremony.source("dice 3-5-4-6").unwrap();
    assert_eq!(ceremony.missing(), 1);
    assert_eq!(
        codes(&ceremony.source("dice 6-6-6-6").unwrap_err()),
        ["E-SOURCE-FORM"],
        "no second throw"
    );
    ceremony
        .source(round(1000).text(SIGNATURE_1000).unwrap())
        .unwrap();
    assert_eq!(
        codes(&ceremony.source(beacon).unwrap_err()),
        ["E-CEREMONY-SOURCE"]
    );
    let drawn = ceremony.sources_in().unwrap();
    assert_eq!(drawn.sources().len(), 2);
    let mut early = committed(closed());
    early.source("dice 3-5-4-6").unwrap();
    assert_eq!(
        codes(&early.sources_in().unwrap_err()),
        ["E-CEREMONY-SOURCE"]
    );
}

#[test]
fn a_false_beacon_is_not_published() {
    let mut ceremony = committed(closed());
    ceremony.source("dice 3-5-4-6").unwrap();
    ceremony
        .source(round(123).text(&"ab".repeat(48)).unwrap())
        .unwrap();
    let error = ceremony
        .sources_in()
        .unwrap()
        .draw()
        .unwrap()
        .publish()
        .unwrap_err();
    assert!(error.to_string().contains("beacon signature"), "{error}");
}

#[test]
fn whoever_withdraws_stays_in_the_lottery() {
    let honest = published(committed(closed()));
    let (drawn, waiting) = (
        honest.draw().panel()[1].clone(),
        honest.draw().alternates()[0].clone(),
    );
    let mut ceremony = committed(closed());
    ceremony.withdraw(dropout("2023-08-22", &waiting)).unwrap();
    ceremony.withdraw(dropout("2023-08-23", &drawn)).unwrap();
    assert_eq!(
        codes(
            &ceremony
                .withdraw(dropout("2023-08-23", &drawn))
                .unwrap_err()
        ),
        ["E-DROPOUT-TWICE"]
    );
    assert_eq!(
        codes(&ceremony.withdraw(dropout("2023-08-23", "x")).unwrap_err()),
        ["E-DROPOUT-ID"]
    );
    let mut published = published(ceremony);
    assert_eq!(
        published.draw().panel(),
        honest.draw().panel(),
        "the draw is the same"
    );
    let record = published.replace([]).unwrap();
    assert_eq!(record.outcomes[0], Outcome::OffTheList);
    assert!(matches!(
        record.outcomes[1],
        Outcome::ReplacedBy(_) | Outcome::Vacant(_)
    ));
    assert!(!record.panel.contains(&drawn));
    let error = published
        .replace([dropout("2023-08-01", &honest.draw().panel()[0])])
        .unwrap_err();
    assert_eq!(codes(&error), ["E-DROPOUT-ORDER"]);
    let later = published
        .replace([dropout("2023-09-01", &honest.draw().panel()[0])])
        .unwrap();
    assert_eq!(
        later.dropouts[..2],
        record.dropouts,
        "the list grows at its end"
    );
    assert_eq!(later.dropouts.len(), 3);
    let mut without = closed()
        .commit_lottery(small::couples_panels(), terms())
        .unwrap();
    assert_eq!(
        codes(&without.withdraw(dropout("2023-08-22", &drawn)).unwrap_err()),
        ["E-CEREMONY-POLICY"]
    );
}

fn chain(commits: &[&Commit]) -> Result<(), String> {
    let commits: Vec<Commit> = commits.iter().map(|&commit| commit.clone()).collect();
    match &audit::examine_chain(&commits).findings()[0].verdict {
        Verdict::Checked => Ok(()),
        other => Err(format!("{other:?}")),
    }
}

#[test]
fn a_repeat_shows_in_the_chain() {
    let first = committed(closed());
    let one = first.commit().clone();
    let again = first
        .replace_pool(small::couples(), "somebody was entered twice")
        .unwrap();
    let pool = again.commit_pool(DISPUTES).unwrap();
    let named = pool.registration().predecessor.clone().unwrap();
    assert_eq!(named.reason, "somebody was entered twice");
    let second = committed(pool.close_disputes(DISPUTES).unwrap());
    let two = second.commit().clone();
    assert_eq!(
        two.predecessor.as_ref().unwrap().commitment,
        one.commitment().unwrap().to_string()
    );
    let after = published(second);
    let report = after.report();
    assert!(matches!(
        verdict(report, Claim::Predecessor),
        Some(Verdict::NotChecked(_))
    ));
    let third = after
        .repeat(small::couples(), "the seal of the bowl was broken")
        .unwrap();
    let third = committed(
        third
            .commit_pool(DISPUTES)
            .unwrap()
            .close_disputes(DISPUTES)
            .unwrap(),
    );
    let three = third.commit();
    chain(&[&one]).unwrap();
    chain(&[&one, &two, three]).unwrap();
    for broken in [
        &[&one, three][..],
        &[&two, three],
        &[&two, &one],
        &[&one, &one],
        &[],
    ] {
        assert!(chain(broken).is_err(), "{broken:?}");
    }
    let twice = chain(&[&one, &two, three, &two]).unwrap_err();
    assert!(twice.contains("stands twice"), "{twice}");
}

#[test]
fn a_dispute_that_is_upheld_starts_again() {
    let first = registered().commit_pool(DISPUTES).unwrap();
    let before = first.commitment().unwrap().to_string();
    let second = first
        .amend(small::alone(), "a list was missing")
        .unwrap()
        .commit_pool(DISPUTES)
        .unwrap();
    let registration = second.registration();
    assert_eq!(
        registration.predecessor.as_ref().unwrap().commitment,
        before
    );
    assert_eq!(registration.assembly.as_deref(), Some("Test assembly"));
    let lottery = second
        .close_disputes(DISPUTES)
        .unwrap()
        .commit_lottery(small::alone_panels(), terms());
    assert_eq!(
        lottery.unwrap().commit().predecessor,
        None,
        "no lottery was replaced"
    );
}

#[test]
fn a_ceremony_goes_on_from_its_files() {
    let pool = registered().commit_pool(DISPUTES).unwrap();
    let bytes = pool.registration().to_json().unwrap();
    let registration: Registration =
        kleroterion::io::json::parse(&bytes, "registration.json").unwrap();
    assert_eq!(&registration, pool.registration());
    let again = PoolCommitted::resume(registration.clone(), small::couples(), None).unwrap();
    assert_eq!(again.commitment().unwrap(), pool.commitment().unwrap());
    assert_eq!(
        codes(&PoolCommitted::resume(registration.clone(), small::alone(), None).unwrap_err()),
        ["E-CEREMONY-POOL"]
    );
    let ceremony = committed(again.close_disputes(DISPUTES).unwrap());
    let (lottery, commitment) = (ceremony.lottery().clone(), ceremony.commitment());
    let (record, certificate) = (lottery.record().clone(), lottery.certificate().clone());
    let reopened = audit::reopen(
        lottery.commit().clone(),
        record,
        certificate,
        lottery.instance(),
    )
    .unwrap();
    let nothing_yet = ceremony.progress();
    let resumed = LotteryCommitted::resume(reopened, registration.clone(), &nothing_yet).unwrap();
    assert_eq!(resumed.commitment(), commitment);
    assert_eq!(
        published(resumed).transcript().draw,
        published(ceremony).transcript().draw
    );
    let other = small::couples_panels().on_terms(terms()).unwrap();
    assert!(
        LotteryCommitted::resume(other, registration, &nothing_yet).is_err(),
        "it names no registration"
    );
}

/// As a file and back.
fn through_a_file(ceremony: &LotteryCommitted) -> Progress {
    let bytes = ceremony.progress().to_json().unwrap();
    kleroterion::io::json::parse(&bytes, "progress.json").unwrap()
}

fn registration() -> Registration {
    let pool = registered().commit_pool(DISPUTES).unwrap();
    pool.registration().clone()
}

#[test]
fn who_withdrew_and_what_was_thrown_is_not_forgotten() {
    let mut ceremony = committed(closed());
    let lottery = ceremony.lottery().clone();
    ceremony.withdraw(dropout("2023-08-22", "p1")).unwrap();
    ceremony.source("dice 3-5-4-6").unwrap();
    let progress = through_a_file(&ceremony);
    let mut resumed = LotteryCommitted::resume(lottery.clone(), registration(), &progress).unwrap();
    assert_eq!(resumed.progress(), progress);
    assert_eq!(resumed.missing(), 1, "the dice cannot be thrown again");
    let again = resumed.withdraw(dropout("2023-08-23", "p1")).unwrap_err();
    assert_eq!(codes(&again), ["E-DROPOUT-TWICE"]);
    resumed.source(values()[1].clone()).unwrap();
    let mut drawn = resumed
        .sources_in()
        .unwrap()
        .draw()
        .unwrap()
        .publish()
        .unwrap();
    assert_eq!(drawn.replace([]).unwrap().dropouts.len(), 1);
    let mut other = progress.clone();
    other.sources[0] = "dice 3-5-4-7".into();
    let refused = |progress: &Progress| {
        let error = LotteryCommitted::resume(lottery.clone(), registration(), progress);
        codes(&error.unwrap_err()).join(" ")
    };
    assert_eq!(refused(&other), "E-SOURCE-FORM");
    other.clone_from(&progress);
    other.version = "kleroterion-progress/2".into();
    assert_eq!(refused(&other), "E-CEREMONY-PROGRESS");
    other.clone_from(&progress);
    other.commitment = small::couples_panels().commitment();
    assert_eq!(refused(&other), "E-CEREMONY-PROGRESS");
}

#[test]
fn a_published_draw_goes_on_from_its_files() {
    let mut ceremony = committed(closed());
    ceremony.withdraw(dropout("2023-08-22", "p1")).unwrap();
    for text in values() {
        ceremony.source(text).unwrap();
    }
    let progress = through_a_file(&ceremony);
    let mut first = ceremony
        .sources_in()
        .unwrap()
        .draw()
        .unwrap()
        .publish()
        .unwrap();
    let member = first.replace([]).unwrap().panel[0].clone();
    let record = first.replace([dropout("2023-09-01", &member)]).unwrap();
    let resume = |progress: &Progress| {
        Published::resume(
            first.transcript(),
            registration(),
            small::couples(),
            progress,
        )
    };
    let mut second = resume(&progress).unwrap().after(&record).unwrap();
    assert_eq!(second.transcript(), first.transcript());
    assert_eq!(second.replace([]).unwrap(), record);
    // Somebody who withdrew is left out; sources of another draw; not all sources.
    let mut forgetful = progress.clone();
    forgetful.dropouts.clear();
    let mut without = resume(&forgetful).unwrap();
    let short = without.replace([]).unwrap();
    let error = resume(&progress).unwrap().after(&short).unwrap_err();
    assert_eq!(codes(&error), ["E-CEREMONY-PROGRESS"]);
    let mut other = progress.clone();
    other.sources[0] = "dice 6-5-4-6".into();
    let error = resume(&other).unwrap_err();
    assert!(error.to_string().contains("another transcript"), "{error}");
    other.sources.pop();
    assert_eq!(codes(&resume(&other).unwrap_err()), ["E-CEREMONY-SOURCE"]);
}

#[test]
fn a_repeat_shows_after_a_break_too() {
    let first = committed(closed());
    let one = first.commit().clone();
    let again = first.replace_pool(small::couples(), "somebody was entered twice");
    let registration = again.unwrap().commit_pool(DISPUTES).unwrap();
    let registration = registration.registration().clone();
    let resumed = PoolCommitted::resume(registration, small::couples(), Some(&one)).unwrap();
    let second = committed(resumed.close_disputes(DISPUTES).unwrap());
    chain(&[&one, second.commit()]).unwrap();
    // One that replaces nothing cannot replace a lottery.
    let plain = self::registration();
    let error = PoolCommitted::resume(plain, small::couples(), Some(&one)).unwrap_err();
    assert_eq!(codes(&error), ["E-CEREMONY-EARLIER"]);
}

#[test]
fn days_and_reasons_are_looked_at_when_they_are_said() {
    let mut ceremony = committed(closed());
    let mut refused = |date: &str| {
        let error = ceremony.withdraw(dropout(date, "p2")).unwrap_err();
        codes(&error).join(" ")
    };
    assert_eq!(refused("soon"), "E-DROPOUT-DATE");
    assert_eq!(refused("2023-02-29"), "E-DROPOUT-DATE");
    ceremony.withdraw(dropout("2023-08-22", "p1")).unwrap();
    let early = ceremony.withdraw(dropout("2023-08-21", "p2")).unwrap_err();
    assert_eq!(codes(&early), ["E-DROPOUT-ORDER"]);
    let blank = ceremony.replace_pool(small::couples(), " ").unwrap_err();
    assert_eq!(codes(&blank), ["E-CEREMONY-REASON"]);
    let pool = registered().commit_pool(DISPUTES).unwrap();
    let blank = pool.amend(small::couples(), "").unwrap_err();
    assert_eq!(codes(&blank), ["E-CEREMONY-REASON"]);
    let until = Policy::new(Reserves::Ranked).until("the end of the year");
    let terms = terms().replacement(&until);
    let error = closed().commit_lottery(small::couples_panels(), terms);
    assert_eq!(codes(&error.unwrap_err()), ["E-DROPOUT-DATE"]);
}

/// Two people, one of whom has a text like a CPR number as id.
fn pool_with(id: &str) -> Instance {
    let quotas = Quotas::builder().feature("sex");
    let quotas = quotas.value("f", 0..=1).value("m", 0..=1).build().unwrap();
    let pool = Pool::builder()
        .person(id, [("sex", "f")])
        .person("p2", [("sex", "m")]);
    Instance::new(pool.build().unwrap(), quotas, 1).unwrap()
}

#[test]
fn nothing_like_a_cpr_number_is_committed() {
    for id in ["010170-1234", "0101701234", "０１０１７０１２３４"] {
        let error = Registered::new(pool_with(id), "leximin").commit_pool(DISPUTES);
        assert_eq!(codes(&error.unwrap_err()), ["E-CPR-LIKE"], "{id}");
    }
    let other = Registered::new(pool_with("0101701234"), "leximin")
        .screen(Screen::ids_are_other_numbers())
        .commit_pool(DISPUTES);
    assert!(other.is_ok());
    let named = registered()
        .assembly("call 010170-1234")
        .commit_pool(DISPUTES);
    assert_eq!(codes(&named.unwrap_err()), ["E-CPR-LIKE"]);
    let reason = Predecessor::new(
        small::couples_panels().commitment(),
        "010170-1234 was missing",
    );
    let error = closed().commit_lottery(small::couples_panels(), terms().replaces(reason));
    assert_eq!(codes(&error.unwrap_err()), ["E-CPR-LIKE"]);
}

#[test]
fn a_registration_must_have_its_own_form() {
    let sound = registration();
    let step = |registration: &Registration| {
        let mut commit = committed(closed()).commit().clone();
        commit.registration = Some(registration.commitment().unwrap().to_string());
        match &audit::examine_registration(registration, &commit).findings()[0].verdict {
            Verdict::Rejected(step) => step.clone(),
            other => format!("{other:?}"),
        }
    };
    assert_eq!(step(&sound), "Checked");
    let mut other = sound.clone();
    other.spec = "sortition-pool/2".into();
    assert!(step(&other).contains("the format"));
    other.clone_from(&sound);
    other.predecessor = Some(Predecessor::new(sound.commitment().unwrap(), " "));
    assert!(step(&other).contains("with a reason"));
}

#[test]
fn a_direct_draw_belongs_to_a_registration_too() {
    for rule in [DirectRule::Random, DirectRule::Legacy] {
        let registration = Registration::new(&small::alone(), rule.to_string(), 5).unwrap();
        let lottery = rule.commit(&small::alone()).unwrap();
        let named = terms().registration(registration.commitment().unwrap());
        let first = lottery.clone().on_terms(named).unwrap();
        let holds =
            |commit: &DirectCommit| audit::examine_registration(&registration, commit).holds();
        assert!(holds(first.commit()), "{rule}");
        let mut other = first.commit().clone();
        other.panel_size += 1;
        assert!(!holds(&other), "{rule}");
        assert!(!holds(lottery.commit()), "{rule}: it names none");
        let replaces = Predecessor::new(first.commitment(), "the dice fell off the table");
        let second = lottery.on_terms(terms().replaces(replaces)).unwrap();
        assert!(audit::examine_chain([first.commit(), second.commit()]).holds());
        assert!(!audit::examine_chain([second.commit(), first.commit()]).holds());
    }
}

/// Each part of a registration, changed after the lottery was committed.
#[test]
fn a_changed_registration_is_found_out() {
    let ceremony = committed(closed());
    let sound = registered()
        .commit_pool(DISPUTES)
        .unwrap()
        .registration()
        .clone();
    let mut commit = ceremony.commit().clone();
    let mut step = |change: &dyn Fn(&mut Commit)| {
        commit.clone_from(ceremony.commit());
        change(&mut commit);
        match &audit::examine_registration(&sound, &commit).findings()[0].verdict {
            Verdict::Rejected(step) => step.clone(),
            other => format!("{other:?}"),
        }
    };
    assert_eq!(step(&|_| {}), "Checked");
    assert!(step(&|c| c.registration = None).contains("names no registration"));
    assert!(step(&|c| c.registration = Some("ab".repeat(32))).contains("recomputed"));
    assert!(step(&|c| c.pool.size = 8).contains("the pool is not as it was registered"));
    assert!(step(&|c| c.panel_size = 3).contains("the panel size"));
    assert!(step(&|c| c.quotas[0].max = 2).contains("the quotas"));
    assert!(step(&|c| c.rule = Some("maximin".into())).contains("the rule"));
    assert!(step(&|c| c.assembly = None).contains("the assembly"));
    assert!(step(&|c| c.columns = None).contains("the columns"));
    assert!(step(&|c| c.published = Some(DISPUTES - 1)).contains("before disputes were closed"));
}
