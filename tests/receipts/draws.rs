//! Roots, receipts and openings beside whole draws.

use kleroterion::audit::{
    self, Claim, Published, Report, Verdict, examine_openings, examine_panel_openings,
    examine_receipt, examine_receipts, examine_spot_check, verify_receipt,
};
use kleroterion::lottery::{DirectRule, DrandChain, Draw, Lottery, Sources, StageOne, Terms};
use kleroterion::pool_commitment::{Field, Openings, Salt, Salts, SpotCheck};
use kleroterion::privacy::{Screen, SecretKey};
use kleroterion::{Instance, Pool};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

#[path = "../fixtures/small.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod small;

fn key() -> SecretKey {
    SecretKey::new((0..32).collect::<Vec<u8>>()).unwrap()
}

fn sealed(instance: &Instance) -> Openings {
    Openings::seal(instance, &[], Salts::from_key(&key())).unwrap()
}

/// A draw whose commitment has the root and no digest, with its openings.
fn drawn(lottery: Lottery) -> (Draw, Openings) {
    let openings = sealed(lottery.instance());
    let lottery = lottery.commit_pool(&openings.root()).unwrap();
    (
        small::draw(lottery.without_pool_digest().unwrap()),
        openings,
    )
}

fn verdict(report: &Report, claim: Claim) -> &'static str {
    match report.finding(claim).unwrap().verdict {
        Verdict::Checked => "checked",
        Verdict::NotChecked(_) => "not checked",
        Verdict::Rejected(_) => "rejected",
        _ => "unknown",
    }
}

fn rejected(report: &Report) -> Vec<Claim> {
    report.rejected().map(|finding| finding.claim).collect()
}

#[test]
fn everybody_has_a_receipt_that_holds_after_the_draw() {
    for (name, lottery) in small::all() {
        let (draw, openings) = drawn(lottery);
        let transcript = draw.transcript();
        let receipts = openings.receipts(&Screen::strict()).unwrap();
        assert_eq!(receipts.len(), 7);
        let all = examine_receipts(&receipts, &transcript);
        let single = receipts.iter().map(|r| examine_receipt(r, &transcript));
        assert!(all.into_iter().eq(single), "{name}");
        for receipt in receipts {
            let receipt = receipt.of_commitment(draw.lottery().commitment());
            let report = verify_receipt(&receipt, &transcript).unwrap();
            assert_eq!(report.not_checked().count(), 0, "{name}: {report}");
            let alone = openings.receipt(&receipt.person.id, &Screen::strict());
            assert_eq!(alone.unwrap().person, receipt.person);
        }
    }
}

#[test]
fn without_a_digest_the_openings_check_the_pool() {
    for (name, lottery) in small::all() {
        let (draw, openings) = drawn(lottery);
        let instance = draw.lottery().instance();
        let report = audit::verify(&draw.transcript(), instance).unwrap();
        assert_eq!(verdict(&report, Claim::Pool), "not checked", "{name}");
        assert_eq!(verdict(&report, Claim::PoolRoot), "not checked", "{name}");
        let opened = examine_openings(&openings, &draw.lottery().commit().pool, instance);
        let both = report.and(opened);
        assert_eq!(verdict(&both, Claim::PoolRoot), "checked", "{both}");
    }
}

#[test]
fn with_a_digest_the_pool_is_checked_as_before() {
    let lottery = small::alone_compositions();
    let before = lottery.commitment();
    let openings = sealed(lottery.instance());
    let lottery = lottery.commit_pool(&openings.root()).unwrap();
    assert_ne!(lottery.commitment(), before);
    let instance = lottery.instance().clone();
    let report = audit::verify(&small::draw(lottery).transcript(), &instance).unwrap();
    assert_eq!(verdict(&report, Claim::Pool), "checked");
    assert_eq!(verdict(&report, Claim::PoolRoot), "not checked");
}

#[test]
fn a_commitment_without_digest_and_root_is_rejected() {
    let lottery = small::alone_panels();
    let message = lottery
        .clone()
        .without_pool_digest()
        .unwrap_err()
        .to_string();
    assert!(
        message.starts_with("E-POOL-DIGEST: found a commitment without the root"),
        "{message}"
    );
    let mut transcript = small::draw(lottery).transcript();
    transcript.commit.pool.digest = None;
    let report = audit::examine(&transcript, &small::alone());
    assert_eq!(verdict(&report, Claim::Pool), "rejected");
    for (hash, root) in [
        (None, Some("00".repeat(32))),
        (Some("x"), None),
        (Some("x"), Some("0A".repeat(32))),
    ] {
        transcript.commit.pool.hash = hash.map(str::to_owned);
        transcript.commit.pool.merkle_root = root;
        let report = audit::examine(&transcript, &small::alone());
        assert_eq!(verdict(&report, Claim::PoolRoot), "rejected");
    }
    // A root that is made in another way is nothing to judge.
    transcript.commit.pool.hash = Some("sha256-rfc9162".to_owned());
    transcript.commit.pool.merkle_root = Some("00".repeat(32));
    let report = audit::examine(&transcript, &small::alone());
    assert_eq!(verdict(&report, Claim::PoolRoot), "not checked");
}

#[test]
fn terms_do_not_take_the_root_away() {
    let lottery = small::alone_panels();
    let root = sealed(lottery.instance()).root();
    let terms = || Terms::new([DrandChain::quicknet().round_at(0).into()]);
    let rooted = lottery.clone().commit_pool(&root).unwrap();
    let bare = rooted.clone().without_pool_digest().unwrap();
    let pool = bare.on_terms(terms()).unwrap().commit().pool.clone();
    assert_eq!(pool.digest, None);
    assert_eq!(pool.merkle_root, Some(root.merkle_root.to_string()));
    let direct = DirectRule::Random.commit(lottery.instance()).unwrap();
    let direct = direct.commit_pool(&root).unwrap();
    let pool = direct.on_terms(terms()).unwrap().commit().pool.clone();
    assert_eq!(pool.merkle_root, Some(root.merkle_root.to_string()));
    // Labels grow from the digest, whichever is asked for first.
    let stage_one = StageOne::new(Sources::new(["dice 1-2-3"]).unwrap());
    let labelled = rooted.on_terms(terms().labels(&stage_one)).unwrap();
    let error = labelled.without_pool_digest().unwrap_err();
    assert_eq!(error.problems()[0].code, "E-POOL-DIGEST");
    let bare = lottery.commit_pool(&root).unwrap().without_pool_digest();
    let error = bare.unwrap().on_terms(terms().labels(&stage_one));
    assert_eq!(error.unwrap_err().problems()[0].code, "E-TERMS-LABELS");
}

#[test]
fn the_root_depends_on_the_pool_and_not_on_its_order() {
    let (alone, couples) = (sealed(&small::alone()), sealed(&small::couples()));
    assert_ne!(alone.root(), couples.root());
    let instance = small::couples();
    let people = instance.pool().people().iter().rev();
    let pool = people.fold(Pool::builder(), |pool, person| {
        let [_, sex, home] = person.cells() else {
            panic!("{:?}", instance.pool().columns());
        };
        pool.housemate(
            person.id(),
            home,
            [("sex", format!(" {} ", sex.to_uppercase()).as_str())],
        )
    });
    let turned = Instance::new(pool.build().unwrap(), instance.given_quotas().clone(), 2).unwrap();
    assert_eq!(sealed(&turned).root(), couples.root());
    let receipt = couples.receipt("p4", &Screen::strict()).unwrap();
    let values: Vec<&str> = receipt
        .person
        .fields
        .iter()
        .filter_map(Field::value)
        .collect();
    assert_eq!(values, ["p3", "m"]);
}

#[test]
fn openings_of_something_else_are_rejected() {
    let (draw, openings) = drawn(small::couples_compositions());
    let instance = draw.lottery().instance();
    let committed = &draw.lottery().commit().pool;
    let check = |openings: &Openings| {
        verdict(
            &examine_openings(openings, committed, instance),
            Claim::PoolRoot,
        )
    };
    assert_eq!(check(&openings), "checked");
    let changed = |change: &dyn Fn(&mut Openings)| {
        let mut openings = openings.clone();
        change(&mut openings);
        openings
    };
    let salt = Salt::from_bytes([9; 32]);
    let tampered = [
        changed(&|o| o.people[0].fields[1] = Field::open("sex", salt.clone(), "f")),
        changed(&|o| o.people[0].fields[1] = Field::open("sex", salt.clone(), "m")),
        changed(&|o| drop(o.people.pop())),
        changed(&|o| o.people.swap(0, 1)),
        changed(&|o| o.people.push(o.people[0].clone())),
        changed(&|o| drop(o.people[3].fields.pop())),
        changed(&|o| o.people[3].fields.reverse()),
        changed(&|o| o.people[3].id = "p9".to_owned()),
        changed(&|o| o.people.clear()),
        changed(&|o| o.version = "kleroterion-openings/2".to_owned()),
    ];
    for openings in &tampered {
        assert_eq!(check(openings), "rejected");
    }
    let other = examine_openings(&openings, committed, &small::alone());
    assert_eq!(verdict(&other, Claim::PoolRoot), "rejected");
}

#[test]
fn an_erased_person_leaves_the_root_and_the_others_as_they_are() {
    let (draw, mut openings) = drawn(small::couples_panels());
    let root = openings.root();
    openings.erase("p3").unwrap();
    assert_eq!(openings.root(), root);
    assert!(openings.erase("p9").is_err());
    let text = String::from_utf8(openings.to_json().unwrap()).unwrap();
    let person = text
        .split("\"id\":\"p3\"")
        .next()
        .unwrap()
        .rsplit("{\"fields\"")
        .next();
    assert!(!person.unwrap().contains("salt"), "{person:?}");
    let transcript = draw.transcript();
    for receipt in openings.receipts(&Screen::strict()).unwrap() {
        let report = verify_receipt(&receipt, &transcript).unwrap();
        let expected = if receipt.person.id == "p3" {
            "not checked"
        } else {
            "checked"
        };
        assert_eq!(verdict(&report, Claim::Fields), expected);
        assert_eq!(verdict(&report, Claim::Path), "checked");
    }
    let instance = draw.lottery().instance();
    let report = examine_openings(&openings, &draw.lottery().commit().pool, instance);
    assert_eq!(verdict(&report, Claim::PoolRoot), "not checked");
}

#[test]
fn a_receipt_in_another_place_or_of_another_draw_is_rejected() {
    let (draw, openings) = drawn(small::alone_compositions());
    let mut transcript = draw.transcript();
    let receipt = openings.receipt("b2", &Screen::strict()).unwrap();
    transcript.draw.alternates.retain(|id| id != "b1");
    assert_eq!(
        rejected(&examine_receipt(&receipt, &transcript)),
        [Claim::Place]
    );
    transcript.draw.alternates.push("b11".to_owned());
    // b2 is where it was, after a1, a2 and b11.
    assert_eq!(rejected(&examine_receipt(&receipt, &transcript)), []);
    transcript.draw.alternates.pop();
    transcript.draw.alternates.push("x".to_owned());
    assert_eq!(
        rejected(&examine_receipt(&receipt, &transcript)),
        [Claim::Place]
    );
    let (other, _) = drawn(small::couples_compositions());
    let receipt = receipt.of_commitment(draw.lottery().commitment());
    let report = examine_receipt(&receipt, &other.transcript());
    assert_eq!(
        rejected(&report),
        [Claim::PoolRoot, Claim::Commitment, Claim::Place]
    );
    assert!(examine_receipt(&receipt, Published::Nothing).holds());
}

#[test]
fn the_panel_opens_its_features_and_nothing_else() {
    for (name, lottery) in small::all() {
        let (draw, openings) = drawn(lottery);
        let instance = draw.lottery().instance();
        let opened = openings
            .panel(instance, draw.panel(), &Screen::strict())
            .unwrap();
        let transcript = draw.transcript();
        let report = examine_panel_openings(&opened, &transcript);
        assert_eq!(report.findings().len(), 7);
        assert!(
            report.holds() && report.not_checked().count() == 0,
            "{name}: {report}"
        );
        assert!(opened.people.iter().all(|p| p.fields[0].value().is_none()));
    }
}

#[test]
fn changed_panel_openings_are_rejected() {
    let (draw, openings) = drawn(small::alone_panels());
    let instance = draw.lottery().instance();
    let good = openings
        .panel(instance, draw.panel(), &Screen::strict())
        .unwrap();
    let mut transcript = draw.transcript();
    let id = good.people[0].id.clone();
    let reject = |change: &dyn Fn(&mut kleroterion::pool_commitment::PanelOpenings)| {
        let mut opened = good.clone();
        change(&mut opened);
        rejected(&examine_panel_openings(&opened, &transcript))
    };
    use Claim::{Fields, Panel, Path, Place, PoolRoot, Quotas, Version};
    assert_eq!(reject(&|_| {}), []);
    assert_eq!(reject(&|o| drop(o.people.pop())), [Panel, Quotas]);
    assert_eq!(reject(&|o| o.people.swap(0, 1)), [Panel]);
    assert_eq!(reject(&|o| o.people[0].index += 1), [Path, Place]);
    assert_eq!(
        reject(&|o| o.people[0].fields[1] = o.people[0].fields[1].closed(&id)),
        [Quotas]
    );
    assert_eq!(
        reject(&|o| drop(o.people[1].fields.pop())),
        [Fields, Path, Quotas]
    );
    assert_eq!(reject(&|o| o.pool.size = 8), [PoolRoot, Place]);
    assert_eq!(reject(&|o| o.version.push('0')), [Version]);
    let other = openings
        .panel(instance, &["a1", "a2"], &Screen::strict())
        .unwrap();
    assert_eq!(
        rejected(&examine_panel_openings(&other, &transcript)),
        [Panel, Quotas]
    );
    transcript.commit.quotas[0].min = 2;
    assert_eq!(
        rejected(&examine_panel_openings(&good, &transcript)),
        [Quotas]
    );
    assert!(
        openings
            .panel(instance, &["a1", "zz"], &Screen::strict())
            .is_err()
    );
}

#[test]
fn direct_draws_have_receipts_too() {
    let instance = small::couples();
    let openings = sealed(&instance);
    let lottery = DirectRule::Random.commit(&instance).unwrap();
    let lottery = lottery.commit_pool(&openings.root()).unwrap();
    let lottery = lottery.without_pool_digest().unwrap();
    let draw = lottery.draw(&Sources::new(["3-5-4-6"]).unwrap()).unwrap();
    let transcript = draw.transcript();
    let report = audit::verify_direct(&transcript, &instance).unwrap();
    assert_eq!(verdict(&report, Claim::PoolRoot), "not checked");
    for receipt in openings.receipts(&Screen::strict()).unwrap() {
        verify_receipt(&receipt, &transcript).unwrap();
        verify_receipt(&receipt, lottery.commit()).unwrap();
    }
    let opened = openings
        .panel(&instance, draw.panel(), &Screen::strict())
        .unwrap();
    assert!(examine_panel_openings(&opened, &transcript).holds());
}

#[test]
fn people_to_be_met_cannot_be_chosen_by_anybody() {
    let (draw, openings) = drawn(small::alone_panels());
    let commit = draw.lottery().commit();
    let sources = Sources::new(["beacon 9f2c"]).unwrap();
    let check = SpotCheck::choose(&openings.root(), 3, &sources).unwrap();
    let report = examine_spot_check(&check, commit);
    assert!(report.holds());
    // Whoever may pick the sources may pick the people, and no file says who picked.
    assert_eq!(verdict(&report, Claim::Announcements), "not checked");
    let larger = SpotCheck::choose(&openings.root(), 5, &sources).unwrap();
    assert!(check.indices.iter().all(|at| larger.indices.contains(at)));
    let changed = |change: &dyn Fn(&mut SpotCheck)| {
        let mut check = check.clone();
        change(&mut check);
        rejected(&examine_spot_check(&check, commit))
    };
    assert_eq!(changed(&|c| c.indices[0] ^= 1), [Claim::SpotCheck]);
    assert_eq!(changed(&|c| c.count = 2), [Claim::SpotCheck]);
    assert_eq!(changed(&|c| c.count = 8), [Claim::SpotCheck]);
    assert_eq!(changed(&|c| c.sources[0].push('0')), [Claim::SpotCheck]);
    assert_eq!(changed(&|c| c.sources.clear()), [Claim::SpotCheck]);
    assert_eq!(changed(&|c| c.pool.size = 1 << 52), [Claim::PoolRoot]);
    assert!(SpotCheck::choose(&openings.root(), 8, &sources).is_err());
}

#[test]
fn further_columns_are_committed_as_they_are() {
    let instance = small::couples();
    let message = |further: &[&str]| {
        let salts = key();
        let error = Openings::seal(&instance, further, Salts::from_key(&salts)).unwrap_err();
        error.to_string()
    };
    assert_eq!(
        message(&["Sex", "e-mail"]),
        "E-FIELD-TWICE: found \"Sex\" as a further column, expected a column that is no feature, named once\n\
         E-COLUMN-MISSING: found only the columns \"id\", \"sex\", \"household\", expected a column \"e-mail\""
    );
    let key = key();
    let openings = Openings::seal(&instance, &["HOUSEHOLD"], Salts::from_key(&key)).unwrap();
    let names: Vec<&str> = openings.people[0].fields.iter().map(Field::name).collect();
    assert_eq!(names, ["", "household", "sex"]);
    let lottery = small::couples_panels()
        .commit_pool(&openings.root())
        .unwrap();
    let report = examine_openings(&openings, &lottery.commit().pool, &instance);
    assert_eq!(verdict(&report, Claim::PoolRoot), "checked");
    let opened = openings
        .panel(&instance, &["p1"], &Screen::strict())
        .unwrap();
    let shown: Vec<bool> = opened.people[0]
        .fields
        .iter()
        .map(|f| f.value().is_some())
        .collect();
    assert_eq!(shown, [false, false, true]);
}

#[test]
fn salts_come_from_a_generator_that_works() {
    let instance = small::alone();
    let mut good = ChaCha20Rng::from_seed([1; 32]);
    let openings = Openings::seal(&instance, &[], Salts::from_generator(&mut good)).unwrap();
    assert_ne!(openings.root(), sealed(&instance).root());
    let mut stuck = Stuck;
    let error = Openings::seal(&instance, &[], Salts::from_generator(&mut stuck)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "E-SALT-TWICE: found 1 different salts for 28 fields, expected one for each: the generator repeats itself"
    );
}

/// Counts as cryptographic, and always says the same.
struct Stuck;

impl rand_chacha::rand_core::TryRng for Stuck {
    type Error = std::convert::Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok(4)
    }
    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Ok(4)
    }
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        bytes.fill(4);
        Ok(())
    }
}

impl rand_chacha::rand_core::TryCryptoRng for Stuck {}

#[test]
fn a_root_of_another_pool_is_refused() {
    let three = small::alone_panels();
    let pool = Pool::builder().person("p1", [("age", "old"), ("sex", "f"), ("zone", "in")]);
    let pool = pool.person("p2", [("age", "young"), ("sex", "m"), ("zone", "in")]);
    let quotas = small::alone().given_quotas().clone();
    let two = Instance::new(pool.build().unwrap(), quotas, 2).unwrap();
    let error = three.commit_pool(&sealed(&two).root()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "E-POOL-ROOT: found the root of a pool of 2 people, expected that of the pool of the lottery, 7 people"
    );
}

/// The files of a draw with a root, as every implementation must take them.
#[test]
fn the_record_with_a_root_is_that_of_the_vectors() {
    let (draw, openings) = drawn(small::couples_compositions());
    let instance = draw.lottery().instance();
    let strict = Screen::strict();
    let receipt = openings.receipt("p4", &strict).unwrap();
    let receipt = receipt.of_commitment(draw.lottery().commitment());
    let panel = openings.panel(instance, draw.panel(), &strict).unwrap();
    let sources = Sources::new(["beacon after the root: 9f2c11e0"]).unwrap();
    let check = SpotCheck::choose(&openings.root(), 3, &sources).unwrap();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    for (name, bytes) in [
        ("transcript", draw.transcript().to_json()),
        ("commit", draw.lottery().commit().to_json()),
        ("openings", openings.to_json()),
        ("receipt-p4", receipt.to_json()),
        ("panel-openings", panel.to_json()),
        ("spot-check", check.to_json()),
    ] {
        let file = folder.join(format!("rooted-{name}.json"));
        let expected = std::fs::read_to_string(&file).unwrap();
        assert_eq!(
            String::from_utf8(bytes.unwrap()).unwrap(),
            expected,
            "{name}"
        );
    }
}
