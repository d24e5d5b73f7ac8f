//! Instant runoff, counted by the crate `vote`.

use std::cmp::Ordering;

use serde::Serialize;
use vote::{Preference, RunoffOutcome, instant_runoff_by};

use super::approval::unfit;
use super::turnout::Turnout;
use crate::error::{ErrorKind, Problem, Result};

/// Which of several options with the fewest votes goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Elimination {
    /// None: the count stops and says which are tied.
    Stop,
    /// The one that stands last here. Publish the order before the vote; draw it by lot, say.
    LastOf(Vec<usize>),
}

/// The votes before an option was eliminated, or those that ended the count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RunoffRound {
    /// Who goes; `None` in the last round.
    pub eliminated: Option<usize>,
    /// Votes of each option; `None` for those that went before.
    pub votes: Vec<Option<u64>>,
}

/// An instant runoff, round by round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Runoff {
    /// In the order of counting; none without ballots.
    pub rounds: Vec<RunoffRound>,
    /// The options among which nobody could say which has to go, ascending: the count stopped. They are not the winners.
    pub tied: Vec<usize>,
    /// Who could vote, took part, voted and said something.
    pub turnout: Turnout,
    /// The option that more than half of the rankings put before all others that were left; `None` after a tie and without ballots.
    pub winner: Option<usize>,
}

impl Runoff {
    /// From those eligible and those present, the number of options, the ballots, and what to do when several have the fewest votes. A ballot ranks all
    /// options, counted from 0, the best first; `None` is an abstention.
    ///
    /// Every ballot counts for its best option that is left. One with more than half of them wins; else the one with the fewest goes. O(options · ballots).
    ///
    /// ```
    /// use kleroterion::assembly::ballot::{Elimination, Runoff};
    ///
    /// // 4 × a b c, 3 × c b a, 2 × b c a: b goes, its two go to c.
    /// let ballots = [vec![[0, 1, 2]; 4], vec![[2, 1, 0]; 3], vec![[1, 2, 0]; 2]].concat();
    /// let ballots: Vec<_> = ballots.into_iter().map(|order| Some(order.to_vec())).collect();
    /// let runoff = Runoff::new((9, 9), 3, &ballots, &Elimination::Stop)?;
    /// assert_eq!((runoff.rounds[0].eliminated, runoff.winner), (Some(1), Some(2)));
    /// assert_eq!(runoff.rounds[1].votes, [Some(4), None, Some(5)]);
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with every problem: `E-BALLOT-OPTION`, `E-BALLOT-OPTION-TWICE` for an option that is not there or stands twice,
    /// `E-BALLOT-INCOMPLETE` for a ballot, or an order of elimination, that leaves options out, `E-BALLOT-OPTIONS` for no options, `E-BALLOT-TURNOUT` for more
    /// ballots than people present.
    pub fn new(
        (eligible, present): (u64, u64),
        options: usize,
        ballots: &[Option<Vec<usize>>],
        elimination: &Elimination,
    ) -> Result<Self> {
        let mut problems = Vec::new();
        for (number, order) in (1..).zip(ballots) {
            let orders = order.iter();
            problems.extend(orders.flat_map(|order| unranked(number, order, options)));
        }
        let places = match elimination {
            Elimination::Stop => vec![0; options],
            Elimination::LastOf(order) => {
                problems.extend(unranked(0, order, options));
                places(order, options)
            }
        };
        if options == 0 {
            let problem = Problem::new("E-BALLOT-OPTIONS", "no options", "at least one");
            problems.push(problem);
        }
        let rankings: Vec<Vec<usize>> = ballots.iter().flatten().cloned().collect();
        let numbers = [
            eligible,
            present,
            ballots.len() as u64,
            rankings.len() as u64,
        ];
        let turnout = Turnout::new(numbers);
        if let Err(error) = &turnout {
            problems.extend_from_slice(error.problems());
        }
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        Self::count(turnout?, rankings, &places)
    }

    /// Counts complete rankings.
    fn count(turnout: Turnout, rankings: Vec<Vec<usize>>, places: &[usize]) -> Result<Self> {
        let mut runoff = Self {
            rounds: Vec::new(),
            tied: Vec::new(),
            turnout,
            winner: None,
        };
        if rankings.is_empty() {
            return Ok(runoff);
        }
        let profile = Preference::new(rankings).map_err(|error| {
            let problem = Problem::new("E-BALLOT-INCOMPLETE", error.to_string(), "all options");
            ErrorKind::Input(vec![problem])
        })?;
        let compare = |a: &usize, b: &usize| -> Ordering { places[*a].cmp(&places[*b]) };
        let counted = instant_runoff_by(&profile, compare);
        for round in counted.rounds() {
            let mut votes = vec![None; places.len()];
            for group in round.tallies.groups() {
                for &option in &group.candidates {
                    votes[option] = u64::try_from(group.score).ok();
                }
            }
            runoff.rounds.push(RunoffRound {
                eliminated: round.eliminated,
                votes,
            });
        }
        match counted.outcome() {
            RunoffOutcome::Winner(option) => runoff.winner = Some(*option),
            RunoffOutcome::EliminationTie(tied) => runoff.tied.clone_from(tied),
        }
        runoff.tied.sort_unstable();
        Ok(runoff)
    }
}

/// Where every option stands in an order; options that are not there are passed over.
fn places(order: &[usize], options: usize) -> Vec<usize> {
    let mut places = vec![0; options];
    for (at, &option) in order.iter().enumerate() {
        if let Some(place) = places.get_mut(option) {
            *place = at;
        }
    }
    places
}

/// What is wrong with an order of all options; number 0 is the order of elimination.
fn unranked(number: u64, order: &[usize], options: usize) -> Vec<Problem> {
    let mut problems = unfit(number, order, options);
    if problems.is_empty() && order.len() < options {
        let found = format!("ballot {number}: {} options ranked", order.len());
        let problem = Problem::new("E-BALLOT-INCOMPLETE", found, format!("all {options}"));
        problems.push(problem);
    }
    if number == 0 {
        for problem in &mut problems {
            problem.found = problem
                .found
                .replacen("ballot 0", "order of elimination", 1);
        }
    }
    problems
}
