//! Instances that a relaxation misjudges: no panel exists, or somebody is in none, and only a finished search shows it.

use kleroterion::certificate::Proof;
use kleroterion::selection::Rule;

use crate::case::{Case, Somebody};
use crate::check::clash::check_clash;
use crate::generate::{Source, Stream};
use crate::outcome::{Ask, Outcome, by_crate};
use crate::properties::{self, Depth, cases};
use crate::reference::{self, by_oracle};

/// People as one digit per feature; `exact` as feature, value, seats; all other quotas are open.
fn core(size: u32, exact: &[(usize, usize, u32)], people: &[&str]) -> Case {
    let digits = |text: &&str| {
        text.bytes()
            .map(|digit| usize::from(digit - b'0'))
            .collect()
    };
    let people: Vec<Somebody> = people
        .iter()
        .map(|text| Somebody {
            values: digits(text),
            home: None,
        })
        .collect();
    let values = |f: usize| people.iter().map(|p| p.values[f]).max().unwrap_or(0) + 1;
    let mut quotas: Vec<Vec<(u32, u32)>> = (0..people[0].values.len())
        .map(|f| vec![(0, size); values(f)])
        .collect();
    for &(feature, value, seats) in exact {
        quotas[feature][value] = (seats, seats);
    }
    Case {
        size,
        quotas,
        people,
        most: 1,
    }
}

/// No panel: four people whose values are odd together where an even sum is asked for, and two found by chance.
fn without_panel() -> Vec<Case> {
    vec![
        core(
            2,
            &[(0, 0, 1), (1, 0, 1), (2, 0, 1)],
            &["001", "010", "100", "111"],
        ),
        core(
            6,
            &[(0, 1, 5), (1, 2, 2), (2, 1, 2)],
            &["110", "121", "011", "121", "110", "110", "110", "020"],
        ),
        core(
            5,
            &[(0, 1, 1), (0, 3, 2), (1, 1, 3), (1, 3, 1), (2, 1, 2)],
            &["031", "310", "110", "011", "101", "000", "310"],
        ),
    ]
}

/// Panels exist, but somebody is in none: found by chance.
fn with_somebody_out() -> Vec<Case> {
    vec![
        core(
            6,
            &[(0, 2, 3), (1, 1, 3), (2, 1, 4)],
            &["211", "021", "010", "211", "000", "211", "200", "001"],
        ),
        core(
            5,
            &[(0, 2, 1), (1, 1, 3), (2, 1, 1)],
            &["200", "110", "000", "211", "001", "110", "010"],
        ),
        core(
            6,
            &[(0, 1, 2), (1, 1, 1), (2, 1, 2), (3, 1, 3)],
            &[
                "0010", "0001", "1100", "0001", "0000", "1001", "0110", "1010",
            ],
        ),
        core(
            5,
            &[(0, 1, 2), (1, 1, 2), (2, 1, 3)],
            &["010", "100", "011", "111", "001", "120", "001"],
        ),
    ]
}

/// A core among people who must all be in, people who can never be in, another feature that asks for nothing,
/// households of one, and in another order: nothing about the core changes.
fn dressed(source: &mut impl Source, cores: &[Case]) -> Case {
    let mut case = cores[source.below(cores.len())].clone();
    let (forced, out) = (source.below(3), source.below(3));
    for quotas in &mut case.quotas {
        quotas.push((forced as u32, forced as u32));
        quotas.push((0, 0));
    }
    case.size += forced as u32;
    for i in 0..forced + out {
        let last = if i < forced { 2 } else { 1 };
        let values = case
            .quotas
            .iter()
            .map(|quotas| quotas.len() - last)
            .collect();
        case.people.push(Somebody { values, home: None });
    }
    if source.once_in(2) {
        case.quotas.push(vec![(0, case.size); 2]);
        case.people
            .iter_mut()
            .for_each(|person| person.values.push(source.below(2)));
    }
    if source.once_in(2) {
        case.people
            .iter_mut()
            .enumerate()
            .for_each(|(i, person)| person.home = Some(i));
    }
    source.shuffle(&mut case.people);
    case
}

fn is_search(proof: &Proof) -> bool {
    matches!(proof, Proof::Search { .. })
}

#[test]
fn only_a_search_shows_it() {
    for i in 0..100 {
        let case = dressed(&mut Stream(10 << 32 | i), &without_panel());
        assert!(case.panels().is_empty(), "{case}");
        let finding = reference::clash(&case);
        assert_eq!(check_clash(&case, &finding), Ok(()), "{case}");
        assert!(is_search(&finding.proof), "{case}");
        let case = dressed(&mut Stream(10 << 32 | i), &with_somebody_out());
        let lottery = by_oracle(&case, &Ask::of(&case, Rule::Leximin, None))
            .lottery()
            .expect("panels");
        assert!(
            lottery
                .certificate
                .excluded
                .iter()
                .any(|e| is_search(&e.proof)),
            "{case}"
        );
    }
}

#[test]
fn what_a_search_names_clashes() {
    for i in 0..cases(200) {
        let case = dressed(&mut Stream(11 << 32 | i), &without_panel());
        let outcome = by_crate(&case, &Ask::of(&case, Rule::Leximin, Some(0)));
        let Outcome::Clash(found) = &outcome else {
            panic!("case {i}: {outcome:?}\n{case}")
        };
        assert_eq!(
            check_clash(&case, found),
            Ok(()),
            "case {i}: {found:?}\n{case}"
        );
    }
}

#[test]
fn whom_only_a_search_excludes_is_excluded() {
    for i in 0..cases(200) {
        let case = dressed(&mut Stream(12 << 32 | i), &with_somebody_out());
        if let Err(message) = properties::examine(&case, &by_crate, Depth::Full) {
            panic!("case {i}: {message}\n{case}");
        }
    }
}
