//! Instant runoff on all small profiles, against the sentences that define it.

use super::super::{Elimination, Runoff};

const ORDERS: [[usize; 3]; 6] = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
];

/// The winner, or those tied when `order` is empty, written down once more.
fn by_hand(ballots: &[[usize; 3]], order: &[usize]) -> (Option<usize>, Vec<usize>) {
    let mut left = vec![0, 1, 2];
    loop {
        let best = |ballot: &[usize; 3]| ballot.iter().copied().find(|one| left.contains(one));
        let votes = |option: usize| {
            let firsts = ballots.iter().filter_map(best);
            firsts.filter(|first| *first == option).count()
        };
        if let Some(winner) = left.iter().find(|one| 2 * votes(**one) > ballots.len()) {
            return (Some(*winner), vec![]);
        }
        let fewest = left.iter().map(|one| votes(*one)).min().unwrap();
        let last: Vec<usize> = left
            .iter()
            .copied()
            .filter(|one| votes(*one) == fewest)
            .collect();
        let goes = match last[..] {
            [one] => one,
            _ if order.is_empty() => return (None, last),
            _ => *order.iter().rev().find(|one| last.contains(one)).unwrap(),
        };
        left.retain(|one| *one != goes);
    }
}

#[test]
fn every_small_profile_is_counted_as_the_rule_says() {
    let mut ties = 0;
    for number in 0..6_usize.pow(5) {
        let picks = [1, 6, 36, 216, 1296].map(|unit| ORDERS[number / unit % 6]);
        // 2 to 5 voters
        let ballots = &picks[..2 + number % 4];
        let some: Vec<_> = ballots.iter().map(|one| Some(one.to_vec())).collect();
        for order in [&[][..], &[2, 0, 1]] {
            let elimination = match order {
                [] => Elimination::Stop,
                order => Elimination::LastOf(order.to_vec()),
            };
            let runoff = Runoff::new((9, 9), 3, &some, &elimination).unwrap();
            let found = (runoff.winner, runoff.tied.clone());
            assert_eq!(found, by_hand(ballots, order), "{ballots:?}");
            ties += usize::from(!runoff.tied.is_empty());
            let last = runoff.rounds.last().unwrap();
            assert_eq!(last.eliminated, None);
            let sum: u64 = last.votes.iter().flatten().sum();
            assert_eq!(sum, ballots.len() as u64);
        }
    }
    assert!(ties > 100, "ties are among them: {ties}");
}

#[test]
fn ballots_that_cannot_be_counted_are_all_named() {
    let ballots = [Some(vec![0, 1]), Some(vec![0, 0, 3]), None, Some(vec![])];
    let order = Elimination::LastOf(vec![1]);
    let error = Runoff::new((9, 3), 3, &ballots, &order).unwrap_err();
    assert_eq!(
        error.to_string(),
        "E-BALLOT-INCOMPLETE: found ballot 1: 2 options ranked, expected all 3\n\
         E-BALLOT-OPTION-TWICE: found ballot 2: option 0 again, expected every option at most once\n\
         E-BALLOT-OPTION: found ballot 2: option 3, counted from 0, expected one of 3 options\n\
         E-BALLOT-INCOMPLETE: found ballot 4: 0 options ranked, expected all 3\n\
         E-BALLOT-INCOMPLETE: found order of elimination: 1 options ranked, expected all 3\n\
         E-BALLOT-TURNOUT: found 4 cast and 3 present, expected not more cast than present"
    );
    assert!(Runoff::new((9, 9), 0, &[None], &Elimination::Stop).is_err());
    let nobody = Runoff::new((9, 9), 3, &[None], &Elimination::Stop).unwrap();
    assert_eq!((nobody.winner, nobody.rounds.len()), (None, 0));
}
