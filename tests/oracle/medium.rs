//! Instances too large to try every panel: the certificate has to prove the lottery.

use kleroterion::selection::Rule;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

use crate::case::{Case, Somebody};
use crate::check::{
    certificate::check_certificate, ensure, fairness, lottery as plain, rational, show,
};
use crate::generate::{Source, Stream, plant, small};
use crate::golden::{self, ratio};
use crate::outcome::{Ask, Lottery, Solve, by_crate};
use crate::properties::cases;
use crate::reference::by_oracle;

/// A mid-size instance with a planted panel: 70 to 300 people, 20 to 40 seats, 4 to 6 features.
fn medium(source: &mut impl Source) -> Case {
    let n = source.between(70, 300);
    let values: Vec<usize> = (0..source.between(4, 6))
        .map(|_| source.between(2, 5))
        .collect();
    let skewed = |source: &mut dyn FnMut(usize) -> usize| -> Vec<usize> {
        values.iter().map(|&v| source(v).min(source(v))).collect()
    };
    let mut below = |n: usize| source.below(n);
    let mut people: Vec<Somebody> = (0..n)
        .map(|_| Somebody {
            values: skewed(&mut below),
            home: None,
        })
        .collect();
    if source.once_in(2) {
        for home in 0..n / 10 {
            people[2 * home].home = Some(home);
            people[2 * home + 1].home = Some(home);
        }
        source.shuffle(&mut people);
    }
    let size = source.between(20, 40) as u32;
    let mut case = Case {
        size,
        quotas: values.iter().map(|&v| vec![(0, size); v]).collect(),
        people,
        most: 1,
    };
    // The planted panel favours rare values, so that the pool is self-selected.
    let rare: Vec<bool> = case
        .people
        .iter()
        .map(|p| p.values.iter().sum::<usize>() >= 4)
        .collect();
    let half = source.below(2) == 0;
    let planted = plant(source, &case, |i| half && rare[i] && i % 2 == 0);
    let exact = source.once_in(3);
    for feature in 0..case.quotas.len() {
        for value in 0..case.quotas[feature].len() {
            let seats = planted
                .iter()
                .filter(|&&i| case.people[i].values[feature] == value)
                .count();
            let (less, more) = if exact {
                (0, 0)
            } else {
                (source.below(3), source.below(3))
            };
            case.quotas[feature][value] =
                (seats.saturating_sub(less) as u32, (seats + more) as u32);
        }
    }
    case
}

/// What can be said without trying every panel.
fn check(case: &Case, lottery: &Lottery, rule: Rule) -> Result<(), String> {
    plain::check_groups(case, lottery)?;
    plain::check_weights(lottery)?;
    plain::check_feasible(case, lottery)?;
    plain::check_chances(case, lottery)?;
    fairness::check_equal_types(case, &lottery.chances)?;
    check_certificate(case, lottery, &rule.to_string(), &[])?;
    check_shares(case, lottery)
}

/// Nobody's lowest chance exceeds the most seats a value has, shared equally.
fn check_shares(case: &Case, lottery: &Lottery) -> Result<(), String> {
    let lowest = lottery
        .chances
        .iter()
        .filter(|c| !c.is_zero())
        .min()
        .ok_or("nobody has a chance")?;
    for quota in 0..case.flat_quotas().len() {
        let members = (0..case.people.len())
            .filter(|&i| case.quotas_of(i).contains(&quota) && !lottery.chances[i].is_zero());
        let members = members.count() as u64;
        let share = BigRational::new(
            case.flat_quotas()[quota].1.into(),
            BigInt::from(members.max(1)),
        );
        ensure(members == 0 || *lowest <= share + rational(1000), || {
            format!(
                "lowest chance {} above the share of quota {quota}",
                show(lowest)
            )
        })?;
    }
    Ok(())
}

fn examine(case: &Case, solve: Solve<'_>) -> Result<(), String> {
    let lottery = solve(case, &Ask::of(case, Rule::Leximin, None)).lottery()?;
    check(case, &lottery, Rule::Leximin)?;
    let fewest = solve(case, &Ask::of(case, Rule::Leximin, Some(0))).lottery()?;
    check(case, &fewest, Rule::Leximin).map_err(|m| format!("without spread: {m}"))?;
    fairness::check_same_chances(&lottery, &fewest)?;
    let maximin = solve(case, &Ask::of(case, Rule::Maximin, Some(0))).lottery()?;
    check(case, &maximin, Rule::Maximin).map_err(|m| format!("maximin: {m}"))?;
    fairness::check_same_lowest(&lottery, &maximin)?;
    let mut ask = Ask::of(case, Rule::Leximin, Some(0));
    Stream(case.people.len() as u64).shuffle(&mut ask.rows);
    plain::check_same(&fewest, &solve(case, &ask).lottery()?)
}

#[test]
fn mid_size_lotteries_prove_themselves() {
    for i in 0..cases(12).min(2000) {
        let case = medium(&mut Stream(6 << 32 | i));
        if let Err(message) = examine(&case, &by_crate) {
            panic!("mid-size case {i}: {message}\n{case}");
        }
    }
}

#[test]
fn what_needs_no_panels_holds_for_small_cases_and_can_fail() {
    let mut solved = 0;
    for i in 0..100 {
        let case = small(&mut Stream(9 << 32 | i));
        if case.panels().is_empty() {
            continue;
        }
        examine(&case, &by_oracle).unwrap_or_else(|message| panic!("{message}\n{case}"));
        solved += 1;
    }
    assert!(solved > 50);
    let case = golden::forced().case;
    let mut lottery = by_oracle(&case, &Ask::of(&case, Rule::Leximin, None))
        .lottery()
        .expect("feasible");
    // b has one seat for three people: nobody's lowest chance can be 2/5.
    assert_eq!(check_shares(&case, &lottery), Ok(()));
    lottery.chances.fill(ratio(2, 5));
    assert!(
        check_shares(&case, &lottery)
            .expect_err("too high")
            .contains("above the share")
    );
}

/// The public examples of Flanigan et al., Nature 2021: everybody has one chance in ten.
pub(crate) fn example(scale: usize) -> Case {
    let kinds = [
        (vec![0, 0], 100 * scale - 1),
        (vec![0, 1], 1),
        (vec![1, 1], 100 * scale),
    ];
    let people = kinds.iter().flat_map(|(values, n)| {
        std::iter::repeat_n(
            Somebody {
                values: values.clone(),
                home: None,
            },
            *n,
        )
    });
    let (size, least) = if scale == 1 { (20, 9) } else { (200, 99) };
    Case {
        size,
        quotas: vec![vec![(least, size); 2]; 2],
        people: people.collect(),
        most: 1,
    }
}

#[test]
fn the_public_examples_give_everybody_one_in_ten() {
    for scale in [1, 10] {
        let case = example(scale);
        for spread in [None, Some(0)] {
            let lottery = by_crate(&case, &Ask::of(&case, Rule::Leximin, spread))
                .lottery()
                .expect("a lottery");
            check(&case, &lottery, Rule::Leximin).expect("every property");
            fairness::check_vector(&vec![ratio(1, 10); case.people.len()], &lottery.chances)
                .expect("one in ten");
        }
    }
}
