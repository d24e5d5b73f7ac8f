//! Approval, scales, rankings: against brute force and definitions.

use super::super::*;
use crate::ratio::Ratio;

/// A small generator, so that the cases are the same everywhere.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % n
    }

    /// A ranking of some of the options, sometimes with tiers; or an abstention.
    fn ballot(&mut self, options: usize) -> Option<Vec<Vec<usize>>> {
        if self.below(8) == 0 {
            return None;
        }
        let mut left: Vec<usize> = (0..options).collect();
        let mut tiers: Vec<Vec<usize>> = vec![];
        for _ in 0..self.below(options + 1) {
            let option = left.remove(self.below(left.len()));
            match tiers.last_mut() {
                Some(tier) if self.below(4) == 0 => tier.push(option),
                _ => tiers.push(vec![option]),
            }
        }
        Some(tiers)
    }
}

fn orders(options: usize) -> Vec<Vec<usize>> {
    if options == 0 {
        return vec![vec![]];
    }
    let mut all = vec![];
    for shorter in orders(options - 1) {
        for at in 0..=shorter.len() {
            let mut order = shorter.clone();
            order.insert(at, options - 1);
            all.push(order);
        }
    }
    all.sort();
    all
}

/// True when the ballot puts `a` above `b`.
fn prefers(ballot: &[Vec<usize>], a: usize, b: usize) -> bool {
    let place = |option| ballot.iter().position(|tier| tier.contains(&option));
    match (place(a), place(b)) {
        (Some(a), Some(b)) => a < b,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

#[test]
fn rankings_agree_with_brute_force() {
    let mut numbers = Numbers(1);
    for case in 0..120 {
        let options = if case < 115 { 1 + case % 6 } else { 7 };
        let ballots: Vec<_> = (0..numbers.below(12))
            .map(|_| numbers.ballot(options))
            .collect();
        let given: Vec<_> = ballots
            .iter()
            .map(|b| b.clone().map(Ranking::tiers))
            .collect();
        let counted = Rankings::new((20, 20), options, &given).unwrap();
        let said: Vec<_> = ballots.iter().flatten().collect();
        let prefer =
            |a: usize, b: usize| said.iter().filter(|ballot| prefers(ballot, a, b)).count() as u64;
        for a in 0..options {
            for b in 0..options {
                assert_eq!(counted.pairwise()[a][b], prefer(a, b));
            }
        }
        let winner =
            (0..options).find(|&a| (0..options).all(|b| a == b || prefer(a, b) > prefer(b, a)));
        assert_eq!(counted.condorcet_winner(), winner);

        let cost = |order: &Vec<usize>| -> u64 {
            let pairs = (0..options).flat_map(|i| (i + 1..options).map(move |j| (i, j)));
            pairs.map(|(i, j)| prefer(order[j], order[i])).sum()
        };
        let all = orders(options);
        let least = all.iter().map(cost).min().unwrap();
        let best: Vec<_> = all
            .into_iter()
            .filter(|order| cost(order) == least)
            .collect();
        let kemeny = counted.kemeny().unwrap();
        assert_eq!((kemeny.contradicted, &kemeny.rankings), (least, &best));
        if let Some(winner) = winner {
            assert!(
                best.iter().all(|order| order[0] == winner),
                "a Condorcet winner comes first"
            );
        }
        borda_by_ballot(&counted, &said, options);
    }
}

fn borda_by_ballot(counted: &Rankings, said: &[&Vec<Vec<usize>>], options: usize) {
    for (a, points) in counted.borda().into_iter().enumerate() {
        let mut halves = 0;
        for ballot in said {
            for b in (0..options).filter(|&b| b != a) {
                halves += match (prefers(ballot, a, b), prefers(ballot, b, a)) {
                    (true, _) => 2,
                    (_, true) => 0,
                    _ => 1,
                };
            }
        }
        assert_eq!(points, Ratio::new(halves, 2));
    }
    // Every pair of options shares one point per ballot.
    let sum: u64 = counted.borda().iter().map(|points| points.numerator).sum();
    assert_eq!(
        sum,
        (said.len() * options * options.saturating_sub(1)) as u64
    );
}

/// Condorcet's paradox: no winner, and three equally good orders.
#[test]
fn a_cycle_has_no_winner() {
    let ballots = [[0, 1, 2], [1, 2, 0], [2, 0, 1]].map(|order| Some(Ranking::strict(order)));
    let counted = Rankings::new((3, 3), 3, &ballots).unwrap();
    assert_eq!(counted.condorcet_winner(), None);
    assert_eq!(counted.borda_winners(), [0, 1, 2]);
    let kemeny = counted.kemeny().unwrap();
    assert_eq!(kemeny.contradicted, 4);
    assert_eq!(kemeny.rankings, [[0, 1, 2], [1, 2, 0], [2, 0, 1]]);
}

#[test]
fn eight_options_are_the_most() {
    let ballots = vec![Some(Ranking::strict((0..8).rev())); 3];
    let kemeny = Rankings::new((3, 3), 8, &ballots)
        .unwrap()
        .kemeny()
        .unwrap();
    assert_eq!(kemeny.rankings, [[7, 6, 5, 4, 3, 2, 1, 0]]);
    assert_eq!(
        Rankings::new((3, 3), 8, &[])
            .unwrap()
            .kemeny()
            .unwrap()
            .rankings
            .len(),
        40_320
    );
    let error = Rankings::new((3, 3), 9, &[]).unwrap().kemeny().unwrap_err();
    assert_eq!(
        error.to_string(),
        "E-BALLOT-OPTIONS: found 9 options, expected at most 8 for Kemeny's rule"
    );
}

#[test]
fn ballots_with_wrong_options_are_all_named() {
    let text = "E-BALLOT-OPTION: found ballot 1: option 3, counted from 0, expected one of 3 options\n\
         E-BALLOT-OPTION-TWICE: found ballot 2: option 0 again, expected every option at most once\n\
         E-BALLOT-TURNOUT: found 2 cast and 1 present, expected not more cast than present";
    let approval = Approval::new((9, 1), 3, &[Some(vec![3]), Some(vec![0, 1, 0])]);
    assert_eq!(approval.unwrap_err().to_string(), text);
    let ballots = [vec![vec![3]], vec![vec![0], vec![1, 0]]].map(|t| Some(Ranking::tiers(t)));
    let ranked = Rankings::new((9, 1), 3, &ballots);
    assert_eq!(ranked.unwrap_err().to_string(), text);
}

#[test]
fn approval_counts_every_option_by_itself() {
    let ballots = [
        Some(vec![0, 1]),
        Some(vec![1]),
        Some(vec![2, 1, 0]),
        Some(vec![]),
        None,
    ];
    let approval = Approval::new((8, 6), 3, &ballots).unwrap();
    assert_eq!(approval.approvals(), [2, 3, 1]);
    assert_eq!(approval.most_approved(), [1]);
    let expressed = approval.turnout().of(Denominator::Expressed);
    assert_eq!(
        (approval.turnout().of(Denominator::Cast), expressed),
        (5, 4)
    );
    let half = Threshold::new(Bound::AtLeast, Ratio::new(1, 2), Denominator::Expressed).unwrap();
    let decided = approval.decide(&BallotRule::new(half));
    let decisions: Vec<_> = decided.iter().map(|counted| counted.decision).collect();
    assert_eq!(
        decisions,
        [Decision::Adopted, Decision::Adopted, Decision::Rejected]
    );
    assert_eq!(decided[2].opposition, 3);
    let nobody = Approval::new((8, 6), 2, &[Some(vec![])]).unwrap();
    assert_eq!(nobody.most_approved(), [0, 1]);
}

/// Median, quartiles, mean and sides against the sorted list of votes.
#[test]
fn scales_agree_with_the_sorted_votes() {
    let mut numbers = Numbers(2);
    for case in 0..300 {
        let (lowest, highest) = [(1, 5), (1, 4), (-3, 3), (0, 10)][case % 4];
        let votes: Vec<Option<i64>> = (0..numbers.below(15))
            .map(|_| lowest + numbers.below((highest - lowest + 2) as usize) as i64)
            .map(|vote| (vote <= highest).then_some(vote))
            .collect();
        let scores =
            Scores::new((20, 20), Scale::score(lowest, highest, 1).unwrap(), &votes).unwrap();
        let mut sorted: Vec<i64> = votes.iter().flatten().copied().collect();
        sorted.sort_unstable();
        let n = sorted.len();
        if n == 0 {
            assert_eq!(
                (scores.mean(), scores.median(), scores.quartiles()),
                (None, None, None)
            );
            continue;
        }
        let mean = scores.mean().unwrap();
        assert_eq!(
            (mean.numerator, mean.denominator),
            (sorted.iter().sum(), n as u64)
        );
        assert_eq!(scores.median(), Some((sorted[(n - 1) / 2], sorted[n / 2])));
        let quartile = |quarters: usize| {
            let enough =
                |vote: &&i64| 4 * sorted.iter().filter(|v| v <= vote).count() >= quarters * n;
            *sorted.iter().find(enough).unwrap()
        };
        assert_eq!(scores.quartiles(), Some((quartile(1), quartile(3))));
        let side = |above: bool| {
            let middle = lowest + highest;
            sorted
                .iter()
                .filter(|&&v| {
                    if above {
                        2 * v > middle
                    } else {
                        2 * v < middle
                    }
                })
                .count()
        };
        assert_eq!(scores.sides(), (side(true) as u64, side(false) as u64));
        assert_eq!(scores.net_support(), side(true) as i64 - side(false) as i64);
        let lows = sorted.iter().filter(|&&v| v == lowest).count();
        let tenth = scores.no_strong_opposition(Ratio::new(1, 10));
        assert_eq!(tenth, 10 * lows <= n);
    }
}

/// Follow-up of the French convention: members scored the government from 0 to 10; below the pass mark of 5.
#[test]
fn french_scores_have_their_mean() {
    let votes = [34, 37, 37, 37, 40, 41].map(Some);
    let scores = Scores::new((6, 6), Scale::score(0, 100, 10).unwrap(), &votes).unwrap();
    assert_eq!(scores.mean().unwrap().decimal(2), "3.77");
    assert_eq!(scores.mean().unwrap().decimal(1), "3.8");
    assert_eq!((scores.median(), scores.sides()), (Some((37, 37)), (0, 6)));
}

#[test]
fn votes_off_the_scale_are_all_named() {
    let scale = Scale::likert(5).unwrap();
    let error = Scores::new((2, 2), scale, &[Some(0), Some(6), None]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "E-BALLOT-SCORE: found ballot 1: 0, expected a step from 1 to 5\n\
         E-BALLOT-SCORE: found ballot 2: 6, expected a step from 1 to 5\n\
         E-BALLOT-TURNOUT: found 3 cast and 2 present, expected not more cast than present"
    );
    for (lowest, highest, unit) in [(1, 1, 1), (0, 5, 0), (i64::MIN, 3, 1), (0, 1_000_000, 1)] {
        assert_eq!(
            Scale::score(lowest, highest, unit).unwrap_err().problems()[0].code,
            "E-BALLOT-SCALE"
        );
    }
    assert!(Scale::likert(1).is_err());
    let likert = Scores::new((9, 9), scale, &[5, 4, 3, 3, 1].map(Some)).unwrap();
    let counted = likert.decide(&BallotRule::new(Threshold::majority(
        Denominator::Expressed,
    )));
    assert_eq!((counted.support, counted.opposition), (2, 1));
    assert_eq!(counted.decision, Decision::Rejected);
}
