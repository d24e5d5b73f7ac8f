//! Published votes, and what every rule must do on all small ballots.

mod choice;
#[cfg(feature = "runoff")]
mod runoff;
mod together;

use super::*;
use crate::ratio::Ratio;

fn text(share: Option<Ratio>) -> String {
    percent(share.expect("somebody is in the denominator"), 2)
}

/// Ireland, 22 April 2017: ballot 1, 79 to 12; ballot 2, 50 to 39 with 2 without preference; 91 voted.
#[test]
fn irish_ballots_have_their_percentages() {
    let majority = BallotRule::new(Threshold::majority(Denominator::Cast));
    let first = YesNo::new((99, 91), [79, 12, 0]).unwrap();
    let first = first.decide(&majority);
    assert_eq!(first.decision, Decision::Adopted);
    assert_eq!(text(first.share(Denominator::Cast)), "86.81");
    assert_eq!(percent(first.share(Denominator::Cast).unwrap(), 0), "87");
    assert_eq!(text(first.share(Denominator::Eligible)), "79.80");

    let second = YesNo::new((99, 91), [50, 39, 2]).unwrap();
    assert_eq!(second.votes(), [50, 39, 2]);
    let second = second.decide(&majority);
    assert_eq!(second.decision, Decision::Adopted);
    assert_eq!(text(second.share(Denominator::Eligible)), "50.51");
    assert_eq!(text(second.share(Denominator::Present)), "54.95");
    assert_eq!(text(second.share(Denominator::Cast)), "54.95");
    assert_eq!(text(second.share(Denominator::Expressed)), "56.18");
}

/// A threshold between the two shares decides by its denominator.
#[test]
fn the_denominator_decides() {
    let ballot = YesNo::new((99, 91), [50, 39, 2]).unwrap();
    let decision = |of| {
        let threshold = Threshold::new(Bound::AtLeast, Ratio::new(55, 100), of).unwrap();
        ballot.decide(&BallotRule::new(threshold)).decision
    };
    assert_eq!(decision(Denominator::Cast), Decision::Rejected);
    assert_eq!(decision(Denominator::Expressed), Decision::Adopted);
}

/// Scotland, 2021: abstentions do not count in the percentage, but do in the quorum.
#[test]
fn scottish_abstentions_count_for_the_quorum_only() {
    let ballot = YesNo::new((106, 73), [40, 20, 13]).unwrap();
    let rule = |counted| {
        let quorum = Quorum::new(Bound::AtLeast, Ratio::new(2, 3), counted).unwrap();
        BallotRule::new(Threshold::majority(Denominator::Expressed)).quorum(quorum)
    };
    let scottish = ballot.decide(&rule(Denominator::Cast));
    assert_eq!(scottish.decision, Decision::Adopted);
    assert_eq!(text(scottish.share(Denominator::Expressed)), "66.67");
    let without = ballot.decide(&rule(Denominator::Expressed));
    assert_eq!(without.decision, Decision::NoQuorum);
}

/// All ballots of up to eight people, against the sentences that define the rule.
#[test]
fn every_small_ballot_is_decided_as_the_rule_says() {
    let marks = [(0, 1), (1, 3), (1, 2), (2, 3), (4, 5), (1, 1)];
    for n in 0..=8_u64 {
        for (yes, no) in (0..=n).flat_map(|yes| (0..=n - yes).map(move |no| (yes, no))) {
            for neither in 0..=n - yes - no {
                let ballot = YesNo::new((n, n), [yes, no, neither]).unwrap();
                for of in Denominator::ALL {
                    for (above, below) in marks {
                        decided(&ballot, of, (above, below));
                    }
                }
            }
        }
    }
}

fn decided(ballot: &YesNo, of: Denominator, (above, below): (u64, u64)) {
    let ([yes, no, _], base) = (ballot.votes(), ballot.turnout().of(of));
    for bound in [Bound::MoreThan, Bound::AtLeast] {
        let threshold = Threshold::new(bound, Ratio::new(above, below), of).unwrap();
        let rule = BallotRule::new(threshold);
        let decision = |rule: BallotRule| ballot.decide(&rule).decision;
        let enough = match bound {
            Bound::MoreThan => yes * below > above * base,
            Bound::AtLeast => yes * below >= above * base,
        };
        let plain = match (base, enough) {
            (0, _) => Decision::NoVotes,
            (_, true) => Decision::Adopted,
            (_, false) => Decision::Rejected,
        };
        assert_eq!(decision(rule), plain);
        let tie = base > 0 && yes == no && yes * below == above * base;
        for (tie_rule, said) in [
            (TieRule::Adopted, Decision::Adopted),
            (TieRule::Rejected, Decision::Rejected),
            (TieRule::Open, Decision::Tied),
        ] {
            let expected = if tie { said } else { plain };
            assert_eq!(decision(rule.tie(tie_rule)), expected);
        }
        let quorum = Quorum::new(Bound::MoreThan, Ratio::new(1, 2), Denominator::Cast).unwrap();
        let [eligible, cast] =
            [Denominator::Eligible, Denominator::Cast].map(|of| ballot.turnout().of(of));
        let expected = if 2 * cast > eligible {
            plain
        } else {
            Decision::NoQuorum
        };
        assert_eq!(decision(rule.quorum(quorum)), expected);
    }
}

/// 80 % to enter the report; whoever has at least 15 % and did not get their way may write their own.
#[test]
fn the_losing_side_writes_a_minority_report() {
    let threshold =
        Threshold::new(Bound::AtLeast, Ratio::new(4, 5), Denominator::Expressed).unwrap();
    let rule = BallotRule::new(threshold)
        .minority_from(Ratio::new(15, 100))
        .unwrap();
    let minority = |yes, no| {
        let ballot = YesNo::new((100, 100), [yes, no, 0]).unwrap();
        ballot.decide(&rule).minority
    };
    assert_eq!(minority(80, 20), Minority::Opponents(20));
    assert_eq!(minority(86, 14), Minority::None);
    assert_eq!(minority(85, 15), Minority::Opponents(15));
    assert_eq!(minority(79, 21), Minority::Supporters(79));
    assert_eq!(minority(15, 85), Minority::Supporters(15));
    assert_eq!(minority(14, 86), Minority::None);
    let all = rule.minority_from(Ratio::new(0, 1)).unwrap();
    let ballot = YesNo::new((100, 100), [0, 100, 0]).unwrap();
    assert_eq!(ballot.decide(&all).minority, Minority::None);
}

#[test]
fn numbers_that_cannot_be_are_errors_all_at_once() {
    let error = Turnout::new([80, 90, 95, 96]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "E-BALLOT-TURNOUT: found 90 present and 80 eligible, expected not more present than eligible\n\
         E-BALLOT-TURNOUT: found 95 cast and 90 present, expected not more cast than present\n\
         E-BALLOT-TURNOUT: found 96 expressed and 95 cast, expected not more expressed than cast"
    );
    let error = Threshold::new(Bound::AtLeast, Ratio::new(3, 2), Denominator::Cast).unwrap_err();
    assert_eq!(
        error.to_string(),
        "E-BALLOT-SHARE: found a threshold of 3/2, expected a fraction from 0 to 1"
    );
    assert!(Quorum::new(Bound::AtLeast, Ratio::new(0, 0), Denominator::Cast).is_err());
    let rule = BallotRule::new(Threshold::majority(Denominator::Cast));
    assert!(rule.minority_from(Ratio::new(2, 1)).is_err());
    let turnout = Turnout::new([9, 9, 9, 5]).unwrap();
    let error = rule.decide(&turnout, (3, 3)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "E-BALLOT-COUNT: found 3 votes for and 3 against, of 5 expressed, expected not more votes than expressed"
    );
    assert!(rule.decide(&turnout, (u64::MAX, 3)).is_err());
    assert!("votes".parse::<Denominator>().is_err());
    for of in Denominator::ALL {
        assert_eq!(of.to_string().parse(), Ok(of));
    }
}
