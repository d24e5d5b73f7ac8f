//! Households of which several people may sit: everything that holds with one holds with two or three.

use kleroterion::lottery::{DirectRule, Form, Sources};
use kleroterion::selection::Rule;
use kleroterion::{audit, certificate::Proof};

use crate::case::Case;
use crate::check::clash;
use crate::check::frequency::check_frequencies;
use crate::generate::{Source, Stream, clashing, small};
use crate::outcome::{Ask, Outcome, by_crate};
use crate::properties::{Depth, Kind, cases, examine};

/// The same people in fewer and larger homes, of which more than one may sit.
fn several(mut case: Case, source: &mut Stream) -> Case {
    case.most = source.between(2, 3) as u32;
    let together = |home: usize| if home < 100 { home / 2 } else { home };
    for person in &mut case.people {
        person.home = person.home.map(together);
    }
    case
}

/// Cases in which the household rule says something.
fn crowded(seed: u64, make: impl Fn(&mut Stream) -> Case) -> impl Iterator<Item = Case> {
    (0..).filter_map(move |i| {
        let mut source = Stream(seed << 32 | i);
        let case = several(make(&mut source), &mut source);
        case.units().iter().any(|u| u.len() > 1).then_some(case)
    })
}

fn rows(case: &Case) -> Vec<usize> {
    (0..case.people.len()).collect()
}

#[test]
fn cases_have_every_property() {
    let mut kinds = [0; 4];
    let drawn = crowded(41, small);
    for (i, case) in (0..cases(300)).zip(drawn) {
        let depth = if i % 8 == 0 {
            Depth::Full
        } else {
            Depth::Fewest
        };
        let kind = examine(&case, &by_crate, depth);
        kinds[kind.unwrap_or_else(|message| panic!("{message}\n{case}")) as usize] += 1;
    }
    println!("solved, excluding, infeasible, refused: {kinds:?}");
    let solved = kinds[Kind::Solved as usize] + kinds[Kind::Excluding as usize];
    assert!(solved * 2 > cases(300), "{kinds:?}");
}

#[test]
fn what_is_named_clashes() {
    let (mut named, mut proven) = (0, 0);
    for case in crowded(43, clashing).take(cases(500) as usize) {
        if !case.panels().is_empty() {
            continue;
        }
        let outcome = by_crate(&case, &Ask::of(&case, Rule::Leximin, Some(0)));
        let Outcome::Clash(found) = outcome else {
            panic!("no panel exists, but the answer is {outcome:?}\n{case}");
        };
        clash::check_clash(&case, &found).unwrap_or_else(|message| panic!("{message}\n{case}"));
        named += u32::from(found.household_rule);
        proven += u32::from(found.household_rule && matches!(found.proof, Proof::Bound(_)));
    }
    assert!(
        named > 5 && proven > 5,
        "{named} name the household rule, {proven} with a proof"
    );
}

/// Ball draws: every panel on the list keeps to the rule, and equal people differ by one ticket at most.
#[test]
fn lists_keep_to_the_rule() {
    let mut shared = 0;
    for case in crowded(47, small).take(100) {
        let Ok(distribution) = case
            .instance(&rows(&case))
            .and_then(|i| Rule::Leximin.distribution(&i))
        else {
            continue;
        };
        let instance = distribution.instance().clone();
        let list = distribution.panel_list(60).expect("a list");
        let transcript = list
            .draw(&Sources::new(["7"]).expect("a text"))
            .expect("a draw")
            .transcript();
        audit::verify(&transcript, &instance).unwrap_or_else(|error| panic!("{error}\n{case}"));
        let mut tickets = vec![0; case.people.len()];
        let Form::Panels { panels } = list.record().form() else {
            panic!("no list of panels");
        };
        for (panel, &weight) in panels.iter().zip(list.record().weights()) {
            let people: Vec<usize> = panel
                .iter()
                .map(|id| id[1..].parse().expect("a number"))
                .collect();
            case.admits(&people)
                .unwrap_or_else(|message| panic!("{message}\n{case}"));
            people.iter().for_each(|&person| tickets[person] += weight);
            let home = |i: &usize| case.people[*i].home;
            shared += people.iter().filter(|i| home(i).is_some()).count();
        }
        for class in crate::leximin::interchangeable(&case) {
            let of = |i: &usize| tickets[*i];
            let (most, least) = (class.iter().map(of).max(), class.iter().map(of).min());
            assert!(
                most <= least.map(|l| l + 1),
                "{class:?}: {tickets:?}\n{case}"
            );
        }
    }
    assert!(shared > 1000);
}

/// Compositions, seats by lot within groups: as often as the chances say, and never too many of a household.
#[test]
fn draws_are_as_often_as_promised() {
    let quotas: [&[(char, u32, u32)]; 1] = [&[('a', 1, 3), ('b', 1, 3)]];
    let mut case = Case::letters(4, &quotas, &["a", "a", "b", "a", "a", "b", "b", "a", "a"]);
    let homes = [0, 0, 0, 1, 1, 1].map(Some).into_iter().chain([None; 3]);
    case = case.homes(&homes.collect::<Vec<_>>());
    case.most = 2;
    let instance = case.instance(&rows(&case)).expect("sound");
    let lottery = Rule::Leximin
        .distribution(&instance)
        .expect("feasible")
        .into_lottery();
    let place = |id: &String| id[1..].parse::<usize>().expect("a number");
    let chances: Vec<f64> = lottery
        .probabilities()
        .iter()
        .map(|(_, c)| c.to_f64())
        .collect();
    let verdict = check_frequencies(&chances, 6_000, |i| {
        let sources = Sources::new([format!("throw {i}")]).expect("a text");
        let panel: Vec<usize> = lottery
            .draw(&sources)
            .expect("a draw")
            .panel()
            .iter()
            .map(place)
            .collect();
        case.admits(&panel).expect("a panel");
        panel
    });
    assert_eq!(verdict, Ok(()));
}

#[test]
fn direct_draws_keep_to_the_rule() {
    let quotas: [&[(char, u32, u32)]; 1] = [&[('a', 0, 6), ('b', 0, 6)]];
    let case = Case::letters(6, &quotas, &["a", "b", "a", "b", "a", "b", "a", "b", "a"]);
    let homes = [0, 0, 0, 0, 0, 1, 1, 1].map(Some).into_iter().chain([None]);
    let mut case = case.homes(&homes.collect::<Vec<_>>());
    for (most, size) in [(2, 5), (3, 6)] {
        (case.most, case.size) = (most, size);
        let instance = case.instance(&rows(&case)).expect("sound");
        let place = |id: &String| id[1..].parse::<usize>().expect("a number");
        let panel = |rule: &DirectRule, i: u64| {
            let sources = Sources::new([format!("throw {i}")]).expect("a text");
            let draw = rule
                .commit(&instance)
                .expect("fits")
                .draw(&sources)
                .expect("a draw");
            audit::verify_direct(&draw.transcript(), &instance).expect("holds");
            let panel: Vec<usize> = draw.panel().iter().map(place).collect();
            case.admits(&panel).expect("a panel");
            panel
        };
        let lottery = DirectRule::Random.commit(&instance).expect("fits");
        let chances = lottery.probabilities().expect("known");
        let chances: Vec<f64> = chances.iter().map(|(_, c)| c.to_f64()).collect();
        let verdict = check_frequencies(&chances, 3_000, |i| panel(&DirectRule::Random, i));
        assert_eq!(verdict, Ok(()), "at most {most}");
        for i in 0..300 {
            panel(&DirectRule::Legacy, i);
            panel(&DirectRule::Diversimax, i % 3);
        }
    }
}
