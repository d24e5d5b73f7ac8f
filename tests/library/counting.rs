//! Rules over all panels, held against an enumeration of every panel.

use std::collections::BTreeMap;

use crate::case::{Case, Panel, Somebody};
use kleroterion::audit::{self, Claim, Verdict};
use kleroterion::certificate::Counting;
use kleroterion::lottery::{Composition, DENOMINATOR, Form, Sources, StageOne, Transcript};
use kleroterion::{ErrorKind, Instance, Lottery, Ratio, Rule, Selector};

/// SplitMix64.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((u128::from(z ^ (z >> 31)) * n as u128) >> 64) as usize
    }

    /// Up to 12 people, quotas around a random panel: exact, loose, or forbidding a value; half with households.
    fn case(&mut self) -> Case {
        let values: Vec<usize> = (0..1 + self.below(3)).map(|_| 2 + self.below(3)).collect();
        let homes = self.below(2) == 0;
        let somebody = |numbers: &mut Self| Somebody {
            values: values
                .iter()
                .map(|&v| numbers.below(v).min(numbers.below(v)))
                .collect(),
            home: homes.then(|| numbers.below(8)),
        };
        let people: Vec<Somebody> = (0..4 + self.below(9)).map(|_| somebody(self)).collect();
        let mut case = Case {
            size: 0,
            quotas: vec![],
            people,
            most: 1,
        };
        let mut units = case.units();
        case.size = 1 + self.below(units.len().min(5)) as u32;
        for i in (1..units.len()).rev() {
            units.swap(i, self.below(i + 1));
        }
        let panel: Vec<usize> = units[..case.size as usize]
            .iter()
            .map(|u| u[self.below(u.len())])
            .collect();
        for (f, &v) in values.iter().enumerate() {
            let slack = self.below(3);
            let quota = |value: usize, numbers: &mut Self| {
                let sits = |i: &&usize| case.people[**i].values[f] == value;
                let seats = panel.iter().filter(sits).count();
                let (less, more) = (numbers.below(slack + 1), numbers.below(slack + 1));
                let most = (seats + more).min(case.size as usize);
                (seats.saturating_sub(less) as u32, most as u32)
            };
            case.quotas
                .push((0..v).map(|value| quota(value, self)).collect());
        }
        case
    }
}

fn instance(case: &Case) -> Instance {
    let rows: Vec<usize> = (0..case.people.len()).collect();
    case.instance(&rows)
        .unwrap_or_else(|e| panic!("{e}\n{case}"))
}

fn stage_one(text: &str) -> StageOne {
    StageOne::new(Sources::new([text]).unwrap())
}

fn counted(lottery: &Lottery) -> &kleroterion::certificate::Counted {
    lottery.certificate().counted.as_ref().expect("a count")
}

fn transcript(lottery: &Lottery) -> Transcript {
    let lottery = lottery.clone().announce(["dice"]).unwrap();
    lottery
        .draw(&Sources::new(["dice 1"]).unwrap())
        .unwrap()
        .transcript()
}

fn verdict(lottery: &Lottery, claim: Claim) -> Verdict {
    let report = audit::examine(&transcript(lottery), lottery.instance());
    let finding = report
        .finding(claim)
        .unwrap_or_else(|| panic!("{claim} is not in\n{report}"));
    finding.verdict.clone()
}

/// Chances of the people of a case when every panel is equally likely.
fn uniform_chances(panels: &[Panel], people: usize) -> Vec<Ratio> {
    let sits = |i: usize| panels.iter().filter(|&&p| p >> i & 1 == 1).count() as u64;
    (0..people)
        .map(|i| Ratio::new(sits(i), panels.len() as u64))
        .collect()
}

fn value(chance: Ratio) -> f64 {
    chance.to_f64()
}

fn near(a: Ratio, b: Ratio, tolerance: f64) -> bool {
    (value(a) - value(b)).abs() <= tolerance
}

#[test]
fn small_instances_agree_with_the_enumeration() {
    let mut numbers = Numbers(1);
    let (mut homes, mut nobody) = (0, 0);
    for _ in 0..400 {
        let case = numbers.case();
        let panels = case.panels();
        assert!(!panels.is_empty(), "{case}");
        let lottery = Rule::Uniform
            .distribution(&instance(&case))
            .unwrap_or_else(|e| panic!("{e}\n{case}"))
            .into_lottery();
        let counted = counted(&lottery);
        assert_eq!(counted.method, Counting::Listed);
        assert_eq!(counted.panels, Some(panels.len().to_string()), "{case}");
        let expected = uniform_chances(&panels, case.people.len());
        for ((id, chance), expected) in lottery.probabilities().into_iter().zip(expected) {
            // every weight is rounded by less than 10^-12, and at most 792 compositions stand for the panels
            assert!(
                near(chance, expected, 1e-9),
                "{id}: {chance}, not {expected}\n{case}"
            );
            nobody += usize::from(expected == Ratio::new(0, 1));
        }
        homes += usize::from(case.has_household_rule());
        let report = audit::verify(&transcript(&lottery), lottery.instance());
        let report = report.unwrap_or_else(|e| panic!("{e}\n{case}"));
        let finding = report.finding(Claim::Counting).unwrap();
        assert_eq!(finding.verdict, Verdict::Checked, "{finding}\n{case}");
    }
    assert!(
        homes > 100 && nobody > 100,
        "{homes} with households, {nobody} people on no panel"
    );
}

#[test]
fn infeasible_is_a_finding() {
    // one seat for each sex, both seats for the old, who are all men
    let quotas: [&[(char, u32, u32)]; 2] =
        [&[('w', 1, 1), ('m', 1, 1)], &[('o', 2, 2), ('y', 0, 0)]];
    let case = Case::letters(2, &quotas, &["wy", "mo", "mo"]);
    let instance = instance(&case);
    for rule in [Rule::Uniform, Rule::MaxEntropy] {
        let error = rule.distribution(&instance).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Infeasible(_)), "{error}");
        let error = Selector::new(rule)
            .sampled(&instance, 5, &stage_one("x"))
            .unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Infeasible(_)), "{error}");
    }
}

/// Golden instances C, D, E and F with their uniform chances over the number of panels.
fn golden() -> Vec<(Case, usize, Vec<u64>)> {
    let c = Case::letters(
        3,
        &[
            &[('p', 0, 1), ('o', 0, 3)],
            &[('q', 0, 1), ('o', 0, 3)],
            &[('r', 0, 1), ('o', 0, 3)],
        ],
        &["por", "pqo", "oqr", "ooo", "ooo", "ooo"],
    );
    let d = Case::letters(
        4,
        &[&[('F', 1, 4), ('M', 1, 4)], &[('L', 1, 4), ('C', 1, 4)]],
        &["FL", "FL", "FL", "FC", "MC", "MC", "MC", "MC"],
    );
    let e = Case::letters(
        3,
        &[&[('a', 1, 2), ('b', 1, 2)]],
        &["a", "a", "b", "b", "b"],
    )
    .homes(&[Some(0), Some(1), Some(0), Some(2), Some(3)]);
    let f = Case::letters(
        3,
        &[
            &[('a', 0, 2), ('b', 1, 2)],
            &[('x', 1, 2), ('y', 1, 2)],
            &[('u', 1, 1), ('v', 1, 2)],
        ],
        &["axu", "bxv", "bxu", "ayv", "ayv", "axv", "axv"],
    );
    vec![
        (c, 10, vec![3, 3, 3, 7, 7, 7]),
        (d, 64, vec![34, 34, 34, 30, 31, 31, 31, 31]),
        (e, 6, vec![3, 5, 2, 4, 4]),
        (f, 9, vec![2, 4, 7, 5, 5, 2, 2]),
    ]
}

#[test]
fn golden_chances() {
    for (case, panels, sits) in golden() {
        let lottery = Rule::Uniform
            .distribution(&instance(&case))
            .unwrap()
            .into_lottery();
        assert_eq!(counted(&lottery).panels, Some(panels.to_string()), "{case}");
        for ((id, chance), sits) in lottery.probabilities().into_iter().zip(sits) {
            let expected = Ratio::new(sits, panels as u64);
            assert!(
                near(chance, expected, 1e-11),
                "{id}: {chance}, not {expected}\n{case}"
            );
        }
    }
}

#[test]
fn sampled_panels_are_equally_likely() {
    // Chi-square over 64 and 6 panels, 63 and 5 degrees of freedom: above 137 or 37 once in a million runs.
    let tickets = 64_000;
    for (which, limit) in [(1, 137.0), (2, 37.0)] {
        let (case, panels, _) = golden().swap_remove(which);
        let instance = instance(&case);
        let draw = |text| {
            Selector::new(Rule::Uniform)
                .sampled(&instance, tickets, &stage_one(text))
                .unwrap()
        };
        let lottery = draw("dice 1-2-3");
        assert_eq!(counted(&lottery).method, Counting::Sampled);
        assert_eq!(
            counted(&lottery).sample.as_ref().unwrap().stage_one,
            ["dice 1-2-3"]
        );
        let seen = lottery.record().weights();
        assert_eq!(seen.len(), panels);
        let expected = f64::from(tickets) / panels as f64;
        let chi: f64 = seen
            .iter()
            .map(|&s| (s as f64 - expected).powi(2) / expected)
            .sum();
        assert!(chi < limit, "chi-square {chi}\n{case}");
        assert_eq!(draw("dice 1-2-3").commitment(), lottery.commitment());
        assert_ne!(draw("dice 1-2-4").record(), lottery.record());
        let report = audit::verify(&transcript(&lottery), &instance).unwrap();
        let finding = report.finding(Claim::Counting).unwrap();
        assert!(
            matches!(finding.verdict, Verdict::NotChecked(_)),
            "{finding}"
        );
    }
}

/// The listed uniform lottery of golden instance F, changed, as a lottery of its own.
fn tampered(
    change: impl Fn(&mut Vec<Composition>, &mut Vec<u64>, &mut kleroterion::Certificate),
) -> Lottery {
    let (case, ..) = golden().swap_remove(3);
    let distribution = Rule::Uniform.distribution(&instance(&case)).unwrap();
    let mut compositions = distribution.compositions().to_vec();
    let mut weights = distribution.weights().to_vec();
    let mut certificate = distribution.certificate().clone();
    change(&mut compositions, &mut weights, &mut certificate);
    Lottery::from_compositions(
        distribution.instance().clone(),
        compositions,
        weights,
        certificate,
    )
    .unwrap()
}

fn rejected(lottery: &Lottery, text: &str) {
    match verdict(lottery, Claim::Counting) {
        Verdict::Rejected(step) => assert!(step.contains(text), "{step}"),
        other => panic!("{other:?}, expected {text}"),
    }
}

#[test]
fn a_changed_lottery_is_rejected() {
    assert_eq!(
        verdict(&tampered(|_, _, _| {}), Claim::Counting),
        Verdict::Checked
    );
    let dropped = tampered(|compositions, weights, _| {
        compositions.pop();
        let weight = weights.pop().unwrap();
        weights[0] += weight;
    });
    rejected(&dropped, "compositions are listed, there are");
    let moved = tampered(|_, weights, _| {
        weights[0] += 1;
        weights[1] -= 1;
    });
    rejected(&moved, "its share of all panels is");
    let panels = tampered(|_, _, c| c.counted.as_mut().unwrap().panels = Some("10".into()));
    rejected(&panels, "there are 9 panels, not 10");
    let compositions =
        tampered(|_, _, c| c.counted.as_mut().unwrap().compositions = Some("3".into()));
    rejected(&compositions, "compositions, not 3");
    let missing = tampered(|_, _, c| c.counted.as_mut().unwrap().panels = None);
    rejected(&missing, "are missing");
    let approximate =
        tampered(|_, _, c| c.counted.as_mut().unwrap().method = Counting::Approximate);
    rejected(&approximate, "yet compositions are listed");
    let silent = tampered(|_, _, c| c.counted = None);
    let step = "uniform and the parts of the certificate do not belong together";
    assert_eq!(
        verdict(&silent, Claim::Rule),
        Verdict::Rejected(step.into())
    );
}

/// Entropy over panels of a lottery over compositions, in nats, by the panels of the enumeration.
fn entropy(lottery: &Lottery, panels: &[Panel]) -> f64 {
    let Form::Compositions { compositions, .. } = lottery.record().form() else {
        panic!("a list")
    };
    let mut behind: BTreeMap<Vec<(u32, u32, u32)>, f64> = BTreeMap::new();
    let groups = lottery.instance().groups();
    for panel in panels {
        let mut seats: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for (g, group) in (0..).zip(groups) {
            for (r, &person) in group.units().iter().flat_map(|unit| {
                (0_u32..)
                    .zip(unit)
                    .flat_map(|(r, people)| people.iter().map(move |p| (r, p)))
            }) {
                if panel >> person & 1 == 1 {
                    *seats.entry((g, r)).or_default() += 1;
                }
            }
        }
        let key = seats.into_iter().map(|((g, r), x)| (g, r, x)).collect();
        *behind.entry(key).or_default() += 1.0;
    }
    let parts = compositions.iter().zip(lottery.record().weights());
    let part = |(c, &w): (&Composition, &u64)| {
        let w = w as f64 / DENOMINATOR as f64;
        w * libm::log(behind[&c.0] / w)
    };
    parts.map(part).sum()
}

/// What no lottery with these chances exceeds: ln Z(λ) less the expected sum of λ over a panel, for any λ.
fn bound(lottery: &Lottery, panels: &[Panel]) -> f64 {
    let mut lambda = vec![0.0; lottery.instance().len()];
    for &(group, role, value) in &counted(lottery).multipliers {
        let units = lottery.instance().groups()[group as usize].units();
        for &person in units.iter().flat_map(|unit| &unit[role as usize]) {
            lambda[person as usize] = value as f64 / 1e9;
        }
    }
    let sits = |panel: &Panel, i: usize| panel >> i & 1 == 1;
    let sum = |p: &Panel| -> f64 {
        (0..lambda.len())
            .filter(|&i| sits(p, i))
            .map(|i| lambda[i])
            .sum()
    };
    let largest = panels.iter().map(sum).fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = panels.iter().map(|p| libm::exp(sum(p) - largest)).sum();
    let chances = lottery.probabilities();
    let expected: f64 = chances
        .iter()
        .zip(&lambda)
        .map(|((_, p), l)| value(*p) * l)
        .sum();
    largest + libm::log(total) - expected
}

#[test]
fn maximum_entropy_has_leximins_chances_and_no_less_entropy() {
    let mut numbers = Numbers(2);
    let mut more = 0;
    for _ in 0..300 {
        let case = numbers.case();
        let panels = case.panels();
        let instance = instance(&case);
        let fail = |e: kleroterion::Error| -> Lottery { panic!("{e}\n{case}") };
        let leximin = Rule::Leximin
            .distribution(&instance)
            .unwrap()
            .into_lottery();
        let lottery = Rule::MaxEntropy
            .distribution(&instance)
            .map_or_else(fail, |d| d.into_lottery());
        let deviation = counted(&lottery).deviation.unwrap();
        assert!(deviation <= 1000, "{deviation}\n{case}");
        for ((id, a), (_, b)) in lottery
            .probabilities()
            .into_iter()
            .zip(leximin.probabilities())
        {
            assert!(
                near(a, b, deviation as f64 / 1e12 + 1e-15),
                "{id}: {a}, leximin {b}\n{case}"
            );
        }
        let (own, other) = (entropy(&lottery, &panels), entropy(&leximin, &panels));
        assert!(own >= other - 1e-6, "{own} nats, leximin {other}\n{case}");
        let stated = counted(&lottery).entropy.unwrap() as f64 / 1e6;
        assert!(
            (stated - own).abs() < 3e-6,
            "{own} nats, stated {stated}\n{case}"
        );
        more += usize::from(own > other + 0.01);
        let bound = bound(&lottery, &panels);
        assert!(
            bound - own < 1e-5,
            "{own} nats, by the multipliers {bound}\n{case}"
        );
        let open = verdict(&lottery, Claim::Counting);
        assert!(matches!(open, Verdict::NotChecked(_)), "{case}");
        let report = audit::verify(&transcript(&lottery), &instance);
        report.unwrap_or_else(|e| panic!("{e}\n{case}"));
    }
    assert!(
        more > 20,
        "only {more} lotteries are more random than leximin's"
    );
}

#[test]
fn the_order_of_features_changes_nothing_and_fewer_constraints_never_lower_the_entropy() {
    let mut numbers = Numbers(3);
    for _ in 0..200 {
        let case = numbers.case();
        let count = |case: &Case| {
            let lottery = Rule::Uniform
                .distribution(&instance(case))
                .unwrap()
                .into_lottery();
            let c = counted(&lottery).clone();
            (
                c.panels.unwrap(),
                c.compositions.unwrap(),
                c.entropy.unwrap(),
            )
        };
        let own = count(&case);
        let mut turned = case.clone();
        turned.quotas.reverse();
        turned.people.iter_mut().for_each(|p| p.values.reverse());
        assert_eq!(count(&turned), own, "{case}");
        let mut looser = case.clone();
        looser.quotas[0]
            .iter_mut()
            .for_each(|q| *q = (0, case.size));
        assert!(count(&looser).2 >= own.2, "{case}");
        let mut alone = case.clone();
        alone.people.iter_mut().for_each(|p| p.home = None);
        assert!(count(&alone).2 >= own.2, "{case}");
    }
}

/// 40 people, 12 seats, three features: about one random subset in 60 is a panel.
fn larger() -> Case {
    let mut numbers = Numbers(4);
    let people = (0..40)
        .map(|_| Somebody {
            values: vec![numbers.below(2), numbers.below(4), numbers.below(3)],
            home: None,
        })
        .collect();
    let quotas = vec![vec![(5, 7); 2], vec![(2, 4); 4], vec![(3, 5); 3]];
    Case {
        size: 12,
        quotas,
        people,
        most: 1,
    }
}

#[test]
fn counts_agree_with_random_subsets() {
    let case = larger();
    let instance = instance(&case);
    let lottery = Selector::new(Rule::Uniform)
        .sampled(&instance, 4000, &stage_one("x"))
        .unwrap();
    let panels: f64 = counted(&lottery).panels.as_ref().unwrap().parse().unwrap();
    let mut numbers = Numbers(5);
    let (tries, mut met, mut sits) = (400_000, 0, [0_u32; 40]);
    let mut people: Vec<usize> = (0..40).collect();
    for _ in 0..tries {
        for i in 0..12 {
            people.swap(i, i + numbers.below(40 - i));
        }
        if case.admits(&people[..12]).is_ok() {
            met += 1;
            people[..12].iter().for_each(|&i| sits[i] += 1);
        }
    }
    // C(40, 12); five standard errors are wrong about once in two million runs
    let share = panels / 5_586_853_480.0;
    let error = (share * (1.0 - share) / f64::from(tries)).sqrt();
    let found = f64::from(met) / f64::from(tries);
    assert!(
        met > 1000 && (found - share).abs() < 5.0 * error,
        "{share} counted, {found} found"
    );
    // chances before sampling, from the count; six standard errors for 40 people
    let target = lottery.certificate().target.as_ref().unwrap();
    for (&(group, role, seats), _) in target.iter().zip(0..) {
        let members = &instance.groups()[group as usize];
        let own: u32 = members
            .units()
            .iter()
            .flat_map(|u| &u[role as usize])
            .map(|&p| sits[p as usize])
            .sum();
        let expected = seats as f64 / 1e12;
        let found = f64::from(own) / f64::from(met);
        let error = (members.units().len() as f64 / 4.0 / f64::from(met)).sqrt();
        assert!(
            (found - expected).abs() < 6.0 * error,
            "group {group}: {found}, counted {expected}"
        );
    }
    // the sampled panels have these chances too
    for (id, chance) in lottery.probabilities() {
        let person = instance.find(id).unwrap();
        let (g, group) = (0..)
            .zip(instance.groups())
            .find(|(_, g)| g.units().iter().any(|u| u[0] == [person]))
            .unwrap();
        let seats = target.iter().find(|t| t.0 == g).unwrap().2 as f64 / 1e12;
        let expected = seats / group.units().len() as f64;
        let error = (expected * (1.0 - expected) / 4000.0).sqrt();
        let found = value(chance);
        assert!(
            (found - expected).abs() < 5.5 * error,
            "{id}: {found}, counted {expected}"
        );
    }
}

#[test]
fn too_many_to_list_is_an_error_and_sampling_keeps_the_chances() {
    let instance = instance(&larger());
    for rule in [Rule::Uniform, Rule::MaxEntropy] {
        let error = rule.distribution(&instance).unwrap_err();
        let ErrorKind::TooManyCompositions { compositions, .. } = error.kind() else {
            panic!("{error}")
        };
        assert!(compositions.parse::<u64>().unwrap() > 100_000, "{error}");
        let limited = Selector::new(rule)
            .work_limit(10)
            .sampled(&instance, 5, &stage_one("x"));
        assert!(matches!(
            limited.unwrap_err().kind(),
            ErrorKind::LimitReached { .. }
        ));
    }
    let lottery = Selector::new(Rule::MaxEntropy)
        .sampled(&instance, 4000, &stage_one("x"))
        .unwrap();
    assert!(
        counted(&lottery).deviation.unwrap() <= 1000,
        "{:?}",
        counted(&lottery)
    );
    let uniform = Selector::new(Rule::Uniform)
        .sampled(&instance, 1, &stage_one("x"))
        .unwrap();
    assert!(counted(&lottery).entropy < counted(&uniform).entropy);
    let leximin = Rule::Leximin.distribution(&instance).unwrap();
    for ((id, found), expected) in lottery
        .probabilities()
        .into_iter()
        .zip(leximin.probabilities())
    {
        let error = (value(expected) * (1.0 - value(expected)) / 4000.0).sqrt();
        // five and a half standard errors for 40 people: about one false alarm in 700 000 runs
        assert!(
            (value(found) - value(expected)).abs() <= 5.5 * error,
            "{id}: {found}, leximin {expected}"
        );
    }
    audit::verify(&transcript(&lottery), &instance).unwrap();
}

#[test]
fn other_rules_and_no_tickets_are_refused() {
    let instance = instance(&larger());
    let error = Selector::new(Rule::Leximin)
        .sampled(&instance, 0, &stage_one("x"))
        .unwrap_err();
    let codes: Vec<&str> = error.problems().iter().map(|p| &*p.code).collect();
    assert_eq!(codes, ["E-TICKETS", "E-SAMPLED"]);
}

#[test]
fn a_listed_lottery_can_be_rounded_to_tickets() {
    let (case, ..) = golden().swap_remove(1);
    let lottery = Rule::Uniform
        .distribution(&instance(&case))
        .unwrap()
        .panel_list(64)
        .unwrap();
    let report = audit::verify(&transcript(&lottery), lottery.instance()).unwrap();
    assert!(report.finding(Claim::Rounding).is_some(), "{report}");
}
