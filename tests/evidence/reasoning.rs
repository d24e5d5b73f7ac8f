//! The Deliberative Reason Index.

use kleroterion::evidence::reasoning::{
    Answers, Comparison, Exchange, Formula, MOST_PEOPLE, PAIRWISE_WARNING, Part, Reasoning,
    undefined,
};
use kleroterion::evidence::{Alternative, Permutations};
use kleroterion::lottery::Stream;
use proptest::prelude::*;

use crate::{codes, near};

fn answers(rows: &[(Vec<f64>, Vec<f64>)]) -> Vec<Answers> {
    let person = |(i, (c, p)): (usize, &(Vec<f64>, Vec<f64>))| {
        Answers::new(format!("p{i}"), c.clone(), p.clone())
    };
    rows.iter().enumerate().map(person).collect()
}

/// Four people, four considerations, three options.
fn four() -> Vec<Answers> {
    vec![
        Answers::new("1", [1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0]),
        Answers::new("2", [2.0, 3.0, 2.0, 3.0], [2.0, 3.0, 1.0]),
        Answers::new("3", [3.0, 4.0, 4.0, 3.0], [3.0, 1.0, 2.0]),
        Answers::new("4", [4.0, 3.0, 2.0, 1.0], [3.0, 2.0, 1.0]),
    ]
}

/// Rank by counting, Pearson from the definition: nothing in common with the library.
fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let rank = |v: &[f64], x: f64| -> f64 {
        v.iter()
            .map(|y| {
                if *y < x {
                    1.0
                } else if *y == x {
                    0.5
                } else {
                    0.0
                }
            })
            .sum()
    };
    let a: Vec<f64> = a.iter().map(|x| rank(a, *x)).collect();
    let b: Vec<f64> = b.iter().map(|x| rank(b, *x)).collect();
    let n = a.len() as f64;
    let (ma, mb) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let sum = |u: &[f64], mu: f64, v: &[f64], mv: f64| -> f64 {
        u.iter().zip(v).map(|(x, y)| (x - mu) * (y - mv)).sum()
    };
    sum(&a, ma, &b, mb) / (sum(&a, ma, &a, ma) * sum(&b, mb, &b, mb)).sqrt()
}

/// The older way of writing both formulas: mean distances and λ = 1 − √2/2.
fn by_definition(answers: &[Answers]) -> [f64; 2] {
    let (mut plain, mut adjusted, mut pairs) = (0.0, 0.0, 0.0);
    for (i, one) in answers.iter().enumerate() {
        for other in &answers[..i] {
            let r = correlation(&one.considerations, &other.considerations);
            let p = correlation(&one.preferences, &other.preferences);
            let d = (r - p).abs() / 2.0_f64.sqrt();
            plain += d;
            adjusted += (1.0 - d) * (r.abs().max(p.abs()) / 0.2).min(1.0);
            pairs += 1.0;
        }
    }
    let lambda = 1.0 - 2.0_f64.sqrt() / 2.0;
    [plain / pairs, 1.0 - adjusted / pairs]
        .map(|d| 2.0 * ((1.0 - d - lambda) / (1.0 - lambda)) - 1.0)
}

#[test]
fn the_value_of_four_people_is_the_published_one() {
    let reasoning = Reasoning::new(&four()).unwrap();
    for formula in [Formula::Original, Formula::ADJUSTED] {
        let index = reasoning.index(formula);
        assert!((index + 0.131_475_730_3).abs() < 5e-11, "{index}");
    }
}

#[test]
fn closed_forms() {
    let two = |c: [[f64; 4]; 2], p: [[f64; 4]; 2]| {
        let reasoning = Reasoning::new(&answers(&[
            (c[0].to_vec(), p[0].to_vec()),
            (c[1].to_vec(), p[1].to_vec()),
        ]));
        let reasoning = reasoning.unwrap();
        [Formula::Original, Formula::ADJUSTED].map(|formula| reasoning.index(formula))
    };
    let (up, down) = ([1.0, 2.0, 3.0, 4.0], [4.0, 3.0, 2.0, 1.0]);
    let across = [2.0, 4.0, 1.0, 3.0]; // not correlated with `up`
    assert_eq!(two([up, up], [up, up]), [1.0, 1.0]);
    assert_eq!(two([up, down], [down, up]), [1.0, 1.0]);
    let worst = two([up, up], [up, down]);
    near(worst[0], -3.0);
    near(worst[1], -3.0);
    // No signal at all: consistent by the original formula, 1 − 2√2 by the adjusted one.
    let silent = two([up, across], [across, up]);
    near(silent[0], 1.0);
    near(silent[1], 1.0 - 8.0_f64.sqrt());
    // r = 0 and p = 1: 1 − 2·1.
    let half = two([up, across], [up, up]);
    near(half[0], -1.0);
    near(half[1], -1.0);
}

#[test]
fn a_threshold_is_a_share() {
    assert_eq!(Formula::adjusted(0.2).unwrap(), Formula::ADJUSTED);
    for threshold in [0.0, -0.1, 1.1, f64::NAN] {
        assert_eq!(codes(Formula::adjusted(threshold)), ["E-DRI-THRESHOLD"]);
    }
}

#[test]
fn everybody_without_an_order_is_named() {
    let mut people = four();
    people[1].considerations = vec![5.0; 4];
    people[3].preferences = vec![2.0; 3];
    let found = undefined(&people);
    let found: Vec<_> = found
        .iter()
        .map(|u| (u.position, &u.person[..], u.part))
        .collect();
    assert_eq!(
        found,
        [(1, "2", Part::Considerations), (3, "4", Part::Preferences)]
    );
    let error = Reasoning::new(&people).unwrap_err().to_string();
    assert_eq!(
        error,
        "E-DRI-CONSTANT: found considerations of person \"2\" that are all equal, expected at least two different answers; without them the index is not defined\n\
         E-DRI-CONSTANT: found preferences of person \"4\" that are all equal, expected at least two different answers; without them the index is not defined"
    );
}

#[test]
fn all_problems_come_together() {
    assert_eq!(codes(Reasoning::new(&[])), ["E-DRI-PEOPLE"]);
    assert_eq!(codes(Reasoning::new(&four()[..1])), ["E-DRI-PEOPLE"]);
    let crowd: Vec<Answers> = (0..=MOST_PEOPLE)
        .map(|i| Answers::new(i.to_string(), [1.0, 2.0], [1.0, 2.0]))
        .collect();
    assert_eq!(codes(Reasoning::new(&crowd)), ["E-DRI-PEOPLE"]);
    let mut people = four();
    people[1].person = "1".into();
    people[2].considerations.pop();
    people[3].preferences[0] = f64::INFINITY;
    let expected = ["E-DRI-TWICE", "E-DRI-LENGTH", "E-DRI-NUMBER"];
    assert_eq!(codes(Reasoning::new(&people)), expected);
    // Somebody only before, somebody only after, and a question more.
    let (before, mut after) = (four(), four());
    after[0].person = "5".into();
    for person in &mut after {
        person.preferences.push(9.0);
    }
    let expected = ["E-DRI-PAIR", "E-DRI-PAIR", "E-DRI-LENGTH"];
    assert_eq!(codes(Comparison::new(&before, &after)), expected);
}

#[test]
fn groups_have_their_own_pairs() {
    let reasoning = Reasoning::new(&four()).unwrap();
    let found = reasoning
        .by_group(&["a", "b", "a", "c"], Formula::Original)
        .unwrap();
    let names: Vec<_> = found.iter().map(|g| (&g.group[..], g.people)).collect();
    assert_eq!(names, [("a", 2), ("b", 1), ("c", 1)]);
    let (_, _, r, p) = reasoning
        .pairs()
        .find(|pair| (pair.0, pair.1) == (2, 0))
        .unwrap();
    near(found[0].index.unwrap(), 1.0 - 2.0 * (r - p).abs());
    assert_eq!((found[1].index, found[2].index), (None, None));
    assert_eq!(
        codes(reasoning.by_group(&["a"], Formula::Original)),
        ["E-DRI-LENGTH"]
    );
}

#[test]
fn a_link_is_compared_with_every_deal() {
    // Three people, all of whose six deals of preferences can be listed.
    let people = &four()[..3];
    let index = |order: [usize; 3]| {
        let mut dealt = people.to_vec();
        for (person, from) in dealt.iter_mut().zip(order) {
            person.preferences.clone_from(&people[from].preferences);
        }
        Reasoning::new(&dealt).unwrap().index(Formula::Original)
    };
    let deals = [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ];
    let own = index([0, 1, 2]);
    let high = deals
        .iter()
        .filter(|deal| index(**deal) >= own - 1e-12)
        .count();
    let permutations = Permutations::new(6_000, "three people");
    let test = Reasoning::new(people)
        .unwrap()
        .link_test(Formula::Original, &permutations);
    near(test.observed, own);
    // Four standard errors of a share of 6 000.
    assert!(
        (test.p - high as f64 / 6.0).abs() < 0.026,
        "{} against {high}/6",
        test.p
    );
}

/// Six people whose preferences follow their considerations after, and not before.
fn six() -> Comparison {
    let c = |i: usize| vec![i as f64, (i * i % 7) as f64, 3.0, (5 * i % 6) as f64, 1.0];
    let by = |shift: usize| -> Vec<Answers> {
        let row = |i: usize| (c(i), c((i * shift + shift / 2) % 6));
        answers(&(0..6).map(row).collect::<Vec<_>>())
    };
    Comparison::new(&by(5), &by(1)).unwrap()
}

#[test]
fn exchanges_within_people_are_compared_with_all_of_them() {
    let compared = six();
    let (before, after) = (0..6).map(|i| (i, i + 6)).collect::<(Vec<_>, Vec<_>)>();
    let loss = |rows: &[usize]| -> f64 {
        // From scratch: the answers of these rows in one list.
        let c = |i: usize| vec![i as f64, (i * i % 7) as f64, 3.0, (5 * i % 6) as f64, 1.0];
        let row = |r: &usize| {
            let (i, shift) = (r % 6, if *r < 6 { 5 } else { 1 });
            (c(i), c((i * shift + shift / 2) % 6))
        };
        let people = answers(&rows.iter().map(row).collect::<Vec<_>>());
        Reasoning::new(&people).unwrap().index(Formula::ADJUSTED)
    };
    let change = |signs: usize| {
        let side = |first: bool| -> Vec<usize> {
            let pick = |i: usize| {
                if (signs >> i & 1 == 1) == first {
                    after[i]
                } else {
                    before[i]
                }
            };
            (0..6).map(pick).collect()
        };
        loss(&side(false)) - loss(&side(true))
    };
    let own = change(0);
    near(compared.change(Formula::ADJUSTED), own);
    let high = (0..64)
        .filter(|&signs| change(signs) >= own - 1e-12)
        .count();
    let terms = (Exchange::WithinPerson, Alternative::Greater);
    let test = compared.change_test(Formula::ADJUSTED, terms, &Permutations::new(6_000, "six"));
    assert!(
        (test.p - high as f64 / 64.0).abs() < 0.026,
        "{} against {high}/64",
        test.p
    );
}

#[test]
fn tests_are_the_same_every_time() {
    let compared = six();
    let test = |exchange, text: &str| {
        let permutations = Permutations::new(499, text);
        compared.change_test(
            Formula::Original,
            (exchange, Alternative::TwoSided),
            &permutations,
        )
    };
    assert_eq!(test(Exchange::Labels, "a"), test(Exchange::Labels, "a"));
    assert_ne!(
        test(Exchange::Labels, "a").extreme,
        test(Exchange::Labels, "b").extreme
    );
}

/// With nothing but chance, p is at most 0.05 in at most a twentieth of all data. 300 data sets: 15 expected, above 33 once in some 10^5 runs.
#[test]
fn chance_is_found_significant_one_time_in_twenty() {
    let mut stream = Stream::from_key([5; 32]);
    let mut found = [0, 0, 0];
    for round in 0..300 {
        let mut row = || -> Vec<f64> { (0..5).map(|_| stream.below(1000) as f64).collect() };
        let mut people = || answers(&(0..6).map(|_| (row(), row())).collect::<Vec<_>>());
        let compared = Comparison::new(&people(), &people()).unwrap();
        let permutations = Permutations::new(79, round.to_string());
        let changes = [Exchange::Labels, Exchange::WithinPerson].map(|exchange| {
            let terms = (exchange, Alternative::Greater);
            compared.change_test(Formula::ADJUSTED, terms, &permutations)
        });
        let link = compared
            .before()
            .link_test(Formula::Original, &permutations);
        for (count, test) in found.iter_mut().zip([changes[0], changes[1], link]) {
            *count += usize::from(test.p <= 0.05);
        }
    }
    assert!(
        found.iter().all(|count| (3..=33).contains(count)),
        "{found:?}"
    );
}

#[test]
fn a_test_over_pairs_carries_its_warning() {
    let compared = six();
    let pairwise = compared.pairwise(Formula::Original);
    assert_eq!(pairwise.warning, PAIRWISE_WARNING);
    let json = serde_json::to_string(&pairwise).unwrap();
    assert!(
        json.contains("takes pairs of people as independent"),
        "{json}"
    );
    let total = pairwise.test.positive + pairwise.test.negative;
    near(
        total,
        (pairwise.test.changes * (pairwise.test.changes + 1) / 2) as f64,
    );
    // What rose within pairs rose in the index.
    assert!(pairwise.test.positive > pairwise.test.negative);
    assert!(compared.individual(Formula::Original).positive > 10.5);
}

#[test]
fn nobody_is_shown() {
    let text = format!("{:?} {:?}", four()[0], Reasoning::new(&four()).unwrap());
    assert_eq!(
        text,
        "Answers(\"1\", 4 considerations, 3 preferences) Reasoning(4 people)"
    );
}

/// Lists of so many answers that are not all equal.
fn list(length: usize) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec((1..=7).prop_map(f64::from), length)
        .prop_filter("an order", |list| list.iter().any(|x| *x != list[0]))
}

fn group() -> impl Strategy<Value = Vec<(Vec<f64>, Vec<f64>)>> {
    (2..8_usize, 2..9_usize, 2..6_usize)
        .prop_flat_map(|(people, c, p)| prop::collection::vec((list(c), list(p)), people))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn both_formulas_are_as_defined(rows in group()) {
        let people = answers(&rows);
        let reasoning = Reasoning::new(&people).unwrap();
        let [plain, adjusted] = by_definition(&people);
        near(reasoning.index(Formula::Original), plain);
        near(reasoning.index(Formula::ADJUSTED), adjusted);
    }

    #[test]
    fn indices_have_a_range_and_individual_ones_a_mean(rows in group()) {
        let reasoning = Reasoning::new(&answers(&rows)).unwrap();
        for formula in [Formula::Original, Formula::ADJUSTED] {
            let index = reasoning.index(formula);
            prop_assert!((-3.0 - 1e-12..=1.0 + 1e-12).contains(&index));
            let individual = reasoning.individual(formula);
            near(individual.iter().sum::<f64>() / individual.len() as f64, index);
        }
    }

    /// Only the order of answers matters, not their scale; not the order of people or of questions; not which end is up, as long as it is for everybody.
    #[test]
    fn what_does_not_matter(rows in group(), turn in 0..100_usize) {
        let index = |rows: &[(Vec<f64>, Vec<f64>)]| Reasoning::new(&answers(rows)).unwrap().index(Formula::ADJUSTED);
        let own = index(&rows);
        let mut other = rows.clone();
        let (people, questions) = (rows.len(), rows[0].0.len());
        other.rotate_left(turn % people);
        for (c, p) in &mut other {
            c.rotate_left(turn % questions);
            c.iter_mut().for_each(|x| *x = *x * *x * 3.0 + 1.0);
            p.iter_mut().for_each(|x| *x = -*x);
        }
        near(index(&other), own);
    }

    /// Considerations and preferences may change places.
    #[test]
    fn reasons_and_conclusions_are_symmetric(rows in group()) {
        let turned: Vec<_> = rows.iter().map(|(c, p)| (p.clone(), c.clone())).collect();
        let index = |rows: &[(Vec<f64>, Vec<f64>)]| Reasoning::new(&answers(rows)).unwrap().index(Formula::Original);
        near(index(&turned), index(&rows));
    }
}
