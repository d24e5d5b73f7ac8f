//! The states of the ceremony: what each refuses, and what a repeat leaves behind.

use kleroterion::assembly::{Dropout, Outcome, Policy, Reserves};
use kleroterion::audit::{self, Claim, Verdict};
use kleroterion::ceremony::{
    DisputesClosed, LotteryCommitted, PoolCommitted, Published, Registered,
};
use kleroterion::lottery::{Commit, Registration, Terms};

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
    let again = PoolCommitted::resume(registration.clone(), small::couples()).unwrap();
    assert_eq!(again.commitment().unwrap(), pool.commitment().unwrap());
    assert_eq!(
        codes(&PoolCommitted::resume(registration.clone(), small::alone()).unwrap_err()),
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
    let resumed = LotteryCommitted::resume(reopened, registration.clone()).unwrap();
    assert_eq!(resumed.commitment(), commitment);
    assert_eq!(
        published(resumed).transcript().draw,
        published(ceremony).transcript().draw
    );
    let other = small::couples_panels().on_terms(terms()).unwrap();
    assert!(
        LotteryCommitted::resume(other, registration).is_err(),
        "it names no registration"
    );
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
