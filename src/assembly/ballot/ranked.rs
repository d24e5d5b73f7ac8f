//! Rankings: everybody puts options in order.

use serde::Serialize;

use super::approval::{highest, unfit};
use super::kemeny::{self, Kemeny, MOST_OPTIONS};
use super::turnout::Turnout;
use crate::error::{ErrorKind, Problem, Result};
use crate::ratio::Ratio;

/// A ballot that ranks: tiers of options, counted from 0, the best first. Options of one tier are equally good; options on no tier are equally good among
/// themselves and worse than all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking(Vec<Vec<usize>>);

impl Ranking {
    /// One option after the other.
    #[must_use]
    pub fn strict(order: impl IntoIterator<Item = usize>) -> Self {
        Self(order.into_iter().map(|option| vec![option]).collect())
    }

    /// With tiers.
    #[must_use]
    pub fn tiers(tiers: Vec<Vec<usize>>) -> Self {
        Self(tiers)
    }

    /// For every option, the number of its tier.
    fn places(&self, options: usize) -> Vec<usize> {
        let mut places = vec![usize::MAX; options];
        for (tier, members) in self.0.iter().enumerate() {
            for &option in members {
                places[option] = tier;
            }
        }
        places
    }
}

/// Rankings, counted into the pairwise matrix, from which everything else here follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rankings {
    /// How many prefer the option of the row to that of the column.
    pairwise: Vec<Vec<u64>>,
    turnout: Turnout,
    /// Rankings counted.
    voters: u64,
}

impl Rankings {
    /// From those eligible and those present, the number of options, and the ballots; `None` is an abstention. O(ballots · options²).
    ///
    /// ```
    /// use kleroterion::{Ratio, assembly::ballot::{Ranking, Rankings}};
    ///
    /// let ballots = [[0, 1, 2], [0, 2, 1], [1, 2, 0]].map(|order| Some(Ranking::strict(order)));
    /// let counted = Rankings::new((3, 3), 3, &ballots)?;
    /// assert_eq!(counted.pairwise()[0], [0, 2, 2]); // two prefer 0 to 1, two prefer 0 to 2
    /// assert_eq!(counted.condorcet_winner(), Some(0));
    /// assert_eq!(counted.borda(), [Ratio::new(4, 1), Ratio::new(3, 1), Ratio::new(2, 1)]);
    /// assert_eq!(counted.kemeny()?.rankings, [[0, 1, 2]]);
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with every problem: `E-BALLOT-OPTION` for an option that is not there, `E-BALLOT-OPTION-TWICE` for one that stands twice
    /// on a ballot, `E-BALLOT-TURNOUT` for more ballots than people present.
    pub fn new(
        (eligible, present): (u64, u64),
        options: usize,
        ballots: &[Option<Ranking>],
    ) -> Result<Self> {
        let mut problems = Vec::new();
        for (number, ballot) in (1_u64..).zip(ballots) {
            let named: Vec<usize> = ballot
                .iter()
                .flat_map(|b| b.0.iter().flatten())
                .copied()
                .collect();
            problems.extend(unfit(number, &named, options));
        }
        let voters = ballots.iter().flatten().count() as u64;
        let turnout = Turnout::new([eligible, present, ballots.len() as u64, voters]);
        if let Err(error) = &turnout {
            problems.extend_from_slice(error.problems());
        }
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        let mut pairwise = vec![vec![0; options]; options];
        for ballot in ballots.iter().flatten() {
            let places = ballot.places(options);
            for (option, row) in pairwise.iter_mut().enumerate() {
                for (other, cell) in row.iter_mut().enumerate() {
                    *cell += u64::from(places[option] < places[other]);
                }
            }
        }
        Ok(Self {
            pairwise,
            turnout: turnout?,
            voters,
        })
    }

    /// How many prefer the option of the row to that of the column.
    #[must_use]
    pub fn pairwise(&self) -> &[Vec<u64>] {
        &self.pairwise
    }

    /// Who could vote, took part, voted and said something.
    #[must_use]
    pub fn turnout(&self) -> &Turnout {
        &self.turnout
    }

    /// The option that more people prefer to any other one than the reverse, if there is one. O(options²).
    #[must_use]
    pub fn condorcet_winner(&self) -> Option<usize> {
        let beats = |option: usize, other: usize| {
            option == other || self.pairwise[option][other] > self.pairwise[other][option]
        };
        let options = 0..self.pairwise.len();
        options
            .clone()
            .find(|&option| options.clone().all(|other| beats(option, other)))
    }

    /// Borda points: on every ballot an option gets one point for each option that stands below it, and half a point for each that is equally good.
    /// O(options²).
    #[must_use]
    pub fn borda(&self) -> Vec<Ratio> {
        let options = 0..self.pairwise.len();
        let halves = |option: usize| -> u64 {
            let others = options.clone().filter(|&other| other != option);
            others
                .map(|other| {
                    let (above, below) =
                        (self.pairwise[option][other], self.pairwise[other][option]);
                    self.voters + above - below
                })
                .sum()
        };
        options
            .clone()
            .map(|option| Ratio::new(halves(option), 2))
            .collect()
    }

    /// The options with the most Borda points, ascending: several when they tie.
    #[must_use]
    pub fn borda_winners(&self) -> Vec<usize> {
        highest(&self.borda())
    }

    /// The orders of all options that contradict the fewest preferences of the voters, of which every ballot has one for each pair of options that it
    /// tells apart (the Kemeny rule). Exact, and all of them: ties are data. O(2^options · options² + rankings found · options).
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-BALLOT-OPTIONS` for more than 8 options.
    pub fn kemeny(&self) -> Result<Kemeny> {
        let options = self.pairwise.len();
        if options <= MOST_OPTIONS {
            return Ok(kemeny::solve(&self.pairwise));
        }
        let expected = format!("at most {MOST_OPTIONS} for Kemeny's rule");
        let problem = Problem::new("E-BALLOT-OPTIONS", format!("{options} options"), expected);
        Err(ErrorKind::Input(vec![problem]).into())
    }
}
