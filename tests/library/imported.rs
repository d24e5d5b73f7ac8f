//! Lotteries made elsewhere: read, checked, measured, drawn from.

use crate::homes;
use kleroterion::audit::{self, Claim, Report, Verdict};
use kleroterion::certificate::Certificate;
use kleroterion::io;
use kleroterion::lottery::{Form, Import, Lottery, Record, Sources, Stream};
use kleroterion::selection::{Basis, Measured};
use kleroterion::{ErrorKind, Instance, Pool, Quotas, Ratio, Rule, Selector};

/// Four women and two men for two seats, a woman and a man; `w1` and `m1` share a home.
fn instance() -> Instance {
    let people = [
        ("m1", "h1", "man"),
        ("m2", "", "man"),
        ("w1", "h1", "woman"),
        ("w2", "", "woman"),
        ("w3", "", "woman"),
        ("w4", "", "woman"),
    ];
    let quotas = Quotas::builder()
        .feature("sex")
        .value("woman", 1..=1)
        .value("man", 1..=1);
    Instance::new(homes::pool(&people), quotas.build().unwrap(), 2).unwrap()
}

fn errors(csv: &str) -> Vec<String> {
    let error = io::import("l.csv", csv.as_bytes())
        .check(&instance())
        .unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Input(_)));
    error.problems().iter().map(ToString::to_string).collect()
}

#[test]
fn every_problem_is_named_and_located() {
    let csv = "weight,a,b,c\n\
               0.25,m2,w9\n\
               x,m2,w2\n\
               0.25,w2,w3\n\
               -1,m1,w1\n\
               0.25,m2,m2\n\
               0.25,m2,w2,w3\n\
               0.25\n";
    let number = "a number of at least 0: 12, 0.0123, 1.5e-7 or 1/3";
    assert_eq!(
        errors(csv),
        [
            "E-IMPORT-ID l.csv row 2: found \"w9\" on panel 1, expected an id of the pool".to_owned(),
            format!("E-IMPORT-WEIGHT l.csv row 3: found \"x\" as weight of panel 2, expected {number}"),
            "E-IMPORT-QUOTA l.csv row 4: found 0 people with sex = man on panel 3, expected 1..1".to_owned(),
            "E-IMPORT-QUOTA l.csv row 4: found 2 people with sex = woman on panel 3, expected 1..1".to_owned(),
            format!("E-IMPORT-WEIGHT l.csv row 5: found \"-1\" as weight of panel 4, expected {number}"),
            "E-IMPORT-HOUSEHOLD l.csv row 5: found \"m1\" and \"w1\" of one household on panel 4, expected at most one \
             person per household"
                .to_owned(),
            "E-IMPORT-TWICE l.csv row 6: found \"m2\" twice on panel 5, expected every id once".to_owned(),
            "E-IMPORT-SIZE l.csv row 7: found 3 people on panel 6, expected 2".to_owned(),
            "E-IMPORT-SIZE l.csv row 8: found 0 people on panel 7, expected 2".to_owned(),
        ]
    );
}

#[test]
fn weights_must_sum_to_something() {
    let sum = "expected 1 within 0.000001, or whole numbers of tickets";
    assert_eq!(
        errors("weight,id,id\n0.5,m2,w2\n0.4999,m2,w3\n"),
        [format!(
            "E-IMPORT-SUM l.csv: found weights that sum to 0.999900000, {sum}"
        )]
    );
    assert_eq!(
        errors("weight,id,id\n3,m2,w2\n0.5,m2,w3\n"),
        [format!(
            "E-IMPORT-SUM l.csv: found a weight above 2 beside fractions, {sum}"
        )]
    );
    assert_eq!(
        errors("weight,id,id\n0,m2,w2\n"),
        [
            "E-IMPORT-SUM l.csv: found weights that sum to 0, expected a sum from 1 to 9007199254740991"
        ]
    );
    let none = Import::new().check(&instance()).unwrap_err();
    assert_eq!(
        none.to_string(),
        "E-IMPORT-NONE: found no panels, expected at least one"
    );
}

#[test]
fn a_file_of_another_form_is_refused() {
    assert_eq!(
        errors("share,id\n1,m2\n"),
        [
            "E-COLUMN-MISSING l.csv row 1, column \"weight\": found only the columns \"share\", \"id\", expected the \
             column for it"
        ]
    );
    assert_eq!(
        errors("panel,weight,who\n1,1,m2\n"),
        [
            "E-COLUMN-MISSING l.csv row 1, column \"id\": found only the columns \"panel\", \"weight\", \"who\", \
             expected the column for it"
        ]
    );
    assert_eq!(
        errors("weight,id\n"),
        ["E-FILE-ROWS l.csv: found no rows below the headers, expected at least one"]
    );
    assert_eq!(
        errors("panel,weight,id\n1,0.5,m2\n1,0.6,w2\n2,0.5,m2\n2,,w9\n"),
        [
            "E-IMPORT-PANEL l.csv row 3, column \"weight\": found \"0.6\" as another weight of panel \"1\", expected \
             \"0.5\" as in its first row, or nothing",
            "E-IMPORT-ID l.csv row 5: found \"w9\" on panel 2, expected an id of the pool",
        ]
    );
}

fn imported(csv: &str) -> Lottery {
    let imported = io::import("l.csv", csv.as_bytes())
        .check(&instance())
        .unwrap();
    assert_eq!(imported.warnings(), []);
    imported.into_lottery()
}

#[test]
fn both_forms_and_all_spellings_of_weights_agree() {
    let wide = imported("weight,id,id\n0.5,m1,w2\n0.25,w3,m2\n0.25,m2,w1\n");
    for other in [
        "panel;probability;person\nA;1/2;m1\nA;;w2\nB;0.25;w3\nB;0.25;m2\nC;1/4;m2\nC;;w1\n",
        "chance,x,y\n5e-1,m1,w2\n2.5e-1,w3,m2\n1/4,m2,w1\n",
        "tickets,x,y\n200,m1,w2\n100,w3,m2\n100,m2,w1\n0,m2,w4\n",
        "tickets,x,y\n1,m1,w2\n1,w2,m1\n1,w3,m2\n1,m2,w1\n",
    ] {
        assert_eq!(imported(other).record(), wide.record(), "{other}");
    }
    assert_eq!(wide.record().weights(), [2, 1, 1]);
    let ids = ["m1", "m2", "w1", "w2", "w3", "w4"];
    let chances = [2, 2, 1, 2, 1, 0].map(|p| Ratio::new(p, 4));
    assert_eq!(
        wide.probabilities(),
        ids.into_iter().zip(chances).collect::<Vec<_>>()
    );
}

#[test]
fn digits_beyond_fifteen_are_rounded_and_said() {
    let import = Import::new()
        .panel("0.33333333333333333", ["m2", "w2"])
        .panel("0.66666666666666667", ["m2", "w3"]);
    let imported = import.check(&instance()).unwrap();
    assert_eq!(imported.warnings().len(), 1);
    assert_eq!(imported.warnings()[0].code, "W-IMPORT-DIGITS");
    let weights = imported.lottery().record().weights();
    assert_eq!(weights, [333_333_333_333_333, 666_666_666_666_667]);
}

#[test]
fn unequal_equals_are_found() {
    let lottery = imported("weight,id,id\n0.5,m1,w2\n0.25,w3,m2\n0.25,m2,w1\n");
    let found = lottery.largest_inequality().unwrap();
    assert_eq!(found.lower, ("w4".to_owned(), Ratio::new(0, 4)));
    assert_eq!(found.higher, ("w2".to_owned(), Ratio::new(2, 4)));
    let fair = Rule::Leximin
        .distribution(&instance())
        .unwrap()
        .into_lottery();
    assert_eq!(fair.largest_inequality(), None);
}

fn report(lottery: &Lottery) -> Report {
    let draw = lottery.draw(&Sources::new(["3-5-4-6"]).unwrap()).unwrap();
    audit::verify(&draw.transcript(), lottery.instance())
        .unwrap_or_else(|_| audit::examine(&draw.transcript(), lottery.instance()))
}

#[test]
fn a_draw_from_it_is_sound_and_its_fairness_not_checked() {
    let lottery = imported("weight,id,id\n0.5,m1,w2\n0.5,m2,w3\n");
    let report = report(&lottery);
    assert!(report.holds());
    let open: Vec<Claim> = report.not_checked().map(|f| f.claim).collect();
    assert_eq!(
        open,
        [
            Claim::Rule,
            Claim::LowestChance,
            Claim::Announcements,
            Claim::Order
        ]
    );
    let Verdict::NotChecked(why) = &report.finding(Claim::LowestChance).unwrap().verdict else {
        panic!("nothing was proven")
    };
    assert_eq!(
        why,
        "the lottery was made elsewhere: nothing is claimed about its fairness"
    );
    // one panel in place of another is noticed
    let mut transcript = lottery
        .draw(&Sources::new(["3-5-4-6"]).unwrap())
        .unwrap()
        .transcript();
    transcript.draw.panel = vec!["m1".into(), "w4".into()];
    let report = audit::examine(&transcript, lottery.instance());
    assert!(report.rejected().any(|f| f.claim == Claim::Panel));
}

#[test]
fn an_imported_lottery_cannot_claim_a_proof() {
    let fair = Rule::Leximin.distribution(&instance()).unwrap();
    let certificate = Certificate {
        rule: Certificate::IMPORTED.to_owned(),
        ..fair.certificate().clone()
    };
    let lottery = imported("weight,id,id\n0.5,m1,w2\n0.5,m2,w3\n");
    let Form::Panels { panels } = lottery.record().form() else {
        panic!("a list")
    };
    let lottery = Lottery::from_panels(instance(), panels.clone(), vec![1, 1], certificate);
    let rejected: Vec<String> = report(&lottery.unwrap())
        .rejected()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        rejected,
        ["REJECTED     lowest chance: the lottery was made elsewhere, yet proofs are given"]
    );
}

#[test]
fn a_lottery_json_is_read_in_either_form() {
    let distribution = Rule::Leximin.distribution(&instance()).unwrap();
    for own in [
        distribution.clone().into_lottery(),
        distribution.clone().panel_list(8).unwrap(),
    ] {
        let lottery = Lottery::imported(instance(), own.record().clone()).unwrap();
        assert_eq!(lottery.probabilities(), own.probabilities());
        assert_eq!(lottery.certificate(), &Certificate::imported());
    }
    let foreign = imported("weight,id,id\n0.5,m1,w2\n0.5,m2,w3\n");
    let pool = ["a", "b"]
        .iter()
        .fold(Pool::builder(), |pool, id| pool.person(*id, [("f", "x")]));
    let quotas = Quotas::builder()
        .feature("f")
        .value("x", 2..=2)
        .build()
        .unwrap();
    let other = Instance::new(pool.build().unwrap(), quotas, 2).unwrap();
    let named = |record: &Record| {
        let error = Lottery::imported(other.clone(), record.clone()).unwrap_err();
        let problems = error.problems().iter().map(ToString::to_string);
        (error.to_string(), problems.collect::<Vec<_>>())
    };
    let problem = |id: &str, panel: u32| {
        format!("E-IMPORT-ID: found {id:?} on panel {panel}, expected an id of the pool")
    };
    assert_eq!(
        named(foreign.record()).1,
        [
            problem("m1", 1),
            problem("w2", 1),
            problem("m2", 2),
            problem("w3", 2)
        ]
    );
    let (text, problems) = named(distribution.into_lottery().record());
    assert_eq!(
        (text.as_str(), problems.len()),
        ("rejected: the lottery has 3 groups, the pool has 1", 0)
    );
}

/// Leximin here: women 1/4 each, men 1/2 each.
#[test]
fn leximin_is_compared_level_by_level() {
    // w1..w4: 1/4 each; m1 1/4, m2 3/4: the sixth and fifth lowest fall short of 1/2
    let lottery = imported("weight,id,id\n1,m2,w1\n1,m1,w2\n1,m2,w3\n1,m2,w4\n");
    let maximin = Rule::Maximin.assess(&lottery).unwrap();
    assert_eq!(
        (maximin.value, maximin.bound, maximin.gap),
        (0.25, 0.25, 0.0)
    );
    assert!(maximin.is_optimal());
    let leximin = Rule::Leximin.assess(&lottery).unwrap();
    assert_eq!(
        leximin.measured,
        Measured::Level {
            number: 2,
            below: 4
        }
    );
    assert_eq!(
        (leximin.value, leximin.bound, leximin.gap),
        (0.25, 0.5, 0.5)
    );
    assert_eq!(leximin.basis, Basis::Integers);
    assert!(!leximin.is_optimal());
    let fair = imported("weight,id,id\n1,m2,w1\n1,m1,w2\n1,m2,w3\n1,m1,w4\n");
    let leximin = Rule::Leximin.assess(&fair).unwrap();
    assert_eq!(
        leximin.measured,
        Measured::Level {
            number: 1,
            below: 0
        }
    );
    assert_eq!(leximin.gap, 0.0);
}

/// By hand: chances (1/2, 1/2, 1/4, 1/2, 1/4, 0) of m1 m2 w1 w2 w3 w4, best for every rule (1/2, 1/2, 1/4 each).
#[test]
fn every_rule_measures_its_own_number() {
    let lottery = imported("weight,id,id\n0.5,m1,w2\n0.25,w3,m2\n0.25,m2,w1\n");
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-6, "{a} is not {b}");
    let squares = Rule::LeastSquares.assess(&lottery).unwrap();
    assert_eq!(squares.measured, Measured::Squares);
    near(squares.value, 3.0 / 4.0 + 2.0 / 16.0);
    near(squares.bound, 2.0 / 4.0 + 4.0 / 16.0);
    near(squares.gap, 1.0 / 6.0);
    let highest = Rule::Minimax.assess(&lottery).unwrap();
    assert_eq!((highest.measured, highest.value), (Measured::Highest, 0.5));
    near(highest.gap, 0.0);
    let product = Rule::Nash.assess(&lottery).unwrap();
    assert_eq!(
        (product.measured, product.value, product.gap),
        (Measured::GeometricMean, 0.0, 1.0)
    );
    let goldilocks: Rule = "goldilocks".parse().unwrap();
    let goldilocks = goldilocks.assess(&lottery).unwrap();
    assert_eq!(
        (goldilocks.measured, goldilocks.value),
        (Measured::Goldilocks, f64::INFINITY)
    );
    near(goldilocks.bound, 3.0 / 2.0 + 4.0 / 3.0);
}

/// By hand: every woman with every man but the housemates are 7 panels, and this lottery has 3/2 ln 2 nats.
#[test]
fn uniform_measures_how_random_it_is() {
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    let lottery = imported("weight,id,id\n0.5,m1,w2\n0.25,w3,m2\n0.25,m2,w1\n");
    let uniform = Rule::Uniform.assess(&lottery).unwrap();
    assert_eq!(
        (uniform.measured, uniform.basis),
        (Measured::Entropy, Basis::Integers)
    );
    near(uniform.value, 1.5 * libm::log(2.0));
    near(uniform.bound, libm::log(7.0));
    near(uniform.gap, 1.0 - 1.5 * libm::log(2.0) / libm::log(7.0));
    // one panel, and no other
    let pool = Pool::builder()
        .person("a", [("f", "x")])
        .person("b", [("f", "x")]);
    let quotas = Quotas::builder().feature("f").value("x", 2..=2);
    let instance = Instance::new(pool.build().unwrap(), quotas.build().unwrap(), 2).unwrap();
    let only = Import::new().panel("1", ["a", "b"]).check(&instance);
    let only = Rule::Uniform.assess(only.unwrap().lottery()).unwrap();
    assert_eq!((only.value, only.bound, only.gap), (0.0, 0.0, 0.0));
}

/// By hand: w1 sits with m2 only (1/4); each other woman with m1 (1/6) and with m2 (1/12), as nothing tells them apart.
#[test]
fn maximum_entropy_asks_for_leximin_s_chances_first() {
    let short = imported("weight,id,id\n0.5,m1,w2\n0.25,w3,m2\n0.25,m2,w1\n");
    let short = Rule::MaxEntropy.assess(&short).unwrap();
    assert_eq!(
        (short.measured, short.value),
        (
            Measured::Level {
                number: 1,
                below: 0
            },
            0.0
        )
    );
    let fair = imported("weight,id,id\n1,m2,w1\n1,m1,w2\n1,m2,w3\n1,m1,w4\n");
    let fair = Rule::MaxEntropy.assess(&fair).unwrap();
    assert_eq!((fair.measured, fair.basis), (Measured::Entropy, Basis::Fit));
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    near(fair.value, libm::log(4.0));
    near(
        fair.bound,
        libm::log(4.0) / 4.0 + libm::log(6.0) / 2.0 + libm::log(12.0) / 4.0,
    );
    assert!(!fair.is_optimal());
    let best =
        imported("weight,id,id\n3,m2,w1\n2,m1,w2\n2,m1,w3\n2,m1,w4\n1,m2,w2\n1,m2,w3\n1,m2,w4\n");
    assert!(Rule::MaxEntropy.assess(&best).unwrap().is_optimal());
}

/// The number of panels behind the bound is the one that was counted, also with several equal people in a household.
#[test]
fn compositions_stand_for_as_many_panels_as_were_counted() {
    let mut stream = Stream::from_key([33; 32]);
    for _ in 0..30 {
        let mut pool = Pool::builder();
        for person in 0..12 {
            let sex = ["man", "woman"][stream.below(2) as usize];
            let home = format!("h{}", stream.below(7));
            pool = pool.housemate(format!("p{person:02}"), &home, [("sex", sex)]);
        }
        let quotas = Quotas::builder().feature("sex").value("man", 0..=2);
        let quotas = quotas.value("woman", 1..=3);
        let instance = Instance::new(pool.build().unwrap(), quotas.build().unwrap(), 3).unwrap();
        let Ok(distribution) = Rule::Uniform.distribution(&instance) else {
            continue;
        };
        let assessment = Rule::Uniform.assess(&distribution.into_lottery()).unwrap();
        let counted = assessment.optimum.certificate().counted.as_ref().unwrap();
        let panels: f64 = counted.panels.as_ref().unwrap().parse().unwrap();
        assert!((assessment.bound - libm::log(panels)).abs() < 1e-12);
        assert!(assessment.is_optimal(), "{}", assessment.gap);
    }
}

#[test]
fn a_rule_s_own_lottery_has_no_gap() {
    let rules = "maximin leximin minimax nash goldilocks least-squares uniform max-entropy";
    for rule in rules.split(' ').map(|rule| rule.parse::<Rule>().unwrap()) {
        let own = Selector::new(rule)
            .spread(50)
            .distribution(&instance())
            .unwrap()
            .into_lottery();
        let assessment = rule.assess(&own).unwrap();
        assert!(assessment.gap < 1e-4, "{rule}: {}", assessment.gap);
    }
}
