//! Speaking time.

use kleroterion::evidence::voice::Voice;
use proptest::prelude::*;

use crate::{codes, near};

#[test]
fn closed_forms() {
    near(Voice::new(&[1.0, 2.0, 3.0, 4.0]).unwrap().gini(), 0.25);
    let even = Voice::new(&[7.0; 6]).unwrap();
    near(even.gini(), 0.0);
    near(even.entropy().unwrap(), 1.0);
    for n in 2..12_usize {
        let mut amounts = vec![0.0; n];
        amounts[n / 2] = 90.0;
        let voice = Voice::new(&amounts).unwrap();
        near(voice.gini(), (n as f64 - 1.0) / n as f64);
        near(voice.gini_corrected().unwrap(), 1.0);
        assert_eq!(voice.entropy(), Some(0.0));
        near(voice.silent_share(), (n as f64 - 1.0) / n as f64);
        assert_eq!(voice.largest_share(), 1.0);
    }
    // Half the people speak alike, half not at all: ln(n/2)/ln n.
    near(
        Voice::new(&[5.0, 0.0, 5.0, 0.0])
            .unwrap()
            .entropy()
            .unwrap(),
        0.5,
    );
    let one = Voice::new(&[3.0]).unwrap();
    assert_eq!(
        (one.gini(), one.gini_corrected(), one.entropy()),
        (0.0, None, None)
    );
}

#[test]
fn unfit_amounts_are_all_named() {
    assert_eq!(codes(Voice::new(&[])), ["E-VOICE-NONE"]);
    assert_eq!(codes(Voice::new(&[0.0, 0.0])), ["E-VOICE-SILENCE"]);
    assert_eq!(
        codes(Voice::new(&[-1.0, 2.0, f64::NAN])),
        ["E-VOICE-AMOUNT"; 2]
    );
    assert_eq!(
        codes(Voice::new(&[f64::MAX, f64::MAX])),
        ["E-VOICE-AMOUNT"; 2]
    );
}

#[test]
fn groups_and_tables() {
    let voice = Voice::new(&[60.0, 0.0, 20.0, 0.0, 0.0, 40.0]).unwrap();
    let groups = voice.by_group(&["w", "m", "w", "m", "m", "m"]).unwrap();
    assert_eq!(
        (&groups[0].group[..], groups[0].people, groups[0].silent),
        ("w", 2, 0)
    );
    near(groups[0].ratio, 2.0);
    near(groups[1].ratio, 0.5);
    assert_eq!(groups[1].silent, 3);
    assert_eq!(codes(voice.by_group(&["w"])), ["E-VOICE-LENGTH"]);
    let tables = voice
        .by_table(&[vec![0, 1, 2], vec![3, 4], vec![5]])
        .unwrap();
    near(tables[0].as_ref().unwrap().gini(), 0.5); // 0, 20, 60
    assert_eq!(
        (tables[1].is_none(), tables[2].as_ref().unwrap().total()),
        (true, 40.0)
    );
    assert_eq!(
        codes(voice.by_table(&[vec![0, 0], vec![6], vec![]])),
        ["E-VOICE-TABLE"; 3]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn figures_are_as_defined(amounts in prop::collection::vec(0..500_u32, 2..20)) {
        prop_assume!(amounts.iter().any(|a| *a > 0));
        let amounts: Vec<f64> = amounts.into_iter().map(f64::from).collect();
        let voice = Voice::new(&amounts).unwrap();
        let (n, sum) = (amounts.len() as f64, amounts.iter().sum::<f64>());
        let apart: f64 = amounts.iter().flat_map(|a| amounts.iter().map(move |b| (a - b).abs())).sum();
        near(voice.gini(), apart / (2.0 * n * sum));
        let entropy = voice.entropy().unwrap();
        prop_assert!((0.0..=1.0 + 1e-12).contains(&entropy));
        // Groups' shares of people, times their ratios, make the whole.
        let names: Vec<&str> = (0..amounts.len()).map(|i| ["a", "b", "c"][i % 3]).collect();
        let groups = voice.by_group(&names).unwrap();
        near(groups.iter().map(|g| g.share_of_people * g.ratio).sum(), 1.0);
        near(groups.iter().map(|g| g.share_of_voice).sum(), 1.0);
    }

    /// A minute passed on from somebody who spoke more to somebody who spoke less makes speaking more even.
    #[test]
    fn passing_the_word_on_makes_it_more_even(amounts in prop::collection::vec(1..500_u32, 2..20)) {
        let (low, high) = (0..amounts.len()).fold((0, 0), |(low, high), i| {
            (if amounts[i] < amounts[low] { i } else { low }, if amounts[i] > amounts[high] { i } else { high })
        });
        prop_assume!(amounts[high] > amounts[low] + 1);
        let voice = |amounts: &[u32]| Voice::new(&amounts.iter().map(|a| f64::from(*a)).collect::<Vec<_>>()).unwrap();
        let before = voice(&amounts);
        let mut passed = amounts.clone();
        passed[high] -= 1;
        passed[low] += 1;
        let after = voice(&passed);
        prop_assert!(after.gini() < before.gini() && after.entropy() > before.entropy());
    }
}

#[test]
fn equal_voices_give_exactly_0_and_1() {
    for n in 2..60 {
        for amount in [0.1, 7.7, 1.0 / 3.0, 600.0] {
            let voice = Voice::new(&vec![amount; n]).unwrap();
            assert_eq!(
                (voice.gini(), voice.entropy()),
                (0.0, Some(1.0)),
                "{n} × {amount}"
            );
        }
    }
    for amounts in [
        [0.1, 0.1, 0.1, 0.1 + 1e-17],
        [7.7, 7.7, 7.7, 7.700_000_000_000_001],
    ] {
        let voice = Voice::new(&amounts).unwrap();
        assert!(voice.gini() >= 0.0 && voice.entropy().unwrap() <= 1.0);
    }
}

#[test]
fn shares_too_small_for_a_float_and_amounts_too_large() {
    let voice = Voice::new(&[5e-324, 1e100]).unwrap();
    assert_eq!(voice.entropy(), Some(0.0));
    assert_eq!(codes(Voice::new(&[1e101, 1e308])), ["E-VOICE-AMOUNT"; 2]);
}
