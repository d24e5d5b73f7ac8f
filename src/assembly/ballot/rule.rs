//! When a recommendation is adopted: threshold, quorum, ties and the right to a minority report.

use serde::{Deserialize, Serialize};

use super::turnout::{Denominator, Turnout};
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::ratio::Ratio;

/// Whether a mark must be passed or reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// Strict: a share that equals the mark is not enough.
    MoreThan,
    /// Not strict: a share that equals the mark is enough.
    AtLeast,
}

impl Bound {
    /// Compares `votes / base` with the mark, exactly.
    fn holds(self, (votes, base): (u64, u64), mark: Ratio) -> bool {
        let votes = u128::from(votes) * u128::from(mark.denominator);
        let mark = u128::from(mark.numerator) * u128::from(base);
        match self {
            Self::MoreThan => votes > mark,
            Self::AtLeast => votes >= mark,
        }
    }
}

/// A mark must be a fraction from 0 to 1.
fn mark(what: &str, share: Ratio) -> Result<Ratio> {
    if share.denominator > 0 && share.numerator <= share.denominator {
        return Ok(share);
    }
    let found = format!("{what} of {share}");
    let expected = "a fraction from 0 to 1";
    Err(ErrorKind::Input(vec![Problem::new("E-BALLOT-SHARE", found, expected)]).into())
}

/// How much support is needed: an exact share, of a named denominator, to be passed or reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Threshold {
    bound: Bound,
    of: Denominator,
    share: Ratio,
}

impl Threshold {
    /// Support must be more than, or at least, this share of the denominator.
    ///
    /// ```
    /// use kleroterion::{Ratio, assembly::ballot::{Bound, Denominator, Threshold, Turnout}};
    ///
    /// let two_thirds = Threshold::new(Bound::AtLeast, Ratio::new(2, 3), Denominator::Expressed)?;
    /// let turnout = Turnout::new([40, 40, 40, 30])?;
    /// assert!(two_thirds.is_met(20, &turnout) && !two_thirds.is_met(19, &turnout));
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-BALLOT-SHARE` for a share that is no fraction from 0 to 1: 3/2, 1/0.
    pub fn new(bound: Bound, share: Ratio, of: Denominator) -> Result<Self> {
        let share = mark("a threshold", share)?;
        Ok(Self { bound, of, share })
    }

    /// More than half of the denominator.
    #[must_use]
    pub fn majority(of: Denominator) -> Self {
        Self {
            bound: Bound::MoreThan,
            of,
            share: Ratio::new(1, 2),
        }
    }

    /// True when so many votes are enough. Where nobody is in the denominator nothing is enough.
    #[must_use]
    pub fn is_met(&self, votes: u64, turnout: &Turnout) -> bool {
        let base = turnout.of(self.of);
        base > 0 && self.bound.holds((votes, base), self.share)
    }

    /// What the share is of.
    #[must_use]
    pub fn denominator(&self) -> Denominator {
        self.of
    }
}

/// How many must take part for the ballot to count: a share of everybody who may vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Quorum {
    bound: Bound,
    counted: Denominator,
    share: Ratio,
}

impl Quorum {
    /// The number `counted` must be more than, or at least, this share of those eligible. [`Cast`](Denominator::Cast) counts abstentions,
    /// [`Expressed`](Denominator::Expressed) does not. For a fixed number n of people, the share is n over the number eligible.
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-BALLOT-SHARE` for a share that is no fraction from 0 to 1.
    pub fn new(bound: Bound, share: Ratio, counted: Denominator) -> Result<Self> {
        let share = mark("a quorum", share)?;
        Ok(Self {
            bound,
            counted,
            share,
        })
    }

    /// True when enough took part.
    #[must_use]
    pub fn is_met(&self, turnout: &Turnout) -> bool {
        let eligible = turnout.of(Denominator::Eligible);
        self.bound
            .holds((turnout.of(self.counted), eligible), self.share)
    }
}

/// What a tie means: as many for as against, and support exactly at the threshold. Elsewhere the threshold alone decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieRule {
    /// The threshold decides ties too: a strict one is missed, one that is not strict is met.
    Threshold,
    /// Nothing changes: rejected.
    Rejected,
    /// Adopted, as by a casting vote in favour.
    Adopted,
    /// Nothing is decided: [`Tied`](Decision::Tied).
    Open,
}

/// What a ballot decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The support needed is there.
    Adopted,
    /// It is not.
    Rejected,
    /// A tie that the rule leaves open.
    Tied,
    /// Too few took part.
    NoQuorum,
    /// Nobody is in the threshold's denominator.
    NoVotes,
}

/// Which side may write a minority report, and how many they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Minority {
    /// Neither.
    None,
    /// Those in favour of what was not adopted.
    Supporters(u64),
    /// Those against what was adopted.
    Opponents(u64),
}

/// Everything that turns counts into a decision. Publish it before the vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BallotRule {
    #[serde(skip_serializing_if = "Option::is_none")]
    minority: Option<Ratio>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quorum: Option<Quorum>,
    threshold: Threshold,
    tie: TieRule,
}

/// One proposal after the vote. All denominators stay at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Counted {
    /// What was decided.
    pub decision: Decision,
    /// Whether there may be a minority report.
    pub minority: Minority,
    /// Votes against.
    pub opposition: u64,
    /// Votes in favour.
    pub support: u64,
    /// Who could vote, took part, voted and said something.
    pub turnout: Turnout,
}

impl Counted {
    /// The votes in favour as a share; `None` when nobody is in the denominator.
    #[must_use]
    pub fn share(&self, of: Denominator) -> Option<Ratio> {
        self.turnout.share(self.support, of)
    }
}

impl BallotRule {
    /// With a threshold; no quorum, ties left to the threshold, no minority reports.
    #[must_use]
    pub fn new(threshold: Threshold) -> Self {
        Self {
            minority: None,
            quorum: None,
            threshold,
            tie: TieRule::Threshold,
        }
    }

    /// With a quorum.
    #[must_use]
    pub fn quorum(mut self, quorum: Quorum) -> Self {
        self.quorum = Some(quorum);
        self
    }

    /// With a rule for ties.
    #[must_use]
    pub fn tie(mut self, tie: TieRule) -> Self {
        self.tie = tie;
        self
    }

    /// The side that did not get its way may write a minority report when it has at least this share of the votes expressed (and at least one).
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-BALLOT-SHARE` for a share that is no fraction from 0 to 1.
    pub fn minority_from(mut self, share: Ratio) -> Result<Self> {
        self.minority = Some(mark("a minority", share)?);
        Ok(self)
    }

    /// The threshold.
    #[must_use]
    pub fn threshold(&self) -> &Threshold {
        &self.threshold
    }

    /// Decides from the votes in favour and against. The quorum comes first, then the tie, then the threshold. O(1).
    ///
    /// ```
    /// use kleroterion::assembly::ballot::{BallotRule, Decision, Denominator, Threshold, Turnout};
    ///
    /// let rule = BallotRule::new(Threshold::majority(Denominator::Cast));
    /// let counted = rule.decide(&Turnout::new([99, 91, 91, 89])?, (45, 44))?;
    /// assert_eq!(counted.decision, Decision::Rejected); // more than half of those who expressed themselves, not of those who voted
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-BALLOT-COUNT` when there are more votes in favour and against than were expressed.
    pub fn decide(&self, turnout: &Turnout, (support, opposition): (u64, u64)) -> Result<Counted> {
        let expressed = turnout.of(Denominator::Expressed);
        if support
            .checked_add(opposition)
            .is_none_or(|sum| sum > expressed)
        {
            let found =
                format!("{support} votes for and {opposition} against, of {expressed} expressed");
            let problem = Problem::new("E-BALLOT-COUNT", found, "not more votes than expressed");
            return Err(Error::from(ErrorKind::Input(vec![problem])));
        }
        Ok(self.counted(turnout, (support, opposition)))
    }

    /// Decides from votes that fit the turnout.
    pub(super) fn counted(&self, turnout: &Turnout, (support, opposition): (u64, u64)) -> Counted {
        let decision = self.decision(turnout, (support, opposition));
        let expressed = turnout.of(Denominator::Expressed);
        Counted {
            decision,
            minority: self.minority(decision, (support, opposition), expressed),
            opposition,
            support,
            turnout: *turnout,
        }
    }

    fn decision(&self, turnout: &Turnout, (support, opposition): (u64, u64)) -> Decision {
        if self.quorum.is_some_and(|quorum| !quorum.is_met(turnout)) {
            return Decision::NoQuorum;
        }
        let Some(share) = turnout.share(support, self.threshold.of) else {
            return Decision::NoVotes;
        };
        let tied = support == opposition && share == self.threshold.share;
        match (tied, self.tie) {
            (true, TieRule::Rejected) => Decision::Rejected,
            (true, TieRule::Adopted) => Decision::Adopted,
            (true, TieRule::Open) => Decision::Tied,
            _ if self.threshold.is_met(support, turnout) => Decision::Adopted,
            _ => Decision::Rejected,
        }
    }

    fn minority(
        &self,
        decision: Decision,
        (support, opposition): (u64, u64),
        expressed: u64,
    ) -> Minority {
        let Some(mark) = self.minority else {
            return Minority::None;
        };
        let enough = |side: u64| side > 0 && Bound::AtLeast.holds((side, expressed), mark);
        match decision {
            Decision::Adopted if enough(opposition) => Minority::Opponents(opposition),
            Decision::Rejected if enough(support) => Minority::Supporters(support),
            _ => Minority::None,
        }
    }
}
