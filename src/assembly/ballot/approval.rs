//! Approval: everybody names as many options as they like.

use serde::Serialize;

use super::rule::{BallotRule, Counted};
use super::turnout::{Denominator, Turnout};
use crate::error::{ErrorKind, Problem, Result};

/// An approval ballot, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Approval {
    approvals: Vec<u64>,
    turnout: Turnout,
}

impl Approval {
    /// From those eligible and those present, the number of options, and the ballots. A ballot lists options, counted from 0, in any order. `None` is an
    /// abstention; an empty list is a vote that approves of nothing. O(size of the ballots).
    ///
    /// ```
    /// use kleroterion::assembly::ballot::Approval;
    ///
    /// let ballots = [Some(vec![0, 2]), Some(vec![2]), Some(vec![]), None];
    /// let counted = Approval::new((5, 4), 3, &ballots)?;
    /// assert_eq!(counted.approvals(), [1, 0, 2]);
    /// assert_eq!(counted.most_approved(), [2]);
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with every problem: `E-BALLOT-OPTION` for an option that is not there (3 of 3, counted from 0), `E-BALLOT-OPTION-TWICE`
    /// for an option that stands twice on a ballot, `E-BALLOT-TURNOUT` for more ballots than people present.
    pub fn new(
        (eligible, present): (u64, u64),
        options: usize,
        ballots: &[Option<Vec<usize>>],
    ) -> Result<Self> {
        let mut problems = Vec::new();
        let mut approvals = vec![0; options];
        for (number, named) in (1_u64..).zip(ballots) {
            let named = named.as_deref().unwrap_or_default();
            problems.extend(unfit(number, named, options));
            let mut seen = vec![false; options];
            for &option in named.iter().filter(|&&option| option < options) {
                if !std::mem::replace(&mut seen[option], true) {
                    approvals[option] += 1;
                }
            }
        }
        let expressed = ballots.iter().flatten().count() as u64;
        let turnout = Turnout::new([eligible, present, ballots.len() as u64, expressed]);
        match turnout {
            Ok(turnout) if problems.is_empty() => Ok(Self { approvals, turnout }),
            Ok(_) => Err(ErrorKind::Input(problems).into()),
            Err(error) => {
                problems.extend_from_slice(error.problems());
                Err(ErrorKind::Input(problems).into())
            }
        }
    }

    /// How many approve of each option.
    #[must_use]
    pub fn approvals(&self) -> &[u64] {
        &self.approvals
    }

    /// The options with the most approvals, ascending: several when they tie, all when nobody approves of anything.
    #[must_use]
    pub fn most_approved(&self) -> Vec<usize> {
        highest(&self.approvals)
    }

    /// Applies a rule to each option; whoever said something and did not approve of an option counts as against it.
    #[must_use]
    pub fn decide(&self, rule: &BallotRule) -> Vec<Counted> {
        let expressed = self.turnout.of(Denominator::Expressed);
        let each = self.approvals.iter();
        each.map(|&votes| rule.counted(&self.turnout, (votes, expressed - votes)))
            .collect()
    }

    /// Who could vote, took part, voted and said something.
    #[must_use]
    pub fn turnout(&self) -> &Turnout {
        &self.turnout
    }
}

/// Where the highest values stand, ascending.
pub(super) fn highest<T: Ord>(values: &[T]) -> Vec<usize> {
    let most = values.iter().max();
    let places = values.iter().enumerate();
    places
        .filter(|(_, value)| Some(*value) == most)
        .map(|(at, _)| at)
        .collect()
}

/// What is wrong with the options that one ballot names.
pub(super) fn unfit(number: u64, named: &[usize], options: usize) -> Vec<Problem> {
    let mut seen = vec![false; options];
    let mut problems = Vec::new();
    for &option in named {
        let Some(seen) = seen.get_mut(option) else {
            problems.push(Problem::new(
                "E-BALLOT-OPTION",
                format!("ballot {number}: option {option}, counted from 0"),
                format!("one of {options} options"),
            ));
            continue;
        };
        if std::mem::replace(seen, true) {
            problems.push(Problem::new(
                "E-BALLOT-OPTION-TWICE",
                format!("ballot {number}: option {option} again"),
                "every option at most once",
            ));
        }
    }
    problems
}
